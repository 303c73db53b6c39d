"""The head of a document: ô 1-5, 9a, 10 and the received stamp of Nghị định 30/2020, and the head of a Party paper."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.generator import fonts
from corpus.generator.flow import Flow
from corpus.generator.lines import break_lines, spans
from corpus.generator.page import BLACK, MM, RED, Colour, Frame, Rule, Span, Spot, Text
from corpus.generator.source import Document, Piece, Received, pieces, runs

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"

HAND_WIDTH = 8.5
"""Room for one hand-written digit, in points: real ones are about 3 mm wide."""
BLANK_WIDTH = {"number": 34.0, "day": 18.0, "month": 18.0}
"""What a draft leaves open for a number, a day and a month, in points."""
STAMP = (50 * MM, 35 * MM)
"""Width and height of the ĐẾN stamp (Nghị định 30/2020, Phụ lục IV)."""


def draw(flow: Flow, document: Document, *, hand: bool) -> None:
    """Set the head; with ``hand`` the clerk's parts stay open and are marked as spots."""
    if document.has_header:
        if document.layout == "party":
            _party(flow, document, hand)
        else:
            _state(flow, document, hand)
    stamp_bottom = _received(flow, document.received, hand) if document.received else 0.0
    if document.title:
        _title(flow, document)
    if document.addressees:
        _addressees(flow, document)
    flow.y = max(flow.y, stamp_bottom) + 6


def _state(flow: Flow, document: Document, hand: bool) -> None:
    top = flow.y
    right_centre = flow.right + 4 - fonts.width(NATION, "Serif-Bold", 12) / 2
    left_lines = [(line, "Serif", "parent") for line in document.parent]
    left_lines += [(line, "Serif-Bold", "issuer") for line in document.issuer]
    widest = max((fonts.width(text, face, 12) for text, face, _ in left_lines), default=0.0)
    left_centre = flow.left - 14 + max(widest, 150) / 2

    _centre(flow, right_centre, top + 12, Span(NATION, "Serif-Bold", 12), "nation")
    motto = _centre(flow, right_centre, top + 28, Span(document.motto or MOTTO, "Serif-Bold", 13), "motto")
    flow.put(Rule(motto.x, top + 32.5, motto.x + motto.width, top + 32.5))

    y = top + 12
    for text, face, role in left_lines:
        last = _centre(flow, left_centre, y, Span(text, face, 12), role)
        y += 15
    if left_lines:
        share = last.width * 0.42
        flow.put(Rule(left_centre - share / 2, y - 9, left_centre + share / 2, y - 9))

    baseline = max(y + 8, top + 54)
    _marked(
        flow,
        document.number,
        (left_centre, baseline),
        "Serif",
        _Hand(("number",), hand, "." if document.leaders else " "),
    )
    _marked(flow, document.date, (right_centre, baseline), "Serif-Italic", _Hand(("day", "month"), hand))
    flow.y = baseline + 5
    if document.subject and not document.title:
        column = min(max(widest, 150.0), right_centre - 135 - (flow.left - 14))
        flow.y += 3
        flow.centred(spans(runs(document.subject), 12), pitch=14, role="subject", centre=left_centre, width=column)
    _boxes(flow, document, left_centre)
    flow.y += 10


def _party(flow: Flow, document: Document, hand: bool) -> None:
    top = flow.y
    right_centre = flow.right - fonts.width(PARTY, "Serif-Bold", 15) / 2
    left_centre = flow.left + 82
    name = _centre(flow, right_centre, top + 14, Span(PARTY, "Serif-Bold", 15), "nation")
    flow.put(Rule(name.x, top + 18.5, name.x + name.width, top + 18.5, 1.0))
    y = top + 14
    for text, face, role in [(line, "Serif", "parent") for line in document.parent] + [
        (line, "Serif-Bold", "issuer") for line in document.issuer
    ]:
        _centre(flow, left_centre, y, Span(text, face, 14), role)
        y += 17
    _centre(flow, left_centre, y, Span("*", "Serif", 14), "ornament")
    baseline = y + 15
    _marked(
        flow,
        document.number,
        (left_centre, baseline),
        "Serif",
        _Hand(("number",), hand, "." if document.leaders else " "),
        size=14,
    )
    _marked(flow, document.date, (right_centre, top + 46), "Serif-Italic", _Hand(("day", "month"), hand), size=14)
    flow.y = baseline + 5
    if document.subject and not document.title:
        flow.centred(
            spans(runs(document.subject, italic=True), 12), pitch=14, role="subject", centre=left_centre, width=190
        )
    _boxes(flow, document, left_centre)
    flow.y += 12


def _centre(flow: Flow, centre: float, baseline: float, span: Span, role: str, *, colour: Colour = BLACK) -> Text:
    text = Text(centre - span.width / 2, baseline, (span,), role, colour=colour)
    flow.put(text)
    return text


@dataclass(frozen=True)
class _Hand:
    """The parts of a line that a clerk writes: the names of their spots in order, whether they stay open, and what
    fills an open one."""

    names: tuple[str, ...]
    open: bool
    fill: str = " "


def _marked(flow: Flow, line: str, at: tuple[float, float], face: str, hand: _Hand, *, size: float = 13) -> None:
    """A line centred on ``at`` (centre, baseline), its hand-written parts marked as spots."""
    if not line:
        return
    parts = pieces(line)
    todo = list(hand.names)
    laid: list[tuple[Piece, str, str]] = []
    for part in parts:
        if part.hand is None:
            laid.append((part, part.text, ""))
            continue
        name = todo.pop(0)
        text = _gap(part, name, Span(hand.fill, face, size), hand.open) if part.blank or hand.open else part.text
        laid.append((part, text, name))
    whole = Span("".join(text for _, text, _ in laid), face, size)
    centre, baseline = at
    x = centre - whole.width / 2
    flow.put(Text(x, baseline, (whole,), "date" if "day" in hand.names else "number"))
    for part, text, name in laid:
        width = fonts.width(text, face, size)
        if name:
            box = (x, baseline - size, x + width, baseline + 3)
            flow.mark(Spot(name, box, part.hand or "", printed=not part.blank and not hand.open))
        x += width


def _gap(part: Piece, name: str, fill: Span, hand: bool) -> str:
    """Spaces or dots as wide as the blank, so that the text layer has one line and not two halves."""
    wide = BLANK_WIDTH[name] if part.blank else 0.0
    if hand and part.hand:
        wide = max(wide, HAND_WIDTH * len(part.hand) + 3)
    return fill.text * max(1, round(wide / fill.width))


def _boxes(flow: Flow, document: Document, centre: float) -> None:
    """Secrecy, urgency and circulation stamps: capitals 13-14 bold in a double frame, red (ô 10a, 10b, 11)."""
    for text, role in (
        (document.secrecy, "secrecy"), (document.urgency, "urgency"), (document.circulation, "circulation"),
    ):  # fmt: skip
        if not text:
            continue
        flow.y += 6
        span = Span(text, "Serif-Bold", 14)
        half = max(span.width / 2 + 8, 10 * MM)
        box = (centre - half, flow.y, centre + half, flow.y + 8 * MM)
        for inset, width in ((0.0, 1.2), (2.2, 0.5)):
            flow.put(Frame((box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset), width, RED))
        _centre(flow, centre, flow.y + 4 * MM + 4.8, span, role, colour=RED)
        flow.mark(Spot(role, box, text))
        flow.y = box[3] + 4


def _title(flow: Flow, document: Document) -> None:
    """Named types: the name in capitals, the subject under it, a short rule (ô 5a); Party papers end with dashes."""
    party = document.layout == "party"
    flow.y += 4
    flow.centred([Span(document.title, "Serif-Bold", 15 if party else 14)], pitch=18, role="title")
    if document.subject:
        width = flow.width - 70
        last = flow.centred(spans(runs(document.subject, bold=True), 14), pitch=17, role="subject", width=width)[-1]
        if party:
            flow.centred([Span("-----", "Serif", 14)], pitch=16, role="ornament")
        else:
            share = last.width * 0.4
            middle = last.x + last.width / 2
            flow.put(Rule(middle - share / 2, flow.y + 2, middle + share / 2, flow.y + 2))
            flow.y += 6
    flow.y += 6


def _addressees(flow: Flow, document: Document) -> None:
    """One addressee beside the opening, several below it with dashes (ô 9a)."""
    flow.y += 4
    size, pitch = document.size, document.size * 1.25
    if len(document.addressees) == 1:
        text = f"{document.opening} {document.addressees[0]}"
        flow.centred(spans(runs(text), size), pitch=pitch, role="addressee", width=flow.width - 60)
    else:
        opening = spans(runs(document.opening), size)
        x = flow.left + (36 if document.received else 34) * MM
        if sum(span.width for span in opening) > 40 * MM:
            flow.centred(spans(runs(document.opening, bold=True), size), pitch=pitch, role="opening")
            flow.y += 4
        else:
            flow.put(Text(x, flow.y + 0.9 * size, tuple(opening), "opening"))
            flow.y += pitch
            x += 14 * MM
        for item in document.addressees:
            dash = fonts.width("- ", "Serif", size)
            for at, line in enumerate(break_lines(spans(runs(item), size), flow.right - x - dash)):
                lead = (Span("- ", "Serif", size),) if at == 0 else ()
                shift = 0.0 if at == 0 else dash
                flow.put(Text(x + shift, flow.y + 0.9 * size, lead + line.spans, "addressee"))
                flow.y += pitch
    flow.y += 4


def _received(flow: Flow, stamp: Received, hand: bool) -> float:
    """The ĐẾN stamp in the left margin below the subject; returns the y of its foot.

    With ``hand`` nothing is printed: the stamp is drawn into the scan, and only its place is marked.
    """
    left, top = 12.5 * MM, flow.y
    box = (left, top, left + STAMP[0], top + STAMP[1])
    flow.mark(Spot("received", box))
    if hand:
        return box[3] + 6
    flow.put(Frame(box, 1.1, RED))
    centre = left + STAMP[0] / 2
    _fit(flow, (centre, top + 13), stamp.organization, 9.5)
    flow.put(Rule(left, top + 18, box[2], top + 18, 0.6, RED))
    _fit(flow, (centre, top + 33), stamp.heading, 13)
    y = top + 48
    for label, value in (("Số: ", stamp.number), ("Ngày: ", stamp.date), ("Chuyển: ", stamp.routing)):
        for line in break_lines([Span(label + value, "Sans", 9)], STAMP[0] - 12):
            flow.put(Text(left + 6, y, line.spans, "stamp", colour=RED))
            y += 12.5
    return box[3] + 6


def _fit(flow: Flow, at: tuple[float, float], text: str, size: float) -> None:
    """A stamp line centred on ``at`` (centre, baseline), set smaller when it is too wide for the frame."""
    span = Span(text, "Sans-Bold", size)
    if span.width > STAMP[0] - 8:
        span = Span(text, "Sans-Bold", size * (STAMP[0] - 8) / span.width)
    _centre(flow, *at, span, "stamp", colour=RED)

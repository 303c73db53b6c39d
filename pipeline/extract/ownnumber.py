"""The document's own số, ký hiệu (ô số 3).

A number is given only when its digits were certainly read: typed text, print that two readings agree on, or pen
strokes that the digit recogniser is sure of.  Other ink leaves the number null, its ký hiệu in ``raw_number``, boxes
on the ink and the likeliest reading as a suggestion.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from pipeline.extract.certain import LEAST_GLUED, SURE_WORD, certainly_read
from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.extract.penned import DIFFERS, is_sure, left_blank, named_in_file, penned
from pipeline.language.code_mending import mend_number
from pipeline.language.numbers import parse_number
from pipeline.layout import Flow, Zone
from pipeline.lexicon.types import document_types
from pipeline.read.model import Box, PenReading

_LEAD = re.compile(
    r"^\W{0,3}(?:(?:[^\W\d_]+\s+){1,4}(?=[Ss]ố\s*:))?(?:[Ss][ốôổồóoỐÔỔỒÓO0][,.]?|SO|[Ss]\w(?=\s*:))\s*[:;.]{0,2}\s*"
)
_SERIAL = re.compile(r"^[\s.…_]*([\dOolI|]{1,6}[a-zđ]?)?[\s.…_]*(?=[/\-–l|I]|$)")
EDGE = 0.004  # share of the page's width by which a word may stand out of the pen's box
_SPECKS = "\"“”'‘’`*"  # what an engine makes of the end of a stroke beside the slash
_CODE = re.compile(rf"[/\-–]\s*[{_SPECKS}]{{0,2}}\s*(?:\d{{4}}\s*/\s*)?[A-ZĐÐ].*$")


def read_own_number(context: Context) -> tuple[Found | None, Found | None]:
    """The canonical number and the raw number; either may be None.

    An unreadable serial yields a Found with value None and status ``unreadable`` for the number.
    """
    flow = context.zone(Zone.NUMBER)
    if not flow:
        return None, None
    start, end = next(flow.lines())
    text = flow.text[start:end]
    lead = _LEAD.match(text)
    at = start + (lead.end() if lead else 0)
    at += len(flow.text[at:end]) - len(flow.text[at:end].lstrip(" .…_"))
    raw_text = one_line(flow.text[at:end]).rstrip(" .;,_")
    if not raw_text:
        return None, None
    raw = found(flow, at, at + len(flow.text[at:end].rstrip(" .;,")), "number.header", raw_text)
    number = parse_number(raw_text, on=context.when, typed=context.typed)
    if not context.typed:
        number = mend_number(number or parse_number(raw_text, typed=True), context.when)
    ink = _ink_in_line(flow, start, end)
    if context.typed:
        if number is None or not number.serial:
            return None, raw
        sure = found(flow, at, at + len(flow.text[at:end].rstrip(" .;,")), "number.header", number.canonical, 0.99)
        return sure, raw
    return _read_scanned(context, flow, at, end, raw, number.canonical if number and number.serial else None, ink)


def _read_scanned(
    context: Context, flow: Flow, at: int, end: int, raw: Found, canonical: str | None,
    ink: tuple[tuple[int, Box], ...],
) -> tuple[Found | None, Found | None]:  # fmt: skip
    text = flow.text[at:end]
    serial = _SERIAL.match(text)
    digits_end = serial.end(1) if serial and serial.group(1) else 0
    pen = penned(flow, at, end, "number")
    digits_end = max(digits_end, _under_the_pen(flow, at, end, pen))
    code = _CODE.search(text, digits_end)
    tail = found(flow, at + code.start(), at + len(text.rstrip(" .;,")), "number.header") if code else None
    if code and re.search(r"[^\W\d_]{2}", text[digits_end : code.start()]):
        # "Số: 〰UBND-VHTT": the stroke took the slash with it; what follows the hyphen is not the whole ký hiệu.
        tail = None
    typed = serial.group(1) if serial and (serial.group(1) or "").isdigit() else None
    if tail and not ink and not typed and left_blank(flow, at, end, "number"):
        return None, tail
    if ink:
        # The pen wrote the serial: what print is left is the ký hiệu.
        if pen and tail and (written := _by_hand(context, pen, tail)):
            return written
        suggested = _suggestions(context, pen, tail)
        return Found(None, (), "number.ink", None, "unreadable", ink=ink, alternatives=suggested), tail or raw
    if canonical and typed and serial and _certain(flow, at, serial, code) and not _contradicted(pen, typed):
        return found(flow, at, at + len(text.rstrip(" .;,")), "number.header", canonical, 0.98), raw
    if pen and tail and (written := _by_hand(context, pen, tail, typed)):
        return written
    suggested = _suggestions(context, pen, tail)
    suggested = (canonical, *suggested) if canonical else suggested
    doubtful = Found(
        None, tuple(flow.locate(at, end)), "number.doubtful", None, "unreadable",
        alternatives=tuple(dict.fromkeys(suggested)),
    )  # fmt: skip
    if tail and code and code.start():
        return doubtful, tail
    return doubtful, raw


def _under_the_pen(flow: Flow, at: int, end: int, pen: PenReading | None) -> int:
    """How much of ``flow[at:end]`` the text engine made of the pen's strokes: "-/ZØ" of "29" in "-/ZØ /QĐ-UBND"."""
    if pen is None:
        return 0
    for span in flow.locate(at, end):
        words = span.page.words_in(span.start, span.end)
        strokes = [w for w in words if w.box and w.box[0] >= pen.box[0] - EDGE and w.box[2] <= pen.box[2] + EDGE]
        if strokes and strokes[0] is words[0] and not strokes[-1].text.isdigit():
            return strokes[-1].end - span.start
    return 0


def _by_hand(
    context: Context, pen: PenReading, tail: Found, typed: str | None = None
) -> tuple[Found | None, Found | None] | None:
    """Number and raw number from a sure reading of the pen and the printed ký hiệu; None when it is not sure."""
    supported = typed == pen.text or named_in_file(pen.text, context.source.path)
    canonical = _canonical(context, pen.text, tail)
    if canonical is None or not is_sure(pen, supported):
        return None
    page = tail.spans[0].page.number if tail.spans else context.layout.page_range[0]
    ink = ((page, pen.box),)
    others = _whole(context, pen.others, tail)
    number = Found(canonical, tail.spans, "number.pen", pen.probability, ink=ink, alternatives=others)
    return number, Found(f"{pen.text}{tail.value}", tail.spans, "number.pen", pen.probability, ink=ink)


def _canonical(context: Context, serial: str, tail: Found) -> str | None:
    code = tail.value.translate(dict.fromkeys(map(ord, _SPECKS)))
    number = parse_number(f"{serial}{code}", typed=True)
    number = mend_number(number, context.when) if number else None
    return number.canonical if number and number.serial else None


def _suggestions(context: Context, pen: PenReading | None, tail: Found | None) -> tuple[str, ...]:
    """Whole numbers that the pen's strokes may be, likeliest first."""
    if pen is None or tail is None:
        return ()
    return _whole(context, (pen.text, *pen.others), tail)


def _whole(context: Context, serials: tuple[str, ...], tail: Found) -> tuple[str, ...]:
    return tuple(number for serial in serials if (number := _canonical(context, serial, tail)))


def _contradicted(pen: PenReading | None, typed: str) -> bool:
    """The digit recogniser reads other digits than the text engine does, and does so with some confidence.

    The beginning or the end of the same digits is no contradiction: its strip may have been cut too narrow.
    """
    if pen is None or pen.probability <= DIFFERS:
        return False
    return not (typed.startswith(pen.text) or typed.endswith(pen.text))


def _certain(flow: Flow, at: int, serial: re.Match[str], code: re.Match[str] | None) -> bool:
    """The serial was certainly read; the ký hiệu's letters are checked by the grammar and the lexicon."""
    start, end = at + serial.start(1), at + serial.end(1)
    words = [w for span in flow.locate(start, end) for w in span.page.words_in(span.start, span.end)]
    glued = any(not w.text.strip(".,:").isdigit() for w in words)
    printed = None
    if code is not None and not glued:
        boxes = [box for span in flow.locate(at + code.start(), at + code.end()) for box in span.boxes]
        printed = boxes[0] if boxes else None
    return certainly_read(flow, start, end, printed, LEAST_GLUED if glued else SURE_WORD)


def _ink_in_line(flow: Flow, start: int, end: int) -> tuple[tuple[int, Box], ...]:
    """Pen strokes within the number's line."""
    marks: list[tuple[int, Box]] = []
    for span in flow.locate(start, end):
        boxes = span.boxes
        if not boxes:
            continue
        left, top, right, bottom = boxes[0]
        height = bottom - top
        for ink in span.page.ink:
            if ink.kind != "pen":
                continue
            box = ink.box
            overlap = min(bottom, box[3]) - max(top, box[1])
            within = box[0] < right + 0.02 and box[2] > left
            # A flourish from elsewhere is far taller than the line.
            if overlap > 0.35 * min(height, box[3] - box[1]) and within and box[3] - box[1] < 5 * height:
                marks.append((span.page.number, box))
    return tuple(marks)


def settle_type_code(number: Found | None, doc_type: str | None) -> None:
    """Mend the type's code in a recognised number by the type that the document itself prints.

    "64/TTT-SYT" over the heading TỜ TRÌNH is 64/TTr-SYT: one letter apart from the only code of that type, and the code
    of no other.
    """
    if number is None or not isinstance(number.value, str):
        return
    parsed = parse_number(number.value, typed=True)
    own = next((kind for kind in document_types() if kind.name == doc_type), None)
    if parsed is None or own is None or parsed.type_code is not None or len(parsed.groups) < 2 or len(own.codes) != 1:
        return
    said, code = parsed.groups[0], own.codes[0]
    others = {other for kind in document_types() for other in kind.codes}
    if said in others or len(said) != len(code) or Levenshtein.distance(said, code) != 1:
        return
    number.value = number.value.replace(f"{said}-", f"{code}-", 1)
    number.rule = "number.type"

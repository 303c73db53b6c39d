"""The foot of a document: nơi nhận beside the signature (ô 7, 9b, 12), and the agency's address (ô 13)."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.generator import fonts
from corpus.generator.flow import Flow
from corpus.generator.lines import Line, break_lines, spans
from corpus.generator.page import HEIGHT, MM, RED, Rule, Span, Spot, Text
from corpus.generator.source import Document, runs

SIGNING_ROOM = 74.0
"""Height left for the pen between the position and the name, in points."""
FOOTER_PITCH = 13.5


@dataclass(frozen=True)
class _Block:
    """The closing block before it is placed: lines of recipients with their indent, and its height."""

    lines: tuple[tuple[Line, float], ...]
    size: float
    height: float


def _block(flow: Flow, document: Document) -> _Block:
    size = 12.0 if document.layout == "party" else 11.0
    dash = fonts.width("- ", "Serif", size)
    lines: list[tuple[Line, float]] = []
    for item in document.recipients:
        broken = break_lines(spans(runs(item), size), flow.width * 0.47)
        lines += [(line, dash if at else 0.0) for at, line in enumerate(broken)]
    left = 20 + size * 1.15 * (len(lines) + (1 if document.drafter else 0))
    right = 17.0 * len(document.signature.lines) + SIGNING_ROOM + 20 if document.signature else 0.0
    return _Block(tuple(lines), size, max(left, right))


def height(flow: Flow, document: Document) -> float:
    """Room the closing block needs, in points; 0 when there is none."""
    if not document.recipients and document.signature is None:
        return 0.0
    return _block(flow, document).height + 6


def draw(flow: Flow, document: Document) -> None:
    """Set recipients and signature as one block that no page break cuts."""
    if not document.recipients and document.signature is None:
        return
    party = document.layout == "party"
    block = _block(flow, document)
    flow.y += 6
    flow.room(block.height)
    top = flow.y

    y = top + 12
    if document.recipients:
        heading = Span("Nơi nhận:", "Serif" if party else "Serif-BoldItalic", 14 if party else 12)
        flow.put(Text(flow.left, y, (heading,), "recipients-heading"))
        if party:
            flow.put(Rule(flow.left, y + 2, flow.left + heading.width, y + 2, 0.6))
        y += 15
        for line, shift in block.lines:
            flow.put(Text(flow.left + shift, y, line.spans, "recipient"))
            y += block.size * 1.15
    if document.drafter:
        flow.put(Text(flow.left, y, (Span(document.drafter, "Serif", 11),), "drafter"))
    if document.signature:
        _signature(flow, document, top)
    flow.y = top + block.height


def _signature(flow: Flow, document: Document, top: float) -> None:
    assert document.signature is not None
    centre = flow.left + flow.width * 0.755
    y = top + 12
    for at, text in enumerate(document.signature.lines):
        # A Party paper sets the collective in bold and the signer's own position upright (Hướng dẫn 36-HD/VPTW).
        upright = document.layout == "party" and at > 0
        span = Span(text, "Serif" if upright else "Serif-Bold", 14)
        flow.put(Text(centre - span.width / 2, y, (span,), "signature"))
        y += 17
    for at, text in enumerate(document.digital):
        span = Span(text, "Sans", 7.5)
        flow.put(Text(centre - 62, y + 9 + at * 10.5, (span,), "digital-signature", colour=RED))
    pen = (centre - 24 * MM, y - 12, centre + 24 * MM, y - 12 + SIGNING_ROOM)
    flow.mark(Spot("signature", pen))
    if document.signature.name:
        span = Span(document.signature.name, "Serif-Bold", 14)
        flow.put(Text(centre - span.width / 2, y - 6 + SIGNING_ROOM, (span,), "signer-name"))


def footer_height(document: Document) -> float:
    """Room that the agency's address takes at the foot of the first page, in points."""
    return FOOTER_PITCH * len(document.footer) + 8 if document.footer else 0.0


def footer(flow: Flow, document: Document) -> None:
    """The address under a full rule at the foot of page 1."""
    if not document.footer:
        return
    page = flow.pages[0]
    y = HEIGHT - flow.margins.bottom - footer_height(document) + 6
    page.items.append(Rule(flow.left, y, flow.right, y, 0.6))
    for text in document.footer:
        y += FOOTER_PITCH
        span = Span(text, "Serif", 11)
        page.items.append(Text((flow.left + flow.right - span.width) / 2, y, (span,), "footer"))

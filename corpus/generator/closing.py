"""The foot of a document: nơi nhận beside the signature (ô 7, 9b, 12), and the agency's address (ô 13)."""

from __future__ import annotations

from corpus.generator import fonts
from corpus.generator.flow import Flow
from corpus.generator.lines import Line, break_lines, spans
from corpus.generator.page import HEIGHT, MM, Rule, Span, Spot, Text
from corpus.generator.source import Document, runs

SIGNING_ROOM = 74.0
"""Height left for the pen between the position and the name, in points."""
FOOTER_PITCH = 13.5


def draw(flow: Flow, document: Document) -> None:
    """Set recipients and signature as one block that no page break cuts."""
    if not document.recipients and document.signature is None:
        return
    party = document.layout == "party"
    recipient_size = 12.0 if party else 11.0
    pitch = recipient_size * 1.15
    left_width = flow.width * 0.47
    lines: list[tuple[Line, float]] = []
    for item in document.recipients:
        dash = fonts.width("- ", "Serif", recipient_size)
        for at, line in enumerate(break_lines(spans(runs(item), recipient_size), left_width)):
            lines.append((line, 0.0 if at == 0 else dash))
    signature_lines = document.signature.lines if document.signature else ()
    sign_height = 17.0 * len(signature_lines) + SIGNING_ROOM + 20
    block = max(20 + pitch * (len(lines) + (1 if document.drafter else 0)), sign_height if document.signature else 0)
    flow.y += 6
    flow.room(block)
    top = flow.y

    y = top + 12
    if document.recipients:
        heading = Span("Nơi nhận:", "Serif" if party else "Serif-BoldItalic", 14 if party else 12)
        flow.put(Text(flow.left, y, (heading,), "recipients-heading"))
        if party:
            flow.put(Rule(flow.left, y + 2, flow.left + heading.width, y + 2, 0.6))
        y += 15
        for line, shift in lines:
            flow.put(Text(flow.left + shift, y, line.spans, "recipient"))
            y += pitch
    if document.drafter:
        flow.put(Text(flow.left, y, (Span(document.drafter, "Serif", 11),), "drafter"))
    if document.signature:
        _signature(flow, document, top)
    flow.y = top + block


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

"""Documents to pages, by the rules of Nghị định 30/2020/NĐ-CP (Phụ lục I) and of Party papers."""

from __future__ import annotations

from corpus.generator import closing, header
from corpus.generator.flow import ND30, PARTY, Flow
from corpus.generator.lines import break_lines, spans
from corpus.generator.page import MM, Frame, Page, Text
from corpus.generator.source import Document, Paragraph, Source, Table, runs

INDENT = 12.7 * MM
"""First line of a paragraph: 1 or 1.27 cm."""
CELL = 12.0
"""Size of type in tables, in points."""


def typeset(source: Source, *, hand: bool = False) -> list[Page]:
    """Pages of all documents of a source, each document starting on a new page.

    With ``hand`` the parts that a clerk writes are left open and marked as spots, for the scans that show a pen.
    """
    pages: list[Page] = []
    for at, document in enumerate(source.documents):
        pages += _document(at, document, hand)
    return pages


def _document(at: int, document: Document, hand: bool) -> list[Page]:
    flow = Flow(at, PARTY if document.layout == "party" else ND30)
    flow.y = flow.margins.top
    flow.reserved = closing.footer_height(document)
    header.draw(flow, document, hand=hand)
    for paragraph in document.body[:-1]:
        _paragraph(flow, document, paragraph)
    if document.body:
        _last(flow, document, document.body[-1])
    closing.draw(flow, document)
    closing.footer(flow, document)
    if document.appendix:
        flow.new_page()
        for paragraph in document.appendix:
            _paragraph(flow, document, paragraph)
    return flow.pages


def _last(flow: Flow, document: Document, paragraph: Paragraph) -> None:
    """The last paragraph goes to the next page with the signature, which no page should carry alone."""
    pitch = document.size * document.leading
    lines = break_lines(spans(runs(paragraph.text), document.size), flow.width, indent=INDENT)
    alone = flow.y + pitch * len(lines) + closing.height(flow, document) > flow.floor
    if alone and len(lines) <= 6 and paragraph.kind not in ("table", "page"):
        flow.new_page()
    _paragraph(flow, document, paragraph)


def _paragraph(flow: Flow, document: Document, paragraph: Paragraph) -> None:
    pitch = document.size * document.leading
    if paragraph.kind == "page":
        flow.new_page()
    elif paragraph.kind == "table":
        _table(flow, document.tables[paragraph.text])
        flow.y += 8
    elif paragraph.kind in ("centred", "centred-italic"):
        italic = paragraph.kind == "centred-italic"
        flow.y += 4
        # A heading is never the last line of a page.
        flow.room(pitch * 3)
        flow.centred(
            spans(runs(paragraph.text, bold=not italic, italic=italic), document.size), pitch=pitch, role="body"
        )
        flow.y += 4
    else:
        pieces = spans(runs(paragraph.text, italic=paragraph.kind == "italic"), document.size)
        if all(span.face == "Serif-Bold" for span in pieces):
            flow.room(pitch * 3)
        flow.paragraph(pieces, pitch=pitch, after=4, indent=INDENT)


def _table(flow: Flow, table: Table) -> None:
    widths = [share * flow.width for share in table.widths]
    heading = _row(flow, table.columns, widths, bold=True)
    for cells in table.rows:
        _row(flow, cells, widths, bold=False, repeat=heading)


def _row(
    flow: Flow, cells: tuple[str, ...], widths: list[float], *, bold: bool, repeat: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """Set one row of a table, with its heading again after a page break; returns the row."""
    pitch = CELL * 1.2
    broken = [
        break_lines(spans(runs(cell, bold=bold), CELL), width - 8) for cell, width in zip(cells, widths, strict=True)
    ]
    height = pitch * max((len(lines) for lines in broken), default=1) + 6
    if flow.y + height > flow.floor:
        flow.new_page()
        if repeat is not None:
            _row(flow, repeat, widths, bold=True)
    x = flow.left
    for lines, width in zip(broken, widths, strict=True):
        flow.put(Frame((x, flow.y, x + width, flow.y + height), 0.6))
        short = all(line.last for line in lines) and width < 60
        for at, line in enumerate(lines):
            centred = bold or short
            start = x + (width - line.width) / 2 if centred else x + 4
            flow.put(Text(start, flow.y + 3 + pitch * at + 0.85 * CELL, line.spans, "cell"))
        x += width
    flow.y += height
    return cells

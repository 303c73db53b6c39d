"""Registers in print: A4 landscape, cover page, the title row repeated on every page, page numbers at the top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from pipeline.export.cells import printable
from pipeline.export.fonts import register_family
from pipeline.export.register_cover import CoverText, cover_text
from pipeline.export.register_rows import Column, Cover, Form, Row

_SIDE, _TOP, _BOTTOM = 15.0, 20.0, 15.0
"""Margins in mm."""
_SIZE, _SMALLEST = 11.0, 7.5
"""Points: the type of the lines, and the smallest to which one long word may bring a cell."""


def printed(form: Form, rows: Sequence[Row], cover: Cover | None = None) -> bytes:
    """The register as a PDF; raises ``PrintFontMissing``."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Spacer

    family = register_family()
    width, height = landscape(A4)
    told = cover_text(form, cover or Cover(), rows)
    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=(width, height), title=form.title, author=told.agency, subject=form.source, invariant=1
    )
    inner = (_SIDE * mm, _BOTTOM * mm, width - 2 * _SIDE * mm, height - (_TOP + _BOTTOM) * mm)

    def on_cover(canvas: Any, _document: Any) -> None:
        _draw_cover(canvas, told, family, (width, height))

    def on_lines(canvas: Any, document: Any) -> None:
        canvas.setFont(family, 13)
        canvas.drawCentredString(width / 2, height - 12 * mm, str(document.page - 1))

    document.addPageTemplates(
        [
            PageTemplate("bia", [Frame(*inner, id="bia")], onPage=on_cover),
            PageTemplate("so", [Frame(*inner, id="so", leftPadding=0, rightPadding=0)], onPage=on_lines),
        ]
    )
    document.build([NextPageTemplate("so"), Spacer(1, 1), PageBreak(), _table(form, rows, family, inner[2])])
    return out.getvalue()


def _table(form: Form, rows: Sequence[Row], family: str, width: float) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.platypus import LongTable, Paragraph, TableStyle

    whole = sum(column.width for column in form.columns)

    @cache
    def style(align: str, size: float) -> ParagraphStyle:
        return ParagraphStyle(
            f"{align}-{size}", fontName=family, fontSize=size, leading=size * 1.22, alignment=int(align == "center"),
            splitLongWords=1,
        )  # fmt: skip

    heads = [Paragraph(f"<b>{escape(column.title)}</b>", style("center", _SIZE)) for column in form.columns]
    counts = [Paragraph(f"<i>({at})</i>", style("center", _SIZE)) for at in range(1, len(form.columns) + 1)]

    def cell(column: Column, row: Row) -> Paragraph:
        text = printable(row.values[column.value])
        # A number broken in the middle is misread: it is set smaller instead, down to what can still be read.
        room, size = column.width / whole * width - 7, _SIZE
        longest = max((stringWidth(word, family, _SIZE) for word in text.split()), default=0.0)
        if longest > room:
            size = max(_SMALLEST, round(_SIZE * room / longest - 0.05, 1))
        return Paragraph(escape(text).replace("\n", "<br/>"), style(column.align, size))

    body = [[cell(column, row) for column in form.columns] for row in rows]
    if not body:  # an empty book still has a line to write on
        body = [[Paragraph("", style("left", _SIZE)) for _ in form.columns]]
    table = LongTable(
        [heads, counts, *body], colWidths=[column.width / whole * width for column in form.columns], repeatRows=2,
        splitInRow=1,
    )  # fmt: skip
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, 1), "MIDDLE"),
                ("VALIGN", (0, 2), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def _draw_cover(canvas: Any, told: CoverText, family: str, size: tuple[float, float]) -> None:
    from reportlab.lib.units import mm

    width, height = size
    middle = width / 2
    canvas.setLineWidth(1.5)
    canvas.rect(_SIDE * mm, _BOTTOM * mm, width - 2 * _SIDE * mm, height - 2 * _BOTTOM * mm)
    canvas.setLineWidth(0.5)
    side, bottom = (_SIDE + 1.5) * mm, (_BOTTOM + 1.5) * mm
    canvas.rect(side, bottom, width - 2 * side, height - 2 * bottom)
    room = width - 2 * (_SIDE + 10) * mm
    _line(canvas, told.parent, family, (13, middle, height - 32 * mm, room))
    bold = f"{family}-bold"
    used = _line(canvas, told.agency, bold, (14, middle, height - 40 * mm, room))
    canvas.line(middle - used / 5, height - 42.5 * mm, middle + used / 5, height - 42.5 * mm)
    _line(canvas, told.title, bold, (26, middle, height - 88 * mm, room))
    for at, line in enumerate(told.below[:-1]):
        _line(canvas, line, family, (16, middle, height - (103 + 10 * at) * mm, room))
    _line(canvas, told.below[-1], bold, (16, middle, 32 * mm, room))


def _line(canvas: Any, text: str, font: str, place: tuple[float, float, float, float]) -> float:
    """A centred line at (size, middle, height, room), made smaller until it fits; gives its width."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    size, middle, at, room = place
    text = printable(text)
    while size > 6 and stringWidth(text, font, size) > room:
        size -= 0.5
    canvas.setFont(font, size)
    canvas.drawCentredString(middle, at, text)
    return float(stringWidth(text, font, size))

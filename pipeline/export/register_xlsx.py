"""Registers as workbooks: a cover and the lines, ready to print on A4 landscape.

Every cell holds text, typed as text and marked as quoted: a subject that begins with "=" is read, never run.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from pipeline.export.cells import LONGEST_CELL, looks_like_formula, printable
from pipeline.export.register_cover import cover_text
from pipeline.export.register_rows import Cover, Form, Row
from pipeline.export.zipped import zipped

_NO_DAY = datetime(2000, 1, 1)  # as the printed register has it
_FONT = "Times New Roman"
_CHARACTERS = 135.0
"""Characters of the default width across A4 landscape between the margins."""


def put_text(cell: Any, text: str) -> None:
    """Write text into a cell so that no program takes it for anything else."""
    cell.value = printable(text)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.number_format = "@"
    if looks_like_formula(text):
        cell.quotePrefix = True


def workbook(form: Form, rows: Sequence[Row], cover: Cover | None = None) -> bytes:
    """The register as an .xlsx file, the same bytes for the same lines: sums over it must hold."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = _NO_DAY
    _cover(book.active, form, cover or Cover(), rows)
    _lines(book.create_sheet("Sổ"), form, rows)
    return _saved(book)


def _saved(book: Any) -> bytes:
    """The workbook without the hour at which it was written, which openpyxl puts into it and into its members."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.modified = _NO_DAY
    written = BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED)).save()
    with zipfile.ZipFile(written) as made:
        return zipped({name: made.read(name) for name in made.namelist()})


def _cover(sheet: Any, form: Form, cover: Cover, rows: Sequence[Row]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = "Bìa"
    told = cover_text(form, cover, rows)
    sheet.column_dimensions["A"].width = _CHARACTERS - 25
    lines = [(told.parent, 14, False), (told.agency, 14, True), ("", 14, False), ("", 14, False), ("", 14, False),
             (told.title, 24, True), ("", 14, False), *((line, 16, False) for line in told.below[:-1]),
             ("", 14, False), ("", 14, False), (told.below[-1], 16, True)]  # fmt: skip
    for at, (text, size, bold) in enumerate(lines, 1):
        cell = sheet.cell(at, 1)
        put_text(cell, text)
        cell.font = Font(name=_FONT, size=size, bold=bold)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.row_dimensions[at].height = size * 1.9
    _page(sheet)
    sheet.page_setup.fitToHeight = 1
    sheet.print_options.verticalCentered = True


def _lines(sheet: Any, form: Form, rows: Sequence[Row]) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    whole = sum(column.width for column in form.columns)
    for at, column in enumerate(form.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = round(column.width / whole * _CHARACTERS, 1)
        for line, text, bold, italic in ((1, column.title, True, False), (2, f"({at})", False, True)):
            cell = sheet.cell(line, at)
            put_text(cell, text)
            cell.font = Font(name=_FONT, size=12, bold=bold, italic=italic)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = border
    for line, row in enumerate(rows, 3):
        for at, column in enumerate(form.columns, 1):
            cell = sheet.cell(line, at)
            put_text(cell, row.values[column.value])
            cell.font = Font(name=_FONT, size=12)
            cell.alignment = Alignment(horizontal=column.align, vertical="top", wrap_text=True)
            cell.border = border
        sheet.row_dimensions[line].height = _height(form, row.values, whole)
    titles = {column.value: column.title for column in form.columns}
    sheet.row_dimensions[1].height = _height(form, titles, whole) + 6
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    _page(sheet)


def _height(form: Form, values: dict[str, str], whole: float) -> float:
    """Points for the tallest cell: programs do not fit the height of a row that they did not write themselves."""
    most = 1
    for column in form.columns:
        room = max(3.0, column.width / whole * _CHARACTERS * 1.05)
        text = values[column.value]
        lines = sum(_wrapped(part, room) for part in text.split("\n"))
        most = max(most, lines)
    return min(409.0, 15.8 * most + 3)


def _wrapped(text: str, room: float) -> int:
    """Lines of a text broken at spaces within ``room`` characters."""
    lines, used = 1, 0
    for word in text.split(" "):
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        lines += int(len(word) // (room + 1))
        used += len(word) + bool(used)
    return lines


def _page(sheet: Any) -> None:
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", 9, 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.59, 0.59, 0.79, 0.59
    sheet.print_options.horizontalCentered = True
    if sheet.title != "Bìa":
        sheet.oddHeader.center.text = "&P"

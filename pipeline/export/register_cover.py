"""The words on a register's cover (Nghị định 30/2020/NĐ-CP, Phụ lục IV), the same in the workbook and in print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.export.cells import vietnamese_date
from pipeline.export.register_rows import Cover, Form, Row

BLANK = "……………"
"""Where nothing is known the cover keeps its dots, to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class CoverText:
    """Lines of a cover: ``parent`` and ``agency`` in capitals, the title, and the lines below it."""

    parent: str
    agency: str
    title: str
    below: tuple[str, ...]


def cover_text(form: Form, cover: Cover, rows: Sequence[Row]) -> CoverText:
    """What the cover says about these rows."""
    days = sorted(row.day for row in rows if row.day)
    numbers = sorted(row.number for row in rows if row.number is not None)
    years = {day[:4] for day in days}
    year = str(cover.year) if cover.year else (years.pop() if len(years) == 1 else BLANK)
    first, last = (vietnamese_date(days[0]), vietnamese_date(days[-1])) if days else (BLANK, BLANK)
    below = [f"Năm: {year}", f"Từ ngày {first} đến ngày {last}"]
    if form.counted:
        low, high = (f"{numbers[0]:02d}", f"{numbers[-1]:02d}") if numbers else (BLANK, BLANK)
        below.append(f"Từ số {low} đến số {high}")
    below.append(f"Quyển số: {cover.volume or BLANK}")
    return CoverText(cover.parent.upper(), (cover.agency or BLANK).upper(), form.title, tuple(below))

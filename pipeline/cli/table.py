"""Records as a table, or as cards where the window is too narrow for one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.record.models import Record
from pipeline.workflow.summary import short_date, warnings_in_words

LEAST_WIDTH = 120
COLUMNS = ("Tệp", "Số, ký hiệu", "Ngày", "Loại", "Cơ quan ban hành", "Trích yếu", "Cần xem lại")
_SHARES = (3, 3, 2, 2, 4, 6, 6)


def rows_of(files: Sequence[tuple[str, Sequence[Record]]]) -> list[tuple[str, ...]]:
    """Cells of the table: a row for each record, the file's name on its first one only."""
    rows = []
    for name, records in files:
        if not records:
            rows.append((name, *[""] * 5, "Không thấy chữ nào trong tệp."))
        for at, record in enumerate(records):
            rows.append(
                (
                    name if at == 0 else "",
                    record.number or "",
                    short_date(record.date or record.partial_date),
                    record.doc_type or "",
                    ", ".join(part for part in (record.issuer, record.issuer_parent) if part),
                    record.subject or "",
                    "\n".join(warnings_in_words(record)),
                )
            )
    return rows


def print_table(files: Sequence[tuple[str, Sequence[Record]]], console: Console | None = None) -> None:
    """Print records, named by their files."""
    console = console or _console()
    rows = rows_of(files)
    if console.width >= LEAST_WIDTH:
        table = Table(show_lines=True)
        for title, share in zip(COLUMNS, _SHARES, strict=True):
            # Folded, never cut: half a document number is a wrong document number.
            table.add_column(title, ratio=share, overflow="fold", no_wrap=title == "Ngày")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)
        return
    for row in rows:
        if row[0]:
            console.rule(Text(row[0]), align="left")
        else:
            console.print()
        for title, cell in zip(COLUMNS[1:], row[1:], strict=True):
            if cell:
                console.print(Text.assemble((f"{title}: ", "bold"), cell.replace("\n", " ")))


def _console() -> Console:
    console = Console(highlight=False)
    # A file or a pipe has no width of its own.
    return console if console.is_terminal else Console(highlight=False, width=160)


def relative_names(paths: Sequence[Path]) -> list[str]:
    """Names of files as short as they can be while they still differ: relative to the folder they share."""
    names = [path.name for path in paths]
    if len({name.lower() for name in names}) == len(names):
        return names
    return [str(path) for path in paths]

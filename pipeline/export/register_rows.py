"""The registers of Nghị định 30/2020/NĐ-CP, Phụ lục IV: their forms, and the rows that records or books give.

What nobody wrote stays an empty cell: the số đến and ngày đến come from the book or from the ĐẾN stamp, never from the
document's own number and date.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from pipeline.export.cells import vietnamese_date
from pipeline.export.items import Item
from pipeline.record.models import Record
from pipeline.store.register import Entry

FormName = Literal["den", "di", "theo_doi", "muc_luc"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its printed title, the value of a row it shows, its share of the width, its alignment."""

    title: str
    value: str
    width: float
    align: Literal["left", "center"]


@dataclass(frozen=True, slots=True)
class Form:
    """A register's form; ``counted`` names the value that runs "từ số … đến số …" on the cover ("" for none)."""

    name: str
    title: str
    source: str
    counted: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What the office writes on the cover; the days and numbers covered come from the rows."""

    agency: str = ""
    parent: str = ""
    year: int | None = None
    volume: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: values by name; ``day`` (ISO) and ``number`` are what the cover counts."""

    values: dict[str, str]
    day: str | None = None
    number: int | None = None


@cache
def form(name: FormName) -> Form:
    """A form by its name; KeyError for one that does not exist."""
    data = tomllib.loads((files("pipeline.export") / "data" / "registers.toml").read_text(encoding="utf-8"))[name]
    return Form(name, data["title"], data["source"], data["counted"], tuple(Column(**one) for one in data["columns"]))


def rows_of(name: FormName, items: Sequence[Item]) -> list[Row]:
    """Rows of documents: registered ones by their line in the book, others by what their record says.

    Lines follow the book's numbers; documents without one come after them in the order given.
    """
    book = "đi" if name == "di" else "đến"
    rows = [_row(at, item.record, item.entry(book), book) for at, item in enumerate(items, 1)]
    if name == "muc_luc":
        return rows
    return sorted(rows, key=lambda row: (row.number is None, (row.day or "")[:4], row.number or 0))


def rows_of_entries(entries: Sequence[Entry], records: dict[str, Record] | None = None) -> list[Row]:
    """Rows of a book's lines in their order; ``records`` by id add what a line does not hold (nơi nhận)."""
    return [
        _row(at, (records or {}).get(entry.record_id or ""), entry, entry.book)
        for at, entry in enumerate(sorted(entries, key=lambda e: (e.year, e.number)), 1)
    ]


def _row(ordinal: int, record: Record | None, entry: Entry | None, book: str) -> Row:
    if entry is not None:
        number, date, doc_type, subject = entry.doc_number, entry.doc_date, entry.doc_type, entry.subject
        issuer, parent, signer = entry.issuer, entry.issuer_parent, entry.signer
    elif record is not None:
        number, date, doc_type, subject = record.number, record.date, record.doc_type, record.subject
        issuer, parent, signer = record.issuer, record.issuer_parent, record.signer.name if record.signer else None
    else:
        number = date = doc_type = subject = issuer = parent = signer = None
    stamp = record.received if record and not entry and book == "đến" else None
    day = entry.day if entry else (stamp.date if stamp else None)
    said = str(entry.number) if entry else (stamp.number or "" if stamp else "")
    author = ", ".join(dict.fromkeys(part for part in (issuer, parent) if part))
    named = " ".join(part for part in (_capital(doc_type), number) if part)
    described = ", ".join(
        part for part in (named, f"ngày {vietnamese_date(date)}" if date else "", f"của {author}" if author else "")
        if part
    )  # fmt: skip
    values = {
        "ordinal": str(ordinal), "arrived": vietnamese_date(day), "number": _padded(said), "issuer": author,
        "doc_number": number or "", "doc_date": vietnamese_date(date),
        "content": ": ".join(part for part in (_capital(doc_type), subject) if part), "signer": signer or "",
        "recipients": _recipients(record), "described": described[:1].upper() + described[1:],
        "handler": (entry.handler if entry else (stamp.routing if stamp else None)) or "",
        "transferred": vietnamese_date(entry.transferred_on if entry else None),
        "received_by": (entry.received_by if entry else None) or "",
        "file_copy_keeper": (entry.file_copy_keeper if entry else ", ".join(record.archive) if record else "") or "",
        "copies": str(entry.copies) if entry and entry.copies is not None else "",
        "due": vietnamese_date(entry.due if entry else _due(record)),
        "progress": (entry.progress if entry else None) or "",
        "reply_number": (entry.reply_number if entry else None) or "", "note": _note(record, entry),
        "sheets": str(record.source.pages[1] - record.source.pages[0] + 1) if record else "",
    }  # fmt: skip
    return Row(values, day or (date if entry is None else None), int(said) if said.isdecimal() else None)


def _capital(text: str | None) -> str:
    return text[:1].upper() + text[1:] if text else ""


def _padded(number: str) -> str:
    # Numbers below 10 get a nought, as in ô số 3 (Phụ lục I).
    return number.zfill(2) if number.isdecimal() else number


def _recipients(record: Record | None) -> str:
    if record is None:
        return ""
    names = [*record.addressees, *(one.name for one in record.distribution if not one.name.lower().startswith("như "))]
    return "; ".join(dict.fromkeys(names))


def _due(record: Record | None) -> str | None:
    """The one day the document asks for; none where it names several, for each binds somebody else."""
    days = {deadline.due for deadline in record.deadlines if deadline.due} if record else set()
    return days.pop() if len(days) == 1 else None


def _note(record: Record | None, entry: Entry | None) -> str:
    parts = [entry.note or "" if entry else ""]
    if entry and entry.cancelled is not None:
        parts.append(f"Đã hủy: {entry.cancelled}")
    if record and record.urgency:
        parts.append(record.urgency.capitalize())
    if record and record.secrecy:
        parts.append(record.secrecy.upper())
    return "; ".join(part for part in parts if part)

"""Metadata of documents and files: Nghị định 30/2020/NĐ-CP Phụ lục VI (TT 01/2019/TT-BNV) and TT 05/2025/TT-BNV.

A value too long for its field is kept whole and reported; a value nobody knows is null and reported when required.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from lxml import etree

from pipeline.export.cells import csv_cell, printable
from pipeline.export.edxml.convert import split_number
from pipeline.export.edxml.message import PRIORITIES
from pipeline.export.items import Item
from pipeline.lexicon.types import type_named
from pipeline.record.models import Record

Table = Literal["nd30_di", "nd30_den", "tt05", "ho_so"]
_OTHER_TYPE = "32"  # "khác" in the type list of TT 05/2025


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table; ``value`` names what stands there, ``length`` 0 means no limit is told."""

    key: str
    title: str
    type: str
    length: int
    required: bool
    value: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A file (hồ sơ) into which documents are put; the office names it."""

    organ_id: str = ""
    year: int | None = None
    notation: str = ""
    title: str = ""
    maintenance: str = ""
    rights: str = ""
    creator: str = ""
    description: str = ""

    @property
    def code(self) -> str:
        """Mã hồ sơ: OrganId.FileCatalog.FileNotation; empty while a part is unknown."""
        return f"{self.organ_id}.{self.year}.{self.notation}" if self.organ_id and self.year and self.notation else ""


@dataclass(frozen=True, slots=True)
class Described:
    """Values by key in the order of the table, and what is wrong with them (Vietnamese sentences)."""

    values: dict[str, str | int | None]
    problems: list[str]


@cache
def fields_of(table: Table) -> tuple[Field, ...]:
    """The fields of a table in their order."""
    data = tomllib.loads((files("pipeline.export") / "data" / "metadata.toml").read_text(encoding="utf-8"))
    return tuple(Field(*row) for row in data[table]["fields"])


def describe(table: Table, item: Item, dossier: Dossier | None = None, ordinal: int | None = None) -> Described:
    """A document's metadata by one of the tables."""
    return _checked(table, _known(item, dossier or Dossier(), ordinal))


def describe_dossier(items: Sequence[Item], dossier: Dossier) -> Described:
    """The file's own metadata."""
    days = sorted(item.record.date for item in items if item.record.date)
    return _checked("ho_so", {
        **_of_dossier(dossier), "title": dossier.title, "maintenance": dossier.maintenance, "rights": dossier.rights,
        "creator": dossier.creator, "language": "Tiếng Việt", "start": days[0] if days else None,
        "end": days[-1] if days else None, "documents": len(items), "pages": sum(_pages(i.record) for i in items),
        "description": dossier.description,
    })  # fmt: skip


def _checked(table: Table, known: dict[str, Any]) -> Described:
    values: dict[str, str | int | None] = {}
    problems = []
    for one in fields_of(table):
        value = known.get(one.value)
        value = None if value in ("", None) else value
        if value is not None and one.type == "vn-date":
            value = "/".join(reversed(str(value).split("-")))
        values[one.key] = value
        if value is None and one.required:
            problems.append(f"{one.key}: thiếu «{one.title}».")
        elif value is not None and one.length and len(str(value)) > one.length:
            problems.append(f"{one.key}: «{one.title}» dài {len(str(value))} ký tự, quá {one.length}.")
    return Described(values, problems)


def _of_dossier(dossier: Dossier) -> dict[str, Any]:
    return {"file_organ": dossier.organ_id, "file_year": dossier.year, "file_notation": dossier.notation}


def _pages(record: Record) -> int:
    return record.source.pages[1] - record.source.pages[0] + 1


def _known(item: Item, dossier: Dossier, ordinal: int | None) -> dict[str, Any]:
    record = item.record
    serial, notation = split_number(record.number) if record.number else ("", "")
    arrived, sent = item.entry("đến"), item.entry("đi")
    stamp, signer = record.received, record.signer
    days = {deadline.due[:10] for deadline in record.deadlines if deadline.due}
    due = (arrived.due if arrived else None) or (days.pop() if len(days) == 1 else None)
    kind = type_named(record.doc_type) if record.doc_type else None
    arrival = str(arrived.number) if arrived else (stamp.number if stamp else None)
    code = f"{dossier.code}.{ordinal:07d}" if dossier.code and ordinal else ""
    return {
        **_of_dossier(dossier), "ordinal": ordinal, "type": record.doc_type and record.doc_type.capitalize(),
        "serial": serial, "notation": notation, "date": record.date, "issuer": record.issuer,
        "subject": record.subject, "language": "Tiếng Việt", "language_code": "01", "pages": _pages(record),
        # Priority is a single digit for urgency; the decree gives no values that hold the secrecy beside it.
        "note": f"Độ mật: {record.secrecy}" if record.secrecy else None,
        "priority": PRIORITIES.index(record.urgency), "position": signer and signer.position,
        "signer": signer and signer.name,
        "recipients": "; ".join([*record.addressees, *(one.name for one in record.distribution)]),
        "copies": sent.copies if sent else None, "due": due,
        "arrival_date": arrived.day if arrived else (stamp.date if stamp else None),
        "arrival_number": int(arrival) if arrival and arrival.isdecimal() else None,
        "handler": (arrived.handler if arrived else None) or (stamp.routing if stamp else None),
        "progress": arrived.progress if arrived else None,
        "doc_id": record.id[:25], "archive_code": code,
        "type_code": (kind.archive_code if kind and kind.archive_code else _OTHER_TYPE) if record.doc_type else None,
        "mode": "03" if record.secrecy else None,
        # 01 born electronic, 02 digitised; a plain text says nothing about its carrier.
        "confidence_level": {"scan": "02", "digital": "01"}.get(record.source.medium),
    }  # fmt: skip


# --- the three forms ---


def as_json(table: Table, described: Sequence[Described]) -> bytes:
    """``{"table", "documents": [{"values", "problems"}]}``."""
    body = {"table": table, "documents": [{"values": one.values, "problems": one.problems} for one in described]}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def element_of(name: str, values: dict[str, str | int | None]) -> Any:
    """An XML element with one child for each value that is known."""
    element = etree.Element(name)
    for key, value in values.items():
        if value is not None:
            etree.SubElement(element, key).text = printable(str(value))
    return element


def as_xml(table: Table, described: Iterable[Described]) -> bytes:
    """``<Documents table=…><Document>…``; unknown values have no element."""
    root = etree.Element("Documents", table=table)
    root.extend(element_of("Document", one.values) for one in described)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def as_csv(table: Table, described: Iterable[Described]) -> bytes:
    """A header of keys and a line for each document; UTF-8 with a mark, so that Excel reads the letters."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([one.key for one in fields_of(table)])
    writer.writerows([csv_cell(value) for value in one.values.values()] for one in described)
    return b"\xef\xbb\xbf" + out.getvalue().encode()

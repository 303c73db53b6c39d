"""Records as flat tables for analysts: CSV, Parquet and JSON Lines.

Tables: documents, citations, tasks, deadlines, contacts, recipients, evidence.  Every row has ``record_id`` and, for
lists, ``ordinal`` (from 0).  Lists inside a row are joined with " | ".
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from pipeline.export.cells import csv_cell
from pipeline.export.items import Item
from pipeline.record.models import SCALARS, Citation, Contact, Deadline, Record, Task

_JOIN = " | "
_KINDS: dict[str, Any] = {"citations": Citation, "tasks": Task, "deadlines": Deadline, "contacts": Contact}
_INTEGERS = frozenset({"ordinal", "first_page", "last_page", "task", "days", "page", "span_start", "span_end"})
_BOOLEANS = frozenset({"attached", "working"})
_EVIDENCE = ("pointer", "ordinal", "page", "span_start", "span_end", "text", "source", "confidence", "rule", "status")
_OF_DOCUMENT = (
    "file", "sha256", "first_page", "last_page", "medium", *SCALARS, "received_number", "received_date", "addressees",
    "archive", "signer_name", "signer_position", "signer_authority", "warnings",
)  # fmt: skip


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """The columns of each table in their order."""
    listed = {name: ("record_id", "ordinal", *model.model_fields) for name, model in _KINDS.items()}
    return {
        "documents": ("record_id", *_OF_DOCUMENT), **listed,
        "recipients": ("record_id", "ordinal", "name", "purpose"), "evidence": ("record_id", *_EVIDENCE),
    }  # fmt: skip


def rows_of(items: Sequence[Item]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in columns()}
    for item in items:
        record = item.record
        found["documents"].append(_document(record))
        for name in _KINDS:
            found[name] += [_listed(record, at, one) for at, one in enumerate(getattr(record, name))]
        found["recipients"] += [_listed(record, at, one) for at, one in enumerate(record.distribution)]
        for pointer, pieces in record.evidence.items():
            for at, piece in enumerate(pieces):
                start, end = piece.span or (None, None)
                found["evidence"].append({
                    "record_id": record.id, "pointer": pointer, "ordinal": at, "page": piece.page, "span_start": start,
                    "span_end": end, "text": piece.text, "source": piece.source, "confidence": piece.confidence,
                    "rule": piece.rule, "status": piece.status,
                })  # fmt: skip
    return found


def _document(record: Record) -> dict[str, Any]:
    source, received, signer = record.source, record.received, record.signer
    return {
        "record_id": record.id, "file": source.file, "sha256": source.sha256, "first_page": source.pages[0],
        "last_page": source.pages[1], "medium": source.medium, **{name: getattr(record, name) for name in SCALARS},
        "received_number": received and received.number, "received_date": received and received.date,
        "addressees": _JOIN.join(record.addressees), "archive": _JOIN.join(record.archive),
        "signer_name": signer and signer.name, "signer_position": signer and signer.position,
        "signer_authority": signer and signer.authority, "warnings": _JOIN.join(record.warnings),
    }  # fmt: skip


def _listed(record: Record, at: int, one: Any) -> dict[str, Any]:
    values = {name: _JOIN.join(value) if isinstance(value, list) else value for name, value in one}
    return {"record_id": record.id, "ordinal": at, **values}


def csv_files(items: Sequence[Item]) -> dict[str, bytes]:
    """``documents.csv`` …: UTF-8 with a mark; text that a spreadsheet could run has an apostrophe before it."""
    made = {}
    for name, rows in rows_of(items).items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(columns()[name])
        writer.writerows([csv_cell(row.get(column)) for column in columns()[name]] for row in rows)
        made[f"{name}.csv"] = b"\xef\xbb\xbf" + out.getvalue().encode()
    return made


def parquet_files(items: Sequence[Item]) -> dict[str, bytes]:
    """``documents.parquet`` …, each with the same types whatever its rows hold."""
    import pyarrow as pa
    from pyarrow import parquet

    made = {}
    for name, rows in rows_of(items).items():
        schema = pa.schema([(column, _type(pa, column)) for column in columns()[name]])
        out = io.BytesIO()
        parquet.write_table(pa.Table.from_pylist(rows, schema=schema), out, compression="zstd")
        made[f"{name}.parquet"] = out.getvalue()
    return made


def _type(pa: Any, column: str) -> Any:
    if column in _INTEGERS:
        return pa.int64()
    if column in _BOOLEANS:
        return pa.bool_()
    return pa.float64() if column == "confidence" else pa.string()


def json_lines(items: Sequence[Item]) -> bytes:
    """One whole record on each line."""
    return "".join(
        json.dumps(item.record.model_dump(mode="json"), ensure_ascii=False) + "\n" for item in items
    ).encode()

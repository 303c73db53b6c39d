"""Putting a made-up corpus into an archive in bulk: rows for search, or rows for the graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert

from corpus import Made
from pipeline.store import identity, schema
from pipeline.store.actors import Actor, Role
from pipeline.store.columns import now
from pipeline.store.documents import PARTS
from pipeline.store.fold import searchable
from pipeline.store.scope import era, of_document

CLERK = Actor("đo", Role.ADMIN)
_SHA = "0" * 64


def load_texts(connection: Connection, stream: Iterator[Made], first_id: int) -> int:
    """Rows of ``document``, ``citation``, ``page`` and the search index, as the store has them for one-page texts."""
    rows, cited, pages, blobs, parts, at = [], [], [], [], [], first_id
    for made in stream:
        fields, body = made.fields, made.fields["body"]
        sha256 = hashlib.sha256(f"{at}".encode()).hexdigest()
        issuer_key = " ".join(searchable(fields["issuer"]).split())
        rows.append({**_row(fields, at, at), "sha256": sha256, "issuer_key": issuer_key})
        blobs.append({"sha256": sha256, "size": len(body), "extension": ".txt", "added_at": fields["date"]})
        pages.append({"sha256": sha256, "number": 1, "text": body})
        for ordinal, citation in enumerate(fields["citations"]):
            key = identity.number_key(citation["number"])
            cited.append({"document_id": at, "ordinal": ordinal, "number_key": key, **citation})
        subject = f"{fields['doc_type']} {fields['subject']}"
        issuer = f"{fields['issuer']} {fields['issuer_parent'] or ''}"
        parts.append(
            {"id": at * PARTS, "document_id": at, "part": 0, "number": searchable(fields["number"]),
             "subject": searchable(subject), "issuer": searchable(issuer), "body": " ".join(searchable(body).split())}
        )  # fmt: skip
        at += 1
    for table, some in (
        (schema.blob, blobs), (schema.page, pages), (schema.document, rows), (schema.citation, cited),
        (schema.search_text, parts),
    ):  # fmt: skip
        if some:
            connection.execute(insert(table), some)
    return at


def load_rows(connection: Connection, stream: Iterator[Made], first_id: int, change: int) -> int:
    """Rows of ``document`` and ``citation`` alone: what the graph is built from, for a million documents."""
    rows, cited, at = [], [], first_id
    for made in stream:
        fields = made.fields
        rows.append(_row(fields, at, change + at - first_id))
        for ordinal, citation in enumerate(fields["citations"]):
            key = identity.number_key(citation["number"])
            cited.append({"document_id": at, "ordinal": ordinal, "number_key": key, **citation})
        at += 1
    if rows:
        connection.execute(insert(schema.document), rows)
    if cited:
        connection.execute(insert(schema.citation), cited)
    return at


def prepare_rows(connection: Connection) -> None:
    """The one blob and extraction that all rows of ``load_rows`` point to."""
    connection.execute(insert(schema.blob).values(sha256=_SHA, size=0, extension="", added_at=now()))
    connection.execute(
        insert(schema.extraction).values(id=1, sha256=_SHA, record_id="đo", at=now(), tool="đo", digest=_SHA, record={})
    )


def _row(fields: dict[str, Any], at: int, change: int) -> dict[str, Any]:
    day = fields["date"]
    number = fields["number"]
    parts = identity.parts_of(number)
    scope = of_document(fields["issuer"], fields["issuer_parent"], fields["place"], parts[4] if parts else (),
                        era(day))  # fmt: skip
    key = identity.number_key(number, fields["doc_type"])
    year = int(day[:4])
    return {
        "id": at, "record_id": f"r{at}", "sha256": _SHA, "extraction_id": 1, "version": 1, "digest": "", "state": "new",
        "created_at": day, "updated_at": day, "change": change, "first_page": 1, "last_page": 1, "medium": "text",
        "file": f"{at}.txt", "number": number, "raw_number": number, "number_key": key,
        "serial": parts[0].lstrip("0") if parts else None, "symbol": key.rpartition("|")[2] if key else None,
        "doc_type": fields["doc_type"], "date": day, "year": year, "period": str(year), "issuer": fields["issuer"],
        "issuer_parent": fields["issuer_parent"], "place": fields["place"], "level": scope.level,
        "province": scope.province, "unit": scope.unit, "subject": fields["subject"], "warnings": [], "conflicts": [],
    }  # fmt: skip

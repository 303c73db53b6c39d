"""Ways to put a made-up corpus into an archive: whole records through the store's own code, or rows for the graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert

from corpus import Made, documents
from pipeline.record.models import LISTS, SCALARS, Record
from pipeline.store import documents as store_documents
from pipeline.store import duplicates, identity, schema
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.store.columns import now
from pipeline.store.reading import PageText
from pipeline.store.scope import era, of_document

CLERK = Actor("đo", Role.ADMIN)
_SHA = "0" * 64


def record_of(made: Made, at: int) -> tuple[Record, str]:
    """A record with (cheap) evidence, and its text."""
    fields = dict(made.fields)
    body = fields.pop("body", fields["number"])
    sha256 = hashlib.sha256(f"{at}|{body}".encode()).hexdigest()
    piece = [{"page": 1, "source": "text", "rule": "made"}]
    evidence = {f"/{name}": piece for name in SCALARS if fields.get(name) is not None}
    evidence |= {f"/{name}/{i}": piece for name in LISTS for i in range(len(fields.get(name) or []))}
    source = {"file": f"{at}.txt", "sha256": sha256, "pages": [1, 1], "medium": "text"}
    return Record.model_validate({"id": f"{sha256[:16]}-1", "source": source, "evidence": evidence, **fields}), body


def load_records(archive: Archive, many: int, batch: int = 500) -> int:
    """Whole records through the store's own functions, many to a transaction; originals are not written."""
    stream: Iterator[tuple[int, Made]] = enumerate(documents(many, bodies=True))
    held = 0
    while some := list(islice(stream, batch)):
        with archive.database.write() as connection:
            for at, made in some:
                record, body = record_of(made, at)
                sha256 = record.source.sha256
                connection.execute(
                    insert(schema.blob).values(sha256=sha256, size=len(body), extension=".txt", added_at=now())
                )
                store_documents.keep_pages(connection, sha256, [PageText(1, body)])
                extraction = store_documents.keep_extraction(connection, sha256, record, "đo")
                document = store_documents.create(connection, CLERK, record, extraction, (None, None))
                duplicates.ask(connection, document, record)
                held += 1
    return held


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

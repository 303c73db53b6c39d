"""Documents in the database: the effective record of each, opened into columns, and its versions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from pipeline.record.models import Record
from pipeline.store import identity, passages, schema, tasks
from pipeline.store.actors import Actor
from pipeline.store.columns import canonical, now
from pipeline.store.corrections import Correction, Replayed, apply
from pipeline.store.errors import NotFound
from pipeline.store.fold import searchable
from pipeline.store.reading import PageText

# PostgreSQL counts word positions to 16,383 and a text vector to a megabyte; both stay far below.
_PART_CHARACTERS = 60_000
PARTS = 1000
"""``search_text.id`` is document id × PARTS + part, so that a hit in the index names its document by itself."""


def digest(record: Record) -> str:
    """SHA-256 of a record's canonical JSON."""
    return hashlib.sha256(canonical(record.model_dump(mode="json")).encode()).hexdigest()


def row_of(connection: Connection, record_id: str) -> Row[Any]:
    """The document row of a record id; raises ``NotFound``."""
    table = schema.document
    row = connection.execute(select(table).where(table.c.record_id == record_id)).first()
    if row is None:
        raise NotFound(what="văn bản", key=record_id)
    return row


def effective(connection: Connection, row: Row[Any], n: int | None = None) -> Record:
    """The record of a document: its present version, or version ``n``; raises ``NotFound`` for an unknown one."""
    table = schema.version
    wanted = row.version if n is None else n
    found = connection.execute(
        select(table.c.record, table.c.extraction_id).where(table.c.document_id == row.id, table.c.n == wanted)
    ).first()
    if found is None:
        raise NotFound(what="bản", key=f"{row.record_id} #{wanted}")
    data = found.record if found.record is not None else _extracted(connection, found.extraction_id)
    return Record.model_validate(data)


def _extracted(connection: Connection, extraction_id: int) -> dict[str, Any]:
    table = schema.extraction
    found: dict[str, Any] = connection.execute(select(table.c.record).where(table.c.id == extraction_id)).scalar_one()
    return found


def corrections_of(connection: Connection, document_id: int) -> list[Correction]:
    """Every correction of a document, in the order in which people made them."""
    table = schema.correction
    rows = connection.execute(select(table).where(table.c.document_id == document_id).order_by(table.c.seq))
    return [
        Correction(
            row.op, row.pointer, row.value, row.before, row.anchor, row.page, [tuple(box) for box in row.boxes or []]
        )
        for row in rows
    ]


def replay(connection: Connection, document_id: int, extraction_id: int) -> Replayed:
    """An extraction with the document's corrections on top."""
    base = Record.model_validate(_extracted(connection, extraction_id))
    return apply(base, corrections_of(connection, document_id))


def pages_of(connection: Connection, sha256: str, first: int = 1, last: int = 1 << 30) -> list[PageText]:
    """The pages of a file as they were read, in order."""
    table = schema.page
    rows = connection.execute(
        select(table.c.number, table.c.text, table.c.words)
        .where(table.c.sha256 == sha256, table.c.number.between(first, last))
        .order_by(table.c.number)
    )
    return [PageText(row.number, row.text, [tuple(word) for word in row.words or []]) for row in rows]


def keep_pages(connection: Connection, sha256: str, pages: Sequence[PageText]) -> None:
    """Replace the pages of a file by those of its newest reading."""
    table = schema.page
    connection.execute(delete(table).where(table.c.sha256 == sha256))
    rows = [
        {
            "sha256": sha256,
            "number": page.number,
            "text": page.text,
            "words": [list(word) for word in page.words] or None,
        }
        for page in pages
    ]
    if rows:
        connection.execute(insert(table), rows)


def keep_extraction(connection: Connection, sha256: str, record: Record, tool: str) -> int:
    """Append what the program read; returns its id.  The same reading twice in a row is kept once."""
    table, code = schema.extraction, digest(record)
    last = connection.execute(
        select(table.c.id, table.c.digest, table.c.tool)
        .where(table.c.record_id == record.id)
        .order_by(table.c.id.desc())
        .limit(1)
    ).first()
    if last is not None and last.digest == code:
        return int(last.id)
    values = {
        "sha256": sha256, "record_id": record.id, "at": now(), "tool": tool, "digest": code,
        "record": record.model_dump(mode="json"),
    }  # fmt: skip
    return int(connection.execute(insert(table).values(values)).inserted_primary_key[0])  # type: ignore[index]


def next_change(connection: Connection) -> int:
    """The next number in the order of changes, by which indexes and the graph follow the archive."""
    return int(connection.execute(select(func.coalesce(func.max(schema.document.c.change), 0))).scalar_one()) + 1


def create(
    connection: Connection, actor: Actor, record: Record, extraction_id: int, bounds: tuple[int | None, int | None]
) -> int:
    """A new document with its first version; returns its row id.  ``refresh`` fills in the rest."""
    moment = now()
    values = {
        "record_id": record.id, "sha256": record.source.sha256, "extraction_id": extraction_id, "version": 0,
        "digest": "", "state": "new", "created_at": moment, "updated_at": moment, "change": 0,
        "first_offset": bounds[0], "last_offset": bounds[1], "conflicts": [], **_columns(record),
    }  # fmt: skip
    made = connection.execute(insert(schema.document).values(values))
    document_id = int(made.inserted_primary_key[0])  # type: ignore[index]
    add_version(connection, actor, document_id, Replayed(record, []), extraction_id, cause="extracted")
    return document_id


def add_version(
    connection: Connection, actor: Actor, document_id: int, replayed: Replayed, extraction_id: int, *, cause: str
) -> int:
    """Append a version and make it the present one; returns its number (counted from 1)."""
    record, table = replayed.record, schema.version
    corrected = connection.execute(
        select(func.count()).select_from(schema.correction).where(schema.correction.c.document_id == document_id)
    ).scalar_one()
    n = (
        1
        + connection.execute(
            select(func.coalesce(func.max(table.c.n), 0)).where(table.c.document_id == document_id)
        ).scalar_one()
    )
    code, moment = digest(record), now()
    connection.execute(
        insert(table).values(
            document_id=document_id, n=n, extraction_id=extraction_id, corrections=corrected, digest=code, at=moment,
            actor=actor.name, role=actor.role.value, cause=cause,
            record=record.model_dump(mode="json") if corrected else None,
        )
    )  # fmt: skip
    connection.execute(
        update(schema.document)
        .where(schema.document.c.id == document_id)
        .values(version=n, digest=code, extraction_id=extraction_id, updated_at=moment, conflicts=replayed.conflicts)
    )
    refresh(connection, document_id, record)
    return n


def refresh(connection: Connection, document_id: int, record: Record) -> None:
    """Open the effective record into columns, citations, deadlines, tasks and the search index."""
    table = schema.document
    connection.execute(
        update(table).where(table.c.id == document_id).values(change=next_change(connection), **_columns(record))
    )
    row = connection.execute(select(table).where(table.c.id == document_id)).one()
    pages = pages_of(connection, row.sha256, row.first_page, row.last_page)
    _citations(connection, document_id, record, {page.number: page.text for page in pages})
    _deadlines(connection, document_id, record)
    tasks.refresh(connection, document_id, record)
    own = passages.document_pages(record, pages, (row.first_offset, row.last_offset))
    _index(connection, document_id, record, own, withdrawn=row.state == "withdrawn")


def _columns(record: Record) -> dict[str, Any]:
    known = identity.of_record(record)
    return {
        "first_page": record.source.pages[0], "last_page": record.source.pages[1],
        "medium": record.source.medium, "file": record.source.file,
        "number": record.number, "raw_number": record.raw_number, "number_key": known.number_key,
        "serial": known.serial, "symbol": known.symbol, "doc_type": record.doc_type, "date": record.date,
        "partial_date": record.partial_date, "year": known.year, "period": known.period,
        "issuer": record.issuer, "issuer_key": known.issuer_key,
        "issuer_parent": record.issuer_parent, "place": record.place, "level": known.level,
        "province": known.province, "unit": known.unit, "subject": record.subject, "urgency": record.urgency,
        "secrecy": record.secrecy, "signer": record.signer.name if record.signer else None,
        "warnings": record.warnings,
    }  # fmt: skip


def _citations(connection: Connection, document_id: int, record: Record, texts: dict[int, str]) -> None:
    table = schema.citation
    connection.execute(delete(table).where(table.c.document_id == document_id))
    rows = []
    for at, citation in enumerate(record.citations):
        pieces = record.evidence_of(f"/citations/{at}/number") or record.evidence_of(f"/citations/{at}")
        piece = next((piece for piece in pieces if piece.span is not None), pieces[0] if pieces else None)
        span = piece.span if piece else None
        text = texts.get(piece.page) if piece else None
        sentence = passages.sentence_around(text, *span) if text is not None and span else None
        rows.append(
            {
                "document_id": document_id, "ordinal": at, "number_key": identity.number_key(citation.number),
                "page": piece.page if piece else None, "span_start": span[0] if span else None,
                "span_end": span[1] if span else None, "sentence": sentence,
                **citation.model_dump(mode="json"),
            }
        )  # fmt: skip
    if rows:
        connection.execute(insert(table), rows)


def _deadlines(connection: Connection, document_id: int, record: Record) -> None:
    table = schema.deadline
    connection.execute(delete(table).where(table.c.document_id == document_id))
    rows = [
        {"document_id": document_id, "ordinal": at, **deadline.model_dump(mode="json")}
        for at, deadline in enumerate(record.deadlines)
    ]
    if rows:
        connection.execute(insert(table), rows)


def _index(
    connection: Connection, document_id: int, record: Record, pages: list[tuple[int, str]], *, withdrawn: bool
) -> None:
    table = schema.search_text
    connection.execute(delete(table).where(table.c.document_id == document_id))
    if withdrawn:
        return
    numbers = [record.number, record.raw_number]
    issuers = [record.issuer, record.issuer_parent, record.signer.name if record.signer else None]
    parts = _parts([searchable(text) for _, text in pages])[:PARTS] or [""]
    rows = [
        {
            "id": document_id * PARTS + at,
            "document_id": document_id,
            "part": at,
            "number": searchable(" ".join(filter(None, numbers))) if at == 0 else "",
            "subject": searchable(" ".join(filter(None, [record.doc_type, record.subject]))) if at == 0 else "",
            "issuer": searchable(" ".join(filter(None, issuers))) if at == 0 else "",
            "body": " ".join(body.split()),
        }
        for at, body in enumerate(parts)
    ]
    connection.execute(insert(table), rows)


def _parts(pages: list[str]) -> list[str]:
    """Pages joined into parts that both databases index whole; a page that is too long by itself is cut at a space."""
    parts: list[str] = []
    for page in pages:
        pieces = [page]
        while len(pieces[-1]) > _PART_CHARACTERS:
            text = pieces.pop()
            cut = text.rfind(" ", 0, _PART_CHARACTERS)
            cut = cut if cut > 0 else _PART_CHARACTERS
            pieces += [text[:cut], text[cut:]]
        for piece in pieces:
            if parts and len(parts[-1]) + len(piece) < _PART_CHARACTERS:
                parts[-1] += " " + piece
            else:
                parts.append(piece)
    return parts

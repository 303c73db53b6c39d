"""Bringing a read file into the archive, for the first time or again, in one transaction.

The original is copied in before (``originals``) and belongs to nothing until this transaction names it; a process
killed between the two leaves a copy that the next run finds and uses.  So at every moment a file is either in the
archive with all its records or not at all, and the same bytes never come in twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, update

from pipeline.errors import CongvanError
from pipeline.record.models import Record
from pipeline.store import audit, documents, duplicates, passages, schema
from pipeline.store.actors import Actor
from pipeline.store.columns import now
from pipeline.store.corrections import apply
from pipeline.store.errors import CorrectionInvalid
from pipeline.store.originals import extension_of
from pipeline.store.reading import Reading

Outcome = Literal["added", "held", "failed", "reread"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file.

    ``added``: its records are new.  ``held``: the same bytes were in the archive already (``records`` names them,
    ``known_as`` the other paths on which they came).  ``reread``: read again.  ``failed``: the original is kept,
    ``error`` says why it could not be read.  ``questions`` are the ids of open questions about duplicates.
    """

    outcome: Outcome
    sha256: str
    records: list[str] = field(default_factory=list)
    known_as: list[str] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    error: CongvanError | None = None


def note_arrival(
    connection: Connection, actor: Actor, sha256: str, size: int, *, path: Path, error: CongvanError | None = None
) -> None:
    """Remember that a content came on a path (and, with ``error``, that it could not be read)."""
    blob, arrival, moment = schema.blob, schema.arrival, now()
    if connection.execute(select(blob.c.sha256).where(blob.c.sha256 == sha256)).first() is None:
        connection.execute(
            insert(blob).values(sha256=sha256, size=size, extension=extension_of(path.name), added_at=moment)
        )
    outcome, told = ("failed", error.as_dict()) if error else ("stored", None)
    before = connection.execute(
        select(arrival.c.id, arrival.c.times).where(arrival.c.sha256 == sha256, arrival.c.path == str(path))
    ).first()
    if before is None:
        connection.execute(
            insert(arrival).values(
                sha256=sha256, path=str(path), name=path.name, first_at=moment, last_at=moment, times=1,
                actor=actor.name, outcome=outcome, error=told,
            )
        )  # fmt: skip
    else:
        connection.execute(
            update(arrival)
            .where(arrival.c.id == before.id)
            .values(last_at=moment, times=before.times + 1, outcome=outcome, error=told)
        )


def held(connection: Connection, sha256: str) -> list[str]:
    """The record ids of a content, in page order; empty when it never came or could not be read."""
    table = schema.document
    rows = connection.execute(
        select(table.c.record_id).where(table.c.sha256 == sha256).order_by(table.c.first_page, table.c.id)
    )
    return [row.record_id for row in rows]


def known_paths(connection: Connection, sha256: str) -> list[str]:
    """Every path on which a content came, the first one first."""
    table = schema.arrival
    return [
        row.path
        for row in connection.execute(select(table.c.path).where(table.c.sha256 == sha256).order_by(table.c.id))
    ]


def add(connection: Connection, actor: Actor, sha256: str, size: int, *, path: Path, reading: Reading) -> Added:
    """Store the records of a file; ``held`` when another process stored them in the meantime."""
    already = held(connection, sha256)
    known = known_paths(connection, sha256)
    note_arrival(connection, actor, sha256, size, path=path)
    if already:
        return Added("held", sha256, already, [p for p in known if p != str(path)])
    documents.keep_pages(connection, sha256, reading.pages)
    ids = []
    for record, bounds in zip(reading.records, passages.document_bounds(reading.records), strict=True):
        ids.append(_new(connection, actor, record, reading.tool, bounds))
    details = {"file": path.name, "sha256": sha256, "records": [record.id for record in reading.records]}
    audit.append(connection, actor, "add", sha256, {**details, "tool": reading.tool, "bytes": size})
    return Added("added", sha256, [record.id for record in reading.records], questions=_questions(connection, ids))


def _new(connection: Connection, actor: Actor, record: Record, tool: str, bounds: tuple[int | None, int | None]) -> int:
    extraction_id = documents.keep_extraction(connection, record.source.sha256, record, tool)
    document_id = documents.create(connection, actor, record, extraction_id, bounds)
    duplicates.ask(connection, document_id, record)
    return document_id


def _questions(connection: Connection, ids: list[int]) -> list[int]:
    table = schema.duplicate
    rows = connection.execute(
        select(table.c.id).where((table.c.first_id.in_(ids)) | (table.c.second_id.in_(ids)), table.c.answer.is_(None))
    )
    return [int(row.id) for row in rows]


def reread(connection: Connection, actor: Actor, sha256: str, reading: Reading) -> Added:
    """Take a new reading of a file that is held; what people did to its records stays.

    Unconfirmed records follow the new reading with their corrections on top.  A confirmed record stays as it was
    confirmed; the new reading is kept beside it and a difference is noted in ``conflicts``.  A record that the new
    reading no longer has is withdrawn, unless somebody worked on it: then it stays and says so.
    """
    documents.keep_pages(connection, sha256, reading.pages)
    table = schema.document
    rows = {row.record_id: row for row in connection.execute(select(table).where(table.c.sha256 == sha256))}
    ids = []
    for record, bounds in zip(reading.records, passages.document_bounds(reading.records), strict=True):
        row = rows.pop(record.id, None)
        if row is None:
            ids.append(_new(connection, actor, record, reading.tool, bounds))
            continue
        ids.append(int(row.id))
        connection.execute(
            update(table).where(table.c.id == row.id).values(first_offset=bounds[0], last_offset=bounds[1])
        )
        _follow(connection, actor, row, record, reading.tool)
    for row in rows.values():
        _left_out(connection, row)
    audit.append(
        connection, actor, "reread", sha256, {"records": [r.id for r in reading.records], "tool": reading.tool}
    )
    return Added("reread", sha256, [record.id for record in reading.records], questions=_questions(connection, ids))


def _follow(connection: Connection, actor: Actor, row: Row[Any], record: Record, tool: str) -> None:
    table = schema.document
    extraction_id = documents.keep_extraction(connection, record.source.sha256, record, tool)
    known = documents.corrections_of(connection, int(row.id))
    try:
        replayed = apply(record, known)
    except CorrectionInvalid as error:
        # The corrections together with this reading make no valid record: what people made stays in force.
        _pin(connection, row, [f"Bản đọc mới không hợp với phần đã sửa: {error.message}"])
        return
    code = documents.digest(replayed.record)
    if row.state == "confirmed":
        _pin(connection, row, [] if code == row.digest else ["Bản đọc mới khác bản đã xác nhận; giữ bản đã xác nhận."])
        return
    if row.state == "withdrawn":
        connection.execute(update(table).where(table.c.id == row.id).values(state="new"))
    if code != row.digest or row.state == "withdrawn":
        documents.add_version(connection, actor, int(row.id), replayed, extraction_id, cause="re-extracted")
        duplicates.ask(connection, int(row.id), replayed.record)
    else:
        connection.execute(update(table).where(table.c.id == row.id).values(conflicts=replayed.conflicts))
        documents.refresh(connection, int(row.id), replayed.record)  # pages or offsets may have changed


def _pin(connection: Connection, row: Row[Any], conflicts: list[str]) -> None:
    connection.execute(update(schema.document).where(schema.document.c.id == row.id).values(conflicts=conflicts))


def _left_out(connection: Connection, row: Row[Any]) -> None:
    """A record that the new reading does not have: withdrawn, unless a person worked on it."""
    table = schema.document
    if row.state == "withdrawn":
        return
    task = schema.task
    traces = [
        select(rows.c.id).where(rows.c.document_id == row.id).limit(1)
        for rows in (schema.correction, schema.register_entry)
    ]
    traces.append(select(task.c.id).where(task.c.document_id == row.id, task.c.state_by.is_not(None)).limit(1))
    if row.state == "confirmed" or any(connection.execute(trace).first() for trace in traces):
        _pin(connection, row, ["Bản đọc mới không còn văn bản này; giữ lại vì đã có người làm việc trên nó."])
    else:
        change = documents.next_change(connection)
        connection.execute(update(table).where(table.c.id == row.id).values(state="withdrawn", change=change))
        connection.execute(delete(schema.search_text).where(schema.search_text.c.document_id == row.id))

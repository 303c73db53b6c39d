"""The same document twice: asked, linked, never silently dropped.

Two records are a question for a person when they have the same number and ký hiệu, of the same issuer, in the same
year (Nghị định 30/2020, Phụ lục VI: "số, ký hiệu và tên cơ quan ban hành"), for the Party in the same term.  The same
bytes are no second document at all: the archive knows every path on which they came (table ``arrival``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, insert, or_, select, update

from pipeline.record.models import Record
from pipeline.store import audit, identity, schema
from pipeline.store.actors import Actor
from pipeline.store.columns import now
from pipeline.store.errors import NotFound

Answer = Literal["same", "different"]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A pair of records that may be one document; ``answer`` is None while nobody has decided."""

    id: int
    first: str
    second: str
    reason: str
    certain: bool
    answer: Answer | None
    decided_by: str | None
    decided_at: str | None
    note: str | None


def ask(connection: Connection, document_id: int, record: Record) -> None:
    """Note every document that may be the same as this one; a pair once asked keeps its answer."""
    mine = identity.of_record(record)
    if mine.number_key is None or not mine.serial:
        return
    table = schema.document
    others = connection.execute(
        select(table).where(
            table.c.number_key == mine.number_key, table.c.id != document_id, table.c.state != "withdrawn"
        )
    )
    for row in others:
        verdict, reason = identity.compare(mine, identity.of_row(row))
        if verdict == "different":
            continue
        first, second = sorted((document_id, int(row.id)))
        pairs = schema.duplicate
        if connection.execute(select(pairs.c.id).where(pairs.c.first_id == first, pairs.c.second_id == second)).first():
            continue
        connection.execute(
            insert(pairs).values(first_id=first, second_id=second, reason=reason, certain=verdict == "same")
        )


def decide(connection: Connection, actor: Actor, duplicate_id: int, answer: Answer, note: str) -> Duplicate:
    """Answer the question; it can be answered anew, and each answer stands in the audit trail."""
    table = schema.duplicate
    found = get(connection, duplicate_id)
    connection.execute(
        update(table)
        .where(table.c.id == duplicate_id)
        .values(answer=answer, decided_by=actor.name, decided_at=now(), note=note)
    )
    # Both documents changed in what they are, and the graph has to look again.
    change = int(
        connection.execute(
            select(schema.document.c.change).order_by(schema.document.c.change.desc()).limit(1)
        ).scalar_one()
    )
    for at, record_id in enumerate((found.first, found.second), 1):
        connection.execute(
            update(schema.document).where(schema.document.c.record_id == record_id).values(change=change + at)
        )
    details = {"other": found.second, "answer": answer, "before": found.answer, "note": note}
    audit.append(connection, actor, "decide_duplicate", found.first, details)
    return get(connection, duplicate_id)


def _query() -> Any:
    table = schema.duplicate
    first, second = schema.document.alias("first_document"), schema.document.alias("second_document")
    return (
        select(
            table.c.id, first.c.record_id.label("first"), second.c.record_id.label("second"), table.c.reason,
            table.c.certain, table.c.answer, table.c.decided_by, table.c.decided_at, table.c.note,
        )
        .join(first, first.c.id == table.c.first_id)
        .join(second, second.c.id == table.c.second_id)
        .order_by(table.c.id)
    )  # fmt: skip


def get(connection: Connection, duplicate_id: int) -> Duplicate:
    row = connection.execute(_query().where(schema.duplicate.c.id == duplicate_id)).first()
    if row is None:
        raise NotFound(what="cặp văn bản trùng", key=str(duplicate_id))
    return Duplicate(**row._mapping)


def listing(connection: Connection, *, record_id: str | None = None, open_only: bool = False) -> list[Duplicate]:
    """Pairs of one record or of all, in the order in which they were found."""
    query = _query()
    if record_id is not None:
        ids = select(schema.document.c.id).where(schema.document.c.record_id == record_id)
        query = query.where(or_(schema.duplicate.c.first_id.in_(ids), schema.duplicate.c.second_id.in_(ids)))
    if open_only:
        query = query.where(schema.duplicate.c.answer.is_(None))
    return [Duplicate(**row._mapping) for row in connection.execute(query)]

"""Deadlines that belong to no task: a document's own day, period or cycle ("trước ngày 15/3", "6 tháng một lần")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, case, or_, select

from pipeline.store import schema


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline with its document; ``day`` is the ISO day or minute on which it ends, None when nobody can tell yet.

    ``rule`` is the RFC 5545 rule of a cycle, ``start`` the first day of a period or a cycle.
    """

    id: int
    record_id: str
    ordinal: int
    kind: str
    raw: str
    day: str | None
    bound: str | None
    start: str | None
    rule: str | None
    number: str | None
    doc_type: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    updated_at: str


def listing(
    connection: Connection, *, day_from: str | None = None, day_to: str | None = None, cycles: bool = False,
    limit: int = 200,
) -> list[DeadlineRow]:  # fmt: skip
    """Deadlines of no task with a day between both (included), by day; ``cycles`` adds those that come again and again.

    Documents that were withdrawn have none.
    """
    table, document = schema.deadline, schema.document
    day: Any = case((table.c.kind == "period", table.c.end), else_=table.c.due)
    dated = [
        and_(table.c.kind != "period", *_between(table.c.due, day_from, day_to)),
        and_(table.c.kind == "period", *_between(table.c.end, day_from, day_to)),
    ]
    wanted = [*dated, table.c.kind == "recurring"] if cycles else dated
    query = (
        select(
            table.c.id, document.c.record_id, table.c.ordinal, table.c.kind, table.c.raw, day.label("day"),
            table.c.bound, table.c.start, table.c.rule, document.c.number, document.c.doc_type, document.c.date,
            document.c.issuer, document.c.subject, document.c.updated_at,
        )
        .join(document, document.c.id == table.c.document_id)
        .where(table.c.task.is_(None), document.c.state != "withdrawn", or_(*wanted))
        .order_by(day.is_(None), day, table.c.id)
        .limit(limit)
    )  # fmt: skip
    return [DeadlineRow(**row._mapping) for row in connection.execute(query)]


def _between(column: Any, day_from: str | None, day_to: str | None) -> list[Any]:
    found = [column.is_not(None)]
    if day_from:
        found.append(column >= day_from)
    if day_to:
        found.append(column <= day_to + "T99")  # a due minute of that day still belongs to it
    return found

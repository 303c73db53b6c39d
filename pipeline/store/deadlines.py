"""Deadlines that belong to no task: a document's own day, period or cycle ("trước ngày 15/3", "6 tháng một lần")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, or_, select

from pipeline.store import schema
from pipeline.store.calendar_days import first_of_each_day


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
    newest_day: bool = False, limit: int = 200,
) -> list[DeadlineRow]:  # fmt: skip
    """Deadlines of no task with a day between both (included), by day; ``cycles`` adds those that come again and again.

    ``newest_day`` turns the days round, the latest first.  Documents that were withdrawn have none.
    """
    table, day = schema.deadline, _day()
    # Each by the index on its day: one question for all of them would read every deadline there is.
    asked = list(_dated(day_from, day_to))
    if cycles:
        asked.append(table.c.kind == "recurring")
    found: dict[int, DeadlineRow] = {}
    for condition, column in zip(asked, (table.c.due, table.c.end, day), strict=False):
        order = [column.is_(None)] if cycles else []
        order += [column.desc() if newest_day else column, table.c.id]
        for row in connection.execute(_rows().where(_open(condition)).order_by(*order).limit(limit)):
            found[row.id] = DeadlineRow(**row._mapping)
    rows = sorted(found.values(), key=lambda row: row.id)
    rows.sort(key=lambda row: row.day or "", reverse=newest_day)
    return sorted(rows, key=lambda row: row.day is None)[:limit]


def by_day(
    connection: Connection, *, day_from: str, day_to: str, each: int
) -> dict[str, tuple[int, list[DeadlineRow]]]:
    """ISO day → how many deadlines of no task end on it, and the first ``each`` of them."""
    table = schema.deadline
    return first_of_each_day(
        connection, table, _rows(), DeadlineRow, day=_day(), order=[_day(), table.c.id],
        where=[_open(or_(*_dated(day_from, day_to)))], each=each,
    )  # fmt: skip


def _day() -> Any:
    """The day or minute on which a deadline ends."""
    return case((schema.deadline.c.kind == "period", schema.deadline.c.end), else_=schema.deadline.c.due)


def _rows() -> Select[Any]:
    """Rows of ``DeadlineRow``: deadlines with what is shown of their documents."""
    table, document = schema.deadline, schema.document
    return select(
        table.c.id, document.c.record_id, table.c.ordinal, table.c.kind, table.c.raw, _day().label("day"),
        table.c.bound, table.c.start, table.c.rule, document.c.number, document.c.doc_type, document.c.date,
        document.c.issuer, document.c.subject, document.c.updated_at,
    ).join(document, document.c.id == table.c.document_id)  # fmt: skip


def _dated(day_from: str | None, day_to: str | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Days and cycles, and periods, that end between two days."""
    table = schema.deadline
    return (
        and_(table.c.kind != "period", *_between(table.c.due, day_from, day_to)),
        and_(table.c.kind == "period", *_between(table.c.end, day_from, day_to)),
    )


def _open(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of no task, and of a document that was not withdrawn."""
    return and_(schema.deadline.c.task.is_(None), schema.document.c.state != "withdrawn", condition)


def _between(column: Any, day_from: str | None, day_to: str | None) -> list[Any]:
    found = [column.is_not(None)]
    if day_from:
        found.append(column >= day_from)
    if day_to:
        found.append(column <= day_to + "T99")  # a due minute of that day still belongs to it
    return found

"""What a calendar shows of tasks and deadlines: the first rows of each day, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, func, join, select

from pipeline.store import schema

_Row = TypeVar("_Row")


def first_of_each_day(
    connection: Connection, table: Table, rows: Select[Any], made: Callable[..., _Row], *,
    day: Any, order: list[Any], where: list[ColumnElement[bool]], each: int,
) -> dict[str, tuple[int, list[_Row]]]:  # fmt: skip
    """ISO day → how many rows of ``table`` there are on it, and the first ``each`` of them by ``order``.

    ``day`` is the column or expression that tells a row's day or minute; ``where`` (none of no day) may ask of the
    documents that the rows belong to.  ``rows`` selects what ``made`` takes.
    """
    document, iso = schema.document, func.substr(day, 1, 10)
    placed = (
        select(
            table.c.id, iso.label("iso"), func.count().over(partition_by=iso).label("many"),
            func.row_number().over(partition_by=iso, order_by=order).label("at"),
        )
        .select_from(join(table, document, document.c.id == table.c.document_id)).where(*where).subquery()
    )  # fmt: skip
    query = rows.add_columns(placed.c.iso, placed.c.many).join(placed, placed.c.id == table.c.id)
    found: dict[str, tuple[int, list[_Row]]] = {}
    for row in connection.execute(query.where(placed.c.at <= each).order_by(placed.c.at)):
        values = dict(row._mapping)
        on, many = values.pop("iso"), values.pop("many")
        found.setdefault(on, (many, []))[1].append(made(**values))
    return found

"""Statements that following the archive needs again and again, built once: building them costs more than running them.

Each takes ``{"some": [...]}``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Delete, Select, Update, bindparam, delete, select, update

from pipeline.store import schema


def _in(column: Any) -> Any:
    return column.in_(bindparam("some", expanding=True))


@cache
def rows_in(column: Any) -> Select[Any]:
    """The whole rows of the column's table with one of some values."""
    return select(column.table).where(_in(column))


@cache
def values_in(column: Any, *wanted: Any) -> Select[Any]:
    """Other columns of those rows, each combination of values once."""
    return select(*wanted).where(_in(column)).distinct()


@cache
def delete_in(column: Any) -> Delete:
    """Delete those rows."""
    return delete(column.table).where(_in(column))


@cache
def point(column: Any, end: Any, by: Any) -> Update:
    """Let one end of edges point to the node that its signature ``by`` has, where ``column`` has one of some values."""
    signature = schema.signature
    node = select(signature.c.node_id).where(signature.c.id == by).scalar_subquery()
    return update(schema.edge).where(_in(column)).values({end: node})

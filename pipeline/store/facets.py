"""Facets of a search: how many of the documents found have each type, issuer, year, province and state.

About a common word a hundred thousand rows are counted.  Reading their columns from the database takes many times as
long as finding them, so the four columns that change with a document's content stay in memory (16 bytes a document),
and what changed in the archive since is read before they are used; the state, which changes with every confirmation,
is asked for each time.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from pipeline.store import schema, textindex
from pipeline.store.query import Query, parse
from pipeline.store.searching import conditions

_COLUMNS = ("doc_type", "issuer", "year", "province")


class Facets:
    """The columns of one archive's documents; safe for threads."""

    def __init__(self) -> None:
        # Column c of document i is the value of number _codes[c, i] in _values[c]; 0: there is no such document.
        self._codes = np.zeros((len(_COLUMNS), 0), dtype=np.int32)
        self._values: list[dict[Any, int]] = [{} for _ in _COLUMNS]
        self._seen = -1
        self._lock = threading.Lock()

    def count(self, connection: Connection, query: Query, limit: int) -> dict[str, list[tuple[Any, int]]]:
        """Facet -> its most frequent values under the search with their counts; raises ``QueryInvalid``."""
        ids = _found(connection, query)
        with self._lock:
            self._follow(connection)
            here = self._codes[0] > 0
            chosen = here if ids is None else here & self._among(ids)
            waiting = int(np.count_nonzero(chosen & self._among(_waiting(connection))))
            found = {
                name: _most(values, np.bincount(codes[chosen], minlength=len(values) + 1), limit)
                for name, values, codes in zip(_COLUMNS, self._values, self._codes, strict=True)
            }
        states = np.array([0, waiting, np.count_nonzero(chosen) - waiting])
        return found | {"state": _most({"new": 1, "confirmed": 2}, states, limit)}

    def _among(self, ids: Sequence[int]) -> np.ndarray:
        """(n,) bool: whether a document is one of ``ids``."""
        found = np.zeros(self._codes.shape[1], dtype=bool)
        found[np.array(ids, dtype=np.int64)] = True
        return found

    def _follow(self, connection: Connection) -> None:
        """Read the documents that changed since the last question."""
        table = schema.document
        columns = [table.c[name] for name in _COLUMNS]
        changed = select(table.c.id, table.c.change, table.c.state, *columns).where(table.c.change > self._seen)
        rows = connection.execute(changed).all()
        if not rows:
            return
        ids, changes, states, *contents = zip(*rows, strict=True)
        self._codes = np.pad(self._codes, ((0, 0), (0, max(0, max(ids) + 1 - self._codes.shape[1]))))
        there = np.array([state != "withdrawn" for state in states])
        for codes, values, column in zip(self._codes, self._values, contents, strict=True):
            codes[list(ids)] = there * np.array([values.setdefault(value, len(values) + 1) for value in column])
        self._seen = max(changes)


def _found(connection: Connection, query: Query) -> Sequence[int] | None:
    """The ids of the documents found, some perhaps twice; ``None`` for all of the archive."""
    terms = parse(query.text)
    if not query.filtered:  # the word index has no document that was withdrawn
        return connection.execute(textindex.matching(connection, terms)).scalars().all() if terms else None
    where, document = conditions(query), schema.document
    if terms:
        where.append(document.c.id.in_(textindex.matching(connection, terms)))
    return connection.execute(select(document.c.id).where(*where)).scalars().all()


def _waiting(connection: Connection) -> Sequence[int]:
    table = schema.document
    return connection.execute(select(table.c.id).where(table.c.state == "new")).scalars().all()


def _most(values: dict[Any, int], counts: np.ndarray, limit: int) -> list[tuple[Any, int]]:
    """The most frequent values; ``counts`` by the values' numbers."""
    found = ((value, int(counts[code])) for value, code in values.items() if value is not None and counts[code])
    return sorted(found, key=lambda one: (-one[1], one[0]))[:limit]

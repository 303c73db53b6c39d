"""The word index, in either database: which documents have the words of a search.

SQLite answers from its FTS5 table, PostgreSQL from a text vector; the text in both was folded before (``fold``), so the
same words match.  The id of an index row names its document (``documents.PARTS``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select, text
from sqlalchemy.sql.elements import ColumnElement

from pipeline.store import schema
from pipeline.store.documents import PARTS
from pipeline.store.query import Term, for_postgresql, for_sqlite

_DOCUMENT: ColumnElement[int] = literal_column(f"search_fts.rowid / {PARTS}").label("document_id")
_AT_ONCE = 400


def matching(connection: Connection, terms: tuple[Term, ...]) -> Select[Any]:
    """The ids of the documents that have the words (a long one with several parts may come several times)."""
    if connection.dialect.name == "sqlite":
        return select(_DOCUMENT).select_from(text("search_fts")).where(_match(terms))
    return select(schema.search_text.c.document_id).where(_match_vector(terms))


def _match(terms: tuple[Term, ...]) -> Any:
    return text("search_fts MATCH :terms").bindparams(terms=for_sqlite(terms))


def _match_vector(terms: tuple[Term, ...]) -> Any:
    words: Any = literal_column("search_text.words")
    return words.op("@@")(func.to_tsquery("simple", for_postgresql(terms)))


def count(connection: Connection, terms: tuple[Term, ...], most: int) -> int:
    """How many documents have the words, counted no further than ``most``."""
    some = matching(connection, terms).limit(most).subquery("some")
    return int(connection.execute(select(func.count(func.distinct(some.c.document_id)))).scalar_one())


def few(connection: Connection, terms: tuple[Term, ...], most: int) -> list[int] | None:
    """The documents that have the words; ``None`` when the index has more than ``most`` rows (parts) of them."""
    rows = list(connection.execute(matching(connection, terms).limit(most + 1)).scalars())
    return list(dict.fromkeys(rows)) if len(rows) <= most else None


def scored(connection: Connection, terms: tuple[Term, ...], most: int) -> dict[int, float]:
    """Documents with the words and their score, the best lowest, no more than about ``most`` of them.

    A hit in the number outweighs one in the subject, that one in the issuer, that one in the text.
    """
    if connection.dialect.name == "sqlite":
        score: Any = literal_column("bm25(search_fts, 12.0, 6.0, 3.0, 1.0)").label("score")
        query = select(_DOCUMENT, score).select_from(text("search_fts")).where(_match(terms))
    else:
        # The weights of the vector's letters D, C, B, A: text, issuer, subject, number.
        weights: Any = literal_column("'{0.08, 0.25, 0.5, 1.0}'::real[]")
        words: Any = literal_column("search_text.words")
        rank = func.ts_rank(weights, words, func.to_tsquery("simple", for_postgresql(terms)))
        query = select(schema.search_text.c.document_id, (-rank).label("score")).where(_match_vector(terms))
    found: dict[int, float] = {}
    for document_id, value in connection.execute(query.limit(most)):
        found[document_id] = min(value, found.get(document_id, value))
    return found


def newest(connection: Connection, terms: tuple[Term, ...], many: int) -> list[int]:
    """The ``many`` documents with the words that came into the archive last, the last first."""
    found: dict[int, None] = {}
    query = matching(connection, terms)
    if connection.dialect.name == "sqlite":
        query = query.order_by(text("search_fts.rowid DESC"))
    else:
        query = query.order_by(schema.search_text.c.id.desc())
    for (document_id,) in connection.execute(query.execution_options(yield_per=200)):
        found[document_id] = None
        if len(found) >= many:
            break
    return list(found)


def among(connection: Connection, terms: tuple[Term, ...], ids: Sequence[int]) -> set[int]:
    """Those of some documents that have the words."""
    part, found = schema.search_text, set()
    for at in range(0, len(ids), _AT_ONCE):
        some = list(ids[at : at + _AT_ONCE])
        query = matching(connection, terms)
        if connection.dialect.name == "sqlite":
            rows = connection.execute(select(part.c.id).where(part.c.document_id.in_(some))).scalars()
            listed = ", ".join(str(int(row)) for row in rows)
            query = query.where(text(f"search_fts.rowid IN ({listed})"))
        else:
            query = query.where(part.c.document_id.in_(some))
        found |= set(connection.execute(query).scalars())
    return found

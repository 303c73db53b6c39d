"""Search over the archive: full text and fields in one question, the same in both databases.

Few hits are ordered by relevance (a hit in the number outweighs the subject, the issuer, the text); where a common word
hits thousands of documents relevance says nothing, and the newest come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Text,
    and_,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
    tuple_,
)

from pipeline.store import documents, highlight, identity, schema
from pipeline.store.fold import searchable
from pipeline.store.query import Query, Term, for_postgresql, for_sqlite, parse

RANKED_UP_TO = 2000
"""More hits than this are shown newest first instead of being ranked."""
COUNTED_UP_TO = 10_000
"""Hits are counted up to here; a page then says "hơn 10.000"."""
_SUMMARY = (
    "id", "record_id", "number", "raw_number", "doc_type", "date", "issuer", "issuer_parent", "place",
    "subject", "urgency", "secrecy", "state", "medium", "file", "first_page", "last_page", "first_offset",
    "last_offset", "sha256", "version", "warnings", "created_at", "updated_at",
)  # fmt: skip
_FACETS = ("doc_type", "issuer", "year", "province", "state")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a document."""

    record_id: str
    number: str | None
    raw_number: str | None
    doc_type: str | None
    date: str | None
    issuer: str | None
    issuer_parent: str | None
    place: str | None
    subject: str | None
    urgency: str | None
    secrecy: str | None
    state: str
    medium: str
    file: str
    first_page: int
    last_page: int
    sha256: str
    version: int
    warnings: list[str]
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; ``page`` is where the first hit in its text stands, ``spans`` offsets in that page's raw text.

    ``snippet_spans`` are offsets in ``snippet``.  A hit in the fields alone has no page.
    """

    document: Summary
    page: int | None
    spans: list[tuple[int, int]]
    snippet: str
    snippet_spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results.  ``total`` is exact unless ``more``: then there are more than ``total``."""

    hits: list[Hit]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page of a document with the search's words on it."""

    page: int
    spans: list[tuple[int, int]]
    boxes: list[highlight.Box]


def summary(row: Any) -> Summary:
    """A document row as a list shows it."""
    return Summary(**{name: getattr(row, name) for name in Summary.__slots__})


def search(connection: Connection, query: Query) -> Found:
    """Answer a search; raises ``QueryInvalid``."""
    terms = parse(query.text)
    where = _where(query)
    matching = _matching(connection, terms)
    total = _count(connection, matching, where, filtered=len(where) > 1)
    statement = _ordered(connection, query, terms, where=where, matching=matching, total=total)
    rows = list(connection.execute(statement.limit(query.limit).offset(query.offset)))
    return Found(_hits(connection, rows, terms), min(total, COUNTED_UP_TO), total > COUNTED_UP_TO)


def _where(query: Query) -> list[Any]:
    document = schema.document
    where: list[Any] = [document.c.state != "withdrawn"]
    if query.issuer:
        folded = " ".join(searchable(query.issuer).split())
        where.append(document.c.issuer_key.contains(folded))
    if query.doc_type:
        where.append(document.c.doc_type == query.doc_type.lower())
    if query.date_from:
        where.append(document.c.date >= query.date_from)
    if query.date_to:
        where.append(document.c.date <= query.date_to)
    if query.due_from or query.due_to:
        low, high = query.due_from or "0", (query.due_to or "9") + "T99"
        where.append(
            or_(
                *(
                    exists().where(and_(rows.c.document_id == document.c.id, rows.c.due >= low, rows.c.due <= high))
                    for rows in (schema.deadline, schema.task)
                )
            )
        )
    if query.cites:
        cited, key = schema.citation, identity.number_key(query.cites)
        where.append(document.c.id.in_(select(cited.c.document_id).where(cited.c.number_key == key)))
    if query.number:
        where.append(document.c.number_key == identity.number_key(query.number))
    if query.year is not None:
        where.append(document.c.year == query.year)
    if query.province:
        where.append(document.c.province == query.province)
    if query.state:
        where.append(document.c.state == query.state)
    if query.warning:
        where.append(cast(document.c.warnings, Text).contains(f'"{query.warning}"'))
    if query.secrecy:
        where.append(document.c.secrecy == query.secrecy)
    if query.registered is not None:
        entry = schema.register_entry
        standing = exists().where(and_(entry.c.document_id == document.c.id, entry.c.cancelled.is_(None)))
        where.append(standing if query.registered else ~standing)
    return where


def _matching(connection: Connection, terms: tuple[Term, ...]) -> Select[Any] | None:
    """Ids of the documents whose text matches, or None for a search without words."""
    if not terms:
        return None
    if connection.dialect.name == "sqlite":
        index = table("search_fts", column("rowid"))
        return select((index.c.rowid // documents.PARTS).label("document_id")).where(
            text("search_fts MATCH :terms").bindparams(terms=for_sqlite(terms))
        )
    part = schema.search_text
    return select(part.c.document_id).where(
        text("search_text.words @@ to_tsquery('simple', :terms)").bindparams(terms=for_postgresql(terms))
    )


def _count(connection: Connection, matching: Select[Any] | None, where: list[Any], *, filtered: bool) -> int:
    """How many documents there are, counted to one more than ``COUNTED_UP_TO``."""
    statement = select(schema.document.c.id).where(*where)
    if matching is not None and not filtered:
        statement = matching.distinct()  # withdrawn documents are not in the index, so it answers alone
    elif matching is not None:
        statement = statement.where(schema.document.c.id.in_(matching))
    return int(
        connection.execute(select(func.count()).select_from(statement.limit(COUNTED_UP_TO + 1).subquery())).scalar_one()
    )


def _ordered(
    connection: Connection,
    query: Query,
    terms: tuple[Term, ...],
    *,
    where: list[Any],
    matching: Select[Any] | None,
    total: int,
) -> Select[Any]:
    document = schema.document
    statement = select(*(document.c[name] for name in _SUMMARY)).where(*where)
    newest = (document.c.date.desc(), document.c.id.desc())
    if matching is None:
        return statement.order_by(*((document.c.id.desc(),) if query.sort == "arrival" else newest))
    if query.sort == "relevance" and total <= RANKED_UP_TO:
        ranked = _ranked(connection, terms)
        return statement.join(ranked, ranked.c.document_id == document.c.id).order_by(ranked.c.score, *newest)
    statement = statement.where(document.c.id.in_(matching))
    return statement.order_by(*((document.c.id.desc(),) if query.sort == "arrival" else newest))


def _ranked(connection: Connection, terms: tuple[Term, ...]) -> Any:
    """Documents with a score, the best lowest."""
    if connection.dialect.name == "sqlite":
        index = table("search_fts", column("rowid"))
        parts = select(
            (index.c.rowid // documents.PARTS).label("document_id"),
            literal_column("bm25(search_fts, 12.0, 6.0, 3.0, 1.0)").label("score"),
        ).where(text("search_fts MATCH :terms").bindparams(terms=for_sqlite(terms)))
    else:
        # The weights of to_tsvector's letters D, C, B, A: text, issuer, subject, number.
        wanted = func.to_tsquery("simple", for_postgresql(terms))
        words: Any = literal_column("search_text.words")
        weights: Any = literal_column("'{0.08, 0.25, 0.5, 1.0}'::real[]")
        parts = select(schema.search_text.c.document_id, (-func.ts_rank(weights, words, wanted)).label("score")).where(
            words.op("@@")(wanted)
        )
    # The limit is never reached; it keeps SQLite from folding the query into its parent, where bm25 does not work.
    inner = parts.limit(RANKED_UP_TO * documents.PARTS).subquery("parts")
    best = func.min(inner.c.score).label("score")
    return select(inner.c.document_id, best).group_by(inner.c.document_id).subquery("ranked")


def _hits(connection: Connection, rows: list[Any], terms: tuple[Term, ...]) -> list[Hit]:
    """The documents found with the first place of the words in each.

    The first pages come in one query, later ones only of documents whose first page has none of the words.
    """
    if not terms:
        return [_in_fields(row, terms) for row in rows]
    pages = schema.page
    firsts = {
        (page.sha256, page.number): page.text
        for page in connection.execute(
            select(pages.c.sha256, pages.c.number, pages.c.text).where(
                tuple_(pages.c.sha256, pages.c.number).in_([(row.sha256, row.first_page) for row in rows])
            )
        )
    }
    found = []
    for row in rows:
        hit = _on_page(row, row.first_page, firsts.get((row.sha256, row.first_page), ""), terms)
        if hit is None and row.last_page > row.first_page:
            later = select(pages.c.number, pages.c.text).where(
                pages.c.sha256 == row.sha256, pages.c.number > row.first_page, pages.c.number <= row.last_page
            )
            found_later = (
                _on_page(row, page.number, page.text, terms)
                for page in connection.execute(later.order_by(pages.c.number))
            )
            hit = next((one for one in found_later if one), None)
        found.append(hit or _in_fields(row, terms))
    return found


def _in_fields(row: Any, terms: tuple[Term, ...]) -> Hit:
    subject = row.subject or ""
    return Hit(summary(row), None, [], subject, highlight.spans(subject, terms))


def _on_page(row: Any, number: int, text_: str, terms: tuple[Term, ...]) -> Hit | None:
    start, end = own_part(row, number, len(text_))
    body = text_[start:end]
    found = highlight.spans(body, terms)
    if not found:
        return None
    shown, marks = highlight.snippet(body, found)
    return Hit(summary(row), number, [(a + start, b + start) for a, b in found], shown, marks)


def own_part(row: Any, number: int, length: int) -> tuple[int, int]:
    """Where on page ``number`` the document's own text begins and ends."""
    start = (row.first_offset or 0) if number == row.first_page else 0
    end = row.last_offset if number == row.last_page and row.last_offset else length
    return start, end


def page_hits(connection: Connection, record_id: str, words: str) -> list[PageHit]:
    """Every page of a document on which words of the search stand, with the boxes to draw on the picture."""
    row = documents.row_of(connection, record_id)
    terms = parse(words)
    found = []
    for page in documents.pages_of(connection, row.sha256, row.first_page, row.last_page):
        start, end = own_part(row, page.number, len(page.text))
        hits = [(a, b) for a, b in highlight.spans(page.text, terms) if a >= start and b <= end]
        if hits:
            found.append(PageHit(page.number, hits, highlight.boxes(page, hits)))
    return found


def facets(connection: Connection, query: Query, limit: int = 20) -> dict[str, list[tuple[Any, int]]]:
    """For type, issuer, year, province and state: the most frequent values under the search, with their counts."""
    terms, where = parse(query.text), _where(query)
    matching = _matching(connection, terms)
    if matching is not None:
        where.append(schema.document.c.id.in_(matching))
    found = {}
    for name in _FACETS:
        value = schema.document.c[name]
        rows = connection.execute(
            select(value, func.count().label("many"))
            .where(*where, value.is_not(None))
            .group_by(value)
            .order_by(func.count().desc(), value)
            .limit(limit)
        )
        found[name] = [(row[0], int(row.many)) for row in rows]
    return found

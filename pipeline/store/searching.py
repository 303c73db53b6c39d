"""Search over the archive: full text and fields in one question, the same in both databases.

Rare words are ordered by relevance (a hit in the number outweighs the subject, the issuer, the text); about a word that
thousands of documents have relevance says nothing, and the newest come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Text, and_, cast, exists, func, or_, select

from pipeline.store import documents, highlight, identity, schema, textindex
from pipeline.store.fold import searchable
from pipeline.store.query import Query, Term, parse

RANKED_UP_TO = 2000
"""Words that more documents have are not ranked: the newest are shown first."""
COUNTED_UP_TO = 10_000
"""Hits are counted up to here; a page then says "hơn 10.000"."""
_SUMMARY = (
    "id", "record_id", "number", "raw_number", "doc_type", "date", "issuer", "issuer_parent", "place",
    "subject", "urgency", "secrecy", "state", "medium", "file", "first_page", "last_page", "first_offset",
    "last_offset", "sha256", "version", "warnings", "created_at", "updated_at",
)  # fmt: skip
_STEP = 300
_FEW = 500
"""Documents under the filters that are looked at one by one for common words; more are found from the words' side."""


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
    ids, total = _without_words(connection, query) if not terms else _with_words(connection, query, terms)
    return Found(_hits(connection, ids, terms), min(total, COUNTED_UP_TO), total > COUNTED_UP_TO)


def _without_words(connection: Connection, query: Query) -> tuple[list[int], int]:
    document, where = schema.document, conditions(query)
    some = select(document.c.id).where(*where)
    order = (document.c.id.desc(),) if query.sort == "arrival" else (document.c.date.desc(), document.c.id.desc())
    page = some.order_by(*order).limit(query.limit).offset(query.offset)
    ids = list(connection.execute(page).scalars())
    if len(ids) < query.limit and (ids or not query.offset):
        return ids, query.offset + len(ids)  # the last page tells how many there are
    total = select(func.count()).select_from(some.limit(COUNTED_UP_TO + 1).subquery())
    return ids, int(connection.execute(total).scalar_one())


def _with_words(connection: Connection, query: Query, terms: tuple[Term, ...]) -> tuple[list[int], int]:
    """The ids of the page and how many documents there are.

    Rare words are looked up first and filtered; with common words and narrow filters it is the other way round.
    """
    ids = textindex.few(connection, terms, RANKED_UP_TO)
    if ids is not None:
        # Scoring goes through the whole index once more for each phrase: only where there is something to order.
        ranked = query.sort == "relevance" and len(ids) > 1
        scores = textindex.scored(connection, terms, RANKED_UP_TO * 2) if ranked else {}
        rows = _dated(connection, query, schema.document.c.id.in_(ids))
        return _page(_sorted(rows, query, scores), query), len(rows)
    if query.filtered:
        few = _under_filters(connection, query, _FEW)
        if few is not None:
            having = textindex.among(connection, terms, [row.id for row in few])
            rows = [row for row in few if row.id in having]
        else:
            rows = _dated(connection, query, schema.document.c.id.in_(textindex.matching(connection, terms)))
        if len(rows) <= COUNTED_UP_TO:
            return _page(_sorted(rows, query, {}), query), len(rows)
        total = len(rows)
    else:
        total = textindex.count(connection, terms, COUNTED_UP_TO + 1)
        if query.sort != "date":
            return textindex.newest(connection, terms, query.offset + query.limit)[query.offset :], total
    return _walk(connection, query, terms), total


def _dated(connection: Connection, query: Query, condition: Any) -> list[Any]:
    """Ids and days of the documents under the filters, no more than tell that there are too many to count."""
    document = schema.document
    found = select(document.c.id, document.c.date).where(*conditions(query), condition)
    return list(connection.execute(found.limit(COUNTED_UP_TO + 1)))


def _under_filters(connection: Connection, query: Query, most: int) -> list[Any] | None:
    """Ids and days of the documents under the filters alone; ``None`` when there are more than ``most``."""
    document = schema.document
    rows = list(connection.execute(select(document.c.id, document.c.date).where(*conditions(query)).limit(most + 1)))
    return rows if len(rows) <= most else None


def _sorted(rows: list[Any], query: Query, scores: dict[int, float]) -> list[int]:
    """Ids in the order asked for; by relevance only where there are scores, else the newest first."""
    if query.sort == "arrival":
        return sorted((row.id for row in rows), reverse=True)
    newest = sorted(rows, key=lambda row: (row.date or "", row.id), reverse=True)
    if query.sort == "relevance" and scores:
        newest.sort(key=lambda row: scores.get(row.id, 0.0))
    return [row.id for row in newest]


def _page(ids: list[int], query: Query) -> list[int]:
    return ids[query.offset : query.offset + query.limit]


def _walk(connection: Connection, query: Query, terms: tuple[Term, ...]) -> list[int]:
    """Newest first where the words are common: down the days, keeping the documents that have the words."""
    document = schema.document
    order = (document.c.id.desc(),) if query.sort == "arrival" else (document.c.date.desc(), document.c.id.desc())
    some = select(document.c.id).where(*conditions(query)).order_by(*order)
    found: list[int] = []
    wanted, at = query.offset + query.limit, 0
    while len(found) < wanted:
        ids = list(connection.execute(some.limit(_STEP).offset(at)).scalars())
        if not ids:
            break
        having = textindex.among(connection, terms, ids)
        found += [document_id for document_id in ids if document_id in having]
        at += _STEP
    return found[query.offset : wanted]


def conditions(query: Query) -> list[Any]:
    """What the filters ask of a document, as conditions of a statement; withdrawn ones are out."""
    document = schema.document
    where: list[Any] = [document.c.state != "withdrawn"]
    if query.issuer:
        folded = " ".join(searchable(query.issuer).split())
        # The names are looked through in their index alone; there are far fewer of them than documents.
        named = schema.document.alias("named")
        names = select(named.c.issuer_key).where(named.c.issuer_key.contains(folded)).distinct()
        where.append(document.c.issuer_key.in_(names))
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


def _hits(connection: Connection, ids: list[int], terms: tuple[Term, ...]) -> list[Hit]:
    """The documents of a page of results, each with the first place of the words in it.

    The first pages of all come in one query, later ones only of documents whose first page has none of the words.
    """
    document, pages = schema.document, schema.page
    columns = [document.c[name] for name in _SUMMARY]
    by_id = {row.id: row for row in connection.execute(select(*columns).where(document.c.id.in_(ids)))}
    rows = [by_id[document_id] for document_id in ids if document_id in by_id]
    if not terms:
        return [_in_fields(row, terms) for row in rows]
    firsts = {
        (page.sha256, page.number): page.text
        for page in connection.execute(
            select(pages.c.sha256, pages.c.number, pages.c.text).where(
                pages.c.sha256.in_({row.sha256 for row in rows}), pages.c.number.in_({row.first_page for row in rows})
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

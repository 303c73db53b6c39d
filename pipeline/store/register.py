"""The registers of Nghị định 30/2020/NĐ-CP, Phụ lục IV: văn bản đến, and văn bản đi.

A book's numbers of a year run 1, 2, 3 … (Điều 15 and 22 of the decree: from 01 on 1 January to the end of 31 December).
A number is given inside the write transaction and never twice, not even when its entry is cancelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select, update

from pipeline.store import audit, schema
from pipeline.store.actors import Actor
from pipeline.store.columns import now
from pipeline.store.documents import row_of
from pipeline.store.errors import NotFound, RegisterConflict
from pipeline.store.fold import searchable

Book = Literal["đến", "đi"]
BOOKS: tuple[Book, ...] = ("đến", "đi")

EDITABLE = (
    "handler", "transferred_on", "received_by", "note", "copies", "file_copy_keeper", "due", "progress", "reply_number",
)  # fmt: skip
"""Columns that people fill in later: đơn vị/người nhận, ngày chuyển, ký nhận, ghi chú, số lượng bản, người nhận bản
lưu, thời hạn giải quyết, tiến độ, số ký hiệu văn bản trả lời."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a register with the columns of its document that the decree's forms show."""

    book: Book
    year: int
    number: int
    day: str
    record_id: str | None
    handler: str | None
    transferred_on: str | None
    received_by: str | None
    note: str | None
    copies: int | None
    file_copy_keeper: str | None
    due: str | None
    progress: str | None
    reply_number: str | None
    cancelled: str | None
    at: str
    actor: str
    doc_number: str | None
    doc_date: str | None
    doc_type: str | None
    subject: str | None
    issuer: str | None
    issuer_parent: str | None
    signer: str | None


def register(
    connection: Connection, actor: Actor, record_id: str, book: Book, *, day: date, fields: dict[str, Any]
) -> Entry:
    """Give a document the next number of the book in the year of ``day``; raises ``RegisterConflict``.

    A document stands in a book once; who wants it in again cancels the first entry before.
    """
    row, table = row_of(connection, record_id), schema.register_entry
    standing = connection.execute(
        select(table.c.year, table.c.number).where(
            table.c.document_id == row.id, table.c.book == book, table.c.cancelled.is_(None)
        )
    ).first()
    if standing is not None:
        raise RegisterConflict(record_id, reason=f"văn bản này đã có số {book} {standing.number} năm {standing.year}")
    number = _next(connection, book, day.year)
    connection.execute(
        insert(table).values(
            book=book, year=day.year, number=number, document_id=row.id, day=day.isoformat(), at=now(),
            actor=actor.name, **_known(fields),
        )
    )  # fmt: skip
    audit.append(connection, actor, "register", record_id, {"book": book, "year": day.year, "number": number, **fields})
    return entry(connection, book, day.year, number)


def _next(connection: Connection, book: Book, year: int) -> int:
    table = schema.book
    found = connection.execute(select(table.c.next).where(table.c.book == book, table.c.year == year)).scalar()
    number = 1 if found is None else int(found)
    if found is None:
        connection.execute(insert(table).values(book=book, year=year, next=number + 1))
    else:
        connection.execute(update(table).where(table.c.book == book, table.c.year == year).values(next=number + 1))
    return number


def open_book(connection: Connection, actor: Actor, book: Book, year: int, first: int) -> None:
    """Let the book of a year go on at ``first`` (an office that changes over in the middle of a year).

    Raises ``RegisterConflict`` when that number or a later one was given already.
    """
    table = schema.book
    found = connection.execute(select(table.c.next).where(table.c.book == book, table.c.year == year)).scalar()
    if first < 1 or (found is not None and first < found):
        raise RegisterConflict(reason=f"sổ văn bản {book} năm {year} đã cấp đến số {(found or 1) - 1}")
    if found is None:
        connection.execute(insert(table).values(book=book, year=year, next=first))
    else:
        connection.execute(update(table).where(table.c.book == book, table.c.year == year).values(next=first))
    audit.append(connection, actor, "open_book", f"{book} {year}", {"first": first, "before": found})


def change(
    connection: Connection, actor: Actor, book: Book, year: int, *, number: int, fields: dict[str, Any]
) -> Entry:
    """Fill in or change the columns people write (``EDITABLE``); number, day and document stay."""
    before = entry(connection, book, year, number)
    if before.cancelled is not None:
        raise RegisterConflict(reason=f"số {book} {number} năm {year} đã hủy ({before.cancelled})")
    table = schema.register_entry
    connection.execute(
        update(table)
        .where(table.c.book == book, table.c.year == year, table.c.number == number)
        .values(**_known(fields))
    )
    old = {name: getattr(before, name) for name in fields}
    audit.append(connection, actor, "change_entry", before.record_id or f"{book} {year}/{number}",
                 {"book": book, "year": year, "number": number, "before": old, "after": fields})  # fmt: skip
    return entry(connection, book, year, number)


def cancel(connection: Connection, actor: Actor, book: Book, year: int, *, number: int, reason: str) -> Entry:
    """Strike an entry out: it stays in the book with the reason, and its number is not given again."""
    before, table = entry(connection, book, year, number), schema.register_entry
    if before.cancelled is not None:
        raise RegisterConflict(reason=f"số {book} {number} năm {year} đã hủy từ trước")
    if not reason.strip():
        raise RegisterConflict(reason="hủy số phải ghi lý do")
    connection.execute(
        update(table)
        .where(table.c.book == book, table.c.year == year, table.c.number == number)
        .values(cancelled=reason)
    )
    audit.append(connection, actor, "cancel_entry", before.record_id or f"{book} {year}/{number}",
                 {"book": book, "year": year, "number": number, "reason": reason})  # fmt: skip
    return entry(connection, book, year, number)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(EDITABLE)
    if unknown:
        raise TypeError(f"no such column of the register: {', '.join(sorted(unknown))}")
    return fields


def _query() -> Any:
    table, document = schema.register_entry, schema.document
    return select(
        table.c.book, table.c.year, table.c.number, table.c.day, document.c.record_id, table.c.handler,
        table.c.transferred_on, table.c.received_by, table.c.note, table.c.copies, table.c.file_copy_keeper,
        table.c.due, table.c.progress, table.c.reply_number, table.c.cancelled, table.c.at, table.c.actor,
        document.c.number.label("doc_number"), document.c.date.label("doc_date"), document.c.doc_type,
        document.c.subject, document.c.issuer, document.c.issuer_parent, document.c.signer,
    ).outerjoin(document, document.c.id == table.c.document_id)  # fmt: skip


def entry(connection: Connection, book: Book, year: int, number: int) -> Entry:
    """One line; raises ``NotFound``."""
    table = schema.register_entry
    row = connection.execute(
        _query().where(table.c.book == book, table.c.year == year, table.c.number == number)
    ).first()
    if row is None:
        raise NotFound(what=f"số {book}", key=f"{number}/{year}")
    return Entry(**row._mapping)


def entries_of(connection: Connection, record_id: str) -> list[Entry]:
    """The lines of a document in both books, cancelled ones too."""
    table = schema.register_entry
    rows = connection.execute(_query().where(schema.document.c.record_id == record_id).order_by(table.c.id))
    return [Entry(**row._mapping) for row in rows]


def listing(
    connection: Connection, book: Book, *, year: int | None = None, day_from: str | None = None,
    day_to: str | None = None, issuer: str | None = None, handler: str | None = None, text: str | None = None,
    with_cancelled: bool = True, newest_first: bool = True, limit: int = 200, offset: int = 0,
) -> tuple[list[Entry], int]:  # fmt: skip
    """Lines of a book and how many there are in all; texts compare without case and marks where a fold is stored."""
    table, document = schema.register_entry, schema.document
    where: list[Any] = [table.c.book == book]
    if year is not None:
        where.append(table.c.year == year)
    if day_from:
        where.append(table.c.day >= day_from)
    if day_to:
        where.append(table.c.day <= day_to)
    if issuer:
        where.append(document.c.issuer_key.contains(" ".join(searchable(issuer).split())))
    if handler:
        where.append(table.c.handler.contains(handler, autoescape=True))
    if not with_cancelled:
        where.append(table.c.cancelled.is_(None))
    if text:
        folded = " ".join(searchable(text).split())
        hits = select(schema.search_text.c.document_id).where(
            schema.search_text.c.subject.contains(folded) | schema.search_text.c.number.contains(folded)
        )
        where.append(table.c.document_id.in_(hits))
    # Without a condition on documents the lines are counted from their index alone.
    counted = table.outerjoin(document, document.c.id == table.c.document_id) if issuer else table
    total = connection.execute(select(func.count()).select_from(counted).where(*where)).scalar_one()
    order = [table.c.year, table.c.number]
    query = _query().where(*where).order_by(*([c.desc() for c in order] if newest_first else order))
    return [Entry(**row._mapping) for row in connection.execute(query.limit(limit).offset(offset))], int(total)


def gaps(connection: Connection) -> list[str]:
    """Vietnamese sentences for books whose next number does not follow their entries (part of the archive's check)."""
    found = []
    table, books = schema.register_entry, schema.book
    last = {
        (row.book, row.year): row.last
        for row in connection.execute(
            select(table.c.book, table.c.year, func.max(table.c.number).label("last")).group_by(
                table.c.book, table.c.year
            )
        )
    }
    given = {(row.book, row.year): row.next for row in connection.execute(select(books))}
    for key, number in last.items():
        if given.get(key, 0) <= number:
            found.append(f"Sổ văn bản {key[0]} năm {key[1]}: số tiếp theo sẽ trùng với số {number} đã cấp.")
    return found

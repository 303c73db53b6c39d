"""The check of an archive: is everything still what it was?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from pipeline.record.models import Record
from pipeline.store import audit, documents, register, schema
from pipeline.store.errors import CorrectionInvalid
from pipeline.store.originals import Originals


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be; ``part``: database, originals, audit, records, index, register.

    ``harmless`` faults need nobody's work (a copy left by a process that was killed).
    """

    part: str
    message: str
    harmless: bool = False


def check(connection: Connection, originals: Originals, folder: Path) -> Iterator[Fault]:
    """Every fault, part by part."""
    yield from _database(connection)
    yield from _originals(connection, originals)
    for message in audit.verify(connection, folder):
        yield Fault("audit", message)
    yield from _records(connection)
    yield from _index(connection)
    for message in register.gaps(connection):
        yield Fault("register", message)


def _database(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    for (answer,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if answer != "ok":
            yield Fault("database", f"SQLite: {answer}")
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Fault("database", f"Dòng {row[1]} của bảng {row[0]} trỏ tới bảng {row[2]} nhưng không có gì ở đó.")


def _originals(connection: Connection, originals: Originals) -> Iterator[Fault]:
    known = set()
    for row in connection.execute(select(schema.blob.c.sha256, schema.blob.c.size).order_by(schema.blob.c.sha256)):
        known.add(row.sha256)
        wrong = originals.verify(row.sha256, row.size)
        if wrong:
            yield Fault("originals", wrong)
    for sha256 in originals.names():
        if sha256 not in known:
            yield Fault(
                "originals", f"Bản gốc {sha256} chưa thuộc văn bản nào (lần nhận trước bị ngắt giữa chừng).", True
            )


def _records(connection: Connection) -> Iterator[Fault]:
    table = schema.document
    for row in connection.execute(select(table).order_by(table.c.id).execution_options(yield_per=500)):
        for message in _record(connection, row):
            yield Fault("records", f"{row.record_id}: {message}")


def _record(connection: Connection, row: Any) -> Iterator[str]:
    try:
        record = documents.effective(connection, row)
    except (ValidationError, ValueError) as error:
        yield f"bản ghi không đọc được ({str(error).splitlines()[0]})."
        return
    if documents.digest(record) != row.digest:
        yield "bản ghi khác với mã băm đã lưu."
    fixes = schema.correction
    seqs = list(
        connection.execute(select(fixes.c.seq).where(fixes.c.document_id == row.id).order_by(fixes.c.seq)).scalars()
    )
    if seqs != list(range(1, len(seqs) + 1)):
        yield "thiếu một lần sửa."
    try:
        replayed: Record = documents.replay(connection, int(row.id), int(row.extraction_id)).record
    except CorrectionInvalid as error:
        yield f"không chạy lại được các lần sửa ({error.message})"
        return
    if documents.digest(replayed) != row.digest:
        yield "chạy lại các lần sửa cho kết quả khác bản đang lưu."
    texts = {page.number: page.text for page in documents.pages_of(connection, row.sha256)}
    if texts:
        wrong = record.verify(texts)
        if wrong and row.state != "confirmed":  # a confirmed record may point into an older reading
            yield f"{len(wrong)} bằng chứng không khớp chữ trên trang."


def _index(connection: Connection) -> Iterator[Fault]:
    document, part = schema.document, schema.search_text
    indexed = select(func.count(func.distinct(part.c.document_id)))
    held = select(func.count()).select_from(document).where(document.c.state != "withdrawn")
    if connection.execute(indexed).scalar_one() != connection.execute(held).scalar_one():
        yield Fault("index", "Chỉ mục tìm kiếm thiếu văn bản.")
    if connection.dialect.name == "sqlite":
        try:
            connection.execute(text("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)"))
        except DatabaseError as error:
            yield Fault("index", f"Chỉ mục tìm kiếm hỏng: {error.orig}")

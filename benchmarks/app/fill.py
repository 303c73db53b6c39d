"""An archive of any size as the app meets it: texts, records with evidence, tasks, deadlines, a book, corrections.

The rows of ``benchmarks/store`` have what search and graph need; the app also opens records, lists tasks, turns the
leaves of the register and counts corrections.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))  # before the corpus of the checkout
from search import load

from pipeline.graph import sync
from pipeline.store import schema
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.store.columns import now
from pipeline.store.fold import searchable

CLERK = Actor("đo", Role.ADMIN)
_AT_ONCE = 2000
_WAITING = 20
_UNITS = ("Phòng Nội vụ", "Văn phòng", "Công an tỉnh", "Sở Tài chính", "UBND các huyện, thị xã, thành phố", "Sở Y tế")
_WORK = "báo cáo kết quả thực hiện, đề xuất giải pháp tháo gỡ khó khăn, vướng mắc trong quá trình triển khai"
_FIELDS = ("number", "date", "subject", "issuer", "signer/name", "citations/0/number", "tasks/1/assignees", "place")


def filled(folder: Path, many: int) -> Archive:
    """The archive of ``folder`` with ``many`` documents; made when it is not there, which takes minutes."""
    archive = Archive(folder)
    if archive.count(CLERK) == 0:
        load(archive, many)
    with archive.database.read() as connection:
        full = connection.execute(select(func.count()).select_from(schema.task)).scalar_one() > 0
    if not full:
        with archive.database.write() as connection:
            _enrich(connection, random.Random(5))
        with archive.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    with archive.database.write() as connection:
        _let_some_wait(connection)
    sync.follow(archive.database, batch=2000)
    return archive


def _let_some_wait(connection: Connection) -> None:
    """Earlier measurements confirmed documents: some are put back for this one."""
    table = schema.document
    waiting = connection.execute(select(func.count()).select_from(table).where(table.c.state == "new")).scalar_one()
    if waiting < _WAITING:
        oldest = select(table.c.id).where(table.c.state == "confirmed").order_by(table.c.id).limit(_WAITING)
        connection.execute(update(table).where(table.c.id.in_(oldest)).values(state="new"))


def _enrich(connection: Connection, some: random.Random) -> None:
    today, moment, books = date.today(), now(), {}
    for rows in _documents(connection):
        records, tasks, deadlines, entries, fixes, states = [], [], [], [], [], []
        for row in rows:
            given = _tasks(some, row.id, today)
            tasks += given
            records.append(_extraction(row, given, moment))
            deadlines += _deadlines(some, row.id, today)
            confirmed = some.random() < 0.7
            states.append({"row": row.id, "extraction": row.id + 1, "now": "confirmed" if confirmed else "new"})
            if confirmed:
                year = int(row.date[:4])
                books[year] = books.get(year, 0) + 1
                entries.append(_entry(some, row, year, books[year], moment))
                if some.random() < 0.4:
                    fixes.append(_fix(some, row.id, moment))
        connection.execute(insert(schema.extraction), records)
        connection.execute(insert(schema.version), [_version(row, moment) for row in rows])
        for table, made in ((schema.task, tasks), (schema.deadline, deadlines), (schema.register_entry, entries),
                            (schema.correction, fixes)):  # fmt: skip
            if made:
                connection.execute(insert(table), made)
        document = schema.document
        connection.execute(
            update(document).where(document.c.id == bindparam("row")).values(
                state=bindparam("now"), extraction_id=bindparam("extraction"), confirmed_by="đo", confirmed_at=moment),
            states,
        )  # fmt: skip
    connection.execute(insert(schema.book), [{"book": "đến", "year": y, "next": n + 1} for y, n in books.items()])


def _documents(connection: Connection) -> Iterator[list[Any]]:
    table, last = schema.document, 0
    while True:
        query = select(table).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)
        rows = list(connection.execute(query))
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _tasks(some: random.Random, document_id: int, today: date) -> list[dict[str, Any]]:
    made = []
    for at in range(some.choice((0, 0, 1, 1, 2, 3, 5))):
        due = today + timedelta(days=round(some.gauss(-300, 400))) if some.random() < 0.5 else None
        unit, told = some.choice(_UNITS), f"{at + 1}. Chủ trì, phối hợp với các đơn vị liên quan {_WORK}."
        state = some.choices(("xong", "chưa làm", "đang làm"), (8, 1, 1))[0]
        made.append({
            "document_id": document_id, "ordinal": at, "section": str(at + 1), "text": told,
            "text_key": searchable(told), "assignees": [unit], "assignees_key": searchable(unit),
            "due": due.isoformat() if due else None, "state": state,
        })  # fmt: skip
    return made


def _deadlines(some: random.Random, document_id: int, today: date) -> list[dict[str, Any]]:
    if some.random() < 0.6:
        return []
    due = (today + timedelta(days=round(some.gauss(-300, 400)))).isoformat()
    return [{"document_id": document_id, "ordinal": 0, "kind": "due", "raw": f"trước ngày {due}", "due": due}]


def _entry(some: random.Random, row: Any, year: int, number: int, moment: str) -> dict[str, Any]:
    return {
        "book": "đến", "year": year, "number": number, "document_id": row.id, "day": row.date,
        "handler": some.choice(_UNITS), "due": None, "at": moment, "actor": "đo",
    }  # fmt: skip


def _fix(some: random.Random, document_id: int, moment: str) -> dict[str, Any]:
    return {
        "document_id": document_id, "seq": 1, "op": "set", "pointer": f"/{some.choice(_FIELDS)}", "value": "x",
        "before": "y", "at": moment, "actor": "đo", "role": "quản trị", "note": "",
    }  # fmt: skip


def _version(row: Any, moment: str) -> dict[str, Any]:
    return {
        "document_id": row.id, "n": 1, "extraction_id": row.id + 1, "corrections": 0, "digest": row.sha256,
        "at": moment, "actor": "đo", "role": "quản trị", "cause": "extracted", "record": None,
    }  # fmt: skip


def _extraction(row: Any, tasks: list[dict[str, Any]], moment: str) -> dict[str, Any]:
    """The row of ``extraction`` with a record as the reader would have made it of the page."""
    names = ("number", "raw_number", "doc_type", "date", "place", "issuer", "issuer_parent", "subject")
    values = {name: getattr(row, name) for name in names if getattr(row, name) is not None}
    seen = [{"page": 1, "source": "text", "rule": "đo", "confidence": 0.97}]
    record = {
        "schema_version": "1.0", "id": row.record_id, "source": {"file": row.file, "sha256": row.sha256,
        "pages": [1, 1], "medium": "text"}, **values,
        "tasks": [{"section": t["section"], "text": t["text"], "assignees": t["assignees"], "deadline": t["due"]}
                  for t in tasks],
        "evidence": {f"/{name}": seen for name in values} | {f"/tasks/{at}": seen for at in range(len(tasks))},
    }  # fmt: skip
    return {
        "id": row.id + 1, "sha256": row.sha256, "record_id": row.record_id, "at": moment, "tool": "đo",
        "digest": row.sha256, "record": record,
    }  # fmt: skip


if __name__ == "__main__":
    filled(Path(sys.argv[1]), int(sys.argv[2])).close()

"""The audit trail: who did what when, each entry holding the hash of the one before it.

An entry changed, removed or put in between breaks the chain from there on.  The newest link is also written to a small
file beside the database (``audit.head``), so that cutting off the end shows too; the file may lag behind after a crash
and then only has to lie *on* the chain.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from pipeline.store import schema
from pipeline.store.actors import Actor
from pipeline.store.columns import canonical, now

GENESIS = "0" * 64
HEAD_FILE = "audit.head"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit trail; ``subject`` is a record id, a user's name, … and ``details`` plain data."""

    seq: int
    at: str
    actor: str
    role: str
    action: str
    subject: str
    details: dict[str, Any]
    previous: str
    hash: str


def link(*content: Any) -> str:
    """The SHA-256 of an entry: seq, at, actor, role, action, subject, details, and the hash before it."""
    return hashlib.sha256(canonical(list(content)).encode()).hexdigest()


def append(connection: Connection, actor: Actor, action: str, subject: str, details: dict[str, Any]) -> None:
    """Add an entry; inside the write transaction of the deed itself, so that neither is kept without the other."""
    table = schema.audit
    last = connection.execute(select(table.c.seq, table.c.hash).order_by(table.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    details = json.loads(canonical(details))
    at = now()
    connection.execute(
        insert(table).values(
            seq=seq, at=at, actor=actor.name, role=actor.role.value, action=action, subject=subject, details=details,
            previous=previous, hash=link(seq, at, actor.name, actor.role.value, action, subject, details, previous),
        )
    )  # fmt: skip


def entries(
    connection: Connection, subject: str | None = None, limit: int = 200, before: int | None = None
) -> list[Entry]:
    """The newest entries first, of one subject or of all; ``before`` is the last ``seq`` of the page before."""
    table = schema.audit
    query = select(table).order_by(table.c.seq.desc()).limit(limit)
    if subject is not None:
        query = query.where(table.c.subject == subject)
    if before is not None:
        query = query.where(table.c.seq < before)
    return [Entry(**row._mapping) for row in connection.execute(query)]


def verify(connection: Connection, folder: Path) -> Iterator[str]:
    """Vietnamese sentences for every break of the chain, in order; nothing when it is whole."""
    head = read_head(folder)
    seen_head = head is None
    previous, expected = GENESIS, 1
    table = schema.audit
    for row in connection.execute(select(table).order_by(table.c.seq).execution_options(yield_per=2000)):
        if row.seq != expected:
            yield f"Nhật ký thiếu các dòng {expected}–{row.seq - 1}."
        elif row.previous != previous:
            yield f"Nhật ký đứt ở dòng {row.seq}: không nối với dòng trước."
        content = (row.seq, row.at, row.actor, row.role, row.action, row.subject, row.details, row.previous)
        if link(*content) != row.hash:
            yield f"Nhật ký dòng {row.seq} đã bị sửa ({row.at}, {row.actor}, {row.action})."
        if head is not None and row.seq == head[0]:
            seen_head = True
            if row.hash != head[1]:
                yield f"Nhật ký dòng {row.seq} không khớp với mốc đã ghi ngoài cơ sở dữ liệu."
        previous, expected = row.hash, row.seq + 1
    if not seen_head and head is not None:
        if head[0] < 0:
            yield "Mốc của nhật ký ghi ngoài cơ sở dữ liệu (tệp audit.head) bị hỏng."
            return
        yield f"Nhật ký bị cắt mất phần cuối: mốc đã ghi là dòng {head[0]}, nay chỉ còn đến dòng {expected - 1}."


def read_head(folder: Path) -> tuple[int, str] | None:
    """The link written beside the database, if any; (-1, …) for a note that is damaged, which lies on no chain."""
    try:
        seq, _, digest = (folder / HEAD_FILE).read_text(encoding="ascii").strip().partition(" ")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        return -1, ""
    return (int(seq), digest) if seq.isdecimal() and digest else (-1, f"{seq} {digest}".strip())


def write_head(connection: Connection, folder: Path) -> None:
    """Note the newest link beside the database; after the commit, and never backwards."""
    table = schema.audit
    last = connection.execute(select(table.c.seq, table.c.hash).order_by(table.c.seq.desc()).limit(1)).first()
    known = read_head(folder)
    if last is None:
        return
    if known is not None:
        standing = connection.execute(select(table.c.hash).where(table.c.seq == known[0])).scalar()
        if known[0] >= last.seq or standing != known[1]:
            return  # a head that does not lie on the chain is evidence, and stays
    note_head(folder, last.seq, last.hash)


def note_head(folder: Path, seq: int, digest: str) -> None:
    """Write the note in one step: a process that dies meanwhile leaves the old one or the new one whole."""
    temporary = folder / f"{HEAD_FILE}.{os.getpid()}-{os.urandom(4).hex()}"
    temporary.write_text(f"{seq} {digest}\n", encoding="ascii")
    os.replace(temporary, folder / HEAD_FILE)

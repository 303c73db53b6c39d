"""The archive: the one service that the command line, the app and the API call.

Every verb takes the ``Actor`` who acts and refuses (``Forbidden``) what their role may not do; nothing above has to
check again.  Records are named by ``Record.id``.  Each writing verb is one transaction and leaves a line in the audit
trail.  An ``Archive`` may be shared by threads; other processes may read and write the same archive at the same time.

    archive = Archive("kho")                                   # a folder: SQLite and originals in it
    archive = Archive("postgresql://user@host/congvan", folder="/srv/congvan")   # database by URL, originals in folder
    clerk = Actor("Lan", Role.CLERK)
    added = archive.add(clerk, Path("scan.pdf"), reader)       # reader: Path -> Reading
    stored = archive.record(clerk, added.records[0])
    archive.correct(clerk, stored.id, "/number", "514/SGDĐT-VP", seen_version=stored.version)
    archive.confirm(clerk, stored.id)
    entry = archive.register(clerk, stored.id)                 # entry.number: the next số đến of the year
    found = archive.search(clerk, Query("an toàn thông tin", doc_type="công văn"))

Registers, tasks, duplicates and accounts are in ``office.Office``; audit, backup and checks in ``keeping.Keeping``.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, func, insert, select, update

from pipeline.errors import CongvanError, FileDamaged
from pipeline.record.models import Record
from pipeline.store import adding, audit, documents, duplicates, schema, searching
from pipeline.store.actors import Actor, require
from pipeline.store.adding import Added
from pipeline.store.columns import now
from pipeline.store.corrections import Correction, Op, prepare
from pipeline.store.errors import CorrectionInvalid, Outdated
from pipeline.store.facets import Facets
from pipeline.store.keeping import Keeping
from pipeline.store.office import Office
from pipeline.store.query import Query
from pipeline.store.reading import PageText, Reader, Reading
from pipeline.store.searching import Found, PageHit


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it stands in the archive.

    ``state``: new, confirmed (a person vouched for it) or withdrawn (a later reading found no such document).
    ``conflicts`` are Vietnamese sentences about what a later reading and people's work disagree on.
    """

    id: str
    record: Record
    version: int
    state: str
    confirmed_by: str | None
    confirmed_at: str | None
    created_at: str
    updated_at: str
    conflicts: list[str]


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a record: who made it when, and why (extracted, re-extracted, corrected)."""

    n: int
    at: str
    actor: str
    role: str
    cause: str
    digest: str


class Archive(Office, Keeping):
    """One archive.  ``root_or_url`` is a folder, or a database URL with ``folder`` for the originals.

    Raises ``ArchiveMissing`` when there is none and ``create`` is false, ``ArchiveTooNew``, ``DatabaseUnreachable``.
    """

    # --- files in ---

    def add(self, actor: Actor, path: Path, reader: Reader) -> Added:
        """Keep a file, read it, store its records.

        The same bytes are not read again (``held``).  A file that cannot be read is kept too and reported as
        ``failed``; it is tried again when it comes again.  Raises ``FileMissing``, ``FileUnreadable``,
        ``OutputUnwritable`` when the file cannot even be copied.
        """
        require(actor, "add")
        sha256, size = self.originals.keep(path)
        with self.database.read() as connection:
            already = adding.held(connection, sha256)
        if already:
            with self._write() as connection:
                known = [p for p in adding.known_paths(connection, sha256) if p != str(path)]
                adding.note_arrival(connection, actor, sha256, size, path=path)
            return Added("held", sha256, already, known)
        try:
            reading = _checked(reader(path), path, sha256)
        except CongvanError as error:
            with self._write() as connection:
                adding.note_arrival(connection, actor, sha256, size, path=path, error=error)
                audit.append(connection, actor, "add_failed", sha256, {"file": path.name, "error": error.code})
            return Added("failed", sha256, error=error)
        with self._write() as connection:
            return adding.add(connection, actor, sha256, size, path=path, reading=reading)

    def add_reading(self, actor: Actor, path: Path, reading: Reading) -> Added:
        """As ``add`` for a file that the caller has read already (a worker process, a message with its record)."""
        return self.add(actor, path, lambda _path: reading)

    def reread(self, actor: Actor, sha256: str, reader: Reader) -> Added:
        """Read a kept original again (a better program, a new model); people's corrections stay in force.

        Raises the reader's ``CongvanError`` and changes nothing when it cannot be read now.
        """
        require(actor, "add")
        with self.database.read() as connection:
            table = schema.arrival
            name = connection.execute(
                select(table.c.name).where(table.c.sha256 == sha256).order_by(table.c.id).limit(1)
            ).scalar()
        with _under_its_name(self.originals.path(sha256), name or sha256) as path:
            reading = _checked(reader(path), path, sha256)
        with self._write() as connection:
            return adding.reread(connection, actor, sha256, reading)

    def arrivals(
        self, actor: Actor, *, failed_only: bool = False, limit: int = 200, offset: int = 0
    ) -> list[dict[str, Any]]:
        """Files that came, newest first: ``sha256``, ``path``, ``name``, ``first_at``, ``last_at``, ``times``,
        ``actor``, ``outcome`` ("stored" or "failed") and ``error`` (``code``, ``message``, ``remedy``)."""
        require(actor, "read")
        table = schema.arrival
        query = select(table).order_by(table.c.last_at.desc(), table.c.id.desc()).limit(limit).offset(offset)
        if failed_only:
            query = query.where(table.c.outcome == "failed")
        with self.database.read() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    # --- records out ---

    def record(self, actor: Actor, record_id: str, version: int | None = None) -> Stored:
        """A record with its state; ``version`` asks for an older one.  Raises ``NotFound``."""
        require(actor, "read")
        with self.database.read() as connection:
            return self._stored(connection, record_id, version)

    def records(self, actor: Actor, query: Query | None = None) -> Found:
        """A page of documents, newest first (the filters, order and limits of ``Query`` apply)."""
        require(actor, "read")
        with self.database.read() as connection:
            return searching.search(connection, query or Query(sort="date"))

    def count(self, actor: Actor) -> int:
        """How many documents the archive holds."""
        require(actor, "read")
        with self.database.read() as connection:
            table = schema.document
            query = select(func.count()).select_from(table).where(table.c.state != "withdrawn")
            return int(connection.execute(query).scalar_one())

    def versions(self, actor: Actor, record_id: str) -> list[VersionInfo]:
        """Every version of a record, oldest first; ``record(…, version=n)`` reads one."""
        require(actor, "read")
        with self.database.read() as connection:
            row, table = documents.row_of(connection, record_id), schema.version
            rows = connection.execute(select(table).where(table.c.document_id == row.id).order_by(table.c.n))
            return [VersionInfo(r.n, r.at, r.actor, r.role, r.cause, r.digest) for r in rows]

    def corrections(self, actor: Actor, record_id: str) -> list[dict[str, Any]]:
        """What people changed, oldest first: ``seq``, ``op``, ``pointer``, ``before``, ``value``, ``at``, ``actor``,
        ``role``, ``note``, ``page``, ``boxes``."""
        require(actor, "read")
        names = ("seq", "op", "pointer", "before", "value", "at", "actor", "role", "note", "page", "boxes")
        with self.database.read() as connection:
            row, table = documents.row_of(connection, record_id), schema.correction
            query = select(*(table.c[name] for name in names)).where(table.c.document_id == row.id)
            return [dict(r._mapping) for r in connection.execute(query.order_by(table.c.seq))]

    def pages(self, actor: Actor, record_id: str) -> list[PageText]:
        """The pages of the file that a record stands on, with word boxes."""
        require(actor, "read")
        with self.database.read() as connection:
            row = documents.row_of(connection, record_id)
            return documents.pages_of(connection, row.sha256, row.first_page, row.last_page)

    def original(self, actor: Actor, record_id: str) -> tuple[BinaryIO, str]:
        """The file that a record was read from, byte for byte, open for reading, and the name it came with."""
        require(actor, "read")
        with self.database.read() as connection:
            row = documents.row_of(connection, record_id)
        return self.originals.open(row.sha256), row.file

    def original_path(self, actor: Actor, record_id: str) -> Path:
        """Where the original lies (read-only; for a renderer that needs a path)."""
        require(actor, "read")
        with self.database.read() as connection:
            return self.originals.path(documents.row_of(connection, record_id).sha256)

    # --- a person's work on a record ---

    def correct(
        self, actor: Actor, record_id: str, pointer: str, value: Any = None, *, op: Op = "set", page: int | None = None,
        boxes: list[tuple[float, float, float, float]] | None = None, note: str = "", seen_version: int | None = None,
    ) -> Stored:  # fmt: skip
        """Set, insert or remove a value; returns the record with the correction in force.

        ``pointer``: "/number", "/signer/name", "/citations/1/date"; "/tasks/-" with ``op="insert"`` appends; a whole
        list or object may be set at once ("/addressees").  ``value`` None empties a field.  ``page`` and ``boxes``
        (fractions) say where the person saw it.  Raises ``CorrectionInvalid``, ``NotFound``, and ``Outdated`` when
        ``seen_version`` is not the present version.
        """
        change = Correction(op, pointer, value, page=page, boxes=boxes or [])
        return self.correct_all(actor, record_id, [change], note=note, seen_version=seen_version)

    def correct_all(
        self,
        actor: Actor,
        record_id: str,
        changes: list[Correction],
        *,
        note: str = "",
        seen_version: int | None = None,
    ) -> Stored:
        """Several corrections as one version: a form that was filled in.  All of them hold or none."""
        require(actor, "correct")
        if not changes:
            raise CorrectionInvalid(record_id, pointer="", reason="không có thay đổi nào")
        with self._write() as connection:
            row = documents.row_of(connection, record_id)
            if seen_version is not None and seen_version != row.version:
                raise Outdated(record_id, key=record_id, current=row.version, seen=seen_version)
            record, made = documents.effective(connection, row), []
            for change in changes:
                change = prepare(record, change)
                made.append(change)
                record = documents.apply(record, [change]).record
            self._keep_corrections(connection, actor, int(row.id), made, note)
            replayed = documents.Replayed(record, row.conflicts)
            documents.add_version(connection, actor, int(row.id), replayed, row.extraction_id, cause="corrected")
            duplicates.ask(connection, int(row.id), record)
            told = [{"op": c.op, "pointer": c.pointer, "before": c.before, "value": c.value} for c in made]
            audit.append(connection, actor, "correct", record_id, {"changes": told, "note": note})
            return self._stored(connection, record_id)

    def _keep_corrections(
        self, connection: Connection, actor: Actor, document_id: int, made: list[Correction], note: str
    ) -> None:
        table, moment = schema.correction, now()
        last = connection.execute(
            select(func.coalesce(func.max(table.c.seq), 0)).where(table.c.document_id == document_id)
        ).scalar_one()
        who = {"at": moment, "actor": actor.name, "role": actor.role.value, "note": note}
        rows = [{"document_id": document_id, "seq": last + at, **c.as_dict(), **who} for at, c in enumerate(made, 1)]
        connection.execute(insert(table), rows)

    def confirm(self, actor: Actor, record_id: str, *, seen_version: int | None = None) -> Stored:
        """Vouch for a record as it stands; later readings leave it so."""
        require(actor, "confirm")
        with self._write() as connection:
            row = documents.row_of(connection, record_id)
            if seen_version is not None and seen_version != row.version:
                raise Outdated(record_id, key=record_id, current=row.version, seen=seen_version)
            table = schema.document
            connection.execute(
                update(table)
                .where(table.c.id == row.id)
                .values(state="confirmed", confirmed_by=actor.name, confirmed_at=now(), updated_at=now(), conflicts=[])
            )
            audit.append(connection, actor, "confirm", record_id, {"version": row.version, "digest": row.digest})
            return self._stored(connection, record_id)

    # --- search ---

    def search(self, actor: Actor, query: Query) -> Found:
        """Full text and fields; raises ``QueryInvalid``."""
        require(actor, "search")
        with self.database.read() as connection:
            return searching.search(connection, query)

    def facets(self, actor: Actor, query: Query, limit: int = 20) -> dict[str, list[tuple[Any, int]]]:
        """Counts under a search by ``doc_type``, ``issuer``, ``year``, ``province``, ``state``."""
        require(actor, "search")
        with self.database.read() as connection:
            return self._facets.count(connection, query, limit)

    @cached_property
    def _facets(self) -> Facets:
        return Facets()

    def highlight(self, actor: Actor, record_id: str, words: str) -> list[PageHit]:
        """The pages of a document with the places and boxes of the words of a search box."""
        require(actor, "search")
        with self.database.read() as connection:
            return searching.page_hits(connection, record_id, words)

    def _stored(self, connection: Connection, record_id: str, version: int | None = None) -> Stored:
        row = documents.row_of(connection, record_id)
        record = documents.effective(connection, row, version)
        return Stored(
            record_id, record, version or row.version, row.state, row.confirmed_by, row.confirmed_at, row.created_at,
            row.updated_at, row.conflicts,
        )  # fmt: skip


def _checked(reading: Reading, path: Path, sha256: str) -> Reading:
    """The reading, when it is one of the bytes that were kept: a file may change while it is read."""
    if any(record.source.sha256 != sha256 for record in reading.records):
        raise FileDamaged(path, reason="tệp thay đổi trong lúc đọc")
    return reading


@contextlib.contextmanager
def _under_its_name(original: Path, name: str) -> Iterator[Path]:
    """An original under the name it came with, for readers that put the name into the record."""
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        path = Path(folder) / Path(name).name
        shutil.copyfile(original, path)
        yield path

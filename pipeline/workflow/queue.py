"""A durable queue of files to read: a small SQLite database and a folder of copies, shared by processes.

    queue = JobQueue(Path("kho/queue"))
    job = queue.put("scan.pdf", data, actor="Lan", role="văn thư")
    taken = queue.take("worker 1")                 # by another process
    queue.progress(taken.id, 2, 5)
    queue.finish(taken.id, "added", {"records": [...]})

A file is copied in before its job exists, and its copy goes when the job ended well, so a file that was accepted is
never lost: a job whose worker stopped giving signs of life is taken again, and given up as ``failed`` (``WorkerDied``)
when two workers died on it.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import CongvanError, FileMissing, FileUnreadable, OutputUnwritable
from pipeline.workflow.errors import WorkerDied

State = Literal["waiting", "reading", "added", "held", "failed"]
DONE: tuple[State, ...] = ("added", "held", "failed")
LEASE_SECONDS = 30.0
"""A worker that gave no sign of life for so long is taken for dead."""
MOST_TRIES = 2

_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL,
  origin TEXT NOT NULL, state TEXT NOT NULL, pages_done INTEGER NOT NULL DEFAULT 0,
  pages_total INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, worker TEXT, beat REAL,
  added_at REAL NOT NULL, ended_at REAL, hidden INTEGER NOT NULL DEFAULT 0, result TEXT);
CREATE INDEX IF NOT EXISTS job_state ON job (state, id);
CREATE TABLE IF NOT EXISTS seen (
  path TEXT NOT NULL, size INTEGER NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (path, size, time));
"""
_COLUMNS = "id, name, actor, role, origin, state, pages_done, pages_total, tries, added_at, ended_at, result"


@dataclass(frozen=True, slots=True)
class Job:
    """A file in the queue.  ``pages_total`` is 0 until known; ``result`` is what the worker said at the end.

    Moments are seconds since 1970.
    """

    id: int
    name: str
    actor: str
    role: str
    origin: str
    state: State
    pages_done: int
    pages_total: int
    tries: int
    added_at: float
    ended_at: float | None
    result: dict[str, Any]


class JobQueue:
    """The queue in ``folder``; every process opens its own.  Raises ``OutputUnwritable`` when it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self._open() as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.executescript(_SCHEMA)
        except (OSError, sqlite3.OperationalError) as error:
            raise OutputUnwritable(folder, reason=str(error)) from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self.folder / "queue.db", timeout=30, isolation_level=None)
        try:
            yield database
        finally:
            database.close()

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    # --- in ---

    def put(self, name: str, data: bytes, *, actor: str, role: str, origin: str = "") -> Job:
        """Accept a file; its copy is on the disk when this returns.  Raises ``OutputUnwritable``."""
        with self._write() as database:
            number = database.execute(
                "INSERT INTO job (name, actor, role, origin, state, added_at) VALUES (?, ?, ?, ?, 'waiting', ?)",
                (_plain_name(name), actor, role, origin, time.time()),
            ).lastrowid
            assert number is not None
            path = self.path(number, name)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            except OSError as error:
                raise OutputUnwritable(path, reason=error.strerror or str(error)) from error
        return self.job(number)

    def put_arrival(self, path: Path, *, actor: str, role: str, origin: str) -> Job | None:
        """Accept a file of a watched folder, once for each content it had; None when it came before.

        The file itself stays where it is.  Raises ``FileMissing``, ``FileUnreadable``, ``OutputUnwritable``.
        """
        try:
            found = path.stat()
            mark = (str(path), found.st_size, found.st_mtime_ns)
            with self._open() as database:
                if database.execute("SELECT 1 FROM seen WHERE path = ? AND size = ? AND time = ?", mark).fetchone():
                    return None
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise FileMissing(path) from error
        except OSError as error:
            raise FileUnreadable(path, reason=error.strerror or str(error)) from error
        job = self.put(path.name, data, actor=actor, role=role, origin=origin)
        with self._write() as database:
            database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", mark)
        return job

    def path(self, number: int, name: str) -> Path:
        """Where the copy of a job's file lies, under the name it came with."""
        return self.folder / "files" / str(number) / _plain_name(name)

    # --- work ---

    def take(self, worker: str) -> Job | None:
        """The oldest waiting job, now this worker's; None when there is none."""
        with self._write() as database:
            row = database.execute("SELECT id FROM job WHERE state = 'waiting' ORDER BY id LIMIT 1").fetchone()
            if row is None:
                return None
            database.execute(
                "UPDATE job SET state = 'reading', worker = ?, beat = ?, tries = tries + 1, pages_done = 0,"
                " pages_total = 0 WHERE id = ?",
                (worker, time.time(), row[0]),
            )
        return self.job(row[0])

    def beat(self, number: int) -> None:
        """A sign of life from the worker of a job."""
        with self._write() as database:
            database.execute("UPDATE job SET beat = ? WHERE id = ? AND state = 'reading'", (time.time(), number))

    def progress(self, number: int, done: int, total: int) -> None:
        """How many pages are read."""
        with self._write() as database:
            database.execute(
                "UPDATE job SET pages_done = ?, pages_total = ?, beat = ? WHERE id = ? AND state = 'reading'",
                (done, total, time.time(), number),
            )

    def finish(self, number: int, state: State, result: dict[str, Any]) -> None:
        """Say what became of a job; the copy of the file goes unless it failed (then ``retry`` may want it)."""
        if state not in DONE:
            raise ValueError(f"{state!r} is no end of a job")
        with self._write() as database:
            database.execute(
                "UPDATE job SET state = ?, result = ?, ended_at = ?, worker = NULL WHERE id = ?",
                (state, json.dumps(result, ensure_ascii=False), time.time(), number),
            )
        if state != "failed":
            shutil.rmtree(self.folder / "files" / str(number), ignore_errors=True)

    def recover(self, older_than: float = LEASE_SECONDS) -> int:
        """Give jobs of dead workers back; one on which ``MOST_TRIES`` workers died has failed.  Returns how many."""
        limit = time.time() - older_than
        with self._write() as database:
            rows = database.execute(
                "SELECT id, name, tries FROM job WHERE state = 'reading' AND beat < ?", (limit,)
            ).fetchall()
            for number, name, tries in rows:
                if tries < MOST_TRIES:
                    database.execute("UPDATE job SET state = 'waiting', worker = NULL WHERE id = ?", (number,))
                else:
                    error = json.dumps({"error": WorkerDied(name).as_dict()}, ensure_ascii=False)
                    database.execute(
                        "UPDATE job SET state = 'failed', worker = NULL, ended_at = ?, result = ? WHERE id = ?",
                        (time.time(), error, number),
                    )
        return len(rows)

    def retry(self, number: int) -> None:
        """Let a failed job wait again."""
        with self._write() as database:
            database.execute(
                "UPDATE job SET state = 'waiting', tries = 0, result = NULL, ended_at = NULL"
                " WHERE id = ? AND state = 'failed'",
                (number,),
            )

    # --- looks ---

    def job(self, number: int) -> Job:
        """One job; raises KeyError."""
        with self._open() as database:
            row = database.execute(f"SELECT {_COLUMNS} FROM job WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return _job(row)

    def jobs(self, limit: int = 100) -> list[Job]:
        """Jobs that nobody cleared away, those under work first, then waiting ones, then the newest."""
        with self._open() as database:
            rows = database.execute(
                f"SELECT {_COLUMNS} FROM job WHERE hidden = 0 ORDER BY state != 'reading', state != 'waiting',"
                " CASE state WHEN 'waiting' THEN id ELSE -id END LIMIT ?",
                (limit,),
            ).fetchall()
        return [_job(row) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many jobs that nobody cleared away are in each state."""
        with self._open() as database:
            rows = database.execute("SELECT state, count(*) FROM job WHERE hidden = 0 GROUP BY state").fetchall()
        return {"waiting": 0, "reading": 0, "added": 0, "held": 0, "failed": 0} | dict(rows)

    def clear(self) -> None:
        """Clear ended jobs from the list (the archive keeps its own memory of every arrival)."""
        with self._write() as database:
            database.execute("UPDATE job SET hidden = 1 WHERE state IN ('added', 'held', 'failed')")


def failure(error: CongvanError) -> dict[str, Any]:
    """The result of a job that failed."""
    return {"error": error.as_dict()}


def _plain_name(name: str) -> str:
    """A file name without folders, usable on every disk."""
    plain = Path(name.replace("\\", "/")).name.replace("\0", "").strip()
    if plain in ("", ".", ".."):
        return "tep"
    stem, suffix = Path(plain).stem, Path(plain).suffix
    while stem and len((stem + suffix).encode()) > 200:  # most disks take 255 bytes
        stem = stem[:-1]
    return stem + suffix


def _job(row: Any) -> Job:
    values = (*row[:11], json.loads(row[11]) if row[11] else {})
    return Job(*values)

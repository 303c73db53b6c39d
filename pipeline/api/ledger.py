"""What the API itself remembers, in ``api.db`` beside the archive: keys (hashed), answers to repeat, jobs.

Keys have 256 random bits, so a plain SHA-256 of them cannot be searched; the key itself is shown once and never kept.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.api.errors import KeyReused, KeyUnknown
from pipeline.store.actors import Actor, Role
from pipeline.store.columns import now
from pipeline.store.errors import NotFound

SCOPES = ("read", "write", "export")
ANSWERS_KEPT = 10_000
_TABLES = """
CREATE TABLE IF NOT EXISTS key (id TEXT PRIMARY KEY, hash TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
    scopes TEXT NOT NULL, per_minute INTEGER NOT NULL, webhook TEXT, secret TEXT, created_at TEXT NOT NULL,
    revoked_at TEXT);
CREATE TABLE IF NOT EXISTS answer (key TEXT NOT NULL, name TEXT NOT NULL, request TEXT NOT NULL, status INTEGER,
    body TEXT, at TEXT NOT NULL, PRIMARY KEY (key, name));
CREATE TABLE IF NOT EXISTS feed (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, account TEXT NOT NULL, role TEXT,
    unit TEXT, created_at TEXT NOT NULL, revoked_at TEXT);
CREATE TABLE IF NOT EXISTS job (id TEXT PRIMARY KEY, key TEXT NOT NULL, at TEXT NOT NULL, data TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is kept; ``webhook`` is where finished jobs are told, signed with ``secret``."""

    id: str
    name: str
    role: Role
    scopes: tuple[str, ...]
    per_minute: int
    webhook: str | None
    secret: str | None
    created_at: str
    revoked_at: str | None

    @property
    def actor(self) -> Actor:
        return Actor(f"api:{self.name}", self.role)


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar that programs subscribe to by an address that holds a token.

    ``account`` made it and is looked up at every request; ``role`` is kept only where there are no accounts (the demo,
    for programs of this machine).  ``unit`` restricts it to the tasks of one unit.
    """

    id: str
    account: str
    role: Role | None
    unit: str | None
    created_at: str
    revoked_at: str | None


class Ledger:
    """One connection, one writer at a time; safe for threads."""

    def __init__(self, folder: Path) -> None:
        path = folder / "api.db"
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, timeout=30, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.executescript(_TABLES)
        path.chmod(0o600)

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return list(self._connection.execute(query, values))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    # --- keys ---

    def create_key(
        self, name: str, role: Role, scopes: tuple[str, ...] = SCOPES, *, per_minute: int = 120,
        webhook: str | None = None,
    ) -> tuple[str, ApiKey]:  # fmt: skip
        """A new key: the key itself (shown this once) and what is kept of it."""
        unknown = set(scopes) - set(SCOPES)
        if unknown or not scopes:
            raise ValueError(f"no such scopes: {unknown}")
        key_id, token = secrets.token_hex(4), secrets.token_urlsafe(32)
        whole = f"cv_{key_id}_{token}"
        secret = secrets.token_hex(32) if webhook else None
        row = (key_id, _hash(whole), name, Role(role).value, " ".join(scopes), per_minute, webhook, secret, now(), None)
        with self._write() as connection:
            connection.execute("INSERT INTO key VALUES (?,?,?,?,?,?,?,?,?,?)", row)
        return whole, self.key(key_id)

    def key(self, key_id: str) -> ApiKey:
        """A key by its id; raises ``NotFound``."""
        rows = self._rows("SELECT * FROM key WHERE id = ?", key_id)
        if not rows:
            raise NotFound(what="khóa API", key=key_id)
        return _key(rows[0])

    def keys(self) -> list[ApiKey]:
        """Every key, taken-back ones too, oldest first."""
        return [_key(row) for row in self._rows("SELECT * FROM key ORDER BY created_at")]

    def has_keys(self) -> bool:
        """Whether any key is in force."""
        return bool(self._rows("SELECT 1 FROM key WHERE revoked_at IS NULL LIMIT 1"))

    def protected(self) -> bool:
        """Whether a key was ever given: taking the last one back must not open the doors."""
        return bool(self._rows("SELECT 1 FROM key LIMIT 1"))

    def revoke_key(self, key_id: str) -> None:
        """Take a key back; raises ``NotFound``."""
        self.key(key_id)
        with self._write() as connection:
            connection.execute("UPDATE key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (now(), key_id))

    def identify(self, token: str) -> ApiKey:
        """The key in force behind a token; raises ``KeyUnknown``."""
        parts = token.split("_", 2)
        rows = self._rows("SELECT * FROM key WHERE id = ?", parts[1]) if len(parts) == 3 else []
        stored = rows[0]["hash"] if rows else _hash("")
        if not secrets.compare_digest(stored, _hash(token)) or not rows or rows[0]["revoked_at"] is not None:
            raise KeyUnknown()
        return _key(rows[0])

    # --- calendars by address ---

    def create_feed(self, account: str, *, role: Role | None = None, unit: str | None = None) -> tuple[str, Feed]:
        """A new calendar: the token of its address (shown this once) and what is kept of it."""
        feed_id, token = secrets.token_hex(4), secrets.token_urlsafe(32)
        row = (feed_id, _hash(token), account, role.value if role else None, unit, now(), None)
        with self._write() as connection:
            connection.execute("INSERT INTO feed VALUES (?,?,?,?,?,?,?)", row)
        return token, _feed(self._rows("SELECT * FROM feed WHERE id = ?", feed_id)[0])

    def feeds(self, account: str) -> list[Feed]:
        """The calendars of an account that are in force, oldest first."""
        query = "SELECT * FROM feed WHERE account = ? AND revoked_at IS NULL ORDER BY created_at"
        return [_feed(row) for row in self._rows(query, account)]

    def feed(self, token: str) -> Feed:
        """The calendar in force behind a token; raises ``NotFound``."""
        rows = self._rows("SELECT * FROM feed WHERE hash = ? AND revoked_at IS NULL", _hash(token))
        if not rows:
            raise NotFound(what="lịch", key="theo địa chỉ này")
        return _feed(rows[0])

    def revoke_feed(self, account: str, feed_id: str) -> None:
        """Take a calendar of this account back: its address answers nothing more."""
        with self._write() as connection:
            connection.execute(
                "UPDATE feed SET revoked_at = ? WHERE id = ? AND account = ? AND revoked_at IS NULL",
                (now(), feed_id, account),
            )

    # --- answers to repeat (Idempotency-Key) ---

    def begin_answer(self, key: str, name: str, request: str) -> tuple[int, Any] | None:
        """The answer given before, or None when this request is the first; raises ``KeyReused``."""
        with self._write() as connection:
            found = connection.execute("SELECT * FROM answer WHERE key = ? AND name = ?", (key, name)).fetchone()
            if found is None:
                connection.execute("INSERT INTO answer VALUES (?,?,?,NULL,NULL,?)", (key, name, request, now()))
                connection.execute(
                    "DELETE FROM answer WHERE rowid NOT IN (SELECT rowid FROM answer ORDER BY at DESC LIMIT ?)",
                    (ANSWERS_KEPT,),
                )
                return None
        if found["request"] != request or found["status"] is None:
            raise KeyReused()
        return int(found["status"]), json.loads(found["body"])

    def end_answer(self, key: str, name: str, status: int, body: Any) -> None:
        """Keep an answer for the next time."""
        with self._write() as connection:
            connection.execute(
                "UPDATE answer SET status = ?, body = ? WHERE key = ? AND name = ?",
                (status, json.dumps(body, ensure_ascii=False), key, name),
            )

    def drop_answer(self, key: str, name: str) -> None:
        """Forget a request that failed, so that it may be tried again."""
        with self._write() as connection:
            connection.execute("DELETE FROM answer WHERE key = ? AND name = ?", (key, name))

    # --- jobs ---

    def save_job(self, job_id: str, key: str, data: dict[str, Any]) -> None:
        """Keep a job as it stands."""
        with self._write() as connection:
            connection.execute(
                "INSERT INTO job VALUES (?,?,?,?) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
                (job_id, key, data["created_at"], json.dumps(data, ensure_ascii=False)),
            )

    def job(self, key: str, job_id: str) -> dict[str, Any]:
        """A job that this key gave; raises ``NotFound``."""
        rows = self._rows("SELECT data FROM job WHERE id = ? AND key = ?", job_id, key)
        if not rows:
            raise NotFound(what="việc", key=job_id)
        found: dict[str, Any] = json.loads(rows[0]["data"])
        return found

    def jobs(self, key: str, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
        """A key's jobs, newest first, and how many there are."""
        rows = self._rows("SELECT data FROM job WHERE key = ? ORDER BY at DESC LIMIT ? OFFSET ?", key, limit, offset)
        return [json.loads(row["data"]) for row in rows], self._rows("SELECT count(*) FROM job WHERE key = ?", key)[0][
            0
        ]

    def abandon_jobs(self, error: dict[str, Any]) -> None:
        """Say of jobs that a stopped server left that they will not be done, and let their requests be sent again."""
        with self._write() as connection:
            for row in connection.execute("SELECT id, data FROM job").fetchall():
                data = json.loads(row["data"])
                if data["status"] in ("queued", "running"):
                    data |= {"status": "failed", "error": error, "finished_at": now()}
                    connection.execute("UPDATE job SET data = ? WHERE id = ?", (json.dumps(data), row["id"]))
            connection.execute("DELETE FROM answer WHERE status IS NULL")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _key(row: sqlite3.Row) -> ApiKey:
    return ApiKey(
        row["id"], row["name"], Role(row["role"]), tuple(row["scopes"].split()), row["per_minute"], row["webhook"],
        row["secret"], row["created_at"], row["revoked_at"],
    )  # fmt: skip


def _feed(row: sqlite3.Row) -> Feed:
    role = Role(row["role"]) if row["role"] else None
    return Feed(row["id"], row["account"], role, row["unit"], row["created_at"], row["revoked_at"])

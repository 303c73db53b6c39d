"""Who is signed in, across reloads of a page: a table on the server, and an opaque token in an http-only cookie.

A sign-in begins in the page (``begin``), which knows its id.  The page's script trades the ticket, good once and for a
minute, for a cookie that no script can read (``pipeline.ui.server``).  A reload shows the cookie and is known again
(``resume``).  Signing out, a changed password or a closed account ends it here, whatever cookies still say.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IDLE_SECONDS = 12 * 3600
"""A sign-in that is not used for this long ends."""
LONGEST_SECONDS = 7 * 24 * 3600
"""A sign-in ends after this long in any case."""
_TICKET_SECONDS = 60
_NOTED_EVERY = 60  # seconds: a use is not written down more often
_TABLES = """
CREATE TABLE IF NOT EXISTS sign_in (id TEXT PRIMARY KEY, account TEXT NOT NULL, began_at REAL NOT NULL,
    seen_at REAL NOT NULL, ticket TEXT, token TEXT);
CREATE INDEX IF NOT EXISTS sign_in_ticket ON sign_in (ticket);
CREATE INDEX IF NOT EXISTS sign_in_token ON sign_in (token);
CREATE TABLE IF NOT EXISTS barrier (account TEXT PRIMARY KEY, at REAL NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of an account; ``ticket`` is there only when it has just begun."""

    id: str
    account: str
    ticket: str | None = None


class SignIns:
    """The sign-ins of one archive's app, in ``app.db`` beside it; safe for threads and processes."""

    def __init__(self, folder: Path) -> None:
        path = folder / "app.db"
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

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def begin(self, account: str) -> SignIn:
        """A new sign-in, for somebody who has just shown who they are."""
        sign_in, ticket, moment = secrets.token_hex(16), secrets.token_urlsafe(32), time.time()
        with self._write() as connection:
            oldest = (moment - LONGEST_SECONDS, moment - IDLE_SECONDS)
            connection.execute("DELETE FROM sign_in WHERE began_at < ? OR seen_at < ?", oldest)
            connection.execute(
                "INSERT INTO sign_in VALUES (?,?,?,?,?,NULL)", (sign_in, account, moment, moment, _hash(ticket))
            )
        return SignIn(sign_in, account, ticket)

    def trade(self, ticket: str) -> str | None:
        """The cookie's token for a ticket, once; None for one that is used, old or made up."""
        token = secrets.token_urlsafe(32)
        with self._write() as connection:
            given = connection.execute(
                "UPDATE sign_in SET ticket = NULL, token = ? WHERE ticket = ? AND began_at > ?",
                (_hash(token), _hash(ticket), time.time() - _TICKET_SECONDS),
            )
            return token if given.rowcount == 1 else None

    def find(self, sign_in: str) -> SignIn | None:
        """A sign-in by its id, None when it has ended."""
        return self._standing("id", sign_in)

    def resume(self, token: str) -> SignIn | None:
        """The sign-in of a cookie's token, None when it has ended."""
        return self._standing("token", _hash(token))

    def _standing(self, column: str, value: str) -> SignIn | None:
        with self._lock:
            row: Any = self._connection.execute(f"SELECT * FROM sign_in WHERE {column} = ?", (value,)).fetchone()
        moment = time.time()
        if row is None or row["began_at"] < moment - LONGEST_SECONDS or row["seen_at"] < moment - IDLE_SECONDS:
            return None
        if row["seen_at"] < moment - _NOTED_EVERY:
            with self._write() as connection:
                connection.execute("UPDATE sign_in SET seen_at = ? WHERE id = ?", (moment, row["id"]))
        return SignIn(row["id"], row["account"])

    def end(self, sign_in: str) -> None:
        """Sign out: the id, and every cookie of it, are worth nothing from now on."""
        with self._write() as connection:
            connection.execute("DELETE FROM sign_in WHERE id = ?", (sign_in,))

    def end_all(self, account: str, *, but: str | None = None) -> None:
        """End every sign-in of an account (a new password, a closed account), ``but`` the one that does it."""
        with self._write() as connection:
            connection.execute("DELETE FROM sign_in WHERE account = ? AND id IS NOT ?", (account, but))
        if but is None:
            self.bar(account)

    def bar(self, account: str) -> None:
        """Take no identity of a provider any more that was given to this account before now."""
        with self._write() as connection:
            connection.execute(
                "INSERT INTO barrier VALUES (?,?) ON CONFLICT (account) DO UPDATE SET at = excluded.at",
                (account, time.time()),
            )

    def accepts(self, account: str, given_at: float) -> bool:
        """Whether an identity that a provider gave at this moment (seconds) still stands."""
        with self._lock:
            row = self._connection.execute("SELECT at FROM barrier WHERE account = ?", (account,)).fetchone()
        # A provider tells whole seconds.
        return given_at > time.time() - LONGEST_SECONDS and (row is None or int(given_at) >= int(row["at"]))


def _hash(token: str) -> str:
    # 256 random bits cannot be searched, so a plain hash keeps them: who reads the table can sign in as nobody.
    return hashlib.sha256(token.encode()).hexdigest()

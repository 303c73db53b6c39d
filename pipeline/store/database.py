"""One database behind the archive: SQLite in a folder, or PostgreSQL by URL, with one writer at a time.

A write transaction excludes every other from its first statement on (``BEGIN IMMEDIATE``; an advisory lock in
PostgreSQL), because numbers of the register and links of the audit chain must follow each other.  Readers never wait
for a writer (write-ahead log; snapshots).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError

from pipeline.store.errors import ArchiveBusy, ArchiveMissing, ArchiveTooNew, DatabaseUnreachable

DATABASE_FILE = "congvan.db"
WAIT_SECONDS = 60
"""How long a writer waits for another before it gives up with ``ArchiveBusy``."""
_WRITER_LOCK = 0x636F6E6776616E  # "congvan": the key of PostgreSQL's advisory lock


class Database:
    """Engine, transactions and schema of one archive."""

    def __init__(self, url: str | URL, shown: str | None = None) -> None:
        self.url = make_url(url)
        self.shown = shown or self.url.render_as_string(hide_password=True)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.sqlite else _postgresql_engine(self.url)

    @classmethod
    def in_folder(cls, folder: Path) -> Database:
        """The SQLite database of an archive's folder."""
        return cls(URL.create("sqlite", database=str(folder / DATABASE_FILE)), shown=str(folder))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection with one consistent view of the archive; nothing it does is kept."""
        try:
            connection = self.engine.connect()
        except OperationalError as error:
            raise DatabaseUnreachable(self.shown, reason=_reason(error)) from error
        with connection:
            if not self.sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection
            connection.rollback()

    @contextmanager
    def write(self, durable: bool = True) -> Iterator[Connection]:
        """The one write transaction: committed at the end, undone by any exception.

        What is not ``durable`` may be undone by a power cut (not by the end of the process), and must be such that it
        is then made again from the rest of the archive; it does not wait for the disk.
        """
        try:
            connection = self.engine.connect()
        except OperationalError as error:
            raise DatabaseUnreachable(self.shown, reason=_reason(error)) from error
        with connection:
            connection = connection.execution_options(congvan_write="durable" if durable else "derived")
            try:
                transaction = connection.begin()
                if not self.sqlite:
                    connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
                    if not durable:
                        connection.execute(text("SET LOCAL synchronous_commit = off"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
            except OperationalError as error:
                raise ArchiveBusy(self.shown) from error
            with transaction:
                yield connection

    def prepare(self, create: bool = True) -> None:
        """Bring the schema up to date; two processes that open a new archive at once do not disturb each other.

        Raises ``ArchiveMissing`` when there is none and ``create`` is false, ``ArchiveTooNew`` when a newer program
        wrote it.
        """
        head = head_revision()
        with self.read() as connection:
            found = _revision(connection)
        if found == head:
            return
        if found is None and not create:
            raise ArchiveMissing(self.shown)
        with self.write() as connection:
            found = _revision(connection)  # another process may have been faster
            if found != head:
                _upgrade(connection, found, self.shown)

    def close(self) -> None:
        self.engine.dispose()


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(raw: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: the listener below does, in the mode that was asked for.
        raw.isolation_level = None
        for pragma in ("journal_mode = WAL", "foreign_keys = ON", "cache_size = -65536",
                       "temp_store = MEMORY", "mmap_size = 268435456"):  # fmt: skip
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("congvan_write")
        # A connection is used again and again, so every transaction says what it needs.  With NORMAL the write-ahead
        # log is whole after a power cut, but may lack the last transactions.
        connection.exec_driver_sql(f"PRAGMA synchronous = {'NORMAL' if writing == 'derived' else 'FULL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    if url.get_driver_name() not in ("psycopg",):
        url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, pool_pre_ping=True)


def _reason(error: OperationalError) -> str:
    return str(error.orig).strip().splitlines()[0] if error.orig else "không rõ"


def _script() -> Any:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config, ScriptDirectory.from_config(config)


REVISION = "0002"
"""The newest migration; kept here so that opening an archive need not import alembic (a test compares the two)."""


def head_revision() -> str:
    return REVISION


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, found: str | None, shown: str) -> None:
    from alembic.runtime.migration import MigrationContext
    from alembic.runtime.environment import EnvironmentContext  # isort: skip

    config, script = _script()
    if found is not None and found not in {revision.revision for revision in script.walk_revisions()}:
        raise ArchiveTooNew(shown, revision=found)

    def steps(current: Any, _context: MigrationContext) -> Any:
        return script._upgrade_revs("head", current)

    with EnvironmentContext(config, script, fn=steps, destination_rev="head") as environment:
        environment.configure(connection=connection, target_metadata=None)
        environment.run_migrations()

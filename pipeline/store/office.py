"""The office's verbs of the archive: registers, tasks, duplicates, accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.store import deadlines, duplicates, register, tasks, users
from pipeline.store.actors import Actor, Role, require
from pipeline.store.deadlines import DeadlineRow
from pipeline.store.duplicates import Answer, Duplicate
from pipeline.store.register import Book, Entry
from pipeline.store.room import Room
from pipeline.store.tasks import TaskRow, TaskState
from pipeline.store.users import User


class Office(Room):
    """What an office does with documents; see ``archive.Archive``."""

    # --- registers ---

    def register(
        self, actor: Actor, record_id: str, *, book: Book = "đến", day: date | None = None, **fields: Any
    ) -> Entry:
        """Enter a document into a register: it gets the next number of that book and year, which is never given again.

        ``day`` is the day of arrival (or of dispatch), today when not given.  ``fields``: see ``register.EDITABLE``.
        Raises ``RegisterConflict`` when the document stands in that book already, ``NotFound``.
        """
        require(actor, "register")
        with self._write() as connection:
            return register.register(connection, actor, record_id, book, day=day or date.today(), fields=fields)

    def change_entry(self, actor: Actor, book: Book, year: int, number: int, **fields: Any) -> Entry:
        """Fill in columns of a line (``register.EDITABLE``)."""
        require(actor, "register")
        with self._write() as connection:
            return register.change(connection, actor, book, year, number=number, fields=fields)

    def cancel_entry(self, actor: Actor, book: Book, year: int, number: int, reason: str) -> Entry:
        """Strike a line out, with the reason; the number stays used."""
        require(actor, "register")
        with self._write() as connection:
            return register.cancel(connection, actor, book, year, number=number, reason=reason)

    def open_book(self, actor: Actor, book: Book, year: int, first: int) -> None:
        """Let a book go on at a number (an office that changes over within a year)."""
        require(actor, "open_book")
        with self._write() as connection:
            register.open_book(connection, actor, book, year, first)

    def register_entries(self, actor: Actor, book: Book = "đến", **filters: Any) -> tuple[list[Entry], int]:
        """Lines of a book and their number in all; filters: see ``register.listing``."""
        require(actor, "read")
        with self.database.read() as connection:
            return register.listing(connection, book, **filters)

    def entries_of(self, actor: Actor, record_id: str) -> list[Entry]:
        """The lines of one document in both books."""
        require(actor, "read")
        with self.database.read() as connection:
            return register.entries_of(connection, record_id)

    # --- tasks ---

    def tasks(self, actor: Actor, **filters: Any) -> list[TaskRow]:
        """Tasks, undone ones first and by day; filters: see ``tasks.listing``."""
        require(actor, "read")
        with self.database.read() as connection:
            return tasks.listing(connection, **filters)

    def tasks_by_day(self, actor: Actor, **filters: Any) -> dict[str, tuple[int, list[TaskRow]]]:
        """ISO day → how many tasks are due on it, and the first of them; filters: see ``tasks.by_day``."""
        require(actor, "read")
        with self.database.read() as connection:
            return tasks.by_day(connection, **filters)

    def task_counts(self, actor: Actor, today: date | None = None, **filters: Any) -> dict[str, int]:
        """How many tasks are "chưa làm", "đang làm", "xong", and "quá hạn" (of the first two)."""
        require(actor, "read")
        with self.database.read() as connection:
            return tasks.counts(connection, (today or date.today()).isoformat(), **filters)

    def set_task(self, actor: Actor, task_id: int, state: TaskState, note: str = "") -> None:
        """Say how far a task is; every change is kept (``task_history``)."""
        require(actor, "set_task")
        with self._write() as connection:
            tasks.set_state(connection, actor, task_id, state, note)

    def task_history(self, actor: Actor, task_id: int) -> list[dict[str, Any]]:
        """Who said what about a task, oldest first."""
        require(actor, "read")
        with self.database.read() as connection:
            return tasks.history(connection, task_id)

    def deadlines(self, actor: Actor, **filters: Any) -> list[DeadlineRow]:
        """Deadlines that belong to no task, by day; filters: see ``deadlines.listing``."""
        require(actor, "read")
        with self.database.read() as connection:
            return deadlines.listing(connection, **filters)

    def deadlines_by_day(self, actor: Actor, **filters: Any) -> dict[str, tuple[int, list[DeadlineRow]]]:
        """ISO day → how many deadlines of no task end on it, and the first; filters: see ``deadlines.by_day``."""
        require(actor, "read")
        with self.database.read() as connection:
            return deadlines.by_day(connection, **filters)

    # --- duplicates ---

    def duplicates(self, actor: Actor, record_id: str | None = None, *, open_only: bool = False) -> list[Duplicate]:
        """Pairs of records that may be one document."""
        require(actor, "read")
        with self.database.read() as connection:
            return duplicates.listing(connection, record_id=record_id, open_only=open_only)

    def decide_duplicate(self, actor: Actor, duplicate_id: int, answer: Answer, note: str = "") -> Duplicate:
        """Say whether two records are the same document or different ones; remembered, and may be revised."""
        require(actor, "decide_duplicate")
        with self._write() as connection:
            return duplicates.decide(connection, actor, duplicate_id, answer, note)

    # --- accounts ---

    def create_user(self, actor: Actor, name: str, role: Role, password: str) -> User:
        """Make an account (``UserInvalid`` for a taken name or a short password)."""
        require(actor, "users")
        with self._write() as connection:
            return users.create(connection, actor, name, role, password)

    def create_first_user(self, name: str, password: str) -> User:
        """Make the first account, an administrator's; refused (``UserInvalid``) once there is any account."""
        from pipeline.store.errors import UserInvalid

        actor = Actor(name, Role.ADMIN)
        with self._write() as connection:
            if not users.is_empty(connection):
                raise UserInvalid(name=name, reason="kho đã có tài khoản quản trị")
            return users.create(connection, actor, name, Role.ADMIN, password)

    def change_user(
        self,
        actor: Actor,
        name: str,
        *,
        role: Role | None = None,
        password: str | None = None,
        active: bool | None = None,
    ) -> User:
        """Change an account; people change their own password, everything else is the administrator's."""
        own_password = actor.name == name and role is None and active is None and password is not None
        if not own_password:
            require(actor, "users")
        with self._write() as connection:
            return users.change(connection, actor, name, role=role, password=password, active=active)

    def users(self, actor: Actor) -> list[User]:
        """Every account, by name."""
        require(actor, "users")
        with self.database.read() as connection:
            return users.listing(connection)

    def has_users(self) -> bool:
        """Whether anybody can sign in yet."""
        with self.database.read() as connection:
            return not users.is_empty(connection)

    def account(self, name: str) -> Actor | None:
        """The actor behind an account that may be used, None when there is none such.

        For a service that has found out by itself who is there (a session of its own, a provider of identities):
        it asks this on every request, so that a closed account or a changed role holds at once.
        """
        with self.database.read() as connection:
            return users.usable(connection, name)

    def authenticate(self, name: str, password: str) -> Actor:
        """The actor behind a name and password; raises ``SignInFailed``."""
        with self.database.read() as connection:
            return users.authenticate(connection, name, password)

"""Tasks that documents give, and how far each is: chưa làm, đang làm, xong.

A task's row outlives re-extraction: a new reading's tasks are matched to the rows that are there (same text, else the
one clearly alike), so that a state set by a person stays with its task.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz import fuzz
from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from pipeline.record.models import Record, Task
from pipeline.store import audit, schema
from pipeline.store.actors import Actor
from pipeline.store.calendar_days import first_of_each_day
from pipeline.store.columns import now
from pipeline.store.errors import NotFound
from pipeline.store.fold import searchable

TaskState = Literal["chưa làm", "đang làm", "xong"]
STATES: tuple[TaskState, ...] = ("chưa làm", "đang làm", "xong")
# Two readings of one item by OCR differ by a few per cent of their characters; two items of a list by far more.
_ALIKE = 88.0


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with its document; ``due`` is an ISO day or minute; ``present`` is false when the last reading lost it."""

    id: int
    record_id: str
    ordinal: int | None
    section: str | None
    text: str
    assignees: list[str]
    due: str | None
    state: TaskState
    state_at: str | None
    state_by: str | None
    number: str | None
    doc_type: str | None
    date: str | None
    issuer: str | None
    subject: str | None

    @property
    def present(self) -> bool:
        return self.ordinal is not None

    def overdue(self, today: datetime.date) -> bool:
        """Whether it is not done and its day has passed."""
        return self.state != "xong" and self.due is not None and self.due[:10] < today.isoformat()


def refresh(connection: Connection, document_id: int, record: Record) -> None:
    """Bring the task rows of a document to those of its effective record."""
    table = schema.task
    old = list(connection.execute(select(table).where(table.c.document_id == document_id).order_by(table.c.id)))
    if not old:
        rows = [
            {**_values(record, at, task), "document_id": document_id, "state": STATES[0]}
            for at, task in enumerate(record.tasks)
        ]
        if rows:
            connection.execute(insert(table), rows)
        return
    free = {row.id: row for row in old}
    matched: dict[int, int] = {}
    keys = [_key(task.text) for task in record.tasks]
    for at, key in enumerate(keys):
        same = next((row_id for row_id, row in free.items() if row.text_key == key), None)
        if same is not None:
            matched[at] = same
            del free[same]
    for at, key in enumerate(keys):
        if at in matched:
            continue
        alike = sorted(((fuzz.ratio(key, row.text_key), row_id) for row_id, row in free.items()), reverse=True)
        if alike and alike[0][0] >= _ALIKE and (len(alike) == 1 or alike[1][0] < _ALIKE):
            matched[at] = alike[0][1]
            del free[alike[0][1]]
    for at, task in enumerate(record.tasks):
        values = _values(record, at, task)
        if at in matched:
            connection.execute(update(table).where(table.c.id == matched[at]).values(values))
        else:
            connection.execute(insert(table).values(document_id=document_id, state=STATES[0], **values))
    for row_id, row in free.items():
        if row.state_by is None:
            connection.execute(delete(table).where(table.c.id == row_id))
        else:  # somebody worked on it: it stays, marked as no longer in the record
            connection.execute(update(table).where(table.c.id == row_id).values(ordinal=None))


def _values(record: Record, at: int, task: Task) -> dict[str, Any]:
    due = task.deadline or next((d.due for d in record.deadlines if d.task == at and d.due), None)
    return {
        "ordinal": at, "section": task.section, "text": task.text, "text_key": _key(task.text),
        "assignees": task.assignees, "assignees_key": searchable(" | ".join(task.assignees)), "due": due,
    }  # fmt: skip


def _key(text: str) -> str:
    return " ".join(searchable(text).split())


def set_state(connection: Connection, actor: Actor, task_id: int, state: str, note: str = "") -> None:
    """Say how far a task is; raises ``NotFound``, and ValueError for an unknown state."""
    if state not in STATES:
        raise ValueError(f"unknown state {state!r}")
    table = schema.task
    row = connection.execute(
        select(table.c.id, table.c.state, table.c.text, schema.document.c.record_id)
        .join(schema.document, schema.document.c.id == table.c.document_id)
        .where(table.c.id == task_id)
    ).first()
    if row is None:
        raise NotFound(what="nhiệm vụ", key=str(task_id))
    moment = now()
    connection.execute(
        insert(schema.task_event).values(
            task_id=task_id, state=state, at=moment, actor=actor.name, role=actor.role.value, note=note
        )
    )
    connection.execute(
        update(table).where(table.c.id == task_id).values(state=state, state_at=moment, state_by=actor.name)
    )
    details = {"task": task_id, "text": row.text, "from": row.state, "to": state, "note": note}
    audit.append(connection, actor, "set_task", row.record_id, details)


def listing(
    connection: Connection, *, state: str | None = None, due_from: str | None = None, due_to: str | None = None,
    unit: str | None = None, record_id: str | None = None, dated_only: bool = False, undone: bool = False,
    newest_due: bool = False, limit: int = 200, offset: int = 0,
) -> list[TaskRow]:  # fmt: skip
    """Tasks of documents that are not withdrawn: undone first, then by day (those without a day last).

    ``undone`` leaves out what is done; ``newest_due`` turns the days round, the latest first.
    """
    table, document = schema.task, schema.document
    in_order = bool(undone or state) and bool(due_from or due_to or dated_only)
    if not (in_order or unit or record_id or offset):
        # The first page is nearly always full of undone tasks with a day, which the index on the day has in order.
        first = listing(
            connection, state=state, due_from=due_from, due_to=due_to, dated_only=True, undone=undone or not state,
            newest_due=newest_due, limit=limit,
        )  # fmt: skip
        if len(first) == limit:
            return first
    days = [table.c.due.desc() if newest_due else table.c.due, table.c.id]
    # A constant that the index on the day need not sort by: a hundred thousand documents have as many tasks.
    order = days if in_order else [table.c.state == "xong", table.c.due.is_(None), *days]
    of_tasks: dict[str, Any] = {"state": state, "due_from": due_from, "due_to": due_to, "dated_only": dated_only}
    undone_only = [table.c.state != "xong"] if undone else []
    if unit or record_id:
        where = [*_where(unit=unit, record_id=record_id, **of_tasks), *undone_only]
    else:
        # Which tasks: told by an index of tasks alone, less those of the few documents that were ever withdrawn.
        gone = select(table.c.id).join(document, document.c.id == table.c.document_id)
        chosen = [*_of_tasks(**of_tasks), table.c.id.not_in(gone.where(document.c.state == "withdrawn")), *undone_only]
        page = select(table.c.id).where(*chosen).order_by(*order).limit(limit).offset(offset)
        where, offset = [table.c.id.in_(page.subquery().select())], 0
    query = _rows().where(*where).order_by(*order).limit(limit).offset(offset)
    return [TaskRow(**row._mapping) for row in connection.execute(query)]


def _rows() -> Select[Any]:
    """Rows of ``TaskRow``: tasks with what is shown of their documents."""
    table, document = schema.task, schema.document
    return select(
        table.c.id, document.c.record_id, table.c.ordinal, table.c.section, table.c.text, table.c.assignees,
        table.c.due, table.c.state, table.c.state_at, table.c.state_by, document.c.number, document.c.doc_type,
        document.c.date, document.c.issuer, document.c.subject,
    ).join(document, document.c.id == table.c.document_id)  # fmt: skip


def by_day(
    connection: Connection, *, due_from: str, due_to: str, each: int, state: str | None = None, unit: str | None = None,
) -> dict[str, tuple[int, list[TaskRow]]]:  # fmt: skip
    """ISO day → how many tasks are due on it, and the first ``each`` of them, undone ones first."""
    table = schema.task
    return first_of_each_day(
        connection, table, _rows(), TaskRow, day=table.c.due,
        order=[table.c.state == "xong", table.c.due, table.c.id],
        where=_where(state=state, due_from=due_from, due_to=due_to, unit=unit), each=each,
    )  # fmt: skip


def counts(connection: Connection, today: str, **filters: Any) -> dict[str, int]:
    """How many tasks are in each state, and how many are overdue, under the filters of ``listing``."""
    found = dict.fromkeys((*STATES, "quá hạn"), 0)
    if filters.get("unit") or filters.get("record_id"):
        _count(connection, today, found, 1, _where(**filters))
        return found
    # Few documents are ever withdrawn: what is counted of all tasks, state by state from the index alone (grouping
    # all of them takes ten times as long), less what theirs count.
    table, document = schema.task, schema.document
    where = _of_tasks(**{name: value for name, value in filters.items() if name not in ("unit", "record_id")})
    late = [table.c.state.in_([state for state in STATES if state != "xong"]), table.c.due < today]
    wanted: dict[str, list[Any]] = {state: [table.c.state == state] for state in STATES}
    wanted["quá hạn"] = late
    many = [
        select(func.count()).select_from(table).where(*where, *of_these).scalar_subquery()
        for of_these in wanted.values()
    ]
    found.update(zip(wanted, connection.execute(select(*many)).one(), strict=True))
    _count(connection, today, found, -1, [*where, document.c.state == "withdrawn"])
    return found


def _count(connection: Connection, today: str, found: dict[str, int], sign: int, where: list[Any]) -> None:
    table, document = schema.task, schema.document
    past = and_(table.c.due.is_not(None), table.c.due < today).label("past")
    query = select(table.c.state, past, func.count().label("many"))
    query = query.join(document, document.c.id == table.c.document_id)
    for row in connection.execute(query.where(*where).group_by(table.c.state, "past")):
        found[row.state] += sign * row.many
        if row.past and row.state != "xong":
            found["quá hạn"] += sign * row.many


def _where(
    *,
    state: str | None = None,
    due_from: str | None = None,
    due_to: str | None = None,
    unit: str | None = None,
    record_id: str | None = None,
    dated_only: bool = False,
) -> list[Any]:
    """The conditions of ``listing``, which joins the documents.

    A row without an ordinal is there only because somebody worked on it (``refresh``), so it is always shown.
    """
    table, document = schema.task, schema.document
    where = _of_tasks(state=state, due_from=due_from, due_to=due_to, dated_only=dated_only)
    where.append(document.c.state != "withdrawn")
    if unit:
        where.append(table.c.assignees_key.contains(_key(unit)))
    if record_id:
        where.append(document.c.record_id == record_id)
    return where


def _of_tasks(
    *, state: str | None = None, due_from: str | None = None, due_to: str | None = None, dated_only: bool = False
) -> list[Any]:
    """The conditions that an index of tasks answers by itself."""
    table, where = schema.task, []
    if state:
        where.append(table.c.state == state)
    if due_from:
        where.append(table.c.due >= due_from)
    if due_to:
        where.append(table.c.due <= due_to + "T99")  # a due minute of that day still belongs to it
    if dated_only:
        where.append(table.c.due.is_not(None))
    return where


def history(connection: Connection, task_id: int) -> list[dict[str, Any]]:
    """Who said what about a task, oldest first: ``at``, ``actor``, ``role``, ``state``, ``note``."""
    table = schema.task_event
    rows = connection.execute(
        select(table.c.at, table.c.actor, table.c.role, table.c.state, table.c.note)
        .where(table.c.task_id == task_id)
        .order_by(table.c.id)
    )
    return [dict(row._mapping) for row in rows]

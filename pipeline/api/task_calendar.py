"""Tasks and deadlines of the archive as one calendar (RFC 5545), for programs that subscribe to it.

An event for each day, because phones and web calendars show no to-dos of subscribed calendars; ``todos`` gives to-dos
(VTODO) instead, for programs that keep lists of tasks.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pipeline.export.calendar import ZONE
from pipeline.export.cells import vietnamese_date
from pipeline.store.deadlines import DeadlineRow
from pipeline.store.tasks import TaskRow

_UIDS = uuid.UUID("0d9a3c52-9a55-5b40-8b0f-7d5e2f6b1c77")
_STATUS = {"chưa làm": "NEEDS-ACTION", "đang làm": "IN-PROCESS", "xong": "COMPLETED"}
_DONE = "✓ "
_LONGEST = 160


def task_calendar(
    tasks: Sequence[TaskRow], deadlines: Sequence[DeadlineRow] = (), *, todos: bool = False,
    name: str = "Nhiệm vụ và thời hạn",
) -> bytes:  # fmt: skip
    """The tasks that have a day, and the deadlines of no task; what has no day cannot stand in a calendar."""
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", "-//congvan//Nhiem vu//VI")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", name)
    book.add("x-wr-timezone", ZONE.key)
    # How often to look again: the first is RFC 7986, the second what Outlook reads.
    book.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", "PT1H")
    for task in tasks:
        when = _moment(task.due)
        if when is not None:
            book.add_component(_todo(task, when) if todos else _event_of_task(task, when))
    for deadline in deadlines:
        event = _event_of_deadline(deadline)
        if event is not None:
            book.add_component(event)
    if any(isinstance(_moment(one.due), datetime) for one in tasks):
        book.add_missing_timezones()
    return bytes(book.to_ical())


def _moment(text: str | None) -> date | datetime | None:
    """A day, or a minute in Vietnam; None for none and for a day that no calendar has (31 February)."""
    try:
        if not text:
            return None
        return datetime.fromisoformat(text).replace(tzinfo=ZONE) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


def _label(row: TaskRow | DeadlineRow) -> str:
    return f"{(row.doc_type or 'văn bản').capitalize()} {row.number or 'chưa rõ số'}"


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _stamp(row: TaskRow | DeadlineRow) -> datetime:
    """When it last changed, so that a calendar asked for twice is the same bytes."""
    told = row.state_at if isinstance(row, TaskRow) else row.updated_at
    moment = datetime.fromisoformat(told) if told else None
    if moment is None:
        day = _moment(row.date)
        moment = datetime.combine(day, time()) if isinstance(day, date) else datetime(1970, 1, 1)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _said(component: Any, row: TaskRow | DeadlineRow, *, key: str, head: str, body: Sequence[str | None]) -> Any:
    component.add("uid", f"{uuid.uuid5(_UIDS, key)}@congvan")
    component.add("dtstamp", _stamp(row))
    component.add("summary", _clipped(head))
    dated = f" ngày {vietnamese_date(row.date)}" if row.date else ""
    told = [*body, f"{_label(row)}{dated}, {row.issuer or 'chưa rõ cơ quan'}: {row.subject or ''}".rstrip(": ")]
    component.add("description", "\n".join(part for part in told if part))
    return component


def _spanned(event: Any, start: date | datetime, end: date | datetime | None = None, *, alarm: bool = True) -> Any:
    from icalendar import Alarm

    event.add("dtstart", start)
    if not isinstance(start, datetime):
        event.add("dtend", (end or start) + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if alarm:
        bell = Alarm()
        bell.add("action", "DISPLAY")
        bell.add("description", "Sắp đến hạn")
        bell.add("trigger", timedelta(days=-1))
        event.add_component(bell)
    return event


def _event_of_task(task: TaskRow, when: date | datetime) -> Any:
    from icalendar import Event

    done = task.state == "xong"
    head = f"{_DONE if done else ''}{task.text}"
    body = [task.text, "; ".join(task.assignees), f"Trạng thái: {task.state}"]
    event = _said(Event(), task, key=f"task {task.id} {task.record_id}", head=head, body=body)
    return _spanned(event, when, alarm=not done)


def _todo(task: TaskRow, when: date | datetime) -> Any:
    from icalendar import Todo

    body = [task.text, "; ".join(task.assignees)]
    todo = _said(Todo(), task, key=f"task {task.id} {task.record_id}", head=task.text, body=body)
    todo.add("due", when)
    todo.add("status", _STATUS[task.state])
    return todo


def _event_of_deadline(row: DeadlineRow) -> Any:
    from icalendar import Event, vRecur

    start, end = _moment(row.start), _moment(row.day)
    if row.rule:
        start, end = _first(row), None
    elif start is None or isinstance(end, datetime):
        start, end = end, None
    if start is None:
        return None
    head = f"{row.subject or row.raw} ({_label(row)})"
    body = [f"Nguyên văn: {row.raw}"]
    event = _said(Event(), row, key=f"deadline {row.record_id} {row.ordinal} {row.raw}", head=head, body=body)
    if row.rule:
        event.add("rrule", vRecur.from_ical(row.rule.removeprefix("RRULE:")))
    return _spanned(event, start, end)


def _first(row: DeadlineRow) -> date | None:
    """The first day of a cycle on or after its start or the document's day."""
    from dateutil.rrule import rrulestr

    begin = _moment(row.start or row.date)
    if not isinstance(begin, date) or not row.rule:
        return None
    try:
        rule = rrulestr(row.rule.removeprefix("RRULE:"), dtstart=datetime.combine(begin, time()))
        first = next(iter(rule), None)
    except (ValueError, OverflowError):
        return None
    return first.date() if first else None

"""The tasks with a day as an iCalendar file (RFC 5545): a to-do for each, for the office's calendar program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from pipeline.store.tasks import TaskRow
from pipeline.ui.display import title

_STATUS = {"chưa làm": "NEEDS-ACTION", "đang làm": "IN-PROCESS", "xong": "COMPLETED"}


def calendar(tasks: Sequence[TaskRow]) -> bytes:
    """To-dos of the tasks that have a day; a day without a time is due at its end."""
    from icalendar import Calendar, Todo

    book = Calendar()
    book.add("prodid", "-//congvan//nhiem vu//VI")
    book.add("version", "2.0")
    book.add("x-wr-calname", "Nhiệm vụ và thời hạn")
    for task in tasks:
        if not task.due:
            continue
        todo = Todo()
        todo.add("uid", f"nhiem-vu-{task.id}-{task.record_id}@congvan")
        todo.add("dtstamp", datetime.fromisoformat(task.state_at) if task.state_at else _midnight(task.date))
        todo.add("summary", f"{title(task)}: {task.text}"[:200])
        todo.add("description", "\n".join(filter(None, [task.text, task.subject, "; ".join(task.assignees)])))
        todo.add("due", datetime.fromisoformat(task.due) if "T" in task.due else date.fromisoformat(task.due))
        todo.add("status", _STATUS[task.state])
        book.add_component(todo)
    return bytes(book.to_ical())


def _midnight(day: str | None) -> datetime:
    # The stamp must not change from one download to the next, or programs take every to-do for a changed one.
    return datetime.fromisoformat(day or "1970-01-01").replace(tzinfo=UTC)

"""What the list, the board and the calendar of tasks show (``components.task_board`` draws it)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.store.deadlines import DeadlineRow
from pipeline.store.tasks import STATES, TaskRow
from pipeline.ui.display import day, item, left, moment, title
from pipeline.ui.tables import address

EACH_DAY = 4
"""Tasks, and deadlines, of a day that its square in the calendar has room for."""
_WEEK = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_Days = Mapping[str, tuple[int, Sequence[TaskRow | DeadlineRow]]]


def listed(tasks: Sequence[TaskRow], today: date) -> dict[str, Any]:
    """Tasks one under the other."""
    return {"view": "list", "states": STATES, "tasks": [_task(task, today) for task in tasks]}


def board(columns: Mapping[str, tuple[int, Sequence[TaskRow]]], today: date) -> dict[str, Any]:
    """A column for each state: how many tasks are in it, and those that are shown."""
    return {
        "view": "board", "states": STATES,
        "columns": [{"state": state, "many": many} for state, (many, _) in columns.items()],
        "tasks": [_task(task, today) for _, tasks in columns.values() for task in tasks],
    }  # fmt: skip


def month(first: date, tasks: _Days, deadlines: _Days, today: date) -> dict[str, Any]:
    """The weeks of a month, day by day, with the first tasks of each day and how many more there are."""
    weeks = [[_square(one, first.month, tasks, deadlines, today) for one in week] for week in weeks_of(first)]
    return {"view": "calendar", "names": _WEEK, "weeks": weeks}


def weeks_of(first: date) -> list[list[date]]:
    """The whole weeks that a month lies in."""
    return calendar.Calendar().monthdatescalendar(first.year, first.month)


def _task(task: TaskRow, today: date) -> dict[str, Any]:
    moved = f"{task.state}: {task.state_by}, {moment(task.state_at)}" if task.state_by else ""
    return {
        "id": task.id, "state": task.state, "when": day(task.due) or "không có hạn",
        "left": left(task.due, today) if task.state != "xong" else "", "late": task.overdue(today),
        "text": item(task.text), "who": "; ".join(task.assignees), "document": title(task), "record": task.record_id,
        "href": address("duyet", **{"ban-ghi": task.record_id}), "issuer": task.issuer or "", "moved": moved,
    }  # fmt: skip


def _square(one: date, of_month: int, tasks: _Days, deadlines: _Days, today: date) -> dict[str, Any]:
    iso = one.isoformat()
    found = [days.get(iso, (0, [])) for days in (tasks, deadlines)]
    shown = [card for _, some in found for card in some][:EACH_DAY]
    return {
        "day": one.day, "iso": iso, "told": day(iso), "out": one.month != of_month, "today": one == today,
        "cards": [_card(card, today) for card in shown], "rest": sum(many for many, _ in found) - len(shown),
    }  # fmt: skip


def _card(what: TaskRow | DeadlineRow, today: date) -> dict[str, str]:
    if isinstance(what, DeadlineRow):
        return {"text": f"{what.raw}: {what.subject or ''}", "kind": "own", "record": what.record_id}
    kind = "done" if what.state == "xong" else "late" if what.overdue(today) else "open"
    return {"text": item(what.text), "kind": kind, "record": what.record_id}

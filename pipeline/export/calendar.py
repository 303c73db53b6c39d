"""Deadlines as iCalendar (RFC 5545): an event for each, with a UID that stays while the deadline stays what it is.

What has no day yet (a term counted from a day of arrival that nobody knows) is left out and named in ``left_out``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.export.cells import vietnamese_date
from pipeline.export.items import Item
from pipeline.record.models import Deadline, Record

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # +07:00 all year
_UIDS = uuid.UUID("6d1f5a52-5f0c-5f0b-9b7a-0d0c6b7f3c11")


@dataclass(slots=True)
class Calendar:
    """The calendar's text, how many events it has, and what could not stand in it (Vietnamese)."""

    data: bytes
    events: int
    left_out: list[str] = field(default_factory=list)


def calendar(items: Iterable[Item], name: str = "Thời hạn văn bản") -> Calendar:
    """The deadlines and dated tasks of documents."""
    from icalendar import Alarm, Event, vRecur
    from icalendar import Calendar as Ical

    out = Ical()
    out.add("prodid", "-//congvan//Thoi han van ban//VI")
    out.add("version", "2.0")
    out.add("method", "PUBLISH")
    out.add("x-wr-calname", name)
    out.add("x-wr-timezone", ZONE.key)
    left_out: list[str] = []
    count = 0
    zoned = False
    for item in items:
        seen: dict[str, int] = {}
        for deadline, task in _deadlines(item.record):
            start, end = _when(deadline, item.record)
            if start is None:
                left_out.append(f"{_label(item.record)}: «{deadline.raw}» chưa tính được ngày.")
                continue
            event = Event()
            key = f"{item.record.id}\n{deadline.kind}\n{deadline.raw}\n{task or ''}"
            seen[key] = seen.get(key, 0) + 1
            event.add("uid", f"{uuid.uuid5(_UIDS, key + str(seen[key]))}@congvan")
            event.add("dtstamp", _stamp(item))
            event.add("summary", _summary(deadline, task, item.record))
            event.add("description", "\n".join(part for part in (
                f"{_label(item.record)}: {item.record.subject or ''}".rstrip(": "), task, f"Nguyên văn: {deadline.raw}")
                if part))  # fmt: skip
            event.add("dtstart", start)
            zoned = zoned or isinstance(start, datetime)
            if end is not None:
                event.add("dtend", end)
            if deadline.rule:
                event.add("rrule", vRecur.from_ical(deadline.rule.removeprefix("RRULE:")))
            event.add("transp", "TRANSPARENT")
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", "Sắp đến hạn")
            alarm.add("trigger", timedelta(days=-1))
            event.add_component(alarm)
            out.add_component(event)
            count += 1
    if zoned:
        out.add_missing_timezones()
    return Calendar(out.to_ical(), count, left_out)


def _deadlines(record: Record) -> Iterator[tuple[Deadline, str | None]]:
    """Deadlines with the text of their task; a task's own day that no deadline tells comes last."""
    told = set()
    for deadline in record.deadlines:
        if deadline.task is not None:
            told.add(deadline.task)
        yield deadline, record.tasks[deadline.task].text if deadline.task is not None else None
    for at, task in enumerate(record.tasks):
        if task.deadline and at not in told:
            told_by_task = {"kind": "due", "raw": vietnamese_date(task.deadline), "task": at, "due": task.deadline}
            yield Deadline.model_validate(told_by_task), task.text


def _when(deadline: Deadline, record: Record) -> tuple[date | datetime | None, date | datetime | None]:
    """Start and end; (None, None) when no day is known."""
    try:
        if deadline.kind == "period" and deadline.start and deadline.end:
            return date.fromisoformat(deadline.start), date.fromisoformat(deadline.end) + timedelta(days=1)
        if deadline.kind == "recurring":
            return _first(deadline, record), None
        if deadline.due is None:
            return None, None
        if "T" in deadline.due:
            moment = datetime.fromisoformat(deadline.due).replace(tzinfo=ZONE)
            return moment, None
        day = date.fromisoformat(deadline.due)
        return day, day + timedelta(days=1)
    except (ValueError, OverflowError):
        return None, None  # the record's pattern lets 31 February pass


def _first(deadline: Deadline, record: Record) -> date | None:
    """The first occurrence of a cycle on or after its start or the document's day."""
    from dateutil.rrule import rrulestr

    begin = deadline.start or record.date
    if begin is None or not deadline.rule:
        return None
    rule = rrulestr(deadline.rule, dtstart=datetime.combine(date.fromisoformat(begin), time()))
    first = next(iter(rule), None)
    return first.date() if first else None


def _summary(deadline: Deadline, task: str | None, record: Record) -> str:
    if deadline.kind == "period":
        head = "Thời gian thực hiện"
    elif deadline.kind == "recurring":
        head = "Định kỳ"
    else:
        word = "Trước" if deadline.bound == "before" else "Hạn"
        head = f"{word} {vietnamese_date(deadline.due)}"
    what = task or record.subject or deadline.raw
    return f"{head}: {what[:120]}{'…' if len(what) > 120 else ''} ({_label(record)})"


def _label(record: Record) -> str:
    return " ".join(part for part in ((record.doc_type or "văn bản").capitalize(), record.number or "chưa rõ số"))


def _stamp(item: Item) -> datetime:
    """When the event last changed: a calendar asked for twice is the same bytes."""
    if item.changed:
        return datetime.fromisoformat(item.changed).astimezone(UTC)
    if item.record.date:
        try:
            return datetime.combine(date.fromisoformat(item.record.date), time(), UTC)
        except ValueError:
            pass
    return datetime(1970, 1, 1, tzinfo=UTC)

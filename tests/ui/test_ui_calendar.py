"""The calendar of tasks: what stands in it, and who may read its address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from ui_people import ADMIN, CLERK, OFFICER

from pipeline.api.app import create_app
from pipeline.api.ledger import Ledger
from pipeline.api.task_calendar import task_calendar
from pipeline.store.actors import Role
from pipeline.store.archive import Archive
from pipeline.store.deadlines import DeadlineRow
from pipeline.store.tasks import TaskRow
from pipeline.ui import server


def task(**fields: Any) -> TaskRow:
    given: dict[str, Any] = {
        "id": 7, "record_id": "r1", "ordinal": 0, "section": "1", "text": "Báo cáo kết quả", "assignees": ["Sở Y tế"],
        "due": "2021-06-30", "state": "chưa làm", "state_at": None, "state_by": None, "number": "5/UBND-VX",
        "doc_type": "công văn", "date": "2021-06-01", "issuer": "UBND tỉnh", "subject": "phòng dịch",
    }  # fmt: skip
    return TaskRow(**given | fields)


def deadline(**fields: Any) -> DeadlineRow:
    given: dict[str, Any] = {
        "id": 3, "record_id": "r1", "ordinal": 0, "kind": "due", "raw": "trước ngày 30/6/2021", "day": "2021-06-30",
        "bound": "before", "start": None, "rule": None, "number": "5/UBND-VX", "doc_type": "công văn",
        "date": "2021-06-01", "issuer": "UBND tỉnh", "subject": "phòng dịch",
        "updated_at": "2021-06-02T03:04:05.000000+00:00",
    }  # fmt: skip
    return DeadlineRow(**given | fields)


def events(tasks: list[TaskRow], deadlines: list[DeadlineRow], kind: str = "VEVENT") -> list[Any]:
    book = icalendar.Calendar.from_ical(task_calendar(tasks, deadlines, todos=kind == "VTODO"))
    return list(book.walk(kind))


@pytest.mark.parametrize(
    ("row", "start", "end"),
    [
        (task(), "2021-06-30", "2021-07-01"),  # the day itself: an event ends where the next day begins
        (task(due="2021-06-30T16:30"), "2021-06-30 16:30:00+07:00", None),  # the clock of Vietnam
        (deadline(), "2021-06-30", "2021-07-01"),
        (deadline(kind="period", start="2021-06-10", day="2021-06-30"), "2021-06-10", "2021-07-01"),
        (deadline(kind="recurring", day=None, rule="FREQ=MONTHLY;BYMONTHDAY=15"), "2021-06-15", "2021-06-16"),
    ],
    ids=["a day", "a minute", "a deadline of no task", "a period", "a cycle begins after the document's day"],
)  # fmt: skip
def test_a_day_stands_where_it_is(row: Any, start: str, end: str | None) -> None:
    [event] = events([row], []) if isinstance(row, TaskRow) else events([], [row])
    assert str(event.decoded("dtstart")) == start
    assert (str(event.decoded("dtend")) if "dtend" in event else None) == end


@pytest.mark.parametrize(
    "row",
    [
        task(due=None), task(due="2021-02-31"), deadline(day=None),
        deadline(kind="recurring", day=None, rule="X", date=None),
    ],
    ids=["no day", "a day that no calendar has", "a term whose day nobody knows", "a cycle without a beginning"],
)  # fmt: skip
def test_what_has_no_day_is_left_out(row: Any) -> None:
    assert (events([row], []) if isinstance(row, TaskRow) else events([], [row])) == []


def test_what_is_done_is_ticked_and_rings_no_more() -> None:
    [undone], [done] = events([task()], []), events([task(state="xong", state_at="2021-06-20T00:00:00+00:00")], [])
    assert [bool(one.walk("VALARM")) for one in (undone, done)] == [True, False]
    assert str(done["summary"]).startswith("✓ ")
    assert undone["uid"] == done["uid"]  # the same event, changed
    [todo] = events([task(state="xong")], [], "VTODO")
    assert str(todo["status"]) == "COMPLETED"


@given(st.text(max_size=300))
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    [event] = events([task(text=text)], [])
    kept = str(event["summary"]).replace("\r\n", "\n")
    assert len(events([task(text=text + "\r\nEND:VEVENT\r\nBEGIN:VEVENT")], [])) == 1
    assert len(kept) <= 160


def test_asked_twice_it_is_the_same() -> None:
    rows = [task(), task(id=8, due="2021-07-01T08:00")]
    assert task_calendar(rows, [deadline()]) == task_calendar(rows, [deadline()])


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive(folder) as made:
        yield made


@pytest.fixture(params=["the API", "the app"])
def ask(request: pytest.FixtureRequest, archive: Archive) -> Iterator[Any]:
    """Get the calendar of a token, from the API's server and from the app's."""
    if request.param == "the app":
        client = TestClient(Starlette(routes=server.routes()))
        yield lambda token: client.get(f"{server.CALENDAR_PATH}/{token}.ics")
        return
    with TestClient(create_app(archive)) as client:
        yield lambda token: client.get(f"/api/v1/feeds/{token}.ics")


@pytest.fixture
def ledger(archive: Archive) -> Iterator[Ledger]:
    made = Ledger(archive.folder)
    yield made
    made.close()


def test_the_address_alone_opens_its_calendar(ask: Any, archive: Archive, ledger: Ledger) -> None:
    token, _ = ledger.create_feed(CLERK.name)
    answer = ask(token)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["etag"]
    assert token not in answer.text
    assert ask(token[:-1] + ("A" if token[-1] != "A" else "B")).status_code == 404
    assert ask("x" * 43).status_code == 404


@pytest.mark.parametrize("end", ["taken back", "account closed"])
def test_a_calendar_ends_with_its_address_or_its_account(ask: Any, archive: Archive, ledger: Ledger, end: str) -> None:
    token, feed = ledger.create_feed(OFFICER.name)
    ledger.revoke_feed(CLERK.name, feed.id)  # not theirs: nothing happens
    assert ask(token).status_code == 200
    if end == "taken back":
        ledger.revoke_feed(OFFICER.name, feed.id)
    else:
        archive.change_user(ADMIN, OFFICER.name, active=False)
    assert ask(token).status_code == 404


def test_a_calendar_of_the_demo_is_worth_nothing_where_there_are_accounts(
    ask: Any, archive: Archive, ledger: Ledger
) -> None:
    token, _ = ledger.create_feed("Bản thử", role=Role.ADMIN)
    assert archive.has_users()
    assert ask(token).status_code == 404


def test_a_units_calendar_has_its_tasks_alone(archive: Archive) -> None:
    from pipeline.api.feeds import feed_bytes
    from pipeline.api.ledger import Feed

    some = [row for row in archive.tasks(CLERK) if row.assignees][:3]
    for row in some:
        archive.correct(CLERK, row.record_id, f"/tasks/{row.ordinal}/deadline", "2019-06-20")
    unit = some[0].assignees[0]
    feed = Feed("f", CLERK.name, None, unit, "", None)
    found = icalendar.Calendar.from_ical(feed_bytes(archive, CLERK, feed, today=date(2019, 6, 1))).walk("VEVENT")
    mine = [row for row in archive.tasks(CLERK, unit=unit, dated_only=True) if (row.due or "") >= "2018-04-27"]
    assert len(found) == len(mine) > 0

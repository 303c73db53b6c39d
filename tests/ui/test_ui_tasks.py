"""Tasks in a real browser: moved, opened, found in the calendar; and what is sent to be drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ui_people import CLERK
from ui_running import Running

from pipeline.store.archive import Archive
from pipeline.store.tasks import TaskRow
from pipeline.ui import task_drawing
from pipeline.ui.pages import tasks as tasks_page

TODAY = date(2026, 3, 15)


def task(day: int, *, state: Any = "chưa làm") -> TaskRow:
    return TaskRow(
        id=day, record_id=f"r{day}", ordinal=0, section="1", text=f"- Việc ngày {day}",
        assignees=["Sở Y tế", "Sở Tài chính"], due=f"2026-03-{day:02}", state=state, state_at=None,
        state_by=None, number="1/UBND", doc_type="công văn", date="2026-03-01", issuer="UBND", subject="x",
    )  # fmt: skip


def test_a_month_has_whole_weeks_and_counts_what_has_no_room() -> None:
    days = {"2026-03-10": (9, [task(10), task(10, state="xong")]), "2026-03-20": (1, [task(20)])}
    drawing = task_drawing.month(date(2026, 3, 1), days, {}, TODAY)
    squares = {square["iso"]: square for week in drawing["weeks"] for square in week}
    assert (min(squares), max(squares), len(squares)) == ("2026-02-23", "2026-04-05", 42)
    assert [squares[iso]["out"] for iso in ("2026-02-28", "2026-03-01", "2026-04-01")] == [True, False, True]
    assert [square["iso"] for square in squares.values() if square["today"]] == ["2026-03-15"]
    told = squares["2026-03-10"]
    assert ([card["kind"] for card in told["cards"]], told["rest"]) == (["late", "done"], 7)
    assert ([card["kind"] for card in squares["2026-03-20"]["cards"]], squares["2026-03-20"]["rest"]) == (["open"], 0)


def test_a_done_task_is_never_late_and_a_point_loses_its_dash() -> None:
    drawing = task_drawing.listed([task(1), task(1, state="xong"), task(20)], TODAY)
    assert [(one["late"], one["left"]) for one in drawing["tasks"]] == [
        (True, "quá hạn 14 ngày"), (False, ""), (False, "còn 5 ngày"),
    ]  # fmt: skip
    assert drawing["tasks"][0]["text"] == "Việc ngày 1"


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ({}, {"2026-03-09", "2026-03-15", "2026-03-20"}),
        ({"due_to": "2026-03-14"}, {"2026-03-09"}),
        ({"due_from": "2026-03-15", "due_to": "2026-03-15"}, {"2026-03-15"}),
        ({"due_from": "2026-03-15", "due_to": "2026-04-30"}, {"2026-03-15", "2026-03-20"}),
        ({"due_from": "2026-04-06"}, set()),
    ],
    ids=["every day", "overdue", "one day", "on into the next month", "after the month"],
)  # fmt: skip
def test_the_calendar_keeps_to_the_span_asked_for(folder: Path, span: dict[str, str], days: set[str]) -> None:
    with Archive(folder) as archive:
        rows = [row for row in archive.tasks(CLERK) if row.ordinal is not None]
        for row, day in zip(rows, (9, 15, 20), strict=False):
            archive.correct(CLERK, row.record_id, f"/tasks/{row.ordinal}/deadline", f"2026-03-{day:02}")
        filters = {"unit": None, "state": None, **span}
        tasks, _ = tasks_page._squares(CLERK, archive, filters, date(2026, 3, 1))
    assert set(tasks) == days


@pytest.mark.browser
def test_tasks_are_moved_opened_and_found_by_day(start: Callable[..., Running], page: Any) -> None:
    app = start(demo=True)
    with app.archive() as archive:
        rows = archive.tasks(CLERK)
        first = next(row for row in rows if row.ordinal is not None)
        archive.correct(CLERK, first.record_id, f"/tasks/{first.ordinal}/deadline", date.today().isoformat())
    page.goto(f"{app.url}/nhiem-vu")
    lines = page.locator(".tasks .line")
    lines.first.wait_for()
    assert lines.count() == min(15, len(rows))
    assert "hôm nay" in lines.first.inner_text()

    # Its state is said on its line, and kept with who said it.
    lines.first.get_by_role("combobox").select_option("đang làm")
    page.get_by_text("đang làm: ").wait_for()
    with app.archive() as archive:
        [moved] = archive.tasks(CLERK, state="đang làm")
    assert (moved.text, moved.state_by) == (first.text, "Bản thử")

    page.get_by_role("radio", name="Bảng").or_(page.get_by_role("button", name="Bảng")).first.click()
    doing = page.get_by_role("region", name="Đang làm")
    doing.get_by_role("button", name="Xong").click()
    page.get_by_role("region", name="Xong").get_by_role("article").wait_for()
    assert doing.get_by_role("article").count() == 0

    # The calendar has it on its day, and leads to its document without loading the app anew.
    page.get_by_role("radio", name="Lịch").or_(page.get_by_role("button", name="Lịch")).first.click()
    page.evaluate("window.here = true")
    page.locator("td.now .card.done").first.click()
    page.frame_locator("iframe[title*='congvan_review']").locator(".form .row").first.wait_for()
    assert page.evaluate("window.here")

"""Lunar days as deadlines: named in every usual way, and against the calendar day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_vn import convert_solar_to_lunar

from pipeline.language.deadlines import find_deadlines
from pipeline.language.lunar import lunar_day_at
from pipeline.lexicon.fold import fold, strip_marks

ISSUED = date(2025, 12, 5)

NAMED = [
    # (text, what it stands for): Tết Bính Ngọ is 17/02/2026
    ("28 tháng Chạp", "2026-02-15"),
    ("ngày 25 tháng Chạp năm Ất Tỵ", "2026-02-12"),
    ("ngày 06 tháng Giêng năm Bính Ngọ", "2026-02-22"),
    ("mùng 6 Tết", "2026-02-22"),
    ("28 Tết", "2026-02-15"),
    ("ngày 10/3 âm lịch", "2026-04-26"),
    ("ngày 10/3 (âm lịch)", "2026-04-26"),
    ("rằm tháng Bảy", "2026-08-27"),
    ("ngày 15 tháng 8 âm lịch", "2026-09-25"),
]

NOT_LUNAR = [
    ("ngày 28 tháng 12", "nothing says that it is lunar"),
    ("mùng 3 tháng 9", "a number of a month alone may be either"),
    ("ngày 30 tháng Chạp năm Ất Tỵ", "the month has twenty-nine days"),
    ("ngày 31/2 âm lịch", "no such day"),
    ("12 Tết", "neither side of the New Year"),
    ("ngày 5/13 âm lịch", "no such month"),
]


def read(text: str, issued: date | None = ISSUED) -> date | None:
    marked = fold(text)
    found = lunar_day_at(marked, strip_marks(marked), 0, issued)
    return found.day if found else None


@pytest.mark.parametrize(("text", "day"), NAMED, ids=[text for text, _ in NAMED])
def test_the_next_such_day(text: str, day: str) -> None:
    assert str(read(text)) == day


@pytest.mark.parametrize(("text", "why"), NOT_LUNAR, ids=[why for _, why in NOT_LUNAR])
def test_none(text: str, why: str) -> None:
    assert read(text) is None


def test_without_a_day_of_issue_a_year_is_needed() -> None:
    assert read("28 tháng Chạp", None) is None


@given(st.integers(0, 364))
def test_every_day_of_a_year_comes_back(days: int) -> None:
    day = ISSUED + timedelta(days)
    lunar = convert_solar_to_lunar(day.day, day.month, day.year)
    if lunar.leap:  # "tháng 6 nhuận" is not read
        return
    assert read(f"ngày {lunar.day}/{lunar.month} âm lịch") in (day, _without_leap(lunar.day, lunar.month))


def _without_leap(day: int, month: int) -> date | None:
    """The same lunar day a year on, where the one meant lies in the year that is over."""
    for days in range(800):
        later = ISSUED + timedelta(days)
        lunar = convert_solar_to_lunar(later.day, later.month, later.year)
        if (lunar.day, lunar.month, lunar.leap) == (day, month, False):
            return later
    return None


DEADLINES = [
    ("Chi trả lương trước ngày 28 tháng Chạp.", ("due", "2026-02-15", None)),
    (
        "Phân công trực từ ngày 28 tháng Chạp đến hết ngày mùng 5 tháng Giêng",
        ("period", None, ("2026-02-15", "2026-02-21")),
    ),
]


def test_the_lunar_days_beside_a_period_are_the_same_period() -> None:
    text = (
        "Phân công trực từ ngày 14/02/2026 đến hết ngày 22/02/2026 (tức từ ngày 27 tháng Chạp năm Ất Tỵ đến hết ngày "
        "mùng 6 tháng Giêng năm Bính Ngọ) và gửi danh sách về Sở trước ngày 10/02/2026."
    )
    found = find_deadlines(text, issued=ISSUED)
    assert [(d.kind, d.due, d.period) for d in found] == [
        ("period", None, ("2026-02-14", "2026-02-22")),
        ("due", "2026-02-10", None),
    ]


@pytest.mark.parametrize(("text", "expected"), DEADLINES)
def test_deadlines(text: str, expected: tuple[str, str | None, tuple[str, str] | None]) -> None:
    assert [(d.kind, d.due, d.period) for d in find_deadlines(text, issued=ISSUED)] == [expected]

"""Working days against a calendar written by hand from the yearly announcements, and terms against counting by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.workdays import (
    LONGEST_TERM,
    add_days,
    add_working_days,
    exchanges,
    is_working_day,
    next_working_day,
    why,
)

# Days off from Monday to Friday, day/month, as the yearly announcements of the holidays list them.  2027 is by
# Điều 112 of the Labour Code and NQ 28/2026/QH16; its announcement is not out.
OFF = {
    2019: "1/1 4/2 5/2 6/2 7/2 8/2 15/4 29/4 30/4 1/5 2/9",
    2020: "1/1 23/1 24/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9",
    2021: "1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9",
    2022: "3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9",
    2023: "2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9",
    2024: "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9",
    2025: "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9",
    2026: "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
    2027: "1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11",
}
# Saturdays worked instead, public sector.
WORKED = {2019: "5/1 4/5", 2024: "4/5", 2025: "26/4", 2026: "10/1 22/8"}


def _days(table: dict[int, str]) -> set[date]:
    return {
        date(year, int(text.split("/")[1]), int(text.split("/")[0]))
        for year, row in table.items()
        for text in row.split()
    }


def _works(day: date) -> bool:
    return day in _days(WORKED) or (day.weekday() < 5 and day not in _days(OFF))


@pytest.mark.parametrize("year", sorted(OFF))
def test_every_day_agrees_with_the_announcements(year: int) -> None:
    off, worked = _days(OFF), _days(WORKED)
    day, wrong = date(year, 1, 1), []
    while day.year == year:
        expected = day in worked or (day.weekday() < 5 and day not in off)
        if is_working_day(day) != expected:
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


def test_tet_and_the_kings_day_stand_where_the_lunar_calendar_puts_them() -> None:
    from lunar_vn import convert_lunar_to_solar

    for year in OFF:
        for month, day in ((1, 1), (1, 2), (1, 3), (3, 10)):
            assert not is_working_day(convert_lunar_to_solar(day, month, year))


@pytest.mark.parametrize(
    ("day", "public", "private"),
    [
        (date(2025, 4, 26), True, False),  # Saturday worked for 2/5
        (date(2025, 5, 2), False, True),  # and that Friday off: firms are only encouraged
        (date(2026, 1, 2), False, True),
        (date(2026, 1, 10), True, False),
        (date(2026, 11, 24), False, False),  # a holiday binds everybody
        (date(2025, 11, 24), True, True),  # and did not exist a year before
        (date(2026, 2, 17), False, False),
    ],
)
def test_an_exchange_binds_the_public_sector_only(day: date, public: bool, private: bool) -> None:
    assert (is_working_day(day), is_working_day(day, "private")) == (public, private)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 1, 2), "thứ Sáu, 02/01/2026: ngày nghỉ (nghỉ hoán đổi, làm bù 10/01/2026"),
        (date(2026, 1, 10), "thứ Bảy, 10/01/2026: ngày làm bù cho ngày nghỉ 02/01/2026."),
        (date(2026, 2, 17), "thứ Ba, 17/02/2026: ngày nghỉ (Tết Nguyên Đán)."),
        (date(2026, 11, 24), "thứ Ba, 24/11/2026: ngày nghỉ (Ngày Văn hóa Việt Nam)."),
        (date(2026, 7, 5), "Chủ nhật, 05/07/2026: ngày nghỉ hằng tuần."),
        (date(2026, 7, 6), "thứ Hai, 06/07/2026: ngày làm việc."),
        (date(2023, 4, 29), "thứ Bảy, 29/04/2023: ngày nghỉ (Ngày Giỗ Tổ Hùng Vương)."),
    ],
)
def test_why_says_it_in_vietnamese(day: date, reason: str) -> None:
    assert why(day).startswith(reason)


def test_exchanges_pair_a_weekday_off_with_a_rest_day_worked() -> None:
    for swap in exchanges():
        assert swap.off.weekday() < 5 <= swap.work.weekday()
        assert not is_working_day(swap.off)
        assert is_working_day(swap.work)
        assert swap.source


TERMS = [
    # start, n, working days, calendar days
    (date(2024, 5, 17), 5, date(2024, 5, 24), date(2024, 5, 22)),  # Friday + 5
    (date(2024, 5, 15), 10, date(2024, 5, 29), date(2024, 5, 27)),  # 25/5 is a Saturday
    (date(2019, 1, 31), 2, date(2019, 2, 11), date(2019, 2, 11)),  # over Tết 2019
    (date(2019, 1, 31), 3, date(2019, 2, 12), date(2019, 2, 11)),
    (date(2026, 2, 13), 1, date(2026, 2, 23), date(2026, 2, 23)),  # over Tết 2026
    (date(2026, 1, 8), 2, date(2026, 1, 10), date(2026, 1, 10)),  # the Saturday worked counts
    (date(2025, 4, 25), 1, date(2025, 4, 26), date(2025, 4, 26)),
    (date(2024, 12, 31), 1, date(2025, 1, 2), date(2025, 1, 2)),
    (date(2024, 5, 18), 0, date(2024, 5, 20), date(2024, 5, 20)),  # no days from a Saturday: Monday
]


@pytest.mark.parametrize(("start", "n", "working", "calendar"), TERMS)
def test_terms(start: date, n: int, working: date, calendar: date) -> None:
    assert add_working_days(start, n) == working
    assert add_days(start, n) == calendar


@pytest.mark.parametrize("n", [-1, LONGEST_TERM + 1])
def test_an_impossible_term_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="a term of"):
        add_days(date(2024, 1, 1), n)
    with pytest.raises(ValueError, match="a term of"):
        add_working_days(date(2024, 1, 1), n)


starts = st.dates(date(2019, 1, 1), date(2027, 6, 30))


@settings(deadline=None)
@given(starts, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(start: date, n: int) -> None:
    end = add_working_days(start, n)
    between = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert sum(map(_works, between)) == n
    assert _works(end)


@settings(deadline=None)
@given(starts, st.integers(0, 120))
def test_a_calendar_term_ends_on_the_first_working_day_from_its_last_day(start: date, n: int) -> None:
    end, last = add_days(start, n), start + timedelta(days=n)
    assert end == next_working_day(last) >= last
    assert _works(end)
    assert not any(_works(last + timedelta(days=i)) for i in range((end - last).days))

"""Working days of Vietnam, and terms counted in days.

Which days are off: Bộ luật Lao động 2019, Điều 111 (weekly rest) and Điều 112 (holidays), as the ``holidays`` package
computes them, with the patches of ``lexicon/data/calendar.toml`` (exchanged days, a holiday newer than the package).
How a term is counted: Bộ luật Dân sự 2015, Điều 147 (the first day is not counted) and Điều 148 (a term that ends on
a weekly rest day or a holiday ends with the next working day).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from pipeline.lexicon.tables import read_toml

Sector = Literal["public", "private"]

# A term of more than this many days is a misreading ("360415 ngày"), never a deadline.
LONGEST_TERM = 3660

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One day off (``off``) made up by work on a rest day (``work``); binds the ``sectors`` named."""

    off: date
    work: date
    occasion: str
    source: str
    sectors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _NewHoliday:
    name: str
    month: int
    day: int
    valid_from: date
    source: str
    sectors: frozenset[str]


@lru_cache(maxsize=1)
def _patches() -> tuple[tuple[_NewHoliday, ...], tuple[Exchange, ...]]:
    table = read_toml("calendar.toml")
    new = tuple(
        _NewHoliday(r["name"], r["month"], r["day"], r["valid_from"], r["source"], frozenset(r["sectors"]))
        for r in table["holiday"]
    )
    swaps = tuple(
        Exchange(r["off"], r["work"], r["occasion"], r["source"], frozenset(r["sectors"])) for r in table["exchange"]
    )
    return new, swaps


def exchanges() -> tuple[Exchange, ...]:
    """The exchanged working days stated in the calendar data, in its order."""
    return _patches()[1]


@lru_cache(maxsize=512)
def _year(year: int, sector: Sector) -> tuple[dict[date, str], frozenset[date]]:
    """Days off with their names, and rest days worked, of one year in one sector."""
    import holidays

    table = holidays.country_holidays("VN", years=year, language="vi")
    exchanged = (table.substituted_label or "").partition("%")[0]
    # Days that the package itself got from an exchange bind the public sector only, as those of our data do.
    off = {
        day: name
        for day, name in table.items()
        if day.year == year and (sector == "public" or not (exchanged and name.startswith(exchanged)))
    }
    worked = {day for day in table.weekend_workdays if day.year == year} if sector == "public" else set()
    new, swaps = _patches()
    for holiday in new:
        day = date(year, holiday.month, holiday.day)
        if day >= holiday.valid_from and sector in holiday.sectors:
            off.setdefault(day, holiday.name)
    for swap in swaps:
        if sector not in swap.sectors:
            continue
        if swap.off.year == year:
            off[swap.off] = f"nghỉ hoán đổi, làm bù {swap.work:%d/%m/%Y}; {swap.occasion}"
        if swap.work.year == year:
            worked.add(swap.work)
    return off, frozenset(worked)


def is_working_day(d: date, sector: Sector = "public") -> bool:
    """Whether offices work on ``d``.

    ``sector="public"`` follows the exchanged days; ``"private"`` knows the statutory holidays and the two rest days
    only, because an exchange merely encourages firms to follow.
    """
    off, worked = _year(d.year, sector)
    return d in worked or (d not in off and d.weekday() < 5)


def why(d: date, sector: Sector = "public") -> str:
    """Vietnamese reason why ``d`` is a working day or is not, for a person who doubts a computed deadline."""
    off, worked = _year(d.year, sector)
    head = f"{_WEEKDAYS[d.weekday()]}, {d:%d/%m/%Y}"
    if d in worked:
        free = next((swap.off for swap in exchanges() if swap.work == d), None)
        return f"{head}: ngày làm bù" + (f" cho ngày nghỉ {free:%d/%m/%Y}." if free else ".")
    if d in off:
        return f"{head}: ngày nghỉ ({off[d]})."
    return f"{head}: ngày nghỉ hằng tuần." if d.weekday() >= 5 else f"{head}: ngày làm việc."


def next_working_day(d: date, sector: Sector = "public") -> date:
    """``d`` itself when it is a working day, else the first working day after it."""
    while not is_working_day(d, sector):
        d += timedelta(days=1)
    return d


def add_working_days(start: date, n: int, sector: Sector = "public") -> date:
    """The ``n``-th working day after ``start``, ``start`` itself not counted (Bộ luật Dân sự 2015, Điều 147).

    ``n`` in working days; 0 gives ``start`` or the next working day.  Raises ValueError when ``n`` is negative or
    beyond ``LONGEST_TERM``.
    """
    _check(n)
    if n == 0:
        return next_working_day(start, sector)
    d = start
    while n:
        d += timedelta(days=1)
        n -= is_working_day(d, sector)
    return d


def add_days(start: date, n: int, sector: Sector = "public") -> date:
    """The end of a term of ``n`` calendar days from ``start``, the first day not counted, moved on to a working day.

    Bộ luật Dân sự 2015, Điều 147 and Điều 148 khoản 5.  Raises ValueError as `add_working_days` does.
    """
    _check(n)
    return next_working_day(start + timedelta(days=n), sector)


def _check(n: int) -> None:
    if not 0 <= n <= LONGEST_TERM:
        raise ValueError(f"a term of {n} days")

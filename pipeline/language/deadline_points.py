"""Moments of deadlines: a day, a month, a quarter or a year, with a time of day, read at one place of a text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.language.dates import DateSpan, find_dates, is_calendar_day
from pipeline.language.deadline_cues import Folded
from pipeline.language.lunar import lunar_day_at

_TIME = re.compile(
    r"\s*(?:luc\s+|vao\s+)?(?P<h>\d{1,2})\s*(?:gio|h|g|:|\.(?=[0-5]\d\s*,?\s*ngay))\s*(?P<m>[0-5]\d)?\s*(?:phut|['’′´]|p(?!\w))?"
    r"\s*(?P<half>sang|chieu|toi|trua)?(?!\w)\s*[,]?\s*"
)
WEEKDAY = r"(?:thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu\s+nhat))(?!\w)"
_WEEKDAY = re.compile(rf"\s*(?:(?:chieu|sang)\s+)?(?:ngay\s+)?{WEEKDAY}\s*[,(]?\s*")
_CONNECT = re.compile(r"[\s:*]*(?:(?:la|vao|luc|cho|khoang)\s+)*")
_DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?!\s?/|\d|\s*%|\s+(?:so|thoi gian|tong|dien tich)\b)"
)
_MONTH = re.compile(r"thang\s+(?P<month>\d{1,2})(?!\s?[/\d])(?P<this_year>\s+nam\s+nay)?")
_QUARTER = re.compile(
    r"qu[yi]\s+(?P<quarter>iv|iii|ii|i|[1-4])(?!\w)(?:\s*(?:[/\-,]|,?\s*nam)\s*(?P<year>\d{4}))?(?![\d/])"
)
_YEAR = re.compile(r"nam\s+(?P<year>\d{4})(?![\d/\-–])")
_THAT_IS = re.compile(r"(?<!\w)(?:tuc|nham)(?!\w)[^.;()]*\Z")
_REACH = 110
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"}
_DAYS |= {str(number): code for number, code in zip(range(2, 8), _DAYS.values(), strict=True)}


@dataclass(frozen=True, slots=True)
class Moment:
    """The first and last day of what is named, a time of day ("HH:MM") and whether the year was inferred."""

    end: int
    first: date
    last: date
    time: str | None
    inferred_year: bool

    def due(self, bound: str) -> str:
        """The due value: the first day for a strict bound ("trước tháng 7"), else the last, with the time if any."""
        day = self.first if bound == "before" else self.last
        if self.time == "24:00":
            return f"{day + timedelta(days=1)}T00:00"
        return f"{day}T{self.time}" if self.time else str(day)


def weekday_code(match: re.Match[str]) -> str:
    """RFC 5545 name of a weekday that `WEEKDAY` matched."""
    return "SU" if match["sunday"] else _DAYS[match["weekday"]]


def time_of(match: re.Match[str]) -> str | None:
    """ "HH:MM" of a matched time of day; None when the clock has no such time."""
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if match["half"] in ("chieu", "toi") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 24 or (hour, minute) == (24, 0) else None


class Moments:
    """Reads moments out of one text, knowing the day of issue (for years that are not printed)."""

    def __init__(self, where: Folded, issued: date | None) -> None:
        self.where = where
        self.issued = issued
        self.dates: Mapping[int, DateSpan] = {span.start: span for span in find_dates(where.text)}

    def read(self, at: int, whole_periods: bool = False) -> Moment | None:
        """The moment named at ``at`` (blanks and "là", "vào" are passed over), or None.

        ``whole_periods`` also reads a month, a quarter and a year without a day.
        """
        bare = self.where.bare
        at = _end(_CONNECT.match(bare, at), at)
        time = None
        clock = _TIME.match(bare, at)
        if clock:
            time = time_of(clock)
            if time is None:
                return None
            at = clock.end()
        named = _WEEKDAY.match(bare, at)
        at = _end(named, at)
        day = self._day(at)
        if day:
            end = day[1]
            if named and "(" in named[0] and bare[end : end + 1] == ")":
                end += 1
            return Moment(end, day[0], day[0], time, day[2])
        return self._period(at) if whole_periods and time is None else None

    def _day(self, at: int) -> tuple[date, int, bool] | None:
        lunar = lunar_day_at(self.where.marked, self.where.bare, at, self.issued)
        if lunar is not None:
            # "từ ngày 30/8 (tức ngày 29 tháng Chạp)" names one day twice.
            again = _THAT_IS.search(self.where.bare, max(0, at - _REACH), at)
            return None if again else (lunar.day, lunar.end, lunar.inferred_year)
        span = self.dates.get(at)
        if span is None:
            # The span may begin at a "ngày" that a weekday already took.
            span = next((s for s in self.dates.values() if s.start < at < s.end and _only_the_word(s, at)), None)
        if span is not None:
            if span.date:
                return span.date, span.end, False
            if span.day is None or span.month is None:
                return None
            short = re.search(r"\d\s?[/\-.]\s?\d{1,2}\s?[/\-.]\s?(\d{2})$", span.raw)
            if short:
                year = 2000 + int(short[1])
                near = self.issued is None or abs(year - self.issued.year) <= 1
                return (date(year, span.month, span.day), span.end, False) if near and _exists(span, year) else None
            return self._inferred(span.day, span.month, span.end)
        match = _DAY_MONTH.match(self.where.bare, at)
        if match and is_calendar_day(int(match["day"]), int(match["month"]), None):
            return self._inferred(int(match["day"]), int(match["month"]), match.end())
        return None

    def _inferred(self, day: int, month: int, end: int) -> tuple[date, int, bool] | None:
        """The next such day from the day of issue on; None when that is unknown."""
        if self.issued is None:
            return None
        for year in range(self.issued.year, self.issued.year + 9):  # 29/2 may be eight years off
            if is_calendar_day(day, month, year) and date(year, month, day) >= self.issued:
                return date(year, month, day), end, True
        return None

    def _period(self, at: int) -> Moment | None:
        bare, issued = self.where.bare, self.issued
        span = self.dates.get(at)
        if span is not None and span.day is None and span.month and span.year and bare.startswith("thang", at):
            return _months(span.end, span.year, span.month, 1, False)
        if (match := _MONTH.match(bare, at)) and issued and 1 <= int(match["month"]) <= 12:
            month = int(match["month"])
            year = issued.year + (month < issued.month and not match["this_year"])
            return _months(match.end(), year, month, 1, True)
        if match := _QUARTER.match(bare, at):
            quarter = _ROMAN.get(match["quarter"]) or int(match["quarter"])
            if match["year"]:
                return _months(match.end(), int(match["year"]), 3 * quarter - 2, 3, False)
            if issued:
                year = issued.year + (3 * quarter < issued.month)
                return _months(match.end(), year, 3 * quarter - 2, 3, True)
        if match := _YEAR.match(bare, at):
            return _months(match.end(), int(match["year"]), 1, 12, False)
        return None


def _end(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise


def _only_the_word(span: DateSpan, at: int) -> bool:
    return re.fullmatch(r"[^\W\d_]+[\s:,]*", span.raw[: at - span.start]) is not None


def _exists(span: DateSpan, year: int) -> bool:
    return span.day is not None and is_calendar_day(span.day, span.month, year)


def _months(end: int, year: int, month: int, count: int, inferred: bool) -> Moment:
    last = month + count - 1
    return Moment(end, date(year, month, 1), date(year, last, monthrange(year, last)[1]), None, inferred)

"""Days of the Vietnamese lunar calendar in deadlines: "28 tháng Chạp", "ngày 10/3 âm lịch", "mùng 6 Tết".

A day is lunar only where the text says so: by "âm lịch", by the month's own name (Giêng, Chạp), by "Tết", "rằm" with
a month's name, or by the year's stem and branch ("năm Bính Ngọ").  The conversion is that of the ``lunar-vn`` package
(new moons at 105° east; it differs from the Chinese calendar in some years).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

__all__ = ["LunarDay", "lunar_day_at"]

_STEMS = "giap at binh dinh mau ky canh tan nham quy".split()  # noqa: SIM905
_BRANCHES = "ty suu dan mao thin ti ngo mui than dau tuat hoi".split()  # noqa: SIM905
# Spellings beside the usual ones: Tí (the rat), Tỵ and Tị (the snake), Mẹo, Kỉ.
_RAT, _SNAKE = 0, 5
_MONTHS = {
    "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "chap": 12, "muoi hai": 12,
}  # fmt: skip
_NAMES = "|".join(sorted((name.replace(" ", r"\s+") for name in _MONTHS), key=len, reverse=True))
_DAY = r"(?:ngay\s+)?(?:(?P<first>mung|mong)\s+)?(?:(?P<day>\d{1,2})(?!\d)|(?P<full>ram))"
_MONTH = rf"(?:\s*/\s*(?P<slash>\d{{1,2}})(?!\d)|\s+thang\s+(?:(?P<figure>\d{{1,2}})(?!\d)|(?P<name>{_NAMES})(?!\w)))"
_CYCLE = rf"\s*,?\s*\(?(?:nam\s+)?(?P<stem>{'|'.join(_STEMS)})\s+(?P<branch>{'|'.join(_BRANCHES)}|meo)(?!\w)"
_SAID = r"\s*,?\s*\(?(?:am\s+lich|al)(?!\w)\)?"
_YEAR = r"\s*,?\s*nam\s+(?P<year>\d{4})(?!\d)"
_PATTERN = re.compile(rf"{_DAY}{_MONTH}(?:{_CYCLE}|{_YEAR})?(?P<said>{_SAID})?")
_OF_TET = re.compile(
    r"(?:ngay\s+)?(?:(?P<first>mung|mong)\s+)?(?P<day>\d{1,2})\s+tet(?!\w)(?:\s+nguyen\s+dan)?" + rf"(?:{_CYCLE})?"
)
_LAST_BEFORE_TET = 23  # "28 Tết" is before the New Year, "mùng 6 Tết" after


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the solar calendar that a lunar one stands for, and where its words end.

    ``inferred_year`` tells that the year was taken from the day of issue.
    """

    day: date
    end: int
    inferred_year: bool


def lunar_day_at(marked: str, bare: str, at: int, issued: date | None) -> LunarDay | None:
    """The lunar day named at ``at``, as a day of the solar calendar; None when none stands there or no year is known.

    ``marked`` and ``bare`` are the fold of the text with and without marks, of equal length.  Without a year it is
    the next such day from ``issued`` on.
    """
    if match := _OF_TET.match(bare, at):
        day = int(match["day"])
        if match["first"]:
            month = 1
        elif day >= _LAST_BEFORE_TET:
            month = 12
        else:
            return None
        return _solar(marked, match, day, month, issued)
    match = _PATTERN.match(bare, at)
    if match is None:
        return None
    day = 15 if match["full"] else int(match["day"])
    name = " ".join(match["name"].split()) if match["name"] else None
    month = _MONTHS[name] if name else int(match["slash"] or match["figure"])
    own_name = name in ("gieng", "chap") or (match["full"] and name)
    if not (own_name or match["said"] or match["stem"]):
        return None
    return _solar(marked, match, day, month, issued)


def _solar(marked: str, match: re.Match[str], day: int, month: int, issued: date | None) -> LunarDay | None:
    groups = match.groupdict()
    if groups.get("stem"):
        years = [year for year in _years_around(issued) if _cycle(year) == _named_cycle(marked, match)]
    elif groups.get("year"):
        years = [int(groups["year"] or 0)]
    else:
        years = _years_around(issued)
    for year in years:
        solar = _converted(day, month, year)
        if solar is not None and (issued is None or solar >= issued):
            return LunarDay(solar, match.end(), not (groups.get("stem") or groups.get("year")))
    return None


def _years_around(issued: date | None) -> list[int]:
    return [] if issued is None else list(range(issued.year - 1, issued.year + 3))


def _cycle(year: int) -> tuple[int, int]:
    return (year - 4) % 10, (year - 4) % 12


def _named_cycle(marked: str, match: re.Match[str]) -> tuple[int, int]:
    stem = _STEMS.index(match["stem"])
    branch = marked[match.start("branch") : match.end("branch")]
    if match["branch"] in ("ty", "ti"):
        # "Tý", "Tí" is the rat, "Tỵ", "Tị" the snake: the tone tells.
        return stem, _SNAKE if branch[-1] in "ỵị" else _RAT
    return stem, 3 if match["branch"] == "meo" else _BRANCHES.index(match["branch"])


@lru_cache(maxsize=512)
def _converted(day: int, month: int, year: int) -> date | None:
    from lunar_vn import convert_lunar_to_solar, convert_solar_to_lunar

    if not (1 <= day <= 30 and 1 <= month <= 12 and 1900 <= year <= 2100):
        return None
    try:
        solar: date = convert_lunar_to_solar(day, month, year)
        back = convert_solar_to_lunar(solar.day, solar.month, solar.year)
    except (ValueError, OverflowError):
        return None
    # A month of 29 days has no thirtieth.
    return solar if (back.day, back.month) == (day, month) else None

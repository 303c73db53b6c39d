"""The date that belongs to a cited document: "ngày 09 tháng 02 năm 2017", ", ngày 15/5/2019", "năm 2013"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

__all__ = ["DateTail", "date_tail", "trailing_date", "year_tail"]


@dataclass(frozen=True, slots=True)
class DateTail:
    """``iso`` only for a whole and real date; ``year`` whenever one is printed; ``start`` at "ngày" or "năm"."""

    start: int
    end: int
    iso: str | None
    year: int | None


@cache
def _full() -> re.Pattern[str]:
    # Between their words or strokes "I1" and "1 1" are nothing but an eleven misread.
    day, month, year = (
        r"(?P<d{0}>[\dIl|](?:\s?[\dIl|])?)", r"(?P<m{0}>[\dIl|](?:\s?[\dIl|])?)", r"(?P<y{0}>(?:18|19|20)\d\d)",
    )  # fmt: skip
    words = rf"ng[àáảaâ]y\s*{day}\s*th[áàảãạaâ]ng\s*{month}\s*,?\s*n[ăáâ]m\s*{year}".format(1)
    figures = rf"(?:ngày\s*)?{day}\s*(?P<s>[/.\-])\s*{month}\s*(?P=s)\s*{year}".format(2)
    # A form whose day or month is still blank: "ngày … tháng … năm 2009", "ngày tháng 5 năm 2010", "ngày / /2014".
    hole = r"(?:\s*[….]+\s*|\s*\d{{1,2}}\s*|\s+)"
    blank = rf"ngày(?:{hole}tháng{hole}năm\s*|\s*/\s*/\s*){year}".format(3)
    # Words mixed up: "ngày 30 ngày 3 tháng 2006".
    mixed = rf"ngày\s*\d{{{{1,2}}}}\s*(?:ngày|tháng|năm)\s*\d{{{{1,2}}}}\s*(?:ngày|tháng|năm)\s*{year}".format(4)
    # A year that lost a figure: "ngày 8 tháng 7 năm 009".
    short = r"ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{3}"
    return re.compile(rf"(?:{words}|{figures}|{blank}|{mixed}|{short})(?!\d|[/-]\d)", re.IGNORECASE)


@cache
def _gap() -> re.Pattern[str]:
    # "168/2004/QĐ-BCA (A11) ngày": the unit in brackets stands between number and date.
    return re.compile(r"(?:\s*\(\s*[A-ZĐ]{1,4}\d{0,2}\s*\)(?=\s*,?\s*ngày))?\s*,?\s*(?:của\s+(?=ngày))?")


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?:năm\s*)?(?P<y>(?:19|20)\d\d)(?![\d/:]|-\d|[.,]\d)", re.IGNORECASE)


def date_tail(text: str, at: int) -> DateTail | None:
    """The date directly after position ``at``, a comma or line break between them allowed."""
    start = _gap().match(text, at).end()  # type: ignore[union-attr]
    match = _full().match(text, start)
    if match is None:
        return None
    parts = match.groupdict()
    year = next((int(parts[key]) for key in ("y1", "y2", "y3", "y4") if parts[key]), None)
    iso = None
    for form in "12":
        if parts[f"d{form}"]:
            try:
                iso = date(int(parts[f"y{form}"]), _figures(parts[f"m{form}"]), _figures(parts[f"d{form}"])).isoformat()
            except ValueError:  # 31/02: printed, and no day of any calendar
                iso = None
    return DateTail(match.start(), match.end(), iso, year)


def _figures(read: str) -> int:
    return int(re.sub(r"[Il|]", "1", re.sub(r"\s", "", read)))


def year_tail(text: str, at: int) -> DateTail | None:
    """ "năm 2013" or a bare "2013" after a law's name."""
    start = re.compile(r"\s*").match(text, at).end()  # type: ignore[union-attr]
    match = _year().match(text, start)
    if match is None or (start == at and at and text[at - 1].isalnum()):
        return None
    return DateTail(match.start(), match.end(), None, int(match["y"]))


def trailing_date(text: str, pos: int) -> tuple[str, int, int] | None:
    """The whole date directly after ``pos``, for a caller that has skipped the issuer there.

    "Kế hoạch số 70/KH-UBND của UBND tỉnh ngày 06/3/2020": with ``pos`` after "tỉnh" gives (ISO date, start, end).
    """
    found = date_tail(text, pos)
    return (found.iso, found.start, found.end) if found and found.iso else None

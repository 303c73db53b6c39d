"""Dates as Vietnamese official documents print them (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô số 4).

``find_dates`` reads running text; ``parse_date_line`` reads the one line "Gia Lai, ngày 23 tháng 3 năm 2020" with
the damage that recognition does to it.  Day first, always.  A number, a fraction, a range of years or a document
number is never a date, a lunar date is not a date of the calendar, and a part that is not clearly read is None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
FIRST_YEAR_OF_ISSUE = 1945  # of the state whose documents these are

_A = "aàáảãạăằắẳẵặâầấẩẫậ"
# Recognition loses or swaps tone marks, never the letters of these three words.
NGAY, THANG, NAM = rf"ng[{_A}]y", rf"th[{_A}]ng", rf"n[{_A}]m"

_MONTH_WORDS = {
    "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
_MONTH_WORD = "|".join(sorted((w.replace(" ", r"\s+") for w in _MONTH_WORDS), key=len, reverse=True))

# "năm Kỷ Hợi", "âm lịch", "tháng Chạp": what makes a day a lunar one.
_LUNAR_YEAR = (
    rf"(?:{NAM}\s+)?(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Kỉ|Canh|Tân|Nhâm|Quý)\s+"
    r"(?:Tý|Tí|Sửu|Dần|Mão|Mẹo|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi)"
)
_LUNAR_AFTER = re.compile(rf"\s*[,(]?\s*(?:{_LUNAR_YEAR}|[âÂ]m\s+lịch|[âÂ]\.?[lL]\b|\([âÂ][lL]\))", re.IGNORECASE)

# Leaders that stand for a day not yet filled in: blanks, dots, underscores, dashes.
_BLANK = r"[\s.…_*\-–—]{0,40}"

_LONG = re.compile(
    rf"""(?P<head>(?<!\w){NGAY}[\s:,*]{{0,6}}(?:m[ồùo]ng\s+)?)?
         (?P<day>(?<!\d)\d{{1,2}})?(?P<blank>{_BLANK})
         (?<![^\W\d_]){THANG}[\s.…]{{0,20}}(?P<month>\d{{1,2}}(?!\d)|\b(?:{_MONTH_WORD})\b)?
         (?P<gap>[\s.,…]{{0,20}}{NAM}\s{{0,5}}|\s?[/\-–]\s?)(?P<year>\d{{4}})(?![\d/]|-\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_LONG_YEARLESS = re.compile(
    rf"(?<!\w){NGAY}\s*(?:m[ồùo]ng\s+)?(?P<day>\d{{1,2}})\s*{THANG}\s+"
    rf"(?P<month>\d{{1,2}}(?!\s*[/\d])|(?:{_MONTH_WORD})\b)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"""(?P<head>(?<!\w){NGAY}[\s:,*]{{0,6}}(?:m[ồùo]ng\s+)?)?(?<![\w/.\-–])
         (?P<day>\d{{1,2}})(?P<sep>\s?/\s?|[.\-–])(?P<month>\d{{1,2}})(?:\s?/\s?|[.\-–])(?P<year>\d{{4}})
         (?![\d/]|[.\-–]\d|-[^\W\d_])""",
    re.IGNORECASE | re.VERBOSE,
)
# A form not yet filled in: "ngày   /6/2019", "ngày …/…/2019".
_SHORT_BLANK = re.compile(
    rf"(?<!\w){NGAY}[\s.…_]{{0,20}}/[\s.…_]{{0,20}}(?P<month>\d{{1,2}})?[\s.…_]{{0,20}}/\s?(?P<year>\d{{4}})(?![\d/])",
    re.IGNORECASE,
)
# Without a year the word "ngày" is the only thing that tells a date from a fraction.
_SHORT_YEARLESS = re.compile(
    rf"(?<!\w){NGAY}[\s:,*]{{0,6}}(?:m[ồùo]ng\s+)?(?P<day>\d{{1,2}})(?P<sep>\s?/\s?|[\-.])(?P<month>\d{{1,2}})"
    rf"(?:(?P=sep)(?P<short_year>\d{{2}}))?(?!\d|\s?/\s?\d|[.,\-]\d|\s*%|\s*{THANG})",
    re.IGNORECASE,
)
# A digit that seems to be a day but belongs to another word: "kỳ họp thứ 7 tháng 5 năm 2019".
_NOT_A_DAY_BEFORE = re.compile(r"(?:\b(?:thứ|lần|quý|kỳ|khóa|khoá|số|đợt)\s*|[^\s(\[“\"',;:*–\-])$", re.IGNORECASE)
# "ngày (6 tháng", "ngày I2 tháng": ink between the word and the digit means that a digit may be lost.
_DOUBTFUL_BEFORE = re.compile(rf"(?<!\w){NGAY}\s*\S{{0,3}}\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text: half-open offsets, the parts that are printed (None where not), and the text itself."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    raw: str

    @property
    def iso(self) -> str | None:
        """``YYYY-MM-DD`` when all three parts are known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def partial(self) -> str | None:
        """``YYYY-MM`` or ``YYYY`` when only that much is known, None for a whole date and for one without a year."""
        if self.year is None or self.iso is not None:
            return None
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"

    @property
    def date(self) -> date | None:
        """The day of the calendar, when whole."""
        return date.fromisoformat(self.iso) if self.iso else None


def is_calendar_day(day: int, month: int | None, year: int | None) -> bool:
    """Whether ``day`` exists in ``month`` of ``year``; an unknown year counts as a leap year, a month as 31 days."""
    if month is None:
        return 1 <= day <= 31
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000 if year is None else year, month)[1]


def is_year_of_issue(year: int) -> bool:
    """Whether an official document can bear ``year``."""
    return FIRST_YEAR_OF_ISSUE <= year <= LATEST_YEAR


def _year_of(text: str | None) -> int | None:
    return int(text) if text and EARLIEST_YEAR <= int(text) <= LATEST_YEAR else None


def _month_of(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return _MONTH_WORDS.get(re.sub(r"\s+", " ", text.lower()))


def find_dates(text: str) -> list[DateSpan]:
    """Every date printed in ``text``, in order, not overlapping.

    Known forms: "ngày 05 tháng 01 năm 2020", "ngày … tháng 5 năm 2019" (day None), "ngày 14/4/2021", "30-4-2019",
    "tháng 6/2019", "ngày 30/6" and "ngày 15 tháng 6" (year None).  The span begins at the word "ngày" when there is
    one.  A day that the calendar does not have ("31/02/2019") is no date at all.
    """
    found: list[DateSpan] = []
    for pattern, read in (
        (_LONG, _read_long),
        (_SHORT, _read_short),
        (_SHORT_BLANK, _read_short_blank),
        (_LONG_YEARLESS, _read_yearless),
        (_SHORT_YEARLESS, _read_yearless),
    ):
        for match in pattern.finditer(text):
            span = read(match)
            if span and not any(span.start < other.end and other.start < span.end for other in found):
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _span(match: re.Match[str], start: int, year: int | None, month: int | None, day: int | None) -> DateSpan:
    return DateSpan(start, match.end(), year, month, day, match.string[start : match.end()])


def _read_long(match: re.Match[str]) -> DateSpan | None:
    """ "ngày 5 tháng 6 năm 2019" and what is left of it when the day or the month is blank."""
    year, month = _year_of(match["year"]), _month_of(match["month"])
    day = int(match["day"]) if match["day"] else None
    # Without "ngày" and a month, what stands before "tháng" is a count: "6 tháng năm 2019".
    if year is None or (not match["head"] and month is None) or _LUNAR_AFTER.match(match.string, match.end()):
        return None
    if not match["month"] and not re.search(NAM, match["gap"], re.IGNORECASE):
        return None
    start = match.start("head") if match["head"] else match.start("day") if day else _word_start(match)
    if day is not None and not match["head"]:
        before = match.string[max(0, match.start("day") - 12) : match.start("day")]
        if _DOUBTFUL_BEFORE.search(before) or _NOT_A_DAY_BEFORE.search(before):
            day, start = None, _word_start(match)
    if day is not None and not is_calendar_day(day, month, year):
        day = None
    return _span(match, start, year, month, day)


def _word_start(match: re.Match[str]) -> int:
    """Where the word "tháng" of a long date begins."""
    return match.end("blank")


def _read_short(match: re.Match[str]) -> DateSpan | None:
    year, month, day = _year_of(match["year"]), int(match["month"]), int(match["day"])
    if year is None or not is_calendar_day(day, month, year) or _LUNAR_AFTER.match(match.string, match.end()):
        return None
    # Dotted or dashed digits are dates only when padded or announced: "1.2.2019" may be a section.
    if "/" not in match["sep"] and not match["head"] and len(match["day"]) + len(match["month"]) < 3:
        return None
    return _span(match, match.start(), year, month, day)


def _read_short_blank(match: re.Match[str]) -> DateSpan | None:
    year = _year_of(match["year"])
    return _span(match, match.start(), year, _month_of(match["month"]), None) if year else None


def _read_yearless(match: re.Match[str]) -> DateSpan | None:
    month, day = _month_of(match["month"]), int(match["day"])
    if not month or not is_calendar_day(day, month, None) or _LUNAR_AFTER.match(match.string, match.end()):
        return None
    # "ngày 5-10" may be the fifth to the tenth; a range never descends, so "ngày 20-11" is a date.
    if match.re is _SHORT_YEARLESS and match["sep"] == "-" and day <= month:
        return None
    return _span(match, match.start(), None, month, day)


_LINE_REST = rf"(?<![^\W\d_]){THANG}(?P<month>[^,]{{0,12}}?){NAM}(?P<year>[^,;]{{0,9}})"
_LINES = (
    re.compile(rf"(?<![^\W\d_]){NGAY}(?P<day>[^\n]{{0,16}}?)" + _LINE_REST, re.IGNORECASE),
    # The word "ngày" itself lost: "Gia Lai, 23 tháng 3 năm 2020".
    re.compile(r"(?<=,)(?P<day>[^,\n]{0,16}?)" + _LINE_REST, re.IGNORECASE),
)
_LINE_YEAR = re.compile(r"[\s.:*]*(\d(?:\s?\d){3})(?!\s?\d)(?![^\W\d_])")
# Leaders, blanks and Markdown's bold stand around a clear number; anything else may be the rest of a lost digit.
_LINE_NUMBER = re.compile(r"[\s.…_:*]*(\d\s?\d?)[\s.…_*]*")


def parse_date_line(text: str) -> DateSpan | None:
    """The date of a date line ("Gia Lai, ngày 23 tháng 3 năm 2020"), or None when ``text`` holds none.

    Tolerates lost tone marks, words glued to digits, and blanks inside numbers.  Each part is given only when its
    digits are clearly read and possible: a letter among the digits, a bracket, three digits or the 31st of a short
    month give None for that part, because such a day is usually written by hand.
    """
    match = next((found for pattern in _LINES if (found := pattern.search(text))), None)
    if match is None:
        forms = ((_SHORT, _read_short), (_SHORT_BLANK, _read_short_blank))
        return next((span for pattern, read in forms for m in pattern.finditer(text) if (span := read(m))), None)
    found_year = _LINE_YEAR.match(match["year"])
    year = _year_of(re.sub(r"\s", "", found_year[1])) if found_year else None
    month = _line_number(match["month"])
    month = month if month is not None and 1 <= month <= 12 else None
    day = _line_number(match["day"])
    if day is not None and not is_calendar_day(day, month, year):
        day = None
    start = match.start()
    start += len(text[start:]) - len(text[start:].lstrip())
    end = match.start("year") + found_year.end() if found_year else match.start("year")
    return DateSpan(start, end, year, month, day, text[start:end])


def _line_number(part: str) -> int | None:
    match = _LINE_NUMBER.fullmatch(part)
    return int(re.sub(r"\s", "", match[1])) if match else None

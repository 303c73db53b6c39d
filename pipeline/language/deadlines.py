"""Deadlines in running text: a due moment, a period, a recurrence, or a term counted from an anchor.

A point in time is a deadline when a bound stands before it ("trước", "chậm nhất", "trong tháng") and the sentence
has somebody do, send or finish something.  The times of events, dates of cited documents, effective dates, cut-offs of
figures, goals and facts are none; what lies before the day of issue is a fact, never a deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.language.dates import is_calendar_day
from pipeline.language.deadline_clauses import Sentences
from pipeline.language.deadline_cues import Folded, bounds, folded, is_weak
from pipeline.language.deadline_cycles import find_cycles
from pipeline.language.deadline_points import Moment, Moments
from pipeline.language.deadline_terms import find_terms

Kind = Literal["due", "period", "recurring", "relative"]
Bound = Literal["before", "by"]
Anchor = Literal["issued", "received"]


@dataclass(frozen=True, slots=True)
class DeadlineSpan:
    """A deadline in a text; fields that its kind does not have are None.

    ``due`` is "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM", ``period`` first and last day, ``rule`` an RFC 5545 RRULE.
    ``inferred_year`` tells that the year is not printed and was taken from the day of issue.
    """

    start: int
    end: int
    kind: Kind
    raw: str
    due: str | None = None
    bound: Bound | None = None
    period: tuple[str, str] | None = None
    rule: str | None = None
    days: int | None = None
    working: bool | None = None
    anchor: Anchor | None = None
    inferred_year: bool = False


def find_deadlines(
    text: str, *, issued: date | None, received: date | None = None, earliest: date | None = None
) -> list[DeadlineSpan]:
    """Deadlines in ``text`` (NFC), in order, not overlapping.

    ``issued`` and ``received`` are the days of issue and of receipt of the document; a term that runs from an unknown
    one keeps ``due`` None.  ``earliest`` is the first day on which a document can have been issued whose day (or day
    and month) cannot be read: what lies before it is no deadline, and the year of "trước 30/6" is told by it.  Without
    both a printed year is needed.  Raises ValueError when ``text`` is not NFC.
    """
    where = folded(text)
    sentences = Sentences(where)
    since = issued or earliest
    moments = Moments(where, since)
    found: list[DeadlineSpan] = []
    for source in (
        _recurring(where, sentences),
        _relative(where, sentences, issued, received),
        _periods(where, sentences, moments, since),
        _due(where, sentences, moments, since),
    ):
        for span in source:
            if not any(span.start < other.end and other.start < span.end for other in found):
                found.append(span)
    return sorted((_every_year(span, found, sentences) for span in found), key=lambda span: span.start)


def _every_year(span: DeadlineSpan, found: list[DeadlineSpan], sentences: Sentences) -> DeadlineSpan:
    """ "6 tháng (trước ngày 15/6), năm (trước ngày 15/12)" beside a cycle: days without a year come every year."""
    if span.kind != "due" or not span.inferred_year or span.due is None or len(span.due) != 10:
        return span
    beside = [o for o in found if o.kind == "recurring" and sentences.index(o.start) == sentences.index(span.start)]
    if not any(o.rule and o.rule.startswith("FREQ=YEARLY;BYMONTH=") for o in beside) or not _DAY_AND_MONTH.search(
        span.raw
    ):
        return span
    rule = f"FREQ=YEARLY;BYMONTH={int(span.due[5:7])};BYMONTHDAY={int(span.due[8:])}"
    return DeadlineSpan(span.start, span.end, "recurring", span.raw, rule=rule, bound=span.bound)


_DAY_AND_MONTH = re.compile(r"\d\s?/\s?\d{1,2}$|\d\s+tháng\s+\d{1,2}$", re.IGNORECASE)


def _raw(where: Folded, start: int, end: int) -> str:
    return " ".join(where.text[start:end].split())


def _recurring(where: Folded, sentences: Sentences) -> Iterator[DeadlineSpan]:
    for cycle in find_cycles(where, sentences):
        if sentences.quoted(cycle.start):
            continue
        raw = _raw(where, cycle.start, cycle.end)
        yield DeadlineSpan(cycle.start, cycle.end, "recurring", raw, rule=cycle.rule, bound=cycle.bound)


def _relative(
    where: Folded, sentences: Sentences, issued: date | None, received: date | None
) -> Iterator[DeadlineSpan]:
    for term in find_terms(where, issued, received):
        # A term from the receipt or the issue of this very document binds whoever received it, whatever the verb.
        if sentences.trapped(term.start, term.end, known_future=True):
            continue
        yield DeadlineSpan(
            term.start, term.end, "relative", _raw(where, term.start, term.end),
            due=str(term.due) if term.due else None, bound="by" if term.due else None,
            days=term.days, working=term.working, anchor=term.anchor,
        )  # fmt: skip


def _due(where: Folded, sentences: Sentences, moments: Moments, issued: date | None) -> Iterator[DeadlineSpan]:
    for match in bounds().finditer(where.bare):
        kind, start = match.lastgroup or "", match.start()
        moment = moments.read(_past_label(where, match), whole_periods=True)
        if moment is None or (issued and moment.last < issued):
            continue
        # A day of every year, or of a year told by another, is none of this year.
        if moment.inferred_year and _EVERY_YEAR.match(where.bare, moment.end):
            continue
        # "hết ngày" and "trong ngày" are inclusive bounds of one day, "trong tháng 6" of a whole month.
        bound: Bound = "before" if kind == "before" else "by"
        if bound == "before" and issued and moment.first < issued:
            continue
        if sentences.trapped(start, moment.end, known_future=issued is not None) or sentences.quoted(start):
            continue
        if not _is_ordered(sentences, match, moment):
            continue
        yield DeadlineSpan(
            start, moment.end, "due", _raw(where, start, moment.end),
            due=moment.due(bound), bound=bound, inferred_year=moment.inferred_year,
        )  # fmt: skip
        # "trước ngày 15/6/2019 và 15/12/2019": the bound holds for both.
        also = _AND.match(where.bare, moment.end)
        second = moments.read(also.end()) if also else None
        if also and second and second.first > moment.last:
            yield DeadlineSpan(
                also.end(), second.end, "due", _raw(where, also.end(), second.end),
                due=second.due(bound), bound=bound, inferred_year=second.inferred_year,
            )  # fmt: skip


def _is_ordered(sentences: Sentences, match: re.Match[str], moment: Moment) -> bool:
    """Whether the sentence asks for something by the moment; the vaguer the bound, the more it has to say so."""
    start, end = match.start(), moment.end
    whole_year = (moment.last - moment.first).days > 100
    if re.match(r"(?:thoi|han)\s", match[0]) and not (whole_year and match[0].startswith("thoi gian thuc")):
        return True
    if moment.first == moment.last:
        if match.lastgroup == "within" or is_weak(match[0]):
            return sentences.reports(start, end) and not sentences.is_goal(start) and not sentences.is_event(start)
        latest = match[0].startswith(("cham nhat", "muon nhat", "han chot"))
        return latest or sentences.directs(start, end)
    if sentences.is_goal(start) or sentences.is_event(start) or sentences.told(start):
        return False
    if whole_year:
        # A whole year: "hoàn thành trong năm 2020" is an order only when the sentence gives one, else it describes.
        return sentences.finishes(start, reach=18) and sentences.orders(start, end)
    return sentences.makes(start)


_EVERY_YEAR = re.compile(
    r"\s*,?\s*(?:cua\s+)?(?:(?:hang|moi)\s+(?:nam|qu[yi]|thang)|cung\s+nam"
    r"|nam\s+(?:sau|truoc|lien\s+(?:ke|truoc|sau)|tiep\s+theo|ke\s+hoach|ngan\s+sach))(?!\w)"
)
_AND = re.compile(r"\s*,?\s+va\s+(?:truoc\s+)?")

# "hạn gửi báo cáo về Sở: ngày 15/6/2019": the label of a bound that is a noun runs on to its colon.
_LABEL = re.compile(r"[^.;:\d\n]{0,40}:\s*")


def _past_label(where: Folded, match: re.Match[str]) -> int:
    if re.match(r"(?:thoi|han)\s", match[0]) and (label := _LABEL.match(where.bare, match.end())):
        return label.end()
    return match.end()


_FAR_AHEAD = 183
_A_YEAR = 366
# "từ …", or the label of a term: "Thời gian thực hiện: Quý II/2024 - Quý IV/2024".
_FROM = re.compile(
    r"(?<!\w)(?:tu\s+(?P<now>nay(?!\w))?"
    r"|(?P<label>thoi\s+(?:gian|han)\s+(?:thuc\s+hien|hoan\s+thanh)\s*:\s*)(?=qu[yi]\s|thang\s))"
)
_TO = re.compile(r"\s*,?\s*(?:\([^()]{0,60}\)\s*)?(?:(?:cho\s+)?(?:den|toi)(?:\s+het)?(?!\w)|[-–])\s*")
_DAY_ONLY = re.compile(r"(?:ngay\s+)?(?P<day>\d{1,2})(?=\s*(?:,|den|toi|-|–|cho\s))")
_MONTH_ONLY = re.compile(r"thang\s+(?P<month>\d{1,2})(?=\s*(?:,|den|toi|-|–))")


def _periods(where: Folded, sentences: Sentences, moments: Moments, issued: date | None) -> Iterator[DeadlineSpan]:
    for match in _FROM.finditer(where.bare):
        read = _period(where, moments, match, issued)
        if read is None:
            continue
        first, last, end, inferred = read
        if first > last or (issued and last < issued):
            continue
        # Without a day of issue a period of years may lie behind it (the time that an inspection covers).
        if issued is None and (last - first).days > _A_YEAR:
            continue
        # "Từ ngày 1/1 đến ngày 6/7 đã giao …", told on 8/7: the next such days are not meant.
        if issued and inferred and (last - issued).days > _FAR_AHEAD:
            continue
        start = match.start()
        if sentences.trapped(start, end, known_future=issued is not None) or sentences.quoted(start):
            continue
        if sentences.is_event(start) or not (match["label"] or sentences.directs(start, end)):
            continue
        yield DeadlineSpan(
            start, end, "period", _raw(where, start, end), period=(str(first), str(last)), inferred_year=inferred
        )


def _period(
    where: Folded, moments: Moments, match: re.Match[str], issued: date | None
) -> tuple[date, date, int, bool] | None:
    """First and last day of "từ A đến (hết) B"; what A leaves out it takes from B."""
    at = match.end()
    begin = None if match["now"] else moments.read(at, whole_periods=True)
    day_only = month_only = None
    if match["now"]:
        after = at
    elif begin:
        after = begin.end
    elif day_only := _DAY_ONLY.match(where.bare, at):
        after = day_only.end()
    elif month_only := _MONTH_ONLY.match(where.bare, at):
        after = month_only.end()
    else:
        return None
    to = _TO.match(where.bare, after)
    until = moments.read(to.end(), whole_periods=True) if to else None
    if until is None:
        return None
    last, inferred = until.last, until.inferred_year
    if match["now"]:
        return None if issued is None else (issued, last, until.end, inferred)
    if begin:
        first = begin.first
        # "từ 25/12 đến 05/01/2020", "từ ngày 15/6 đến 30/6/2019": the year printed is that of the end.
        if begin.inferred_year:
            first = _at_most(first.day, first.month, last)
        return first, last, until.end, inferred
    if day_only and until.first == until.last:
        day = int(day_only["day"])
        return (date(last.year, last.month, day), last, until.end, inferred) if 1 <= day <= last.day else None
    if month_only:
        month = int(month_only["month"])
        return (date(last.year, month, 1), last, until.end, inferred) if 1 <= month <= last.month else None
    return None


def _at_most(day: int, month: int, last: date) -> date:
    """The latest such day of the calendar not after ``last``."""
    year = last.year if (month, day) <= (last.month, last.day) else last.year - 1
    while not is_calendar_day(day, month, year):
        year -= 1
    return date(year, month, day)

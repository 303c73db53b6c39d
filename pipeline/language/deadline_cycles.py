"""Recurring deadlines as RFC 5545 rules: "hằng tháng", "trước ngày 20 hằng tháng", "báo cáo quý, 6 tháng, năm"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.language.deadline_clauses import Sentences
from pipeline.language.deadline_cues import Folded, group
from pipeline.language.deadline_points import WEEKDAY, weekday_code


@dataclass(frozen=True, slots=True)
class Cycle:
    """A recurrence: offsets of its words, its RRULE, and the bound of the day in it, if it names one."""

    start: int
    end: int
    rule: str
    bound: Literal["before", "by"] | None


# --- cycles with a day ------------------------------------------------------------------------------------------------

_ON = r"(?:(?:dinh\s+ky|vao|den|la)\s+){0,3}"
_BOUND = r"(?:(?P<bound>(?:cham\s+nhat|muon\s+nhat)(?:\s+(?:la|den|vao))?(?:\s+truoc)?|truoc)\s+)?"
_TIME = r"(?:(?P<h>\d{1,2})\s*(?:gio|h|g)\s*(?P<m>[0-5]\d)?\s*(?:phut|['’])?\s*,?\s*)?"
_HEAD = rf"(?<!\w){_ON}{_BOUND}{_TIME}{_ON}"
_EVERY = r"(?:hang|moi)\s+"
_LAST = r"(?P<last>cuoi\s+cung|cuoi)"
# A number is often repeated in words: "ngày 15 (mười lăm)".
_WORDS = r"(?:\s*\([a-z\s]{2,20}\))?"
_DAY = rf"ngay\s+(?:(?P<day>\d{{1,2}})(?!\d){_WORDS}|{_LAST})"
_MONTH_DAY = rf"ngay\s+(?P<day>\d{{1,2}}){_WORDS}(?:\s*/\s*|\s+thang\s+)(?P<month>\d{{1,2}})(?!\s?/\s?\d|\d){_WORDS}"
_WEEK_DAY = rf"(?:(?:chieu|sang)\s+)?(?:ngay\s+)?{WEEKDAY}"
_CYCLE_FIRST = rf"(?<!\w)(?:dinh\s+ky\s+)?{_EVERY}"

_DATED = tuple(
    re.compile(pattern)
    for pattern in (
        # "ngày 15 của tháng cuối quý", "ngày cuối cùng của tháng đầu quý sau"
        rf"{_HEAD}{_DAY}(?:\s+cua)?\s+thang\s+(?P<which>dau|giua|cuoi)(?:\s+(?:tien|cung))?(?:\s+cua)?(?:\s+moi|\s+hang)?"
        r"\s+qu[yi](?:\s+(?:sau|tiep\s+theo|ke\s+tiep))?(?!\w)",
        # "trước ngày 15/12 hằng năm"
        rf"{_HEAD}{_MONTH_DAY}(?:\s+cua)?\s*,?\s*{_EVERY}(?P<unit>nam)(?!\w)",
        rf"{_HEAD}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})\s*,?\s*{_EVERY}(?P<unit>nam)(?!\w)",
        # "trước ngày 20 hằng tháng", "ngày 20 của tháng tiếp theo"
        rf"{_HEAD}{_DAY}(?:\s+cua)?\s*,?\s*{_EVERY}(?P<unit>thang|qu[yi])(?!\w)",
        rf"{_HEAD}{_DAY}(?:\s+cua)?\s+(?P<unit>thang)\s+(?P<following>sau|tiep\s+theo|tiep\s+sau|ke\s+tiep|bao\s+cao)(?!\w)",
        rf"{_HEAD}{_DAY}\s+cua\s+(?P<unit>thang)(?P<following>)(?!\w|\s+(?:\d|dau|giua|cuoi|nay))",
        # "trước ngày 25/6 đối với báo cáo 6 tháng", "trước ngày 10/01 của năm liền kề năm báo cáo"
        rf"{_HEAD}{_MONTH_DAY}(?=\s*,?\s*(?:doi\s+voi\s+(?:ky\s+)?bao\s+cao\s+(?:dinh\s+ky\s+)?(?:0?6{_WORDS}\s+thang|(?:(?:ca|hang)\s+)?nam)"
        r"(?!\s+\d)|(?:cua\s+)?nam\s+(?:lien\s+ke\s+nam\s+)?bao\s+cao)(?!\w))",
        # "trước 15 giờ hằng ngày", "hằng ngày (trước 15h00)"
        rf"(?<!\w){_ON}{_BOUND}(?P<h>\d{{1,2}})\s*(?:gio|h|g)\s*(?P<m>[0-5]\d)?\s*(?:phut|['’])?\s*(?:sang\s)?,?\s*"
        rf"{_EVERY}(?P<unit>ngay)(?!\w)",
        # "vào thứ hai hằng tuần", and the same with the cycle first
        rf"{_HEAD}{_WEEK_DAY}\s*,?\s*(?:cua\s+)?{_EVERY}(?P<unit>tuan)(?!\w)",
        rf"{_CYCLE_FIRST}(?P<unit>tuan)\s*[,(]?\s*{_ON}{_BOUND}{_TIME}{_ON}{_WEEK_DAY}",
    )
)
# "Hằng tháng, các đơn vị gửi báo cáo trước ngày 20": the day stands later in the sentence, after a bound or at once.
_LATER_DAY = re.compile(
    rf"(?:\s*[,(]?\s*{_ON}|[^.;]{{0,100}}?(?=\s(?:truoc|cham|muon)\s)\s)"
    rf"{_BOUND}{_TIME}{_ON}{_DAY}(?!\s*[/\-]\s*\d|\s+thang)(?!\w)"
)
_LATER_MONTH_DAY = re.compile(
    rf"(?:\s*[,(]?\s*{_ON}|[^.;]{{0,100}}?(?=\s(?:truoc|cham|muon)\s)\s){_BOUND}{_TIME}{_ON}{_MONTH_DAY}"
)

_LATER_TIME = re.compile(
    r"[^.;]{0,100}?(?<!\w)(?P<bound>(?:cham\s+nhat|muon\s+nhat)(?:\s+(?:la|vao))?(?:\s+truoc)?|truoc)\s+"
    r"(?P<h>\d{1,2})\s*(?:gio|h|g)\s*(?P<m>[0-5]\d)?(?:\s*(?:phut|['’]))?(?!\w|\s*,?\s*(?:ngay|thu)\s)"
)
_LATER = {"FREQ=DAILY": _LATER_TIME, "FREQ=MONTHLY": _LATER_DAY, "FREQ=YEARLY": _LATER_MONTH_DAY}
# "trước ngày 15/6 và 15/12 hằng năm": the days before the one that stands at the cycle.
_EARLIER_MONTH_DAY = re.compile(
    rf"{_HEAD}(?:ngay\s+)?(?P<day>\d{{1,2}})(?:\s*/\s*|\s+thang\s+)(?P<month>\d{{1,2}})(?P<link>\s*(?:,|va|;)\s*)\Z"
)

_QUARTER_MONTHS = {"dau": "1,4,7,10", "giua": "2,5,8,11", "cuoi": "3,6,9,12"}

# --- cycles without a day ---------------------------------------------------------------------------------------------

# What makes "tháng", "quý", "năm" a certain one instead of every one: "6 tháng đầu năm", "quý II", "tháng 6".
_CERTAIN = r"(?!\s*/?\s*\d|\s+(?:[ivx]+(?!\w)|dau|cuoi|nay|sau|toi|truoc(?!\s+(?:\d|ngay\s))|qua|hoc|ke|nam\s))"
_ONCE = r"(?:\s+(?:mot|0?1)\s+lan|\s*/\s*(?:0?1\s+)?lan)"
_ITEM = re.compile(
    rf"(?:(?P<regular>dinh\s+ky)\s+)?(?:(?P<every>hang|moi)\s+)?"
    rf"(?:(?P<count>\d{{1,2}})\s+)?(?P<unit>ngay|tuan|thang|qu[yi]|nam)(?!\w)(?:(?P<once>{_ONCE})|{_CERTAIN})"
    r"|(?:mot|0?1)\s+lan\s*/\s*(?:(?P<count2>\d{1,2})\s+)?(?P<unit2>tuan|thang|qu[yi]|nam)(?!\w)"
)
_SEPARATOR = re.compile(r"\s*(?:\([^()]{0,80}\)\s*)?(?:,\s*va|,|va|hoac|/)\s*")
_LEAD = re.compile(r"(?<!\w)bao\s+cao\s+(?P<regular>dinh\s+ky\s*)?[(:]?\s*\Z")
_START = re.compile(r"(?<!\w)(?:(?:dinh\s+ky|hang|moi|\d{1,2}\s+thang|thang|qu[yi])(?!\w)|(?:mot|0?1)\s+lan\s*/)")
_SEVERAL_TIMES = re.compile(r"\s*,?\s*(?:it\s+nhat\s+|toi\s+thieu\s+)?(?:0?[2-9]|\d\d|hai|ba|bon)\s+lan(?!\w)")
# The words themselves, with marks: "hạng", "Việt Nam" and "quỹ" fold to the same letters.
_EVERY_WORDS = frozenset({"hằng", "hàng", "hăng", "hẳng", "mỗi", "mỏi", "mổi"})
_UNIT_WORDS = frozenset({"ngày", "tuần", "tháng", "thang", "quý", "quí", "năm", "nãm"})
_RULES = {
    "ngay": "FREQ=DAILY", "tuan": "FREQ=WEEKLY", "thang": "FREQ=MONTHLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3", "qui": "FREQ=MONTHLY;INTERVAL=3", "nam": "FREQ=YEARLY",
}  # fmt: skip


def find_cycles(where: Folded, sentences: Sentences) -> list[Cycle]:
    """Every recurrence in which something is reported or sent, in order, not overlapping."""
    found: list[Cycle] = []

    def free(start: int, end: int) -> bool:
        return not any(start < cycle.end and cycle.start < end for cycle in found)

    for pattern in _DATED:
        for match in pattern.finditer(where.bare):
            rule = _dated_rule(match)
            if match.groupdict().get("following") is not None and not _in_cycle(where, sentences, match):
                continue
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            if rule and free(start, match.end()) and _is_reported(where, sentences, start, match.end(), dated=True):
                earlier = [c for c in _earlier_days(where, start) if free(c.start, c.end)] if "BYMONTH=" in rule else []
                bound = _bound(match) or next((c.bound for c in earlier if c.bound), None)
                found.extend([*earlier, Cycle(start, match.end(), rule, bound)])
    for cycles in _lists(where):
        if len(cycles) == 1:
            cycles = [_with_later_day(where, cycles[0])]
        start, end = cycles[0].start, cycles[-1].end
        dated = "BY" in cycles[0].rule
        if all(free(c.start, c.end) for c in cycles) and _is_reported(where, sentences, start, end, dated):
            found.extend(cycles)
    return sorted((c for c in found if not _said_better(c, found, sentences)), key=lambda cycle: cycle.start)


def _earlier_days(where: Folded, start: int) -> Iterator[Cycle]:
    """The days listed before a day of the year: "15/6 và 15/12 hằng năm"."""
    while match := _EARLIER_MONTH_DAY.search(where.bare, max(0, start - 60), start):
        rule = _dated_rule(match)
        if rule is None:
            return
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Cycle(start, match.start("link"), rule, _bound(match))


def _in_cycle(where: Folded, sentences: Sentences, match: re.Match[str]) -> bool:
    """Whether "ngày 05 tháng sau" is said of every month; alone it may be the next month only."""
    first, last = sentences.around(match.start())
    return re.search(r"(?<!\w)(?:hang|moi|dinh\s+ky|bao\s+cao)\s+thang(?!\w|\s+\d)", where.bare[first:last]) is not None


def _said_better(cycle: Cycle, found: list[Cycle], sentences: Sentences) -> bool:
    """Whether the same sentence names the day of this cycle: "hàng tuần (trước 16h00 thứ sáu hàng tuần)"."""
    return any(
        other is not cycle
        and (
            (other.rule.startswith(cycle.rule + ";BY") and not _is_quarterly(other.rule))
            or (cycle.rule == _RULES["quy"] and _is_quarterly(other.rule))
        )
        and sentences.index(other.start) == sentences.index(cycle.start)
        for other in found
    )


def _is_quarterly(rule: str) -> bool:
    return any(f";BYMONTH={months};" in rule for months in _QUARTER_MONTHS.values())


def _bound(match: re.Match[str]) -> Literal["before", "by"] | None:
    words = match.groupdict().get("bound")
    return None if not words else "before" if words.endswith("truoc") else "by"


def _dated_rule(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups.get("weekday") or groups.get("sunday"):
        rule = f"FREQ=WEEKLY;BYDAY={weekday_code(match)}"
    elif groups.get("unit") == "ngay" or not ("day" in groups or "last" in groups):
        rule = _RULES["ngay"]
    else:
        day = "-1" if groups.get("last") else str(int(match["day"]))
        if not (day == "-1" or 1 <= int(day) <= 31):
            return None
        if groups.get("which"):
            rule = f"FREQ=YEARLY;BYMONTH={_QUARTER_MONTHS[match['which']]};BYMONTHDAY={day}"
        elif groups.get("month"):
            if not 1 <= int(match["month"]) <= 12:
                return None
            rule = f"FREQ=YEARLY;BYMONTH={int(match['month'])};BYMONTHDAY={day}"
        else:
            # A day of "every quarter" names no month: the quarter's last day does, another is left open.
            base = _RULES[groups.get("unit") or "thang"]
            if base.endswith("INTERVAL=3"):
                rule = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1" if day == "-1" else base
            else:
                rule = f"{base};BYMONTHDAY={day}"
    if groups.get("h") and int(match["h"]) < 24:
        rule += f";BYHOUR={int(match['h'])};BYMINUTE={int(match['m'] or 0)}"
    return rule


def _with_later_day(where: Folded, cycle: Cycle) -> Cycle:
    """The cycle joined with the day that the same sentence names for it."""
    pattern = _LATER.get(cycle.rule)
    match = pattern.match(where.bare, cycle.end) if pattern else None
    if match is None:
        return cycle
    rule = _dated_rule(match)
    if rule is None:
        return cycle
    said = where.bare[cycle.start : match.end()]
    closing = said.count("(") > said.count(")") and where.bare[match.end() : match.end() + 1] == ")"
    return Cycle(cycle.start, match.end() + closing, rule, _bound(match))


def _lists(where: Folded) -> Iterator[list[Cycle]]:
    """Runs of cycles: "hằng quý", "06 tháng, hằng năm", "tháng, quý, 6 tháng và năm" after "báo cáo"."""
    at = 0
    while start := _START.search(where.bare, at):
        items: list[re.Match[str]] = []
        position, at = start.start(), start.end()
        while item := _ITEM.match(where.bare, position):
            if not _real(where, item):
                break
            items.append(item)
            separator = _SEPARATOR.match(where.bare, item.end())
            if separator is None:
                break
            position = separator.end()
        if not items:
            continue
        at = max(at, items[-1].end())
        lead = _LEAD.search(where.bare, max(0, items[0].start() - 30), items[0].start())
        strong = [bool(i["every"] or i["once"] or i["unit2"] or i["regular"]) for i in items]
        # "năm 6 tháng" is no list, "5 năm" no cycle: a count of years stands only after a cycle of months.
        if items[0]["count"] and items[0]["unit"] != "thang" and not items[0]["regular"] and not items[0]["once"]:
            continue
        # Bare words are cycles only in company: after "báo cáo định kỳ", or in a list after "báo cáo".
        if not (strong[0] or (lead and (lead["regular"] or len(items) > 1))):
            continue
        if _SEVERAL_TIMES.match(where.bare, items[-1].end()):
            continue
        yield [Cycle(i.start(), i.end(), _rule(i), None) for i in items]


def _real(where: Folded, item: re.Match[str]) -> bool:
    if item["unit2"]:
        return True
    if item["unit"] == "ngay" and not item["every"]:
        return False
    if item["count"] and not 1 <= int(item["count"]) <= 60:
        return False
    every, unit = item["every"], where.marked[slice(*item.span("unit"))]
    return unit in _UNIT_WORDS and (not every or where.marked[slice(*item.span("every"))] in _EVERY_WORDS)


def _rule(item: re.Match[str]) -> str:
    count, unit = item["count"] or item["count2"], item["unit"] or item["unit2"]
    if count and int(count) > 1:
        return f"FREQ=MONTHLY;INTERVAL={int(count)}" if unit == "thang" else f"{_RULES[unit]};INTERVAL={int(count)}"
    return _RULES[unit]


_BOUNDED = re.compile(r"(?:dinh\s+ky\s+)?(?:truoc|cham\s+nhat|muon\s+nhat)(?!\w)")


def _is_reported(where: Folded, sentences: Sentences, start: int, end: int, dated: bool) -> bool:
    """Whether a verb of reporting governs the cycle, with no other activity ("sao lưu", "dự toán") in between.

    A cycle that names its day is looked for in the whole sentence, a bare one near by.
    """
    first, last = sentences.around(start)
    verbs, others = group("recurring", "verbs"), group("recurring", "not_of")
    if dated and _BOUNDED.match(where.bare, start) and sentences.makes(start):
        # "hoàn thành trước ngày 31/12 hằng năm": a day that is a bound asks for whatever is made by it.
        return True
    # "Định kỳ hằng năm, …, Ủy ban nhân dân các tỉnh … báo cáo": a cycle at the head governs the sentence.
    heads = start - first <= 6
    left = max(first, start - (200 if dated else 60))
    verb = verbs.last(where, left, start)
    if verb is not None:
        if dated:
            return True
        by_the_way = re.search(r"(?<!\w)theo\s+bao\s+cao\s*\Z", where.bare[left:start])
        return not others.search(where, max(verb, start - 60), start) and not by_the_way
    if others.search(where, max(first, start - 30), start):
        return False
    right = min(last, end + (200 if dated or heads else 70))
    stop = where.text.find(";", end, right)
    verb = verbs.first(where, start, right if stop < 0 else stop)
    return verb is not None and (dated or not others.search(where, end, min(verb, end + 40)))

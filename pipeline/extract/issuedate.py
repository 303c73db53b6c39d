"""Place and date of issue (ô số 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from pipeline.extract.certain import certainly_read
from pipeline.extract.context import Context
from pipeline.extract.found import Found, found
from pipeline.extract.penned import DIFFERS, is_sure, left_blank, penned
from pipeline.extract.spelling import as_printed, nearest_unit
from pipeline.extract.subject import read_type
from pipeline.language.dates import NAM, NGAY, THANG, DateSpan, find_dates, is_year_of_issue, parse_date_line
from pipeline.layout import Flow, Zone
from pipeline.layout.signs import HOUR_BEFORE, is_covered_date
from pipeline.lexicon.cues import cue_pattern, cues, key_of
from pipeline.lexicon.places import units_named
from pipeline.read.model import Box, PenReading

_DAY_WORD = re.compile(rf"[,.;\s]*\b{NGAY}\b", re.IGNORECASE)
_EDGE = " ,.;:-–—_*'\"„“”‚`"


def read_place_date(context: Context) -> dict[str, Found]:
    """``place``, ``date`` or ``partial_date``, as far as each is certain.

    Sets ``context.issued`` / ``context.issued_year``.  Ink in the place of the day leaves the date null with status
    ``unreadable`` and the printed month and year in ``partial_date``.
    """
    values: dict[str, Found] = {}
    flow = context.zone(Zone.PLACE_DATE)
    if not flow:
        return _of_minutes(context)
    start = 0
    text = flow.text.replace("\n", " ")
    if place := _place(flow, start, text, context):
        values["place"] = place
    day_word = _DAY_WORD.search(text)
    from_day = start + (day_word.start() if day_word else 0)
    parsed = parse_date_line(text[from_day - start :])
    if parsed is None and is_covered_date(text):
        parsed = _covered(text[from_day - start :])
    if parsed is None:
        return values
    a, b = from_day + parsed.start, from_day + parsed.end
    year, month, day = parsed.year, parsed.month, parsed.day
    ink = ink_over(flow, a, b)
    strokes: list[PenReading] = []
    if not context.typed:
        line = text[from_day - start :][parsed.start : parsed.end]
        year, month, day = _certain_parts(flow, a, b, line, year, month, day)
        if ink:
            day = None
            if _ink_at_month(flow, a, b, ink):
                month = None
        if year:
            day, month, strokes = _by_hand(flow, a, b, line, day, month)
    if year and not is_year_of_issue(year):
        year = month = day = None
    context.issued_year, context.issued_month = year, month
    if year and month and day:
        try:
            context.issued = date(year, month, day)
        except ValueError:
            context.issued = None
    if context.issued and strokes:
        sure = min(reading.probability for reading in strokes)
        boxes = tuple((span.page.number, reading.box) for reading in strokes for span in flow.locate(a, b)[:1])
        values["date"] = Found(context.issued.isoformat(), tuple(flow.locate(a, b)), "date.pen", sure, ink=boxes)
        return values
    if context.issued:
        values["date"] = found(flow, a, b, "date.header", context.issued.isoformat(), 0.985)
        return values
    if year:
        partial = f"{year:04d}-{month:02d}" if month else f"{year:04d}"
        values["partial_date"] = found(flow, a, b, "date.partial", partial, 0.97)
    if not context.typed and not (day is None and not ink and not parsed.day and left_blank(flow, a, b, "day")):
        suggestion = _suggestion(flow, a, b, year, month, day) or ((parsed.iso,) if parsed.iso else ())
        values["date"] = Found(
            None, tuple(flow.locate(a, b)), "date.ink" if ink else "date.doubtful", None, "unreadable",
            alternatives=suggestion, ink=ink,
        )  # fmt: skip
    return values


_OPENING = 160  # characters of minutes within which their day stands


def _of_minutes(context: Context) -> dict[str, Found]:
    """The day of minutes without a date line: their first sentence tells it ("Hôm nay, hồi 14 giờ ngày …")."""
    kind = read_type(context)
    flow = context.body
    opens = re.match(r"\W*" + cue_pattern("body.minutes", marks=False).pattern, key_of(flow.text[:_OPENING]))
    if kind is None or kind.value not in cues("body.minutes_types") or opens is None:
        return {}
    span = next((s for s in find_dates(flow.text[:_OPENING]) if s.date), None)
    if span is None or span.date is None or not certainly_read(flow, span.start, span.end):
        return {}
    context.issued, context.issued_year, context.issued_month = span.date, span.date.year, span.date.month
    return {"date": found(flow, span.start, span.end, "date.minutes", span.date.isoformat(), 0.95, "inferred")}


_PRINTED = re.compile(rf"(?:\b{THANG}\W*(?P<month>\d{{1,2}})\W*)?\b{NAM}\W*(?P<year>\d{{4}})", re.IGNORECASE)


def _covered(text: str) -> DateSpan | None:
    """Month and year of a line of which a pen covered "ngày" or "tháng"; its day is never known."""
    match = _PRINTED.search(text)
    if match is None:
        return None
    month = int(match["month"]) if match["month"] else None
    month = month if month is not None and 1 <= month <= 12 else None
    return DateSpan(match.start(), match.end(), int(match["year"]), month, None, match.group())


def _by_hand(
    flow: Flow, start: int, end: int, line: str, day: int | None, month: int | None
) -> tuple[int | None, int | None, list[PenReading]]:
    """Day and month with what the pen wrote put in where the recogniser is sure; the readings that were used."""
    used: list[PenReading] = []
    parts: dict[str, int | None] = {"day": day, "month": month}
    engine = [int(digits) for digits in re.findall(r"\d+", line)]
    for slot in ("day", "month"):
        reading = penned(flow, start, end, slot)
        if reading is None:
            continue
        value, printed = int(reading.text), parts[slot]
        if printed is not None:
            # Print that both engines read alike stays; where they differ, neither is believed.
            parts[slot] = printed if printed == value or reading.probability < DIFFERS else None
        elif is_sure(reading, value in engine):
            parts[slot] = value
            used.append(reading)
    return parts["day"], parts["month"], used


def _suggestion(
    flow: Flow, start: int, end: int, year: int | None, month: int | None, day: int | None
) -> tuple[str, ...]:
    """Whole dates that the strokes may be, likeliest first, where year and month are known."""
    if year is None:
        return ()
    days, months = penned(flow, start, end, "day"), penned(flow, start, end, "month")
    dates = []
    for d in [day] if day else [int(text) for text in ((days.text, *days.others) if days else ())]:
        for m in [month] if month else [int(text) for text in ((months.text, *months.others) if months else ())]:
            with suppress(ValueError):
                dates.append(date(year, m, d).isoformat())
    return tuple(dict.fromkeys(dates))[:3]


def withdraw_date(context: Context, values: dict[str, Found], cited: Iterable[date]) -> None:
    """Take back a handwritten date that cannot be: before a document it cites, or after it was received.

    It becomes a suggestion again; the printed month and year stay as ``partial_date``.
    """
    item = values.get("date")
    if item is None or item.rule != "date.pen" or context.issued is None:
        return
    if not any(day > context.issued for day in cited) and not (context.received and context.received < context.issued):
        return
    values["date"] = Found(
        None, item.spans, "date.ink", None, "unreadable", alternatives=(item.value,), ink=item.ink
    )  # fmt: skip
    values["partial_date"] = Found(f"{context.issued:%Y-%m}", item.spans, "date.partial", 0.9)
    context.issued = None


_NUMBERED_UNIT = re.compile(r"^(?:Quận|Phường|Q\.|P\.)\s*\d{1,2}(?=\W|$)")


def _place(flow: Flow, start: int, text: str, context: Context) -> Found | None:
    """The words before "ngày"; on a scan they must be a known unit or capitalised words read with confidence."""
    day_word = _DAY_WORD.search(text)
    comma = text.find(",")
    if not day_word and comma < 0:
        return None
    raw = HOUR_BEFORE.sub("", text[: day_word.start() if day_word else comma])
    head = len(raw) - len(raw.lstrip(_EDGE))
    name = raw.strip(_EDGE)
    if not name or not re.match(r"[A-ZĐÀ-Ỹ]", name) or len(name) > 40 or re.search(r"\d", _NUMBERED_UNIT.sub("", name)):
        return None
    item = found(flow, start + head, start + head + len(name), "place.header", certainty=0.98)
    if not context.typed:
        known = {unit.name for unit in units_named(name)} or {spelled for spelled in [nearest_unit(name)] if spelled}
        if len(known) == 1:
            spelled = known.pop()
            item.value = as_printed(name, spelled)
            item.rule = "place.header" if item.value == name else "place.lexicon"
    return item


def _certain_parts(
    flow: Flow, start: int, end: int, text: str, year: int | None, month: int | None, day: int | None
) -> tuple[int | None, int | None, int | None]:
    """Drop the parts whose digits were not read with confidence twice over."""
    kept: list[int | None] = []
    numbers = list(re.finditer(r"\d+", text))
    printed = _year_box(flow, start, next((m for m in numbers if m.group() == str(year)), None))
    for value in (day, month, year):
        if value is None:
            kept.append(None)
            continue
        match = next((m for m in numbers if int(m.group()) == value), None)
        if match is None:
            kept.append(None)
            continue
        numbers.remove(match)
        sure = certainly_read(flow, start + match.start(), start + match.end(), printed)
        kept.append(value if sure else None)
    day, month, year = kept
    if year is None:
        return None, None, None
    return year, month, (day if month else None)


def _year_box(flow: Flow, start: int, year: re.Match[str] | None) -> Box | None:
    """Box of the printed year, beside which the other digits are measured."""
    if year is None:
        return None
    boxes = [box for span in flow.locate(start + year.start(), start + year.end()) for box in span.boxes]
    return boxes[0] if boxes else None


def ink_over(flow: Flow, start: int, end: int) -> tuple[tuple[int, Box], ...]:
    """Pen strokes on the words of ``flow[start:end]`` or in the gaps between them."""
    marks: list[tuple[int, Box]] = []
    for span in flow.locate(start, end):
        for left, top, right, bottom in span.boxes:
            height = bottom - top
            for ink in span.page.ink:
                box = ink.box
                tall = box[3] - box[1]
                shared = min(bottom, box[3]) - max(top, box[1])
                if ink.kind == "pen" and shared > 0.35 * min(height, tall) and tall < 5 * height:
                    wide = min(right, box[2]) - max(left, box[0])
                    if wide > 0.3 * (box[2] - box[0]):
                        marks.append((span.page.number, box))
    return tuple(marks)


def _ink_at_month(flow: Flow, start: int, end: int, ink: tuple[tuple[int, Box], ...]) -> bool:
    """Whether a stroke stands to the right of the word "tháng": then the month is by hand as well."""
    match = re.search(THANG, flow.text[start:end], re.IGNORECASE)
    if not match:
        return True
    spans = flow.locate(start + match.start(), start + match.end())
    if not spans or not spans[0].boxes:
        return True
    right = spans[0].boxes[0][2]
    return any((box[0] + box[2]) / 2 > right for _, box in ink)

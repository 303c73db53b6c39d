"""The receiver's ĐẾN stamp: organisation, number, date, routing (Nghị định 30/2020, Phụ lục IV)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.extract.agency_spelling import agency_name, mend_agency
from pipeline.extract.certain import certainly_read
from pipeline.extract.context import Context
from pipeline.extract.found import Found, Status, found, one_line
from pipeline.extract.penned import is_sure, penned
from pipeline.language.dates import is_calendar_day, parse_date_line
from pipeline.layout import Flow, Zone
from pipeline.layout.signs import is_received, is_upper
from pipeline.lexicon.cues import key_of
from pipeline.read.model import Box, PenReading

# Matched on letters without marks, of which small print loses some ("Sõ 731").
_NUMBER = re.compile(r"\bso\s*[:.;,]*\s*(\d{1,6}[a-z]?)(?!\d|\s*/\s*[a-z])")
FAINT = 0.2  # below this an uncoloured mark between the leader's dots is a dot
ARRIVES = timedelta(days=60)  # a paper is received within that of its issue; later ones need their year read
LATE = timedelta(days=120)
NO_YEAR = 0.3  # probability below which the strokes of a year say nothing, not even that it is another
_SLASHED = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
_FULL_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def read_received(context: Context) -> Found | None:
    """The stamp as a dict, None when there is no stamp.  Handwritten parts that are not certain stay null."""
    flow = context.zone(Zone.RECEIVED)
    if not flow:
        return None
    value: dict[str, str | None] = {"organization": None, "number": None, "date": None, "routing": None}
    parts: dict[str, Found] = {}
    for start, end in flow.lines():
        text = flow.text[start:end]
        key = key_of(text)
        if is_received(text):
            continue
        if re.match(r"\W*chuyen\b", key):
            at = start + re.match(r"\W*\w+\W*", text).end()  # type: ignore[union-attr]
            if (routing := one_line(flow.text[at:end])) and context.typed:
                value["routing"] = routing
                parts["routing"] = found(flow, at, end, "received.routing", routing, 0.9)
            continue
        if (number := _NUMBER.search(key)) and value["number"] is None:
            a, b = start + number.start(1), start + number.end(1)
            if _sure(flow, a, b, context):
                value["number"] = flow.text[a:b]
                parts["number"] = found(flow, a, b, "received.number", flow.text[a:b], 0.97)
        number_pen = penned(flow, start, end, "received")
        if value["number"] is None and number_pen and (number_pen.coloured or number_pen.probability >= FAINT):
            parts["number"] = _penned_number(flow, start, end, number_pen)
            value["number"] = parts["number"].value
        day = _date(flow, start, text, context)
        if day is None and value["date"] is None:
            day = _penned_date(flow, start, end, text, context)
        if day is not None:
            value["date"], parts["date"] = day.value, day
            continue
        if value["organization"] is None and is_upper(text, 0.7) and not re.search(r"\d", text) and len(text) > 5:
            name = agency_name(text)
            value["organization"] = name if context.typed else mend_agency(name)
            parts["organization"] = found(flow, start, end, "received.organization", value["organization"], 0.93)
    if not parts:
        return None
    spans = tuple(span for part in parts.values() for span in part.spans)
    return Found(value, spans, "received.stamp", None, "extracted", parts)


def _date(flow: Flow, start: int, text: str, context: Context) -> Found | None:
    if "ngay" not in key_of(text):
        return None
    parsed = parse_date_line(text)
    iso, a, b = (parsed.iso, parsed.start, parsed.end) if parsed else (None, 0, 0)
    if iso is None and (match := _SLASHED.search(text)):
        day, month, year = (int(group) for group in match.groups())
        year += 2000 if year < 100 else 0
        if is_calendar_day(day, month, year):
            iso, a, b = f"{year:04d}-{month:02d}-{day:02d}", match.start(), match.end()
    if iso is None or not _sure(flow, start + a, start + b, context):
        return None
    return found(flow, start + a, start + b, "received.date", iso, 0.96)


def _penned_number(flow: Flow, start: int, end: int, reading: PenReading) -> Found:
    """The number as the pen wrote it; null with the likeliest readings as suggestions when they are not sure."""
    ink = _ink(flow, start, end, [reading])
    if is_sure(reading):
        return Found(reading.text, (), "received.pen", reading.probability, ink=ink, alternatives=reading.others)
    others = (reading.text, *reading.others)
    return Found(None, (), "received.ink", None, "unreadable", ink=ink, alternatives=others)


def _penned_date(flow: Flow, start: int, end: int, text: str, context: Context) -> Found | None:
    """The day of a stamp "ngày … tháng … năm 20…" filled in by hand; null with a suggestion when it is not sure.

    A year that cannot be read follows from the day of issue: papers arrive within weeks.
    """
    day, month, last = (penned(flow, start, end, slot) for slot in ("day", "month", "year"))
    if day is None or month is None:
        return None
    if last is not None and last.probability < NO_YEAR:
        last = None
    century = _FULL_YEAR.search(text)
    due = _year_of_receipt(context, int(day.text), int(month.text))
    year = int(century.group()) if century else 2000 + int(last.text) if last else due
    used = [reading for reading in (day, month, None if century else last) if reading]
    ink = _ink(flow, start, end, used)
    if year is None or not is_calendar_day(int(day.text), int(month.text), year):
        return Found(None, (), "received.ink", None, "unreadable", ink=ink)
    iso = f"{year:04d}-{int(month.text):02d}-{int(day.text):02d}"
    if century:
        told = certainly_read(flow, start + century.start(), start + century.end())
    else:
        told = last is not None and is_sure(last)
    if is_sure(day) and is_sure(month) and (told or year == due):
        status: Status = "extracted" if told else "inferred"
        sure = min(reading.probability for reading in (used if told else (day, month)))
        return Found(iso, (), "received.pen" if told else "received.pen-year", sure, status, ink=ink)
    return Found(None, (), "received.ink", None, "unreadable", ink=ink, alternatives=(iso,))


def _year_of_receipt(context: Context, day: int, month: int) -> int | None:
    """The year in which that day and month come within ``ARRIVES`` of the document's issue; None when unknown.

    Where only month or year of issue is known, a year later must be out of the question even for a late paper.
    """
    first = context.earliest
    if first is None:
        return None
    last = first
    if context.issued is None:
        whole_year = context.issued_month is None
        last = date(first.year, 12, 31) if whole_year else first + timedelta(days=30)
    days = [
        date(year, month, day)
        for year in (first.year, first.year + 1, first.year + 2)
        if is_calendar_day(day, month, year)
    ]
    at_all = [arrived for arrived in days if first <= arrived <= last + (ARRIVES if context.issued else LATE)]
    return at_all[0].year if len(at_all) == 1 and at_all[0] <= last + ARRIVES else None


def _ink(flow: Flow, start: int, end: int, readings: list[PenReading]) -> tuple[tuple[int, Box], ...]:
    page = flow.locate(start, end)[0].page.number
    return tuple((page, reading.box) for reading in readings)


def _sure(flow: Flow, start: int, end: int, context: Context) -> bool:
    return context.typed or certainly_read(flow, start, end, least=0.85)

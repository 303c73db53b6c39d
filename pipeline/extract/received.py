"""The receiver's ĐẾN stamp: organisation, number, date, routing (Nghị định 30/2020, Phụ lục IV)."""

from __future__ import annotations

import re

from pipeline.extract.certain import certainly_read
from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.extract.issuer import agency_name
from pipeline.language.dates import is_calendar_day, parse_date_line
from pipeline.layout import Flow, Zone
from pipeline.layout.signs import is_received, is_upper
from pipeline.lexicon.cues import key_of

_NUMBER = re.compile(r"\bs[oốôóò]\s*[:.;]*\s*(\d{1,6}[a-z]?)(?!\d|\s*/\s*[A-Z])", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")


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
        if (number := _NUMBER.search(text)) and value["number"] is None:
            a, b = start + number.start(1), start + number.end(1)
            if _sure(flow, a, b, context):
                value["number"] = number.group(1)
                parts["number"] = found(flow, a, b, "received.number", number.group(1), 0.97)
        if date := _date(flow, start, text, context):
            value["date"], parts["date"] = date.value, date
            continue
        if value["organization"] is None and is_upper(text, 0.7) and not re.search(r"\d", text) and len(text) > 5:
            value["organization"] = agency_name(text)
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


def _sure(flow: Flow, start: int, end: int, context: Context) -> bool:
    return context.typed or certainly_read(flow, start, end, least=0.85)

"""A value together with where it was found; what every extractor returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.layout.flow import Flow, Span
from pipeline.read.model import Box

Status = Literal["extracted", "inferred", "unreadable"]


@dataclass(slots=True)
class Found:
    """``value`` and the spans it was read from.

    ``parts`` holds the evidence of the value's own fields, by JSON Pointer token ("number", "date", "phones/0").
    ``certainty`` is the rule's own probability of being right given perfect reading, None when nobody measured it;
    the doubt of the reading itself (OCR) is added when evidence is made.
    ``ink`` are boxes of marks that could not be read, by page number.
    """

    value: Any
    spans: tuple[Span, ...]
    rule: str
    certainty: float | None = None
    status: Status = "extracted"
    parts: dict[str, Found] = field(default_factory=dict)
    alternatives: tuple[str, ...] = ()
    ink: tuple[tuple[int, Box], ...] = ()
    source: str | None = None

    def __bool__(self) -> bool:
        return True


def found(
    flow: Flow, start: int, end: int, rule: str, value: Any = None, certainty: float | None = None,
    status: Status = "extracted", **parts: Found | None,
) -> Found:  # fmt: skip
    """A Found over ``flow[start:end]``; the value defaults to the text on one line."""
    if value is None:
        value = one_line(flow.text[start:end])
    kept = {name: part for name, part in parts.items() if part is not None}
    return Found(value, tuple(flow.locate(start, end)), rule, certainty, status, kept)


def one_line(text: str) -> str:
    """White space collapsed; syllables that a line end parted at a hyphen stay as printed."""
    return " ".join(text.split())


def spans_of(founds: Iterable[Found]) -> tuple[Span, ...]:
    return tuple(span for item in founds for span in item.spans)

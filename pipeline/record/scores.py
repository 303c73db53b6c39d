"""What speaks for a value that was read: the rule, the reading under it, and what was done to it.

A :class:`Score` holds everything that the calibration (``record/calibration.py``) may look at.  Nothing of it is a
probability that the value is right; it is what such a probability is made of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract import Found
from pipeline.layout.flow import Span

_LETTERS = re.compile(r"[\W_]+")
# What is no text of the page (days, types told by a ký hiệu, verbs of a relation) cannot differ from it in letters.
_WORDED = frozenset(
    {"number", "issuer", "issuer_parent", "place", "signer.position", "received.organization", "citations.number"}
)


@dataclass(frozen=True, slots=True)
class Score:
    """``field`` is the dotted name of what was read ("number", "citations.date"), ``source`` that of the evidence.

    ``certainty`` is the rule's own figure and ``reading`` the recognition's of the weakest word or pen stroke, both
    0..1 and None when unknown.  ``mended``: the value has other letters than the page.  ``contested``: other readings
    were kept beside it.  ``suggested``: the value stayed null and the first of its other readings is spoken of.
    """

    field: str
    rule: str
    source: str
    certainty: float | None = None
    reading: float | None = None
    inferred: bool = False
    mended: bool = False
    contested: bool = False
    suggested: bool = False

    @property
    def raw(self) -> float | None:
        """The rule's figure times the reading's; None when neither is known."""
        if self.certainty is None and self.reading is None:
            return None
        return (1.0 if self.certainty is None else self.certainty) * (1.0 if self.reading is None else self.reading)


def field_of(pointer: str) -> str:
    """JSON Pointer → dotted name without places in lists: "/citations/0/number" → "citations.number"."""
    return ".".join(token for token in pointer.split("/")[1:] if not token.isdigit())


def score_of(pointer: str, item: Found) -> Score:
    """What speaks for ``item``, the value at ``pointer``."""
    field, by_pen = field_of(pointer), bool(item.ink) and item.source is None
    known = [c for span in item.spans if (c := span.page.confidence_of(span.start, span.end)) is not None]
    certainty = item.certainty
    if by_pen and certainty is not None:
        # The figure of a pen's reading is the digit recogniser's: it is a reading, and the rule has none.
        known, certainty = [*known, certainty], None
    reading = min(known, default=None)
    return Score(
        field, item.rule, _source(item, by_pen), certainty, reading,
        inferred=item.status == "inferred", mended=field in _WORDED and _mended(item),
        contested=item.value is not None and bool(item.alternatives), suggested=_is_null(item),
    )  # fmt: skip


def source_of(span: Span) -> str:
    """A page with a text layer may hold recognised words too: a signature's name is a picture there."""
    recognised = any(word.confidence is not None for word in span.page.words_in(span.start, span.end))
    return "ocr" if recognised else span.page.source


def _source(item: Found, by_pen: bool) -> str:
    if item.source:
        return item.source
    if by_pen:
        return "handwriting"
    sources = [source_of(span) for span in item.spans]
    return "ocr" if "ocr" in sources else next(iter(sources), "text")


def _is_null(item: Found) -> bool:
    return item.value is None and item.status == "unreadable"


def _mended(item: Found) -> bool:
    if not isinstance(item.value, str) or item.status != "extracted" or not item.spans or item.ink:
        return False
    return _bare(item.value) not in _bare("".join(span.text for span in item.spans))


def _bare(text: str) -> str:
    return _LETTERS.sub("", text).casefold()

"""The citations of a text as plain data, for ``congvan cite``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.language.mentions import Mention, find_mentions, trailing_date

__all__ = ["cite"]


@cache
def _issuer() -> re.Pattern[str]:
    """ "của Chính phủ" between a number and its date; no sign and no figure stands in an issuer's name."""
    return re.compile(r"\s*,?\s*của\s+[^\W\d_a-zđ][^\W\d_]*(?:[\s\-]+(?!ngày\b)[^\W\d_]+){0,11}\s*,?\s*(?=ngày\b)")


def _date_after_issuer(text: str, mention: Mention) -> tuple[str, int] | None:
    """Date and end of "… của Chính phủ ngày 14/11/2003", which the mention grammar leaves to those who read issuers."""
    if mention.date_span or mention.number_span is None:
        return None
    issuer = _issuer().match(text, mention.end)
    found = trailing_date(text, issuer.end()) if issuer else None
    return (found[0], found[2]) if found else None


def cite(text: str, *, typed: bool = False) -> list[dict[str, Any]]:
    """Every document mentioned in ``text``, in order.

    Each is ``{"start", "end", "number", "doc_type", "date", "law_name", "pinpoint"}``: half-open offsets into ``text``
    up to the date, the canonical number, the type's name in lower case, an ISO date; None for what is not said or not
    certain.  ``typed``: the text was typed and not recognised from a picture (``language.numbers.find_numbers``).
    """
    found: list[dict[str, Any]] = []
    for mention in find_mentions(text, typed=typed):
        dated = _date_after_issuer(text, mention)
        found.append(
            {
                "start": mention.start,
                "end": dated[1] if dated else mention.end,
                "number": mention.number.canonical if mention.number and mention.number.serial else None,
                "doc_type": mention.doc_type,
                "date": dated[0] if dated else mention.date,
                "law_name": mention.law_name,
                "pinpoint": mention.pinpoint,
            }
        )
    return found

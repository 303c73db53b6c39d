"""The citations of a text as plain data, for ``congvan cite``."""

from __future__ import annotations

from typing import Any

from pipeline.language.mentions import find_mentions

__all__ = ["cite"]


def cite(text: str, *, typed: bool = False) -> list[dict[str, Any]]:
    """Every document mentioned in ``text``, in order.

    Each is ``{"start", "end", "number", "doc_type", "date", "law_name", "pinpoint"}``: half-open offsets into ``text``,
    the canonical number, the type's name in lower case, an ISO date; None for what is not said or not certain.
    """
    return [
        {
            "start": mention.start,
            "end": mention.end,
            "number": mention.number.canonical if mention.number and mention.number.serial else None,
            "doc_type": mention.doc_type,
            "date": mention.date,
            "law_name": mention.law_name,
            "pinpoint": mention.pinpoint,
        }
        for mention in find_mentions(text, typed=typed)
    ]

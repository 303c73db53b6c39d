"""What stands on each page, line by line, for measuring character errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.generator.page import HEIGHT, WIDTH, Page

Entry = dict[str, Any]


def transcribe(pages: Sequence[Page | None], *, hand: bool = False) -> dict[str, Any]:
    """Lines of each page in the order they were set; None is an empty reverse side.

    A line has its ``text``, its ``role`` and its ``box`` (left, top, right, bottom) as fractions of the **typeset**
    page: a scan's tilt or perspective is not in it.  With ``hand`` the clerk's ink is listed too, role ``hand``.
    """
    found = []
    for number, page in enumerate(pages, 1):
        lines: list[Entry] = []
        if page is not None:
            lines = [_entry(" ".join(text.text.split()), text.role, text.box) for text in page.texts()]
            if hand:
                lines += [
                    _entry(spot.text, "hand", spot.box)
                    for spot in page.spots
                    if spot.name in ("number", "day", "month") and spot.text
                ]
        found.append({"page": number, "document": None if page is None else page.document, "lines": lines})
    return {"pages": found}


def _entry(text: str, role: str, box: tuple[float, float, float, float]) -> Entry:
    left, top, right, bottom = box
    fractions = (left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT)
    return {"text": text, "role": role, "box": [round(min(max(value, 0.0), 1.0), 5) for value in fractions]}

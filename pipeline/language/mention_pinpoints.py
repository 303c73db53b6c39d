"""Pinpoints: "điểm a khoản 1 Điều 19" that stands directly before a cited document."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["pinpoint_before"]

_REACH = 160


@cache
def _pattern() -> re.Pattern[str]:
    item = r"(?:\d{1,3}(?:\.\d{1,3})*[a-zđ]?|[a-zđ]\d?|[IVXLC]{1,6})(?![^\W_])"
    items = rf"{item}(?:\s*(?:,|;|và|hoặc|đến|-)\s*(?:các\s+)?{item})*"
    level = r"(?:(?:các\s+)?(?:điểm|tiết|khoản|điều|mục|tiểu\s+mục|chương|phần|đoạn|gạch\s+đầu\s+dòng|phụ\s+lục))"
    one = rf"{level}(?:\s+(?:số\s+)?{items})?"
    join = r"(?:\s*(?:,|;|và|hoặc|của|tại)\s*|\s+)"
    return re.compile(
        rf"(?<![^\W_])(?P<pin>{level}\s+(?:số\s+)?{items}(?:{join}{one})*)\s*(?:,\s*)?(?:của\s+)?(?:các\s+)?$",
        re.IGNORECASE,
    )


@cache
def _levels() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:các\s+)?(?:điểm|tiết|khoản|điều|mục|chương|phần|đoạn|phụ\s+lục)\s", re.IGNORECASE)


def pinpoint_before(text: str, start: int) -> tuple[int, int] | None:
    """Span of the pinpoint that ends where a mention starts ("của" may stand between); None without one."""
    window = text[max(0, start - _REACH) : start]
    offset = start - len(window)
    for match in _levels().finditer(window):
        if found := _pattern().match(window, match.start()):
            return offset + found.start("pin"), offset + found.end("pin")
    return None

"""Where the name of a known agency ends inside what a sentence says of it: "UBND xã Tân Lập | cấp phép …"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.language.agencies_in_text import AgencySpan, find_agencies
from pipeline.lexicon.cues import cue_pattern, cues, key_of

__all__ = ["deed_after_agency", "opens_with_agency", "without_deed"]

_JOINT = re.compile(r"\s*(?:[,;]|,?\s+và|/)\s*")
# "Chủ tịch …", "Giám đốc các …", "các …" before the agency: an office in it, or all agencies of its kind.
_LONGEST_OFFICE = 4  # words


@lru_cache(maxsize=4096)
def _agencies(name: str) -> tuple[AgencySpan, ...]:
    return tuple(find_agencies(name))


def opens_with_agency(name: str) -> bool:
    """ "BHXH các huyện", "Thống đốc NHNN": an agency of the lexicon, or an office in one, at the head of ``name``."""
    return _end_of_agencies(name.strip()) is not None


def deed_after_agency(name: str) -> int | None:
    """Where the agencies at the head of ``name`` end, when a verb of ``party.deeds`` stands right behind them."""
    end = _end_of_agencies(name)
    return end if end is not None and _deed().match(name, end) else None


def without_deed(name: str) -> str:
    """``name`` up to what the agencies that it opens with do ("… cấp phép thi công"); itself when nothing follows them.

    Only verbs of ``party.deeds`` end a name, and only right behind an agency of the lexicon: inside other names the
    same words may be part of it ("Phòng Cấp phép", "Tổ thẩm tra").
    """
    end = deed_after_agency(name)
    return name if end is None else name[:end]


def _end_of_agencies(name: str) -> int | None:
    """Where the run of agencies at the head of ``name`` ends."""
    end: int | None = None
    for span in _agencies(name):
        if not span.exact:
            break
        between = name[end or 0 : span.start]
        opens = _is_office(between) if end is None else _JOINT.fullmatch(between) or _joined_office(between)
        if not opens:
            break
        end = span.end
    return end


def _is_office(before: str) -> bool:
    words = before.split()
    if not words:
        return True
    office = cue_pattern("party.offices", marks=False).match(key_of(before))
    return len(words) <= _LONGEST_OFFICE and office is not None and not re.search(r"\W\s", before)


def _joined_office(between: str) -> bool:
    joint = _JOINT.match(between)
    return joint is not None and _is_office(between[joint.end() :])


@cache
def _deed() -> re.Pattern[str]:
    """A verb in lower case; "Sở Xây dựng" keeps its capital."""
    verbs = "|".join(re.escape(verb) for verb in sorted(cues("party.deeds"), key=len, reverse=True))
    return re.compile(rf"\s+(?:không\s+|cũng\s+|sẽ\s+|tự\s+|cùng\s+)?(?:{verbs})(?!\w)")

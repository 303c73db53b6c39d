"""Laws, codes, ordinances and constitutions cited by name: where the name begins and where it ends.

The right edge comes from the table of known names; a name that it does not hold is followed to the next word that
cannot belong to a name, and taken only when number or date confirm it or it is written as a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon.fold import fold
from pipeline.lexicon.tables import cells, read_csv

__all__ = ["LawName", "known_name_at", "law_names"]


@dataclass(frozen=True, slots=True)
class LawName:
    """``start``..``end`` spans type and name; ``kind`` is "luật", "bộ luật", "pháp lệnh" or "hiến pháp".

    ``known``: the table holds the name.  Number and date are looked for from ``tail``, which lies after markup that
    closes with the name; ``open_markup``: the name runs into markup that goes on, whose date is the inner law's.
    """

    start: int
    end: int
    kind: str
    type_end: int
    known: bool
    tail: int
    open_markup: bool = False


# Names are searched in folded text, window by window; no known name is longer than this.
_WINDOW = 260
_TAG = r"<[^<>\n]{1,60}>"
_WS = rf"(?:\s|{_TAG})+"


@cache
def _head() -> re.Pattern[str]:
    return re.compile(
        r"(?<![^\W_])(?:[Bb]ộ\s+[Ll]uật|BỘ\s+LUẬT|[Ll]uật|LUẬT|[Pp]háp\s+[Ll]ệnh|PHÁP\s+LỆNH|[Hh]iến\s+[Pp]háp|HIẾN\s+PHÁP)(?![^\W_])"
    )


def _as_pattern(name: str) -> str:
    """A known name as a pattern over folded text: white space, commas and hyphens as typists vary them."""
    words = re.findall(r"[^\s,\-()]+|[,\-()]", fold(name))
    pattern = ""
    for word in words:
        if word in ",-":
            pattern += r"(?:\s*[,\-]|\s+và)?"
        elif word == "và":
            pattern += r"(?:\s+và|\s*,)"
        elif word in "()":
            pattern += rf"\s*\{word}"
        else:
            pattern += (r"\s*" if pattern.endswith(r"\(") else r"\s+" if pattern else "") + re.escape(word)
    return pattern


@cache
def _names() -> dict[str, re.Pattern[str]]:
    """For each kind one pattern of all its names, the longest first."""
    found: dict[str, list[str]] = {}
    for row in read_csv("law_names.csv"):
        for name in (row["name"], *cells(row["aliases"])):
            if fold(name) != "thuế":
                found.setdefault(row["kind"], []).append(name)
    return {
        kind: re.compile("(?:" + "|".join(map(_as_pattern, sorted(names, key=len, reverse=True))) + r")(?![^\W_])")
        for kind, names in found.items()
    }


@cache
def _amending() -> re.Pattern[str]:
    """ "sửa đổi, bổ sung một số điều của": the beginning of an amending law's name, over folded text."""
    return re.compile(
        r"\s+(?:về\s+(?:việc\s+)?)?(?:s[ửưứ]a\s+đổi(?:\s*,?\s*(?:và\s+)?b[ổốô]\s+sung)?|b[ổốô]\s+sung)\s+"
        r"(?:một\s+số\s+(?:điều|nội\s+dung)|(?:các\s+)?(?:điểm|khoản|điều)\s+[^.;()]{1,60}?|)\s*"
        rf"(?:(?:của|tại){_WS}|(?<=\d){_WS})?"
    )


@cache
def _several() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:các|\d+)\s+luật(?:\s+(?:về|(?:có\s+)?liên\s+quan\s+(?:đến|trong\s+lĩnh\s+vực))(?:\s+(?!ngày|năm|số|của|và\s+(?:nghị|luật|pháp|thông|quyết))[^\W\d_]+){1,14})?)"
    )


@cache
def _stop() -> re.Pattern[str]:
    """A word that no law's name goes on with."""
    return re.compile(
        r"(?:ngày|năm|số|này|đó|trên|nêu|hiện|được|đã|đang|sẽ|phải|có|không|thì|là|mà|để|nếu|khi|theo|tại|từ|do|bởi|cho|với|hoặc|cũng|"
        r"như|còn|của|quy|ban|và|về|trong|thuộc|đến|trừ|bao|hướng|ở|nhằm|kể|trước|sau|áp|khác|mới|cũ|nói|vào|bằng|chưa|chỉ|gồm|nước)(?![^\W_])"
    )


_NOT_A_NAME = re.compile(
    r"\s+(?:này|sư|gia|pháp|khác|lệ|định|được|của|có|và|về|là|trên|đó|số|sửa|thì|quy|mới|cũ|chơi|tục|hiện|nêu|trong|không|theo|liên|chuyên|"
    r"nói|tại|đã|để|cho|các|do|hay|hoặc|nào|ngày|năm|gồm|bất|học|thơ|nước|cơ|quốc\s+tế)(?![^\W_])"
)


def known_name_at(text: str, at: int, kind: str) -> int | None:
    """End of the longest known name of this kind that starts at ``at``."""
    pattern = _names().get(kind)
    match = pattern.match(fold(text[at : at + _WINDOW])) if pattern else None
    return at + match.end() if match else None


def _kind(head: str) -> str:
    return " ".join(fold(head).split())


def law_names(text: str) -> Iterator[LawName]:
    """Every law cited by name, in order, not overlapping.  Numbers, dates and years after a name are not included."""
    last = 0
    for match in _head().finditer(text):
        if match.start() < last:
            continue
        found = _constitution(text, match) if match[0].lower().startswith("h") else _law(text, match)
        if found:
            last = found.end
            yield found


def _constitution(text: str, match: re.Match[str]) -> LawName | None:
    folded = fold(text[match.end() : match.end() + 120])
    state = re.match(r"\s+(?:nước\s+)?" + _names()["hiến pháp"].pattern.replace(r"nước\s+", r"(?:nước\s+)?"), folded)
    end = match.end() + state.end() if state else match.end()
    if not state and not re.match(r"\s+(?:năm\s+)?(?:19|20)\d\d", folded):
        return None
    return LawName(match.start(), end, "hiến pháp", match.end(), True, end)


def _law(text: str, match: re.Match[str]) -> LawName | None:
    head, start, end = match[0], match.start(), match.end()
    kind = _kind(head)
    before = text[max(0, start - 12) : start].lower()
    if re.search(r"(?:pháp|dự\s+thảo|dự|ngành|hệ\s+thống|kỷ|đạo|theo\s+đúng)\s+$", before) and head[0].islower():
        return None
    folded = fold(text[end : end + _WINDOW])
    if amending := _amending().match(folded):
        return _amending_law(text, folded, start, end, kind, amending)
    gap = re.match(r"\s+", folded)
    if gap is None:
        return None
    if known := _names()[kind].match(folded, gap.end()) if kind in _names() else None:
        first = text[end + gap.end()]
        if head[0].islower() and not first.isupper():
            return None  # "luật đất đai", "bộ luật hình sự" in lower case speak of the field
        return LawName(start, end + known.end(), kind, end, True, end + known.end())
    if head[0].islower() or _NOT_A_NAME.match(folded):
        return None
    stop = _unknown_name(text, folded, gap.end(), end)
    return LawName(start, end + stop, kind, end, False, end + stop) if stop else None


def _unknown_name(text: str, folded: str, at: int, offset: int) -> int | None:
    """End (in ``folded``) of a name that the table lacks: words to the next stop."""
    last, words = 0, 0
    for word in re.compile(r"[^\W_]+").finditer(folded, at):
        between = folded[last or at : word.start()]
        if between.strip() or "\n\n" in between or _stop().match(folded, word.start()) or words > 14:
            break
        last, words = word.end(), words + 1
    if not words:
        return None
    title = text[offset + at].isupper()
    confirmed = re.match(r"\s*,?\s*(?:số\s*\d{1,3}/|ngày\s*\d|năm\s*(?:19|20)\d\d)", folded[last:])
    if not confirmed and not (title and words >= 2 and last < len(folded)):
        return None
    return last


def _amending_law(text: str, folded: str, start: int, end: int, kind: str, amending: re.Match[str]) -> LawName | None:
    """ "Luật sửa đổi, bổ sung một số điều của Luật Giáo dục": the amended law is a part of the name."""
    at = amending.end()
    inner = re.compile(r"(bộ\s+luật|luật|pháp\s+lệnh)\s+").match(folded, at)
    if inner:
        inner_kind = " ".join(inner[1].split())
        names = _names()[inner_kind].match(folded, inner.end())
        stop = names.end() if names else _unknown_name(text, folded, inner.end(), end)
        known = names is not None
    else:
        several = _several().match(folded, at)
        if several is None:
            return None
        stop, known = several.end(), True
    if not stop:
        return None
    edge = end + stop
    crossed = text[end:edge]
    opened = len(re.findall(r"<[^/<>][^<>]*>", crossed)) > len(re.findall(r"</[^<>]*>", crossed))
    closing = re.compile(r"\s*</[^<>]*>").match(text, edge) if opened else None
    return LawName(start, edge, kind, end, known, closing.end() if closing else edge, opened and not closing)

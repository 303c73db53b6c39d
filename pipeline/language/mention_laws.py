"""Laws, codes, ordinances and constitutions cited by name: where the name begins and where it ends.

The right edge comes from the table of known names; a name that it does not hold is followed to the next word that
cannot belong to a name, and taken only when number or date confirm it or it is written as a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.lexicon.fold import fold, strip_marks
from pipeline.lexicon.tables import cells, read_csv, read_toml

__all__ = ["LawName", "law_names", "listed_name_at"]


@dataclass(frozen=True, slots=True)
class LawName:
    """``start``..``end`` spans type and name; ``kind`` is "luật", "bộ luật", "pháp lệnh" or "hiến pháp".

    ``type_end`` is where the name proper begins to be looked for; equal to ``end`` for "Pháp lệnh" with a date alone.
    Number and date are looked for from ``tail``, which lies after markup that closes with the name; ``open_markup``:
    the name runs into markup that goes on, whose number and date are the inner law's.  ``spelling`` is the table's
    spelling of a name whose marks are damaged.
    """

    start: int
    end: int
    kind: str
    type_end: int
    tail: int
    open_markup: bool = False
    spelling: str | None = None


# Names are searched in folded text, window by window; no known name is longer than this.
_WINDOW = 400
# Markup left in a text counts as white space inside the name of an amending law.
_SPACE = r"(?:\s|<[^<>\n]{1,60}>)+"
_END = r"(?![^\W_])"


@cache
def _words() -> dict[str, Any]:
    return read_toml("law_names.toml")


def _any_of(words: list[str]) -> str:
    return "(?:" + "|".join(word.replace(" ", r"\s+") for word in words) + ")"


@cache
def _head() -> re.Pattern[str]:
    return re.compile(
        r"(?<![^\W_])(?:[Bb]ộ\s+[Ll]uật|BỘ\s+LUẬT|[Ll]uật|LUẬT|[Pp]háp\s+[Ll]ệnh|PHÁP\s+LỆNH|"
        rf"[Hh]iến\s+[Pp]háp|HIẾN\s+PHÁP){_END}"
    )


def _plain(folded: str) -> str:
    """Without marks, same length."""
    plain = strip_marks(folded)
    return plain if len(plain) == len(folded) else folded


def _as_pattern(name: str) -> str:
    """A known name as a pattern over folded text: typists vary white space, commas, hyphens and "và"."""
    pattern, joint = "", ""
    for word in re.findall(r"[^\s,\-]+|[,\-]", fold(name)):
        if word in ",-":
            joint = r"(?:\s*[,\-–]\s*|\s+và\s+|\s+)"
        elif word == "và":
            joint = r"(?:\s+và\s+|\s*[,\-]\s*)"
        else:
            pattern += (joint or (r"\s+" if pattern else "")) + re.escape(word)
            joint = ""
    return pattern


@cache
def _names() -> dict[str, re.Pattern[str]]:
    """For each kind one pattern of all its names, the longest first."""
    found: dict[str, list[str]] = {}
    for row in read_csv("law_names.csv"):
        found.setdefault(row["kind"], []).extend((row["name"], *cells(row["aliases"])))
    return {
        kind: re.compile(
            r"(?:về\s+)?(?:" + "|".join(map(_as_pattern, sorted(names, key=len, reverse=True))) + ")" + _END
        )
        for kind, names in found.items()
    }


@cache
def _amending() -> re.Pattern[str]:
    """ "sửa đổi, bổ sung một số điều của": the beginning of an amending law's name, over folded text."""
    places = r"(?:các\s+)?(?:điểm|khoản|điều)\s+[^.;()<>]{1,80}?"
    return re.compile(
        r"\s+(?:về\s+(?:việc\s+)?)?(?:s[ửưứ]a\s+đổi(?:\s*,?\s*(?:và\s+)?b[ổốô]\s+sung)?|b[ổốô]\s+sung)"
        rf"(?:\s+(?:một\s+số\s+(?:điều|nội\s+dung)(?:\s+khoản)?|{places}))?(?:\s+(?:của|tại))?{_SPACE}"
        rf"(?=bộ\s+luật|luật|pháp\s+lệnh|(?:các|\d+)\s+(?:<[^<>\n]*>\s*)?luật)"
    )


@cache
def _several() -> re.Pattern[str]:
    """ "các luật về thuế", "11 luật có liên quan đến quy hoạch": what one law amends together."""
    about = r"về|(?:có\s+)?liên\s+quan\s+(?:đến|trong\s+lĩnh\s+vực)"
    word = rf"(?!(?:ngày|năm|số|của){_END}|và\s+(?:nghị|luật|pháp|thông|quyết))[^\W\d_]+"
    return re.compile(rf"(?:các|\d+){_SPACE}luật(?:\s+(?:{about})(?:\s+{word}){{1,14}})?")


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(_any_of(_words()["stops"]) + _END)


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(r"\s+" + _any_of(_words()["no_names"]) + _END)


@cache
def _other_word() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])" + _any_of(_words()["other_words"]) + r"\s+$")


@cache
def _whole_date() -> re.Pattern[str]:
    return re.compile(
        r"\s+(?:ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|ngày\s+\d{1,2}[/-]\d{1,2}[/-]\d{4}|năm\s+(?:19|20)\d\d)"
    )


@cache
def _plain_names() -> dict[str, re.Pattern[str]]:
    """The same patterns over text without marks, for names whose marks OCR has damaged."""
    return {kind: re.compile(strip_marks(names.pattern)) for kind, names in _names().items()}


def _match_name(folded: str, at: int, kind: str) -> int | None:
    """End of the longest known name at ``at``; damaged marks are accepted in names of three words or more."""
    if match := _names()[kind].match(folded, at):
        return match.end()
    match = _plain_names()[kind].match(_plain(folded), at)
    return match.end() if match and len(match[0].split()) > 2 else None


@cache
def _spellings() -> dict[tuple[str, str], str | None]:
    """Spelling by kind and letters; None where two names have the same letters."""
    found: dict[tuple[str, str], str | None] = {}
    for row in read_csv("law_names.csv"):
        for name in (row["name"], *cells(row["aliases"])):
            key = (row["kind"], _letters(name))
            found[key] = name if found.get(key, name) == name else None
    return found


def _letters(name: str) -> str:
    return re.sub(r"\bva\b|[\W_]", "", strip_marks(fold(name)))


def _spelling(text: str, start: int, end: int, kind: str) -> str | None:
    """How the table spells the name at ``text[start:end]``, when it is there with damaged marks."""
    printed = " ".join(text[start:end].split())
    if _names()[kind].fullmatch(fold(printed)):
        return None
    return _spellings().get((kind, _letters(printed)))


def listed_name_at(text: str, at: int, kind: str) -> int | None:
    """End of the name at ``at`` in a list of laws: a known one, or any that a number or date follows."""
    folded = fold(text[at : at + _WINDOW])
    stop = _match_name(folded, 0, kind) if kind in _names() else None
    if stop is None:
        stop = _unknown_name(text, folded, 0, at, confirmed=True)
    return None if stop is None else at + stop


def law_names(text: str) -> Iterator[LawName]:
    """Every law cited by name, in order, not overlapping.  Numbers, dates and years after a name are not included."""
    last = 0
    for match in _head().finditer(text):
        if match.start() < last:
            continue
        found = _constitution(text, match) if match[0][0] in "Hh" else _law(text, match)
        if found:
            last = found.end
            yield found


def _constitution(text: str, match: re.Match[str]) -> LawName | None:
    folded = fold(text[match.end() : match.end() + 120])
    gap = re.match(r"\s+", folded)
    state = _names()["hiến pháp"].match(folded, gap.end()) if gap else None
    if state is None and not re.match(r"\s+(?:năm\s+)?(?:19|20)\d\d", folded):
        return None  # "Hiến pháp và pháp luật" cites no text
    end = match.end() + (state.end() if state else 0)
    return LawName(match.start(), end, "hiến pháp", match.end(), end)


def _law(text: str, match: re.Match[str]) -> LawName | None:
    start, end = match.span()
    lower = match[0][0].islower()
    kind = " ".join(fold(match[0]).split())
    if kind == "luật" and _other_word().search(fold(text[max(0, start - 14) : start])):
        return None
    folded = fold(text[end : end + _WINDOW])
    if (amending := _amending().match(folded)) and not _names()[kind].match(folded.lstrip()):
        return _amending_law(text, folded, match, amending)
    # "các Luật: Đất đai …; Xây dựng …"
    gap = re.match(r"\s*:\s+|\s+[\"“]\s*|\s+", folded)
    if gap is None:
        return None
    if known := _match_name(folded, gap.end(), kind):
        if lower and not text[end + gap.end()].isupper():
            return None  # "luật đất đai" in lower case speaks of the field
        close = re.compile(r"\s*[\"”]").match(folded, known) if re.search('["“]', gap[0]) else None
        tail = close.end() if close else known
        spelling = _spelling(text, end + gap.end(), end + known, kind)
        return LawName(start, end + tail, kind, end, end + tail, spelling=spelling)
    if lower:
        return None
    listed = ":" in gap[0]
    if not _no_name().match(folded) and (stop := _unknown_name(text, folded, gap.end(), end, confirmed=listed)):
        return LawName(start, end + stop, kind, end, end + stop)
    if kind != "luật" and _whole_date().match(folded):
        return LawName(start, end, kind, end, end)  # "Pháp lệnh ngày 22 tháng 1 năm 1981"
    return None


def _unknown_name(text: str, folded: str, at: int, offset: int, *, confirmed: bool = False) -> int | None:
    """End (in ``folded``) of a name that the table lacks: words to the next stop.

    A number or a date must follow; unless ``confirmed`` asks for that, a title before a full stop will do.
    """
    last, words = at, 0
    for word in re.compile(r"[^\W_]+").finditer(folded, at):
        between = folded[last : word.start()]
        if between.strip() or "\n\n" in between or _stop().match(folded, word.start()) or words > 14:
            break
        if word[0].isdigit() and re.match(r"[.,]\d", folded[word.end() :]):
            break  # "… theo Luật Ngân sách 6.888.000 đồng": a sum, and the name before it has no edge
        last, words = word.end(), words + 1
    if not words:
        return None
    if re.match(r"\s*,?\s*(?:s[ốôoó]\s*:?\s*\d{1,3}/|ngày\s*\d|năm\s*(?:19|20)\d\d)", folded[last:]):
        return last
    # Without them the edge is certain only where a sentence or a bracket ends; a comma may stand inside a name.
    ends = re.match(r"\s*[.;:)\]”\"]|\s*\n\s*\n|\s*\Z", folded[last:]) and last < _WINDOW
    title = text[offset + at].isupper() and words >= 2 and ends
    return last if title and not confirmed else None


def _amending_law(text: str, folded: str, head: re.Match[str], amending: re.Match[str]) -> LawName | None:
    """ "Luật sửa đổi, bổ sung một số điều của Luật Giáo dục": the amended law is a part of the name."""
    start, end = head.span()
    at = amending.end()
    inner = re.compile(r"(bộ\s+luật|luật|pháp\s+lệnh)\s+").match(folded, at)
    several = _several().match(folded, at)
    if inner:
        stop = _match_name(folded, inner.end(), " ".join(inner[1].split()))
        stop = stop or _unknown_name(text, folded, inner.end(), end)
    else:
        stop = several.end() if several else None
    if not stop:
        return None
    edge = end + stop
    crossed = text[end:edge]
    opened = len(re.findall(r"<[^/<>][^<>]*>", crossed)) > len(re.findall(r"</[^<>]*>", crossed))
    closing = re.compile(r"\s*</[^<>]*>").match(text, edge) if opened else None
    kind = " ".join(fold(head[0]).split())
    return LawName(start, edge, kind, end, closing.end() if closing else edge, opened and not closing)

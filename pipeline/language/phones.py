"""Telephone and fax numbers of Vietnam as they are printed, in E.164.

The number is kept as printed: an area code or a mobile prefix of before 2017-2018 is not replaced by today's, because
the document says what it says.  ``phonenumbers`` (libphonenumber's numbering plan) decides what is a number of today;
an older form counts only where a word such as "điện thoại" stands before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.language.cue_patterns import cue_source
from pipeline.lexicon.fold import fold
from pipeline.lexicon.tables import read_toml

Kind = Literal["phone", "fax", "hotline"]

# Groups of digits with one mark between them.  " - " and "/" part two numbers; "(0237) 3718.699" is one.
_RUN = re.compile(
    r"(?<!\w)(?<!\d[.,])(?:\(\s?\+?\d[\d.\-]{1,5}\)[\s.\-–]{0,2}|\+)?\d(?:\d|[.\-–]?\s?(?=\d)|\s?\(0\)\s?)*(?<=\d)(?!\w)"
)
_GROUP = re.compile(r"\d+")
# After the digits: a money unit, a document number's second half, a percentage, a decimal fraction.
_NOT_A_NUMBER_AFTER = re.compile(r"\s?(?:đồng|đ\b|vnđ|vnd|usd|triệu|tỷ|%|/\s?[^\W\d_]|-[^\W\d_]{2}|,\d)", re.IGNORECASE)
_REACH = 90


@dataclass(frozen=True, slots=True)
class PhoneSpan:
    """A number in a text: half-open offsets of its digits and marks, and its E.164 form."""

    start: int
    end: int
    raw: str
    e164: str
    kind: Kind


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    table = read_toml("contact_cues.toml")["phone"]
    names = {"phone": table["cues"], "fax": table["fax"], "hotline": table["hotline"], "other": table["other"]}
    # One alternation, "other" first: "mã số thuế" is not to be read as "số …".
    order = ("other", "hotline", "fax", "phone")
    return re.compile("|".join(rf"(?P<{kind}>(?<!\w)(?:{cue_source(names[kind])})(?!\w))" for kind in order))


def find_phones(text: str) -> list[PhoneSpan]:
    """Telephone and fax numbers in ``text``, in order.

    A number that stands after a telephone word needs the right shape only; one without such a word must be a number
    of today's numbering plan.  Sums of money, document numbers, dates, tax codes and identity numbers are none.
    """
    folded = fold(text)
    cues = [(m.start(), m.end(), m.lastgroup or "") for m in _cues().finditer(folded)]
    found: list[PhoneSpan] = []
    for run in _RUN.finditer(text):
        for start, end in _split(text, run.start(), run.end()):
            if _NOT_A_NUMBER_AFTER.match(text, end):
                continue
            kind = _kind_at(folded, cues, start, found)
            if kind == "other":
                continue
            number = _e164(text[start:end], cued=kind is not None)
            if number:
                found.append(PhoneSpan(start, end, text[start:end], number, kind or "phone"))  # type: ignore[arg-type]
    return found


def _kind_at(folded: str, cues: list[tuple[int, int, str]], start: int, found: list[PhoneSpan]) -> str | None:
    """The cue that governs a number: the nearest one before it, or that of the number it continues; None when none."""
    near = [cue for cue in cues if cue[1] <= start and start - cue[1] <= _REACH]
    if near:
        cue = near[-1]
        between = folded[cue[1] : start]
        # A foreign paper's word governs only the number right after it.
        if cue[2] == "other" and (len(between) > 25 or re.search(r"\d{4}", between)):
            return None
        if "\n\n" in between and len(between) > 30:
            return None
        # "ĐT/Fax: …" is a telephone too.
        both = cue[2] == "fax" and len(near) > 1 and near[-2][2] == "phone"
        return "phone" if both and re.fullmatch(r"\W{1,3}", folded[near[-2][1] : cue[0]]) else cue[2]
    return found[-1].kind if found and start - found[-1].end <= 60 else None


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part a run of digit groups into numbers of exactly the length that their prefix asks for.

    Groups left over ("0913421376 5 máy", a row's ordinal before the number) are dropped; a run in which no such
    number stands is one candidate when it is not too long.
    """
    run = text[start:end]
    abroad = run.lstrip("( ").startswith(("+", "84"))
    groups = [] if abroad else [(m.start(), m.end()) for m in _GROUP.finditer(run)]
    pieces: list[tuple[int, int]] = []
    at = 0
    while at < len(groups):
        first = groups[at][0]
        ahead = groups[at : at + 11]  # no number has more groups than digits
        last = next((e for _, e in ahead if _national_length(re.sub(r"\D", "", run[first:e]))), None)
        if last is None:
            at += 1
            continue
        opening = 0 if run[:first].strip() == "(" else first
        pieces.append((start + opening, start + last))
        while at < len(groups) and groups[at][0] < last:
            at += 1
    longest = 13 if abroad else 11
    return pieces or ([(start, end)] if sum(ch.isdigit() for ch in run) <= longest else [])


def _national_length(digits: str) -> bool:
    """Whether digits that begin with 0 have just the length that their prefix asks for (plan since 2018)."""
    if digits.startswith("02"):
        return len(digits) == 11
    return digits[:2] in {"03", "05", "07", "08", "09"} and len(digits) == 10


def _e164(raw: str, cued: bool) -> str | None:
    import phonenumbers

    digits = re.sub(r"\D", "", raw)
    if "+" in raw or (raw.lstrip("( ").startswith("84") and len(digits) >= 11):
        if not digits.startswith("84"):
            return None
        national = digits[2:].removeprefix("0")
    elif digits.startswith("0"):
        national = digits[1:]
    elif cued and digits.startswith(("1800", "1900")) and 8 <= len(digits) <= 10:
        return f"+84{digits}"
    else:
        return None
    if not 8 <= len(national) <= 10 or national.startswith("0"):
        return None
    value = phonenumbers.parse(f"+84{national}", None)
    if phonenumbers.is_valid_number(value):
        return f"+84{national}"
    return f"+84{national}" if cued else None

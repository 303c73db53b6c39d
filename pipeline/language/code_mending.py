"""Agency codes damaged by recognition: "B1111" for BTTTT, "SLTLT" for STTTT.

Letters that recognition takes for one another form classes; a code is mended only when exactly one known code has the
same classes in the same places.  Digits of the serial are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.language.number_codes import forms
from pipeline.language.numbers import Number
from pipeline.lexicon.agencies import agencies, agencies_with_code
from pipeline.lexicon.types import type_named, types_with_code

# Each string is one class; the first letter stands for it.  Measured on typeset pages read by Tesseract "vie".
_CLASSES = ("T1ILlJ|!]", "ĐDÐ", "O0Q", "S5", "B8", "G6", "Z2")
_CLASS_OF = {sign: group[0] for group in _CLASSES for sign in group}


# A letter and its figures are a unit's own code as it was typed: "V1", "C06", "P3".
_UNIT = re.compile(r"[A-ZĐ]\d{1,2}")


def skeleton(code: str) -> str:
    """``code`` with every sign replaced by its class."""
    return "".join(_CLASS_OF.get(sign, sign) for sign in code)


@cache
def _codes_by_skeleton() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for agency in agencies():
        for code in agency.codes:
            table.setdefault(skeleton(code), set()).add(code)
    return {key: frozenset(codes) for key, codes in table.items()}


def known_group(group: str, on: date | None = None) -> bool:
    """Whether a group of a ký hiệu is the code of an agency of the lexicon."""
    return bool(agencies_with_code(group, on) or agencies_with_code(group))


def mend_group(group: str) -> str | None:
    """The one known code that ``group`` can be, itself when known, None when there is none or more than one."""
    if known_group(group):
        return group
    if _UNIT.fullmatch(group):
        return None
    candidates = _codes_by_skeleton().get(skeleton(group), frozenset())
    return next(iter(candidates)) if len(candidates) == 1 else None


# Signs that recognition makes of letters, and runs of the letters that it takes for one another.
_DOUBTFUL = re.compile(r"[1l|!\]0]|[IL]{2,}|(?<!\.)I$")


def _plain(group: str, first: bool) -> bool:
    """An unknown group that may be taken at its word: a unit's own code ("KGVX", "QLHT", "P3").

    The issuing agency's own group, which is half of the number's identity, may not hold any sign that is in doubt.
    """
    if _DOUBTFUL.search(group):
        return False
    return not (first and any(sign in "IL5" for sign in group))


def mend_number(number: Number | None, on: date | None = None, doc_type: str | None = None) -> Number | None:
    """``number`` with its damaged codes mended; None when a code can be none or several.

    ``doc_type`` is the type that the text names before it.  Only for numbers read from pictures: what was typed is
    taken at its word.
    """
    if number is None or number.regime in ("bare", "standard", "law") or not number.groups:
        return number
    if _lacks_type(number):
        kind = type_named(doc_type) if doc_type else None
        codes = kind.codes_in("QPPL") if kind else ()
        typed = _with_misread_type(number, codes)
        # A type that has a code stands there, and it is none of an agency's letters.
        known = known_group(number.groups[0], on) if codes else mend_group(number.groups[0]) is not None
        if typed is None and not known:
            return None
        number = typed or number
    groups = []
    for at, group in enumerate(number.groups):
        mended = mend_group(group)
        if mended is None and not _plain(group, first=at == 0):
            return None
        groups.append(mended or group)
    if tuple(groups) == number.groups:
        return number
    canonical = number.canonical
    at = len(canonical)
    for old, new in zip(reversed(number.groups), reversed(groups), strict=True):
        start = canonical.rfind(old, 0, at)
        if start < 0:
            return None
        canonical = canonical[:start] + new + canonical[start + len(old) :]
        at = start
    return replace(number, groups=tuple(groups), canonical=canonical, mended=(*number.mended, "confused-code"))


def _lacks_type(number: Number) -> bool:
    """A number with a year whose first group is no type's code: "11/2006/NG-HĐND"."""
    several = number.regime == "qppl" and number.type_code is None and len(number.groups) > 1
    return several and not types_with_code(number.groups[0])


def _with_misread_type(number: Number, codes: Sequence[str]) -> Number | None:
    """The one of the named type's ``codes`` of which one letter was misread; None where there is none or more than one.

    Legal documents alone are numbered with the year, and all of them bear the type (Nghị định 34/2016/NĐ-CP, Điều 57).
    """
    read = number.groups[0]
    found = [
        code for code in codes
        if len(code) == len(read) and sum(a != b for a, b in zip(code, read, strict=True)) == 1
    ]  # fmt: skip
    if len(found) != 1:
        return None
    canonical = number.canonical.replace(f"/{read}-", f"/{found[0]}-", 1)
    return replace(
        number, type_code=found[0], groups=number.groups[1:], canonical=canonical,
        mended=(*number.mended, "confused-type"),
    )  # fmt: skip


def with_type_code(number: Number, doc_type: str | None) -> Number:
    """ "Quyết định số 14/2017/UBND" → 14/2017/QĐ-UBND: a number with a year whose type's code the typist left out.

    A committee or council numbers nothing with the year but legal documents, whose numbers always bear the type
    (Nghị định 34/2016/NĐ-CP, Điều 57); so one reading is left where the text names a type with one such code.
    """
    kind = type_named(doc_type) if doc_type else None
    codes = kind.codes_in("QPPL") if kind else ()
    bare = number.regime == "qppl" and number.type_code is None and number.year is not None
    if not bare or len(codes) != 1 or len(number.groups) != 1 or number.groups[0] not in forms()["groups"]["councils"]:
        return number
    canonical = f"{number.serial}/{number.year}/{codes[0]}-{number.groups[0]}"
    return replace(number, type_code=codes[0], canonical=canonical, mended=(*number.mended, "missing-type"))


_LEAST = 3  # letters and figures of a code that a name may spell


def spells(code: str, name: str) -> bool:
    """Whether the first letters and the figures of ``name``, or of its end, are ``code`` ("TYV5": "… Thú y vùng 5")."""
    initials = "".join(word if word.isdigit() else word[0].upper() for word in re.findall(r"[^\W\d_]+|\d+", name))
    return len(code) >= _LEAST and initials.endswith(code)

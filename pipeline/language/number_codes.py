"""The codes in a ký hiệu: which are known, how each is spelt, and whether a damaged one has one reading only.

A code is what stands between the separators of a document number: "NĐ", "CP", "SGDĐT", "VP", "TM(ANM)".  The tables
are the lexicon's types and agencies and ``number_forms.toml`` (units, Party organs, old issuers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pipeline.lexicon import agencies
from pipeline.lexicon.fold import strip_marks
from pipeline.lexicon.tables import read_toml
from pipeline.lexicon.types import document_types, types_with_code

__all__ = [
    "Code",
    "forms",
    "glued_type",
    "is_party",
    "is_party_type",
    "is_plausible_term",
    "is_type",
    "read_code",
    "read_term",
    "read_type",
    "translation",
]

# The National Assembly and its Standing Committee carry their term: QH14, UBTVQH11, old UBTVQHK9.
_TERM = re.compile(r"(?:(?:UBTV)?QHK?|HĐND|HĐNN)\d{1,2}")
# Letters in lower case that real codes have: TTr, CTr, TTg, QyĐ, QĐi, GDTrH, KTg.  None is a misread I, l or 1.
_SHAPE = re.compile(
    r"[A-ZĐƯƠÂÊÔĂ][A-ZĐƯƠÂÊÔĂ&.+0-9]*(?:[hgnrsytđ]{0,2}[A-ZĐƯƠÂÊÔĂ&.+0-9]+)*[hgnrsytđ]{0,2}(?:\([A-ZĐ]+\d*\))?"
)
# Numbered rooms and offices: P3, PA05, V10, Đ4.
_NUMBERED = re.compile(r"[A-ZĐ]{1,3}\d{1,2}")


@dataclass(frozen=True, slots=True)
class Code:
    """A code read: its spelling, the tables it stands in, what was mended, and why it is doubtful (None: certain).

    ``kinds`` holds any of "type", "agency", "unit", "party", "old", "term"; it is empty for an unknown code.
    """

    spelling: str
    kinds: frozenset[str]
    mended: str | None = None
    doubt: str | None = None


@cache
def forms() -> dict[str, Any]:
    """The tables of ``number_forms.toml``."""
    return read_toml("number_forms.toml")


@cache
def translation() -> dict[int, str]:
    """For ``str.translate``: look-alike letters, dashes, slashes, odd spaces; one character each, so lengths stay."""
    table = forms()["lookalikes"]
    pairs = dict(zip(table["letters"], table["meaning"], strict=True))
    pairs |= dict.fromkeys(table["dashes"], "-") | dict.fromkeys(table["slashes"], "/")
    pairs |= dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u3000\ufeff\t", " "
    )
    pairs["\u00ad"] = "-"
    return {ord(found): meant for found, meant in pairs.items() if found != " "}


def _plain(code: str) -> str:
    return strip_marks(code).upper()


@cache
def _known() -> dict[str, frozenset[str]]:
    """Every known spelling with its kinds."""
    found: dict[str, set[str]] = {}

    def add(kind: str, codes: Any) -> None:
        for code in codes:
            found.setdefault(code, set()).add(kind)

    groups = forms()["groups"]
    add(
        "type",
        (
            code
            for kind in document_types()
            if not {"COPY", "TREATY", "STANDARD"} & set(kind.regimes)
            for code in kind.codes
        ),
    )
    for agency in agencies.agencies():
        add("party" if agency.level == "party" else "agency", agency.codes)
        add("unit", agency.codes)
        # "BLĐ-TBXH" is read as two codes; each then is a part that is known.
        add("unit", (part for code in agency.codes if re.search(r"[-/]", code) for part in re.split(r"[-/]", code)))
    add("unit", groups["units"])
    add("party", groups["party"])
    add("old", groups["old_issuers"])
    return {code: frozenset(kinds) for code, kinds in found.items()}


@cache
def _by_plain() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in _known():
        found.setdefault(_plain(code), []).append(code)
    return {key: tuple(codes) for key, codes in found.items()}


def _agrees(printed: str, code: str) -> bool:
    """Could ``code`` have been printed as ``printed``?  Đ may lose its bar, no letter gains one; case is free."""
    if len(printed) != len(code) or "l" in printed or ("I" in printed and "I" not in code):
        return False
    return all(
        p == c or (p, c) == ("D", "Đ") or strip_marks(c) == p
        for p, c in zip(printed.upper(), code.upper(), strict=True)
    )


@lru_cache(maxsize=16384)
def read_code(printed: str, typed: bool = False) -> Code:
    """Read one code as printed (look-alikes already mapped).

    ``typed``: the text was typed and not recognised, so an unknown code with D, I or digits means what it says.
    """
    known = _known()
    if kinds := known.get(printed):
        # "DA" may be ĐA with its bar lost.  HD (hướng dẫn) is left: contracts do not get cited by officials.
        rivals = [
            c
            for c in _by_plain()[_plain(printed)]
            if c != printed and c.count("Đ") > printed.count("Đ") and _agrees(printed, c)
        ]
        doubt = "lookalike" if rivals and not typed and printed != "HD" else None
        return Code(printed, kinds, doubt=doubt)
    if _TERM.fullmatch(printed):
        return Code(printed, frozenset({"agency", "term"}))
    candidates = [c for c in _by_plain().get(_plain(printed), ()) if _agrees(printed, c)]
    if typed and len(printed) <= 2 and printed.isupper() and all(known[c] == {"unit"} for c in candidates):
        # "TD" (tín dụng) and "TĐ" (thi đua) are both units: two letters that were typed mean what they say.
        return Code(printed, frozenset({"unit"}))
    exact_case = [c for c in candidates if c.upper() == printed.upper()]
    if len(exact_case) == 1:
        return Code(exact_case[0], known[exact_case[0]], "case")
    if len(candidates) == 1:
        return Code(candidates[0], known[candidates[0]], "lookalike")
    if candidates:
        return Code(printed, frozenset(), doubt="lookalike")
    if (spelling := agencies.canonical_code(printed)) and spelling != printed:
        return Code(spelling, known.get(spelling, frozenset({"agency"})), "double-letter")
    if joint := next((sign for sign in "&+" if sign in printed), None):
        parts = [read_code(part, typed) for part in printed.split(joint)]
        if all(part.kinds and not part.doubt for part in parts):
            mended = next((part.mended for part in parts if part.mended), None)
            return Code(joint.join(part.spelling for part in parts), frozenset({"unit"}), mended)
    kinds = frozenset({"unit"}) if _NUMBERED.fullmatch(printed) else frozenset()
    return Code(printed, kinds, doubt=_doubt(printed, typed))


def _doubt(printed: str, typed: bool) -> str | None:
    if not _SHAPE.fullmatch(printed) or len(printed) > 24:
        return "shape"
    if typed:
        return None
    if "I" in printed:
        return "I may be a slash or 1"
    if re.search(r"[A-ZĐ]1[A-ZĐ]", printed):
        return "1 may be a slash"
    if re.search(r"O\d|\dO", printed):
        return "O may be 0"
    if "D" in re.sub(r"UBND|HĐND|XD", "", printed):
        return "D may be Đ"
    return None


@lru_cache(maxsize=4096)
def glued_type(printed: str) -> tuple[str, str] | None:
    """The only way to split "KHUBND" into a type and an agency, "KH" and "UBND"; None when there is none or several."""
    found = []
    for at in range(1, len(printed) - 1):
        head, tail = read_code(printed[:at]), read_code(printed[at:])
        if "type" in head.kinds and head.doubt is None and "agency" in tail.kinds and tail.doubt is None:
            found.append((head.spelling, tail.spelling))
    return found[0] if len(found) == 1 else None


def is_type(code: str) -> bool:
    """Whether a code, as spelt in the tables, may name a type."""
    return "type" in _known().get(code, ())


def read_term(printed: str, year: str) -> Code | None:
    """ "UBTVQHII" of 2007 is UBTVQH11: figures read as letters are certain where the year has one term only."""
    match = re.fullmatch(r"((?:UBTV)?QH)([\dIlO]{1,2})", printed)
    if match is None:
        return None
    figures = match[2].translate(str.maketrans("IlO", "110"))
    terms = {term for term, first, last in forms()["assembly"]["terms"] if first <= int(year) <= last}
    if int(figures) not in terms:
        return None
    return Code(match[1] + figures, frozenset({"agency", "term"}), None if figures == match[2] else "lookalike")


def is_plausible_term(code: str, year: str | None) -> bool:
    """Whether "QH14", "UBTVQH11" fits the year of its number; a slip to the term before or after is left as printed."""
    match = re.fullmatch(r"(?:UBTV)?QHK?(\d{1,2})", code)
    if match is None:
        return False
    terms = [term for term, first, last in forms()["assembly"]["terms"] if year and first <= int(year) <= last]
    return not terms or min(abs(int(match[1]) - term) for term in terms) <= 1


def read_type(printed: str) -> Code | None:
    """The code read as a type's, where only one comes into question ("ND" → "NĐ", although ND is an agency too)."""
    found = [c for c in _by_plain().get(_plain(printed), ()) if "type" in _known()[c] and _agrees(printed, c)]
    return Code(found[0], _known()[found[0]], None if found[0] == printed else "lookalike") if len(found) == 1 else None


def is_party_type(code: str) -> bool:
    """Whether the Party's rules know the code as a type's (``205-KH/TU``)."""
    return bool(types_with_code(code, "PARTY"))


def is_party(code: str) -> bool:
    """Whether a code is that of a Party organ or the Youth Union and of nobody else ("TU", "VPTW")."""
    kinds = _known().get(code, frozenset())
    return "party" in kinds and "agency" not in kinds

"""The type of a document that is cited by number: the words before the number, or the number's own code."""

from __future__ import annotations

import re
from functools import cache

from pipeline.language import number_codes as codes
from pipeline.language.numbers import Number
from pipeline.lexicon.fold import squash, strip_marks
from pipeline.lexicon.types import document_types, types_with_code

__all__ = ["agrees", "number_word_before", "numbers_a_form", "type_by_code", "type_named_before", "type_of"]

# Characters before a number in which its type is looked for.
_REACH = 140


@cache
def _name_of() -> dict[str, str]:
    """Type by its name or alias without marks."""
    found: dict[str, str] = {}
    for kind in document_types():
        if kind.name != "hiến pháp":
            for name in (kind.name, *kind.aliases):
                found.setdefault(strip_marks(squash(name)), kind.name)
    return found


@cache
def _short_forms() -> frozenset[str]:
    """ "NĐ số 37/2010/NĐ-CP", "CV 12/UBND-VX": codes that people write for the type, always in capitals."""
    return frozenset(codes.forms()["mentions"]["short_types"])


@cache
def _word() -> re.Pattern[str]:
    names = set(_name_of()) | {strip_marks(n).lower() for n in codes.forms()["mentions"]["loose_types"]}
    names |= {strip_marks(n).lower() for n in _short_forms()}
    one = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{one})(?![a-z0-9])")


@cache
def _gap() -> re.Pattern[str]:
    """Between type and number: "số", perhaps after what kind of one it is ("Công điện khẩn số") or its issuer."""
    words = r"(?:\s+(?!ngay\b|nam\b|va\b|tai\b|theo\b)[a-z&-]+){1,9}?"
    return re.compile(rf"(?:\s*[:(]?\s*|\s*(?P<long>{words})?\s*:?\s*s[o0]\s*[:.]?[\s_….]*(?:-\s*)?)")


@cache
def _joint_gap() -> re.Pattern[str]:
    return re.compile(r"(?:\s*[-,]?\s*[a-z&]+){1,24}\s+s[o0]\s*:?\s*")


def _plain(text: str) -> str:
    """Lower case without marks, one character for each of ``text`` whatever its form."""
    plain = strip_marks(text).lower()
    if len(plain) != len(text):
        plain = "".join((strip_marks(c).lower() or " ")[0] for c in text)
    return plain


def type_named_before(text: str, start: int, number: Number | None) -> tuple[int, int, str | None] | None:
    """Span and name of the type that stands before a number at ``start``; the name is None for "văn bản".

    Marks may be damaged ("Chi thị", "Nghi đinh").  The nearest type counts: in "quy định tại Nghị định số …" the
    decree.
    """
    offset = max(0, start - _REACH)
    plain = _plain(text[offset:start])
    words = list(_word().finditer(plain))
    while words:
        word = words.pop()
        printed = text[offset + word.start() : offset + word.end()]
        name = _name_of().get(" ".join(word[0].split()))
        if (
            name is None
            and word[0] in {strip_marks(s).lower() for s in _short_forms()}
            and printed not in _short_forms()
        ):
            continue
        break
    else:
        return None
    gap = _gap().fullmatch(plain, word.end())
    if gap is None and name == "thông tư liên tịch":
        gap = _joint_gap().fullmatch(plain, word.end())
    elif gap and gap["long"] and not (number and name and agrees(number, name)):
        return None
    if gap is None or word.end() == len(plain):
        return None
    if printed in _short_forms():
        name = _short_name(printed)
    if number and number.regime == "law" and number.type_code is None and name not in _OF_ASSEMBLY:
        return None  # "Luật Quy hoạch số 21/2017/QH14" with the law's name lost: "quy hoạch" is no type of it
    return offset + word.start(), offset + word.end(), name


# Types that the National Assembly and its Standing Committee number with their term.
_OF_ASSEMBLY = ("luật", "bộ luật", "pháp lệnh", "nghị quyết", "lệnh", None)


def _short_name(code: str) -> str | None:
    kinds = types_with_code(code, "QPPL") or types_with_code(code, "ND30") or types_with_code(code, "NONCONFORMING")
    return kinds[0].name if len(kinds) == 1 else None


def agrees(number: Number, name: str) -> bool:
    """Does the number's own code say the same type as the words (a công văn has none)?"""
    if number.type_code is None:
        return name == "công văn"
    return any(kind.name == name or name.startswith(kind.name) for kind in types_with_code(number.type_code))


def type_of(name: str | None, number: Number | None) -> str | None:
    """The type of a document from the words before its number, or from the number where they say none.

    The code decides between a type and a kind of it: "Kết luận thanh tra số 192/KL-TTr" is a kết luận.
    """
    if number is None:
        return name
    if name is None:
        return type_by_code(number)
    kinds = [kind.name for kind in types_with_code(number.type_code)] if number.type_code else []
    if name in kinds:
        return name
    return next((kind for kind in kinds if name.startswith(f"{kind} ")), name)


# Which rules give a code its meaning in which family of numbers, the first that knows it.
_REGIMES = {
    "party": ("PARTY",),
    "qppl": ("QPPL", "ND30"),
    "law": ("QPPL",),
    "state": ("ND30", "QPPL", "USAGE", "TT01-2011", "JUSTICE", "NONCONFORMING"),
}


def type_by_code(number: Number) -> str | None:
    """The type that a number shows by itself; None where its code has several meanings or says nothing."""
    if number.type_code is None and number.regime == "standard":
        return None
    if number.type_code is None:
        # No type in the ký hiệu is how a công văn is known (Nghị định 30/2020, Phụ lục I); "91/CP" is older than that.
        modern = number.regime == "state" and number.canonical.startswith(f"{number.serial}/")
        state = number.groups[0] in codes.forms()["groups"]["closed"] or "QH" in number.groups[0]
        return "công văn" if modern and not state else None
    if number.regime == "standard":
        tables = codes.forms()["standards"]
        return "quy chuẩn" if number.type_code in tables["quy_chuan"] else "tiêu chuẩn"
    for regime in _REGIMES.get(number.regime, ()):
        if kinds := types_with_code(number.type_code, regime):
            return kinds[0].name if len(kinds) == 1 else None
    return None


@cache
def _number_word() -> re.Pattern[str]:
    words = "|".join(codes.forms()["mentions"]["number_words"])
    return re.compile(rf"(?<![^\W_])(?:{words})\s*:?[\s_….]*$", re.IGNORECASE)


def number_word_before(text: str, start: int) -> int | None:
    """Where the "số" directly before ``start`` begins."""
    offset = max(0, start - 10)
    match = _number_word().search(text[offset:start])
    return offset + match.start() if match else None


@cache
def _form_word() -> re.Pattern[str]:
    tables = codes.forms()["mentions"]
    words = "|".join(word.replace(" ", r"\s+") for word in tables["not_documents"])
    named = "|".join(word.replace(" ", r"\s+") for word in tables["not_documents_named"])
    return re.compile(rf"(?<![^\W_])(?:{words}|(?:{named})(?:\s+[^\W\d_]+){{0,7}})\s*$", re.IGNORECASE)


def numbers_a_form(text: str, start: int) -> bool:
    """ "Mẫu số 09/KK-TNCN": forms and tables have numbers that look like those of documents."""
    return _form_word().search(text[max(0, start - 60) : start]) is not None

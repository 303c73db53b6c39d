"""Folds: what two spellings of the same Vietnamese text have in common.

Every look-up of the lexicon (and of the layers above) goes through these three functions, so that "ỦY BAN", "Uỷ ban"
and "Ủy  ban" are one key everywhere.  ``fold`` and ``strip_marks`` keep the length of NFC text, so an offset found in
folded text is an offset in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "squash", "strip_marks"]

# Dashes that typists, Word and OCR put where a hyphen belongs.  The Icelandic eth looks like Đ and comes out of
# converted TCVN3/VNI fonts.
_CHARACTERS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-") | {"\u00f0": "đ"}
)

# Rows: no mark, huyền, sắc, hỏi, ngã, nặng.
_TONES = {row[0]: row for row in ("aàáảãạ", "eèéẻẽẹ", "iìíỉĩị", "oòóỏõọ", "uùúủũụ", "yỳýỷỹỵ", "ơờớởỡợ")}
_TONE_OF = {letter: index for row in _TONES.values() for index, letter in enumerate(row) if index}
_BASE_OF = {letter: base for base, row in _TONES.items() for letter in row}

_ON_SECOND = {base: "".join(row[1:]) for base, row in _TONES.items()}
_LETTER = "a-zà-ỹđ"

# "hoà" → "hòa", "khoẻ" → "khỏe", "thuỷ" → "thủy": only where the syllable ends there ("hoàn" has one spelling), and
# not after q, where u belongs to the consonant ("quý").
_OPEN = re.compile(
    rf"(?:(?P<o>o)(?P<ae>[{_ON_SECOND['a']}{_ON_SECOND['e']}])|(?<!q)(?P<u>u)(?P<y>[{_ON_SECOND['y']}]))(?![{_LETTER}])"
)
# The typing errors that have one reading only: "tòan" → "toàn", "ngòai" → "ngoài", "qúy" → "quý", "gía" → "giá".
_CLOSED = re.compile(
    rf"(?P<o>[{_ON_SECOND['o']}])(?P<ae>[ae])(?=[{_LETTER}])"
    rf"|(?<=q)(?P<u>[{_ON_SECOND['u']}])(?P<v>[aeyơ])"
    rf"|(?<=g)(?P<i>[{_ON_SECOND['i']}])(?P<a>a)(?![{_LETTER}])"
)


def _to_first(match: re.Match[str]) -> str:
    first, second = tuple(match[0])
    return _TONES[first][_TONE_OF[second]] + _BASE_OF[second]


def _to_second(match: re.Match[str]) -> str:
    first, second = tuple(match[0])
    return _BASE_OF[first] + _TONES[second][_TONE_OF[first]]


def fold(text: str) -> str:
    """Lower case, one tone placement ("hoà" → "hòa"), one hyphen.

    White space and length stay as they are when ``text`` is NFC (other text is composed first).
    """
    text = unicodedata.normalize("NFC", text)
    lower = text.lower()
    if len(lower) != len(text):  # "İ" is the only letter that grows
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return _CLOSED.sub(_to_second, _OPEN.sub(_to_first, lower.translate(_CHARACTERS)))


def squash(text: str) -> str:
    """``fold`` with runs of white space as one space and none at the ends: a dictionary key."""
    return " ".join(fold(text).split())


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    if letter in "đĐ":
        return "d" if letter == "đ" else "D"
    base, *marks = tuple(unicodedata.normalize("NFD", letter))
    return base if marks and all(unicodedata.combining(mark) for mark in marks) else letter


def strip_marks(text: str) -> str:
    """Letters without tone and vowel marks, đ → d; case, white space and (for NFC text) length stay."""
    return "".join(map(_bare, unicodedata.normalize("NFC", text)))

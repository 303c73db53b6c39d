"""Words whose marks recognition damaged: "đoàn thê" → "đoàn thể", "chỉ phí" → "chi phí".

A pair of syllables is mended when it cannot stand as it is written (it is no word, nor is either syllable part of one
with its other neighbour) and exactly one word of official use has the same letters and differs in one tone mark.
Where two words fit, or one of the syllables stands beside anything ("tại", "của"), the text stays as it was read.
Nothing but marks changes, so every offset into the text holds in what comes back.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.language.syllables import is_syllable
from pipeline.lexicon.abbreviations import abbreviation
from pipeline.lexicon.fold import fold
from pipeline.lexicon.official_words import function_words, misread_phrases, official_words, possible_pairs

__all__ = ["mend_words", "without_specks"]

# A part of a ký hiệu ("69-QĐ/TƯ") is no word.
_WORD = re.compile(r"(?<![\w/&.-])[^\W\d_]+(?![\w/&-])")
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")


def mend_words(text: str) -> str:
    """``text`` (NFC, read from a picture) with its misread words mended; of the same length.

    Names stay as read: a pair whose second syllable alone has a capital is left alone.
    """
    return _with_short_forms(_with_pairs(_with_phrases(text)))


@cache
def _phrases() -> re.Pattern[str]:
    forms = sorted(misread_phrases(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s") for form in forms) + r")(?!\w)")


def _with_phrases(text: str) -> str:
    folded = fold(text)
    if len(folded) != len(text):
        return text
    pieces, at = [], 0
    for match in _phrases().finditer(folded):
        if _is_split(folded, match):
            continue
        meant = misread_phrases()[re.sub(r"\s", " ", match.group())]
        pieces += [text[at : match.start()], _spelled_as(text[match.start() : match.end()], match.group(), meant)]
        at = match.end()
    return "".join([*pieces, text[at:]])


def _is_split(folded: str, match: re.Match[str]) -> bool:
    """A syllable of the phrase makes a word with the one outside it ("vấn đề xử lý", "để xuất khẩu")."""
    syllables = match.group().split()
    before = re.search(r"([^\W\d_]+)\s$", folded[max(0, match.start() - 12) : match.start()])
    after = re.match(r"\s([^\W\d_]+)", folded[match.end() : match.end() + 12])
    return bool(
        (before and (before.group(1), syllables[0]) in official_words())
        or (after and len(syllables) == 2 and (syllables[-1], after.group(1)) in official_words())
    )


def _with_pairs(text: str) -> str:
    words = [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text)]
    side_by_side = [end + 1 == start and text[end].isspace() for (_, end, _), (start, _, _) in pairwise(words)]
    known = [False] * len(words)
    for at, joined in enumerate(side_by_side):
        if joined and (words[at][2], words[at + 1][2]) in official_words():
            known[at] = known[at + 1] = True
    pieces, done = [], 0
    for at, joined in enumerate(side_by_side):
        if not joined or known[at] or known[at + 1]:
            continue
        (start, _, first), (second_start, end, second) = words[at], words[at + 1]
        if start < done or (text[second_start].isupper() and not text[start:end].isupper()):
            continue
        if (meant := _only_word(first, second)) is None:
            continue
        blank = text[second_start - 1]
        mended = _spelled_as(text[start:end], f"{first}{blank}{second}", f"{meant[0]}{blank}{meant[1]}")
        pieces += [text[done:start], mended]
        done = end
    return "".join([*pieces, text[done:]])


_SHORT_FORM = re.compile(r"(?<![\w/&.-])[A-ZĐ]*D[A-ZĐ]*(?![\w/&-])")


def _with_short_forms(text: str) -> str:
    """Short forms that lost the stroke of their Đ: "HDND" is nothing, "HĐND" is."""
    return _SHORT_FORM.sub(lambda match: _stroked(match.group()), text)


@lru_cache(maxsize=4096)
def _stroked(short: str) -> str:
    if len(short) < 3 or abbreviation(short):
        return short
    places = [at for at, letter in enumerate(short) if letter == "D"]
    forms = {f"{short[:at]}Đ{short[at + 1 :]}" for at in places} | {short.replace("D", "Đ")}
    known = {form for form in forms if abbreviation(form)}
    return known.pop() if len(known) == 1 else short


@lru_cache(maxsize=65536)
def _only_word(first: str, second: str) -> tuple[str, str] | None:
    """The one official word that differs from the pair in one tone mark, or None."""
    if (first, second) in possible_pairs():
        return None
    words = official_words()
    fixed = function_words()
    found = {(other, second) for other in _one_tone_off(first) if first not in fixed and (other, second) in words}
    found |= {(first, other) for other in _one_tone_off(second) if second not in fixed and (first, other) in words}
    return found.pop() if len(found) == 1 else None


def _one_tone_off(syllable: str) -> frozenset[str]:
    """The syllable with every other tone; "đâu" → "đầu", "đấu", "đẩu" …; length kept."""
    letters = [unicodedata.normalize("NFD", letter) for letter in syllable]
    marked = [at for at, letter in enumerate(letters) if any(mark in letter for mark in _TONES[1:])]
    plain = ["".join(sign for sign in letter if sign not in _TONES[1:]) for letter in letters]
    places = marked or [at for at, letter in enumerate(plain) if unicodedata.normalize("NFC", letter) in _VOWELS]
    if len(marked) > 1:
        return frozenset()
    forms = set()
    for place in places:
        for tone in _TONES:
            changed = [*plain[:place], plain[place] + tone, *plain[place + 1 :]]
            form = "".join(unicodedata.normalize("NFC", letter) for letter in changed)
            if len(form) == len(syllable):
                forms.add(fold(form))
    return frozenset(forms - {syllable})


def _spelled_as(written: str, folded: str, meant: str) -> str:
    """``written`` with the letters in which ``meant`` differs from ``folded``, in the case they are written in."""
    return "".join(
        letter if old == new else (new.upper() if letter.isupper() else new)
        for letter, old, new in zip(written, folded, meant, strict=True)
    )


_SPECK = re.compile(r"(?<![^\W\d_])(?P<before>[^\W\d_]{2,7})\s?\.(?=\s(?P<after>[^\W\d_]{1,7})\b)")


def without_specks(text: str) -> str:
    """``text`` (read from a picture) without full stops inside a sentence: "phòng, chống. dịch bệnh".

    A stop between two syllables in small letters ends nothing; after capitals it is that of a short form ("TP. hồ").
    """

    def dropped(match: re.Match[str]) -> str:
        before, after = match["before"], match["after"]
        inside = before.islower() and after.islower() and is_syllable(before) and is_syllable(after)
        return before if inside else match.group()

    return _SPECK.sub(dropped, text)

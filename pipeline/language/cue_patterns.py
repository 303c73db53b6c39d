"""Cue phrases as patterns over folded text, tolerant of the marks that recognition loses.

A phrase of several syllables is told by its letters alone ("dong chi" is "đồng chí"); a single syllable needs its
marks, because without them most syllables are several words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.lexicon.fold import fold, strip_marks

# Between two syllables: white space, or the stray stop that recognition puts there ("Lịch. công tác").
_GAP = r"(?:\s+|\s?\.\s?)"
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    """Base letter → a character class of it with every mark."""
    groups: dict[str, str] = {}
    for letter in _LETTERS:
        groups[strip_marks(letter)] = groups.get(strip_marks(letter), "") + letter
    return {base: f"[{letters}]" if len(letters) > 1 else letters for base, letters in groups.items()}


def cue_source(phrases: Iterable[str]) -> str:
    """Alternation of ``phrases`` for use inside a pattern over ``fold(text)``, longest first; no groups."""
    forms = sorted({fold(phrase) for phrase in phrases}, key=lambda form: (-len(form), form))
    return "|".join(_tolerant(form) if " " in form else re.escape(form) for form in forms)


def _tolerant(form: str) -> str:
    classes = _classes()
    words = ("".join(classes.get(letter, re.escape(letter)) for letter in strip_marks(word)) for word in form.split())
    return _GAP.join(words)

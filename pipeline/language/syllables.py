"""Is a token a possible Vietnamese syllable?  Used to tell text from glyph soup; it never corrects anything."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_TONES = {"\u0300", "\u0301", "\u0309", "\u0303", "\u0323"}
_TOKEN = re.compile(r"[^\W\d_]+", re.UNICODE)


@cache
def _shape() -> re.Pattern[str]:
    table = tomllib.loads(files("pipeline.lexicon").joinpath("data/syllables.toml").read_text(encoding="utf-8"))
    by_length = lambda words: sorted(set(words.split()), key=len, reverse=True)  # noqa: E731
    onsets, rimes = "|".join(by_length(table["onsets"])), "|".join(by_length(table["rimes"]))
    return re.compile(f"(?:{onsets})?(?:{rimes})")


def without_tone(text: str) -> str:
    """Lower-case NFC text without its tone marks; â ă ê ô ơ ư đ keep theirs."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))


@cache
def _is_syllable(token: str) -> bool:
    return _shape().fullmatch(without_tone(token)) is not None


def is_syllable(token: str) -> bool:
    """True when the whole token could be one Vietnamese syllable (any tone, any case)."""
    return _is_syllable(token) if len(token) <= 7 else False


def syllable_share(text: str) -> float | None:
    """Share of alphabetic tokens of two letters or more that are possible syllables; None with fewer than 8 of them."""
    tokens = [t for t in _TOKEN.findall(unicodedata.normalize("NFC", text)) if len(t) >= 2]
    # Abbreviations (UBND, TT) say nothing about the quality of the text.
    tokens = [t for t in tokens if not (t.isupper() and len(t) <= 6 and not is_syllable(t))]
    if len(tokens) < 8:
        return None
    return sum(is_syllable(t) for t in tokens) / len(tokens)

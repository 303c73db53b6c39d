"""Words of official use and what recognition makes of them: the facts behind ``language.word_mending``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pipeline.lexicon.fold import fold
from pipeline.lexicon.tables import read_toml

__all__ = [
    "before_numerals",
    "function_words",
    "meant_alone",
    "misread_phrases",
    "never_sure",
    "official_words",
    "possible_pairs",
]

Pair = tuple[str, str]


def _pair(text: str) -> Pair:
    first, second = fold(text).split()
    return first, second


@cache
def official_words() -> frozenset[Pair]:
    """Words of two syllables that stand in official documents, folded ("thị trấn", "chi phí")."""
    lines = (files("pipeline.lexicon") / "data" / "official_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_pair(line) for line in lines if line and not line.startswith("#"))


@cache
def function_words() -> frozenset[str]:
    """Syllables that stand beside anything ("của", "tại"), so that their neighbour says nothing about them."""
    return frozenset(fold(word) for word in read_toml("misreadings.toml")["function_words"])


@cache
def possible_pairs() -> frozenset[Pair]:
    """Pairs of syllables that do stand side by side though one mark would make a word of them ("cấp tỉnh")."""
    return frozenset(_pair(text) for text in read_toml("misreadings.toml")["possible"])


@cache
def misread_phrases() -> dict[str, str]:
    """Phrases that recognition writes and nobody means → what stands on the paper, folded, of equal length."""
    return {fold(read): fold(meant) for read, meant in read_toml("misreadings.toml")["phrases"].items()}


@cache
def never_sure() -> frozenset[str]:
    """Folded words that recognition writes for others with full confidence."""
    return frozenset(fold(word) for word in read_toml("misreadings.toml")["never_sure"])


@cache
def meant_alone() -> dict[str, tuple[str, frozenset[Pair]]]:
    """Folded words that stand only in other words → the word meant where they stand alone, and those other words."""
    rows = read_toml("misreadings.toml")["alone"]
    return {fold(row["read"]): (row["meant"], frozenset(map(_pair, row["parts"]))) for row in rows}


@cache
def before_numerals() -> frozenset[str]:
    """Folded words that a Roman numeral follows ("lần thứ XIII", "khóa XV")."""
    return frozenset(fold(word) for word in read_toml("misreadings.toml")["before_numerals"])

"""Cue words: the phrases by which parts of a document, relations and tasks are told (data/cues.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from pipeline.lexicon.fold import fold, strip_marks


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.lexicon").joinpath("data/cues.toml").read_text(encoding="utf-8"))


@cache
def cues(name: str) -> tuple[str, ...]:
    """Cues of a dotted name such as ``header.addressees``; raises KeyError for an unknown one."""
    table: Any = _table()
    for part in name.split("."):
        table = table[part]
    return tuple(table)


@cache
def cue_groups(section: str) -> dict[str, tuple[str, ...]]:
    """All cue lists of a (dotted) section, in the order of the file."""
    table: Any = _table()
    for part in section.split("."):
        table = table[part]
    return {key: tuple(values) for key, values in table.items() if isinstance(values, list)}


@cache
def cue_pattern(name: str, marks: bool = True) -> re.Pattern[str]:
    """One pattern over the cues of ``name``, longest first, to be matched on ``fold``-ed text.

    With ``marks`` False it is to be matched on ``strip_marks(fold(text))``: for OCR text whose marks may be lost.
    White space in a cue matches any white space.
    """
    return _alternatives(cues(name), marks)


@cache
def _alternatives(words: tuple[str, ...], marks: bool) -> re.Pattern[str]:
    keys = sorted({fold(word) if marks else strip_marks(fold(word)) for word in words}, key=len, reverse=True)
    return re.compile("(?:" + "|".join(_spaced(key) for key in keys) + ")")


def _spaced(key: str) -> str:
    body = r"\s+".join(re.escape(part) for part in key.split())
    left = r"\b" if key[0].isalnum() else ""
    right = r"\b" if key[-1].isalnum() else ""
    return left + body + right


@lru_cache(maxsize=8192)
def key_of(text: str) -> str:
    """Fold of ``text`` without marks, same length: what structural cues are matched on."""
    return strip_marks(fold(text))

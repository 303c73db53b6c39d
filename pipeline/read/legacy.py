"""Texts in encodings older than Unicode (TCVN3, VNI): recognised by trying, used only where they yield Vietnamese."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipeline.language.syllables import syllable_share

# A decoding must reach GOOD and the text as it stands must be below SOUP; between them nothing is touched.
GOOD, SOUP = 0.9, 0.75


@cache
def _tables() -> dict[str, tuple[tuple[str, ...], dict[str, str], re.Pattern[str]]]:
    raw = files("pipeline.lexicon").joinpath("data/legacy_encodings.toml").read_text(encoding="utf-8")
    tables = {}
    for name, table in tomllib.loads(raw).items():
        if not isinstance(table, dict):
            continue
        pairs = dict(pair.rsplit("=", 1) for pair in table["pairs"].split())
        longest_first = sorted(pairs, key=len, reverse=True)
        tables[name] = (tuple(table["fonts"]), pairs, re.compile("|".join(map(re.escape, longest_first))))
    return tables


def decode_as(text: str, encoding: str) -> str:
    """``text`` decoded from ``encoding`` ("tcvn3" or "vni")."""
    _, pairs, pattern = _tables()[encoding]
    return pattern.sub(lambda m: pairs[m.group()], text)


def font_encoding(font: str) -> str | None:
    """The legacy encoding that a font name betrays, or None."""
    return next((name for name, (fonts, _, _) in _tables().items() if font.startswith(fonts)), None)


def detect(text: str) -> str | None:
    """The legacy encoding of ``text``, or None when it is Unicode or cannot be told."""
    before = syllable_share(text)
    if before is None or before >= SOUP:
        return None
    scores = {name: syllable_share(decode_as(text, name)) or 0.0 for name in _tables()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= GOOD else None


def to_unicode(text: str) -> tuple[str, str | None]:
    """``text`` in Unicode and the encoding it was in (None when it was Unicode already)."""
    encoding = detect(text)
    return (decode_as(text, encoding), encoding) if encoding else (text, None)

"""Stamped marks in a red frame: KHẨN, HỎA TỐC, MẬT (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.10).

The frame's sides are taken for letters ("|") and spoil the word beside them.  The marks are few and known, so a word
that two readings at different scales make the same mark is one, though neither is sure of it.
"""

from __future__ import annotations

import re
from functools import cache

import cv2
import numpy as np

from pipeline.lexicon.cues import cue_groups, key_of
from pipeline.read.model import Image
from pipeline.read.ocr import Engine, OcrWord
from pipeline.read.regions import read_part

SIDE_WIDE = 11  # pixels at 200 dpi: double lines at most this wide
SIDE_TALL = 38  # and at least this high; stems of the largest stamped letters are 33
SIDE_SLIM = 5  # times higher than wide
LEAST = 0.3  # confidence below which a reading is none


def without_sides(layer: Image, scale: float) -> Image:
    """A picture of red letters (255 = ink) without the upright sides of frames; ``scale`` is 1.0 at 200 dpi."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((layer > 70).astype(np.uint8), connectivity=8)
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    sides = (wide <= SIDE_WIDE * scale) & (tall >= SIDE_TALL * scale) & (tall >= SIDE_SLIM * wide)
    sides[0] = False
    if not sides.any():
        return layer
    out = layer.copy()
    out[cv2.dilate(sides[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 0
    return out


def seconded_mark(
    words: list[OcrWord], region: Image, left: int, top: int, engine: Engine, dpi: int, timeout: float
) -> list[OcrWord]:
    """The words of a mark that ``words``, an unsure reading of ``region``, and another reading both make; else none."""
    mark = _mark(words)
    if mark is None:
        return []
    again = read_part(region, left, top, engine, dpi=dpi, scale=1.0, mode=6, timeout=timeout, frame=16, paper=255)
    if _mark(again) != mark:
        return []
    return max(words, again, key=lambda read: min(w.confidence for w in _letters(read)))


def _mark(words: list[OcrWord]) -> str | None:
    """The mark's key when it is all that was read, in capitals."""
    letters = _letters(words)
    if not letters or min(word.confidence for word in letters) < LEAST:
        return None
    text = " ".join(word.text for word in letters)
    key = re.sub(r"[^a-z]+", " ", key_of(text)).strip()
    return key if key in _marks() and sum(c.isupper() for c in text) * 2 > len(key.replace(" ", "")) else None


def _letters(words: list[OcrWord]) -> list[OcrWord]:
    return [word for word in words if any(c.isalpha() for c in word.text)]


@cache
def _marks() -> frozenset[str]:
    groups = [forms for section in ("urgency", "secrecy") for forms in cue_groups(section).values()]
    return frozenset(key_of(form) for forms in groups for form in forms)

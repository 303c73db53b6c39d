"""Words of a well read line that the page engine broke: the stretch that holds them is read again, larger and alone.

The engine parts a page into pieces and a line into words before it reads; where a part is cut through a word
("365/STT" and "TT)." for "365/STTTT).") both halves are read with next to no confidence.  The words on either side of
such a stretch are read again with it, and must come out the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.lexicon.fold import strip_marks
from pipeline.read.model import Image
from pipeline.read.ocr import Engine, OcrWord
from pipeline.read.passes import mean_confidence, only_line
from pipeline.read.regions import read_part, rows_of

BROKEN = 0.4  # confidence of a word below which its stretch is read again
SURE = 0.75  # confidence of a neighbour that vouches for the stretch
GAIN = 0.25  # by how much the new reading must be surer
LEAST, LEAST_DIGITS = 0.75, 0.85  # confidence of each new word; of each where there are digits
# What a word of a document is made of; the engine's other signs stand for what it could not make out.
_PLAIN = re.compile(
    r"[(\[“\"'<]?(?![.,;:])"
    r"(?:[aeiouy][\u0300-\u0303\u0306\u0309\u031b\u0323]{0,2}|[a-zđ0-9]|[-–/.,;:&%@'])+[)\]”\">]?[.,;:]?|[-–+]"
)
_NUMERAL = re.compile(r"[IVX]+\.")
MOST = 12  # stretches of one page
SCALE = 1.6


def mend_broken(words: Sequence[OcrWord], grey: Image, engine: Engine, dpi: int, timeout: float) -> list[OcrWord]:
    """The words, with broken stretches of lines read again where that is surer; ``grey`` is the picture of them all."""
    printed = [word for word in words if not word.red]
    stretches = [s for row in rows_of(printed).values() for s in _stretches([printed[at] for at in row])]
    stretches.sort(key=lambda s: min(w.confidence for w in s[1]))
    gone: set[int] = set()
    come: list[OcrWord] = []
    for before, broken, after in stretches[:MOST]:
        better = _read(before, broken, after, grey, engine, dpi, timeout)
        if better:
            gone.update(map(id, broken))
            come += better
    return [w for w in words if id(w) not in gone] + come if gone else list(words)


Stretch = tuple[OcrWord | None, list[OcrWord], OcrWord | None]


def _stretches(row: list[OcrWord]) -> list[Stretch]:
    """Runs of broken words between sure ones; a run at either end of a line has one neighbour only."""
    found: list[Stretch] = []
    at = 0
    while at < len(row):
        if row[at].confidence >= BROKEN or not _has_letters(row[at]):
            at += 1
            continue
        first = last = at
        while first > 0 and row[first - 1].confidence < SURE:
            first -= 1
        while last + 1 < len(row) and row[last + 1].confidence < SURE:
            last += 1
        before = row[first - 1] if first else None
        after = row[last + 1] if last + 1 < len(row) else None
        if before or after:
            found.append((before, row[first : last + 1], after))
        at = last + 1
    return found


def _has_letters(word: OcrWord) -> bool:
    return any(c.isalnum() for c in word.text)


def _read(
    before: OcrWord | None, broken: list[OcrWord], after: OcrWord | None,
    grey: Image, engine: Engine, dpi: int, timeout: float,
) -> list[OcrWord]:  # fmt: skip
    """The stretch's words as a second reading has them; empty where it is no surer or its neighbours come out else."""
    sides = [w for w in (before, after) if w is not None]
    tall = max(w.bottom - w.top for w in sides)
    top, bottom = min(w.top for w in sides), max(w.bottom for w in sides)
    if bottom - top > 1.8 * tall:
        return []
    pad = max(4, tall // 4)
    left = min(w.left for w in [*sides, *broken]) - pad
    right = max(w.right for w in [*sides, *broken]) + pad
    left, top = max(0, left), max(0, top - pad)
    crop = only_line(np.ascontiguousarray(grey[top : bottom + pad, left:right]))
    read = read_part(crop, left, top, engine, dpi=dpi, scale=SCALE, mode=7, timeout=timeout)
    if before is not None and (not read or read.pop(0).text != before.text):
        return []
    if after is not None and (not read or read.pop().text != after.text):
        return []
    if not read or not _is_better(read, broken):
        return []
    return [replace(w, line=broken[0].line) for w in read]


def _is_better(read: list[OcrWord], broken: list[OcrWord]) -> bool:
    """Surer, of other letters and of the same digits.

    Enlarged, a line loses marks ("biểu" becomes "biêu"), so that a reading of the same letters is no better; and a
    digit that two readings do not agree on is nobody's to choose.
    """
    new, old = ("".join(w.text for w in words) for words in (read, broken))
    if _digits(new) != _digits(old) or not all(_is_plain(w.text) for w in read):
        return False
    if not _digits(new) and (strip_marks(new).lower() == strip_marks(old).lower() or _NUMERAL.match(old)):
        return False
    least = LEAST_DIGITS if _digits(new) else LEAST
    return min(w.confidence for w in read) >= least and mean_confidence(read) >= mean_confidence(broken) + GAIN


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(unicodedata.normalize("NFD", text.lower())) is not None


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())

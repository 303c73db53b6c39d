"""A text layer held against the picture of its page: a sample of its lines is read from the picture.

A layer may be fine Vietnamese and still not say what stands on the page: another document's words, another program's
bad recognition, a repair of the layer that forgot the picture.  Wording alone cannot tell (see trust).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.read.model import Image, Line
from pipeline.read.ocr import Engine, OcrWord
from pipeline.read.passes import only_line
from pipeline.read.regions import read_part

SAMPLE = 6  # lines of a page
LEAST_LETTERS = 12  # a line with fewer proves little
LEAST_LINES = 2  # lines surely read from the picture before the layer is doubted
SURE = 0.8  # mean confidence of a line surely read from the picture
ALIKE = 0.9  # mean likeness of the lines below which the layer says something else


def differs(text: str, lines: Sequence[Line], grey: Image, dpi: int, engine: Engine, timeout: float) -> bool:
    """Whether lines surely read from the picture ((rows, columns) uint8, upright) say something else than the layer.

    ``text`` and ``lines`` are the layer's.  A picture in which little can be read surely proves nothing: False.
    Raises what the engine raises.
    """
    found = []
    for line in sample(text, lines):
        assert line.box is not None
        words = _read(grey, line, dpi, engine, timeout)
        letters = sum(len(word.text) for word in words)
        wanted = text[line.start : line.end]
        if letters < 0.5 * len("".join(wanted.split())):
            continue
        if sum(len(word.text) * word.confidence for word in words) / letters >= SURE:
            found.append(likeness(wanted, " ".join(word.text for word in words)))
    return len(found) >= LEAST_LINES and sum(found) / len(found) < ALIKE


def sample(text: str, lines: Sequence[Line]) -> list[Line]:
    """Up to ``SAMPLE`` lines with enough letters, from top to bottom, the first and the last of them included."""
    fit = [
        line for line in lines
        if line.box and sum(c.isalpha() for c in text[line.start : line.end]) >= LEAST_LETTERS
    ]  # fmt: skip
    if len(fit) <= SAMPLE:
        return fit
    return [fit[round(at * (len(fit) - 1) / (SAMPLE - 1))] for at in range(SAMPLE)]


def likeness(one: str, other: str) -> float:
    """0..1; blanks and the way in which marks are coded do not count."""
    a, b = ("".join(unicodedata.normalize("NFC", text).lower().split()) for text in (one, other))
    return fuzz.ratio(a, b) / 100


def _read(grey: Image, line: Line, dpi: int, engine: Engine, timeout: float) -> list[OcrWord]:
    assert line.box is not None
    height, width = grey.shape
    left, top, right, bottom = line.box
    pad = max(4, round(0.3 * (bottom - top) * height))
    x, y = max(0, round(left * width) - pad), max(0, round(top * height) - pad)
    crop = grey[y : round(bottom * height) + pad, x : round(right * width) + pad]
    return read_part(only_line(crop), x, y, engine, dpi=dpi, scale=1.0, mode=7, timeout=timeout)

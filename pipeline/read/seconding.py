"""Digits by pen that a reader of another make reads as well.

The digit networks of this package and the line network were trained apart, on other data and by other people: that both
read the same digits in the same ink is worth more than what either says of itself.  The line network sees the ink
between its printed neighbours and alone, in several framings, and must say the same digits more often than any others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.read.model import Image, PenReading
from pipeline.read.ocr.line_network import LineNetwork

SURE = 0.75  # probability of the digit networks from which they need nobody's word
SECONDED = 0.6  # probability of the digit networks from which a second reader's word counts
LEAST_VOTES = 2
# Framings: above and below the line in heights of its type, beside the gap in ems.
_FRAMES = (
    (0.3, 0.3, 2.2, 3.0), (0.5, 0.5, 2.2, 3.0), (0.15, 0.15, 2.2, 3.0), (0.4, 0.4, 1.2, 2.2), (0.3, 0.3, 0.05, 0.1),
    (0.5, 0.5, 0.05, 0.1),
)  # fmt: skip


def is_asked_about(reading: PenReading) -> bool:
    """Whether a second word can change anything: the reading is neither past help nor sure by itself."""
    return bool(reading.text) and SECONDED <= reading.probability < SURE


def second(reading: PenReading, pieces: Sequence[Image], network: LineNetwork | None) -> PenReading:
    """The reading, marked when the line network reads the same digits in the ``pieces``; asked only where it counts."""
    if network is None or not is_asked_about(reading):
        return reading
    votes = Counter(digits for piece in pieces for digits in re.findall(r"\d+", network.opinion(piece, ()).text)[:1])
    ranked = [*votes.most_common(2), ("", 0), ("", 0)]
    (first, most), (_, others) = ranked[:2]
    same = first == reading.text or (
        reading.slot not in ("number", "received") and first.isdigit() and int(first) == int(reading.text)
    )
    return replace(reading, seconded=same and most >= LEAST_VOTES and most > others)


def pieces_of(picture: Image, gap: tuple[int, int, int, int], em: float) -> list[Image]:
    """Grey pieces of a colour picture round a gap (left, top, right, bottom in pixels), the pen's ink dark."""
    left, top, right, bottom = gap
    high = bottom - top
    pieces = []
    for up, down, before, after in _FRAMES:
        piece = picture[
            max(0, round(top - up * high)) : round(bottom + down * high),
            max(0, round(left - before * em)) : round(right + after * em),
        ]
        if piece.shape[0] >= 8 and piece.shape[1] >= 4:
            plain = cv2.cvtColor(np.ascontiguousarray(piece), cv2.COLOR_RGB2GRAY)
            pieces.append(np.minimum(plain, piece[:, :, 0]))
    return pieces

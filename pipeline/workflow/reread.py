"""Reading a region of a page again: the picture of the page as evidence boxes see it, and the text of a part of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.read import Page, ReadOptions, picture_of
from pipeline.read.model import Box
from pipeline.read.ocr import Engine, OcrWord, engine_named
from pipeline.read.prepare import prepare
from pipeline.read.scan import tidy, turn

Picture = NDArray[np.uint8]
_LINE = 0.034  # higher than this share of an A4 page a box holds more than one line
_MARGIN, _WIDE = 0.0025, 0.011  # room left round a box, as shares of the page: little, and most of a line
_LEAST, _DOUBT = 0.2, 0.5  # confidences below which a word is noise, and speaks against the reading
_FRAME = 20  # pixels of paper put round what is read: engines want room


@dataclass(frozen=True, slots=True)
class RegionText:
    """What stands in a region: one line of text ("" when nothing was read) and the least confidence of its words."""

    text: str
    confidence: float | None


def upright_picture(
    data: bytes, path: Path, number: int, words: Sequence[Box] = (), *, dpi: int | None = None
) -> Picture | None:
    """The picture of page ``number`` (1-based) turned as it was read, (height, width, 3) uint8 RGB.

    None for a source without pictures.  How a page was turned is told from its ``words``: their boxes lie on ink in one
    of the four positions only.  Raises the reader's ``CongvanError``.
    """
    picture = picture_of(data, path, Page(number, "", [], "ocr"), dpi=dpi)
    if picture is None:
        return None
    rgb = np.asarray(picture, dtype=np.uint8)
    return turn(rgb, _turned(rgb, words)) if len(words) >= 8 else rgb


def _turned(rgb: Picture, words: Sequence[Box]) -> int:
    """Clockwise degrees after which the boxes hold the most ink; 0 unless another position is clearly better."""
    small = cv2.resize(rgb[:, :, 0], (700, max(1, round(700 * rgb.shape[0] / rgb.shape[1]))))
    # Strokes alone: the desk round a photographed sheet and a scanner's border are dark as well.
    strokes = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((15, 15), np.uint8)).astype(np.float32)
    ink = np.clip(strokes - 40, 0, 60)
    shares = {}
    for degrees in (0, 90, 180, 270):
        face = np.rot90(ink, k=-(degrees // 90) % 4)
        height, width = face.shape
        inside = np.zeros(face.shape, bool)
        for left, top, right, bottom in words:
            rows = slice(int(top * height), int(np.ceil(bottom * height)))
            inside[rows, int(left * width) : int(np.ceil(right * width))] = True
        covered = float(inside.mean())
        # Ink inside the boxes per area, against ink outside: the boxes of a page that lies otherwise miss the letters.
        shares[degrees] = float(face[inside].mean()) / (float(face[~inside].mean()) + 0.5) if 0 < covered < 1 else 0.0
    best = max(shares, key=lambda degrees: shares[degrees])
    return best if shares[best] > 1.3 * shares[0] else 0


def read_region(picture: Picture, box: Box, *, dpi: int = 200, engine: Engine | None = None) -> RegionText:
    """Read the part ``box`` (fractions) of an upright page picture, printed or written by hand, as one line of text.

    The region is read as it is and with stamp and pen removed; the surer reading counts.  Raises ``OcrToolMissing``,
    ``OcrLanguageMissing``; an engine that fails on the region reads nothing.
    """
    engine = engine or engine_named(ReadOptions().engine, ReadOptions().language, True)
    best = RegionText("", None)
    weight: float | None = None
    # A tight cut for a box drawn exactly; a wide one shows whole the lines that a generous box cut in slices, whose
    # words then fall away because their middle lies outside.
    ways = [(_MARGIN, 6), (_MARGIN, 7), (_WIDE, 6)] if box[3] - box[1] <= _LINE else [(_MARGIN, 6), (_WIDE, 6)]
    for margin, mode in ways:
        part, place = _part(picture, box, margin)
        if min(part.shape[:2]) < 6:
            continue
        for grey in (part[:, :, 0].copy(), prepare(part).grey):
            read = _read(grey, engine, dpi, mode)
            words = [word for word in read if word.confidence >= _LEAST and _inside(word, place, len(grey))]
            # Doubtful words count against a reading: slices of letters come out as long nonsense.
            found = sum(sum(map(str.isalnum, word.text)) * (word.confidence - _DOUBT) for word in words)
            if words and (weight is None or found > weight + 0.05 * abs(weight)):
                best, weight = _text(words), found
    return best


def _part(picture: Picture, box: Box, margin: float) -> tuple[Picture, tuple[int, int, int, int]]:
    """The box with some paper round it, and where the box itself lies in that (left, top, right, bottom, pixels)."""
    height, width = picture.shape[:2]
    left, top = max(0, int((box[0] - margin) * width)), max(0, int((box[1] - margin) * height))
    right, bottom = min(width, int((box[2] + margin) * width)), min(height, int((box[3] + margin) * height))
    edges = [int(edge * side) for edge, side in zip(box, (width, height, width, height), strict=True)]
    inner = edges[0] - left, edges[1] - top, edges[2] - left, edges[3] - top
    return np.ascontiguousarray(picture[top:bottom, left:right]), inner


def _read(grey: Picture, engine: Engine, dpi: int, mode: int) -> list[OcrWord]:
    framed = cv2.copyMakeBorder(
        grey, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_CONSTANT, value=float(np.percentile(grey, 90))
    )
    try:
        return engine.read(np.asarray(framed, dtype=np.uint8), dpi=dpi, mode=mode, timeout=30.0)
    except (RuntimeError, TimeoutError):
        return []


def _inside(word: OcrWord, place: tuple[int, int, int, int], height: int) -> bool:
    """Whether the middle of a word lies in the box, and it is no slice of a line that the cut went through."""
    x, y = (word.left + word.right) / 2 - _FRAME, (word.top + word.bottom) / 2 - _FRAME
    whole = word.top > _FRAME + 1 and word.bottom < _FRAME + height - 1
    return whole and place[0] <= x <= place[2] and place[1] <= y <= place[3]


def _text(words: Sequence[OcrWord]) -> RegionText:
    text = unicodedata.normalize("NFC", " ".join(tidy(word.text) for word in words))
    if not any(letter.isalnum() for letter in text):
        return RegionText("", None)  # specks
    return RegionText(" ".join(text.split()), round(min(word.confidence for word in words), 4) if words else None)

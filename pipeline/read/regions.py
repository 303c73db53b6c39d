"""A part of a page read by itself: enlarged, with paper round it, its words back in the page's pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.read.model import Image
from pipeline.read.ocr import Engine, OcrWord

Area = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the prepared picture; right and bottom are outside."""

FRAME = 20  # pixels of paper round what is read: an engine wants room


def read_part(
    crop: Image, left: int, top: int, engine: Engine, *, dpi: int, scale: float, mode: int, timeout: float,
    frame: int = FRAME, paper: int | None = None,
) -> list[OcrWord]:  # fmt: skip
    """Words of ``crop``, which was cut out at (``left``, ``top``), in pixels of the picture it was cut from.

    ``paper`` is the grey level of the frame, the crop's own when None.
    """
    if crop.size == 0:
        return []
    larger = crop if scale == 1.0 else cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    level = int(np.percentile(crop, 80)) if paper is None else paper
    larger = cv2.copyMakeBorder(larger, frame, frame, frame, frame, cv2.BORDER_CONSTANT, value=level)
    return [
        replace(
            word,
            left=left + round((word.left - frame) / scale), right=left + round((word.right - frame) / scale),
            top=top + round((word.top - frame) / scale), bottom=top + round((word.bottom - frame) / scale),
        )
        for word in engine.read(larger, dpi=round(dpi * scale), mode=mode, timeout=timeout)
    ]  # fmt: skip


def rows_of(words: Sequence[OcrWord]) -> dict[int, list[int]]:
    """Indices of the words of each line, from left to right; the lines in the order in which they come."""
    rows: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        rows.setdefault(word.line, []).append(at)
    for row in rows.values():
        row.sort(key=lambda at: words[at].left)
    return rows


def inside(word: OcrWord, area: Area) -> bool:
    """The word's middle lies in the area."""
    left, top, right, bottom = area
    return left <= (word.left + word.right) / 2 < right and top <= (word.top + word.bottom) / 2 < bottom

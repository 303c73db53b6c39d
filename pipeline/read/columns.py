"""Where a page is printed in two columns: bands with a white gutter between left and right text.

Official documents have two such bands, the header and the closing.  A text engine reads a band's two columns as one
line and, as their lines do not stand at the same height, loses words and marks; each column is therefore read alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.read.model import Image

SHRINK = 4  # the search runs on a quarter-size picture
GUTTER = 0.02  # least width of the gutter, of the page's width
LEAST_HEIGHT = 0.045  # least height of a band, of the page's height
MIDDLE = (0.3, 0.72)  # where a gutter may stand, of the page's width


@dataclass(frozen=True, slots=True)
class Band:
    """Pixel rows ``top`` to ``bottom`` with a gutter around column ``gutter``."""

    top: int
    bottom: int
    gutter: int


def two_column_bands(grey: Image) -> list[Band]:
    """Bands of a prepared page picture, from the top; none on an ordinary page of text."""
    height, width = grey.shape
    small = cv2.resize(grey, (width // SHRINK, height // SHRINK), interpolation=cv2.INTER_AREA)
    dark = (small < np.percentile(small, 80) - 45).astype(np.uint8)
    dark = _without_specks(dark)
    rows, columns = dark.shape
    reach = max(2, round(GUTTER * columns / 2))
    blocked = cv2.dilate(dark, np.ones((1, 2 * reach + 1), np.uint8))
    left_ink = np.cumsum(dark, axis=1)
    total = left_ink[:, -1]
    bands: list[Band] = []
    taken = np.zeros(rows, dtype=bool)
    for _ in range(3):
        best = _best_gutter(blocked, left_ink, total, taken)
        if best is None:
            break
        top, bottom, gutter = best
        taken[top:bottom] = True
        bands.append(Band(max(0, (top - 1) * SHRINK), min(height, (bottom + 1) * SHRINK), gutter * SHRINK))
    return sorted(bands, key=lambda band: band.top)


def _without_specks(dark: Image) -> Image:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = np.zeros(count, dtype=np.uint8)
    small[stats[:, cv2.CC_STAT_AREA] >= 3] = 1
    small[0] = 0
    return np.asarray(small[labels], dtype=np.uint8)


def _best_gutter(blocked: Image, left_ink: Image, total: Image, taken: Image) -> tuple[int, int, int] | None:
    """The gutter with the most rows of text on both of its sides, as rows and column of the small picture."""
    rows, columns = blocked.shape
    least = LEAST_HEIGHT * rows
    best: tuple[int, int, int, int] | None = None
    for x in range(round(MIDDLE[0] * columns), round(MIDDLE[1] * columns), 2):
        free = (blocked[:, x] == 0) & ~taken
        left = left_ink[:, x] > 2
        right = (total - left_ink[:, x]) > 2
        for top, bottom in _runs(free):
            if bottom - top < least:
                continue
            both = left[top:bottom], right[top:bottom]
            inked = np.flatnonzero(both[0] | both[1])
            if len(inked) == 0:
                continue
            a, b = top + int(inked[0]), top + int(inked[-1]) + 1
            # Both columns must hold some lines of text, not a stray mark: count rows with ink.
            weight = min(int(both[0].sum()), int(both[1].sum()))
            if b - a >= least and weight >= 0.012 * rows and (best is None or weight > best[0]):
                best = (weight, a, b, x)
    return best[1:] if best else None


def _whole_rows(total: Image, top: int, bottom: int) -> tuple[int, int]:
    """Shrink rows to the first and last white ones, so that no line of text is cut through."""
    white = np.flatnonzero(total[top:bottom] <= 1)
    if len(white) < 2:
        return top, top
    return top + int(white[0]), top + int(white[-1]) + 1


def _runs(free: Image) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))

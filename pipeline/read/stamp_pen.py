"""The pen in a received stamp whose print is red: what is not red is the pen's, and is read alone.

Most stamps are pressed in red and filled in with a blue or black pen.  On such a scan nothing printed has to be cut
away: the red channel holds the strokes of the pen and hardly anything else.  Which number a stroke belongs to is told
by the prepared word before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from pipeline.read.handwriting import DigitReader, pen_framings
from pipeline.read.model import Image, Slot
from pipeline.read.prepare import red_excess
from pipeline.read.slots import values_of

RED = 25  # red less the stronger of green and blue, from which ink is the stamp's
DARK = 60  # below the paper, in the red channel, from which ink is the pen's
MOSTLY_RED = 0.5  # share of a stamp's ink
SPECK = 0.006  # of the square of the line's height: dots of a leader, dust
CROSSED = 9  # pixels of a stroke that the stamp's frame may cover
REACH = 0.6  # heights of the line between its middle and that of a stroke
RUNS_ON = 0.9  # heights of the line between strokes of one number

# What stands between a prepared word and the next one.
_SLOTS: dict[tuple[str, str], Slot] = {
    ("s", "n"): "received", ("s", ""): "received", ("n", "t"): "day", ("t", "y"): "month", ("t", ""): "month",
    ("y", ""): "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PennedSlot:
    """A number that the pen wrote: what it is, readings with their probabilities best first, its ink in the cut."""

    slot: Slot
    ranked: tuple[tuple[str, float], ...]
    box: tuple[int, int, int, int]


class StampPen:
    """The strokes of the pen in a straightened stamp, by colour."""

    def __init__(self, grey: Image, pen: Image, reader: DigitReader) -> None:
        near = cv2.dilate(pen, np.ones((3, 3), np.uint8)) > 0
        self._strokes = np.where(near, grey, 255).astype(np.uint8)
        self._reader = reader
        count, _, stats, centres = cv2.connectedComponentsWithStats(pen, connectivity=8)
        self._parts = [(stats[k].tolist(), centres[k].tolist()) for k in range(1, count)]

    def slots(self, marks: Sequence[tuple[str, float]], centre: float, tall: float) -> Iterator[PennedSlot]:
        """Numbers on a line whose prepared words ("s", "n", "t", "y") stand at the given columns of the cut.

        ``centre`` is the row of the line's middle, ``tall`` its height.
        """
        kept = [
            box for box, (_, y) in self._parts
            if box[4] > SPECK * tall * tall and abs(y - centre) < REACH * tall and box[3] > 0.2 * tall
        ]  # fmt: skip
        ends = [x for _, x in marks[1:]] + [float(self._strokes.shape[1])]
        for (sign, left), (following, _), right in zip(marks, [*marks[1:], ("", 0.0)], ends, strict=True):
            slot = _SLOTS.get((sign, following))
            own = sorted(box for box in kept if left < box[0] + box[2] / 2 < right)
            if slot is None or not own:
                continue
            if any(b[0] - (a[0] + a[2]) > RUNS_ON * tall for a, b in pairwise(own)):
                continue  # two numbers, or a number and something else
            x0, y0 = min(b[0] for b in own), min(b[1] for b in own)
            x1, y1 = max(b[0] + b[2] for b in own), max(b[1] + b[3] for b in own)
            texts = self._reader.read(pen_framings(self._strokes[y0:y1, x0:x1]))
            if slot == "year":
                # The pen may write the whole year where no century is printed.
                texts = [(text[2:] if len(text) == 4 and text.startswith("20") else text, p) for text, p in texts]
            yield PennedSlot(slot, tuple(values_of(slot, texts)), (x0, y0, x1, y1))


def stamp_pen(cut: Image, reader: DigitReader | None) -> StampPen | None:
    """The pen in a straightened stamp ((rows, columns, 3) uint8); None when its print is not red."""
    if reader is None:
        return None
    redness = red_excess(cv2.medianBlur(np.ascontiguousarray(cut), 3))
    paper = np.percentile(cut[:, :, 0], 80)
    ink = cut.min(axis=2) < np.percentile(cut.min(axis=2), 80) - DARK
    if not ink.any() or float((redness[ink] > RED).mean()) < MOSTLY_RED:
        return None
    red = cut[:, :, 0]
    pen = ((red < paper - DARK) & (redness < RED)).astype(np.uint8)
    # Where a stroke crosses the frame its own ink is red.
    closed = cv2.morphologyEx(pen, cv2.MORPH_CLOSE, np.ones((CROSSED, 1), np.uint8))
    crossed = (closed > 0) & (redness >= RED)
    grey = np.where(crossed, np.uint8(max(0.0, paper - 2 * DARK)), red)
    return StampPen(grey, np.asarray((pen > 0) | crossed, dtype=np.uint8), reader)

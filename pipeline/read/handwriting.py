"""Handwritten numbers: a strip of ink → digits with a probability, by the network of ``models/handwriting``.

The probability of a string is the network's own, summed over every way to write it along the strip (connectionist
temporal classification, Graves et al. 2006), and averaged over several framings of the same ink: a reading that
hangs on a pixel of the frame is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np

from pipeline.read.ctc import weighed_texts
from pipeline.read.model import Image
from pipeline.read.networks import Networks, packaged

ALPHABET = "0123456789/"
INPUT_HEIGHT, INPUT_WIDTH = 48, 160
WIDTHS = (72, 112, INPUT_WIDTH)  # a strip is read at the least of these that holds its ink
_EDGE = 4  # columns of paper on either side


def to_input(grey: Image, fill: float = 0.85) -> Image:
    """A grey crop as the network takes it.

    Returns (INPUT_HEIGHT, INPUT_WIDTH) uint8, ink 255 on 0; the crop's height becomes ``fill`` of the strip's.
    """
    paper, ink = np.percentile(grey, [85, 1])
    level = np.clip((paper - grey.astype(np.float32)) / max(40.0, paper - ink), 0, 1)
    scale = INPUT_HEIGHT * fill / grey.shape[0]
    width = min(INPUT_WIDTH - 2 * _EDGE, max(4, round(grey.shape[1] * scale)))
    height = max(4, round(INPUT_HEIGHT * fill))
    small = cv2.resize(level, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    strip = np.zeros((INPUT_HEIGHT, INPUT_WIDTH), np.uint8)
    top = (INPUT_HEIGHT - height) // 2
    strip[top : top + height, _EDGE : _EDGE + width] = np.round(255 * small).astype(np.uint8)
    return strip


# Ink told by its colour is framed by its own edge: share of the strip's height, paper around in pixels.
_PEN_FRAMES = ((0.78, 0), (0.85, 1), (0.92, 0), (0.85, 3), (0.7, 2))


def pen_framings(ink: Image) -> list[Image]:
    """Framings of a grey crop that holds the pen's strokes alone and is cut to their edge."""
    return [
        to_input(cv2.copyMakeBorder(ink, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255), fill)
        for fill, pad in _PEN_FRAMES
    ]  # fmt: skip


def width_of(strip: Image) -> int:
    """The width at which a strip is trained and read: what holds its ink and a margin."""
    columns = np.flatnonzero(strip.any(axis=0))
    used = (int(columns[-1]) + 1 if len(columns) else 0) + 2 * _EDGE
    return next((width for width in WIDTHS if used <= width), INPUT_WIDTH)


class DigitReader:
    """Gives the likeliest digits of one number from its framings."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks

    def read(self, strips: Sequence[Image]) -> list[tuple[str, float]]:
        """The likeliest strings of one number with their probabilities, best first; they add up to at most 1.

        ``strips`` are framings of the same ink, each (INPUT_HEIGHT, INPUT_WIDTH) uint8 as ``to_input`` makes them.
        """
        stack = np.stack(strips)
        return weighed_texts(self._networks.scores(stack[:, :, : width_of(stack.max(axis=0))]), ALPHABET)


@lru_cache(maxsize=1)
def digit_reader() -> DigitReader | None:
    """The reader with the weights of this package; None when the package holds none."""
    networks = packaged("digits")
    return DigitReader(networks) if networks else None

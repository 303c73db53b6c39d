"""E-mail addresses read again: a letter of them can be checked by nothing but other readings.

The page engine reads with a sense of language, which bends the letters of an address; a line under it takes the tails
of g and y.  So each address is read twice more alone, and by the network of another make in a few framings.
"""

from __future__ import annotations

import re

import cv2
import numpy as np

from pipeline.read.model import Page, Reread
from pipeline.read.ocr import Engine
from pipeline.read.ocr.line_network import LineNetwork
from pipeline.read.passes import LINE_SCALE, only_line
from pipeline.read.prepare import Prepared

SHORTEST = 6  # signs of a word that may be an address
PADS = (2, 4, 7)  # rows of paper above and below, for the network
_AT = re.compile(r"@|[©®]|[(][2aðđ]?[)]?\w+\.")


def addresses_again(
    page: Page, prepared: Prepared, engine: Engine, dpi: int, timeout: float, network: LineNetwork | None
) -> list[Reread]:
    """Other readings of the words that may be addresses."""
    rereads = []
    for word in page.words:
        if word.box is None or len(word.text) < SHORTEST or not _AT.search(word.text):
            continue
        left, top, right, bottom = prepared.line_from_page(word.box)
        pad = max(6, (bottom - top) // 3)
        crop = only_line(prepared.grey[max(0, top - pad) : bottom + pad, max(0, left - pad) : right + pad])
        if crop.size == 0:
            continue
        texts = []
        for scale in (1.0, LINE_SCALE):
            larger = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
            larger = cv2.copyMakeBorder(larger, 15, 15, 15, 15, cv2.BORDER_CONSTANT, value=250)
            words = engine.read(larger, dpi=round(dpi * scale), mode=7, timeout=timeout)
            texts.append(" ".join(w.text for w in words))
        pieces = [prepared.grey[max(0, top - rows) : bottom + rows, max(0, left - 4) : right + 4] for rows in PADS]
        others = [network.opinion(np.ascontiguousarray(piece), ()).text for piece in pieces] if network else []
        rereads.append(Reread(word.start, word.end, tuple(texts), tuple(others)))
    return rereads

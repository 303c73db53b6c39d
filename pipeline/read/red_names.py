"""Names stamped in red, most of them in a script face that a text engine does not know.

A name stamp is pressed by hand, under the seal and a little askew: its ink is straightened along its own slope and read
in several framings.  The line network knows no names, so its readings are taken only where every syllable is one that
Vietnamese names have; framings that differ count for little.  A network of our own for such stamps (``name_network``)
searches names alone; a name is given where the line network, asked about all that it found, holds the same for the
likeliest by far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from pipeline.language.names import clean_person_name
from pipeline.read.model import Image
from pipeline.read.name_agreement import FoundName, held_by_both, is_whole
from pipeline.read.name_network import NameReader
from pipeline.read.ocr.line_network import LineNetwork
from pipeline.read.regions import Area

MOST = 5  # patches of red ink that are looked at
LEAST_WIDE, LEAST_HIGH, MOST_HIGH = 0.07, 0.009, 0.06  # of the page's width, and of its height
_PADS = (1, 3, 5, 8)  # pixels above and below the ink at 200 dpi
STEEP = 14.0  # degrees


def red_names(layer: Image, region: Area, network: LineNetwork, reader: NameReader | None = None) -> list[FoundName]:
    """Names in the red ``layer`` ((rows, columns) uint8, 255 = ink) within ``region``."""
    found: list[FoundName] = []
    for strips, area in _patches(layer, region):
        opinions = [network.opinion(strip, ()) for strip in strips]
        found += judged([(o.text, float(np.exp(o.certainty))) for o in opinions], area)
        if reader is not None and (name := held_by_both(strips, network, reader)):
            found.append(FoundName(*name, 1, area, True))
    return found


def judged(readings: Sequence[tuple[str, float]], area: Area) -> list[FoundName]:
    """Readings of one patch (text, probability) → the names among them.

    A name is as sure as its surest framing, less the share of the framings that read another name.
    """
    names: dict[str, list[float]] = {}
    for text, probability in readings:
        name = clean_person_name(text)
        if name and is_whole(name):
            names.setdefault(name, []).append(probability)
    count = sum(map(len, names.values()))
    return [
        FoundName(name, round(max(seen) * len(seen) / count, 4), len(seen) if len(names) == 1 else 1, area, True)
        for name, seen in names.items()
    ]


def _patches(layer: Image, region: Area) -> Iterator[tuple[list[Image], Area]]:
    """Lines of red letters in the region, straightened, each in several framings."""
    left, top, right, bottom = region
    height, width = layer.shape
    scale = width / 1654
    mask = (layer[top:bottom, left:right] > 70).astype(np.uint8)
    joined = cv2.dilate(mask, np.ones((max(1, round(9 * scale)), max(1, round(31 * scale))), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    order = sorted(range(1, count), key=lambda k: -int(stats[k, cv2.CC_STAT_AREA]))
    for label in order[:MOST]:
        x, y, w, h = (int(v) for v in stats[label, :4])
        if w < LEAST_WIDE * width or not LEAST_HIGH * height < h < MOST_HIGH * height:
            continue
        own = (labels[y : y + h, x : x + w] == label) & (mask[y : y + h, x : x + w] > 0)
        ys, xs = np.nonzero(own)
        if len(xs) < 300 * scale * scale:
            continue
        slope = float(np.degrees(np.arctan(np.polyfit(xs, ys, 1)[0])))
        if abs(slope) > STEEP:
            continue
        ink = np.where(own, layer[top + y : top + y + h, left + x : left + x + w], 0).astype(np.uint8)
        pad = round(12 * scale)
        plain = 255 - cv2.copyMakeBorder(ink, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
        size = (plain.shape[1], plain.shape[0])
        matrix = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), slope, 1.0)
        straight = np.asarray(cv2.warpAffine(plain, matrix, size, borderValue=255))
        rows, columns = np.nonzero(straight < 200)
        if len(rows) < 100:
            continue
        y0, y1 = (round(float(v)) for v in np.percentile(rows, [0.5, 99.5]))
        x0, x1 = max(0, int(columns.min()) - 6), int(columns.max()) + 6
        strips = [
            np.ascontiguousarray(straight[max(0, y0 - round(p * scale)) : y1 + round(p * scale), x0:x1]) for p in _PADS
        ]
        yield strips, (left + x, top + y, left + x + w, top + y + h)

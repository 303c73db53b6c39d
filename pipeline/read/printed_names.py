"""Printed names that a stroke or a seal's rim runs into: read again as a line, as far as its ink goes.

The page engine loses the syllable that is touched ("f Hoàng Oanh"); both networks for lines read it ("Đặng Hoàng
Oanh").  How far the name goes is not known, so it is cut out in several extents, which have to agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.read.model import Image
from pipeline.read.name_agreement import GIVEN, FoundName, held_by_both
from pipeline.read.name_network import NameReader
from pipeline.read.ocr.line_network import LineNetwork
from pipeline.read.regions import Area

MOST = 2  # lines of one page
GAP, REACH = 0.9, 7.0  # heights of a line: blank that ends the ink of a name, and farthest that it goes on
TRIMMED = 0.4  # heights that the narrower extent is cut by where ink goes on
_PADS = (2, 5, 8)  # pixels above and below the line at 200 dpi


def printed_names(grey: Image, lines: Sequence[Area], network: LineNetwork, reader: NameReader) -> list[FoundName]:
    """Names on ``lines`` of ``grey`` ((rows, columns) uint8): one for each line of which two extents say the same."""
    found: list[FoundName] = []
    for line in lines[:MOST]:
        said: list[tuple[str, float, Area]] = []
        for left, top, right, bottom in _extents(grey, line):
            strips = [
                np.ascontiguousarray(grey[max(0, top - pad) : bottom + pad, left:right]) for pad in _PADS
            ]  # fmt: skip
            if strips[0].shape[1] <= 2 * strips[0].shape[0] or not (held := held_by_both(strips, network, reader)):
                continue
            # A stroke beside a name is a "Y" or an "H" to a reader that looks for syllables.
            if all(len(syllable) > 1 for syllable in held[0].split()):
                said.append((*held, (left, top, right, bottom)))
        # The narrowest extent may cut a syllable off.
        said = [one for one in said if not any(_is_part(one[0], other) for other, _, _ in said)]
        if len(said) > 1 and len({name for name, _, _ in said}) == 1:
            name, _, area = said[0]
            sure = min(sure for _, sure, _ in said)
            found.append(FoundName(name, sure, len(said) if sure >= GIVEN[2] else 1, area, False))
    return found


def _is_part(name: str, other: str) -> bool:
    return other.endswith(f" {name}") or other.startswith(f"{name} ")


def _extents(grey: Image, line: Area) -> Iterator[Area]:
    """The line as far as ink goes, a little less, and as it was read."""
    left, top, right, bottom = line
    tall = bottom - top
    start, end = _reach(grey, line, -1), _reach(grey, line, 1)
    trim = round(TRIMMED * tall)
    extents = {
        (start, end),
        (min(left, start + trim) if start < left else start, max(right, end - trim) if end > right else end),
        (max(0, left - trim), right + trim),
    }
    for a, b in sorted(extents):
        yield a, top, min(grey.shape[1], b), bottom


def _reach(grey: Image, line: Area, way: int) -> int:
    """Column at which the ink of the line ends to the left (``way`` -1) or to the right (1)."""
    left, top, right, bottom = line
    tall = bottom - top
    rows = grey[top + tall // 5 : bottom - tall // 8]
    dark = np.any(rows < int(np.percentile(grey[::8, ::8], 80)) - 60, axis=0)
    at, blank = (left if way < 0 else right - 1), 0
    last = at
    while 0 < at < grey.shape[1] - 1 and blank < GAP * tall and abs(at - (left if way < 0 else right)) < REACH * tall:
        at += way
        blank = 0 if dark[at] else blank + 1
        last = at if dark[at] else last
    return max(0, last - 4) if way < 0 else min(grey.shape[1], last + 5)

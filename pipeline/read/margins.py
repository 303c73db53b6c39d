"""What a scanner puts round a page that is no part of it: black borders beyond the paper, and punched holes.

Both are wiped to the paper's level in the grey picture and nothing is cut off, so that every place stays where it was.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.read.model import Image

PAPER_WIDTH = 210.0  # mm across the shorter side of a page
_BLACK = 0.45  # of the paper's level: darker is border or hole, lighter may be a shadow of the binding
_THICK = 2.0  # mm: no stroke of print is as thick, and a thinner strip at the very edge disturbs nothing
_ALONG = 0.25  # of a side that a border follows at least
_DEEP = 0.22  # of the page's side that it takes at most: a picture that bleeds off the page is deeper
_FRINGE = 0.8  # mm of half-tones between border and paper
_HOLE = 4.0, 8.0  # mm across
_ROUND = 0.82  # share of the smallest circle round a hole that it fills
_EDGE = 24.0  # mm from a side within which holes are punched


def paper_level(grey: Image) -> int:
    """How bright the paper is: most of a page is paper."""
    return int(np.percentile(grey[::8, ::8], 80))


def wipe_borders(grey: Image, paper: int) -> bool:
    """Wipe in place the black strips along the sides of ``grey`` (uint8) to ``paper``; True when there were any."""
    height, width = grey.shape
    millimetre = min(height, width) / PAPER_WIDTH
    reach = max(3, round(_THICK * millimetre)) | 1  # an even kernel would shift what it opens
    dark = (grey < _BLACK * paper).astype(np.uint8)
    # Beyond the picture all is dark, so that a strip thinner than the kernel survives where it lies at the edge.
    framed = cv2.copyMakeBorder(dark, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=1)
    solid = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8))[reach:-reach, reach:-reach]
    deep = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8), borderValue=0)
    if not deep.any():
        return False
    count, labels = cv2.connectedComponents(solid, connectivity=4)
    border = np.zeros(count, bool)
    for label in np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])):
        patch = labels == label
        border[label] = label > 0 and _is_border(patch) and bool(deep[patch].any())
    if not border.any():
        return False
    fringe = max(1, round(_FRINGE * millimetre))
    mask = cv2.dilate(border[labels].astype(np.uint8), np.ones((2 * fringe + 1, 2 * fringe + 1), np.uint8))
    grey[mask > 0] = paper
    return True


def _is_border(patch: Image) -> bool:
    """Whether a dark patch lies along the sides of the picture and nowhere deep in it."""
    if max(patch[0].mean(), patch[-1].mean(), patch[:, 0].mean(), patch[:, -1].mean()) < _ALONG:
        return False
    height, width = patch.shape
    deep = patch[round(_DEEP * height) : round((1 - _DEEP) * height), round(_DEEP * width) : round((1 - _DEEP) * width)]
    return not deep.any()


def fill_holes(grey: Image, paper: int) -> bool:
    """Wipe in place the punched holes near the sides of ``grey`` (uint8) to ``paper``; True when there were any."""
    height, width = grey.shape
    millimetre = min(height, width) / PAPER_WIDTH
    dark = (grey < 0.6 * paper).astype(np.uint8)
    # Print and specks do not survive this; what is left of a hole is its middle.
    core = max(3, round(0.6 * _HOLE[0] * millimetre)) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (core, core))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, disc)
    outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = False
    for outline in outlines:
        (x, y), radius = cv2.minEnclosingCircle(outline)
        across = 2 * radius / millimetre
        filled = float(cv2.contourArea(outline)) / (np.pi * radius * radius)
        beside = min(x, width - x, y, height - y) / millimetre
        if not _HOLE[0] <= across <= _HOLE[1] or filled < _ROUND or beside > _EDGE:
            continue
        if _stands_alone(dark, x, y, radius):
            cv2.circle(grey, (round(x), round(y)), round(radius + _FRINGE * millimetre), float(paper), -1)
            found = True
    return found


def _stands_alone(dark: Image, x: float, y: float, radius: float) -> bool:
    """Hardly anything dark touches the blob: a seal's heart or the bowl of a large letter has strokes about it."""
    ring = np.zeros_like(dark)
    cv2.circle(ring, (round(x), round(y)), round(1.5 * radius), 1, -1)
    cv2.circle(ring, (round(x), round(y)), round(1.2 * radius), 0, -1)
    return float(dark[ring > 0].mean()) < 0.05

"""Ink that lies over print in one colour with it: signatures' strokes, rims of photocopied seals, lines of bad glass.

Colour parts red and blue ink from print (see prepare); what is black like the print is told by its shape.  Each
function gives a cleaned copy and leaves its input alone.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.read.model import Image

LETTER = 48  # greatest height of a letter in pixels at 200 dpi
LINE_LENGTH = 90  # an upright line is at least this long, in pixels at 200 dpi
RIM = (55, 195)  # radii of a seal's rims in pixels at 200 dpi
RIM_SHARE = 0.45  # share of a circle that is dark along a rim; a circle through print and emblem has less
RIM_WIDTH = 18  # rims are double lines at most this wide


NOISE = 40  # grey levels by which the grain of a copy's paper is darker than the paper's level, at most


def letters_alone(crop: Image) -> Image:
    """Without ink larger than letters; the crop itself when there is none.

    An engine parts ink from paper where the grey levels part best.  Where little ink is left that is in the paper's own
    grain, of which it makes hundreds of words; the grain is then levelled.
    """
    paper = int(np.percentile(crop, 80))
    dark = (crop < paper - 60).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    wide, tall, area = (stats[:, column] for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    thin = (wide > 2 * LETTER) & (area < 0.25 * wide * tall)
    large = (tall > LETTER) | (wide > 3.2 * LETTER) | thin
    large[0] = False
    if not large.any():
        return crop
    mask = cv2.dilate(large[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    out = crop.copy()
    out[mask > 0] = paper
    if cv2.threshold(out, 0, 255, cv2.THRESH_OTSU)[0] > paper - NOISE:
        out[out > paper - NOISE] = paper
    return out


def without_rims(crop: Image) -> Image | None:
    """With the rims of a black seal and upright lines painted over from both sides; None when there is no seal."""
    paper = int(np.percentile(crop, 80))
    dark = (crop < paper - 60).astype(np.uint8)
    rims = _rims(dark)
    if rims is None:
        return None
    lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((LINE_LENGTH, 1), np.uint8))
    mask = np.bitwise_or(rims, cv2.dilate(lines, np.ones((3, 3), np.uint8)))
    return np.asarray(cv2.inpaint(crop, mask, 3, cv2.INPAINT_TELEA), dtype=np.uint8)


def _rims(dark: Image) -> Image | None:
    """Mask of the rims of the one seal whose circles are the most complete."""
    small = cv2.resize(dark * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(small, (5, 5), 0), cv2.HOUGH_GRADIENT, dp=1, minDist=10, param1=120, param2=30,
        minRadius=RIM[0] // 2, maxRadius=RIM[1] // 2,
    )  # fmt: skip
    if circles is None:
        return None
    ys, xs = np.mgrid[: dark.shape[0], : dark.shape[1]]
    best: tuple[float, Image, Image] | None = None
    for x, y, _ in circles[0][:2]:
        for dx in range(-4, 5, 2):
            for dy in range(-4, 5, 2):
                radius = np.round(np.hypot(xs - 2 * x - dx, ys - 2 * y - dy)).astype(np.int32)
                count = np.bincount(radius.ravel())
                share = np.bincount(radius.ravel(), weights=dark.ravel()) / np.maximum(1, count)
                # A circle that runs out of the picture proves nothing.
                share[count < 4.5 * np.arange(len(count))] = 0
                inside = share[RIM[0] : RIM[1]]
                if len(inside) and (best is None or np.sort(inside)[-8:].sum() > best[0]):
                    best = float(np.sort(inside)[-8:].sum()), share, radius
    if best is None or best[0] < 6.4:
        return None
    _, share, radius = best
    rim = np.zeros(len(share) + 2, dtype=bool)
    start = None
    for at in range(RIM[0], min(RIM[1] + 1, len(share))):
        if share[at] > RIM_SHARE and at < RIM[1]:
            start = at if start is None else start
        elif start is not None:
            if at - start <= RIM_WIDTH:
                rim[start - 1 : at + 1] = True
            start = None
    return rim[np.minimum(radius, len(rim) - 1)].astype(np.uint8) if rim.any() else None

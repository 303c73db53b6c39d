"""Round seals: where they stand in the red ink of a page, so that their lettering is not read as text."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.read.model import Image
from pipeline.read.regions import Area

# Radius of an agency's round seal in pixels at 200 dpi: seals are 30 to 42 mm across, and scans shrink a little.
SEAL_RADIUS = (95, 180)


def blank_seals(redness: Image, mask: Image, scale: float) -> None:
    """Blank round seals in ``redness`` ((rows, columns) uint8) in place.

    ``mask`` (uint8 0/1) is where it is red, ``scale`` the page's pixels for one at 200 dpi.  A seal is a circle where
    its rim is found, else one large joined patch; what a seal over several sheets leaves at a side goes as well.
    """
    for left, top, right, bottom in slices_at_sides(mask, scale):
        redness[top:bottom, left:right] = 0
    small = cv2.resize(mask * 255, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(small, (5, 5), 0), cv2.HOUGH_GRADIENT, dp=1, minDist=40 * scale, param1=120, param2=24,
        minRadius=round(SEAL_RADIUS[0] * scale / 4), maxRadius=round(SEAL_RADIUS[1] * scale / 4),
    )  # fmt: skip
    found = False
    for x, y, radius in (circles[0] if circles is not None else [])[:3]:
        covered, radius = rim(small > 40, float(x), float(y), float(radius))
        if covered < RIM:
            continue
        found = True
        cv2.circle(redness, (round(x * 4), round(y * 4)), round(radius * 4 + 7 * scale), 0, -1)
    if found:
        return
    height, width = mask.shape
    # The frame of a received stamp would join its letters into one patch as large as a seal.
    reach = round(60 * scale)
    frame = np.bitwise_or(
        cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8)),
        cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8)),
    )
    mask = np.where(cv2.dilate(frame, np.ones((3, 3), np.uint8)) > 0, 0, mask).astype(np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((round(9 * scale), round(9 * scale)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for label in range(1, count):
        w, h = int(stats[label, cv2.CC_STAT_WIDTH]), int(stats[label, cv2.CC_STAT_HEIGHT])
        if h > 0.055 * height and w > 0.05 * width and 0.35 < w / h < 2.2:
            redness[labels == label] = 0


RIM = 0.6  # of a rim's directions: seals of 23 scans have .69 and more, other circles .51 and less


def rim(red: Image, x: float, y: float, radius: float) -> tuple[float, float]:
    """Share of the directions from (x, y) in which ``red`` (bool) has a rim, and its radius, near ``radius``."""
    height, width = red.shape
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    best = 0.0, radius
    for candidate in radius + np.arange(-5, 6):
        hit, seen = np.zeros(len(angles), bool), np.zeros(len(angles), bool)
        for reach in candidate + np.arange(-1, 2):
            xs = np.round(x + reach * np.cos(angles)).astype(int)
            ys = np.round(y + reach * np.sin(angles)).astype(int)
            inside = (xs >= 0) & (ys >= 0) & (xs < width) & (ys < height)
            seen |= inside
            hit[inside] |= red[ys[inside], xs[inside]]
        best = max(best, (float(hit.sum() / max(1, seen.sum())), float(candidate)))
    return best


SIDE = 0.02  # share of the page's width from its side that a slice reaches


def slices_at_sides(mask: Image, scale: float) -> list[Area]:
    """Slices of a seal pressed over the fanned edges of several sheets (dấu giáp lai), as rectangles in pixels.

    A slice reaches the page's side, is as high as a seal or a part of one, and narrower than high: a received stamp
    is wider.
    """
    width = mask.shape[1]
    margin = round(SIDE * width)
    band = SEAL_RADIUS[1] * 2 * scale
    found: list[Area] = []
    for left, right in ((0, round(band)), (width - round(band), width)):
        strip = np.ascontiguousarray(mask[:, left:right])
        if strip.sum() < 200 * scale * scale:
            continue
        # In a strip out of its middle the rims lie one above the other, with the lettering's height between.
        reach = np.ones((round(80 * scale), round(45 * scale)), np.uint8)
        joined = cv2.morphologyEx(strip, cv2.MORPH_CLOSE, reach)
        count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        for label in range(1, count):
            x, y, w, h = (int(v) for v in stats[label, :4])
            at_side = left + x <= margin or left + x + w >= width - margin
            if at_side and 1.2 * SEAL_RADIUS[0] * scale < h < 2.2 * SEAL_RADIUS[1] * scale and w < 0.8 * h:
                # Lettering of the rim that stands apart, where the rim itself is worn.
                found.append((left + x, max(0, y - h // 4), left + x + w, y + h + h // 4))
    return found

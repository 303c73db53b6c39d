"""Frames of stamps: small upright rectangles of ruled lines in the upper part of a page, whatever stands in them.

A received stamp is a frame of 35 by 50 mm (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II; those in use are flatter),
pressed by hand: tilted by a few degrees, worn, crossed by the pen and by the print of the page.  The upright sides are
looked for first, since letters have no stroke that long, and the sides that run across are followed from their ends.
Works on a picture reduced to ``WORK`` columns; about 50 ms a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.read.model import Image

WORK = 820  # columns of the reduced picture (100 dpi of an A4 page)
DEEPEST = 0.62  # share of the page's height in which received stamps stand
WIDE = (0.13, 0.36)  # of the page's width
TALL = (0.032, 0.13)  # of the page's height
CLEAN = 0.92  # share of a side that is inked
TILTED = np.radians(8)
_SKEW = np.radians(np.arange(-2.5, 2.6, 0.5))  # tried on either side of an upright's own tilt
MOSTLY_WHITE = 0.16
_GAP = 9  # pixels of a side that wear may have left white
_SLACK = (-6, -4, -2, 0, 2, 4, 6)  # pixels by which an upright's end may miss the corner


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame in pixels of the picture it was found in: corner, sides, and tilt in radians (clockwise positive)."""

    left: float
    top: float
    width: float
    height: float
    tilt: float

    def cut(self, picture: Image, border: int, paper: int = 255) -> Image:
        """What the frame holds, straightened, with ``border`` pixels around; ``paper`` fills what lies outside."""
        size = (round(self.width) + 2 * border, round(self.height) + 2 * border)
        turned = cv2.warpAffine(
            picture, self._matrix(border), size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT, borderValue=(paper, paper, paper),
        )  # fmt: skip
        return np.asarray(turned, dtype=np.uint8)

    def back(self, x: float, y: float, border: int) -> tuple[float, float]:
        """A point of ``cut`` in the picture it was cut from."""
        (a, b, c), (d, e, f) = self._matrix(border).tolist()
        return a * x + b * y + c, d * x + e * y + f

    def _matrix(self, border: int) -> Image:
        cos, sin = float(np.cos(self.tilt)), float(np.sin(self.tilt))
        return np.array(
            [
                [cos, -sin, self.left - border * cos + border * sin],
                [sin, cos, self.top - border * sin - border * cos],
            ]
        )


@dataclass(frozen=True, slots=True)
class _Upright:
    x_top: float
    top: int
    x_bottom: float
    bottom: int


@dataclass(frozen=True, slots=True)
class _Side:
    """A side that runs across, followed from the end of an upright."""

    length: int
    share: float
    tilt: float
    x: float
    y: float


def find_frames(rgb: Image) -> list[Frame]:
    """Frames in the upper part of a page picture ((rows, columns, 3) uint8), the surest first."""
    height, width = rgb.shape[:2]
    scale = width / WORK
    ink = _ink(rgb[: round(DEEPEST * height)], scale)
    rows = height / scale
    found: list[tuple[float, Frame]] = []
    uprights = [u for u in _uprights(ink) if TALL[0] * rows < u.bottom - u.top < TALL[1] * rows]
    for upright in uprights:
        for way in (1, -1):
            judged = _frame(ink, upright, way, uprights)
            if judged is not None and TALL[0] * rows < judged[1].height < TALL[1] * rows:
                found.append(judged)
    frames = _apart([frame for _, frame in sorted(found, key=lambda pair: -pair[0])])
    return [
        Frame(f.left * scale, f.top * scale, f.width * scale, f.height * scale, f.tilt) for f in frames
    ]  # fmt: skip


def _frame(ink: Image, upright: _Upright, way: int, uprights: list[_Upright]) -> tuple[float, Frame] | None:
    """The frame to one side of an upright, with how sure it is; None without a clean side that runs across."""
    uppers = [_follow(ink, upright, True, way)]
    lowers = [_follow(ink, upright, False, way)]
    sides = [s for s in (*uppers, *lowers) if s is not None and _is_clean(s)]
    if not sides:
        return None
    side = max(sides, key=lambda s: s.length * s.share)
    other = _other(uprights, upright, side, way)
    both = len(sides) == 2 and abs(sides[0].length - sides[1].length) < 0.15 * side.length
    if other is None and not both:
        return None
    tops, bottoms = [upright.top], [upright.bottom]
    rise = way * side.length * np.tan(side.tilt)  # of the far end against the near one
    if other is not None:
        uppers.append(_follow(ink, other, True, -way))
        lowers.append(_follow(ink, other, False, -way))
        tops, bottoms = [*tops, other.top - rise], [*bottoms, other.bottom - rise]
    # Ends of uprights that touch print reach too far; a clean side tells where the frame ends.
    top = _clean_end(uppers, side, rise)
    bottom = _clean_end(lowers, side, rise)
    top = top if top is not None else min(tops)
    bottom = bottom if bottom is not None else max(bottoms)
    length = float(side.length * np.cos(side.tilt))
    left = side.x if way > 0 else side.x - length
    corner = top if way > 0 else top + rise
    sure = 4 * length / WORK + max(s.share for s in sides) + both + (other is not None)
    return sure, Frame(float(left), float(corner), float(side.length), float(bottom - top), side.tilt)


def _is_clean(side: _Side) -> bool:
    # A side that fills all that is followed goes on beyond a stamp's width.
    return side.share >= CLEAN and WIDE[0] * WORK <= side.length < WIDE[1] * WORK - 2


def _clean_end(pair: list[_Side | None], side: _Side, rise: float) -> float | None:
    """Where a clean side like ``side`` meets the first upright; that of the second is carried back to the first."""
    for at, end in enumerate(pair):
        if end is not None and _is_clean(end) and abs(end.length - side.length) < 0.15 * side.length:
            return end.y - at * rise
    return None


def _ink(top: Image, scale: float) -> Image:
    first, second, third = cv2.split(top)
    low = cv2.min(cv2.min(first, second), third)
    paper = int(np.percentile(low[::4, ::4], 80))
    mask = (low < paper - 60).astype(np.uint8) * 255
    small = cv2.resize(mask, (WORK, round(top.shape[0] / scale)), interpolation=cv2.INTER_AREA)
    return (small > 50).astype(np.uint8)


def _uprights(ink: Image) -> Iterator[_Upright]:
    wide = cv2.dilate(ink, np.ones((5, 2), np.uint8))
    runs = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((24, 1), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((9, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label, :4])
        if h < 34 or w > 0.25 * h + 6:
            continue
        ys, xs = np.nonzero(labels[y : y + h, x : x + w] == label)
        slope, start = (float(v) for v in np.polyfit(ys, xs, 1))
        upright = _Upright(x + start, y, x + slope * (h - 1) + start, y + h - 1)
        if abs(slope) < np.tan(TILTED) and _is_free(ink, upright):
            yield upright


def _is_free(ink: Image, upright: _Upright) -> bool:
    """Whether one side of an upright is white for the most part: letters under each other only look like a line."""
    ys = np.arange(upright.top + 3, upright.bottom - 3)
    xs = np.linspace(upright.x_top, upright.x_bottom, len(ys))
    for way in (-1, 1):
        beside = np.clip(np.round(xs[:, None] + way * np.array([5, 8, 11])), 0, ink.shape[1] - 1).astype(int)
        if ink[ys[:, None], beside].mean() < MOSTLY_WHITE:
            return True
    return False


def _follow(ink: Image, upright: _Upright, upper: bool, way: int) -> _Side | None:
    """The longest inked line that runs to the right (``way`` 1) or left (-1) from an end of an upright."""
    x, y = (upright.x_top, upright.top) if upper else (upright.x_bottom, upright.bottom)
    x -= 2 * way
    steps = np.arange(round(WIDE[1] * WORK))
    # A frame has right angles.
    own = float(np.arctan2(upright.x_top - upright.x_bottom, upright.bottom - upright.top))
    starts, tilts = (grid.ravel() for grid in np.meshgrid(y + np.array(_SLACK), own + _SKEW))
    xs = np.round(x + way * steps[None, :] * np.cos(tilts)[:, None]).astype(int)
    ys = np.round(starts[:, None] + way * steps[None, :] * np.sin(tilts)[:, None]).astype(int)
    inside = (xs >= 0) & (xs < ink.shape[1]) & (ys >= 1) & (ys < ink.shape[0] - 1)
    xs, ys = np.clip(xs, 0, ink.shape[1] - 1), np.clip(ys, 1, ink.shape[0] - 2)
    hit = ((ink[ys - 1, xs] | ink[ys, xs] | ink[ys + 1, xs]) > 0) & inside
    # The last inked step before a gap wider than wear leaves.
    last = np.maximum.accumulate(np.where(hit, steps, -1), axis=1)
    broken = steps - np.maximum(last, 0) > _GAP
    stop = np.where(broken.any(axis=1), broken.argmax(axis=1), len(steps))
    lengths = last[np.arange(len(stop)), stop - 1] + 1
    counts = np.cumsum(hit, axis=1)
    shares = counts[np.arange(len(stop)), np.maximum(lengths - 1, 0)] / np.maximum(lengths, 1)
    merits = lengths * shares**2
    if merits.max() <= 0:
        return None
    # A line has a thickness: of those that run along it equally well the one in the middle is its direction.
    equals = np.flatnonzero(merits > 0.99 * merits.max())
    middle = tilts[equals].mean(), starts[equals].mean()
    best = int(equals[np.argmin(np.abs(tilts[equals] - middle[0]) * 100 + np.abs(starts[equals] - middle[1]))])
    if lengths[best] < 10:
        return None
    return _Side(int(lengths[best]), float(shares[best]), float(tilts[best]), float(x), float(starts[best]))


def _other(uprights: list[_Upright], upright: _Upright, side: _Side, way: int) -> _Upright | None:
    """The upright at the far end of ``side``, beside the first for the most part."""
    far = side.x + way * side.length
    for other in uprights:
        shared = min(other.bottom, upright.bottom) - max(other.top, upright.top)
        least = min(other.bottom - other.top, upright.bottom - upright.top)
        if abs((other.x_top + other.x_bottom) / 2 - far) < 14 and shared > 0.5 * least:
            return other
    return None


def _apart(frames: list[Frame]) -> list[Frame]:
    """The frames without those that share most of their area with a surer one."""
    kept: list[Frame] = []
    for frame in frames:
        if not any(_shared(frame, other) > 0.5 for other in kept):
            kept.append(frame)
    return kept


def _shared(a: Frame, b: Frame) -> float:
    width = min(a.left + a.width, b.left + b.width) - max(a.left, b.left)
    height = min(a.top + a.height, b.top + b.height) - max(a.top, b.top)
    return max(0.0, width) * max(0.0, height) / min(a.width * a.height, b.width * b.height)

"""Page preparation before OCR: upright, ink layers separated, straight, rules removed.

Every step is kept only where it helps: deskew only a measurable skew, ink only coloured ink, rules only long ones.
The transform from the prepared picture back to the upright page is kept, so that boxes stay on the original page.
Measured basis: on stamped, skewed, noisy pages plain Tesseract has 5.9 % character errors, red channel + deskew
0.9 %; binarisation makes it worse, so the picture stays grey.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from pipeline.read.margins import fill_holes, paper_level, wipe_borders
from pipeline.read.model import Box, Image, Ink

MAX_SKEW = 4.0  # degrees searched on either side
MIN_SKEW = 0.15  # below this, resampling costs more than it gains
BLUE_CORE, BLUE_EDGE = 30, 14  # blue minus red, in grey levels: sure pen, and its fringe
RED_CORE = 45  # red minus the larger of green and blue: stamp


@dataclass(slots=True)
class Prepared:
    """``grey`` is what the engine reads; ``to_page`` maps its pixel coordinates to fractions of the upright page."""

    grey: Image
    upright: Image
    ink: list[Ink]
    skew: float
    steps: list[str] = field(default_factory=list)
    _back: Image | None = None
    _ruled: Image | None = None
    _straight: Image | None = None

    @property
    def with_rules(self) -> Image:
        """``grey`` before long lines were erased: bold print that touches itself can be taken for one."""
        return self.grey if self._ruled is None else self._ruled

    def straight(self) -> Image:
        """The colour picture in the geometry of ``grey``; made once, since several passes look at it."""
        if self._straight is None:
            self._straight = self.upright if self._back is None else self._turned(self._back)
        return self._straight

    def _turned(self, back: Image) -> Image:
        height, width = self.upright.shape[:2]
        forward = cv2.invertAffineTransform(back)
        turned = cv2.warpAffine(
            self.upright, forward, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
        )
        return np.asarray(turned, dtype=np.uint8)

    def to_page(self, left: float, top: float, right: float, bottom: float) -> Box:
        height, width = self.upright.shape[:2]
        if self._back is None:
            corners = np.array([[left, top], [right, bottom]], dtype=float)
        else:
            # The centre line carries the box: a rotated box would grow and swallow its neighbours.
            middle = (top + bottom) / 2
            ends = np.array([[left, middle, 1.0], [right, middle, 1.0]]) @ self._back.T
            half = (bottom - top) / 2
            corners = np.array(
                [[ends[0][0], min(ends[0][1], ends[1][1]) - half], [ends[1][0], max(ends[0][1], ends[1][1]) + half]]
            )
        x0, y0 = corners.min(axis=0)
        x1, y1 = corners.max(axis=0)
        return (
            round(min(1.0, max(0.0, float(x0) / width)), 5),
            round(min(1.0, max(0.0, float(y0) / height)), 5),
            round(min(1.0, max(0.0, float(x1) / width)), 5),
            round(min(1.0, max(0.0, float(y1) / height)), 5),
        )

    def from_page(self, box: Box) -> tuple[int, int, int, int]:
        """Pixel rectangle in ``grey`` that covers a box of the upright page."""
        height, width = self.upright.shape[:2]
        points = np.array(
            [
                [box[0] * width, box[1] * height, 1.0],
                [box[2] * width, box[1] * height, 1.0],
                [box[0] * width, box[3] * height, 1.0],
                [box[2] * width, box[3] * height, 1.0],
            ]
        )
        if self._back is not None:
            forward = cv2.invertAffineTransform(self._back)
            points = points @ forward.T
        xs, ys = points[:, 0], points[:, 1]
        return (
            max(0, int(xs.min())),
            max(0, int(ys.min())),
            min(width, int(np.ceil(xs.max()))),
            min(height, int(np.ceil(ys.max()))),
        )

    def line_from_page(self, box: Box) -> tuple[int, int, int, int]:
        """Pixel rectangle in ``grey`` of a line of text whose box ``to_page`` gave: no higher than the line itself."""
        if self._back is None:
            return self.from_page(box)
        height, width = self.upright.shape[:2]
        slope = float(self._back[1, 0]) / max(1e-6, float(self._back[0, 0]))
        rise = abs(slope) * (box[2] - box[0]) * width
        tall = max(4.0, (box[3] - box[1]) * height - rise)
        middle = (box[1] + box[3]) / 2 * height
        half = slope * (box[2] - box[0]) * width / 2
        ends = np.array([[box[0] * width, middle - half, 1.0], [box[2] * width, middle + half, 1.0]])
        (x0, y0), (x1, y1) = ends @ cv2.invertAffineTransform(self._back).T
        centre = (y0 + y1) / 2
        return (
            max(0, int(x0)), max(0, int(centre - tall / 2)),
            min(width, int(np.ceil(x1))), min(height, int(np.ceil(centre + tall / 2))),
        )  # fmt: skip


def prepare(rgb: Image) -> Prepared:
    """Prepare an upright page picture ((height, width, 3) uint8 RGB)."""
    steps: list[str] = []
    blue, red = ink_masks(rgb)
    ink = [Ink(box, "pen") for box in _patches(blue, rgb.shape, join=14)]
    ink += [Ink(box, "stamp") for box in _patches(red, rgb.shape, join=24, least=0.0012)]
    grey = rgb[:, :, 0].copy()
    steps.append("red-channel")
    paper = paper_level(grey)
    # Before anything asks how bright the paper is: a border is neither paper nor ink.
    if wipe_borders(grey, paper):
        steps.append("border")
        paper = paper_level(grey)
    if fill_holes(grey, paper):
        steps.append("holes")
    if blue.any():
        grey[_without_print(rgb, blue)] = paper
        steps.append("pen-removed")
    if _lift_red(rgb, grey, paper):
        steps.append("stamp-removed")
    if (even := _even_background(grey)) is not None:
        grey = even
        steps.append("background")
    if _wipe_streaks(grey):
        steps.append("streaks-removed")
    if (firm := _firm_ink(grey)) is not None:
        grey = firm
        steps.append("contrast")
    skew = measure_skew(grey)
    back = None
    if abs(skew) >= MIN_SKEW:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=float(paper))
        back = cv2.invertAffineTransform(turn)
        steps.append(f"deskew {skew:+.2f}°")
    ruled = grey.copy()
    if remove_rules(grey, paper):
        steps.append("rules-removed")
    return Prepared(grey, rgb, ink, skew, steps, back, ruled)


def ink_masks(rgb: Image) -> tuple[Image, Image]:
    """Masks (uint8 0/1) of blue pen ink and of red stamp ink.

    Ink is told by colour difference in a lightly smoothed picture, grown from a sure core to its fringe, so that the
    colour noise round black print is not taken for ink.
    """
    smooth = cv2.medianBlur(rgb, 3)
    red, blue = smooth[:, :, 0], smooth[:, :, 2]
    difference = cv2.subtract(blue, red)
    core: Image = ((difference > BLUE_CORE) & (red < 190)).astype(np.uint8)
    core = cv2.morphologyEx(core, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    fringe: Image = ((difference > BLUE_EDGE) & (red < 225)).astype(np.uint8)
    near: Image = cv2.dilate(core, np.ones((9, 9), np.uint8))
    pen = cv2.dilate(np.bitwise_or(np.bitwise_and(fringe, near), core), np.ones((3, 3), np.uint8))
    # A page scanned with a blue cast would be all pen: then colour says nothing.
    if core.mean() > 0.05:
        pen = np.zeros_like(pen)
    stamp = (red_excess(smooth) > RED_CORE).astype(np.uint8)
    if stamp.mean() > 0.2:
        stamp = np.zeros_like(stamp)
    return pen, stamp


def red_excess(rgb: Image) -> Image:
    """By how much red exceeds the stronger of green and blue: (rows, columns) uint8, 0 where it does not."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.subtract(red, cv2.max(green, blue)), dtype=np.uint8)


BLACK = 105  # brightest channel of black print; a blue pen's own blue is brighter


def _without_print(rgb: Image, pen: Image) -> Image:
    """Pixels (bool) of ``pen`` but for the black letters that its strokes cross.

    Letters go on outside a stroke, its own dark core does not.
    """
    red, green, blue = cv2.split(rgb)
    black = (cv2.max(cv2.max(red, green), blue) < BLACK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    stroke = pen > 0
    crossed = labels[stroke]
    inside = np.bincount(crossed, minlength=count)
    prints = inside < 0.6 * stats[:, cv2.CC_STAT_AREA]
    prints[0] = False
    stroke[stroke] = ~prints[crossed]
    return np.asarray(stroke)


def _lift_red(rgb: Image, grey: Image, paper: int) -> bool:
    """Raise what is left of red ink in the red channel to the paper's level; print under it is dark and stays."""
    ghost = (red_excess(rgb) > 22) & (rgb[:, :, 0] > 105)
    if not 0.0004 < ghost.mean() < 0.25:
        return False
    # Its blurred edge is a little darker than paper and not quite red.
    near = cv2.dilate(ghost.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    grey[ghost | (near & (grey > 0.62 * paper))] = paper
    return True


def _patches(mask: Image, shape: tuple[int, ...], join: int, least: float = 0.00003) -> list[Box]:
    """Boxes of connected patches of ``mask`` after joining gaps of ``join`` pixels; tiny ones are dropped."""
    if not mask.any():
        return []
    height, width = shape[:2]
    scale = max(1, round(width / 1654))
    joined = cv2.dilate(mask, np.ones((max(3, join * scale // 2), join * scale), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = []
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label, :4])
        inside = mask[y : y + h, x : x + w] * (labels[y : y + h, x : x + w] == label)
        if inside.sum() < least * height * width:
            continue
        ys, xs = np.nonzero(inside)
        boxes.append(
            (
                round((x + int(xs.min())) / width, 5),
                round((y + int(ys.min())) / height, 5),
                round((x + int(xs.max()) + 1) / width, 5),
                round((y + int(ys.max()) + 1) / height, 5),
            )
        )
    return boxes


def _even_background(grey: Image) -> Image | None:
    """Divide by the paper's own brightness when it varies over the page (phone photos, shadows); else None."""
    small = cv2.resize(grey, None, fx=1 / 16, fy=1 / 16, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 9)
    low, high = np.percentile(paper, [5, 95])
    if high - low < 40:
        return None
    level = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(level, 30), scale=245.0), dtype=np.uint8)


def _wipe_streaks(grey: Image) -> bool:
    """Erase in place the thin upright streaks that a dirty glass draws down a whole page; True when there were any.

    They stand upright on the glass, so they are looked for before the page is straightened.  A streak's own depth is
    taken off, so that the print it crosses stays.
    """
    beside = np.minimum(np.roll(grey, 4, axis=1), np.roll(grey, -4, axis=1))
    darker = cv2.subtract(beside, grey) > 7
    share = darker.mean(axis=0)
    columns = np.flatnonzero(share > 0.45)
    # A dark edge or a punched margin is no streak: it is wide.
    runs = [run for run in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1) if 0 < len(run) <= 5]
    runs = [run for run in runs if run[0] > 8 and run[-1] < grey.shape[1] - 9]
    for run in runs:
        for column in range(int(run[0]) - 1, int(run[-1]) + 2):
            depth = float(np.median(cv2.subtract(beside[:, column], grey[:, column])))
            raised = grey[:, column].astype(np.float32) + depth
            grey[:, column] = np.minimum(raised, 255).astype(np.uint8)
    return bool(runs)


FAINT = 150  # grey levels between paper and the firmest ink; measured: scans of originals 199 and more, copies 105
_TILE = 64


def _firm_ink(grey: Image) -> Image | None:
    """Bring the ink of a faint copy up to one strength wherever it stands; None for a page that needs it not.

    The paper's level and the ink's depth are taken from the surroundings of each point, so that what faded within a
    line is raised more than its neighbours.
    """
    height, width = (side // _TILE * _TILE for side in grey.shape)
    if not height or not width:
        return None
    tiles = grey[:height, :width].reshape(height // _TILE, _TILE, width // _TILE, _TILE).swapaxes(1, 2)
    paper, ink = np.percentile(tiles.reshape(*tiles.shape[:2], -1), [85, 2], axis=2)
    depth = (paper - ink)[paper - ink > 28]
    if len(depth) < 60 or np.percentile(depth, 90) >= FAINT:
        return None
    wide = np.ones((25, 25), np.uint8)
    ground = cv2.GaussianBlur(cv2.dilate(cv2.medianBlur(grey, 5), wide), (0, 0), 15).astype(np.float32)
    below = cv2.GaussianBlur(ground - grey, (0, 0), 0.6)
    deepest = cv2.dilate(cv2.GaussianBlur(below, (0, 0), 1.2), np.ones((41, 41), np.uint8))
    gain = np.clip(130 / np.maximum(cv2.GaussianBlur(deepest, (0, 0), 20), 35), 1, 3)
    return np.asarray(np.clip(255 - below * gain, 0, 255), dtype=np.uint8)


def measure_skew(grey: Image) -> float:
    """Skew in degrees (positive = text runs down to the right needs a positive turn), by projection profiles."""
    scale = 700 / grey.shape[1]
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = (small < np.percentile(small, 80) - 60).astype(np.uint8) * 255
    # Stay off the edges: scanner shadows and punch holes are straight and strong.
    height, width = dark.shape
    dark[: height // 40] = dark[-height // 40 :] = 0
    dark[:, : width // 30] = dark[:, -width // 30 :] = 0
    if np.count_nonzero(dark) < 200:
        return 0.0
    best, angle = -1.0, 0.0
    for step, reach, centre_known in ((0.5, MAX_SKEW, False), (0.1, 0.5, True)):
        centre = angle if centre_known else 0.0
        for candidate in np.arange(centre - reach, centre + reach + step / 2, step):
            score = _sharpness(dark, float(candidate))
            if score > best:
                best, angle = score, float(candidate)
    # Straight is preferred unless turning is clearly better.
    return angle if best > 1.02 * _sharpness(dark, 0.0) else 0.0


def _sharpness(dark: Image, angle: float) -> float:
    height, width = dark.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(dark, turn, (width, height), flags=cv2.INTER_NEAREST)
    profile = cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)[:, 0]
    return float(np.square(np.diff(profile)).sum())


def remove_rules(grey: Image, paper: int) -> bool:
    """Erase long thin lines (underlines of motto and title, frames, fold shadows); True when there were any."""
    dark = (grey < paper - 50).astype(np.uint8)
    rules: Image = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, max(40, grey.shape[1] // 22)), np.uint8))
    if rules.any():
        # Capitals that touch are none: the bars of "STTTT" make a line of 90 pixels at 200 dpi.
        _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
        unit = grey.shape[1] / 1654
        tall, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
        capitals = (tall > 14 * unit) & (tall < 45 * unit) & (wide < 260 * unit)
        # Their bars are on top; a line at the foot of letters underlines them.
        upper = np.where(capitals, stats[:, cv2.CC_STAT_TOP] + 0.4 * tall, -1.0)
        ys, xs = np.nonzero(rules)
        rules[ys, xs] = ys >= upper[labels[ys, xs]]
    upright: Image = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((grey.shape[0] // 12, 1), np.uint8))
    if not rules.any() and not upright.any():
        return False
    # Bold capitals can look like a rule only when thick: a rule is at most a few pixels high.
    thick = cv2.erode(rules, np.ones((max(7, grey.shape[1] // 200), 1), np.uint8))
    rules[cv2.dilate(thick, np.ones((31, 31), np.uint8)) > 0] = 0
    mask = cv2.dilate(np.bitwise_or(rules, upright), np.ones((3, 3), np.uint8))
    grey[mask > 0] = paper
    return True

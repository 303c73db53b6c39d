"""A sheet of paper photographed on a darker ground: where its corners are, and the picture of it laid flat.

A scan fills its picture and has nothing to lay flat; so has a photo whose sheet reaches out of the picture, since
nobody knows how much is missing.  What is taken for a sheet has four straight sides with a darker ground beyond each
of them out to the picture's edge, and the proportions of office paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from pipeline.read.model import Box, Image, Raster

Point = tuple[float, float]

A4 = (8.27, 11.69)  # inches
LEAST_AREA, MOST_AREA = 0.25, 0.99  # of the picture
_ASPECTS = 1.12, 1.85  # long side to short side as photographed: A4 is 1.41, and a slant shortens one of them
_STEEPEST = 35.0  # degrees that a corner may differ from a right one
_STRAIGHT = 0.006  # of the sheet's longest side: how far the outline may leave its four lines
_DARKER = 40  # grey levels between the paper along a side and the ground beyond it
_GROUND = 0.82  # share of the ground that must be darker than the paper
_LOOKED_AT = 900  # pixels of the longer side of the picture that is searched
# Below these a straight scan with a black border is meant, which deskew and the border step serve without resampling.
_SLANT, _TURNED, _FILLED = 0.012, 4.0, 0.80
_FINER = 2.5  # how much finer than asked for a picture may be drawn for its sheet to have pixels enough


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet in its picture.

    ``corners`` are fractions of the upright picture, those of the sheet's top left, top right, bottom right and bottom
    left; ``size`` is the picture's width and height in points.
    """

    corners: tuple[Point, Point, Point, Point]
    size: tuple[float, float]

    def turned(self, degrees: int) -> Sheet:
        """The same when picture and sheet are turned clockwise by a multiple of 90 degrees."""
        sheet = self
        for _ in range(degrees // 90 % 4):
            a, b, c, d = ((1 - y, x) for x, y in sheet.corners)
            sheet = Sheet((d, a, b, c), (sheet.size[1], sheet.size[0]))
        return sheet

    def to_picture(self, points: Image) -> Image:
        """Points of the flat sheet as points of the picture, both (n, 2) in fractions."""
        square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        matrix = cv2.getPerspectiveTransform(square, np.array(self.corners, np.float32))
        moved = np.column_stack([points, np.ones(len(points))]) @ matrix.T
        return np.asarray(moved[:, :2] / moved[:, 2:])

    def box_on_picture(self, box: Box) -> Box:
        """Smallest box of the picture round a box of the flat sheet."""
        left, top, right, bottom = box
        at = np.clip(self.to_picture(np.array([[left, top], [right, top], [right, bottom], [left, bottom]])), 0, 1)
        (x0, y0), (x1, y1) = at.min(axis=0), at.max(axis=0)
        return round(float(x0), 5), round(float(y0), 5), round(float(x1), 5), round(float(y1), 5)


def laid_flat(draw: Callable[[int], Raster], dpi: int) -> Raster:
    """The page as ``draw`` gives it at ``dpi``, or, when it is a photo of a sheet, the sheet alone as an A4 page.

    ``draw`` is asked once more for a finer picture where the sheet has too few pixels.
    """
    raster = draw(dpi)
    corners = find_sheet(raster.rgb)
    if corners is None:
        return raster
    height, width = raster.rgb.shape[:2]
    across, down = _sides(np.array(corners) * (width, height))
    inches = A4 if down >= across else A4[::-1]
    points = 72.0 / raster.dpi
    sheet = Sheet(corners, (width * points, height * points))
    # The far edge of the sheet has the fewest pixels.
    a, b, c, d = np.array(corners) * (width, height)
    far = min(np.linalg.norm(b - a) / inches[0], np.linalg.norm(c - d) / inches[0],
              np.linalg.norm(d - a) / inches[1], np.linalg.norm(c - b) / inches[1])  # fmt: skip
    finer = min(_FINER, dpi / max(1.0, float(far)))
    if finer > 1.1:
        raster = draw(round(dpi * finer))
    return replace(raster, rgb=_flat(raster.rgb, sheet, inches, dpi), dpi=float(dpi), sheet=sheet)


def _flat(rgb: Image, sheet: Sheet, inches: tuple[float, float], dpi: int) -> Image:
    width, height = round(inches[0] * dpi), round(inches[1] * dpi)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = np.array(sheet.corners, np.float32) * np.array(rgb.shape[1::-1], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    flat = cv2.warpPerspective(rgb, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, dtype=np.uint8)


def find_sheet(rgb: Image) -> tuple[Point, Point, Point, Point] | None:
    """Corners of the sheet in a photo, clockwise from the top left, as fractions of the picture.

    None where there is no clear evidence of one, or where it lies so straight that nothing is gained.
    """
    scale = _LOOKED_AT / max(rgb.shape[:2])
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else rgb
    # Paper is the lightest in every channel, coloured ground is not; letters are closed before anything is looked at.
    light = cv2.GaussianBlur(small.min(axis=2), (5, 5), 0)
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    level, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    for threshold in (level, level * 0.8, level * 1.2):
        quad = _quadrilateral((light > threshold).astype(np.uint8))
        if quad is not None and _is_paper(quad, light.shape) and _on_darker_ground(quad, light):
            if not _gains(quad, light.shape):
                return None
            height, width = light.shape
            # An outline runs through the middles of pixels.
            a, b, c, d = ((float(x + 0.5) / width, float(y + 0.5) / height) for x, y in quad)
            return a, b, c, d
    return None


def _quadrilateral(paper: Image) -> Image | None:
    """The four corners (4, 2), in pixels, of the largest patch when its outline is four straight lines; else None."""
    paper = cv2.morphologyEx(paper, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(paper, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    height, width = paper.shape
    area = float(cv2.contourArea(outline))
    if not LEAST_AREA * height * width < area < MOST_AREA * height * width:
        return None
    rough = cv2.approxPolyDP(cv2.convexHull(outline), 0.02 * cv2.arcLength(outline, True), True).reshape(-1, 2)
    if len(rough) != 4:
        return None
    fitted = _fitted(outline.reshape(-1, 2).astype(np.float64), _in_order(rough.astype(np.float64)))
    if fitted is None or fitted.min() < 2 or (fitted > np.array([width - 3, height - 3])).any():
        return None  # reaches out of the picture
    whole = float(cv2.contourArea(fitted.astype(np.float32)))
    return fitted if 0.97 * whole < area < 1.03 * whole else None


def _in_order(corners: Image) -> Image:
    """Clockwise from the top left."""
    middle = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def _fitted(outline: Image, rough: Image) -> Image | None:
    """The corners where the lines through the outline's four sides meet; None where a side is not straight."""
    longest = max(float(np.linalg.norm(b - a)) for a, b in pairwise([*rough, rough[0]]))
    lines = []
    for a, b in pairwise([*rough, rough[0]]):
        along = (b - a) / np.linalg.norm(b - a)
        at, off = (outline - a) @ along, np.abs((outline - a) @ np.array([-along[1], along[0]]))
        length = float(np.linalg.norm(b - a))
        # The corners themselves are often bent or rounded.
        side = outline[(off < 0.02 * longest) & (at > 0.06 * length) & (at < 0.94 * length)]
        if len(side) < 0.6 * length:
            return None
        dx, dy, x, y = cv2.fitLine(side.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        away = np.abs((side[:, 0] - x) * dy - (side[:, 1] - y) * dx)
        if np.percentile(away, 90) > max(1.5, _STRAIGHT * longest):
            return None
        lines.append((np.array([x, y], np.float64), np.array([dx, dy], np.float64)))
    corners = []
    for (p, u), (q, v) in pairwise([lines[-1], *lines]):
        cross = u[0] * v[1] - u[1] * v[0]
        if abs(cross) < 0.3:
            return None
        corners.append(p + u * (((q - p)[0] * v[1] - (q - p)[1] * v[0]) / cross))
    return np.array(corners)


def _sides(quad: Image) -> tuple[float, float]:
    """Mean lengths of the sides across and down."""
    a, b, c, d = quad
    across = (np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2
    return float(across), float((np.linalg.norm(d - a) + np.linalg.norm(c - b)) / 2)


def _corner_angles(quad: Image) -> Image:
    before, after = np.roll(quad, 1, axis=0) - quad, np.roll(quad, -1, axis=0) - quad
    cosine = (before * after).sum(axis=1) / np.linalg.norm(before, axis=1) / np.linalg.norm(after, axis=1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def _is_paper(quad: Image, shape: tuple[int, ...]) -> bool:
    across, down = _sides(quad)
    aspect = max(across, down) / max(1.0, min(across, down))
    return _ASPECTS[0] < aspect < _ASPECTS[1] and bool(np.abs(_corner_angles(quad) - 90).max() < _STEEPEST)


def _on_darker_ground(quad: Image, light: Image) -> bool:
    """Each side parts paper from something darker, and hardly anything beyond them is as light as the paper."""
    middle = quad.mean(axis=0)
    inside = np.zeros_like(light)
    cv2.fillConvexPoly(inside, np.round(quad).astype(np.int32), 1)
    paper = []
    for a, b in pairwise([*quad, quad[0]]):
        at = a + (b - a) * np.linspace(0.08, 0.92, 60)[:, None]
        inward = np.array([a[1] - b[1], b[0] - a[0]]) / np.linalg.norm(b - a)
        inward *= np.sign(inward @ (middle - a))
        near, beyond = (_levels(light, at + step * inward) for step in (9, -9))
        if not len(near) or np.median(near) - np.median(beyond if len(beyond) else near) < _DARKER:
            return False
        paper.append(float(np.median(near)))
    ground = light[cv2.dilate(inside, np.ones((11, 11), np.uint8)) == 0]
    return not len(ground) or float((ground < min(paper) - _DARKER / 2).mean()) > _GROUND


def _levels(light: Image, at: Image) -> Image:
    x, y = np.round(at).astype(int).T
    within = (x >= 0) & (y >= 0) & (x < light.shape[1]) & (y < light.shape[0])
    return light[y[within], x[within]]


def _gains(quad: Image, shape: tuple[int, ...]) -> bool:
    """Whether the sheet stands askew more than a scan does, or fills the picture so little that its scale is wrong."""
    a, b, c, d = quad
    pairs = (b - a, c - d), (d - a, c - b)
    slant = max(abs(np.linalg.norm(u) / np.linalg.norm(v) - 1) for u, v in pairs)
    turned = abs(np.degrees(np.arctan2(*(b - a)[::-1])))
    turned = min(turned % 90, 90 - turned % 90)
    filled = float(cv2.contourArea(quad.astype(np.float32))) / (shape[0] * shape[1])
    return bool(slant > _SLANT or turned > _TURNED or filled < _FILLED)

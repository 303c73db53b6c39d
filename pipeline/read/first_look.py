"""What a page picture is, told before it is prepared: empty, or lying on its side."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.read.margins import fill_holes, paper_level, wipe_borders
from pipeline.read.model import Image

LEAST_INK = 0.0007  # share of dark pixels from which a page is not blank


def is_blank(rgb: Image) -> bool:
    """True for an empty page or a reverse side through which the front shows faintly."""
    grey = rgb[:, :, 0] if rgb.ndim == 3 else rgb
    height, width = grey.shape
    within = slice(height // 25, -height // 25), slice(width // 25, -width // 25)
    least = LEAST_INK * grey[within].size
    # Borders and holes stand at the sides: a page with that much ink in its middle need not be freed of them.
    middle = grey[height // 4 : 3 * height // 4, width // 4 : 3 * width // 4]
    if _dark_pixels(middle, float(np.percentile(grey[within], 80))) >= least:
        return False
    grey = grey.copy()
    wipe_borders(grey, paper_level(grey))
    fill_holes(grey, paper_level(grey))
    return _dark_pixels(grey[within], float(np.percentile(grey[within], 80))) < least


def _dark_pixels(grey: Image, paper: float) -> int:
    return int((cv2.medianBlur(np.ascontiguousarray(grey), 3) < paper - 80).sum()) if grey.size else 0


def orientation(rgb: Image) -> int:
    """Clockwise degrees (0 or 90) to turn so that lines of text lie flat, from projection profiles alone.

    Upside-down pages look the same to a profile; the engine settles these by reading.
    """
    grey = cv2.resize(rgb[:, :, 0], (500, round(500 * rgb.shape[0] / rgb.shape[1])), interpolation=cv2.INTER_AREA)
    wipe_borders(grey, paper_level(grey))
    dark = (grey < np.percentile(grey, 80) - 60).astype(np.float64)
    dark[:20] = dark[-20:] = 0
    dark[:, :20] = dark[:, -20:] = 0
    if dark.sum() < 200:
        return 0
    flat = float(np.square(np.diff(dark.sum(axis=1))).sum()) / dark.shape[1]
    steep = float(np.square(np.diff(dark.sum(axis=0))).sum()) / dark.shape[0]
    return 90 if steep > 1.5 * flat else 0

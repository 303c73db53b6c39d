"""Ink on a scanned page: masks of ink and how they darken the paper.

A page picture is an array of shape (height, width, 3), float32, red-green-blue, 0 black to 1 white.  A mask is
(height, width), float32, 0 no ink to 1 full ink.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Picture = np.ndarray[Any, np.dtype[np.float32]]
Mask = np.ndarray[Any, np.dtype[np.float32]]

SUPERSAMPLE = 4
"""Strokes are drawn this many times larger and averaged down, which gives them soft edges."""

BLUE_PENS = ((0.09, 0.20, 0.62), (0.13, 0.30, 0.72), (0.07, 0.13, 0.45), (0.16, 0.38, 0.78))
"""Ballpoints of offices, read off real scans."""
STAMP_REDS = ((0.86, 0.16, 0.20), (0.80, 0.12, 0.24), (0.90, 0.26, 0.26))
STAMP_BLUE = (0.16, 0.22, 0.62)


@dataclass(frozen=True)
class Layer:
    """A mask with its colour and the place of its top left corner, in pixels."""

    mask: Mask
    colour: tuple[float, float, float]
    left: int
    top: int


def lay(page: Picture, layer: Layer) -> None:
    """Darken the page by the layer, in place: ink lets through only its own colour, so print under it stays seen."""
    height, width = page.shape[:2]
    rows, columns = layer.mask.shape
    top, left = max(layer.top, 0), max(layer.left, 0)
    bottom, right = min(layer.top + rows, height), min(layer.left + columns, width)
    if top >= bottom or left >= right:
        return
    mask = layer.mask[top - layer.top : bottom - layer.top, left - layer.left : right - layer.left, None]
    colour = np.asarray(layer.colour, np.float32)
    page[top:bottom, left:right] *= 1 - mask * (1 - colour)


def cloud(rng: np.random.Generator, shape: tuple[int, int], grain: float) -> Mask:
    """Smooth noise between 0 and 1 whose blobs are about ``grain`` pixels wide."""
    rows, columns = (max(2, int(np.ceil(size / grain)) + 1) for size in shape)
    small = rng.random((rows, columns), dtype=np.float32)
    return np.clip(cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), 0, 1).astype(np.float32)


def spline(points: Sequence[tuple[float, float]], steps: int = 14) -> Mask:
    """Points of a Catmull-Rom curve through the given ones, shape (n, 2)."""
    given = np.asarray(points, np.float32)
    if len(given) < 3:
        share = np.linspace(0, 1, steps, dtype=np.float32)[:, None]
        return (given[0] * (1 - share) + given[-1] * share).astype(np.float32)
    padded = np.vstack([2 * given[0] - given[1], given, 2 * given[-1] - given[-2]])
    t = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[:, None]
    curve = []
    for at in range(len(given) - 1):
        a, b, c, d = padded[at : at + 4]
        curve.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*curve, given[-1:]]).astype(np.float32)


def stroke(
    shape: tuple[int, int], curves: Sequence[Mask], width: float, rng: np.random.Generator, pressure: float = 0.25
) -> Mask:  # fmt: skip
    """Mask of pen strokes along curves given in pixels; the width wavers by ``pressure`` as a hand's does."""
    scale = SUPERSAMPLE
    big = np.zeros((shape[0] * scale, shape[1] * scale), np.uint8)
    for curve in curves:
        waver = 1 + pressure * (cloud(rng, (1, len(curve)), max(3.0, len(curve) / 5))[0] - 0.5) * 2
        for at in range(len(curve) - 1):
            start, end = curve[at] * scale, curve[at + 1] * scale
            thick = max(1, round(float(width * waver[at]) * scale))
            cv2.line(big, (int(start[0]), int(start[1])), (int(end[0]), int(end[1])), 255, thick, cv2.LINE_AA)
    small = cv2.resize(big, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    return (small.astype(np.float32) / np.float32(255)).astype(np.float32)


def worn(mask: Mask, rng: np.random.Generator, *, dry: float, grain: float) -> Mask:
    """Ink that did not take everywhere: ``dry`` 0 is even, 1 is mostly missing; ``grain`` in pixels."""
    fine = rng.random(mask.shape, dtype=np.float32)
    coarse = cloud(rng, mask.shape, grain)
    taken = np.clip(1.15 - dry * (0.9 * coarse + 0.5 * fine), 0, 1)
    return (mask * taken).astype(np.float32)

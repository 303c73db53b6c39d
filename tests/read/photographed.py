"""Drawn pages laid on a table and photographed from an angle, and pages as a scanner with an open lid gives them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]

STRONG: Corners = ((0.18, 0.08), (0.78, 0.10), (0.95, 0.95), (0.05, 0.94))
MILD: Corners = ((0.03, 0.04), (0.96, 0.03), (0.975, 0.96), (0.025, 0.97))
TURNED: Corners = ((0.22, 0.05), (0.93, 0.21), (0.76, 0.95), (0.06, 0.79))
LYING: Corners = ((0.08, 0.30), (0.90, 0.28), (0.94, 0.72), (0.05, 0.74))
"""A sheet in landscape."""


def dark_table(height: int, width: int) -> Picture:
    noise = np.random.default_rng(3).normal(0, 6, (height, width, 1))
    return np.clip(np.array([52, 40, 30]) + noise, 0, 255).astype(np.uint8)


def wooden_table(height: int, width: int) -> Picture:
    """Planks with grain: light and dark bands and thin joints."""
    grain = 18 * np.sin(np.arange(width) / 9) + np.random.default_rng(4).normal(0, 12, width)
    joints = np.where(np.arange(width) % 180 < 5, -45, 0)
    wood = np.array([120, 84, 54]) + (grain + joints)[None, :, None] + np.zeros((height, 1, 1))
    return np.clip(wood, 0, 255).astype(np.uint8)


def photo(sheet: Picture, corners: Corners, table: Picture) -> Picture:
    """The sheet with its corners at ``corners`` (fractions, clockwise from its top left) on the table, in one light."""
    height, width = sheet.shape[:2]
    size = table.shape[1::-1]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, (np.array(corners) * size).astype(np.float32))
    laid = cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.full(sheet.shape[:2], 255, np.uint8), matrix, size)
    scene = np.where(cover[:, :, None] > 127, laid, table)
    light = np.linspace(255, 210, size[0]).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(cv2.multiply(scene, np.broadcast_to(light[None, :, None], scene.shape).copy(),
                                                    scale=1 / 255), (0, 0), 0.7), np.uint8)  # fmt: skip


def bordered(page: Picture, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0, level: int = 14) -> Picture:
    """The page with strips of the open lid beside it, in pixels, laid over its edges."""
    page = page.copy()
    height, width = page.shape[:2]
    page[:, :left] = page[:top] = page[:, width - right :] = page[height - bottom :] = level
    return page


def punched(page: Picture, x: int, ys: tuple[int, ...], radius: int = 17, level: int = 25) -> Picture:
    page = page.copy()
    for y in ys:
        cv2.circle(page, (x, y), radius, (level, level, level), -1, cv2.LINE_AA)
    return page

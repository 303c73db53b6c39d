"""Pages drawn with Pillow: lines of black print, blue pen strokes, a red stamp."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dpi
TEXT = "Thuc hien y kien chi dao cua Chu tich Uy ban nhan dan tinh ve viec dam bao an toan co so ha tang"
WORDS = TEXT.split()
PEN, STAMP = (35, 60, 165), (205, 45, 50)


def blank() -> Image.Image:
    return Image.new("RGB", (WIDTH, HEIGHT), "white")


def print_lines(image: Image.Image, lines: int = 30, size: int = 24, top: int = 180) -> Image.Image:
    """Ragged lines of print between the margins of an official document."""
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    for line in range(lines):
        text = " ".join(WORDS[(line + at) % len(WORDS)] for at in range(13 + line % 3))
        draw.text((160, top + round(line * size * 1.7)), text, fill="black", font=font)
    return image


def pen_strokes(image: Image.Image, left: int, top: int) -> NDArray[np.bool_]:
    """A blue scribble like a number written by hand; the mask of its ink."""
    mask = Image.new("L", image.size, 0)
    points = [(left + 9 * step, top + (step * 37) % 44) for step in range(14)]
    ImageDraw.Draw(mask).line(points, fill=255, width=4, joint="curve")
    return _ink(image, mask, PEN)


def red_stamp(image: Image.Image, left: int, top: int, size: int = 190) -> NDArray[np.bool_]:
    """A round seal with letters inside; the mask of its ink."""
    mask = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((left, top, left + size, top + size), outline=255, width=6)
    draw.ellipse((left + 30, top + 30, left + size - 30, top + size - 30), outline=255, width=3)
    draw.text((left + 55, top + 75), "UBND", fill=255, font=ImageFont.load_default(30))
    return _ink(image, mask, STAMP)


def _ink(image: Image.Image, mask: Image.Image, colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    """Lay ink over the page as ink lies on paper: print under it stays dark."""
    page = np.asarray(image, dtype=np.float64)
    strength = np.asarray(mask, dtype=np.float64)[:, :, None] / 255
    tinted = page * (1 - strength) + page * np.array(colour) / 255 * strength
    image.paste(Image.fromarray(tinted.astype(np.uint8)))
    return np.asarray(mask) > 128


def turned(image: Image.Image, degrees: float) -> Image.Image:
    """The page as it lies askew under the glass: turned anticlockwise by ``degrees``."""
    return image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")


def scanned(image: Image.Image, seed: int = 1) -> NDArray[np.uint8]:
    """What a scanner makes of it: a little blur and noise."""
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.int16)
    noise = np.random.default_rng(seed).normal(0, 4, soft.shape)
    return np.clip(soft + noise, 0, 255).astype(np.uint8)

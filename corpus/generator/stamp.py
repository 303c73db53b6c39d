"""Rubber stamps: the agency's round seal, the boxed received stamp.

The emblem in the middle of a seal is a plain star in a wreath of strokes, and every seal's ring carries the word
MẪU (specimen): they look like seals to a reader of pictures and like none in use to a person.
"""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from corpus.generator import fonts
from corpus.generator.ink import SUPERSAMPLE, Mask, worn
from corpus.generator.source import Seal

SEAL_MM = 36.0
"""Diameter of an agency's seal."""
SPECIMEN = "MẪU"
RECEIVED_ROWS = (("number", "Số:", 0.53), ("date", "Ngày:", 0.68), ("routing", "Chuyển:", 0.82), ("more", "", 0.95))
"""Blanks of the received stamp: name, printed label, and the baseline as a share of the stamp's height."""


def seal(words: Seal, dpi: float, rng: np.random.Generator) -> Mask:
    """Mask of a round seal, square, turned a little as a hand puts it down."""
    side = round(SEAL_MM / 25.4 * dpi) * SUPERSAMPLE
    picture = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(picture)
    middle, radius = side / 2, side / 2 * 0.97
    for share, width in ((1.0, 0.028), (0.94, 0.010), (0.66, 0.014)):
        _circle(pen, middle, radius * share, max(1, round(radius * width)))
    _ring(picture, f"{words.ring} ★ {SPECIMEN} ★ ", middle, radius)
    if words.centre:
        _centre(picture, words.centre, middle, radius)
    else:
        _emblem(pen, middle, radius)
    angle = float(rng.normal(0, 7))
    turned = picture.rotate(angle, Image.Resampling.BICUBIC)
    mask = array(turned.resize((side // SUPERSAMPLE,) * 2, Image.Resampling.BOX))
    return worn(mask, rng, dry=float(rng.uniform(0.2, 0.6)), grain=side / SUPERSAMPLE / 6) * np.float32(0.9)


def _circle(pen: ImageDraw.ImageDraw, middle: float, radius: float, width: int) -> None:
    pen.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255, width=width)


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = [
        (
            x + radius * (1 if at % 2 == 0 else 0.4) * math.sin(at * math.pi / 5),
            y - radius * (1 if at % 2 == 0 else 0.4) * math.cos(at * math.pi / 5),
        )
        for at in range(10)
    ]
    pen.polygon(points, fill=255)


def _ring(picture: Image.Image, text: str, middle: float, radius: float) -> None:
    """Letters on the circle, feet to the centre, spread over the whole ring and starting at the lower left."""
    size = radius * 0.20
    letters = list(text)
    width = [fonts.width(letter, "Sans-Bold", size) if letter != "★" else size * 0.9 for letter in letters]
    track = radius * 0.735
    natural = sum(width)
    around = 2 * math.pi * track
    squeeze = min(1.0, around / natural)
    gap = max(0.0, (around - natural * squeeze) / len(letters))
    font = ImageFont.truetype(str(fonts.path("Sans-Bold")), round(size))
    # The specimen mark belongs at the foot: half of its stretch lies on either side of six o'clock.
    mark = text.index("★")
    tail = sum(width[mark:]) * squeeze + gap * len(letters[mark:])
    travelled = around / 2 + tail / 2
    for letter, wide in zip(letters, width, strict=True):
        angle = (travelled + wide * squeeze / 2) / track
        travelled += wide * squeeze + gap
        if letter == " ":
            continue
        cell = Image.new("L", (round(size * 2.4),) * 2, 0)
        draw = ImageDraw.Draw(cell)
        if letter == "★":
            _star(draw, size * 1.2, size * 0.9, size * 0.4)
        else:
            draw.text((size * 1.2, size * 1.2), letter, font=font, fill=255, anchor="ms")
        if squeeze < 1:
            narrow = cell.resize((round(cell.width * squeeze), cell.height))
            cell = Image.new("L", cell.size, 0)
            cell.paste(narrow, ((cell.width - narrow.width) // 2, 0))
        turned = cell.rotate(-math.degrees(angle), Image.Resampling.BICUBIC, center=(size * 1.2, size * 1.2))
        x = middle + track * math.sin(angle) - size * 1.2
        y = middle - track * math.cos(angle) - size * 1.2
        picture.paste(255, (round(x), round(y)), turned)


def _centre(picture: Image.Image, lines: tuple[str, ...], middle: float, radius: float) -> None:
    room = radius * 1.16
    size = radius * 0.24
    for text in lines:
        size = min(size, size * room / fonts.width(text, "Sans-Bold", size))
    font = ImageFont.truetype(str(fonts.path("Sans-Bold")), round(size))
    pen = ImageDraw.Draw(picture)
    top = middle - size * 1.25 * (len(lines) - 1) / 2
    for at, text in enumerate(lines):
        pen.text((middle, top + at * size * 1.25), text, font=font, fill=255, anchor="mm")


def _emblem(pen: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    """A star in a wreath: enough ink to be in the way of a reader, and no state's emblem."""
    _star(pen, middle, middle - radius * 0.14, radius * 0.17)
    width = max(1, round(radius * 0.016))
    for side in (-1, 1):
        for at in range(9):
            angle = math.pi * (0.98 - 0.085 * at) * side
            x, y = middle + radius * 0.50 * math.sin(angle), middle - radius * 0.50 * math.cos(angle)
            for bend in (-0.9, 0.9):
                end = angle - side * 0.26 + bend * 0.16
                reach = radius * (0.52 + 0.08 * bend)
                pen.line((x, y, middle + reach * math.sin(end), middle - reach * math.cos(end)), fill=255, width=width)
    for share in (0.30, 0.345):
        _circle(pen, middle, radius * share, width)
    pen.rectangle(
        (middle - radius * 0.22, middle + radius * 0.42, middle + radius * 0.22, middle + radius * 0.52),
        outline=255,
        width=width,
    )


def received_form(
    organization: str, heading: str, box: tuple[int, int], dpi: float, rng: np.random.Generator
) -> tuple[Mask, dict[str, tuple[float, float, float, float]]]:
    """The received stamp without its values: mask of ``box`` (width, height) pixels, and the boxes of its blanks.

    The blanks are ``number``, ``date``, ``routing`` and ``more``, its second row, in pixels from the mask's corner
    (NĐ 30/2020, Phụ lục IV).
    """
    scale = 2
    width, height = box[0] * scale, box[1] * scale
    picture = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(picture)
    line = max(2, round(0.45 / 25.4 * dpi * scale))
    pen.rectangle((line, line, width - line, height - line), outline=255, width=line)
    pen.line((line, height * 0.20, width - line, height * 0.20), fill=255, width=max(1, line // 2))

    def text(words: str, at: tuple[float, float], size: float, anchor: str, face: str = "Sans-Bold") -> float:
        room = width * 0.94
        natural = fonts.width(words, face, size)
        fitted = size * min(1.0, room / natural)
        font = ImageFont.truetype(str(fonts.path(face)), round(fitted))
        pen.text(at, words, font=font, fill=255, anchor=anchor)
        return min(natural, room)

    text(organization, (width / 2, height * 0.105), height * 0.11, "mm")
    text(heading, (width / 2, height * 0.31), height * 0.15, "mm")
    blanks: dict[str, tuple[float, float, float, float]] = {}
    size = height * 0.095
    for name, label, y in RECEIVED_ROWS:
        start = width * 0.05
        if label:
            start += text(label, (start, height * y), size, "ls", "Sans") + width * 0.02
        dots = "." * int((width * 0.94 - start) / fonts.width(".", "Sans", size))
        text(dots, (start, height * y), size, "ls", "Sans")
        blanks[name] = (start / scale, (height * (y - 0.13)) / scale, width * 0.95 / scale, height * y / scale)
    mask = array(picture.resize(box, Image.Resampling.BOX))
    return worn(mask, rng, dry=float(rng.uniform(0.15, 0.4)), grain=box[0] / 5) * np.float32(0.92), blanks


def array(picture: Image.Image) -> Mask:
    """A grey picture as a mask."""
    return (np.asarray(picture, np.float32) / np.float32(255)).astype(np.float32)

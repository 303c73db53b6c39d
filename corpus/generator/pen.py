"""Handwriting, drawn stroke by stroke: the number, the day and the stamp's blanks are filled in by hand in offices.

Each character is a list of strokes through control points in a box one unit high (0 top, 1 baseline), as a person
draws it.  A writer draws all of a document's figures with one slant, size and pen, and never the same figure twice
alike.  Some figures have several shapes; a writer keeps to one of them.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.generator.ink import BLUE_PENS, Layer, spline, stroke

Point = tuple[float, float]
Shape = tuple[tuple[Point, ...], ...]

ADVANCE = 66
"""Step from one character to the next in hundredths of the height, unless the figure says otherwise."""
SPACE = 0.36
"""Width of a space, in heights."""


@dataclass(frozen=True)
class Figure:
    """One character: its shapes, each a list of strokes, and the step to the next character, in heights."""

    shapes: tuple[Shape, ...]
    advance: float


@functools.lru_cache(maxsize=1)
def figures() -> dict[str, Figure]:
    """All characters the pen knows (``figures.toml``)."""
    table = tomllib.loads(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))
    return {
        entry["character"]: Figure(
            tuple(tuple(_stroke(points) for points in shape) for shape in entry["shapes"]),
            entry.get("advance", ADVANCE) / 100,
        )
        for entry in table["figures"]
    }


def _stroke(points: str) -> tuple[Point, ...]:
    pairs = (point.split(",") for point in points.split())
    return tuple((int(across) / 100, int(down) / 100) for across, down in pairs)


def _advance(letter: str) -> float:
    return SPACE if letter == " " else figures()[letter].advance


def can_write(text: str) -> bool:
    """Whether the pen knows every character of the text."""
    return all(letter in figures() or letter == " " for letter in text)


@dataclass(frozen=True)
class Writer:
    """One hand: everything a clerk writes on a document looks like the same person's."""

    colour: tuple[float, float, float]
    slant: float
    nib: float
    shapes: dict[str, int]
    height: float

    @staticmethod
    def draw(rng: np.random.Generator) -> Writer:
        """A writer by chance: nib in millimetres, height of figures in millimetres, slant as a share of height."""
        return Writer(
            colour=BLUE_PENS[int(rng.integers(len(BLUE_PENS)))],
            slant=float(rng.uniform(0.02, 0.24)),
            nib=float(rng.uniform(0.32, 0.52)),
            shapes={letter: int(rng.integers(len(figure.shapes))) for letter, figure in figures().items()},
            height=float(rng.uniform(3.6, 4.6)),
        )

    def write(self, text: str, box: tuple[float, float, float, float], dpi: float, rng: np.random.Generator) -> Layer:
        """Write a text along the foot of a box given in pixels (left, top, right, bottom); it may run over the edge.

        Raises ValueError for a character the pen does not know.
        """
        if not can_write(text):
            raise ValueError(f"no strokes for {text!r}")
        pixel = dpi / 25.4
        height = min(self.height * pixel, 1.35 * (box[3] - box[1]))
        room = box[2] - box[0]
        natural = sum(_advance(letter) for letter in text) * height
        squeeze = min(1.0, max(0.6, room * 1.1 / natural)) if natural else 1.0
        pad = int(height)
        shape = (int(height * 1.5) + 2 * pad, int(max(natural * squeeze, room)) + 3 * pad)
        x = pad + max(0.0, (room - natural * squeeze) / 2) + float(rng.normal(0, 0.04)) * height
        base = pad + height * 1.1
        drift = float(rng.normal(0, 0.02))
        curves = []
        for letter in text:
            if letter != " ":
                size = height * float(rng.normal(1, 0.06))
                lift = float(rng.normal(0, 0.035)) * height
                for points in figures()[letter].shapes[self.shapes[letter]]:
                    spot = np.asarray(points, np.float32) + rng.normal(0, 0.018, (len(points), 2)).astype(np.float32)
                    across = x + spot[:, 0] * size * squeeze + (1 - spot[:, 1]) * size * self.slant
                    down = base + lift + (spot[:, 1] - 1) * size + drift * (x - pad)
                    curves.append(spline(list(zip(across.tolist(), down.tolist(), strict=True))))
            x += _advance(letter) * height * squeeze
        # A small hand is written with a lighter touch.
        mask = stroke(shape, curves, self.nib * min(1.0, height / (3.6 * pixel)) * pixel, rng)
        top = round(box[3] - base - height * 0.04)
        return Layer(mask * 0.94, self.colour, round(box[0]) - pad, top)


def signature(
    width: float, height: float, rng: np.random.Generator, colour: tuple[float, float, float], nib: float
) -> Layer:
    """A signature that is nobody's: loops and one long tail through random points; sizes and nib in pixels."""
    loops = int(rng.integers(4, 7))
    across = np.linspace(0.08, 0.72, loops * 2) + rng.normal(0, 0.05, loops * 2)
    down = np.where(np.arange(loops * 2) % 2 == 0, 0.62, 0.36) + rng.normal(0, 0.13, loops * 2)
    down[1] = rng.uniform(0.02, 0.15)
    first = [(float(x) * width, float(y) * height) for x, y in zip(across, down, strict=True)]
    tail = [
        first[-1],
        (width * 0.95, height * float(rng.uniform(0.10, 0.35))),
        (width * 0.55, height * 0.55),
        (width * float(rng.uniform(0.0, 0.15)), height * float(rng.uniform(0.80, 1.0))),
        (width * 0.5, height * 0.86),
        (width * 1.15, height * float(rng.uniform(0.70, 0.9))),
    ]
    pad = int(0.3 * width)
    curves = [spline(first) + pad, spline(tail, 24) + pad]
    mask = stroke((int(height) + 2 * pad, int(width * 1.2) + 2 * pad), curves, nib, rng, 0.45)
    return Layer(mask * 0.9, colour, -pad, -pad)

"""Do two networks have to agree on a name, by a clear lead, before it is given?"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read.name_agreement import GIVEN, OFFERED, agreed, held_by_both
from pipeline.read.name_network import name_reader
from pipeline.read.ocr.line_network import line_network
from pipeline.read.printed_names import printed_names

SURE, MAYBE = GIVEN[2], OFFERED[2]
FONTS = Path("/usr/share/fonts/truetype/croscore")

AGREED = [
    ("both hold it", [("Lê Mai Toản", 0.4, -2.0), ("Lê Mai Toàn", 0.05, -9.0)], ("Lê Mai Toản", SURE)),
    ("the only one", [("Lê Mai Toản", 0.01, -2.0)], ("Lê Mai Toản", SURE)),
    ("ours holds another", [("Lê Mai Toàn", 0.4, -9.0), ("Lê Mai Toản", 0.05, -2.0)], None),
    ("the lead is small", [("Lê Mai Toản", 0.3, -2.0), ("Lê Mai Toàn", 0.2, -2.5)], None),
    ("the line network hardly believes it", [("Lê Mai Toản", 0.4, -9.0), ("Lê Mai Toàn", 0.01, -19.0)],
     ("Lê Mai Toản", MAYBE)),
    ("the line network does not believe it", [("Lê Mai Toản", 0.9, -30.0), ("Lê Mai Toàn", 0.01, -60.0)], None),
    ("a lead that is enough to offer it", [("Lê Mai Toản", 0.4, -2.0), ("Lê Mai Toàn", 0.2, -6.0)],
     ("Lê Mai Toản", MAYBE)),
    ("it may have lost its first syllable", [("Văn Thu", 0.9, -0.5)], None),
    ("a syllable that no name has", [("Lê Mai Kểng", 0.9, -0.5)], None),
    ("nothing read", [], None),
]  # fmt: skip


@pytest.mark.parametrize(("ranked", "expected"), [row[1:] for row in AGREED], ids=[row[0] for row in AGREED])
def test_agreed(ranked: list[tuple[str, float, float]], expected: tuple[str, float] | None) -> None:
    assert agreed(ranked) == expected
    assert agreed(ranked[::-1]) == expected, "the order they come in says nothing"


def page(name: str, face: str = "Tinos-Bold", size: int = 30) -> tuple[np.ndarray, tuple[int, int, int, int]]:
    """A page of 200 dpi with the name printed at (1000, 1700), and the name's box."""
    sheet = Image.new("L", (1654, 2339), 255)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(FONTS / f"{face}.ttf"), size)
    pen.text((1000, 1700), name, font=font, fill=30)
    left, top, right, bottom = (round(v) for v in pen.textbbox((1000, 1700), name, font=font))
    return np.array(sheet), (left, top, right, bottom)


def read(grey: np.ndarray, box: tuple[int, int, int, int]) -> list[str]:
    network, reader = line_network(), name_reader()
    assert network is not None
    assert reader is not None
    return [name.text for name in printed_names(grey, [box], network, reader)]


def without_first(box: tuple[int, int, int, int], grey: np.ndarray) -> tuple[int, int, int, int]:
    """The box as the page engine gives it when it has lost the first syllable."""
    left, top, right, bottom = box
    ink = (grey[top:bottom, left:right] < 128).any(axis=0)
    gaps = np.flatnonzero(np.convolve(~ink, np.ones(6), "valid") == 6)
    return left + int(gaps[0]) + 6, top, right, bottom


@pytest.mark.parametrize("name", ["Đặng Hoàng Oanh", "Trần Thanh Bình", "Phạm Thị Hồng Nga"])
def test_a_syllable_lost_to_a_rim_is_read(name: str) -> None:
    grey, box = page(name)
    cv2.ellipse(grey, (box[0] + 20, box[1] - 130), (135, 138), 0, 0, 360, 40, 3)
    assert read(grey, without_first(box, grey)) == [name]


def test_a_stroke_across_the_last_syllable() -> None:
    grey, box = page("Trần Thanh Bình")
    cv2.line(grey, (box[2] - 60, box[1] - 60), (box[2] + 40, box[3] - 4), 60, 3)
    assert read(grey, (box[0], box[1], box[2] - 75, box[3])) in ([], ["Trần Thanh Bình"])


def test_scrawl_is_no_name() -> None:
    grey = np.full((2339, 1654), 255, np.uint8)
    rng = np.random.default_rng(3)
    points = np.stack([np.linspace(1000, 1300, 40), 1715 + 22 * rng.standard_normal(40)], axis=1).astype(np.int32)
    cv2.polylines(grey, [points], False, 40, 3)
    assert read(grey, (1000, 1695, 1300, 1735)) == []


def test_a_line_of_text_is_no_name() -> None:
    grey, box = page("Lưu: VT, TCTHADS, KHTC")
    assert read(grey, box) == []


@pytest.mark.parametrize("edge", [(0, 1654), (1500, 1654), (0, 40)])
def test_the_edges_of_the_page_hold(edge: tuple[int, int]) -> None:
    grey = np.full((400, 1654), 255, np.uint8)
    grey[100:130, edge[0] : edge[1]] = 30
    read(grey, (edge[0], 100, edge[1], 130))


def test_strips_alone() -> None:
    grey, (left, top, right, bottom) = page("Nguyễn Ngọc Đức")
    network, reader = line_network(), name_reader()
    assert network is not None
    assert reader is not None
    strips = [np.ascontiguousarray(grey[top - p : bottom + p, left - 6 : right + 6]) for p in (2, 5, 8)]
    assert held_by_both(strips, network, reader) == ("Nguyễn Ngọc Đức", SURE)

"""Where a pen writes into a form: the gaps between printed words, whatever the engine made of the strokes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.read.model import Line, Page, Word
from pipeline.read.prepare import ink_masks, prepare
from pipeline.read.slots import EM, framings, gaps, values_of

TOP, BOTTOM = 0.12, 0.134


def page(*words: tuple[str, float, float]) -> Page:
    """A page with one line of words at (left, right)."""
    text, placed = "", []
    for word, left, right in words:
        start = len(text) + bool(text)
        text = f"{text} {word}".strip()
        placed.append(Word(word, start, start + len(word), (left, TOP, right, BOTTOM), 0.95))
    return Page(1, text, [Line(0, len(text), tuple(placed))], "ocr", (595, 842))


# ruff: noqa: E501
LINES = [
    # the ordinary form: a gap between "Số:" and the ký hiệu
    ("blank gap", [("Số:", 0.10, 0.13), ("/UBND-NC", 0.20, 0.31)], {"number": (0.13, 0.20)}),
    # the engine made signs of the strokes: they belong to the gap
    ("strokes read as signs", [("Số:", 0.10, 0.13), ("-/ZØ", 0.14, 0.18), ("/QĐ-UBND", 0.20, 0.31)], {"number": (0.13, 0.20)}),
    # a printed year belongs to the print
    ("year in the ký hiệu", [("Số:", 0.10, 0.13), ("/2019/NQ-HĐND", 0.20, 0.36)], {"number": (0.13, 0.20)}),
    # Party papers part serial and ký hiệu with a hyphen
    ("hyphen of the Party", [("Số:", 0.10, 0.13), ("-TB/TCT", 0.20, 0.31)], {"number": (0.13, 0.20)}),
    # spaces round the dash of the ký hiệu
    ("dash with spaces", [("Số:", 0.10, 0.13), ("/BC", 0.20, 0.24), ("-", 0.245, 0.25), ("UBND", 0.26, 0.31)],
     {"number": (0.13, 0.20)}),
    # an agency's name is no number line, though "Sở" looks like "Số"
    ("an agency", [("SỞ", 0.10, 0.13), ("LAO", 0.14, 0.18), ("ĐỘNG", 0.2, 0.25), ("-", 0.26, 0.27), ("TB", 0.28, 0.3)], {}),
    ("day alone by hand", [("Huế,", 0.5, 0.53), ("ngày", 0.54, 0.585), ("tháng", 0.62, 0.672), ("7", 0.68, 0.69),
                           ("năm", 0.7, 0.738), ("2019", 0.745, 0.79)], {"day": (0.585, 0.62), "month": (0.672, 0.7)}),
    # day and anchors read as one word
    ("all in one word", [("Huế,", 0.5, 0.53), ("ngàyô66tháng", 0.54, 0.66), ("7", 0.67, 0.68), ("năm", 0.69, 0.728),
                         ("2019", 0.735, 0.78)], {"day": (0.585, 0.608), "month": (0.66, 0.69)}),
    # the day of a cited document stands in running text
    ("a cited date", [("Căn", 0.1, 0.13), ("cứ", 0.14, 0.16), ("Luật", 0.17, 0.2), ("ngày", 0.21, 0.25), ("tháng", 0.3, 0.352),
                      ("năm", 0.37, 0.408)], {}),
    # the received stamp, its century printed
    ("received stamp", [("Số", 0.10, 0.12), ("ngày", 0.17, 0.2), ("tháng", 0.24, 0.275), ("năm", 0.3, 0.327), ("20", 0.33, 0.345)],
     {"received": (0.12, 0.17), "day": (0.2, 0.24), "month": (0.275, 0.3), "year": (0.345, None)}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_gaps(words: list[tuple[str, float, float]], expected: dict[str, tuple[float, float | None]]) -> None:
    found = {gap.slot: gap for gap in gaps(page(*words))}
    assert set(found) == set(expected)
    for slot, (left, right) in expected.items():
        assert found[slot].left == pytest.approx(left, abs=0.008)
        if right is not None:
            assert found[slot].right == pytest.approx(right, abs=0.008)


VALUES = [
    ("a digit behind the slash: a 1 that leans", "number", [("20/9", 0.9), ("2019", 0.05)], [("2019", 0.05)]),
    ("a year behind the slash", "number", [("15/2019", 0.5), ("15/20", 0.3), ("15/", 0.1)], [("15", 0.9)]),
    ("a serial ends at the slash", "number", [("81/", 0.5), ("81", 0.4), ("87", 0.1)], [("81", 0.9), ("87", 0.1)]),
    ("a leading zero belongs to a serial", "number", [("08", 0.6), ("8", 0.3)], [("08", 0.6), ("8", 0.3)]),
    ("05 and 5 are one day", "day", [("05", 0.6), ("5", 0.3)], [("05", 0.9)]),
    ("no day 39", "day", [("39", 0.9), ("29", 0.1)], [("29", 0.1)]),
    ("no month 13", "month", [("13", 0.9)], []),
    ("nothing is no number", "number", [("", 0.99), ("1", 0.01)], [("1", 0.01)]),
    ("zero is no number", "number", [("0", 0.9)], []),
    ("a year has two digits", "year", [("9", 0.5), ("19", 0.4)], [("19", 0.4)]),
]


@pytest.mark.parametrize(("slot", "texts", "expected"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES])
def test_values(slot: str, texts: list[tuple[str, float]], expected: list[tuple[str, float]]) -> None:
    found = values_of(slot, texts)  # type: ignore[arg-type]
    assert [text for text, _ in found] == [text for text, _ in expected]
    assert [share for _, share in found] == pytest.approx([share for _, share in expected])


BLUE, BLACK = (30, 60, 190), (20, 20, 20)


def drawn(colour: tuple[int, int, int], text: str = "47") -> tuple[np.ndarray, Page]:
    """A page picture with "Số:  /UBND" in print and ``text`` in the gap, and its Page."""
    rgb = np.full((2339, 1654, 3), 250, np.uint8)
    y = int(BOTTOM * 2339)
    cv2.putText(rgb, "So:", (165, y), cv2.FONT_HERSHEY_COMPLEX, 0.8, (0, 0, 0), 2)
    cv2.putText(rgb, "/UBND-NC", (331, y), cv2.FONT_HERSHEY_COMPLEX, 0.8, (0, 0, 0), 2)
    cv2.putText(rgb, text, (250, y + 4), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.1, colour, 3)
    return rgb, page(("Số:", 0.10, 0.13), ("/UBND-NC", 0.20, 0.31))


@pytest.mark.parametrize(("colour", "coloured"), [(BLUE, True), (BLACK, False)], ids=["blue pen", "black pen"])
def test_ink_is_found_where_it_stands(colour: tuple[int, int, int], coloured: bool) -> None:
    rgb, form = drawn(colour)
    prepared = prepare(rgb)
    (gap,) = gaps(form)
    picture = prepared.straight()
    strips, (box, told) = framings(picture, ink_masks(picture)[0], prepared, gap)
    assert told is coloured
    assert len({strip.tobytes() for strip in strips}) > 1
    assert 0.125 < box[0] < box[2] < 0.215
    if coloured:
        # Nothing but the pen: the strip's ink is one run of digits and its edges are paper.
        assert box[0] == pytest.approx(250 / 1654, abs=0.006)


def test_type_size_is_of_the_forms_type() -> None:
    assert pytest.approx(0.0227, abs=0.001) == EM

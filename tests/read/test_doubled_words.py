"""Which words did the engine read twice over the same ink?"""

from __future__ import annotations

import pytest

from pipeline.read.ocr import OcrWord
from pipeline.read.scan import without_doubles

Placed = tuple[str, int, int, int]
"""Text, left and right edge, line."""

ROWS: list[tuple[str, list[Placed], list[str]]] = [
    ("a word's beginning inside the word", [("ủ", 100, 112, 1), ("ủy", 101, 125, 1)], ["ủy"]),
    ("the whole word twice over the same ink", [("ý", 100, 110, 1), ("ý", 101, 111, 1)], ["ý"]),
    ("a word said twice", [("xa", 100, 120, 1), ("xa", 128, 148, 1)], ["xa", "xa"]),
    ("another word beside it", [("à", 100, 112, 1), ("ủy", 101, 125, 1)], ["à", "ủy"]),
    ("the same on two lines", [("ủ", 100, 112, 1), ("ủy", 101, 125, 2)], ["ủ", "ủy"]),
    ("a digit before a number is no double", [("1", 100, 108, 1), ("12", 101, 118, 1)], ["1", "12"]),
]


@pytest.mark.parametrize(("why", "placed", "kept"), ROWS, ids=[row[0] for row in ROWS])
def test_doubles(why: str, placed: list[Placed], kept: list[str]) -> None:
    words = [OcrWord(text, left, 50, right, 70, 0.9, line) for text, left, right, line in placed]
    assert [word.text for word in without_doubles(words)] == kept


MARKS = [
    ("the mark over a letter, read as the letter once more", (104, 40, 108, 46), ["ý"]),
    ("as high as the word", (104, 40, 108, 62), ["ý", "ý"]),
    ("beside it", (112, 40, 116, 46), ["ý", "ý"]),
    ("under it", (104, 64, 108, 69), ["ý", "ý"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "box", "kept"), MARKS, ids=[row[0] for row in MARKS])
def test_marks(why: str, box: tuple[int, int, int, int], kept: list[str]) -> None:
    words = [OcrWord("ý", 100, 50, 110, 70, 0.9, 1), OcrWord("ý", *box, 0.9, 1)]
    assert [word.text for word in without_doubles(words)] == kept

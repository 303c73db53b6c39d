"""Are stamped marks in a red frame read, and nothing else taken for one?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.lexicon.cues import key_of
from pipeline.read.ocr import OcrWord, TesseractEngine
from pipeline.read.passes import read_red_layer, red_letters
from pipeline.read.prepare import prepare
from pipeline.read.red_marks import seconded_mark, without_sides
from pipeline.workflow.fonts import vietnamese_font_file

RED = (205, 45, 50)


class Told:
    """An engine that reads the same words from every picture."""

    name, version = "told", "1"

    def __init__(self, *words: tuple[str, float]) -> None:
        self.words = words

    def read(self, grey: np.ndarray, **_: object) -> list[OcrWord]:
        return read(*self.words)

    def upside_down(self, grey: np.ndarray) -> bool:
        return False


def read(*words: tuple[str, float]) -> list[OcrWord]:
    return [OcrWord(text, 20 * at, 16, 20 * at + 18, 40, sure, 1) for at, (text, sure) in enumerate(words)]


@pytest.mark.parametrize(("question", "first", "again", "expected"), [
    ("two readings alike", read(("KHẤN", 0.42)), Told(("KHẨN", 0.87)), ["KHẨN"]),
    ("the first is surer", read(("MẬT", 0.5)), Told(("MAT", 0.35)), ["MẬT"]),
    ("two words", read(("HỎA", 0.4), ("TỐC", 0.9)), Told(("HOA", 0.8), ("TÓC", 0.8)), ["HOA", "TÓC"]),
    ("signs of the frame beside it", read(("|", 0.9), ("MẬT", 0.4), ("|", 0.9)), Told(("MẬT", 0.8)), ["MẬT"]),
    ("the other reading makes another mark", read(("MẬT", 0.4)), Told(("KHẨN", 0.9)), []),
    ("the other reading makes no mark", read(("MẬT", 0.4)), Told(("MẠI", 0.9)), []),
    ("a reading that is none", read(("MẬT", 0.1)), Told(("MẬT", 0.9)), []),
    ("a word of running text", read(("mật", 0.5)), Told(("mật", 0.9)), []),
    ("more than the mark", read(("BÍ", 0.5), ("MẬT", 0.5)), Told(("BÍ", 0.9), ("MẬT", 0.9)), []),
    ("nothing", [], Told(("MẬT", 0.9)), []),
])  # fmt: skip
def test_a_mark_is_what_two_readings_make_one(
    question: str, first: list[OcrWord], again: Told, expected: list[str]
) -> None:
    region = np.full((50, 120), 255, np.uint8)
    found = seconded_mark(first, region, 0, 0, again, 200, 9.0)
    assert [w.text for w in found if w.text != "|"] == expected, question


@pytest.mark.parametrize(("question", "box", "stays"), [
    ("a frame's side", (5, 60), False), ("a double side", (10, 60), False), ("a stem", (6, 33), True),
    ("a bar", (60, 5), True), ("a stroke of a seal", (14, 60), True),
])  # fmt: skip
def test_only_sides_of_frames_go(question: str, box: tuple[int, int], stays: bool) -> None:
    layer = np.zeros((120, 120), np.uint8)
    cv2.rectangle(layer, (40, 30), (40 + box[0] - 1, 30 + box[1] - 1), 255, -1)
    before = layer.copy()
    assert bool(without_sides(layer, 1.0).any()) is stays, question
    assert (layer == before).all()


def framed(mark: str, size: int = 38) -> np.ndarray:
    """A page with a mark in a double red frame, a little askew as stamps are, among black print."""
    stamp = Image.new("RGB", (560, 160), "white")
    draw, font = ImageDraw.Draw(stamp), ImageFont.truetype(str(vietnamese_font_file()), size)
    wide = draw.textlength(mark, font)
    draw.rectangle((40, 50, 90 + wide, 110), outline=RED, width=4)
    draw.rectangle((47, 57, 83 + wide, 103), outline=RED, width=1)
    draw.text((65, 80), mark, RED, font, anchor="lm")
    page = Image.new("RGB", (1654, 2339), "white")
    page.paste(stamp.rotate(0.6, Image.Resampling.BICUBIC, fillcolor="white"), (250, 400))
    black = ImageDraw.Draw(page)
    for row in range(12):
        black.text((240, 700 + 60 * row), "Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh", "black", font)
    return np.asarray(page)


@pytest.mark.ocr
@pytest.mark.parametrize("mark", ["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_marks_in_a_frame_are_read(mark: str) -> None:
    prepared = prepare(framed(mark))
    words = read_red_layer(red_letters(prepared), [], TesseractEngine(), 200, 60.0)
    # Which of two tones stands over a letter is left to the grammar of marks, which does not look at tones.
    assert key_of(" ".join(w.text for w in words)) == key_of(mark)

"""Signature and received stamp read again: where they are looked for, and which reading stays?"""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.read.ocr import OcrWord
from pipeline.read.prepare import Prepared
from pipeline.read.scan import _sideways
from pipeline.read.signature_pass import read_signature, signature_region
from pipeline.read.stamp_pass import read_stamp

HEIGHT, WIDTH = 2339, 1654


def words(line: int, left: int, top: int, text: str, confidence: float = 0.95, red: bool = False) -> list[OcrWord]:
    """Words of 14 pixels a letter, 30 high."""
    found = []
    for word in text.split():
        right = left + 14 * len(word)
        found.append(OcrWord(word, left, top, right, top + 30, confidence, line, red))
        left = right + 10
    return found


class Engine:
    """Gives the same words for every picture, moved to where the picture was cut out; counts its readings."""

    name, version = "told", "1"

    def __init__(self, *answers: list[OcrWord]) -> None:
        self.answers, self.asked = list(answers), 0

    def read(
        self, grey: np.ndarray, *, dpi: int, mode: int = 3, whitelist: str | None = None, timeout: float = 1
    ) -> list[OcrWord]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1] if self.answers else []

    def upside_down(self, grey: np.ndarray) -> bool:
        return False


def page() -> Prepared:
    rgb = np.full((HEIGHT, WIDTH, 3), 250, dtype=np.uint8)
    return Prepared(rgb[:, :, 0].copy(), rgb, [], 0.0)


RECIPIENTS = words(1, 230, 1500, "Nơi nhận:") + words(2, 230, 1540, "- Như trên;")


def test_the_column_right_of_the_recipients() -> None:
    left, top, right, bottom = signature_region(RECIPIENTS, (HEIGHT, WIDTH)) or (0, 0, 0, 0)
    assert left > max(w.right for w in RECIPIENTS)
    assert top < 1500 < bottom < HEIGHT
    assert right == WIDTH


def test_no_recipients_and_no_title_is_no_closing() -> None:
    assert signature_region(words(1, 200, 900, "Thực hiện Công văn số 12 ngày 3"), (HEIGHT, WIDTH)) is None


def test_a_title_alone_on_the_last_page() -> None:
    assert signature_region(words(1, 1000, 400, "CHÁNH VĂN PHÒNG"), (HEIGHT, WIDTH)) is not None


def test_what_was_surely_read_is_not_read_again() -> None:
    engine = Engine()
    known = RECIPIENTS + words(3, 1000, 1500, "GIÁM ĐỐC") + words(4, 1000, 1800, "Lê Mai Toản")
    assert read_signature(page(), None, known, engine, 200, 1) == known
    assert engine.asked == 0


def test_a_reading_that_the_grammar_knows_takes_the_place_of_noise() -> None:
    left, top, *_ = signature_region(RECIPIENTS, (HEIGHT, WIDTH)) or (0, 0)
    at = 20 - left, 20 - top  # crops have a border of 20
    told = words(1, 1000 + at[0], 1500 + at[1], "KT. GIÁM ĐỐC") + words(2, 1000 + at[0], 1800 + at[1], "Lê Mai Toản")
    known = RECIPIENTS + words(3, 1000, 1500, "k1 GlÁN", 0.2) + words(4, 1000, 1800, "~ie Nsi", 0.1)
    found = read_signature(page(), None, known, Engine(told, []), 200, 1)
    text = " ".join(w.text for w in found)
    assert "KT. GIÁM ĐỐC" in text
    assert "Lê Mai Toản" in text
    assert "GlÁN" not in text
    assert [w for w in found if w.line in (1, 2)] == RECIPIENTS


def test_a_name_that_goes_on_under_a_stroke_is_in_doubt() -> None:
    prepared = page()
    known = RECIPIENTS + words(3, 1000, 1500, "GIÁM ĐỐC") + words(4, 1060, 1800, "Hoàng Oanh")
    prepared.grey[1800:1830, 1020:1052] = 20  # a syllable that nobody could read
    found = read_signature(prepared, None, known, Engine(), 200, 1)
    assert all(w.confidence <= 0.5 for w in found if w.text in ("Hoàng", "Oanh"))


STAMP = words(1, 180, 500, "CÔNG VĂN ĐẾN", red=True)


@pytest.mark.parametrize(
    ("first", "second", "third", "expected", "sure"),
    [
        ("Số 741", "Số 731", "Số 731", "731", True),  # two scales agree against the first reading
        ("Số 741", "Số 731", "Số 781", "731", False),  # they differ: doubt
    ],
)
def test_digits_of_a_stamp(first: str, second: str, third: str, expected: str, sure: bool) -> None:
    layer = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    layer[540:600, 150:500] = 200

    def scaled(text: str, scale: float) -> list[OcrWord]:
        area_left, area_top = 0, 527
        return [
            OcrWord(w.text, round((w.left - area_left) * scale) + 20, round((w.top - area_top) * scale) + 20,
                    round((w.right - area_left) * scale) + 20, round((w.bottom - area_top) * scale) + 20,
                    w.confidence, w.line)
            for w in words(7, 180, 545, text)
        ]  # fmt: skip

    known = STAMP + words(2, 180, 545, first, 0.6, red=True)
    engine = Engine(scaled(second, 2.0), scaled(third, 3.0))
    found = read_stamp(page(), layer, known, engine, 200, 1)
    (digits,) = [w for w in found if w.text.isdigit()]
    assert (digits.text if sure else expected) == expected
    assert (digits.confidence > 0.85) is sure


def test_no_stamp_no_reading() -> None:
    engine = Engine()
    assert read_stamp(page(), None, RECIPIENTS, engine, 200, 1) == RECIPIENTS
    assert engine.asked == 0


@pytest.mark.parametrize(("wide", "tall", "expected"), [(120, 30, False), (30, 120, True)])
def test_words_that_stand_on_end_tell_a_page_on_its_side(wide: int, tall: int, expected: bool) -> None:
    told = [OcrWord("chuyên", 100, 40 * n, 100 + wide, 40 * n + tall, 0.9, n) for n in range(20)]
    assert _sideways(told) is expected
    assert not _sideways(told[:5])  # too few words to tell

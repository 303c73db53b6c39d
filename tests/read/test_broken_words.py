"""Is a stretch that the engine broke read again, and taken only where nothing speaks against it?"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from pipeline.read.broken_words import MOST, mend_broken
from pipeline.read.model import Image
from pipeline.read.ocr import OcrWord

GREY = np.full((400, 1600), 255, np.uint8)


@dataclass
class Engine:
    """An engine that reads every stretch as the same words."""

    words: list[tuple[str, float]]
    asked: list[tuple[int, ...]] = field(default_factory=list)

    def read(self, grey: Image, **options: object) -> list[OcrWord]:
        self.asked.append(grey.shape)
        return [
            OcrWord(text, 40 + 90 * at, 30, 120 + 90 * at, 60, sure, 1) for at, (text, sure) in enumerate(self.words)
        ]

    def upside_down(self, grey: Image) -> bool:
        return False


def line(*words: tuple[str, float], number: int = 7) -> list[OcrWord]:
    return [
        OcrWord(text, 100 + 100 * at, 50, 190 + 100 * at, 80, sure, number) for at, (text, sure) in enumerate(words)
    ]


def texts(words: list[OcrWord]) -> list[str]:
    return [w.text for w in sorted(words, key=lambda w: (w.line, w.left))]


BEFORE, AFTER = ("Công", 0.95), ("ngày", 0.96)
CASES = [
    ("a number cut in two", [("365/STT", 0.02), ("TT).", 0.02)], [("365/STTTT).", 0.9)], ["365/STTTT)."]),
    ("a word that was a smear", [("LBb", 0.0)], [("giá", 0.95)], ["giá"]),
    ("two words", [("hoạch", 0.3), ("Kim,", 0.0)], [("triển", 0.9), ("khai,", 0.96)], ["triển", "khai,"]),
    ("the same number again, now surely", [("11/3/2005", 0.25)], [("11/3/2005", 0.91)], ["11/3/2005"]),
    ("another digit is nobody's to choose", [("(12/7):", 0.0)], [("(72/7):", 0.96)], ["(12/7):"]),
    ("a digit for a smear", [("ị", 0.1)], [("4", 0.96)], ["ị"]),
    ("a number not sure enough", [("365/STT", 0.02)], [("365/STTTT", 0.8)], ["365/STT"]),
    ("marks are lost where a line is enlarged", [("biểu", 0.3)], [("biêu", 0.95)], ["biểu"]),
    ("no surer than before", [("nước", 0.39)], [("trước", 0.6)], ["nước"]),
    ("letters that Vietnamese has not", [("cũ", 0.3)], [("cñ", 0.95)], ["cũ"]),
    ("signs that no word has", [("czn", 0.1)], [("¿=n", 0.9)], ["czn"]),
    ("a numeral that opens a heading", [("I.", 0.3)], [("IL", 0.95)], ["I."]),
    ("nothing read", [("nến", 0.1)], [], ["nến"]),
]


@pytest.mark.parametrize(("broken", "read", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_stretch(broken: list[tuple[str, float]], read: list[tuple[str, float]], expected: list[str]) -> None:
    words = line(BEFORE, *broken, AFTER)
    mended = mend_broken(words, GREY, Engine([BEFORE, *read, AFTER]), 200, 60.0)
    assert texts(mended) == ["Công", *expected, "ngày"]
    assert {w.line for w in mended} == {7}


def test_a_neighbour_that_comes_out_otherwise_vouches_for_nothing() -> None:
    words = line(BEFORE, ("LBb", 0.0), AFTER)
    assert mend_broken(words, GREY, Engine([("Sông", 0.9), ("giá", 0.95), AFTER]), 200, 60.0) == words


def test_at_either_end_of_a_line_one_neighbour_is_enough() -> None:
    at_end = mend_broken(line(BEFORE, ("LBb", 0.0)), GREY, Engine([BEFORE, ("giá", 0.95)]), 200, 60.0)
    at_start = mend_broken(line(("LBb", 0.0), AFTER), GREY, Engine([("giá", 0.95), AFTER]), 200, 60.0)
    assert (texts(at_end), texts(at_start)) == (["Công", "giá"], ["giá", "ngày"])


@pytest.mark.parametrize(
    "words",
    [line(BEFORE, AFTER), line(("LBb", 0.0), ("xx", 0.1)), line(BEFORE, ("—", 0.1), AFTER), []],
    ids=["nothing broken", "no sure neighbour", "a dash is no word", "nothing"],
)
def test_the_engine_is_not_asked(words: list[OcrWord]) -> None:
    engine = Engine([("giá", 0.95)])
    assert mend_broken(words, GREY, engine, 200, 60.0) == words
    assert engine.asked == []


def test_words_in_red_are_left_to_their_own_pass() -> None:
    from dataclasses import replace

    words = [replace(w, red=True) for w in line(BEFORE, ("LBb", 0.0), AFTER)]
    assert mend_broken(words, GREY, Engine([BEFORE, ("giá", 0.95), AFTER]), 200, 60.0) == words


def test_a_page_of_smears_costs_no_more_than_its_share() -> None:
    words = [w for number in range(3 * MOST) for w in line(BEFORE, ("LBb", 0.0), AFTER, number=number)]
    engine = Engine([BEFORE, ("giá", 0.95), AFTER])
    mended = mend_broken(words, GREY, engine, 200, 60.0)
    assert len(engine.asked) == MOST
    assert sum(w.text == "giá" for w in mended) == MOST
    assert len(mended) == len(words)


def test_boxes_lie_on_the_page() -> None:
    words = line(BEFORE, ("LBb", 0.0), AFTER)
    new = next(
        w for w in mend_broken(words, GREY, Engine([BEFORE, ("giá", 0.95), AFTER]), 200, 60.0) if w.text == "giá"
    )
    assert 100 <= new.left < new.right <= 400
    assert 30 <= new.top < new.bottom <= 110

"""Whose digits are in doubt, when a reader of another make sees the number as well?"""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.read.digit_doubts import IN_DOUBT, digits_of, with_doubts
from pipeline.read.ocr import OcrWord
from pipeline.read.ocr.line_network import Opinion

GREY = np.full((200, 400), 255, np.uint8)


class Reader:
    """Says one thing after another, each with its certainty and that of the text it was asked about."""

    def __init__(self, *said: tuple[str, float, float]) -> None:
        self._said = list(said)
        self.asked = 0

    def opinion(self, grey: np.ndarray, asked: tuple[str, ...]) -> Opinion:
        text, certainty, own = self._said[self.asked % len(self._said)]
        self.asked += 1
        return Opinion(text, certainty, (own,))


OTHER = ("17/7/2019", -0.01, -9.0)
READ = [
    ("another day for certain, twice", "17/1/2019", (OTHER, OTHER), True),
    ("the same digits", "17/1/2019", (("17/1/2019", -0.01, -0.01),), False),
    ("the same digits with other signs", "76/2012/NĐ-CP", (("762012/NĐ-CP", -0.01, -6.0),), False),
    ("a letter that looks like a digit", "529/TYV5-TH", (("529/TYVS-TH", -0.01, -6.0),), False),
    ("one framing alone", "17/1/2019", (OTHER, ("17/1/2019", -0.2, -0.2)), False),
    ("framings that differ", "17/1/2019", (OTHER, ("17/4/2019", -0.01, -9.0)), False),
    ("without being certain", "17/1/2019", (("17/7/2019", -0.4, -9.0),), False),
    ("the engine's reading is likely too", "17/1/2019", (("17/7/2019", -0.05, -3.0),), False),
    ("a serial number", "51/TTr-UBND", (("31/TTr-UBND", -0.01, -9.0),), True),
    ("a Party paper's number", "23-TB/TU", (("28-TB/TU", -0.01, -9.0),), True),
]  # fmt: skip


@pytest.mark.parametrize(("why", "text", "said", "doubted"), READ, ids=[row[0] for row in READ])
def test_numbers(why: str, text: str, said: tuple[tuple[str, float, float], ...], doubted: bool) -> None:
    word = OcrWord(text, 40, 80, 200, 104, 0.95, 1)
    (answer,) = with_doubts([word], GREY, Reader(*said))  # type: ignore[arg-type]
    assert (answer.text, answer.confidence) == (text, IN_DOUBT if doubted else 0.95)


@pytest.mark.parametrize("text", ["năm", "2019", "UBND", "12,", "(15)", "08"])
def test_other_words_are_not_asked_about(text: str) -> None:
    reader = Reader(OTHER)
    word = OcrWord(text, 40, 80, 200, 104, 0.95, 1)
    assert with_doubts([word], GREY, reader) == [word]  # type: ignore[arg-type]
    assert reader.asked == 0


def test_a_word_at_the_edge_of_the_page_is_left_alone() -> None:
    word = OcrWord("17/1/2019", 0, 0, 3, 3, 0.95, 1)
    assert with_doubts([word], GREY, Reader(OTHER)) == [word]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "digits"), [("17/7/2019;", "1772019"), ("5S/TT-BGDĐT", "55"), ("số", ""), ("O8", "08")]
)
def test_digits_of(text: str, digits: str) -> None:
    assert digits_of(text).startswith(digits)

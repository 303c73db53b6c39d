"""When does a reader of another make second the digits that a pen wrote?"""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.extract.penned import is_sure
from pipeline.read.model import Image, PenReading, Slot
from pipeline.read.ocr.line_network import LineNetwork, Opinion
from pipeline.read.seconding import SECONDED, pieces_of, second

PIECE = np.full((40, 120), 255, np.uint8)


class Tells(LineNetwork):
    """A line network that says one text after the other."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.asked = 0

    def opinion(self, grey: Image, asked: tuple[str, ...]) -> Opinion:
        self.asked += 1
        return Opinion(self.texts[(self.asked - 1) % len(self.texts)], -0.1, ())


def reading(text: str, probability: float = 0.7, slot: Slot = "number") -> PenReading:
    return PenReading(slot, 0, 10, (0.1, 0.1, 0.2, 0.12), text, probability)


ROWS = [
    ("the same digits between their neighbours and alone", reading("409"), ("Số: 409 /TB-VI", "409", "Số:409"), True),
    ("other digits", reading("651"), ("Số: 684/SLĐTT", "684", "Số: 684/S"), False),
    ("the same digits once, others once", reading("12", slot="day"), ("ngày 12 tháng", "21", "Ngày"), False),
    ("the same digits twice, others twice", reading("12"), ("12", "21", "12", "21"), False),
    ("once is chance", reading("409"), ("Số: 409", "Số: /TB", "K"), False),
    ("a day with a nought is the same day", reading("2", slot="day"), ("ngày 02 tháng 7", "02", "2"), True),
    ("a number with a nought is another number", reading("8"), ("08", "08", "08"), False),
    ("nothing read", reading("409"), ("", "Số:", "/TB"), False),
]


@pytest.mark.parametrize(("given", "told", "seconded"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_seconded(given: PenReading, told: tuple[str, ...], seconded: bool) -> None:
    found = second(given, [PIECE] * len(told), Tells(*told))
    assert found.seconded is seconded
    assert (found.text, found.probability) == (given.text, given.probability)
    assert is_sure(found) is seconded


@pytest.mark.parametrize(
    ("given", "why"),
    [(reading("409", SECONDED - 0.01), "too doubtful to be helped"), (reading("", 0.9), "a gap that nobody filled in")],
)
def test_who_is_not_asked_about(given: PenReading, why: str) -> None:
    network = Tells("409")
    assert second(given, [PIECE] * 6, network) == given, why
    assert network.asked == 0
    assert not is_sure(second(reading("409"), [PIECE] * 6, None))


def test_pieces_lie_on_the_page_and_keep_blue_ink_dark() -> None:
    picture = np.full((100, 300, 3), 255, np.uint8)
    picture[40:60, 100:120] = (30, 60, 170)
    pieces = pieces_of(picture, (90, 38, 130, 62), 25.0)
    assert len(pieces) == 6
    assert all(piece.ndim == 2 and piece.min() <= 60 and piece.max() == 255 for piece in pieces)
    assert pieces_of(picture, (295, 97, 296, 98), 1.0) == []

"""Which readings of a name stamp are a name, and how sure; and is the stamp found and straightened?"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from pipeline.read.ocr.line_network import Opinion
from pipeline.read.red_names import judged, red_names

AREA = (100, 50, 300, 90)
READINGS = [
    ("all framings alike", [("Lê Văn Thu", 0.98)] * 4, [("Lê Văn Thu", 0.98, 4)]),
    ("syllables that no name has do not count", [("Nguyễn Văm Đô", 0.6), ("Nguyễn Văn Đô", 0.9)] * 2,
     [("Nguyễn Văn Đô", 0.9, 2)]),
    ("framings that differ are half as sure", [("Lê Văn Thu", 0.9), ("Lê Văn Thư", 0.9)],
     [("Lê Văn Thu", 0.45, 1), ("Lê Văn Thư", 0.45, 1)]),
    ("no family name", [("Văn Thu", 0.99)] * 4, []),
    ("a title", [("PHÓ CHỦ TỊCH", 0.99)] * 4, []),
    ("a flourish", [("2. Mai Coỏm", 0.2), ("v+", 0.1)], []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "readings", "expected"), READINGS, ids=[row[0] for row in READINGS])
def test_judged(why: str, readings: list[tuple[str, float]], expected: list[tuple[str, float, int]]) -> None:
    assert [(n.text, n.confidence, n.times) for n in judged(readings, AREA)] == expected


def test_words_share_the_patch_by_their_letters() -> None:
    (name,) = judged([("Lê Văn Thu", 0.98)], AREA)
    words = name.words(7)
    assert [w.text for w in words] == ["Lê", "Văn", "Thu"]
    assert (words[0].left, words[-1].right) == (100, 300)
    assert all(a.right <= b.left for a, b in pairwise(words))
    assert all(w.red and w.line == 7 for w in words)


class Listener:
    """Remembers the strips it is shown and reads one name in all of them."""

    def __init__(self) -> None:
        self.shown: list[np.ndarray] = []

    def opinion(self, grey: np.ndarray, asked: tuple[str, ...]) -> Opinion:
        self.shown.append(grey)
        return Opinion("Lê Văn Thu", -0.01, ())


def layer_with(turn: float) -> np.ndarray:
    layer = np.zeros((2339, 1654), np.uint8)
    cv2.putText(layer, "Le Van Thu", (1050, 1900), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6, 255, 4)
    matrix = cv2.getRotationMatrix2D((1180.0, 1880.0), turn, 1.0)
    return np.asarray(cv2.warpAffine(layer, matrix, (1654, 2339)))


@pytest.mark.parametrize("turn", [-9.0, -3.0, 0.0, 5.0])
def test_a_stamp_pressed_askew_is_straightened(turn: float) -> None:
    listener = Listener()
    (name,) = red_names(layer_with(turn), (800, 1500, 1654, 2200), listener)  # type: ignore[arg-type]
    assert name.text == "Lê Văn Thu"
    assert name.times == len(listener.shown)
    level = max(strip.shape[0] for strip in listener.shown)
    assert level < 75, "a line left askew is higher than its letters"


def test_specks_and_seals_are_no_names() -> None:
    layer = np.zeros((2339, 1654), np.uint8)
    cv2.circle(layer, (1150, 1800), 130, 255, 4)
    cv2.circle(layer, (1400, 2000), 3, 255, -1)
    assert red_names(layer, (800, 1500, 1654, 2200), Listener()) == []  # type: ignore[arg-type]

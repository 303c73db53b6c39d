"""Is black ink over print taken away, and the print left?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.read.overlaid import letters_alone, without_rims
from pipeline.read.passes import only_line


def paper(height: int = 620, width: int = 820) -> np.ndarray:
    return np.full((height, width), 245, dtype=np.uint8)


def letters(page: np.ndarray, top: int) -> np.ndarray:
    """A row of letter-sized bars; the mask of its ink."""
    for left in range(120, 700, 40):
        page[top : top + 26, left : left + 14] = 20
    return page == 20


def test_a_stroke_goes_and_letters_stay() -> None:
    page = paper()
    print_ = letters(page, 60)
    cv2.polylines(page, [np.array([[150, 200], [300, 330], [420, 180], [690, 260]])], False, 30, 4)
    clean = letters_alone(page)
    assert (clean[print_] == 20).all()
    assert (clean[150:400] > 200).all()


def test_a_page_of_letters_is_left_alone() -> None:
    page = paper()
    letters(page, 60)
    assert letters_alone(page) is page


def test_rims_of_a_black_seal_are_painted_over() -> None:
    page = paper()
    for radius in (140, 148):
        cv2.circle(page, (400, 320), radius, 25, 4)
    rim = page == 25
    clear = without_rims(page)
    assert clear is not None
    assert (clear[rim] > 150).mean() > 0.9


def test_no_seal_no_painting() -> None:
    page = paper()
    letters(page, 60)
    letters(page, 200)
    assert without_rims(page) is None


def test_slices_of_neighbouring_lines_are_taken_off_a_line() -> None:
    crop = paper(60, 820)
    line = letters(crop, 18)
    crop[0:4, 200:420] = crop[57:, 100:300] = 20
    alone = only_line(crop)
    assert (alone[line] == 20).all()
    assert alone[:10].min() > 200
    assert alone[50:].min() > 200


@pytest.mark.parametrize(
    ("question", "text", "lines", "levelled"),
    [("a name alone", "abc", 1, True), ("lines of print", "abc def ghi jkl mno", 9, False)],
)
def test_the_grain_of_paper_is_levelled_where_little_ink_is_left(
    question: str, text: str, lines: int, levelled: bool
) -> None:
    grain = np.random.default_rng(7).normal(0, 12, (500, 800)).clip(-30, 19)
    crop = np.asarray(236 + grain, dtype=np.uint8)
    cv2.circle(crop, (600, 250), 180, 30, 4)
    for row in range(lines):
        cv2.putText(crop, text, (20, 40 * (row + 1)), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 30, 3)
    corner = letters_alone(crop)[-20:, :20]
    assert (len(np.unique(corner)) == 1) == levelled, question

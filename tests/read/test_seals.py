"""Are round seals found, whole or in slices, and is nothing else taken for one?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.seals import RIM, blank_seals, rim, slices_at_sides

HEIGHT, WIDTH = 2339, 1654


def paper() -> np.ndarray:
    return np.zeros((HEIGHT, WIDTH), np.uint8)


def seal(mask: np.ndarray, x: int, y: int, radius: int = 135, gap: int = 0) -> None:
    """A seal: two rims, lettering along them and across the middle; ``gap`` degrees of the rims are worn off."""
    for r, thick in ((radius, 4), (radius - 6, 1), (radius - 50, 2)):
        cv2.ellipse(mask, (x, y), (r, r), 0, gap, 360, 1, thick)
    for angle in range(0, 360, 24):
        at = np.radians(angle)
        place = (int(x + (radius - 28) * np.cos(at)) - 8, int(y + (radius - 28) * np.sin(at)) + 8)
        cv2.putText(mask, "N", place, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 1, 2)
    cv2.putText(mask, "SO THONG TIN", (x - 66, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 1, 2)


@pytest.mark.parametrize("gap", [0, 60, 110], ids=["whole", "a sixth worn off", "a third worn off"])
@pytest.mark.parametrize("radius", [105, 135, 165])
def test_a_seal_is_blanked(radius: int, gap: int) -> None:
    mask = paper()
    seal(mask, 1100, 1500, radius, gap)
    red = mask * 200
    blank_seals(red, mask, 1.0)
    assert red[1500 - 40 : 1500 + 40, 1100 - 90 : 1100 + 90].max() == 0
    assert np.count_nonzero(red) < 0.02 * np.count_nonzero(mask)


def test_a_signature_across_it_hides_no_seal() -> None:
    mask = paper()
    seal(mask, 1100, 1500)
    cv2.line(mask, (960, 1560), (1300, 1440), 0, 14)
    cv2.line(mask, (1000, 1400), (1150, 1640), 0, 14)
    red = mask * 200
    blank_seals(red, mask, 1.0)
    assert np.count_nonzero(red) < 0.03 * np.count_nonzero(mask)


@pytest.mark.parametrize(
    ("shown", "left"),
    [(60, False), (110, False), (170, False), (60, True), (120, True)],
    ids=["a sliver", "less than half", "more than half", "a sliver at the left", "less than half at the left"],
)
def test_a_slice_over_the_edge_goes(shown: int, left: bool) -> None:
    mask = paper()
    seal(mask, 135 - (270 - shown) if left else WIDTH - shown + 135, 900)
    red = mask * 200
    blank_seals(red, mask, 1.0)
    assert np.count_nonzero(red) < 0.02 * np.count_nonzero(mask)


def test_a_slice_out_of_the_middle_of_a_fan() -> None:
    """Each sheet of a fanned pile has a strip of the seal, cut on both sides."""
    whole = paper()
    seal(whole, 800, 900)
    mask = paper()
    mask[:, WIDTH - 70 :] = whole[:, 780:850]
    red = mask * 200
    blank_seals(red, mask, 1.0)
    assert red.max() == 0


def test_a_received_stamp_at_the_side_stays() -> None:
    mask = paper()
    cv2.rectangle(mask, (WIDTH - 420, 300), (WIDTH - 6, 500), 1, 3)
    for row, text in enumerate(("CONG VAN DEN", "So: 123", "Ngay: 05/6")):
        cv2.putText(mask, text, (WIDTH - 390, 350 + 55 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 1, 3)
    assert slices_at_sides(mask, 1.0) == []


def test_a_name_stamped_beside_the_side_stays() -> None:
    mask = paper()
    cv2.putText(mask, "Nguyen Van An", (WIDTH - 330, 1800), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6, 1, 3)
    red = mask * 200
    blank_seals(red, mask, 1.0)
    assert np.array_equal(red, mask * 200)


@settings(max_examples=40, deadline=None)
@given(
    x=st.integers(60, 300), y=st.integers(60, 300), radius=st.integers(24, 45),
    off=st.tuples(st.integers(-1, 1), st.integers(-1, 1), st.integers(-4, 4)),
)  # fmt: skip
def test_a_rim_is_found_near_a_guess(x: int, y: int, radius: int, off: tuple[int, int, int]) -> None:
    red = np.zeros((360, 360), np.uint8)
    cv2.circle(red, (x, y), radius, 1, 1)
    covered, found = rim(red > 0, x + off[0], y + off[1], radius + off[2])
    assert covered >= RIM
    assert abs(found - radius) <= 2


def test_lines_of_letters_are_no_rim() -> None:
    red = np.zeros((200, 400), np.uint8)
    for row in range(20, 190, 22):
        cv2.putText(red, "QUYET DINH SO MOT", (10, row), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1, 1)
    shares = [rim(red > 0, x, y, 34)[0] for x in range(60, 340, 40) for y in range(60, 150, 30)]
    assert max(shares) < RIM

"""Is the frame of a received stamp found where it stands, however it was pressed, and nothing else taken for one?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.stamp_frame import find_frames

WIDTH, HEIGHT = 1654, 2339
BLACK, RED = (40, 40, 40), (210, 40, 50)


def text_page(seed: int = 0) -> np.ndarray:
    """A page of lines of letters, as a body is."""
    rng = np.random.default_rng(seed)
    page = np.full((HEIGHT, WIDTH, 3), 250, np.uint8)
    for y in range(980, 2200, 44):
        x = 190
        while x < 1500:
            word = "".join(chr(97 + int(c)) for c in rng.integers(0, 26, int(rng.integers(2, 8))))
            cv2.putText(page, word, (x, y), cv2.FONT_HERSHEY_COMPLEX, 0.75, BLACK, 2, cv2.LINE_AA)
            x += 18 * len(word) + 16
    return page


def press(
    page: np.ndarray, box: tuple[int, int, int, int], turn: float, colour: tuple[int, int, int], worn: float
) -> None:
    """A frame of (left, top, width, height) turned about its corner by ``turn`` degrees; ``worn`` of it left white."""
    left, top, wide, tall = box
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    corners = [
        (left + x * cos - y * sin, top + x * sin + y * cos) for x, y in ((0, 0), (wide, 0), (wide, tall), (0, tall))
    ]
    rng = np.random.default_rng(1)
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        length = int(np.hypot(x1 - x0, y1 - y0))
        for at in range(0, length, 8):
            if rng.random() >= worn:
                a, b = at / length, min(1.0, (at + 8) / length)
                ends = [(round(x0 + t * (x1 - x0)), round(y0 + t * (y1 - y0))) for t in (a, b)]
                cv2.line(page, *ends, colour, 4)


@settings(max_examples=40, derandomize=True)  # a picture takes a tenth of a second
@given(
    left=st.integers(60, 1100), top=st.integers(120, 780), wide=st.integers(290, 520), tall=st.integers(110, 240),
    turn=st.floats(-5.5, 5.5), colour=st.sampled_from([BLACK, RED]), worn=st.sampled_from([0.0, 0.1]),
)  # fmt: skip
def test_a_pressed_frame_is_found(
    left: int, top: int, wide: int, tall: int, turn: float, colour: tuple[int, int, int], worn: float
) -> None:
    page = text_page()
    press(page, (left, top, wide, tall), turn, colour, worn)
    found = find_frames(page)
    assert len(found) == 1
    frame = found[0]
    assert (frame.left, frame.top) == pytest.approx((left, top), abs=45)
    assert (frame.width, frame.height) == pytest.approx((wide, tall), abs=45)
    assert np.degrees(frame.tilt) == pytest.approx(turn, abs=2.2)
    # A point of the straightened picture is the same point of the page.
    assert frame.back(5, 5, 5) == pytest.approx((frame.left, frame.top), abs=0.01)
    assert frame.cut(page, 5).shape[:2] == (round(frame.height) + 10, round(frame.width) + 10)


def ruled(*lines: tuple[tuple[int, int], tuple[int, int]]) -> np.ndarray:
    page = text_page()
    for a, b in lines:
        cv2.line(page, a, b, BLACK, 3)
    return page


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (text_page(), "letters under each other are no side"),
        (ruled(((300, 200), (700, 200)), ((900, 240), (1300, 240))), "rules under issuer and motto"),
        (ruled(((100, 100), (1550, 100)), ((100, 100), (100, 2200)), ((1550, 100), (1550, 2200))), "a page's border"),
        (ruled(((150, 300), (1500, 300)), ((150, 300), (150, 480)), ((150, 480), (1500, 480))), "a box too wide"),
        (ruled(((300, 1700), (700, 1700)), ((300, 1700), (300, 1900)), ((300, 1900), (700, 1900)),
               ((700, 1700), (700, 1900))), "a box at the foot: a digital signature"),
        (ruled(((700, 200), (700, 380))), "a rule that stands alone"),
        (ruled(((1652, 200), (1652, 380)), ((1, 300), (1, 480))), "a scanner's streak at the edge"),
        (np.full((HEIGHT, WIDTH, 3), 255, np.uint8), "a blank page"),
    ],
)  # fmt: skip
def test_what_is_no_stamp_is_left_alone(page: np.ndarray, why: str) -> None:
    assert find_frames(page) == [], why

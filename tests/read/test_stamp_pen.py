"""Is the pen in a red stamp told by its colour, and given to the right places of the form?"""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read.handwriting import digit_reader
from pipeline.read.stamp_pen import StampPen, stamp_pen

FONTS = "/usr/share/fonts/truetype/croscore"
RED, BLUE, BLACK = (205, 45, 50), (40, 60, 150), (45, 45, 60)
MARKS = [("s", 30.0), ("n", 170.0), ("t", 270.0), ("y", 365.0)]  # columns of the middles of the prepared words
CENTRE, TALL = 118.0, 48.0


def stamp(
    pens: list[tuple[str, int, int]], print_colour: tuple[int, int, int], pen: tuple[int, int, int]
) -> np.ndarray:
    """A stamp's cut with its print, and numbers (text, column, row of the foot) by a pen."""
    sheet = Image.new("RGB", (480, 176), "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((6, 6, 420, 146), outline=print_colour, width=4)
    draw.text((90, 20), "SỞ NỘI VỤ", font=ImageFont.truetype(f"{FONTS}/Tinos-Bold.ttf", 26), fill=print_colour)
    for word, x in (("Số", 16), ("ngày", 146), ("tháng", 244), ("năm", 344)):
        draw.text(
            (x, 128), word, font=ImageFont.truetype(f"{FONTS}/Tinos-Regular.ttf", 24), fill=print_colour, anchor="ls"
        )
    draw.text(
        (18, 132), "." * 60, font=ImageFont.truetype(f"{FONTS}/Tinos-Regular.ttf", 24), fill=print_colour, anchor="ls"
    )
    hand = ImageFont.truetype(f"{FONTS}/Arimo-Italic.ttf", 34)
    for text, x, foot in pens:
        draw.text((x, foot), text, font=hand, fill=pen, anchor="ls")
    return np.asarray(sheet)


WRITTEN = [
    ("each number goes to the word before it", [("312", 52, 128), ("14", 200, 126), ("04", 306, 130), ("19", 392, 126)],
     {"received": "312", "day": "14", "month": "04", "year": "19"}),
    ("strokes that cross the frame", [("27", 200, 154)], {"day": "27"}),
    ("a whole year by pen", [("2021", 390, 128)], {"year": "21"}),
    ("two numbers in one gap are none", [("3", 46, 128), ("7", 132, 128)], {}),
    ("a number on the line above belongs to none", [("312", 52, 70)], {}),
    ("nothing written", [], {}),
]  # fmt: skip


@pytest.mark.parametrize("pen", [BLUE, BLACK], ids=["blue", "black"])
@pytest.mark.parametrize(("why", "pens", "told"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_the_pen_is_read_alone(
    why: str, pens: list[tuple[str, int, int]], told: dict[str, str], pen: tuple[int, int, int]
) -> None:
    strokes = stamp_pen(stamp(pens, RED, pen), digit_reader())
    assert isinstance(strokes, StampPen)
    numbers = list(strokes.slots(MARKS, CENTRE, TALL))
    assert {n.slot: n.ranked[0][0] for n in numbers} == told, why
    assert all(n.ranked[0][1] > 0.5 for n in numbers)
    columns = [n.box[0] for n in numbers]
    assert columns == sorted(columns)


def test_a_stamp_in_the_colour_of_the_pen_is_no_case_for_colours() -> None:
    assert stamp_pen(stamp([("14", 200, 126)], BLACK, BLACK), digit_reader()) is None

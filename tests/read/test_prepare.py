"""Is a page made straight, its ink told from its print, its rules removed, and is the way back to the page kept?"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from page_drawing import HEIGHT, WIDTH, blank, pen_strokes, print_lines, red_stamp, scanned, turned
from PIL import Image, ImageDraw

from pipeline.read.first_look import is_blank, orientation
from pipeline.read.prepare import Prepared, ink_masks, measure_skew, prepare, remove_rules


def picture(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image)


def grey(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image.convert("L")).copy()


# --- skew ---


@pytest.mark.parametrize("degrees", [-3.5, -2.2, -1.0, -0.6, -0.3, 0.3, 0.7, 1.4, 2.9, 3.5])
def test_skew_is_found(degrees: float) -> None:
    """A page turned anticlockwise needs a turn the other way."""
    page = scanned(turned(print_lines(blank()), degrees))
    assert measure_skew(page[:, :, 0]) == pytest.approx(-degrees, abs=0.15)


@pytest.mark.parametrize("degrees", [-2.0, -0.5, 0.0, 0.5, 2.0])
def test_a_prepared_page_is_straight(degrees: float) -> None:
    prepared = prepare(scanned(turned(print_lines(blank()), degrees)))
    assert abs(measure_skew(prepared.grey)) < 0.2
    assert any(step.startswith("deskew") for step in prepared.steps) == (degrees != 0)


def test_a_straight_page_is_not_touched() -> None:
    page = scanned(print_lines(blank()))
    prepared = prepare(page)
    assert prepared.skew == 0
    assert prepared.grey.shape == page.shape[:2]


def test_few_lines_tell_the_skew_too() -> None:
    page = scanned(turned(print_lines(blank(), lines=6), 1.5))
    assert measure_skew(page[:, :, 0]) == pytest.approx(-1.5, abs=0.15)


def test_a_page_without_text_has_no_skew() -> None:
    assert measure_skew(scanned(blank())[:, :, 0]) == 0


def test_the_scanners_edge_is_not_the_texts_line() -> None:
    """A dark edge stands straight while the paper lies askew."""
    page = picture(turned(print_lines(blank()), 1.2)).copy()
    page[:12] = page[:, :20] = 40
    assert measure_skew(page[:, :, 0]) == pytest.approx(-1.2, abs=0.15)


# --- ink ---


@pytest.fixture(scope="module")
def marked() -> tuple[NDArray[np.uint8], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """A scanned page with pen and stamp, and the masks of print, pen and stamp."""
    image = print_lines(blank())
    print_mask = grey(image) < 128
    pen = pen_strokes(image, 300, 100)
    stamp = red_stamp(image, 760, 1500)
    return scanned(image), print_mask, pen, stamp


def test_pen_and_stamp_are_told_from_print(marked: tuple[NDArray[np.uint8], ...]) -> None:
    page, print_mask, pen, stamp = marked
    blue, red = ink_masks(page)
    assert (blue[pen] > 0).mean() > 0.9
    assert (red[stamp] > 0).mean() > 0.75  # the thin ring is pale after the scanner's blur
    for mask in (blue, red):
        assert (mask[print_mask] > 0).mean() < 0.01
    assert (blue[stamp] > 0).mean() < 0.02
    assert (red[pen] > 0).mean() < 0.02


def test_ink_is_kept_as_patches_where_it_is(marked: tuple[NDArray[np.uint8], ...]) -> None:
    page, _, pen, stamp = marked
    prepared = prepare(page)
    for kind, mask in (("pen", pen), ("stamp", stamp)):
        (patch,) = [ink.box for ink in prepared.ink if ink.kind == kind]
        ys, xs = np.nonzero(mask)
        box = (xs.min() / WIDTH, ys.min() / HEIGHT, xs.max() / WIDTH, ys.max() / HEIGHT)
        assert patch == pytest.approx(box, abs=0.006)


def test_ink_is_lifted_off_and_print_stays(marked: tuple[NDArray[np.uint8], ...]) -> None:
    page, print_mask, pen, stamp = marked
    prepared = prepare(page)
    assert prepared.skew == 0
    assert (prepared.grey[pen & ~print_mask] > 170).mean() > 0.97
    assert (prepared.grey[stamp & ~print_mask] > 170).mean() > 0.97
    assert prepared.grey[print_mask].mean() < 100


def test_print_under_a_stamp_stays_dark() -> None:
    image = print_lines(blank())
    print_mask = grey(image) < 100
    stamp = red_stamp(image, 300, 400)
    prepared = prepare(picture(image))
    assert prepared.grey[print_mask & stamp].mean() < 90


def test_a_page_without_colour_has_no_ink() -> None:
    page = scanned(print_lines(blank()))
    blue, red = ink_masks(page)
    assert not blue.any()
    assert not red.any()


def test_a_blue_cast_is_no_pen() -> None:
    """A page photographed in cold light: colour says nothing about ink there."""
    cast = picture(print_lines(blank())).astype(np.float64) * np.array([0.72, 0.85, 1.0])
    prepared = prepare(cast.astype(np.uint8))
    assert not [ink for ink in prepared.ink if ink.kind == "pen"]


# --- the way back ---


_PLACES = [
    (100, 150, 400, 180),
    (600, 900, 900, 925),
    (160, 1600, 1100, 1630),
    (0, 0, 10, 10),
    (1200, 1700, 1240, 1754),
]


@pytest.mark.parametrize("place", _PLACES)
def test_a_straight_pages_boxes_come_back_to_the_pixel(place: tuple[int, int, int, int]) -> None:
    prepared = prepare(scanned(print_lines(blank())))
    assert prepared.from_page(prepared.to_page(*place)) == pytest.approx(place, abs=1)


@pytest.mark.parametrize("degrees", [-2.5, -1.0, 0.8, 2.5])
@pytest.mark.parametrize("place", _PLACES[:3])
def test_a_turned_pages_boxes_come_back(degrees: float, place: tuple[int, int, int, int]) -> None:
    """The middle comes back to the pixel; the rectangle round a turned box holds the box."""
    prepared = prepare(scanned(turned(print_lines(blank()), degrees)))
    left, top, right, bottom = prepared.from_page(prepared.to_page(*place))
    assert (left + right) / 2 == pytest.approx((place[0] + place[2]) / 2, abs=1.5)
    assert (top + bottom) / 2 == pytest.approx((place[1] + place[3]) / 2, abs=1.5)
    assert left <= place[0] + 2
    assert right >= place[2] - 2
    assert top <= place[1] + 1
    assert bottom >= place[3] - 1


@pytest.mark.parametrize("degrees", [-2.0, 1.3])
def test_boxes_sit_on_the_ink_of_the_page_as_it_came(degrees: float) -> None:
    """A mark drawn on the skewed page is found again through the prepared picture."""
    image = turned(print_lines(blank(), lines=20), degrees)
    ImageDraw.Draw(image).rectangle((700, 1500, 760, 1520), fill="black")
    prepared = prepare(picture(image))
    dark = prepared.grey[1380:1640, 560:900] < 128
    ys, xs = np.nonzero(dark)
    box = prepared.to_page(560 + xs.min(), 1380 + ys.min(), 560 + xs.max() + 1, 1380 + ys.max() + 1)
    assert box == pytest.approx((700 / WIDTH, 1500 / HEIGHT, 761 / WIDTH, 1521 / HEIGHT), abs=0.004)


@given(st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT), st.floats(0, WIDTH), st.floats(0, HEIGHT)))
@settings(max_examples=100, deadline=None)
def test_boxes_never_leave_the_page(corners: tuple[float, float, float, float]) -> None:
    left, right = sorted(corners[::2])
    top, bottom = sorted(corners[1::2])
    for prepared in _straight_and_turned():
        box = prepared.to_page(left, top, right, bottom)
        assert 0 <= box[0] <= box[2] <= 1
        assert 0 <= box[1] <= box[3] <= 1


@cache
def _straight_and_turned() -> tuple[Prepared, ...]:
    return tuple(prepare(scanned(turned(print_lines(blank()), degrees))) for degrees in (0.0, 2.0))


# --- rules, blank pages, orientation ---


def test_rules_are_removed_and_letters_stay() -> None:
    image = print_lines(blank(), lines=12)
    letters = grey(image) < 128
    draw = ImageDraw.Draw(image)
    draw.line((700, 150, 1000, 150), fill="black", width=3)  # under the motto
    draw.rectangle((150, 1000, 1100, 1400), outline="black", width=2)  # a frame
    page = grey(image)
    assert remove_rules(page, 255)
    assert (page[148:153, 700:1000] > 200).all()
    assert (page[998:1402, 150:1101] > 200).all()
    assert (page[letters] < 128).mean() > 0.97


def test_heavy_capitals_are_no_rules() -> None:
    """A bold black bar of letters is thick; a rule is a few pixels high."""
    image = blank()
    ImageDraw.Draw(image).rectangle((300, 300, 900, 330), fill="black")
    page = grey(image)
    remove_rules(page, 255)
    assert (page[302:328, 302:898] < 128).all()


def test_a_page_without_rules_is_left_alone() -> None:
    page = grey(print_lines(blank()))
    before = page.copy()
    assert not remove_rules(page, 255)
    assert (page == before).all()


def ghost() -> Image.Image:
    """A reverse side: the front shows through, mirrored and pale."""
    pale = Image.blend(print_lines(blank()), blank(), 0.82)
    return pale.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


BLANKS = [
    (blank(), True),
    (Image.new("RGB", (WIDTH, HEIGHT), (225, 220, 205)), True),  # yellowed paper
    (ghost(), True),
    (print_lines(blank()), False),
    (print_lines(blank(), lines=1), False),  # "Nơi nhận" alone on a last page
    (Image.blend(print_lines(blank()), blank(), 0.4), False),  # printed with little toner
]


@pytest.mark.parametrize(("image", "expected"), BLANKS, ids=["white", "yellow", "reverse", "text", "one-line", "pale"])
def test_blank_pages_are_known(image: Image.Image, expected: bool) -> None:
    assert is_blank(scanned(image)) is expected


@pytest.mark.parametrize("size", [(2, 2), (3, 40), (40, 3), (20, 20)])
def test_a_scrap_of_a_picture_is_blank(size: tuple[int, int]) -> None:
    assert is_blank(np.full((*size, 3), 255, dtype=np.uint8))


@pytest.mark.parametrize(("turn", "expected"), [(0, 0), (90, 90), (180, 0), (270, 90)])
def test_a_page_on_its_side_is_known(turn: int, expected: int) -> None:
    page = scanned(print_lines(blank()))
    assert orientation(np.ascontiguousarray(np.rot90(page, turn // 90))) == expected


def test_an_empty_page_lies_right() -> None:
    assert orientation(picture(blank())) == 0


# --- faint copies and dirty glass ---


def test_a_streak_of_the_glass_is_wiped_and_print_under_it_stays() -> None:
    page = picture(print_lines(blank())).copy()
    clean = page.copy()
    column = WIDTH // 2
    page[:, column : column + 2] = np.minimum(page[:, column : column + 2], 150)
    prepared = prepare(page)
    assert "streaks-removed" in prepared.steps
    paper, print_there = clean[:, column, 0] > 200, clean[:, column, 0] < 60
    assert np.median(prepared.grey[paper, column]) > 225
    assert print_there.sum() > 20
    assert np.median(prepared.grey[print_there, column]) < 150


def test_print_alone_is_no_streak() -> None:
    assert "streaks-removed" not in prepare(picture(print_lines(blank()))).steps


def test_a_wide_dark_edge_is_no_streak() -> None:
    page = picture(print_lines(blank())).copy()
    page[:, :25] = 40
    assert "streaks-removed" not in prepare(page).steps


def test_what_faded_within_a_line_is_raised_to_its_neighbours() -> None:
    """Print of 90 levels on the left, of 45 on the right: one strength afterwards."""
    page = picture(print_lines(blank())).astype(np.float32)
    strength = np.linspace(90, 45, WIDTH)[None, :, None] / 255
    faint = (245 - (255 - page) * strength).astype(np.uint8)
    prepared = prepare(faint)
    assert "contrast" in prepared.steps
    ink = page[:, :, 0] < 20
    columns = np.flatnonzero(ink.any(axis=0))
    third = (columns[-1] - columns[0]) // 3
    left, right = ink.copy(), ink.copy()
    left[:, columns[0] + third :] = right[:, : columns[-1] - third] = False
    assert np.median(prepared.grey[left]) < 160
    assert abs(float(np.median(prepared.grey[left])) - float(np.median(prepared.grey[right]))) < 30


def test_firm_print_is_left_as_it_is() -> None:
    assert "contrast" not in prepare(picture(print_lines(blank()))).steps

"""Is a photographed sheet found and laid flat, is the way back to the photo kept, and is everything else left alone?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_drawing import HEIGHT, WIDTH, blank, pen_strokes, print_lines, red_stamp, scanned
from photographed import LYING, MILD, STRONG, TURNED, Corners, Picture, bordered, dark_table, photo, wooden_table
from PIL import Image

from corpus.generator import source
from corpus.generator.presets import PRESETS
from corpus.generator.scan import scan
from pipeline.read.model import Line, Page, Raster, ReadOptions, Word
from pipeline.read.pdf import PdfFile
from pipeline.read.prepare import measure_skew
from pipeline.read.sheet import Sheet, find_sheet, laid_flat

TABLES = {"dark": dark_table, "wooden": wooden_table}


@cache
def sheet() -> Picture:
    return scanned(print_lines(blank()))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("corners", "quarters"),
    [(STRONG, 0), (MILD, 0), (TURNED, 0), (LYING, 1)],
    ids=["strong", "mild", "turned", "lying"],
)
def test_the_corners_of_a_photographed_sheet_are_found(corners: Corners, quarters: int, table: str) -> None:
    """Within 0.4 % of the picture: on an A4 page about a millimetre, and rather inside the sheet than beyond it."""
    found = find_sheet(photo(np.rot90(sheet(), quarters).copy(), corners, TABLES[table](950, 750)))
    assert found is not None
    assert np.array(found) == pytest.approx(np.array(corners), abs=0.004)


def test_a_sheet_laid_flat_is_the_page_again() -> None:
    """The print lies where it lay, to 3 pixels of 1240, and straight; the pixels are those of A4."""
    page = sheet()
    taken = photo(page, STRONG, dark_table(1900, 1500))
    flat = laid_flat(lambda dpi: Raster(taken, 200.0), 150)
    assert flat.sheet is not None
    assert flat.rgb.shape[:2] == pytest.approx((HEIGHT, WIDTH), abs=2)
    assert abs(measure_skew(flat.rgb[:, :, 0])) < 0.2
    (dx, dy), likeness = cv2.phaseCorrelate(
        *(cv2.resize(255 - p[:, :, 0], (WIDTH, HEIGHT)).astype(np.float32) for p in (page, flat.rgb))
    )
    assert abs(dx) < 3
    assert abs(dy) < 3
    assert likeness > 0.3


def test_a_finer_picture_is_asked_for_when_the_sheet_is_small_in_it() -> None:
    asked = []

    def draw(dpi: int) -> Raster:
        asked.append(dpi)
        small = photo(sheet(), ((0.3, 0.3), (0.8, 0.31), (0.82, 0.85), (0.27, 0.84)), dark_table(950, 750))
        return Raster(cv2.resize(small, None, fx=dpi / 150, fy=dpi / 150), float(dpi))

    flat = laid_flat(draw, 150)
    assert flat.sheet is not None
    assert asked[0] == 150
    assert len(asked) == 2
    assert 200 < asked[1] <= 375


def _torn(page: Picture) -> Picture:
    return photo(page, ((-0.1, 0.08), (0.78, 0.10), (0.95, 0.95), (0.05, 0.94)), dark_table(950, 750))


def _cut_at_the_foot(page: Picture) -> Picture:
    return photo(page, ((0.1, 0.08), (0.88, 0.07), (0.95, 1.2), (0.03, 1.2)), dark_table(950, 750))


def _dark_picture_inside(page: Picture) -> Picture:
    page = page.copy()
    page[300:1500, 100:1140] = 40
    return page


def _light_picture_in_a_dark_frame(page: Picture) -> Picture:
    """A certificate's frame: light inside, dark line, light paper beyond it."""
    page = page.copy()
    cv2.polylines(page, [np.array([[120, 150], [1110, 130], [1150, 1640], [90, 1620]])], True, (20, 20, 20), 40)
    return page


def _table_with_black_header(page: Picture) -> Picture:
    page = page.copy()
    page[200:330, 100:1140] = 15
    return page


def _stamped(page: Picture) -> Picture:
    image = Image.fromarray(page)
    pen_strokes(image, 300, 100)
    red_stamp(image, 760, 1500)
    return np.asarray(image)


def _straight_with_borders(page: Picture) -> Picture:
    return bordered(page, 60, 40, 70, 80)


def _white_table(page: Picture) -> Picture:
    return photo(page, STRONG, np.full((950, 750, 3), 225, np.uint8))


def _square_note(page: Picture) -> Picture:
    return photo(page[:WIDTH], ((0.1, 0.12), (0.9, 0.1), (0.92, 0.92), (0.08, 0.9)), dark_table(750, 750))


@pytest.mark.parametrize(
    "of",
    [
        lambda page: page,
        _torn,
        _cut_at_the_foot,
        _dark_picture_inside,
        _light_picture_in_a_dark_frame,
        _table_with_black_header,
        _stamped,
        _straight_with_borders,
        _white_table,
        _square_note,
        lambda page: np.full_like(page, 255),
        lambda page: np.full_like(page, 20),
    ],
    ids=[
        "plain", "corner outside", "foot outside", "dark picture", "framed", "black header", "stamped", "black borders",
        "white table", "square", "blank", "black",
    ],
)  # fmt: skip
def test_what_is_no_sheet_on_a_table_is_left_alone(of) -> None:  # type: ignore[no-untyped-def]
    taken = of(sheet())
    assert find_sheet(taken) is None
    raster = Raster(taken, 150.0)
    assert laid_flat(lambda dpi: raster, 150) is raster


# --- the way back ---

corner = st.floats(0, 0.22)
quads = st.tuples(*[corner] * 8).map(
    lambda c: ((c[0], c[1]), (1 - c[2], c[3]), (1 - c[4], 1 - c[5]), (c[6], 1 - c[7]))
)  # fmt: skip
points = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=20)


@given(quads, points, st.sampled_from([0, 90, 180, 270]))
def test_points_come_back(corners: Corners, at: list[tuple[float, float]], degrees: int) -> None:
    """Forth and back within a pixel of a picture of 3000."""
    lain = Sheet(corners, (600.0, 800.0)).turned(degrees)
    there = lain.to_picture(np.array(at))
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    back = cv2.getPerspectiveTransform(np.array(lain.corners, np.float32), square)
    assert cv2.perspectiveTransform(there[None], back)[0] == pytest.approx(np.array(at), abs=1 / 3000)


@given(quads, st.sampled_from([0, 90, 180, 270]))
def test_a_turned_sheet_is_the_sheet_in_the_turned_picture(corners: Corners, degrees: int) -> None:
    """Turning the point of the page and then leading it to the picture is leading it there and then turning it."""

    def turn(at: np.ndarray) -> np.ndarray:
        for _ in range(degrees // 90):
            at = np.column_stack([1 - at[:, 1], at[:, 0]])
        return at

    lain = Sheet(corners, (600.0, 800.0))
    at = np.array([[0.1, 0.2], [0.7, 0.4], [0.5, 0.9]])
    assert lain.turned(degrees).to_picture(turn(at)) == pytest.approx(turn(lain.to_picture(at)), abs=1e-4)
    assert lain.turned(degrees).size == ((800.0, 600.0) if degrees % 180 else (600.0, 800.0))


@given(quads)
def test_a_box_on_the_picture_holds_the_four_corners(corners: Corners) -> None:
    lain = Sheet(corners, (600.0, 800.0))
    left, top, right, bottom = lain.box_on_picture((0.2, 0.3, 0.5, 0.35))
    for x, y in lain.to_picture(np.array([[0.2, 0.3], [0.5, 0.3], [0.5, 0.35], [0.2, 0.35]])):
        assert left - 2e-5 <= x <= right + 2e-5
        assert top - 2e-5 <= y <= bottom + 2e-5


def test_a_pages_boxes_are_the_pictures_without_a_sheet() -> None:
    word = Word("a", 0, 1, (0.1, 0.2, 0.3, 0.4))
    page = Page(1, "a", [Line(0, 1, (word,))], "ocr")
    assert page.on_picture((0.1, 0.2, 0.3, 0.4)) == (0.1, 0.2, 0.3, 0.4)
    photographed = replace(page, sheet=Sheet(((0.5, 0.5), (1, 0.5), (1, 1), (0.5, 1)), (600.0, 800.0)))
    assert photographed.on_picture((0.1, 0.2, 0.3, 0.4)) == pytest.approx((0.55, 0.6, 0.65, 0.7))


def test_pages_of_the_corpus_photographed_by_hand_are_found(tmp_path: Path) -> None:
    (one, *_) = source.load_all(None)
    data = scan(one, "phone", PRESETS["phone"], 7, dpi=100).data
    with PdfFile(data, tmp_path / "a.pdf", ReadOptions(dpi=100)) as pdf:
        assert all(find_sheet(pdf.render(number).rgb) is not None for number in range(1, pdf.page_count + 1))

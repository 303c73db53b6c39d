"""Are a scanner's black borders and punched holes wiped to paper, and nothing else?"""

from __future__ import annotations

import numpy as np
import pytest
from page_drawing import HEIGHT, WIDTH, blank, print_lines, red_stamp, scanned, turned
from photographed import Picture, bordered, punched
from PIL import Image

from pipeline.read.first_look import is_blank, orientation
from pipeline.read.margins import fill_holes, wipe_borders
from pipeline.read.prepare import measure_skew, prepare

PAPER = 250


def page() -> Picture:
    return scanned(print_lines(blank()))


def askew(degrees: float) -> Picture:
    """The sheet lies askew before an open lid: wedges along all four sides."""
    plain = print_lines(blank()).rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=(10, 10, 10))
    return scanned(plain)


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        (page(), []),
        (bordered(page(), left=40), ["border"]),
        (bordered(page(), right=90), ["border"]),
        (bordered(page(), 40, 30, 60, 90), ["border"]),
        (bordered(page(), bottom=60, level=60), ["border"]),
        (askew(1.5), ["border"]),
        (bordered(page(), left=4), []),  # a hair at the very edge disturbs nothing
        (bordered(page(), left=600), []),  # half a page is a picture
        (bordered(page(), left=60, level=190), []),  # the shadow of a binding
        (punched(page(), 60, (640, 1110)), ["holes"]),
        (punched(page(), WIDTH - 70, (877,)), ["holes"]),
        (punched(page(), 60, (640, 1110), radius=6), []),  # a bullet
        (punched(page(), 60, (640, 1110), radius=60), []),  # a picture
        (punched(page(), WIDTH // 2, (900,)), []),  # in the text
        (punched(page(), 60, (640,), level=190), []),  # a ring that shows paper
        (punched(bordered(page(), left=30), 90, (640, 1110)), ["border", "holes"]),
    ],
    ids=lambda value: None if isinstance(value, np.ndarray) else "+".join(value) or "untouched",
)
def test_borders_and_holes_are_wiped_only_where_they_are(given: Picture, steps: list[str]) -> None:
    assert [step for step in prepare(given).steps if step in ("border", "holes")] == steps


def test_the_page_is_as_it_was_without_them() -> None:
    """What is wiped is paper afterwards, the print keeps every pixel, and nothing is cut off."""
    plain = page()[:, :, 0]
    marked = punched(bordered(page(), 40, 30, 60, 90), 90, (640, 1110))[:, :, 0].copy()
    assert wipe_borders(marked, PAPER)
    assert fill_holes(marked, PAPER)
    assert marked.shape == (HEIGHT, WIDTH)
    assert (marked[:, :40] > 200).all()
    inner = np.s_[60:-120, 130:-90]
    assert np.array_equal(marked[inner], plain[inner])
    assert (marked[600:1150, 60:120] > 200).all()


def test_the_skew_beside_a_border_is_the_texts() -> None:
    """Wide straight borders outweigh the text, which lies askew."""
    given = bordered(scanned(turned(print_lines(blank()), 1.2)), 90, 80, 90, 100)
    assert prepare(given).skew == pytest.approx(-1.2, abs=0.15)
    assert orientation(given) == 0
    grey = given[:, :, 0].copy()
    wipe_borders(grey, PAPER)
    assert measure_skew(grey) == pytest.approx(-1.2, abs=0.15)


def test_a_seal_at_the_edge_is_no_hole() -> None:
    """A seal across the sheets' edges in a copy without colour, with a black heart."""
    image = print_lines(blank())
    red_stamp(image, -90, 600)
    copy = np.repeat(np.asarray(image.convert("L"))[:, :, None], 3, axis=2).copy()
    before = copy[:, :, 0].copy()
    assert not fill_holes(copy[:, :, 0], PAPER)
    assert np.array_equal(before, copy[:, :, 0])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (punched(scanned(blank()), 60, (640, 1110)), True),
        (bordered(scanned(blank()), 90, 80, 90, 100), True),
        (bordered(page(), 90, 80, 90, 100), False),
    ],
    ids=["holes", "borders", "print within borders"],
)
def test_an_empty_page_stays_one_with_borders_and_holes(given: Picture, expected: bool) -> None:
    assert is_blank(given) is expected

"""Are digits taken for certainly printed and read only when every check agrees?"""

from __future__ import annotations

import pytest
from extract_pages import scanned, table, zoned
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.certain import certainly_read, same_print, second_reading_agrees
from pipeline.layout import Zone
from pipeline.read.model import Box, Page, Reread, Word

PRINTED: Box = (0.30, 0.100, 0.36, 0.112)  # twelve thousandths of the page tall


def word(top: float, bottom: float) -> Word:
    """A word on PRINTED's line, its edges moved by shares of PRINTED's height."""
    return Word("14", 0, 2, (0.2, PRINTED[1] + 0.012 * top, 0.25, PRINTED[3] + 0.012 * bottom))


SIZES = [
    ("the same box", word(0, 0), True),
    ("print differs by less than 0.13 of the height", word(-0.13, 0), True),
    ("pen strokes by 0.24 and more: taller", word(-0.24, 0), False),
    ("pen strokes by 0.24 and more: lower", word(0.24, 0), False),
    ("hanging below the line", word(0, 0.24), False),
    ("as tall, but half a line higher", word(-0.5, -0.5), False),
    ("as tall, a little higher: the page is tilted", word(-0.2, -0.2), True),
    ("no box, as in a text", Word("14", 0, 2), True),
]


@pytest.mark.parametrize(("digits", "same"), table(SIZES))
def test_same_print(digits: Word, same: bool) -> None:
    assert same_print(digits, PRINTED) is same


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_size_does_not_depend_on_the_scale_of_the_page(top: float, bottom: float) -> None:
    """The measures are shares of the height: half the size is the same answer."""
    here = word(top, bottom)
    assert here.box is not None
    half = Word("14", 0, 2, tuple(edge / 2 for edge in here.box))  # type: ignore[arg-type]
    grown, shift = abs(bottom - top), abs(top)
    if min(abs(grown - 0.17), abs(shift - 0.3)) > 1e-6:
        assert same_print(half, tuple(edge / 2 for edge in PRINTED)) is same_print(here, PRINTED)  # type: ignore[arg-type]


TEXT = "Số: 514/SGDĐT-VP"
READINGS = [
    ("the same", ("Số: 514/SGDĐT-VP",), True),
    ("other letters", ("So 514 SGDDT",), True),
    ("another digit", ("Số: 574/SGDĐT-VP",), False),
    ("a digit more", ("Số: 5140/SGDĐT-VP",), False),
    ("a digit less", ("Số: 51/SGDĐT-VP",), False),
    ("parted digits", ("Số: 5 14/SGDĐT-VP",), False),
    ("nothing read", ("",), False),
    ("two readings, one differs", ("Số: 514/SGDĐT-VP", "Số: 574/SGDĐT-VP"), False),
    ("two readings alike", ("Số: 514/SGDĐT-VP", "514"), True),
]


@pytest.mark.parametrize(("texts", "agrees"), table(READINGS))
def test_second_reading(texts: tuple[str, ...], agrees: bool) -> None:
    page = Page(1, TEXT, [], "ocr", rereads=[Reread(0, len(TEXT), texts)])
    assert second_reading_agrees(page, 4, 7) is agrees


def test_a_reading_of_another_line_does_not_count() -> None:
    page = Page(1, TEXT + "\n514", [], "ocr", rereads=[Reread(17, 20, ("514",))])
    assert second_reading_agrees(page, 4, 7) is False


def test_no_second_reading_is_no_agreement() -> None:
    assert second_reading_agrees(Page(1, TEXT, [], "ocr"), 4, 7) is False


def test_typed_text_is_certain() -> None:
    flow = zoned(Zone.NUMBER, TEXT).zone(Zone.NUMBER)
    assert certainly_read(flow, 4, 7)


@given(st.floats(0, 1), st.sampled_from([("514",), ("574",), ()]), st.floats(0.4, 2))
def test_all_three_checks_are_needed(confidence: float, again: tuple[str, ...], height: float) -> None:
    context = scanned(Zone.NUMBER, "Số: 514 /SGDĐT", doubt={"514": confidence}, rereads=again, tall={"514": height})
    flow = context.zone(Zone.NUMBER)
    (printed,) = context.layout.pages[0].boxes_of(8, 14)
    if certainly_read(flow, 4, 7, printed):
        assert confidence >= 0.7
        assert again == ("514",)
        assert abs(height - 1) <= 0.17 + 1e-9


def test_the_month_does_not_vouch_for_the_day() -> None:
    """Read "ngày 12 tháng 12", then "ngày 17 tháng 12": the day is in doubt."""
    text, again = "ngày 12 tháng 12 năm 2021", "ngày 17 tháng 12 năm 2021"
    assert not second_reading_agrees(Page(1, text, [], "ocr", rereads=[Reread(0, len(text), (again,))]), 5, 7)


def test_the_code_does_not_vouch_for_the_serial() -> None:
    """Read "Số: 3/SNV-P3", then "Số: 8/SNV-P3": the serial is in doubt."""
    text, again = "Số: 3/SNV-P3", "Số: 8/SNV-P3"
    assert not second_reading_agrees(Page(1, text, [], "ocr", rereads=[Reread(0, len(text), (again,))]), 4, 5)

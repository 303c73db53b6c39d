"""Is the document's own number given when its digits are certain, and never otherwise?"""

from __future__ import annotations

from typing import Any

import pytest
from extract_pages import scanned, table, zoned
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.found import Found
from pipeline.extract.ownnumber import read_own_number, settle_type_code
from pipeline.layout import Zone

TYPED = [
    ("a công văn", "Số: 514/SGDĐT-VP", "514/SGDĐT-VP", "514/SGDĐT-VP"),
    ("a plan", "Số: 226/KH-UBND", "226/KH-UBND", "226/KH-UBND"),
    ("a Party number without a colon", "Số 205-KH/TU", "205-KH/TU", "205-KH/TU"),
    ("a year inside", "Số: 09/2017/NĐ-CP", "09/2017/NĐ-CP", "09/2017/NĐ-CP"),
    ("capitals", "SỐ: 12/UBND", "12/UBND", "12/UBND"),
    ("the National Assembly's", "Luật số: 121/2025/QH15", "121/2025/QH15", "121/2025/QH15"),
    ("a letter after the serial", "Số: 12a/QĐ-UBND", "12a/QĐ-UBND", "12a/QĐ-UBND"),
    ("spaces and a doubled letter mended", "Số: 514 /SGDDĐT-VP", "514/SGDĐT-VP", "514 /SGDDĐT-VP"),
    ("a hyphen left out, mended", "Số: 226/KHUBND", "226/KH-UBND", "226/KHUBND"),
    ("a final stop is not part of it", "Số: 12/UBND-VX.", "12/UBND-VX", "12/UBND-VX"),
    ("draft: a blank", "Số: /UBND-VHTT", None, "/UBND-VHTT"),
    ("draft: a wide blank", "Số:      /SNV", None, "/SNV"),
    ("only the word", "Số:", None, None),
]


@pytest.mark.parametrize(("line", "number", "raw"), table(TYPED))
def test_typed(line: str, number: str | None, raw: str | None) -> None:
    assert [item and item.value for item in read_own_number(zoned(Zone.NUMBER, line))] == [number, raw]


def test_a_typed_draft_has_nothing_unreadable() -> None:
    number, raw = read_own_number(zoned(Zone.NUMBER, "Số: /UBND-VHTT"))
    assert number is None
    assert raw is not None
    assert [span.text for span in raw.spans] == ["/UBND-VHTT"]


def test_a_draft_with_dots_keeps_its_code_only() -> None:
    _, raw = read_own_number(zoned(Zone.NUMBER, "Số: ....../UBND-VX"))
    assert raw is not None
    assert raw.value == "/UBND-VX"


def test_no_number_line() -> None:
    assert read_own_number(zoned(Zone.PLACE_DATE, "Hà Nội, ngày 1 tháng 2 năm 2021")) == (None, None)


# -- pictures ------------------------------------------------------------------------------------------------------

APART, GLUED = "Số: 514 /SGDĐT-VP", "Số: 514/SGDĐT-VP"
CERTAIN = [
    ("print, read twice alike", APART, {}),
    ("serial and code in one word", GLUED, {}),
    ("a code that lowers its word a little", GLUED, {"doubt": {"514/SGDĐT-VP": 0.66}}),
    ("the other words' doubt does not matter", APART, {"doubt": {"Số:": 0.2}}),
    ("digits a tenth taller than the code", APART, {"tall": {"514": 1.1}}),
    ("a seal over it", APART, {"ink_on": ("514",), "kind": "stamp"}),
    ("the second reading parts it otherwise", APART, {"rereads": ("So 514/SGDDT VP",)}),
]
DOUBTFUL = [
    ("a doubtful word", APART, {"doubt": {"514": 0.69}}),
    ("a doubtful glued word", GLUED, {"doubt": {"514/SGDĐT-VP": 0.64}}),
    ("no second reading", APART, {"rereads": ()}),
    ("a second reading with another digit", APART, {"rereads": ("Số: 574 /SGDĐT-VP",)}),
    ("a second reading with a digit more", APART, {"rereads": ("Số: 5140 /SGDĐT-VP",)}),
    ("a second reading with the digits parted", APART, {"rereads": ("Số: 51 4 /SGDĐT-VP",)}),
    ("one of two readings differs", APART, {"rereads": (APART, "Số: 574 /SGDĐT-VP")}),
    ("digits taller than print", APART, {"tall": {"514": 1.3}}),
    ("digits lower than print", APART, {"tall": {"514": 0.7}}),
    ("a letter among the digits", "Số: 5l4/SGDĐT-VP", {}),
    ("a letter for the first digit", "Số: O14/SGDĐT-VP", {}),
    ("a code that no agency has", "Số: 514/XIYZ-VP", {}),
    ("no code at all", "Số: 514", {}),
    ("nothing before the code", "Số: /UBND-VX", {}),
    ("pen over the serial", APART, {"ink_on": ("514",)}),
    ("pen over the whole number", GLUED, {"ink_on": ("514/SGDĐT-VP",)}),
]


@pytest.mark.parametrize(("line", "how"), table(CERTAIN))
def test_certain_print_gives_the_number(line: str, how: dict[str, Any]) -> None:
    number, _ = read_own_number(scanned(Zone.NUMBER, line, **how))
    assert number is not None
    assert (number.value, number.status) == ("514/SGDĐT-VP", "extracted")


@pytest.mark.parametrize(("line", "how"), table(DOUBTFUL))
def test_anything_less_gives_null_and_never_a_number(line: str, how: dict[str, Any]) -> None:
    number, _ = read_own_number(scanned(Zone.NUMBER, line, **how))
    assert number is not None
    assert (number.value, number.status) == (None, "unreadable")


def test_a_handwritten_serial_leaves_the_printed_code_and_the_box_of_the_ink() -> None:
    context = scanned(Zone.NUMBER, APART, ink_on=("514",))
    number, raw = read_own_number(context)
    assert number is not None
    assert raw is not None
    (pen,) = context.layout.pages[0].ink
    assert number.ink == ((1, pen.box),)
    # What the pen wrote is not even suggested.
    assert number.alternatives == ()
    assert (raw.value, raw.status) == ("/SGDĐT-VP", "extracted")


def test_a_doubtful_reading_is_a_suggestion_to_the_clerk() -> None:
    number, raw = read_own_number(scanned(Zone.NUMBER, APART, doubt={"514": 0.5}))
    assert number is not None
    assert raw is not None
    assert number.alternatives == ("514/SGDĐT-VP",)
    assert raw.value == "/SGDĐT-VP"


def test_a_damaged_code_is_mended_and_the_raw_number_says_what_was_read() -> None:
    number, raw = read_own_number(scanned(Zone.NUMBER, "Số: 514/B1111-VP"))
    assert number is not None
    assert raw is not None
    assert (number.value, raw.value) == ("514/BTTTT-VP", "514/B1111-VP")


def test_a_text_layer_needs_no_second_reading() -> None:
    number, _ = read_own_number(scanned(Zone.NUMBER, GLUED, source="text-layer", rereads=()))
    assert number is not None
    assert number.value == "514/SGDĐT-VP"


@given(st.integers(1, 99999), st.integers(0, 99999), st.floats(0, 1), st.floats(0.5, 2.0), st.booleans())
def test_only_the_serial_that_was_read_can_come_out(
    serial: int, again: int, confidence: float, height: float, pen: bool
) -> None:
    """Whatever the doubts: the number is null, or the serial on which all checks agree."""
    word = str(serial)
    context = scanned(
        Zone.NUMBER, f"Số: {word} /SGDĐT-VP", doubt={word: confidence}, tall={word: height},
        rereads=(f"Số: {again} /SGDĐT-VP",), ink_on=(word,) if pen else (),
    )  # fmt: skip
    number, _ = read_own_number(context)
    assert number is not None
    if number.value is None:
        assert number.status == "unreadable"
    else:
        assert number.value == f"{serial}/SGDĐT-VP"
        assert not pen
        assert again == serial
        assert confidence >= 0.7
        assert 0.8 < height < 1.2


TYPES = [
    ("one letter from the code of the printed type", "64/TTT-SYT", "tờ trình", "64/TTr-SYT"),
    ("the code as it should be", "64/TTr-SYT", "tờ trình", "64/TTr-SYT"),
    ("another type's code stays", "64/BC-SYT", "tờ trình", "64/BC-SYT"),
    ("a công văn has no type code", "64/TTT-SYT", "công văn", "64/TTT-SYT"),
    ("two letters apart", "64/STT-SYT", "tờ trình", "64/STT-SYT"),
    ("no type known", "64/TTT-SYT", None, "64/TTT-SYT"),
]


@pytest.mark.parametrize(("number", "doc_type", "settled"), table(TYPES))
def test_the_printed_type_settles_its_code(number: str, doc_type: str | None, settled: str) -> None:
    found = Found(number, (), "number.header")
    settle_type_code(found, doc_type)
    assert found.value == settled

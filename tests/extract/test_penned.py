"""Which readings of the digit recogniser become values, and which stay suggestions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from extract_pages import LETTER, scanned, table
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.context import Context
from pipeline.extract.issuedate import read_place_date, withdraw_date
from pipeline.extract.ownnumber import read_own_number
from pipeline.extract.penned import SUPPORTED, SURE, named_in_file
from pipeline.extract.received import read_received
from pipeline.layout import Zone
from pipeline.read.model import PenReading, Slot

BOX = (0.2, 0.1, 0.25, 0.12)
BLANK = "Số: /UBND-NC"


def written(
    zone: Zone, text: str, *readings: tuple[Slot, str, float], coloured: bool = True, others: tuple[str, ...] = (),
    **how: object,
) -> Context:  # fmt: skip
    context = scanned(zone, text, **how)  # type: ignore[arg-type]
    page = context.layout.pages[0]
    page.pen = [PenReading(slot, 0, len(text), BOX, digits, p, others, coloured) for slot, digits, p in readings]
    return context


NUMBERS = [
    ("sure", BLANK, ("858", 0.95), {}, "858/UBND-NC", "858/UBND-NC"),
    ("not sure: a suggestion", BLANK, ("858", 0.7), {}, None, "/UBND-NC"),
    ("noise is no suggestion", BLANK, ("8", 0.05), {}, None, "/UBND-NC"),
    ("the text engine reads the same digits", "Số: 858 /UBND-NC", ("858", 0.7), {"doubt": {"858": 0.5}}, "858/UBND-NC",
     "858/UBND-NC"),
    ("the text engine reads others", "Số: 358 /UBND-NC", ("858", 0.7), {"doubt": {"358": 0.5}}, None, "/UBND-NC"),
    ("print that two readings agree on, and strokes say otherwise", "Số: 358 /UBND-NC", ("858", 0.7), {}, None,
     "/UBND-NC"),
    ("print that two readings agree on, and a doubtful other", "Số: 358 /UBND-NC", ("858", 0.2), {}, "358/UBND-NC",
     "358 /UBND-NC"),
    ("a strip cut too narrow is no contradiction", "Số: 358 /UBND-NC", ("35", 0.7), {}, "358/UBND-NC", "358 /UBND-NC"),
    ("a Party paper", "Số: -TB/TU", ("23", 0.95), {}, "23-TB/TU", "23-TB/TU"),
    ("the stroke took the slash with it: no part of a ký hiệu is one", "Số: UBND-VHTT", ("312", 0.99), {}, None,
     "UBND-VHTT"),
    ("a speck between slash and ký hiệu", "Số: /“UBND-VHTT", ("312", 0.99), {}, "312/UBND-VHTT", "312/“UBND-VHTT"),
    ("the stroke misled the engine in the word before it", "Sắ:đ04 /UBND-NC", ("901", 0.95), {}, "901/UBND-NC",
     "901/UBND-NC"),
    ("a leading zero is kept", BLANK, ("08", 0.97), {}, "08/UBND-NC", "08/UBND-NC"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pen", "how", "number", "raw"), table(NUMBERS))
def test_number(text: str, pen: tuple[str, float], how: dict[str, object], number: str | None, raw: str) -> None:
    found, found_raw = read_own_number(written(Zone.NUMBER, text, ("number", *pen), **how))
    assert (found.value if found else None) == number
    assert found_raw is not None
    assert found_raw.value == raw


SMEARED = [
    ("what the engine made of the strokes is no part of the ký hiệu", "-/ZØ", 0.95, "29/QĐ-UBND", "29/QĐ-UBND"),
    ("not sure: the print alone is raw", "-/ZØ", 0.7, None, "/QĐ-UBND"),
    ("a word beyond the strokes is print", "-/ZØ-KLMN", 0.95, None, "/ZØ-KLMN /QĐ-UBND"),
]


@pytest.mark.parametrize(("smear", "p", "number", "raw"), table(SMEARED))
def test_strokes_read_as_letters(smear: str, p: float, number: str | None, raw: str) -> None:
    context = written(Zone.NUMBER, f"Số: {smear} /QĐ-UBND", ("number", "29", p))
    page = context.layout.pages[0]
    _, strokes, *_ = page.words
    assert strokes.box is not None
    left, top, _, bottom = strokes.box
    page.pen = [replace(page.pen[0], box=(left - 0.003, top, left + 4 * LETTER + 0.003, bottom))]
    found, found_raw = read_own_number(context)
    assert found is not None
    assert found_raw is not None
    assert (found.value, found_raw.value) == (number, raw)


@pytest.mark.parametrize(
    ("pen", "others", "value", "offered"),
    [
        (("858", 0.7), (), None, ("858/UBND-NC",)),
        (("858", 0.7), ("838",), None, ("858/UBND-NC", "838/UBND-NC")),
        (("858", 0.99), ("838",), "858/UBND-NC", ("838/UBND-NC",)),
    ],
    ids=["unsure", "two readings", "sure, and what else it may be"],
)
def test_a_suggestion_is_a_whole_number(
    pen: tuple[str, float], others: tuple[str, ...], value: str | None, offered: tuple[str, ...]
) -> None:
    found, _ = read_own_number(written(Zone.NUMBER, BLANK, ("number", *pen), others=others))
    assert found is not None
    assert (found.value, found.alternatives) == (value, offered)


def test_evidence_tells_the_pen_and_its_probability() -> None:
    found, _ = read_own_number(written(Zone.NUMBER, BLANK, ("number", "858", 0.95)))
    assert found is not None
    assert (found.ink, found.certainty, found.rule) == (((1, BOX),), 0.95, "number.pen")


def test_a_gap_nobody_filled_in_is_not_unreadable() -> None:
    number, raw = read_own_number(written(Zone.NUMBER, BLANK, ("number", "", 0.9), coloured=False))
    assert number is None
    assert raw is not None
    assert raw.value == "/UBND-NC"


FILES = [
    ("34CD_2019.PDF", "34", True),
    ("1_vp_409_2019.pdf", "409", True),
    ("CV-so-651_16-04-2019.pdf", "651", True),
    ("CV_08.pdf", "08", False),  # a single digit says nothing
    ("LCTFILE_20190709_084839.pdf", "23", False),
    ("van ban 1234.pdf", "234", False),
]


@pytest.mark.parametrize(("name", "serial", "named"), FILES, ids=[row[0] for row in FILES])
def test_the_files_name(name: str, serial: str, named: bool) -> None:
    assert named_in_file(serial, Path(name)) is named


LINE = "Gia Lai, ngày tháng 4 năm 2021"
DATES = [
    ("sure", LINE, (("day", "14", 0.95),), "2021-04-14", None),
    ("not sure", LINE, (("day", "14", 0.6),), None, "2021-04"),
    ("no such day in the month", LINE, (("day", "31", 0.99),), None, "2021-04"),
    ("print beside it agrees", LINE, (("day", "14", 0.95), ("month", "4", 0.97)), "2021-04-14", None),
    ("print beside it is put in doubt", LINE, (("day", "14", 0.95), ("month", "9", 0.97)), None, "2021"),
    ("day and month by hand", "Gia Lai, ngày tháng năm 2021", (("day", "14", 0.95), ("month", "4", 0.97)), "2021-04-14",
     None),
    ("day sure, month not", "Gia Lai, ngày tháng năm 2021", (("day", "14", 0.95), ("month", "4", 0.6)), None, "2021"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pens", "iso", "partial"), table(DATES))
def test_date(text: str, pens: tuple[tuple[Slot, str, float], ...], iso: str | None, partial: str | None) -> None:
    values = read_place_date(written(Zone.PLACE_DATE, text, *pens))
    assert values["date"].value == iso
    assert (values["partial_date"].value if "partial_date" in values else None) == partial


IMPOSSIBLE = [
    ("a cited document is later", [date(2021, 4, 20)], None, None),
    ("received before it was issued", [], date(2021, 4, 2), None),
    ("cited documents are earlier", [date(2021, 4, 13)], None, "2021-04-14"),
    ("received on the day", [], date(2021, 4, 14), "2021-04-14"),
]


@pytest.mark.parametrize(("cited", "received", "iso"), table(IMPOSSIBLE))
def test_a_handwritten_date_that_cannot_be_is_withdrawn(
    cited: list[date], received: date | None, iso: str | None
) -> None:
    context = written(Zone.PLACE_DATE, LINE, ("day", "14", 0.95))
    values = read_place_date(context)
    context.received = received
    withdraw_date(context, values, cited)
    assert values["date"].value == iso
    assert (context.issued.isoformat() if context.issued else None) == iso
    if iso is None:
        assert values["date"].alternatives == ("2021-04-14",)
        assert values["partial_date"].value == "2021-04"


STAMP = "Số ngày tháng năm 20"
DAY, MONTH = ("day", "09", 0.95), ("month", "4", 0.95)
STAMPS = [
    ("all sure", (("received", "31", 0.95), DAY, MONTH, ("year", "18", 0.95)), "31", "2018-04-09"),
    ("a doubtful year", (("received", "31", 0.95), DAY, MONTH, ("year", "18", 0.4)), "31", None),
    ("a doubtful number", (("received", "31", 0.5), DAY, MONTH, ("year", "18", 0.95)), None, "2018-04-09"),
    ("30 February", (("day", "30", 0.99), ("month", "2", 0.99), ("year", "18", 0.99)), None, None),
]  # fmt: skip


@pytest.mark.parametrize(("pens", "number", "iso"), table(STAMPS))
def test_received_stamp(pens: tuple[tuple[Slot, str, float], ...], number: str | None, iso: str | None) -> None:
    found = read_received(written(Zone.RECEIVED, STAMP, *pens))
    assert found is not None
    assert (found.value["number"], found.value["date"]) == (number, iso)


ISSUED = [
    ("no year was read: the one of the issue", date(2018, 4, 2), None, (), "2018-04-09", "inferred"),
    ("a doubtful year that agrees", date(2018, 4, 2), None, (("year", "18", 0.4),), "2018-04-09", "inferred"),
    ("a sure year", date(2018, 4, 2), None, (("year", "18", 0.95),), "2018-04-09", "extracted"),
    ("a doubtful year that differs", date(2018, 4, 2), None, (("year", "10", 0.4),), None, "unreadable"),
    ("strokes that could be any year", date(2018, 4, 2), None, (("year", "10", 0.15),), "2018-04-09", "inferred"),
    ("over the turn of the year", date(2017, 12, 28), None, (), None, "unreadable"),
    ("received on the day", date(2018, 4, 9), None, (), "2018-04-09", "inferred"),
    ("issued after it: a year later is no likelier than a misreading", date(2018, 4, 10), None, (), None, "unreadable"),
    ("only the month of issue is known", None, (2018, 3), (), "2018-04-09", "inferred"),
    ("only the year of issue is known: April may be of the next year", None, (2018, None), (), None, "unreadable"),
    ("nothing is known of the issue", None, None, (), None, "unreadable"),
]  # fmt: skip


@pytest.mark.parametrize(("issued", "partly", "year", "iso", "status"), table(ISSUED))
def test_year_of_receipt(
    issued: date | None, partly: tuple[int, int | None] | None, year: tuple[tuple[Slot, str, float], ...],
    iso: str | None, status: str,
) -> None:  # fmt: skip
    context = written(Zone.RECEIVED, STAMP, ("received", "31", 0.95), DAY, MONTH, *year)
    context.issued = issued
    if partly:
        context.issued_year, context.issued_month = partly
    elif issued:
        context.issued_year, context.issued_month = issued.year, issued.month
    found = read_received(context)
    assert found is not None
    assert (found.value["date"], found.parts["date"].status) == (iso, status)


@pytest.mark.parametrize(
    ("month", "iso"), [("12", "2018-12-09"), ("6", "2018-06-09"), ("3", None), ("1", None)],
    ids=["December", "June", "in March of the next year it would be late", "January of either year"],
)  # fmt: skip
def test_the_year_of_receipt_from_the_year_of_issue(month: str, iso: str | None) -> None:
    context = written(Zone.RECEIVED, STAMP, DAY, ("month", month, 0.95))
    context.issued_year = 2018
    found = read_received(context)
    assert found is not None
    assert found.value["date"] == iso


def test_a_receipt_in_january_is_of_the_next_year() -> None:
    context = written(Zone.RECEIVED, STAMP, ("day", "03", 0.95), ("month", "1", 0.95))
    context.issued, context.issued_year, context.issued_month = date(2017, 12, 28), 2017, 12
    found = read_received(context)
    assert found is not None
    assert found.value["date"] == "2018-01-03"


@given(st.floats(0, 1), st.sampled_from(["1", "12", "858", "14964"]))
def test_no_value_below_the_threshold(probability: float, serial: str) -> None:
    found, _ = read_own_number(written(Zone.NUMBER, BLANK, ("number", serial, probability)))
    if probability < SURE:
        assert found is None or found.value is None
    assert SUPPORTED < SURE

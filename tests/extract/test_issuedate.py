"""Are place and date of issue given as far as they are certain?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from extract_pages import scanned, table, zoned
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.issuedate import read_place_date
from pipeline.layout import Zone

LINE = "Quảng Ngãi, ngày 14 tháng 4 năm 2021"


def values(found: dict[str, Any]) -> dict[str, Any]:
    return {name: item.value for name, item in found.items()}


TYPED = [
    ("a whole date", LINE, {"place": "Quảng Ngãi", "date": "2021-04-14"}),
    ("draft: the year only", "Triệu Sơn, ngày tháng năm 2020", {"place": "Triệu Sơn", "partial_date": "2020"}),
    ("draft: month and year", "Hà Nội, ngày tháng 11 năm 2020", {"place": "Hà Nội", "partial_date": "2020-11"}),
    ("draft: nothing filled in", "Hà Nội, ngày … tháng … năm …", {"place": "Hà Nội"}),
    ("a day that no month has", "Hà Nội, ngày 31 tháng 02 năm 2021", {"place": "Hà Nội", "partial_date": "2021-02"}),
    ("29 February of a common year", "Huế, ngày 29 tháng 02 năm 2021", {"place": "Huế", "partial_date": "2021-02"}),
    ("29 February of a leap year", "Huế, ngày 29 tháng 02 năm 2024", {"place": "Huế", "date": "2024-02-29"}),
    ("a year no document has", "Hà Nội, ngày 14 tháng 4 năm 1890", {"place": "Hà Nội"}),
    ("no place", "ngày 14 tháng 4 năm 2021", {"date": "2021-04-14"}),
    ("slashes", "Đắk R'lấp, ngày 5/3/2021", {"place": "Đắk R'lấp", "date": "2021-03-05"}),
    ("a place with figures is none", "12 Hà Nội, ngày 1 tháng 2 năm 2021", {"date": "2021-02-01"}),
]


@pytest.mark.parametrize(("line", "expected"), table(TYPED))
def test_typed(line: str, expected: dict[str, str]) -> None:
    assert values(read_place_date(zoned(Zone.PLACE_DATE, line))) == expected


def test_later_extractors_know_the_day() -> None:
    context = zoned(Zone.PLACE_DATE, LINE)
    read_place_date(context)
    assert (context.issued, context.issued_year, context.when) == (date(2021, 4, 14), 2021, date(2021, 4, 14))


def test_of_a_year_alone_the_middle_is_looked_up() -> None:
    context = zoned(Zone.PLACE_DATE, "Triệu Sơn, ngày tháng năm 2020")
    read_place_date(context)
    assert (context.issued, context.when) == (None, date(2020, 6, 30))


SCANNED: list[tuple[str, dict[str, Any], str | None, str | None]] = [
    ("print, read twice alike", {}, "2021-04-14", None),
    ("a seal over it", {"ink_on": ("14",), "kind": "stamp"}, "2021-04-14", None),
    ("a doubtful day", {"doubt": {"14": 0.5}}, None, "2021-04"),
    ("a doubtful month takes the day with it", {"doubt": {"4": 0.5}}, None, "2021"),
    ("a doubtful year takes everything", {"doubt": {"2021": 0.5}}, None, None),
    ("no second reading", {"rereads": ()}, None, None),
    ("a second reading with another day", {"rereads": (LINE.replace("14", "11"),)}, None, "2021-04"),
    ("a second reading with another year", {"rereads": (LINE.replace("2021", "2027"),)}, None, None),
    ("a day taller than the year", {"tall": {"14": 1.3}}, None, "2021-04"),
    ("a month taller than the year", {"tall": {"4": 1.3}}, None, "2021"),
    ("pen over the day", {"ink_on": ("14",)}, None, "2021-04"),
    ("pen over day and month", {"ink_on": ("14", "4")}, None, "2021"),
]


@pytest.mark.parametrize(("how", "day", "partial"), table(SCANNED))
def test_scanned(how: dict[str, Any], day: str | None, partial: str | None) -> None:
    found = read_place_date(scanned(Zone.PLACE_DATE, LINE, **how))
    assert (found["date"].value, values(found).get("partial_date")) == (day, partial)
    assert found["date"].status == ("extracted" if day else "unreadable")
    assert found["place"].value == "Quảng Ngãi"


def test_pen_over_the_day_shows_its_box() -> None:
    context = scanned(Zone.PLACE_DATE, LINE, ink_on=("14",))
    found = read_place_date(context)
    assert [box for _, box in found["date"].ink] == [ink.box for ink in context.layout.pages[0].ink]
    assert context.issued is None


PLACES = [
    ("as printed", "Quảng Ngãi", "Quảng Ngãi", "place.header"),
    ("marks lost", "Quang Ngai", "Quảng Ngãi", "place.lexicon"),
    ("an unknown place stays", "Xyz Abc", "Xyz Abc", "place.header"),
    ("both spellings are in use", "Đăk Nông", "Đăk Nông", "place.header"),
]


@pytest.mark.parametrize(("printed", "place", "rule"), table(PLACES))
def test_place_of_a_scan(printed: str, place: str, rule: str) -> None:
    found = read_place_date(scanned(Zone.PLACE_DATE, LINE.replace("Quảng Ngãi", printed)))
    assert (found["place"].value, found["place"].rule) == (place, rule)


@given(st.dates(date(1946, 1, 1), date(2099, 12, 31)), st.booleans())
def test_every_day_comes_back(day: date, padded: bool) -> None:
    written = f"{day.day:02d} tháng {day.month:02d}" if padded else f"{day.day} tháng {day.month}"
    line = f"Quảng Ngãi, ngày {written} năm {day.year}"
    for context in (zoned(Zone.PLACE_DATE, line), scanned(Zone.PLACE_DATE, line)):
        assert values(read_place_date(context)) == {"place": "Quảng Ngãi", "date": day.isoformat()}


# No figure stands twice in these lines; test_certain asks what happens when one does.
march = st.integers(4, 28).map(lambda day: date(2021, 3, day))


@given(march, march)
def test_a_day_needs_two_readings_of_it(one: date, two: date) -> None:
    def line(day: date) -> str:
        return f"Quảng Ngãi, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"

    found = read_place_date(scanned(Zone.PLACE_DATE, line(one), rereads=(line(two),)))
    assert found["date"].value == (one.isoformat() if one == two else None)
    assert values(found).get("partial_date") == (None if one == two else "2021-03")


COVERED = [
    # (line of which a pen covered a word, partial date)
    ("Quảng Ngãi, tháng 06 năm 2019", "2019-06"),
    ("Quảng Ngãi, tháng 44 năm 2019", "2019"),
    ("Quảng Ngãi, ngày năm 2019", "2019"),
]


@pytest.mark.parametrize(("line", "partial"), COVERED)
def test_a_word_under_the_pen(line: str, partial: str) -> None:
    """The place and what is printed are given, the day never."""
    found = read_place_date(scanned(Zone.PLACE_DATE, line))
    assert found["place"].value == "Quảng Ngãi"
    assert found["partial_date"].value == partial
    assert (found["date"].value, found["date"].status) == (None, "unreadable")

"""What does the string of a whole line say, and where along the strip do its signs stand?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.ctc import align
from pipeline.read.form_line import HEIGHT, LINE, SIGNS, WIDEST, spans_of_line, to_strip, values_of_line

LINES = [
    ("s6825n27t3y2019", {"received": "6825", "day": "27", "month": "3", "year": "19"}, "a stamp on one line"),
    ("s346", {"received": "346"}, "a stamp's number alone"),
    ("s", {"received": ""}, "nothing written"),
    ("s34/", {"number": "34"}, "a document's number, before its ký hiệu"),
    ("s15/2017/", {"number": "15"}, "the printed year is no part of the serial"),
    ("n31/01/12", {"day": "31", "month": "01", "year": "12"}, "slashes and a short year"),
    ("n05/4/2019", {"day": "05", "month": "4", "year": "19"}, "slashes and a whole year"),
    ("n31/012012", {"day": "31", "month": "01", "year": "12"}, "the century printed without a slash"),
    ("n28/82012", {"day": "28", "month": "8", "year": "12"}, "the same with a month of one digit"),
    ("n05t12", {"day": "05", "month": "12", "year": ""}, "no year"),
    ("nty20", {"day": "", "month": "", "year": ""}, "not filled in: the century is print"),
    ("n05t12y20", {"day": "05", "month": "12", "year": ""}, "the century alone is not the year 2020"),
    ("n05/12/20", {"day": "05", "month": "12", "year": ""}, "nor is it after a slash"),
    ("n05/12/1999", {"day": "05", "month": "12", "year": ""}, "no year of this century"),
]


@pytest.mark.parametrize(("text", "expected", "why"), LINES)
def test_values(text: str, expected: dict[str, str], why: str) -> None:
    match = LINE.fullmatch(text)
    assert match is not None
    assert values_of_line(match) == expected, why


@pytest.mark.parametrize("text", ["c", "27t3", "n27y2019", "sn5/", "12", "n1/2/3/4", "s123456"])
def test_what_is_no_line_of_a_form(text: str) -> None:
    assert LINE.fullmatch(text) is None


def test_spans_hold_the_digits() -> None:
    text = "s6825n27t3y2019"
    told = {slot: text[a:b] for slot, (a, b) in spans_of_line(text).items()}
    assert told == {"received": "6825", "day": "27", "month": "3", "year": "2019"}


@given(st.lists(st.tuples(st.sampled_from(SIGNS), st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=12))
def test_signs_are_found_where_they_were_put(put: list[tuple[str, int, int]]) -> None:
    """Scores made of signs with blanks between: the alignment gives a place inside each sign's run."""
    rows: list[int] = [0]
    runs = []
    for sign, long, gap in put:
        runs.append((len(rows), len(rows) + long))
        rows += [SIGNS.index(sign) + 1] * long + [0] * gap
    scores = np.full((len(rows), len(SIGNS) + 1), -12.0)
    scores[np.arange(len(rows)), rows] = -0.001
    places = align(scores, "".join(sign for sign, _, _ in put), SIGNS)
    assert places is not None
    assert all(a <= place < b for place, (a, b) in zip(places, runs, strict=True))


def test_a_text_longer_than_the_strip_has_no_places() -> None:
    assert align(np.zeros((3, len(SIGNS) + 1)), "s123n4t5", SIGNS) is None


@given(st.integers(6, 90), st.integers(3, 900))
def test_a_strip_is_as_high_as_the_network_asks(rows: int, columns: int) -> None:
    grey = np.full((rows, columns), 240, np.uint8)
    grey[rows // 3 : rows // 2, columns // 4 : columns // 2 + 1] = 20
    strip = to_strip(grey)
    assert strip.shape[0] == HEIGHT
    assert strip.shape[1] % 32 == 0
    assert 32 <= strip.shape[1] <= WIDEST
    assert strip.max() > 150
    assert strip.min() == 0

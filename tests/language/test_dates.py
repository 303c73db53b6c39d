"""What is a date in running text and on a date line, and what only looks like one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.dates import find_dates, parse_date_line

WHOLE = [
    ("ngày 05 tháng 01 năm 2020", "2020-01-05"),
    ("ngày 14/4/2021", "2021-04-14"),
    ("09/02/2017", "2017-02-09"),
    ("30-4-2019", "2019-04-30"),
    ("ngày 30.4.2019", "2019-04-30"),
    ("ngày 15 tháng 6/2019", "2019-06-15"),  # the two ways of printing mixed
    ("ngày 30\ntháng 6\nnăm 2019", "2019-06-30"),  # broken over lines
    ("ngày16 tháng7năm 2019", "2019-07-16"),  # glued by recognition
    ("ngay 16 thang 7 nam 2019", "2019-07-16"),  # marks lost
    ("ngày 5 tháng năm năm 2019", "2019-05-05"),  # the month as a word that is also "year"
    ("30 tháng tư năm 1975", "1975-04-30"),  # without "ngày"
    ("ngày **14** tháng 4 năm 2021", "2021-04-14"),  # bold in Markdown
    ("ngày 29/02/2020", "2020-02-29"),
]


@pytest.mark.parametrize(("text", "iso"), WHOLE)
def test_a_whole_date_in_its_printed_forms(text: str, iso: str) -> None:
    (span,) = find_dates(f"Theo văn bản {text}, các đơn vị")
    assert (span.iso, span.partial, span.raw) == (iso, None, text)


PARTIAL = [
    ("tháng 6/2019", "2019-06"),
    ("tháng 01-2019", "2019-01"),
    ("tháng 6 năm 2019", "2019-06"),
    ("ngày … tháng 5 năm 2019", "2019-05"),  # the day not yet filled in
    ("ngày ..... tháng 5 năm 2019", "2019-05"),
    ("ngày   tháng   năm 2020", "2020"),
    ("ngày (6 tháng 7 năm 2019", "2019-07"),  # a bracket may be the rest of a digit: 6 or 16?
    ("ngày I2 tháng 04 năm 2019", "2019-04"),
    ("ngày,44 tháng 7 năm 2019", "2019-07"),  # no such day
    ("ngày 1 4 tháng 4 năm 2021", "2021-04"),  # in running text nothing says that 1 4 is 14
    ("kỳ họp thứ 7 tháng 5 năm 2019", "2019-05"),  # the session's number is no day
]


@pytest.mark.parametrize(("text", "partial"), PARTIAL)
def test_only_the_parts_that_are_clear_are_given(text: str, partial: str) -> None:
    (span,) = find_dates(text)
    assert (span.iso, span.partial, span.day) == (None, partial, None)


@pytest.mark.parametrize(
    ("text", "day", "month"),
    [("ngày 30/6", 30, 6), ("ngày 15 tháng 6", 15, 6), ("ngày 20-11", 20, 11), ("ngày 14/4/21", 14, 4)],
)
def test_a_date_without_a_year_has_none(text: str, day: int, month: int) -> None:
    (span,) = find_dates(f"{text} tới")
    assert (span.day, span.month, span.year, span.iso, span.partial) == (day, month, None, None, None)


NOT_DATES = [
    "7/2 số hộ",  # a fraction
    "trực 24/7",
    "24/24 giờ",
    "nhiệm kỳ 2016-2021",
    "giai đoạn 2011 - 2020",
    "Nghị định số 12/2019/NĐ-CP",
    "Nghị quyết 05/12/2019/NQ-HĐND",  # a document number of three groups
    "8.045.415.530 đồng",
    "10.12.2000.000 đồng",
    "trong 6 tháng năm 2019",  # a count of months
    "6 tháng đầu năm 2019",
    "mùng 04 tháng giêng Âm lịch",
    "ngày 10 tháng 3 âm lịch",
    "ngày 10/3 (âm lịch)",
    "ngày 29 tháng 12 năm Mậu Tuất",
    "ngày 31/02/2019",
    "ngày 2£/12/2018",  # half a day is not a month
    "các ngày 5-10 tháng tới",  # five to ten, or the fifth of October?
    "ngày 15. 3 đơn vị chưa nộp",
    "192.168.1.2019",
    "mục 1.2.2019",
    "tỷ lệ 9/10/20 điểm",
]


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert find_dates(text) == []


def test_dates_come_in_order_and_do_not_overlap() -> None:
    text = "Công văn số 365/STTTT ngày 13/4/2021; Chỉ thị 14/CT-UBND ngày 23 tháng 12 năm 2020, trong tháng 5/2021"
    spans = find_dates(text)
    assert [span.iso or span.partial for span in spans] == ["2021-04-13", "2020-12-23", "2021-05"]
    assert all(text[span.start : span.end] == span.raw for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


LINES = [
    # printed well
    ("Gia Lai, ngày 23 tháng 3 năm 2020", (2020, 3, 23)),
    ("Hà Nội, ngày 14/4/2021", (2021, 4, 14)),
    ("Quảng Ngãi, ngày **14** tháng 4 năm 2021", (2021, 4, 14)),
    ("Triệu Sơn, ngày tháng năm 2020", (2020, None, None)),
    ("Hà Nội, ngày … tháng 5 năm 2019", (2019, 5, None)),
    ("Hà Nội, ngày ..5.. tháng .6.. năm 2019", (2019, 6, 5)),
    # damaged, with one reading
    ("Đắk Nông, ngay 16 thang 7 nam 2019", (2019, 7, 16)),
    ("Đắk Nông, ngày16 tháng7năm 20 19", (2019, 7, 16)),
    ("Hà Nội, ngày 1 4 tháng 4 năm 2021", (2021, 4, 14)),
    ("Gia Lai, 16 tháng 7 năm 2019", (2019, 7, 16)),  # the word "ngày" lost
    ("Số: 5/TB Hà Nội, ngày 12 tháng 7 năm 2019 THÔNG BÁO", (2019, 7, 12)),  # columns run together
    # in doubt: the part is left out
    ("Krông Nô, ngàyŸ tháng 6 năm 2019", (2019, 6, None)),
    ("Krông Nô, ngày Ø7 tháng 6 năm 2019", (2019, 6, None)),
    ("Đắk R'lấp, ngày |} tháng ® năm 2019", (2019, None, None)),
    ("Hà Nội, ngày {2 tháng 3 năm 2019", (2019, 3, None)),
    ("Đắk Nông, ngày 48 tháng 7 năm 2019", (2019, 7, None)),
    ("Đắk Nông, ngày (6 tháng 7 năm 2019", (2019, 7, None)),
    ("Đăk Nông, ngày I2 tháng 04 năm 2019", (2019, 4, None)),
    ("Hà Nội, ngày 123 tháng 5 năm 2020", (2020, 5, None)),
    ("Hà Nội, ngày 31 tháng 4 năm 2021", (2021, 4, None)),
    ("Hà Nội, ngày 29 tháng 2 năm 2021", (2021, 2, None)),
    ("Hà Nội, ngày 12 tháng 13 năm 2021", (2021, None, 12)),
    ("Hà Nội, ngày 12 tháng 5 năm 201g", (None, 5, 12)),
    ("Hà Nội, ngày 12 tháng 5 năm 20199", (None, 5, 12)),
    ("Hà Nội, ngày 12 tháng 5 năm 0219", (None, 5, 12)),
]


@pytest.mark.parametrize(("line", "parts"), LINES)
def test_the_date_line(line: str, parts: tuple[int | None, int | None, int | None]) -> None:
    span = parse_date_line(line)
    assert span is not None
    assert (span.year, span.month, span.day) == parts
    assert line[span.start : span.end] == span.raw


@pytest.mark.parametrize(
    "line", ["", "KẾ HOẠCH", "Số: 12/2019/NĐ-CP", "6 tháng đầu năm", "Độc lập - Tự do - Hạnh phúc"]
)
def test_no_date_line(line: str) -> None:
    assert parse_date_line(line) is None


days = st.dates(date(1950, 1, 1), date(2099, 12, 31))
FORMS = [
    "ngày {d:%d} tháng {d:%m} năm {d:%Y}",
    "ngày {d.day} tháng {d.month} năm {d.year}",
    "ngày {d.day:02d}/{d.month}/{d.year}",
    "ngày {d.day}/{d.month}/{d.year}",
    "{d:%d/%m/%Y}",
    "{d:%d-%m-%Y}",
    "{d:%d.%m.%Y}",
    "ngày {d.day}.{d.month}.{d.year}",
    "ngày{d.day} tháng{d.month}năm {d.year}",
    "ngay {d.day} thang {d.month} nam {d.year}",
    "Ngày {d.day}\ntháng {d.month}\nnăm {d.year}",
    "NGÀY {d.day} THÁNG {d.month} NĂM {d.year}",
]


@settings(deadline=None)
@given(days, st.sampled_from(FORMS), st.sampled_from(["", "Căn cứ ", "("]), st.sampled_from(["", ".", ", của", ") và"]))
def test_every_printed_form_reads_back(day: date, form: str, before: str, after: str) -> None:
    printed = form.format(d=day)
    (span,) = find_dates(before + printed + after)
    assert span.date == day
    assert span.raw == printed


@settings(deadline=None)
@given(
    days,
    st.sampled_from(FORMS[:2] + FORMS[8:10]),
    st.sampled_from(["Hà Nội", "Đắk R'Lấp", "TP. Hồ Chí Minh", "Gia Lai"]),
)
def test_every_date_line_reads_back(day: date, form: str, place: str) -> None:
    span = parse_date_line(f"{place}, {form.format(d=day)}")
    assert span is not None
    assert span.date == day


@settings(deadline=None)
@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from(["{}/{}", "{}/{} giờ", "({}/{})", "đạt {}/{} xã"]))
def test_a_fraction_is_never_a_date(a: int, b: int, form: str) -> None:
    assert find_dates(form.format(a, b)) == []


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_a_number_is_never_a_date(number: int) -> None:
    assert find_dates(f"số tiền {number:,} đồng".replace(",", ".")) == []
    assert find_dates(f"số {number}") == []


@settings(deadline=None)
@given(st.integers(1900, 2100), st.integers(1900, 2100))
def test_a_range_of_years_is_never_a_date(a: int, b: int) -> None:
    assert find_dates(f"giai đoạn {a}-{b}, {a} - {b}, {a}/{b}") == []


@settings(deadline=None)
@given(st.integers(1, 9999), st.integers(2000, 2030), st.sampled_from(["NĐ-CP", "QĐ-UBND", "TT-BTC", "NQ-HĐND"]))
def test_a_document_number_is_never_a_date(number: int, year: int, code: str) -> None:
    assert find_dates(f"số {number}/{year}/{code} và {number}/{code}") == []


@settings(deadline=None)
@given(st.text(max_size=60))
def test_spans_hold_their_text_whatever_comes(text: str) -> None:
    for span in find_dates(text):
        assert text[span.start : span.end] == span.raw
    line = parse_date_line(text)
    assert line is None or text[line.start : line.end] == line.raw


@settings(deadline=None)
@given(st.integers(0, 999), st.sampled_from("OolI|(){}°£®ŸØ"), st.integers(1, 12))
def test_ink_beside_a_digit_leaves_the_day_out(number: int, ink: str, month: int) -> None:
    for day in (f"{ink}{number}", f"{number}{ink}"):
        span = parse_date_line(f"Hà Nội, ngày {day} tháng {month} năm 2020")
        assert span is not None
        assert span.day is None
        assert span.partial == f"2020-{month:02d}"


@pytest.mark.parametrize("mark", ["\n", "… ", "....", "- ", "ngày ", "1 "])
def test_a_page_of_one_mark_holds_no_date(mark: str) -> None:
    # Ruined recognition gives such pages; a pattern that backtracks over them would not come back.
    assert find_dates(mark * 50_000) == []

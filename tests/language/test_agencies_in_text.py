"""Which agencies does a running text name, with which places, and what only looks like one?"""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.agencies_in_text import AgencySpan, find_agencies
from pipeline.lexicon.agencies import agencies
from pipeline.lexicon.places import provinces


def places_of(span: AgencySpan) -> set[str]:
    return {f"{unit.kind} {unit.name}" for unit in span.places}


NAMED = [
    # text, ids, places
    ("Ủy ban nhân dân tỉnh Gia Lai", ("ubnd-tinh",), {"tỉnh Gia Lai"}),
    ("UBND huyện Triệu Sơn", ("ubnd-huyen",), {"huyện Triệu Sơn"}),
    ("UBND xã Quảng Tín", ("ubnd-xa",), {"xã Quảng Tín"}),
    ("Sở TT&TT Gia Lai", ("stttt",), {"tỉnh Gia Lai"}),  # a place without its kind
    ("Sở GDĐT Quảng Ngãi", ("sgddt",), {"tỉnh Quảng Ngãi"}),  # initials
    ("SỞ NÔNG NGHIỆP VÀ PTNT", ("snnptnt",), set()),  # capitals, half initials
    ("Sở LĐ-TB&XH", ("sldtbxh",), set()),  # marks inside the short form
    ("Sở NN &PTNT", ("snnptnt",), set()),  # a blank where recognition put it
    ("Sở Tài nguyên môi trường", ("stnmt",), set()),  # "và" left out
    ("Công an tỉnh Quảng Ngãi", ("cat",), {"tỉnh Quảng Ngãi"}),
    ("công an tỉnh", ("cat",), set()),  # small letters, but a level
    ("thanh tra tỉnh Đăk Nông", ("ttr-tinh",), {"tỉnh Đắk Nông"}),  # another spelling of the place
    ("Kho bạc nhà nước huyện Đăk R'lấp", ("kbnn-huyen",), {"huyện Đắk R'Lấp"}),  # an apostrophe in the place
    ("UBND TP. Hồ Chí Minh", ("ubnd-tinh",), {"thành phố Hồ Chí Minh"}),  # a city that is a province
    ("UBND thành phố Pleiku", ("ubnd-huyen",), {"thành phố Pleiku"}),  # a city that is a district
    ("Uỷ ban nhân dân tỉnh Bà Rịa - Vũng Tàu", ("ubnd-tinh",), {"tỉnh Bà Rịa - Vũng Tàu"}),  # the longest place
    ("Chủ tịch UBND tỉnh", ("ctubnd-tinh",), set()),
    ("Thủ tướng Chính phủ", ("ttg",), set()),
    ("Văn phòng HĐND-UBND huyện", ("vp-huyen",), set()),  # two bodies joined by a hyphen
    ("TT. HĐND tỉnh", ("tthdnd-tinh",), set()),  # the point of a short form
    ("Ban Thường vụ Tỉnh ủy", ("tu",), set()),
    ("Bộ Tư pháp", ("btp",), set()),  # "Tư" is not the short form TƯ
    ("Sở Thông tin và\nTruyền thông", ("stttt",), set()),  # broken over a line
    ("Trường THPT Nguyễn Du", ("thpt",), set()),  # its own name belongs to it
    ("VPCP", ("vpcp",), set()),
]


@pytest.mark.parametrize(("name", "ids", "places"), NAMED)
def test_an_agency_is_found_with_its_place(name: str, ids: tuple[str, ...], places: set[str]) -> None:
    text = f"Theo đề nghị của {name}; các đơn vị thực hiện."
    (span,) = find_agencies(text)
    assert (span.text, span.agency_ids, places_of(span)) == (name, ids, places)
    assert span.exact


UNDAMAGED = [
    ("Uy ban nhan dan tinh Quang Ngai", ("ubnd-tinh",), {"tỉnh Quảng Ngãi"}),  # no marks at all
    ("Sở Giao dục và Đào tạo", ("sgddt",), set()),  # one mark lost
    ("HỘI ĐÔNG NHÂN DÂN TỈNH", ("hdnd-tinh",), set()),  # Ồ read as Ô
    ("Ủy ban nhân đân tỉnh Đắk Nông", ("ubnd-tinh",), {"tỉnh Đắk Nông"}),
]


@pytest.mark.parametrize(("name", "ids", "places"), UNDAMAGED)
def test_lost_marks_are_forgiven_and_said(name: str, ids: tuple[str, ...], places: set[str]) -> None:
    (span,) = find_agencies(f"của {name}.")
    assert (span.text, span.agency_ids, places_of(span), span.exact) == (name, ids, places, False)


NOBODY = [
    "chính phủ điện tử",
    "Chính phủ điện tử tỉnh",
    "công an tinh nhuệ",  # "tinh" is no level without a place behind it
    "bảo hiểm xã hội bắt buộc",
    "Bảo hiểm xã hội là quyền lợi",  # an ordinary word at the head of a sentence
    "Ủy ban nhân dân cấp xã",  # no level of its own
    "cấp tỉnh, Ủy ban nhân dân cấp xã",  # "tỉnh, Ủy" is not Tỉnh ủy
    "tỉnh và Ủy ban",
    "Hội đồng, Bộ trưởng",
    "Chi cục Thú y vùng V",  # not Cục Thú y
    "cán bộ Công an",
    "đường bộ Đắk Nông",  # not "Bộ" with a place
    "Số: 02/CT-UBND",
    "số 359/STTTT-BCVT ngày 23/3/2020",
    "gửi về ubnd@gialai.gov.vn",
    "KẾ HOẠCH ĐẦU TƯ CÔNG",  # TƯ among capitals is a word
    "hướng dẫn của Trung ương",
    "trường tiểu học",
    "Trường Tiểu học và nhà trẻ",  # which one, nobody knows
    "Đại hội Đảng bộ tỉnh",  # a meeting
    "",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_only_looks_like_an_agency(text: str) -> None:
    assert find_agencies(text) == []


def test_the_text_does_not_say_which_level() -> None:
    (span,) = find_agencies("UBND thành phố chỉ đạo")
    assert span.agency_ids == ("ubnd-tinh", "ubnd-huyen")


ROWS = [
    ("UBND các huyện, thị xã, thành phố", ("ubnd-huyen",)),  # "thành phố" is a district here
    ("Công an các tỉnh, thành phố trực thuộc Trung ương", ("cat",)),  # and a province here
    ("Chủ tịch UBND các tỉnh, thành phố trực thuộc TW", ("ctubnd-tinh",)),
    ("UBND các xã, phường và thị trấn", ("ubnd-xa",)),
    ("Phòng VH-TT các huyện", ("pvhtt",)),
]


@pytest.mark.parametrize(("name", "ids"), ROWS)
def test_every_agency_of_a_kind(name: str, ids: tuple[str, ...]) -> None:
    (span,) = find_agencies(f"{name} phối hợp")
    assert (span.text, span.agency_ids, span.plural) == (name, ids, True)


OVER = [
    ("Cục An toàn thông tin – Bộ TT&TT", "cattt", "btttt"),
    ("Trung tâm Công nghệ thông tin và Truyền thông thuộc Sở TT&TT", "ttcntttt", "stttt"),
    ("Trung tâm CNTT&TT (thuộc Sở Thông tin và Truyền thông", "ttcntttt", "stttt"),
    ("Thanh tra Sở Y tế", "ttr-so", "syt"),  # the last word of the one is the first of the other
    ("Tổng cục Thi hành án dân sự trực thuộc Bộ Tư pháp", "tcthads", "btp"),
]


@pytest.mark.parametrize(("name", "identity", "over"), OVER)
def test_the_body_over_an_agency_belongs_to_the_mention(name: str, identity: str, over: str) -> None:
    (span,) = find_agencies(f"{name}: chủ trì")
    assert (span.text, span.agency_ids) == (name, (identity,))
    assert span.under is not None
    assert span.under.agency_ids == (over,)
    assert span.under.end == span.end


def test_a_dash_between_equals_joins_nothing() -> None:
    first, second = find_agencies("Sở Nội vụ - Sở Tài chính")
    assert (first.text, second.text) == ("Sở Nội vụ", "Sở Tài chính")


def test_a_deputy_is_not_the_office() -> None:
    (span,) = find_agencies("Phó Thủ tướng Chính phủ")
    assert span.agency_ids == ("cp",)
    (span,) = find_agencies("Phó Chủ tịch UBND tỉnh Gia Lai")
    assert span.agency_ids == ("ubnd-tinh",)


def test_a_day_leaves_the_agencies_of_that_day() -> None:
    text = "Sở Thông tin và Truyền thông"
    assert [span.agency_ids for span in find_agencies(text, date(2020, 3, 23))] == [("stttt",)]
    assert find_agencies(text, date(2026, 3, 23)) == []
    assert find_agencies("UBND huyện Triệu Sơn", date(2026, 3, 23)) == []


def test_several_agencies_in_the_order_of_the_text() -> None:
    text = "- Như trên;\n-UBND tỉnh;\n- Đoàn ĐBQH tỉnh, HĐND tỉnh\n(Số 02/CT-UBND) của Bộ TT&TT."
    assert [text[s.start : s.end] for s in find_agencies(text)] == [
        "UBND tỉnh", "Đoàn ĐBQH tỉnh", "HĐND tỉnh", "Bộ TT&TT",
    ]  # fmt: skip


def test_decomposed_text_keeps_its_own_offsets() -> None:
    text = unicodedata.normalize("NFD", "của Sở Y tế tỉnh Quảng Ngãi.")
    (span,) = find_agencies(text)
    assert unicodedata.normalize("NFC", text[span.start : span.end]) == "Sở Y tế tỉnh Quảng Ngãi"
    assert span.agency_ids == ("syt",)


_NAMES = st.sampled_from([name for agency in agencies() for name in (agency.name, *agency.short_names)])
_PLACES = st.sampled_from([f" {unit.kind} {unit.name}" for unit in provinces()] + [""])
_BETWEEN = st.sampled_from(["; ", ", ", " và ", "\n- ", " thuộc ", " - ", "/", " ", ". "])


@given(st.lists(st.tuples(_NAMES, _PLACES, _BETWEEN), max_size=6) | st.just([]), st.text(max_size=12))
@settings(max_examples=150, deadline=None)
def test_spans_give_their_text_and_do_not_overlap(parts: list[tuple[str, str, str]], noise: str) -> None:
    text = noise + "".join(name + place + between for name, place, between in parts) + noise
    spans = find_agencies(text)
    for span in spans:
        assert text[span.start : span.end] == span.text
        assert span.agency_ids
        assert span.under is None or span.start < span.under.start < span.under.end == span.end
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize(
    "name", sorted({agency.name for agency in agencies() if agency.level in ("ministry", "department")})
)
def test_every_ministry_and_department_is_found_by_its_full_name(name: str) -> None:
    spans = find_agencies(f"Theo đề nghị của {name} tại văn bản trên")
    assert [span.text for span in spans] == [name]


@given(st.text(alphabet="Sở Y tế tỉnhUBND,.-–và\n()TƯ/ 1", max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_survived(text: str) -> None:
    for span in find_agencies(text):
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "unit", ["Sở,", "Sở-", "UBND ", "Sở Y tế thuộc ", "Thanh tra Sở ", "tỉnh, ", "Trường THPT A ", "a.", "'"]
)
def test_ruined_pages_end(unit: str) -> None:
    """Work stays in proportion to the text: anything quadratic here would run into the time limit of the suite."""
    text = unit * (60_000 // len(unit))
    assert all(text[span.start : span.end] == span.text for span in find_agencies(text))

"""Agencies: codes, misspelt codes, names, and agencies of places."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.agencies import (
    agencies,
    agencies_named,
    agencies_with_code,
    agency_with_id,
    canonical_code,
)
from pipeline.lexicon.issuers import local_agencies_named
from pipeline.lexicon.places import full_name
from pipeline.lexicon.types import document_types

BEFORE, AFTER = date(2021, 4, 14), date(2025, 9, 1)

LEVELS = {
    "state", "ministry", "ministry-agency", "province", "department", "district", "district-division", "commune",
    "party", "mass", "court", "procuracy", "other",
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "on", "ids"),
    [
        ("SGDĐT", BEFORE, ["sgddt"]),
        ("SGD&ĐT", BEFORE, ["sgddt"]),  # a spelling in use
        ("SGDDT", BEFORE, ["sgddt"]),  # Đ typed as D
        ("SGDDĐT", BEFORE, ["sgddt"]),  # typing error
        ("GDĐT", BEFORE, ["sgddt", "pgddt"]),  # sở or phòng: both
        ("STTTT", BEFORE, ["stttt"]),
        ("STTTT", AFTER, []),  # merged on 01/3/2025
        ("SNNMT", AFTER, ["snnmt"]),
        ("SNNMT", BEFORE, []),
        ("BTTTT", date(2015, 2, 9), ["btttt"]),
        ("BBCVT", date(2005, 5, 5), ["bbcvt"]),
        ("BNNMT", date(2025, 3, 1), ["bnnmt"]),
        ("BTNMT", date(2025, 2, 28), ["btnmt"]),
        ("BTNMT", date(2025, 3, 1), []),
        ("TTg", None, ["ttg"]),
        ("TTG", None, ["ttg"]),
        ("QH14", None, ["qh"]),  # with its term
        ("UBTVQH11", None, ["ubtvqh"]),
        ("QHK6", None, ["qh"]),
        ("A05", BEFORE, ["ca05"]),  # a figure that belongs to the code
        ("UBND", BEFORE, ["ubnd-tinh", "ubnd-huyen", "ubnd-xa"]),
        ("UBND", AFTER, ["ubnd-tinh", "ubnd-xa"]),  # no districts any more
        ("TU", BEFORE, ["tu"]),
        ("HU", AFTER, []),
        ("TW", None, ["tw"]),
        ("XYZ", None, []),
        ("", None, []),
    ],
)
def test_agencies_with_code(code: str, on: date | None, ids: list[str]) -> None:
    assert [agency.id for agency in agencies_with_code(code, on)] == ids


@pytest.mark.parametrize(
    ("code", "on", "mended"),
    [
        ("SGDĐT", BEFORE, "SGDĐT"),
        ("SGDDĐT", BEFORE, "SGDĐT"),
        ("SGDDT", BEFORE, "SGDĐT"),
        ("SGD&ĐT", BEFORE, "SGD&ĐT"),  # right for its office: never rewritten
        ("SGD", BEFORE, "SGD"),
        ("HDND", BEFORE, "HĐND"),
        ("UBDN", BEFORE, "UBND"),
        ("VPVP", date(2018, 10, 17), "VPCP"),
        ("TTG", None, "TTg"),
        ("QH14", None, "QH14"),
        ("STTT", BEFORE, None),  # a letter is missing: which one is not certain
        ("SLĐTBX", BEFORE, None),
        ("ABCD", None, None),
    ],
)
def test_canonical_code_mends_only_what_is_certain(code: str, on: date | None, mended: str | None) -> None:
    assert canonical_code(code, on) == mended


@pytest.mark.parametrize(
    ("text", "on", "ids"),
    [
        ("Sở Thông tin và Truyền thông", BEFORE, ["stttt"]),
        ("Sở TT&TT", BEFORE, ["stttt"]),
        ("Sở TTTT", BEFORE, ["stttt"]),
        ("SỞ TT & TT", BEFORE, ["stttt"]),
        ("Sở Nông nghiệp và PTNT", BEFORE, ["snnptnt"]),  # half of it short
        ("Sở NN&PTNT", BEFORE, ["snnptnt"]),
        ("Sở LĐ-TB&XH", BEFORE, ["sldtbxh"]),
        ("Sở Lao động, Thương binh và Xã hội", BEFORE, ["sldtbxh"]),
        ("Sở VH,TT&DL", BEFORE, ["svhttdl"]),
        ("Sở VHTT", date(2007, 1, 1), ["svhttin"]),  # Văn hóa - Thông tin then
        ("Sở VHTT", BEFORE, ["svhtt"]),  # Văn hóa và Thể thao now
        ("Phòng VH-TT", BEFORE, ["pvhtt"]),
        ("UỶ BAN NHÂN DÂN TỈNH", None, ["ubnd-tinh"]),
        ("Văn phòng UBND tỉnh", None, ["vpubnd-tinh"]),
        ("BTV Tỉnh uỷ", None, ["tu"]),
        ("Ban Bí thư", None, ["tw"]),
        ("UBMTTQ Việt Nam tỉnh", None, ["mttq-tinh"]),
        ("Bộ TT&TT", BEFORE, ["btttt"]),
        ("Bộ TT&TT", AFTER, []),
        ("Ngân hàng Nhà nước", None, ["nhnn"]),
        ("so thong tin va truyen thong", BEFORE, []),  # marks count
        ("Sở", None, []),
        ("", None, []),
    ],
)
def test_agencies_named(text: str, on: date | None, ids: list[str]) -> None:
    assert [agency.id for agency in agencies_named(text, on)] == ids


@pytest.mark.parametrize(
    ("text", "on", "found"),
    [
        ("Sở GDĐT tỉnh Quảng Ngãi", BEFORE, [("sgddt", "tỉnh Quảng Ngãi")]),
        ("Sở Thông tin và Truyền thông Quảng Ngãi", BEFORE, [("stttt", "tỉnh Quảng Ngãi")]),
        ("Sở Thông tin và Truyền thông tỉnh", BEFORE, [("stttt", None)]),
        ("Phòng Tài chính – Kế hoạch huyện", BEFORE, [("ptckh", None)]),
        ("ỦY BAN NHÂN DÂN HUYỆN TRIỆU SƠN", BEFORE, [("ubnd-huyen", "huyện Triệu Sơn")]),
        ("UBND TP. Pleiku", BEFORE, [("ubnd-huyen", "thành phố Pleiku")]),  # a city of a province
        ("UBND thành phố Đà Nẵng", BEFORE, [("ubnd-tinh", "thành phố Đà Nẵng")]),  # a city like a province
        ("UBND TP.HCM", BEFORE, [("ubnd-tinh", "thành phố Hồ Chí Minh")]),
        ("Huyện ủy Đắk R’lấp", BEFORE, [("hu", "huyện Đắk R'Lấp")]),
        ("Công an tỉnh Gia Lai", AFTER, [("cat", "tỉnh Gia Lai")]),
        ("UBND xã Kiến Thành", BEFORE, [("ubnd-xa", "xã Kiến Thành")] * 2),  # in two provinces
        ("Bộ Tài chính", None, [("btc", None)]),
        ("Cục An toàn thông tin – Bộ TT&TT", BEFORE, [("cattt", None)]),
        ("UBND huyện Không Có", BEFORE, []),
        ("Công ty Cổ phần Cấp nước tỉnh Đắk Nông", BEFORE, []),
    ],
)
def test_local_agencies_named(text: str, on: date | None, found: list[tuple[str, str | None]]) -> None:
    local = local_agencies_named(text, on)
    assert [(some.agency.id, full_name(some.place) if some.place else None) for some in local] == found


def test_rows_are_sound() -> None:
    known = {agency.id for agency in agencies()}
    assert len(known) == len(agencies())
    for agency in agencies():
        assert agency.codes, agency.id
        assert agency.level in LEVELS, agency.id
        assert agency.successor is None or agency.successor in known, agency.id
        assert agency.tier in {None, 1, 2, 3}, agency.id
        if agency.valid_from and agency.valid_to:
            assert agency.valid_from <= agency.valid_to, agency.id
        assert not set(agency.misspellings) & {code for some in agencies() for code in some.codes}, agency.id


def test_a_successor_begins_before_its_predecessor_has_long_ended() -> None:
    for agency in agencies():
        heir = agency_with_id(agency.successor) if agency.successor else None
        if heir and heir.valid_from and agency.valid_to:
            assert (heir.valid_from - agency.valid_to).days <= 31, agency.id


def test_every_agency_is_found_by_its_codes_and_names() -> None:
    for agency in agencies():
        for code in agency.codes:
            assert agency in agencies_with_code(code), (agency.id, code)
        for name in (agency.name, *agency.short_names):
            assert agency in agencies_named(name), (agency.id, name)
            assert agency in agencies_named(name.upper()), (agency.id, name)


def test_ministries_of_the_cabinets() -> None:
    names = {agency.name for agency in agencies(date(2025, 3, 1)) if agency.level == "ministry"}
    assert len(names) == 17  # 14 ministries and 3 agencies of ministerial rank, NQ 176/2025/QH15
    names = {agency.name for agency in agencies(date(2015, 1, 1)) if agency.level == "ministry"}
    assert len(names) == 22  # 18 and 4, NQ 01/2007/QH12


def test_codes_of_central_bodies_are_no_codes_of_types() -> None:
    """A first group of a ký hiệu may be a type or an agency; where both share letters the position has to tell."""
    types = {code for kind in document_types() for code in kind.codes}
    own = {agency.codes[0] for agency in agencies() if agency.level in {"state", "ministry", "province"}}
    assert not types & own


@given(st.sampled_from([code for agency in agencies() for code in agency.codes]))
def test_a_code_in_use_is_never_rewritten(code: str) -> None:
    assert canonical_code(code) == code

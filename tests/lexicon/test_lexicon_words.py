"""Abbreviations of running text, positions, and the time a fact holds."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.abbreviations import abbreviation, abbreviations, expand
from pipeline.lexicon.positions import position_named, positions, titles_before_name
from pipeline.lexicon.validity import valid


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("UBND tỉnh Quảng Ngãi", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
        ("Sở TN&MT, Sở TN & MT", "Sở Tài nguyên và Môi trường, Sở Tài nguyên và Môi trường"),
        ("Sở LĐ-TB&XH;", "Sở Lao động - Thương binh và Xã hội;"),
        ("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("(UBND, HĐND)", "(Ủy ban nhân dân, Hội đồng nhân dân)"),
        ("UBND TP. Pleiku", "Ủy ban nhân dân thành phố Pleiku"),
        ("BCĐ 35", "Ban Chỉ đạo 35"),
        ("Quyết định 02/QĐ-UBND", "Quyết định 02/QĐ-UBND"),  # a ký hiệu is no text
        ("Văn bản 365/STTTT, 12/UBND-VX", "Văn bản 365/STTTT, 12/UBND-VX"),
        ("205-KH/TU, 09/2017/NĐ-CP", "205-KH/TU, 09/2017/NĐ-CP"),
        ("THUBND, UBNDX, ubnd", "THUBND, UBNDX, ubnd"),  # whole words in their own case
        ("BCH, HS, TT, CV", "BCH, HS, TT, CV"),  # more than one reading
        ("a@ubnd.gov.vn", "a@ubnd.gov.vn"),
        ("", ""),
    ],
)
def test_expand(text: str, long: str) -> None:
    assert expand(text) == long


@pytest.mark.parametrize(
    ("short", "longs"),
    [
        ("UBND", ("Ủy ban nhân dân",)),
        ("TN & MT", ("Tài nguyên và Môi trường",)),
        ("BCH", ("Ban Chấp hành", "Ban Chỉ huy")),
        ("KHÔNG CÓ", ()),
    ],
)
def test_abbreviation_lists_every_reading(short: str, longs: tuple[str, ...]) -> None:
    assert abbreviation(short) == longs


def test_only_one_reading_is_ever_written_out() -> None:
    for item in abbreviations():
        readings = {other.long for other in abbreviations() if other.short == item.short}
        assert item.ambiguous or len(readings) == 1, item.short


@given(st.lists(st.sampled_from(["UBND", "HĐND", "TN&MT", "tỉnh", "02/CT-UBND", "CNTT", ",", "BCH"])))
def test_expanding_twice_changes_nothing(words: list[str]) -> None:
    once = expand(" ".join(words))
    assert expand(once) == once


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("GIÁM ĐỐC", "Giám đốc", "position"),
        ("PHÓ TRƯỞNG PHÒNG", "Phó Trưởng phòng", "position"),
        ("Phó Giám đốc Sở Y tế", "Phó Giám đốc", "position"),
        ("Phó Bí thư Thường trực Tỉnh uỷ", "Phó Bí thư Thường trực Tỉnh ủy", "position"),  # the longest
        ("CHỦ TỊCH", "Chủ tịch", "position"),
        ("Chánh  Văn phòng,", "Chánh Văn phòng", "position"),
        ("Phó Chỉ huy trưởng – Tham mưu trưởng", "Phó Chỉ huy trưởng - Tham mưu trưởng", "position"),
        ("PGĐ", "Phó Giám đốc", "position"),
        ("TP", "Trưởng phòng", "position"),  # alone, where a position is expected
        ("TP Hồ Chí Minh", None, None),
        ("Thượng úy", "Thượng úy", "rank"),
        ("ThS. Nguyễn Văn A", "Thạc sĩ", "degree"),
        ("Đ/c Nguyễn Văn A", "Đồng chí", "address"),
        ("Nguyễn Văn A", None, None),
        ("giám", None, None),
        ("", None, None),
    ],
)
def test_position_named(text: str, name: str | None, kind: str | None) -> None:
    found = position_named(text)
    assert (found and found.name, found and found.kind) == (name, kind)


@pytest.mark.parametrize(
    ("text", "titles", "name"),
    [
        ("Ông: ThS. Nguyễn Văn A", ["Ông", "Thạc sĩ"], "Nguyễn Văn A"),
        ("đ/c Thượng úy Lê Văn Tám", ["Đồng chí", "Thượng úy"], "Lê Văn Tám"),
        ("PGS.TS Trần B", ["Phó Giáo sư Tiến sĩ"], "Trần B"),
        ("ThS.Nguyễn Văn A", ["Thạc sĩ"], "Nguyễn Văn A"),  # no space after the full stop
        ("BSCKII. Phạm  Minh", ["Bác sĩ chuyên khoa II"], "Phạm Minh"),
        ("Bà Triệu", [], "Bà Triệu"),  # too short to be a name without it
        ("Nguyễn Văn A", [], "Nguyễn Văn A"),
        ("", [], ""),
    ],
)
def test_titles_before_name(text: str, titles: list[str], name: str) -> None:
    found, rest = titles_before_name(text)
    assert ([item.name for item in found], rest) == (titles, name)


def test_every_title_is_found_by_its_name_and_short_forms() -> None:
    for item in positions():
        assert position_named(item.name) == item
        assert position_named(item.name.upper()) == item
        for short in item.abbreviations:
            assert position_named(short) == item, short


@dataclass(frozen=True)
class Fact:
    valid_from: date | None
    valid_to: date | None


@pytest.mark.parametrize(
    ("first", "last", "on", "holds"),
    [
        (None, None, date(2000, 1, 1), True),
        (date(2020, 1, 1), None, date(2020, 1, 1), True),  # the first day counts
        (date(2020, 1, 1), None, date(2019, 12, 31), False),
        (None, date(2020, 1, 1), date(2020, 1, 1), True),  # and the last
        (None, date(2020, 1, 1), date(2020, 1, 2), False),
        (date(2020, 1, 1), date(2020, 1, 1), None, True),  # no day asked: everything
    ],
)
def test_valid(first: date | None, last: date | None, on: date | None, holds: bool) -> None:
    assert valid(Fact(first, last), on) is holds

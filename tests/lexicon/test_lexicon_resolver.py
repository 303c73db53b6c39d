"""Whose code or name is it, on that day and in that place?"""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.lexicon.agencies import agencies_named, name_key
from pipeline.lexicon.resolver import resolve

OLD, NEW = date(2020, 5, 1), date(2026, 1, 15)

ROWS = [
    ("a department of a province in its time", "STTTT", OLD, "Gia Lai", "Sở Thông tin và Truyền thông tỉnh Gia Lai"),
    ("the same code when no such body exists", "STTTT", NEW, "Gia Lai", None),
    ("a department merged in 2025", "SNNMT", NEW, "Gia Lai", "Sở Nông nghiệp và Môi trường tỉnh Gia Lai"),
    ("… which was not yet in 2020", "SNNMT", OLD, "Gia Lai", None),
    ("a centrally run city", "SNV", OLD, "Hải Phòng", "Sở Nội vụ thành phố Hải Phòng"),
    ("a ministry has no place", "BTC", OLD, "Gia Lai", "Bộ Tài chính"),
    ("a department without a place", "STTTT", OLD, None, None),
    (
        "one committee of a province that no district is named after",
        "UBND",
        OLD,
        "Gia Lai",
        "Ủy ban nhân dân tỉnh Gia Lai",
    ),
    ("a committee of a district", "UBND", OLD, "huyện Krông Pắc", "Ủy ban nhân dân huyện Krông Pắc"),
    ("districts ended on 01/7/2025", "UBND", NEW, "huyện Krông Pắc", None),
    ("three offices write VP: two fit", "VP", OLD, "Gia Lai", None),
    ("a province of before the mergers", "SNV", NEW, "Kon Tum", None),
    ("a name instead of a code", "Sở TT&TT", OLD, "Gia Lai", "Sở Thông tin và Truyền thông tỉnh Gia Lai"),
    ("a name with its own place", "Sở Nội vụ tỉnh Lâm Đồng", OLD, "Gia Lai", "Sở Nội vụ tỉnh Lâm Đồng"),
    ("an unknown code", "XYZW", OLD, "Gia Lai", None),
    ("councils of appraisal and of recruitment are two codes", "HĐTĐ", OLD, None, "Hội đồng thẩm định"),
]


@pytest.mark.parametrize(("said", "on", "place", "name"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_only_agency(said: str, on: date, place: str | None, name: str | None) -> None:
    found = resolve(said, on, place)
    assert (found.name if found else None) == name


KEYS = [
    ("Bộ Tư pháp", "BỘ TƯ PHÁP", True),
    ("Bộ Tư lệnh Thành phố Hồ Chí Minh", "BỘ TƯ LỆNH TP.HCM", True),
    ("TƯ Đoàn", "Trung ương Đoàn", True),
    ("Bộ Tư pháp", "Bộ Trung ương pháp", False),
    ("Sở Kế hoạch và Đầu tư", "Sở Kế hoạch và Đầu TƯ", False),
]


@pytest.mark.parametrize(("one", "other", "same"), KEYS)
def test_capitals_tell_a_short_form_from_a_word(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


@pytest.mark.parametrize("name", ["Bộ Tư pháp", "BỘ TƯ PHÁP", "Sở Tư pháp", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ"])
def test_names_with_the_word_are_found_in_any_case(name: str) -> None:
    assert agencies_named(name)

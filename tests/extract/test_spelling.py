"""Which unit do damaged letters mean, and when do they mean none for certain?"""

from __future__ import annotations

import pytest
from extract_pages import table
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.spelling import as_printed, bare_letters, nearest_unit, with_signs_of
from pipeline.lexicon.places import units

NEAREST = [
    ("as it is spelled", "Hà Nam", None, "Hà Nam"),
    ("marks lost", "Quang Ngai", None, "Quảng Ngãi"),
    ("marks misread", "Quáng Ngâi", None, "Quảng Ngãi"),
    ("an apostrophe lost", "Đăk R lấp", None, "Đắk R'Lấp"),
    ("an apostrophe misread", "Đăk R°Láp", "huyện", "Đắk R'Lấp"),
    ("one letter misread in a long name", "Thái Nguyêm", None, "Thái Nguyên"),
    ("one letter lost in a long name", "Quảng Nga", None, "Quảng Ngãi"),
    ("a commune, when asked for", "Quang Tam", "xã", "Quảng Tâm"),
    ("two units of one spelling without marks: Thanh Hóa, Thạnh Hóa", "Thanh Hoá", None, None),
    ("two letters off", "Thái Nguyxx", None, None),
    ("one letter off in a short name", "Hà Nxm", None, None),
    ("no unit", "Xyzabc", None, None),
    ("empty", "", None, None),
]


@pytest.mark.parametrize(("name", "kind", "unit"), table(NEAREST))
def test_nearest_unit(name: str, kind: str | None, unit: str | None) -> None:
    assert nearest_unit(name, kind) == unit


@pytest.mark.parametrize("name", ["Quảng Tam", "Quang Tam"])
def test_a_commune_whose_marks_are_lost_is_no_province(name: str) -> None:
    assert nearest_unit(name) in ("Quảng Tâm", None)


PROVINCES = sorted({unit.name for unit in units(1)})


def test_a_province_without_marks_is_itself_or_nothing() -> None:
    assert len(PROVINCES) > 60
    assert [name for name in PROVINCES if nearest_unit(bare_letters(name)) not in (name, None)] == []


SIGNS = [
    ("an apostrophe and a space", "Đăk R lấp", "Đắk R'lấp", "Đăk R'lấp"),
    ("marks stay as printed", "Quảng Ngài", "Quảng Ngãi", "Quảng Ngài"),
    ("a space put in", "KrôngNô", "Krông Nô", "Krông Nô"),
    ("other letters: left alone", "Hà Nội", "Hà Nam", "Hà Nội"),
    ("more letters: left alone", "Hà Nội", "Hà Nộii", "Hà Nội"),
]


@pytest.mark.parametrize(("name", "unit", "signed"), table(SIGNS))
def test_with_signs_of(name: str, unit: str, signed: str) -> None:
    assert with_signs_of(name, unit) == signed


@given(st.sampled_from(PROVINCES), st.sampled_from(PROVINCES))
def test_signs_never_change_a_letter(name: str, unit: str) -> None:
    signed = with_signs_of(name, unit)
    assert [sign for sign in signed if sign.isalpha()] == [sign for sign in name if sign.isalpha()]


PRINTED = [
    ("a word that may be written so stays", "Đăk R lắp", "Đắk R'Lấp", "Đăk R'lấp"),
    ("marks lost", "Dak Nong", "Đắk Nông", "Đắk Nông"),
    ("a mark misread", "Krông Nó", "Krông Nô", "Krông Nô"),
    ("a mark misread at the head", "Hả Nội", "Hà Nội", "Hà Nội"),
    ("right already", "Gia Nghĩa", "Gia Nghĩa", "Gia Nghĩa"),
    ("one letter off: the unit", "Kròng Nôo", "Krông Nô", "Krông Nô"),
]


@pytest.mark.parametrize(("name", "unit", "spelled"), table(PRINTED))
def test_as_printed(name: str, unit: str, spelled: str) -> None:
    assert as_printed(name, unit) == spelled

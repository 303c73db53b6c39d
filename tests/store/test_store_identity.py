"""Which document a number names: keys, scopes, terms."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store import identity, scope
from pipeline.store.identity import compare, number_key, parts_of, term
from pipeline.store.scope import Scope


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        pytest.param("514/SGDĐT-VP", "0514/SGDĐT-VP", True, id="leading zeros"),
        pytest.param("226/KH-UBND", "226/KHUBND", True, id="a hyphen left out"),
        pytest.param("205-KH/TU", "205-kh/tu", True, id="case"),
        pytest.param("05/HD-UBND", "05/HĐ-UBND", False, id="HD is a guidance, HĐ a contract"),
        pytest.param("14/CT-UBND", "14/CTr-UBND", False, id="CT is a directive, CTr a programme"),
        pytest.param("12/QĐ-UBND", "12a/QĐ-UBND", False, id="a suffix letter makes another number"),
        pytest.param("09/2017/NĐ-CP", "09/2018/NĐ-CP", False, id="the year inside the number"),
        pytest.param("3672/SKHCN-BCVT&CĐS", "3672/SKHCN-BCVTCĐS", False, id="an ampersand is part of a code"),
        pytest.param("2705/CAT-TM(ANM)", "2705/CAT-TM(ANM)", True, id="parentheses are kept"),
        pytest.param("430/BTTTT-CATT", "430/BTTTT-CATTT", False, id="a typing error is not the key's business"),
    ],
)
def test_keys_of_numbers(a: str, b: str, same: bool) -> None:
    assert (number_key(a) == number_key(b)) is same


def test_a_serial_without_a_code_is_itself_only_with_its_type() -> None:
    assert number_key("437", "kế hoạch") != number_key("437", "báo cáo")
    assert number_key(None) is None
    assert number_key("không phải số") == number_key("Không  phải số")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("514/SGDĐT-VP", ("514", None, "/", None, ("SGDĐT", "VP"))),
        ("205-KH/TU", ("205", None, "-", "KH", ("TU",))),
        ("09/2017/NĐ-CP", ("09", "2017", "/", "NĐ", ("CP",))),
        ("24/2018/QH14", ("24", "2018", "/", None, ("QH14",))),
        ("437", ("437", None, None, None, ())),
        ("07:2010/BXD", ("07:2010", "2010", "/", None, ("BXD",))),
        ("rỗng", None),
    ],
)
def test_parts_of_numbers(number: str, expected: object) -> None:
    assert parts_of(number) == expected


@given(st.text(max_size=40))
def test_any_text_has_a_key_or_none_and_never_breaks(text: str) -> None:
    key = number_key(text)
    assert key is None or key == number_key(text)
    assert (key is None) == (text == "")


GIA_LAI = Scope("province", "Gia Lai")
TRIEU_SON = Scope("district", "Thanh Hóa", "Triệu Sơn")


@pytest.mark.parametrize(
    ("issuer", "on", "expected"),
    [
        ("UBND tỉnh Quảng Ngãi", date(2021, 1, 1), Scope("province", "Quảng Ngãi")),
        ("Chủ tịch Ủy ban nhân dân tỉnh Gia Lai", None, GIA_LAI),
        ("Sở Thông tin và Truyền thông Quảng Ngãi", date(2021, 4, 1), Scope("province", "Quảng Ngãi")),
        ("Ủy ban nhân dân huyện Triệu Sơn", date(2021, 1, 1), TRIEU_SON),
        ("UBND thành phố Quảng Ngãi", date(2021, 1, 1), Scope("district", "Quảng Ngãi", "Quảng Ngãi")),
        ("UBND thành phố Hà Nội", date(2021, 1, 1), Scope("province", "Hà Nội")),
        ("Bộ TT&TT", date(2015, 1, 1), Scope("central")),
        ("Cục An toàn thông tin – Bộ TT&TT", date(2018, 1, 1), Scope("central")),
        ("Ban Bí thư", None, Scope("central")),
        ("UBND huyện", None, Scope("district")),
        ("thanh tra tỉnh Đăk Nông", date(2019, 6, 1), Scope("province", "Đắk Nông")),
    ],
)
def test_what_an_issuers_name_says(issuer: str, on: date | None, expected: Scope) -> None:
    assert scope.of_issuer(issuer, on) == expected


@pytest.mark.parametrize(
    ("issuer", "codes", "context", "expected"),
    [
        pytest.param("UBND tỉnh", ("UBND",), GIA_LAI, GIA_LAI, id="its own province"),
        pytest.param("UBND huyện", ("UBND",), TRIEU_SON, TRIEU_SON, id="its own district"),
        pytest.param("UBND huyện", ("UBND",), GIA_LAI, Scope("district", "Gia Lai"), id="which district, nobody says"),
        pytest.param("Sở Nội vụ", ("SNV",), TRIEU_SON, Scope("province", "Thanh Hóa"), id="the province's department"),
        pytest.param(None, ("UBND",), GIA_LAI, Scope(None, "Gia Lai", None, True), id="no issuer: only the place"),
        pytest.param(None, ("BTTTT", "CATTT"), GIA_LAI, Scope("central"), id="a ministry by its code"),
        pytest.param("Chính phủ", ("CP",), Scope(), Scope("central"), id="the centre needs no context"),
        pytest.param("Sở Nội vụ", ("SNV",), Scope(), Scope("province"), id="no context: no province"),
        pytest.param(None, (), GIA_LAI, Scope(), id="a law by its name: not of this place"),
        pytest.param("UBND tỉnh Gia Lai", ("UBND",), TRIEU_SON, GIA_LAI, id="what is said outweighs the context"),
    ],
)
def test_a_citation_in_its_context(issuer: str | None, codes: tuple[str, ...], context: Scope, expected: Scope) -> None:
    assert scope.of_citation(issuer, codes, date(2020, 5, 1), context) == expected


@pytest.mark.parametrize(
    ("day", "level", "expected"),
    [
        ("2020-03-24", "central", "nhiệm kỳ 12"), ("2021-02-02", "central", "nhiệm kỳ 13"),
        ("2021-01-30", "central", "?2021-01-30"), ("2020-06-03", "province", "nhiệm kỳ 12"),
        ("2020-12-24", "province", "nhiệm kỳ 13"), ("2020-10-15", "province", "?2020-10-15"),
        ("2020-10-15", "district", "nhiệm kỳ 13"), ("1999-01-01", "central", "nhiệm kỳ 8"),
        ("2026-03-01", "central", "nhiệm kỳ 14"),
    ],
)  # fmt: skip
def test_party_terms(day: str, level: str, expected: str) -> None:
    assert term(day, level) == expected  # type: ignore[arg-type]


def named(number: str, day: str | None, where: Scope) -> identity.Identity:
    return identity._identity(number, None, day, partial=None, issuer=None, scope=where)


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        pytest.param(("14/CT-UBND", "2020-12-23", Scope("province", "Quảng Ngãi")),
                     ("14/CT-UBND", "2020-12-23", GIA_LAI), "different", id="two provinces"),
        pytest.param(("14/CT-UBND", "2020-12-23", GIA_LAI), ("14/CT-UBND", "2020-12-23", GIA_LAI), "same", id="equal"),
        pytest.param(("14/CT-UBND", "2020-12-23", GIA_LAI), ("14/CT-UBND", "2020-11-01", GIA_LAI), "same",
                     id="one body, one year: the number occurs once"),
        pytest.param(("14/CT-UBND", "2020-12-23", GIA_LAI), ("14/CT-UBND", "2021-12-23", GIA_LAI), "different",
                     id="another year"),
        pytest.param(("14/CT-UBND", "2020-12-23", GIA_LAI), ("14/CT-UBND", None, GIA_LAI), "possible",
                     id="no day on one side"),
        pytest.param(("14/CT-UBND", "2020-12-23", GIA_LAI), ("14/CT-UBND", "2020-12-23", Scope("province")),
                     "possible", id="no province on one side, even with the same day"),
        pytest.param(("14/CT-UBND", "2020-12-23", GIA_LAI),
                     ("14/CT-UBND", "2020-12-23", Scope(None, "Gia Lai", None, True)), "same",
                     id="no level on one side, same province and day"),
        pytest.param(("14/CT-UBND", "2020-12-23", GIA_LAI),
                     ("14/CT-UBND", "2020-12-20", Scope(None, "Gia Lai", None, True)), "possible",
                     id="no level on one side, another day"),
        pytest.param(("09/2017/NĐ-CP", None, Scope("central")), ("09/2017/NĐ-CP", "2017-02-09", Scope("central")),
                     "same", id="the year in the number is enough for the centre"),
        pytest.param(("14/CT-UBND", "2020-12-23", GIA_LAI),
                     ("14/CT-UBND", "2020-12-23", Scope("district", "Gia Lai", "Pleiku")), "different",
                     id="province and district"),
        pytest.param(("1-QĐ/TU", "2020-10-15", Scope("province", "Gia Lai")),
                     ("1-QĐ/TU", "2020-11-01", Scope("province", "Gia Lai")), "possible",
                     id="both in the months of a congress"),
    ],
)  # fmt: skip
def test_when_two_are_one(a: tuple[str, str | None, Scope], b: tuple[str, str | None, Scope], verdict: str) -> None:
    assert compare(named(*a), named(*b))[0] == verdict
    assert compare(named(*b), named(*a))[0] == verdict

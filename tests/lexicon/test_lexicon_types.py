"""Types of documents: names, codes, regimes."""

from datetime import date

import pytest

from pipeline.lexicon.types import canonical_type_code, document_types, type_named, types_with_code


def test_the_regimes_have_the_number_of_types_that_their_rules_say() -> None:
    # Nghị định 30/2020 Điều 7 lists 29 types, Thông tư 01/2011 lists 32.
    assert sum("ND30" in kind.regimes for kind in document_types()) == 29
    assert sum("TT01-2011" in kind.regimes for kind in document_types()) == 32
    # Phụ lục III gives 27 of the 29 an abbreviation.
    assert sum(bool(kind.codes_in("ND30")) for kind in document_types()) == 27


def test_archive_codes_run_from_01_to_31() -> None:
    codes = sorted(kind.archive_code for kind in document_types() if kind.archive_code)
    assert codes == [f"{number:02}" for number in range(1, 32)]


def test_edxml_lists_are_complete() -> None:
    both = [entry for kind in document_types() for entry in {kind.edxml, kind.edxml_qppl} if entry]
    assert sorted(both) == [("A", number) for number in range(1, 13)] + [("B", number) for number in range(1, 33)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kế hoạch", "kế hoạch"),
        ("QUYẾT ĐỊNH", "quyết định"),
        ("Q U Y Ế T  Đ Ị N H", "quyết định"),  # letter-spaced heading
        ("Bản thoả thuận", "bản thỏa thuận"),  # the other tone placement
        ("giấy uỷ quyền", "giấy ủy quyền"),
        ("Thông báo kết luận", "thông báo"),  # alias
        ("Chương trình hành động", "chương trình"),
        ("CV", "công văn"),
        ("kết luận thanh tra", "kết luận thanh tra"),
        ("THƯ MỜI", "thư mời"),
        ("ke hoach", None),  # marks count
        ("Kế hoạch số 05", None),  # the whole text, not its head
        ("", None),
    ],
)
def test_type_named(text: str, name: str | None) -> None:
    found = type_named(text)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("code", "regime", "names"),
    [
        ("QĐ", None, ["quyết định", "quy định"]),  # the Party writes QĐ for both
        ("QĐ", "ND30", ["quyết định"]),
        ("QĐ", "PARTY", ["quyết định", "quy định"]),
        ("QyĐ", "ND30", ["quy định"]),
        ("TT", None, ["thông tư", "thông tri"]),
        ("TT", "QPPL", ["thông tư"]),
        ("QĐNS", "PARTY", ["quyết định"]),  # of persons ("1876-QĐNS/TW")
        ("BS", "PARTY", ["bản sao"]),
        ("TT", "PARTY", ["thông tri"]),
        ("CT", None, ["chỉ thị"]),
        ("CTr", None, ["chương trình"]),  # not chỉ thị
        ("CTR", None, ["chương trình"]),  # capitals of a heading
        ("TTr", None, ["tờ trình"]),
        ("TTR", None, ["tờ trình"]),
        ("CĐ", None, ["công điện"]),
        ("CV", None, ["công văn"]),
        ("CV", "PARTY", ["công văn"]),
        ("CV", "ND30", []),  # a công văn of the state has no code
        ("BC", None, ["báo cáo"]),
        ("KLTTr", None, ["kết luận thanh tra"]),
        ("GN", "TT01-2011", ["bản ghi nhớ"]),
        ("GN", "ND30", []),
        ("QCVN", "STANDARD", ["quy chuẩn"]),
        ("XYZ", None, []),
        ("", None, []),
    ],
)
def test_types_with_code(code: str, regime: str | None, names: list[str]) -> None:
    assert [kind.name for kind in types_with_code(code, regime)] == names


@pytest.mark.parametrize(
    ("code", "mended"),
    [
        ("QD", "QĐ"),
        ("ND", "NĐ"),
        ("CTR", "CTr"),
        ("QÐ", "QĐ"),  # eth
        ("HD", "HD"),  # right as it stands, though HĐ looks alike
        ("Hd", "HD"),
        ("DA", "DA"),
        ("PÀ", "PA"),
        ("ABC", None),
    ],
)
def test_canonical_type_code(code: str, mended: str | None) -> None:
    assert canonical_type_code(code) == mended


@pytest.mark.parametrize(
    ("name", "on", "exists"),
    [
        ("sắc lệnh", date(1950, 1, 1), True),
        ("sắc lệnh", date(2020, 1, 1), False),
        ("văn bản hợp nhất", date(2012, 6, 30), False),
        ("văn bản hợp nhất", date(2012, 7, 1), True),  # Pháp lệnh 01/2012/UBTVQH13
        ("công văn", date(1990, 1, 1), True),
    ],
)
def test_types_have_their_time(name: str, on: date, exists: bool) -> None:
    assert (name in {kind.name for kind in document_types(on)}) is exists


def test_names_and_aliases_lead_back_to_their_type() -> None:
    for kind in document_types():
        for name in (kind.name, *kind.aliases):
            assert type_named(name) == kind
        assert kind.name == kind.name.lower()


def test_every_code_leads_back_to_its_type_in_each_of_its_regimes() -> None:
    for kind in document_types():
        for regime, codes in kind.regime_codes:
            for code in codes:
                assert kind in types_with_code(code, regime)

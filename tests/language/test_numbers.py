"""Document numbers: the families, what is mended, what is left alone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numbers import find_numbers, parse_number, readings

# Number as printed → type code, agency groups, regime; all of them are canonical already.
FAMILIES = [
    # Nghị định 30/2020: named types, công văn at every level, units, fields of work
    ("439/QĐ-TTg", "QĐ", ("TTg",), "state"),
    ("15/QĐ-BNV", "QĐ", ("BNV",), "state"),
    ("05/BNV-VP", None, ("BNV", "VP"), "state"),
    ("12/UBND-VX", None, ("UBND", "VX"), "state"),
    ("365/STTTT", None, ("STTTT",), "state"),
    ("89/TTr-LĐTBXH", "TTr", ("LĐTBXH",), "state"),
    ("409/TB-VPUBND", "TB", ("VPUBND",), "state"),
    ("30c/NQ-CP", "NQ", ("CP",), "state"),
    ("12a/KH-UBND", "KH", ("UBND",), "state"),
    ("14964/BTC-THTK", None, ("BTC", "THTK"), "state"),
    # the same letters are a type before an agency and an agency before a unit
    ("192/KL-TTr", "KL", ("TTr",), "state"),
    ("537/TTr-P3", None, ("TTr", "P3"), "state"),
    ("07/CT-UBND", "CT", ("UBND",), "state"),
    ("1234/CT-TTHT", None, ("CT", "TTHT"), "state"),
    # units of planning and of labour relations begin like the National Assembly
    ("1023/SXD-QHKT", None, ("SXD", "QHKT"), "state"),
    ("4719/LĐTBXH-QHLĐTL", None, ("LĐTBXH", "QHLĐTL"), "state"),
    # persons of the Party, copies of its offices
    ("1876-QĐNS/TW", "QĐNS", ("TW",), "party"),
    ("512-BS/VPTU", "BS", ("VPTU",), "party"),
    # brackets, ampersands, dots and figures inside a code
    ("2705/CAT-TM(ANM)", None, ("CAT", "TM(ANM)"), "state"),
    ("3672/SKHCN-BCVT&CĐS", None, ("SKHCN", "BCVT&CĐS"), "state"),
    ("1322/STC-GCS&TCDN", None, ("STC", "GCS&TCDN"), "state"),
    ("10119/VPCP-V.I", None, ("VPCP", "V.I"), "state"),
    ("859/QĐ-BCA-V11", "QĐ", ("BCA", "V11"), "state"),
    # a unit that writes type, agency and office with slashes
    ("75/TB/STNMT-VPĐKĐĐ", "TB", ("STNMT", "VPĐKĐĐ"), "state"),
    # legislation
    ("24/2018/QH14", None, ("QH14",), "law"),
    ("34/2007/PL-UBTVQH11", "PL", ("UBTVQH11",), "law"),
    ("80/2025/UBTVQH15", None, ("UBTVQH15",), "law"),
    ("09/2017/NĐ-CP", "NĐ", ("CP",), "qppl"),
    ("20/2020/QĐ-TTg", "QĐ", ("TTg",), "qppl"),
    ("01/2019/TT-BNV", "TT", ("BNV",), "qppl"),
    ("15/2004/TTLT-BNN-BNV", "TTLT", ("BNN", "BNV"), "qppl"),
    ("93/2006/TTLT/BTC-BKHCN", "TTLT", ("BTC", "BKHCN"), "qppl"),
    ("14/2007/QĐ-UBND", "QĐ", ("UBND",), "qppl"),
    ("66.15/2026/NQ-CP", "NQ", ("CP",), "qppl"),
    ("03/VBHN-VPQH", "VBHN", ("VPQH",), "state"),
    # Party, Youth Union, mass organisations
    ("205-KH/TU", "KH", ("TU",), "party"),
    ("41-CT/TW", "CT", ("TW",), "party"),
    ("14514-CV/VPTW", "CV", ("VPTW",), "party"),
    ("08-QĐi/TW", "QĐi", ("TW",), "party"),
    ("05-NQ/ĐU", "NQ", ("ĐU",), "party"),
    ("23-TB/TCT", "TB", ("TCT",), "party"),
    ("01-KH/TWĐTN-KHCN", "KH", ("TWĐTN", "KHCN"), "party"),
    ("61/QĐ-TLĐ", "QĐ", ("TLĐ",), "state"),
    ("18/KH-MTTQ-BTT", "KH", ("MTTQ", "BTT"), "state"),
    # before 2004
    ("91/CP", None, ("CP",), "state"),
    ("29-CP", None, ("CP",), "state"),
    ("58-TTg", None, ("TTg",), "state"),
    ("15-SL", "SL", (), "state"),
    ("1141-TC/QĐ/CĐKT", "QĐ", ("TC", "CĐKT"), "state"),
    ("09/2004/BYT-QĐ", "QĐ", ("BYT",), "qppl"),
    ("123/2003/QĐ.UB", "QĐ", ("UB",), "qppl"),
    # technical standards
    ("07:2010/BXD", None, ("BXD",), "standard"),
    ("6696:2000", None, (), "standard"),
]


@pytest.mark.parametrize(("printed", "type_code", "groups", "regime"), FAMILIES)
def test_each_family_is_read_and_kept_as_printed(printed, type_code, groups, regime):
    number = parse_number(printed)
    assert number is not None
    assert (number.canonical, number.type_code, number.groups, number.regime) == (printed, type_code, groups, regime)
    assert (number.raw, number.start, number.end, number.mended) == (printed, 0, len(printed), ())


MENDED = [
    # what typing and OCR did → canonical, codes of the mending
    ("514 /SGDDĐT-VP", "514/SGDĐT-VP", {"spaces", "double-letter"}),
    ("651 /SLĐTBXH – VP", "651/SLĐTBXH-VP", {"spaces", "dash"}),
    ("75 ../TB/ STNMT-VPĐKĐĐ", "75/TB/STNMT-VPĐKĐĐ", {"filler", "spaces"}),
    ("23 -TB/TCT", "23-TB/TCT", {"spaces"}),
    ("89 / TTr - LĐTBXH", "89/TTr-LĐTBXH", {"spaces"}),
    ("07/CT-\nUBND", "07/CT-UBND", {"line-break"}),
    ("253\n/\n2025\n/QH15", "253/2025/QH15", {"line-break"}),
    ("226/KHUBND", "226/KH-UBND", {"missing-hyphen"}),
    ("06/2011/TTBTC", "06/2011/TT-BTC", {"missing-hyphen"}),
    ("205 KH/TU", "205-KH/TU", {"missing-hyphen"}),
    ("12/QĐ UBND", "12/QĐ-UBND", {"missing-hyphen"}),
    ("12/QD-UBND", "12/QĐ-UBND", {"lookalike"}),
    ("12/Q\u00d0-UBND", "12/QĐ-UBND", {"lookalike"}),
    ("64/2014/ND-CP", "64/2014/NĐ-CP", {"lookalike"}),
    ("29/2007/\u0422\u0422-\u0412\u0422\u0421", "29/2007/TT-BTC", {"lookalike"}),  # Cyrillic ТТ-ВТС
    ("05/\u039a\u0397-UBND", "05/KH-UBND", {"lookalike"}),  # Greek Kappa, Eta
    ("44/2025/QĐ-TTG", "44/2025/QĐ-TTg", {"case"}),
    ("254/2025/QH 15", "254/2025/QH15", {"spaces"}),
    ("12/QĐ-UBN D", "12/QĐ-UBND", {"spaces"}),
    ("514ISGDĐT-VP", "514/SGDĐT-VP", {"slash"}),
    ("09/2017lNĐ-CP", "09/2017/NĐ-CP", {"slash"}),
    ("09I2017/NĐ-CP", "09/2017/NĐ-CP", {"slash"}),
    # Figures read as letters are certain where the year has one term of the National Assembly only.
    ("34/2007/PL-UBTVQHII", "34/2007/PL-UBTVQH11", {"lookalike"}),
    ("24/2018/QHl4", "24/2018/QH14", {"lookalike"}),
    ("12/2010/NĐ-CP1", "12/2010/NĐ-CP", {"footnote"}),
    ("TCVN 6696 : 2000", "6696:2000", {"spaces"}),
]


@pytest.mark.parametrize(("printed", "canonical", "mended"), MENDED)
def test_damage_with_one_reading_is_mended_and_named(printed, canonical, mended):
    number = parse_number(printed)
    assert number is not None
    assert number.canonical == canonical
    assert set(number.mended) == mended
    assert printed[number.start : number.end] == number.raw


ABSTAIN = [
    ("5l4/UBND", "l may be 1 or a speck"),
    ("1O9/QĐ-UBND", "O may be 0"),
    ("5 14/UBND-VX", "the space may stand inside the number"),
    ("514/", "no code at all"),
    ("5141SGDĐT-VP", "1 may be the slash"),
    ("0912017/NĐ-CP", "1 may be the slash"),
    ("75/TB1STNMT-VPĐKĐĐ", "1 may be the slash"),
    ("912017/QĐ-UBND", "1 may be the slash"),
    ("178/\n202\n5\n/QH15", "the line breaks may stand inside the figures"),
    ("09/2O17/NĐ-CP", "a letter in the year"),
    ("139/009/TT-BTC", "a figure of the year is missing"),
    ("18/2004/PL-UBTVQH", "the term of the National Assembly is missing"),
    ("45/2013/QHI4", "I read as 1 gives a term that had not begun"),
    ("152/2025/NĐ", "the agency is missing"),
    ("12/DA-UBND", "dự án, or đề án whose Đ lost its bar"),
    ("12/UBND-VDXYD", "a code that no table holds, whose D may be Đ"),
    ("12/TT LB", "TT-LB, or TTLB"),
    ("12/2019", "a month"),
    ("14/4/2021", "a date"),
    ("QĐ-UBND", "no number"),
    ("24/7", "no code"),
    ("", "nothing"),
    ("Quảng Ngãi", "words"),
    ("12/QĐ-UBND và 13/QĐ-UBND", "two numbers"),
]


@pytest.mark.parametrize("printed", [row[0] for row in ABSTAIN], ids=[row[1] for row in ABSTAIN])
def test_what_may_be_another_number_is_not_given(printed):
    assert parse_number(printed) is None


@pytest.mark.parametrize("printed", ["12/UBND-VDXYD", "12/KXI-TH"])
def test_typed_text_is_taken_at_its_word(printed):
    # Only OCR loses the bar of Đ or reads a slash as I; text typed by a person means what it says.
    assert parse_number(printed) is None
    assert parse_number(printed, typed=True).canonical == printed


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("/UBND-VHTT", "/UBND-VHTT"),
        ("…/BC-STC", "/BC-STC"),
        ("    /UBND-VHTT", "/UBND-VHTT"),
        ("....../QĐ-UBND", "/QĐ-UBND"),
    ],
)
def test_a_draft_keeps_its_symbol_and_has_no_serial(printed, canonical):
    number = parse_number(printed)
    assert (number.serial, number.canonical) == ("", canonical)


@pytest.mark.parametrize("lead", ["Số: ", "Số ", "Sô: ", "Luật số: ", "Nghị quyết số: ", "**Số:** "])
def test_the_words_before_the_number_of_a_header_are_skipped(lead):
    number = parse_number(f"{lead}94/2025/UBTVQH15.")
    assert number.canonical == "94/2025/UBTVQH15"
    assert number.start == len(lead)


def test_a_year_after_the_day_of_issue_is_refused():
    assert parse_number("12/2027/TT-BTC", on=date(2026, 5, 1)) is None
    assert parse_number("12/2025/TT-BTC", on=date(2026, 5, 1)) is not None


RUNNING = [
    ("Thực hiện Chỉ thị số 14/CT-UBND ngày 23/12/2020 và Công văn số 365/STTTT", ["14/CT-UBND", "365/STTTT"]),
    ("(đính kèm Công văn 365/STTTT).", ["365/STTTT"]),
    ("Nghị định số09/2017/NĐ-CP", ["09/2017/NĐ-CP"]),
    ("Nghị định số 01/2011/NĐ-CPngày 5 tháng 1", ["01/2011/NĐ-CP"]),
    # A line that begins with a dash is an item of the list of recipients, not a part of the number.
    ("theo Công văn số 639/UBND\n- UBND tỉnh (báo cáo);", ["639/UBND"]),
    ("Quyết định số 12/QĐ-UBND - UBND tỉnh Thanh Hóa", ["12/QĐ-UBND"]),
    ("Quyết định số 12/QĐ-UBND UBND tỉnh", ["12/QĐ-UBND"]),
    ("NGHỊ ĐỊNH SỐ 150/2025/NĐ-CP CHO PHÉP THÀNH LẬP", ["150/2025/NĐ-CP"]),
    ("Công văn số 12/UBND-VX V/v đôn đốc", ["12/UBND-VX"]),
    ("Số: 12/UBND-VX\n2. Các đơn vị", ["12/UBND-VX"]),
    # Handwritten figures come out of OCR as signs; what remains is not the number.
    ("Số: £ 4 /QĐ-UBND", []),
    ("Nghị quyết số\n178/\n202\n5\n/QH15", []),
    ("theo Công văn số\n2364/UBND-KTTH", ["2364/UBND-KTTH"]),
    # An issuer that no table knows needs "số" or a type before it.
    ("số 12/XQZ-TH ngày", ["12/XQZ-TH"]),
    ("dãy 12/XQZ-TH ngày", []),
    # None of these is a document.
    ("từ 5/10 đến 70/30, 290.000 đồng/tháng, 24/24h, 3/4 ha, HIV/AIDS, 120/80 mmHg", []),
    ("ngày 01/02/2021, giai đoạn 2021-2026, 01/NĐ", []),
    ("số điện thoại 0914121856, email nqhhoang-stttt@quangngai.gov.vn, Covid-19, B-52", []),
    ("tại mục 1.2-A, điểm a/b, km 12+300, đất LUC-2", []),
]


@pytest.mark.parametrize(("text", "canonical"), RUNNING)
def test_numbers_in_running_text(text, canonical):
    assert [n.canonical for n in find_numbers(text)] == canonical


def test_a_code_after_a_space_makes_a_number_doubtful():
    # "514/SGDĐT VP": VP may be the unit whose hyphen was lost, so the shorter number is not given either.
    assert find_numbers("Công văn số 514/SGDĐT VP ngày 14/4/2021") == []
    assert [r.doubt for r in readings("Công văn số 514/SGDĐT VP ngày 14/4/2021")] == ["a code follows after a space"]


# fmt: off
TOKENS = [
    "514", "12a", "09", "2017", "/", "-", "–", ".", ",", ":", "(", ")", "Số", "số", "Nghị", "định", "Công", "văn",
    "QĐ", "NĐ", "CP", "UBND", "SGDĐT", "VP", "TTr", "KH", "TU", "TW", "TT", "BTC", "&", "ngày", "QH14", "I", "l", "1",
    "O", "Đ", "D", "Ð", "\n", "  ", " ",
]
# fmt: on
PIECES = st.sampled_from(TOKENS)


@given(st.lists(PIECES, max_size=24).map("".join))
def test_spans_hold_what_they_say_in_any_text(text):
    found = find_numbers(text)
    for number in found:
        assert text[number.start : number.end] == number.raw
        assert number.canonical.startswith(number.serial)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text):
    number = parse_number(text)
    assert number is None or text[number.start : number.end] == number.raw


@given(st.lists(PIECES, max_size=16).map("".join))
def test_a_canonical_number_is_its_own_canonical_form(text):
    for number in find_numbers(text):
        if number.serial and number.regime != "standard":
            again = parse_number(number.canonical)
            assert again is not None
            assert (again.canonical, again.mended) == (number.canonical, ())

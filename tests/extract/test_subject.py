"""What is the type of a document, and where does its trích yếu begin and end?"""

from __future__ import annotations

import pytest
from extract_pages import table, zoned, zones
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.subject import read_marks, read_subject, read_type, strip_lead
from pipeline.layout import Zone

LEADS = [
    ("V/v", "V/v tổ chức thi", "tổ chức thi"),
    ("v/v, small", "v/v Bảo đảm an toàn", "Bảo đảm an toàn"),
    ("V/v with a colon", "V/v: tổ chức thi", "tổ chức thi"),
    ("VV", "VV tổ chức", "tổ chức"),
    ("a stroke read for the slash", "V|v tổ chức", "tổ chức"),
    ("Về việc", "Về việc tổ chức thi.", "tổ chức thi"),
    ("Về", "Về tổ chức thi", "tổ chức thi"),
    ("marks lost", "ve viec to chuc", "to chuc"),
    ("a mark misread", "Vẻ việc giao đất", "giao đất"),
    ("a dash before, a rule behind", "- V/v giao đất -----", "giao đất"),
    ("the body's end sign", "V/v bảo đảm an toàn./.", "bảo đảm an toàn"),
    ("no lead", "Tổ chức thi", "Tổ chức thi"),
    ("a word that begins alike", "Vận động quyên góp", "Vận động quyên góp"),
    ("Việc is no lead", "Việc thực hiện", "Việc thực hiện"),
    ("«về nguồn» is a journey", "Về nguồn", "Về nguồn"),
    ("the lead alone", "V/v", ""),
    ("empty", "", ""),
]


@pytest.mark.parametrize(("text", "kept"), table(LEADS))
def test_strip_lead(text: str, kept: str) -> None:
    start, end = strip_lead(text)
    assert text[start:end] == kept


@given(st.text("Vv/ ềeviệc.:-“”tổ chức\n", max_size=40))
def test_strip_lead_only_cuts(text: str) -> None:
    start, end = strip_lead(text)
    assert 0 <= start <= end
    assert text[start:end] in text


def test_two_leads() -> None:
    start, end = strip_lead("V/v Về việc tổ chức")
    assert "V/v Về việc tổ chức"[start:end] == "tổ chức"


def test_a_quoted_subject() -> None:
    start, end = strip_lead("“V/v tổ chức thi”")
    assert "“V/v tổ chức thi”"[start:end] == "tổ chức thi"


SUBJECTS = [
    ("several lines become one", "V/v Bảo đảm an toàn\nthông tin mạng.", "Bảo đảm an toàn thông tin mạng"),
    ("too short to be one", "V/v a", None),
    (
        "who sat is none of it",
        "HỘI NGHỊ LẦN THỨ TƯ\nBAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG\nvề xây dựng hạ tầng",
        "xây dựng hạ tầng",
    ),
    (
        "a subject in capitals is one",
        "HỘI NGHỊ LẦN THỨ TƯ\nBAN CHẤP HÀNH TRUNG ƯƠNG",
        "HỘI NGHỊ LẦN THỨ TƯ BAN CHẤP HÀNH TRUNG ƯƠNG",
    ),
    (
        "whose conclusion it is stays",
        "KẾT LUẬN CỦA BỘ CHÍNH TRỊ\nvề tình hình thực hiện",
        "KẾT LUẬN CỦA BỘ CHÍNH TRỊ về tình hình thực hiện",
    ),
    ("a stop inside stays", "V/v thực hiện Nghị định số 30/2020/NĐ-CP", "thực hiện Nghị định số 30/2020/NĐ-CP"),
]


@pytest.mark.parametrize(("text", "subject"), table(SUBJECTS))
def test_subject(text: str, subject: str | None) -> None:
    found = read_subject(zoned(Zone.SUBJECT, text))
    assert (found and found.value) == subject


TYPES = [
    ("a title", [(Zone.TITLE, "QUYẾT ĐỊNH")], "quyết định", "type.title"),
    ("a title with its urgency", [(Zone.TITLE, "CÔNG ĐIỆN KHẨN")], "công điện", "type.title"),
    ("a title whose marks are lost", [(Zone.TITLE, "QUYET DINH")], "quyết định", "type.title"),
    ("title before code", [(Zone.TITLE, "THÔNG BÁO"), (Zone.NUMBER, "Số: 12/KH-UBND")], "thông báo", "type.title"),
    ("a code", [(Zone.NUMBER, "Số: 226/KH-UBND")], "kế hoạch", "type.code"),
    ("a code of the Party", [(Zone.NUMBER, "Số 205-KH/TU")], "kế hoạch", "type.code"),
    ("a draft's code", [(Zone.NUMBER, "Số: /TTr-SNV")], "tờ trình", "type.code"),
    ("a number without a type is a công văn's", [(Zone.NUMBER, "Số: 514/SGDĐT-VP")], "công văn", "type.code"),
    ("V/v", [(Zone.SUBJECT, "V/v tổ chức thi")], "công văn", "type.subject"),
    ("addressees", [(Zone.ADDRESSEES, "Kính gửi: Sở Nội vụ")], "công văn", "type.addressees"),
    ("V/v first", [(Zone.SUBJECT, "V/v thi"), (Zone.ADDRESSEES, "Kính gửi: Sở")], "công văn", "type.subject"),
]
NO_TYPES = [
    ("the Party's QĐ is quyết định or quy định", [(Zone.NUMBER, "Số 12-QĐ/TU")]),
    ("TT is thông tư or thông tri", [(Zone.NUMBER, "Số: 12/TT-SNV")]),
    ("a title that names no type", [(Zone.TITLE, "TIÊU ĐỀ LẠ")]),
    ("a subject without V/v", [(Zone.SUBJECT, "tổ chức thi")]),
    ("nothing but a body", [(Zone.BODY, "Căn cứ tình hình thực tế")]),
]


@pytest.mark.parametrize(("lines", "name", "rule"), table(TYPES))
def test_type(lines: list[tuple[Zone, str]], name: str, rule: str) -> None:
    found = read_type(zones(*lines))
    assert found is not None
    assert (found.value, found.rule) == (name, rule)
    # Only what stands there is read; the rest is inferred.
    assert found.status == ("extracted" if rule == "type.title" else "inferred")


@pytest.mark.parametrize("lines", table(NO_TYPES))
def test_no_type_is_guessed(lines: list[tuple[Zone, str]]) -> None:
    assert read_type(zones(*lines)) is None


MARKS = [
    ("a mark of urgency", [(Zone.URGENCY, "HỎA TỐC")], {"urgency": "hỏa tốc"}),
    ("another tone placement", [(Zone.URGENCY, "HOẢ TỐC")], {"urgency": "hỏa tốc"}),
    ("the longer mark", [(Zone.URGENCY, "HỎA TỐC HẸN GIỜ")], {"urgency": "hỏa tốc hẹn giờ"}),
    ("urgent above urgent", [(Zone.URGENCY, "THƯỢNG KHẨN")], {"urgency": "thượng khẩn"}),
    ("in the title", [(Zone.TITLE, "CÔNG ĐIỆN KHẨN")], {"urgency": "khẩn"}),
    ("the longer mark in the title", [(Zone.TITLE, "CÔNG ĐIỆN THƯỢNG KHẨN")], {"urgency": "thượng khẩn"}),
    ("secret", [(Zone.SECRECY, "MẬT")], {"secrecy": "mật"}),
    ("top secret", [(Zone.SECRECY, "TUYỆT MẬT")], {"secrecy": "tuyệt mật"}),
    ("both", [(Zone.SECRECY, "MẬT"), (Zone.URGENCY, "KHẨN")], {"secrecy": "mật", "urgency": "khẩn"}),
    ("neither", [(Zone.TITLE, "QUYẾT ĐỊNH")], {}),
]


@pytest.mark.parametrize(("lines", "marks"), table(MARKS))
def test_marks(lines: list[tuple[Zone, str]], marks: dict[str, str]) -> None:
    assert {name: found.value for name, found in read_marks(zones(*lines)).items()} == marks

"""Is a text layer believed when it is good, and refused with the right reason when it is not?"""

from __future__ import annotations

import unicodedata

import pytest

from pipeline.read.compose import RawWord
from pipeline.read.trust import distrust

BOX = (0.1, 0.1, 0.2, 0.12)
LETTER = (
    "Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh về việc đảm bảo an toàn cơ sở hạ tầng và an"
    " ninh thông tin trong hoạt động thông tin và truyền thông, Sở Thông tin và Truyền thông đề nghị các đơn vị,"
    " địa phương trên địa bàn tỉnh thực hiện một số nội dung sau đây, báo cáo kết quả về Sở trước ngày 25 hằng tháng"
    " để tổng hợp, báo cáo Ủy ban"
)
DIGITAL, SCAN = 0.0, 1.0


def words(text: str) -> list[RawWord]:
    return [RawWord(word, BOX) for word in text.split()]


BELIEVED = [
    (LETTER, DIGITAL),
    (LETTER, SCAN),  # a scanner's own OCR that came out well
    (LETTER.upper(), DIGITAL),
    (unicodedata.normalize("NFD", LETTER), DIGITAL),  # marks as characters of their own still compose
    (LETTER + " 359/STTTT-BCVT http://stttt.gialai.gov.vn Email CNTT VNPT-iOffice 0982.142.211", DIGITAL),
    ("Stt Họ và tên Chức vụ 1 A 2 B 3 C Nguyễn Văn An Trần Thị Bình Lê Văn Cường Giám đốc Phó Giám đốc", DIGITAL),
]


@pytest.mark.parametrize(("text", "cover"), BELIEVED)
def test_good_text_is_believed(text: str, cover: float) -> None:
    assert distrust(words(text), cover) is None


GLYPHS = " ".join(f"(cid:{n})" for n in range(40))
PRIVATE = "\ue000\ue001\ue002 \uf0b7\uf0a7 "
SPLIT = "ĐIỀ U KHO Ả N CỦ A H Ợ P Đ Ồ NG V Ề VI Ệ C TH Ự C HI Ệ N C Á C N Ộ I DUNG"
PARTED = " ".join(word + " \u0300" for word in LETTER.split())
TCVN3 = (
    "Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc Uû ban nh©n d©n tØnh V/v t¨ng c\u00adêng c«ng t¸c"
    " qu¶n lý ®Êt ®ai trªn ®Þa bµn tØnh Thùc hiÖn ý kiÕn chØ ®¹o cña Bé tr\u00adëng Bé X©y dùng vÒ viÖc"
)
ENGLISH_OCR = (
    "Thuc hien y kien chi dao cua Chu tich Uy ban nhan dan tinh ve viec dam bao an toan co so ha tang va an"
    " ninh thong tin trong hoat dong thong tin va truyen thong, So Thong tin va Truyen thong de nghi cac don vi,"
    " dia phuong tren dia ban tinh thuc hien mot so noi dung sau day"
)
SIGNED = "Người ký: SỞ THÔNG TIN Email: stttt@gialai.gov.vn Cơ quan: Tỉnh Gia Lai Thời gian ký: 23.03.2020 16:05:11"

REFUSED = [
    ("", DIGITAL, "empty"),
    ("1 2 3 / - . 17", DIGITAL, "empty"),
    (GLYPHS, DIGITAL, "glyphs"),  # fonts without a map to Unicode
    (PRIVATE * 10 + LETTER, DIGITAL, "glyphs"),
    (SPLIT, DIGITAL, "split-marks"),  # syllables in pieces, as docling's users report
    (PARTED, DIGITAL, "split-marks"),  # marks that belong to no letter
    (TCVN3, DIGITAL, "not-vietnamese"),
    (ENGLISH_OCR + " " + ENGLISH_OCR, SCAN, "not-vietnamese"),  # a scanner that reads English
    (SIGNED, SCAN, "sparse"),  # only a digital signature's block lies over the picture
]


@pytest.mark.parametrize(("text", "cover", "reason"), REFUSED)
def test_bad_text_is_refused_with_its_reason(text: str, cover: float, reason: str) -> None:
    assert distrust(words(text), cover) == reason


def test_a_scanners_text_must_be_better_than_a_printers() -> None:
    """One word in ten ruined: print has its names and codes, recognised text with as many is bad recognition."""
    ruined = [word if at % 10 else "xqz" + word[:2] + "w" for at, word in enumerate(LETTER.split())]
    text = " ".join(ruined)
    assert distrust(words(text), DIGITAL) is None
    assert distrust(words(text), SCAN) == "not-vietnamese"

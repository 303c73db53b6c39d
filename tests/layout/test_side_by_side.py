"""Two columns on one line of text: which lines are parted, in which order, and which are left whole."""

from __future__ import annotations

import pytest

from pipeline.layout.split import page_lines
from pipeline.read.markup import pages_of_text


def parted(text: str) -> list[str]:
    pages, _ = pages_of_text(text)
    return [line.text for line in page_lines(pages)]


HEADER = [
    # (question, text, lines)
    ("blanks between the columns",
     "   UBND TỈNH X          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n   SỞ NỘI VỤ           Độc lập - Tự do - Hạnh phúc",
     ["UBND TỈNH X", "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]),
    ("a tab between them",
     "UBND TỈNH X\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/UBND\tHà Nội, ngày 05 tháng 7 năm 2019",
     ["UBND TỈNH X", "Số: 12/UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 05 tháng 7 năm 2019"]),
    ("one space between them",
     "UBND TỈNH X CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ Độc lập - Tự do - Hạnh phúc\n"
     "Số: 1/SYT-VP Huế, ngày 1 tháng 2 năm 2016",
     ["UBND TỈNH X", "SỞ Y TẾ", "Số: 1/SYT-VP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
      "Huế, ngày 1 tháng 2 năm 2016"]),
    ("a line of the left column between",
     "UBND TỈNH X    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ\nSố: 1/SYT    Huế, ngày 1 tháng 2 năm 2016",
     ["UBND TỈNH X", "SỞ Y TẾ", "Số: 1/SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Huế, ngày 1 tháng 2 năm 2016"]),
]  # fmt: skip

CLOSING = [
    ("authority beside the word", "Nơi nhận:      KT. GIÁM ĐỐC\n- Như trên;     PHÓ GIÁM ĐỐC\n- Lưu: VT.",
     ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
    ("one space before a position", "Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.",
     ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
    ("a name set far to the right",
     "Nơi nhận:                 GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.\n                                   Lê Văn Thử",
     ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Lê Văn Thử"]),
]  # fmt: skip

WHOLE = [
    # (question, text): nothing is parted
    ("the state's name inside a sentence", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013 quy định."),
    (
        "a subject that holds half of it",
        "V/v hưởng ứng Ngày Pháp luật nước Cộng hòa xã hội chủ\nnghĩa Việt Nam năm 2020",
    ),
    ("a motto alone", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ("a table of tasks", "STT   Nội dung   Đơn vị\n1   Rà soát   Sở Y tế"),
    ("recipients in capitals after a semicolon", "Nơi nhận:\n- TT. HĐND; UBND TP;\n- Lưu: VT."),
    ("a date inside a sentence", "Số liệu tính đến 31/12 của Huế, ngày 1 tháng 2 năm 2016 đã gửi."),
]


@pytest.mark.parametrize(("text", "lines"), [row[1:] for row in HEADER], ids=[row[0] for row in HEADER])
def test_header(text: str, lines: list[str]) -> None:
    assert parted(text) == lines


@pytest.mark.parametrize(("text", "lines"), [row[1:] for row in CLOSING], ids=[row[0] for row in CLOSING])
def test_closing(text: str, lines: list[str]) -> None:
    assert parted("Sở đề nghị các đơn vị thực hiện./.\n\n" + text)[1:] == lines


@pytest.mark.parametrize("text", [row[1] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_left_whole(text: str) -> None:
    assert parted(text) == text.split("\n")

"""By which lines are the parts of a document told, printed well or read badly, and which lines only look so?"""

from __future__ import annotations

import pytest

from pipeline.layout import signs
from pipeline.layout.closing import is_authority, is_position_line

NUMBER_LINES = [
    "Số: 359/STTTT-BCVT",
    "Số 205-KH/TU",
    "Số: 41/2016/QĐ-UBND",
    "Số:       /UBND-VHTT",  # a draft
    "Số: …../BC-STC",
    "**Số**: 12/UBND-VX".replace("*", ""),
    "Số : 514 /SGDDĐT-VP",
    "Sô: 409 /TB-VPUBND",  # read badly
    "SỐ: 77/KH-BYT",
    "Số 14514-CV/VPTW",
    "Luật số: 121/2025/QH15",
    "Nghị quyết số: 94/2025/UBTVQH15",
    "Số: 15/2004/TTLT-BNN-BNV",
]
NOT_NUMBER_LINES = [
    "Số liệu tính đến ngày 30/6/2020 của các đơn vị",
    "số lượng: 12 bản",
    "Số điện thoại: 0982.142.211",
    "Kính gửi: Các sở, ban, ngành",
    "Căn cứ Quyết định số 41/2016/QĐ-UBND ngày 30/9/2016 của Ủy ban nhân dân tỉnh Gia Lai",
    "",
]


@pytest.mark.parametrize("text", NUMBER_LINES)
def test_a_number_line(text: str) -> None:
    assert signs.is_number_line(text)


@pytest.mark.parametrize("text", NOT_NUMBER_LINES)
def test_not_a_number_line(text: str) -> None:
    assert not signs.is_number_line(text)


DATE_LINES = [
    "Gia Lai, ngày 23 tháng 3 năm 2020",
    "Quảng Ngãi, ngày  14   tháng 4 năm 2021",
    "Triệu Sơn, ngày    tháng    năm 2020",
    "TP. Hồ Chí Minh, ngày 05 tháng 01 năm 2021",
    "Hà Nội, ngày … tháng … năm 2019",
    "Đắk Nông, ngay 06 thang 7 nam 2019",  # marks lost
    "Hà Nội, ngày 30 thắng 3 năm 2019",  # another mark read
    "ngày 5 tháng 6 năm 2020",
    "Đăk R'lấp, ngày 16 tháng7năm 2019",
]
NOT_DATE_LINES = [
    "Căn cứ Quyết định số 41/2016/QĐ-UBND ngày 30 tháng 9 năm 2016 của Ủy ban nhân dân",
    "Thực hiện Chỉ thị số 03 ngày 13 tháng 3 năm 2020",
    "hàng tháng, hàng năm báo cáo kết quả",
    "Gia Lai",
    "",
]


@pytest.mark.parametrize("text", DATE_LINES)
def test_a_date_line(text: str) -> None:
    assert signs.is_date_line(text)


@pytest.mark.parametrize("text", NOT_DATE_LINES)
def test_not_a_date_line(text: str) -> None:
    assert not signs.is_date_line(text)


MOTTOES = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "state"),
    ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "state"),
    ("CỌNG HOÀ XÃ HỌI CHỦ NGHĨA VIỆT NAM", "state"),  # read badly
    ("Độc lập - Tự do - Hạnh phúc", "state"),
    ("Độc lập — Tự do — Hạnh phúc", "state"),
    ("Dộc lập- Tự do- Hạnh phúc", "state"),
    ("ĐẢNG CỘNG SẢN VIỆT NAM", "party"),
    ("ĐOÀN TNCS HỒ CHÍ MINH", "youth"),
    ("BAN CHẤP HÀNH ĐẢNG BỘ TỈNH", None),
    ("Đoàn TNCS Hồ Chí Minh các cấp tổ chức ra quân hưởng ứng Tháng Thanh niên", None),
    ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "regime"), MOTTOES)
def test_the_motto_tells_the_regime(text: str, regime: str | None) -> None:
    assert signs.motto_of(text) == regime


TITLES = [
    ("QUYẾT ĐỊNH", "quyết định"),
    ("QUYÉT ĐỊNH", "quyết định"),  # one mark misread
    ("THÔNG BÁO", "thông báo"),
    ("KẾ HOẠCH", "kế hoạch"),
    ("CÔNG ĐIỆN KHẨN", "công điện"),
    ("NGHỊ QUYẾT", "nghị quyết"),
    ("TỜ TRÌNH", "tờ trình"),
    ("BÁO CÁO", "báo cáo"),
    ("GIẤY MỜI", "giấy mời"),
    ("Quyết định", None),  # a title stands in capitals
    ("QUYẾT ĐỊNH CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", None),
    ("ỦY BAN NHÂN DÂN", None),
    ("I. MỤC TIÊU", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "name"), TITLES)
def test_the_title_names_the_type(text: str, name: str | None) -> None:
    found = signs.type_title(text)
    assert (found[0].name if found else None) == name


MARKS = [
    ("KHẨN", "urgency", "khẩn"),
    ("HỎA TỐC", "urgency", "hỏa tốc"),
    ("HOẢ TỐC", "urgency", "hỏa tốc"),
    ("[HỎA TỐC HẸN GIỜ]", "urgency", "hỏa tốc hẹn giờ"),
    ("THƯỢNG KHẨN", "urgency", "thượng khẩn"),
    ("MẬT", "secrecy", "mật"),
    ("TỐI MẬT", "secrecy", "tối mật"),
    ("khẩn trương thực hiện", "urgency", None),
    ("KHẨN TRƯƠNG THỰC HIỆN", "urgency", None),
    ("bảo mật thông tin", "secrecy", None),
    ("MẬT", "urgency", None),
]


@pytest.mark.parametrize(("text", "section", "mark"), MARKS)
def test_marks_stand_alone(text: str, section: str, mark: str | None) -> None:
    assert signs.mark_of(text, section) == mark


STAMPED = [
    ("mật", "secrecy", "mật"),
    ("Hỏa tốc", "urgency", "hỏa tốc"),
    ("mật", "urgency", None),
    ("bí mật", "secrecy", None),
]


@pytest.mark.parametrize(("text", "section", "mark"), STAMPED)
def test_a_mark_stamped_in_red_need_not_be_in_capitals(text: str, section: str, mark: str | None) -> None:
    assert signs.mark_of(text, section, stamped=True) == mark
    assert signs.mark_of(text, section) is None


LINES = [
    # function, lines that are, lines that are not
    (
        signs.is_addressees,
        ["Kính gửi:", "Kính gửi: Các sở", "KÍNH GỬI", "Kinh gửi:", "Đồng kính gửi:"],
        ["gửi kèm", "Gửi"],
    ),
    (
        signs.is_recipients,
        ["Nơi nhận:", "NƠI NHẬN", "Noi nhận:", "- Nơi nhận :", "Moi nhận:", "ơi nhân:", "Wơi nhận:", "Nơl nhàn:"],
        [
            "nhận được văn bản này",
            "Người nhận: Nguyễn Văn An",
            "Người nhận:",
            "Ngày nhận:",
            "Nhận xét:",
            "Ghi nhận:",
            "Xác nhận:",
            "Giao nhận:",
            "Nội quy:",
            "Nơi ở:",
            "Wơi nhận hồ sơ là bộ phận một cửa",
        ],
    ),
    (
        signs.is_covered_date,
        ["Đắk Nông, tháng 06 năm 2019", "Quảng Tín, ngày năm 2018", "Hà Nội, năm 2020", "Kiến Đức, tháng 44 năm 2018"],
        [
            "Thực hiện Kế hoạch số 12, tháng 6 năm 2019",
            "Trong quý I, các đơn vị báo cáo năm 2019",
            "tháng 6 năm 2019",
            "đã hoàn thành, năm 2020",
            "Hà Nội, năm học 2020",
        ],
    ),
    (
        signs.is_archive,
        ["- Lưu: VT, VP.", "Lưu VT", "-Lưu:VT,KTTH", "Lưu Văn phòng Tỉnh ủy.", "lưu: vt"],
        ["Lưu", "- Như trên;", "", "lưu lượng", "Lưu lượng nước về hồ"],
    ),
    (
        signs.subject_lead,
        ["V/v tăng cường", "V/V tăng cường", "Về việc ban hành", "VV: báo cáo", "(V/v báo cáo)"],
        ["Vừa qua", "VVIP", "về các việc"],
    ),
    (
        signs.is_received,
        ["ĐẾN", "CÔNG VĂN ĐẾN", "VĂN BẢN ĐẾN", "[ ĐẾN ]"],
        ["đến", "Đến ngày 30/6", "TỪ NĂM 2020 ĐẾN NĂM 2025", "ĐẾN HẠN"],
    ),
    (
        signs.is_furniture,
        ["2", "- 3 -", "Trang 4", "5/12", "https://gialai.gov.vn/a", "www.gialai.gov.vn"],
        ["Điều 2", "2 người", "2020 - 2025", "1. Các đơn vị"],
    ),
    (
        signs.is_contact_line,
        [
            "Địa chỉ: 98 Phan Đình Phùng",
            "Điện thoại: 0269 3824 258",
            "ĐT: 0269",
            "Fax: 0269",
            "Email: a@b.vn",
            "Website: b.vn",
        ],
        ["địa chỉ của đơn vị", "Điện lực Gia Lai:", "Fax"],
    ),
    (
        is_authority,
        [
            "KT. GIÁM ĐỐC",
            "TM. ỦY BAN NHÂN DÂN",
            "TL. CHỦ TỊCH",
            "TUQ. GIÁM ĐỐC",
            "Q. GIÁM ĐỐC",
            "T/M BAN THƯỜNG VỤ",
            "KT CHỦ TỊCH",
        ],
        ["KTV GIÁM SÁT", "Q.1 THÀNH PHỐ", "TM dự án", "KIỂM TRA", "TRÌNH CHỦ TỊCH", "QUYẾT ĐỊNH:"],
    ),
    (
        is_position_line,
        ["PHÓ GIÁM ĐỐC", "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "BÍ THƯ"],
        ["Phó Giám đốc", "SỞ Y TẾ", "I. TỔ CHỨC THỰC HIỆN"],
    ),
]
TABLE = [(function, text, True) for function, yes, _ in LINES for text in yes] + [
    (function, text, False) for function, _, no in LINES for text in no
]


@pytest.mark.parametrize(("function", "text", "expected"), TABLE, ids=lambda v: getattr(v, "__name__", v))
def test_lines_and_their_look_alikes(function: object, text: str, expected: bool) -> None:
    assert bool(function(text)) is expected  # type: ignore[operator]

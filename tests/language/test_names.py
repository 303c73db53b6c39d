"""Which words are a person's name, where a name ends, and what a signer's line is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.names import clean_person_name, find_person_names, is_person_name

FOUND = [
    ("liên hệ Ông Nguyễn Đức Huân, Phó Chánh văn phòng", [("Nguyễn Đức Huân", "Ông")]),
    ("Ông Nguyễn Quốc Huy Hoàng, TP. CNTT", [("Nguyễn Quốc Huy Hoàng", "Ông")]),
    ("Đồng chí Thượng úy Hoàng Gia Bảo - Cán bộ, Phòng", [("Hoàng Gia Bảo", "Đồng chí Thượng úy")]),
    ("0913.421376 (Đ/c Nguyễn Ngọc Hùng);", [("Nguyễn Ngọc Hùng", "Đ/c")]),
    ("0913.46.46.89 (đồng chí Vượng).", [("Vượng", "đồng chí")]),  # a lone given name after a form of address
    (
        "(chị: Nguyễn Thu Hằng, điện thoại) hoặc chị\nNguyễn Thu Hà, ĐT",
        [("Nguyễn Thu Hằng", "chị"), ("Nguyễn Thu Hà", "chị")],
    ),
    (
        "đồng chí Nguyễn Xuân Danh\n~ Phó Chủ tịch UBND huyện cùng đồng chí Trần Đăng Ánh — Phó Chủ tịch",
        [("Nguyễn Xuân Danh", "đồng chí"), ("Trần Đăng Ánh", "đồng chí")],
    ),
    ("cùng đông chi Trần Đăng Ánh", [("Trần Đăng Ánh", "đông chi")]),  # marks of the form of address lost
    # where the name ends when no comma says so
    ("Ông Nguyễn Văn An Phó Giám đốc Sở", [("Nguyễn Văn An", "Ông")]),
    ("ông Lê Mai Toản Chủ tịch UBND", [("Lê Mai Toản", "ông")]),
    ("Đại tướng Lương Tam Quang CƠ SỞ DỮ LIỆU", [("Lương Tam Quang", "Đại tướng")]),
    ("ông Trương Thanh Tùng\nTrong quá trình", [("Trương Thanh Tùng", "ông")]),
    ("bà Nguyễn Thị\nNăm về việc", [("Nguyễn Thị Năm", "bà")]),  # a name broken over two lines
    # peoples of the Central Highlands
    ("ông Y Thanh Hà Niê Kđăm, Bí thư", [("Y Thanh Hà Niê Kđăm", "ông")]),
    ("bà H' Vi ÊBan", [("H' Vi ÊBan", "bà")]),
    ("ông K’Brếp và ông Điểu K'Ré", [("K'Brếp", "ông"), ("Điểu K'Ré", "ông")]),
    # capitals, ranks and degrees
    ("Ông NGUYỄN VĂN AN", [("Nguyễn Văn An", "Ông")]),
    ("Trung tá Phạm Văn Thanh", [("Phạm Văn Thanh", "Trung tá")]),
    ("PGS.TS. Trần Thị Thanh Hà", [("Trần Thị Thanh Hà", "PGS.TS.")]),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_names_after_a_form_of_address(text: str, names: list[tuple[str, str]]) -> None:
    spans = find_person_names(text)
    assert [(span.name, span.title) for span in spans] == names
    assert all(
        " ".join(text[span.start : span.end].split()).lower().replace("’", "'") == span.name.lower() for span in spans
    )


NONE = [
    "Đồng chí Chủ tịch UBND tỉnh",
    "đồng chí Bí thư Tỉnh ủy",
    "các đồng chí Thường trực Huyện ủy",
    "bà con nhân dân",
    "tỉnh Bà Rịa - Vũng Tàu",
    "huyện đảo Cô Tô",
    "ông bà nội",
    "kỹ sư Xây dựng",
    "anh em trong đơn vị",
    "Cao Anh Tuấn",  # "Anh" is a syllable of the name here
]


@pytest.mark.parametrize("text", NONE)
def test_no_name_there(text: str) -> None:
    assert find_person_names(text) == []


SIGNERS = [
    "Trần Sỹ",
    "Lê Thị Thu Hương",
    "NGUYỄN THANH SƠN",
    "£ Hoàng Viết Nam —",
    "/M=—— Hoàng Viết Nam",
    "ThS. Nguyễn Văn Bình",
    "Đại tướng Lương Tam Quang",
    "Nguyễn Văn An (đã ký)",
    "Y Thanh",
    "K' Brếp",
    "H'LIM NIÊ",
    "Lê Công An",  # "công an" inside a name
    "Nguyễn Tấn Bi",
]


@pytest.mark.parametrize("line", SIGNERS)
def test_lines_that_are_a_signers_name(line: str) -> None:
    assert is_person_name(line) > 0.5


NOT_SIGNERS = [
    "",
    "GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "KT. GIÁM ĐỐC",
    "CHU TỊCH .",  # "CHỦ TỊCH", misread
    "SỞ TÀI CHÍNH",
    "HUYỆN KRÔNG NÔ",
    "ĐOÀN HỘI THẨM QUÂN NHÂN",
    "CƠ SỞ DỮ LIỆU QUỐC GIA",
    "TÔ CHỨC THỰC HIỆN",
    "ĐIỀU KHOẢN THI HÀNH",
    "DANH MỤC",
    "PHỤ LỤC",
    "Độc lập - Tự do - Hạnh phúc",
    "Ủy ban nhân dân",
    "Nơi nhận:",
    "- Đoàn ĐBQH tỉnh;",
    "- Lãnh đạo Sở;",
    "Gia Lai",
    "Đắk Nông",
    "Quảng Ngãi",
    "Hà N",
    "PHÓ TH",
    "Đ ặng Hoàng Oanh",  # a syllable cut in two: the rest would be a wrong name
    "việc giải quyết khiếu nại của bà Nguyễn Thị Năm",
    "địa chỉ: 07 Phan Bội Châu, thị trấn Đăk Mâm",
    "Hàng hải Việt Nam (sửa đổi)",
    "12 tháng 7",
]


@pytest.mark.parametrize("line", NOT_SIGNERS)
def test_lines_that_are_no_signers_name(line: str) -> None:
    assert is_person_name(line) < 0.5


def test_a_family_name_that_lost_its_marks_counts_for_less() -> None:
    assert is_person_name("Nguyễn Văn Hải") > is_person_name("Nguyên Văn Hải") > is_person_name("Ngưỡn Văn Hải")


CLEAN = [
    ("ThS. Nguyễn Văn A", "Nguyễn Văn A"),
    ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
    ("£ Hoàng Viết Nam —", "Hoàng Viết Nam"),
    ("Thượng tá Nguyễn Văn Bình", "Nguyễn Văn Bình"),
    ("BSCKII. Lê Văn Thảo", "Lê Văn Thảo"),
    ("PGS.TS. Trần Thị Thanh Hà", "Trần Thị Thanh Hà"),
    ("đ/c  Trần\nNgọc Hưng", "Trần Ngọc Hưng"),
    ("Ông: Nguyễn Đức Huân,", "Nguyễn Đức Huân"),
    ("Nguyễn Văn An (đã ký)", "Nguyễn Văn An"),
    ("H’LIM NIÊ", "H'Lim Niê"),
    ("Y THANH HÀ NIÊ KĐĂM", "Y Thanh Hà Niê Kđăm"),
    ("Vượng", "Vượng"),
    ("...", ""),
]


@pytest.mark.parametrize(("text", "name"), CLEAN)
def test_the_name_alone(text: str, name: str) -> None:
    assert clean_person_name(text) == name


surname = st.sampled_from(["Nguyễn", "Trần", "Lê", "Đinh", "Huỳnh", "Ksor", "Điểu", "Y", "Phan"])
given_name = st.lists(
    st.sampled_from(["Văn", "Thị", "Hữu", "Minh", "Ngọc", "Hải", "Yến", "Khuê", "Toàn", "Ưng"]), min_size=1, max_size=3
)
names = st.builds(lambda s, g: " ".join([s, *g]), surname, given_name)


@settings(deadline=None)
@given(
    names,
    st.sampled_from(["Ông ", "bà ", "đ/c ", "Đồng chí Thượng úy ", "TS. ", "(chị: "]),
    st.sampled_from([",", ";", ")", " - Phó Giám đốc"]),
)
def test_a_name_reads_back_between_address_and_position(name: str, title: str, after: str) -> None:
    (span,) = find_person_names(f"liên hệ {title}{name}{after} để phối hợp")
    assert span.name == name


@settings(deadline=None)
@given(names)
def test_cleaning_is_stable_and_undoes_capitals(name: str) -> None:
    assert clean_person_name(name) == name
    assert clean_person_name(name.upper()) == name
    assert is_person_name(name) > 0.5


@settings(deadline=None)
@given(st.text(max_size=50))
def test_spans_lie_in_the_text_and_scores_between_0_and_1(text: str) -> None:
    assert 0 <= is_person_name(text) <= 1
    for span in find_person_names(text):
        assert 0 <= span.start < span.end <= len(text)

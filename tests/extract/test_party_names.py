"""Where does the name of a known agency end, and the sentence about it go on?"""

from __future__ import annotations

import pytest
from extract_pages import table
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.assignees import heading_party, is_participant, named_party, opening_party
from pipeline.extract.party_names import deed_after_agency, opens_with_agency, without_deed

DEEDS = [
    # (question, text, the name)
    ("a verb that names may hold", "UBND thành phố Sầm Sơn cấp phép thi công", "UBND thành phố Sầm Sơn"),
    ("two agencies in a row", "Sở Y tế, Công an tỉnh cấp giấy xác nhận", "Sở Y tế, Công an tỉnh"),
    ("an office in an agency", "Giám đốc Sở Tài chính duyệt quyết toán", "Giám đốc Sở Tài chính"),
    ("an agency of every district", "BHXH các huyện thu hồi thẻ", "BHXH các huyện"),
    ("a verb in capitals is a name", "Sở Xây dựng", "Sở Xây dựng"),
    ("the same verb inside a name that is no agency's", "Tổ Cấp phép xây dựng cấp phép",
     "Tổ Cấp phép xây dựng cấp phép"),
    ("no agency at the head", "Kết quả cấp phép của UBND xã cấp phép", "Kết quả cấp phép của UBND xã cấp phép"),
    ("words after a name that are no verb", "UBND xã Tân Lập có liên quan", "UBND xã Tân Lập có liên quan"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), table(DEEDS))
def test_without_deed(text: str, name: str) -> None:
    assert without_deed(text) == name


@given(st.text(alphabet="UBNDhuyệnxãSởYtế ,;cấpphép", max_size=40))
def test_a_name_is_only_ever_cut_at_its_end(text: str) -> None:
    assert text.startswith(without_deed(text))


def test_what_an_agency_asked_is_no_part_of_its_name() -> None:
    text = "Cục Thuế tỉnh Bình Phước vướng mắc về kê khai thuế"
    assert text[: deed_after_agency(text)] == "Cục Thuế tỉnh Bình Phước"
    assert deed_after_agency("Cục Thuế tỉnh Bình Phước") is None


OPENS = [
    ("a short form of the lexicon", "BHXH các huyện", True),
    ("a bank's branches", "NHNN chi nhánh các tỉnh, thành phố", True),
    ("an office before it", "Thống đốc Ngân hàng Nhà nước Việt Nam", True),
    ("a clause before it", "Vì các lẽ trên, Viện kiểm sát nhân dân tỉnh", False),
    ("no agency", "Hồ sơ tạm ứng", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "opens"), table(OPENS))
def test_opens_with_agency(text: str, opens: bool) -> None:
    assert opens_with_agency(text) is opens


NAMED = [
    ("a road's «giao thông» is no order",
     "Trung tâm Quản lý hạ tầng giao thông đường bộ có trách nhiệm kiểm tra",
     "Trung tâm Quản lý hạ tầng giao thông đường bộ"),
    ("after a topic and its colon", "Về hồ sơ trễ hạn: giao Trung tâm Phục vụ hành chính công phường rà soát",
     "Trung tâm Phục vụ hành chính công phường"),
    ("a trade union above another", "Công đoàn cấp trên trực tiếp cơ sở chịu trách nhiệm",
     "Công đoàn cấp trên trực tiếp cơ sở"),
    ("«Lãnh đạo» that leads", "Lãnh đạo hoàn thành các chỉ tiêu năm 2023", None),
    ("«Lãnh đạo» of somebody", "Lãnh đạo các phòng có trách nhiệm triển khai", "Lãnh đạo các phòng"),
    ("tax payers in a name", "Phòng Tuyên truyền, hỗ trợ người nộp thuế đăng tải nội dung",
     "Phòng Tuyên truyền, hỗ trợ người nộp thuế"),
    ("what a unit is, and what it has to do", "Phòng Y tế là cơ quan thường trực, có trách nhiệm chuẩn bị nội dung",
     "Phòng Y tế"),
    ("what a unit is, and no more", "Phòng Y tế là cơ quan thường trực của Tổ công tác", None),
    ("somebody obliged", "Ông Nguyễn Văn Bình có nghĩa vụ trả nợ", "Ông Nguyễn Văn Bình"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), table(NAMED))
def test_named(text: str, name: str | None) -> None:
    party = named_party(text)
    assert (party.names if party else None) == ((name,) if name else None)


OPENING = [
    ("a meeting is no order", "Chủ tịch UBND phường chủ trì họp giao ban. Kết luận như sau:", None),
    ("an order to a board", "UBND xã giao Ban Chỉ huy Quân sự xã thực hiện:", "Ban Chỉ huy Quân sự xã"),
    ("what the party is asked to direct ends its name",
     "Bộ trưởng yêu cầu Chủ tịch UBND các tỉnh nêu trên tập trung chỉ đạo thực hiện:", "Chủ tịch UBND các tỉnh"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), table(OPENING))
def test_opening(text: str, name: str | None) -> None:
    party = opening_party(text)
    assert (party.names if party else None) == ((name,) if name else None)


HEADINGS = [
    ("what is to be done stands behind the colon", "3. Kho bạc Nhà nước tỉnh: Báo cáo thu, chi ngân sách.", None),
    ("the names of one group stand behind it", "3. Giám đốc các Sở: Tài chính, Xây dựng",
     "Giám đốc các Sở: Tài chính, Xây dựng"),
    ("a person and a position, with a stop", "1. Ông Lưu Đình Phương - Phó Trưởng phòng;", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), table(HEADINGS))
def test_heading(text: str, name: str | None) -> None:
    party = heading_party(text)
    assert (party.names if party else None) == ((name,) if name else None)


PARTICIPANTS = [
    ("who sat in the chair", "Ông Lưu Đình Phương - Phó Trưởng phòng, chủ trì;", True),
    ("who lives where", "Bà Đỗ Thị Mùi - Thôn 3, xã Đình Xuyên.", True),
    ("who has something to do", "Ông Lưu Đình Phương - Phó Trưởng phòng chịu trách nhiệm theo dõi, đôn đốc.", False),
    ("a heading over what he has to do", "Ông Lưu Đình Phương - Phó Trưởng phòng:", False),
    ("no person", "UBND xã Đình Xuyên - chủ trì", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "is_one"), table(PARTICIPANTS))
def test_participant(text: str, is_one: bool) -> None:
    assert is_participant(text) is is_one

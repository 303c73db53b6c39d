"""Whom does a sentence direct?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.assignees import Party, heading_party, is_general, listed_parties, named_party, opening_party

OPENING = [
    (
        "corpus: heads of units",
        "Sở Giáo dục và Đào tạo yêu cầu thủ trưởng các đơn vị triển khai thực hiện một số nội dung sau:",
        "thủ trưởng các đơn vị",
    ),
    (
        "corpus: commas inside one party",
        "UBND huyện yêu cầu các xã, thị trấn, cơ quan, đơn vị triển khai thực hiện một số nội dung sau:",
        "các xã, thị trấn, cơ quan, đơn vị",
    ),
    (
        "«theo đề nghị của» directs nobody",
        "Theo đề nghị của Sở Nội vụ, UBND tỉnh yêu cầu các Sở, ban, ngành thực hiện:",
        "các Sở, ban, ngành",
    ),
    ("nothing but a proposal", "Xét đề nghị của Giám đốc Sở Nội vụ", None),
    (
        "an urgent telegram",
        "Chủ tịch UBND tỉnh điện khẩn Chủ tịch UBND các huyện triển khai:",
        "Chủ tịch UBND các huyện",
    ),
    (
        "a mark lost in recognition",
        "Chủ tịch UBND tỉnh điện khân Chủ tịch UBND các huyện triển khai:",
        "Chủ tịch UBND các huyện",
    ),
    ("«đề nghị với»", "Sở Y tế đề nghị với Bệnh viện đa khoa tỉnh phối hợp", "Bệnh viện đa khoa tỉnh"),
    ("«giao cho»", "UBND xã giao cho Phòng Nội vụ theo dõi", "Phòng Nội vụ"),
    ("the last verb wins", "Sở Tài chính đề nghị Sở Nội vụ báo cáo và yêu cầu UBND xã thực hiện", "UBND xã"),
    ("«kính mong»", "Sở kính mong các đơn vị phối hợp", "các đơn vị"),
    ("nobody named after the verb", "Đề nghị quan tâm thực hiện", None),
    ("a noun after the verb", "Sở yêu cầu báo cáo kết quả", None),
    ("no verb that directs", "Trong thời gian qua, công tác này có nhiều chuyển biến", None),
    ("empty", "", None),
]

NAMED = [
    ("giao", "Giao Giám đốc Sở Nội vụ chủ trì", "Giám đốc Sở Nội vụ"),
    ("giao cho", "Giao cho Phòng Nội vụ theo dõi", "Phòng Nội vụ"),
    ("đề nghị", "Đề nghị Công an tỉnh chủ trì, phối hợp với các sở", "Công an tỉnh"),
    ("kính đề nghị", "Kính đề nghị UBND tỉnh xem xét", "UBND tỉnh"),
    ("yêu cầu", "Yêu cầu các đơn vị báo cáo", "các đơn vị"),
    ("after «do đó»", "Do đó, đề nghị các đơn vị quan tâm", "các đơn vị"),
    ("subject with a duty", "Các Sở, ngành, địa phương có trách nhiệm rà soát", "Các Sở, ngành, địa phương"),
    ("subject and «phải»", "Doanh nghiệp viễn thông phải bảo đảm liên lạc", "Doanh nghiệp viễn thông"),
    (
        "two office holders in one",
        "Chánh Văn phòng, Giám đốc các Sở chịu trách nhiệm thi hành",
        "Chánh Văn phòng, Giám đốc các Sở",
    ),
    ("a duty inside a name: Quản lý", "Ban Quản lý khu kinh tế chủ trì", "Ban Quản lý khu kinh tế"),
    ("a duty inside a name: tổ chức", "Các tổ chức tín dụng thực hiện", "Các tổ chức tín dụng"),
    ("a duty inside a name: Xây dựng", "Giao Sở Xây dựng tham mưu", "Sở Xây dựng"),
    (
        "a duty inside a name: Đầu tư",
        "Giám đốc Sở Kế hoạch và Đầu tư nghiêm túc thực hiện",
        "Giám đốc Sở Kế hoạch và Đầu tư",
    ),
    (
        "after an adverbial clause",
        "Sau khi có kết quả, các Sở, ngành, địa phương chủ trì phối hợp",
        "các Sở, ngành, địa phương",
    ),
    ("after an adverbial of time", "Trong thời gian Tết, Ban Chỉ đạo chủ trì", "Ban Chỉ đạo"),
    ("begins with the doing", "Tăng cường kiểm tra", None),
    ("«báo cáo» is no «báo»", "Báo cáo kết quả về Sở", None),
    ("«ban hành» is no «ban»", "ban hành văn bản", None),
    ("a case, not a party", "Trường hợp vướng mắc, báo cáo về Sở", None),
    ("may, but need not", "Thủ trưởng các đơn vị có thể tham khảo", None),
    ("told after a colon what to do", "UBND xã Đăk Wer: triển khai kế hoạch", "UBND xã Đăk Wer"),
    ("«đối với» and what it must", "Đối với các xã, thị trấn phải chủ động phòng dịch", "các xã, thị trấn"),
    (
        "a speck of the scan inside a name",
        "Ban Chỉ đạo phòng, chống. dịch bệnh huyện chỉ đạo việc dập dịch",
        "Ban Chỉ đạo phòng, chống. dịch bệnh huyện",
    ),
    ("«trình» inside a word ends nothing", "Các đơn vị có công trình phải báo cáo", "Các đơn vị có công trình"),
    ("«tổ chức» as a verb is no party", "Tổ chức hội nghị triển khai kế hoạch", None),
    ("what is told", "Bộ Công Thương đã tích cực triển khai Nghị quyết", None),
    ("who asks for itself", "Ủy ban nhân dân huyện kiến nghị bãi bỏ quyết định", None),
    ("whom to tell of difficulties", "Nếu có vướng mắc, đề nghị các đơn vị phản ánh về Sở", None),
    ("a list's member before the duty", "Tiếp tục chỉ đạo Ban Chỉ huy quân sự xã, thị trấn phối hợp", None),
    ("empty", "", None),
]

HEADING = [
    ("asked in the heading", "7. Đề nghị Mặt trận Tổ quốc huyện", "Mặt trận Tổ quốc huyện"),
    ("told in the heading", "1.1. Giao phòng Nông nghiệp và PTNT:", "phòng Nông nghiệp và PTNT"),
    ("corpus: numbered", "3. Công an tỉnh:", "Công an tỉnh"),
    ("corpus: đối với", "II. Đối với các doanh nghiệp viễn thông", "các doanh nghiệp viễn thông"),
    (
        "corpus: commas",
        "- Các doanh nghiệp cung cấp dịch vụ, đặc biệt là các doanh nghiệp viễn thông, internet:",
        "Các doanh nghiệp cung cấp dịch vụ, đặc biệt là các doanh nghiệp viễn thông, internet",
    ),
    ("numbered without a colon", "1. UBND xã Đăk Wer", "UBND xã Đăk Wer"),
    ("a group", "2. Các Sở, ban, ngành, địa phương:", "Các Sở, ban, ngành, địa phương"),
    ("lettered", "a) Sở Tài chính:", "Sở Tài chính"),
    ("an article", "Điều 2. Văn phòng Sở:", "Văn phòng Sở"),
    ("capitals", "IV. UBND CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ", "UBND CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ"),
    ("a colon without a number", "Công an tỉnh:", "Công an tỉnh"),
    ("đối với without a number", "Đối với Sở Y tế:", "Sở Y tế"),
    ("a duty inside a name", "4. Ban Quản lý dự án:", "Ban Quản lý dự án"),
    ("neither number nor colon", "Công an tỉnh", None),
    ("an aim", "1. Mục đích:", None),
    ("a doing", "1. Tăng cường kiểm tra:", None),
    ("a piece of work", "Đối với công tác tuyên truyền:", None),
    ("a sentence", "3. Sở Nội vụ phải báo cáo", None),
    ("a sentence with a colon", "3. Sở Nội vụ chủ trì:", None),
    ("«Ban hành» is no «Ban»", "1. Ban hành văn bản:", None),
    ("«Báo cáo» is no «Báo»", "1. Báo cáo:", None),
    ("too long for a heading", "1. " + "Sở Nội vụ, " * 20 + ":", None),
    ("two lines", "1. Sở Nội vụ\nchủ trì:", None),
    ("empty", "", None),
]


@pytest.mark.parametrize(("text", "name"), [row[1:] for row in OPENING], ids=[row[0] for row in OPENING])
def test_opening(text: str, name: str | None) -> None:
    assert _names(opening_party(text)) == _one(name)


@pytest.mark.parametrize(("text", "name"), [row[1:] for row in NAMED], ids=[row[0] for row in NAMED])
def test_named(text: str, name: str | None) -> None:
    assert _names(named_party(text)) == _one(name)


@pytest.mark.parametrize(("text", "name"), [row[1:] for row in HEADING], ids=[row[0] for row in HEADING])
def test_heading(text: str, name: str | None) -> None:
    assert _names(heading_party(text)) == _one(name)


GENERAL = [
    ("everybody spoken to", "các cơ quan, đơn vị", True),
    ("units alone", "các đơn vị", True),
    ("departments in general", "các sở, ban, ngành", True),
    ("organisations and persons", "Các tổ chức, cá nhân", True),
    ("one agency", "Sở Nội vụ", False),
    ("heads of units", "thủ trưởng các đơn vị", False),
    ("enterprises", "các doanh nghiệp viễn thông", False),
]


@pytest.mark.parametrize(("name", "general"), [row[1:] for row in GENERAL], ids=[row[0] for row in GENERAL])
def test_is_general(name: str, general: bool) -> None:
    assert is_general(Party((name,))) is general


@pytest.mark.parametrize("text", ["Giao Sở Tài chính; Sở Nội vụ phối hợp", "Yêu cầu Sở Tài chính; Sở Nội vụ chủ trì"])
def test_parties_parted_by_semicolons_are_several(text: str) -> None:
    assert _names(named_party(text)) == ("Sở Tài chính", "Sở Nội vụ")


@pytest.mark.parametrize("verb", ["hoàn thiện dự thảo", "giám sát việc thực hiện", "sơ tán dân", "số hóa hồ sơ"])
def test_the_name_ends_where_the_doing_begins(verb: str) -> None:
    assert _names(named_party(f"Giao Sở Xây dựng {verb}")) == ("Sở Xây dựng",)


WORDS = [
    "Giao",
    "Sở",
    "Nội vụ",
    "các",
    "đơn vị",
    "chủ trì",
    ",",
    ";",
    ":",
    ".",
    "phối hợp",
    "yêu cầu",
    "1.",
    "a)",
    "báo cáo",
    "-",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_a_party_is_words_of_the_sentence(text: str) -> None:
    for read in (opening_party, named_party, heading_party):
        party = read(text)
        if party is not None:
            assert party.names
            for name in party.names:
                assert name in text
                assert name == name.strip(" ,.;:-")


def _names(party: Party | None) -> tuple[str, ...] | None:
    return party.names if party else None


def _one(name: str | None) -> tuple[str, ...] | None:
    return (name,) if name else None


LISTED = [
    (
        "offices, a group whose commas part nothing, and everybody else",
        "Chánh Văn phòng UBND tỉnh, Giám đốc Sở Tài chính, thủ trưởng các sở, ban, ngành và các tổ chức, cá nhân có "
        "liên quan",
        ("Chánh Văn phòng UBND tỉnh", "Giám đốc Sở Tài chính", "thủ trưởng các sở, ban, ngành",
         "các tổ chức, cá nhân có liên quan"),
    ),
    ("one office of two bodies", "Chánh Văn phòng HĐND và UBND huyện", ("Chánh Văn phòng HĐND và UBND huyện",)),
    ("districts and cities are of one committee", "Chủ tịch UBND các huyện, thị xã, thành phố",
     ("Chủ tịch UBND các huyện, thị xã, thành phố",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), [row[1:] for row in LISTED], ids=[row[0] for row in LISTED])
def test_parties_of_a_closing_article(text: str, names: tuple[str, ...]) -> None:
    assert listed_parties(Party((text,))).names == names

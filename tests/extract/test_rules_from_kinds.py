"""Rules that whole documents taught, each with what it must leave alone."""

from __future__ import annotations

import pytest
from extract_pages import table, typed, zones

from pipeline.extract.assignees import listed_parties, named_party
from pipeline.extract.citations import read_citations
from pipeline.extract.issuedate import read_place_date
from pipeline.extract.issuer import read_issuer
from pipeline.extract.signer import read_signer
from pipeline.extract.tasks import read_tasks
from pipeline.layout import Zone
from pipeline.layout.signs import is_date_line, is_number_line, motto_of

PARTIES = [
    # (question, item, parties)
    ("a colon that opens the names of one group",
     "Giám đốc các Sở: Tài chính, Xây dựng; Chủ tịch UBND các huyện chịu trách nhiệm thi hành Quyết định này.",
     ("Giám đốc các Sở: Tài chính, Xây dựng", "Chủ tịch UBND các huyện")),
    ("a colon before what the group has to do", "Thủ trưởng các đơn vị: rà soát, báo cáo.", ("Thủ trưởng các đơn vị",)),
    ("a unit named after a verb", "Tổ kiểm tra có nhiệm vụ xây dựng kế hoạch.", ("Tổ kiểm tra",)),
    ("the same verb as a duty", "Sở Y tế kiểm tra các cơ sở.", ("Sở Y tế",)),
    ("a department of hospitals",
     "Trưởng phòng Kế hoạch tổng hợp chịu trách nhiệm.", ("Trưởng phòng Kế hoạch tổng hợp",)),
    ("a department of districts and a verb", "Phòng Tài chính - Kế hoạch tổng hợp, báo cáo.",
     ("Phòng Tài chính - Kế hoạch",)),
    ("the verb after a name", "Văn phòng tổng hợp, báo cáo.", ("Văn phòng",)),
    ("who is inspected", "Các đơn vị được giám sát xây dựng báo cáo.", ("Các đơn vị được giám sát",)),
    ("where a party is", "UBND các xã trong vùng dịch tổ chức tiêu hủy.", ("UBND các xã trong vùng dịch",)),
    ("when it acts", "UBND các xã trong tháng 7 tổ chức tiêu hủy.", ("UBND các xã",)),
    ("a committee that allots", "Ủy ban nhân dân tỉnh giao kế hoạch cho các sở.", ("Ủy ban nhân dân tỉnh",)),
    ("a number whose stop was lost", "1 Giao cho Ủy ban nhân dân huyện thực hiện.", ("Ủy ban nhân dân huyện",)),
    ("who is asked after a topic", "Đối với khoản thu bắt buộc đề nghị nhà trường phát hành phiếu.", ("nhà trường",)),
    ("who directs after a topic", "Đối với đất ở của các hộ, UBND huyện chỉ đạo phòng Tài nguyên lập hồ sơ.",
     ("UBND huyện",)),
    ("directions as a noun", "Trên cơ sở các nghị quyết, HĐND tỉnh và các chỉ đạo của UBND tỉnh, đánh giá kết quả.",
     None),
    ("what is told of them", "Các đơn vị được khen thưởng trong dịp này.", None),
]  # fmt: skip


@pytest.mark.parametrize(("item", "parties"), table(PARTIES))
def test_parties(item: str, parties: tuple[str, ...] | None) -> None:
    found = named_party(item)
    assert (listed_parties(found).names if found else None) == parties


ISSUERS = [
    # (question, header lines, issuer)
    ("a standing board under its body", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH LÂM ĐỒNG\nBAN THƯỜNG TRỰC",
     "Ban thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lâm Đồng"),
    ("a board with its unit", "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM\nBAN THƯỜNG VỤ TỈNH YÊN BÁI",
     "Ban thường vụ Hội Liên hiệp Phụ nữ Việt Nam tỉnh Yên Bái"),
    ("a branch under its bank", "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM\nCHI NHÁNH TỈNH BẮC NINH",
     "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh Bắc Ninh"),
    ("a name that goes on after a dash",
     "TẬP ĐOÀN CÔNG NGHIỆP -\nVIỄN THÔNG QUÂN ĐỘI\nVIETTEL LẠNG SƠN", "Viettel Lạng Sơn"),
    ("a corporation's name on two lines", "TỔNG CÔNG TY\nĐIỆN LỰC MIỀN TRUNG\nCÔNG TY ĐIỆN LỰC QUẢNG TRỊ",
     "Công ty điện lực Quảng Trị"),
    ("social insurance under its superior", "BẢO HIỂM XÃ HỘI VIỆT NAM\nBHXH TỈNH CÀ MAU",
     "Bảo hiểm xã hội tỉnh Cà Mau"),
    ("a trade union under another", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nCÔNG ĐOÀN GIÁO DỤC VIỆT NAM",
     "Công đoàn giáo dục Việt Nam"),
    ("a front's standing board under the front of the province",
     "MTTQ VIỆT NAM TỈNH ĐẮK LẮK\nỦY BAN MTTQ VIỆT NAM XÃ EA KAR\nBAN THƯỜNG TRỰC",
     "Ban thường trực Ủy ban MTTQ Việt Nam xã Ea Kar"),
    ("a court of a town, and its province", "TÒA ÁN NHÂN DÂN\nTHÀNH PHỐ VINH\nTỈNH NGHỆ AN",
     "Tòa án nhân dân thành phố Vinh, tỉnh Nghệ An"),
    ("«ĐẦU TƯ» is no «trung ương»", "UBND TỈNH VĨNH PHÚC\nSỞ KẾ HOẠCH VÀ ĐẦU TƯ", "Sở Kế hoạch và Đầu tư"),
    ("an audit office of a region", "KIỂM TOÁN NHÀ NƯỚC\nKIỂM TOÁN NHÀ NƯỚC KHU VỰC V", "Kiểm toán nhà nước khu vực V"),
    ("a school's figure", "BỘ Y TẾ\nTRƯỜNG CAO ĐẲNG KỸ NGHỆ II", "Trường Cao đẳng kỹ nghệ II"),
    ("a tax office of a province", "CỤC THUẾ\nTHUẾ TỈNH KHÁNH HÒA", "Thuế tỉnh Khánh Hòa"),
    ("a department is no board", "UBND TỈNH LÀO CAI\nSỞ NỘI VỤ", "Sở Nội vụ"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "issuer"), table(ISSUERS))
def test_issuer(header: str, issuer: str) -> None:
    found, _ = read_issuer(zones(*((Zone.ISSUER, line) for line in header.split("\n"))))
    assert found is not None
    assert found.value.lower() == issuer.lower()


DATE_LINES = [
    ("an urban district with a figure", "Quận 3, ngày 22 tháng 5 năm 2017", True),
    ("a telegram dated to the hour", "Thái Nguyên, hồi 15 giờ 00, ngày 06 tháng 9 năm 2024", True),
    ("minutes that begin", "Hôm nay, ngày 12 tháng 5 năm 2021, đoàn đã họp.", False),
    ("a ground with a date", "Căn cứ Luật Khiếu nại ngày 11 tháng 11 năm 2011", False),
    ("any other figure before the day", "Khu phố 3 họp ngày 22 tháng 5 năm 2017", False),
]


@pytest.mark.parametrize(("line", "is_one"), table(DATE_LINES))
def test_date_line(line: str, is_one: bool) -> None:
    assert is_date_line(line) is is_one


def test_half_of_the_states_name_in_a_subject_is_no_motto() -> None:
    assert motto_of("nước Cộng hòa xã hội chủ") is None
    assert motto_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA") == "state"


def test_the_assemblys_number_under_a_broken_type() -> None:
    assert is_number_line("ị quyết số: 248/2025/QH15")
    assert not is_number_line("theo quy định tại Nghị quyết số: 248/2025/QH15")


CASED = [
    ("as the body writes it", "BỘ Y TẾ\nBỆNH VIỆN BẠCH MAI", "Bệnh viện Bạch Mai tổ chức lớp học.",
     "Bệnh viện Bạch Mai"),
    ("as far as the body says it", "CỤC THỐNG KÊ\nCHI CỤC THỐNG KÊ TỈNH LÀO CAI", "Trang của Chi cục Thống kê.",
     "Chi cục Thống kê tỉnh Lào Cai"),
    ("capitals in the body say nothing", "BỘ Y TẾ\nBỆNH VIỆN BẠCH MAI", "BỆNH VIỆN BẠCH MAI", "Bệnh viện bạch mai"),
    ("two spellings as often say nothing", "BỘ Y TẾ\nBỆNH VIỆN BẠCH MAI", "Bệnh viện Bạch Mai và Bệnh Viện Bạch Mai.",
     "Bệnh viện bạch mai"),
    ("a head word keeps its own capital", "TẬP ĐOÀN XĂNG DẦU VIỆT NAM", "", "Tập đoàn xăng dầu Việt Nam"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "body", "issuer"), table(CASED))
def test_capitals_of_an_issuer(header: str, body: str, issuer: str) -> None:
    rows = [(Zone.ISSUER, line) for line in header.split("\n")]
    found, _ = read_issuer(zones(*rows, *([(Zone.BODY, body)] if body else [])))
    assert found is not None
    assert found.value == issuer


BROKEN = [
    # (question, header, place, date)
    ("the year on its own line", "Hải Dương, ngày 02 tháng 4\nnăm 2024", "Hải Dương", "2024-04-02"),
    ("month and year on their own line", "Việt Yên, ngày 14\ntháng 5 năm 2024", "Việt Yên", "2024-05-14"),
    ("the whole date on its own line", "Việt Yên,\nngày 14 tháng 5 năm 2024", "Việt Yên", "2024-05-14"),
]


@pytest.mark.parametrize(("date_line", "place", "day"), table(BROKEN))
def test_a_header_that_a_narrow_column_broke(date_line: str, place: str, day: str) -> None:
    header = (
        f"UBND HUYỆN A\nSố: 12/UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nĐộc lập - Tự do -\nHạnh phúc\n{date_line}"
    )
    values = read_place_date(typed(f"{header}\n\nKính gửi: Các xã.\n\nYêu cầu các xã báo cáo."))
    assert (values["place"].value, values["date"].value) == (place, day)


MINUTES = [
    ("the first sentence tells the day", "BIÊN BẢN", "Hôm nay, hồi 14 giờ 00 ngày 12 tháng 5 năm 2021, tại trụ sở.",
     "2021-05-12"),
    ("a day without its year", "BIÊN BẢN", "Hôm nay, hồi 14 giờ 00 ngày 12 tháng 5, tại trụ sở.", None),
    ("minutes that begin with something else", "BIÊN BẢN", "Căn cứ kế hoạch ngày 12 tháng 5 năm 2021.", None),
    ("another document", "BÁO CÁO", "Hôm nay, ngày 12 tháng 5 năm 2021, đoàn đã họp.", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "opening", "day"), table(MINUTES))
def test_the_day_of_minutes(title: str, opening: str, day: str | None) -> None:
    code = "".join(word[0] for word in title.split())
    values = read_place_date(typed(f"UBND HUYỆN A\nSố: 22/{code}-TNMT\n\n{title}\nVề đất đai\n\n{opening}"))
    assert (values["date"].value if "date" in values else None) == day


TITLES = [
    # (question, text, title of the first citation)
    ("clauses that begin alike",
     "Thực hiện Công văn số 12/STC-VP ngày 01/02/2019 của Sở Tài chính về quy định đơn giá thuê đất; đơn giá "
     "thuê đất có mặt nước.",
     "quy định đơn giá thuê đất; đơn giá thuê đất có mặt nước"),
    ("a new clause",
     "Thực hiện Công văn số 12/STC-VP ngày 01/02/2019 của Sở Tài chính về quy định đơn giá thuê đất; xét đề "
     "nghị của các xã.",
     "quy định đơn giá thuê đất"),
    ("a per cent sign in brackets",
     "Căn cứ Quyết định số 12/QĐ-UBND ngày 01/02/2019 của UBND tỉnh quy định tỷ lệ (%) thuê đất.", "quy định tỷ "
     "lệ (%) thuê đất"),
    ("a remark in brackets",
     "Căn cứ Quyết định số 12/QĐ-UBND ngày 01/02/2019 của UBND tỉnh quy định tỷ lệ thuê đất (bản sao).", "quy "
     "định tỷ lệ thuê đất"),
    ("a bank's governor goes on",
     "Thực hiện Quyết định số 338/QĐ-TTg ngày 03/4/2023 về phê duyệt Đề án “Một triệu căn hộ”, Thống đốc Ngân "
     "hàng Nhà nước Việt Nam (NHNN) yêu cầu các đơn vị:", "phê duyệt Đề án “Một triệu căn hộ”"),
    ("an office known by its short form goes on",
     "Căn cứ Công văn số 12/BHXH-TCKT ngày 01/02/2019 của BHXH Việt Nam về chi trả lương hưu, BHXH tỉnh Cà Mau "
     "thông báo lịch chi trả như sau:", "chi trả lương hưu"),
    ("an opinion beside the document",
     "Thực hiện Nghị quyết số 33/NQ-CP ngày 11/3/2023 của Chính phủ về bất động sản và ý kiến chỉ đạo của Thủ "
     "tướng Chính phủ, Sở yêu cầu.", "bất động sản"),
    ("an agency whose name begins like a title goes on",
     "Theo Thông tư số 03/2013/TT-TTCP ngày 10/6/2013, Thanh tra Chính phủ đề nghị các Bộ báo cáo.", None),
    ("what its issuer asked",
     "Trả lời Công văn số 12/CT-TTHT ngày 01/02/2019 của Cục Thuế tỉnh Bình Phước vướng mắc về kê khai thuế, Tổng "
     "cục Thuế có ý kiến:", "vướng mắc về kê khai thuế"),
    ("a law keeps its name beside its number", "Căn cứ Luật Đầu tư công số 58/2024/QH15;", "Luật Đầu tư công"),
    ("a law of amendments is told by its title",
     "Căn cứ Luật số 32/2013/QH13 sửa đổi, bổ sung một số điều của Luật Đất đai.",
     "sửa đổi, bổ sung một số điều của Luật Đất đai"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title"), table(TITLES))
def test_title(text: str, title: str | None) -> None:
    assert read_citations(typed(f"Kính gửi: Sở Y tế.\n\n{text}"), None)[0].value["title"] == title


RELATIONS = [
    ("the list's verb before a member without number",
     "Thực hiện Nghị quyết Đại hội lần thứ I; Nghị quyết số 19-NQ/TW ngày 16/6/2022 về nông thôn.", "implements"),
    ("another verb in between",
     "Thực hiện nhiệm vụ, Sở đề nghị các đơn vị lưu ý; Nghị quyết số 19-NQ/TW ngày 16/6/2022 về nông thôn.",
     "refers_to"),
    ("the opening verb with its marks lost",
     "Thực hiên Công văn số 12/UBND-VX ngày 16/6/2022 của UBND tỉnh, Sở yêu cầu.", "implements"),
    ("members of a list that share their type word",
     "Căn cứ các Luật: Đất đai số 45/2013/QH13, Xây dựng số 50/2014/QH13: Quy hoạch số 21/2017/QH14.", "based_on"),
    ("a law behind a member that could not be read",
     "Căn cứ các Luật: Đất đai số 45/2013/QH13, Xây dựng số 3#/2#14/0#13: Luật Quy hoạch số 21/2017/QH14.", "based_on"),
    ("a law in another sentence of such a paragraph",
     "Căn cứ tình hình thực tế. Trước đây đã có Luật Quy hoạch số 21/2017/QH14.", "refers_to"),
    ("a noun without marks is another word",
     "Ket qua theo Công văn số 12/UBND-VX ngày 16/6/2022 của UBND tỉnh.", "refers_to"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "relation"), table(RELATIONS))
def test_relation(text: str, relation: str) -> None:
    assert read_citations(typed(f"Kính gửi: Sở Y tế.\n\n{text}"), None)[-1].value["relation"] == relation


LETTER = "Kính gửi: Các xã.\n\nUBND huyện yêu cầu các xã thực hiện các nội dung sau:\n\n{}"
TASKS = [
    # (question, body, number of tasks)
    ("a section of work named «yêu cầu»",
     LETTER.format("I. YÊU CẦU TRONG XÂY DỰNG KẾ HOẠCH\n\n1. Đánh giá kết quả năm 2019."), 1),
    ("a section that states demands", LETTER.format("I. MỤC ĐÍCH, YÊU CẦU\n\n1. Đánh giá kết quả năm 2019."), 0),
    ("a person to ask",
     LETTER.format("1. Ông Trần Minh Nhật, Trưởng phòng, điện thoại 0918 345 678; lưu ý giờ hành chính."), 0),
    ("whom to call in need", LETTER.format("1. Khi phát hiện sự cố, đề nghị liên hệ Phòng Điều độ: 0963.912.912."), 0),
    ("remedies among findings",
     LETTER.format("II. NHẬN XÉT, KẾT LUẬN VÀ BIỆN PHÁP XỬ LÝ\n\n1. Nhận xét\n\n- Thực hiện tốt quy định.\n\n"
                   "2. Biện pháp\n\n- Thu hồi số tiền đã chi sai của đơn vị."), 1),
    ("a field named over items with a plus",
     LETTER.format("1. Các trường học:\n\n- Đối với việc quản lý các quỹ của nhà trường.\n\n+ Mở sổ theo dõi riêng.\n\n"
                   "+ Báo cáo kết quả."), 2),
    ("a task with ways marked by a plus",
     LETTER.format("1. Các trường học:\n\n- Rà soát toàn bộ hồ sơ của học sinh cả trường.\n\n+ Hồ sơ học sinh cũ."
                   "\n\n+ Hồ sơ của học sinh mới."), 1),
    ("a heading without a stop over its paragraph",
     LETTER.format("1. Áp dụng lập kế hoạch cấp xã có tham gia\n\nCăn cứ quy định, lập kế hoạch.\n\n2. Báo cáo huyện."),
     2),
    ("a paragraph that opens items",
     LETTER.format("1. Về kế hoạch\n\nXây dựng kế hoạch theo luật, lưu ý:\n\na) Bố trí đủ vốn đầu tư.\n\n"
                   "b) Rà soát vốn đã giao."), 2),
    ("the Party's numbers", LETTER.format("1- Rà soát hồ sơ đảng viên.\n\n2- Báo cáo kết quả thực hiện."), 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count"), table(TASKS))
def test_tasks(text: str, count: int) -> None:
    assert len(read_tasks(typed(text))) == count


TASKS_OF = [
    # (question, document, sections and parties)
    ("items in brackets", LETTER.format("(1) Rà soát hồ sơ tồn đọng.\n(2) Báo cáo kết quả."), ["1", "2"]),
    ("a remark in brackets is none",
     LETTER.format("1. Rà soát hồ sơ tồn đọng từ các năm trước của xã.\n(Danh sách kèm theo văn bản)"), ["1"]),
    ("everybody carries out the document itself",
     LETTER.format("1. Công an xã:\n- Rà soát hồ sơ tồn đọng.\n\nThủ trưởng các đơn vị tổ chức thực hiện Chỉ thị này; "
                   "giao Công an xã theo dõi, báo cáo.\n\nChỉ thị này có hiệu lực từ ngày ký./."), ["1"]),
    ("an order to see to it is a task of its own",
     LETTER.format("1. Công an xã:\n- Rà soát hồ sơ tồn đọng.\n\nGiao Công an xã theo dõi, đôn đốc việc thực hiện "
                   "Công văn này.\n\nTrân trọng./."), ["1", "1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sections"), table(TASKS_OF))
def test_sections_of_tasks(text: str, sections: list[str]) -> None:
    assert [task.value["section"] for task in read_tasks(typed(text))] == sections


PETITION = (
    "{}\nKhắc phục vi phạm\n\nKính gửi: UBND xã.\n\n"
    "Viện kiểm sát kiến nghị Chủ tịch UBND xã Tân Lập:\n1. Tổ chức kiểm điểm trách nhiệm."
)
PETITIONS = [
    ("a procuracy's petition binds whom it names", "KIẾN NGHỊ", [["Chủ tịch UBND xã Tân Lập"]]),
    ("a report's proposals bind nobody", "BÁO CÁO", []),
]  # fmt: skip


@pytest.mark.parametrize(("title", "parties"), table(PETITIONS))
def test_petition(title: str, parties: list[list[str]]) -> None:
    header = "VIỆN KIỂM SÁT NHÂN DÂN TỈNH A\nSố: 07/KN-VKS\n\n"
    tasks = read_tasks(typed(header + PETITION.format(title)))
    assert [task.value["assignees"] for task in tasks] == parties


SIGNED = [
    ("an acting head holds the office", "Q. CHỦ TỊCH\nVõ Ngọc Tuyên", ("Võ Ngọc Tuyên", "Chủ tịch", "Q.")),
    ("a deputy of the tax office", "KT. TRƯỞNG THUẾ TỈNH\nPHÓ TRƯỞNG THUẾ TỈNH\nPhan Thanh Hà",
     ("Phan Thanh Hà", "Phó Trưởng Thuế tỉnh", "KT.")),
    ("letters that are a word are no short form", "TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG KỸ THUẬT ĐẦU TƯ\nNguyễn Minh Sơn",
     ("Nguyễn Minh Sơn", "Trưởng phòng kỹ thuật đầu tư", "TUQ.")),
    ("two agencies, one under the other: the last",
     "SỞ TÀI CHÍNH\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Thống Nhất\nSỞ Y TẾ\nGIÁM ĐỐC\nTrần Quang Bảo",
     ("Trần Quang Bảo", "Giám đốc", None)),
    ("one signer", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Thống Nhất", ("Nguyễn Thống Nhất", "Phó Giám đốc", "KT.")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "signer"), table(SIGNED))
def test_signer(text: str, signer: tuple[str, str, str | None]) -> None:
    found = read_signer(zones(*((Zone.SIGNATURE, line) for line in text.split("\n"))))
    assert found is not None
    assert (found.value["name"], found.value["position"], found.value["authority"]) == signer

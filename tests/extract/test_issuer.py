"""Who issued a document: read from the header, or inferred where the document itself leaves one possibility."""

from __future__ import annotations

import pytest
from extract_pages import scanned, table, zones

from pipeline.extract.agency_spelling import agency_name, mend_agency
from pipeline.extract.issuedate import read_place_date
from pipeline.extract.issuer import read_issuer
from pipeline.layout import Zone

ISSUER, NUMBER, PLACE, BODY = Zone.ISSUER, Zone.NUMBER, Zone.PLACE_DATE, Zone.BODY

NAMES = [
    ("a department", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
    ("short letters", "SỞ GD&ĐT", "Sở Giáo dục và Đào tạo"),
    ("a ministry", "BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "Bộ Thông tin và Truyền thông"),
    ("a committee keeps its short name", "UBND TỈNH QUẢNG NGÃI", "UBND tỉnh Quảng Ngãi"),
    ("a committee in full", "ỦY BAN NHÂN DÂN HUYỆN TRIỆU SƠN", "Ủy ban nhân dân huyện Triệu Sơn"),
    ("tone placement stays as printed", "UỶ BAN NHÂN DÂN TỈNH THANH HOÁ", "Uỷ ban nhân dân tỉnh Thanh Hoá"),
    ("a council", "HỘI ĐỒNG NHÂN DÂN TỈNH ĐẮK NÔNG", "Hội đồng nhân dân tỉnh Đắk Nông"),
    ("the police", "CÔNG AN TỈNH ĐẮK NÔNG", "Công an tỉnh Đắk Nông"),
    ("a commune", "UBND XÃ KRÔNG NÔ", "UBND xã Krông Nô"),
    ("the Party's committee of a province", "TỈNH ỦY THANH HÓA", "Tỉnh ủy Thanh Hóa"),
    ("the Party's committee of a city", "THÀNH ỦY HÀ NỘI", "Thành ủy Hà Nội"),
    ("an apostrophe in a name", "HUYỆN ỦY ĐẮK R'LẤP", "Huyện ủy Đắk R'Lấp"),
    ("abbreviations stay", "CÔNG TY TNHH MTV CAO SU", "Công ty TNHH MTV cao su"),
    ("a company of three letters", "VNPT QUẢNG NGÃI", "VNPT Quảng Ngãi"),
    ("a province at the end", "BỆNH VIỆN NHI GIA LAI", "Bệnh viện nhi Gia Lai"),
    ("a department and its province alone", "SỞ TÀI CHÍNH LÀO CAI", "Sở Tài chính Lào Cai"),
    ("a department, the kind of its unit and the unit", "SỞ Y TẾ TỈNH LÀO CAI", "Sở Y tế tỉnh Lào Cai"),
    ("stars around it", "* SỞ NỘI VỤ *", "Sở Nội vụ"),
    ("two lines", "PHÒNG VĂN HÓA\nVÀ THÔNG TIN", "Phòng Văn hóa và Thông tin"),
    ("already spelled", "Sở Nội vụ", "Sở Nội vụ"),
    ("a longer name of the lexicon is not put on", "TRƯỜNG CHÍNH TRỊ", "Trường Chính trị"),
]


@pytest.mark.parametrize(("text", "name"), table(NAMES))
def test_agency_name(text: str, name: str) -> None:
    assert agency_name(text) == name


@pytest.mark.parametrize("text", [row[1] for row in NAMES], ids=[row[0] for row in NAMES])
def test_a_spelled_name_is_spelled(text: str) -> None:
    assert agency_name(agency_name(text)) == agency_name(text)


MENDED = [
    ("marks lost in a department", "Sở Noi vu", "Sở Nội vụ"),
    ("one mark lost", "Sở Giáo dục va Đào tạo", "Sở Giáo dục và Đào tạo"),
    ("a mark misread", "Sở Thông tin và Truyền thòng", "Sở Thông tin và Truyền thông"),
    ("a committee of a known unit", "Uy ban nhan dan huyen Trieu Son", "Ủy ban nhân dân huyện Triệu Sơn"),
    ("a short committee", "UBND tinh Quang Ngai", "UBND tỉnh Quảng Ngãi"),
    ("an apostrophe misread", "Hội đông nhân dân huyện Đăk R°Láp", "Hội đồng nhân dân huyện Đắk R'Lấp"),
    ("a damaged department before its province", "Sở tài chinh Lào Cai", "Sở Tài chính Lào Cai"),
    ("a damaged department before what is no province", "Sở tài chinh Lào Kai", "Sở tài chinh Lào Kai"),
    ("an unknown unit stays", "Ủy ban nhân dân huyện Xyz Abc", "Ủy ban nhân dân huyện Xyz Abc"),
    ("an unknown agency stays", "Trạm Khuyến nông Bắc", "Trạm Khuyến nông Bắc"),
    ("a right name stays", "Hội đồng nhân dân tỉnh Đắk Nông", "Hội đồng nhân dân tỉnh Đắk Nông"),
]


@pytest.mark.parametrize(("text", "name"), table(MENDED))
def test_mend_agency(text: str, name: str) -> None:
    assert mend_agency(text) == name


DAY = ", ngày 14 tháng 4 năm 2021"
HEADERS = [
    ("superior and issuer", [(ISSUER, "UBND TỈNH QUẢNG NGÃI"), (ISSUER, "SỞ GIÁO DỤC VÀ ĐÀO TẠO")],
     "Sở Giáo dục và Đào tạo", "UBND tỉnh Quảng Ngãi"),
    ("one name over two lines", [(ISSUER, "ỦY BAN NHÂN DÂN"), (ISSUER, "HUYỆN TRIỆU SƠN")],
     "Ủy ban nhân dân huyện Triệu Sơn", None),
    ("an office is named after its superior", [(ISSUER, "UBND TỈNH GIA LAI"), (ISSUER, "VĂN PHÒNG")],
     "Văn phòng Ủy ban nhân dân tỉnh Gia Lai", "UBND tỉnh Gia Lai"),
    ("a name cut at «và»", [(ISSUER, "SỞ THÔNG TIN VÀ"), (ISSUER, "TRUYỀN THÔNG")],
     "Sở Thông tin và Truyền thông", None),
    ("the superior follows from the place", [(ISSUER, "SỞ GIÁO DỤC VÀ ĐÀO TẠO"), (PLACE, "Quảng Ngãi" + DAY)],
     "Sở Giáo dục và Đào tạo", "UBND tỉnh Quảng Ngãi"),
    ("short forms that the body writes out", [(ISSUER, "UBND HUYỆN KRÔNG NÔ"), (ISSUER, "BAN QLDA VÀ PT QUỸ ĐẤT"),
     (BODY, "Ban Quản lý dự án và Phát triển quỹ đất huyện Krông Nô thông báo")],
     "Ban Quản lý dự án và Phát triển quỹ đất", "UBND huyện Krông Nô"),
    ("and that it does not", [(ISSUER, "UBND HUYỆN KRÔNG NÔ"), (ISSUER, "BAN QLDA VÀ PT QUỸ ĐẤT"),
     (BODY, "Ban Quản lý đất đai và Phân tích dự án thông báo")], "Ban QLDA và PT quỹ đất", "UBND huyện Krông Nô"),
    ("two ways to write them out", [(ISSUER, "UBND HUYỆN KRÔNG NÔ"), (ISSUER, "BAN QLKT"),
     (BODY, "Ban Quản lý kinh tế và Ban Quản lý khai thác thông báo")], "Ban QLKT", "UBND huyện Krông Nô"),
    ("an office of two committees", [(ISSUER, "UBND HUYỆN KRÔNG NÔ"), (ISSUER, "VĂN PHÒNG HĐND&UBND")],
     "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Krông Nô", "UBND huyện Krông Nô"),
    ("a place of several provinces says nothing", [(ISSUER, "SỞ NỘI VỤ"), (PLACE, "Châu Thành" + DAY)],
     "Sở Nội vụ", None),
]  # fmt: skip
INFERRED = [
    ("code and body agree", [(NUMBER, "Số: 514/SGDĐT-VP"), (PLACE, "Quảng Ngãi" + DAY),
     (BODY, "Sở Giáo dục và Đào tạo yêu cầu thủ trưởng các đơn vị báo cáo")],
     "Sở Giáo dục và Đào tạo", "UBND tỉnh Quảng Ngãi", "issuer.code-and-body"),
    ("the code alone, of one agency", [(NUMBER, "Số: 514/SGDĐT-VP")], "Sở Giáo dục và Đào tạo", None, "issuer.code"),
    ("the body alone", [(BODY, "Sở Nội vụ yêu cầu các đơn vị báo cáo")], "Sở Nội vụ", None, "issuer.body"),
    ("a committee's code and its place", [(NUMBER, "Số: 12/UBND-VX"), (PLACE, "Hà Nam" + DAY)],
     "Ủy ban nhân dân tỉnh Hà Nam", None, "issuer.code-and-place"),
    ("a council's code and its place", [(NUMBER, "Số: 12/HĐND-VX"), (PLACE, "Hà Nam" + DAY)],
     "Hội đồng nhân dân tỉnh Hà Nam", None, "issuer.code-and-place"),
]  # fmt: skip
ABSTAINED = [
    ("code and body contradict", [(NUMBER, "Số: 514/SGDĐT-VP"), (BODY, "Sở Nội vụ yêu cầu các đơn vị báo cáo")]),
    ("huyện and thị trấn Triệu Sơn", [(NUMBER, "Số: 12/UBND-VX"), (PLACE, "Triệu Sơn" + DAY)]),
    ("tỉnh, huyện and thành phố Quảng Ngãi", [(NUMBER, "Số: 12/UBND-VX"), (PLACE, "Quảng Ngãi" + DAY)]),
    ("many a Châu Thành", [(NUMBER, "Số: 12/UBND-VX"), (PLACE, "Châu Thành" + DAY)]),
    ("a committee's code without a place", [(NUMBER, "Số: 12/UBND-VX")]),
    ("a code of several agencies", [(NUMBER, "Số: 12/CT-VP")]),
    ("an unknown code", [(NUMBER, "Số: 12/XYZ-VX")]),
    ("a body in which nobody speaks", [(BODY, "Các đơn vị báo cáo kết quả")]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "issuer", "parent"), table(HEADERS))
def test_header(lines: list[tuple[Zone, str]], issuer: str, parent: str | None) -> None:
    found = read_issuer(zones(*lines))
    assert [item and item.value for item in found] == [issuer, parent]
    assert found[0] is not None
    assert found[0].status == "extracted"


@pytest.mark.parametrize(("lines", "issuer", "parent", "rule"), table(INFERRED))
def test_inferred(lines: list[tuple[Zone, str]], issuer: str, parent: str | None, rule: str) -> None:
    context = zones(*lines)
    read_place_date(context)
    found, over = read_issuer(context)
    assert found is not None
    assert (found.value, over and over.value, found.rule, found.status) == (issuer, parent, rule, "inferred")
    # An inference is less sure than a reading, and points at what it was drawn from.
    assert found.certainty is not None
    assert found.certainty < 0.96
    assert found.spans


@pytest.mark.parametrize("lines", table(ABSTAINED))
def test_no_issuer_is_guessed(lines: list[tuple[Zone, str]]) -> None:
    context = zones(*lines)
    read_place_date(context)
    assert read_issuer(context) == (None, None)


def test_a_recognised_header_is_mended() -> None:
    issuer, parent = read_issuer(scanned(ISSUER, "UBND TINH QUANG NGAI\nSỞ GIAO DUC VÀ ĐÀO TẠO"))
    assert issuer is not None
    assert parent is not None
    assert (issuer.value, parent.value) == ("Sở Giáo dục và Đào tạo", "UBND tỉnh Quảng Ngãi")
    assert [span.text for span in issuer.spans] == ["SỞ GIAO DUC VÀ ĐÀO TẠO"]


SAID = [
    ("a stamp made another unit's name of it", "xã Kiến Thành ban hành nội quy. Công chức xã Kiến Thành thực hiện.",
     "Ủy ban nhân dân xã Kiến Thành"),
    ("the body writes it as the header does", "xã Kiên Thành ban hành. Đoạn đi qua xã Kiến Thành, xã Kiến Thành.",
     "Ủy ban nhân dân xã Kiên Thành"),
    ("once is not enough", "xã Kiến Thành ban hành nội quy.", "Ủy ban nhân dân xã Kiên Thành"),
    ("no unit is called so", "xã Kiền Thanh ban hành. Công chức xã Kiền Thanh.", "Ủy ban nhân dân xã Kiên Thành"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "issuer"), table(SAID))
def test_a_unit_as_the_document_says_it(body: str, issuer: str) -> None:
    context = scanned(ISSUER, "ỦY BAN NHÂN DÂN\nXÃ KIÊN THÀNH")
    context.layout.body = zones((BODY, body)).body
    found, _ = read_issuer(context)
    assert found is not None
    assert found.value == issuer

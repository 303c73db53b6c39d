"""In which zone does each line of a document stand: as plain text, and set on a page?"""

from __future__ import annotations

import pytest
from layout_cases import CASES
from layout_pages import rows_of, set_pages, text_pages

from pipeline.layout import DocumentLayout, analyse
from pipeline.layout.zones import ZONE_NAMES, Zone
from pipeline.read.model import Page, union


def zones_of(layout: DocumentLayout) -> list[tuple[str, str]]:
    return [(zone.value, " ".join(line.text.split())) for zone, line in layout.lines]


def wanted(case: str) -> list[tuple[str, str]]:
    return [(row.zone, " ".join(row.text.split())) for page in rows_of(case) for row in page if row is not None]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_zones_of_text_without_positions(case: str) -> None:
    (layout,) = analyse(text_pages(case))
    assert zones_of(layout) == wanted(case)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_zones_of_a_set_page(case: str) -> None:
    """Columns are read one after the other, so the order differs; each line's zone does not."""
    (layout,) = analyse(set_pages(case))
    assert sorted(zones_of(layout)) == sorted(wanted(case))


ONE_LINE_CLOSING = """
issuer | UBND TỈNH QUẢNG NGÃI
number | Số: 514/UBND-VX
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
place_date | Quảng Ngãi, ngày 14 tháng 4 năm 2021
addressees | Kính gửi: Các trường trung học phổ thông

body | Ủy ban nhân dân tỉnh đề nghị các trường triển khai thực hiện./.

"""


@pytest.mark.parametrize("gap", ["                         ", "\t\t", "   "])
def test_recipients_and_signature_on_one_line(gap: str) -> None:
    """A text program kept the two columns on one line of text."""
    case = ONE_LINE_CLOSING + f"x | Nơi nhận:{gap}KT. CHỦ TỊCH\nx | - Như trên;\nx | - Lưu: VT.\nx | Trần Văn Thử\n"
    (layout,) = analyse(text_pages(case))
    assert zones_of(layout)[-5:] == [
        ("recipients", "Nơi nhận:"),
        ("recipients", "- Như trên;"),
        ("recipients", "- Lưu: VT."),
        ("signature", "KT. CHỦ TỊCH"),
        ("signature", "Trần Văn Thử"),
    ]


READ_BADLY = """
issuer | UBND TỈNH ĐẮKNÔNG
issuer | VĂN PHÒNG
number | Sô: 409 /TB-VPUBND
motto | CỌNG HOÀ XÃ HỌI CHỦ NGHĨA VIỆT NAM
motto | Dộc lập — Tự do — Hạnh phúc
place_date | Đắk Nông, ngày #Ÿ tháng 5 năm 2019

title | THÔNG BẢO
subject | Kêt luận của đông chí Chủ tịch Ủy ban nhân dân tỉnh

body | Ngày 24 tháng 5 năm 2019, Ủy ban nhân dân tỉnh Đăk Nông tô chức kiêm tra thực
body | địa và kêt luận như sau: Giao Ủy ban nhân dân huyện chủ trì thực hiện các nội
body | dung trên./.

recipients | Noi nhận:
recipients | -_ Thường trực Tỉnh ủy;
recipients | - Lưu: VT, KTTH.
signature | KT. CHÁNH VĂN PHÒNG
signature | PHÓ CHÁNH VĂN PHÒNG
signature | Trần Văn Thử
"""


def test_zones_of_a_page_that_was_read_badly() -> None:
    """Marks lost in motto, number, title and recipients, as Tesseract loses them."""
    pages = set_pages(READ_BADLY)
    pages[0].source = "ocr"
    (layout,) = analyse(pages)
    assert sorted(zones_of(layout)) == sorted(wanted(READ_BADLY))


PAIRS = [
    ("công văn", "công văn to one addressee"),  # a công văn and the one that it forwards
    ("công văn to one addressee", "quyết định with Điều"),
    ("quyết định with Điều", "công văn"),
    ("kế hoạch of the Party", "công văn"),
    ("thông báo kết luận", "marks of secrecy and urgency"),
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize("make", [text_pages, set_pages])
def test_two_documents_in_one_file(first: str, second: str, make: object) -> None:
    pages: list[Page] = make(CASES[first].rstrip() + "\n====\n" + CASES[second].lstrip())  # type: ignore[operator]
    layouts = analyse(pages)
    assert [sorted(zones_of(layout)) for layout in layouts] == [sorted(wanted(CASES[name])) for name in (first, second)]
    assert [layout.page_range for layout in layouts] == [(1, 1), (2, 2)]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_documents_on_one_page_of_text(first: str, second: str) -> None:
    layouts = analyse(text_pages(CASES[first].rstrip() + "\n\n" + CASES[second].lstrip()))
    assert [zones_of(layout) for layout in layouts] == [wanted(CASES[name]) for name in (first, second)]


def test_a_signer_in_capitals_stays_with_the_document_that_he_signed() -> None:
    first = CASES["signature alone"].replace("Trần Văn Thử", "TRẦN VĂN THỬ")
    layouts = analyse(text_pages(first.rstrip() + "\n\n" + CASES["báo cáo with a subject of two lines"].lstrip()))
    assert [layout.lines[0][1].text for layout in layouts] == ["BỘ TƯ PHÁP", "ỦY BAN NHÂN DÂN"]
    assert layouts[0].lines[-1][1].text == "TRẦN VĂN THỬ"


def test_a_form_in_an_annex_is_no_second_document() -> None:
    """A form has a motto, but neither number nor date."""
    form = """
annex | Mẫu số 01
annex | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
annex | Độc lập - Tự do - Hạnh phúc
annex | ĐƠN ĐỀ NGHỊ
annex | Kính gửi: ......................
annex | Tên tôi là: ....................
"""
    (layout,) = analyse(text_pages(CASES["annex on a new page"].rstrip() + "\n====\n" + form))
    assert [zone for zone, text in zones_of(layout)[-6:]] == ["annex"] * 6


def test_a_file_without_text_has_no_documents() -> None:
    assert analyse([]) == []
    assert analyse(text_pages("")) == []


def test_pages_that_failed_or_are_blank_are_passed_over() -> None:
    pages = set_pages(CASES["công văn"] + "\n====\n")
    pages[1].blank = True
    (layout,) = analyse(pages)
    assert layout.page_range == (1, 1)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("make", [text_pages, set_pages])
def test_every_line_has_exactly_one_zone(case: str, make: object) -> None:
    pages: list[Page] = make(case)  # type: ignore[operator]
    (layout,) = analyse(pages)
    lines = [(page.number, line.start, line.end) for page in pages for line in page.lines]
    assert [(line.page.number, line.line.start, line.line.end) for _, line in layout.lines] == lines
    for zone in Zone:
        assert layout.zone(zone).text.split() == " ".join(line.text for line in layout.lines_of(zone)).split()


def test_every_zone_has_a_name_for_people() -> None:
    assert set(ZONE_NAMES) == set(Zone)
    assert len(set(ZONE_NAMES.values())) == len(Zone)


FRAMED = """
issuer | UBND TỈNH QUẢNG NGÃI
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
number | Số: 514/SGDĐT-VP
place_date | Quảng Ngãi, ngày 14 tháng 4 năm 2021

received | TRƯỜNG THPT SỐ 1
received | Số ngày tháng

addressees | Kính gửi: Các trường trung học phổ thông

body | Sở đề nghị các trường triển khai thực hiện./.
"""


def test_lines_inside_the_frame_of_a_stamp_are_its_own_whatever_was_read_there() -> None:
    """The title "ĐẾN" was lost to a stroke; the frame was seen."""
    pages = set_pages(FRAMED)
    boxes = [line.box for line in pages[0].lines if "THPT SỐ" in pages[0].text[line.start : line.end]]
    boxes += [line.box for line in pages[0].lines if pages[0].text[line.start : line.end].startswith("Số ngày")]
    left, top, right, bottom = union(box for box in boxes if box)
    pages[0].stamps = [(left - 0.01, top - 0.005, right + 0.01, bottom + 0.005)]
    (layout,) = analyse(pages)
    assert sorted(zones_of(layout)) == sorted(wanted(FRAMED))
    pages[0].stamps = []
    (layout,) = analyse(pages)
    assert ("received", "Số ngày tháng") not in zones_of(layout)

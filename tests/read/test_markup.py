"""What does a reader see of Markdown, HTML and DOCX, which words were bold, and do spans point at them?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FileDamaged, FileEmpty
from pipeline.read.markup import build_page, pages_of_docx, pages_of_html, pages_of_text
from pipeline.read.model import Page

PATH = Path("thu.docx")


def bold_of(page: Page) -> str:
    """The bold words, joined."""
    return " ".join(word.text for word in page.words if word.bold)


def check_spans(page: Page) -> None:
    for line in page.lines:
        assert line.words
        assert (line.start, line.end) == (line.words[0].start, line.words[-1].end)
        for word in line.words:
            assert page.text[word.start : word.end] == word.text
            assert not any(letter.isspace() for letter in word.text)
    assert [word.text for word in page.words] == page.text.split()


MARKDOWN = [
    # source, what is seen, what is bold
    ("Số: **514** /SGDĐT-VP", "Số: 514 /SGDĐT-VP", "514"),
    (
        "**UBND TỈNH QUẢNG NGÃI  \nSỞ GIÁO DỤC**",
        "UBND TỈNH QUẢNG NGÃI  \nSỞ GIÁO DỤC",
        "UBND TỈNH QUẢNG NGÃI SỞ GIÁO DỤC",
    ),
    ("# Thư\n__Nơi nhận:__", "Thư\nNơi nhận:", "Thư Nơi nhận:"),
    ("## II. Đối với các doanh nghiệp", "II. Đối với các doanh nghiệp", "II. Đối với các doanh nghiệp"),
    ("# Kế hoạch #", "Kế hoạch", "Kế hoạch"),
    ("## **II.** Đối với", "II. Đối với", "II."),  # bold inside a heading is the finer mark
    ("về việc “*đảm bảo an toàn*” trên **địa bàn**", "về việc “đảm bảo an toàn” trên địa bàn", "địa bàn"),
    ("**đậm** thường **đậm nữa**", "đậm thường đậm nữa", "đậm đậm nữa"),
    ("[Cổng thông tin](http://gialai.gov.vn/a_(b)) **x**", "Cổng thông tin x", "x"),
    ("<http://stttt.gialai.gov.vn> **x**", "http://stttt.gialai.gov.vn x", "x"),
    ("<mailto:a@gialai.gov.vn> **x**", "a@gialai.gov.vn x", "x"),
    ("2 \\* 3 và 1\\. **x**", "2 * 3 và 1. x", "x"),
    ("2 * 3 * 4 **x**", "2 * 3 * 4 x", "x"),  # stars that stand alone mean nothing
    ("**Điều 1.** Ban hành\n\n**Điều 2.** Hiệu lực", "Điều 1. Ban hành\n\nĐiều 2. Hiệu lực", "Điều 1. Điều 2."),
]


@pytest.mark.parametrize(("source", "text", "bold"), MARKDOWN)
def test_markdown_is_rendered_and_bold_kept(source: str, text: str, bold: str) -> None:
    (page,), encoding = pages_of_text(source)
    assert (page.text, bold_of(page), encoding) == (text, bold, None)
    check_spans(page)


PLAIN = [
    # text that is no Markdown stays letter for letter
    "Số:      /UBND-VHTT\n\nNơi nhận:          KT. CHỦ TỊCH",
    "tính đến 31/12 * số liệu * sơ bộ",
    "ten_tep_co_gach_duoi.pdf và __init__",
    "- Như trên;\n- Lưu: VT.",
    "1. Một\n2. Hai",
    "a < b và c > d",
    "[1] Ghi chú (xem trang 2)",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_stays(text: str) -> None:
    (page,), _ = pages_of_text(text)
    assert page.text == text
    assert bold_of(page) == ""
    check_spans(page)


def test_a_table_keeps_its_rows() -> None:
    source = "| STT | Nội dung | Đơn vị |\n|---|:---|---:|\n| 1 | Rà soát | Sở Nội vụ |\n| 2 | Báo cáo | Sở Tài chính |"
    (page,), _ = pages_of_text(source)
    rows = [page.text[line.start : line.end] for line in page.lines]
    assert [" ".join(row.replace("|", " ").split()) for row in rows] == [
        "STT Nội dung Đơn vị",
        "1 Rà soát Sở Nội vụ",
        "2 Báo cáo Sở Tài chính",
    ]


def test_form_feeds_part_pages_and_line_ends_are_one() -> None:
    pages, _ = pages_of_text("Trang một\r\nhai dòng\r\fTrang hai\f\n \f")
    assert [(page.number, page.text.split()) for page in pages] == [
        (1, ["Trang", "một", "hai", "dòng"]),
        (2, ["Trang", "hai"]),
    ]


def test_characters_that_nobody_sees_are_gone() -> None:
    (page,), _ = pages_of_text("\ufeffSố:\u00a0359\u200b/STTTT")
    assert page.text == "Số: 359/STTTT"


def test_text_in_an_old_encoding_is_decoded_and_said() -> None:
    (page,), encoding = pages_of_text("Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc")
    assert encoding == "tcvn3"
    assert page.text == "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"


HTML = [
    ("<p>Số: <b>514</b>/SGDĐT <b>VP</b></p>", "Số: 514/SGDĐT VP", "VP"),  # a word half bold is not bold
    ("<div>một</div><div>hai<br>ba</div>", "một\nhai\nba", ""),
    ("<h2>Điều 1</h2><p>Ban   hành\n quy chế</p>", "Điều 1\n\nBan hành quy chế", "Điều 1"),
    ("<p>a<script>var x='b'</script><style>p{}</style>c</p>", "ac", ""),
    ("<p>Lưu&nbsp;VT &amp; VP &lt;1&gt;</p>", "Lưu VT & VP <1>", ""),
    ("<ul><li>một</li><li>hai</li></ul>", "một\n\nhai", ""),
    ("<strong>Nơi nhận:</strong>", "Nơi nhận:", "Nơi nhận:"),
    ("<!-- ghi chú --><p>chữ</p>", "chữ", ""),
    ("<head><title>t</title></head><body>chữ</body>", "chữ", ""),
]


@pytest.mark.parametrize(("source", "text", "bold"), HTML)
def test_html_is_rendered_as_it_is_seen(source: str, text: str, bold: str) -> None:
    (page,), _ = pages_of_html(source)
    assert page.text.split() == text.split()
    assert [line for line in page.text.split("\n") if line] == [line for line in text.split("\n") if line]
    assert bold_of(page) == bold
    check_spans(page)


def test_cells_of_a_row_stand_on_one_line() -> None:
    (page,), _ = pages_of_html("<table><tr><th>STT</th><th>Đơn vị</th></tr><tr><td>1</td><td>Sở Y tế</td></tr></table>")
    assert [page.text[line.start : line.end].split() for line in page.lines] == [
        ["STT", "Đơn", "vị"],
        ["1", "Sở", "Y", "tế"],
    ]


def docx(fill: object) -> bytes:
    document = Document()
    fill(document)  # type: ignore[operator]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_and_bold_of_a_docx() -> None:
    def fill(document: Document) -> None:  # type: ignore[valid-type]
        paragraph = document.add_paragraph("Số: ")
        paragraph.add_run("514").bold = True
        paragraph.add_run("/SGDĐT-VP")
        document.add_paragraph("V/v an toàn")

    (page,) = pages_of_docx(docx(fill), PATH)
    assert page.text == "Số: 514/SGDĐT-VP\nV/v an toàn"
    check_spans(page)


def test_the_two_columns_of_a_header_are_read_one_after_the_other() -> None:
    def fill(document: Document) -> None:  # type: ignore[valid-type]
        cells = document.add_table(rows=2, cols=2)
        cells.cell(0, 0).text = "UBND TỈNH GIA LAI\nSỞ Y TẾ"
        cells.cell(1, 0).text = "Số: 12/SYT-NV"
        cells.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        cells.cell(1, 1).text = "Gia Lai, ngày 5 tháng 3 năm 2021"

    (page,) = pages_of_docx(docx(fill), PATH)
    assert [page.text[line.start : line.end] for line in page.lines] == [
        "UBND TỈNH GIA LAI",
        "SỞ Y TẾ",
        "Số: 12/SYT-NV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Gia Lai, ngày 5 tháng 3 năm 2021",
    ]


def test_a_table_of_data_keeps_its_rows() -> None:
    rows = [["STT", "Nội dung", "Đơn vị"], ["1", "Rà soát", "Sở Nội vụ"], ["2", "Báo cáo", "Sở Y tế"]]

    def fill(document: Document) -> None:  # type: ignore[valid-type]
        table = document.add_table(rows=3, cols=3)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                table.cell(at, column).text = value

    (page,) = pages_of_docx(docx(fill), PATH)
    assert page.text.split("\n") == ["\t".join(row) for row in rows]


def test_a_merged_cell_is_read_once() -> None:
    def fill(document: Document) -> None:  # type: ignore[valid-type]
        table = document.add_table(rows=2, cols=3)
        table.cell(0, 0).merge(table.cell(0, 2)).text = "Tiêu đề chung"
        for column in range(3):
            table.cell(1, column).text = f"ô {column}"

    (page,) = pages_of_docx(docx(fill), PATH)
    assert page.text.count("Tiêu đề chung") == 1


def test_header_and_footer_of_a_docx_are_read_but_not_its_page_numbers() -> None:
    def fill(document: Document) -> None:  # type: ignore[valid-type]
        section = document.sections[0]
        section.header.paragraphs[0].text = "SỞ Y TẾ GIA LAI"
        section.footer.paragraphs[0].text = "12"
        section.footer.add_paragraph("Địa chỉ: 9 Trần Hưng Đạo")
        document.add_paragraph("Nội dung")

    (page,) = pages_of_docx(docx(fill), PATH)
    assert page.text.split("\n") == ["SỞ Y TẾ GIA LAI", "Nội dung", "Địa chỉ: 9 Trần Hưng Đạo"]


def test_an_empty_or_broken_docx_is_refused() -> None:
    with pytest.raises(FileEmpty):
        pages_of_docx(docx(lambda document: None), PATH)
    whole = docx(lambda document: document.add_paragraph("x"))
    with pytest.raises(FileDamaged):
        pages_of_docx(whole[: len(whole) // 2], PATH)
    with pytest.raises(FileDamaged):
        pages_of_docx(b"PK\x03\x04", PATH)


@given(st.text(alphabet="aốĐ1 \n\t*_#[]()<>|\\-.\f\r`~", max_size=120))
@settings(max_examples=300)
def test_any_text_has_sound_spans(source: str) -> None:
    for page in pages_of_text(source)[0]:
        check_spans(page)


@given(st.lists(st.tuples(st.text(alphabet="aố Đ\n", max_size=8), st.booleans()), max_size=8))
def test_bold_marks_never_stay_in_the_text(parts: list[tuple[str, bool]]) -> None:
    marked = "".join(f"\ue101{text}\ue102" if bold else text for text, bold in parts)
    page = build_page(marked, 1)
    assert page.text == "".join(text for text, _ in parts)
    check_spans(page)


@given(st.text(alphabet="aố<>/pbtdr&;= \n", max_size=100))
@settings(max_examples=200, deadline=None)
def test_any_html_has_sound_spans(source: str) -> None:
    for page in pages_of_html(source)[0]:
        check_spans(page)

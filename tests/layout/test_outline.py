"""Where does each paragraph of a body begin, and what is its place in the outline?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_cases import CASES
from layout_pages import set_pages, text_pages

from pipeline.layout import analyse
from pipeline.layout.flow import PageLine
from pipeline.layout.outline import build_body, marker_of
from pipeline.layout.zones import Paragraph
from pipeline.read.markup import build_page
from pipeline.read.model import Page


def body_of(text: str) -> tuple[str, list[Paragraph]]:
    page = build_page(text, 1)
    lines = [PageLine(page, line) for line in page.lines]
    flow, paragraphs = build_body(lines, len(lines))
    return flow.text, paragraphs


MARKERS = [
    ("Chương II", ("chapter", "Chương II")),
    ("PHẦN THỨ NHẤT", None),
    ("Mục 1. Quy định chung", ("chapter", "Mục 1")),
    ("Điều 1. Phạm vi", ("article", "1")),
    ("Điều 12a. Hiệu lực", ("article", "12a")),
    ("Điêu 3: Giao", ("article", "3")),  # a mark lost
    ("II. NỘI DUNG", ("roman", "II")),
    ("IV- TỔ CHỨC THỰC HIỆN", ("roman", "IV")),
    ("1. Các đơn vị", ("number", "1")),
    ("2.1. Công an tỉnh", ("number", "2.1")),
    ("2.1 Công an tỉnh", ("number", "2.1")),
    ("3) Báo cáo", ("number", "3")),
    ("(4) Báo cáo", ("number", "4")),
    ("a) Rà soát", ("letter", "a")),
    ("đ) Rà soát", ("letter", "đ")),
    ("b. Rà soát", ("letter", "b")),
    ("- Kiểm tra", ("dash", "-")),
    ("– Kiểm tra", ("dash", "–")),
    ("• Kiểm tra", ("dash", "•")),
    ("+ Hỗ trợ", ("plus", "+")),
    ("30.4.2019 là ngày lễ", None),  # a date
    ("1.500.000 đồng", None),
    ("2020 là năm", None),
    ("12 đơn vị", None),
    ("A. PHẦN CHUNG", None),
    ("Vì vậy", None),
    ("Mục tiêu chung", None),
    ("Điều này", None),
    ("-5 độ", ("dash", "-")),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), MARKERS)
def test_the_marker_at_the_head_of_a_line(text: str, expected: tuple[str, str] | None) -> None:
    found = marker_of(text)
    assert (found[:2] if found else None) == expected


OUTLINES = [
    # the body, and the section and depth order of each paragraph: (section, index of the parent)
    (
        "I. MỤC TIÊU\nNâng cao chất lượng.\nII. NHIỆM VỤ\n1. Tuyên truyền.\n2. Kiểm tra.\na) Định kỳ;\nb) Đột xuất.\n"
        "3. Báo cáo.",
        [("I", None), ("I", 0), ("II", None), ("II.1", 2), ("II.2", 2), ("II.2.a", 4), ("II.2.b", 4), ("II.3", 2)],
    ),
    (
        "1. Các đơn vị:\n- Rà soát;\n+ Hằng tháng;\n+ Hằng quý;\n- Báo cáo.\n2. Công an tỉnh:\nPhối hợp với Sở.",
        [("1", None), ("1", 0), ("1", 1), ("1", 1), ("1", 0), ("2", None), ("2", 5)],
    ),
    (
        "Căn cứ Luật Thú y;\nQUYẾT ĐỊNH:\nĐiều 1. Công bố dịch.\nĐiều 2. Giao nhiệm vụ:\n"
        "1. Sở Y tế chủ trì.\n2. Sở Nội vụ phối hợp.\nĐiều 3. Thi hành.",
        [
            (None, None),
            (None, None),
            ("Điều 1", None),
            ("Điều 2", None),
            ("Điều 2.1", 3),
            ("Điều 2.2", 3),
            ("Điều 3", None),
        ],
    ),
    (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Quy chế này quy định:\na) Việc tiếp công dân;\nChương II\n"
        "Điều 2. Tổ chức",
        [(None, None), ("Điều 1", 0), ("Điều 1.1", 1), ("Điều 1.1.a", 2), (None, None), ("Điều 2", 4)],
    ),
    (
        "1. Mục tiêu\n1.1. Mục tiêu chung.\n1.2. Mục tiêu cụ thể:\n- Đạt 90%.\n2. Nhiệm vụ\n2.1. Tuyên truyền.",
        [("1", None), ("1.1", 0), ("1.2", 0), ("1.2", 2), ("2", None), ("2.1", 4)],
    ),
    ("Một đoạn.\nHai đoạn.", [(None, None), (None, None)]),
    # letters lie under "1.1", not beside it
    (
        "1. Chung\n1.1. Thu\na) Đúng.\nb) Thiếu.\n1.2. Chi\na) Đúng.",
        [("1", None), ("1.1", 0), ("1.1.a", 1), ("1.1.b", 1), ("1.2", 0), ("1.2.a", 4)],
    ),
    # a stop that was not read or typed; the next number shows that it is one
    (
        "Điều 2. Tổ chức thực hiện.\n1 Giao Ủy ban nhân dân huyện thực hiện.\n2. Thường trực giám sát.",
        [("Điều 2", None), ("Điều 2.1", 0), ("Điều 2.2", 0)],
    ),
    ("1. Rà soát.\n12 Sở báo cáo.\n2. Kiểm tra.", [("1", None), ("1", 0), ("2", None)]),
    ("1. Rà soát.\n2 Sở báo cáo.", [("1", None), ("1", 0)]),
    # the eighth letter
    ("A. Chung.\nG. Riêng.\nH. KHÁC", [(None, None)] * 3),
]


@pytest.mark.parametrize(("text", "expected"), OUTLINES)
def test_sections_and_parents(text: str, expected: list[tuple[str | None, int | None]]) -> None:
    _, paragraphs = body_of(text)
    assert [(p.section, p.parent) for p in paragraphs] == expected


MISREAD = [
    # marks of a scan, and the sections that they mean
    ("a) Một.\nb) Hai.\ne) Ba.\nd) Bốn.", ["a", "b", "c", "d"]),
    ("a) Một.\nb) Hai.\ne) Ba.", ["a", "b", "c"]),
    ("a) Một.\nb) Hai.\nc) Ba.\nd) Bốn.\nđ) Năm.\ne) Sáu.", ["a", "b", "c", "d", "đ", "e"]),
    ("a) Một.\nb) Hai.\ne) Năm.\ng) Sáu.", ["a", "b", "e", "g"]),  # items between were not read
    ("I. MỘT\nII. HAI\nII. BA\nIV. BỐN", ["I", "II", "III", "IV"]),
    ("I. MỘT\nH. HAI\nHI. BA", ["I", "II", "III"]),
    ("I. MỘT\nI. HAI\nIII. BA", ["I", "II", "III"]),
    ("I. MỘT\nI. MỘT NỮA", ["I", "I"]),  # it may begin another count
    ("II. HAI\nII. BA\nIII. BA", ["II", "II", "III"]),
]


@pytest.mark.parametrize(("text", "sections"), MISREAD)
def test_marks_that_recognition_took_for_others(text: str, sections: list[str]) -> None:
    page = build_page(text, 1)
    lines = [PageLine(page, line) for line in page.lines]
    page.source = "ocr"
    _, paragraphs = build_body(lines, len(lines))
    assert [p.section for p in paragraphs] == sections


def test_typed_marks_are_taken_at_their_word() -> None:
    _, paragraphs = body_of("a) Một.\nb) Hai.\ne) Ba.\nd) Bốn.")
    assert [p.section for p in paragraphs] == ["a", "b", "e", "d"]


PARAGRAPHS = [
    # broken lines of one paragraph are joined, its own paragraphs stay apart
    (
        "Thực hiện ý kiến chỉ đạo của Chủ tịch\nỦy ban nhân dân tỉnh, Sở đề nghị các\nđơn vị thực hiện.\n1. Rà soát.",
        ["Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh, Sở đề nghị các đơn vị thực hiện.", "1. Rà soát."],
    ),
    ("Một đoạn kết thúc.\n\nHai đoạn kết thúc.", ["Một đoạn kết thúc.", "Hai đoạn kết thúc."]),
    (
        # a number at the head of a line may be the middle of a sentence
        "Căn cứ các văn bản của Trung ương và của tỉnh ban hành ngày 25 tháng\n11. năm 2013 về việc trên.",
        [
            "Căn cứ các văn bản của Trung ương và của tỉnh ban hành ngày 25 tháng 11. năm 2013 về việc trên.",
        ],
    ),
    (
        "Đề nghị các đơn vị:\n- Rà soát;\n- Báo cáo kết quả về Sở trước ngày 30 tháng 6 để tổng hợp,\nbáo cáo.",
        [
            "Đề nghị các đơn vị:",
            "- Rà soát;",
            "- Báo cáo kết quả về Sở trước ngày 30 tháng 6 để tổng hợp, báo cáo.",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_lines_are_joined_to_paragraphs(text: str, expected: list[str]) -> None:
    flow, paragraphs = body_of(text)
    assert [flow[p.start : p.end] for p in paragraphs] == expected


_LINES = [
    "I. MỤC", "1. Việc", "2) Việc", "a) Ý", "- Gạch;", "+ Cộng.", "Điều 1. Luật", "Chương I", "Đoạn văn.",
    "tiếp theo", "1.1. Con", "",
]  # fmt: skip


@given(st.lists(st.sampled_from(_LINES), max_size=25))
@settings(max_examples=200)
def test_any_outline_is_a_tree_over_the_whole_text(lines: list[str]) -> None:
    flow, paragraphs = body_of("\n".join(lines))
    assert " ".join(flow[p.start : p.end] for p in paragraphs).split() == flow.split()
    end = 0
    for index, paragraph in enumerate(paragraphs):
        assert end <= paragraph.start < paragraph.end
        end = paragraph.end
        if paragraph.parent is not None:
            parent = paragraphs[paragraph.parent]
            assert paragraph.parent < index
            assert parent.depth < paragraph.depth
            assert paragraph.section is None or parent.section is None or paragraph.section.startswith(parent.section)
        if paragraph.marker and paragraph.kind not in ("dash", "plus", "chapter"):
            assert paragraph.section is not None
            assert paragraph.section.endswith(paragraph.marker)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_set_page_has_the_paragraphs_of_the_text(case: str) -> None:
    """The paragraphs are the same whether the document comes as text or as a page."""

    def paragraphs(pages: list[Page]) -> list[str]:
        (layout,) = analyse(pages)
        return [re.sub(r"\s+", " ", layout.paragraph_text(n)) for n in range(len(layout.paragraphs))]

    assert paragraphs(set_pages(case)) == paragraphs(text_pages(case))


def test_paragraphs_of_an_annex_are_marked() -> None:
    (layout,) = analyse(text_pages(CASES["quy chế promulgated by the decision"]))
    texts = [(layout.paragraph_text(n), p.annex) for n, p in enumerate(layout.paragraphs)]
    assert [annex for text, annex in texts if text.startswith("Điều 1. Ban hành")] == [False]
    assert [annex for text, annex in texts if text.startswith("Điều 1. Phạm vi")] == [True]

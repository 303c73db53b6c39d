"""Which rows of a table are tasks, whose, and by when?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from extract_pages import source_of, typed

from pipeline.extract.context import Context
from pipeline.extract.found import Found
from pipeline.extract.task_tables import outside, read_task_tables
from pipeline.layout import Span, analyse
from pipeline.layout.flow import PageLine
from pipeline.read.model import Box, Line, Page, Word

HEAD = """SỞ NỘI VỤ
Số: 742/KH-SNV

KẾ HOẠCH
Kiểm tra công tác cải cách hành chính năm 2024

Thực hiện Quyết định số 2563/QĐ-UBND, Sở Nội vụ xây dựng Kế hoạch như sau:

1. Văn phòng Sở chuẩn bị phương tiện phục vụ Đoàn kiểm tra.

PHỤ LỤC
DANH MỤC NHIỆM VỤ

"""
COLUMNS = "STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn"


def rows_of(table: str) -> list[tuple[Any, ...]]:
    context = typed(HEAD + table)
    context.issued = date(2024, 3, 18)
    tables = read_task_tables(context)
    due = {item.value["task"]: item.value for item in tables.deadlines}
    return [
        (t.value["section"], t.value["text"], t.value["assignees"], t.value["deadline"], due.get(at, {}).get("kind"))
        for at, t in enumerate(tables.tasks)
    ]


ROWS = [
    (
        "bars",
        f"{COLUMNS}\n1 | Trình thành lập Đoàn | Phòng CCHC | Văn phòng Sở | Trước ngày 05/4/2024",
        [("1", "Trình thành lập Đoàn", ["Phòng CCHC"], "2024-04-05", "due")],
    ),
    (
        "tabs, as DOCX gives them",
        "TT\tNhiệm vụ\tCơ quan thực hiện\tThời gian hoàn thành\n1\tXây dựng đề cương\tPhòng CCHC\t30/6/2024",
        [("1", "Xây dựng đề cương", ["Phòng CCHC"], "2024-06-30", "due")],
    ),
    (
        "Markdown bars at both ends",
        "| STT | Nội dung | Đơn vị thực hiện |\n|---|---|---|\n| 1 | Xây dựng đề cương | Phòng CCHC |",
        [("1", "Xây dựng đề cương", ["Phòng CCHC"], None, None)],
    ),
    (
        "wide blanks",
        "STT    Nội dung    Đơn vị thực hiện    Thời hạn\n1    Xây dựng đề cương    Phòng CCHC    Quý II/2024",
        [("1", "Xây dựng đề cương", ["Phòng CCHC"], "2024-06-30", "due")],
    ),
    (
        "several leads; the supporting party is none",
        f"{COLUMNS}\n1 | Rà soát văn bản | Phòng CCHC; Thanh tra Sở | Các phòng | Trong năm 2024",
        [("1", "Rà soát văn bản", ["Phòng CCHC", "Thanh tra Sở"], "2024-12-31", "due")],
    ),
    (
        "a group's head has no lead and gives the section's first part",
        f"{COLUMNS}\nI | Công tác chỉ đạo | | |\n1 | Ban hành kế hoạch | Văn phòng | | Tháng 4/2024",
        [("I.1", "Ban hành kế hoạch", ["Văn phòng"], "2024-04-30", "due")],
    ),
    (
        "recurring and standing work",
        f"{COLUMNS}\n1 | Báo cáo kết quả | Văn phòng | | Hằng quý\n2 | Tuyên truyền | Các phòng | | Thường xuyên",
        [
            ("1", "Báo cáo kết quả", ["Văn phòng"], None, "recurring"),
            ("2", "Tuyên truyền", ["Các phòng"], None, None),
        ],
    ),
    (
        "a period",
        f"{COLUMNS}\n1 | Kiểm tra thực tế | Đoàn kiểm tra | | Từ ngày 06/5/2024 đến ngày 28/6/2024",
        [("1", "Kiểm tra thực tế", ["Đoàn kiểm tra"], None, "period")],
    ),
    (
        "two quarters: which ends it is not said",
        f"{COLUMNS}\n1 | Kiểm tra thực tế | Đoàn kiểm tra | | Quý II, quý III/2024",
        [("1", "Kiểm tra thực tế", ["Đoàn kiểm tra"], None, None)],
    ),
    ("a list of codes is no table of tasks", "STT | Mã | Tên tỉnh\n1 | 01 | Thành phố Hà Nội", []),
    ("nobody is named: no tasks", "STT | Nội dung | Kinh phí | Ghi chú\n1 | Mua sắm thiết bị | 20 triệu | ", []),
    ("a sum names nobody", f"{COLUMNS}\nTổng cộng | 5", []),
    (
        "prose under the head ends the table",
        f"{COLUMNS}\nTrên đây là các nhiệm vụ.\n1 | Rà soát văn bản | Văn phòng | | ",
        [],
    ),
]


@pytest.mark.parametrize(("table", "rows"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_rows_of_text(table: str, rows: list[tuple[Any, ...]]) -> None:
    assert rows_of(table) == rows


# --- a page with boxes ---

LEFTS = (0.10, 0.17, 0.55, 0.75)
LETTER, HEIGHT, LEADING, ROW = 0.008, 0.012, 0.015, 0.026


def page_of(rows: list[tuple[str, ...]], *, counts: bool = True, row_gap: float = ROW, number: int = 1) -> Page:
    """Cells set at fixed lefts, lines of a cell parted by "/"; every line of a cell is a line of its own."""
    lines: list[Line] = []
    text, top = "", 0.1
    for at, row in enumerate(rows):
        deepest = 1
        for left, cell in zip(LEFTS, row, strict=True):
            pieces = cell.split("/n") if cell and (counts or left != LEFTS[0] or at == 0) else []
            deepest = max(deepest, len(pieces))
            for depth, piece in enumerate(pieces):
                words, x = [], left
                for word in piece.split():
                    y = top + depth * LEADING
                    box: Box = (x, y, x + len(word) * LETTER, y + HEIGHT)
                    start = len(text)
                    text += word + " "
                    words.append(Word(word, start, start + len(word), box, 0.9))
                    x += len(word) * LETTER + 0.005
                text = text[:-1] + "\n"
                lines.append(Line(words[0].start, words[-1].end, tuple(words)))
        top += (deepest - 1) * LEADING + row_gap
    return Page(number, text, lines, "text-layer", (595.0, 842.0))


SET = [
    ("STT", "Nội dung công việc", "Đơn vị thực hiện", "Thời hạn"),
    ("1", "Trình Giám đốc Sở quyết định/nthành lập Đoàn", "Phòng Cải cách/nhành chính", "Trước ngày/n05/4/2024"),
    ("2", "Xây dựng đề cương", "Văn phòng Sở", "30/6/2024"),
]


def boxed(pages: list[Page]) -> list[tuple[Any, ...]]:
    context = Context(source_of(pages), analyse(pages)[0], 0, True)
    context.issued = date(2024, 3, 18)
    found = read_task_tables(context)
    for task in found.tasks:
        for span in task.spans:
            assert span.text in span.page.text
    return [(t.value["section"], t.value["text"], t.value["assignees"], t.value["deadline"]) for t in found.tasks]


FIRST = "Trình Giám đốc Sở quyết định thành lập Đoàn", ["Phòng Cải cách hành chính"], "2024-04-05"
SECOND = "Xây dựng đề cương", ["Văn phòng Sở"], "2024-06-30"


def test_columns_by_their_gutters_and_rows_by_the_blank_between() -> None:
    assert boxed([page_of(SET)]) == [("1", *FIRST), ("2", *SECOND)]


def test_rows_whose_numbers_were_lost_are_rows_still() -> None:
    assert boxed([page_of(SET, counts=False)]) == [(None, *FIRST), (None, *SECOND)]


def test_a_table_goes_on_over_the_page_with_its_head_again() -> None:
    later = page_of([SET[0], ("3", "Tổng hợp kết quả", "Văn phòng Sở", "15/11/2024")], number=2)
    assert boxed([page_of(SET), later])[2] == ("3", "Tổng hợp kết quả", ["Văn phòng Sở"], "2024-11-15")


def test_columns_without_a_gutter_are_no_table() -> None:
    crowded = [(*SET[0],), ("1", "Trình Giám đốc Sở quyết định thành lập Đoàn kiểm tra năm nay", "Phòng", "30/6/2024")]
    assert boxed([page_of(crowded)]) == []


def test_what_stands_in_a_table_is_not_read_twice() -> None:
    page = page_of(SET)
    lines = [PageLine(page, line) for line in page.lines]
    inside = Found({}, (Span(page, page.lines[2].start, page.lines[2].end),), "x")
    assert outside([inside], lines) == []
    assert outside([inside], lines[:1]) == [inside]

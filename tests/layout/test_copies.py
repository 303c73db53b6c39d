"""Is the block of a certified copy set aside, and nothing of the document with it?"""

from __future__ import annotations

import pytest

from pipeline.layout.copies import copy_block
from pipeline.layout.flow import PageLine
from pipeline.read.model import Line, Page, Word

ROW = 0.02


def page(*rows: tuple[float, str]) -> list[PageLine]:
    """Lines of a page: left edge and text, one below the other; a left edge of 0.5 and more stands beside the last."""
    lines, at, top = [], 0, 0.1
    for left, text in rows:
        top += ROW if left < 0.5 else 0.0
        box = (left, top, min(0.98, left + 0.012 * len(text)), top + 0.015)
        lines.append(Line(at, at + len(text), (Word(text, at, at + len(text), box, 0.95),)))
        at += len(text) + 1
    made = Page(1, "\n".join(text for _, text in rows), lines, "ocr")
    return [PageLine(made, line) for line in lines]


END = [(0.1, "Nơi nhận:"), (0.1, "- Như trên;"), (0.6, "CHỦ TỊCH"), (0.1, "- Lưu: VT.")]
BLOCK = [
    (0.1, "UBND XÃ A"), (0.1, "Số: 12/SY-UBND"), (0.6, "SAO Y"), (0.6, "A, ngày 02 tháng 8 năm 2023"),
    (0.6, "CHÁNH VĂN PHÒNG"), (0.1, "Nơi nhận:"), (0.6, "Trần Văn Sao"),
]  # fmt: skip

CASES = [
    ("under the end of the document", END + BLOCK, [text for _, text in BLOCK]),
    ("the heading with place and day on its line", [*END, (0.3, "SAO Y BẢN CHÍNH A, ngày 02 tháng 8 năm 2023"),
     (0.6, "CHÁNH VĂN PHÒNG")], ["SAO Y BẢN CHÍNH A, ngày 02 tháng 8 năm 2023", "CHÁNH VĂN PHÒNG"]),
    ("extracts and further copies", [*END, (0.4, "TRÍCH SAO"), (0.6, "GIÁM ĐỐC")], ["TRÍCH SAO", "GIÁM ĐỐC"]),
    ("stamped at the head: the heading alone", [(0.6, "SAO Y BẢN CHÍNH"), (0.1, "SỞ Y TẾ"), (0.1, "Số: 5/SYT"), *END],
     ["SAO Y BẢN CHÍNH"]),
    ("running text", [(0.1, "Sao y bản chính gửi kèm hồ sơ"), *END], []),
    ("the middle of a line", [*END, (0.1, "BẢN SAO Y")], []),
    ("no copy", END, []),
]  # fmt: skip


@pytest.mark.parametrize(("question", "rows", "expected"), CASES)
def test_lines_of_the_block(question: str, rows: list[tuple[float, str]], expected: list[str]) -> None:
    lines = page(*rows)
    assert [lines[at].text for at in copy_block(lines)] == expected, question

"""Tables inside Markdown: layout is read column by column, every other table row by row."""

from __future__ import annotations

import pytest

from pipeline.read.markdown_tables import render_tables
from pipeline.read.markup import pages_of_text

HEADER = (
    "| UBND TỈNH X<br>SỞ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc |\n"
    "|---|---|\n| Số: 1/SYT | Huế, ngày 1 tháng 2 năm 2016 |\n"
)

ROWS = [
    # (question, Markdown, lines that hold something)
    ("a header in two columns", HEADER,
     ["UBND TỈNH X", "SỞ Y TẾ", "Số: 1/SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
      "Huế, ngày 1 tháng 2 năm 2016"]),
    ("a closing in two columns",
     "| **Nơi nhận:**<br>- Như trên;<br>- Lưu: VT. | **GIÁM ĐỐC**<br><br>Lê Văn Thử |\n|---|---|\n",
     ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Lê Văn Thử"]),
    ("the same as an HTML table",
     "<table><tr><td><b>UBND TỈNH X</b><br/>SỞ Y TẾ</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>",
     ["UBND TỈNH X", "SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
    ("a table of tasks keeps its rows",
     "| STT | Việc |\n|---|---|\n| 1 | Rà soát<br>hồ sơ |\n", ["| STT | Việc |", "| 1 | Rà soát hồ sơ |"]),
    ("an HTML table of tasks has tabs",
     "<table><tr><th>STT</th><th>Việc</th></tr><tr><td>1</td><td>Rà soát</td></tr></table>",
     ["STT\tViệc", "1\tRà soát"]),
    ("tags inside a line go", "Nơi <b>nhận</b>: <u>Sở</u> m<sup>2</sup>", ["Nơi nhận: Sở m2"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_lines(text: str, lines: list[str]) -> None:
    pages, _ = pages_of_text(text)
    assert [line for line in pages[0].text.split("\n") if line.strip()] == lines


def test_a_comparison_is_no_tag() -> None:
    assert render_tables("nhiệt độ < 5 và > 2; a <b c") == "nhiệt độ < 5 và > 2; a <b c"

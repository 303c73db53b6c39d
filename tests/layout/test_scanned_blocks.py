"""Blocks of header and closing on a scan, whose lines do not come in the order in which they are read by people."""

from __future__ import annotations

import pytest
from layout_pages import drawn_page

from pipeline.layout import Zone, analyse
from pipeline.layout.closing import zone_closing
from pipeline.layout.flow import PageLine
from pipeline.layout.side_notes import notes_beside
from pipeline.layout.split import page_lines

HEADER = (
    (0.18, 0.07, 0.40, 1, "ỦY BAN NHÂN DÂN"),
    (0.18, 0.09, 0.40, 1, "HUYỆN CƯ JÚT"),
    (0.19, 0.115, 0.39, 1, "Số: 12/UBND-NN"),
    (0.165, 0.137, 0.415, 1, "V/v tiếp tục thực hiện các biện"),
)
RIGHT = (
    (0.45, 0.07, 0.90, 2, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.53, 0.09, 0.82, 2, "Độc lập - Tự do - Hạnh phúc"),
    (0.50, 0.112, 0.87, 2, "Cư Jút, ngày 2 tháng 7 năm 2019"),
)
BODY = (
    (0.25, 0.24, 0.34, 0, "Kính gửi: UBND các xã"),
    (0.20, 0.30, 0.915, 0, "Trên địa bàn huyện, dịch bệnh đã xuất hiện tại hai thôn và có nguy cơ lan rộng"),
    (0.15, 0.32, 0.915, 0, "sang các thôn khác của huyện trong thời gian tới, gây thiệt hại cho người nuôi."),
)

BELOW = [
    # (question, lines under the header, subject)
    ("the last lines stand below the right column",
     ((0.155, 0.154, 0.425, 0, "pháp khống chế bệnh dịch"), (0.20, 0.171, 0.38, 0, "trên địa bàn huyện")),
     "V/v tiếp tục thực hiện các biện pháp khống chế bệnh dịch trên địa bàn huyện"),
    ("a line far below is none of it", ((0.155, 0.20, 0.425, 0, "Bản lưu hồ sơ"),),
     "V/v tiếp tục thực hiện các biện"),
    ("a line across the page is none of it", ((0.155, 0.154, 0.80, 0, "pháp khống chế bệnh dịch trên địa bàn huyện"),),
     "V/v tiếp tục thực hiện các biện"),
    ("a line of another block is none of it", ((0.30, 0.154, 0.52, 0, "Bản lưu hồ sơ"),),
     "V/v tiếp tục thực hiện các biện"),
    ("the mark of urgency is none of it", ((0.25, 0.154, 0.33, 0, "KHẨN"),), "V/v tiếp tục thực hiện các biện"),
]  # fmt: skip


@pytest.mark.parametrize(("below", "subject"), [row[1:] for row in BELOW], ids=[row[0] for row in BELOW])
def test_a_subject_that_goes_on_below_the_right_column(
    below: tuple[tuple[float, float, float, int, str], ...], subject: str
) -> None:
    (layout,) = analyse([drawn_page(*HEADER, *RIGHT, *below, *BODY)])
    assert layout.zone(Zone.SUBJECT).text == subject


TITLED = (
    (0.18, 0.07, 0.40, 1, "ỦY BAN NHÂN DÂN"),
    (0.19, 0.115, 0.39, 1, "Số:   /2019/QĐ-UBND"),
    *RIGHT,
    (0.46, 0.18, 0.60, 0, "QUYẾT ĐỊNH"),
    (0.177, 0.199, 0.885, 0, "Về việc quy định tỷ lệ phần trăm để xác định đơn giá thuê đất; đơn giá"),
)
UNDER = (
    (0.22, 0.33, 0.89, 0, "Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013 của Quốc hội nước Cộng hòa xã"),
    (0.171, 0.352, 0.89, 0, "hội chủ nghĩa Việt Nam và các văn bản khác có liên quan đến quản lý đất đai;"),
)
MARGIN = [
    ("a sentence goes on at the body's margin", (0.176, 0.219, 0.878, 0, "thuê đất có mặt nước trên địa bàn tỉnh"),
     True),
    ("it may go on with a word that opens bodies", (0.176, 0.219, 0.878, 0, "theo hướng hiện đại đến năm 2020"), True),
    ("a paragraph of the body has a capital", (0.176, 0.219, 0.878, 0, "Sở Tài chính trình bày dự thảo nói trên"),
     False),
    ("and so have its grounds", (0.22, 0.219, 0.878, 0, "Căn cứ Luật Đất đai năm 2013 của Quốc hội"), False),
    ("a rule parts them", (0.176, 0.260, 0.878, 0, "thuê đất có mặt nước trên địa bàn tỉnh"), False),
]  # fmt: skip


@pytest.mark.parametrize(("line", "taken"), [row[1:] for row in MARGIN], ids=[row[0] for row in MARGIN])
def test_a_subject_as_wide_as_the_body(line: tuple[float, float, float, int, str], taken: bool) -> None:
    (layout,) = analyse([drawn_page(*TITLED, line, *UNDER)])
    assert (line[4] in layout.zone(Zone.SUBJECT).text) is taken


def test_a_speck_parts_no_subject() -> None:
    speck = (0.170, 0.219, 0.172, 0, ":")
    (layout,) = analyse([drawn_page(*TITLED, speck, (0.2, 0.219, 0.8, 0, "thuê đất có mặt nước"), *UNDER)])
    assert layout.zone(Zone.SUBJECT).text.endswith("đơn giá thuê đất có mặt nước")


LIST = (
    (0.114, 0.541, 0.200, 1, "Nơi nhận:"),
    (0.115, 0.560, 0.234, 1, "- Thanh tra tỉnh;"),
    (0.115, 0.580, 0.229, 1, "- Huyện ủy;"),
    (0.115, 0.600, 0.259, 1, "- HĐND huyện;"),
    (0.115, 0.620, 0.250, 1, "- Thanh tra huyện;"),
)


def lines_of(*rows: tuple[float, float, float, int, str]) -> list[PageLine]:
    return page_lines([drawn_page(*rows)])


BESIDE = [
    # (question, pieces read beside the list, purpose of each line of the list)
    ("nothing", (), [None, None, None, None]),
    ("a note of two pieces",
     ((0.282, 0.560, 0.313, 1, "thay"), (0.282, 0.580, 0.338, 1, "báo cáo")), ["báo cáo", "báo cáo", None, None]),
    ("one read in the other column", ((0.38, 0.600, 0.41, 2, "thực"), (0.384, 0.620, 0.414, 2, "hiện")),
     [None, None, "thực hiện", "thực hiện"]),
    ("a mark misread", ((0.282, 0.560, 0.40, 1, "đề báo cáo"),), ["báo cáo", None, None, None]),
    ("other words are no note", ((0.282, 0.560, 0.38, 1, "đã nhận"),), [None] * 4),
    ("half a note says nothing", ((0.282, 0.560, 0.313, 1, "thay"),), [None] * 4),
    ("the signature is none", ((0.64, 0.560, 0.75, 2, "báo cáo"),), [None] * 4),
    ("nor is a line under the list", ((0.114, 0.640, 0.20, 1, "báo cáo"),), [None] * 4),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "purposes"), [row[1:] for row in BESIDE], ids=[row[0] for row in BESIDE])
def test_notes_beside_the_list(
    pieces: tuple[tuple[float, float, float, int, str], ...], purposes: list[str | None]
) -> None:
    lines = lines_of(*LIST, *pieces)
    listed, others = lines[:5], lines[5:]
    notes = notes_beside(listed, others)
    said = [next((note.purpose for note in notes if note.beside(line)), None) for line in listed[1:]]
    assert said == purposes


def test_a_note_read_in_the_signature_belongs_to_the_list() -> None:
    rows = (
        (0.115, 0.50, 0.90, 0, "Giao các đơn vị tổ chức thực hiện kết luận này theo đúng quy định./."),
        *LIST, (0.64, 0.541, 0.76, 2, "CHỦ TỊCH"), (0.38, 0.600, 0.41, 2, "thực"), (0.384, 0.620, 0.414, 2, "hiện"),
        (0.65, 0.66, 0.79, 2, "Lê Văn Thử"),
    )  # fmt: skip
    (layout,) = analyse([drawn_page(*rows)])
    assert layout.zone(Zone.SIGNATURE).text.split("\n") == ["CHỦ TỊCH", "Lê Văn Thử"]


DRAFTS = [
    ("a draft bears no name", "chịu trách nhiệm thi hành Quyết định này./.", "TM. ỦY BAN NHÂN DÂN", True),
    ("capitals inside a text are no signature", "theo đề nghị của các cơ quan như sau:", "TM. ỦY BAN NHÂN DÂN", False),
]


@pytest.mark.parametrize(("before", "authority", "closes"), [row[1:] for row in DRAFTS], ids=[r[0] for r in DRAFTS])
def test_a_closing_without_a_name(before: str, authority: str, closes: bool) -> None:
    lines = lines_of(
        (0.17, 0.40, 0.88, 0, before), (0.58, 0.47, 0.84, 0, authority), (0.66, 0.49, 0.77, 0, "CHỦ TỊCH"),
        (0.17, 0.60, 0.88, 0, "Bản này gửi các cơ quan có liên quan để góp ý hoàn thiện trước khi trình ký"),
    )  # fmt: skip
    assert (zone_closing(lines, {}, 0)[1] == 1) is closes

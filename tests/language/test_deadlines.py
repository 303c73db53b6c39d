"""When somebody has to do something, in what form it is said, and which times are no deadline at all."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.deadlines import DeadlineSpan, find_deadlines
from pipeline.language.workdays import add_days, add_working_days

ISSUED = date(2024, 5, 15)
RECEIVED = date(2024, 5, 17)


def one(text: str) -> DeadlineSpan:
    (span,) = find_deadlines(text, issued=ISSUED, received=RECEIVED)
    assert " ".join(text[span.start : span.end].split()) == span.raw
    return span


DUE = [
    # (text, due, bound, raw): strict bounds
    ("gửi danh sách trực về Sở trước ngày 28/5/2024.", "2024-05-28", "before", "trước ngày 28/5/2024"),
    ("Trước ngày 01 tháng 6 năm 2024, các sở gửi kế hoạch.", "2024-06-01", "before", "Trước ngày 01 tháng 6 năm 2024"),
    ("Báo cáo trước ngày\n24/5/2024.", "2024-05-24", "before", "trước ngày 24/5/2024"),
    ("Nộp trước\nngày 24\ntháng 5 năm 2024", "2024-05-24", "before", "trước ngày 24 tháng 5 năm 2024"),
    ("thời gian hoàn thành trước ngày 15/6/2024.", "2024-06-15", "before", "trước ngày 15/6/2024"),
    ("Gửi về Sở (trước ngày 24/5/2024, qua email).", "2024-05-24", "before", "trước ngày 24/5/2024"),
    ("Báo cáo chậm nhất trước ngày 24/5/2024.", "2024-05-24", "before", "chậm nhất trước ngày 24/5/2024"),
    ("Đề nghị hoàn thành trước tháng 7/2024.", "2024-07-01", "before", "trước tháng 7/2024"),
    # inclusive bounds
    ("Góp ý gửi về Sở chậm nhất là ngày 25/5/2024.", "2024-05-25", "by", "chậm nhất là ngày 25/5/2024"),
    ("Báo cáo về Sở muộn nhất vào ngày 25/5/2024.", "2024-05-25", "by", "muộn nhất vào ngày 25/5/2024"),
    ("Báo cáo gửi về Sở không quá ngày 25/5/2024.", "2024-05-25", "by", "không quá ngày 25/5/2024"),
    ("Tiếp nhận và gửi hồ sơ đến hết ngày 31/5/2024.", "2024-05-31", "by", "đến hết ngày 31/5/2024"),
    ("Trong ngày 24/5/2024, các đơn vị gửi danh sách.", "2024-05-24", "by", "Trong ngày 24/5/2024"),
    ("Thời hạn gửi báo cáo: ngày 31/5/2024.", "2024-05-31", "by", "Thời hạn gửi báo cáo: ngày 31/5/2024"),
    ("Thời hạn: 10/6/2024, gửi về Sở.", "2024-06-10", "by", "Thời hạn: 10/6/2024"),
    # times of day
    (
        "báo cáo về Sở trước 09 giờ 00 phút ngày 24/5/2024 (tức mùng 04 tháng giêng Âm lịch)",
        "2024-05-24T09:00",
        "before",
        "trước 09 giờ 00 phút ngày 24/5/2024",
    ),
    ("Gửi trước 17h00', ngày 24/5/2024.", "2024-05-24T17:00", "before", "trước 17h00', ngày 24/5/2024"),
    ("Gửi trước 16 giờ 30 phút, ngày 24 tháng 5 năm 2024.", "2024-05-24T16:30", "before", None),
    ("Gửi trước 5 giờ chiều ngày 24/5/2024.", "2024-05-24T17:00", "before", None),
    ("Gửi trước 24 giờ 00 ngày 24/5/2024.", "2024-05-25T00:00", "before", None),  # the end of the day
    ("Đề nghị nộp, hạn cuối: 17h00 ngày 31/5/2024.", "2024-05-31T17:00", "by", "hạn cuối: 17h00 ngày 31/5/2024"),
    # with the day of the week
    ("Gửi trước thứ Sáu, ngày 24/5/2024.", "2024-05-24", "before", "trước thứ Sáu, ngày 24/5/2024"),
    ("Gửi trước ngày thứ sáu (24/5/2024).", "2024-05-24", "before", "trước ngày thứ sáu (24/5/2024)"),
    # whole months, quarters and years: their last day
    ("bàn giao các xã, thị trấn trong tháng 6/2024.", "2024-06-30", "by", "trong tháng 6/2024"),
    ("Hoàn thành trong tháng 9/2024.", "2024-09-30", "by", "trong tháng 9/2024"),
    ("chi trả cho các hộ xong trong tháng 02/2025", "2025-02-28", "by", "trong tháng 02/2025"),
    ("Hoàn thành trong quý III năm 2024.", "2024-09-30", "by", "trong quý III năm 2024"),
    ("Hoàn thành trong quý II/2024.", "2024-06-30", "by", "trong quý II/2024"),
    ("Yêu cầu các đơn vị hoàn thành trong năm 2024.", "2024-12-31", "by", "trong năm 2024"),
    ("Thời gian hoàn thành\ntrong quí III năm 2024, thời gian cụ thể", "2024-09-30", "by", "trong quí III năm 2024"),
    ("Thời gian thực hiện: Quý III/2024.", "2024-09-30", "by", "Thời gian thực hiện: Quý III/2024"),
    ("Thời gian hoàn thành: Tháng 8/2024.", "2024-08-31", "by", "Thời gian hoàn thành: Tháng 8/2024"),
    ("Sở Kế hoạch chủ trì xây dựng kế hoạch trong tháng 7/2024", "2024-07-31", "by", "trong tháng 7/2024"),
    # a bare line that says only when, under the sentence that says what
    ("Gửi báo cáo về Sở Nội vụ. Thời gian: trước ngày 15/6/2024.", "2024-06-15", "before", "trước ngày 15/6/2024"),
    ("báo cáo kết quả bằng văn bản trước ngày 20.7.2024", "2024-07-20", "before", "trước ngày 20.7.2024"),
    # «chậm nhất» asks by itself, whatever is asked for
    ("Hồ sơ tạm ứng: chậm nhất đến hết ngày 31/7/2024.", "2024-07-31", "by", "chậm nhất đến hết ngày 31/7/2024"),
    # a superior named after «báo cáo» makes an order of it
    ("báo cáo Thường trực Tỉnh ủy trong tháng 6-2024", "2024-06-30", "by", "trong tháng 6-2024"),
    # what citizens and banks have to do
    ("Ông Bình có nghĩa vụ trả nợ trước ngày 30/7/2024.", "2024-07-30", "before", "trước ngày 30/7/2024"),
    ("Công bố kết quả trước ngày 20/7/2024.", "2024-07-20", "before", "trước ngày 20/7/2024"),
    # tone marks lost by recognition
    ("gửi báo cáo vê Sở truớc ngày 24/5/2024", "2024-05-24", "before", None),
]


@pytest.mark.parametrize(("text", "due", "bound", "raw"), DUE)
def test_due(text: str, due: str, bound: str, raw: str | None) -> None:
    span = one(text)
    assert (span.kind, span.due, span.bound, span.inferred_year) == ("due", due, bound, False)
    assert raw is None or span.raw == raw


INFERRED = [
    ("Hoàn thành trước 30/6.", "2024-06-30"),
    ("Gửi về Sở trước ngày 30/4.", "2025-04-30"),  # past in the year of issue
    ("Gửi trước 9h ngày 24/5.", "2024-05-24T09:00"),
    ("Hoàn thành việc rà soát trong tháng 6.", "2024-06-30"),
    ("Hoàn thành trong quý I.", "2025-03-31"),
]


@pytest.mark.parametrize(("text", "due"), INFERRED)
def test_a_year_not_printed_is_inferred_and_flagged(text: str, due: str) -> None:
    span = one(text)
    assert (span.due, span.inferred_year) == (due, True)
    assert find_deadlines(text, issued=None) == []  # without the day of issue there is nothing to infer from


DAY_UNREAD = [
    ("báo cáo trước ngày 15/6/2019", "2019-06-15", "in the month of issue"),
    ("báo cáo trước ngày 15/6", "2019-06-15", "the year is told by the month of issue"),
    ("báo cáo trước ngày 30/5/2019", None, "before the month of issue it is a fact of the past"),
]


@pytest.mark.parametrize(("text", "due", "why"), DAY_UNREAD)
def test_a_day_of_issue_that_nobody_can_read_hides_no_deadline(text: str, due: str | None, why: str) -> None:
    found = find_deadlines(f"Đề nghị các đơn vị {text}.", issued=None, earliest=date(2019, 6, 1))
    assert [span.due for span in found] == ([due] if due else []), why


def test_a_term_from_an_unread_day_of_issue_has_no_day_of_its_own() -> None:
    text = "Các đơn vị gửi báo cáo trong thời hạn 15 ngày kể từ ngày ký."
    (span,) = find_deadlines(text, issued=None, earliest=date(2019, 6, 1))
    assert (span.kind, span.days, span.due) == ("relative", 15, None)


def test_two_figures_of_a_year_are_a_year() -> None:
    span = one("Gửi báo cáo trước ngày 24/5/24.")
    assert (span.due, span.inferred_year) == ("2024-05-24", False)


def test_one_bound_for_two_days() -> None:
    spans = find_deadlines("Gửi báo cáo trước ngày 15/6/2024 và 15/12/2024.", issued=ISSUED)
    assert [(span.due, span.bound) for span in spans] == [("2024-06-15", "before"), ("2024-12-15", "before")]


PERIODS = [
    ("Thời gian thực hiện: Quý II/2024 - Quý IV/2024.", ("2024-04-01", "2024-12-31")),
    ("Phát động Tuần lễ Áo dài từ ngày 01/7/2024 đến ngày 08/7/2024.", ("2024-07-01", "2024-07-08")),
    ("Nhận hồ sơ từ ngày 01/6/2024 đến hết ngày 15/6/2024.", ("2024-06-01", "2024-06-15")),
    ("trực lãnh đạo từ ngày 30/8/2024 đến hết ngày 03/9/2024", ("2024-08-30", "2024-09-03")),
    ("treo cờ từ ngày 30/8 đến hết ngày 03/9/2024", ("2024-08-30", "2024-09-03")),
    ("Tổ chức trực ban từ ngày 15 đến hết ngày 20/6/2024", ("2024-06-15", "2024-06-20")),
    ("tổ chức ra quân từ ngày 25/12 đến ngày 05/01/2025", ("2024-12-25", "2025-01-05")),  # over New Year
    ("Tổ chức ra quân từ ngày 01/5 đến 30/5", ("2024-05-01", "2024-05-30")),  # begun already, no year printed
    ("Phân công trực từ 7h00 ngày 01/9/2024 đến 17h00 ngày 03/9/2024", ("2024-09-01", "2024-09-03")),
    ("Triển khai tuyên truyền từ tháng 6 đến tháng 8/2024", ("2024-06-01", "2024-08-31")),
    ("Từ nay đến hết ngày 30/6/2024, các đơn vị tăng cường kiểm tra", ("2024-05-15", "2024-06-30")),
    (
        "phân công trực. Đặc biệt trong thời gian: từ ngày 03/6/2024 đến hết ngày 09/6/2024 "
        "(tức từ ngày 29 tháng Chạp đến hết ngày mùng 05 tháng Giêng năm Kỷ Hợi) và gửi danh sách về Sở",
        ("2024-06-03", "2024-06-09"),  # the lunar days beside it are the same period
    ),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_periods(text: str, period: tuple[str, str]) -> None:
    span = one(text)
    assert (span.kind, span.period, span.due) == ("period", period, None)


RECURRING = [
    # (text, [(raw, rule, bound)])
    (
        "tổng hợp báo cáo định kỳ vào thứ hai hàng tuần.",
        [("định kỳ vào thứ hai hàng tuần", "FREQ=WEEKLY;BYDAY=MO", None)],
    ),
    # a day of every year that is a bound asks for whatever is made by it
    ("hoàn thành trước 31/12 hằng năm.", [("trước 31/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "before")]),
    (
        "Xây dựng chương trình kiểm tra, giám sát trước ngày 31/01 hằng năm.",
        [("trước ngày 31/01 hằng năm", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", "before")],
    ),
    (
        "Đề nghị thanh toán trước ngày 10 hằng tháng.",
        [("trước ngày 10 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=10", "before")],
    ),
    # days without a year beside a cycle come every year
    (
        "Báo cáo 6 tháng gửi trước ngày 10/6, báo cáo năm gửi trước ngày 10/12 hằng năm.",
        [
            ("trước ngày 10/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10", "before"),
            ("trước ngày 10/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "before"),
        ],
    ),
    (
        "Định kỳ hằng quý (trước ngày 15 của tháng cuối quý), 6 tháng, năm báo cáo kết quả về Sở.",
        [
            ("trước ngày 15 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", "before"),
            ("6 tháng", "FREQ=MONTHLY;INTERVAL=6", None),
            ("năm", "FREQ=YEARLY", None),
        ],
    ),
    (
        "báo cáo số liệu trước 9 giờ sáng hằng ngày.",
        [("trước 9 giờ sáng hằng ngày", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "before")],
    ),
    (
        "Báo cáo hằng ngày trước 16 giờ cho đến khi hết dịch.",
        [("hằng ngày trước 16 giờ", "FREQ=DAILY;BYHOUR=16;BYMINUTE=0", "before")],
    ),
    ("vào báo cáo hàng tuần để Lãnh đạo nắm bắt", [("hàng tuần", "FREQ=WEEKLY", None)]),
    (
        "một mục riêng của báo cáo 06 tháng, hằng năm gửi về Văn phòng Sở",
        [("06 tháng", "FREQ=MONTHLY;INTERVAL=6", None), ("hằng năm", "FREQ=YEARLY", None)],
    ),
    (
        "đồng thời định kỳ 06 tháng và hàng năm gửi báo cáo công tác",
        [("định kỳ 06 tháng", "FREQ=MONTHLY;INTERVAL=6", None), ("hàng năm", "FREQ=YEARLY", None)],
    ),
    (
        "Báo cáo định kỳ hằng quý, 6 tháng, năm gửi về Phòng Nội vụ.",
        [
            ("định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3", None),
            ("6 tháng", "FREQ=MONTHLY;INTERVAL=6", None),
            ("năm", "FREQ=YEARLY", None),
        ],
    ),
    (
        "Báo cáo quý, 6 tháng, năm gửi về Sở.",
        [
            ("quý", "FREQ=MONTHLY;INTERVAL=3", None),
            ("6 tháng", "FREQ=MONTHLY;INTERVAL=6", None),
            ("năm", "FREQ=YEARLY", None),
        ],
    ),
    ("6 tháng một lần, các đơn vị báo cáo về UBND tỉnh.", [("6 tháng một lần", "FREQ=MONTHLY;INTERVAL=6", None)]),
    ("Hàng quí báo cáo về Sở.", [("Hàng quí", "FREQ=MONTHLY;INTERVAL=3", None)]),  # the other spelling
    ("Báo cáo 01 lần/quý về Sở.", [("01 lần/quý", "FREQ=MONTHLY;INTERVAL=3", None)]),
    # with the day
    (
        "gửi báo cáo trước ngày 20 hằng tháng về Sở.",
        [("trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20", "before")],
    ),
    (
        "Hằng tháng, các đơn vị gửi báo cáo về Sở trước ngày 20.",
        [("Hằng tháng, các đơn vị gửi báo cáo về Sở trước ngày 20", "FREQ=MONTHLY;BYMONTHDAY=20", "before")],
    ),
    (
        "Định kỳ trước ngày 15/12 hằng năm gửi báo cáo về Bộ.",
        [("Định kỳ trước ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "before")],
    ),
    (
        "Gửi báo cáo trước ngày 15/6 và 15/12 hằng năm.",
        [
            ("trước ngày 15/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "before"),
            ("15/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "before"),
        ],
    ),
    (
        "Gửi báo cáo vào ngày 15 của tháng cuối quý.",
        [("vào ngày 15 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", None)],
    ),
    (
        "Gửi báo cáo chậm nhất ngày cuối cùng của tháng đầu quý sau.",
        [("chậm nhất ngày cuối cùng của tháng đầu quý sau", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=-1", "by")],
    ),
    # reporting rules as decisions state them
    (
        "- Chậm nhất ngày 15 (mười lăm) của tháng báo cáo đối với báo cáo định kỳ hằng tháng;",
        [("Chậm nhất ngày 15 (mười lăm) của tháng báo cáo", "FREQ=MONTHLY;BYMONTHDAY=15", "by")],
    ),
    (
        "- Chậm nhất ngày 06 (sáu) của tháng cuối quý đối với báo cáo định kỳ hằng quý,",
        [("Chậm nhất ngày 06 (sáu) của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=6", "by")],
    ),
    (
        "- Chậm nhất ngày 25 (hai mươi lăm) tháng 11 (mười một) đối với báo cáo định kỳ hằng năm.",
        [("Chậm nhất ngày 25 (hai mươi lăm) tháng 11 (mười một)", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25", "by")],
    ),
    (
        "gửi thư điện tử trước ngày 25/06 đối với báo cáo 06 tháng; trước ngày 28/11 đối với báo cáo năm",
        [
            ("trước ngày 25/06", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=25", "before"),
            ("trước ngày 28/11", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=28", "before"),
        ],
    ),
    (
        "Báo cáo cả năm gửi trước ngày 10/01 của năm liền kề năm báo cáo.",
        [("trước ngày 10/01", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10", "before")],
    ),
    (
        "Báo cáo tháng gửi trước ngày 15 của tháng",
        [("trước ngày 15 của tháng", "FREQ=MONTHLY;BYMONTHDAY=15", "before")],
    ),
    (
        "Báo cáo quý gửi trước ngày 05 tháng cuối cùng của mỗi quý",
        [("trước ngày 05 tháng cuối cùng của mỗi quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=5", "before")],
    ),
    (
        "Báo cáo kết quả hàng tuần (trước 16h00 thứ sáu hàng tuần) về Sở.",  # one cycle said twice
        [("trước 16h00 thứ sáu hàng tuần", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=0", "before")],
    ),
    ("Báo cáo về Sở trước 16h00 hằng ngày.", [("trước 16h00 hằng ngày", "FREQ=DAILY;BYHOUR=16;BYMINUTE=0", "before")]),
    (
        "Báo cáo hằng ngày (trước 15h30) về Sở Y tế.",
        [("hằng ngày (trước 15h30)", "FREQ=DAILY;BYHOUR=15;BYMINUTE=30", "before")],
    ),
]


@pytest.mark.parametrize(("text", "cycles"), RECURRING)
def test_recurring(text: str, cycles: list[tuple[str, str, str | None]]) -> None:
    spans = find_deadlines(text, issued=ISSUED)
    assert {span.kind for span in spans} == {"recurring"}
    assert [(span.raw, span.rule, span.bound) for span in spans] == cycles


RELATIVE = [
    # (text, days, working, anchor, due)
    (
        "Đề nghị trả lời trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản này.",
        5,
        True,
        "received",
        "2024-05-24",
    ),
    ("Báo cáo trong vòng 10 ngày kể từ ngày ký ban hành.", 10, False, "issued", "2024-05-27"),  # 25/5 is a Saturday
    ("Trong vòng mười ngày, kể từ ngày Kế hoạch này được ban hành, các đơn vị gửi", 10, False, "issued", "2024-05-27"),
    ("báo cáo chậm nhất 05 ngày làm việc sau khi nhận được Công văn này", 5, True, "received", "2024-05-24"),
    ("Trong vòng 05 ngày nhận được văn bản này, các đơn vị trả lời", 5, False, "received", "2024-05-22"),
    ("Báo cáo trong vòng 01 tuần kể từ ngày nhận được Công văn này.", 7, False, "received", "2024-05-24"),
    # a term from this very document binds without a verb of sending
    (
        "Đối chiếu số dư trong thời hạn 05 ngày làm việc kể từ ngày nhận được công văn này.",
        5,
        True,
        "received",
        "2024-05-24",
    ),
    (
        "Trong thời hạn 30 ngày kể từ ngày nhận được kiến nghị này đề nghị thông báo.",
        30,
        False,
        "received",
        "2024-06-17",
    ),  # 16/6 is a Sunday
]


@pytest.mark.parametrize(("text", "days", "working", "anchor", "due"), RELATIVE)
def test_relative(text: str, days: int, working: bool, anchor: str, due: str) -> None:
    span = one(text)
    assert (span.kind, span.days, span.working, span.anchor) == ("relative", days, working, anchor)
    assert (span.due, span.bound) == (due, "by")
    (unanchored,) = find_deadlines(text, issued=None)
    assert (unanchored.due, unanchored.bound, unanchored.days) == (None, None, days)


NONE = [
    # effect, cut-offs, facts
    "Quyết định này có hiệu lực từ ngày 01/6/2024.",
    "Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký.",
    "Nghị quyết này được thực hiện đến hết ngày 31 tháng 12 năm 2030.",
    "Tính đến hết ngày 31/5/2024, toàn tỉnh đã giải ngân 40%.",
    "Báo cáo số liệu tính đến hết ngày 31/5/2024.",
    "Các dự án được phê duyệt trước ngày 01/7/2024 thì thực hiện theo quy định cũ.",
    "Công dân sinh trước ngày 01/01/2025 được cấp thẻ.",
    "thuê đất trước ngày 01/7/2024 (ngày Luật Đất đai có hiệu lực) phải báo cáo",
    "chưa được thi hành đến hết ngày 31/12/2024 chuyển sang năm 2025",
    "gửi báo cáo trước ngày 01/5/2024",  # before the day of issue: a fact, or an error
    # documents, events, periods of office
    "Thực hiện Công văn số 123/UBND-VX ngày 10/6/2024 của UBND tỉnh.",
    "Hội nghị tổ chức lúc 8 giờ 00 ngày 20/5/2024.",
    "Lớp tập huấn tổ chức từ ngày 10/6/2024 đến ngày 12/6/2024.",
    "thông báo Lịch công tác trong thời gian từ ngày 20/5/2024 - 24/5/2024 để các phòng chủ động bố trí công việc",
    "bầu cử đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2021-2026",
    "V/v hoàn thành quyết toán trước ngày 30/6/2024",
    "Thực hiện Kế hoạch “hoàn thành xây dựng nhà ở trước ngày 30/6/2024”",
    "Từ ngày 1/1 đến ngày 10/5, UBND tỉnh giao 833 nhiệm vụ cho các sở.",
    # goals and narrative
    "phấn đấu hoàn thành các tiêu chí đã đăng ký thực hiện trong năm 2024",
    "trong năm 2024 đạt chuẩn nông thôn mới",
    "Trong tháng 5/2024 trụ sở tiếp công dân đã tiếp 16 lượt.",
    "báo cáo tình hình, kết quả công tác tiếp công dân trong tháng 5 năm 2024 như sau",
    "Tham mưu kế hoạch tái cơ cấu ngành nông nghiệp đến năm 2025",
    "đánh giá kết quả thực hiện các chỉ tiêu trong 06 tháng đầu năm",
    "Thời gian thực hiện: năm 2024",  # how long a project runs
    "bố trí vốn cho các dự án hoàn thành đưa vào sử dụng trong năm 2024",
    # cycles of other things
    "Sao lưu dữ liệu hằng ngày, hằng tuần đối với các ứng dụng.",
    "mật khẩu định kỳ tối thiểu 06 tháng phải thay đổi",
    "lập dự toán thu ngân sách hàng năm sát với thực tế",
    "Chủ tịch tiếp công dân định kỳ vào ngày 20 hàng tháng",
    "Quốc hội quyết định chương trình giám sát hằng năm",
    "Bệnh viện tổ chức lớp hồi sức cấp cứu từ ngày 10/6/2024 đến ngày 14/6/2024.",
    "Mỗi tháng 02 lần báo cáo về Sở.",  # which days?
    "Báo cáo chậm nhất ngày 05 tháng sau.",  # once, or every month?
    # terms of other papers
    "Trong thời hạn 15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ, cơ quan trả lời.",
    "Trong thời hạn 07 ngày làm việc kể từ ngày nhận được văn bản của Bộ, Ủy ban trả lời.",
    "Trong thời hạn 15 ngày kể từ ngày ký kết hợp đồng, gửi báo cáo.",
    "tiêu hủy trong vòng 24 giờ kể từ khi có kết quả xét nghiệm",
    "Dừng vận chuyển lợn trong vòng 30 ngày để theo dõi.",
    # vague, unreadable, or only before something
    "Báo cáo ngay sau khi nhận được văn bản này.",
    "trực 24/7 trước, trong và sau Tết",
    "gửi về Bộ Tài chính trước ngày 2£/12/2024.",
    "gửi báo cáo trước ngày 31/8 cùng năm",
    "Hoàn thành trước ngày … tháng 6 năm 2024.",
    "chịu trách nhiệm trước pháp luật",
    "Báo cáo kết quả về Sở trước 1/3 thời gian.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_deadline(text: str) -> None:
    assert find_deadlines(text, issued=ISSUED, received=RECEIVED) == []


def test_a_cut_off_and_a_deadline_in_one_sentence() -> None:
    span = one("Báo cáo số liệu tính đến hết ngày 31/5/2024 về Sở trước ngày 05/6/2024.")
    assert span.due == "2024-06-05"


def test_a_whole_letter_in_order() -> None:
    text = (
        "Thực hiện Công văn số 86/STTTT-BCVT ngày 10/5/2024, Sở yêu cầu các đơn vị:\n\n"
        "1. Rà soát hồ sơ, hoàn thành trong tháng 6/2024.\n"
        "- Gửi danh sách về Sở trước ngày 28/5/2024.\n"
        "2. Định kỳ hằng quý báo cáo kết quả về Sở.\n"
        "Đề nghị trả lời trong vòng 05 ngày làm việc kể từ ngày nhận được Công văn này./."
    )
    spans = find_deadlines(text, issued=ISSUED, received=None)
    assert [span.kind for span in spans] == ["due", "due", "recurring", "relative"]
    assert [span.due for span in spans] == ["2024-06-30", "2024-05-28", None, None]
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_decomposed_text_is_refused() -> None:
    with pytest.raises(ValueError, match="NFC"):
        find_deadlines("gửi báo cáo trước ngày 24/5/2024 e\u0301", issued=ISSUED)


later = st.dates(date(2024, 6, 1), date(2030, 12, 31))
BOUNDS = {
    "trước ngày {}": "before",
    "chậm nhất ngày {}": "by",
    "chậm nhất là ngày {}": "by",
    "không quá ngày {}": "by",
    "muộn nhất đến ngày {}": "by",
    "chậm nhất trước ngày {}": "before",
}
PRINTED = ["{d.day}/{d.month}/{d.year}", "{d:%d/%m/%Y}", "{d:%d} tháng {d:%m} năm {d:%Y}", "{d.day}-{d.month}-{d.year}"]


@settings(deadline=None)
@given(
    later,
    st.sampled_from(sorted(BOUNDS)),
    st.sampled_from(PRINTED),
    st.sampled_from(["", " để tổng hợp", ";", " (qua email)"]),
)
def test_every_bound_and_date_read_back(day: date, bound: str, printed: str, after: str) -> None:
    words = bound.format(printed.format(d=day))
    span = one(f"Đề nghị các đơn vị gửi báo cáo về Sở Nội vụ {words}{after}.")
    assert (span.due, span.bound, span.raw) == (str(day), BOUNDS[bound], words)


@settings(deadline=None)
@given(
    later,
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["{h} giờ {m:02d} phút", "{h:02d}h{m:02d}", "{h}g{m:02d}'"]),
)
def test_every_time_of_day_reads_back(day: date, hour: int, minute: int, form: str) -> None:
    span = one(f"Gửi báo cáo trước {form.format(h=hour, m=minute)} ngày {day:%d/%m/%Y}.")
    assert span.due == f"{day}T{hour:02d}:{minute:02d}"


@settings(deadline=None)
@given(later, st.integers(0, 200))
def test_every_period_reads_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    span = one(f"Các đơn vị phân công trực từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y} và thực hiện chế độ")
    assert span.period == (str(first), str(last))


@settings(deadline=None)
@given(st.integers(1, 90), st.booleans(), st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_every_term_is_counted_by_the_calendar(days: int, working: bool, received: date) -> None:
    unit = "ngày làm việc" if working else "ngày"
    text = f"Đề nghị báo cáo trong vòng {days} {unit} kể từ ngày nhận được văn bản này."
    (span,) = find_deadlines(text, issued=None, received=received)
    assert span.due == str((add_working_days if working else add_days)(received, days))


@settings(deadline=None)
@given(later)
def test_the_date_of_a_cited_document_is_none(day: date) -> None:
    assert (
        find_deadlines(f"Thực hiện Công văn số 12/UBND-VX ngày {day:%d/%m/%Y} của UBND tỉnh, Sở yêu cầu", issued=ISSUED)
        == []
    )


@settings(deadline=None)
@given(st.text(alphabet="trướcngày 0123456789/.,;\n()hằtáủđếTừquýIV gửibáo", max_size=80), st.none() | later)
def test_spans_hold_their_text_whatever_comes(text: str, issued: date | None) -> None:
    spans = find_deadlines(text, issued=issued)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for span in spans:
        assert " ".join(text[span.start : span.end].split()) == span.raw
        assert span.due or span.period or span.rule or span.days


@pytest.mark.parametrize(
    "mark", ["\n", " \n", "định kỳ ", "trước ngày ", "từ ngày ", "hằng tháng ", "trong vòng 10 ngày "]
)
def test_a_page_of_one_phrase_holds_no_deadline(mark: str) -> None:
    assert find_deadlines(mark * 10_000, issued=ISSUED) == []


def test_every_deadline_of_a_page_without_stops_is_found() -> None:
    assert len(find_deadlines("gửi báo cáo trước ngày 20/6/2024 " * 500, issued=ISSUED)) == 500

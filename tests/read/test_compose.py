"""Do words with boxes become the text of a page, column by column, with every word at its span?"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.compose import RawWord, compose
from pipeline.read.model import Box, Line, Page

A4 = 297 / 210
HEIGHT = 0.012  # a 13 pt line's ink, as a fraction of the page's height
CHARACTER = HEIGHT * A4 * 0.48  # mean advance of a character, as a fraction of the page's width
SPACE = CHARACTER * 0.55


def set_line(text: str, left: float, top: float, *, space: float = SPACE, height: float = HEIGHT) -> list[RawWord]:
    """A line as a typesetter would place it: words from ``left``, single spaces between them."""
    words = []
    for word in text.split():
        right = left + CHARACTER * len(word) * height / HEIGHT
        words.append(RawWord(word, (left, top, right, top + height)))
        left = right + space
    return words


def centred(text: str, middle: float, top: float) -> list[RawWord]:
    width = set_line(text, 0, top)[-1].box[2]
    return set_line(text, middle - width / 2, top)


def texts(words: list[RawWord], ink: tuple[Box, ...] = ()) -> list[str]:
    text, lines = compose(words, A4, ink)
    return [text[line.start : line.end] for line in lines]


def check(words: list[RawWord], text: str, lines: list[Line]) -> None:
    """What must hold on any page."""
    placed = [word for line in lines for word in line.words]
    given_words = sorted((unicodedata.normalize("NFC", w.text), w.box) for w in words)
    assert given_words == sorted((w.text, w.box) for w in placed)
    for line in lines:
        assert (line.start, line.end) == (line.words[0].start, line.words[-1].end)
        assert "\n" not in text[line.start : line.end]
        for word in line.words:
            assert text[word.start : word.end] == word.text
        box = line.box
        assert box is not None
        assert 0 <= box[0] <= box[2] <= 1
        assert 0 <= box[1] <= box[3] <= 1
        assert all(box[0] <= w.box[0] and w.box[2] <= box[2] for w in line.words if w.box)
    assert all(left.end < right.start for left, right in pairwise(lines))
    assert text.split() == [word.text for word in placed]


HEADERS = [
    # left column, right column
    (
        ["UBND TỈNH GIA LAI", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Số: 359/STTTT-BCVT"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Gia Lai, ngày 23 tháng 3 năm 2020"],
    ),
    (
        ["TỈNH ỦY ĐẮK NÔNG", "*", "Số 205-KH/TU"],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "Đắk Nông, ngày 05 tháng 6 năm 2019"],
    ),
    (
        ["BỘ TƯ PHÁP", "Số: 1420/BTP-KTrVB", "V/v rà soát văn bản"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hà Nội, ngày 22 tháng 4 năm 2019"],
    ),
]


@pytest.mark.parametrize(("left", "right"), HEADERS)
@pytest.mark.parametrize("shift", [0.0, 0.004, -0.004])  # the columns' lines rarely stand at one height
def test_the_two_columns_of_a_header_never_merge(left: list[str], right: list[str], shift: float) -> None:
    words = []
    for at, line in enumerate(left):
        words += centred(line, 0.26, 0.06 + at * 0.022)
    for at, line in enumerate(right):
        words += centred(line, 0.69, 0.06 + shift + at * 0.022)
    assert texts(words) == left + right
    _, lines = compose(words, A4)
    assert [line.column for line in lines] == [1] * len(left) + [2] * len(right)


def test_an_engine_that_reads_across_the_gutter_is_corrected() -> None:
    left = ["UBND TỈNH QUẢNG NGÃI", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 514/SGDĐT-VP"]
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Quảng Ngãi, ngày 14 tháng 4 năm 2021",
    ]
    words = []
    for at, (a, b) in enumerate(zip(left, right, strict=True)):
        row = centred(a, 0.26, 0.06 + at * 0.022) + centred(b, 0.69, 0.06 + at * 0.022)
        words += [RawWord(w.text, w.box, line=at) for w in row]
    assert texts(words) == left + right


def test_a_narrow_gutter_is_known_by_the_motto() -> None:
    """A long issuer comes so near to the motto that the gap is hardly wider than a space."""
    words = set_line("VĂN PHÒNG ỦY BAN NHÂN DÂN", 0.08, 0.06)
    right = words[-1].box[2] + 1.6 * SPACE
    words += set_line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right, 0.06)
    assert texts(words) == ["VĂN PHÒNG ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_recipients_beside_the_signature() -> None:
    left = ["Nơi nhận:", "- Như trên;", "- UBND tỉnh (b/c);", "- Lưu: VT, BCVT."]
    right = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Nam"]
    words = []
    for at, line in enumerate(left):
        words += set_line(line, 0.14, 0.5 + at * 0.02)
    for at, line in enumerate(right):
        words += centred(line, 0.72, 0.5 + at * 0.02)
    assert texts(words) == left + right


BODY = (
    "Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh tại Chỉ",
    "thị số 03/CT-UBND ngày 13/3/2020 về việc đảm bảo an toàn cơ sở",
    "hạ tầng và an ninh thông tin, Sở đề nghị các đơn vị thực hiện",
)


@pytest.mark.parametrize("stretch", [1.0, 1.5, 2.2, 3.0])
def test_justified_text_is_not_cut(stretch: float) -> None:
    words = []
    for at, line in enumerate(BODY):
        words += set_line(line, 0.14, 0.4 + at * 0.02, space=SPACE * stretch)
    assert texts(words) == list(BODY)


def test_a_header_is_read_before_the_body_below_it() -> None:
    words = centred("UBND TỈNH GIA LAI", 0.26, 0.06) + centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.69, 0.06)
    words += centred("SỞ Y TẾ", 0.26, 0.082) + centred("Độc lập - Tự do - Hạnh phúc", 0.69, 0.082)
    for at, line in enumerate(BODY):
        words += set_line(line, 0.14, 0.3 + at * 0.02)
    assert texts(words) == [
        "UBND TỈNH GIA LAI",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        *BODY,
    ]


def test_a_table_is_read_row_by_row() -> None:
    rows = [
        ["STT", "Nội dung", "Đơn vị", "Hạn"],
        ["1", "Rà soát", "Sở Nội vụ", "30/6"],
        ["2", "Báo cáo", "Sở Y tế", "15/7"],
    ]
    words = []
    for at, row in enumerate(rows):
        for column, cell in zip((0.1, 0.25, 0.55, 0.8), row, strict=True):
            words += set_line(cell, column, 0.4 + at * 0.03)
    assert texts(words) == [cell for row in rows for cell in row]


def test_a_pens_strokes_do_not_part_a_line() -> None:
    """The number was written by hand: "Số: ✍ /UBND-VX"."""
    words = set_line("Số:", 0.14, 0.1) + set_line("/SYT-NV", 0.24, 0.1)
    right = 0.14 + 3 * CHARACTER
    assert texts(words, ((right, 0.095, 0.24, 0.115),)) == ["Số: /SYT-NV"]


def test_a_drafts_blanks_do_not_part_a_line() -> None:
    words = set_line("Số:", 0.14, 0.1) + set_line("/SYT-NV", 0.22, 0.1)
    assert texts(words) == ["Số: /SYT-NV"]


def test_an_empty_line_parts_paragraphs() -> None:
    words = set_line("Nơi nhận", 0.14, 0.30) + set_line("Điều một", 0.14, 0.36)
    assert compose(words, A4)[0] == "Nơi nhận\n\nĐiều một\n"


def test_a_page_without_words_has_no_text() -> None:
    assert compose([], A4) == ("", [])


def test_words_in_parts_are_composed() -> None:
    """A text layer may hold letters and marks as characters of their own."""
    parted = unicodedata.normalize("NFD", "Quảng Ngãi")
    text, lines = compose(set_line(parted, 0.1, 0.1), A4)
    assert text == "Quảng Ngãi\n"
    check(set_line(parted, 0.1, 0.1), text, lines)


def test_spans_give_boxes_back() -> None:
    words = set_line("Số: 359/STTTT-BCVT ngày", 0.1, 0.1)
    text, lines = compose(words, A4)
    page = Page(1, text, lines, "text-layer")
    start = text.index("359/STTTT-BCVT")
    assert page.boxes_of(start, start + len("359/STTTT-BCVT")) == [words[1].box]
    ((left, _, right, _),) = page.boxes_of(start, start + 3)
    assert left == words[1].box[0]
    assert right == pytest.approx(left + 3 * CHARACTER)


_TEXT = st.text(alphabet="aốĐUy\u0301/-1:", min_size=1, max_size=8)


@st.composite
def _words(draw: st.DrawFn) -> RawWord:
    left, top = draw(st.floats(0, 0.95)), draw(st.floats(0, 0.98))
    box = (left, top, min(1.0, left + draw(st.floats(0.005, 0.3))), min(1.0, top + draw(st.floats(0.004, 0.03))))
    return RawWord(draw(_TEXT), box, draw(st.none() | st.floats(0, 1)), draw(st.booleans()))


_INK = st.lists(st.tuples(*[st.floats(0, 1)] * 4), max_size=3)


@given(st.lists(_words(), max_size=30), _INK, st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_scatter_of_words_keeps_each_of_them(words: list[RawWord], ink: list[Box], lined: bool) -> None:
    if lined:
        words = [RawWord(w.text, w.box, w.confidence, w.bold, line=at // 5) for at, w in enumerate(words)]
    text, lines = compose(words, A4, ink)
    check(words, text, lines)


_BODY_WORDS = "Ủy ban nhân dân tỉnh Gia Lai thực hiện Chỉ thị của"
_LINE = st.lists(st.sampled_from(_BODY_WORDS.split()), min_size=2, max_size=7)


@given(st.lists(_LINE, min_size=1, max_size=25), st.floats(0.7, 1.8), st.floats(0.1, 0.2))
@settings(max_examples=100, deadline=None)
def test_one_column_is_read_line_by_line(lines: list[list[str]], stretch: float, left: float) -> None:
    wanted = [" ".join(line) for line in lines]
    words = [w for at, line in enumerate(wanted) for w in set_line(line, left, 0.05 + at * 0.03, space=SPACE * stretch)]
    assert texts(words) == wanted


_LEFT = st.lists(
    st.sampled_from(["UBND TỈNH", "SỞ Y TẾ", "Số: 12/SYT-NV", "TỈNH ỦY", "*", "VĂN PHÒNG HĐND"]), min_size=1, max_size=5
)
_RIGHT = st.lists(
    st.sampled_from(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ngày 5 tháng 3 năm 2021"]),
    min_size=1,
    max_size=4,
)
_LEADING = st.floats(0.018, 0.03)


@given(_LEFT, _RIGHT, st.floats(-0.006, 0.006), _LEADING, _LEADING)
@settings(max_examples=100, deadline=None)
def test_columns_never_share_a_line(
    left: list[str], right: list[str], shift: float, left_leading: float, right_leading: float
) -> None:
    """Whatever the leading of either column, no line holds words of both."""
    sides: dict[Box, int] = {}
    words = []
    columns = ((1, 0.25, 0.06, left_leading, left), (2, 0.7, 0.06 + shift, right_leading, right))
    for side, middle, begin, leading, column in columns:
        for at, line in enumerate(column):
            placed = centred(line, middle, begin + at * leading)
            words += placed
            sides.update({word.box: side for word in placed})
    text, lines = compose(words, A4)
    check(words, text, lines)
    for line in lines:
        assert len({sides[word.box] for word in line.words if word.box}) == 1

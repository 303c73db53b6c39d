"""Mentions of documents: what is underlined, and what is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.citing import cite
from pipeline.language.mentions import find_mentions, trailing_date


def brief(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """Text, type, number and date of each mention."""
    return [
        (text[m.start : m.end], m.doc_type, m.number.canonical if m.number else None, m.date)
        for m in find_mentions(text)
    ]


NUMBERED = [
    # type, "số", number, date in the forms in use
    (
        "Thực hiện Chỉ thị số 14/CT-UBND ngày 23/12/2020 của UBND tỉnh",
        [("Chỉ thị số 14/CT-UBND ngày 23/12/2020", "chỉ thị", "14/CT-UBND", "2020-12-23")],
    ),
    # typed or read with damage that leaves one reading
    (
        "Căn cứ Quyết định số 858/QĐ- -TTg ngày 14 tháng 6 năm 2010 của Thủ tướng",
        [("Quyết định số 858/QĐ- -TTg ngày 14 tháng 6 năm 2010", "quyết định", "858/QĐ-TTg", "2010-06-14")],
    ),
    (
        "Căn cứ Nghị quyết số 23//2017/NQ-HĐND ngày I4/l2/2017",
        [("Nghị quyết số 23//2017/NQ-HĐND ngày I4/l2/2017", "nghị quyết", "23/2017/NQ-HĐND", "2017-12-14")],
    ),
    (
        "Luật Tổ chức HĐND và UBND ngày 26/1 1/2003",
        [("Luật Tổ chức HĐND và UBND ngày 26/1 1/2003", "luật", None, "2003-11-26")],
    ),
    (
        "Nghị định số 12/2015/NĐ-CP\n- Thông tư số 5/2016/TT-BTC",
        [
            ("Nghị định số 12/2015/NĐ-CP", "nghị định", "12/2015/NĐ-CP", None),
            ("Thông tư số 5/2016/TT-BTC", "thông tư", "5/2016/TT-BTC", None),
        ],
    ),
    (
        "Căn cứ Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017 của Chính phủ",
        [("Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017", "nghị định", "09/2017/NĐ-CP", "2017-02-09")],
    ),
    (
        "Công văn số 2171/UBND-KTN, ngày 15/5/2019 của UBND tỉnh",
        [("Công văn số 2171/UBND-KTN, ngày 15/5/2019", "công văn", "2171/UBND-KTN", "2019-05-15")],
    ),
    (
        "Công văn 3672/SKHCN-BCVT&CĐS ngày \n18/12/2025 của Sở",
        [("Công văn 3672/SKHCN-BCVT&CĐS ngày \n18/12/2025", "công văn", "3672/SKHCN-BCVT&CĐS", "2025-12-18")],
    ),
    (
        "Quyết định số 06-QĐ/TU ngày 9-9-1999,",
        [("Quyết định số 06-QĐ/TU ngày 9-9-1999", "quyết định", "06-QĐ/TU", "1999-09-09")],
    ),
    # a short second mention
    ("(đính kèm Công văn 365/STTTT).", [("Công văn 365/STTTT", "công văn", "365/STTTT", None)]),
    # the issuer between number and date is the caller's
    (
        "Kế hoạch số 70/KH-UBND của UBND tỉnh ngày 06/3/2020",
        [("Kế hoạch số 70/KH-UBND", "kế hoạch", "70/KH-UBND", None)],
    ),
    # a date that no calendar has, and one still blank, belong to the mention and give no date
    (
        "Quyết định số 12/QĐ-UBND ngày 31/02/2020 của",
        [("Quyết định số 12/QĐ-UBND ngày 31/02/2020", "quyết định", "12/QĐ-UBND", None)],
    ),
    (
        "Thông tư số …/2009/TT-BTC ngày … tháng … năm 2009 của",
        [("Thông tư số …/2009/TT-BTC ngày … tháng … năm 2009", "thông tư", "/2009/TT-BTC", None)],
    ),
    # marks damaged by OCR in type and "số"
    ("Chi thị số 14/CT-UBND", [("Chi thị số 14/CT-UBND", "chỉ thị", "14/CT-UBND", None)]),
    ("Quyết định sô 12/QĐ-UBND", [("Quyết định sô 12/QĐ-UBND", "quyết định", "12/QĐ-UBND", None)]),
    ("Nghi đinh só 12/2010/NĐ-CP", [("Nghi đinh só 12/2010/NĐ-CP", "nghị định", "12/2010/NĐ-CP", None)]),
    # what kind of a type, or its issuer, between type and "số"
    ("Công điện khẩn số 5/CĐ-UBND", [("Công điện khẩn số 5/CĐ-UBND", "công điện", "5/CĐ-UBND", None)]),
    (
        "Nghị định của Chính phủ số 132/2008/NĐ-CP",
        [("Nghị định của Chính phủ số 132/2008/NĐ-CP", "nghị định", "132/2008/NĐ-CP", None)],
    ),
    ("Kết luận thanh tra số 192/KL-TTr", [("Kết luận thanh tra số 192/KL-TTr", "kết luận", "192/KL-TTr", None)]),
    # the nearest type counts
    ("theo quy định tại Quyết định số 559/QĐ-TTg", [("Quyết định số 559/QĐ-TTg", "quyết định", "559/QĐ-TTg", None)]),
    # short forms and words for any type; the number tells the type
    ("QĐ số 1379/QĐ-UBND", [("QĐ số 1379/QĐ-UBND", "quyết định", "1379/QĐ-UBND", None)]),
    ("văn bản số 15/UBND-VX", [("văn bản số 15/UBND-VX", "công văn", "15/UBND-VX", None)]),
    ("(số 12/2010/NĐ-CP)", [("số 12/2010/NĐ-CP", "nghị định", "12/2010/NĐ-CP", None)]),
    # Party: TT is thông tri there and thông tư in the state
    (
        "số 05-TT/TW và số 05/2010/TT-BTC",
        [("số 05-TT/TW", "thông tri", "05-TT/TW", None), ("số 05/2010/TT-BTC", "thông tư", "05/2010/TT-BTC", None)],
    ),
    # capitals of a title
    (
        "NGHỊ ĐỊNH SỐ 150/2025/NĐ-CP NGÀY 12 THÁNG 6 NĂM 2025 CỦA CHÍNH PHỦ",
        [("NGHỊ ĐỊNH SỐ 150/2025/NĐ-CP NGÀY 12 THÁNG 6 NĂM 2025", "nghị định", "150/2025/NĐ-CP", "2025-06-12")],
    ),
    # before 1996
    (
        "Nghị định số 29-CP, Sắc lệnh số 15-SL",
        [("Nghị định số 29-CP", "nghị định", "29-CP", None), ("Sắc lệnh số 15-SL", "sắc lệnh", "15-SL", None)],
    ),
    # a number that cannot be read keeps its place
    (
        "Quyết định 1141 TC/QĐ/CĐKT ngày 01-11-1995",
        [("Quyết định 1141 TC/QĐ/CĐKT ngày 01-11-1995", "quyết định", None, "1995-11-01")],
    ),
    ("Thông tư số 139/009/TT-BTC", [("Thông tư số 139/009/TT-BTC", "thông tư", None, None)]),
    # standards
    (
        "QCVN 07:2010/BXD và TCVN 6696:2000",
        [("QCVN 07:2010/BXD", "quy chuẩn", "07:2010/BXD", None), ("TCVN 6696:2000", "tiêu chuẩn", "6696:2000", None)],
    ),
    ("(Theo Quy chuẩn\n07:2010/BXD)", [("Quy chuẩn\n07:2010/BXD", "quy chuẩn", "07:2010/BXD", None)]),
    (
        "Tiêu chuẩn xây dựng Việt Nam 261:2000",
        [("Tiêu chuẩn xây dựng Việt Nam 261:2000", "tiêu chuẩn", "261:2000", None)],
    ),
    # bare numbers
    ("Kế hoạch số 437 và", [("Kế hoạch số 437", "kế hoạch", "437", None)]),
    ("Chương trình 363 của Chính phủ", [("Chương trình 363", "chương trình", "363", None)]),
    ("tại tờ trình số 2#/TT-TTr ngày 13", []),  # a figure under the pen: the two is no number
]


@pytest.mark.parametrize(("text", "expected"), NUMBERED, ids=[row[0][:40] for row in NUMBERED])
def test_documents_cited_by_number(text, expected):
    assert brief(text) == expected


NOT_MENTIONS = [
    ("Nghị định này, Thông tư này, Luật này và các Luật khác", "a text's word for itself"),
    ("theo pháp luật, luật sư, Luật sư, kỷ luật, quy luật", "other words with luật"),
    ("quyết định của Chủ tịch, công văn trên, chỉ thị của Thủ tướng", "no number"),
    ("Kế hoạch 5 năm, Kế hoạch 05 năm, Quyết định 02 người", "what is counted"),
    ("kế hoạch 12 ngày, Báo cáo 6 tháng, Báo cáo năm 2020", "a period"),
    ("Số: 12/QĐ-UBND\nHà Nội, ngày 5 tháng 6 năm 2020", "the document's own number"),
    ("theo Mẫu số 09/KK-TNCN, 09A/KK-TNCN và Biểu số 29/BC-BDT", "forms and tables"),
    ("theo Hiến pháp và pháp luật", "the Constitution in general"),
    ("quy định của luật đất đai", "a field of law in lower case"),
    ("Công văn số 5 14/UBND ngày 1/2/2021", "a number torn by a space is not the bare number 5"),
]


@pytest.mark.parametrize("text", [row[0] for row in NOT_MENTIONS], ids=[row[1] for row in NOT_MENTIONS])
def test_what_is_not_a_mention(text):
    assert brief(text) == []


LISTS = [
    (
        "các Công văn số 123/UBND-NC ngày 01/2/2021, số 130/UBND-NC ngày 05/2/2021",
        [("công văn", "123/UBND-NC", "2021-02-01", False), ("công văn", "130/UBND-NC", "2021-02-05", True)],
    ),
    (
        "các Nghị định: số 12/2010/NĐ-CP; số 13/2011/NĐ-CP và số 14/2012/NĐ-CP",
        [("nghị định", f"{n}/NĐ-CP", None, n != "12/2010") for n in ("12/2010", "13/2011", "14/2012")],
    ),
    (
        "Công văn số 12/UBND-VX của UBND tỉnh, số 15/SNV-TCCB của Sở Nội vụ",
        [("công văn", "12/UBND-VX", None, False), ("công văn", "15/SNV-TCCB", None, True)],
    ),
    # a member whose own code says another type
    (
        "Quyết định số 12/QĐ-UBND, số 15/KH-UBND",
        [("quyết định", "12/QĐ-UBND", None, False), ("kế hoạch", "15/KH-UBND", None, False)],
    ),
    (
        "Nghị định số 09/2017/NĐ-CP và Thông tư số 01/2019/TT-BNV",
        [("nghị định", "09/2017/NĐ-CP", None, False), ("thông tư", "01/2019/TT-BNV", None, False)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[row[0][:40] for row in LISTS])
def test_members_of_a_list_share_the_type_of_its_head(text, expected):
    found = find_mentions(text)
    assert [(m.doc_type, m.number.canonical, m.date, m.shared_type) for m in found] == expected
    for mention in found:
        if mention.shared_type:
            assert mention.type_span == found[0].type_span


LAWS = [
    # text → mention, law name, number, date, year
    ("Căn cứ Luật Đất đai ngày 29/11/2013;", "Luật Đất đai ngày 29/11/2013", "Luật Đất đai", None, "2013-11-29", 2013),
    ("Luật Đất đai năm 2013 và", "Luật Đất đai năm 2013", "Luật Đất đai", None, None, 2013),
    ("Bộ luật Dân sự 2015, theo", "Bộ luật Dân sự 2015", "Bộ luật Dân sự", None, None, 2015),
    (
        "Luật An ninh mạng số 24/2018/QH14 và",
        "Luật An ninh mạng số 24/2018/QH14",
        "Luật An ninh mạng",
        "24/2018/QH14",
        None,
        None,
    ),
    (
        "Luật Thống kê số 89/2015/QH13 ngày 23 tháng 11 năm 2015",
        "Luật Thống kê số 89/2015/QH13 ngày 23 tháng 11 năm 2015",
        "Luật Thống kê",
        "89/2015/QH13",
        "2015-11-23",
        2015,
    ),
    ("Hiến pháp năm 2013;", "Hiến pháp năm 2013", "Hiến pháp", None, None, 2013),
    # "và", commas and hyphens inside the name
    (
        "Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân và các",
        "Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân",
        None,
        None,
        None,
        None,
    ),
    ("Luật Thi đua, khen thưởng, Luật", "Luật Thi đua, khen thưởng", None, None, None, None),
    ("Luật Thi đua , Khen thưởng .", "Luật Thi đua , Khen thưởng", None, None, None, None),
    ("Luật Khiếu nại, tố cáo được", "Luật Khiếu nại, tố cáo", None, None, None, None),
    ("Luật “Phòng, chống thiên tai” năm 2013", "Luật “Phòng, chống thiên tai” năm 2013", None, None, None, 2013),
    ("Luật phòng cháy, chữa cháy", "Luật phòng cháy, chữa cháy", None, None, None, None),
    ("Luật Các tổ chức tín dung thì", "Luật Các tổ chức tín dung", "Luật Các tổ chức tín dụng", None, None, None),
    # amending laws
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức ngày 25/11/2019",
        "Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức ngày 25/11/2019",
        None,
        None,
        "2019-11-25",
        2019,
    ),
    (
        "Pháp lệnh sửa đổi Điều 10 của Pháp lệnh Dân số",
        "Pháp lệnh sửa đổi Điều 10 của Pháp lệnh Dân số",
        None,
        None,
        None,
        None,
    ),
    # a name that the table does not hold is confirmed by its number
    (
        "Luật Vũ trụ quốc gia số 12/2030/QH16",
        "Luật Vũ trụ quốc gia số 12/2030/QH16",
        "Luật Vũ trụ quốc gia",
        "12/2030/QH16",
        None,
        None,
    ),
    (
        "Pháp lệnh ngày 22 tháng 1 năm 1981 sửa đổi",
        "Pháp lệnh ngày 22 tháng 1 năm 1981",
        None,
        None,
        "1981-01-22",
        1981,
    ),
]


@pytest.mark.parametrize("row", LAWS, ids=[row[1] for row in LAWS])
def test_laws_cited_by_name(row):
    text, span, name, number, day, year = row
    [mention] = [m for m in find_mentions(text) if m.start == text.index(span)]
    assert text[mention.start : mention.end] == span
    assert name is None or mention.law_name == name
    assert (mention.number.canonical if mention.number else None, mention.date, mention.year) == (number, day, year)


def test_two_laws_in_a_row_are_two():
    text = "Luật Khiếu nại, Luật Tố cáo ngày 11 tháng 11 năm 2011"
    assert [m.law_name for m in find_mentions(text)] == ["Luật Khiếu nại", "Luật Tố cáo"]


def test_names_share_the_word_luat_of_the_head():
    text = "các Luật: Đất đai số 45/2013/QH13; Xây dựng số 50/2014/QH13"
    found = find_mentions(text)
    assert [(m.law_name, m.number.canonical, m.shared_type) for m in found] == [
        ("Luật Đất đai", "45/2013/QH13", False),
        ("Luật Xây dựng", "50/2014/QH13", True),
    ]
    assert text[found[1].start : found[1].end] == "Xây dựng số 50/2014/QH13"


def test_a_number_shows_that_a_damaged_name_in_a_list_is_a_law():
    text = "các Luật: Đắt đai số 45/2013/QH13; Quy hoạch sô: 21/2017/QH14"
    assert [(m.doc_type, m.number.canonical) for m in find_mentions(text)] == [
        ("luật", "45/2013/QH13"),
        ("luật", "21/2017/QH14"),
    ]


def test_a_name_no_table_knows_needs_a_certain_end():
    # "ban hành" may belong to the name or not; before a full stop there is nothing to decide.
    assert find_mentions("theo Luật Thủ tục ban hành quyết định hành chính và") == []
    assert [m.law_name for m in find_mentions("theo Luật Vũ trụ quốc gia.")] == ["Luật Vũ trụ quốc gia"]


def test_a_law_that_amends_several_ends_with_the_first_unless_the_table_knows_it():
    text = "Luật sửa đổi, bổ sung một số điều của Luật Nhà ở và Luật Báo chí"
    assert [m.law_name for m in find_mentions(text)] == [
        "Luật sửa đổi, bổ sung một số điều của Luật Nhà ở",
        "Luật Báo chí",
    ]


PINPOINTS = [
    ("tại điểm a khoản 1 Điều 19 Thông tư số 77/2014/TT-BTC", "điểm a khoản 1 Điều 19"),
    ("quy định tại khoản 2, khoản 3 Điều 5 của Nghị định số 16/2015/NĐ-CP", "khoản 2, khoản 3 Điều 5"),
    ("theo Điều 11 Luật Khiếu nại", "Điều 11"),
    ("mục III phần B Thông tư số 03/2007/TT-BTC", "mục III phần B"),
    ("Điều 5. Thông tư số 03/2007/TT-BTC", None),
    ("theo Thông tư số 03/2007/TT-BTC", None),
]


@pytest.mark.parametrize(("text", "pinpoint"), PINPOINTS)
def test_pinpoints_stand_directly_before(text, pinpoint):
    assert [m.pinpoint for m in find_mentions(text)] == [pinpoint]


def test_a_declared_short_name_is_not_another_citation():
    cited = "Nghị định số 34/2015/NĐ-CP"
    text = f"{cited} ngày 31/3/2015 (sau đây gọi là {cited}). {cited} quy định"
    assert [m.date for m in find_mentions(text)] == ["2015-03-31", None]


def test_a_short_name_of_something_not_yet_cited_is_kept():
    assert [m.number.canonical for m in find_mentions("gọi tắt là Nghị định số 34/2015/NĐ-CP")] == ["34/2015/NĐ-CP"]


def test_trailing_date_is_read_after_the_issuer():
    text = "Kế hoạch số 70/KH-UBND của UBND tỉnh ngày 06/3/2020 về"
    at = text.index(" ngày")
    assert trailing_date(text, at) == ("2020-03-06", at + 1, text.index(" về"))
    assert trailing_date(text, 0) is None


def test_cite_reads_the_date_after_the_issuer():
    text = "theo Nghị định số 134/2003/NĐ-CP của Chính phủ ngày 14 tháng 11 năm 2003 quy định"
    [found] = cite(text)
    assert found["date"] == "2003-11-14"
    assert text[found["start"] : found["end"]] == text[len("theo ") : -len(" quy định")]


def test_cite_gives_plain_data():
    text = "theo Điều 5 Luật Đất đai và Công văn số /UBND-VX"
    assert cite(text) == [
        {
            "start": text.index("Luật"), "end": text.index(" và"), "number": None, "doc_type": "luật", "date": None,
            "law_name": "Luật Đất đai", "pinpoint": "Điều 5",
        },
        {
            "start": text.index("Công"), "end": len(text), "number": None, "doc_type": "công văn", "date": None,
            "law_name": None, "pinpoint": None,
        },
    ]  # fmt: skip


# fmt: off
TOKENS = [
    "Nghị định", "Công văn", "các", "số", "514/SGDĐT-VP", "09/2017/NĐ-CP", "437", "ngày", "05/2/2021", "năm 2013",
    ",", ";", "và", "Luật", "Luật Đất đai", "Bộ luật Dân sự", "sửa đổi, bổ sung một số điều của", "Điều 5", "khoản 1",
    "của", "QCVN 07:2010/BXD", "<L>", "</L>", "(", ")", "\n", ".", "24/2018/QH14", "này", "Hiến pháp",
    "sau đây gọi là",
]
# fmt: on
WORDS = st.sampled_from(TOKENS)


@given(st.lists(WORDS, max_size=16).map(" ".join))
def test_mentions_are_in_order_and_their_spans_are_sound(text):
    found = find_mentions(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for m in found:
        assert 0 <= m.start < m.end <= len(text)
        for span in (m.number_span, m.date_span):
            assert span is None or m.start <= span[0] < span[1] <= m.end
        if m.number:
            assert text[m.number.start : m.number.end] == m.number.raw
            assert m.number_span == (m.number.start, m.number.end)
        assert m.type_span is None or m.type_span[0] == m.start or m.shared_type


@given(st.text(max_size=80))
def test_no_text_breaks_the_grammar(text):
    for mention in find_mentions(text):
        assert text[mention.start : mention.end]

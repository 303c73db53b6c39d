"""What belongs to a citation: issuer, late date, title; and which citations belong together?"""

from __future__ import annotations

from typing import Any

import pytest
from extract_pages import table, zoned
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.citation_tail import read_tail, title_value
from pipeline.extract.citations import read_citations
from pipeline.language.mentions import find_mentions
from pipeline.layout import Zone

NUMBER = "Công văn số 12/UBND-VX ngày 04/01/2021"

# (question, text from its first mention on, issuer, date after the issuer, title, quoted)
TAILS = [
    ("nothing follows", NUMBER, None, None, None, False),
    ("an issuer", NUMBER + " của UBND tỉnh", "UBND tỉnh", None, None, False),
    ("issuer ends at a semicolon", NUMBER + " của UBND tỉnh; Kế hoạch sau", "UBND tỉnh", None, None, False),
    (
        "issuer ends at a verb",
        NUMBER + " của UBND tỉnh Quảng Ngãi yêu cầu các sở",
        "UBND tỉnh Quảng Ngãi",
        None,
        None,
        False,
    ),
    (
        "issuer with a comma in its name",
        NUMBER + " của Sở Lao động, Thương binh và Xã hội về việc báo cáo",
        "Sở Lao động, Thương binh và Xã hội",
        None,
        "báo cáo",
        False,
    ),
    ("issuer with a mistyped «của»", NUMBER + " cảu UBND tỉnh về giao đất", "UBND tỉnh", None, "giao đất", False),
    ("issuer after «do»", NUMBER + " do Sở Y tế", "Sở Y tế", None, None, False),
    ("not an agency", NUMBER + " của chúng tôi về việc", None, None, None, False),
    (
        "a date after the issuer",
        "Kế hoạch số 70/KH-UBND của UBND tỉnh ngày 06/3/2020 về việc thực hiện công tác",
        "UBND tỉnh",
        "2020-03-06",
        "thực hiện công tác",
        False,
    ),
    ("title after «về việc»", NUMBER + " của UBND tỉnh về việc giao đất", "UBND tỉnh", None, "giao đất", False),
    ("title without an issuer", NUMBER + " về giao đất", None, None, "giao đất", False),
    (
        "a verb of making stays in the title",
        "Nghị định số 30/2020/NĐ-CP của Chính phủ quy định chi tiết một số điều; căn cứ",
        "Chính phủ",
        None,
        "quy định chi tiết một số điều",
        False,
    ),
    (
        "quoted title",
        NUMBER + " của UBND tỉnh “Về việc nâng cao năng lực”; các đơn vị",
        "UBND tỉnh",
        None,
        "nâng cao năng lực",
        True,
    ),
    (
        "straight quotes, issuer behind",
        'Quyết định số 12/QĐ-UBND ngày 04/01/2021 "V/v giao đất" của UBND tỉnh',
        "UBND tỉnh",
        None,
        "giao đất",
        True,
    ),
    (
        "quotes within quotes",
        NUMBER + " “Về việc thi “Tin học trẻ” năm 2021” đã",
        None,
        None,
        "thi “Tin học trẻ” năm 2021",
        True,
    ),
    ("title ends at a full stop", NUMBER + " về việc giao đất. Sở yêu cầu", None, None, "giao đất", False),
    ("title ends at a bracket", NUMBER + " về giao đất (đính kèm), UBND xã", None, None, "giao đất", False),
    (
        "title ends where an agency speaks",
        NUMBER + " về việc bảo đảm an toàn, UBND huyện yêu cầu các xã",
        None,
        None,
        "bảo đảm an toàn",
        False,
    ),
    (
        "title keeps its own commas",
        NUMBER + " về việc phòng, chống dịch bệnh, cháy rừng",
        None,
        None,
        "phòng, chống dịch bệnh, cháy rừng",
        False,
    ),
    (
        "title ends at «đồng thời»",
        NUMBER + " về việc phòng, chống dịch, đồng thời báo cáo",
        None,
        None,
        "phòng, chống dịch",
        False,
    ),
    (
        "title ends at «và các văn bản»",
        NUMBER + " về công tác văn thư và các văn bản hướng dẫn",
        None,
        None,
        "công tác văn thư",
        False,
    ),
    (
        "title ends where it is told what has become of it",
        NUMBER + " về công tác dân vận, công tác tiếp dân đã đi vào nề nếp",
        None,
        None,
        "công tác dân vận",
        False,
    ),
    (
        "title ends where the list goes on",
        NUMBER + " về đầu tư công, các văn bản sửa đổi",
        None,
        None,
        "đầu tư công",
        False,
    ),
    ("a law bears its name", "Luật Đất đai năm 2013, thực hiện nghiêm các quy định", None, None, None, False),
    (
        "opinions are no part of an issuer",
        NUMBER + " của Sở Nội vụ và ý kiến của các đại biểu dự họp",
        "Sở Nội vụ",
        None,
        None,
        False,
    ),
    ("title ends at a purpose", NUMBER + " về giao đất để thực hiện dự án", None, None, "giao đất", False),
]


@pytest.mark.parametrize(("text", "issuer", "date", "title", "quoted"), table(TAILS))
def test_tail(text: str, issuer: str | None, date: str | None, title: str | None, quoted: bool) -> None:
    mentions = find_mentions(text, typed=True)
    tail = read_tail(text, mentions[0], mentions[1].start if len(mentions) > 1 else len(text), len(text))
    assert (tail.issuer and text[slice(*tail.issuer)]) == issuer
    assert tail.date == date
    assert (tail.title and title_value(text, tail.title)) == title
    assert tail.quoted is quoted


@given(st.lists(st.sampled_from([row[1] for row in TAILS] + [" ", ", ", "“", "”", '"', "(", ". ", "; "]), max_size=5))
def test_what_follows_a_mention_lies_behind_it_and_in_order(parts: list[str]) -> None:
    text = NUMBER + "".join(parts)
    mention = find_mentions(text, typed=True)[0]
    tail = read_tail(text, mention, len(text), len(text))
    assert mention.end <= tail.end <= len(text)
    for extent in (tail.issuer, tail.title, tail.date_at):
        assert extent is None or mention.end <= extent[0] <= extent[1] <= tail.end


# -- whole citations -----------------------------------------------------------------------------------------------


def cited(text: str, own: str | None = None) -> list[dict[str, Any]]:
    return [item.value for item in read_citations(zoned(Zone.BODY, text), own)]


def rows(text: str, *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(value[field] for field in fields) for value in cited(text)]


def test_a_citation_inside_a_title_hangs_under_it() -> None:
    text = (
        "Thực hiện Kế hoạch số 205-KH/TU ngày 03/6/2020 của Ban Thường vụ Tỉnh ủy về việc thực hiện Chỉ thị số 41-CT/TW"
        " ngày 24/3/2020 của Ban Bí thư về tăng cường phối hợp, UBND tỉnh yêu cầu các sở báo cáo."
    )
    assert rows(text, "number", "issuer", "relation", "via") == [
        ("205-KH/TU", "Ban Thường vụ Tỉnh ủy", "implements", None),
        ("41-CT/TW", "Ban Bí thư", "implements", "205-KH/TU"),
    ]


ISSUERS = [
    (
        "one issuer for two numbers of its code",
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 04/01/2021 và Quyết định số 13/QĐ-UBND của UBND tỉnh, các xã báo cáo.",
        ["UBND tỉnh", "UBND tỉnh"],
    ),
    (
        "not for a number of another code",
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 04/01/2021 và Chỉ thị số 13/CT-TTg của Thủ tướng Chính phủ.",
        [None, "Thủ tướng Chính phủ"],
    ),
    (
        "an issuer before: chỉ đạo của … tại",
        "Thực hiện ý kiến chỉ đạo của Chủ tịch UBND tỉnh tại Công văn số 12/UBND-VX ngày 04/01/2021 về việc giao đất.",
        ["Chủ tịch UBND tỉnh"],
    ),
    (
        "an issuer before: được … phê duyệt tại",
        "Theo Đề án được Thủ tướng Chính phủ phê duyệt tại Quyết định số 12/QĐ-TTg ngày 04/01/2021.",
        ["Thủ tướng Chính phủ"],
    ),
]


@pytest.mark.parametrize(("text", "issuers"), table(ISSUERS))
def test_issuers(text: str, issuers: list[str | None]) -> None:
    assert [value["issuer"] for value in cited(text)] == issuers


RELATIONS = [
    (
        "a list shares its verb",
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 04/01/2021 và Quyết định số 13/QĐ-UBND ngày 05/01/2021.",
        ["based_on", "based_on"],
    ),
    (
        "a list with semicolons",
        "Thực hiện Kế hoạch số 5/KH-UBND ngày 04/01/2021; Kế hoạch số 6/KH-UBND ngày 05/01/2021.",
        ["implements", "implements"],
    ),
    (
        "each căn cứ its own",
        "Căn cứ Luật Đất đai ngày 29/11/2013; Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.",
        ["based_on", "based_on"],
    ),
    ("no verb", "Sở nhận được Công văn số 12/UBND-VX ngày 04/01/2021.", ["refers_to"]),
    (
        "the strongest of several mentions",
        "Theo Công văn số 12/UBND-VX ngày 04/01/2021. Sở đang thực hiện Công văn số 12/UBND-VX.",
        ["implements"],
    ),
]


@pytest.mark.parametrize(("text", "relations"), table(RELATIONS))
def test_relations(text: str, relations: list[str]) -> None:
    assert [value["relation"] for value in cited(text)] == relations


ATTACHED = [
    (
        "after it, in a bracket",
        "Sở gửi Công văn số 12/UBND-VX ngày 04/01/2021 của UBND tỉnh về việc giao đất (đính kèm).",
        True,
    ),
    ("after it: gửi kèm", "Sở gửi Công văn số 12/UBND-VX ngày 04/01/2021 (gửi kèm).", True),
    ("before it, in a bracket", "Sở gửi để biết (kèm theo Công văn số 12/UBND-VX ngày 04/01/2021).", True),
    ("not said", "Sở nhận Công văn số 12/UBND-VX ngày 04/01/2021 (sau đây gọi là Công văn).", False),
]


@pytest.mark.parametrize(("text", "attached"), table(ATTACHED))
def test_attached(text: str, attached: bool) -> None:
    assert [value["attached"] for value in cited(text)] == [attached]


def test_a_document_cited_thrice_is_one_citation_with_three_places() -> None:
    text = (
        "Thực hiện Công văn số 12/UBND-VX ngày 04/01/2021 của UBND tỉnh. Theo Công văn 12/UBND-VX, các đơn vị báo cáo. "
        "Công văn số 12/UBND-VX hết hạn."
    )
    (item,) = read_citations(zoned(Zone.BODY, text), None)
    assert [text[span.start : span.end].split(" ngày", maxsplit=1)[0] for span in item.spans] == [
        "Công văn số 12/UBND-VX",
        "Công văn 12/UBND-VX",
        "Công văn số 12/UBND-VX",
    ]
    assert (item.value["date"], item.value["issuer"]) == ("2021-01-04", "UBND tỉnh")


def test_the_own_number_is_no_citation() -> None:
    text = "(Kèm theo Kế hoạch số 5/KH-UBND ngày 04/01/2021) Căn cứ Công văn số 12/UBND-VX ngày 04/01/2021."
    assert [value["number"] for value in cited(text, "5/KH-UBND")] == ["12/UBND-VX"]
    assert [value["number"] for value in cited(text)] == ["5/KH-UBND", "12/UBND-VX"]


def test_a_document_that_speaks_of_itself_cites_nothing() -> None:
    assert cited("Quyết định này có hiệu lực kể từ ngày ký; văn bản này thay thế các quy định trước đây.") == []


def test_a_mended_number_keeps_what_was_printed() -> None:
    assert rows("Thực hiện Kế hoạch số 226/KHUBND ngày 19/10/2020.", "number", "raw_number") == [
        ("226/KH-UBND", "226/KHUBND")
    ]


def test_issued_by_is_no_title() -> None:
    assert rows(NUMBER + " do Sở Y tế ban hành.", "issuer", "title") == [("Sở Y tế", None)]


def test_nothing_between_quotes_is_no_title() -> None:
    assert rows(NUMBER + ' "" của UBND tỉnh.', "title") == [(None,)]

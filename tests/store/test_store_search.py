"""Search: does a person find it, however they type, and see where it stands?"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from store_making import CLERK, LETTER, LETTER_TEXT, TextReader

from pipeline.store.archive import Archive
from pipeline.store.errors import QueryInvalid
from pipeline.store.fold import searchable, word_spans, words
from pipeline.store.highlight import boxes, snippet, spans
from pipeline.store.query import Query, parse
from pipeline.store.reading import PageText

DECISION_TEXT = """UBND TỈNH GIA LAI
QUYẾT ĐỊNH
Số: 12/QĐ-UBND, ngày 05 tháng 01 năm 2022
Về việc thành lập Đội ứng cứu sự cố an toàn thông tin mạng

Căn cứ Luật Tổ chức chính quyền địa phương; thời hạn báo cáo trước ngày 10/02/2022.
"""
DECISION = {
    "number": "12/QĐ-UBND", "raw_number": "12/QĐ-UBND", "doc_type": "quyết định", "date": "2022-01-05",
    "place": "Gia Lai", "issuer": "Ủy ban nhân dân tỉnh Gia Lai",
    "subject": "thành lập Đội ứng cứu sự cố an toàn thông tin mạng",
    "deadlines": [{"kind": "due", "raw": "trước ngày 10/02/2022", "due": "2022-02-10", "bound": "before"}],
}  # fmt: skip


@pytest.fixture
def filled(archive: Archive, reader: TextReader, tmp_path: Path) -> Archive:
    archive.add(CLERK, reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER), reader)
    archive.add(CLERK, reader.plan(tmp_path / "in", "12.txt", DECISION_TEXT, DECISION), reader)
    return archive


BOTH, NONE = ["12/QĐ-UBND", "514/SGDĐT-VP"], []
L, D = ["514/SGDĐT-VP"], ["12/QĐ-UBND"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("quyet dinh", D, id="without marks"),
        pytest.param("QUYẾT ĐỊNH", D, id="in capitals"),
        pytest.param("doi ung cuu", D, id="đ typed as d"),
        pytest.param("Đội ứng cứu", D, id="with marks"),
        pytest.param(unicodedata.normalize("NFD", "Đội ứng cứu"), D, id="in decomposed Unicode"),
        pytest.param("an toàn thông tin", BOTH, id="words of both"),
        pytest.param('"an toàn thông tin"', D, id="a phrase that only one has in this order"),
        pytest.param('"tin thông"', NONE, id="a phrase in the wrong order"),
        pytest.param("ứng*", D, id="a beginning"),
        pytest.param('"thông tin m*"', NONE, id="a star inside quotes is no beginning"),
        pytest.param('"thông tin m"*', D, id="a phrase whose last word is a beginning"),
        pytest.param("an toàn -đội", L, id="without a word"),
        pytest.param("514/SGDĐT-VP", L, id="the canonical number, printed otherwise"),
        pytest.param("514 sgddt", L, id="a part of the number"),
        pytest.param("365/STTTT", L, id="a number that is only cited"),
        pytest.param("hoà bình", NONE, id="words that nobody wrote"),
        pytest.param("", BOTH, id="nothing: everything, newest first"),
        pytest.param("'; DROP TABLE document; --", NONE, id="an injection is words that nobody wrote"),
        pytest.param("AND OR NOT NEAR( : ^ &|!", NONE, id="operators of the databases are just words"),
    ],
)
def test_what_a_search_box_finds(filled: Archive, text: str, expected: list[str]) -> None:
    found = filled.search(CLERK, Query(text))
    assert sorted(hit.document.number or "" for hit in found.hits) == sorted(expected)
    assert (found.total, found.more) == (len(expected), False)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({"issuer": "giao duc"}, L, id="issuer without marks"),
        pytest.param({"issuer": "Quảng Ngãi"}, NONE, id="the issuer's place is not its name"),
        pytest.param({"doc_type": "Quyết định"}, D, id="type in any case"),
        pytest.param({"date_from": "2021-04-14", "date_to": "2021-04-14"}, L, id="one day, both ends included"),
        pytest.param({"date_from": "2021-04-15"}, D, id="from a day on"),
        pytest.param({"due_to": "2021-12-31"}, L, id="due by then"),
        pytest.param({"due_from": "2022-01-01", "due_to": "2022-02-10"}, D, id="due in a window, its end included"),
        pytest.param({"cites": "14/CT-UBND"}, L, id="citing a document"),
        pytest.param({"cites": "14/CTUBND"}, L, id="citing it, its number typed without the hyphen"),
        pytest.param({"number": "0012/QĐ-UBND"}, D, id="number with leading zeros"),
        pytest.param({"year": 2022}, D, id="year"),
        pytest.param({"province": "Gia Lai"}, D, id="province"),
        pytest.param({"state": "confirmed"}, NONE, id="confirmed ones"),
        pytest.param({"registered": False}, BOTH, id="not in a register yet"),
        pytest.param({"text": "an toàn", "doc_type": "công văn"}, L, id="words and a field together"),
    ],
)
def test_filters(filled: Archive, filters: dict[str, Any], expected: list[str]) -> None:
    found = filled.search(CLERK, Query(**filters))
    assert sorted(hit.document.number or "" for hit in found.hits) == sorted(expected)


def test_newest_first_and_page_by_page(filled: Archive) -> None:
    pages = [filled.search(CLERK, Query("an toàn", sort="date", limit=1, offset=at)) for at in range(3)]
    assert [[hit.document.number for hit in page.hits] for page in pages] == [D, L, []]
    assert {page.total for page in pages} == {2}


def test_a_hit_in_the_number_comes_before_one_in_the_text(filled: Archive, reader: TextReader, tmp_path: Path) -> None:
    text = "Công văn 99/SNV nhắc 12/QĐ-UBND và 12/QĐ-UBND và 12/QĐ-UBND"
    fields = {"number": "99/SNV", "doc_type": "công văn", "date": "2023-01-01"}
    filled.add(CLERK, reader.plan(tmp_path / "in", "99.txt", text, fields), reader)
    found = filled.search(CLERK, Query("12/QĐ-UBND"))
    assert [hit.document.number for hit in found.hits] == ["12/QĐ-UBND", "99/SNV"]


def test_a_hit_shows_where_it_stands(filled: Archive) -> None:
    (hit,) = filled.search(CLERK, Query('"ung cuu"')).hits
    assert hit.page == 1
    assert [DECISION_TEXT[a:b] for a, b in hit.spans] == ["ứng cứu"]
    assert [hit.snippet[a:b] for a, b in hit.snippet_spans] == ["ứng cứu"]
    (page,) = filled.highlight(CLERK, hit.document.record_id, '"ung cuu"')
    assert page.spans == hit.spans


def test_search_follows_corrections(filled: Archive) -> None:
    (hit,) = filled.search(CLERK, Query("ứng cứu")).hits
    filled.correct(CLERK, hit.document.record_id, "/subject", "về hành tây")
    assert filled.search(CLERK, Query("hanh tay")).total == 1
    assert filled.search(CLERK, Query("ứng cứu")).total == 1  # the page still says it


def test_facets_count_under_the_search(filled: Archive) -> None:
    counted = filled.facets(CLERK, Query("an toàn"))
    assert counted["doc_type"] == [("công văn", 1), ("quyết định", 1)]
    assert counted["province"] == [("Gia Lai", 1), ("Quảng Ngãi", 1)]
    assert filled.facets(CLERK, Query("ứng cứu"))["year"] == [(2022, 1)]
    assert filled.facets(CLERK, Query("ứng cứu", doc_type="công văn"))["year"] == []
    assert filled.facets(CLERK, Query("an toàn", doc_type="công văn"))["year"] == [(2021, 1)]


def test_facets_follow_what_others_do(filled: Archive, reader: TextReader, tmp_path: Path) -> None:
    """The columns that are kept in memory are those of the database after every kind of change by another program."""
    assert filled.facets(CLERK, Query())["state"] == [("new", 2)]
    with Archive(str(filled.database.url.render_as_string(hide_password=False)), folder=filled.folder) as other:
        (hit,) = other.search(CLERK, Query("ứng cứu")).hits
        other.correct(CLERK, hit.document.record_id, "/doc_type", "công văn")
        assert filled.facets(CLERK, Query("an toàn"))["doc_type"] == [("công văn", 2)]
        other.confirm(CLERK, hit.document.record_id)
        assert filled.facets(CLERK, Query())["state"] == [("confirmed", 1), ("new", 1)]
        path = reader.plan(tmp_path / "in", "them.txt", "thông báo nghỉ tết", {"doc_type": "thông báo"})
        added = other.add(CLERK, path, reader)
        assert filled.facets(CLERK, Query())["doc_type"] == [("công văn", 2), ("thông báo", 1)]
        reader.plan(tmp_path / "in", "them.txt", "thông báo nghỉ tết")
        other.reread(CLERK, added.sha256, reader)  # which finds no document in the file any more
    assert filled.facets(CLERK, Query())["doc_type"] == [("công văn", 2)]
    assert filled.facets(CLERK, Query("nghỉ tết"))["doc_type"] == []


def test_two_documents_on_one_page_are_found_by_their_own_words(
    archive: Archive, reader: TextReader, tmp_path: Path
) -> None:
    first, second = "Số: 1/SNV\nbáo cáo biên chế\n", "Số: 2/SNV\nphân công trực tết\n"
    plans = [{"number": "1/SNV", "date": "2021-01-01"}, {"number": "2/SNV", "date": "2021-01-02"}]
    archive.add(CLERK, reader.plan(tmp_path / "in", "hai.txt", first + second, *plans), reader)
    assert [hit.document.number for hit in archive.search(CLERK, Query("biên chế")).hits] == ["1/SNV"]
    (hit,) = archive.search(CLERK, Query("trực tết")).hits
    assert hit.document.number == "2/SNV"
    assert [(first + second)[a:b] for a, b in hit.spans] == ["trực", "tết"]


@pytest.mark.parametrize("text", ['"thiếu ngoặc', "-chỉ -loại", "từ " * 100, "x" * 5000])
def test_a_search_that_cannot_be_understood_says_so(filled: Archive, text: str) -> None:
    with pytest.raises(QueryInvalid):
        filled.search(CLERK, Query(text))


@given(st.text(max_size=200))
@example("Đường ỦY BAN hoà ﬃ İ ß")
@example("e\u0301 a\u0323\u0302 \u0301")
def test_the_fold_keeps_the_length_and_folds_itself_to_itself(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    folded = searchable(text)
    assert len(folded) == len(composed)
    assert searchable(folded) == folded
    assert all(composed[a:b] and word == folded[a:b] for word, a, b in word_spans(text))


@given(st.lists(st.sampled_from(["an", "toàn", "Thông", "tin", "514/SGDĐT-VP", "đội."]), min_size=1, max_size=20))
def test_every_word_of_a_text_is_found_in_it(some: list[str]) -> None:
    text = " ".join(some)
    for one in some:
        found = spans(text, parse(one))
        assert found
        assert all(words(text[a:b])[: len(words(one))] == words(one) for a, b in found)


def test_a_snippet_is_one_line_and_its_offsets_hold() -> None:
    text = "đầu\n" * 60 + "hai  từ\ncần   tìm\n" + "cuối\n" * 60
    hits = spans(text, parse('"can tim"'))
    shown, marks = snippet(text, hits)
    assert "\n" not in shown
    assert [shown[a:b] for a, b in marks] == ["cần tìm"]


def test_boxes_of_a_hit_inside_a_word_take_their_share_of_it() -> None:
    page = PageText(1, "514/SGDĐT-VP", [(0, 12, 0.0, 0.5, 0.12, 0.6)])
    assert boxes(page, [(0, 3)]) == [(0.0, 0.5, pytest.approx(0.03), 0.6)]

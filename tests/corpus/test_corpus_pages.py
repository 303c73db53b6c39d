"""Are the pages set as Nghị định 30/2020 asks, and does their text layer say what was set?"""

from __future__ import annotations

import re

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.generator import fonts, pdf
from corpus.generator.header import MOTTO, NATION, PARTY
from corpus.generator.lines import balanced, break_lines
from corpus.generator.page import HEIGHT, MM, WIDTH, Page, Rule, Span, Text
from corpus.generator.source import Source, load_all, strings
from corpus.generator.transcript import transcribe
from corpus.generator.typeset import typeset

ALL = load_all()
PAGES = {source.stem: typeset(source) for source in ALL}
LEFT = (30 * MM, 35 * MM)
STATE = [source for source in ALL if source.documents[0].layout == "nd30"]


def by_stem(source: Source) -> str:
    return source.stem


def of_role(page: Page, role: str) -> list[Text]:
    return [text for text in page.texts() if text.role == role]


def firsts(source: Source) -> list[Page]:
    """The first page of each document of a source."""
    pages = PAGES[source.stem]
    return [next(page for page in pages if page.document == at) for at in range(len(source.documents))]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("face", fonts.NAMES)
def test_the_typeface_has_every_vietnamese_letter(face: str) -> None:
    assert fonts.missing(fonts.LETTERS, face) == set()
    assert len(set(fonts.LETTERS)) == 12 * 6 * 2 + 2  # 12 vowels by 6 tones, and đ, in both cases


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_the_typeface_has_every_letter_used(source: Source) -> None:
    used = {letter for document in source.documents for text in strings(document) for letter in text}
    for face in ("Serif", "Serif-Bold", "Serif-Italic"):
        assert fonts.missing("".join(used), face) == set()


def test_a_machine_without_the_typeface_is_told_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FOLDERS", ("/nowhere",))
    monkeypatch.delenv("CONGVAN_FONTS", raising=False)
    fonts.family.cache_clear()
    try:
        with pytest.raises(fonts.FontMissing, match="fonts-croscore"):
            fonts.family()
    finally:
        fonts.family.cache_clear()


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_nothing_runs_over_the_edge(source: Source) -> None:
    for page in PAGES[source.stem]:
        for text in page.texts():
            left, top, right, bottom = text.box
            assert 10 * MM <= left <= right <= WIDTH - 12 * MM, text.text
            assert 8 * MM <= top <= bottom <= HEIGHT - 14 * MM, text.text


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_no_two_lines_lie_on_each_other(source: Source) -> None:
    """Do any two texts of a page overlap by more than what descenders and marks share?"""
    for page in PAGES[source.stem]:
        texts = list(page.texts())
        for at, one in enumerate(texts):
            for other in texts[at + 1 :]:
                across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
                down = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
                assert across <= 0.5 or down <= 3.5, (one.text, other.text)


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_body_keeps_the_margins_and_is_justified(source: Source) -> None:
    for page in PAGES[source.stem]:
        lines = [text for text in of_role(page, "body") if text.spacing > 0]
        for line in lines:
            assert LEFT[0] - 1 <= line.x <= LEFT[1] + 13 * MM
        if lines:
            assert max(line.x + line.width for line in lines) - min(line.x + line.width for line in lines) < 0.01


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_page_numbers_start_on_the_second_page_and_are_centred(source: Source) -> None:
    """Is page 1 of each document bare, and does every later one carry its number in the top margin?"""
    seen: dict[int, int] = {}
    for page in PAGES[source.stem]:
        seen[page.document] = seen.get(page.document, 0) + 1
        numbers = of_role(page, "page-number")
        if seen[page.document] == 1:
            assert numbers == []
        else:
            (number,) = numbers
            assert number.text == str(seen[page.document])
            assert abs(number.x + number.width / 2 - WIDTH / 2) < 0.01
            assert number.baseline < 20 * MM


@pytest.mark.parametrize("source", STATE, ids=by_stem)
def test_the_two_columns_of_the_header(source: Source) -> None:
    """Issuer left, nation right on the same line, a rule under each; the second seed lost its header."""
    for page, document in zip(firsts(source), source.documents, strict=True):
        nation = [text.text for text in of_role(page, "nation")]
        if not document.has_header:
            assert nation == []
            continue
        assert nation == [NATION]
        (motto,) = of_role(page, "motto")
        assert motto.text == (document.motto or MOTTO)
        issuer = of_role(page, "parent") + of_role(page, "issuer")
        edge = of_role(page, "nation")[0].x
        assert all(line.x + line.width < edge - 8 for line in issuer), "the columns run into each other"
        assert issuer[0].baseline == of_role(page, "nation")[0].baseline
        rules = [item for item in page.items if isinstance(item, Rule)]
        assert any(abs(rule.x1 - rule.x0 - motto.width) < 0.01 for rule in rules)
        last = issuer[-1].width
        assert any(last / 3 <= rule.x1 - rule.x0 <= last / 2 for rule in rules)
        assert of_role(page, "number")[0].baseline == of_role(page, "date")[0].baseline


def test_a_party_paper_has_its_own_head() -> None:
    """No nation and motto, an asterisk over the number, dashes under the title, Nơi nhận underlined."""
    source = next(source for source in ALL if source.documents[0].layout == "party")
    page = PAGES[source.stem][0]
    assert [text.text for text in of_role(page, "nation")] == [PARTY]
    assert of_role(page, "motto") == []
    assert [text.text for text in of_role(page, "ornament")] == ["*", "-----"]
    (heading,) = of_role(page, "recipients-heading")
    assert any(isinstance(item, Rule) and item.x0 == heading.x for item in page.items)


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_recipients_left_of_the_signature_at_one_height(source: Source) -> None:
    for page in PAGES[source.stem]:
        heading, signature = of_role(page, "recipients-heading"), of_role(page, "signature")
        if heading and signature:
            assert heading[0].baseline == signature[0].baseline
            edge = min(line.x for line in signature)
            assert all(line.x + line.width < edge for line in of_role(page, "recipient"))


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_the_text_layer_says_what_was_set(source: Source) -> None:
    """Does another library read from the PDF, page by page, each line that was set, all letters whole?"""
    pages = PAGES[source.stem]
    document = pypdfium2.PdfDocument(pdf.write(pages, source.stem))
    try:
        assert len(document) == len(pages)
        for page, read in zip(pages, document, strict=True):
            assert read.get_size() == pytest.approx((WIDTH, HEIGHT), abs=0.1)
            text = squeezed(read.get_textpage().get_text_range())
            for line in page.texts():
                assert squeezed(line.text) in text
    finally:
        document.close()


def test_the_pdf_is_the_same_bytes_every_time() -> None:
    source = next(source for source in ALL if source.stem == "110_mat")
    assert pdf.write(typeset(source), "a") == pdf.write(typeset(source), "a")


def test_a_second_document_starts_a_new_page() -> None:
    source = next(source for source in ALL if len(source.documents) == 2)
    documents = [page.document for page in PAGES[source.stem]]
    assert documents == sorted(documents)
    assert set(documents) == {0, 1}


def test_an_open_number_leaves_room_and_a_spot() -> None:
    """When the clerk's parts stay open, is the number gone from the page and its place known?"""
    source = next(source for source in ALL if source.stem.startswith("000"))
    page = typeset(source, hand=True)[0]
    spot = page.spot("number")
    assert spot is not None
    assert spot.text == "514"
    assert spot.box[2] - spot.box[0] >= 3 * 8
    assert "514" not in "".join(text.text for text in page.texts())
    assert page.spot("day") is not None


def test_a_transcript_lists_the_lines_and_the_hand() -> None:
    source = next(source for source in ALL if source.stem.startswith("004"))
    pages = typeset(source, hand=True)
    found = transcribe([pages[0], None], hand=True)["pages"]
    assert [page["page"] for page in found] == [1, 2]
    assert found[1] == {"page": 2, "document": None, "lines": []}
    assert [line["text"] for line in found[0]["lines"] if line["role"] == "hand"] == ["312", "29", "12"]
    for line in found[0]["lines"]:
        left, top, right, bottom = line["box"]
        assert 0 <= left <= right <= 1
        assert 0 <= top <= bottom <= 1


WORDS = st.lists(st.text(alphabet="aăâđeêioôơuưyĐẦ.,-", min_size=1, max_size=24), min_size=1, max_size=40)
STYLED = st.lists(
    st.tuples(st.sampled_from(["Serif", "Serif-Bold"]), st.text(alphabet="ađ ưữ", min_size=1)), min_size=1
)


@given(WORDS, st.floats(60, 460), st.floats(0, 36))
def test_breaking_keeps_every_letter_and_the_width(words: list[str], width: float, indent: float) -> None:
    lines = break_lines([Span(" ".join(words), "Serif", 14)], width, indent=indent)
    assert squeezed("".join("".join(span.text for span in line.spans) for line in lines)) == "".join(words)
    assert all(line.width <= width - (indent if at == 0 else 0) + 0.01 for at, line in enumerate(lines))
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(STYLED, st.floats(40, 300))
def test_a_word_may_change_its_face_in_the_middle(parts: list[tuple[str, str]], width: float) -> None:
    """Is a space never put where two runs meet within a word, nor lost where they meet between words?"""
    spans = [Span(text, face, 12) for face, text in parts]
    wanted = "".join(text for _, text in parts).split()
    lines = break_lines(spans, 10_000)
    assert " ".join("".join(span.text for span in line.spans) for line in lines).split() == wanted
    narrow = break_lines(spans, width)
    assert squeezed("".join(span.text for line in narrow for span in line.spans)) == "".join(wanted)


@given(WORDS, st.floats(80, 400))
def test_balanced_lines_are_no_more_than_plain_ones(words: list[str], width: float) -> None:
    spans = [Span(" ".join(words), "Serif-Bold", 14)]
    plain, even = break_lines(spans, width), balanced(spans, width)
    assert len(even) == len(plain)
    assert max(line.width for line in even) <= max(line.width for line in plain) + 0.01

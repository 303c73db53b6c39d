"""Does the tokenizer give every text back unchanged, and does it cut where a reader would?"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from pipeline.language.alignment import align
from pipeline.language.tokenizer import VietnameseTokenizer, pieces

TOKENIZER = VietnameseTokenizer(Vocab())
SYLLABLES = VietnameseTokenizer(Vocab(), "none")

# What has broken tokenizers before: blanks of all kinds, marks that join, letters of other scripts, ruined input.
NAUGHTY = [
    "",
    " ",
    "   \t ",
    "\n",
    "\r\n",
    "a\r\nb\r\n\r\nc",
    "  hai  dấu   cách ",
    "tab\tvà\u00a0dấu cách cứng\u2003rộng\u200bkhông\u200cthấy\u2060",
    "\ufeffđầu tệp",
    unicodedata.normalize("NFD", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
    "hoa\u0300 bình",  # half composed
    "\u0301đầu câu là dấu",
    "👨‍👩‍👧‍👦 họp 🇻🇳 👍🏽 xong",
    "ﬁ ½ ² № ℡ Ⅳ",
    "مرحبا بالعالم 中文 русский हिन्दी",
    "http://" + "." * 80,  # exponential in underthesea's pattern for addresses
    "www.(((((((((((((((((((((((",
    "a.b@c.d.gov.vn;x@y",
    "1. a) - + * • ● ◦",
    "......................... ……… ____ -----",
    "Số:      /UBND-VHTT",
    "\x00\x01\x1c\x85\u2028\u2029",
    "Ð Đ ð đ",
    "'’`\"“”„«»",
    "12a/BC-STC 41/2016/QĐ-UBND205-KH/TU",
    "-" * 1000,
    "á" * 1000,
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_the_source_comes_back(text: str) -> None:
    for tokenizer in (TOKENIZER, SYLLABLES):
        doc = tokenizer(text)
        assert "".join(token.text_with_ws for token in doc) == text
        assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


_MIXED = st.text(
    alphabet="aàhoỦUyĐðÐ0129 \n\r\t\u00a0\u200b.,;:/-–—_&'’@()[]{}<>*“”…\u0301\u0309\u0323😀é", max_size=80
)


@given(st.text() | _MIXED)
@settings(max_examples=400, deadline=None)
def test_any_source_comes_back(text: str) -> None:
    doc = TOKENIZER(text)
    assert "".join(token.text_with_ws for token in doc) == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@given(_MIXED)
@settings(max_examples=200, deadline=None)
def test_pieces_cover_the_text_without_a_gap(text: str) -> None:
    found = pieces(text)
    assert "".join(text[piece.start : piece.end] for piece in found) == text
    assert all(left.end == right.start for left, right in pairwise(found))


WORDS = [
    ("các đơn vị, địa phương thực hiện", ["các", "đơn vị", ",", "địa phương", "thực hiện"]),
    ("cơ sở\nhạ tầng", ["cơ sở\nhạ tầng"]),  # a line end inside a word
    ("cơ sở\n\nhạ tầng", ["cơ sở", "\n\n", "hạ tầng"]),  # an empty line ends everything
    ("an toàn  thông tin", ["an toàn", " ", "thông tin"]),  # only a single blank belongs to the token before
    ("xã H'Mông", ["xã", "H'Mông"]),
]


@pytest.mark.parametrize(("text", "tokens"), WORDS)
def test_syllables_of_one_word_are_one_token(text: str, tokens: list[str]) -> None:
    assert [token.text for token in TOKENIZER(text)] == tokens


def test_words_are_found_whatever_the_spelling_of_the_tone() -> None:
    """underthesea turns "Uỷ" into "Ủy" and composes marks; the token keeps the source's letters."""
    text = "Chủ tịch Uỷ ban nhân dân huyện bảo đảm an toàn, khoẻ mạnh"
    decomposed = unicodedata.normalize("NFD", text)
    tokens = [token.text for token in TOKENIZER(text)]
    assert "bảo đảm" in tokens
    assert [unicodedata.normalize("NFC", token.text) for token in TOKENIZER(decomposed)] == tokens
    assert [token.idx for token in TOKENIZER(decomposed)] != [token.idx for token in TOKENIZER(text)]


WHOLE = [
    "359/STTTT-BCVT",
    "41/2016/QĐ-UBND",
    "09/2017/NĐ-CP",
    "24/2018/QH14",
    "205-KH/TU",
    "01-KH/TWĐTN-KHCN",
    "226/KHUBND",
    "12a/BC-STC",
    "27/GD&ĐT-VP",
    "15/2004/TTLT-BNN-BNV",
    "nqhhoang-stttt@quangngai.gov.vn",
    "http://stttt.gialai.gov.vn/Documents/van-ban-trung-uong.aspx",
    "13/3/2020",
    "30-4-2019",
    "30.4.2019",
    "3/2020",
    "17h00",
    "3.000.000",
    "17,5",
    "0982.142.211",
    "LĐ-TB&XH",
    "TT&TT",
    "./.",
]


@pytest.mark.parametrize("code", WHOLE)
@pytest.mark.parametrize("frame", ["{}", "theo {} của", "({}),", "“{}”;", "số {}\nvà"])
def test_a_code_stays_one_token(code: str, frame: str) -> None:
    assert code in [token.text for token in TOKENIZER(frame.format(code))]


PARTED = [
    ("1. Các đơn vị", ["1", ".", "Các"]),  # a list number is no decimal
    ("a) Báo cáo", ["a", ")", "Báo cáo"]),
    ("từ ngày 5-10", ["từ", "ngày", "5", "-", "10"]),  # a range is not a code
    ("kinh tế-xã hội", ["kinh tế", "-", "xã hội"]),
    ("Website: www.gialai.gov.vn.", ["Website", ":", "www.gialai.gov.vn", "."]),  # the sentence's own full stop
    ("Nơi nhận:......", ["Nơi", "nhận", ":", "......"]),
]


@pytest.mark.parametrize(("text", "tokens"), PARTED)
def test_what_is_cut(text: str, tokens: list[str]) -> None:
    assert [token.text for token in TOKENIZER(text)][: len(tokens)] == tokens


ALIGNED = [
    # words of the tool, source, the source's own text of each word
    (["Ủy", "ban nhân dân"], "Uỷ  ban nhân\ndân", ["Uỷ", "ban nhân\ndân"]),
    (["hòa", "bình"], "hoà bình", ["hoà", "bình"]),
    (["Đoàn"], "Ðoàn", ["Ðoàn"]),  # a look-alike letter
    (["hòa bình"], unicodedata.normalize("NFD", "hòa bình."), [unicodedata.normalize("NFD", "hòa bình")]),
    (["một", "hai"], "một … hai", ["một", "hai"]),  # something that the tool dropped
    (["một", "chín", "hai"], "một hai", ["một", None, "hai"]),  # something that the text does not hold
    (["", "a"], "a", [None, "a"]),
    (["a"], "", [None]),
    ([], "a", []),
]


@pytest.mark.parametrize(("words", "text", "expected"), ALIGNED)
def test_words_of_a_tool_are_found_in_the_source(words: list[str], text: str, expected: list[str | None]) -> None:
    assert [None if span is None else text[span[0] : span[1]] for span in align(words, text)] == expected


@given(st.lists(st.text(alphabet="aáàoòóuủyỳđĐnN", min_size=1, max_size=5), min_size=1, max_size=12), st.data())
@settings(max_examples=200, deadline=None)
def test_a_rewritten_text_aligns_completely(words: list[str], data: st.DataObject) -> None:
    """Case, composition and white space may all differ: every word is found, in order, where it stands."""
    blank = st.sampled_from([" ", "  ", "\n", "\t"])
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    source = "".join(unicodedata.normalize(form, word) + data.draw(blank) for word in words)
    spans = align([word.upper() for word in words], source)
    assert [unicodedata.normalize("NFC", source[s[0] : s[1]]) for s in spans if s is not None] == words


@pytest.mark.parametrize("unit", ["a-", "1-", "1/", "A-", "a.", "1.", "/", "(", "http://", "a@", "Sở-", "\u0301"])
def test_ruined_pages_end(unit: str) -> None:
    """Work stays in proportion to the text: anything quadratic here would run into the time limit of the suite."""
    text = unit * (200_000 // len(unit))
    assert "".join(text[piece.start : piece.end] for piece in pieces(text)) == text


def test_a_pipeline_on_disk_keeps_its_tokenizer(tmp_path: object) -> None:
    again = VietnameseTokenizer(Vocab()).from_bytes(TOKENIZER.to_bytes())
    assert [token.text for token in again("Gia Lai")] == ["Gia Lai"]

"""Is a token a possible Vietnamese syllable, and does the share tell text from glyph soup?"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.syllables import is_syllable, syllable_share, without_tone

SYLLABLES = [
    "ủy", "uỷ", "ban", "nhân", "dân", "nghiêng", "khuyến", "quốc", "giường", "giếng", "gì", "gìn", "quý", "quyết",
    "thuở", "xoong", "yêu", "iêu", "oà", "y", "à", "phường", "NGHỆ", "Thuỷ", "ươm", "khuỷu", "quạu", "trường",
]  # fmt: skip
NOT_SYLLABLES = [
    "hßa", "nghiªm", "x·", "ngh", "bcd", "strong", "chính2", "hoàbình", "nghiêngg", "fax", "web", "zip", "wifi",
    "thôngtin", "ctrl", "",
]  # fmt: skip


@pytest.mark.parametrize("token", SYLLABLES)
def test_a_syllable_in_any_case_and_spelling(token: str) -> None:
    assert is_syllable(token)
    assert is_syllable(token.upper())


@pytest.mark.parametrize("token", NOT_SYLLABLES)
def test_what_no_syllable_looks_like(token: str) -> None:
    assert not is_syllable(token)


TONES = [
    ("quyết", "quyêt"),  # the vowel's own mark stays
    ("ưỡn", "ươn"),
    ("ĐẮK", "đăk"),
    (unicodedata.normalize("NFD", "hoà"), "hoa"),
    ("abc", "abc"),
]


@pytest.mark.parametrize(("text", "plain"), TONES)
def test_tones_are_taken_off_and_vowel_marks_stay(text: str, plain: str) -> None:
    assert without_tone(text) == plain


@given(st.sampled_from(SYLLABLES), st.sampled_from("\u0300\u0301\u0303\u0309\u0323"))
def test_taking_tones_off_twice_changes_nothing(token: str, tone: str) -> None:
    once = without_tone(unicodedata.normalize("NFC", token + tone))
    assert without_tone(once) == once


SHARES = [
    # text, least and greatest share
    ("Các sở, ban, ngành cấp tỉnh; Ủy ban nhân dân các huyện, thị xã", 1.0, 1.0),
    ("KẾ HOẠCH CỦA UBND TỈNH VÀ HĐND VỀ CNTT, TTHC NĂM HAI NGHÌN", 1.0, 1.0),  # short forms do not count
    ("Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc", 0.0, 0.6),  # TCVN3
    ("The quick brown fox jumps over the lazy dog and something else", 0.0, 0.6),
    ("QH\u1eec cid Tjnh Qu\u00f8ng NgXi x\u00b5 h\u00e9i ch\u00f1 wq zzt rrkk vvb ppq", 0.0, 0.6),
]


@pytest.mark.parametrize(("text", "least", "greatest"), SHARES)
def test_share_tells_vietnamese_from_the_rest(text: str, least: float, greatest: float) -> None:
    share = syllable_share(text)
    assert share is not None
    assert least <= share <= greatest


@pytest.mark.parametrize("text", ["", "Gia Lai", "1 2 3 4 5 6 7 8 9 10", "a b c d e f g h i k l m"])
def test_too_little_text_has_no_share(text: str) -> None:
    assert syllable_share(text) is None


TEXTS = sorted((Path(__file__).parents[2] / "corpus" / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_real_documents_are_nearly_all_syllables(path: Path) -> None:
    share = syllable_share(path.read_text(encoding="utf-8"))
    assert share is not None
    assert share > 0.97

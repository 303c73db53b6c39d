"""Folds: which spellings are one, and that nothing moves."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.fold import fold, squash, strip_marks

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ AĐƯỞ-–—'.,/&0123456789")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("UỶ BAN NHÂN DÂN", "ủy ban nhân dân"),
        ("Thanh Hoá", "thanh hóa"),
        ("sức khoẻ", "sức khỏe"),
        ("Thuỷ lợi", "thủy lợi"),
        ("tuỳ, thuý, luỹ, uỵ", "tùy, thúy, lũy, ụy"),
        ("hoàn toàn, khoảng, hoạt động, huỳnh, quỳnh", "hoàn toàn, khoảng, hoạt động, huỳnh, quỳnh"),  # one spelling
        ("quý, quỹ, quyền, quà, quả", "quý, quỹ, quyền, quà, quả"),  # u belongs to q
        ("của, mùa, đũa, thuở", "của, mùa, đũa, thuở"),  # ua is no oa
        ("tòan quốc, ngòai ra, khỏan", "toàn quốc, ngoài ra, khoản"),  # the tone on the wrong letter
        ("qúy, qủa, gía, gìa", "quý, quả, giá, già"),
        ("gìn giữ, gì", "gìn giữ, gì"),  # i carries the tone where it is the vowel
        ("Kế hoạch – A—B‑C", "kế hoạch - a-b-c"),
        ("QUYẾT ÐỊNH", "quyết định"),  # Icelandic eth of converted fonts
        ("  hai  dấu cách\t", "  hai  dấu cách\t"),  # white space stays
        ("", ""),
    ],
)
def test_fold_unifies_spellings(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [("  UỶ  BAN\n nhân dân ", "ủy ban nhân dân"), ("\u00a0Số:\u00a0", "số:"), (" ", "")],
)
def test_squash_is_a_key(text: str, key: str) -> None:
    assert squash(text) == key


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đắk R'lấp, Ủy ban", "Dak R'lap, Uy ban"),
        ("đường ĐƯỜNG", "duong DUONG"),
        ("năm 2020 – số 5", "nam 2020 – so 5"),  # nothing but marks goes
        ("한국", "한국"),  # letters that only decompose into letters stay
    ],
)
def test_strip_marks_keeps_the_rest(text: str, bare: str) -> None:
    assert strip_marks(text) == bare


@given(VIETNAMESE)
def test_folds_keep_the_length_of_nfc_text(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(fold(text)) == len(text)
    assert len(strip_marks(text)) == len(text)


@given(st.text())
def test_folds_keep_the_length_of_any_nfc_text(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(fold(text)) == len(text)
    assert len(strip_marks(text)) == len(text)


@given(VIETNAMESE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squash(squash(text)) == squash(text)
    assert strip_marks(strip_marks(text)) == strip_marks(text)


@given(VIETNAMESE)
def test_fold_ignores_case_and_composition(text: str) -> None:
    assert fold(text.upper()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(VIETNAMESE)
def test_fold_only_moves_tones(text: str) -> None:
    """The letters under the marks are those of the text: no syllable becomes another one."""
    text = unicodedata.normalize("NFC", text)
    plain = text.lower().translate(dict.fromkeys(map(ord, "–—"), "-"))
    assert strip_marks(fold(text)) == strip_marks(plain)

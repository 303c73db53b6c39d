"""Is text in TCVN3 and VNI decoded exactly, and is nothing else touched?"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.tables import read_toml
from pipeline.read.legacy import decode_as, detect, font_encoding, to_unicode

NAMES = ("tcvn3", "vni")
TEXTS = sorted((Path(__file__).parents[2] / "corpus" / "texts").glob("*.txt"))


def table(name: str) -> dict[str, str]:
    """Letter → its code, the inverse of the data file."""
    pairs = (pair.rsplit("=", 1) for pair in read_toml("legacy_encodings.toml")[name]["pairs"].split())
    return {letter: code for code, letter in pairs}


def encode(text: str, name: str) -> str:
    codes = table(name)
    return "".join(codes.get(letter, letter) for letter in text)


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
VOWELS = "aăâeêioôơuưy"
TONED = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in "\u0300\u0301\u0309\u0303\u0323"]


@pytest.mark.parametrize("name", NAMES)
def test_every_small_letter_has_its_own_code(name: str) -> None:
    codes = table(name)
    written = {letter: codes.get(letter, letter) for letter in [*LETTERS, *TONED]}
    assert {letter for letter, code in written.items() if not code.isascii()} == {
        letter for letter in written if not letter.isascii()
    }
    assert len(set(written.values())) == len(written)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_what_is_encoded_is_decoded(name: str, data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet=[*LETTERS, *TONED, *" ,.;:/-0123456789ABCDGHQT"], max_size=80))
    assert decode_as(encode(text, name), name) == text


KNOWN = [
    # what files of the nineties really hold
    ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("§éc lËp - Tù do - H¹nh phóc", "tcvn3", "Độc lập - Tự do - Hạnh phúc"),
    ("V/v t¨ng c\u00adêng c«ng t¸c qu¶n lý ®Êt ®ai", "tcvn3", "V/v tăng cường công tác quản lý đất đai"),
    ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("Ñoäc laäp - Töï do - Haïnh phuùc", "vni", "Độc lập - Tự do - Hạnh phúc"),
    ("UÛY BAN NHAÂN DAÂN TÆNH", "vni", "ỦY BAN NHÂN DÂN TỈNH"),
]


@pytest.mark.parametrize(("text", "name", "expected"), KNOWN)
def test_known_lines(text: str, name: str, expected: str) -> None:
    assert decode_as(text, name) == expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_document_in_an_old_encoding_is_recognised_and_decoded(path: Path, name: str) -> None:
    # TCVN3 has no capitals with tones (they were another font), so the document is written small.
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).lower()
    assert to_unicode(encode(text, name)) == (text, name)


UNTOUCHED = [
    "",
    "Kính gửi: Các sở, ban, ngành cấp tỉnh; Ủy ban nhân dân các huyện, thị xã, thành phố trên địa bàn",
    "KINH GUI CAC SO BAN NGANH CAP TINH UY BAN NHAN DAN CAC HUYEN THI XA THANH PHO TREN DIA BAN",  # marks never written
    "The quick brown fox jumps over the lazy dog while nobody is looking at the hen house",
    "Überprüfung der Größe und Maße für die Straßenverkehrsordnung, schön größer, Äpfel und Öl",
    "ß ® ¸",  # too short to tell
    "0269 3717 564 / 359/STTTT-BCVT - 23/3/2020",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert to_unicode(text) == (text, None)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_unicode_documents_are_not_taken_for_old_ones(path: Path) -> None:
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    assert detect(text) is None


@given(st.text(max_size=120))
def test_nothing_is_changed_without_saying_so(text: str) -> None:
    decoded, name = to_unicode(text)
    assert (decoded == text) or name in NAMES


FONTS = [(".VnTime", "tcvn3"), (".VnTimeH", "tcvn3"), ("VNI-Times", "vni"), ("TimesNewRomanPSMT", None), ("", None)]


@pytest.mark.parametrize(("font", "name"), FONTS)
def test_the_font_tells_the_encoding(font: str, name: str | None) -> None:
    assert font_encoding(font) == name

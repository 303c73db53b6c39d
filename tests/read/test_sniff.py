"""Is a file told by its bytes, whatever its name says, and is a bad one refused with the right reason?"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import CongvanError, DecompressionBomb, FileDamaged, FileEmpty, FormatUnsupported
from pipeline.read.sniff import decode, sniff

PATH = Path("thu.bin")
LETTER = "Kính gửi: Các sở, ban, ngành cấp tỉnh"


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, kind)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            # A fixed day: the bytes name the test, and two processes must name it alike.
            entry = zipfile.ZipInfo(name.replace("__", "/"), (2026, 1, 1, 0, 0, 0))
            made.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


FORMATS = [
    (b"%PDF-1.4\n%\xe2\xe3", "pdf"),
    (b"\x00" * 100 + b"%PDF-1.7", "pdf"),  # a scanner's junk before the header
    (b"HTTP/1.1 200\n%PDF-1.4\n1 0 obj <<>> endobj", "pdf"),  # a mailer's lines before the header
    ('Tệp PDF mở đầu bằng "%PDF-1.4".'.encode(), "text"),  # a text that speaks of PDF
    (picture("JPEG"), "jpeg"),
    (picture("PNG"), "png"),
    (picture("TIFF"), "tiff"),
    (b"MM\x00*\x00\x00\x00\x08", "tiff"),
    (docx(), "docx"),
    (b"<!DOCTYPE html><p>a</p>", "html"),
    (b"\xef\xbb\xbf\n <HTML><body>a", "html"),
    (b"tin <body class=x>a", "html"),
    (LETTER.encode(), "text"),
    (LETTER.encode("utf-16"), "text"),
    (b"\xef\xbb\xbf" + LETTER.encode(), "text"),
    ("CéNG HßA X· HéI".encode("latin-1"), "text"),  # TCVN3
    (b"BM so 12 ngay 3/4", "text"),  # a text that begins like a bitmap
    (b"# De muc\n\n**dam**", "text"),
]


@pytest.mark.parametrize(("data", "expected"), FORMATS)
def test_format_is_told_by_content(data: bytes, expected: str) -> None:
    assert sniff(data, PATH) == expected


REFUSED = [
    (b"", FileEmpty),
    (b" \r\n\t\xef\xbb\xbf", FileEmpty),
    (b"\x00" * 4096, FileEmpty),  # a file that a full disk left behind
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, FormatUnsupported),  # .doc
    (b"GIF89a" + b"\x00" * 20, FormatUnsupported),
    (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", FormatUnsupported),
    (b"RIFF\x24\x10\x00\x00WEBPVP8 ", FormatUnsupported),
    (b"Rar!\x1a\x07\x00", FormatUnsupported),
    (b"{\\rtf1\\ansi", FormatUnsupported),
    (b"\x7fELF\x02\x01", FormatUnsupported),
    (bytes(range(256)) * 4, FormatUnsupported),
    (archive(**{"xl__workbook.xml": b"<x/>"}), FormatUnsupported),
    (archive(note=b"hello"), FormatUnsupported),
    (archive(word__document_xml=b"x")[:40], FileDamaged),  # cut off
    (b"PK\x03\x04" + b"\xff" * 200, FileDamaged),
    (archive(**{"word__document.xml": b"0" * 60_000_000}), DecompressionBomb),
]


@pytest.mark.parametrize(("data", "error"), REFUSED)
def test_what_cannot_be_read_says_why(data: bytes, error: type[CongvanError]) -> None:
    with pytest.raises(error) as caught:
        sniff(data, PATH)
    assert caught.value.path == str(PATH)
    assert caught.value.message
    assert caught.value.advice


@given(st.binary(max_size=300))
def test_any_bytes_have_a_format_or_an_error(data: bytes) -> None:
    try:
        found: str | None = sniff(data, PATH)
    except CongvanError:
        found = None
    assert found in ("pdf", "jpeg", "png", "tiff", "docx", "html", "text", None)


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_unicode_text_is_decoded(encoding: str) -> None:
    data = {
        "utf-16-le-bom": b"\xff\xfe" + LETTER.encode("utf-16-le"),
        "utf-16-be-bom": b"\xfe\xff" + LETTER.encode("utf-16-be"),
    }.get(encoding) or LETTER.encode(encoding)
    assert decode(data, PATH) == LETTER


@given(st.text(max_size=200).filter(lambda text: not text.startswith("\ufeff")))
def test_every_text_in_utf8_comes_back(text: str) -> None:
    assert decode(text.encode(), PATH) == text


def test_windows_vietnamese_is_decoded() -> None:
    """cp1258 writes tone marks as letters of their own; what is decoded says the same once composed."""
    text = "Kính gửi các đơn vị trực thuộc Sở Giáo dục và Đào tạo tỉnh, các trường trung học phổ thông trên địa bàn"
    parted = "".join(
        unicodedata.normalize("NFC", base) + tone
        for base, tone in map(_without_tone, unicodedata.normalize("NFC", text))
    )
    decoded = decode(parted.encode("cp1258"), PATH)
    assert unicodedata.normalize("NFC", decoded) == text


def _without_tone(letter: str) -> tuple[str, str]:
    """A letter without its tone, and the tone mark (the way code page 1258 writes Vietnamese)."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone)), tone


NAMED = [
    (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
    (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00", "HEIC"),
    (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", "AVIF"),
    (b"RIFF\x24\x10\x00\x00WEBPVP8 ", "WebP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Microsoft Office"),
]


@pytest.mark.parametrize(("data", "name"), NAMED)
def test_what_is_not_read_is_called_by_its_name(data: bytes, name: str) -> None:
    with pytest.raises(FormatUnsupported) as caught:
        sniff(data, PATH)
    assert name in str(caught.value)

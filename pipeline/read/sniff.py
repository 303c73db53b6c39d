"""What a file is, told from its bytes and never from its name."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Literal

from charset_normalizer import from_bytes

from pipeline.errors import DecompressionBomb, FileDamaged, FileEmpty, FormatUnsupported

Format = Literal["pdf", "jpeg", "png", "tiff", "docx", "html", "text"]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
)
_KNOWN_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office 97–2003 (.doc, .xls, .ppt)"),
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén GZIP"),
    (b"MZ", "chương trình Windows"),
    (b"\x7fELF", "chương trình Linux"),
    (b"SQLite format 3", "cơ sở dữ liệu"),
    (b"{\\rtf", "RTF"),
)
# Pictures whose kind stands behind a length or a container's name: ISO/IEC 23008-12 (HEIF), RFC 9649 (WebP).
_CONTAINED: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL), "ảnh HEIC của điện thoại"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "ảnh AVIF"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "ảnh WebP"),
)
_PDF_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b|\bxref\b|\bstartxref\b")
# A line of Markdown: programs that read scans mix it with HTML tags.
_MARKDOWN_LINE = re.compile(rb"^(?:#{1,6} |[-*+] |\*\*|\|.*\|\s*$|\d+\. )", re.MULTILINE)
_MAX_UNZIPPED = 400 * 1024 * 1024
_MAX_RATIO = 200


def sniff(data: bytes, path: Path) -> Format:
    """Format of ``data``.

    Raises FileEmpty, FormatUnsupported, FileDamaged (a ZIP that does not open) or DecompressionBomb.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileEmpty(path)
    # Scanners and mailers put junk before the header; the PDF specification allows it in the first 1024 bytes.
    if _has_pdf_header(data):
        return "pdf"
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name  # type: ignore[return-value]
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data, path)
    for magic, name in _KNOWN_OTHERS:
        if data.startswith(magic) and not (magic == b"BM" and _looks_like_text(data)):
            raise FormatUnsupported(path, found=name)
    for kind, name in _CONTAINED:
        if kind.match(data):
            raise FormatUnsupported(path, found=name)
    if not _looks_like_text(data):
        raise FormatUnsupported(path, found="dữ liệu nhị phân không rõ loại")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<body" in head:
        return "html"
    if b"<p>" in head and not _MARKDOWN_LINE.search(head):
        return "html"
    return "text"


def _has_pdf_header(data: bytes) -> bool:
    """A header at the start, or behind junk when PDF objects follow: a text may speak of "%PDF-1.4"."""
    at = data.find(b"%PDF-", 0, 1024)
    if at < 0:
        return False
    return not data[:at].strip(b"\x00 \t\r\n\xef\xbb\xbf") or _PDF_OBJECT.search(data, at) is not None


def _sniff_zip(data: bytes, path: Path) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as error:
        raise FileDamaged(path, reason="tệp nén không mở được") from error
    if unpacked > _MAX_UNZIPPED or unpacked > _MAX_RATIO * max(len(data), 100_000):
        raise DecompressionBomb(path, reason=f"{unpacked // 2**20} MB")
    if "word/document.xml" in names:
        return "docx"
    found = "XLSX" if "xl/workbook.xml" in names else "PPTX" if "ppt/presentation.xml" in names else "tệp nén ZIP"
    raise FormatUnsupported(path, found=found)


def _looks_like_text(data: bytes) -> bool:
    head = data[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head:
        return False
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return controls <= len(head) * 0.02


def decode(data: bytes, path: Path) -> str:
    """Text of ``data``: UTF-8 first, then what charset-normalizer finds best; raises FileDamaged otherwise."""
    for encoding in ("utf-8-sig", "utf-16") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data, cp_isolation=["windows-1258", "utf_16", "utf_8", "windows-1252", "latin_1"]).best()
    if best is None:
        raise FileDamaged(path, reason="không rõ bảng mã")
    return str(best)

"""A record in words: Vietnamese names for its fields, its warnings, and for what was done to a page."""

from __future__ import annotations

import re
import types
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from pipeline.lexicon.warnings import warning_sentences
from pipeline.read.model import Page
from pipeline.record.models import Record

PAGE_SOURCES = {"ocr": "nhận dạng chữ (OCR)", "text-layer": "lớp chữ của PDF", "text": "văn bản"}
MEDIA = {"scan": "bản quét", "digital": "bản điện tử", "text": "văn bản"}

_NOTES = (
    (re.compile(r"text-layer: (.+)"), "không dùng lớp chữ có sẵn: {0}"),
    (re.compile(r"perspective"), "nắn phẳng ảnh chụp"),
    (re.compile(r"border"), "bỏ viền đen"),
    (re.compile(r"holes"), "bỏ lỗ đục"),
    (re.compile(r"red-channel"), "bỏ màu đỏ của dấu"),
    (re.compile(r"pen-removed"), "bỏ nét bút"),
    (re.compile(r"stamp-removed"), "bỏ dấu"),
    (re.compile(r"streaks-removed"), "bỏ vệt sọc của máy quét"),
    (re.compile(r"contrast"), "làm đậm bản mờ"),
    (re.compile(r"columns"), "đọc riêng từng cột"),
    (re.compile(r"signature"), "đọc lại phần ký"),
    (re.compile(r"received-stamp"), "đọc lại dấu đến"),
    (re.compile(r"framed-stamp"), "đọc dòng trong khung dấu đến"),
    (re.compile(r"lost-words"), "thêm chữ in bị nét bút che"),
    (re.compile(r"broken-words"), "đọc lại chữ bị ngắt"),
    (re.compile(r"red-letters"), "đọc chữ màu đỏ"),
    (re.compile(r"second-reader"), "đọc lại dấu tiếng Việt"),
    (re.compile(r"background"), "làm đều nền"),
    (re.compile(r"deskew (.+)"), "xoay thẳng {0}"),
    (re.compile(r"rules-removed"), "bỏ đường kẻ"),
)
_DISTRUST = {
    "empty": "gần như không có chữ",
    "glyphs": "phông không tra được chữ",
    "split-marks": "dấu hoặc chữ bị tách rời",
    "not-vietnamese": "không phải tiếng Việt đọc được (phông cũ hoặc OCR kém)",
    "sparse": "chỉ có chữ của dấu hoặc chữ ký số",
}


def note_in_words(note: str) -> str:
    """A page's note in Vietnamese; a note that is not known here as it is."""
    for pattern, words in _NOTES:
        if match := pattern.fullmatch(note):
            return words.format(*(_DISTRUST.get(group, group) for group in match.groups()))
    return note


def page_title(page: Page) -> str:
    """One line about a page: number, how it was read, and what was done to it or went wrong."""
    parts = [f"Trang {page.number}"]
    if page.error is not None:
        return f"{parts[0]} · không đọc được [{page.error.code}]: {page.error.message}"
    parts.append("trang trắng" if page.blank else PAGE_SOURCES[page.source])
    if page.rotation:
        parts.append(f"xoay {page.rotation}°")
    parts += [note_in_words(note) for note in page.notes]
    return " · ".join(parts)


def warnings_in_words(record: Record) -> list[str]:
    """The sentences of a record's warnings; a code without a sentence as it is."""
    sentences = warning_sentences()
    return [sentences.get(code, code) for code in record.warnings]


def short_date(value: str | None) -> str:
    """``2021-04-14`` → ``14/04/2021``, ``2021-04`` → ``04/2021``; empty for none."""
    return "/".join(reversed(value.split("-"))) if value else ""


@cache
def field_title(pointer: str) -> str:
    """Vietnamese name of the field under a JSON Pointer: ``/signer/name`` → ``Người ký › Họ tên người ký``.

    Places in lists are counted from 1 (``/citations/0`` → ``Văn bản được dẫn 1``).  Raises KeyError for a pointer that
    leads to no field of the record.
    """
    names: list[str] = []
    model: type[BaseModel] | None = Record
    for token in pointer.strip("/").split("/"):
        if token.isdigit():
            names[-1] += f" {int(token) + 1}"
            continue
        if model is None:
            raise KeyError(pointer)
        info = model.model_fields[token]
        names.append(info.title or token)
        model = _model_in(info.annotation)
    return " › ".join(names)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation speaks of (``list[Citation]``, ``Signer | None``), or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (list, Union, Annotated, types.UnionType):
        return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
    return None


def value_at(record: Record, pointer: str) -> Any:
    """The value under a JSON Pointer.  Raises KeyError, IndexError or AttributeError when there is none."""
    value: Any = record
    for token in pointer.strip("/").split("/"):
        value = value[int(token)] if isinstance(value, list) else getattr(value, token)
    return value


def value_in_words(value: Any) -> str:
    """A field's value on one line: the telling parts of an object, dates as Vietnamese write them."""
    if value is None:
        return "—"
    if isinstance(value, BaseModel):
        shown = [
            value_in_words(part)
            for name, part in value
            if part not in (None, [], False) and name not in ("relation", "kind", "raw_number")
        ]
        return " · ".join(shown)
    if isinstance(value, list):
        return ", ".join(value_in_words(part) for part in value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value):
        return short_date(value)
    return str(value)

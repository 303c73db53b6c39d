"""What this machine has of what the product needs: programs, language data, fonts, packages, folders.

Nothing is installed or changed; every finding says what to do when something lacks.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["ok", "optional", "missing"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at; ``detail`` and ``remedy`` are Vietnamese sentences."""

    name: str
    state: State
    detail: str
    remedy: str = ""


# Packages without which some command fails, as they are imported.
_PACKAGES = (
    "pytesseract", "pdfplumber", "pypdfium2", "cv2", "spacy", "underthesea", "networkx", "sqlalchemy", "fastapi",
    "streamlit",
)  # fmt: skip
_LEAST_FREE = 2 * 1024**3  # bytes


def diagnose() -> list[Finding]:
    """Findings in the order in which a newcomer should mend them; never raises."""
    return [finding for check in _CHECKS for finding in check()]


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    enough = sys.version_info >= (3, 11)
    yield Finding("Python", "ok" if enough else "missing", version, "" if enough else "Cài Python 3.11 trở lên.")


def _tesseract() -> Iterator[Finding]:
    remedy = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
    if shutil.which("tesseract") is None:
        yield Finding("Tesseract", "missing", "không tìm thấy; bản quét và ảnh không đọc được", remedy)
        return
    version = _output("tesseract", "--version").splitlines()[:1]
    yield Finding("Tesseract", "ok", version[0] if version else "có")
    languages = _output("tesseract", "--list-langs").split()
    if "vie" in languages:
        yield Finding("Dữ liệu tiếng Việt của Tesseract", "ok", "vie")
    else:
        yield Finding("Dữ liệu tiếng Việt của Tesseract", "missing", "không có «vie»", remedy)


def _packages() -> Iterator[Finding]:
    lacking = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if lacking:
        yield Finding("Thư viện Python", "missing", "thiếu " + ", ".join(lacking), "Chạy make setup.")
    else:
        yield Finding("Thư viện Python", "ok", "đủ")


def _lexicon() -> Iterator[Finding]:
    try:
        from pipeline.lexicon.agencies import agencies
        from pipeline.lexicon.types import document_types

        counted = f"{len(document_types())} loại văn bản, {len(agencies())} cơ quan"
    except Exception as error:
        yield Finding("Dữ liệu về loại văn bản, cơ quan", "missing", f"không mở được: {error}", "Cài lại: make setup.")
        return
    yield Finding("Dữ liệu về loại văn bản, cơ quan", "ok", counted)


def _graphviz() -> Iterator[Finding]:
    if shutil.which("dot"):
        yield Finding("Graphviz", "ok", "có")
    else:
        yield Finding("Graphviz", "optional", "không có; ảnh đồ thị được vẽ cách khác", "sudo apt-get install graphviz")


def _font() -> Iterator[Finding]:
    from pipeline.workflow.errors import FontMissing
    from pipeline.workflow.fonts import vietnamese_font_file

    try:
        vietnamese_font_file()
    except FontMissing:
        yield Finding("Phông chữ tiếng Việt", "missing", "không có", "sudo apt-get install fonts-dejavu-core")
    else:
        yield Finding("Phông chữ tiếng Việt", "ok", "có")


def _folders() -> Iterator[Finding]:
    from pipeline.read.ocr.cache import cache_folder

    cache = cache_folder()
    for name, folder in (("Thư mục nhớ kết quả nhận dạng", cache), ("Thư mục tạm", Path(tempfile.gettempdir()))):
        place = _standing(folder)
        if not os.access(place, os.W_OK):
            yield Finding(name, "missing", f"không ghi được vào {folder}", f"Cấp quyền ghi cho thư mục {place}.")
            continue
        free = shutil.disk_usage(place).free
        low = free < _LEAST_FREE
        detail = f"{folder}, còn {free / 1024**3:.0f} GB"
        yield Finding(name, "optional" if low else "ok", detail, "Dọn bớt đĩa: còn ít hơn 2 GB." if low else "")


def _standing(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _output(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr


_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python, _tesseract, _packages, _lexicon, _font, _graphviz, _folders,
)  # fmt: skip

"""OCR engines behind one interface; :func:`engine_named` gives one by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pipeline.errors import UsageError
from pipeline.read.ocr.cache import CachedEngine, cache_folder
from pipeline.read.ocr.engine import Engine, OcrWord
from pipeline.read.ocr.tesseract import TesseractEngine, installed_languages, installed_version

__all__ = [
    "CachedEngine", "Engine", "OcrWord", "TesseractEngine", "cache_folder",
    "engine_named", "installed_languages", "installed_version",
]  # fmt: skip

# The same Tesseract: its library kept warm, or its command alone, by pytesseract.
ENGINES: dict[str, Callable[[str], Engine]] = {
    "tesseract": TesseractEngine, "pytesseract": partial(TesseractEngine, warm=False),
}  # fmt: skip


def engine_named(name: str, language: str = "vie", cache: bool = True) -> Engine:
    """The engine of that name, remembering its results when ``cache``; raises UsageError for an unknown name."""
    try:
        engine = ENGINES[name](language)
    except KeyError as error:
        raise UsageError(reason=f"không có bộ nhận dạng chữ tên «{name}»") from error
    return CachedEngine(engine) if cache else engine

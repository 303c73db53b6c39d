"""Bytes → pages of words with boxes.  :func:`read` is the way in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.errors import (
    AllPagesFailed,
    CongvanError,
    FileMissing,
    FileUnreadable,
    TooManyPages,
)
from pipeline.read.compose import RawWord, compose
from pipeline.read.layer_check import differs
from pipeline.read.markup import pages_of_docx, pages_of_html, pages_of_text
from pipeline.read.model import Box, Ink, Line, Medium, Page, ReadOptions, SourceFile, Word
from pipeline.read.ocr import Engine, engine_named
from pipeline.read.overlays import words_in_pictures
from pipeline.read.pdf import PdfFile
from pipeline.read.pictures import frame_count, page_picture
from pipeline.read.scan import read_picture, turn
from pipeline.read.sheet import laid_flat
from pipeline.read.sniff import Format, decode, sniff
from pipeline.read.trust import NOT_VIETNAMESE, SCANNED, distrust, is_poor

__all__ = [
    "Box", "Ink", "Line", "Page", "Progress", "ReadOptions", "SourceFile", "Word", "bytes_of", "picture_of", "read",
    "read_bytes",
]  # fmt: skip

Progress = Callable[[int, int], None]
"""Called with (pages done, pages in all)."""


def read(path: Path | str, options: ReadOptions | None = None, progress: Progress | None = None) -> SourceFile:
    """Read a file.

    Raises a CongvanError when nothing can be read.  A page that fails leaves a Page with ``error`` set and the others
    are read all the same; AllPagesFailed is raised when none is left.
    """
    path = Path(path)
    return read_bytes(bytes_of(path), path, options, progress)


def bytes_of(path: Path) -> bytes:
    """Content of a file; raises FileMissing or FileUnreadable."""
    try:
        if not path.is_file():
            if path.exists():
                raise FileUnreadable(path, reason="không phải là tệp thường")
            raise FileMissing(path)
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path, reason=error.strerror or type(error).__name__) from error


def read_bytes(
    data: bytes, path: Path, options: ReadOptions | None = None, progress: Progress | None = None
) -> SourceFile:
    """Read the content of a file; ``path`` names it in messages.  Raises as :func:`read`."""
    options = options or ReadOptions()
    file_format = sniff(data, path)
    digest = hashlib.sha256(data).hexdigest()
    medium: Medium
    signatures: list[dict[str, str]] = []
    if file_format in ("text", "html", "docx"):
        medium = "digital" if file_format == "docx" else "text"
        if file_format == "docx":
            pages = pages_of_docx(data, path)
        else:
            pages, _ = (pages_of_html if file_format == "html" else pages_of_text)(decode(data, path))
        if len(pages) > options.max_pages:
            raise TooManyPages(path, pages=len(pages), limit=options.max_pages)
        if progress:
            progress(len(pages), len(pages))
    elif file_format == "pdf":
        pages, signatures = _read_pdf(data, path, options, progress)
        medium = "scan" if sum(p.source == "ocr" for p in pages) * 2 >= len(pages) else "digital"
    else:
        pages = _read_image(data, path, file_format, options, progress)
        medium = "scan"
    failed = [p for p in pages if p.error is not None]
    if pages and len(failed) == len(pages) and failed[0].error is not None:
        if len(pages) == 1:
            raise failed[0].error
        raise AllPagesFailed(path, reason=failed[0].error.message)
    return SourceFile(path, digest, medium, pages, file_format, signatures)


class _LazyEngine:
    """The OCR engine, made only when a page needs it: a text PDF must not fail for want of Tesseract."""

    def __init__(self, options: ReadOptions) -> None:
        self._options, self._engine = options, None

    def get(self) -> Engine:
        if self._engine is None:
            self._engine = engine_named(self._options.engine, self._options.language, self._options.cache)  # type: ignore[assignment]
        return self._engine  # type: ignore[return-value]


def _read_pdf(
    data: bytes, path: Path, options: ReadOptions, progress: Progress | None
) -> tuple[list[Page], list[dict[str, str]]]:
    engine = _LazyEngine(options)
    with PdfFile(data, path, options) as pdf:

        def one(number: int) -> Page:
            try:
                return _read_pdf_page(pdf, number, engine, options)
            except CongvanError as error:
                error.path = str(path)
                return Page(number, "", [], "ocr", pdf.size(number), error=error)

        return _each(range(1, pdf.page_count + 1), one, options.jobs, progress), pdf.signatures()


def _read_pdf_page(pdf: PdfFile, number: int, engine: _LazyEngine, options: ReadOptions) -> Page:
    size = pdf.size(number)
    note = None
    layer: Page | None = None
    if pdf.has_text(number) and not options.force_ocr:
        words = pdf.words(number)
        cover = pdf.picture_cover(number)
        note = distrust(words, cover)
        layer = _of_words(words, number, size)
        if note is None and cover > SCANNED and _says_otherwise(pdf, layer, engine, options):
            note = "differs"
        if note is None:
            more = words_in_pictures(pdf, number, words, engine.get, options)
            return _of_words(words + more, number, size) if more else layer
    raster = laid_flat(lambda dpi: pdf.render(number, dpi), options.dpi)
    page = read_picture(raster, number, engine.get(), options, pdf.path)
    if note and layer:
        if note == NOT_VIETNAMESE and is_poor(page, layer):
            layer.notes.append(f"text-layer: {note}, picture: unreadable")
            return layer
        page.notes.append(f"text-layer: {note}")
    return page


def _of_words(words: list[RawWord], number: int, size: tuple[float, float]) -> Page:
    text, lines = compose(words, size[1] / max(1.0, size[0]))
    return Page(number, text, lines, "text-layer", size)


def _says_otherwise(pdf: PdfFile, layer: Page, engine: _LazyEngine, options: ReadOptions) -> bool:
    """Whether the picture of a scanned page says something else than its text layer; not without Tesseract."""
    try:
        raster = pdf.render(layer.number)
        grey, dpi = raster.rgb[:, :, 0], round(raster.dpi)
        return differs(layer.text, layer.lines, grey, dpi, engine.get(), options.page_timeout)
    except (CongvanError, RuntimeError, TimeoutError):
        return False


def _read_image(
    data: bytes, path: Path, file_format: Format, options: ReadOptions, progress: Progress | None
) -> list[Page]:
    engine = _LazyEngine(options)
    frames = frame_count(data, path, options)

    def one(number: int) -> Page:
        try:
            raster = laid_flat(lambda dpi: page_picture(data, path, number, replace(options, dpi=dpi)), options.dpi)
            return read_picture(raster, number, engine.get(), options, path)
        except CongvanError as error:
            error.path = str(path)
            return Page(number, "", [], "ocr", error=error)

    return _each(range(1, frames + 1), one, options.jobs, progress)


def _each(numbers: range, one: Callable[[int], Page], jobs: int, progress: Progress | None) -> list[Page]:
    pages = []
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        for done, page in enumerate(pool.map(one, numbers), 1):
            pages.append(page)
            if progress:
                progress(done, len(numbers))
    return pages


def picture_of(
    data: bytes, path: Path, page: Page, options: ReadOptions | None = None, dpi: int | None = None
) -> np.ndarray | None:
    """The upright picture of a page as (height, width, 3) uint8 RGB, or None for a source without pages."""
    options = options or ReadOptions()
    file_format = sniff(data, path)
    if file_format == "pdf":
        with PdfFile(data, path, options) as pdf:
            return turn(pdf.render(page.number, dpi, forms=page.source == "text-layer").rgb, page.rotation)
    if file_format in ("jpeg", "png", "tiff"):
        return turn(page_picture(data, path, page.number, options).rgb, page.rotation)
    return None

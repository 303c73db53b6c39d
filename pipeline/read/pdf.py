"""PDF files: text layer through pdfplumber, pictures through pdfium."""

from __future__ import annotations

import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import FileDamaged, FileEncrypted, ImageTooLarge, NoPages, TooManyPages
from pipeline.read.compose import RawWord
from pipeline.read.model import Box, Raster, ReadOptions
from pipeline.read.signatures import read_signatures

# Neither pdfium nor pdfminer (under pdfplumber) is thread-safe; a lock for every use of each.
_PDFIUM = threading.Lock()
_PLUMBER = threading.Lock()


class PdfFile:
    """An open PDF.  Page numbers are 1-based.  Use as a context manager."""

    def __init__(self, data: bytes, path: Path, options: ReadOptions) -> None:
        """Raises FileEncrypted, FileDamaged, NoPages or TooManyPages."""
        self.path, self.options = path, options
        try:
            with _PDFIUM:
                self._document = pdfium.PdfDocument(data)
                # Signatures show as form fields; without this they are not drawn.
                self._document.init_forms()
                self.page_count = len(self._document)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
                raise FileEncrypted(path) from error
            raise FileDamaged(path, reason="cấu trúc PDF không mở được") from error
        if self.page_count == 0:
            raise NoPages(path)
        if self.page_count > options.max_pages:
            raise TooManyPages(path, pages=self.page_count, limit=options.max_pages)
        self._data = data
        self._plumber: Any = None

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        if self._plumber is not None:
            self._plumber.close()
        with _PDFIUM:
            self._document.close()

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points, after its own rotation."""
        with _PDFIUM:
            page = self._document[number - 1]
            return page.get_size()

    def signatures(self) -> list[dict[str, str]]:
        """Digital signatures (see read.signatures); none when they cannot be read."""
        with _PDFIUM:
            try:
                return read_signatures(self._document)
            except (pdfium.PdfiumError, ValueError):
                return []

    def has_text(self, number: int) -> bool:
        with _PDFIUM:
            text = self._document[number - 1].get_textpage()
            return bool(text.count_chars() > 20)

    def picture_cover(self, number: int) -> float:
        """Share of the page covered by its pictures (1.0 for a scan, whole or in strips)."""
        with _PDFIUM:
            page = self._document[number - 1]
            width, height = page.get_size()
            covered = 0.0
            for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
                left, bottom, right, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
                covered += abs(right - left) * abs(top - bottom) / max(1.0, width * height)
            return min(1.0, covered)

    def overlays(self, number: int) -> list[Box]:
        """Boxes of pictures and form fields (signatures) that stand on a page without covering it."""
        boxes: list[Box] = []
        with _PDFIUM:
            page = self._document[number - 1]
            width, height = page.get_size()
            rects = [item.get_bounds() for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
            for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
                annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
                rect = pdfium_c.FS_RECTF()
                if pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_WIDGET and (
                    pdfium_c.FPDFAnnot_GetRect(annotation, rect)
                ):
                    rects.append((rect.left, rect.bottom, rect.right, rect.top))
                pdfium_c.FPDFPage_CloseAnnot(annotation)
        for left, bottom, right, top in rects:
            area = abs(right - left) * abs(top - bottom) / max(1.0, width * height)
            if 0.0015 < area < 0.7:
                low, high = sorted((top, bottom))
                boxes.append((
                    min(1.0, max(0.0, left / width)), min(1.0, max(0.0, 1 - high / height)),
                    min(1.0, max(0.0, right / width)), min(1.0, max(0.0, 1 - low / height)),
                ))  # fmt: skip
        return boxes

    def words(self, number: int) -> list[RawWord]:
        """Words of the text layer with boxes; empty when pdfplumber cannot read the page."""
        try:
            with _PLUMBER:
                if self._plumber is None:
                    self._plumber = pdfplumber.open(BytesIO(self._data))
                page = self._plumber.pages[number - 1]
                found = page.extract_words(
                    x_tolerance=1.5, y_tolerance=3, keep_blank_chars=False, use_text_flow=False,
                    extra_attrs=["fontname"], return_chars=False,
                )  # fmt: skip
                width, height = float(page.width), float(page.height)
                x_origin, y_origin = float(page.bbox[0]), float(page.bbox[1])
                page.close()
        except Exception:  # pdfminer raises bare exceptions of many kinds on damaged pages
            return []
        words = []
        for word in found:
            box = (
                min(1.0, max(0.0, (word["x0"] - x_origin) / width)),
                min(1.0, max(0.0, (word["top"] - y_origin) / height)),
                min(1.0, max(0.0, (word["x1"] - x_origin) / width)),
                min(1.0, max(0.0, (word["bottom"] - y_origin) / height)),
            )
            words.append(RawWord(word["text"], box, None, "bold" in word["fontname"].lower()))
        return words

    def fonts(self, number: int) -> set[str]:
        """Font names of a page's text, without subset prefixes."""
        try:
            with _PLUMBER:
                if self._plumber is None:
                    self._plumber = pdfplumber.open(BytesIO(self._data))
                return {c["fontname"].rpartition("+")[2] for c in self._plumber.pages[number - 1].chars}
        except Exception:  # as above
            return set()

    def render(self, number: int, dpi: int | None = None, forms: bool = False) -> Raster:
        """The page as a picture, with its form fields (a signature's appearance) when ``forms``.

        On a scan they lie over the paper's own signature and hide it.  Raises ImageTooLarge before any memory is taken,
        FileDamaged when it fails.
        """
        dpi = dpi or self.options.dpi
        width, height = self.size(number)
        pixels = (width * dpi / 72, height * dpi / 72)
        if pixels[0] * pixels[1] > self.options.max_megapixels * 1e6:
            raise ImageTooLarge(
                self.path, width=round(pixels[0]), height=round(pixels[1]), limit=self.options.max_megapixels
            )
        try:
            with _PDFIUM:
                bitmap = self._document[number - 1].render(scale=dpi / 72, may_draw_forms=forms)
                rgb = np.asarray(bitmap.to_pil().convert("RGB"))
        except (pdfium.PdfiumError, ValueError, RuntimeError) as error:
            raise FileDamaged(self.path, reason=f"trang {number} không vẽ được") from error
        return Raster(np.ascontiguousarray(rgb), float(dpi))

"""Do the words of a searchable copy lie where they were read, however the sheet is turned?"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.model import Line, Page, SourceFile, Word
from pipeline.read.searchable import searchable_pdf
from pipeline.workflow.fonts import vietnamese_font_file

BOX = (0.25, 0.1, 0.55, 0.13)  # of the upright page


def sheet(rotate: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600))
    canvas.rect(20, 20, 30, 30)
    canvas.showPage()
    canvas.save()
    document = pdfium.PdfDocument(out.getvalue())
    document[0].set_rotation(rotate)
    turned = io.BytesIO()
    document.save(turned)
    return turned.getvalue()


def source(file_format: str, size: tuple[float, float], turned: int = 0, read: str = "ocr") -> SourceFile:
    text = "Nghị quyết"
    word = Word("Nghị", 0, 4, BOX, 0.9), Word("quyết", 5, 10, (0.6, 0.1, 0.8, 0.13), 0.9)
    page = Page(1, text, [Line(0, 10, word)], read, size, turned)  # type: ignore[arg-type]
    return SourceFile(Path("a.pdf"), "ab" * 32, "scan", [page], file_format)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_words_lie_where_they_were_read(rotate: int, turned: int) -> None:
    data = sheet(rotate)
    copy = pdfium.PdfDocument(searchable_pdf(data, source("pdf", (400, 600), turned), vietnamese_font_file()))
    page = copy[0]
    page.set_rotation((rotate + turned) % 360)
    assert "Nghị quyết" in " ".join(page.get_textpage().get_text_range().split())
    # Text positions are those of the sheet: turn them as a viewer turns the page.
    left, bottom, right, top = page.get_textpage().get_charbox(0)
    x, y = (left + right) / 2 / 400, 1 - (bottom + top) / 2 / 600
    for _ in range((rotate + turned) // 90 % 4):
        x, y = 1 - y, x
    assert BOX[0] - 0.02 < x < BOX[2]
    assert BOX[1] - 0.02 < y < BOX[3] + 0.02


def test_a_picture_becomes_a_page_of_its_size() -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(out, "PNG")
    copy = pdfium.PdfDocument(searchable_pdf(out.getvalue(), source("png", (400, 600)), vietnamese_font_file()))
    assert copy[0].get_size() == (400, 600)
    assert "Nghị quyết" in " ".join(copy[0].get_textpage().get_text_range().split())


def test_pages_with_a_text_layer_get_no_second_one() -> None:
    copy = pdfium.PdfDocument(searchable_pdf(sheet(0), source("pdf", (400, 600), read="text-layer"),
                                             vietnamese_font_file()))  # fmt: skip
    assert copy[0].get_textpage().count_chars() == 0

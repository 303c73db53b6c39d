"""Do the words of a searchable copy lie where they were read, however the sheet is turned?"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
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


def copy_of(data: bytes, read: SourceFile) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(searchable_pdf(data, read, vietnamese_font_file()).data)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_words_lie_where_they_were_read(rotate: int, turned: int) -> None:
    data = sheet(rotate)
    copy = copy_of(data, source("pdf", (400, 600), turned))
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
    copy = copy_of(out.getvalue(), source("png", (400, 600)))
    assert copy[0].get_size() == (400, 600)
    assert "Nghị quyết" in " ".join(copy[0].get_textpage().get_text_range().split())


def test_pages_with_a_text_layer_get_no_second_one() -> None:
    copy = copy_of(sheet(0), source("pdf", (400, 600), read="text-layer"))
    assert copy[0].get_textpage().count_chars() == 0


def photograph(orientation: int) -> bytes:
    """A sheet with one black corner, upper left when held as ``orientation`` says."""
    upright = Image.new("RGB", (200, 300), "white")
    upright.paste("black", (0, 0, 60, 60))
    stored = {
        1: upright,
        3: upright.rotate(180),
        6: upright.rotate(90, expand=True),
        8: upright.rotate(270, expand=True),
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    stored[orientation].save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(("orientation", "read_turned", "corner"), [
    (1, 0, "upper left"), (3, 0, "upper left"), (6, 0, "upper left"), (8, 0, "upper left"),
    (1, 90, "upper right"), (6, 180, "lower right"), (8, 270, "lower left"),
])  # fmt: skip
def test_a_photograph_is_laid_in_as_it_is_and_stands_as_it_was_read(
    orientation: int, read_turned: int, corner: str
) -> None:
    data = photograph(orientation)
    size = (300, 200) if read_turned % 180 else (200, 300)
    made = searchable_pdf(data, source("jpeg", size, read_turned), vietnamese_font_file())
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        (picture,) = pdf.pages[0].get_images().values()
        # Not coded anew: the very points of the original.
        ours, theirs = pikepdf.PdfImage(picture).as_pil_image(), Image.open(io.BytesIO(data))
        assert ours.size == theirs.size
        assert ours.tobytes() == theirs.convert("RGB").tobytes()
    shown = pdfium.PdfDocument(made.data)[0].render(scale=1).to_pil().convert("L")
    places = {"upper left": (20, 20), "upper right": (size[0] - 20, 20),
              "lower left": (20, size[1] - 20), "lower right": (size[0] - 20, size[1] - 20)}  # fmt: skip
    assert {name for name, at in places.items() if shown.getpixel(at) < 80} == {corner}

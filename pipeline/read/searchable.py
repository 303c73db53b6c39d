"""A searchable copy of a scan: the pages as they are, with the words that were read laid over them, unseen.

The original is never written to.  A PDF keeps its pages and gains a text layer; pictures become pages of their size.
The copy is PDF/A-2b where the original allows it (see archival).
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.read import SourceFile
from pipeline.read.archival import Archival, archival
from pipeline.read.model import Box, Page, Word
from pipeline.read.pictures import picture_frame

FONT = "congvan-words"
UNSEEN = 3  # PDF text rendering mode: neither filled nor stroked
ORIENTATION = 0x0112  # EXIF: how the camera was held
EXIF_TURNS = {1: 0, 3: 180, 6: 90, 8: 270}  # clockwise; the mirrored ones are not among them
DESCENT = 0.22  # of the font's size, below the line of writing


def searchable_pdf(data: bytes, source: SourceFile, font: Path) -> Archival:
    """The PDF, and why it is not declared PDF/A where it is not.

    ``data`` are the bytes that ``source`` was read from; ``font`` is a TrueType font with Vietnamese letters, embedded
    in part.  Pages that were not recognised keep what they have.  Raises pdfium's error on a damaged PDF.
    """
    pdfmetrics.registerFont(TTFont(FONT, str(font)))
    if source.file_format != "pdf":
        return archival(_of_pictures(data, source), source.path.stem)
    document = pdfium.PdfDocument(data)
    layers = pdfium.PdfDocument(_layers(source, document))
    for page in source.pages:
        if page.source != "ocr" or not page.text.strip():
            continue
        target = document[page.number - 1]
        target.insert_obj(layers.page_as_xobject(page.number - 1, document).as_pageobject())
        target.gen_content()
    out = io.BytesIO()
    document.save(out)
    return archival(out.getvalue(), source.path.stem)


def _layers(source: SourceFile, document: pdfium.PdfDocument) -> bytes:
    """A PDF of the words alone, page by page, in the geometry of the pages before they are turned."""
    out = io.BytesIO()
    canvas = _canvas(out)
    for page in source.pages:
        original = document[page.number - 1]
        left, bottom, right, top = original.get_cropbox()
        canvas.setPageSize((right, top))
        canvas.translate(left, bottom)
        # The page as shown is the sheet turned by its own angle; reading may have turned it further.
        _turn(canvas, right - left, top - bottom, (original.get_rotation() + page.rotation) % 360)
        if page.source == "ocr":
            _write(canvas, page, *_shown(right - left, top - bottom, original.get_rotation() + page.rotation))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _shown(width: float, height: float, degrees: int) -> tuple[float, float]:
    return (height, width) if degrees % 180 else (width, height)


def _turn(canvas: Canvas, width: float, height: float, degrees: int) -> None:
    """Coordinates of the upright page, which is the sheet turned clockwise by ``degrees``."""
    if degrees == 90:
        canvas.transform(0, 1, -1, 0, width, 0)
    elif degrees == 180:
        canvas.transform(-1, 0, 0, -1, width, height)
    elif degrees == 270:
        canvas.transform(0, -1, 1, 0, 0, height)


def _canvas(out: io.BytesIO) -> Canvas:
    # The canvas names a font on every page; one that is not embedded has no place in an archive's file.
    return Canvas(out, invariant=1, initialFontName=FONT)


def _of_pictures(data: bytes, source: SourceFile) -> bytes:
    out = io.BytesIO()
    canvas = _canvas(out)
    for page in source.pages:
        width, height = page.size
        canvas.setPageSize((width, height))
        canvas.saveState()
        picture, turned = _picture(data, page)
        # The sheet as stored, turned as a viewer turns it; the coordinates are those of the upright page.
        _turn(canvas, width, height, -turned % 360)
        canvas.drawImage(picture, 0, 0, *_shown(width, height, turned))
        canvas.restoreState()
        _write(canvas, page, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _picture(data: bytes, page: Page) -> tuple[ImageReader, int]:
    """The page's picture in all its points, and the clockwise degrees by which it is to be turned.

    A JPEG is laid into the file as it is: coded once more it would lose what the first coding left.
    """
    with Image.open(io.BytesIO(data)) as image:
        turned = EXIF_TURNS.get(image.getexif().get(ORIENTATION, 1))
        if image.format == "JPEG" and image.mode in ("L", "RGB") and turned is not None:
            return ImageReader(io.BytesIO(data)), (turned + page.rotation) % 360
    return ImageReader(picture_frame(data, page.number)), page.rotation


def _write(canvas: Canvas, page: Page, width: float, height: float) -> None:
    for word in page.words:
        if word.box is not None:
            _word(canvas, word, page.on_picture(word.box), width, height)


def _word(canvas: Canvas, word: Word, box: Box, width: float, height: float) -> None:
    """One word stretched to its box, so that what a viewer marks lies on what stands on the page."""
    left, top, right, bottom = box
    size = max(1.0, (bottom - top) * height)
    natural = pdfmetrics.stringWidth(word.text, FONT, size)
    text = canvas.beginText(left * width, height - bottom * height + DESCENT * size * 0.5)
    text.setFont(FONT, size)
    text.setTextRenderMode(UNSEEN)
    text.setHorizScale(100 * (right - left) * width / natural if natural > 0 else 100)
    # The blank parts this word from the next when the text is copied.
    text.textOut(word.text + " ")
    canvas.drawText(text)

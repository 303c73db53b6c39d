"""Pages to a PDF with a text layer, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from corpus.generator import fonts
from corpus.generator.page import HEIGHT, WIDTH, Frame, Page, Rule, Text


def write(pages: Sequence[Page], title: str) -> bytes:
    """The PDF of the pages.  Its creation date and identifier are fixed (reportlab's ``invariant``)."""
    fonts.register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator("congvan corpus generator")
    for page in pages:
        for item in page.items:
            _draw(canvas, item)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, item: Text | Rule | Frame) -> None:
    if isinstance(item, Text):
        text = canvas.beginText()
        text.setFillColorRGB(*item.colour)
        text.setTextOrigin(item.x, HEIGHT - item.baseline)
        text.setWordSpace(item.spacing)
        for span in item.spans:
            text.setFont(span.face, span.size)
            text.textOut(span.text)
        canvas.drawText(text)
    elif isinstance(item, Rule):
        canvas.setStrokeColorRGB(*item.colour)
        canvas.setLineWidth(item.width)
        canvas.line(item.x0, HEIGHT - item.y0, item.x1, HEIGHT - item.y1)
    else:
        left, top, right, bottom = item.box
        canvas.setStrokeColorRGB(*item.colour)
        canvas.setLineWidth(item.width)
        canvas.rect(left, HEIGHT - bottom, right - left, bottom - top)

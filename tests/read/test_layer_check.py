"""Is a text layer believed just when the picture under it says the same?"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.read import ReadOptions, read_bytes
from pipeline.read.layer_check import SAMPLE, differs, likeness, sample
from pipeline.read.model import Line, Page, Word
from pipeline.read.ocr import OcrWord
from pipeline.read.trust import is_poor
from pipeline.workflow.fonts import vietnamese_font_file

PRINTED = (
    "Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân",
    "tỉnh về việc đảm bảo an toàn cơ sở hạ tầng viễn thông",
    "Sở Thông tin và Truyền thông đề nghị các đơn vị liên quan",
    "báo cáo kết quả thực hiện trước ngày 25 tháng 5 năm 2019",
    "để tổng hợp, báo cáo Ủy ban nhân dân tỉnh theo quy định",
)
ANOTHER = (
    "Căn cứ Luật Tổ chức chính quyền địa phương năm 2015",
    "Xét đề nghị của Giám đốc Sở Nội vụ về việc thành lập",
    "Điều 1. Thành lập Ban chỉ đạo phòng cháy chữa cháy rừng",
    "gồm các ông, bà có tên trong danh sách kèm theo đây",
    "Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành",
)


def layer(texts: tuple[str, ...]) -> tuple[str, list[Line]]:
    lines, at = [], 0
    for row, text in enumerate(texts):
        box = (0.1, 0.1 + 0.05 * row, 0.9, 0.12 + 0.05 * row)
        lines.append(Line(at, at + len(text), (Word(text, at, at + len(text), box),)))
        at += len(text) + 1
    return "\n".join(texts), lines


class Reads:
    """An engine that reads given lines one after the other, with a confidence."""

    name, version = "given", "1"

    def __init__(self, texts: tuple[str, ...], confidence: float) -> None:
        self.texts, self.confidence = iter(texts), confidence

    def read(self, grey: np.ndarray, **_: object) -> list[OcrWord]:
        return [OcrWord(w, 0, 0, 9, 9, self.confidence, 1) for w in next(self.texts).split()]

    def upside_down(self, grey: np.ndarray) -> bool:
        return False


SLIPS = tuple(text.replace("ạ", "a", 1).replace("ố", "ô", 1) for text in PRINTED)
NOTHING = ("",) * len(PRINTED)


@pytest.mark.parametrize(("question", "picture", "confidence", "answer"), [
    ("the same words", PRINTED, 0.95, False),
    ("a slip or two of recognition", SLIPS, 0.9, False),
    ("another document", ANOTHER, 0.95, True),
    ("another document, read without certainty", ANOTHER, 0.5, False),
    ("a picture with nothing to read", NOTHING, 0.0, False),
    ("a single line that was read", (ANOTHER[0], *NOTHING[1:]), 0.95, False),
])  # fmt: skip
def test_layer_against_picture(question: str, picture: tuple[str, ...], confidence: float, answer: bool) -> None:
    text, lines = layer(PRINTED)
    grey = np.full((1000, 700), 255, np.uint8)
    assert differs(text, lines, grey, 200, Reads(picture, confidence), 9.0) is answer, question


def test_the_sample_is_of_the_whole_page() -> None:
    text, lines = layer(("1",) + PRINTED * 6 + ("- 2 -",))
    chosen = sample(text, lines)
    assert len(chosen) == SAMPLE
    assert (chosen[0], chosen[-1]) == (lines[1], lines[-2])


@pytest.mark.parametrize(("one", "other", "least", "most"), [
    ("Sở Y tế", "Sở Y tế", 1, 1), ("Sở  Y tế", "sở y  tế", 1, 1), ("Sở Y tế", "Ban Dân vận", 0, 0.4), ("", "", 1, 1),
])  # fmt: skip
def test_likeness(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(("recognised", "confidence", "answer"), [
    (PRINTED, 0.9, False), (PRINTED, 0.3, True), (PRINTED[:1], 0.9, True), ((), 0.0, True),
])  # fmt: skip
def test_a_picture_that_could_not_be_read(recognised: tuple[str, ...], confidence: float, answer: bool) -> None:
    text = " ".join(recognised)
    word = (Word(text, 0, len(text), (0, 0, 1, 1), confidence),)
    page = Page(1, text, [Line(0, len(text), word)] if recognised else [], "ocr")
    assert is_poor(page, Page(1, *layer(PRINTED), "text-layer")) is answer


def scanned(picture: tuple[str, ...], written: tuple[str, ...], spoilt: bool = False) -> bytes:
    """A page whose picture shows one text, twice, and whose unseen layer holds another."""
    sheet = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(vietnamese_font_file()), 38)
    for row, text in enumerate(picture * 2):
        draw.text((200, 300 + 90 * row), text, "black", font)
    if spoilt:
        sheet = sheet.filter(ImageFilter.GaussianBlur(14))
    pdfmetrics.registerFont(TTFont("layer", str(vietnamese_font_file())))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(sheet), 0, 0, 595, 842)
    for row, text in enumerate(written * 2):
        block = canvas.beginText(72, 842 - (300 + 90 * row + 36) * 0.36)
        block.setFont("layer", 13.7)
        block.setTextRenderMode(3)
        block.textOut(text)
        canvas.drawText(block)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


SLIPPED = (*PRINTED[:4], "Fhjk qwx zxv bnmk wtr ghj klm")
GARBAGE = tuple("".join(chr(33 + ord(c) * 7 % 90) for c in text) for text in PRINTED)


@pytest.mark.ocr
@pytest.mark.parametrize(("question", "data", "source", "text"), [
    ("both say the same", scanned(PRINTED, PRINTED), "text-layer", PRINTED[2]),
    ("the layer is another document's", scanned(PRINTED, ANOTHER), "ocr", PRINTED[2]),
    ("the layer is garbage", scanned(PRINTED, GARBAGE), "ocr", PRINTED[2]),
    ("the picture is spoilt", scanned(PRINTED, PRINTED, spoilt=True), "text-layer", PRINTED[2]),
    ("the picture is spoilt and the layer has slips", scanned(PRINTED, SLIPPED, spoilt=True), "text-layer", PRINTED[2]),
])  # fmt: skip
def test_the_better_source_wins(question: str, data: bytes, source: str, text: str) -> None:
    (page,) = read_bytes(data, Path("a.pdf"), ReadOptions(cache=False)).pages
    assert page.source == source, (question, page.notes)
    assert text in " ".join(page.text.split())

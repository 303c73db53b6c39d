"""Is a received stamp told by its frame and its words, and what stands on its lines given to the page?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read.form_line import form_line_reader
from pipeline.read.framed_stamp import FramedStamp, framed_stamps, put_stamps, with_stamp_words
from pipeline.read.model import Line, Page, PenReading, Word
from pipeline.read.ocr import OcrWord
from pipeline.read.prepare import prepare

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
LEFT, TOP, WIDE, TALL = 120, 420, 420, 150


def page_with(lines: list[tuple[int, str, int]], turn: float = 0.0) -> np.ndarray:
    """A white page with a frame and lines (distance from the frame's top, text, size of type) inside."""
    sheet = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((LEFT, TOP, LEFT + WIDE, TOP + TALL), outline=(40, 40, 40), width=4)
    for down, text, size in lines:
        draw.text((LEFT + 18, TOP + down), text, font=ImageFont.truetype(FONT, size), fill=(30, 30, 30))
    if turn:
        sheet = sheet.rotate(-turn, resample=Image.Resampling.BICUBIC, center=(LEFT, TOP), fillcolor="white")
    return np.asarray(sheet)


STAMP = [(8, "SỞ NỘI VỤ", 30), (50, "CÔNG VĂN ĐẾN", 34), (104, "Số: 312  ngày 14 tháng 4 năm 2021", 26)]


def stamps_of(rgb: np.ndarray) -> list[FramedStamp]:
    reader = form_line_reader()
    assert reader is not None
    return framed_stamps(prepare(rgb), reader)


@pytest.mark.parametrize("turn", [0.0, 2.5, -3.0])
def test_a_stamps_line_is_read(turn: float) -> None:
    (stamp,) = stamps_of(page_with(STAMP, turn))
    (row,) = stamp.rows
    assert [word.text for word in row.words] == ["Số", "ngày", "tháng", "năm"]
    assert {r.slot: r.text for r in row.readings} == {"received": "312", "day": "14", "month": "4", "year": "21"}
    boxes = {r.slot: r.box for r in row.readings}
    assert boxes["received"][0] < boxes["day"][0] < boxes["month"][0] < boxes["year"][0]
    left, top, right, bottom = stamp.box
    assert all(left < b[0] and b[2] < right + 0.03 and top < b[1] and b[3] < bottom + 0.02 for b in boxes.values())


NO_STAMPS = [
    ("a document's own number in a frame", [(20, "SỞ NỘI VỤ", 30), (80, "Số: 312/QĐ-UBND", 30)]),
    ("a box of other words", [(20, "PHIẾU TRÌNH", 30), (80, "Kính gửi: Ban Giám đốc", 28)]),
    ("an empty box", []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "lines"), NO_STAMPS, ids=[row[0] for row in NO_STAMPS])
def test_what_is_no_stamp(why: str, lines: list[tuple[int, str, int]]) -> None:
    assert stamps_of(page_with(lines)) == [], why


def test_the_engines_own_words_of_a_line_stay_and_broken_ones_give_way() -> None:
    stamps = stamps_of(page_with(STAMP))
    left, top, _, bottom = stamps[0].rows[0].words[0].box

    def line(*texts: str) -> list[OcrWord]:
        return [OcrWord(t, left + 60 * k, top, left + 60 * k + 50, bottom, 0.6, 7) for k, t in enumerate(texts)]

    elsewhere = OcrWord("Kính", 900, 900, 960, 930, 0.9, 1)
    whole = [elsewhere, *line("Số:", "ngày", "tháng", "năm")]
    assert with_stamp_words(whole, stamps) == whole
    told = [w.text for w in with_stamp_words([elsewhere, *line("S6:.", "nqay")], stamps)]
    assert told == ["Kính", "Số", "ngày", "tháng", "năm"]


JOINED = [
    ("both alike: a second word", ("312", 0.7), "312", True),
    ("nothing there before", None, "312", False),
    ("the other is likelier, and both are doubtful then", ("372", 0.95), "372", False),
]


@pytest.mark.parametrize(("why", "before", "text", "seconded"), JOINED, ids=[row[0] for row in JOINED])
def test_readings_of_the_same_gap(why: str, before: tuple[str, float] | None, text: str, seconded: bool) -> None:
    rgb = page_with(STAMP)
    stamps = stamps_of(rgb)
    prepared = prepare(rgb)
    said = "Số ngày tháng năm"
    box = stamps[0].box
    row = prepared.to_page(*stamps[0].rows[0].words[0].box)
    line = Line(0, len(said), (Word(said, 0, len(said), (box[0] + 0.01, row[1], box[2] - 0.01, row[3]), 0.9),))
    page = Page(1, said, [line], "ocr")
    page.pen = [PenReading("received", 0, len(said), box, *before)] if before else []
    put_stamps(page, prepared, stamps)
    (reading,) = [r for r in page.pen if r.slot == "received"]
    assert (reading.text, reading.seconded) == (text, seconded)
    assert page.stamps == [box]
    if before and before[0] != text:
        assert reading.probability <= 0.5


BY_COLOUR = [
    ("the gap among the print seemed empty", "", 0.9),
    ("the gap among the print says another, without being sure", "17", 0.4),
    ("both are sure of another: neither is believed", "17", 0.7),
]


@pytest.mark.parametrize(("why", "text", "probability"), BY_COLOUR, ids=[row[0] for row in BY_COLOUR])
def test_the_pen_told_by_its_colour_beside_the_gap_among_the_print(why: str, text: str, probability: float) -> None:
    rgb = page_with(STAMP)
    prepared = prepare(rgb)
    (stamp,) = stamps_of(rgb)
    (row,) = stamp.rows
    pen = PenReading("day", 0, 0, stamp.box, "14", 0.97, (), True)
    said, box = "Số ngày tháng năm", stamp.box
    where = prepared.to_page(*row.words[0].box)
    line = Line(0, len(said), (Word(said, 0, len(said), (box[0] + 0.01, where[1], box[2] - 0.01, where[3]), 0.9),))
    page = Page(1, said, [line], "ocr")
    page.pen = [PenReading("day", 0, len(said), box, text, probability)]
    put_stamps(page, prepared, [replace(stamp, rows=(replace(row, readings=(pen,)),))])
    (reading,) = page.pen
    assert (reading.text, reading.probability) == ("14", 0.97 if probability < 0.5 or not text else 0.5), why

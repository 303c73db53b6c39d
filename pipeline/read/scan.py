"""A page picture → a Page, by preparation and OCR."""

from __future__ import annotations

import re
from itertools import pairwise

import cv2
import numpy as np

from pipeline.errors import OcrFailed, PageTimeout
from pipeline.lexicon.fold import strip_marks
from pipeline.read.addresses import addresses_again
from pipeline.read.broken_words import mend_broken
from pipeline.read.columns import Band
from pipeline.read.compose import RawWord, compose
from pipeline.read.digit_doubts import with_doubts
from pipeline.read.first_look import is_blank, orientation
from pipeline.read.form_line import form_line_reader
from pipeline.read.framed_stamp import framed_stamps, put_stamps, with_stamp_words
from pipeline.read.model import Box, Page, Raster, ReadOptions, overlap
from pipeline.read.neighbour_words import with_neighbours
from pipeline.read.ocr import Engine, OcrWord, cache_folder
from pipeline.read.ocr.line_network import line_network
from pipeline.read.passes import read_columns, read_red_layer, read_whole, red_letters, second_readings
from pipeline.read.prepare import Prepared, prepare
from pipeline.read.second_reader import look_again
from pipeline.read.signature_pass import read_signature
from pipeline.read.slots import read_pen
from pipeline.read.stamp_pass import read_stamp
from pipeline.read.whole_lines import lost_words, whole_lines, with_opinions

# Marks that an engine makes of specks, rules and pen strokes.
_NOISE = re.compile(r"[\W_]*")
_DATE_ANCHORS = re.compile(r"nga.?y\W{0,3}\w{0,3}.{0,3}tha?ng")
_KEPT_MARKS = re.compile(r"[-–—+*•.,;:/()“”\"'%…]+|\./\.?")


def turn(rgb: np.ndarray, degrees: int) -> np.ndarray:
    """Turn a picture clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(rgb, k=-(degrees // 90) % 4))


def read_picture(raster: Raster, number: int, engine: Engine, options: ReadOptions, path: object = None) -> Page:
    """Read one page picture.

    The page keeps the size of the upright picture in points, that of the photo when the sheet was cut out of one.
    Raises OcrFailed or PageTimeout; a blank page is no error but a Page without text and ``blank`` set.
    """
    rgb = raster.rgb
    points = 72.0 / raster.dpi
    if is_blank(rgb):
        size = raster.sheet.size if raster.sheet else (rgb.shape[1] * points, rgb.shape[0] * points)
        return Page(number, "", [], "ocr", size, blank=True, sheet=raster.sheet)
    dpi = round(raster.dpi)
    rotation = orientation(rgb)
    rgb = turn(rgb, rotation)
    try:
        prepared = prepare(rgb)
        words = read_whole(prepared, engine, dpi, options.page_timeout)
        if _sideways(words):
            # The profile was misled, by streaks or by a skew that blurs it.
            rotation = 90 - rotation
            rgb = turn(raster.rgb, rotation)
            prepared = prepare(rgb)
            words = read_whole(prepared, engine, dpi, options.page_timeout)
        if _doubtful(words) and engine.upside_down(prepared.grey):
            rotation = (rotation + 180) % 360
            prepared = prepare(turn(rgb, 180))
            words = read_whole(prepared, engine, dpi, options.page_timeout)
        words, columns = read_columns(prepared, words, engine, dpi, options.page_timeout)
        if columns:
            prepared.steps.append("columns")
        layer = red_letters(prepared)
        if red := read_red_layer(layer, words, engine, dpi, options.page_timeout):
            prepared.steps.append("red-letters")
            words = words + red
        stamped = read_stamp(prepared, layer, words, engine, dpi, options.page_timeout)
        if stamped is not words:
            words = stamped
            prepared.steps.append("received-stamp")
        mended = mend_broken(words, prepared.grey, engine, dpi, options.page_timeout)
        if mended != words:
            words = mended
            prepared.steps.append("broken-words")
        network = line_network(cache_folder() if options.cache else None)
        signed = read_signature(prepared, layer, words, engine, dpi, options.page_timeout, network)
        if signed is not words:
            words = signed
            prepared.steps.append("signature")
        looked = look_again(words, prepared.grey, network)
        if looked != words:
            words = looked
            prepared.steps.append("second-reader")
        words = with_neighbours(words, prepared.grey, network)
        words = with_doubts(words, prepared.grey, network)
        reader = form_line_reader()
        stamps = framed_stamps(prepared, reader) if reader else []
        if stamps:
            words = with_stamp_words(words, stamps)
            prepared.steps.append("framed-stamp")
        words = without_doubles(words)
        page = _page(words, columns, prepared, number, points, rotation)
        lines = list(whole_lines(page, prepared, reader)) if reader else []
        if reader and (lost := lost_words(page, prepared, lines, words)):
            prepared.steps.append("lost-words")
            page = _page([*words, *lost], columns, prepared, number, points, rotation)
            lines = list(whole_lines(page, prepared, reader))
        page.rereads = second_readings(page, prepared, layer, engine, dpi, options.page_timeout)
        page.rereads += addresses_again(page, prepared, engine, dpi, options.page_timeout, network)
        page.pen = with_opinions(read_pen(page, prepared, network), lines, prepared)
        put_stamps(page, prepared, stamps)
        if raster.sheet:
            page.sheet = raster.sheet.turned(rotation)
            page.size = page.sheet.size
            page.notes.insert(0, "perspective")
    except TimeoutError as error:
        raise PageTimeout(str(path or ""), page=number, seconds=int(options.page_timeout)) from error
    except (RuntimeError, cv2.error, ValueError) as error:
        raise OcrFailed(str(path or ""), page=number, reason=str(error)[:200]) from error
    return page


def _page(
    words: list[OcrWord], bands: list[Band], prepared: Prepared, number: int, points: float, rotation: int
) -> Page:
    height, width = prepared.upright.shape[:2]
    raw = [
        RawWord(
            tidy(w.text), prepared.to_page(w.left, w.top, w.right, w.bottom), round(w.confidence, 4),
            False, w.line, *_band_of(w, bands), w.red,
        )
        for w in words
    ]  # fmt: skip
    kept: list[RawWord] = []
    noise: list[RawWord] = []
    for word in raw:
        (noise if _is_noise(word, prepared) else kept).append(word)
    # A word too doubtful to keep still stood there: its gap does not part the line.
    unread = [w.box for w in noise if len(w.text) > 1 and any(c.isalpha() for c in w.text)]
    text, lines = compose(kept, height / width, [i.box for i in prepared.ink if i.kind == "pen"] + unread)
    page = Page(number, text, lines, "ocr", (width * points, height * points), rotation, prepared.ink)
    page.blank = not text.strip()
    page.notes = list(prepared.steps)
    return page


DOUBLED = 0.5  # share of a word's box inside the next word's


def without_doubles(words: list[OcrWord]) -> list[OcrWord]:
    """The words without those that the engine read twice over the same ink.

    "ủ ủy" over one "ủy", the first inside the second's box; "ý ý" where the second is the mark of the first.
    """
    twice: set[int] = set()
    for first, second in pairwise(sorted(words, key=lambda w: (w.line, w.left))):
        begins = second.text.lower().startswith(first.text.lower()) and first.text.isalpha()
        boxes = [(w.left, w.top, w.right, w.bottom) for w in (first, second)]
        if first.line == second.line and begins and overlap(*boxes) > DOUBLED:
            twice.add(id(first))
        elif first.line == second.line and begins and _is_mark_of(second, first):
            twice.add(id(second))
    return [w for w in words if id(w) not in twice]


def _is_mark_of(mark: OcrWord, word: OcrWord) -> bool:
    """The same letters as the word's, over the word and less than half as high."""
    over = word.left <= mark.left and mark.right <= word.right and mark.top < word.top
    return over and mark.text.lower() == word.text.lower() and mark.bottom - mark.top < (word.bottom - word.top) / 2


# Signs that stand for one printed mark: a fraction slash, a hyphen with the smear beside it.
_SMEARS = (
    (re.compile("[\u2044\u2215]"), "/"),
    (re.compile(r"(?<=\w)[~¬]-|-[~¬](?=\w)"), "-"),
    # A worn dash before an item of a list.
    (re.compile(r"[~¬]|(?=.*-)[-_~¬]{2,3}"), "-"),
)


def tidy(text: str) -> str:
    """Recognised text with the engine's odd signs for plain marks replaced; letters and digits stay as read."""
    for pattern, mark in _SMEARS:
        text = pattern.sub(mark, text)
    return text


def _band_of(word: OcrWord, bands: list[Band]) -> tuple[int, int]:
    """Number of the band that holds the word (0 for none) and its column there."""
    middle = (word.top + word.bottom) / 2
    for number, band in enumerate(bands, 1):
        if band.top <= middle < band.bottom:
            return number, 1 if (word.left + word.right) / 2 < band.gutter else 2
    return 0, 0


def _sideways(words: list[OcrWord]) -> bool:
    """The engine turned the page itself: its words stand higher than they are wide, and so do their boxes."""
    long = [w for w in words if len(w.text) >= 4 and w.confidence > 0.5]
    return len(long) >= 10 and sum(w.bottom - w.top > w.right - w.left for w in long) > 0.6 * len(long)


def _doubtful(words: list[OcrWord]) -> bool:
    letters = sum(len(w.text) for w in words)
    return letters < 20 or sum(len(w.text) * w.confidence for w in words) / letters < 0.55


def _is_noise(word: RawWord, prepared: Prepared) -> bool:
    confidence = word.confidence if word.confidence is not None else 1.0
    if _NOISE.fullmatch(word.text):
        return confidence < 0.35 or not _KEPT_MARKS.fullmatch(word.text)
    height = word.box[3] - word.box[1]
    # "ngày05tháng": print with a pen between is read with no confidence, and is the anchor of what the pen wrote.
    if _DATE_ANCHORS.search(strip_marks(word.text.lower())) and height < 0.03:
        return False
    # A "word" several lines high is a signature, a stamp's rim or a fold.
    if height > 0.045 and len(word.text) <= 4:
        return True
    # Slices of a line cut by the edge of a region.
    if height < 0.0042 and confidence < 0.7 and len(word.text) > 1:
        return True
    if confidence < 0.4 and _covered(word.box, prepared):
        return True
    return confidence < 0.08


def _covered(box: Box, prepared: Prepared) -> bool:
    return any(overlap(box, ink.box) > 0.6 for ink in prepared.ink)

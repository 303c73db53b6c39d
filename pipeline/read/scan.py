"""A page picture → a Page, by preparation and OCR."""

from __future__ import annotations

import re
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.errors import OcrFailed, PageTimeout
from pipeline.read.compose import RawWord, compose
from pipeline.read.model import Box, Page, Raster, ReadOptions, Reread, overlap
from pipeline.read.ocr import Engine, OcrWord
from pipeline.read.prepare import Prepared, is_blank, orientation, prepare

# Marks that an engine makes of specks, rules and pen strokes.
_NOISE = re.compile(r"[\W_]*")
_KEPT_MARKS = re.compile(r"[-–—+*•.,;:/()“”\"'%…]+|\./\.?")


@dataclass(slots=True)
class ScannedPage:
    page: Page
    prepared: Prepared


def turn(rgb: np.ndarray, degrees: int) -> np.ndarray:
    """Turn a picture clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(rgb, k=-(degrees // 90) % 4))


def read_picture(raster: Raster, number: int, engine: Engine, options: ReadOptions, path: object = None) -> Page:
    """Read one page picture.

    The page keeps the size of the upright picture in points.  Raises OcrFailed or PageTimeout; a blank page is no
    error but a Page without text and ``blank`` set.
    """
    rgb = raster.rgb
    points = 72.0 / raster.dpi
    if is_blank(rgb):
        return Page(number, "", [], "ocr", (rgb.shape[1] * points, rgb.shape[0] * points), blank=True)
    rotation = orientation(rgb)
    rgb = turn(rgb, rotation)
    try:
        prepared = prepare(rgb)
        words = _read_whole(prepared, engine, round(raster.dpi), options)
        if _doubtful(words) and engine.upside_down(prepared.grey):
            rotation = (rotation + 180) % 360
            prepared = prepare(turn(rgb, 180))
            words = _read_whole(prepared, engine, round(raster.dpi), options)
    except TimeoutError as error:
        raise PageTimeout(str(path or ""), page=number, seconds=int(options.page_timeout)) from error
    except (RuntimeError, cv2.error, ValueError) as error:
        raise OcrFailed(str(path or ""), page=number, reason=str(error)[:200]) from error
    height, width = prepared.upright.shape[:2]
    raw = [
        RawWord(w.text, prepared.to_page(w.left, w.top, w.right, w.bottom), round(w.confidence, 4), line=w.line)
        for w in words
    ]
    raw = [w for w in raw if not _is_noise(w, prepared)]
    text, lines = compose(raw, height / width, [i.box for i in prepared.ink if i.kind == "pen"])
    page = Page(number, text, lines, "ocr", (width * points, height * points), rotation, prepared.ink)
    page.rereads = _second_readings(page, prepared, engine, round(raster.dpi), options)
    page.blank = not text.strip()
    page.notes = list(prepared.steps)
    return page


def _read_whole(prepared: Prepared, engine: Engine, dpi: int, options: ReadOptions) -> list[OcrWord]:
    return engine.read(prepared.grey, dpi=dpi, mode=3, timeout=options.page_timeout)


# Lines whose digits must be certain: the number line, the date line, the lines of a received stamp.
_NUMBER_OR_DATE = re.compile(r"^\W{0,3}[Ss][ốôổồóoỐÔỔỒÓO0]\W{0,4}\s*\S|/\s*[A-ZĐÐ]{2,}|ng[aàáảãạ]y.*th[aáàảãạ]ng|^\W*ng[aàáảãạ]y\W")
_HEADER_DEPTH = 0.42


def _second_readings(page: Page, prepared: Prepared, engine: Engine, dpi: int, options: ReadOptions) -> list[Reread]:
    """Read number and date lines of a page's head again, as single lines at a higher scale."""
    rereads = []
    for line in page.lines:
        text = page.text[line.start : line.end]
        box = line.box
        if box is None or box[1] > _HEADER_DEPTH or len(text) > 75 or not re.search(r"\d", text):
            continue
        if not _NUMBER_OR_DATE.search(text):
            continue
        left, top, right, bottom = prepared.from_page(box)
        pad = max(6, (bottom - top) // 3)
        crop = prepared.grey[max(0, top - pad) : bottom + pad, max(0, left - pad) : right + pad]
        texts = []
        for scale in (1.6,):
            larger = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
            larger = cv2.copyMakeBorder(larger, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
            words = engine.read(larger, dpi=round(dpi * scale), mode=7, timeout=options.page_timeout)
            texts.append(" ".join(w.text for w in words))
        rereads.append(Reread(line.start, line.end, tuple(texts)))
    return rereads


def _doubtful(words: list[OcrWord]) -> bool:
    letters = sum(len(w.text) for w in words)
    return letters < 20 or sum(len(w.text) * w.confidence for w in words) / letters < 0.55


def _is_noise(word: RawWord, prepared: Prepared) -> bool:
    confidence = word.confidence if word.confidence is not None else 1.0
    if _NOISE.fullmatch(word.text):
        return confidence < 0.35 or not _KEPT_MARKS.fullmatch(word.text)
    height = word.box[3] - word.box[1]
    # A "word" several lines high is a signature, a stamp's rim or a fold.
    if height > 0.045 and len(word.text) <= 4:
        return True
    if confidence < 0.4 and _covered(word.box, prepared):
        return True
    return confidence < 0.08


def _covered(box: Box, prepared: Prepared) -> bool:
    return any(overlap(box, ink.box) > 0.6 for ink in prepared.ink)

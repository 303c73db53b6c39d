"""Words that a page with a text layer shows only as pictures: a signature's name, a pasted stamp."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import cv2

from pipeline.errors import CongvanError
from pipeline.language.names import clean_person_name, is_person_name
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.read.compose import RawWord
from pipeline.read.model import ReadOptions, overlap
from pipeline.read.name_readings import settled_name
from pipeline.read.ocr import Engine, OcrWord
from pipeline.read.pdf import PdfFile
from pipeline.read.prepare import Prepared, prepare
from pipeline.read.regions import Area, read_part

DPI = 300  # names in pasted signatures are small
LEAST = 0.6  # confidence of a word worth keeping


def words_in_pictures(
    pdf: PdfFile, number: int, words: list[RawWord], engine: Callable[[], Engine], options: ReadOptions
) -> list[RawWord]:
    """Words inside the pictures and form fields of a page, where its text layer has none.

    Without Tesseract the text layer alone is given: it is enough for everything that is text.  The block that a viewer
    draws for a digital signature is left out: its certificate says the same.
    """
    overlays = pdf.overlays(number)
    if not overlays:
        return []
    try:
        prepared = prepare(pdf.render(number, DPI, forms=True).rgb)
        reader = engine()
        found: list[RawWord] = []
        for box in overlays:
            area = prepared.from_page(box)
            read = _read(prepared, area, reader, 1.0, 6, options.page_timeout)
            if not read:
                continue
            # Beside a viewer's block of several lines a name is only found as sparse text.
            sparse = _read(prepared, area, reader, 1.0, 11, options.page_timeout)
            names = _names(prepared, sparse, reader, options.page_timeout)
            kept = names if _is_signature_block(read) else names + [w for w in read if not _among(w, names)]
            found += [_raw(prepared, word) for word in kept]
    except (CongvanError, TimeoutError, RuntimeError, cv2.error):
        return []
    return [
        word for word in found
        if (word.confidence or 0) >= LEAST and any(c.isalnum() for c in word.text)
        and not any(overlap(word.box, other.box) > 0.2 or overlap(other.box, word.box) > 0.2 for other in words)
    ]  # fmt: skip


def _read(prepared: Prepared, area: Area, engine: Engine, scale: float, mode: int, timeout: float) -> list[OcrWord]:
    left, top, right, bottom = area
    crop = prepared.grey[top:bottom, left:right]
    if crop.size == 0 or min(crop.shape) < 12 or crop.min() > 150:
        return []
    return read_part(crop, left, top, engine, dpi=DPI, scale=scale, mode=mode, timeout=timeout)


def _names(prepared: Prepared, words: list[OcrWord], engine: Engine, timeout: float) -> list[OcrWord]:
    """Words of the personal names among ``words``, each name read again at other scales until readings settle it."""
    found: list[OcrWord] = []
    for row in _segments(words):
        text = " ".join(w.text for w in row)
        if is_person_name(text) < 0.8:
            continue
        tall = max(w.bottom - w.top for w in row)
        area = (
            max(0, row[0].left - tall), max(0, min(w.top for w in row) - tall // 3),
            min(prepared.grey.shape[1], row[-1].right + tall), max(w.bottom for w in row) + tall // 3,
        )  # fmt: skip
        readings = [(text, min(w.confidence for w in row))]
        for scale, mode in ((0.75, 7), (1.5, 7)):
            again = _read(prepared, area, engine, scale, mode, timeout)
            if again:
                readings.append((" ".join(w.text for w in again), min(w.confidence for w in again)))
        settled = settled_name(readings)
        if settled and settled[0] == clean_person_name(text):
            found += [replace(w, confidence=settled[1]) for w in row]
    return found


def _segments(words: list[OcrWord]) -> list[list[OcrWord]]:
    """Words of one engine line that stand together: a viewer's block stands right beside a name."""
    rows: list[list[OcrWord]] = []
    for word in sorted((w for w in words if any(c.isalnum() for c in w.text)), key=lambda w: (w.line, w.left)):
        last = rows[-1][-1] if rows else None
        if last and last.line == word.line and word.left - last.right < 1.2 * (last.bottom - last.top):
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _among(word: OcrWord, names: list[OcrWord]) -> bool:
    """The word stands where a name was read."""
    middle = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return any(w.left <= middle[0] <= w.right and w.top <= middle[1] <= w.bottom for w in names)


def _raw(prepared: Prepared, word: OcrWord) -> RawWord:
    return RawWord(word.text, prepared.to_page(word.left, word.top, word.right, word.bottom), round(word.confidence, 4))


def _is_signature_block(words: list[OcrWord]) -> bool:
    """ "Ký bởi: …", "Thời gian ký: 18.06.2019 11:02:24 +07:00"."""
    text = key_of(" ".join(w.text for w in words))
    said = cue_pattern("closing.signature_block", marks=False).search(text)
    return bool(said) or bool(re.search(r"\d{1,2}:\d{2}:\d{2}\s*[+-]\s*0?7", text))

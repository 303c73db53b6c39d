"""Fifth pass: the received stamp ("CÔNG VĂN ĐẾN": Số, Ngày, Chuyển) again, enlarged.

Its letters are half as high as those of the text, stand on dotted leaders inside a frame, and are filled in by hand or
by a dater.  The stamp is read from its own ink at two scales; the reading that holds more of a stamp's words stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

import cv2
import numpy as np

from pipeline.lexicon.cues import cues, key_of
from pipeline.read.model import Image
from pipeline.read.ocr import Engine, OcrWord
from pipeline.read.prepare import Prepared
from pipeline.read.regions import Area, inside, read_part

SCALES = (2.0, 3.0)
REACH = 0.17  # half the width of a stamp (50 mm and its tilt), of the page's width
DEPTH = 0.085  # from the title to the lowest line, of the page's height
LOWEST = 0.6  # stamps stand in the upper part of a page
_LINE_NUMBERS = 4_000_000
_WORDS = re.compile(r"^\W*(so|ngay|gio|[tk]?hang|nam|chuyen|ho so)(?:\b|\d)")
_YEAR = re.compile(r"\b20\d\d\b")


def read_stamp(
    prepared: Prepared, layer: Image | None, words: list[OcrWord], engine: Engine, dpi: int, timeout: float
) -> list[OcrWord]:
    """``words`` with those below a stamp's title replaced where a larger picture shows more of it."""
    title = _title(words, prepared.grey.shape)
    if title is None:
        return words
    red = all(w.red for w in title)
    picture = np.asarray(255 - layer, dtype=np.uint8) if red and layer is not None else prepared.grey
    area = _area(title, prepared.with_rules, red)
    old = [w for w in words if inside(w, area) and w.red == red]
    best = _told(old)
    chosen: list[OcrWord] | None = None
    readings = [_read(picture, area, scale, engine, dpi, timeout, red) for scale in SCALES]
    for reading in readings:
        # As many words read with more confidence are better as well: "Số 731" over "Số 741".
        if _told(reading) >= best:
            best, chosen = _told(reading), reading
    if chosen is None:
        return words
    base = max((w.line for w in words), default=0) + _LINE_NUMBERS
    kept = _stamp_lines(chosen)
    if not kept:
        return words
    other = readings[1 - readings.index(chosen)]
    placed = [replace(w, line=base + w.line % 1_000_000, confidence=_agreed(w, other)) for w in kept]
    return [w for w in words if not any(w is o for o in old)] + placed


def _title(words: list[OcrWord], shape: tuple[int, ...]) -> list[OcrWord] | None:
    """Words of the stamp's title: "ĐẾN", "CÔNG VĂN ĐẾN"."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        if word.top < LOWEST * shape[0]:
            lines.setdefault(word.line, []).append(word)
    titles = {key_of(cue) for cue in cues("header.received")}
    for line in lines.values():
        for told in _segments([w for w in line if any(c.isalpha() for c in w.text)]):
            text = " ".join(w.text for w in told)
            key = re.sub(r"\s+", " ", re.sub(r"[^a-z ]", "", key_of(text))).strip()
            capitals = sum(c.isupper() for c in text) >= 0.6 * sum(c.isalpha() for c in text)
            if capitals and (key in titles or key.endswith("van den")):
                return told
    return None


def _segments(row: list[OcrWord]) -> list[list[OcrWord]]:
    """Words that stand together: the first pass reads a stamp and the text beside it as one line."""
    parts: list[list[OcrWord]] = []
    for word in sorted(row, key=lambda w: w.left):
        if parts and word.left - parts[-1][-1].right < word.bottom - word.top:
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def _area(title: list[OcrWord], ruled: Image, red: bool) -> Area:
    """Pixel rectangle under the title: as wide as the stamp's frame where one is found beside it."""
    height, width = ruled.shape
    left, right = min(w.left for w in title), max(w.right for w in title)
    bottom = max(w.bottom for w in title)
    tall = bottom - min(w.top for w in title)
    centre = (left + right) / 2
    x0, x1 = max(0, round(centre - REACH * width)), min(width, round(centre + REACH * width))
    y0, y1 = bottom - round(0.1 * tall), min(height, bottom + round(DEPTH * height))
    if not red:
        # A black stamp shares its ink with the text beside it: its frame or the page's white parts them.
        dark = (ruled[y0:y1, x0:x1] < int(np.percentile(ruled[::8, ::8], 80)) - 60).astype(np.uint8)
        columns = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(8, 2 * tall // 3), 1), np.uint8)).sum(axis=0)
        upright = np.flatnonzero(columns > 0.5 * tall) + x0
        before, after = upright[upright < left - 2], upright[upright > right + 2]
        x0 = int(before.max()) + 4 if len(before) else max(x0, round(left - 2.2 * tall))
        x1 = int(after.min()) - 3 if len(after) else min(x1, round(right + 2.2 * tall))
        rows = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, max(20, 3 * tall)), np.uint8)).sum(axis=1)
        across = np.flatnonzero(rows > 1.5 * (right - left))
        across = across[across > 0.8 * tall]
        y1 = y0 + int(across.min()) if len(across) else min(y1, bottom + round(2.2 * tall))
    return x0, y0, x1, y1


def _read(
    picture: Image, area: Area, scale: float, engine: Engine, dpi: int, timeout: float, red: bool
) -> list[OcrWord]:
    left, top, right, bottom = area
    crop = picture[top:bottom, left:right]
    if min(crop.shape) < 10:
        return []
    words = read_part(crop, left, top, engine, dpi=dpi, scale=scale, mode=6, timeout=timeout)
    return [replace(w, red=red) for w in words]


def _told(words: list[OcrWord]) -> float:
    """How much of a stamp a reading holds: its printed words and years, each once, weighed by their confidence."""
    best: dict[str, float] = {}
    for word in words:
        match = _WORDS.match(key_of(word.text))
        kind = match.group(1)[-3:] if match else "year" if _YEAR.search(word.text) else None
        if kind:
            whole = 1.0 if kind != "ang" or key_of(word.text).startswith("thang") else 0.4
            best[kind] = max(best.get(kind, 0.0), whole * (0.3 + word.confidence))
    return sum(best.values())


def _stamp_lines(words: list[OcrWord]) -> list[OcrWord]:
    """Words of the lines that hold a stamp's word; without the dots of the leaders."""
    held = {w.line for w in words if _WORDS.match(key_of(w.text)) and w.confidence > 0.5}
    return [w for w in words if w.line in held and any(c.isalnum() for c in w.text)]


def _agreed(word: OcrWord, other: list[OcrWord]) -> float:
    """Confidence of a word given the other scale's: digits that were read differently are in doubt."""
    middle = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    twin = next((w for w in other if w.left <= middle[0] <= w.right and w.top <= middle[1] <= w.bottom), None)
    digits = re.sub(r"\D", "", word.text)
    if not digits or twin is None:
        return word.confidence
    if re.sub(r"\D", "", twin.text) == digits:
        return max(word.confidence, min(0.95, 1 - (1 - word.confidence) * (1 - twin.confidence)))
    return min(word.confidence, 0.5)

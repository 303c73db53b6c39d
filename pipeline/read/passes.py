"""The reading passes over a prepared page: the whole page, its two-column bands, its red layer, single lines again.

Each pass yields words in pixels of the prepared picture; a later pass replaces the words of an earlier one only where
it read more with more confidence.
"""

from __future__ import annotations

import re
from dataclasses import replace

import cv2
import numpy as np

from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.read.columns import Band, two_column_bands
from pipeline.read.model import Image, Page, Reread
from pipeline.read.ocr import Engine, OcrWord
from pipeline.read.prepare import Prepared, red_excess, remove_rules
from pipeline.read.red_marks import seconded_mark, without_sides
from pipeline.read.regions import read_part
from pipeline.read.seals import blank_seals

COLUMN_SCALE = 1.5  # small type (recipients are 11 pt) is read better enlarged; measured on the scans
LINE_SCALE = 1.6
BORDER = 14  # white rows that the engine wants above the first line of a crop
HEADER_DEPTH = 0.42  # lines above this share of the page are headers or stamps
RED_LETTERS = (9, 75)  # height in pixels at 200 dpi of letters of a name stamp or a received stamp
SURE_RED = 0.55

# Lines whose digits must be certain: the number line, the date line, the lines of a received stamp.
_NUMBER = re.compile(r"^\W{0,3}[Ss][ốôổồỗộóòõỏọoỐÔỔỒÓÒÕO0]\W{0,4}\s*\S|/\s*[A-ZĐÐ]{2,}")
_DATE = re.compile(r"ng[aàáảãạ]y.*th[aáàảãạ]ng|^\W*ng[aàáảãạ]y\W", re.IGNORECASE)


def read_whole(prepared: Prepared, engine: Engine, dpi: int, timeout: float) -> list[OcrWord]:
    """First pass: automatic page segmentation, which keeps marks better than one uniform block does."""
    return engine.read(prepared.grey, dpi=dpi, mode=3, timeout=timeout)


def read_columns(
    prepared: Prepared, words: list[OcrWord], engine: Engine, dpi: int, timeout: float
) -> tuple[list[OcrWord], list[Band]]:
    """Second pass: the two columns of header and closing, each alone.  Returns the words and the bands replaced."""
    replaced: list[Band] = []
    for band in two_column_bands(prepared.grey):
        band = fit_band(band, words, prepared.grey.shape[1])
        inside = [w for w in words if band.top <= (w.top + w.bottom) / 2 < band.bottom]
        if not _is_known_band(inside, band, prepared.grey.shape[0]):
            continue
        left = _read_region(prepared.grey, 0, band.top, band.gutter, band.bottom, engine, dpi, 4, timeout)
        right = _read_region(
            prepared.grey, band.gutter, band.top, prepared.grey.shape[1], band.bottom, engine, dpi, 4, timeout
        )
        if band.top > 0.2 * prepared.grey.shape[0]:
            # Beside the recipients stands the signature, whose strokes mislead now this mode, now that.
            other = _read_region(
                prepared.grey, band.gutter, band.top, prepared.grey.shape[1], band.bottom, engine, dpi, 6, timeout
            )
            right = max(right, other, key=_sure_weight)
        columns = left + right
        columns = _better_lines(_apart(columns, words), inside, band.gutter)
        if columns and _weight(columns) > 0.93 * _weight(inside):
            words = [w for w in words if w not in inside] + columns
            replaced.append(band)
    return words, replaced


def fit_band(band: Band, words: list[OcrWord], width: int) -> Band:
    """Draw the band's edges in, so that no line is cut through and no line of running text lies inside."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        if any(c.isalnum() for c in word.text):
            lines.setdefault(word.line, []).append(word)
    top, bottom = band.top, band.bottom
    middle = (top + bottom) / 2
    for line in sorted(lines.values(), key=lambda row: min(w.top for w in row)):
        a, b = min(w.top for w in line), max(w.bottom for w in line)
        if b <= top or a >= bottom:
            continue
        if _runs_through(line, band.gutter, width):
            if (a + b) / 2 < middle:
                top = max(top, b + 1)
            else:
                bottom = min(bottom, a - 1)
        elif a < top < b - 2 and top - a > 0.3 * (b - a):
            top = b + 1
        elif a + 2 < bottom < b:
            bottom = a - 1
    return Band(top, max(top, bottom), band.gutter)


def _runs_through(line: list[OcrWord], gutter: int, width: int) -> bool:
    """A full line of text whose gap at the gutter is a mere word space."""
    left = max((w.right for w in line if (w.left + w.right) / 2 < gutter), default=None)
    right = min((w.left for w in line if (w.left + w.right) / 2 >= gutter), default=None)
    if left is None or right is None:
        return False
    height = sorted(w.bottom - w.top for w in line)[len(line) // 2]
    span = max(w.right for w in line) - min(w.left for w in line)
    return span > 0.66 * width and right - left < 1.3 * height and len(line) >= 6


def _is_known_band(words: list[OcrWord], band: Band, height: int) -> bool:
    """A header (at the top of the page) or a closing: tables keep their rows."""
    text = key_of(" ".join(w.text for w in words))
    if band.top < 0.2 * height and re.search(
        r"cong\s+h\w+\s+x\w+|doc\s+l\w+|d[ao]ng\s+cong\s+san|viet\s+nam|so\s*:|ngay.*thang", text
    ):
        return True
    recipients = cue_pattern("closing.recipients", marks=False).search(text) or re.search(
        r"\w?oi nh\w+n|nhu tren|\bluu\b", text
    )
    capitals = sum(w.text.isupper() and len(w.text) > 1 and w.left > band.gutter for w in words)
    return bool(recipients) or (capitals >= 2 and len(words) < 60)


def _read_region(
    grey: Image,
    left: int,
    top: int,
    right: int,
    bottom: int,
    engine: Engine,
    dpi: int,
    mode: int,
    timeout: float,
) -> list[OcrWord]:
    crop = grey[top:bottom, left:right]
    if crop.size == 0 or crop.min() > 150:
        return []
    larger = cv2.resize(crop, None, fx=COLUMN_SCALE, fy=COLUMN_SCALE, interpolation=cv2.INTER_CUBIC)
    larger = cv2.copyMakeBorder(larger, 0, BORDER, 0, 0, cv2.BORDER_CONSTANT, value=255)
    larger = cv2.copyMakeBorder(larger, BORDER, 0, 0, 0, cv2.BORDER_CONSTANT, value=int(np.percentile(crop, 80)))
    found = engine.read(larger, dpi=round(dpi * COLUMN_SCALE), mode=mode, timeout=timeout)
    return [_shifted(_raised(w, BORDER), left, top, COLUMN_SCALE) for w in found]


def _raised(word: OcrWord, border: int) -> OcrWord:
    return replace(word, top=word.top - border, bottom=word.bottom - border)


def _shifted(word: OcrWord, left: int, top: int, scale: float) -> OcrWord:
    return replace(
        word,
        left=left + round(word.left / scale), top=top + round(word.top / scale),
        right=left + round(word.right / scale), bottom=top + round(word.bottom / scale),
    )  # fmt: skip


def _apart(columns: list[OcrWord], words: list[OcrWord]) -> list[OcrWord]:
    """Give the words of a region line numbers that no other pass has used, column by column."""
    base = max((w.line for w in words), default=0) + 1_000_000
    half, last = 0, -1
    seen: dict[tuple[int, int], int] = {}
    placed = []
    for word in columns:
        if word.line < last and (half, word.line) in seen:
            half += 1
        last = word.line
        key = (half, word.line)
        seen.setdefault(key, base + len(seen))
        placed.append(replace(word, line=seen[key]))
    return placed


CLEARLY_SURER = 0.2


def _better_lines(columns: list[OcrWord], before: list[OcrWord], gutter: int) -> list[OcrWord]:
    """Lines of a column that the first pass had read far more surely, given back as it read them.

    Only what stands on one side of the gutter in both readings, and far from the other side: a line of both columns is
    what the second pass is there to part.
    """
    rows: dict[int, list[OcrWord]] = {}
    for word in columns:
        rows.setdefault(word.line, []).append(word)
    kept: list[OcrWord] = []
    for number, row in rows.items():
        top, bottom = min(w.top for w in row), max(w.bottom for w in row)
        left_side = max(w.right for w in row) <= gutter
        there = [w for w in before if top <= (w.top + w.bottom) / 2 <= bottom and (w.right <= gutter) == left_side]
        lines = {w.line for w in there}
        others = [w for w in before if w.line in lines and w not in there]
        apart = all(max(w.left - o.right, o.left - w.right) > 1.5 * (bottom - top) for w in there for o in others)
        as_long = 0.6 < _letters(there) / max(1, _letters(row)) < 1.7
        if len(lines) == 1 and apart and as_long and mean_confidence(there) > mean_confidence(row) + CLEARLY_SURER:
            row = [replace(w, line=number) for w in there]
        kept += row
    return kept


def _letters(words: list[OcrWord]) -> int:
    return sum(len(w.text) for w in words)


def mean_confidence(words: list[OcrWord]) -> float:
    """Confidence of the words, each counting by its letters; 0 without any."""
    return sum(len(w.text) * w.confidence for w in words) / max(1, _letters(words))


def _weight(words: list[OcrWord]) -> float:
    return sum(len(w.text) * w.confidence for w in words if any(c.isalnum() for c in w.text))


def _sure_weight(words: list[OcrWord]) -> float:
    """Weight of what was surely read, less what was surely not: noise of strokes counts against a reading."""
    return sum(
        len(w.text) * (w.confidence - 0.55) for w in words if len(w.text) > 1 and any(c.isalnum() for c in w.text)
    )


def read_red_layer(
    layer: Image | None, words: list[OcrWord], engine: Engine, dpi: int, timeout: float
) -> list[OcrWord]:
    """Third pass: letters stamped in red (name stamps, positions, the ĐẾN box), which the red channel cannot see.

    Round seals are removed by their size and shape.  Only words that stand apart from print already read are kept.
    """
    if layer is None:
        return []
    found: list[OcrWord] = []
    base = max((w.line for w in words), default=0) + 2_000_000
    numbers: dict[tuple[int, int], int] = {}  # the engine's line of each patch → a line number of the page
    for at, (left, top, right, bottom) in enumerate(_text_patches(layer)):
        region = np.asarray(255 - layer[top:bottom, left:right], dtype=np.uint8)
        read = read_part(
            region, left, top, engine, dpi=dpi, scale=COLUMN_SCALE, mode=6, timeout=timeout, frame=16, paper=255
        )
        mark: list[OcrWord] = []
        if any(word.confidence < SURE_RED for word in read):
            mark = seconded_mark(read, region, left, top, engine, dpi, timeout)
        for word in mark or read:
            if (word.confidence < SURE_RED and not mark) or not any(c.isalnum() for c in word.text):
                continue
            if not any(_same_place(word, other) for other in words):
                number = numbers.setdefault((at, word.line), base + len(numbers))
                found.append(replace(word, line=number, red=True))
    return found


def red_letters(prepared: Prepared) -> Image | None:
    """Picture (255 = red ink) of red letters in the geometry of ``prepared.grey``, without seals; None without any."""
    rgb = prepared.straight()
    redness = redness_of(rgb)
    mask = (redness > 70).astype(np.uint8)
    if not 0.00005 < mask.mean() < 0.2:
        return None
    scale = mask.shape[1] / 1654
    blank_seals(redness, mask, scale)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((redness > 70).astype(np.uint8), connectivity=8)
    letters = [
        label for label in range(1, count)
        if 5 * scale < stats[label, cv2.CC_STAT_HEIGHT] < RED_LETTERS[1] * scale
        and stats[label, cv2.CC_STAT_AREA] > 12 * scale
    ]  # fmt: skip
    if len(letters) < 3:
        return None
    kept = np.zeros(count, dtype=np.uint8)
    kept[letters] = 1
    layer = np.where(cv2.dilate(kept[labels], np.ones((3, 3), np.uint8)) > 0, redness, 0).astype(np.uint8)
    plain = (255 - layer).astype(np.uint8)
    remove_rules(plain, 255)
    return without_sides(np.asarray(255 - plain, dtype=np.uint8), scale)


def redness_of(rgb: Image) -> Image:
    """How red a colour picture is: twice what red exceeds green and blue by, (rows, columns) uint8."""
    excess = red_excess(rgb)
    return np.asarray(cv2.add(excess, excess), dtype=np.uint8)


def _text_patches(layer: Image) -> list[tuple[int, int, int, int]]:
    """Rectangles round groups of red letters that could be lines of text."""
    height, width = layer.shape
    scale = width / 1654
    mask = (layer > 70).astype(np.uint8)
    joined = cv2.dilate(mask, np.ones((round(25 * scale), round(45 * scale)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    patches = []
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label, :4])
        ink = int(mask[y : y + h, x : x + w].sum())
        if w < 42 * scale or ink < 90 * scale:
            continue
        # Letters fill a share of their patch; the leavings of a seal's rim do not.
        if ink < 0.03 * w * h:
            continue
        patches.append((max(0, x - 4), max(0, y - 4), min(width, x + w + 4), min(height, y + h + 4)))
    return patches[:12]


def _same_place(a: OcrWord, b: OcrWord) -> bool:
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    if width <= 0 or height <= 0:
        return False
    area = min((a.right - a.left) * (a.bottom - a.top), (b.right - b.left) * (b.bottom - b.top))
    return width * height > 0.3 * max(1, area) and b.confidence > 0.5


def second_readings(
    page: Page, prepared: Prepared, layer: Image | None, engine: Engine, dpi: int, timeout: float
) -> list[Reread]:
    """Read number and date lines of a page's head again, as single lines at a higher scale.

    Lines stamped in red are read again from the red ``layer``.
    """
    rereads = []
    for line in page.lines:
        text = page.text[line.start : line.end]
        box = line.box
        if box is None or box[1] > HEADER_DEPTH or not re.search(r"\d", text):
            continue
        if not (len(text) <= 45 and _NUMBER.search(text)) and not (len(text) <= 60 and _DATE.search(text)):
            continue
        left, top, right, bottom = prepared.line_from_page(box)
        pad = max(6, (bottom - top) // 3)
        picture = 255 - layer if line.red and layer is not None else prepared.grey
        crop = only_line(picture[max(0, top - pad) : bottom + pad, max(0, left - pad) : right + pad])
        if crop.size == 0:
            continue
        larger = cv2.resize(crop, None, fx=LINE_SCALE, fy=LINE_SCALE, interpolation=cv2.INTER_CUBIC)
        larger = cv2.copyMakeBorder(larger, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
        words = engine.read(larger, dpi=round(dpi * LINE_SCALE), mode=7, timeout=timeout)
        rereads.append(Reread(line.start, line.end, (" ".join(w.text for w in words),)))
    return rereads


def only_line(crop: Image) -> Image:
    """A copy of a crop of one line without the slices of its neighbours at the upper and lower edge.

    As a single line the engine takes a slice for marks and tails and misreads the digits beside it.
    """
    if crop.size == 0:
        return crop
    paper = int(np.percentile(crop, 80))
    inked = (crop < paper - 60).sum(axis=1) > 0
    height = len(inked)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0])))).tolist()
    runs = list(zip(edges[::2], edges[1::2], strict=True))
    out = crop.copy()
    for a, b in runs:
        # A slice touches the edge and is parted from the line by white rows.
        if (a == 0 and b < 0.3 * height) or (b == height and a > 0.7 * height):
            out[a:b] = paper
    return out

"""Places where a number is written by hand: between "Số:" and the ký hiệu, "ngày" and "tháng", "tháng" and "năm".

The received stamp has the same places, in smaller type: "Số … ngày … tháng … năm 20…".

Forms are printed with a gap and filled in with a pen.  The printed words on both sides are the anchors; what stands
between them is cut out twice: as coloured ink alone where the pen is blue, and as a piece of the line.
Sizes of type are those of Nghị định 30/2020, Phụ lục I: 13 to 14 points in the lines of number and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.lexicon.fold import fold, strip_marks
from pipeline.read.handwriting import digit_reader, pen_framings, to_input
from pipeline.read.model import Box, Image, Line, Page, PenReading, Slot, Word
from pipeline.read.ocr.line_network import LineNetwork
from pipeline.read.prepare import Prepared, ink_masks
from pipeline.read.seconding import is_asked_about, pieces_of, second

HEAD = 0.45  # forms are filled in at the head of a page
EM = 13.5 / 72 / 8.27  # the type's size as a fraction of the width of an A4 page
# Widths of printed words in units of their size (Times): "Số:", "ngày", "tháng", a capital of a ký hiệu, a slash.
WIDE = {
    "so": 1.06, "so:": 1.36, "ngay": 1.98, "thang": 2.3, "nam": 1.75,
    "capital": 0.68, "slash": 0.28, "hyphen": 0.33, "digit": 0.5,
}  # fmt: skip
LOST = 2.6  # ems before a ký hiệu whose "Số" was lost in which the pen is looked for
LAST = {"day": 31, "month": 12, "year": 99}

_SO = re.compile(r"^\W{0,3}[Ss](?:[oôốồổỗộóòõọ06ỐÔỔỒ]|\w(?=[:;]))(?P<colon>[^\w\s])?")
# The print of a number line whose "Số" was lost: "/UBND-NC", "./TB/STNMT".
_CODE_ALONE = re.compile(r"[.…_\s]*/\s*[A-ZĐÐ]")
# A line of issue: a place of a few words, then the day; the day of a cited document stands in running text.
RUNNING = re.compile(r"\b(?:can cu|luat|quyet dinh|nghi dinh|thong tu|cua|so)\b")
_CODE = re.compile(r"[A-ZĐÐ][A-ZĐÐa-z&]*(?:\s*[-–—/&]\s*[A-ZĐÐa-z&]+)*[\W_]*$")


@dataclass(frozen=True, slots=True)
class Gap:
    """Where the pen should have written: ``left``..``right`` and the printed line's ``top``..``bottom``, as fractions
    of the upright page; ``line`` is the printed line."""

    slot: Slot
    left: float
    top: float
    right: float
    bottom: float
    line: Line


def gaps(page: Page) -> Iterator[Gap]:
    """The gaps of number and date lines at the head of a page."""
    size = type_size(page.lines) or EM
    for line in page.lines:
        em = type_size([line]) or size
        box = line.box
        if box is None or box[1] > HEAD or len(line.words) > 16:
            continue
        if gap := _number_gap(page, line, em) or _register_gap(line, em):
            yield gap
        yield from _date_gaps(page, line, em)


def type_size(lines: Iterable[Line]) -> float | None:
    """Size of the type as a fraction of the page's width, from the words "tháng" and "năm"; None without them."""
    sizes = [
        (word.box[2] - word.box[0]) / WIDE[plain]
        for line in lines
        for word in line.words
        if word.box and word.box[1] < HEAD and (word.confidence or 0) > 0.8
        for plain in [_plain(word.text)]
        if plain in ("thang", "nam")
    ]
    sizes = [size for size in sizes if 0.55 * EM < size < 1.3 * EM]
    return float(np.median(sizes)) if sizes else None


def _plain(text: str) -> str:
    return strip_marks(fold(text))


def _number_gap(page: Page, line: Line, em: float) -> Gap | None:
    words = [w for w in line.words if w.box and any(c.isalnum() for c in w.text)]
    text = page.text[line.start : line.end]
    code = _CODE.search(text)
    if not words or code is None:
        return None
    first = words[0].box
    assert first is not None
    if match := _SO.match(words[0].text):
        # A digit that the engine glued to "Số:" begins where that word ends in type.
        wide = WIDE["so:"] if match["colon"] in (":", ".", ";") else WIDE["so"]
        left = min(first[2], first[0] + wide * em)
    elif _CODE_ALONE.match(text):
        left = first[0] - LOST * em
    else:
        return None
    if code is None:
        return None
    start = line.start + code.start()
    # The slash (or the hyphen of Party papers) before the ký hiệu; a printed year "/2019/" belongs to the print.
    before = re.search(r"(?:[/l|]\s*(?:19|20)\d\d\s*[/-]|[/\-–—])\s*$", page.text[line.start : start])
    if before:
        start = line.start + before.start()
    right = _left_edge(words, start, em)
    if right is None or right <= left + 0.2 * em:
        return None
    box = _line_box(line, em)
    return Gap("number", left, box[1], right, box[3], line)


def _register_gap(line: Line, em: float) -> Gap | None:
    """The number's place in a received stamp: between "Số" and "ngày", or what follows "Số" on a line of its own."""
    words = [w for w in line.words if w.box and any(c.isalnum() for c in w.text)]
    if not words or len(words) > 6 or not (match := _SO.match(words[0].text)):
        return None
    first = words[0].box
    assert first is not None
    left = min(first[2], first[0] + (WIDE["so:"] if match["colon"] else WIDE["so"]) * em)
    day = next((w.box for w in words[1:] if re.match(r"\W*ng.y", _plain(w.text)) and w.box), None)
    if day is None and len(words) > 2:
        return None
    right = day[0] if day else left + 4.5 * em
    box = _line_box(line, em)
    return Gap("received", left, box[1], right, box[3], line) if right > left + 0.3 * em else None


def _left_edge(words: list[Word], at: int, em: float) -> float | None:
    """Left edge of the character at ``at`` of the raw text, measured back from the right end of its word."""
    for word in words:
        if word.start <= at < word.end and word.box:
            if at == word.start:
                return word.box[0]
            tail = word.text[at - word.start :]
            wide = sum(
                WIDE["slash"] if c == "/" else WIDE["hyphen"] if c in "-–—" else WIDE["digit"] if c.isdigit()
                else WIDE["capital"] if c.isupper() else 0.47
                for c in tail
            )  # fmt: skip
            return max(word.box[0], word.box[2] - wide * em)
        if word.start >= at and word.box:
            return word.box[0]
    return None


def _date_gaps(page: Page, line: Line, em: float) -> Iterator[Gap]:
    words = [w for w in line.words if w.box]
    folded = [_plain(w.text) for w in words]
    month_at = next((k for k, w in enumerate(folded) if re.search(r"th[a4]ng", w)), None)
    # A received stamp begins with its own "Số".
    told = " ".join(folded[1:] if folded and re.match(r"\W*so\b", folded[0]) else folded)
    if month_at is None or month_at > 7 or RUNNING.search(told) or len(words) > 12:
        return
    day_at = next((k for k in range(month_at) if re.match(r"\W*nga|ng.y", folded[k])), None)
    glued_both = re.search(r"nga.?y.*th[a4]ng", folded[month_at]) is not None
    if day_at is None and month_at > 0 and len(words) > 5 and not glued_both:
        return
    box = _line_box(line, em)
    month = words[month_at].box
    assert month is not None
    glued_left = len(re.sub(r"th[a4]ng.*$", "", folded[month_at]).strip("., "))
    month_left = month[0] if not glued_left else max(month[0], month[2] - WIDE["thang"] * em)
    if glued_both:
        left, month_left = month[0] + WIDE["ngay"] * em, month[2] - WIDE["thang"] * em
    elif day_at is not None:
        day = words[day_at].box
        assert day is not None
        left = min(day[2], day[0] + 1.04 * WIDE["ngay"] * em)
    else:
        left = month_left - 2.0 * em
    if month_left > left + 0.2 * em:
        yield Gap("day", left, box[1], month_left, box[3], line)
    year_at = next((k for k in range(month_at + 1, len(words)) if re.match(r"\W*n.m\b", folded[k])), None)
    year = words[year_at] if year_at is not None else None
    if year is not None and year.box and year_at is not None:
        right = month[0] + WIDE["thang"] * em if re.search(r"th[a4]ng\W*\w", folded[month_at]) else month[2]
        if year.box[0] > right + 0.15 * em:
            yield Gap("month", right, box[1], year.box[0], box[3], line)
        # "năm 20…": the stamp prints the century, the pen the rest; "năm …" leaves it all to the pen.
        after = words[year_at + 1].box if year_at + 1 < len(words) else None
        century = re.fullmatch(r"\D{0,3}20\D{0,3}", words[year_at + 1].text) if after else None
        if century and after:
            yield Gap("year", after[2], box[1], after[2] + 1.9 * em, box[3], line)


def _line_box(line: Line, em: float) -> Box:
    """Box of the line with the height of its print: a tall stroke in it does not raise it."""
    boxes = [w.box for w in line.words if w.box and any(c.isalpha() for c in w.text)]
    boxes = boxes or [w.box for w in line.words if w.box]
    tops, bottoms = sorted(b[1] for b in boxes), sorted(b[3] for b in boxes)
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    return left, tops[len(tops) // 2], right, bottoms[len(bottoms) // 2]


def strips_of(page: Page, prepared: Prepared) -> Iterator[tuple[Gap, list[Image], Box, bool]]:
    """Each gap with the strips of its ink, the ink's box, and whether the pen is told by its colour."""
    picture: Image | None = None
    mask: Image | None = None
    for gap in gaps(page):
        if picture is None or mask is None:
            picture = prepared.straight()
            mask = ink_masks(picture[: round((HEAD + 0.05) * picture.shape[0])])[0]
        strips, (box, coloured) = framings(picture, mask, prepared, gap)
        if strips:
            yield gap, strips, box, coloured


def read_pen(page: Page, prepared: Prepared, network: LineNetwork | None = None) -> list[PenReading]:
    """The handwritten numbers at the head of ``page``: where their ink is and what it probably says.

    ``network`` is the second reader; a reading that it shares is marked so.
    """
    reader = digit_reader()
    if reader is None:
        return []
    readings = []
    for gap, strips, box, coloured in strips_of(page, prepared):
        texts = reader.read(strips)
        ranked = values_of(gap.slot, texts)
        nothing = sum(share for text, share in texts if not text.strip("/"))
        text, probability = max([*ranked[:1], ("", nothing)], key=lambda pair: pair[1])
        others = tuple(other for other, share in ranked[1:3] if share > 0.02)
        reading = PenReading(
            gap.slot, gap.line.start, gap.line.end, box, text, round(probability, 4), others, coloured
        )  # fmt: skip
        if network is not None and is_asked_about(reading):
            where = prepared.from_page((gap.left, gap.top, gap.right, gap.bottom))
            pieces = pieces_of(prepared.straight(), where, EM * prepared.upright.shape[1])
            reading = second(reading, pieces, network)
        readings.append(reading)
    return readings


_BEHIND = re.compile(r"/?(?:20\d{0,2}/?)?")


def values_of(slot: Slot, texts: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Strings of the recogniser → serials, days or months with their probabilities, best first.

    A serial ends at the slash, behind which only a year may stand: "20/9" is a 2019 whose 1 leans.  "05" and "5" are
    one day; what can be none (a day 39) has no part.  A year is the two digits after a printed "20".
    """
    shares: dict[str | int, float] = {}
    shown: dict[str | int, str] = {}
    for text, probability in texts:
        digits, _, behind = text.partition("/") if slot in ("number", "received") else (text, "", "")
        if not _BEHIND.fullmatch(behind):
            continue
        if not re.fullmatch(r"\d{1,5}", digits) or not digits.strip("0"):
            continue
        key: str | int = digits
        if slot in LAST:
            key = int(digits)
            if len(digits) > 2 or key > LAST[slot] or (slot == "year" and len(digits) != 2):
                continue
        shares[key] = shares.get(key, 0.0) + probability
        shown.setdefault(key, digits)
    return sorted(((shown[key], share) for key, share in shares.items()), key=lambda pair: -pair[1])


def framings(picture: Image, pen_mask: Image, prepared: Prepared, gap: Gap) -> tuple[list[Image], tuple[Box, bool]]:
    """Strips of the ink in a gap in several framings, the ink's box, and whether the pen is told by its colour."""
    width = prepared.upright.shape[1]
    em = EM * width
    left, top, right, bottom = prepared.from_page((gap.left, gap.top, gap.right, gap.bottom))
    high = bottom - top
    area = (
        max(0, round(left - 0.6 * em)), max(0, round(top - 0.8 * high)),
        min(picture.shape[1], round(right + 0.9 * em)), min(picture.shape[0], round(bottom + 0.8 * high)),
    )  # fmt: skip
    crop = picture[area[1] : area[3], area[0] : area[2]]
    if crop.size == 0:
        return [], ((0, 0, 0, 0), False)
    inside = (left - area[0], top - area[1], right - area[0], bottom - area[1])
    pen = _pen_ink(crop, pen_mask[area[1] : area[3], area[0] : area[2]], inside, em)
    if pen is not None:
        x0, y0, x1, y1 = pen[1]
        strips = pen_framings(pen[0][y0:y1, x0:x1])
        where = prepared.to_page(area[0] + x0, area[1] + y0, area[0] + x1, area[1] + y1)
        return strips, (where, True)
    return _line_framings(crop, inside, em, high), (
        prepared.to_page(left, top, right, bottom), False
    )  # fmt: skip


def _pen_ink(
    crop: Image, pen: Image, inside: tuple[int, int, int, int], em: float
) -> tuple[Image, tuple[int, int, int, int]] | None:
    """Grey picture with nothing but the strokes of the gap, and their bounds; None without coloured strokes.

    Coloured strokes may reach over the printed words beside the gap; in the gap itself everything dark belongs to the
    pen, whatever its colour, since a pale stroke loses its colour first.
    """
    left, _, right, _ = inside
    grey = np.minimum(cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_RGB2GRAY), crop[:, :, 0])
    paper = int(np.percentile(grey, 80))
    coloured = _strokes(pen, inside, em, 0.35)
    within = np.zeros_like(pen)
    margin = round(0.06 * em)
    within[:, max(0, left + margin) : max(0, right - margin)] = 1
    if coloured is None or int((coloured & within.astype(bool)).sum()) < 0.04 * em * em:
        return None
    dark = ((grey < paper - 55) & (within > 0)).astype(np.uint8)
    plain = _strokes(dark, inside, em, 0.0)
    mask = coloured if plain is None else coloured | plain
    soft = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    grey = grey.copy()
    grey[~soft] = 255
    ys, xs = np.nonzero(mask)
    return grey, (int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


def _strokes(mask: Image, inside: tuple[int, int, int, int], em: float, reach: float) -> np.ndarray | None:
    """Strokes of ``mask`` that stand in the gap (their middle within ``reach`` ems of it) and on its line, as bool."""
    count, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    left, top, right, bottom = inside
    keep = []
    for label in range(1, count):
        _, y, w, h, area = (int(v) for v in stats[label])
        if area < 0.012 * em * em or (h < 0.14 * em and w > 0.8 * em):
            continue
        if not left - reach * em < float(centres[label][0]) < right + reach * em:
            continue
        if min(y + h, bottom) - max(y, top) < 0.3 * min(h, bottom - top):
            continue
        keep.append(label)
    return np.isin(labels, keep) if keep else None


def _line_framings(crop: Image, inside: tuple[int, int, int, int], em: float, high: int) -> list[Image]:
    grey = crop[:, :, 0]
    left, top, right, bottom = inside
    strips = []
    for grow_left, grow_right, up, down in (
        (0.0, 0.25, 0.45, 0.45), (0.25, 0.1, 0.35, 0.5), (0.1, 0.4, 0.6, 0.35), (-0.1, 0.0, 0.5, 0.5),
        (0.3, 0.3, 0.3, 0.3),
    ):  # fmt: skip
        piece = grey[
            max(0, round(top - up * high)) : round(bottom + down * high),
            max(0, round(left - grow_left * em)) : round(right + grow_right * em),
        ]
        if piece.shape[0] > 8 and piece.shape[1] > 4:
            strips.append(to_input(piece, 1.0))
    return strips

"""Words with boxes → lines of one column each → the raw text of a page, in reading order.

Official documents print two columns in two places: the header (issuer | motto) and the end (recipients | signature).
A text engine reads both columns as one line, so a line is cut where the gap between two words is far wider than a
space, and the left column of such a block is put before the right one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from pipeline.lexicon.cues import cue_pattern, cues
from pipeline.lexicon.fold import fold, strip_marks
from pipeline.lexicon.types import document_types
from pipeline.read.model import Box, Line, Word, union

# A gap is wide when it exceeds this many times the height of the line; justified text stays below 1.3.
WIDE_GAP = 1.9
# Share of a word's height that must lie within a row for the word to belong to it.
ROW_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word as an engine or a text layer gives it, before it has a place in the page's text."""

    text: str
    box: Box
    confidence: float | None = None
    bold: bool = False
    line: int | None = None  # the engine's own line, which follows a warped baseline better than geometry can
    band: int = 0  # number of the two-column band in which it was read alone, 0 outside any
    column: int = 0  # 1 left, 2 right, within its band
    red: bool = False


@dataclass(slots=True)
class _Segment:
    words: list[RawWord]
    box: Box
    row: int = 0
    column: int = 0
    band: int = 0


def compose(words: Sequence[RawWord], aspect: float, ink: Sequence[Box] = ()) -> tuple[str, list[Line]]:
    """Raw text and lines of a page.

    ``aspect`` is page height / page width, needed because boxes are fractions of different lengths.  ``ink`` are boxes
    of pen strokes: a gap filled by one ("Số: ✍ /UBND") does not part a line.
    Each line of the text is one Line; words are joined by single spaces.
    """
    segments = _order(_segments(words, aspect, ink))
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    previous: _Segment | None = None
    for segment in segments:
        if previous is not None and _paragraph_gap(previous, segment):
            parts.append("\n")
            at += 1
        start = at
        placed = []
        for word in segment.words:
            text = unicodedata.normalize("NFC", word.text)
            if at > start:
                parts.append(" ")
                at += 1
            placed.append(Word(text, at, at + len(text), word.box, word.confidence, word.bold, word.red))
            parts.append(text)
            at += len(text)
        lines.append(Line(start, at, tuple(placed), segment.column))
        parts.append("\n")
        at += 1
        previous = segment
    return "".join(parts), lines


def _paragraph_gap(above: _Segment, below: _Segment) -> bool:
    height = above.box[3] - above.box[1]
    return below.box[1] - above.box[3] > 0.9 * height or below.column != above.column


def _segments(words: Sequence[RawWord], aspect: float, ink: Sequence[Box]) -> list[_Segment]:
    """Cut rows at wide gaps, at column starters, and at gaps that continue a gutter of a neighbouring row."""
    rows = _rows(words)
    cuts = [_wide_cuts(row, aspect, ink) for row in rows]
    gutters = [[(row[at - 1].box[2], row[at].box[0]) for at in cut] for row, cut in zip(rows, cuts, strict=True)]
    segments = []
    for number, (row, cut) in enumerate(zip(rows, cuts, strict=True)):
        near = [g for other in gutters[max(0, number - 3) : number + 4] for g in other]
        cut = sorted({*cut, *_gutter_cuts(row, near, aspect)})
        for start, end in zip([0, *cut], [*cut, len(row)], strict=True):
            part = row[start:end]
            segments.append(_Segment(part, union(w.box for w in part), number, part[0].column, part[0].band))
    return _join_rows(segments)


def _rows(words: Sequence[RawWord]) -> list[list[RawWord]]:
    if words and all(w.line is not None for w in words):
        by_line: dict[int, list[RawWord]] = {}
        for word in words:
            by_line.setdefault(word.line or 0, []).append(word)
        rows = list(by_line.values())
    else:
        rows = []
        for word in sorted(words, key=lambda w: (w.box[1] + w.box[3]) / 2):
            for row in reversed(rows[-4:]):
                if _same_row(row, word):
                    row.append(word)
                    break
            else:
                rows.append([word])
    for row in rows:
        row.sort(key=lambda w: w.box[0])
    return sorted(rows, key=lambda row: median((w.box[1] + w.box[3]) / 2 for w in row))


def _line_height(row: list[RawWord], aspect: float) -> float:
    """Median height of a row's words as a fraction of the page's width."""
    return median(w.box[3] - w.box[1] for w in row) * aspect


def _wide_cuts(row: list[RawWord], aspect: float, ink: Sequence[Box]) -> list[int]:
    height = _line_height(row, aspect)
    cuts = []
    starts = {m.start() for m in _column_starters().finditer(_keyed(row))}
    at_character = 0
    right = row[0].box[2]
    for at, word in enumerate(row):
        if at:
            gap = word.box[0] - right - _inked(right, word.box[0], row, ink)
            wide = gap > WIDE_GAP * height and not (gap < 12 * height and _blank_between(row[at - 1].text, word.text))
            if wide or (at_character in starts and gap > 0.2 * height):
                cuts.append(at)
        right = max(right, word.box[2])
        at_character += len(word.text) + 1
    return cuts


def _blank_between(left: str, right: str) -> bool:
    """A draft's blanks: "Số:      /UBND", "ngày      tháng      năm"."""
    before, after = strip_marks(fold(left)).strip(" :.,"), strip_marks(fold(right))
    return (before == "so" and after.startswith("/")) or (before in ("ngay", "thang") and after in ("thang", "nam"))


def _inked(left: float, right: float, row: list[RawWord], ink: Sequence[Box]) -> float:
    """Width of pen strokes standing in a gap of a row."""
    top, bottom = min(w.box[1] for w in row), max(w.box[3] for w in row)
    width = 0.0
    for box in ink:
        if min(bottom, box[3]) - max(top, box[1]) > 0.3 * (bottom - top):
            width += max(0.0, min(right, box[2]) - max(left, box[0]))
    return width


def _gutter_cuts(row: list[RawWord], gutters: Sequence[tuple[float, float]], aspect: float) -> list[int]:
    height = _line_height(row, aspect)
    cuts = []
    for at in range(1, len(row)):
        left, right = row[at - 1].box[2], row[at].box[0]
        if right - left > 0.85 * height and any(
            min(right, g[1]) - max(left, g[0]) > 0.6 * (right - left) and 0.2 < (g[0] + g[1]) / 2 < 0.75
            for g in gutters
        ):
            cuts.append(at)
    return cuts


@cache
def _column_starters() -> re.Pattern[str]:
    """Words that open the right-hand header column, whatever the gap before them."""
    return re.compile("|".join(rf"\b{re.escape(strip_marks(fold(cue)))}" for cue in cues("header.column_starters")))


def _keyed(row: list[RawWord]) -> str:
    return strip_marks(fold(" ".join(w.text for w in row)))


def _join_rows(segments: list[_Segment]) -> list[_Segment]:
    """Give segments of different engine lines that stand side by side the same row number."""
    ordered = sorted(segments, key=lambda s: (s.box[1] + s.box[3]) / 2)
    rows: list[list[_Segment]] = []
    for segment in ordered:
        for row in reversed(rows[-3:]):
            if all(_beside(other, segment) and other.band == segment.band for other in row):
                row.append(segment)
                break
        else:
            rows.append([segment])
    joined = []
    for number, row in enumerate(rows):
        for segment in sorted(row, key=lambda s: s.box[0]):
            segment.row = number
            joined.append(segment)
    return joined


def _beside(a: _Segment, b: _Segment) -> bool:
    shared = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    least = min(a.box[3] - a.box[1], b.box[3] - b.box[1])
    apart = a.box[2] <= b.box[0] + 0.005 or b.box[2] <= a.box[0] + 0.005
    return apart and shared > ROW_OVERLAP * least


def _same_row(row: list[RawWord], word: RawWord) -> bool:
    near = min(row, key=lambda w: abs((w.box[0] + w.box[2]) - (word.box[0] + word.box[2])))
    shared = min(near.box[3], word.box[3]) - max(near.box[1], word.box[1])
    least = min(near.box[3] - near.box[1], word.box[3] - word.box[1])
    return shared > ROW_OVERLAP * least


def _order(segments: list[_Segment]) -> list[_Segment]:
    """Reading order: rows from the top, but a block with a clear gutter is read column by column."""
    rows: dict[int, list[_Segment]] = {}
    for segment in segments:
        rows.setdefault(segment.row, []).append(segment)
    ordered: list[_Segment] = []
    queue = sorted(rows.values(), key=lambda row: min((s.box[1] + s.box[3]) / 2 for s in row))
    at = 0
    while at < len(queue):
        if band := queue[at][0].band:
            ordered += _band([s for row in queue for s in row if s.band == band])
            queue = [row for row in queue if row[0].band != band]
            continue
        block_end, gutter = _block(queue, at)
        flat = [s for row in queue[at:block_end] for s in row]
        if gutter is None or _is_table(queue[at:block_end]):
            ordered += flat
        else:
            for segment in flat:
                segment.column = 1 if (segment.box[0] + segment.box[2]) / 2 < gutter else 2
            ordered += _band(flat)
        at = block_end
    return ordered


def _band(segments: list[_Segment]) -> list[_Segment]:
    """Left column from the top, then right column."""
    by_row = sorted(segments, key=lambda s: (s.column, s.row, s.box[0]))
    return by_row


def _block(rows: list[list[_Segment]], at: int) -> tuple[int, float | None]:
    """End of the block of rows that starts at ``at`` and the x of its gutter; one row without a gutter otherwise."""
    if len(rows[at]) < 2:
        return at + 1, None
    left, right = rows[at][0].box[2], rows[at][1].box[0]
    # A gutter lies in the middle of the page; a gap near an edge is a margin mark or a numbered list.
    if not 0.2 < (left + right) / 2 < 0.75:
        return at + 1, None
    end = at + 1
    for row in rows[at + 1 :]:
        if row[0].band or (len(row) == 1 and _under_both_columns(row[0])):
            return end, (left + right) / 2
        if any(_is_addressing(s) and (s.box[0] + s.box[2]) < left + right for s in row[1:]):
            # "Kính gửi:" beside a received stamp, both below the left column: they have a gutter of their own.
            return end, (left + right) / 2
        new_left, new_right = left, right
        for segment in row:
            if segment.box[2] <= right and (segment.box[0] + segment.box[2]) / 2 < (left + right) / 2:
                new_left = max(new_left, segment.box[2])
            elif segment.box[0] >= left and (segment.box[0] + segment.box[2]) / 2 > (left + right) / 2:
                new_right = min(new_right, segment.box[0])
            else:
                return end, (left + right) / 2
        if new_right - new_left < 0.004:
            return end, (left + right) / 2
        # A row far below the last one starts something new (a title under the header).
        above = max(s.box[3] for s in rows[end - 1])
        height = max(s.box[3] - s.box[1] for s in row)
        if len(row) == 1 and min(s.box[1] for s in row) - above > 6 * height:
            return end, (left + right) / 2
        left, right = new_left, new_right
        end += 1
    return end, (left + right) / 2


def _under_both_columns(segment: _Segment) -> bool:
    """Such as "Kính gửi:" and the name of the type ("KẾ HOẠCH"): they stand below a header, however narrow they are."""
    key = _keyed(segment.words).strip(" .:")
    return _is_addressing(segment) or (key in _type_names() and all(w.text.isupper() for w in segment.words))


def _is_addressing(segment: _Segment) -> bool:
    return bool(_addressees().match(_keyed(segment.words).strip(" .:")))


@cache
def _addressees() -> re.Pattern[str]:
    return re.compile(r"\W{0,3}" + cue_pattern("header.addressees", marks=False).pattern)


@cache
def _type_names() -> frozenset[str]:
    return frozenset(strip_marks(fold(name)) for kind in document_types() for name in (kind.name, *kind.aliases))


def _is_table(rows: list[list[_Segment]]) -> bool:
    """Three or more cells in most rows: a table, read row by row."""
    return len(rows) >= 3 and sum(len(row) >= 3 for row in rows) * 2 >= len(rows)

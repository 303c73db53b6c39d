"""Number and date lines at the head of a page, read whole: a second opinion on their digits, and words that were lost.

The digit networks see the ink between two printed words (``slots``); the reader of whole lines (``form_line``) sees the
words as well, and was trained apart.  Where both read the same digits, the reading is marked; where a text engine lost
"ngày" or "tháng" to a stroke, the line gets its word back, and with it its gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.lexicon.fold import fold, strip_marks
from pipeline.read.form_line import HEIGHT, PLACE, FormLineReader, LineVotes, spans_of_line, to_strip
from pipeline.read.model import Box, Image, Line, Page, PenReading, Slot
from pipeline.read.ocr import OcrWord
from pipeline.read.prepare import Prepared
from pipeline.read.slots import EM, HEAD, RUNNING

MOST_WORDS = 12  # of a number or date line
SEEN = 0.5  # share of the framings in which the words of a date must be seen
AGREES = 0.5  # share of the framings that read the digits of the digit networks
# Probability of the digit networks from which this reader's word counts.  It grew out of one of them and is no
# independent witness: on real papers both read "54" for "34", which the digit networks hold for 0.49.
SECONDS_FROM = 0.6
# Where it alone has a word it is believed less than it says: its surest wrong number on real papers had 0.80.
ALONE = 0.9
# Framings: the line's foot, how much above and below it is seen, in ems.
_FRAMES = ((0.0, 1.15, 0.45), (0.1, 1.3, 0.5), (-0.1, 1.2, 0.6), (0.05, 1.5, 0.65), (0.1, 1.05, 0.4), (0.0, 1.4, 0.4))
_NUMBER = re.compile(r"^\W{0,3}s\w{0,2}\W.*/\s*[a-zđ]{2}|^\W{0,3}s\w{0,2}\W.*-\s*[a-zđ]{2,4}\s*/")
_YEAR = re.compile(r"\bn.m\W{0,3}(?:19|20)\d\d\W*$")
_WORDS: dict[str, tuple[str, re.Pattern[str]]] = {
    "n": ("ngày", re.compile(r"\bn?ga.?y|ng.y")), "t": ("tháng", re.compile(r"th[a4]ng")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WholeLine:
    """A line at the head of a page, as the reader of whole lines sees it."""

    line: Line
    kind: str  # "number" or "date"
    votes: LineVotes
    area: tuple[int, int, int, int]  # pixels of the straightened page that the best framing covers

    def x(self, sign: int) -> float:
        """Pixel column of the straightened page at which a sign of ``votes.best`` stands."""
        return self.area[0] + self.votes.places[sign] * PLACE * (self.area[3] - self.area[1]) / HEIGHT


def whole_lines(page: Page, prepared: Prepared, reader: FormLineReader) -> Iterator[WholeLine]:
    """The number and date lines of a page's head, each read in several framings."""
    grey: Image | None = None
    for line in page.lines:
        kind = _kind(page, line)
        if kind is None or line.box is None:
            continue
        if grey is None:
            picture = prepared.straight()
            grey = np.asarray(picture[: round((HEAD + 0.05) * picture.shape[0])].min(axis=2))
        if (read := _read(line, kind, grey, prepared, reader)) is not None:
            yield read


def _kind(page: Page, line: Line) -> str | None:
    if line.box is None or line.box[1] > HEAD or len(line.words) > MOST_WORDS:
        return None
    text = strip_marks(fold(page.text[line.start : line.end]))
    if _NUMBER.search(text):
        return "number"
    if _YEAR.search(text) and not RUNNING.search(text) and any(pattern.search(text) for _, pattern in _WORDS.values()):
        return "date"
    return None


def _read(line: Line, kind: str, grey: Image, prepared: Prepared, reader: FormLineReader) -> WholeLine | None:
    assert line.box is not None
    em = EM * prepared.upright.shape[1]
    left, top, right, bottom = prepared.line_from_page(_print_box(line))
    left, right = max(0, round(left - 0.25 * em)), min(grey.shape[1], round(right + 0.25 * em))
    foot = top + 0.82 * (bottom - top)
    areas = []
    strips = []
    for shift, above, below in _FRAMES:
        y0, y1 = max(0, round(foot + (shift - above) * em)), min(grey.shape[0], round(foot + (shift + below) * em))
        if y1 - y0 < 8 or right - left < 8:
            continue
        areas.append((left, y0, right, y1))
        strips.append(to_strip(grey[y0:y1, left:right]))
    if not strips:
        return None
    votes = reader.vote(strips)
    if not votes.best:
        return None
    return WholeLine(line, kind, votes, areas[votes.best_at])


def _print_box(line: Line) -> Box:
    """Box of the line with the height of its print: strokes and glued words do not raise it."""
    boxes = [w.box for w in line.words if w.box and sum(c.isalpha() for c in w.text) > 1]
    boxes = boxes or [w.box for w in line.words if w.box]
    tops, bottoms = sorted(b[1] for b in boxes), sorted(b[3] for b in boxes)
    every = [w.box for w in line.words if w.box]
    return min(b[0] for b in every), tops[len(tops) // 2], max(b[2] for b in every), bottoms[len(bottoms) // 2]


def lost_words(page: Page, prepared: Prepared, lines: Sequence[WholeLine], words: Sequence[OcrWord]) -> list[OcrWord]:
    """ "ngày" and "tháng" of date lines that the text engine did not read, where they stand."""
    found = []
    for whole in lines:
        if whole.kind != "date" or whole.votes.shapes.get("nty", 0.0) < SEEN:
            continue
        text = strip_marks(fold(page.text[whole.line.start : whole.line.end]))
        number = _engine_line(whole, prepared, words)
        for sign, (word, pattern) in _WORDS.items():
            if pattern.search(text) or number is None or sign not in whole.votes.best:
                continue
            middle = whole.x(whole.votes.best.index(sign))
            em = EM * prepared.upright.shape[1]
            _, top, _, bottom = prepared.line_from_page(_print_box(whole.line))
            share = round(whole.votes.shapes["nty"], 4)
            found.append(
                OcrWord(word, round(middle - 0.8 * em), top, round(middle + 0.6 * em), bottom, share, number)
            )  # fmt: skip
    return found


def _engine_line(whole: WholeLine, prepared: Prepared, words: Sequence[OcrWord]) -> int | None:
    """Number that the text engine gave to the line."""
    last = whole.line.words[-1]
    if last.box is None:
        return None
    left, top, right, bottom = prepared.line_from_page(last.box)
    x, y = (left + right) / 2, (top + bottom) / 2
    return next((w.line for w in words if w.left <= x <= w.right and w.top <= y <= w.bottom), None)


def with_opinions(readings: Sequence[PenReading], lines: Sequence[WholeLine], prepared: Prepared) -> list[PenReading]:
    """The readings of the digit networks, marked where a whole line says the same, and those of gaps only it saw."""
    answer = list(readings)
    for whole in lines:
        slots: tuple[Slot, ...] = ("number",) if whole.kind == "number" else ("day", "month")
        for slot in slots:
            ranked = _ranked(whole.votes, slot)
            if not ranked:
                continue
            value, share = ranked[0]
            own = next(
                (k for k, r in enumerate(answer) if r.slot == slot and r.start == whole.line.start), None
            )  # fmt: skip
            if own is None:
                if share >= AGREES and (box := _place_of(whole, slot, prepared)):
                    others = tuple(other for other, part in ranked[1:3] if part > 0.05)
                    answer.append(
                        PenReading(slot, whole.line.start, whole.line.end, box, value, round(ALONE * share, 4), others)
                    )  # fmt: skip
            elif share >= AGREES and answer[own].probability >= SECONDS_FROM and _same(slot, answer[own].text, value):
                answer[own] = replace(answer[own], seconded=True)
    return answer


def _ranked(votes: LineVotes, slot: Slot) -> list[tuple[str, float]]:
    """Values of a slot; the number of "Số 34-TB/TU" has no slash, like a stamp's."""
    shares: dict[str, float] = {}
    for name in (slot, "received") if slot == "number" else (slot,):
        for value, share in votes.ranked(name):
            if value:
                shares[value] = shares.get(value, 0.0) + share
    return sorted(shares.items(), key=lambda pair: -pair[1])


def _same(slot: Slot, one: str, other: str) -> bool:
    return one == other if slot == "number" else one.isdigit() and other.isdigit() and int(one) == int(other)


def _place_of(whole: WholeLine, slot: Slot, prepared: Prepared) -> Box | None:
    spans = spans_of_line(whole.votes.best)
    first, last = spans.get(slot) or spans.get("received" if slot == "number" else slot) or (0, 0)
    if last <= first:
        return None
    em = EM * prepared.upright.shape[1]
    _, top, _, bottom = whole.area
    return prepared.to_page(whole.x(first) - 0.3 * em, top, whole.x(last - 1) + 0.3 * em, bottom)

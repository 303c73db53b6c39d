"""Received stamps found by their frame, and their lines read whole: number and day of receipt.

A stamp's small type, its dotted leaders and the pen over them are lost to a text engine on most scans.  Here the frame
is found by its ruled sides (``stamp_frame``), straightened, and windows of one line's height are moved down it: where
the reader of whole lines (``form_line``) sees the words of a stamp, there is a line, and windows round its middle, in
several heights, vote on its digits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.lexicon.fold import fold, strip_marks
from pipeline.read.form_line import HEIGHT, LINE, PLACE, SIGNS, FormLineReader, LineVotes, spans_of_line, to_strip
from pipeline.read.handwriting import digit_reader
from pipeline.read.model import Box, Image, Page, PenReading, overlap
from pipeline.read.ocr import OcrWord
from pipeline.read.prepare import Prepared
from pipeline.read.stamp_frame import WORK, Frame, find_frames
from pipeline.read.stamp_pen import StampPen, stamp_pen
from pipeline.read.whole_lines import SECONDS_FROM

MOST = 3  # frames of a page that are looked into
BORDER = 6  # pixels of paper kept round the straightened frame
HEIGHTS = (19, 24)  # of the windows of the first look, in pixels of a picture of WORK columns
STEP = 3
CLOSER = (18, 21, 24, 27, 30)  # heights of the second look
RUN_OVER, RUN_UNDER = 1.14, 1.2  # how far the pen goes over the frame, to the right and below
SHIFTS = (-2, 0, 2)
# The reader of whole lines is believed less than it says: on five real stamps it was once sure of a wrong year.
TRUST = 0.85
DOUBT = 0.5  # probability of a reading that another contradicts
SEEN = 0.5  # share of the windows' belief that a line must have to be one
WORDS = {"s": "Số", "n": "ngày", "t": "tháng", "y": "năm", "c": "Chuyển"}


@dataclass(frozen=True, slots=True)
class StampWord:
    """A prepared word of a stamp's line: its text and its box in pixels of the straightened page, up to the next."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float


@dataclass(frozen=True, slots=True)
class StampRow:
    """A line of a stamp: its prepared words, and what stands between them as readings without a place in the text."""

    words: tuple[StampWord, ...]
    readings: tuple[PenReading, ...]


@dataclass(frozen=True, slots=True)
class FramedStamp:
    """A received stamp: its frame in pixels of the straightened page, its box on the page, its lines."""

    frame: Frame
    box: Box
    rows: tuple[StampRow, ...]


def framed_stamps(prepared: Prepared, reader: FormLineReader) -> list[FramedStamp]:
    """The received stamps of a page, told by the words "Số", "Ngày", "Chuyển" on lines inside a small frame."""
    picture = prepared.straight()
    scale = picture.shape[1] / WORK
    stamps = []
    for frame in find_frames(picture)[:MOST]:
        inside = _inside(frame, picture)
        # The pen runs over the frame where the stamp leaves too little room for the year.
        wide = _inside(replace(frame, width=frame.width * RUN_OVER), picture)
        larger = replace(frame, width=frame.width * RUN_OVER, height=frame.height * RUN_UNDER)
        pen = stamp_pen(larger.cut(picture, BORDER), digit_reader())
        rows = [_row(inside, wide, frame, at, scale, reader, prepared, pen) for at in _centres(inside, scale, reader)]
        found = tuple(row for row in rows if row is not None)
        if found:
            stamps.append(FramedStamp(frame, _box(frame, prepared, 0, 0, frame.width, frame.height), found))
    return stamps


def with_stamp_words(words: Sequence[OcrWord], stamps: Sequence[FramedStamp]) -> list[OcrWord]:
    """``words`` with those on the lines of stamps replaced by the prepared words that stand there.

    A line whose prepared words the text engine read itself stays as it is: its boxes are the truer ones.
    """
    kept = list(words)
    for stamp in stamps:
        for row in stamp.rows:
            number = max((w.line for w in kept), default=0) + 1
            left, right = stamp.frame.left, stamp.frame.left + stamp.frame.width
            top, bottom = row.words[0].box[1], row.words[0].box[3]
            there = [
                w for w in kept
                if left < (w.left + w.right) / 2 < right and top < (w.top + w.bottom) / 2 < bottom
            ]  # fmt: skip
            read = {strip_marks(fold(w.text)).strip(".,:;") for w in there}
            if {strip_marks(fold(w.text)) for w in row.words} <= read:
                continue
            kept = [w for w in kept if w not in there]
            kept += [OcrWord(w.text, *w.box, w.confidence, number) for w in row.words]
    return kept


def put_stamps(page: Page, prepared: Prepared, stamps: Sequence[FramedStamp]) -> None:
    """Give the page its stamps, and their readings the lines of text that hold their words.

    Where the digit networks read the same gap, the likelier reading comes first; two that differ are both in doubt.
    """
    for stamp in stamps:
        page.stamps.append(stamp.box)
        for row in stamp.rows:
            where = prepared.to_page(*row.words[0].box)
            middle = (where[1] + where[3]) / 2
            lines = [
                line for line in page.lines
                if line.box and overlap(line.box, stamp.box) > 0.5 and line.box[1] < middle < line.box[3]
            ]  # fmt: skip
            if lines:
                for reading in row.readings:
                    _add(page, replace(reading, start=lines[0].start, end=lines[0].end))


def _add(page: Page, reading: PenReading) -> None:
    own = next((k for k, r in enumerate(page.pen) if (r.slot, r.start) == (reading.slot, reading.start)), None)
    if own is None:
        page.pen.append(reading)
        return
    other = page.pen[own]
    best = max(reading, other, key=lambda r: r.probability)
    if reading.text and reading.text == other.text:
        # A word that is itself in doubt lowers no bound.
        agreed = best.probability >= SECONDS_FROM and min(reading.probability, other.probability) >= DOUBT
        best = replace(best, seconded=best.seconded or agreed)
    elif reading.coloured and not other.text:
        best = reading  # the gap among the print was too narrow for the pen
    elif min(reading.probability, other.probability) > DOUBT:
        best = replace(best, probability=DOUBT)
    page.pen[own] = best


def _inside(frame: Frame, picture: Image) -> Image:
    """Grey picture of the straightened frame, every ink dark."""
    return np.asarray(frame.cut(picture, BORDER).min(axis=2), dtype=np.uint8)


def _windows(grey: Image, tops: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Image]]:
    for top, bottom in tops:
        if top >= 0 and bottom <= grey.shape[0] and bottom - top >= 8:
            yield (top, bottom), to_strip(grey[top:bottom, BORDER // 2 : grey.shape[1] - BORDER // 2])


def _centres(grey: Image, scale: float, reader: FormLineReader) -> list[float]:
    """Heights (pixels of ``grey``) at which lines of a stamp stand, from the top down."""
    belief: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for height in HEIGHTS:
        tall, step = round(height * scale), max(1, round(STEP * scale))
        windows = list(_windows(grey, [(top, top + tall) for top in range(0, grey.shape[0] - tall, step)]))
        if not windows:
            continue
        shares = np.exp(reader.scores([strip for _, strip in windows]))
        shares = shares.reshape(-1, len(windows), *shares.shape[1:]).mean(axis=0)  # over the networks
        for ((top, bottom), _), seen in zip(windows, shares, strict=True):
            for kind, share in _kinds(seen).items():
                belief[kind].append(((top + bottom) / 2, share))
    centres = []
    for kind in ("s", "n", "c"):
        seen = [(at, share) for at, share in belief[kind] if share > SEEN]
        if seen:
            best = max(seen, key=lambda pair: _support(pair[0], seen, scale))
            near = [(at, share) for at, share in seen if abs(at - best[0]) < 8 * scale]
            centres.append(sum(at * share for at, share in near) / sum(share for _, share in near))
    lines: list[float] = []
    for centre in sorted(centres):
        if not lines or centre - lines[-1] > 6 * scale:
            lines.append(centre)
    return lines


def _support(at: float, seen: list[tuple[float, float]], scale: float) -> float:
    return sum(share for other, share in seen if abs(other - at) < 8 * scale)


def _kinds(shares: np.ndarray) -> dict[str, float]:
    """How probably each word that begins a line stands in a window: its best place, in order."""
    return {sign: float(shares[:, SIGNS.index(sign) + 1].max()) for sign in ("s", "n", "c")}


def _row(
    grey: Image, wide: Image, frame: Frame, centre: float, scale: float, reader: FormLineReader, prepared: Prepared,
    pen: StampPen | None,
) -> StampRow | None:  # fmt: skip
    framings = [
        (round(centre + shift * scale - tall * scale / 2), round(centre + shift * scale + tall * scale / 2))
        for tall in CLOSER
        for shift in SHIFTS
    ]
    windows = [window for picture in (grey, wide) for window in _windows(picture, framings)]
    if not windows:
        return None
    votes = reader.vote([strip for _, strip in windows])
    if sum(share for shape, share in votes.shapes.items() if shape) < SEEN:
        return None
    match = LINE.fullmatch(votes.best)
    if match and match["code"]:
        return None  # "Số: 346/QĐ-UBND" in a frame is the document's own
    (top, bottom), _ = windows[votes.best_at]
    return _assembled(bottom - top, centre, votes, frame, prepared, pen)


def _assembled(
    tall: int, centre: float, votes: LineVotes, frame: Frame, prepared: Prepared, pen: StampPen | None
) -> StampRow:
    """Words and readings of a line from the signs of its best window and their places."""
    text = votes.best
    unit = tall / HEIGHT * PLACE  # pixels of the cut for one place
    xs = [BORDER // 2 + place * unit for place in votes.places]
    marks = [k for k, sign in enumerate(text) if sign in WORDS]
    half = 0.42 * tall
    ends = [xs[k] - 0.5 * tall for k in marks[1:]] + [frame.width + BORDER]
    words = []
    for k, end in zip(marks, ends, strict=True):
        left = max(0.0, xs[k] - 0.75 * tall)
        words.append(
            StampWord(
                WORDS[text[k]], _pixels(frame, left, centre - half, max(end, left + tall / 2), centre + half), 0.9
            )
        )
    readings = []
    for slot, (first, last) in spans_of_line(text).items():
        ranked = votes.ranked(slot)
        if not ranked:
            continue
        (value, share), others = ranked[0], [v for v, s in ranked[1:3] if v and s > 0.05]
        if last > first:
            left, right = xs[first] - 0.35 * tall, xs[last - 1] + 0.35 * tall
        else:
            left, right = xs[first - 1] + 0.3 * tall, xs[first - 1] + 1.5 * tall
        box = _box(frame, prepared, left - BORDER, centre - half - BORDER, right - BORDER, centre + half - BORDER)
        readings.append(PenReading(slot, 0, 0, box, value, round(TRUST * share, 4), tuple(others)))
    if pen is not None:
        told = {r.slot: r for r in _by_colour(pen, [(text[k], xs[k]) for k in marks], centre, tall, frame, prepared)}
        readings = [told.pop(r.slot, r) for r in readings] + list(told.values())
    return StampRow(tuple(words), tuple(readings))


def _by_colour(
    pen: StampPen, marks: list[tuple[str, float]], centre: float, tall: int, frame: Frame, prepared: Prepared
) -> Iterator[PenReading]:
    """Readings of the pen's strokes alone, which the reader of whole lines saw among the print."""
    for number in pen.slots(marks, centre, tall):
        if number.ranked:
            (value, share), others = number.ranked[0], [v for v, s in number.ranked[1:3] if s > 0.02]
            left, top, right, bottom = (side - BORDER for side in number.box)
            box = _box(frame, prepared, left, top, right, bottom)
            yield PenReading(number.slot, 0, 0, box, value, round(share, 4), tuple(others), coloured=True)


def _pixels(frame: Frame, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    """Rectangle of the straightened page round one of the cut."""
    corners = [frame.back(x, y, BORDER) for x in (left, right) for y in (top, bottom)]
    middle = sum(y for _, y in corners) / 4
    half = (bottom - top) / 2
    return (
        round(min(x for x, _ in corners)), round(middle - half), round(max(x for x, _ in corners)), round(middle + half)
    )  # fmt: skip


def _box(frame: Frame, prepared: Prepared, left: float, top: float, right: float, bottom: float) -> Box:
    corners = [frame.back(x + BORDER, y + BORDER, BORDER) for x in (left, right) for y in (top, bottom)]
    return prepared.to_page(
        min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)
    )

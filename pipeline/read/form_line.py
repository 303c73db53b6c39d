"""A line of a form → its words and digits, by the network of ``models/handwriting`` for whole lines.

Received stamps are pressed in small type, worn, and filled in by hand over dotted leaders: print and pen stand too
close for either to be cut out.  The network reads the whole line, prepared words as one sign each: "Số 346" is
``s346``, "ngày 27 tháng 3 năm 2019" ``n27t3y2019``, "Ngày 05/4/2019" ``n05/4/2019``, "Chuyển" ``c``; the number line of
a document "Số: 346/QĐ-UBND" is ``s346/``; anything else is nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import cv2
import numpy as np

from pipeline.read.ctc import align, weighed_texts
from pipeline.read.model import Image, Slot
from pipeline.read.networks import Networks, packaged

SIGNS = "0123456789/sntyc"
HEIGHT = 48
WIDEST = 512
PLACE = 4  # columns of a strip for one place of the network
_STEP = 32  # strips are padded to a multiple of this
MOST_HEARD = 6  # framings of a line that vote
WORD_SIGNS = "sntyc"

# A whole line: "s346n27t3y2019", "s346/", "n05/4/2019", "n05/42019" where the second slash was left out.
LINE = re.compile(
    r"(?:s(?P<number>\d{0,5})(?P<code>/(?:\d{4}/)?)?)?"
    r"(?:n(?P<day>\d{0,2})(?:t(?P<month>\d{0,2})(?:y(?P<year>\d{0,4}))?"
    r"|/(?P<month2>\d{1,2})(?:/?(?P<year2>\d{4}|\d{2}))?)?)?"
)


@dataclass(slots=True)
class LineVotes:
    """What the framings of one line say: for each slot the share of each value, for each sequence of words its share.

    Shares add up to at most 1; a share of ``slots["day"][""]`` says that no day was written.
    """

    slots: dict[Slot, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))
    shapes: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    best: str = ""  # the string of the surest framing
    best_at: int = 0  # which framing that is
    places: tuple[int, ...] = ()  # of the signs of ``best`` along it

    def ranked(self, slot: Slot) -> list[tuple[str, float]]:
        return sorted(self.slots[slot].items(), key=lambda pair: -pair[1])


def values_of_line(match: re.Match[str]) -> dict[Slot, str]:
    """The values that a line's string gives; a year is its last two digits."""
    told: dict[Slot, str] = {}
    if match["number"] is not None:
        told["received" if match["code"] is None else "number"] = match["number"]
    if match["day"] is not None:
        told["day"] = match["day"]
        told["month"] = match["month"] or match["month2"] or ""
        year, short = match["year"] or match["year2"] or "", match["year2"] or ""
        # "20" alone is the century that stamps print, not the year 2020.
        known = len(short) == 2 and short != "20"
        told["year"] = year[2:] if len(year) == 4 and year.startswith("20") else short if known else ""
    return told


def to_strip(grey: Image) -> Image:
    """A grey piece of a line as the network takes it: (HEIGHT, n) uint8, ink 255 on 0, n at most WIDEST."""
    paper, ink = np.percentile(grey, [85, 1])
    level = np.clip((paper - grey.astype(np.float32)) / max(40.0, paper - ink), 0, 1)
    scale = HEIGHT / grey.shape[0]
    width = min(WIDEST, max(_STEP, round(grey.shape[1] * scale)))
    small = cv2.resize(level, (width, HEIGHT), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    strip = np.zeros((HEIGHT, min(WIDEST, width + -width % _STEP)), np.uint8)
    strip[:, :width] = np.round(255 * small).astype(np.uint8)
    return strip


def spans_of_line(text: str) -> dict[Slot, tuple[int, int]]:
    """Half-open span of the signs of each slot in a line's text."""
    match = LINE.fullmatch(text)
    if match is None:
        return {}
    names: tuple[tuple[str, Slot], ...] = (
        ("number", "received"), ("day", "day"), ("month", "month"), ("month2", "month"), ("year", "year"),
        ("year2", "year"),
    )  # fmt: skip
    return {slot: match.span(name) for name, slot in names if match[name] is not None}


class FormLineReader:
    """Reads whole lines from framings of them."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks

    def scores(self, strips: Sequence[Image]) -> np.ndarray:
        """Log-probabilities (networks x strips, places, 1 + len(SIGNS)) of strips of one width."""
        return self._networks.scores(np.stack(strips))

    def vote(self, strips: Sequence[Image]) -> LineVotes:
        """What framings of one line, which may differ in width, say together.

        A framing that cuts the line is unsure of all it sees: the surer ones alone are heard.  The prepared words part
        a line, and what stands between two of them is weighed by itself: a doubtful year takes nothing from the day.
        """
        heard: list[tuple[float, str, int, np.ndarray]] = []
        for at, strip in enumerate(strips):
            scores = self.scores([strip])
            texts = weighed_texts(scores, SIGNS)
            fits = [(share, t) for t, share in texts if t and (LINE.fullmatch(t) or t == "c")]
            if fits:
                heard.append((*max(fits), at, scores))
        votes = LineVotes()
        for _, text, at, scores in sorted(heard, key=lambda one: one[:3], reverse=True)[:MOST_HEARD]:
            places = align(scores[0], text, SIGNS)
            if places is None:
                continue
            if not votes.best:
                votes.best, votes.best_at, votes.places = text, at, tuple(places)
            marks = [k for k, sign in enumerate(text) if sign in WORD_SIGNS]
            seen = float(np.exp([scores[:, places[k], SIGNS.index(text[k]) + 1].mean() for k in marks]).prod())
            votes.shapes[re.sub(r"\d+", "", text)] += (seen if marks else 0.0) / MOST_HEARD
            for k, end in zip(marks, [places[k] for k in marks[1:]] + [scores.shape[1]], strict=True):
                part = scores[:, places[k] + 1 : end]
                for slot, value, share in _between(text[k], part):
                    votes.slots[slot][value] += share * seen / MOST_HEARD
        return votes


def _between(sign: str, scores: np.ndarray) -> Iterator[tuple[Slot, str, float]]:
    """What stands behind a prepared word, up to the next one: slots, values, probabilities."""
    if scores.shape[1] == 0:
        return
    # What is left of the words at both ends is nothing here.
    words = [0, *(SIGNS.index(one) + 1 for one in WORD_SIGNS)]
    nothing = np.logaddexp.reduce(scores[:, :, words], axis=2)
    scores = scores.copy()
    scores[:, :, words] = -99.0
    scores[:, :, 0] = nothing
    for text, share in weighed_texts(scores, SIGNS):
        match = LINE.fullmatch({"t": "nt", "y": "nty"}.get(sign, sign) + text)
        if match is None:
            continue
        for slot, value in values_of_line(match).items():
            own = {"t": "month", "y": "year", "n": "day"}.get(sign, slot)
            if slot == own or (sign == "n" and "/" in text):
                yield slot, value, share


@lru_cache(maxsize=1)
def form_line_reader() -> FormLineReader | None:
    """The reader with the weights of this package; None when the package holds none."""
    networks = packaged("lines")
    return FormLineReader(networks) if networks else None

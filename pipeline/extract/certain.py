"""Were these digits certainly printed and certainly read?

Three independent checks, because one is not enough: black handwriting is read with 0.9 confidence twice over and is
still wrong ("1" with a flag reads "4").  The reading's own confidence; a second reading of the line at another scale;
and the size and line of the digits beside printed ones (measured on the real scans: print differs by less than 0.13
of a digit's height from the year beside it, pen strokes by 0.24 and more).
"""

from __future__ import annotations

import re

from pipeline.layout import Flow
from pipeline.read.model import Box, Page, Word

SURE_WORD = 0.7
LEAST_GLUED = 0.65  # a serial in one word with its ký hiệu: the code's doubt lowers the word
GROWTH, SHIFT = 0.17, 0.3  # of the printed height: difference in height, shift of the top


def certainly_read(flow: Flow, start: int, end: int, printed: Box | None = None, least: float = SURE_WORD) -> bool:
    """True when the digits of ``flow[start:end]`` pass all three checks; text that was typed always does."""
    for span in flow.locate(start, end):
        confidence = span.page.confidence_of(span.start, span.end)
        if confidence is None:
            continue
        if confidence < least or not second_reading_agrees(span.page, span.start, span.end):
            return False
        words = span.page.words_in(span.start, span.end)
        if printed and any(not same_print(word, printed) for word in words if word.text.strip(".,").isdigit()):
            return False
    return True


def same_print(word: Word, printed: Box) -> bool:
    """The word stands on the line of ``printed`` digits or capitals and is as tall as they are."""
    if word.box is None:
        return True
    height = max(1e-6, printed[3] - printed[1])
    top, bottom = (word.box[1] - printed[1]) / height, (word.box[3] - printed[3]) / height
    return abs(bottom - top) <= GROWTH and abs(top) <= SHIFT


def second_reading_agrees(page: Page, start: int, end: int) -> bool:
    """The page's second reading of the line holds the same digits in the same places.

    Where the two readings hold different numbers of digit groups (a stroke read as one), each group asked for must
    occur as often in the second as in the first.
    """
    for reading in page.rereads:
        if reading.start <= start and end <= reading.end:
            first = list(re.finditer(r"\d+", page.text[reading.start : reading.end]))
            asked = [
                at for at, m in enumerate(first) if m.end() + reading.start > start and m.start() + reading.start < end
            ]
            groups = [m.group() for m in first]
            return bool(asked) and all(_same_places(groups, re.findall(r"\d+", text), asked) for text in reading.texts)
    return False


def _same_places(first: list[str], second: list[str], asked: list[int]) -> bool:
    if len(first) == len(second):
        return all(first[at] == second[at] for at in asked)
    return all(second.count(first[at]) >= first.count(first[at]) for at in asked)

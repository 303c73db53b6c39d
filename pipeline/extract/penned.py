"""Numbers written by hand: which readings of the digit recogniser are certain enough to be values.

The thresholds are those of the model card (models/handwriting/README.md): on real papers of agencies that took no
part in choosing them, no accepted reading was wrong.  What falls below is a suggestion for the clerk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.layout import Flow
from pipeline.read.model import PenReading, Slot
from pipeline.read.seconding import SECONDED, SURE

# A reading that something independent says as well: the file's name, the text engine's own digits, the second reader.
SUPPORTED = SECONDED
WORTH_SHOWING = 0.1  # a suggestion less sure than this is noise
LEFT_BLANK = 0.6
DIFFERS = 0.5  # a reading as sure as this puts a printed one in doubt


def penned(flow: Flow, start: int, end: int, slot: Slot) -> PenReading | None:
    """The recogniser's reading of ``slot`` on the printed line that holds ``flow[start:end]``."""
    for reading in _readings(flow, start, end, slot):
        if reading.text and reading.probability >= WORTH_SHOWING:
            return reading
    return None


def left_blank(flow: Flow, start: int, end: int, slot: Slot) -> bool:
    """Nobody wrote anything into ``slot``: a draft, or a copy made before the number was given."""
    return any(
        not reading.text and reading.probability >= LEFT_BLANK and not reading.coloured
        for reading in _readings(flow, start, end, slot)
    )


def _readings(flow: Flow, start: int, end: int, slot: Slot) -> Iterator[PenReading]:
    for span in flow.locate(start, end):
        for reading in span.page.pen:
            if reading.slot == slot and reading.start <= span.start < reading.end:
                yield reading


def is_sure(reading: PenReading, supported: bool = False) -> bool:
    return reading.probability >= (SUPPORTED if supported or reading.seconded else SURE)


def named_in_file(serial: str, path: Path) -> bool:
    """The file's name carries the serial ("34CD_2019.PDF", "1_vp_409_2019.pdf"); a single digit says nothing."""
    groups = {group.lstrip("0") for group in re.findall(r"(?<!\d)\d{1,5}(?!\d)", path.stem)}
    return len(serial.lstrip("0")) > 1 and serial.lstrip("0") in groups

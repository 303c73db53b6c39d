"""What the archive needs to know about a file that was read: its records, and its pages' text with word boxes.

The archive does not read files itself.  Whoever calls it hands in a ``Reader``; the command line gives it the
extraction pipeline, a test gives it hand-made records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipeline.record.models import Record

WordBox = tuple[int, int, float, float, float, float]
"""Start and end of a word in the page's raw text, then left, top, right, bottom as fractions of the page."""


@dataclass(frozen=True, slots=True)
class PageText:
    """Raw text of a page (1-based number in the file); ``words`` is empty for a source without pictures."""

    number: int
    text: str
    words: Sequence[WordBox] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read: its records in page order and its pages; ``tool`` names the program and version."""

    records: Sequence[Record]
    pages: Sequence[PageText] = ()
    tool: str = "congvan"
    notes: list[str] = field(default_factory=list)


class Reader(Protocol):
    """Reads one file; raises a ``CongvanError`` when it cannot."""

    def __call__(self, path: Path, /) -> Reading: ...

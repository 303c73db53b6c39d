"""What reading yields: pages of raw text whose words know their span and, on pages with a picture, their box.

Boxes are fractions ``(left, top, right, bottom)`` of the upright page as it was read.  That is the upright picture,
but for a photo whose sheet was laid flat: ``Page.on_picture`` leads from there back to the picture.  Spans are
half-open offsets into the raw text of the page; every later layer points into that text and never changes it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from numpy.typing import NDArray

if TYPE_CHECKING:
    from pipeline.errors import CongvanError
    from pipeline.read.sheet import Sheet

Image = NDArray[Any]
"""A picture or a mask: OpenCV's own annotations do not keep the element type, so neither can ours."""

Box = tuple[float, float, float, float]
PageSource = Literal["ocr", "text-layer", "text"]
Medium = Literal["scan", "digital", "text"]


def union(boxes: Iterable[Box]) -> Box:
    """Smallest box round ``boxes``; raises ValueError when there are none."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def overlap(a: Box, b: Box) -> float:
    """Shared area of two boxes as a fraction of ``a``'s area (0 when ``a`` has none)."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    area = (a[2] - a[0]) * (a[3] - a[1])
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Word:
    """A run of ink without white space."""

    text: str
    start: int
    end: int
    box: Box | None = None
    confidence: float | None = None  # 0..1, None when the source does not say
    bold: bool = False
    red: bool = False  # stamped in red ink: a name stamp, a mark, the ĐẾN box


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line of one column; a wide gap between words ends a line."""

    start: int
    end: int
    words: tuple[Word, ...]
    column: int = 0  # 0 = full width, 1 = left of a gutter, 2 = right of it

    @property
    def box(self) -> Box | None:
        boxes = [w.box for w in self.words if w.box]
        return union(boxes) if boxes else None

    @property
    def bold(self) -> bool:
        return bool(self.words) and all(w.bold for w in self.words)

    @property
    def red(self) -> bool:
        return bool(self.words) and all(w.red for w in self.words)


@dataclass(frozen=True, slots=True)
class Ink:
    """A patch of ink that is not print: pen strokes or a stamp."""

    box: Box
    kind: Literal["pen", "stamp"]


@dataclass(frozen=True, slots=True)
class Reread:
    """Second readings of a line whose digits matter (number, date) or of an address: raw span and the texts read.

    ``others`` are what a reader of another make saw, in several framings.
    """

    start: int
    end: int
    texts: tuple[str, ...]
    others: tuple[str, ...] = ()


Slot = Literal["number", "received", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class PenReading:
    """A number that a pen wrote into a printed form, as the digit recogniser reads it.

    ``start``..``end`` is the raw span of the printed line, ``box`` the ink, ``probability`` the recogniser's own
    (0..1); ``coloured`` tells that the ink is known to be a pen's by its colour; ``seconded`` that a reader of another
    make reads the same digits.  An empty text says that nothing was written there.
    """

    slot: Slot
    start: int
    end: int
    box: Box
    text: str
    probability: float
    others: tuple[str, ...] = ()
    coloured: bool = False
    seconded: bool = False


@dataclass(slots=True)
class Page:
    number: int  # 1-based, in the file
    text: str
    lines: list[Line]
    source: PageSource
    size: tuple[float, float] = (0.0, 0.0)  # points, of the upright picture; (0, 0) without pages
    rotation: int = 0  # clockwise degrees that made the page upright
    ink: list[Ink] = field(default_factory=list)
    rereads: list[Reread] = field(default_factory=list)
    pen: list[PenReading] = field(default_factory=list)
    stamps: list[Box] = field(default_factory=list)  # frames of received stamps
    blank: bool = False
    error: CongvanError | None = None
    notes: list[str] = field(default_factory=list)
    sheet: Sheet | None = None  # where the page lies in its upright picture, when it is a photo that was laid flat
    _starts: list[int] | None = field(default=None, repr=False)

    @property
    def words(self) -> Iterator[Word]:
        for line in self.lines:
            yield from line.words

    def lines_in(self, start: int, end: int) -> list[Line]:
        """Lines that share at least one character with the span (or hold an empty one)."""
        if self._starts is None:
            self._starts = [line.start for line in self.lines]
        at = max(0, bisect_right(self._starts, start) - 1)
        found = []
        for line in self.lines[at:]:
            if line.start >= end and line.start != start:
                break
            if line.end > start or (start == end and line.end >= start):
                found.append(line)
        return found

    def words_in(self, start: int, end: int) -> list[Word]:
        return [w for line in self.lines_in(start, end) for w in line.words if w.start < end and w.end > start]

    def boxes_of(self, start: int, end: int) -> list[Box]:
        """One box per line of text under the span, looked up from the words; empty without a picture.

        A span that begins or ends inside a word takes the share of the word's width that its characters have:
        the reader of the page is shown the value and not its neighbour.
        """
        boxes = []
        for line in self.lines_in(start, end):
            parts = []
            for word in line.words:
                if word.box is None or word.start >= end or word.end <= start:
                    continue
                left, top, right, bottom = word.box
                width = (right - left) / max(1, word.end - word.start)
                parts.append(
                    (
                        left + width * max(0, start - word.start),
                        top,
                        right - width * max(0, word.end - end),
                        bottom,
                    )
                )
            if parts:
                boxes.append(union(parts))
        return boxes

    def on_picture(self, box: Box) -> Box:
        """A box of the page as a box of its upright picture, which is what a person is shown."""
        return self.sheet.box_on_picture(box) if self.sheet else box

    def confidence_of(self, start: int, end: int) -> float | None:
        """The least confidence of the words under the span, weighted towards the weakest; None when unknown."""
        known = [w.confidence for w in self.words_in(start, end) if w.confidence is not None]
        return round(min(known), 4) if known else None


@dataclass(slots=True)
class SourceFile:
    """A file as read."""

    path: Path
    sha256: str
    medium: Medium
    pages: list[Page]
    file_format: str
    signatures: list[dict[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def failed_pages(self) -> list[Page]:
        return [p for p in self.pages if p.error is not None]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read.  ``dpi`` is the resolution at which pages are rasterised for OCR."""

    dpi: int = 200
    language: str = "vie"
    max_pages: int = 1000
    max_megapixels: int = 120
    page_timeout: float = 120.0
    jobs: int = 1
    cache: bool = True
    force_ocr: bool = False
    engine: str = "tesseract"


@dataclass(frozen=True, slots=True)
class Raster:
    """A page picture: ``rgb`` is (height, width, 3) uint8, upright; ``dpi`` its resolution on the page.

    ``sheet`` tells where it was cut out of a photo.
    """

    rgb: Image
    dpi: float
    sheet: Sheet | None = None

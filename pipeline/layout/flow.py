"""A flow: lines of one or several pages joined into one text, with the way back to the raw text of each page.

Extractors work on flows, where a paragraph is one line whatever the page did to it; evidence needs spans of the page's
own text.  A flow drops line ends and puts one space or line feed between pieces; :meth:`Flow.mended` also mends words
that recognition damaged, letter for letter, so that every offset still leads to the ink it was read from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.language.word_mending import mend_words
from pipeline.read.model import Box, Line, Page


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span of the raw text of one page."""

    page: Page
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.page.text[self.start : self.end]

    @property
    def boxes(self) -> list[Box]:
        return self.page.boxes_of(self.start, self.end)

    def meets(self, other: Span) -> bool:
        """Whether the two share a sign."""
        return self.page is other.page and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line together with the page it stands on."""

    page: Page
    line: Line

    @property
    def text(self) -> str:
        return self.page.text[self.line.start : self.line.end]

    @property
    def span(self) -> Span:
        return Span(self.page, self.line.start, self.line.end)

    @property
    def box(self) -> Box | None:
        return self.line.box

    @property
    def bold(self) -> bool:
        return self.line.bold

    @property
    def column(self) -> int:
        return self.line.column

    def blank_before(self) -> int:
        """Empty lines between the line above and this one in the raw text."""
        before = self.page.text[: self.line.start]
        blank = before[len(before.rstrip()) :]
        return max(0, blank.count("\n") - 1)


@dataclass(slots=True)
class Flow:
    """Text assembled of pieces of pages."""

    text: str = ""
    _at: list[int] = field(default_factory=list)
    _from: list[tuple[Page, int]] = field(default_factory=list)

    @classmethod
    def of_lines(cls, lines: Iterable[PageLine], joint: str = "\n") -> Flow:
        """Lines joined by ``joint``."""
        flow = cls()
        flow.extend((line, joint) for line in lines)
        return flow

    def extend(self, pieces: Iterable[tuple[PageLine, str]]) -> None:
        """Append lines, each preceded by its joint (nothing before the first piece of the flow)."""
        parts = [self.text] if self.text else []
        at = len(self.text)
        for piece, joint in pieces:
            if at:
                parts.append(joint)
                at += len(joint)
            self._at.append(at)
            self._from.append((piece.page, piece.line.start))
            parts.append(piece.text)
            at += len(piece.text)
        self.text = "".join(parts)

    def locate(self, start: int, end: int) -> list[Span]:
        """Raw spans under ``[start, end)``: pieces that meet in the raw text with only white space between are one."""
        spans: list[Span] = []
        for index in range(max(0, bisect_right(self._at, start) - 1), len(self._at)):
            piece_start = self._at[index]
            if piece_start >= end:
                break
            page, raw = self._from[index]
            piece_end = self._at[index + 1] if index + 1 < len(self._at) else len(self.text)
            a, b = max(start, piece_start), min(end, piece_end)
            text = self.text[a:b]
            a += len(text) - len(text.lstrip())
            b -= len(text) - len(text.rstrip())
            if a >= b:
                continue
            span = Span(page, raw + a - piece_start, raw + b - piece_start)
            last = spans[-1] if spans else None
            if last and last.page is page and last.end <= span.start and not page.text[last.end : span.start].strip():
                spans[-1] = Span(page, last.start, span.end)
            else:
                spans.append(span)
        return spans

    def mended(self) -> Flow:
        """The flow with misread words mended where its pages were recognised from a picture; itself when none was."""
        if not any(page.source == "ocr" for page, _ in self._from):
            return self
        pieces, at = [], 0
        bounds = [*self._at[1:], len(self.text)]
        for index, end in enumerate(bounds):
            recognised = self._from[index][0].source == "ocr"
            last = index + 1 == len(bounds)
            if last or recognised != (self._from[index + 1][0].source == "ocr"):
                pieces.append(mend_words(self.text[at:end]) if recognised else self.text[at:end])
                at = end
        return Flow("".join(pieces), self._at, self._from)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def lines(self) -> Iterator[tuple[int, int]]:
        """Half-open offsets of each line of the flow."""
        start = 0
        for line in self.text.split("\n"):
            yield start, start + len(line)
            start += len(line) + 1

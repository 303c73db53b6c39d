"""Breaking a paragraph into lines: greedy, as word processors of offices do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.generator import fonts
from corpus.generator.page import Span
from corpus.generator.source import Run


@dataclass(frozen=True)
class Line:
    """The spans of one line with single spaces between words, and whether it ends its paragraph."""

    spans: tuple[Span, ...]
    last: bool

    @property
    def width(self) -> float:
        return sum(span.width for span in self.spans)

    @property
    def gaps(self) -> int:
        return sum(span.text.count(" ") for span in self.spans)

    def spacing(self, width: float) -> float:
        """What every space grows by to fill ``width``; nothing on the last line of a paragraph."""
        if self.last or not self.gaps:
            return 0.0
        return max(0.0, (width - self.width) / self.gaps)


Word = list[Span]


def spans(pieces: Iterable[Run], size: float) -> list[Span]:
    """Runs as spans of the serif face at a size in points."""
    return [Span(run.text, fonts.face(run.bold, run.italic), size) for run in pieces]


def _words(pieces: Sequence[Span]) -> list[Word]:
    """Split at spaces; a word may change its face in the middle."""
    words: list[Word] = []
    joined = False
    for span in pieces:
        parts = span.text.split(" ")
        for at, part in enumerate(parts):
            if at > 0:
                joined = False
            if not part:
                continue
            piece = Span(part, span.face, span.size)
            if joined and words:
                words[-1].append(piece)
            else:
                words.append([piece])
            joined = True
        if span.text.endswith(" "):
            joined = False
    return words


def _width(word: Word) -> float:
    return sum(span.width for span in word)


def _cut(word: Word, width: float) -> list[Word]:
    """Cut a word that is wider than a line (a web address) into pieces that fit."""
    found: list[Word] = [[]]
    used = 0.0
    for span in word:
        for letter in span.text:
            step = fonts.width(letter, span.face, span.size)
            if used + step > width and found[-1]:
                found.append([])
                used = 0.0
            if found[-1] and found[-1][-1].face == span.face:
                last = found[-1].pop()
                found[-1].append(Span(last.text + letter, span.face, span.size))
            else:
                found[-1].append(Span(letter, span.face, span.size))
            used += step
    return found


def _line(words: list[Word], last: bool) -> Line:
    merged: list[Span] = []
    for at, word in enumerate(words):
        for inner, span in enumerate(word):
            text = (" " if at and not inner else "") + span.text
            if merged and merged[-1].face == span.face and merged[-1].size == span.size:
                merged[-1] = Span(merged[-1].text + text, span.face, span.size)
            else:
                merged.append(Span(text, span.face, span.size))
    return Line(tuple(merged), last)


def break_lines(pieces: Sequence[Span], width: float, *, indent: float = 0.0) -> list[Line]:
    """Lines no wider than ``width`` points; the first is shorter by ``indent``.  Runs of spaces count as one."""
    found: list[Line] = []
    current: list[Word] = []
    used, room = 0.0, width - indent
    todo = _words(pieces)
    while todo:
        word = todo.pop(0)
        space = fonts.width(" ", word[0].face, word[0].size) if current else 0.0
        if used + space + _width(word) <= room:
            current.append(word)
            used += space + _width(word)
            continue
        if current:
            todo.insert(0, word)
            found.append(_line(current, last=False))
        else:
            parts = _cut(word, room)
            found.append(_line([parts[0]], last=len(parts) == 1 and not todo))
            todo = parts[1:] + todo
        current, used, room = [], 0.0, width
    if current:
        found.append(_line(current, last=True))
    return found


def balanced(pieces: Sequence[Span], width: float) -> list[Line]:
    """As many lines as ``break_lines`` needs, but as even as they go: how clerks break a title by hand."""
    least = len(break_lines(pieces, width))
    narrow, wide = 0.0, width
    for _ in range(12):
        middle = (narrow + wide) / 2
        fits = len(break_lines(pieces, middle)) <= least
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return break_lines(pieces, wide)

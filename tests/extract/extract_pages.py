"""Pages and contexts for tests of the extractors: of plain text, and of words set as recognition gives them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.context import Context
from pipeline.layout import DocumentLayout, Flow, PageLine, Zone, analyse
from pipeline.read.markup import pages_of_text
from pipeline.read.model import Box, Ink, Line, Page, PageSource, Reread, SourceFile, Word

SHA = "ab" * 32


def source_of(pages: list[Page]) -> SourceFile:
    medium = "scan" if pages[0].source == "ocr" else "text"
    return SourceFile(Path("a.txt"), SHA, medium, pages, "pdf" if medium == "scan" else "txt")  # type: ignore[arg-type]


def typed(text: str) -> Context:
    """The context of the first document of a plain text."""
    pages, _ = pages_of_text(text.strip("\n"))
    return Context(source_of(pages), analyse(pages)[0], 0, True)


def zoned(zone: Zone, text: str) -> Context:
    """A typed document of which nothing is known but the lines of one zone."""
    pages, _ = pages_of_text(text)
    return of_lines(pages[0], [(zone, line) for line in pages[0].lines], True)


def of_lines(page: Page, zones: Iterable[tuple[Zone, Line]], is_typed: bool) -> Context:
    lines = [(zone, PageLine(page, line)) for zone, line in zones]
    layout = DocumentLayout([page], lines)
    layout.body = Flow.of_lines(layout.lines_of(Zone.BODY), " ")
    return Context(source_of([page]), layout, 0, is_typed)


LEFT, TOP, LETTER, SPACE, HEIGHT, LEADING = 0.1, 0.1, 0.011, 0.008, 0.012, 0.02


def scanned(
    zone: Zone, text: str, *, doubt: dict[str, float] | None = None, tall: dict[str, float] | None = None,
    rereads: tuple[str, ...] | None = None, ink_on: tuple[str, ...] = (), kind: str = "pen", source: PageSource = "ocr",
) -> Context:  # fmt: skip
    """Lines of one zone as a recogniser gives them: every word with a box and 0.95 confidence.

    ``doubt`` gives words another confidence; ``tall`` another height, in heights of a printed digit (the foot stays);
    ``rereads`` are the second readings of each line (the line itself when None, no second reading when empty);
    ``ink_on`` are words over which a stroke lies.
    """
    lines: list[Line] = []
    ink: list[Ink] = []
    again: list[Reread] = []
    start, top = 0, TOP
    for raw in text.split("\n"):
        words: list[Word] = []
        left, at = LEFT, start
        for word in raw.split(" "):
            width = len(word) * LETTER
            if word:
                bottom = top + HEIGHT
                box: Box = (left, bottom - HEIGHT * (tall or {}).get(word, 1.0), left + width, bottom)
                words.append(Word(word, at, at + len(word), box, (doubt or {}).get(word, 0.95)))
                if word in ink_on:
                    ink.append(Ink(box, kind))  # type: ignore[arg-type]
            left += width + SPACE
            at += len(word) + 1
        lines.append(Line(words[0].start, words[-1].end, tuple(words)))
        if rereads is None or rereads:
            again.append(Reread(start, start + len(raw), (raw,) if rereads is None else rereads))
        start += len(raw) + 1
        top += LEADING
    page = Page(1, text, lines, source, (595.0, 842.0), ink=ink, rereads=again)
    return of_lines(page, [(zone, line) for line in lines], source != "ocr")


def zones(*rows: tuple[Zone, str]) -> Context:
    """A typed document of the given lines in the given zones."""
    pages, _ = pages_of_text("\n".join(text for _, text in rows))
    return of_lines(pages[0], [(zone, line) for (zone, _), line in zip(rows, pages[0].lines, strict=True)], True)


def table(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Rows whose first cell is the question that they ask."""
    return [pytest.param(*row[1:], id=row[0]) for row in rows]

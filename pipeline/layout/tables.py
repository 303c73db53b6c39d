"""Tables: rows of cells, each with the spans it was read from.

Two shapes come in.  Text (DOCX, Markdown, plain) writes a row on a line with a tab, "|" or a wide blank between cells.
A page with boxes shows columns only by where the words stand: gutters are the blank strips between the heads of two
columns, and rows are parted by blank strips that run across all columns.  Whatever does not part cleanly is no table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.language.word_mending import mend_words
from pipeline.layout.flow import PageLine, Span
from pipeline.read.model import Box, Page, Word

__all__ = ["Cell", "Table", "find_tables"]

_SEPARATOR = re.compile(r"\t|\s*\|\s*|(?<=\S)[ \u00a0]{3,}(?=\S)")
_COUNT_HEAD = re.compile(r"^(?:STT|TT|S[ốôo] ?TT)\b", re.IGNORECASE)
_COUNT = re.compile(r"^(?:\d{1,3}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[A-HĐ])[.)]?$")
_RULE = re.compile(r"^[|_\-–—\[\]]+$")
_MOST_COLUMNS = 9
_GUTTER = 0.006  # least width of the blank strip between two columns, as a share of the page
_WORD_GAP = 0.012  # words of one head stand nearer than this
_BLANK = 0.4  # of a word's height: a blank strip across the page that is taller parts two rows


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: spans in reading order."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The cell on one line; misread words of a scan mended, letter for letter."""
        text = " ".join(" ".join(span.text.split()) for span in self.spans)
        return mend_words(text) if any(span.page.source == "ocr" for span in self.spans) else text


@dataclass(frozen=True, slots=True)
class Table:
    """A header row, the rows under it (as many cells each), and the lines that all of it covers."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[PageLine, ...]


Opens = Callable[[Sequence[str]], bool]


def find_tables(lines: Sequence[PageLine], opens: Opens) -> list[Table]:
    """Tables among ``lines`` whose header row ``opens`` accepts (given the texts of its cells)."""
    return [*_separated(lines, opens), *_boxed(lines, opens)]


# --- text: one line a row ---


def _separated(lines: Sequence[PageLine], opens: Opens) -> list[Table]:
    tables = []
    at = 0
    while at < len(lines):
        head = _cells_of_line(lines[at])
        at += 1
        if len(head) < 3 or not opens([cell.text for cell in head]):
            continue
        rows, first = [], at - 1
        while at < len(lines):
            cells = _cells_of_line(lines[at])
            if not 2 <= len(cells) <= len(head):
                break
            # Empty cells at the end of a row leave no trace in text.
            rows.append(cells + (Cell(()),) * (len(head) - len(cells)))
            at += 1
        if rows:
            tables.append(Table(head, tuple(rows), tuple(lines[first:at])))
    return tables


def _cells_of_line(line: PageLine) -> tuple[Cell, ...]:
    """Cells of a line; empty ones between two tabs or bars are kept, the bars at its ends are not cells."""
    if line.page.source != "text":
        return ()
    text = line.text
    framed = text.startswith("|")
    end = len(text) - 1 if framed and text.endswith("|") else len(text)
    cells, start = [], int(framed)
    for cut in [*_SEPARATOR.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        piece = text[start:stop]
        a = line.line.start + start + len(piece) - len(piece.lstrip())
        b = line.line.start + start + len(piece.rstrip())
        cells.append(Cell((Span(line.page, a, b),) if b > a else ()))
        start = cut.end() if cut else stop
    return tuple(cells)


# --- pages with boxes: columns by their gutters ---


@dataclass(frozen=True, slots=True)
class _Placed:
    line: PageLine
    word: Word
    box: Box

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


def _boxed(lines: Sequence[PageLine], opens: Opens) -> list[Table]:
    tables: list[Table] = []
    for at, line in enumerate(lines):
        if line.page.source == "text" or not _COUNT_HEAD.match(line.text):
            continue
        if any(line in table.lines for table in tables):
            continue
        if (table := _table_at(lines, at, opens)) is not None:
            tables.append(table)
    return tables


def _table_at(lines: Sequence[PageLine], at: int, opens: Opens) -> Table | None:
    page = lines[at].page
    corner = lines[at].line.words[0].box
    if corner is None:
        return None
    above = corner[1] - 1.6 * (corner[3] - corner[1])
    bands = _bands([p for p in _words(lines, page) if p.box[1] > above])
    first = next((n for n, band in enumerate(bands) if any(p.box == corner for p in band)), None)
    if first is None:
        return None
    head = bands[first]
    columns = _columns(head)
    if columns is None:
        return None
    body, whole = _until_prose(bands[first + 1 :], columns)
    gutters = _gutters(columns, [p for band in body for p in band])
    if gutters is None:
        return None
    heads = _cells(head, gutters)
    if not opens([cell.text for cell in heads]):
        return None
    rows = _rows(body, gutters)
    covered = {id(p.line.line): p.line for band in (head, *body) for p in band}
    for later in _pages_after(lines, page) if whole else ():
        bands = _bands(_words(lines, later))
        # The head may be printed again at the top of the page.
        bands = bands[1:] if bands and opens([cell.text for cell in _cells(bands[0], gutters)]) else bands
        more, whole = _until_prose(bands, columns)
        if not more or any(p.box[0] < cut - 0.01 and p.box[2] > cut + 0.01 for b in more for p in b for cut in gutters):
            break
        rows += _rows(more, gutters)
        covered |= {id(p.line.line): p.line for band in more for p in band}
        if not whole:
            break
    return Table(heads, tuple(rows), tuple(covered.values())) if rows else None


def _words(lines: Sequence[PageLine], page: Page) -> list[_Placed]:
    return [
        _Placed(line, word, word.box)
        for line in lines
        if line.page is page
        for word in line.line.words
        if word.box and not _RULE.match(word.text)
    ]


def _pages_after(lines: Sequence[PageLine], page: Page) -> list[Page]:
    return sorted({p.number: p for line in lines if (p := line.page).number > page.number}.values(), key=_number)


def _number(page: Page) -> int:
    return page.number


def _bands(placed: list[_Placed]) -> list[list[_Placed]]:
    """Words between two blank strips across the page: the rows of a table stand farther apart than a cell's lines."""
    if not placed:
        return []
    least = _BLANK * median(p.box[3] - p.box[1] for p in placed)
    bands: list[list[_Placed]] = []
    reach = -1.0
    for p in sorted(placed, key=lambda p: p.box[1]):
        if p.box[1] - reach > least:
            bands.append([])
        bands[-1].append(p)
        reach = max(reach, p.box[3])
    return bands


def _columns(head: list[_Placed]) -> list[tuple[float, float]] | None:
    """Left and right of each head: words of one stand a blank apart, its lines above each other."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((p.box[0], p.box[2]) for p in head):
        if columns and left - columns[-1][1] < _WORD_GAP:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns if 3 <= len(columns) <= _MOST_COLUMNS else None


def _until_prose(bands: list[list[_Placed]], columns: list[tuple[float, float]]) -> tuple[list[list[_Placed]], bool]:
    """The bands of the table, and whether it ran to the end of the page: a line of prose runs through the columns."""
    for at, band in enumerate(bands):
        for line in {id(p.line.line): p.line for p in band}.values():
            words = [p for p in band if p.line is line or p.line.line is line.line]
            crossed = sum(words[0].box[0] < (a + b) / 2 < words[-1].box[2] for a, b in columns)
            if crossed >= 3 and not _COUNT.match(words[0].word.text):
                return bands[:at], False
    return bands, True


def _rows(bands: list[list[_Placed]], gutters: list[float]) -> list[tuple[Cell, ...]]:
    return [_cells(band, gutters) for band in bands]


def _gutters(columns: list[tuple[float, float]], body: list[_Placed]) -> list[float] | None:
    """Where one column ends and the next begins; None where no blank strip parts two heads."""
    gutters = []
    for one, other in pairwise(columns):
        strip = _widest_blank(body, (one[0] + one[1]) / 2, (other[0] + other[1]) / 2)
        if strip is None:
            return None
        gutters.append(strip)
    return gutters


def _widest_blank(body: list[_Placed], left: float, right: float) -> float | None:
    best, cut, reach = _GUTTER, None, left
    for a, b in [*sorted((p.box[0], p.box[2]) for p in body if p.box[2] > left and p.box[0] < right), (right, right)]:
        if a - reach > best:
            best, cut = a - reach, (a + reach) / 2
        reach = max(reach, b)
    return cut


def _cells(placed: list[_Placed], gutters: list[float]) -> tuple[Cell, ...]:
    columns: list[list[_Placed]] = [[] for _ in range(len(gutters) + 1)]
    for p in placed:
        columns[sum((p.box[0] + p.box[2]) / 2 > cut for cut in gutters)].append(p)
    return tuple(Cell(_spans(column)) for column in columns)


def _spans(column: list[_Placed]) -> tuple[Span, ...]:
    """Words of a cell in reading order, those that follow each other in the raw text as one span."""
    rows: list[list[_Placed]] = []
    for p in sorted(column, key=lambda p: p.middle):
        if rows and p.middle - rows[-1][0].middle < 0.6 * (p.box[3] - p.box[1]):
            rows[-1].append(p)
        else:
            rows.append([p])
    spans: list[Span] = []
    for p in (p for row in rows for p in sorted(row, key=lambda p: p.box[0])):
        page = p.line.page
        if spans and not page.text[spans[-1].end : p.word.start].strip() and spans[-1].end <= p.word.start:
            spans[-1] = Span(page, spans[-1].start, p.word.end)
        else:
            spans.append(Span(page, p.word.start, p.word.end))
    return tuple(spans)

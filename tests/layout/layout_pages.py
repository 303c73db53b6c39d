"""Pages for layout tests: lines with the zone that each should be in, as plain text or set as on paper.

A case is written one line of the page a row, ``zone | text``; an empty row is an empty line, ``====`` a new page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.read.compose import RawWord, compose
from pipeline.read.markup import build_page
from pipeline.read.model import Line, Page, Word

A4 = 297 / 210
LINE = 0.0125  # height of a line's ink, of the page's height
LEADING = 0.0205
CHARACTER = 0.0093  # mean advance at 13 pt, of the page's width: about 80 characters between the margins
SPACE = CHARACTER * 0.6
LEFT, RIGHT, GUTTER = 0.14, 0.93, 0.46

_LEFT_COLUMN = ("issuer", "number", "recipients", "urgency", "secrecy", "received")
_RIGHT_COLUMN = ("motto", "place_date", "signature")


@dataclass(frozen=True)
class Row:
    zone: str
    text: str


def rows_of(case: str) -> list[list[Row | None]]:
    """Pages of rows; None for an empty line."""
    pages: list[list[Row | None]] = [[]]
    for line in case.strip("\n").split("\n"):
        if line.strip() == "====":
            pages.append([])
        elif not line.strip():
            pages[-1].append(None)
        else:
            zone, _, text = line.partition("|")
            pages[-1].append(Row(zone.strip(), text.strip()))
    return pages


def text_pages(case: str) -> list[Page]:
    """The case as text without positions, in the order of its rows."""
    return [
        build_page("\n".join("" if row is None else row.text for row in rows), number)
        for number, rows in enumerate(rows_of(case), 1)
    ]


def set_pages(case: str) -> list[Page]:
    """The case set by the rules of Nghị định 30/2020: header and closing in two columns, the rest between margins."""
    pages = []
    for number, rows in enumerate(rows_of(case), 1):
        words: list[RawWord] = []
        top = 0.06
        column: dict[int, float] = {}  # next line of the two columns of the block that is being set
        for row in rows:
            side = 0 if row is None else _side(row, bool(column))
            if side == 0:
                if column:
                    top = max(column.values()) + LEADING
                    column = {}
                if row is None:
                    top += 0.6 * LEADING
                    continue
                words += _place(row, top)
                top += LEADING
                continue
            assert row is not None
            if not column:
                column = {1: top, 2: top}
            middle = (LEFT + GUTTER) / 2 if side == 1 else (GUTTER + RIGHT) / 2
            words += _centred(row.text, middle, column[side], left=LEFT if row.zone == "recipients" else None)
            column[side] += LEADING
        text, lines = compose(words, A4)
        pages.append(Page(number, text, lines, "text-layer", (595.0, 842.0)))
    return pages


def _side(row: Row, in_columns: bool) -> int:
    if row.zone in _LEFT_COLUMN or (row.zone == "subject" and re.match(r"V/v", row.text)):
        return 1
    if row.zone in _RIGHT_COLUMN:
        return 2
    # The lines of a "V/v" go on in the left column.
    return 1 if row.zone == "subject" and in_columns else 0


def _place(row: Row, top: float) -> list[RawWord]:
    # The deciding authority, "QUYẾT ĐỊNH:" and the head of an annex stand in the middle.
    heading = row.text.isupper() and "." not in row.text
    if row.zone in ("title", "subject") or heading or re.match(r"Phụ lục|\((?:Ban hành k|K)èm theo", row.text):
        return _centred(row.text, (LEFT + RIGHT) / 2, top)
    if row.zone == "addressees":
        return _centred(row.text, 0, top, left=0.3 if row.text.startswith("-") else 0.27)
    indent = 0.035 if re.match(r"[-+•]|\d+\.|[a-h]\)|Điều|Căn cứ|[A-ZĐÁÂÊÔƠƯỦ]", row.text) else 0.0
    return _centred(row.text, 0, top, left=LEFT + indent)


def _centred(text: str, middle: float, top: float, left: float | None = None) -> list[RawWord]:
    words = text.split()
    width = sum(len(word) * CHARACTER for word in words) + SPACE * (len(words) - 1)
    x = middle - width / 2 if left is None else left
    placed = []
    for word in words:
        placed.append(RawWord(word, (x, top, x + len(word) * CHARACTER, top + LINE)))
        x += len(word) * CHARACTER + SPACE
    return placed


def drawn_page(*rows: tuple[float, float, float, int, str], height: float = 0.016) -> Page:
    """A recognised page of the lines (left, top, right, column, text), words set evenly between left and right."""
    lines, start = [], 0
    for left, top, right, column, raw in rows:
        words, at = [], start
        step = (right - left) / len(raw)
        for match in re.finditer(r"\S+", raw):
            box = (left + match.start() * step, top, left + match.end() * step, top + height)
            words.append(Word(match.group(), at + match.start(), at + match.end(), box, 0.95))
        lines.append(Line(words[0].start, words[-1].end, tuple(words), column))
        start += len(raw) + 1
    return Page(1, "\n".join(row[4] for row in rows), lines, "ocr", (595.0, 842.0))

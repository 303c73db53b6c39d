"""Text without positions whose two columns stand on one line: "UBND TỈNH …      CỘNG HÒA XÃ HỘI …".

Programs that keep the layout of a page write header and closing so, with blanks or tabs between the columns; others
leave one space only, and then the words that always open the right column (the state's name, the place and date) part
them.  The raw text stays as it is: only the order of the lines changes, left column first.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.layout.flow import PageLine
from pipeline.layout.signs import is_addressees, is_recipients, is_upper, motto_of, type_title
from pipeline.lexicon.cues import cues
from pipeline.read.model import Line
from pipeline.read.signature_lines import capacity_of

__all__ = ["part_columns"]

_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|[ \u00a0]*\t[ \t\u00a0]*)(?=\S)")
# The closing of a document has less room: "Nơi nhận:  KT. GIÁM ĐỐC".
_CLOSING_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{2,}|[ \u00a0]*\t[ \t\u00a0]*)(?=\S)")
_DEEP = 24  # columns of blank before a line that belongs to the right column
_BULLET = re.compile(r"^\s*[-–+•*]\s*\S")
_DATE = re.compile(
    r"(?<=\S)\s+(?=(?:[A-ZĐÀ-Ỹ][\w'’]*\.?(?:\s+[-–]?\s*|,\s*)){1,6}ngày\s*[\d.…_]*\s*tháng\s*[\d.…_]*\s*năm\s*[\d.…_]*\s*$)"
)
# One space only between a recipient's end and the signature: "Nơi nhận: KT. GIÁM ĐỐC", "- Như trên; PHÓ GIÁM ĐỐC".
_SIGNATURE_AFTER = re.compile(r"[:;.]\s+(?=[A-ZĐÀ-Ỹ]{2})")
_NUMBER = re.compile(r"^\W{0,3}Số\b.*/")
_HEADER_LINES = 14


def part_columns(lines: list[PageLine]) -> list[PageLine]:
    """``lines`` of text pages with the columns of every header and closing parted; other pages as they are."""
    parted: list[PageLine] = []
    at = 0
    while at < len(lines):
        size = 0
        if lines[at].page.source == "text":
            size = _header_size(lines, at) or _closing_size(lines, at)
        if size:
            parted += _left_first(lines[at : at + size], closing=is_recipients(lines[at].text))
            at += size
        else:
            parted.append(lines[at])
            at += 1
    return parted


def _left_first(block: list[PageLine], closing: bool) -> list[PageLine]:
    left: list[PageLine] = []
    right: list[PageLine] = []
    for line in block:
        cut = _cut(line, closing)
        if cut is not None:
            left.append(_piece(line, None, cut, 1))
            right.append(_piece(line, cut, None, 2))
        elif _indent(line) >= _DEEP and right:
            right.append(_piece(line, None, None, 2))
        else:
            left.append(line)
    return left + right


def _piece(line: PageLine, start: int | None, end: int | None, column: int) -> PageLine:
    words = tuple(
        word for word in line.line.words if (start is None or word.start >= start) and (end is None or word.start < end)
    )
    return PageLine(line.page, Line(words[0].start, words[-1].end, words, column))


def _indent(line: PageLine) -> int:
    text = line.page.text
    head = text[text.rfind("\n", 0, line.line.start) + 1 : line.line.start]
    return len(head.expandtabs(8))


def _header_size(lines: list[PageLine], at: int) -> int:
    """Number of lines of the header that begins at ``at``, 0 when none stands there in two columns."""
    cut = _cut(lines[at], False)
    if cut is None or motto_of(_right(lines[at], cut)) is None:
        return 0
    size = 1
    for number in range(at + 1, min(len(lines), at + _HEADER_LINES)):
        line = lines[number]
        if line.page is not lines[at].page or is_addressees(line.text) or is_recipients(line.text):
            break
        if type_title(line.text):
            break
        if _cut(line, False) is not None or (_indent(line) >= _DEEP and motto_of(line.text)):
            size = number - at + 1
    return size


def _closing_size(lines: list[PageLine], at: int) -> int:
    """Number of lines of the closing that begins at ``at`` with "Nơi nhận:", as far as columns stand side by side."""
    if not is_recipients(lines[at].text):
        return 0
    cut = _cut(lines[at], True)
    first = at + 1 if cut is None else at
    if cut is not None and not is_upper(_right(lines[at], cut), 0.8):
        return 0
    size, sided = 0, cut is not None
    for number in range(first, min(len(lines), at + 40)):
        line = lines[number]
        if line.page is not lines[at].page:
            break
        beside = _cut(line, True) is not None if number == at else _beside(line)
        if number > at and not beside and not _BULLET.match(line.text) and not (sided and _indent(line) >= _DEEP):
            break
        sided = sided or beside
        size = number - at + 1
    return size if sided else 0


def _beside(line: PageLine) -> bool:
    """A recipient with a piece of the signature at its right."""
    cut = _cut(line, True)
    return cut is not None and bool(_BULLET.match(line.text))


def _right(line: PageLine, cut: int) -> str:
    return line.page.text[cut : line.line.end]


def _cut(line: PageLine, closing: bool) -> int | None:
    """Offset at which the right column begins, None for a line of one column."""
    text = line.text
    if closing:
        gaps = list((_CLOSING_GAP if is_recipients(text) else _GAP).finditer(text))
        if not gaps and (match := _SIGNATURE_AFTER.search(text)) and _signs(text[match.end() :]):
            return line.line.start + match.end()
        return line.line.start + gaps[0].end() if len(gaps) == 1 else None
    gaps = list(_GAP.finditer(text))
    if len(gaps) == 1:
        return line.line.start + gaps[0].end()
    for gap in gaps:
        if motto_of(text[gap.end() :]) or _DATE.match(text, gap.start()):
            return line.line.start + gap.end()
    if gaps:
        return None
    opened = _opened().search(text)
    if opened and is_upper(text[: opened.start()], 0.7) and motto_of(text[opened.start() :]):
        return line.line.start + opened.start()
    if _NUMBER.match(text) and (date := _DATE.search(text)):
        return line.line.start + date.end()
    return None


def _signs(text: str) -> bool:
    """Capitals of a signature: an authority ("KT. GIÁM ĐỐC") or a position ("PHÓ GIÁM ĐỐC")."""
    said = capacity_of(text) if is_upper(text, 0.8) else None
    return said is not None and said.kind in ("authority", "position")


@cache
def _opened() -> re.Pattern[str]:
    """The state's or the Party's name in a line after something else."""
    starts = [cue for cue in cues("header.column_starters") if not cue.startswith("kính")]
    forms = "|".join(re.escape(start) for start in starts)
    return re.compile(rf"(?<=[^\W\d_]\s)(?i:{forms})[^.;]*$")

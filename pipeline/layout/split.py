"""One file → its documents, and the lines that are no document's text (page numbers, stamps, signature blocks)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.names import is_person_name
from pipeline.layout.copies import copy_block
from pipeline.layout.flow import PageLine
from pipeline.layout.side_by_side import part_columns
from pipeline.layout.signs import (
    ends_in_code,
    is_addressees,
    is_archive,
    is_bare_number,
    is_date_line,
    is_furniture,
    is_number_line,
    is_received,
    is_recipients,
    is_state_name,
    is_upper,
    motto_of,
    stamp_line,
)
from pipeline.layout.zones import Zone
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.read.model import Page, overlap

# How far below its motto a document's number or date may stand, in lines.
HEADER_REACH = 12
WITHIN_STAMP = 0.6  # share of a line's box inside the frame of a received stamp
_YEAR = re.compile(r"n[aă]m\W*\d{4}")
_TEMPLATE = re.compile(r"\b(?:mau so|mau \d|bieu so|phu luc)\b")


def page_lines(pages: Sequence[Page]) -> list[PageLine]:
    """All lines; those of text that hold two columns are parted, left column first."""
    return part_columns([PageLine(page, line) for page in pages for line in page.lines])


def split_documents(lines: list[PageLine]) -> list[list[PageLine]]:
    """Lines of each document of a file, in order.

    A new document begins where a header stands (motto with a number or a complete date near it) after the one before
    has ended (recipients, or the end mark "./.").  A form in an annex has a motto too, but neither number nor year.
    """
    starts = [0]
    ended = False
    for at, line in enumerate(lines):
        if is_recipients(line.text) or line.text.rstrip().endswith(("./.", "/.")):
            ended = True
        if ended and is_state_name(line.text) and _is_header(lines, at):
            start = _header_start(lines, at)
            if start > starts[-1]:
                starts.append(start)
                ended = False
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _is_header(lines: list[PageLine], at: int) -> bool:
    near = lines[max(0, at - HEADER_REACH) : at + HEADER_REACH]
    if any(_TEMPLATE.search(key_of(line.text)) for line in lines[max(0, at - 4) : at]):
        return False
    same_page = [line for line in near if line.page is lines[at].page]
    box = lines[at].box
    if lines[at].page.source != "text" and box and box[1] > 0.35:
        return False
    number = any(
        is_number_line(line.text) or is_bare_number(line.text) or (line.column == 1 and ends_in_code(line.text))
        for line in same_page
    )
    date = any(is_date_line(line.text) and _YEAR.search(line.text.lower()) for line in same_page)
    return number and (date or any(is_addressees(line.text) for line in same_page))


def _header_start(lines: list[PageLine], at: int) -> int:
    """Index of the first line of the header whose motto is line ``at``."""
    page = lines[at].page
    start = at
    if page.source != "text":
        while start and lines[start - 1].page is page:
            start -= 1
        return start
    # Read column by column, the left one stands above the motto: issuer, number, "V/v …".
    for number in range(at - 1, max(-1, at - HEADER_REACH), -1):
        if lines[number].page is not page or _closes(lines[number].text):
            break
        if is_number_line(lines[number].text):
            start = number
    top = start
    while start and top - start < 5 and is_upper(lines[start - 1].text) and not _above_header(lines[start - 1].text):
        start -= 1
    return start


def _closes(text: str) -> bool:
    """A line of the closing of the document before."""
    return is_recipients(text) or is_archive(text) or text.rstrip().endswith(("./.", "/."))


def _above_header(text: str) -> bool:
    """Capitals that belong to no issuer: a motto, or the signer of the document before."""
    return motto_of(text) is not None or is_person_name(text) >= 0.7


def set_aside(lines: list[PageLine]) -> dict[int, Zone]:
    """Index → zone of the lines that are furniture, received stamps, digital-signature or copyist's blocks."""
    aside: dict[int, Zone] = {}
    for at, line in enumerate(lines):
        if (is_furniture(line.text) and (_at_edge(lines, at) or _between_pages(lines, at))) or _is_speck(line):
            aside[at] = Zone.FURNITURE
    for at, line in enumerate(lines):
        if line.box and any(overlap(line.box, stamp) > WITHIN_STAMP for stamp in line.page.stamps):
            aside[at] = Zone.RECEIVED
    for at, line in enumerate(lines):
        if at not in aside and is_received(line.text):
            aside.update(dict.fromkeys(_stamp(lines, at), Zone.RECEIVED))
    if Zone.RECEIVED not in aside.values():
        aside.update(dict.fromkeys(_red_stamp(lines), Zone.RECEIVED))
    aside.update(dict.fromkeys(_signature_block(lines), Zone.DIGITAL_SIGNATURE))
    aside.update({at: Zone.COPY for at in copy_block(lines) if at not in aside})
    return aside


def _at_edge(lines: list[PageLine], at: int) -> bool:
    line = lines[at]
    if line.page.source == "text":
        return bool(re.match(r"\s*(?:https?://|www\.)", line.text)) or (
            line.line is line.page.lines[0] or line.line is line.page.lines[-1]
        )
    box = line.box
    return box is not None and (box[3] < 0.11 or box[1] > 0.9)


_SPECK = re.compile(r"[.:;,'’‘`´^~|!\"“”°\s]+")


def _is_speck(line: PageLine) -> bool:
    """Dots of dirt or of a stamp that recognition took for a line of its own; a bullet alone is none."""
    return line.box is not None and line.page.source == "ocr" and _SPECK.fullmatch(line.text) is not None


def _between_pages(lines: list[PageLine], at: int) -> bool:
    """A page number that a program left in the text: alone between two blank lines ("-- 2 of 5 --", "3")."""
    line = lines[at]
    if line.page.source != "text" or not line.blank_before() or not re.search(r"\d", line.text):
        return False
    return at + 1 == len(lines) or lines[at + 1].blank_before() > 0


def _stamp(lines: list[PageLine], at: int) -> list[int]:
    """Indexes of the lines of the received stamp whose title is line ``at``."""
    if lines[at].box is not None:
        members = [other for other in range(len(lines)) if other == at or _in_stamp(lines[other], lines[at])]
        return members + [
            other for other in range(len(lines)) if other not in members and _under(lines, members, other)
        ]
    members = [at]
    if at and _is_receiver(lines[at - 1]):
        members.append(at - 1)
    for after in range(at + 1, min(len(lines), at + 7)):
        line = lines[after]
        if is_number_line(line.text) or is_addressees(line.text) or motto_of(line.text) or not stamp_line(line.text):
            break
        members.append(after)
    return members if len(members) > 1 else []


def _red_stamp(lines: list[PageLine]) -> list[int]:
    """Lines of a red ĐẾN box whose title was not read: number, date or routing in red, and what stands over them."""
    hits = [
        at
        for at, line in enumerate(lines)
        if line.line.red and line.box and line.box[1] < 0.6 and stamp_line(line.text)
    ]
    members = [
        other
        for at in hits
        for other, line in enumerate(lines)
        if line.line.red and line.page is lines[at].page and _close(line, lines[at])
    ]
    return sorted(set(members))


def _close(a: PageLine, b: PageLine) -> bool:
    """Within the size of one stamp of each other."""
    return bool(a.box and b.box and abs(a.box[1] - b.box[1]) < 0.1 and abs(a.box[0] - b.box[0]) < 0.14)


def _under(lines: list[PageLine], members: list[int], at: int) -> bool:
    """A short line right under the last one of the stamp and aligned with it ("Chuyển: …" goes on)."""
    last = max((lines[m] for m in members), key=lambda line: line.box[1] if line.box else 0.0)
    line = lines[at]
    if line.page is not last.page or line.box is None or last.box is None or len(line.text) > 30:
        return False
    gap = line.box[1] - last.box[3]
    return stamp_line(last.text) and 0 <= gap < last.box[3] - last.box[1] and abs(line.box[0] - last.box[0]) < 0.012


def _is_receiver(line: PageLine) -> bool:
    """The receiver's name over the word ĐẾN."""
    return is_upper(line.text, 0.8) and not re.search(r"[/\d:]", line.text) and not motto_of(line.text)


def _in_stamp(line: PageLine, title: PageLine) -> bool:
    """A line within the 35 × 50 mm of the stamp round its title (Nghị định 30/2020, Phụ lục IV)."""
    if line.page is not title.page or line.box is None or title.box is None or is_number_line(line.text):
        return False
    height = max(0.012, title.box[3] - title.box[1])
    above, below = title.box[1] - line.box[1], line.box[1] - title.box[1]
    shared = min(line.box[2], title.box[2]) - max(line.box[0], title.box[0])
    if 0.3 * height < above < 4 * height:
        return _is_receiver(line) and shared > 0.4 * (title.box[2] - title.box[0])
    within = line.box[0] >= title.box[0] - 0.1 and line.box[2] <= title.box[2] + 0.11
    return -0.3 * height < below < 5 * height and within and (stamp_line(line.text) or _unsure(line))


def _unsure(line: PageLine) -> bool:
    """Short and read without confidence: handwriting in the stamp."""
    known = [w.confidence for w in line.line.words if w.confidence is not None]
    return len(line.text) < 30 and bool(known) and sum(known) / len(known) < 0.75


def _signature_block(lines: list[PageLine]) -> list[int]:
    pattern = re.compile(r"^\W{0,2}" + cue_pattern("closing.signature_block", marks=False).pattern + r"\s*:")
    hits = [at for at, line in enumerate(lines) if pattern.match(key_of(line.text))]
    return [at for at in hits if any(0 < abs(at - other) <= 2 for other in hits)]

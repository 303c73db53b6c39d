"""The block that makes a sheet a certified copy: SAO Y, SAO LỤC, TRÍCH SAO (Nghị định 30/2020/NĐ-CP, Điều 25).

It stands under the end of the document and has an agency, number, day and signer of its own, which are not the
document's.
"""

from __future__ import annotations

from pipeline.layout.flow import PageLine
from pipeline.layout.signs import is_archive, is_date_line, is_number_line, is_upper
from pipeline.lexicon.cues import cue_pattern, key_of

REACH = 8.0  # heights of a line between the heading and the name of the agency over or beside it
LONGEST = 70  # a heading with place and day beside it


def copy_block(lines: list[PageLine]) -> list[int]:
    """Indexes of the lines of the block; of its heading alone where the document does not surely end before it."""
    for at, line in enumerate(lines):
        if line.box is None or not _is_heading(line.text):
            continue
        ends = [other for other in lines[:at] if _ends_before(other, line)]
        if not ends:
            return [at]
        floor = max((end.box[3] for end in ends if end.page is line.page and end.box), default=0.0)
        top = min(_top(other, line, floor) for other in lines)
        return [
            other for other, placed in enumerate(lines)
            if placed.page is line.page and placed.box is not None and placed.box[1] >= top
        ]  # fmt: skip
    return []


def _is_heading(text: str) -> bool:
    match = cue_pattern("closing.certified_copy", marks=False).match(key_of(text).lstrip(" .,-[(|"))
    return match is not None and len(text) <= LONGEST and is_upper(text[: match.end() + 2], 0.6)


def _ends_before(other: PageLine, heading: PageLine) -> bool:
    """The document's own "Lưu:" stands on an earlier page, or above the heading."""
    if not is_archive(other.text):
        return False
    assert heading.box is not None
    return other.page is not heading.page or (other.box is not None and other.box[3] <= heading.box[1])


def _top(other: PageLine, heading: PageLine, floor: float) -> float:
    """Upper edge of a line below ``floor`` that belongs over or beside the heading; the heading's own for any other."""
    assert heading.box is not None
    if other.page is not heading.page or other.box is None or other.box[1] > heading.box[1]:
        return heading.box[1]
    height = max(0.008, heading.box[3] - heading.box[1])
    near = other.box[1] >= floor and heading.box[1] - other.box[1] < REACH * height
    header = is_upper(other.text, 0.8) or is_number_line(other.text) or is_date_line(other.text)
    return other.box[1] if near and header else heading.box[1]

"""Passages of page text: the part of its pages that belongs to a document, and the sentence round a span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.record.models import Record
from pipeline.store.reading import PageText

_LONGEST = 900
# A full stop ends a sentence when white space and a capital, or the end, follows; "TP. HCM", "số 5. " do not count.
_END = re.compile(
    r"(?<![\s.][A-ZĐ])(?<![A-ZĐ]{2})(?<!\d)\.(?=\s+[^\W\d_a-zà-ỹđ]|\s*$)|[!?](?=\s)|\n[ \t]*\n|;[ \t]*(?=\n)|\./\."
)


def document_bounds(records: Sequence[Record]) -> list[tuple[int | None, int | None]]:
    """For each record of one file: (offset where it begins on its first page, offset where it ends on its last).

    ``None`` is the page's own edge.  Two documents share a page only in sources with long pages; the later one begins
    where the first piece of its evidence on that page stands.
    """
    bounds: list[tuple[int | None, int | None]] = [(None, None)] * len(records)
    order = sorted(range(len(records)), key=lambda at: (records[at].source.pages, _first_offset(records[at]) or 0))
    for before, after in pairwise(order):
        if records[before].source.pages[1] != records[after].source.pages[0]:
            continue
        start = _first_offset(records[after])
        if start:
            bounds[before] = (bounds[before][0], start)
            bounds[after] = (start, bounds[after][1])
    return bounds


def _first_offset(record: Record) -> int | None:
    page = record.source.pages[0]
    starts = [
        piece.span[0]
        for pieces in record.evidence.values()
        for piece in pieces
        if piece.page == page and piece.span is not None
    ]
    return min(starts, default=None)


def document_pages(
    record: Record, pages: Sequence[PageText], bounds: tuple[int | None, int | None]
) -> list[tuple[int, str]]:
    """(page number, text) of the document's own text, in page order."""
    first, last = record.source.pages
    found = []
    for page in sorted(pages, key=lambda page: page.number):
        if first <= page.number <= last:
            start = bounds[0] if page.number == first and bounds[0] else 0
            end = bounds[1] if page.number == last and bounds[1] else len(page.text)
            found.append((page.number, page.text[start:end]))
    return found


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of ``text`` that holds ``[start, end)``, on one line, at most about 900 characters."""
    left = max(
        (m.end() for m in _END.finditer(text, max(0, start - 4 * _LONGEST), start) if m.end() <= start), default=0
    )
    following = _END.search(text, end)
    right = following.end() if following else len(text)
    left = max(left, start - _LONGEST // 2)
    right = min(right, max(end, left + _LONGEST))
    cut_left, cut_right = left > 0 and text[left - 1].isalnum(), right < len(text) and text[right - 1].isalnum()
    sentence = " ".join(text[left:right].split())
    return ("… " if cut_left else "") + sentence + (" …" if cut_right and text[right : right + 1].isalnum() else "")

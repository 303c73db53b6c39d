"""What follows an agency's name in running text: a place, a level, or all places of some levels.

"tỉnh Gia Lai", "Gia Lai", "tỉnh", "các huyện, thị xã, thành phố", "các tỉnh, thành phố trực thuộc Trung ương".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import regex

from pipeline.language.agency_index import kind_levels, phrases, short_kinds
from pipeline.language.agency_words import Words
from pipeline.lexicon.fold import fold, strip_marks
from pipeline.lexicon.places import Unit, province_named, units_named

__all__ = ["Tail", "kind_at", "tails"]

_LONGEST_PLACE = 5  # words: "Bà Rịa - Vũng Tàu", "Thừa Thiên Huế"
_LIST_GAP = regex.compile(r"\s*(?:,|;|và|hoặc)?\s*")


@dataclass(frozen=True, slots=True)
class Tail:
    """Index of the word after it, the levels that it leaves open (1 to 3), the units that its place may be."""

    after: int
    levels: frozenset[int]
    places: tuple[Unit, ...] = ()
    plural: bool = False


def tails(words: Words, at: int, levels: frozenset[int], on: date | None) -> Iterator[Tail]:
    """Tails that begin at word ``at`` behind a name whose places are of ``levels``, the most telling first."""
    if at >= len(words) or not levels or not words.follows(at):
        return
    kind = kind_at(words, at)
    if kind:
        after, name = kind
        yield from _named(words, name, after, kind_levels()[name] & levels, on)
        if _has_marks(words, at, after):
            yield Tail(after, kind_levels()[name])
    elif words.bare_key(at, at + 1) in phrases("plural"):
        yield from _row(words, at + 1)
    else:
        # Without a kind only provinces and districts: communes share their names with half the country.
        yield from _named(words, "", at, levels - {3}, on)


@cache
def _kinds() -> dict[str, str]:
    return {strip_marks(kind.replace(" ", "")): kind for kind in kind_levels()} | short_kinds()


def kind_at(words: Words, at: int) -> tuple[int, str] | None:
    """Index after the kind of place that begins at a word, and the kind ("tinh" counts as "tỉnh")."""
    for length in (2, 1):
        some = words.between(at, at + length)
        if len(some) == length and all(words.follows(n) for n in range(at + 1, at + length)):
            kind = _kinds().get(strip_marks("".join(fold(word.text) for word in some)))
            if kind:
                return at + length, kind
    return None


def _has_marks(words: Words, at: int, after: int) -> bool:
    """A kind without a name behind it must have its marks: "Công an tinh nhuệ" is no level."""
    written = " ".join(fold(word.text) for word in words.between(at, after))
    return written in kind_levels() or written in short_kinds()


def _row(words: Words, at: int) -> Iterator[Tail]:
    """Kinds in a row: "huyện, thị xã, thành phố"."""
    found: list[frozenset[int]] = []
    after = at
    while after < len(words) and (kind := kind_at(words, after)):
        if (found and not _LIST_GAP.fullmatch(words.gap(after))) or not _has_marks(words, after, kind[0]):
            break
        found.append(kind_levels()[kind[1]])
        after = kind[0]
        if after < len(words) and fold(words[after].text) == "và" and kind_at(words, after + 1):
            after += 1
    if not found:
        return
    for end in (after + 4, after + 3):  # "trực thuộc Trung ương", "trực thuộc TW"
        if end <= len(words) and words.bare_key(after, end) in phrases("central"):
            yield Tail(end, frozenset({1}), plural=True)
            return
    # A "thành phố" in the row is of the level of the others.
    sure = frozenset[int]().union(*(levels for levels in found if len(levels) == 1))
    yield Tail(after, sure or frozenset[int]().union(*found), plural=True)


def _named(words: Words, kind: str, at: int, levels: frozenset[int], on: date | None) -> Iterator[Tail]:
    """Places of this kind ("" for any) and these levels whose name begins at word ``at``, the longest first."""
    if at >= len(words) or not levels or not words.follows(at):
        return
    if not (words[at].text[0].isupper() or (kind and words[at].text.isdigit())):
        return
    last = at + 1
    while last < len(words) and last - at < _LONGEST_PLACE and words.joined(last):
        last += 1
    for after in range(last, at, -1):
        name = " ".join(words.source(at, after).split())
        places = _units(f"{kind} {name}".lstrip(), levels, on)
        if places:
            yield Tail(after, frozenset(unit.level for unit in places), places)


@lru_cache(maxsize=8192)  # a document names the same few places again and again
def _units(name: str, levels: frozenset[int], on: date | None) -> tuple[Unit, ...]:
    found = tuple(unit for level in sorted(levels) for unit in units_named(name, level, on))
    if not found and 1 in levels and (province := province_named(name, on)):
        return (province,)  # "tinh Quang Ngai": marks lost altogether
    return found

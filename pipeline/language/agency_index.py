"""Every name under which the lexicon's agencies may stand in running text, for matching word by word.

The lexicon's names carry a level where the law gives them one ("Ủy ban nhân dân tỉnh"), and texts put places, other
levels or "các huyện" there; so a level at the end of a name is cut off and must be found again in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.lexicon.agencies import Agency, agencies, name_key
from pipeline.lexicon.fold import fold, squash, strip_marks
from pipeline.lexicon.tables import read_toml

__all__ = ["Entry", "Index", "agency_index", "kind_levels", "phrases", "short_kinds", "word_keys"]

# A name without its marks counts only from this many letters on: shorter ones are too easily another word.
_LEAST_BARE = 10
_LEAST_INITIALS = 2
_JOINT = re.compile(r"\bvà\b|[-–,&]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write an agency's name.

    ``levels`` are those of the places that may follow the name (1 province, 2 district, 3 commune), ``required`` says
    that one must.  ``initials``: some of its words are written as initials only.  ``joints``: places in the name where
    "và" may stand.
    """

    agency: Agency
    levels: frozenset[int]
    required: bool
    joints: int
    initials: bool = False


class Index:
    """Names by key: letters of the folded name without blanks, marks of punctuation and "và"."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        found: dict[str, list[Entry]] = {}
        for key, entry in entries:
            some = found.setdefault(key, [])
            if entry not in some:
                some.append(entry)
        self._entries = {key: tuple(some) for key, some in found.items()}
        self._keys = sorted(found)

    def named(self, key: str) -> tuple[Entry, ...]:
        """The entries with this key, none for an unknown one."""
        return self._entries.get(key, ())

    def begins(self, key: str) -> bool:
        """Whether some name begins with ``key``."""
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at].startswith(key)

    def items(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        yield from self._entries.items()


@lru_cache(maxsize=50_000)
def word_keys(word: str) -> tuple[str, ...]:
    """Keys of one word: folded; for capitals first as a short form written out ("UBND"), if that is one.

    "" for "và" and "&".  In a line of capitals "TƯ" is a word as often as a short form, so it has both keys.
    """
    plain = "".join(letter for letter in fold(word) if letter.isalnum())
    plain = "" if plain == "và" else plain
    if sum(letter.isupper() for letter in word) > 1 and (long := name_key(word)) != plain:
        return long, plain
    return (plain,)


def _key(name: str) -> str:
    return "".join(word_keys(word)[0] for word in name.split())


@cache
def kind_levels() -> dict[str, frozenset[int]]:
    """Kinds of places ("tỉnh", "thành phố") and the levels that they may be of."""
    return {kind: frozenset(levels) for kind, levels in read_toml("agencies_in_text.toml")["kinds"].items()}


@cache
def short_kinds() -> dict[str, str]:
    """Short forms of kinds of places: "tp" → "thành phố"."""
    return dict(read_toml("agencies_in_text.toml")["short_kinds"])


@cache
def phrases(name: str) -> frozenset[str]:
    """A list of ``agencies_in_text.toml``: keys without marks for expressions, the values themselves for ids."""
    values = read_toml("agencies_in_text.toml")["names"][name]
    if name in ("own_name", "offices"):
        return frozenset(values)
    return frozenset(strip_marks(_key(value)) for value in values)


@cache
def agency_index() -> tuple[Index, Index]:
    """The names as they are written, and the names without marks that belong to one name only."""
    exact = Index(_entries())
    readings: dict[str, set[str]] = {}
    for key, _ in exact.items():
        readings.setdefault(strip_marks(key), set()).add(key)
    bare = Index(
        (key, entry)
        for key, marked in readings.items()
        if len(marked) == 1 and len(key) >= _LEAST_BARE
        for entry in exact.named(next(iter(marked)))
        if not entry.initials
    )
    return exact, bare


def _entries() -> Iterator[tuple[str, Entry]]:
    written = []
    for agency in agencies():
        tier = frozenset({agency.tier}) if agency.tier else frozenset[int]()
        joints = max(len(_JOINT.findall(name)) for name in (agency.name, *agency.short_names))
        for name in dict.fromkeys((agency.name, *agency.short_names)):
            stem, levels = _without_level(name)
            entry = Entry(agency, levels & tier or levels or tier, bool(levels), joints)
            written.append((stem, entry))
            yield _key(stem), entry
    full = {_key(stem) for stem, _ in written}
    for stem, entry in written:
        for key in _initials(stem):
            if key not in full:
                yield key, replace(entry, initials=True)


def _without_level(name: str) -> tuple[str, frozenset[int]]:
    """A name and the levels of the kind that ends it: "Công an thành phố" → "Công an", {1, 2}."""
    words = name.split()
    for length in (2, 1):
        levels = kind_levels().get(squash(" ".join(words[-length:])))
        if levels and len(words) > length:
            return " ".join(words[:-length]), levels
    return name, frozenset()


def _initials(name: str) -> Iterator[str]:
    """Keys of a name with one run of its words, not the first, as initials: "Sở GDĐT", "Sở Nông nghiệp và PTNT"."""
    words = [key for word in re.split(r"[\s\-–,]+", name) if (key := word_keys(word)[0])]
    for start in range(1, len(words)):
        for end in range(start + _LEAST_INITIALS, len(words) + 1):
            yield "".join([*words[:start], *(word[0] for word in words[start:end]), *words[end:]])

"""Names of units whose marks or signs recognition damaged, by the letters that are left."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.lexicon.cues import key_of
from pipeline.lexicon.fold import squash
from pipeline.lexicon.places import units, units_named


def bare_letters(name: str) -> str:
    """Letters of a name without marks, spaces and signs: "Đắk R'lấp" → "dakrlap"."""
    return re.sub(r"[^a-z]", "", key_of(name))


@cache
def _unit_letters(kind: str | None) -> dict[str, frozenset[str]]:
    found_names: dict[str, set[str]] = {}
    for level in (1, 2) if kind is None else (1, 2, 3):
        for unit in units(level):
            if kind is None or unit.kind == kind:
                found_names.setdefault(bare_letters(unit.name), set()).add(unit.name)
    return {key: frozenset(names) for key, names in found_names.items()}


@cache
def _commune_letters() -> dict[str, frozenset[str]]:
    found_names: dict[str, set[str]] = {}
    for unit in units(3):
        found_names.setdefault(bare_letters(unit.name), set()).add(unit.name)
    return {key: frozenset(names) for key, names in found_names.items()}


def nearest_unit(name: str, kind: str | None = None) -> str | None:
    """The only unit whose bare letters are those of ``name``, or one letter off in a name of six letters and more.

    ``kind`` ("huyện", "xã" …) narrows the search; without it only provinces and districts are looked at.  None when
    two units fit.
    """
    key = bare_letters(name)
    table = _unit_letters(kind)
    near = table.get(key, frozenset())
    if kind is None:
        # A commune may bear the name as well, with other marks: then the letters alone do not tell.
        near |= _commune_letters().get(key, frozenset())
    if not near and len(key) >= 6:
        near = frozenset(
            spelled
            for other, names in table.items()
            if abs(len(other) - len(key)) <= 1 and Levenshtein.distance(key, other) == 1
            for spelled in names
        )
    spellings = {squash(spelled): spelled for spelled in sorted(near)}
    return spellings.popitem()[1] if len(spellings) == 1 else None


def with_signs_of(name: str, unit: str) -> str:
    """``name`` with the apostrophe and spaces of ``unit`` when both have the same letters ("Đăk R lấp" → "Đăk R'lấp").

    The letters and their marks stay as printed: "Đăk" and "Đắk" are both in use.
    """
    letters = [sign for sign in name if sign.isalpha()]
    wanted = [sign for sign in unit if sign.isalpha()]
    if len(letters) != len(wanted) or bare_letters(name) != bare_letters(unit):
        return name
    rest = iter(letters)
    return "".join(next(rest) if sign.isalpha() else sign for sign in unit)


def as_printed(name: str, unit: str) -> str:
    """``unit`` with every word as ``name`` prints it where a unit may be written so ("Đăk R lắp" → "Đăk R'lấp").

    Names that differ in more than marks, signs and capitals stay the unit's.
    """
    signed = with_signs_of(name, unit)
    if signed == name and bare_letters(name) != bare_letters(unit):
        return unit
    words, printed = re.split(r"([^\w]+)", unit), re.split(r"([^\w]+)", signed)
    if len(words) != len(printed):
        return unit
    kept = list(words)
    for at, word in enumerate(printed):
        tried = [*kept[:at], word, *kept[at + 1 :]]
        if word != words[at] and units_named("".join(tried)):
            kept = tried
        elif word[:1].islower() and squash(words[at])[:1] == squash(word)[:1]:
            kept[at] = words[at][:1].lower() + words[at][1:]
    return "".join(kept)

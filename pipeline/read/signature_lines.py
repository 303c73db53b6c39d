"""What the lines over a signature may say: authority ("KT. GIÁM ĐỐC"), position ("PHÓ GIÁM ĐỐC"), name.

The grammar of ô số 7 (Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.7) by which several readings of a line are weighed,
and by which a line that a stamp or a stroke damaged is still told from a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pipeline.language.names import is_person_name
from pipeline.lexicon.cues import key_of
from pipeline.lexicon.fold import fold
from pipeline.lexicon.positions import position_named, positions

Kind = Literal["authority", "position", "name"]

# A stamp's rim beside a letter makes "K1" of KT and "1/M" of T/M; nothing else stands before a position in capitals.
_PREFIX = re.compile(
    r"^\W{0,3}(?:(?P<TUQ>TUQ)|(?P<TM>[T1IF]\s?[/.]?\s?M|/M|71)|(?P<KT>[Kk]\s?[/.]?\s?[T1I7])|(?P<TL>T\s?[/.]?\s?[LI1])|(?P<Q>Q))"
    r"[\s./,]+(?=[A-ZĐÀ-Ỹ])"
)
_EXACT = re.compile(r"^\W{0,3}(?:TUQ|T\s?[/.]?\s?M|K\s?[/.]?\s?T|T\s?[/.]?\s?L|Q)[\s./,]+")
_COLLECTIVE = re.compile(r"\W*(?:u.? ban|ban (?:chap hanh|thuong vu)|bo chinh tri|thuong (?:truc|vu)|hoi dong|dang uy)")
NAME_LIKENESS = 0.5
_LEAST_FUZZY = 6  # letters of a position's key below which one wrong letter is too many


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a line says: its kind, the rest after the prefix, the position it names, and how well it fits (0 to 1)."""

    kind: Kind
    fit: float
    prefix: str | None = None  # "KT.", "TM.", "TL.", "TUQ.", "Q."
    rest: str = ""  # text after the prefix, as read
    rest_at: int = 0  # its offset in the line
    position: str | None = None  # the lexicon's spelling


def capacity_of(text: str) -> Capacity | None:
    """The capacity that a line of a signature states, or None when it is none of the three kinds."""
    line = text.strip()
    lead = len(text) - len(text.lstrip())
    if not 2 <= len(line) <= 80:
        return None
    if _capitals(line) >= 0.72:
        match = _PREFIX.match(line)
        if match and len(_letters(line[match.end() :])) >= 3:
            rest = line[match.end() :]
            prefix = f"{match.lastgroup}."
            position, fit = near_position(rest)
            exact = _EXACT.match(line) is not None
            # A damaged prefix counts only before what can follow it.
            if exact or position or (prefix == "TM." and _collective(rest)):
                known = 0.5 * fit if position else 0.45 if _collective(rest) else 0.15
                sure = (0.5 if exact else 0.35) + known
                return Capacity("authority", sure, prefix, rest, lead + match.end(), position)
        position, fit = near_position(line)
        if position:
            return Capacity("position", fit, position=position)
    likeness = is_person_name(line)
    return Capacity("name", likeness) if likeness >= NAME_LIKENESS else None


def near_position(text: str) -> tuple[str | None, float]:
    """The position that capitals name, in the lexicon's spelling, and how well.

    1 exactly, 0.9 but for marks, 0.7 but for one letter, 0.6 or less at the head of a longer line; (None, 0) when there
    is none or more than one: one letter lies between "Thứ trưởng", "Thủ trưởng" and "Thủ tướng".
    """
    key = letters_of(text)
    if len(key) < 4:
        return None, 0.0
    exact = position_named(text)
    if exact and letters_of(exact.name) == key:
        return exact.name, 1.0
    same = _positions().get(key, ())
    if same and (name := _nearest(text, same)):
        return name, 0.9
    if not same and len(key) >= _LEAST_FUZZY:
        near = [
            name for other, names in _positions().items() for name in names
            if abs(len(other) - len(key)) <= 1 and Levenshtein.distance(other, key, score_cutoff=1) == 1
        ]  # fmt: skip
        if name := _nearest(text, near):
            return name, 0.7
    if exact and len(letters_of(exact.name)) >= 6:
        return exact.name, 0.6
    heads = [other for other in _positions() if len(other) >= 8 and key.startswith(other) and len(text) < 60]
    if heads and len(names := _positions()[max(heads, key=len)]) == 1:
        return names[0], 0.55
    return None, 0.0


def _nearest(text: str, names: Sequence[str]) -> str | None:
    """The only name, or the one that is nearest with the marks as they were read."""
    marked = "".join(c for c in fold(text) if c.isalpha())
    ranked = sorted((Levenshtein.distance("".join(fold(name).split()), marked), name) for name in set(names))
    if len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] <= 1 and ranked[0][0] < ranked[1][0]):
        return ranked[0][1]
    return None


def ends_in_position(text: str, name: str) -> bool:
    """Whether a damaged line ends in the letters of a position ("Ó GIÁM ỐC" in "Giám đốc"), one of them wrong."""
    key, tail = letters_of(text), letters_of(name)
    if len(tail) < 6 or len(key) < len(tail) - 1:
        return False
    return any(
        Levenshtein.distance(key[-length:], tail, score_cutoff=1) <= 1
        for length in (len(tail) - 1, len(tail), len(tail) + 1)
        if length <= len(key)
    )


@cache
def deputy_of(name: str) -> str | None:
    """The one deputy title under a head's: "Giám đốc" → "Phó Giám đốc", "Bộ trưởng" → "Thứ trưởng"; None if unknown."""
    # Bộ trưởng is the one head whose deputies are not called "Phó …".
    title = "Thứ trưởng" if fold(name) == "bộ trưởng" else f"Phó {name}"
    return next((p.name for p in positions("position") if fold(p.name) == fold(title)), None)


@cache
def _positions() -> dict[str, tuple[str, ...]]:
    """Letters of each position without marks → the names that share them."""
    found: dict[str, tuple[str, ...]] = {}
    for item in positions("position"):
        key = letters_of(item.name)
        if len(key) >= 4 and item.name not in found.get(key, ()):
            found[key] = (*found.get(key, ()), item.name)
    return found


def _collective(text: str) -> bool:
    """A body that decides as one: only TM. stands before it."""
    return bool(_COLLECTIVE.match(key_of(text)))


def letters_of(text: str) -> str:
    """The letters of a text, small and without marks: what two readings of a title are compared by."""
    return re.sub(r"[^a-z]", "", key_of(text))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def _capitals(text: str) -> float:
    letters = _letters(text)
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0

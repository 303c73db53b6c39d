"""Abbreviations of running text: UBND, HĐND, TN&MT, LĐ-TB&XH …

``expand`` only replaces what has one reading; letters that depend on the context (TT, HS, BCH) are left alone and
``abbreviation`` lists their readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.lexicon.fold import fold, squash
from pipeline.lexicon.tables import day, read_csv
from pipeline.lexicon.validity import valid

__all__ = ["Abbreviation", "abbreviation", "abbreviations", "expand"]


@dataclass(frozen=True)
class Abbreviation:
    """One reading of a short form.

    ``kind`` is "agency" when the short form may stand inside an agency's name, "place" for kinds and names of places,
    else "".  ``ambiguous`` ones have other readings too and are never expanded.
    """

    short: str
    long: str
    kind: str
    ambiguous: bool
    valid_from: date | None
    valid_to: date | None
    note: str


@cache
def _all() -> tuple[Abbreviation, ...]:
    return tuple(
        Abbreviation(
            row["short"],
            row["long"],
            row["kind"],
            row["ambiguous"] == "yes",
            day(row["valid_from"]),
            day(row["valid_to"]),
            row["note"],
        )
        for row in read_csv("abbreviations.csv")
    )


@cache
def _by_short() -> dict[str, tuple[Abbreviation, ...]]:
    found: dict[str, list[Abbreviation]] = {}
    for item in _all():
        found.setdefault(squash(item.short), []).append(item)
    return {short: tuple(items) for short, items in found.items()}


def abbreviations(on: date | None = None) -> tuple[Abbreviation, ...]:
    """Every reading of every short form in use on a day."""
    return tuple(item for item in _all() if valid(item, on))


def abbreviation(short: str) -> tuple[str, ...]:
    """The readings of a short form, none for an unknown one; "TN & MT" is read as "TN&MT"."""
    key = re.sub(r"\s*([&,-])\s*", r"\1", squash(short))
    return tuple(dict.fromkeys(item.long for item in _by_short().get(key, ())))


@cache
def _expandable(on: date | None) -> tuple[re.Pattern[str], dict[str, str]]:
    longs: dict[str, str] = {}
    for item in _all():
        if not item.ambiguous and valid(item, on):
            longs[fold(item.short)] = item.long
    spelt = sorted({item.short for item in _all() if fold(item.short) in longs}, key=len, reverse=True)
    # "TN & MT" for "TN&MT"; a full stop that belongs to the short form is optional to read but never required.
    parts = (r"\s?&\s?".join(map(re.escape, short.split("&"))) for short in spelt)
    # Word-bounded, and never inside a ký hiệu: "/" or "-" on either side, or a digit, means a number of a document
    # ("02/CT-UBND", "30/TB-VPUBND").  An "&" on the side means a longer short form that is not in the table.
    return re.compile(rf"(?<![\w/&-])(?:{'|'.join(parts)})(?![\w/&]|-\S|\.\w)"), longs


def expand(text: str, on: date | None = None) -> str:
    """``text`` with the short forms that have one reading written out, as known on a day.

    Short forms are recognised in the case they are written in ("UBND"), between word boundaries, and never inside a
    ký hiệu ("02/CT-UBND" stays).
    """
    pattern, longs = _expandable(on)

    def write_out(match: re.Match[str]) -> str:
        return longs[re.sub(r"\s*&\s*", "&", fold(match[0]))]

    return pattern.sub(write_out, text)

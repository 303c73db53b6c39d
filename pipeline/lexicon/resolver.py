"""Whose code is this?  ``resolve("STTTT", date(2020, 5, 1), "Gia Lai")`` → the only agency it can be, with its place.

A code is shared by every place and by bodies of several tiers, and lives as long as its agency: after 2025 no province
has a Sở Thông tin và Truyền thông.  Where two agencies fit, or none, there is no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.lexicon.agencies import Agency, agencies_with_code
from pipeline.lexicon.fold import fold
from pipeline.lexicon.issuers import local_agencies_named
from pipeline.lexicon.places import Unit, full_name, units_named

__all__ = ["Resolved", "resolve"]


@dataclass(frozen=True)
class Resolved:
    """One agency of one place; ``name`` is the full name with the place ("Sở Nội vụ tỉnh Gia Lai")."""

    agency: Agency
    place: Unit | None
    name: str


def resolve(said: str, on: date | None = None, place: str | None = None) -> Resolved | None:
    """The only agency that ``said`` (a code such as "STTTT", or a name) can be.

    ``on`` is the day of the document: agencies and places are those of that day.  ``place`` is where the document was
    issued ("Gia Lai", "huyện Krông Pắc"), needed for bodies that every place has.  None when no agency fits or more
    than one does.
    """
    found = {r.name: r for r in (*_by_name(said, on, place), *_by_code(said, on, place))}
    return next(iter(found.values())) if len(found) == 1 else None


def _by_code(code: str, on: date | None, place: str | None) -> list[Resolved]:
    if re.search(r"\s", code.strip()):
        return []
    return [r for agency in agencies_with_code(code.strip(), on) for r in _placed(agency, on, place)]


def _by_name(text: str, on: date | None, place: str | None) -> list[Resolved]:
    found: list[Resolved] = []
    for local in local_agencies_named(text, on):
        if local.place is not None:
            found.append(Resolved(local.agency, local.place, _name(local.agency, local.place)))
        else:
            found += _placed(local.agency, on, place)
    return found


def _placed(agency: Agency, on: date | None, place: str | None) -> list[Resolved]:
    """The agency at the place: one for each unit of its tier that has that name, none where the place is of another."""
    if agency.tier is None:
        return [Resolved(agency, None, agency.name)]
    units = units_named(place, level=agency.tier, on=on) if place else ()
    distinct = {(unit.kind, unit.name, unit.province, unit.district): unit for unit in units}
    return [Resolved(agency, unit, _name(agency, unit)) for unit in distinct.values()]


_KIND = re.compile(r"\s(?:tỉnh|huyện|xã)$")


def _name(agency: Agency, unit: Unit) -> str:
    """ "Ủy ban nhân dân tỉnh" at Hải Phòng is "Ủy ban nhân dân thành phố Hải Phòng"."""
    head = _KIND.sub("", agency.name)
    return f"{head} {full_name(unit)}" if fold(full_name(unit)) not in fold(head) else head

"""Whose number it is: the level and place of an issuer, read from its name, its code and the document it stands in.

The same code stands in every province ("14/CT-UBND" is issued sixty-three times a year), so a number means nothing
without its scope.  What cannot be read stays ``None`` and is never filled with the likeliest value.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

from pipeline.lexicon.agencies import Agency, agencies_named, agencies_with_code
from pipeline.lexicon.agencies import agencies as all_agencies
from pipeline.lexicon.fold import squash
from pipeline.lexicon.places import Unit, province_named, provinces, units, units_named
from pipeline.lexicon.validity import Dated

Level = Literal["central", "province", "district", "commune", "body"]
_LEVELS: dict[int, Level] = {1: "province", 2: "district", 3: "commune"}
_REFORM = date(2025, 7, 1)  # from here on a địa danh may be a commune (NĐ 30/2020 with Luật 72/2025/QH15)
# What the names of central bodies of the Party, courts and mass organisations have in common.
_CENTRAL_WORDS = ("trung ương", "tối cao", "quốc gia", "quốc hội", "chính phủ", "nhà nước", "việt nam")
_EDGES = " ,.;:–—-"


@dataclass(frozen=True, slots=True)
class Scope:
    """``level`` of the body; ``province`` (name of the lexicon); ``unit``: district or commune, or the body's own name.

    ``inferred``: the place was taken from the document in which the number stands, without the text saying so.
    """

    level: Level | None = None
    province: str | None = None
    unit: str | None = None
    inferred: bool = False

    @property
    def complete(self) -> bool:
        """Whether it names one body: the numbers of two documents with this scope come from one series."""
        if self.level == "central":
            return True
        if self.level == "province":
            return self.province is not None
        return self.level is not None and self.unit is not None and (self.province is not None or self.level == "body")


@cache
def _turns() -> tuple[date, ...]:
    """The days on which agencies and places begin, and those after they end."""
    days = {_REFORM}
    facts: list[Dated] = [*all_agencies(), *provinces(), *units(2)]
    for fact in facts:
        if fact.valid_from:
            days.add(fact.valid_from)
        if fact.valid_to:
            days.add(fact.valid_to + timedelta(days=1))
    return tuple(sorted(days))


@lru_cache(maxsize=20_000)
def era(day: str) -> date:
    """The first day of the time, with an ISO day in it, during which no agency and no place began or ended.

    Look-ups at this day give what they give at the day itself, and can be remembered.
    """
    at = bisect_right(_turns(), date.fromisoformat(day))
    return _turns()[at - 1] if at else date(1945, 9, 2)


@lru_cache(maxsize=100_000)
def of_issuer(issuer: str, on: date | None = None) -> Scope:
    """What an issuer's name alone says."""
    agencies, place = _read(issuer, on)
    level = _level(agencies, place)
    province, unit = _place(place)
    if level == "central":
        return Scope("central")
    if level == "province":
        return Scope(level, province)
    if level is not None:
        return Scope(level, province, unit)
    if {agency.tier for agency in agencies} <= {None}:
        return Scope("body", province, squash(issuer))  # a school, a hospital, a body that no table knows
    return Scope(None, province)  # "UBND" alone: of which level is not said


def of_document(
    issuer: str | None, parent: str | None, place: str | None, codes: tuple[str, ...], on: date | None
) -> Scope:
    """The scope of a document from its header: issuer, cơ quan chủ quản, địa danh, and the codes of its ký hiệu."""
    scope = of_issuer(issuer, on) if issuer else Scope()
    if scope.level in (None, "body") and (by_code := _level_of_codes(codes, on)):
        scope = replace(scope, level=by_code, unit=None if by_code in ("central", "province") else scope.unit)
    if scope.level == "central":
        return scope
    if scope.province is None and parent:
        above = of_issuer(parent, on)
        scope = replace(scope, province=above.province)
        if scope.level is None and above.level == "central":
            scope = Scope("central")
    if scope.province is None and place:
        scope = replace(scope, province=province_of_place(place, on))
    return scope


def of_citation(issuer: str | None, codes: tuple[str, ...], on: date | None, context: Scope) -> Scope:
    """The scope of a cited document, ``context`` being that of the document that cites it.

    "UBND tỉnh" and "Sở Nội vụ" in a document of Quảng Ngãi are those of Quảng Ngãi; "UBND huyện" in one of Triệu Sơn is
    Triệu Sơn's.
    """
    scope = of_issuer(issuer, on) if issuer else Scope()
    if scope.level in (None, "body") and (by_code := _level_of_codes(codes, on)):
        scope = replace(scope, level=by_code, unit=None if by_code in ("central", "province") else scope.unit)
    if scope.level == "central":
        return Scope("central")
    if not issuer and not codes:
        return Scope()  # a law by its name, a technical standard: nothing says that it is of this place
    said = bool(issuer) and scope.level not in (None, "body")
    if scope.province is None and context.province is not None:
        scope = replace(scope, province=context.province, inferred=not said)
    if scope.level in ("district", "commune") and scope.unit is None and scope.level == context.level:
        scope = replace(scope, unit=context.unit, inferred=not said)
    return scope


@lru_cache(maxsize=5_000)
def province_of_place(place: str, on: date | None) -> str | None:
    """The province of a địa danh, when only one comes into question."""
    province = province_named(place, on)
    names = {province.name} if province else {unit.province for unit in units_named(place, 2, on)}
    if on is not None and on >= _REFORM:
        names |= {unit.province for unit in units_named(place, 3, on)}
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=5_000)
def _level_of_codes(codes: tuple[str, ...], on: date | None) -> Level | None:
    """The level of the first code that the lexicon knows as an agency's, when all its readings agree."""
    for code in codes:
        known = agencies_with_code(code, on) or agencies_with_code(code)
        if known:
            return _level(known, None)
    return None


def _level(agencies: tuple[Agency, ...], place: Unit | None) -> Level | None:
    levels: set[Level | None] = {_level_of(agency) for agency in agencies}
    if len(levels) == 1:
        return levels.pop()
    if place is not None and _LEVELS[place.level] in levels:
        return _LEVELS[place.level]
    return None


def _level_of(agency: Agency) -> Level | None:
    if agency.tier is not None:
        return _LEVELS[agency.tier]
    if agency.level in ("state", "ministry", "ministry-agency"):
        return "central"
    name = squash(agency.name)
    return "central" if any(word in name for word in _CENTRAL_WORDS) else None


def _read(issuer: str, on: date | None) -> tuple[tuple[Agency, ...], Unit | None]:
    """The agencies that the name begins with, and the place it ends with."""
    words = issuer.replace("–", " ").split()
    agencies: tuple[Agency, ...] = ()
    taken = 0
    for end in range(len(words), 0, -1):
        name = " ".join(words[:end]).strip(_EDGES)
        agencies = agencies_named(name, on) or agencies_named(name)
        if agencies:
            taken = end
            break
    tiers = {agency.tier for agency in agencies}
    for start in range(len(words)):
        suffix = " ".join(words[start:]).strip(_EDGES)
        unit = _unit(suffix, start >= taken and bool(agencies), 3 in tiers, on)
        if unit is not None:
            return agencies, unit
    return agencies, None


def _unit(suffix: str, bare: bool, communes: bool, on: date | None) -> Unit | None:
    """The one unit that a text names; ``bare`` allows it without its kind."""
    folded = squash(suffix)
    province = province_named(suffix, on) or province_named(suffix)
    if province is not None and (bare or _kind_written(folded, province)):
        return province
    found = units_named(suffix, 2, on)
    if communes and not found:
        found = units_named(suffix, 3, on)
    written = [unit for unit in found if bare or _kind_written(folded, unit)]
    if not written:
        return None
    if len(written) > 1 and len({unit.province for unit in written}) > 1:
        first = written[0]  # the name is right, the province is not known
        return replace(first, province=None)
    return written[0]


def _kind_written(folded: str, unit: Unit) -> bool:
    return not folded.startswith(squash(unit.name)[:4]) and squash(unit.name)[-3:] == folded[-3:]


def _place(unit: Unit | None) -> tuple[str | None, str | None]:
    if unit is None:
        return None, None
    return (unit.name, None) if unit.level == 1 else (unit.province, unit.name)

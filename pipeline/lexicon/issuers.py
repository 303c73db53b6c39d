"""Agencies of a place: "Sở GDĐT tỉnh Quảng Ngãi", "UBND huyện Triệu Sơn", "Công an TP. Hồ Chí Minh"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.lexicon.agencies import Agency, agencies_named
from pipeline.lexicon.places import Unit, units_named

__all__ = ["LocalAgency", "local_agencies_named"]


@dataclass(frozen=True)
class LocalAgency:
    """An agency with the place that the text names, if it names one."""

    agency: Agency
    place: Unit | None


def local_agencies_named(text: str, on: date | None = None) -> tuple[LocalAgency, ...]:
    """The agencies that ``text`` may mean, each with its place.

    The whole text is tried as a name first ("Bộ Tài chính"), then the longest head that is one and whose tail is a
    place of the tier that the agency belongs to: "UBND thành phố Pleiku" is the committee of a district-level city,
    "UBND thành phố Đà Nẵng" that of a province.  A kind of place counts for both parts ("UBND | tỉnh | Gia Lai").
    """
    whole = agencies_named(text, on)
    if whole:
        return tuple(LocalAgency(agency, None) for agency in whole)
    words = text.split()
    for cut in range(len(words) - 1, 0, -1):
        named = agencies_named(" ".join(words[:cut]), on)
        if not named:
            continue
        found = [
            LocalAgency(agency, unit)
            for agency in named
            for unit in _places(words, cut, on)
            if agency.tier is None or agency.tier == unit.level
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _places(words: list[str], cut: int, on: date | None) -> tuple[Unit, ...]:
    """Places in the words from ``cut`` on, read with the kind that ends the agency's name where there is one."""
    tail = " ".join(words[cut:])
    for back in (2, 1):  # "thành phố", "thị xã"; "tỉnh", "huyện", "TP."
        if cut > back:
            with_kind = units_named(" ".join([*words[cut - back : cut], tail]), on=on)
            if with_kind:
                return with_kind
    return units_named(tail, on=on)

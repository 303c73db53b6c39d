"""Agencies of a place: "Sở GDĐT tỉnh Quảng Ngãi", "UBND huyện Triệu Sơn", "Công an TP. Hồ Chí Minh"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.lexicon.abbreviations import expand
from pipeline.lexicon.agencies import Agency, agencies_named
from pipeline.lexicon.fold import squash
from pipeline.lexicon.places import Unit, units_named

__all__ = ["LocalAgency", "local_agencies_named"]


@dataclass(frozen=True)
class LocalAgency:
    """An agency with the place that the text names, if it names one."""

    agency: Agency
    place: Unit | None


# What may stand between a body and the body over it: "Cục An toàn thông tin - Bộ TT&TT", "Trung tâm … thuộc Sở …".
_UNDER = re.compile(r"\s+(?:[-–—]|(?:trực )?thuộc)\s+|\s*[,(]\s*(?:trực )?thuộc\s+", re.IGNORECASE)
# A kind of place without a name after an agency of that tier: "Phòng Tài chính - Kế hoạch huyện".
_TIER_WORDS = {
    "tỉnh": 1,
    "thành phố": 1,
    "tp": 1,
    "huyện": 2,
    "quận": 2,
    "thị xã": 2,
    "xã": 3,
    "phường": 3,
    "thị trấn": 3,
    "đặc khu": 3,
}


def local_agencies_named(text: str, on: date | None = None) -> tuple[LocalAgency, ...]:
    """The agencies that ``text`` may mean, each with its place.

    The whole text is tried as a name first ("Bộ Tài chính"), then the longest head that is one and whose tail is a
    place of the tier that the agency belongs to: "UBND thành phố Pleiku" is the committee of a district-level city,
    "UBND thành phố Đà Nẵng" that of a province.  A kind of place counts for both parts ("UBND | tỉnh | Gia Lai").  A
    body named after it with "thuộc" or a dash is left aside when it is an agency as well.
    """
    found = _with_place(text, on)
    if not found:
        cuts = [(text[: match.start()], text[match.end() :].rstrip(" )")) for match in _UNDER.finditer(text)]
        found = next((head for body, over in cuts if (head := _with_place(body, on)) and _with_place(over, on)), ())
    return found


def _with_place(text: str, on: date | None) -> tuple[LocalAgency, ...]:
    whole = agencies_named(text, on)
    if whole:
        return tuple(LocalAgency(agency, None) for agency in whole)
    words = expand(text, on).split()  # "TP.HCM" is a kind and a name in one word
    for cut in range(len(words) - 1, 0, -1):
        named = agencies_named(" ".join(words[:cut]), on)
        if not named:
            continue
        tier = _TIER_WORDS.get(squash(" ".join(words[cut:])))
        if tier:
            return tuple(LocalAgency(agency, None) for agency in named if agency.tier == tier)
        found = [
            LocalAgency(agency, unit)
            for agency in named
            for unit in _places(words, cut, on)
            if agency.tier is None or agency.tier == unit.level
        ]
        if found:
            # Without a day a place may come twice, before and after a change of its code: the last one stands for both.
            return tuple({(local.agency.id, _identity(local.place)): local for local in found}.values())
    return ()


def _identity(unit: Unit | None) -> tuple[str | None, ...]:
    return () if unit is None else (unit.kind, unit.name, unit.province, unit.district)


def _places(words: list[str], cut: int, on: date | None) -> tuple[Unit, ...]:
    """Places in the words from ``cut`` on, read with the kind that ends the agency's name where there is one."""
    tail = " ".join(words[cut:])
    for back in (2, 1):  # "thành phố", "thị xã"; "tỉnh", "huyện", "TP."
        if cut > back:
            with_kind = units_named(" ".join([*words[cut - back : cut], tail]), on=on)
            if with_kind:
                return with_kind
    return units_named(tail, on=on)

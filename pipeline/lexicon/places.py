"""Places: provinces, districts and communes with their kinds and the time they existed.

Three things make a name of a place uncertain: its kind changes with the date ("tỉnh" or "thành phố Đồng Nai"), the same
name is used on several levels and in several provinces, and its spelling varies (Đắk/Đăk, R'lấp/R’Lấp, TP./TX.).  The
look-ups here give every unit that comes into question and leave the choice to the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.lexicon.fold import fold, squash, strip_marks
from pipeline.lexicon.tables import cells, day, read_csv
from pipeline.lexicon.validity import valid

__all__ = ["Unit", "full_name", "province_named", "provinces", "units", "units_named"]

# Law 72/2025/QH15 and Resolution 202/2025/QH15: the day on which districts ended and 34 provinces began.
_REFORM = date(2025, 7, 1)
_EVE = _REFORM - timedelta(days=1)

_KINDS = {"P": "phường", "X": "xã", "T": "thị trấn", "Đ": "đặc khu"}
# How a kind is written at the head of a name.  A short form is followed by a full stop or a space, so that "Quảng Ninh"
# is not "Q. uảng Ninh" and "xã Tân Phú" ends its kind at the space.
_WRITTEN = {
    "tỉnh": "tỉnh",
    "thành phố": r"thành\s*phố|tp|t\.\s?p",
    "huyện": r"huyện|h(?=\.)",
    "quận": r"quận|q(?=\.)",
    "thị xã": r"thị\s*xã|tx|t\.\s?x",
    "thị trấn": r"thị\s*trấn|tt|t\.\s?t",
    "phường": r"phường|p(?=\.)",
    "xã": r"xã|x(?=\.)",
    "đặc khu": r"đặc\s*khu",
}
_KIND_AT_HEAD = re.compile("(?:" + "|".join(f"({pattern})" for pattern in _WRITTEN.values()) + r")(?:\.\s*|\s+)(?=\w)")


@dataclass(frozen=True)
class Unit:
    """One administrative unit while it had this name, kind and code.

    ``name`` is without the kind ("Triệu Sơn"), ``level`` 1 province, 2 district, 3 commune; ``province`` and
    ``district`` are names without kind; ``successors`` are full names ("phường Ba Đình"), for a province the names of
    provinces.  ``organ_code`` is the mã định danh of a province's People's Committee (QĐ 20/2020/QĐ-TTg).
    """

    name: str
    kind: str
    level: int
    province: str | None
    district: str | None
    valid_from: date | None
    valid_to: date | None
    code: str | None
    successors: tuple[str, ...] = ()
    organ_code: str | None = None


def full_name(unit: Unit) -> str:
    """Kind and name: "tỉnh Quảng Ngãi", "quận 1"."""
    return f"{unit.kind} {unit.name}"


# --- tables ---


@cache
def _province_rows() -> tuple[tuple[Unit, tuple[str, ...]], ...]:
    rows = []
    for row in read_csv("places/provinces.csv"):
        unit = Unit(
            row["name"],
            row["kind"],
            1,
            None,
            None,
            day(row["valid_from"]),
            day(row["valid_to"]),
            row["code"] or None,
            cells(row["successors"]),
            row["organ_code"] or None,
        )
        rows.append((unit, cells(row["aliases"])))
    return tuple(rows)


@cache
def _province_by_code(on: date) -> dict[str, str]:
    return {unit.code: unit.name for unit, _ in _province_rows() if unit.code and valid(unit, on)}


@cache
def _districts() -> tuple[Unit, ...]:
    province = _province_by_code(_EVE)
    former, starts = [], {}
    for row in read_csv("places/former_districts.csv"):
        key = (row["province"], row["name"])
        former.append(
            Unit(
                row["name"],
                row["kind"],
                2,
                province[row["province"]],
                None,
                None,
                day(row["valid_to"]),
                None,
                cells(row["successor"]),
            )
        )
        if row["from_today"]:
            starts[key] = day(row["from_today"])
    today = [
        Unit(
            row["name"],
            row["kind"],
            2,
            province[row["province"]],
            None,
            starts.get((row["province"], row["name"])),
            _EVE,
            row["code"],
        )
        for row in read_csv("places/districts.csv")
    ]
    return (*today, *former)


@cache
def _communes() -> tuple[Unit, ...]:
    province = _province_by_code(_REFORM)
    changed = {(row["province"], row["name"], row["old_kind"]): row for row in read_csv("places/amendments.csv")}
    now: list[Unit] = []
    named: dict[str, str] = {}
    for row in read_csv("places/communes.csv"):
        kind, name, code = _KINDS[row["kind"]], row["name"], row["code"]
        named[code] = f"{kind} {name}"
        change = changed.get((row["province"], name, row["kind"]))
        if change is None:
            now.append(Unit(name, kind, 3, province[row["province"]], None, _REFORM, None, code))
            continue
        first, later = date.fromisoformat(change["valid_from"]), _KINDS[change["new_kind"]]
        last = first - timedelta(days=1)
        now.append(Unit(name, kind, 3, province[row["province"]], None, _REFORM, last, code, (f"{later} {name}",)))
        now.append(Unit(name, later, 3, province[row["province"]], None, first, None, code))

    old_province = _province_by_code(_EVE)
    district = {row["code"]: (old_province[row["province"]], row["name"]) for row in read_csv("places/districts.csv")}
    old = []
    for row in read_csv("places/communes_2025_06.csv"):
        of_province, of_district = district[row["district"]]
        became = tuple(named[code] for code in cells(row["successors"]))
        old.append(Unit(row["name"], _KINDS[row["kind"]], 3, of_province, of_district, None, _EVE, row["code"], became))
    return (*now, *old)


def provinces(on: date | None = None) -> tuple[Unit, ...]:
    """The provinces and centrally run cities of a day: 63 until 30/6/2025, 34 from 01/7/2025."""
    return tuple(unit for unit, _ in _province_rows() if valid(unit, on))


def units(level: int, on: date | None = None) -> tuple[Unit, ...]:
    """Every unit of one level (1, 2 or 3) on a day."""
    if level == 1:
        return provinces(on)
    return tuple(unit for unit in (_districts() if level == 2 else _communes()) if valid(unit, on))


# --- names ---


def _key(name: str) -> str:
    """Letters and digits of a name, with the spellings of the highlands unified."""
    # Apostrophes, hyphens and spaces are written in every way: "R'lấp", "R’ Lấp", "Phan Rang-Tháp Chàm".
    letters = "".join(letter for letter in fold(name) if letter.isalnum())
    return re.sub(r"đăk|đak|đắc|đăc", "đắk", letters)


def _split(text: str) -> tuple[str | None, str]:
    """The kind that ``text`` begins with, if any, and the rest."""
    folded = squash(text).strip(" ,.;:")
    match = _KIND_AT_HEAD.match(folded)
    if match is None:
        return None, folded
    return list(_WRITTEN)[(match.lastindex or 1) - 1], folded[match.end() :]


@cache
def _province_index() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit, aliases in _province_rows():
        for name in (unit.name, *aliases):
            some = found.setdefault(_key(name), [])
            if unit not in some:
                some.append(unit)
    return {key: tuple(some) for key, some in found.items()}


@cache
def _province_index_bare() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for key, some in _province_index().items():
        bare = found.setdefault(strip_marks(key), [])
        bare.extend(unit for unit in some if unit not in bare)
    return {key: tuple(some) for key, some in found.items() if len({unit.name for unit in some}) == 1}


def province_named(text: str, on: date | None = None) -> Unit | None:
    """The province with this name, with or without its kind: "tỉnh Quảng Ngãi", "TPHCM", "Đăk Lăk", "DAK LAK".

    Without a day the latest unit of that name.  A kind that is written must be the right one ("tỉnh Hồ Chí Minh" is
    nothing), marks must be right unless there are none at all.
    """
    for kind, name in dict.fromkeys((_split(text), (None, squash(text)))):
        key = _key(name)
        some = _province_index().get(key) or (_province_index_bare().get(key) if strip_marks(key) == key else None)
        then = [unit for unit in some or () if valid(unit, on) and kind in {None, unit.kind}]
        if then:
            return max(then, key=lambda unit: (unit.valid_to or date.max, unit.valid_from or date.min))
    return None


@cache
def _unit_index(level: int) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in units(level):
        found.setdefault(_key(unit.name), []).append(unit)
    return {key: tuple(some) for key, some in found.items()}


def units_named(text: str, level: int | None = None, on: date | None = None) -> tuple[Unit, ...]:
    """Every unit with this name, provinces first: "huyện Triệu Sơn", "TP. Pleiku", "Đắk R’lấp", "Ba Đình".

    A kind that is written keeps the units of that kind; names that are only a number need one ("quận 1").  Without
    ``level`` all three are searched (the communes are then loaded, about 13,000 rows).
    """
    kind, name = _split(text)
    found: list[Unit] = []
    for reading_kind, reading in dict.fromkeys(((kind, name), (None, squash(text)))):
        key = _key(reading)
        if not key or (key.isdigit() and reading_kind is None):
            continue
        for searched in (1, 2, 3) if level is None else (level,):
            index = _province_index() if searched == 1 else _unit_index(searched)
            found += [
                unit
                for unit in index.get(key, ())
                if unit not in found and valid(unit, on) and reading_kind in {None, unit.kind}
            ]
    return tuple(found)

"""Places: the map of a day, spellings of names, levels that share a name."""

from collections import Counter
from datetime import date

import pytest

from pipeline.lexicon.places import full_name, province_named, provinces, units, units_named


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(1997, 1, 1), 61),
        (date(2004, 1, 1), 64),  # Đắk Nông, Điện Biên, Hậu Giang
        (date(2008, 8, 1), 63),  # Hà Tây joined Hà Nội
        (date(2025, 6, 30), 63),
        (date(2025, 7, 1), 34),  # NQ 202/2025/QH15
        (date(2026, 10, 1), 34),
    ],
)
def test_number_of_provinces(on: date, count: int) -> None:
    assert len({unit.name for unit in provinces(on)}) == len(provinces(on)) == count


@pytest.mark.parametrize(
    ("on", "cities"),
    [
        (date(2024, 12, 31), 5),
        (date(2025, 1, 1), 6),  # Huế
        (date(2026, 4, 29), 6),
        (date(2026, 4, 30), 7),  # Đồng Nai
        (date(2026, 9, 20), 9),  # Quảng Ninh, Bắc Ninh
    ],
)
def test_number_of_centrally_run_cities(on: date, cities: int) -> None:
    assert sum(unit.kind == "thành phố" for unit in provinces(on)) == cities


@pytest.mark.parametrize(
    ("level", "on", "count"),
    [
        (2, date(2025, 6, 30), 696),
        (2, date(2025, 7, 1), 0),  # the district level ended
        (3, date(2025, 6, 30), 10_035),
        (3, date(2025, 7, 1), 3_321),
        (3, date(2026, 10, 1), 3_321),
    ],
)
def test_number_of_units(level: int, on: date, count: int) -> None:
    assert len(units(level, on)) == count


def test_kinds_of_communes_after_the_amendments_of_2026() -> None:
    kinds = Counter(unit.kind for unit in units(3, date(2026, 9, 20)))
    assert kinds == {"xã": 2_599, "phường": 709, "đặc khu": 13}


@pytest.mark.parametrize(
    ("text", "on", "name"),
    [
        ("Quảng Ngãi", None, "tỉnh Quảng Ngãi"),
        ("TỈNH QUẢNG NGÃI", None, "tỉnh Quảng Ngãi"),
        ("Thanh Hoá", None, "tỉnh Thanh Hóa"),
        ("TPHCM", None, "thành phố Hồ Chí Minh"),
        ("TP. HCM", None, "thành phố Hồ Chí Minh"),
        ("Tp. Hồ Chí Minh", None, "thành phố Hồ Chí Minh"),
        ("Đăk Lăk", None, "tỉnh Đắk Lắk"),
        ("ĐẮC LẮC", None, "tỉnh Đắk Lắk"),
        ("DAK LAK", None, "tỉnh Đắk Lắk"),
        ("Đăk Nông", date(2019, 5, 1), "tỉnh Đắk Nông"),
        ("Đắk Nông", date(2025, 7, 1), None),
        ("Bà Rịa – Vũng Tàu", date(2020, 1, 1), "tỉnh Bà Rịa - Vũng Tàu"),
        ("BR-VT", date(2020, 1, 1), "tỉnh Bà Rịa - Vũng Tàu"),
        ("Thừa Thiên - Huế", date(2020, 1, 1), "tỉnh Thừa Thiên Huế"),
        ("Huế", date(2020, 1, 1), None),  # a city of the province then
        ("Huế", date(2025, 1, 1), "thành phố Huế"),
        ("tỉnh Đồng Nai", date(2026, 4, 29), "tỉnh Đồng Nai"),
        ("Đồng Nai", date(2026, 4, 30), "thành phố Đồng Nai"),
        ("tỉnh Hồ Chí Minh", None, None),  # the wrong kind
        ("Ha Noi", None, "thành phố Hà Nội"),  # no marks at all
        ("Hà Nôi", None, None),  # a wrong mark is not guessed
        ("Hà Tây", date(2007, 1, 1), "tỉnh Hà Tây"),
        ("Pleiku", None, None),
        ("", None, None),
    ],
)
def test_province_named(text: str, on: date | None, name: str | None) -> None:
    found = province_named(text, on)
    assert (full_name(found) if found else None) == name


@pytest.mark.parametrize(
    ("text", "level", "on", "found"),
    [
        ("huyện Triệu Sơn", None, None, [("huyện Triệu Sơn", "Thanh Hóa")]),
        ("TP. Pleiku", None, None, [("thành phố Pleiku", "Gia Lai")]),
        ("TP Pleiku", 2, None, [("thành phố Pleiku", "Gia Lai")]),
        ("Đắk R’lấp", None, None, [("huyện Đắk R'Lấp", "Đắk Nông")]),
        ("ĐĂK R'LẤP", None, None, [("huyện Đắk R'Lấp", "Đắk Nông")]),
        ("Đak R` Lấp", None, None, [("huyện Đắk R'Lấp", "Đắk Nông")]),
        ("Q.1", None, None, [("quận 1", "Hồ Chí Minh")]),
        ("Quận 1", 2, None, [("quận 1", "Hồ Chí Minh")]),
        ("1", None, None, []),  # a number is no place
        ("Tx. Sơn Tây", None, None, [("thị xã Sơn Tây", "Hà Nội")]),
        ("thị trấn Kiến Đức", None, None, [("thị trấn Kiến Đức", "Đắk Nông")]),
        ("Pleiku", None, date(2025, 8, 1), [("phường Pleiku", "Gia Lai")]),
        ("Pleiku", None, date(2020, 8, 1), [("thành phố Pleiku", "Gia Lai")]),
        ("thị xã Gia Nghĩa", None, date(2019, 6, 1), [("thị xã Gia Nghĩa", "Đắk Nông")]),
        ("Gia Nghĩa", 2, date(2019, 6, 1), [("thị xã Gia Nghĩa", "Đắk Nông")]),  # became a city in 2020
        ("Gia Nghĩa", 2, date(2020, 6, 1), [("thành phố Gia Nghĩa", "Đắk Nông")]),
        ("xã Trảng Bom", 3, date(2026, 4, 29), [("xã Trảng Bom", "Đồng Nai")]),
        ("phường Trảng Bom", 3, date(2026, 4, 30), [("phường Trảng Bom", "Đồng Nai")]),
        ("Phú Thọ", 1, None, [("tỉnh Phú Thọ", None)]),
        ("Phú Thọ", 2, None, [("thị xã Phú Thọ", "Phú Thọ")]),
        ("huyện", None, None, []),
    ],
)
def test_units_named(text: str, level: int | None, on: date | None, found: list[tuple[str, str | None]]) -> None:
    assert [(full_name(unit), unit.province) for unit in units_named(text, level, on)] == found


def test_a_name_of_several_units_gives_them_all() -> None:
    found = units_named("Châu Thành", level=2, on=date(2020, 1, 1))
    assert len(found) == 10
    assert len({unit.province for unit in found}) == 10


def test_every_unit_is_found_by_its_full_name() -> None:
    for level in (1, 2, 3):
        for unit in units(level):
            assert unit in units_named(full_name(unit), level)


def test_every_name_of_a_province_is_found_on_each_day_of_its_map() -> None:
    for on in (date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 12, 1)):
        for unit in provinces(on):
            assert province_named(unit.name, on) == unit
            assert province_named(full_name(unit).upper(), on) == unit


def test_every_commune_of_the_old_map_became_one_of_the_new() -> None:
    new = {full_name(unit) for unit in units(3, date(2025, 7, 1))}
    for unit in units(3, date(2025, 6, 30)):
        assert unit.successors
        assert set(unit.successors) <= new


def test_every_province_that_ended_has_successors_that_began() -> None:
    for unit in provinces():
        if unit.valid_to is not None:
            assert unit.successors, unit
            assert all(province_named(name) for name in unit.successors), unit


def test_organ_codes_are_those_of_63_provinces() -> None:
    codes = {unit.organ_code for unit in provinces(date(2024, 1, 1))}
    assert codes == {f"H{number:02}" for number in range(1, 64)}


def test_a_code_belongs_to_one_unit_at_a_time() -> None:
    for level in (1, 2, 3):
        for on in (date(2025, 6, 30), date(2025, 7, 1), date(2026, 12, 1)):
            codes = [unit.code for unit in units(level, on)]
            assert len(codes) == len(set(codes))

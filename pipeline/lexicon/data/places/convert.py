"""Rebuild districts.csv and communes*.csv from the package vietnamadminunits (MIT); see README.md beside this file.

    python convert.py <folder with the unpacked wheel>

The hand-made tables (provinces.csv, former_districts.csv, amendments.csv) are read, never written.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).parent
LETTER = {"phường": "P", "xã": "X", "thị trấn": "T", "đặc khu": "Đ"}


def write(name: str, remark: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"# {remark}\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def split(full: str) -> tuple[str, str]:
    """Kind and name: the full name is right where it and the package's column of kinds disagree (7 rows)."""
    match = re.fullmatch(r"(thành phố|huyện|quận|thị xã|thị trấn|phường|xã|đặc khu)\s+(.+)", full, re.IGNORECASE)
    if match is None:
        raise ValueError(full)
    return match[1].lower(), match[2]


def main(package: Path) -> None:
    base = sqlite3.connect(package / "vietnamadminunits" / "data" / "dataset.db")
    maps = json.loads((package / "vietnamadminunits" / "data" / "converter_2025.json").read_text(encoding="utf-8"))

    districts = {
        code: (province, code, *split(name))
        for province, code, name in base.execute("SELECT provinceCode, districtCode, district FROM admin_units_legacy")
    }
    write(
        "districts.csv",
        "Districts as they stood until 30/6/2025, converted by convert.py: do not edit, see README.md.",
        ("province", "code", "kind", "name"),
        sorted(districts.values(), key=lambda row: row[1]),
    )

    new_codes = {
        (province, ward): code
        for province, ward, code in base.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")
    }
    successors: dict[str, list[str]] = {}
    for province, wards in maps["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_keys in wards.items():
            for old in old_keys:
                successors.setdefault(old, []).append(new_codes[province, ward])
    for province, old_wards in maps["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in old_wards.items():
            ordered = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            successors.setdefault(old, []).extend(new_codes[province, part["newWardKey"]] for part in ordered)

    old_rows = []
    for district, code, full, key in base.execute(
        "SELECT districtCode, wardCode, ward, provinceKey || '_' || districtKey || '_' || wardKey"
        " FROM admin_units_legacy WHERE wardCode IS NOT NULL ORDER BY wardCode"
    ):
        kind, name = split(full)
        old_rows.append((district, code, LETTER[kind], name, ";".join(successors[key])))
    write(
        "communes_2025_06.csv",
        "Communes until 30/6/2025 with the codes of those they became, converted by convert.py: do not edit.",
        ("district", "code", "kind", "name", "successors"),
        old_rows,
    )

    write(
        "communes.csv",
        "Communes from 01/7/2025, converted by convert.py: do not edit; later changes stand in amendments.csv.",
        ("province", "code", "kind", "name"),
        [
            (province, code, LETTER[kind], name)
            for province, code, full in base.execute(
                "SELECT provinceCode, wardCode, ward FROM admin_units ORDER BY wardCode"
            )
            for kind, name in [split(full)]
        ],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

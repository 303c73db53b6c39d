"""Which lines of an ĐẾN stamp are read, and which stay null?"""

from __future__ import annotations

from typing import Any

import pytest
from extract_pages import scanned, table, zoned

from pipeline.extract.received import read_received
from pipeline.layout import Zone
from pipeline.workflow.run import extract_bytes

NOTHING = {"organization": None, "number": None, "date": None, "routing": None}
STAMPS: list[tuple[str, str, dict[str, str] | None]] = [
    ("all lines", "UBND TỈNH QUẢNG NGÃI\nĐẾN\nSố: 312\nNgày: 14/4/2021\nChuyển: VX",
     {"organization": "UBND tỉnh Quảng Ngãi", "number": "312", "date": "2021-04-14", "routing": "VX"}),
    ("a date in words", "ĐẾN\nSố: 312\nNgày 14 tháng 4 năm 2021", {"number": "312", "date": "2021-04-14"}),
    ("a year of two figures", "ĐẾN\nNgày: 14/4/21", {"date": "2021-04-14"}),
    ("dots for slashes", "ĐẾN\nNgày: 14.4.2021", {"date": "2021-04-14"}),
    ("a letter after the number", "CÔNG VĂN ĐẾN\nSố: 12a", {"number": "12a"}),
    ("the organisation alone", "SỞ NỘI VỤ\nĐẾN", {"organization": "Sở Nội vụ"}),
    ("not filled in", "ĐẾN\nSố: ......\nNgày: ......", None),
    ("the word alone", "ĐẾN", None),
    ("a document's number is no number of arrival", "ĐẾN\nSố: 514/SGDĐT", None),
    ("day 32", "ĐẾN\nSố: 312\nNgày: 32/4/2021", {"number": "312"}),
    ("month 13", "ĐẾN\nSố: 312\nNgày: 14/13/2021", {"number": "312"}),
    ("an hour is no date", "ĐẾN\nSố: 312\nGiờ: 10", {"number": "312"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), table(STAMPS))
def test_typed(text: str, expected: dict[str, str] | None) -> None:
    found = read_received(zoned(Zone.RECEIVED, text))
    assert (found and found.value) == (None if expected is None else {**NOTHING, **expected})


def test_every_part_has_its_own_place() -> None:
    found = read_received(zoned(Zone.RECEIVED, STAMPS[0][1]))
    assert found is not None
    said = {name: " ".join(span.text for span in part.spans) for name, part in found.parts.items()}
    assert said.pop("date").endswith("14/4/2021")
    assert said == {"organization": "UBND TỈNH QUẢNG NGÃI", "number": "312", "routing": "VX"}


def test_no_stamp() -> None:
    assert read_received(zoned(Zone.NUMBER, "Số: 312")) is None


STAMP = "ĐẾN\nSố: 312\nNgày: 14/4/2021"
HANDWRITTEN = [
    ("printed", {}, {"number": "312", "date": "2021-04-14"}),
    ("a number below 0.85", {"doubt": {"312": 0.8}}, {"date": "2021-04-14"}),
    ("a date below 0.85", {"doubt": {"14/4/2021": 0.8}}, {"number": "312"}),
    ("no second reading", {"rereads": ()}, None),
    ("a second reading that differs", {"rereads": ("342 14/7/2021",)}, None),
]


@pytest.mark.parametrize(("how", "expected"), table(HANDWRITTEN))
def test_a_stamp_filled_in_by_hand_is_not_guessed(how: dict[str, Any], expected: dict[str, str] | None) -> None:
    found = read_received(scanned(Zone.RECEIVED, STAMP, **how))
    assert (found and found.value) == (None if expected is None else {**NOTHING, **expected})


DOCUMENT = """UBND TỈNH QUẢNG NGÃI
SỞ NỘI VỤ

Số: 12/SNV-VP
V/v tổ chức thi

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Quảng Ngãi, ngày 14 tháng 4 năm 2021

ĐẾN
Số: 312
Ngày: {day}

Kính gửi: Sở Tài chính

Căn cứ Kế hoạch số 5/KH-UBND ngày 01/02/2021, Sở Nội vụ đề nghị Sở Tài chính phối hợp.
"""


def test_a_document_with_a_stamp() -> None:
    (record,) = extract_bytes(DOCUMENT.format(day="15/4/2021").encode(), "a.txt").records
    assert record.received is not None
    assert (record.received.number, record.received.date, record.number) == ("312", "2021-04-15", "12/SNV-VP")


def test_a_day_that_no_month_has_is_no_date_of_arrival() -> None:
    (record,) = extract_bytes(DOCUMENT.format(day="31/02/2021").encode(), "a.txt").records
    assert record.received is not None
    assert record.received.date is None

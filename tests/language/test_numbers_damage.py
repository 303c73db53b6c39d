"""Damage as Tesseract makes it: the same canonical number comes out or none, never another one."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.mentions import find_mentions
from pipeline.language.numbers import find_numbers, parse_number

# fmt: off
NUMBERS = [
    "514/SGDĐT-VP", "75/TB/STNMT-VPĐKĐĐ", "651/SLĐTBXH-VP", "23-TB/TCT", "205-KH/TU", "41-CT/TW", "09/2017/NĐ-CP",
    "24/2018/QH14", "101/2015/QH13", "34/2007/PL-UBTVQH11", "226/KH-UBND", "10119/VPCP-V.I", "2705/CAT-TM(ANM)",
    "3672/SKHCN-BCVT&CĐS", "66.15/2026/NQ-CP", "30c/NQ-CP", "537/TTr-P3", "192/KL-TTr", "91/CP", "29-CP", "58-TTg",
    "15-SL", "1141-TC/QĐ/CĐKT", "07:2010/BXD", "1322/STC-GCS&TCDN", "07/CT-UBND", "89/TTr-LĐTBXH",
    "15/2004/TTLT/BTC-BGTVT", "15/2004/TTLT-BNN-BNV", "409/TB-VPUBND", "430/BTTTT-CATTT", "01-KH/TWĐTN-KHCN",
    "61/QĐ-TLĐ", "14514-CV/VPTW", "08-QĐi/TW", "05-NQ/ĐU", "14/2007/QĐ.UB", "365/STTTT", "859/QĐ-BCA-V11",
    "12/CT-TTHT", "2845-QĐ/UBND", "120/2010/TT-BLĐTBXH", "1010/SNV-TCCB", "18/ĐA-UBND", "3/BC-BCĐ389",
    "730/2004/NQ-UBTVQHK11", "1901/2019/QĐ-UBND", "12/TT-LB", "210a-TC/VP", "337/1998/QĐ-NHNN7",
    "06/2009/TT-BCA(C11)", "12/VBHN-VPQH", "11/2020/L-CTN", "71/2007/TTLT-BTC-BNV", "87/GM-UBND", "34-HD/TĐTN-PT",
    "118-KL/TU", "42-CT/TW", "7590/GDTrH", "11/HD-MTTW-BTT", "25/TT-MTTW-BTT", "47/HD-TLĐ", "1518-QĐ/TWĐTN-CTĐ",
    "217-HĐBT", "202/2025/QH15", "5241/BXD-KCHT", "03/2026/TT-BGDĐT", "27/2025/NQ-HĐND", "18/KH-MTTQ-BTT",
    "56/CĐ-TTg", "389/TB-VPCP", "1520/QĐ-ĐHBK", "39/2003/CT-BGD&ĐT", "02/2015/TT-TTCP", "128/2003/TTLT-BTC-BCA",
    "214/UBND-VHXH", "45/QCPH-CAT-SNV", "120-QĐ/ĐU", "661/QĐ-TTg", "1893/TTr-UBND", "156/BC-BVHXH", "76/SL",
    "2875/QTPC-AT+KD", "1187/SNNMT-CNTY", "148-KH/TĐTN-XDĐ", "412/QĐ-BV", "19874/CT-TT&HT", "2034/HDLS-SGDĐT-STC",
    "85/TM-THPTCLQĐ",
    "04/2018/TTLT-VKSNDTC-BCA-TANDTC", "901/BTP-TCTHADS", "14964/BTC-THTK", "2084/QĐ-UBND", "33/HĐND-VP",
]
# fmt: on

CONFUSED = {
    "1": ("l", "I"),
    "0": ("O",),
    "/": ("I", "l", "1", " / ", "/ ", " /"),
    "-": ("–", " ", " - ", "- ", " -"),
    "Đ": ("D", "Ð"),
}


def damages(number: str) -> list[tuple[int, str, str]]:
    """Every single damage: position, what stands there, what is read."""
    found = [(at, c, read) for at, c in enumerate(number) for read in CONFUSED.get(c, ())]
    return found + [(at, "", " ") for at in range(1, len(number))]


def damaged(number: str, some: tuple[tuple[int, str, str], ...]) -> str:
    for at, was, read in sorted(some, reverse=True):
        number = number[:at] + read + number[at + len(was) :]
    return number


def read_everywhere(printed: str) -> set[str]:
    """What a header, running text and the mention grammar make of it."""
    found = {parse_number(printed)}
    found |= set(find_numbers(f"theo văn bản số {printed} ngày 01/02/2021 của Sở"))
    found |= set(find_numbers(f"như sau: {printed}, gửi"))
    found |= {m.number for m in find_mentions(f"Thực hiện Quyết định số {printed} của tỉnh")}
    return {n.canonical for n in found if n}


@pytest.mark.parametrize("number", NUMBERS)
def test_one_damage_never_gives_another_number(number):
    for damage in damages(number):
        printed = damaged(number, (damage,))
        assert read_everywhere(printed) <= {number}, printed


@pytest.mark.parametrize("number", NUMBERS)
def test_two_damages_never_give_another_number(number):
    pairs = [p for p in itertools.combinations(damages(number), 2) if p[0][0] != p[1][0]]
    for pair in random.Random(number).sample(pairs, min(60, len(pairs))):
        printed = damaged(number, pair)
        assert read_everywhere(printed) <= {number}, printed


@settings(max_examples=200)
@given(st.data())
def test_any_two_damages_never_give_another_number(data):
    number = data.draw(st.sampled_from(NUMBERS))
    pair = data.draw(st.tuples(st.sampled_from(damages(number)), st.sampled_from(damages(number))))
    if pair[0][0] != pair[1][0]:
        assert read_everywhere(damaged(number, pair)) <= {number}


def test_most_single_damages_are_mended_and_not_only_refused():
    # Abstaining from everything would pass the tests above.
    outcomes = [(number, parse_number(damaged(number, (damage,)))) for number in NUMBERS for damage in damages(number)]
    mended = sum(found is not None and found.canonical == number for number, found in outcomes)
    assert mended > 0.6 * len(outcomes)

"""What does a line over a signature say, however a stamp damaged it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon.positions import positions
from pipeline.read.signature_lines import capacity_of, deputy_of, ends_in_position, near_position

LINES: list[tuple[str, str, tuple[str, str | None, str | None] | None]] = [
    ("authority and position", "KT. GIÁM ĐỐC", ("authority", "KT.", "Giám đốc")),
    ("a slash for the stop", "T/L HIỆU TRƯỞNG", ("authority", "TL.", "Hiệu trưởng")),
    ("a collective body", "TM. ỦY BAN NHÂN DÂN", ("authority", "TM.", None)),
    ("a rim beside the T", "k1, CHỦ TỊCH", ("authority", "KT.", "Chủ tịch")),
    ("the T of T/M under a stamp", "/M BAN CHÁP HÀNH TRUNG ƯƠNG", ("authority", "TM.", None)),
    ("a broken prefix before no position", "1/M ABC XYZ", None),
    ("a position", "PHÓ CHỦ TỊCH", ("position", None, "Phó Chủ tịch")),
    ("marks lost", "PHO CHANH VAN PHONG", ("position", None, "Phó Chánh Văn phòng")),
    ("one letter misread", "GHỦ TỊCH", ("position", None, "Chủ tịch")),
    ("one letter swallowed", "—#HÓ CHỦ TỊCH", ("position", None, "Phó Chủ tịch")),
    ("thứ, not thủ: the marks decide", "“THỨ “RƯỞNG", ("position", None, "Thứ trưởng")),
    ("marks lost between two positions", "THU TRUONG", None),
    ("a hyphen for the space, and a tail", "TRƯỚNG-PHÒNG TC, HC, TT, TL", ("position", None, "Trưởng phòng")),
    ("a name", "Đặng Hoàng Oanh", ("name", None, None)),
    ("a name in capitals is no position", "NGUYỄN VĂN AN", ("name", None, None)),
    ("a unit inside a seal", "SỞ TÀI CHÍNH", None),
    ("strokes of a signature", "-Z*. 5Ô", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=i) for i, t, e in LINES])
def test_capacity(text: str, expected: tuple[str, str | None, str | None] | None) -> None:
    said = capacity_of(text)
    assert (said and (said.kind, said.prefix, said.position)) == expected


@pytest.mark.parametrize("item", [p for p in positions("position") if len(p.name) > 5], ids=lambda p: p.name)
def test_every_position_is_itself(item: object) -> None:
    name = item.name  # type: ignore[attr-defined]
    assert near_position(name.upper()) == (name, 1.0)


@pytest.mark.parametrize(
    ("head", "deputy"),
    [("Giám đốc", "Phó Giám đốc"), ("Bộ trưởng", "Thứ trưởng"), ("Chánh Văn phòng", "Phó Chánh Văn phòng"),
     ("Chuyên viên", None)],
)  # fmt: skip
def test_deputy(head: str, deputy: str | None) -> None:
    assert deputy_of(head) == deputy


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [("RỘ TRƯỞNG", "Bộ trưởng", True), ("Ó GIÁM ỐC", "Giám đốc", True), ("TRƯỞNG", "Bộ trưởng", False),
     ("GIÁM SÁT", "Giám đốc", False)],
)  # fmt: skip
def test_damaged_head(text: str, name: str, expected: bool) -> None:
    assert ends_in_position(text, name) is expected


@given(st.text(max_size=90))
def test_any_text_has_a_fit_within_bounds(text: str) -> None:
    said = capacity_of(text)
    assert said is None or (0 < said.fit <= 1 and 0 <= said.rest_at <= len(text))

"""Which of several readings is the name, and is it certain?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.name_readings import SUREST, settled_name

SURE = 0.62
CASES: list[tuple[str, list[tuple[str, float]], str | None, bool]] = [
    ("one sure reading", [("Lê Mai Toản", 0.95)], "Lê Mai Toản", True),
    ("two middling ones that agree", [("Cao Văn Tính", 0.5), ("Cao Văn Tính", 0.5)], "Cao Văn Tính", True),
    ("no name has the syllable Tắn", [("Nguyễn Tấn Bi", 0.6), ("Nguyễn Tắn Bi", 0.8)], "Nguyễn Tấn Bi", False),
    ("two against one, by marks", [("Nguyễn Tấn Bi", 0.68), ("Nguyễn Tấn Bi", 0.6), ("Nguyễn Tắn Bi", 0.8)],
     "Nguyễn Tấn Bi", True),
    ("both are names: doubt", [("Lê Văn Thì", 0.75), ("Lê Văn Thị", 0.7)], "Lê Văn Thì", False),
    ("another letter: doubt", [("Võ Ngọc Trình", 0.8), ("Vũ Ngọc Trình", 0.8)], "Võ Ngọc Trình", False),
    ("noise around a name", [("— Hoàng Viết Nam .", 0.9)], "Hoàng Viết Nam", True),
    ("nothing read", [("~~ //", 0.9)], None, False),
]  # fmt: skip


@pytest.mark.parametrize(("readings", "name", "sure"), [pytest.param(*row[1:], id=row[0]) for row in CASES])
def test_settled(readings: list[tuple[str, float]], name: str | None, sure: bool) -> None:
    settled = settled_name(readings)
    assert (settled and settled[0]) == name
    if settled and len(readings) > 1:
        assert (settled[1] >= SURE) is sure


@given(st.lists(st.tuples(st.sampled_from(["Lê An", "Lê Ân", "Vũ An"]), st.floats(0, 1)), min_size=1, max_size=6))
def test_confidence_stays_within_bounds_and_the_order_does_not_matter(readings: list[tuple[str, float]]) -> None:
    settled = settled_name(readings)
    assert settled is not None
    assert 0 <= settled[1] <= max(SUREST, *(c for _, c in readings))
    assert settled_name(readings[::-1])[1] == pytest.approx(settled[1])  # type: ignore[index]

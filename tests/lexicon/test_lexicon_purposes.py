"""Which of the four purposes does a note of the list "Nơi nhận" stand for, typed or misread?"""

from __future__ import annotations

import pytest

from pipeline.lexicon.purposes import purpose_of

PURPOSES = [
    ("b/c", "báo cáo"), ("để b/c", "báo cáo"), ("BC", "báo cáo"), ("để báo cáo", "báo cáo"), ("thay b/c", "báo cáo"),
    ("để b/c;", "báo cáo"), ("t/h", "thực hiện"), ("để thực hiện", "thực hiện"), ("p/h", "phối hợp"),
    ("phối hợp thực hiện", "phối hợp"), ("biết", "biết"), ("ĐỂ BIẾT", "biết"), ("chỉ đạo", None), ("theo dõi", None),
    ("đề nghị đăng tin", None), ("để báo cáo, chỉ đạo", None), ("b/cáo", "báo cáo"), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("note", "purpose"), PURPOSES, ids=[note or "empty" for note, _ in PURPOSES])
def test_purpose(note: str, purpose: str | None) -> None:
    assert purpose_of(note) == purpose


MISREAD = [
    ("b/e", "báo cáo"), ("5áo cáo", "báo cáo"), ("đề b/c", "báo cáo"), ("đễ báo cáo", "báo cáo"), ("t/b", "thực hiện"),
    ("để thục hiện", "thực hiện"), ("phôi hợp", "phối hợp"), ("để biêt", "biết"), ("báo cáo", "báo cáo"),
    ("t/d", None), ("k/t", None), ("k/h", None), ("b/v", None), ("th/h", None), ("chi đạo", None), ("để biểu", None),
]  # fmt: skip


@pytest.mark.parametrize(("note", "purpose"), MISREAD, ids=[note for note, _ in MISREAD])
def test_purpose_of_a_note_misread(note: str, purpose: str | None) -> None:
    """Letters that recognition confuses are allowed for; another abbreviation is another note ("t/d" is theo dõi)."""
    assert purpose_of(note, misread=True) == purpose


def test_a_typed_note_is_taken_at_its_word() -> None:
    assert purpose_of("b/e") is None

"""Does the measure of recognition errors count what it says, whatever the order of reading?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ocr.measure import NUMBER, compare, plain

HEAD = ["UBND TỈNH ĐẮK NÔNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Căn cứ Quyết định số 79/QĐ-STC ngày 14 tháng 8"]


def test_columns_read_as_one_line_are_no_error() -> None:
    assert compare(HEAD, [f"{HEAD[0]} {HEAD[1]}", HEAD[2]]).character_errors == 0


def test_a_line_broken_in_two_is_no_error() -> None:
    assert compare(HEAD, [HEAD[1], HEAD[0], HEAD[2].partition(" ngày")[0], "ngày 14 tháng 8"]).character_errors == 0


@pytest.mark.parametrize(
    ("read", "characters", "words", "marks"),
    [
        (["chi tiết một số điều"], 0, 0, 0),
        (["chỉ tiết một số điều"], 1, 1, 1),  # a mark too many
        (["chi tiết một sô điều"], 1, 1, 1),  # a mark lost
        (["chi tiết môt so đieu"], 3, 3, 3),
        (["chi tiêt nột số điều"], 2, 2, 1),  # a mark and a letter
        (["chi tiết một số điều", "xyz"], 3, 1, 0),  # made up
        ([], 20, 5, 0),
    ],
)
def test_counts(read: list[str], characters: int, words: int, marks: int) -> None:
    errors = compare(["chi tiết một số điều"], read)
    assert (errors.character_errors, errors.word_errors, errors.mark_errors) == (characters, words, marks)


def test_numbers_count_only_when_exact() -> None:
    errors = compare(["số 79/QĐ-STC và 19-NQ/TU"], ["số 79/QD-STC và 19-NQ/TU"])
    assert (errors.numbers, errors.numbers_read) == (2, 1)


@pytest.mark.parametrize("text", ["514/SGDĐT-VP", "09/2017/NĐ-CP", "205-KH/TU", "12a/BC-UBND", "2084/QĐ-UBND"])
def test_forms_of_numbers(text: str) -> None:
    assert NUMBER.findall(f"Công văn số {text} ngày") == [text]


@given(st.text(alphabet="aăâbcđeêghi 123", min_size=6, max_size=30), st.text(alphabet="xyz", min_size=1, max_size=5))
def test_a_line_read_as_it_stands_has_no_error_and_what_is_added_counts(line: str, added: str) -> None:
    assert compare([line], [line]).character_errors == 0
    if plain(line):
        assert compare([line], [line, added]).made_up == len(added)

"""Does a neighbouring word decide what the picture leaves open, and only that?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.read.model import Image
from pipeline.read.neighbour_words import AGAINST, with_neighbours
from pipeline.read.ocr import OcrWord
from pipeline.read.ocr.line_network import LineNetwork, Opinion

GREY = np.full((120, 1600), 255, np.uint8)


class Weighs(LineNetwork):
    """A second reader that holds every other reading less likely than the first by ``against``; keeps its questions."""

    def __init__(self, against: float = 0.0) -> None:
        self.against = against
        self.asked: list[tuple[str, ...]] = []

    def opinion(self, grey: Image, asked: tuple[str, ...]) -> Opinion:
        self.asked.append(asked)
        return Opinion("", -0.5, (-1.0, *[-1.0 - self.against] * (len(asked) - 1)))


def line(text: str) -> list[OcrWord]:
    return [OcrWord(word, 20 + 90 * at, 40, 100 + 90 * at, 70, 0.96, 1) for at, word in enumerate(text.split(" "))]


def read(text: str, network: LineNetwork | None) -> str:
    return " ".join(w.text for w in with_neighbours(line(text), GREY, network))


CASES = [
    ("a hook eaten away", "đại biếu toàn quốc", "đại biểu toàn quốc"),
    ("one of a pair, with a comma behind", "công tác kiếm tra, giám sát", "công tác kiểm tra, giám sát"),
    ("a mark lost", "tô chức thực hiện", "tổ chức thực hiện"),
    ("in capitals", "KẾ HOẠCH KIÊM TRA", "KẾ HOẠCH KIỂM TRA"),
    ("a word that official texts do not have alone", "đế gửi và phát tán", "để gửi và phát tán"),
    ("with a capital", "Đế thực hiện", "Để thực hiện"),
    ("a part of another word", "đế quốc và phong kiến", "đế quốc và phong kiến"),
    ("strokes of a numeral", "lần thứ XHI của Đảng", "lần thứ XIII của Đảng"),
    ("with a comma", "khóa VHI, kỳ họp", "khóa VIII, kỳ họp"),
    ("no numeral comes of it", "khóa XIIH của Đảng", "khóa XIIH của Đảng"),
    ("letters that are none of a numeral's", "lần thứ HĐND", "lần thứ HĐND"),
    ("a code is no numeral", "phòng XHI của Sở", "phòng XHI của Sở"),
    ("a word as it stands", "triển khai thực hiện", "triển khai thực hiện"),
    ("a name", "Ông Lê Văn Biếu", "Ông Lê Văn Biếu"),
    ("numbers", "Công văn số 365/STTTT", "Công văn số 365/STTTT"),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_lines(text: str, expected: str) -> None:
    assert read(text, Weighs()) == expected


@pytest.mark.parametrize(
    ("against", "expected"),
    [(AGAINST - 0.1, "đại biểu"), (AGAINST + 0.1, "đại biếu")],
    ids=["the picture allows it", "the picture speaks against it"],
)
def test_the_picture_has_the_last_word(against: float, expected: str) -> None:
    network = Weighs(against)
    assert read("đại biếu", network) == expected
    assert network.asked == [("biếu", "biểu")]


def test_without_a_second_reader_no_mark_changes() -> None:
    assert read("đại biếu", None) == "đại biếu"
    assert read("khóa XHI", None) == "khóa XIII"


def test_a_right_line_costs_no_question() -> None:
    network = Weighs()
    read("Căn cứ Luật Tổ chức chính quyền địa phương", network)
    assert network.asked == []


def test_a_changed_word_is_never_surer_than_it_was() -> None:
    words = [replace(w, confidence=0.4) for w in line("đại biếu")]
    assert [w.confidence for w in with_neighbours(words, GREY, Weighs())] == [0.4, 0.4]
    assert with_neighbours(line("đại biếu"), GREY, Weighs())[1].confidence < 0.96


def test_red_words_are_another_layer() -> None:
    words = [replace(w, red=True) for w in line("đại biếu")]
    assert with_neighbours(words, GREY, Weighs()) == words

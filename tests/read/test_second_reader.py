"""Does the second reader change marks where it is certain, and nothing else?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.read.model import Image
from pipeline.read.ocr import OcrWord
from pipeline.read.ocr.line_network import LineNetwork, Opinion, line_network
from pipeline.read.second_reader import ADOPTED, better_marks, look_again, whole_date

STRIP = np.full((40, 120), 255, np.uint8)


class Says(LineNetwork):
    """A second reader that always says the same; ``shown`` counts how often it was asked."""

    def __init__(self, text: str, certainty: float = -0.01, asked: float = -12.0) -> None:
        self.answer = Opinion(text, certainty, (asked,))
        self.shown = 0

    def opinion(self, grey: Image, asked: tuple[str, ...]) -> Opinion:
        self.shown += 1
        return self.answer


MARKS = [
    ("a mark lost", "quyên", Says("quyền"), "quyền"),
    ("a mark lost in capitals", "QUYÉT", Says("QUYẾT"), "QUYẾT"),
    ("the stroke of đ", "HDND", Says("HĐND"), "HĐND"),
    ("punctuation beside the word stays the engine's", "(trồng);", Says("trống"), "(trống);"),
    ("the same word", "quyền", Says("quyền"), None),
    ("other letters are never taken", "bạ", Says("hạ"), None),
    ("another case is never taken", "Sau", Says("sau"), None),
    ("the second reader doubts itself", "quyên", Says("quyền", certainty=-0.4), None),
    ("the engine's reading is possible as well", "chua", Says("chưa", asked=-2.0), None),
    ("more than one word", "sáchnhà", Says("sách nhà"), None),
    ("nothing read", "quyên", Says(""), None),
]


@pytest.mark.parametrize(("text", "network", "expected"), [row[1:] for row in MARKS], ids=[row[0] for row in MARKS])
def test_marks(text: str, network: Says, expected: str | None) -> None:
    assert better_marks(text, STRIP, network) == expected


class Weighs(LineNetwork):
    """A second reader that holds some texts likely and all others next to impossible."""

    def __init__(self, **likely: float) -> None:
        self.likely = {text.replace("_", "/"): value for text, value in likely.items()}

    def opinion(self, grey: Image, asked: tuple[str, ...]) -> Opinion:
        return Opinion("", -0.01, tuple(self.likely.get(text.strip("(.;)"), -12.0) for text in asked))


def day(**likely: float) -> Weighs:
    """Days as ``d26_12_2018``."""
    return Weighs(**{text.removeprefix("d"): value for text, value in likely.items()})


DATES = [
    ("a sign that is no digit", "2£/12/2018", day(d26_12_2018=-0.2), "26/12/2018"),
    ("punctuation stays the engine's", "(2£/12/2018);", day(d26_12_2018=-0.2), "(26/12/2018);"),
    ("a letter for a digit", "3O/11/2018", day(d30_11_2018=-0.1), "30/11/2018"),
    ("a day without its zero", "£/12/2018", day(d6_12_2018=-0.1), "6/12/2018"),
    ("two signs", "2£/l2/2018", day(d26_12_2018=-0.1), "26/12/2018"),
    ("the engine's digits stay", "2£/12/2018", day(d16_12_2018=-0.1), None),
    ("the engine's month stays", "2£/12/2018", day(d26_11_2018=-0.1), None),
    ("no day of the calendar", "3£/11/2018", day(d31_11_2018=-0.1), None),
    ("two days are possible", "2£/12/2018", day(d26_12_2018=-0.8, d28_12_2018=-1.2), None),
    ("the second reader sees something else", "2£/12/2018", day(d26_12_2018=-1.5), None),
    ("29 February of a leap year", "2£/02/2020", day(d29_02_2020=-0.1), "29/02/2020"),
    ("29 February of another year", "2£/02/2019", day(d29_02_2019=-0.1), None),
]


@pytest.mark.parametrize(("text", "network", "expected"), [row[1:] for row in DATES], ids=[row[0] for row in DATES])
def test_broken_dates(text: str, network: Weighs, expected: str | None) -> None:
    assert whole_date(text, STRIP, network) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2£/12/2018", "26/12/2018"), ("25/12/2018", "25/12/2018"), ("2£/12", "2£/12")]
)
def test_which_dates_are_looked_at(text: str, expected: str) -> None:
    network = day(d26_12_2018=-0.1, d20_12_2018=-12.0)
    (found,) = look_again([word(text, 0.95)], np.full((60, 120), 255, np.uint8), network)
    assert found.text == expected


def word(text: str, confidence: float, red: bool = False) -> OcrWord:
    return OcrWord(text, 10, 10, 90, 34, confidence, 1, red)


ASKED = [
    ("a doubtful word", word("quyên", 0.8), "quyền", "quyền"),
    ("a sure word is not asked about", word("quyên", 0.95), "quyền", "quyên"),
    ("a word that is never sure", word("chỉ", 0.97), "chi", "chi"),
    ("plain letters are what they are", word("theo", 0.5), "thẻo", "theo"),
    ("an abbreviation that lost its mark", word("HDND", 0.8), "HĐND", "HĐND"),
    ("an abbreviation that has none to lose", word("UBND", 0.8), "ƯBND", "UBND"),
    ("a number is never touched", word("365/STTTT", 0.4), "quyền", "365/STTTT"),
    ("a day is never touched", word("12", 0.4), "quyền", "12"),
    ("a whole date is never touched", word("25/12/2018", 0.4), "quyền", "25/12/2018"),
    ("letters stamped in red are not on this picture", word("quyên", 0.5, red=True), "quyền", "quyên"),
]


@pytest.mark.parametrize(
    ("given", "says", "expected"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED]
)  # fmt: skip
def test_which_words_are_looked_at(given: OcrWord, says: str, expected: str) -> None:
    network = Says(says)
    (found,) = look_again([given], np.full((60, 120), 255, np.uint8), network)
    assert found.text == expected
    assert network.shown == (given.text != expected)
    assert found.confidence == (ADOPTED if given.text != expected else given.confidence)


def test_without_weights_everything_stays() -> None:
    given = [word("quyên", 0.5)]
    assert look_again(given, STRIP, None) == given


def test_a_word_taller_than_its_line_is_a_stroke_and_not_shown() -> None:
    network = Says("quyền")
    line = [OcrWord(t, 100 * k, 20, 100 * k + 80, 40, 0.99, 1) for k, t in enumerate(("các", "cơ", "quan"))]
    tall = OcrWord("quyên", 300, 0, 380, 90, 0.3, 1)
    assert look_again([*line, tall], np.full((100, 500), 255, np.uint8), network)[-1].text == "quyên"
    assert network.shown == 0


def test_the_weights_read_print_and_remember_it(tmp_path: Path) -> None:
    from PIL import Image as Pictures
    from PIL import ImageDraw

    from pipeline.workflow.fonts import vietnamese_font

    network = line_network(tmp_path)
    assert network is not None, "the package of the weights is a dependency"
    picture = Pictures.new("L", (330, 48), 255)
    ImageDraw.Draw(picture).text((8, 6), "quyền hạn và tổ chức", font=vietnamese_font(28), fill=0)
    strip = np.asarray(picture)
    first = network.opinion(strip, ("quyền hạn và tổ chức", "quyên hạn và tô chức", "☃"))
    assert first.text == "quyền hạn và tổ chức"
    right, wrong, impossible = first.asked
    assert right == pytest.approx(first.certainty)
    assert right > wrong > impossible
    assert list(tmp_path.rglob("*.json"))
    assert network.opinion(strip, ("quyền hạn và tổ chức", "quyên hạn và tô chức", "☃")) == first

"""When does the reader of whole lines second the digit networks, and when does it give back a word that was lost?"""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.read.form_line import LineVotes
from pipeline.read.model import Line, Page, PenReading, Word
from pipeline.read.ocr import OcrWord
from pipeline.read.prepare import Prepared
from pipeline.read.whole_lines import ALONE, WholeLine, lost_words, with_opinions

PICTURE = np.full((2339, 1654, 3), 255, np.uint8)
PREPARED = Prepared(PICTURE[:, :, 0], PICTURE, [], 0.0)
TOP, BOTTOM = 300, 340


def page_of(*texts: str) -> Page:
    """A page of one line, its words 90 pixels apart."""
    words, at = [], 0
    for k, text in enumerate(texts):
        box = PREPARED.to_page(800 + 90 * k, TOP, 870 + 90 * k, BOTTOM)
        words.append(Word(text, at, at + len(text), box, 0.9))
        at += len(text) + 1
    return Page(1, " ".join(texts), [Line(0, at - 1, tuple(words))], "ocr")


def seen(page: Page, kind: str, best: str, **votes: dict[str, float]) -> WholeLine:
    told = LineVotes(best=best, places=tuple(range(0, 3 * len(best), 3)))
    told.shapes["".join(c for c in best if c.isalpha())] = 0.9
    for slot, values in votes.items():
        told.slots[slot].update(values)  # type: ignore[index]
    return WholeLine(page.lines[0], kind, told, (790, 290, 1400, 350))


NUMBERS = [
    ("both alike", ("858", 0.7), {"858": 0.8}, True),
    ("others", ("858", 0.7), {"358": 0.8}, False),
    ("alike, in less than half of the framings", ("858", 0.7), {"858": 0.4}, False),
    (
        "alike, and the digit networks too unsure for a word that is no independent one",
        ("34", 0.58),
        {"34": 0.9},
        False,
    ),
    ("a leading zero is part of a serial", ("08", 0.7), {"8": 0.9}, False),
]


@pytest.mark.parametrize(("why", "own", "said", "seconded"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_a_number_is_seconded(why: str, own: tuple[str, float], said: dict[str, float], seconded: bool) -> None:
    page = page_of("Số:", "/UBND-NC")
    reading = PenReading("number", 0, len(page.text), (0.5, 0.1, 0.6, 0.12), *own)
    (answer,) = with_opinions([reading], [seen(page, "number", "s858/", number=said)], PREPARED)
    assert (answer.text, answer.probability, answer.seconded) == (*own, seconded)


def test_a_day_with_and_without_its_zero_is_one_day() -> None:
    page = page_of("ngày", "tháng", "7", "năm", "2019")
    reading = PenReading("day", 0, len(page.text), (0.5, 0.1, 0.6, 0.12), "05", 0.7)
    (answer,) = with_opinions([reading], [seen(page, "date", "n5t7y2019", day={"5": 0.8})], PREPARED)
    assert answer.seconded


def test_a_gap_that_only_the_whole_line_showed_gets_its_reading_at_its_place() -> None:
    page = page_of("ngày", "tháng", "7", "năm", "2019")
    line = seen(page, "date", "n5t7y2019", day={"5": 0.8, "6": 0.1})
    (answer,) = with_opinions([], [line], PREPARED)
    assert (answer.slot, answer.text, answer.probability, answer.others) == ("day", "5", round(0.8 * ALONE, 4), ("6",))
    left, _, right, _ = answer.box
    assert left < line.x(1) / 1654 < right
    assert with_opinions([], [seen(page, "date", "n5t7y2019", day={"5": 0.4})], PREPARED) == []


LOST = [
    ("the day's word", ("Huế,", "tháng", "06", "năm", "2019"), "n21t06y2019", ["ngày"]),
    ("the month's word", ("Huế,", "ngày", "năm", "2018"), "n05t4y2018", ["tháng"]),
    ("none", ("Huế,", "ngày", "tháng", "năm", "2018"), "n05t4y2018", []),
]


@pytest.mark.parametrize(("why", "texts", "best", "words"), LOST, ids=[row[0] for row in LOST])
def test_lost_words(why: str, texts: tuple[str, ...], best: str, words: list[str]) -> None:
    page = page_of(*texts)
    engine = [OcrWord(t, 800 + 90 * k, TOP, 870 + 90 * k, BOTTOM, 0.9, 4) for k, t in enumerate(texts)]
    line = seen(page, "date", best)
    found = lost_words(page, PREPARED, [line], engine)
    assert [word.text for word in found] == words
    assert all(word.line == 4 for word in found)
    line.votes.shapes["nty"] = 0.3
    assert lost_words(page, PREPARED, [line], engine) == [], "words that are not surely there are not put back"

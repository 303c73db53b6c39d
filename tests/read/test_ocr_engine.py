"""Tesseract in warm processes: the same words as its command, and still words when a process is lost?"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.read.ocr import OcrWord, TesseractEngine
from pipeline.read.ocr.tesseract import words_of
from pipeline.read.ocr.warm import POOL, Worker, WorkerFailed

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
WORD = "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t{}\t{}\n"


@pytest.mark.parametrize(
    ("question", "tsv", "expected"),
    [
        (
            "box and line", HEAD + "5\t1\t2\t1\t3\t4\t10\t20\t30\t40\t96.9\tquyền\n",
            [OcrWord("quyền", 10, 20, 40, 60, 0.96, 2_001_003)],
        ),
        ("the library gives no header", WORD.format(50, "a"), [OcrWord("a", 0, 0, 9, 9, 0.5, 1_001_001)]),
        ("a line is no word", "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n", []),
        ("blanks are no word", WORD.format(95, " "), []),
        ("a quotation mark ends no cell", WORD.format(50, '"a'), [OcrWord('"a', 0, 0, 9, 9, 0.5, 1_001_001)]),
        ("nothing read", "", []),
    ],
)  # fmt: skip
def test_words_of_the_table(question: str, tsv: str, expected: list[OcrWord]) -> None:
    assert words_of(tsv) == expected, question


def line(text: str) -> np.ndarray:
    grey = np.full((120, 60 + 24 * len(text)), 255, dtype=np.uint8)
    cv2.putText(grey, text, (30, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 2, cv2.LINE_AA)
    return grey


@pytest.mark.ocr
@pytest.mark.parametrize(
    ("question", "mode", "whitelist"),
    [("a block", 6, None), ("another mode in the same process", 7, None), ("digits alone", 7, "0123456789"),
     ("the digits are no longer alone", 7, None)],
)  # fmt: skip
def test_warm_reads_what_the_command_reads(question: str, mode: int, whitelist: str | None) -> None:
    grey = line("So 731 ngay 12")
    warm, cold = (TesseractEngine(warm=w).read(grey, dpi=200, mode=mode, whitelist=whitelist) for w in (True, False))
    assert warm == cold, question
    assert warm, question


@pytest.mark.ocr
def test_a_lost_process_costs_no_reading() -> None:
    engine, grey = TesseractEngine(), line("Quang Nam")
    before = engine.read(grey, dpi=200, mode=7)
    worker = POOL.take("vie")
    worker.stop()
    POOL.give_back("vie", worker)
    assert engine.read(grey, dpi=200, mode=7) == before
    assert engine.read(grey, dpi=200, mode=7) == before


@pytest.mark.ocr
def test_a_reading_that_takes_too_long_is_given_up() -> None:
    engine, grey = TesseractEngine(), line("Quang Nam")
    engine.read(grey, dpi=200, mode=7)
    with pytest.raises(TimeoutError):
        engine.read(np.tile(line("Quang Nam"), (30, 8)), dpi=200, mode=3, timeout=0.01)
    assert engine.read(grey, dpi=200, mode=7)


@pytest.mark.ocr
def test_a_language_that_is_not_there() -> None:
    with pytest.raises(WorkerFailed):
        Worker("no-such-language")

"""The digit recogniser: probabilities against brute force, and what it makes of composed numbers."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.handwriting.sources import stroke_picture
from models.handwriting.strokes import Hand
from pipeline.extract.penned import SURE
from pipeline.read.ctc import likely_texts, log_probability
from pipeline.read.handwriting import (
    ALPHABET,
    INPUT_HEIGHT,
    INPUT_WIDTH,
    digit_reader,
    to_input,
)


def spelled(path: tuple[int, ...]) -> str:
    last, text = 0, ""
    for symbol in path:
        if symbol and symbol != last:
            text += ALPHABET[symbol - 1]
        last = symbol
    return text


def scores(seed: int, places: int) -> np.ndarray:
    logits = np.random.default_rng(seed).normal(0, 2, (places, len(ALPHABET) + 1))
    logits[:, 4:] = -30.0  # three symbols in play keep the brute force small
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


@pytest.mark.parametrize("text", ["", "0", "1", "00", "01", "121", "000"], ids=lambda t: t or "nothing")
def test_probability_is_the_sum_over_all_alignments(text: str) -> None:
    rows = scores(7, 5)
    total = sum(
        float(np.exp(sum(rows[at][symbol] for at, symbol in enumerate(path))))
        for path in product(range(4), repeat=5)
        if spelled(path) == text
    )
    assert np.exp(log_probability(rows, text, ALPHABET)) == pytest.approx(total, rel=1e-6, abs=1e-12)


@given(st.integers(0, 10_000))
def test_probabilities_of_different_texts_add_up_to_at_most_one(seed: int) -> None:
    rows = scores(seed, 6)
    assert sum(np.exp(log_probability(rows, text, ALPHABET)) for text in set(likely_texts(rows, ALPHABET))) <= 1 + 1e-9


@given(st.integers(0, 10_000))
def test_search_finds_the_likeliest_text(seed: int) -> None:
    rows = scores(seed, 4)
    every = {spelled(path) for path in product(range(4), repeat=4)}
    best = max(every, key=lambda text: log_probability(rows, text, ALPHABET))
    found = max(likely_texts(rows, ALPHABET, beam=30), key=lambda text: log_probability(rows, text, ALPHABET))
    assert log_probability(rows, found, ALPHABET) == pytest.approx(log_probability(rows, best, ALPHABET))


@given(st.integers(9, 120), st.integers(5, 600), st.floats(0.3, 1.0))
def test_any_crop_becomes_a_strip_of_the_networks_size(height: int, width: int, fill: float) -> None:
    grey = np.random.default_rng(height * width).integers(0, 255, (height, width), dtype=np.uint8)
    strip = to_input(grey, fill)
    assert strip.shape == (INPUT_HEIGHT, INPUT_WIDTH)
    assert strip.dtype == np.uint8


def test_paper_alone_has_no_ink() -> None:
    assert to_input(np.full((40, 90), 243, np.uint8)).max() == 0


def test_paper_alone_is_no_number() -> None:
    reader = digit_reader()
    assert reader is not None
    text, probability = reader.read([np.zeros((INPUT_HEIGHT, INPUT_WIDTH), np.uint8)])[0]
    assert (text, probability > 0.9) == ("", True)


def written(text: str, seed: int) -> np.ndarray:
    """``text`` in one hand of ``models.handwriting.strokes``, dark on paper; grey (height, width) uint8."""
    rng = np.random.default_rng(seed)
    hand = Hand(rng)
    pieces = [stroke_picture(hand.strokes(char), 4.5) for char in text]
    height = max(piece.shape[0] for piece in pieces) + 12
    page = np.zeros((height, sum(piece.shape[1] + 9 for piece in pieces) + 12))
    at = 6
    for piece in pieces:
        tall, broad = piece.shape
        page[height - 6 - tall : height - 6, at : at + broad] = piece
        at += broad + 9
    return np.round(245 - 200 * page).astype(np.uint8)


def test_clear_hands_are_read_and_sure_readings_are_right() -> None:
    """The shipped weights against digits drawn here: a broken file or framing shows at once."""
    reader = digit_reader()
    assert reader is not None
    texts = [
        str(number) for number in (858, 1755, 24, 17, 409, 31, 651, 2019, 36, 72, 90, 145, 8, 53, 1206, 67, 284, 19)
    ]
    right = sure = wrong = 0
    for seed, text in enumerate(texts):
        grey = written(text, seed)
        read, probability = reader.read([to_input(grey, fill) for fill in (0.78, 0.85, 0.92)])[0]
        right += read == text
        sure += probability >= SURE
        wrong += probability >= SURE and read != text
    assert right >= 14
    assert sure >= 9
    assert wrong == 0

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
from pipeline.read.slots import values_of


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


SHORT = ["", "0", "1", "00", "01", "121", "000"]  # longer ones beside shorter ones: they are weighed together


def test_probability_is_the_sum_over_all_alignments() -> None:
    rows = scores(7, 5)
    totals = dict.fromkeys(SHORT, 0.0)
    for path in product(range(4), repeat=5):
        if (text := spelled(path)) in totals:
            totals[text] += float(np.exp(sum(rows[at][symbol] for at, symbol in enumerate(path))))
    assert np.exp(log_probability(rows, SHORT, ALPHABET)) == pytest.approx(
        np.array(list(totals.values())), rel=1e-6, abs=1e-12
    )


@pytest.mark.parametrize("places", [40, 128, 400])
def test_long_strips_do_not_vanish(places: int) -> None:
    rows = np.log(np.full((places, len(ALPHABET) + 1), 1e-9))
    rows[:, 0] = np.log(1e-4)  # a network that believes in nothing, place after place
    assert log_probability(rows, [""], ALPHABET)[0] == pytest.approx(places * np.log(1e-4))
    assert log_probability(np.stack([rows, rows]), ["", "12"], ALPHABET).shape == (2, 2)


@given(st.integers(0, 10_000))
def test_probabilities_of_different_texts_add_up_to_at_most_one(seed: int) -> None:
    rows = scores(seed, 6)
    assert np.exp(log_probability(rows, sorted(set(likely_texts(rows, ALPHABET))), ALPHABET)).sum() <= 1 + 1e-9


@given(st.integers(0, 10_000))
def test_search_finds_the_likeliest_text(seed: int) -> None:
    rows = scores(seed, 4)
    every = sorted({spelled(path) for path in product(range(4), repeat=4)})
    best = log_probability(rows, every, ALPHABET).max()
    assert log_probability(rows, likely_texts(rows, ALPHABET, beam=30), ALPHABET).max() == pytest.approx(best)


@given(st.integers(0, 10_000), st.integers(1, 30))
def test_empty_paper_between_digits_changes_nothing(seed: int, empty: int) -> None:
    rows = scores(seed, 5)
    nothing = np.full((empty, rows.shape[1]), -40.0)
    nothing[:, 0] = 0.0
    apart = np.insert(rows, [2] * empty, nothing, axis=0)
    short = np.insert(rows, [2], nothing[:1], axis=0)
    assert likely_texts(apart, ALPHABET) == likely_texts(short, ALPHABET)


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
        ranked = values_of("number", reader.read([to_input(grey, fill) for fill in (0.78, 0.85, 0.92)]))
        read, probability = ranked[0] if ranked else ("", 0.0)
        right += read == text
        sure += probability >= SURE
        wrong += probability >= SURE and read != text
    assert right >= 14
    assert sure >= 9
    assert wrong == 0

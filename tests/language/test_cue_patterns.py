"""Cue phrases over folded text: which losses of marks they forgive, and the shape of the cue data."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files

import pytest

from pipeline.language.cue_patterns import cue_source
from pipeline.lexicon.fold import fold


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("đồng chí", "ĐỒNG  CHÍ", True),
        ("đồng chí", "đông chi", True),  # several syllables are told by their letters
        ("đồng chí", "đồng\nchí", True),
        ("đồng chí", "đồng chỗ", False),
        ("bà", "bà", True),
        ("bà", "ba", False),  # one syllable needs its marks: "ba" is three
        ("th.s", "Th.S", True),
        ("th.s", "thus", False),  # the stop is a stop
    ],
)
def test_what_a_cue_forgives(phrase: str, text: str, found: bool) -> None:
    assert (re.fullmatch(cue_source([phrase]), fold(text)) is not None) == found


def test_the_longest_phrase_wins() -> None:
    match = re.match(cue_source(["mã số", "mã số thuế"]), "mã số thuế 0900")
    assert match is not None
    assert match[0] == "mã số thuế"


@pytest.mark.parametrize("name", ["deadline_cues.toml", "contact_cues.toml", "person_names.toml"])
def test_cue_data_are_composed_and_without_repetition(name: str) -> None:
    text = (files("pipeline.lexicon") / "data" / name).read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    tables = [tomllib.loads(text)]
    while tables:
        for key, value in tables.pop().items():
            if isinstance(value, dict):
                tables.append(value)
            elif isinstance(value, list):
                assert len(value) == len(set(value)), f"{name}: {key} says something twice"
                assert all(word == word.strip() != "" for word in value)

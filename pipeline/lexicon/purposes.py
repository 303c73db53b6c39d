"""Notes of the "Nơi nhận" list → the four purposes of the record ("b/c", "để thực hiện")."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.lexicon.cues import cue_groups, key_of
from pipeline.lexicon.fold import squash
from pipeline.lexicon.tables import read_toml

__all__ = ["purpose_of", "purpose_words"]

_LONG = 6  # letters besides "để": in a form as long as this one may be wrong, whatever it is


@cache
def _forms() -> dict[str, str]:
    return {squash(form): purpose for purpose, forms in cue_groups("purpose").items() for form in forms}


@cache
def _unmarked() -> dict[str, str]:
    """Forms without marks → their purpose; "thực" and "thức" are told by the rest of the form."""
    return {_letters(form): purpose for form, purpose in _forms().items()}


@cache
def purpose_words() -> frozenset[str]:
    """Every word of the forms, without marks: a piece of a note that was set on several lines is made of them."""
    return frozenset(word for form in _forms() for word in key_of(form).split())


def purpose_of(note: str, *, misread: bool = False) -> str | None:
    """The purpose that a note stands for, or None.

    ``misread`` allows for a picture: lost marks; one letter wrong in a spelt-out form ("5áo cáo"); in an abbreviation
    a letter that recognition takes for the right one ("b/e").  Only where all that it can be is of one purpose.
    """
    said = squash(note).strip(" .,;:")
    if said in _forms() or not misread:
        return _forms().get(said)
    key = _letters(said)
    if key in _unmarked():
        return _unmarked()[key]
    meant = {purpose for form, purpose in _unmarked().items() if _can_be(key, form)}
    return meant.pop() if len(meant) == 1 else None


def _letters(text: str) -> str:
    return re.sub(r"\s+", " ", key_of(text)).strip(" .,;:")


def _can_be(read: str, form: str) -> bool:
    if len(re.sub(r"^de |\W", "", form)) >= _LONG and Levenshtein.distance(read, form, score_cutoff=1) <= 1:
        return True
    if len(read) != len(form):
        return False
    wrong = [(a, b) for a, b in zip(read, form, strict=True) if a != b]
    return len(wrong) == 1 and wrong[0][0] in _taken_for().get(wrong[0][1], "")


@cache
def _taken_for() -> dict[str, str]:
    return dict(read_toml("misreadings.toml")["taken_for"])

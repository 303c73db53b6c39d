"""Several readings of one printed name → the one that holds, and how sure it is.

A name is the one field that no grammar checks, so readings check each other: those that agree letter for letter raise
the confidence, those that differ lower it.  Readings that differ in marks alone are decided by the syllables that
Vietnamese names have ("Tấn", never "Tắn"), when only one of them is made of such syllables.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.language.names import clean_person_name
from pipeline.lexicon.fold import fold, strip_marks
from pipeline.lexicon.tables import read_toml

RIVAL = 0.6  # another reading with this share of the best one's weight leaves the name in doubt
SUREST, DOUBT = 0.95, 0.5


def settled_name(readings: Sequence[tuple[str, float]]) -> tuple[str, float] | None:
    """The name that the readings (text, confidence of its weakest word) hold, and its confidence; None without any.

    Confidence is that of the readings that agree, taken as independent and at most 0.95; at most 0.5 when another
    reading could be the name as well.
    """
    weights: dict[str, list[float]] = {}
    for text, confidence in readings:
        if name := clean_person_name(text):
            weights.setdefault(name, []).append(max(0.0, min(1.0, confidence)))
    if not weights:
        return None
    best = max(weights, key=lambda name: (sum(weights[name]), max(weights[name])))
    # Among readings of the same letters the one of known syllables is the name.
    twins = [name for name in weights if strip_marks(fold(name)) == strip_marks(fold(best))]
    whole = [name for name in twins if unknown_syllables(name) == min(map(unknown_syllables, twins))]
    if len(whole) == 1:
        best = whole[0]
    rivals = [
        sum(w) for name, w in weights.items()
        if name != best and not (name in twins and len(whole) == 1)
    ]  # fmt: skip
    wrong = 1.0
    for confidence in sorted(weights[best], reverse=True)[:3]:
        wrong *= 1 - confidence
    sure = min(SUREST, 1 - wrong) if len(weights[best]) > 1 else weights[best][0]
    if max(rivals, default=0.0) > RIVAL * sum(weights[best]):
        sure = min(sure, DOUBT)
    return best, sure


def unknown_syllables(name: str) -> int:
    """Syllables behind the family name that no name is known to have."""
    return sum(fold(syllable) not in given_syllables() for syllable in name.split()[1:])


@cache
def given_syllables() -> frozenset[str]:
    """Syllables of given and middle names, folded, with their marks."""
    return frozenset(fold(syllable) for syllable in str(read_toml("given_names.toml")["syllables"]).split())

"""Calibrated confidence: the probability that a value is right, from what speaks for it.

An additive model on the scale of log odds, whose terms stand in ``data/confidence.json`` (fitted by
``models/confidence``, evaluated on issuers that took no part; see its model card).  Terms of the field, of its family
and of the rule are added to what the reading and the rule's own figure say; the last two never lower the probability
when they rise, and no doubt (inferred, mended, contested) raises it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.record.scores import Score

NO_MORE_THAN = 0.995
"""Never certain: the papers with gold are too few to tell fewer errors than one in two hundred."""

WATCHED = ("number", "doc_type", "date", "place", "issuer", "issuer_parent", "subject", "urgency", "secrecy",
           "signer.name")  # fmt: skip
"""What a clerk registers a document by: a doubt about one of these is a warning of the record."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The terms of the model, and the fields that are watched.

    ``families``: field → family.  ``terms``: log odds by name; see :meth:`log_odds` for the names.  ``slopes``:
    family → log odds gained with one log odds of the reading.  ``review``: field → the probability below which a value
    is flagged, "*" for fields that have none of their own.
    """

    families: dict[str, str]
    terms: dict[str, float]
    slopes: dict[str, float]
    review: dict[str, float]

    def log_odds(self, score: Score) -> float:
        """Log odds of the value being right; finite for any score."""
        term, family = self.terms.get, self.families.get(score.field, "")
        total = self.terms["start"] + term(f"family:{family}", self.terms["unknown-field"])
        total += term(f"field:{score.field}", self.terms["unknown-field"])
        # A rule that nobody measured is taken for one that goes wrong more often than most.
        total += term(f"rule:{score.rule}", self.terms["unknown-rule"])
        if score.reading is None:
            total += self.terms["typed"]
        else:
            total += self.slopes.get(family, self.terms["slope"]) * reading_odds(score.reading)
        total += self.terms["rule-slope"] * rule_odds(score.certainty)
        for doubt in doubts(score):
            total += term(doubt, 0.0)
        return total

    def probability(self, score: Score) -> float | None:
        """The probability that the value is right, above 0 and at most ``NO_MORE_THAN``; None when nothing is known.

        Nothing is known where neither the rule nor the recognition told a figure.
        """
        if score.raw is None:
            return None
        value = 1 / (1 + math.exp(-max(-30.0, min(30.0, self.log_odds(score)))))
        return round(min(NO_MORE_THAN, max(0.001, value)), 4)

    def review_below(self, field: str) -> float:
        """The probability below which a value of ``field`` (dotted name) is to be looked at by a person."""
        return self.review.get(field, self.review["*"])


def reading_odds(reading: float) -> float:
    """Log odds of a recognition's figure, 0 at 0.9; the ends are cut, where engines say 0 or 1 of anything."""
    return _odds(min(0.99, max(0.05, reading))) - _odds(0.9)


def rule_odds(certainty: float | None) -> float:
    """Log odds of a rule's own figure, 0 at 0.96 and where the rule has none."""
    return 0.0 if certainty is None else _odds(min(0.99, max(0.5, certainty))) - _odds(0.96)


def doubts(score: Score) -> list[str]:
    """Names of the terms that apply to this score beside those of its field, family and rule."""
    named = {
        "inferred": score.inferred, "mended": score.mended, "contested": score.contested,
        "suggested": score.suggested, "by-pen": score.source == "handwriting",
    }  # fmt: skip
    return [name for name, holds in named.items() if holds]


def _odds(share: float) -> float:
    return math.log(share / (1 - share))


def calibration_from(data: dict[str, Any]) -> Calibration:
    """The table as data; raises KeyError or TypeError when a part is missing."""
    families = {field: family for family, fields in data["families"].items() for field in fields}
    return Calibration(families, data["terms"], data["slopes"], data["review"])


@cache
def calibration() -> Calibration:
    """The table of the product."""
    text = files("pipeline.record").joinpath("data/confidence.json").read_text(encoding="utf-8")
    return calibration_from(json.loads(text))

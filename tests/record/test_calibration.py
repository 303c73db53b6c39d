"""Is the confidence of the evidence a probability: bounded, monotone, never certain, and modest about the unknown?"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.confidence.collect import PAIRS
from models.confidence.fit import FAMILIES, fit, load
from pipeline.record.calibration import NO_MORE_THAN, WATCHED, calibration
from pipeline.record.scores import Score, field_of

FIELDS = sorted(calibration().families)
SHARES = st.floats(0, 1)
PLAIN = Score("issuer", "issuer.header", "ocr", 0.96, 0.9)


def chance(score: Score) -> float:
    value = calibration().probability(score)
    assert value is not None
    return value


@given(st.sampled_from([*FIELDS, "no.such.field"]), st.none() | SHARES, SHARES, st.booleans(), st.booleans())
def test_it_is_a_probability_and_never_certain(
    field: str, certainty: float | None, reading: float, inferred: bool, suggested: bool
) -> None:
    value = chance(Score(field, "r", "ocr", certainty, reading, inferred=inferred, suggested=suggested))
    assert 0 < value <= NO_MORE_THAN < 1


@given(st.sampled_from(FIELDS), SHARES, SHARES, SHARES)
def test_a_surer_reading_never_lowers_it(field: str, certainty: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert chance(Score(field, "r", "ocr", certainty, low)) <= chance(Score(field, "r", "ocr", certainty, high))


@given(st.sampled_from(FIELDS), SHARES, SHARES, SHARES)
def test_a_surer_rule_never_lowers_it(field: str, reading: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert chance(Score(field, "r", "ocr", low, reading)) <= chance(Score(field, "r", "ocr", high, reading))


@pytest.mark.parametrize("doubt", ["inferred", "mended", "contested", "suggested"])
@pytest.mark.parametrize("field", FIELDS)
def test_no_doubt_raises_it(field: str, doubt: str) -> None:
    score = replace(PLAIN, field=field)
    assert chance(replace(score, **{doubt: True})) <= chance(score)


def test_nothing_known_stays_unknown() -> None:
    assert calibration().probability(Score("issuer", "issuer.header", "text")) is None


@pytest.mark.parametrize("field", sorted({pair.score.field for pair in load() if pair.score.raw is not None}))
def test_a_rule_that_nobody_measured_is_believed_less_than_the_fields_own(field: str) -> None:
    rules = {pair.score.rule for pair in load() if pair.score.field == field and pair.score.raw is not None}
    unknown = chance(Score(field, "no.such-rule", "ocr", 0.96, 0.9))
    assert all(unknown < chance(Score(field, rule, "ocr", 0.96, 0.9)) for rule in rules)


def test_a_field_that_nobody_measured_is_believed_less_than_the_average() -> None:
    known = sorted(chance(replace(PLAIN, field=field, rule="no.such-rule")) for field in FIELDS)
    assert chance(replace(PLAIN, field="no.such.field", rule="no.such-rule")) < known[len(known) // 2]


def test_the_table_is_whole() -> None:
    table = calibration()
    assert {"start", "typed", "slope", "rule-slope", "unknown-rule", "unknown-field", "suggested"} <= set(table.terms)
    assert set(table.families.values()) == set(table.slopes) == set(FAMILIES)
    assert table.terms["unknown-rule"] < min(term for name, term in table.terms.items() if name.startswith("rule:"))
    assert all(slope >= 0 for slope in (*table.slopes.values(), table.terms["slope"], table.terms["rule-slope"]))
    assert table.terms["unknown-rule"] < 0 > table.terms["unknown-field"]
    assert all(0.9 <= bound <= 0.99 for bound in table.review.values())
    assert "*" in table.review
    assert set(WATCHED) <= set(table.families)


def test_the_table_is_that_of_the_pairs() -> None:
    made = fit(load())
    assert made["terms"] == pytest.approx(calibration().terms, abs=0.01)
    assert made["slopes"] == pytest.approx(calibration().slopes, abs=0.01)


def test_the_pairs_hold_no_text() -> None:
    with Path(PAIRS).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            for column in ("certainty", "reading", "raw"):
                assert row[column] == "" or 0 <= float(row[column]) <= 1
            assert {row[name] for name in ("inferred", "mended", "contested", "suggested", "right")} <= {"0", "1"}


@pytest.mark.parametrize(
    ("pointer", "field"),
    [("/number", "number"), ("/citations/0/number", "citations.number"), ("/contacts/2/phones/0", "contacts.phones"),
     ("/tasks/11", "tasks"), ("/signer/name", "signer.name")],
)  # fmt: skip
def test_a_pointer_names_its_field(pointer: str, field: str) -> None:
    assert field_of(pointer) == field

"""Value by value against the gold, and measures of stated confidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.workflow.evaluate import Evaluation, score
from pipeline.workflow.judging import judge
from pipeline.workflow.reliability import brier, calibration_error, coverage_risk, reliability, wilson


@pytest.mark.parametrize(
    ("question", "gold", "found", "verdicts"),
    [
        ("right", {"number": "1/A"}, {"number": "1/a"}, {"/number": True}),
        ("another value", {"number": "1/A"}, {"number": "2/A"}, {"/number": False}),
        ("the gold says there is none", {"number": None}, {"number": "2/A"}, {"/number": False}),
        ("null is no value", {"number": "1/A"}, {"number": None}, {}),
        ("not annotated", {}, {"number": "1/A", "addressees": ["Sở"]}, {}),
        ("part of an object not annotated", {"signer": {"position": "Giám đốc"}},
         {"signer": {"name": "A", "position": "Giám đốc"}}, {"/signer/position": True}),
        ("a suggestion", {"number": "1/A"},
         {"number": None, "evidence": {"/number": [{"alternatives": ["1/A", "7/A"]}]}}, {"/number": True}),
        ("items, in any order", {"addressees": ["Sở Nội vụ", "Sở Y tế"]}, {"addressees": ["Sở Y tế", "Ban X"]},
         {"/addressees/0": True, "/addressees/1": False}),
        ("a month of the day", {"date": "2019-05-07"}, {"partial_date": "2019-05"}, {"/partial_date": True}),
        ("another month", {"date": "2019-06-07"}, {"partial_date": "2019-05"}, {"/partial_date": False}),
        ("a misread citation", {"citations": [{"number": "1/A"}]},
         {"citations": [{"number": "7/A", "date": "2019-01-01"}]},
         {"/citations/0": False, "/citations/0/number": False}),
        ("a key that the citation lacks", {"citations": [{"number": "1/A"}]},
         {"citations": [{"number": "1/A", "date": "2019-01-01"}]}, {"/citations/0": True, "/citations/0/number": True}),
    ],
)  # fmt: skip
def test_values_are_judged_one_by_one(
    question: str, gold: dict[str, Any], found: dict[str, Any], verdicts: dict[str, bool]
) -> None:
    assert judge(gold, found) == verdicts, question


@pytest.mark.parametrize(
    ("gold", "fields"),
    [({"doc_type": "công văn"}, {"doc_type"}), ({"number": None}, {"number"}), ({}, set()),
     ({"contacts": []}, {"contacts.phones", "contacts.faxes", "contacts.emails", "contacts.name"})],
)  # fmt: skip
def test_evaluation_counts_only_what_was_annotated(gold: dict[str, Any], fields: set[str]) -> None:
    found = {"number": "1/A", "doc_type": "công văn", "evidence": {}, "addressees": ["Sở"],
             "contacts": [{"name": "A", "phones": ["+841"], "faxes": ["+842"], "emails": ["a@b.vn"]}]}  # fmt: skip
    result = Evaluation()
    score(result, "x", [gold], [found])
    assert set(result.fields()) - {"documents"} == fields


def test_a_document_too_many_is_wrong_in_all_that_it_says() -> None:
    result = Evaluation()
    found = {"number": "1/A", "evidence": {}, "addressees": ["Sở"]}
    score(result, "x", [], [found])
    assert {name: tally.wrong for name, tally in result.fields().items() if tally.wrong} == {
        "documents": 1, "number": 1, "addressees": 1,
    }  # fmt: skip


def test_measures_of_known_cases() -> None:
    assert brier([1.0, 0.0], [True, False]) == 0
    assert calibration_error([0.8] * 10, [True] * 8 + [False] * 2, bins=1) == pytest.approx(0)
    assert calibration_error([0.9] * 10, [True] * 5 + [False] * 5, bins=1) == pytest.approx(0.4)
    assert calibration_error([], []) is None
    low, high = wilson(0, 20)
    assert (low, round(high, 3)) == (0, 0.161)  # Wilson's own example of nothing seen in twenty
    coverage, risk = coverage_risk([0.9, 0.5, 0.9], [1, 0, 1])
    assert list(coverage) == pytest.approx([1 / 3, 2 / 3, 1])
    assert list(risk) == pytest.approx([0, 0, 1 / 3])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_bins_hold_every_value_once_and_their_intervals_hold_the_share(values: list[tuple[float, bool]]) -> None:
    stated, right = [p for p, _ in values], [y for _, y in values]
    bins = reliability(stated, right)
    assert sum(one.count for one in bins) == len(values)
    assert all(one.low <= one.right <= one.high for one in bins)
    assert coverage_risk(stated, right)[1][-1] == pytest.approx(1 - np.mean(right))

"""Corrections as events: do they fit, do they follow their item, is none ever lost?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_making import LETTER, LETTER_TEXT, make

from pipeline.record.models import Record
from pipeline.store.corrections import Correction, apply, prepare
from pipeline.store.errors import CorrectionInvalid


def letter(**fields: Any) -> Record:
    return make(LETTER_TEXT, **{**LETTER, **fields})


def value_at(record: Record, pointer: str) -> Any:
    data: Any = record.model_dump(mode="json")
    for part in pointer.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data


@pytest.mark.parametrize(
    ("op", "pointer", "value", "look", "expected"),
    [
        pytest.param("set", "/number", "1/QĐ-UBND", "/number", "1/QĐ-UBND", id="a scalar"),
        pytest.param("set", "/subject", None, "/subject", None, id="a scalar emptied"),
        pytest.param("remove", "/subject", None, "/subject", None, id="a scalar removed is emptied"),
        pytest.param("set", "/signer/authority", "KT.", "/signer/authority", "KT.", id="a part of an object"),
        pytest.param("set", "/received/number", "245", "/received", {
            "organization": None, "number": "245", "date": None, "routing": None,
        }, id="a part of an object that was not there"),
        pytest.param("set", "/signer/name", None, "/signer", None, id="the last part of an object emptied"),
        pytest.param("set", "/addressees", ["A", "B"], "/addressees", ["A", "B"], id="a whole list"),
        pytest.param("insert", "/archive/-", "VT", "/archive", ["VT"], id="an item appended"),
        pytest.param("insert", "/tasks/0", {"text": "Việc mới"}, "/tasks/1/text",
                     "Tiếp tục thực hiện nội dung chỉ đạo", id="an item before others moves them"),
        pytest.param("insert", "/tasks/0", {"text": "Việc mới"}, "/deadlines/0/task", 2,
                     id="a deadline follows its task down"),
        pytest.param("remove", "/tasks/0", None, "/deadlines/0/task", 0, id="a deadline follows its task up"),
        pytest.param("remove", "/tasks/1", None, "/deadlines/0/task", None, id="a deadline loses a removed task"),
        pytest.param("set", "/tasks/1/assignees/0", "Văn phòng", "/tasks/1/assignees", ["Văn phòng"],
                     id="an item of a list inside an item"),
        pytest.param("set", "/citations/1/relation", "based_on", "/citations/1/relation", "based_on",
                     id="a field of an item"),
    ],
)  # fmt: skip
def test_what_a_correction_does(op: Any, pointer: str, value: Any, look: str, expected: Any) -> None:
    record = letter()
    made = prepare(record, Correction(op, pointer, value))
    corrected = apply(record, [made]).record
    assert value_at(corrected, look) == expected
    assert record == letter()  # the record given is untouched


def test_the_persons_evidence_takes_the_place_of_the_programs() -> None:
    drawn = [(0.1, 0.1, 0.2, 0.2)]
    corrected = apply(letter(), [Correction("set", "/signer/name", "Trần Sỹ A", page=1, boxes=drawn)]).record
    (piece,) = corrected.evidence["/signer/name"]
    assert (piece.source, piece.status, piece.text, piece.boxes) == ("person", "corrected", "Trần Sỹ A", drawn)


def test_removing_an_item_leaves_the_evidence_of_its_neighbours_with_them() -> None:
    record = letter()
    corrected = apply(record, [prepare(record, Correction("remove", "/citations/0"))]).record
    assert corrected.evidence["/citations/0"] == record.evidence["/citations/1"]
    assert "/citations/1" not in corrected.evidence


def test_a_warning_that_was_answered_falls_away() -> None:
    record = letter(number=None, raw_number=None, warnings=["missing_number", "partial_pages"])
    corrected = apply(record, [Correction("set", "/number", "514/SGDĐT-VP")]).record
    assert corrected.warnings == ["partial_pages"]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param(
            lambda c: [c[1], c[0]], [("365/STTTT", "2000-01-01"), ("14/CT-UBND", "2020-12-23")],
            id="the items changed places",
        ),
        pytest.param(
            lambda c: [c[0], {**c[1], "issuer": "Sở TT&TT"}],
            [("14/CT-UBND", "2020-12-23"), ("365/STTTT", "2000-01-01")],
            id="the item was read a little differently at the same place",
        ),
        pytest.param(
            lambda c: [c[0]], [("14/CT-UBND", "2020-12-23"), ("365/STTTT", "2000-01-01")],
            id="the item was not read again",
        ),
    ],
)  # fmt: skip
def test_a_correction_follows_its_item(later: Any, expected: list[tuple[str, str]]) -> None:
    record = letter()
    made = prepare(record, Correction("set", "/citations/1/date", "2000-01-01"))
    replayed = apply(letter(citations=later(LETTER["citations"])), [made])
    assert [(c.number, c.date) for c in replayed.record.citations] == expected


def test_an_item_that_is_gone_is_reported_as_a_conflict() -> None:
    made = prepare(letter(), Correction("set", "/citations/1/date", "2000-01-01"))
    assert apply(letter(citations=LETTER["citations"]), [made]).conflicts == []
    assert len(apply(letter(citations=LETTER["citations"][:1]), [made]).conflicts) == 1


def test_removing_what_is_already_gone_is_no_conflict() -> None:
    made = prepare(letter(), Correction("remove", "/citations/1"))
    replayed = apply(letter(citations=LETTER["citations"][:1]), [made])
    assert (len(replayed.record.citations), replayed.conflicts) == (1, [])


SCALAR_VALUES = {"/number": "1/QĐ-UBND", "/subject": "khác", "/place": "Huế", "/date": "2020-01-02"}
STEPS = st.one_of(
    st.sampled_from(sorted(SCALAR_VALUES)).map(lambda p: Correction("set", p, SCALAR_VALUES[p])),
    st.sampled_from(["/subject", "/place"]).map(lambda p: Correction("set", p, None)),
    st.tuples(st.sampled_from(["citations", "tasks", "archive"]), st.integers(0, 4)).map(
        lambda t: Correction("remove", f"/{t[0]}/{t[1]}")
    ),
    st.integers(0, 4).map(lambda at: Correction("insert", f"/tasks/{at}", {"text": f"Việc thêm ở {at}"})),
    st.integers(0, 4).map(lambda at: Correction("set", f"/tasks/{at}/text", f"Việc sửa {at}")),
    st.just(Correction("insert", "/archive/-", "VT")),
    st.integers(0, 4).map(lambda at: Correction("set", f"/citations/{at}/date", "2019-09-09")),
)


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(STEPS, max_size=8))
def test_replaying_all_gives_what_doing_them_one_by_one_gave(steps: list[Correction]) -> None:
    """Whatever people do in whatever order, the history replayed over the reading is the record they saw."""
    base = letter()
    record, kept = base, []
    for step in steps:
        try:
            made = prepare(record, step)
        except CorrectionInvalid:
            continue  # refused: the person was told, nothing is kept
        record = apply(record, [made]).record
        kept.append(made)
    replayed = apply(base, kept)
    assert replayed.record == record
    assert replayed.conflicts == []

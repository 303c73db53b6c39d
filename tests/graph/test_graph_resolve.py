"""Which mentions are one document: rules, order, decisions."""

from __future__ import annotations

import random
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.graph.resolve import Decisions, near, partition
from pipeline.graph.signatures import Signature, _is_vague, _key
from pipeline.store import identity
from pipeline.store.scope import Scope

QN, GL, CENTRE = Scope("province", "Quảng Ngãi"), Scope("province", "Gia Lai"), Scope("central")
OPEN_QN = Scope(None, "Quảng Ngãi", None, True)
HUYEN = Scope("district", "Quảng Ngãi", "Mộ Đức")
_RECORDS = count()


def sig(number: str, day: str | None, where: Scope, kind: str | None = None, record: str | None = None) -> Signature:
    known = identity._identity(number, kind, day, partial=None, issuer=None, scope=where)
    vague = _is_vague(known)
    context = f"#{record or next(_RECORDS)}/0" if vague else ""
    return Signature(_key(known, context), known, vague)


def groups(*some: Signature, decisions: Decisions | None = None) -> list[set[str]]:
    return [set(group.keys) for group in partition(some, decisions or Decisions())]


def doubts(*some: Signature) -> list[str | None]:
    return [group.doubt for group in partition(some)]


@pytest.mark.parametrize(
    ("some", "documents"),
    [
        pytest.param([sig("14/CT-UBND", "2020-12-23", QN), sig("14/CT-UBND", "2020-12-23", GL)], 2,
                     id="two provinces stay two"),
        pytest.param([sig("14/CT-UBND", "2020-12-23", QN, "chỉ thị"), sig("14/CT-UBND", "2020-12-23", QN)], 1,
                     id="one of them names the type"),
        pytest.param([sig("14/CT-UBND", "2020-12-23", QN), sig("14/CT-UBND", "2020-12-22", QN)], 1,
                     id="a day mistyped"),
        pytest.param([sig("14/CT-UBND", "2020-12-23", QN), sig("14/CT-UBND", "2021-12-23", QN)], 2,
                     id="the next year's"),
        pytest.param([sig("430/BTTTT-CATT", "2015-02-09", CENTRE), sig("430/BTTTT-CATTT", "2015-02-09", CENTRE)], 1,
                     id="a letter of a long code missing, same day"),
        pytest.param([sig("430/BTTTT-CATT", "2015-02-09", CENTRE), sig("430/BTTTT-CATTT", "2015-02-10", CENTRE)], 2,
                     id="a letter missing, another day"),
        pytest.param([sig("5/UBND-VX", "2015-02-09", QN), sig("5/UBND-NX", "2015-02-09", QN)], 2,
                     id="short codes differ by a letter and are both real"),
        pytest.param([sig("5/QĐ-UBND", "2015-02-09", QN), sig("5/CĐ-UBND", "2015-02-09", QN)], 2,
                     id="types differ by a letter"),
        pytest.param([sig("5/STNMT", "2015-02-09", QN), sig("5/STNMTT", "2015-02-09", GL)], 2,
                     id="a letter more, another province"),
        pytest.param([sig("5/SGDĐT-VP", "2015-02-09", QN), sig("5/SGTVT-VP", "2015-02-09", QN)], 2,
                     id="two known codes that look alike"),
        pytest.param([sig("9/QĐ-UBND", "2020-09-17", OPEN_QN), sig("9/QĐ-UBND", "2020-09-17", QN)], 1,
                     id="level left open, one document fits"),
        pytest.param([sig("9/QĐ-UBND", "2020-09-17", OPEN_QN), sig("9/QĐ-UBND", "2020-09-17", QN),
                      sig("9/QĐ-UBND", "2020-09-17", HUYEN)], 3, id="level left open, two documents fit"),
        pytest.param([sig("9/QĐ-UBND", "2020-09-17", OPEN_QN), sig("9/QĐ-UBND", "2020-09-18", QN)], 2,
                     id="level left open and another day"),
        pytest.param([sig("437", None, QN, "kế hoạch"), sig("437", None, QN, "kế hoạch")], 2,
                     id="a bare serial joins nothing"),
        pytest.param([sig("5/SNV", "2020-01-01", Scope("province")), sig("5/SNV", "2020-01-01", Scope("province"))], 2,
                     id="no province on either side: two provinces may use it"),
        pytest.param([sig("09/2017/NĐ-CP", None, CENTRE), sig("09/2017/NĐ-CP", "2017-02-09", CENTRE)], 1,
                     id="a decree by number alone"),
        pytest.param([sig("41-CT/TW", "2020-03-24", CENTRE), sig("41-CT/TW", "2024-03-24", CENTRE)], 2,
                     id="the Party's next term"),
    ],
)  # fmt: skip
def test_how_many_documents(some: list[Signature], documents: int) -> None:
    assert len(groups(*some)) == documents


def test_the_reason_for_a_typing_error_is_told() -> None:
    (group,) = partition([sig("430/BTTTT-CATT", "2015-02-09", CENTRE), sig("430/BTTTT-CATTT", "2015-02-09", CENTRE)])
    assert group.reasons == [
        "«430/BTTTT-CATT» và «430/BTTTT-CATTT» cùng ngày 09/02/2015, cùng cơ quan, chỉ khác một chữ («CATT», «CATTT»): "
        "lỗi đánh máy; «CATTT» là mã có thật"
    ]


@pytest.mark.parametrize(
    ("some", "expected"),
    [
        pytest.param([sig("9/QĐ-UBND", "2020-09-17", OPEN_QN), sig("9/QĐ-UBND", "2020-09-17", QN),
                      sig("9/QĐ-UBND", "2020-09-17", HUYEN)], {"ambiguous"}, id="two documents fit"),
        pytest.param([sig("5/UBND-VX", "2015-02-09", QN), sig("5/UBND-NX", "2015-02-09", QN)], {"near"},
                     id="one letter of a short code"),
        pytest.param([sig("430/BTTTT", "2015-02-09", CENTRE), sig("430/BTTTT-CATTT", "2015-02-09", CENTRE)], {"near"},
                     id="a code left out"),
        pytest.param([sig("437", None, QN, "kế hoạch")], {"vague"}, id="a bare serial"),
        pytest.param([sig("9/QĐ-UBND", "2020-09-17", QN)], set(), id="nothing to ask"),
    ],
)  # fmt: skip
def test_what_a_person_is_asked_about(some: list[Signature], expected: set[str]) -> None:
    assert set(doubts(*some)) - {None} == expected


def test_three_spellings_in_a_row_are_asked_about_and_not_chained() -> None:
    """CATT–CATTT and CATTT–CATTTT are each one letter apart; that all three are one is not certain."""
    some = [sig(f"430/BTTTT-CAT{'T' * n}", "2015-02-09", CENTRE) for n in (1, 2, 3)]
    found = partition(some)
    assert len(found) == 3
    assert {group.doubt for group in found} == {"near"}


def test_an_open_level_is_no_bridge_between_two() -> None:
    """A mention without its level belongs to the district's document, and so is not the province's mistyped one."""
    day = "2020-12-22"
    some = [
        sig("430/BTTTT-CATT", day, OPEN_QN), sig("430/BTTTT-CATT", day, HUYEN), sig("430/BTTTT-CATTT", day, QN),
    ]  # fmt: skip
    assert sorted(map(len, groups(*some))) == [1, 2]


def test_decisions_outweigh_the_rules() -> None:
    a, b = sig("430/BTTTT-CATT", "2015-02-09", CENTRE), sig("430/BTTTT-CATTT", "2015-02-09", CENTRE)
    c, d = sig("5/UBND-VX", "2015-02-09", QN), sig("5/UBND-NX", "2015-02-09", QN)
    decided = Decisions(frozenset({frozenset({c.key, d.key})}), frozenset({frozenset({a.key, b.key})}))
    assert sorted(map(len, groups(a, b, c, d, decisions=decided))) == [1, 1, 2]


def test_a_number_that_a_person_says_was_used_twice() -> None:
    """Two held documents kept apart: a citation goes to the one with its day, one without is ambiguous."""
    base = sig("14/CT-UBND", "2020-12-23", QN)
    first = Signature(base.key + "#a", base.identity, False)
    other = sig("14/CT-UBND", "2020-12-30", QN)
    second = Signature(other.key + "#b", other.identity, False)
    apart = Decisions(different=frozenset({frozenset({first.key, second.key})}))
    dated, undated = sig("14/CT-UBND", "2020-12-30", QN, "chỉ thị"), sig("14/CT-UBND", "2020-12-25", QN)
    found = {frozenset(group.keys): group.doubt for group in partition([first, second, dated, undated], apart)}
    assert found == {
        frozenset({first.key}): None, frozenset({second.key, dated.key}): None,
        frozenset({undated.key}): "ambiguous",
    }  # fmt: skip


NUMBERS = ["14/CT-UBND", "14/CTUBND", "430/BTTTT-CATT", "430/BTTTT-CATTT", "430/BTTTT", "9/QĐ-UBND", "437", "1-QĐ/TU"]
SIGNATURES = st.builds(
    sig,
    st.sampled_from(NUMBERS),
    st.sampled_from([None, "2020-12-23", "2020-12-22", "2021-01-05"]),
    st.sampled_from([QN, GL, CENTRE, OPEN_QN, HUYEN, Scope("district", "Quảng Ngãi"), Scope("province"), Scope()]),
    st.sampled_from([None, "chỉ thị", "quyết định"]),
    st.sampled_from(["r1", "r2"]),
)


@settings(max_examples=300, deadline=None)
@given(some=st.lists(SIGNATURES, max_size=14, unique_by=lambda s: s.key), seed=st.integers(0, 10**6))
def test_the_order_of_arrival_does_not_matter(some: list[Signature], seed: int) -> None:
    shuffled = some[:]
    random.Random(seed).shuffle(shuffled)

    def told(order: list[Signature]) -> Any:
        return [(group.keys, group.reasons, group.doubt) for group in partition(order)]

    assert told(some) == told(shuffled)


@settings(max_examples=300, deadline=None)
@given(some=st.lists(SIGNATURES, max_size=14, unique_by=lambda s: s.key))
def test_no_document_lies_in_two_provinces_or_on_two_levels(some: list[Signature]) -> None:
    for group in partition(some):
        assert len({s.scope.province for s in group.members} - {None}) <= 1
        assert len({s.scope.level for s in group.members} - {None}) <= 1
        assert len({s.identity.serial for s in group.members}) <= 1


@given(a=SIGNATURES, b=SIGNATURES)
def test_being_near_is_mutual(a: Signature, b: Signature) -> None:
    assert near(a.identity, b.identity)[0] == near(b.identity, a.identity)[0]

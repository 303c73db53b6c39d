"""What does not agree, what is in doubt, and what people decide about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from graph_making import GL, add, cites
from store_making import ADMIN, CLERK, OFFICER

from pipeline.graph.graph import CitationGraph
from pipeline.store.archive import Archive

# --- decisions ---


def test_a_doubt_is_listed_decided_remembered_and_taken_back(archive: Archive, tmp_path: Path) -> None:
    add(archive, tmp_path, "a", number="1/SNV", date="2021-01-08", issuer="Sở Nội vụ", **GL,
        citations=[cites("5/STC-VX", "2021-01-02", issuer="Sở Tài chính")])  # fmt: skip
    other = add(archive, tmp_path, "b", number="2/SNV", date="2021-01-09", issuer="Sở Nội vụ", **GL,
                citations=[cites("5/STC-NX", "2021-01-02", issuer="Sở Tài chính")])  # fmt: skip
    graph = CitationGraph(archive, OFFICER)
    (doubt,) = graph.doubts()
    assert doubt.node.doubt == "near"
    assert [node.number for node, _ in doubt.candidates] != [doubt.node.number]
    assert [f.kind for f in graph.findings()] == ["ambiguous"]
    decision = graph.decide("same", doubt.signature, doubt.candidate_signatures[0], note="xem bản giấy")
    node = graph.node("5/STC-VX")
    assert node == graph.node("5/STC-NX")
    assert (node.doubt, node.reasons) == (None, ["người dùng xác nhận là một văn bản"])
    # Remembered although a record is read again with something else in it.
    archive.correct(CLERK, other, "/subject", "khác")
    assert graph.node("5/STC-NX") == node
    assert [d.actor for d in graph.decisions()] == ["Minh"]
    graph.revoke(decision)
    assert graph.node("5/STC-VX") != graph.node("5/STC-NX")
    (doubt,) = graph.doubts()
    graph.decide("different", doubt.signature, doubt.candidate_signatures[0])
    assert (graph.doubts(), graph.findings()) == ([], [])
    assert [entry.action for entry in archive.audit(ADMIN) if entry.action.startswith("graph")] == [
        "graph_different", "graph_revoke", "graph_same",
    ]  # fmt: skip


def test_a_typing_error_that_a_person_denies_is_undone(seeded: Archive, graph: CitationGraph) -> None:
    node = graph.node("430/BTTTT-CATT")
    first, second = graph.signatures(node)
    graph.decide("different", first, second)
    assert graph.node("430/BTTTT-CATT") != graph.node("430/BTTTT-CATTT")


def test_two_held_documents_that_a_person_calls_different_are_two_nodes(archive: Archive, tmp_path: Path) -> None:
    base = {"number": "5/SNV", "issuer": "Sở Nội vụ", **GL}
    add(archive, tmp_path, "a", date="2021-01-05", **base)
    add(archive, tmp_path, "b", date="2021-03-05", **base)
    add(archive, tmp_path, "c", number="9/STC", date="2021-04-01", issuer="Sở Tài chính", **GL,
        citations=[cites("5/SNV", "2021-03-05", issuer="Sở Nội vụ")])  # fmt: skip
    graph = CitationGraph(archive, OFFICER)
    assert graph.node("5/SNV").held == 2
    (pair,) = archive.duplicates(CLERK)
    archive.decide_duplicate(CLERK, pair.id, "different")
    found = graph.find("5/SNV")
    assert [(node.held, node.date) for node in found] == [(1, "2021-01-05"), (1, "2021-03-05")]
    assert [e.target for e in graph.neighbourhood([graph.node("9/STC")]).edges] == [found[1].id]
    archive.decide_duplicate(CLERK, pair.id, "same")
    assert graph.node("5/SNV").held == 2


def test_a_finding_that_a_person_dismissed_stays_away(graph: CitationGraph) -> None:
    (finding,) = graph.findings()
    graph.decide("dismiss", finding.key)
    assert graph.findings() == []
    assert graph.findings(dismissed=True) == [finding]


# --- contradictions ---


@pytest.mark.parametrize(
    ("documents", "kinds"),
    [
        pytest.param(
            [{"number": "1/SNV", "date": "2021-01-08",
              "citations": [cites("2/STC", "2021-03-01", issuer="Sở Tài chính")]}],
            {"cites_later"}, id="cites a later document",
        ),
        pytest.param(
            [{"number": "1/SNV", "date": "2021-01-08",
              "citations": [cites("1/SNV", "2021-01-08", issuer="Sở Nội vụ")]}],
            {"cites_itself"}, id="cites itself",
        ),
        pytest.param(
            [{"number": "1/SNV", "date": "2021-01-08",
              "citations": [cites("2/SNV", "2021-01-08", issuer="Sở Nội vụ", relation="based_on")]},
             {"number": "2/SNV", "date": "2021-01-08",
              "citations": [cites("1/SNV", "2021-01-08", issuer="Sở Nội vụ", relation="based_on")]}],
            {"cycle"}, id="each is the other's ground",
        ),
        pytest.param(
            [{"number": "7/SNV", "date": "2021-02-01",
              "citations": [cites("1/SNV", "2020-01-08", issuer="Sở Nội vụ", relation="replaces")]},
             {"number": "9/SNV", "date": "2021-03-01",
              "citations": [cites("1/SNV", "2020-01-08", issuer="Sở Nội vụ")]}],
            {"ended_still_cited"}, id="carries out a replaced document",
        ),
        pytest.param(
            [{"number": "7/SNV", "date": "2021-02-01",
              "citations": [cites("1/SNV", "2020-01-08", issuer="Sở Nội vụ", relation="replaces")]},
             {"number": "9/SNV", "date": "2021-01-15",
              "citations": [cites("1/SNV", "2020-01-08", issuer="Sở Nội vụ")]}],
            set(), id="carried it out before it was replaced",
        ),
        pytest.param(
            [{"number": "7/SNV", "date": "2021-02-01", "citations": [cites("09/2017/NĐ-CP", "2017-02-09")]},
             {"number": "9/SNV", "date": "2021-03-01", "citations": [cites("09/2017/NĐ-CP", "2017-03-09")]}],
            {"days_differ"}, id="two days for one decree",
        ),
        pytest.param(
            [{"number": "7/SNV", "date": "2021-02-01", "citations": [cites("09/2017/NĐ-CP", doc_type="nghị định")]},
             {"number": "9/SNV", "date": "2021-03-01", "citations": [cites("09/2017/NĐ-CP", doc_type="quyết định")]}],
            {"types_differ"}, id="two types for one decree",
        ),
        pytest.param(
            [{"number": "7/SNV", "date": "2021-02-01"}, {"number": "7/SNV", "date": "2021-02-01", "subject": "x"}],
            {"held_twice"}, id="held twice",
        ),
    ],
)  # fmt: skip
def test_contradictions_become_findings(
    archive: Archive, tmp_path: Path, documents: list[dict[str, Any]], kinds: set[str]
) -> None:
    for at, fields in enumerate(documents):
        add(archive, tmp_path, str(at), issuer="Sở Nội vụ", **GL, **fields)
    found = CitationGraph(archive, OFFICER).findings()
    assert {finding.kind for finding in found} == kinds
    assert all(finding.message.endswith((".", "?")) for finding in found)

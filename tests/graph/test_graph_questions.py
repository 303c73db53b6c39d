"""Questions to the graph, as calls and as commands."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from graph_making import numbers, where
from store_making import OFFICER

from pipeline.graph.errors import DocumentUnknown, NoPath
from pipeline.graph.graph import CitationGraph
from pipeline.graph.model import Node
from pipeline.graph.network import load_arrays, pagerank
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive

# --- questions ---


def test_what_is_missing_is_listed_by_how_often_it_is_cited(graph: CitationGraph) -> None:
    found = graph.missing()
    assert [m.cited for m in found] == sorted((m.cited for m in found), reverse=True)
    top = {m.node.number: (m.cited, m.last) for m in found if m.cited > 1}
    assert top == {
        "14/CT-UBND": (2, "2021-04-14"), "2132/BTTTT-VNCERT": (2, "2020-03-23"), "430/BTTTT-CATTT": (2, "2020-03-23"),
    }  # fmt: skip
    # One document has one number of citing documents, whoever asks.
    ranked = {r.node.id: r.cited for r in graph.central(by="cited", limit=1000)}
    assert {m.node.id: m.cited for m in found} == {m.node.id: ranked[m.node.id] for m in found}
    assert {m.node.province for m in graph.missing(province="Gia Lai")} == {"Gia Lai"}
    assert {m.node.issuer for m in graph.missing(issuer="bo tt&tt")} == {"Bộ TT&TT", "Cục An toàn thông tin – Bộ TT&TT"}


def test_central_documents(graph: CitationGraph) -> None:
    by_cited = graph.central(by="cited", limit=3)
    assert {r.cited for r in by_cited} == {2}
    ranked = graph.central(limit=100)
    assert sum(r.score for r in ranked) == pytest.approx(1.0)
    of_year = graph.central(year=2020)
    assert {r.node.year for r in of_year} == {2020}
    assert [r.score for r in of_year] == [r.score for r in ranked if r.node.year == 2020]


def test_pagerank_on_arrays_is_that_of_networkx(graph: CitationGraph) -> None:
    import networkx as nx

    graph.sync()
    with graph.archive.database.read() as connection:
        arrays = load_arrays(connection)
    other: nx.DiGraph = nx.DiGraph()
    other.add_nodes_from(arrays.ids.tolist())
    other.add_edges_from(zip(arrays.ids[arrays.source].tolist(), arrays.ids[arrays.target].tolist(), strict=True))
    expected = nx.pagerank(other, tol=1e-14, max_iter=500)
    assert dict(zip(arrays.ids.tolist(), pagerank(arrays), strict=True)) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(
    ("issuer", "level", "province", "unit", "expected"),
    [
        ("Sở Nội vụ", "province", "Gia Lai", None, "Sở Nội vụ (Gia Lai)"),
        ("UBND tỉnh Đăk Nông", "province", "Đắk Nông", None, "UBND tỉnh Đăk Nông"),
        ("UBND huyện Triệu Sơn", "district", "Thanh Hóa", "Triệu Sơn", "UBND huyện Triệu Sơn (Thanh Hóa)"),
        ("Trường THPT A", "body", "Gia Lai", "trường thpt a", "Trường THPT A (Gia Lai)"),
        (None, None, "Quảng Ngãi", None, "Quảng Ngãi"),
        (None, None, None, None, None),
    ],
)
def test_whose_a_document_is(
    issuer: str | None, level: str | None, province: str | None, unit: str | None, expected: str | None
) -> None:
    blank: dict[str, Any] = dict.fromkeys(("number", "doc_type", "date", "year", "title", "doubt"))
    node = Node(
        id=1,
        label="",
        held=0,
        variants=[],
        reasons=[],
        issuer=issuer,
        level=level,
        province=province,
        unit=unit,
        **blank,
    )
    assert node.where == expected


def test_timeline(graph: CitationGraph) -> None:
    days = [node.date for node in graph.timeline()]
    assert days == sorted(day for day in days if day)
    assert {node.held > 0 for node in graph.timeline(held_only=True)} == {True}
    around = graph.timeline(graph.node("514/SGDĐT-VP"))
    assert [node.number for node in around][-1] == "514/SGDĐT-VP"


def test_paths(graph: CitationGraph) -> None:
    a, b = graph.node("514/SGDĐT-VP"), graph.node("1379/QĐ-UBND")
    found = graph.path(a, b)
    assert [node.number for node in found.nodes.values()] == ["514/SGDĐT-VP", "365/STTTT", "1379/QĐ-UBND"]
    with pytest.raises(NoPath):
        graph.path(b, a)
    assert len(graph.path(b, a, any_direction=True).nodes) == 3
    assert list(graph.path(a, a).nodes) == [a.id]
    with pytest.raises(NoPath):
        graph.path(a, graph.node("41-CT/TW"), any_direction=True)


def test_impact_takes_every_relation(graph: CitationGraph) -> None:
    assert numbers(graph.impact(graph.node("1379/QĐ-UBND"))) == {"1379/QĐ-UBND", "365/STTTT", "514/SGDĐT-VP"}


def test_status_says_what_is_undone_and_who_answered(seeded: Archive, graph: CitationGraph) -> None:
    (first, *_rest) = graph.status(today=date(2021, 6, 1))
    assert first.overdue
    directive = graph.node("365/STTTT")
    below = graph.status(directive, today=date(2021, 6, 1))
    assert [one.node.number for one in below] == ["365/STTTT", "514/SGDĐT-VP"]
    assert [node.number for node, _ in below[0].answers] == ["514/SGDĐT-VP"]
    task = below[0].tasks[0]
    seeded.set_task(OFFICER, task.id, "xong")
    assert len(graph.status(directive)[0].open) == len(below[0].open) - 1


def test_names_that_fit_nothing(graph: CitationGraph) -> None:
    for name in ("1/KHÔNG-CÓ", "#99999", "", "abc"):
        with pytest.raises(DocumentUnknown):
            graph.node(name)


def test_who_may_decide(seeded: Archive) -> None:
    from pipeline.store.errors import NotFound

    graph = CitationGraph(seeded, Actor("Ai", Role.OFFICER))
    with pytest.raises(NotFound):
        graph.decide("same", "không có", "không có nốt")


def test_a_walk_that_is_too_wide_says_that_it_was_cut(graph: CitationGraph) -> None:
    found = graph.impact(graph.node("14/CT-UBND"), limit=1)
    assert found.cut
    assert len(found.nodes) == 1
    assert not graph.impact(graph.node("14/CT-UBND")).cut


# --- the command line ---


def run(*arguments: str) -> int:
    from pipeline.cli import main

    return main(["graph", *arguments])


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["lineage", "514/SGDĐT-VP"], "14/CT-UBND"), (["impact", "14/CT-UBND"], "514/SGDĐT-VP"),
        (["path", "514/SGDĐT-VP", "1379/QĐ-UBND"], "365/STTTT"), (["missing"], "2132/BTTTT-VNCERT"),
        (["central", "--by", "cited"], "14/CT-UBND"), (["timeline"], "18/07/2011"),
        (["findings"], "số ghi khác nhau"), (["status"], "359/STTTT-BCVT"), (["doubts"], "3672/SKHCN-BCVT&CĐS"),
        (["export", "dot"], "digraph"),
    ],
)  # fmt: skip
def test_commands(seeded: Archive, capsys: pytest.CaptureFixture[str], arguments: list[str], shown: str) -> None:
    assert run(*arguments, *where(seeded)) == 0
    assert shown in capsys.readouterr().out
    if arguments[0] != "export":
        assert run(*arguments, "--json", *where(seeded)) == 0
        json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["lineage", "1/KHÔNG-CÓ"], 60), (["path", "1379/QĐ-UBND", "514/SGDĐT-VP"], 62), (["central", "--by", "x"], 2),
        (["export", "docx"], 2), (["export", "neo4j"], 2), (["decide", "same", "#1"], 2),
    ],
)  # fmt: skip
def test_commands_that_cannot(seeded: Archive, arguments: list[str], status: int) -> None:
    assert run(*arguments, *where(seeded)) == status


def test_a_decision_by_command(seeded: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    (finding,) = CitationGraph(seeded, OFFICER).findings()
    assert run("decide", "dismiss", finding.key, "--note", "đã biết", *where(seeded)) == 0
    capsys.readouterr()
    assert run("findings", *where(seeded)) == 0
    assert "Không có gì" in capsys.readouterr().out


def test_pictures_by_command(seeded: Archive, tmp_path: Path) -> None:
    assert run("lineage", "514/SGDĐT-VP", "--out", str(tmp_path / "a.svg"), *where(seeded)) == 0
    assert "14/CT" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    out = tmp_path / "g.graphml"
    assert run("export", "graphml", "--around", "365/STTTT", "--out", str(out), *where(seeded)) == 0
    assert "14/CT-UBND" in out.read_text(encoding="utf-8")

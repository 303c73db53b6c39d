"""The graph of the five seeds: what the issue asks to see, and the whole way from records to answers."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from graph_making import add_seeds, seeds, where
from sqlalchemy import select
from store_making import ADMIN, CLERK, OFFICER, TextReader

from pipeline.graph import formats, walks
from pipeline.graph.drawing import draw, rows
from pipeline.graph.errors import DocumentNotUnique, DocumentUnknown, NoPath
from pipeline.graph.graph import CitationGraph
from pipeline.graph.model import Subgraph
from pipeline.graph.network import load_arrays, pagerank
from pipeline.store import schema
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive


@pytest.fixture
def graph(seeded: Archive) -> CitationGraph:
    return CitationGraph(seeded, OFFICER)


def numbers(part: Subgraph) -> set[str | None]:
    return {node.number for node in part.nodes.values()}


def test_365_is_one_node_held_and_cited_by_514(graph: CitationGraph) -> None:
    (node,) = graph.find("365/STTTT")
    assert node.held == 1
    around = graph.neighbourhood([node])
    assert [edge.relation for edge in around.edges if edge.target == node.id] == ["implements"]
    (edge,) = [edge for edge in around.edges if edge.target == node.id]
    assert around.nodes[edge.source].number == "514/SGDĐT-VP"
    (proof,) = edge.proofs
    assert proof.attached
    assert proof.sentence is not None
    assert "365/STTTT" in proof.sentence


def test_205_points_to_41_although_both_are_only_cited(graph: CitationGraph) -> None:
    plan, directive = graph.node("205-KH/TU"), graph.node("41-CT/TW")
    assert (plan.held, directive.held) == (0, 0)
    found = graph.subgraph([plan.id, directive.id])
    assert [(e.source, e.target, e.relation) for e in found.edges] == [(plan.id, directive.id, "implements")]
    assert found.edges[0].proofs[0].via == "205-KH/TU"
    citing = graph.neighbourhood([directive])
    assert numbers(citing) == {"41-CT/TW", "205-KH/TU"}  # not from the document in whose text both stand


def test_the_two_spellings_of_430_are_one_and_both_are_kept(graph: CitationGraph) -> None:
    node = graph.node("430/BTTTT-CATT")
    assert node == graph.node("430/BTTTT-CATTT")
    assert node.number == "430/BTTTT-CATTT"
    assert node.variants == ["430/BTTTT-CATT", "430/BTTTT-CATTT"]
    assert "lỗi đánh máy" in node.reasons[0]
    (finding,) = [f for f in graph.findings() if f.kind == "spellings_differ"]
    assert len(finding.records) == 2


def test_the_lineage_of_514_reaches_its_root_directive(graph: CitationGraph) -> None:
    found = graph.lineage(graph.node("514/SGDĐT-VP"))
    assert {"14/CT-UBND", "365/STTTT"} <= numbers(found)
    top = walks.roots(found)[0]
    assert (top.number, top.doc_type, found.depth[top.id]) == ("14/CT-UBND", "chỉ thị", -1)


def test_the_lineage_of_the_directive_comes_down_to_all_that_carry_it_out(graph: CitationGraph) -> None:
    found = graph.lineage(graph.node("14/CT-UBND"))
    assert {found.nodes[i].number: far for i, far in found.depth.items()} == {
        "14/CT-UBND": 0, "365/STTTT": 1, "514/SGDĐT-VP": 1,
    }  # fmt: skip


def test_the_same_directive_number_of_another_province_stays_apart(
    seeded: Archive, graph: CitationGraph, tmp_path: Path
) -> None:
    add(
        seeded, tmp_path, "gl", number="88/STTTT", date="2021-01-08", issuer="Sở Thông tin và Truyền thông",
        issuer_parent="UBND tỉnh Gia Lai", place="Gia Lai",
        citations=[cites("14/CT-UBND", "2020-12-23", issuer="UBND tỉnh")],
    )  # fmt: skip
    found = graph.find("14/CT-UBND")
    assert {node.province for node in found} == {"Quảng Ngãi", "Gia Lai"}
    with pytest.raises(DocumentNotUnique, match="Gia Lai"):
        graph.node("14/CT-UBND")
    assert graph.lineage(graph.node(f"#{found[0].id}")).focus == (found[0].id,)


# --- documents that come later, change, go ---


def cites(number: str | None, day: str | None = None, **more: Any) -> dict[str, Any]:
    return {"number": number, "raw_number": number, "date": day, "relation": "implements", **more}


def add(archive: Archive, folder: Path, name: str, **fields: Any) -> str:
    reader = TextReader()
    text = f"văn bản {name}: {json.dumps(fields, ensure_ascii=False)}"
    return archive.add(CLERK, reader.plan(folder / "them", f"{name}.txt", text, fields), reader).records[0]


def test_a_document_that_arrives_later_takes_its_ghosts_place_with_all_edges(
    seeded: Archive, graph: CitationGraph, tmp_path: Path
) -> None:
    ghost = graph.node("14/CT-UBND")
    before = {(e.source, e.relation) for e in graph.neighbourhood([ghost]).edges}
    record_id = add(
        seeded, tmp_path, "14", number="14/CT-UBND", doc_type="chỉ thị", date="2020-12-23",
        issuer="Ủy ban nhân dân tỉnh Quảng Ngãi", place="Quảng Ngãi", subject="bầu cử",
    )  # fmt: skip
    node = graph.node("14/CT-UBND")
    assert (ghost.held, node.held, node.id) == (0, 1, ghost.id)
    assert node.title == "bầu cử"
    assert graph.records(node) == [record_id]
    assert {(e.source, e.relation) for e in graph.neighbourhood([node]).edges} == before
    assert node.number not in {m.node.number for m in graph.missing()}


def test_a_correction_moves_its_edge(seeded: Archive, graph: CitationGraph) -> None:
    record_id = graph.records(graph.node("514/SGDĐT-VP"))[0]
    graph.sync()
    seeded.correct(CLERK, record_id, "/citations/0/number", "15/CT-UBND")
    assert "15/CT-UBND" in numbers(graph.lineage(graph.node("514/SGDĐT-VP")))
    assert numbers(graph.neighbourhood([graph.node("14/CT-UBND")])) == {"14/CT-UBND", "365/STTTT"}
    seeded.correct(CLERK, record_id, "/citations/0", op="remove")
    assert graph.find("15/CT-UBND") == []  # nothing mentions it any more


def snapshot(archive: Archive) -> Any:
    """The graph without its ids."""
    CitationGraph(archive, OFFICER).sync()
    with archive.database.read() as connection:
        members: dict[int, list[str]] = {}
        for row in connection.execute(select(schema.signature)):
            members.setdefault(row.node_id, []).append(row.key)
        names = {node: tuple(sorted(keys)) for node, keys in members.items()}
        nodes = {
            names[row.id]: (row.label, row.held, tuple(row.variants), tuple(row.reasons), row.doubt, row.date)
            for row in connection.execute(select(schema.node))
        }
        edges = sorted(
            (names[row.source], row.relation, names[row.target]) for row in connection.execute(select(schema.edge))
        )
        assert len(nodes) == len(names)
        return nodes, edges


@pytest.mark.parametrize("seed", range(4))
def test_the_graph_does_not_depend_on_the_order_of_arrival(
    new_archive: Callable[..., Archive], tmp_path: Path, seed: int
) -> None:
    first, second = new_archive("a"), new_archive("b")
    add_seeds(first, tmp_path / "in")
    expected = snapshot(first)
    order = seeds()
    random.Random(seed).shuffle(order)
    for stem in order:  # the graph follows after each
        add_seeds(second, tmp_path / "in", [stem])
        CitationGraph(second, OFFICER).sync()
    assert snapshot(second) == expected


def test_a_graph_that_followed_every_change_is_the_graph_built_anew(seeded: Archive, tmp_path: Path) -> None:
    graph = CitationGraph(seeded, OFFICER)
    some = random.Random(7)
    ids = [hit.document.record_id for hit in seeded.records(CLERK).hits]
    for at in range(12):
        record_id = some.choice(ids)
        many = len(seeded.record(CLERK, record_id).record.citations)
        if many and some.random() < 0.4:
            seeded.correct(CLERK, record_id, f"/citations/{some.randrange(many)}", op="remove")
        else:
            number = some.choice(["14/CT-UBND", "430/BTTTT-CAT", "430/BTTTT-CATTT", f"{at}/QĐ-UBND"])
            day = some.choice(["2015-02-09", "2020-12-23", None])
            seeded.correct(CLERK, record_id, "/citations/-", cites(number, day), op="insert")
        graph.sync()
    followed = snapshot(seeded)
    with seeded.database.write() as connection:
        for table in (schema.edge, schema.self_mention, schema.signature, schema.node):
            connection.execute(table.delete())
        connection.execute(schema.meta.delete().where(schema.meta.c.key == "graph"))
    assert snapshot(seeded) == followed


def test_withdrawn_documents_leave_the_graph(archive: Archive, tmp_path: Path) -> None:
    reader = add_seeds(archive, tmp_path / "in", seeds()[:1])
    graph = CitationGraph(archive, OFFICER)
    assert graph.counts()["held"] == 2
    sha256 = archive.record(CLERK, graph.records(graph.node("514/SGDĐT-VP"))[0]).record.source.sha256
    reader.plans = {text: [] for text in reader.plans}
    archive.reread(CLERK, sha256, reader)
    assert graph.counts() == {"nodes": 0, "held": 0, "ghosts": 0, "edges": 0, "in_doubt": 0}


# --- decisions ---

GL = {"issuer_parent": "UBND tỉnh Gia Lai", "place": "Gia Lai"}


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


# --- questions ---


def test_what_is_missing_is_listed_by_how_often_it_is_cited(graph: CitationGraph) -> None:
    found = graph.missing()
    assert [m.cited for m in found] == sorted((m.cited for m in found), reverse=True)
    top = {m.node.number: (m.cited, m.last) for m in found if m.cited > 1}
    assert top == {
        "14/CT-UBND": (2, "2021-04-14"), "2132/BTTTT-VNCERT": (2, "2020-03-23"), "430/BTTTT-CATTT": (2, "2020-03-23"),
    }  # fmt: skip
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


# --- exports and pictures ---


def _graphml(text: str) -> tuple[int, int, str]:
    import networkx as nx

    read = nx.parse_graphml(text)
    return len(read), read.size(), next(d["label"] for _, d in read.nodes(data=True) if d.get("number") == "365/STTTT")


def _gexf(text: str) -> tuple[int, int, str]:
    import io

    import networkx as nx

    read = nx.read_gexf(io.BytesIO(text.encode()))
    return len(read), read.size(), next(d["label"] for _, d in read.nodes(data=True) if d.get("number") == "365/STTTT")


def _cytoscape(text: str) -> tuple[int, int, str]:
    elements = json.loads(text)["elements"]
    label = next(n["data"]["label"] for n in elements["nodes"] if n["data"]["number"] == "365/STTTT")
    return len(elements["nodes"]), len(elements["edges"]), label


def _jsonld(text: str) -> tuple[int, int, str]:
    described = json.loads(text)["@graph"]
    names = {one["@id"] for one in described}
    links = [link["@id"] for one in described for term in ("eli:cites", "eli:based_on") for link in one.get(term, [])]
    assert len(names) == len(described)
    assert set(links) <= names
    label = next(one["name"] for one in described if one.get("legislationIdentifier") == "365/STTTT")
    return len(described), len(links), label


def _akoma(text: str) -> tuple[int, int, str]:
    from lxml import etree

    root = etree.fromstring(text.encode())
    space = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
    uris = root.xpath("//a:component//a:FRBRWork/a:FRBRuri/@value", namespaces=space)
    refs = root.xpath("//a:activeRef", namespaces=space)
    ids = root.xpath("//a:component/@eId | //a:activeRef/@eId", namespaces=space)
    assert len(ids) == len(set(ids))
    assert {ref.get("href") for ref in refs} <= set(uris)
    shown = next(ref.get("showAs") for ref in refs if "365_STTTT" in ref.get("href"))
    return len(uris), len(refs), shown


def _dot(text: str) -> tuple[int, int, str]:
    import re

    lines = text.splitlines()
    nodes = [line for line in lines if re.match(r"\s+n\d+ \[", line)]
    edges = [line for line in lines if re.match(r"\s+n\d+ -> n\d+", line)]
    label = next(line for line in nodes if "365/STTTT" in line)
    shown = label.split('"')[1].replace("\\n", " ").replace("\N{NO-BREAK SPACE}", " ")
    return len(nodes), len(edges), shown.partition(" Sở")[0]


@pytest.mark.parametrize(
    ("form", "read"),
    [("graphml", _graphml), ("gexf", _gexf), ("cytoscape", _cytoscape), ("jsonld", _jsonld), ("akn", _akoma),
     ("dot", _dot)],
)  # fmt: skip
def test_other_programs_read_the_same_graph(
    graph: CitationGraph, form: str, read: Callable[[str], tuple[int, int, str]]
) -> None:
    whole = graph.whole()
    nodes, edges, label = read(formats.text(whole, form))
    assert (nodes, edges) == (len(whole.nodes), len(whole.edges))
    assert label == "Công văn 365/STTTT ngày 13/04/2021"


def test_neo4j_files(graph: CitationGraph, tmp_path: Path) -> None:
    import csv

    whole = graph.whole()
    written = formats.write(whole, tmp_path / "ra" / "do-thi.csv", "neo4j")
    assert [path.name for path in written] == ["do-thi-nodes.csv", "do-thi-edges.csv"]
    nodes, edges = (list(csv.DictReader(path.open(encoding="utf-8"))) for path in written)
    assert {row[":START_ID"] for row in edges} | {row[":END_ID"] for row in edges} <= {row["id:ID"] for row in nodes}
    assert {row[":TYPE"] for row in edges} == {"IMPLEMENTS", "BASED_ON", "REFERS_TO"}
    script = formats.text(whole, "cypher")
    assert script.count("{id: ") - script.count("{id: row.") == len(whole.nodes)
    assert script.count("{s: ") == len(whole.edges)


@pytest.mark.parametrize("form", formats.WRITERS)
def test_hostile_text_stays_text(archive: Archive, tmp_path: Path, form: str) -> None:
    """Quotes, brackets, control characters and formulas in a title break no format."""
    evil = '\'); DROP "x" <script>&amp; \\n {{7*7}} $x$ \x0b\x00 ]]> =1+1'
    add(archive, tmp_path, "a", number="1/SNV", date="2021-01-08", issuer="Sở Nội vụ", subject=evil, **GL,
        citations=[cites("2/STC", "2021-01-01", issuer=evil, title=evil)])  # fmt: skip
    whole = CitationGraph(archive, OFFICER).whole()
    for path in formats.write(whole, tmp_path / "ra", form):
        text = path.read_text(encoding="utf-8")
        if form in ("graphml", "gexf", "akn"):
            from lxml import etree

            etree.fromstring(text.encode())
        elif form in ("cytoscape", "jsonld"):
            json.loads(text)
        elif form == "cypher":
            assert "\\'); DROP" in text
        elif form == "neo4j":
            import csv
            import io

            widths = {len(row) for row in csv.reader(io.StringIO(text.replace("\x00", "")))}
            assert len(widths) == 1
    target = draw(whole, tmp_path / "ve.svg")
    assert "<script>" not in target.read_text(encoding="utf-8")


def test_pictures(graph: CitationGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.errors import UsageError

    found = graph.lineage(graph.node("514/SGDĐT-VP"))
    with pytest.raises(UsageError):
        draw(found, tmp_path / "x.bmp")
    monkeypatch.setenv("PATH", str(tmp_path))  # no graphviz: matplotlib draws
    pytest.importorskip("matplotlib")
    svg = draw(found, tmp_path / "x.svg")
    assert svg.stat().st_size > 2000
    assert draw(found, tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_in_a_picture_cited_documents_stand_above_those_that_cite_them(graph: CitationGraph) -> None:
    whole = graph.whole()
    place = rows(whole)
    assert all(place[edge.source][1] < place[edge.target][1] for edge in whole.edges)
    assert len(set(place.values())) == len(place)


# --- the command line ---


def run(*arguments: str) -> int:
    from pipeline.cli import main

    return main(["graph", *arguments])


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["lineage", "514/SGDĐT-VP"], "14/CT-UBND"), (["impact", "14/CT-UBND"], "514/SGDĐT-VP"),
        (["path", "514/SGDĐT-VP", "1379/QĐ-UBND"], "365/STTTT"), (["missing"], "2132/BTTTT-VNCERT"),
        (["central", "--by", "cited"], "14/CT-UBND"), (["timeline"], "2011-07-18"),
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

"""The graph of the five seeds: what it has to show, and how it follows the archive."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from graph_making import add, add_seeds, cites, numbers, seeds, snapshot
from store_making import CLERK, OFFICER

from pipeline.graph import walks
from pipeline.graph.errors import DocumentNotUnique
from pipeline.graph.graph import CitationGraph
from pipeline.store import schema
from pipeline.store.archive import Archive


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

"""The graph of the five seeds together with ten scans of one province: what an analyst has to see in it.

``scans.json`` has numbers, days, bodies and citations of the ten (eleven documents) as people read them, and no text.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from graph_making import add, cites, numbers
from store_making import CLERK, OFFICER, TextReader

from pipeline.graph import walks
from pipeline.graph.drawing import _IN_A_ROW, dot, draw, widest_fan
from pipeline.graph.errors import DocumentNotUnique
from pipeline.graph.graph import CitationGraph
from pipeline.graph.model import Edge, Node, Subgraph
from pipeline.store.archive import Archive

SCANS = json.loads((Path(__file__).parent / "scans.json").read_text(encoding="utf-8"))


@pytest.fixture
def graph(seeded: Archive, tmp_path: Path) -> CitationGraph:
    reader = TextReader()
    for stem, records in SCANS.items():
        text = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        seeded.add(CLERK, reader.plan(tmp_path / "quet", f"{stem}.txt", text, *records), reader)
    return CitationGraph(seeded, OFFICER)


def test_every_document_is_a_node_once(graph: CitationGraph) -> None:
    held = [node for node in graph.whole().nodes.values() if node.held]
    assert len(held) == 6 + 11
    assert all(node.held == 1 for node in held)
    assert graph.counts()["held"] == graph.archive.count(CLERK)


@pytest.mark.parametrize(
    ("number", "held", "province", "cited_by"),
    [
        pytest.param("365/STTTT", 1, "Quảng Ngãi", {"514/SGDĐT-VP"}, id="held and cited: one node"),
        pytest.param("901/BTP-TCTHADS", 1, None, {"651/SLĐTBXH-VP"}, id="attached in the same scan: one node"),
        pytest.param("14/CT-UBND", 0, "Quảng Ngãi", {"514/SGDĐT-VP", "365/STTTT"}, id="a ghost that two cite"),
        pytest.param("430/BTTTT-CATTT", 0, None, {"359/STTTT-BCVT", "86/STTTT-BCVT"}, id="two spellings, one document"),
        pytest.param("2070/QĐ-UBND", 0, "Đắk Nông", {"3125/KH-STC"}, id="Đăk Nông is Đắk Nông"),
        pytest.param("11/TB-HĐND", 0, "Đắk Nông", {"217/TB-UBND"}, id="HĐND huyện is that of the citing district"),
    ],
)
def test_one_node_for_one_document(
    graph: CitationGraph, number: str, held: int, province: str | None, cited_by: set[str]
) -> None:
    node = graph.node(number)
    assert (node.held, node.province) == (held, province)
    around = graph.neighbourhood([node])
    assert {around.nodes[edge.source].number for edge in around.edges if edge.target == node.id} == cited_by


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        pytest.param("639/UBND-NN", "Đắk R'Lấp", id="UBND huyện in a document of Đắk R'lấp"),
        pytest.param("44/KH-UBND", "Krông Nô", id="UBND huyện in a document of Krông Nô"),
        pytest.param("946/QĐ-UBND", None, id="UBND tỉnh in a document of a district"),
    ],
)
def test_the_body_of_the_context(graph: CitationGraph, number: str, unit: str | None) -> None:
    assert graph.node(number).unit == unit


def test_bare_serials_are_joined_with_nothing_and_asked_about(graph: CitationGraph) -> None:
    asked = {doubt.node.number: doubt for doubt in graph.doubts()}
    assert {"363", "437", "3672/SKHCN-BCVT&CĐS"} <= set(asked)
    assert "không có ký hiệu" in asked["363"].why
    assert "địa phương" in asked["3672/SKHCN-BCVT&CĐS"].why
    assert asked["437"].candidates == []


def test_lineage_crosses_the_levels_of_government(graph: CitationGraph) -> None:
    found = graph.lineage(graph.node("651/SLĐTBXH-VP"))
    assert {"1360/UBND-NC", "901/BTP-TCTHADS", "01/NQ-CP", "71/2016/NĐ-CP"} <= numbers(found)
    assert {node.number for node in walks.roots(found)} >= {"01/NQ-CP", "71/2016/NĐ-CP", "1360/UBND-NC"}
    assert found.depth[graph.node("01/NQ-CP").id] == -2


def test_a_directive_of_another_province_with_the_same_number_stays_apart(
    seeded: Archive, graph: CitationGraph, tmp_path: Path
) -> None:
    """Gia Lai's 14/CT-UBND of the same day and year, both as a held document and as cited without a province."""
    record = add(
        seeded, tmp_path, "14gl", number="14/CT-UBND", doc_type="chỉ thị", date="2020-12-23", place="Gia Lai",
        issuer="Ủy ban nhân dân tỉnh Gia Lai", subject="phòng cháy",
    )  # fmt: skip
    add(
        seeded, tmp_path, "90gl", number="90/STTTT-BCVT", date="2021-01-08", issuer="Sở Thông tin và Truyền thông",
        issuer_parent="UBND tỉnh Gia Lai", place="Gia Lai", citations=[cites("14/CT-UBND", "2020-12-23")],
    )  # fmt: skip
    theirs, ours = sorted(graph.find("14/CT-UBND"), key=lambda node: node.held, reverse=True)
    assert (theirs.province, theirs.held, ours.province, ours.held) == ("Gia Lai", 1, "Quảng Ngãi", 0)
    assert graph.records(theirs) == [record]
    assert numbers(graph.impact(theirs)) == {"14/CT-UBND", "90/STTTT-BCVT"}
    assert numbers(graph.impact(ours)) == {"14/CT-UBND", "365/STTTT", "514/SGDĐT-VP"}
    with pytest.raises(DocumentNotUnique, match="Quảng Ngãi"):
        graph.node("14/CT-UBND")


# --- the picture ---


def _size(svg: Path) -> tuple[int, int]:
    found = re.search(r'<svg width="(\d+)pt" height="(\d+)pt"', svg.read_text(encoding="utf-8"))
    assert found
    return int(found[1]), int(found[2])


@pytest.mark.skipif(not shutil.which("dot"), reason="graphviz is not installed")
@pytest.mark.parametrize("layout", ["hierarchy", "time"])
def test_the_picture_has_every_document_at_a_size_that_can_be_read(
    graph: CitationGraph, tmp_path: Path, layout: str
) -> None:
    whole = graph.whole()
    target = draw(whole, tmp_path / "all.svg", layout=layout, title="Tất cả")  # type: ignore[arg-type]
    text = target.read_text(encoding="utf-8").replace("&#160;", " ").replace("&#45;", "-").replace("&amp;", "&")
    for node in whole.nodes.values():
        assert node.number is None or node.number in text
    width, height = _size(target)
    # At ten points a picture up to here is read on two screens; rows of all that belong together are 8,500 wide.
    assert width < 3600
    assert height < 3600


def _fan(many: int, reverse: bool = False) -> Subgraph:
    blank = {"issuer": None, "level": None, "province": None, "unit": None, "title": None, "variants": [],
             "reasons": [], "doubt": None, "doc_type": None}  # fmt: skip
    nodes = {
        i: Node(id=i, label=f"{i}/QĐ", number=f"{i}/QĐ", date=f"2020-01-{i + 1:02}", year=2020, held=1, **blank)
        for i in range(many + 1)
    }
    ends = [(i, 0) if reverse else (0, i) for i in range(1, many + 1)]
    return Subgraph(nodes, [Edge(a, b, "implements") for a, b in ends])


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("many", "direction"), [(_IN_A_ROW, "rankdir=BT"), (_IN_A_ROW + 1, "rankdir=LR")])
def test_what_would_be_too_wide_lies_on_its_side(many: int, direction: str, reverse: bool) -> None:
    part = _fan(many, reverse)
    assert widest_fan(part) == many
    assert direction in dot(part)


def test_rows_of_time_hold_few_documents_in_the_order_of_their_days() -> None:
    text = dot(_fan(14), layout="time")
    rows = [re.findall(r"\bn(\d+)\b", line) for line in text.splitlines() if "rank=same" in line]
    assert [len(row) for row in rows] == [_IN_A_ROW, _IN_A_ROW, 3]
    assert [int(name) for row in rows for name in row] == list(range(15))
    assert text.count('label="2020"') == 1  # the year stands before its first row only

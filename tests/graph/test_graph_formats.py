"""Exports and pictures: do other programs read the same graph?"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from graph_making import GL, add, cites
from store_making import OFFICER

from pipeline.graph import formats
from pipeline.graph.drawing import draw, rows
from pipeline.graph.graph import CitationGraph
from pipeline.store.archive import Archive

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


def test_jsonld_says_the_same_as_triples(graph: CitationGraph) -> None:
    """Read by an RDF library: the terms expand to the vocabularies' own names, and every link leads to a document."""
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    whole = graph.whole()
    read = rdflib.Graph().parse(data=formats.text(whole, "jsonld"), format="json-ld")
    eli, schema = rdflib.Namespace("http://data.europa.eu/eli/ontology#"), rdflib.Namespace("https://schema.org/")
    documents = set(read.subjects(rdflib.RDF.type, schema.Legislation))
    assert len(documents) == len(whole.nodes)
    assert documents == set(read.subjects(rdflib.RDF.type, eli.LegalResource))
    links = {(s, o) for term in (eli.cites, eli.based_on) for s, o in read.subject_objects(term)}
    assert {target for _, target in links} <= documents
    assert len(links) == len({(edge.source, edge.target) for edge in whole.edges})
    (of_365,) = read.subjects(schema.legislationIdentifier, rdflib.Literal("365/STTTT"))
    (day,) = read.objects(of_365, eli.date_document)
    assert (str(day), day.datatype) == ("2021-04-13", rdflib.XSD.date)
    (directive,) = read.subjects(eli.number, rdflib.Literal("41-CT/TW"))
    (plan,) = read.subjects(eli.cites, directive)
    assert (plan, eli.number, rdflib.Literal("205-KH/TU")) in read


@pytest.mark.skipif(not shutil.which("dot"), reason="graphviz is not installed")
def test_graphviz_reads_our_dot(graph: CitationGraph) -> None:
    whole = graph.whole()
    made = subprocess.run(
        ["dot", "-Tjson0"], input=formats.text(whole, "dot").encode(), capture_output=True, check=True, timeout=60
    )
    read = json.loads(made.stdout)
    assert len(read["objects"]) == len(whole.nodes)
    assert len(read["edges"]) == len(whole.edges)
    assert any("365/STTTT" in one["label"] for one in read["objects"])

"""The graph, or a part of it, in the formats of other programs.

    write(part, Path("do-thi.graphml"), "graphml")

Formats: graphml, gexf (Gephi), cytoscape (JSON), neo4j (CSV for neo4j-admin import), cypher, jsonld
(schema.org/Legislation and ELI), akn (Akoma Ntoso references), dot.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.errors import OutputUnwritable, UsageError
from pipeline.graph.formats import akoma, cytoscape, gexf, graphml, jsonld, neo4j
from pipeline.graph.model import Subgraph


def _dot(part: Subgraph) -> dict[str, str]:
    from pipeline.graph.drawing import dot

    return {"": dot(part)}


# format -> (ending, writer giving one text for each file by the suffix of its stem)
WRITERS: dict[str, tuple[str, Callable[[Subgraph], dict[str, str]]]] = {
    "graphml": (".graphml", graphml.texts),
    "gexf": (".gexf", gexf.texts),
    "cytoscape": (".cyjs", cytoscape.texts),
    "neo4j": (".csv", neo4j.csv_texts),
    "cypher": (".cypher", neo4j.cypher_texts),
    "jsonld": (".jsonld", jsonld.texts),
    "akn": (".xml", akoma.texts),
    "dot": (".dot", _dot),
}


def text(part: Subgraph, form: str) -> str:
    """The part of the graph as text; raises ``UsageError`` for an unknown format and for one of several files."""
    made = _writer(form)[1](part)
    if list(made) != [""]:
        raise UsageError(reason=f"dạng «{form}» gồm nhiều tệp, cần ghi ra tệp bằng --out")
    return made[""]


def write(part: Subgraph, target: Path, form: str) -> list[Path]:
    """Write the file or files of a format; returns their paths.  Raises ``UsageError``, ``OutputUnwritable``."""
    written = []
    for suffix, body in _writer(form)[1](part).items():
        path = target.with_name(f"{target.stem}{suffix}{target.suffix}") if suffix else target
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        except OSError as error:
            raise OutputUnwritable(path, reason=error.strerror or str(error)) from error
        written.append(path)
    return written


def _writer(form: str) -> tuple[str, Callable[[Subgraph], dict[str, str]]]:
    if form not in WRITERS:
        raise UsageError(reason=f"không có dạng «{form}»; các dạng: {', '.join(WRITERS)}")
    return WRITERS[form]

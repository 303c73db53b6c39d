"""Neo4j: CSV for ``neo4j-admin database import``, and a Cypher script that can be run again and again."""

from __future__ import annotations

import csv
import io
from typing import Any

from pipeline.graph.formats.plain import EDGE_FIELDS, NODE_FIELDS, edge_values, node_values
from pipeline.graph.model import Subgraph

_TYPES = {str: "", int: ":long", bool: ":boolean"}
_AT_ONCE = 500


def csv_texts(part: Subgraph) -> dict[str, str]:
    """Two files: nodes with the label VanBan (and DangGiu when held), relationships with the verb as type."""
    nodes, edges = io.StringIO(), io.StringIO()
    out = csv.writer(nodes, lineterminator="\n")
    out.writerow(["id:ID", *(f"{name}{_TYPES[kind]}" for name, kind in NODE_FIELDS.items()), ":LABEL"])
    for node in part.nodes.values():
        values = node_values(node)
        label = "VanBan;DangGiu" if node.held else "VanBan"
        out.writerow([node.id, *(_cell(values.get(name)) for name in NODE_FIELDS), label])
    out = csv.writer(edges, lineterminator="\n")
    out.writerow([":START_ID", ":END_ID", *(f"{name}{_TYPES[kind]}" for name, kind in EDGE_FIELDS.items()), ":TYPE"])
    for edge in part.edges:
        values = edge_values(edge)
        row = [_cell(values.get(name)) for name in EDGE_FIELDS]
        out.writerow([edge.source, edge.target, *row, edge.relation.upper()])
    return {"-nodes": nodes.getvalue(), "-edges": edges.getvalue()}


def _cell(value: Any) -> Any:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


def cypher_texts(part: Subgraph) -> dict[str, str]:
    """MERGE statements by node id; values are literals, never spliced into the structure of a statement."""
    lines = ["CREATE CONSTRAINT van_ban_id IF NOT EXISTS FOR (d:VanBan) REQUIRE d.id IS UNIQUE;"]
    nodes = list(part.nodes.values())
    for at in range(0, len(nodes), _AT_ONCE):
        rows = ",\n  ".join(_map({"id": node.id, **node_values(node)}) for node in nodes[at : at + _AT_ONCE])
        lines.append(f"UNWIND [\n  {rows}\n] AS row\nMERGE (d:VanBan {{id: row.id}}) SET d += row;")
    by_relation: dict[str, list[str]] = {}
    for edge in part.edges:
        row = _map({"s": edge.source, "t": edge.target, "values": edge_values(edge)})
        by_relation.setdefault(edge.relation, []).append(row)
    for relation, some in sorted(by_relation.items()):
        for at in range(0, len(some), _AT_ONCE):
            rows = ",\n  ".join(some[at : at + _AT_ONCE])
            lines.append(
                f"UNWIND [\n  {rows}\n] AS row\nMATCH (a:VanBan {{id: row.s}}), (b:VanBan {{id: row.t}})\n"
                f"MERGE (a)-[r:{relation.upper()}]->(b) SET r += row.values;"
            )
    return {"": "\n".join(lines) + "\n"}


def _map(values: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {_literal(value)}" for name, value in values.items()) + "}"


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        return _map(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{escaped}'"

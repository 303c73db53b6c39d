"""Cytoscape JSON: the ``elements`` of Cytoscape.js and of Cytoscape's .cyjs files, with every proof."""

from __future__ import annotations

import json

from pipeline.graph.formats.plain import edge_ids
from pipeline.graph.model import Subgraph


def texts(part: Subgraph) -> dict[str, str]:
    nodes = []
    for node in part.nodes.values():
        data = {**node.as_dict(), "id": f"n{node.id}", "node": node.id, "depth": part.depth.get(node.id)}
        nodes.append({"data": data, "classes": "held" if node.held else "ghost"})
    edges = []
    for name, edge in edge_ids(part):
        ends = {"id": name, "source": f"n{edge.source}", "target": f"n{edge.target}", "weight": len(edge.proofs)}
        edges.append({"data": {**edge.as_dict(), **ends}, "classes": edge.relation})
    body = {"format_version": "1.0", "data": {"name": "congvan"}, "elements": {"nodes": nodes, "edges": edges}}
    return {"": json.dumps(body, ensure_ascii=False, indent=1) + "\n"}

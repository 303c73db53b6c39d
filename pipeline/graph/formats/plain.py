"""Nodes and edges as flat values that every exchange format can hold."""

from __future__ import annotations

import re
from typing import Any

from pipeline.graph.model import Edge, Node, Subgraph

# XML 1.0 has no place for these, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

NODE_FIELDS = {
    "label": str, "number": str, "doc_type": str, "date": str, "year": int, "issuer": str, "level": str,
    "province": str, "unit": str, "title": str, "held": int, "variants": str, "reasons": str, "doubt": str,
}  # fmt: skip
EDGE_FIELDS = {
    "relation": str, "verb": str, "weight": int, "record": str, "page": int, "printed": str, "sentence": str,
    "via": str, "attached": bool,
}  # fmt: skip


def node_values(node: Node) -> dict[str, Any]:
    """The fields of ``NODE_FIELDS`` that have a value; lists are joined by "; "."""
    values = {name: getattr(node, name) for name in NODE_FIELDS}
    values["variants"], values["reasons"] = "; ".join(node.variants), "; ".join(node.reasons)
    return {name: clean(value) for name, value in values.items() if value not in (None, "")}


def edge_values(edge: Edge) -> dict[str, Any]:
    """The fields of ``EDGE_FIELDS`` that have a value; of several proofs the first is told, ``weight`` counts them."""
    values: dict[str, Any] = {"relation": edge.relation, "verb": edge.verb, "weight": len(edge.proofs)}
    if edge.proofs:
        first = edge.proofs[0]
        values |= {
            "record": first.record_id, "page": first.page, "printed": first.printed, "sentence": first.sentence,
            "via": first.via, "attached": any(proof.attached for proof in edge.proofs),
        }  # fmt: skip
    return {name: clean(value) for name, value in values.items() if value not in (None, "")}


def clean(value: Any) -> Any:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


def edge_ids(part: Subgraph) -> list[tuple[str, Edge]]:
    """Each edge with an id of its own in this export."""
    return [(f"e{at}", edge) for at, edge in enumerate(part.edges)]

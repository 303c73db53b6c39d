"""GraphML (graphml.graphdrawing.org, 2007): networkx, yEd, Gephi and igraph read it."""

from __future__ import annotations

from lxml import etree

from pipeline.graph.formats.plain import EDGE_FIELDS, NODE_FIELDS, edge_ids, edge_values, node_values
from pipeline.graph.model import Subgraph

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", int: "long", bool: "boolean"}


def texts(part: Subgraph) -> dict[str, str]:
    root = etree.Element(f"{{{_NAMESPACE}}}graphml", nsmap={None: _NAMESPACE})
    keys: dict[tuple[str, str], str] = {}
    for target, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name, kind in fields.items():
            key = keys[target, name] = f"{target[0]}_{name}"
            values = {"id": key, "for": target, "attr.name": name, "attr.type": _TYPES[kind]}
            etree.SubElement(root, f"{{{_NAMESPACE}}}key", values)
    graph = etree.SubElement(root, f"{{{_NAMESPACE}}}graph", {"id": "congvan", "edgedefault": "directed"})
    for node in part.nodes.values():
        element = etree.SubElement(graph, f"{{{_NAMESPACE}}}node", {"id": f"n{node.id}"})
        _data(element, "node", node_values(node), keys)
    for name, edge in edge_ids(part):
        ends = {"id": name, "source": f"n{edge.source}", "target": f"n{edge.target}"}
        _data(etree.SubElement(graph, f"{{{_NAMESPACE}}}edge", ends), "edge", edge_values(edge), keys)
    return {"": etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8").decode()}


def _data(element: etree._Element, target: str, values: dict[str, object], keys: dict[tuple[str, str], str]) -> None:
    for name, value in values.items():
        data = etree.SubElement(element, f"{{{_NAMESPACE}}}data", {"key": keys[target, name]})
        data.text = str(value).lower() if isinstance(value, bool) else str(value)

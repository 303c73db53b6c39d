"""GEXF 1.2 (gexf.net), Gephi's own format, with years as a dynamic attribute's plain value and colours by holding."""

from __future__ import annotations

from lxml import etree

from pipeline.graph.formats.plain import EDGE_FIELDS, NODE_FIELDS, edge_ids, edge_values, node_values
from pipeline.graph.model import Subgraph

_NAMESPACE = "http://www.gexf.net/1.2draft"
_VIZ = "http://www.gexf.net/1.2draft/viz"
_TYPES = {str: "string", int: "long", bool: "boolean"}


def texts(part: Subgraph) -> dict[str, str]:
    root = etree.Element(f"{{{_NAMESPACE}}}gexf", nsmap={None: _NAMESPACE, "viz": _VIZ}, version="1.2")
    graph = etree.SubElement(root, f"{{{_NAMESPACE}}}graph", {"defaultedgetype": "directed", "mode": "static"})
    for target, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        attributes = etree.SubElement(graph, f"{{{_NAMESPACE}}}attributes", {"class": target})
        for name, kind in fields.items():
            etree.SubElement(
                attributes, f"{{{_NAMESPACE}}}attribute", {"id": name, "title": name, "type": _TYPES[kind]}
            )
    nodes = etree.SubElement(graph, f"{{{_NAMESPACE}}}nodes")
    for node in part.nodes.values():
        element = etree.SubElement(
            nodes, f"{{{_NAMESPACE}}}node", {"id": f"n{node.id}", "label": str(node_values(node)["label"])}
        )
        _values(element, node_values(node))
        colour = ("27", "94", "155") if node.held else ("190", "190", "190")
        etree.SubElement(element, f"{{{_VIZ}}}color", dict(zip("rgb", colour, strict=True)))
    edges = etree.SubElement(graph, f"{{{_NAMESPACE}}}edges")
    for name, edge in edge_ids(part):
        values = {"id": name, "source": f"n{edge.source}", "target": f"n{edge.target}", "label": edge.verb,
                  "weight": str(len(edge.proofs))}  # fmt: skip
        _values(etree.SubElement(edges, f"{{{_NAMESPACE}}}edge", values), edge_values(edge))
    return {"": etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8").decode()}


def _values(element: etree._Element, values: dict[str, object]) -> None:
    held = etree.SubElement(element, f"{{{_NAMESPACE}}}attvalues")
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        etree.SubElement(held, f"{{{_NAMESPACE}}}attvalue", {"for": name, "value": text})

"""JSON-LD with schema.org/Legislation (the part of it that comes from ELI) and the ELI ontology.

A relation that schema.org or ELI names is told in their terms, in the active voice; the others are told as
``eli:cites`` together with the verb in our own vocabulary, so that nothing is claimed that the term does not mean.
"""

from __future__ import annotations

import json
from typing import Any

from pipeline.graph.model import Node, Subgraph

CONTEXT = {
    "@vocab": "https://schema.org/",
    "schema": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "congvan": "urn:congvan:quan-he:",
    "legislationDate": {"@type": "schema:Date"},
}
# Ours -> properties of schema.org and ELI.  ELI 1.4: based_on, implements, cites, changes/amends, repeals, corrects.
TERMS: dict[str, tuple[str, ...]] = {
    "implements": ("congvan:implements", "eli:cites"),
    "based_on": ("eli:based_on",),
    "guides": ("legislationApplies", "eli:applies"),
    "amends": ("legislationChanges", "eli:amends"),
    "replaces": ("legislationRepeals", "eli:repeals"),
    "repeals": ("legislationRepeals", "eli:repeals"),
    "corrects": ("legislationCorrects", "eli:corrects"),
    "recalls": ("congvan:recalls", "eli:cites"),
    "promulgates": ("congvan:promulgates", "eli:cites"),
    "replies_to": ("congvan:replies_to", "eli:cites"),
    "follows": ("congvan:follows", "eli:cites"),
    "proposed_by": ("congvan:proposed_by", "eli:cites"),
    "refers_to": ("eli:cites",),
}


def iri(node: Node) -> str:
    """A stable name: the number with its scope and year, or the node's id when it has no number."""
    if not node.number:
        return f"urn:congvan:nut:{node.id}"
    parts = [node.province or ("trung-uong" if node.level == "central" else "khong-ro"), node.unit or "",
             node.date or str(node.year or ""), node.number]  # fmt: skip
    return "urn:congvan:van-ban:" + ":".join(_segment(part) for part in parts)


def _segment(text: str) -> str:
    from urllib.parse import quote

    return quote(text.replace(" ", "-"), safe="/-()")


def texts(part: Subgraph) -> dict[str, str]:
    names = _names(part)
    described = {node.id: _described(node, names[node.id]) for node in part.nodes.values()}
    for edge in part.edges:
        for term in TERMS[edge.relation]:
            some = described[edge.source].setdefault(term, [])
            if {"@id": names[edge.target]} not in some:
                some.append({"@id": names[edge.target]})
    body = {"@context": CONTEXT, "@graph": list(described.values())}
    return {"": json.dumps(body, ensure_ascii=False, indent=1) + "\n"}


def _names(part: Subgraph) -> dict[int, str]:
    """IRIs by node id; two nodes that would share one (a doubt) keep apart by their ids."""
    names = {node.id: iri(node) for node in part.nodes.values()}
    seen: dict[str, int] = {}
    for name in names.values():
        seen[name] = seen.get(name, 0) + 1
    return {node_id: name if seen[name] == 1 else f"{name}#{node_id}" for node_id, name in names.items()}


def _described(node: Node, name: str) -> dict[str, Any]:
    values: dict[str, Any] = {"@id": name, "@type": ["Legislation", "eli:LegalResource"], "name": node.label}
    if node.number:
        values |= {"legislationIdentifier": node.number, "eli:number": node.number}
    if node.doc_type:
        values["legislationType"] = node.doc_type
    if node.date:
        values |= {
            "legislationDate": node.date,
            "eli:date_document": {"@value": node.date, "@type": "http://www.w3.org/2001/XMLSchema#date"},
        }
    if node.issuer:
        values["legislationPassedBy"] = {"@type": "GovernmentOrganization", "name": node.where or node.issuer}
    if node.title:
        values["eli:title"] = {"@value": node.title, "@language": "vi"}
    if node.province or node.level == "central":
        values["legislationJurisdiction"] = {"@type": "AdministrativeArea", "name": node.province or "Việt Nam"}
    other = [variant for variant in node.variants if variant != node.number]
    if other:
        values["alternateName"] = other
    return values

"""Akoma Ntoso 3.0 (OASIS LegalDocumentML): for each document its identification and its references.

The export is one ``documentCollection`` whose components are the documents, each with its ``references`` and
``analysis`` (``activeModifications`` where the relation changes a text).  A day that nobody tells is 0001-01-01 under
the name "không-rõ", for the standard demands one.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from lxml import etree

from pipeline.graph.formats.plain import clean
from pipeline.graph.model import Edge, Node, Subgraph
from pipeline.lexicon.fold import squash, strip_marks

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_AGENT = "#congvan"
# textualMod types of the standard for relations that change a text.
_MODS = {"amends": "substitution", "replaces": "replacement", "repeals": "repeal", "corrects": "substitution"}


def uri(node: Node) -> str:
    """The work's IRI by the naming convention: /akn/vn/<type>/<day or year>/<author>/<number>."""
    kind = strip_marks(squash(node.doc_type or "van ban")).replace(" ", "-")
    day = node.date or str(node.year or "khong-ro-ngay")
    author = strip_marks(
        squash(node.unit or node.province or ("trung-uong" if node.level == "central" else "khong-ro"))
    )
    number = node.number or f"nut-{node.id}"
    parts = [kind, day, author.replace(" ", "-"), number.replace("/", "_")]
    return "/akn/vn/" + "/".join(quote(part, safe="-_") for part in parts)


def texts(part: Subgraph) -> dict[str, str]:
    root = _element(None, "akomaNtoso", nsmap={None: NAMESPACE})
    whole = _element(root, "documentCollection", name="do-thi")
    meta = _element(whole, "meta")
    _identification(meta, "/akn/vn/do-thi/congvan", None)
    _agent(_element(meta, "references", source=_AGENT))
    body = _element(whole, "collectionBody")
    outgoing: dict[int, list[Edge]] = {}
    for edge in part.edges:
        outgoing.setdefault(edge.source, []).append(edge)
    for node in part.nodes.values():
        component = _element(body, "component", eId=f"n{node.id}")
        document = _element(component, "doc", name=squash(node.doc_type or "văn bản"))
        _document(document, node, outgoing.get(node.id, []), part)
    return {"": etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8").decode()}


def _document(document: etree._Element, node: Node, edges: list[Edge], part: Subgraph) -> None:
    meta = _element(document, "meta")
    _identification(meta, uri(node), node)
    mods = [edge for edge in edges if edge.relation in _MODS]
    others = [edge for edge in edges if edge.relation not in _MODS]
    if edges:
        analysis = _element(meta, "analysis", source=_AGENT)
        if mods:
            active = _element(analysis, "activeModifications")
            for at, edge in enumerate(mods):
                mod = _element(active, "textualMod", type=_MODS[edge.relation], eId=f"n{node.id}__am_{at + 1}")
                _element(mod, "source", href=uri(node))
                _element(mod, "destination", href=uri(part.nodes[edge.target]))
        if others:
            listed = _element(analysis, "otherReferences", source=_AGENT)
            for edge in others:
                href = uri(part.nodes[edge.target])
                _element(listed, "alternativeReference", **{"for": f"#n{node.id}", "href": href})
    references = _element(meta, "references", source=_AGENT)
    _agent(references)
    if node.issuer:
        name = _slug(node.issuer)
        _element(
            references, "TLCOrganization", eId=name, href=f"/akn/ontology/organization/vn/{name}", showAs=node.issuer
        )
    for at, edge in enumerate(edges):
        target = part.nodes[edge.target]
        _element(
            references, "activeRef", eId=f"n{node.id}__ref_{at + 1}", href=uri(target), showAs=target.label,
            shortForm=edge.verb,
        )  # fmt: skip
    main = _element(document, "mainBody")
    paragraph = _element(main, "p")
    paragraph.text = clean(node.title or node.label)


def _identification(meta: etree._Element, this: str, node: Node | None) -> None:
    identification = _element(meta, "identification", source=_AGENT)
    day, name = (node.date, "ban-hành") if node and node.date else ("0001-01-01", "không-rõ")
    for level, suffix in (("FRBRWork", ""), ("FRBRExpression", "/vie@"), ("FRBRManifestation", "/vie@.xml")):
        part = _element(identification, level)
        _element(part, "FRBRthis", value=this + suffix + "/!main" if suffix != "/vie@.xml" else this + suffix)
        _element(part, "FRBRuri", value=this + suffix)
        _element(part, "FRBRdate", date=day, name=name)
        _element(part, "FRBRauthor", href="#" + _slug(node.issuer) if node and node.issuer else _AGENT)
        if level == "FRBRWork":
            _element(part, "FRBRcountry", value="vn")
            if node and node.number:
                _element(part, "FRBRnumber", value=node.number)
        if level == "FRBRExpression":
            _element(part, "FRBRlanguage", language="vie")


def _slug(text: str) -> str:
    return "co-quan-" + re.sub(r"[^a-z0-9]+", "-", strip_marks(squash(text))).strip("-")


def _agent(references: etree._Element) -> None:
    _element(
        references, "TLCOrganization", eId="congvan", href="/akn/ontology/organization/vn/congvan", showAs="congvan"
    )


def _element(parent: etree._Element | None, tag: str, /, nsmap: Any = None, **values: str) -> etree._Element:
    tag = f"{{{NAMESPACE}}}{tag}"
    made = {key: clean(value) for key, value in values.items()}
    return etree.Element(tag, made, nsmap=nsmap) if parent is None else etree.SubElement(parent, tag, made)

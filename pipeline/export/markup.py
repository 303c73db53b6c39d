"""One record as Akoma Ntoso (OASIS LegalDocML 1.0) and as JSON-LD (schema.org/Legislation with ELI)."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from lxml import etree

from pipeline.export.cells import printable
from pipeline.graph.formats.jsonld import CONTEXT, TERMS
from pipeline.graph.model import RELATIONS
from pipeline.lexicon.fold import squash, strip_marks
from pipeline.record.models import Citation, Record

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_AGENT = "#congvan"
_NO_DAY = "0001-01-01"  # the standard demands a day where nobody tells one
_MODS = {"amends": "substitution", "replaces": "replacement", "repeals": "repeal", "corrects": "substitution"}


def slug(text: str) -> str:
    """Letters, figures and hyphens: "Sở Nội vụ" → "so-noi-vu"."""
    return re.sub(r"[^a-z0-9]+", "-", strip_marks(squash(text)).replace("đ", "d")).strip("-") or "khong-ro"


def work_uri(doc_type: str | None, date: str | None, author: str | None, number: str) -> str:
    """The naming convention's IRI: /akn/vn/doc/<type>/<author>/<day>/<number>."""
    parts = ("doc", slug(doc_type or "van ban"), slug(author or "khong ro"), date or "khong-ro-ngay")
    return "/akn/vn/" + "/".join((*parts, quote(number.replace("/", "_"), safe="-_")))


def akoma_ntoso(record: Record) -> bytes:
    """The record as a ``doc``: identification, references, what it changes, its header, tasks and signature."""
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN})  # type: ignore[dict-item]
    doc = _add(root, "doc", name=slug(record.doc_type or "van ban"))
    uri = work_uri(record.doc_type, record.date, record.issuer, record.number or record.id)
    _meta(_add(doc, "meta"), record, uri)
    preface = _add(doc, "preface")
    for name, value in (
        ("docAuthority", record.issuer), ("docNumber", record.number), ("docDate", record.date),
        ("docType", record.doc_type), ("docTitle", record.subject),
    ):  # fmt: skip
        if value:
            inner = _add(_add(preface, "p"), name, **({"date": value} if name == "docDate" else {}))
            inner.text = printable(value)
    body = _add(doc, "mainBody")
    for at, task in enumerate(record.tasks, 1):
        holder = _add(body, "hcontainer", name="nhiem-vu", eId=f"nv_{at}")
        if task.section:
            _add(holder, "num").text = printable(task.section)
        _add(_add(holder, "content"), "p").text = printable(task.text)
    if not record.tasks:
        _add(body, "p").text = printable(record.subject or "")
    if record.signer and record.signer.name:
        ending = _add(_add(doc, "conclusions"), "p")
        if record.signer.position:
            _add(ending, "role", refersTo="#chuc-vu").text = printable(record.signer.position)
        _add(ending, "signature", refersTo="#nguoi-ky").text = printable(record.signer.name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _meta(meta: Any, record: Record, uri: str) -> None:
    identification = _add(meta, "identification", source=_AGENT)
    day, event = (record.date, "ban-hanh") if record.date else (_NO_DAY, "khong-ro")
    author = "#co-quan" if record.issuer else _AGENT
    for level, suffix in (("FRBRWork", ""), ("FRBRExpression", "/vie@"), ("FRBRManifestation", "/vie@.xml")):
        part = _add(identification, level)
        _add(part, "FRBRthis", value=f"{uri}{suffix}/!main" if suffix != "/vie@.xml" else uri + suffix)
        _add(part, "FRBRuri", value=uri + suffix)
        _add(part, "FRBRdate", date=day, name=event)
        _add(part, "FRBRauthor", href=author)
        if level == "FRBRWork":
            _add(part, "FRBRcountry", value="vn")
            if record.number:
                _add(part, "FRBRnumber", value=record.number)
        elif level == "FRBRExpression":
            _add(part, "FRBRlanguage", language="vie")
    cited = [(one, _cited_uri(one)) for one in record.citations if one.number or one.title]
    mods = [pair for pair in cited if pair[0].relation in _MODS]
    others = [pair for pair in cited if pair[0].relation not in _MODS]
    if cited:
        analysis = _add(meta, "analysis", source=_AGENT)
        active = _add(analysis, "activeModifications") if mods else None
        for at, (one, href) in enumerate(mods, 1):
            mod = _add(active, "textualMod", type=_MODS[one.relation], eId=f"am_{at}")
            _add(mod, "source", href=uri)
            _add(mod, "destination", href=href)
        listed = _add(analysis, "otherReferences", source=_AGENT) if others else None
        for _one, href in others:
            _add(listed, "alternativeReference", **{"for": "#doc", "href": href})
    references = _add(meta, "references", source=_AGENT)
    for at, (one, href) in enumerate(cited, 1):
        shown = " ".join(p for p in (one.doc_type, one.number or one.title) if p)
        _add(references, "activeRef" if one.relation in _MODS else "TLCReference", eId=f"ref_{at}", href=href,
             showAs=shown, shortForm=RELATIONS[one.relation],
             **({} if one.relation in _MODS else {"name": one.relation}))  # fmt: skip
    _add(references, "TLCOrganization", eId="congvan", href="/akn/ontology/organization/vn/congvan", showAs="congvan")
    signer = record.signer
    named: tuple[tuple[str, str, str | None], ...] = (
        ("co-quan", "organization", record.issuer), ("nguoi-ky", "person", signer.name if signer else None),
        ("chuc-vu", "role", signer.position if signer else None),
    )  # fmt: skip
    for eid, kind, name in named:
        if name:
            _add(references, f"TLC{kind.capitalize()}", eId=eid, href=f"/akn/ontology/{kind}/vn/{slug(name)}",
                 showAs=name)  # fmt: skip


def _cited_uri(one: Citation) -> str:
    return work_uri(one.doc_type, one.date, one.issuer, one.number or slug(one.title or ""))


def _add(parent: Any, name: str, /, **values: str) -> Any:
    return etree.SubElement(parent, f"{{{AKN}}}{name}", {key: printable(value) for key, value in values.items()})


def json_ld(record: Record) -> bytes:
    """The record as one JSON-LD object; what it cites stands in it by IRI and name."""
    value: dict[str, Any] = {
        "@context": CONTEXT, "@id": f"urn:congvan:ban-ghi:{quote(record.id)}",
        "@type": ["Legislation", "eli:LegalResource"], "inLanguage": "vi",
        "name": " ".join(p for p in (record.doc_type, record.number) if p) or record.subject or record.id,
    }  # fmt: skip
    for key, some in (
        ("legislationIdentifier", record.number), ("legislationType", record.doc_type),
        ("legislationDate", record.date), ("abstract", record.subject),
    ):  # fmt: skip
        if some:
            value[key] = some
    if record.issuer:
        value["legislationPassedBy"] = {"@type": "GovernmentOrganization", "name": record.issuer}
        if record.issuer_parent:
            value["legislationPassedBy"]["parentOrganization"] = {"@type": "Organization", "name": record.issuer_parent}
    if record.signer and record.signer.name:
        value["legislationResponsible"] = {"@type": "Person", "name": record.signer.name}
    for one in record.citations:
        if not (one.number or one.title):
            continue
        target: dict[str, Any] = {
            "@id": "urn:congvan:duoc-dan:" + _cited_uri(one).removeprefix("/akn/vn/"),
            "name": " ".join(p for p in (one.doc_type, one.number or one.title) if p),
        }
        if one.date:
            target["legislationDate"] = one.date
        # A document cited through another is that one's citation, not this document's.
        for term in TERMS[one.relation] if one.via is None else ("mentions",):
            value.setdefault(term, []).append(target)
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

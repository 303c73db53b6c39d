"""Contacts: people and units given for contact, each with the numbers and addresses that belong to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline.extract.agency_spelling import agency_name
from pipeline.extract.context import Context
from pipeline.extract.emails import settled_emails
from pipeline.extract.found import Found, found, one_line
from pipeline.language.agencies_in_text import find_agencies
from pipeline.language.names import find_person_names
from pipeline.language.phones import find_phones
from pipeline.layout import Flow, Zone
from pipeline.lexicon.agencies import agencies_named
from pipeline.lexicon.cues import cue_pattern, cues, key_of
from pipeline.lexicon.fold import fold
from pipeline.lexicon.positions import position_named

_EDGE = " \t\n.,;:()–—-*'\""
_SENTENCE_END = re.compile(r"[.](?=\s+[A-ZĐÀ-Ỹ])|\n")


@cache
def _unit_pattern() -> re.Pattern[str]:
    """A unit's head word with a capital and what follows it, to the next comma, bracket or colon."""
    heads = "|".join(
        re.escape(cue[:1].upper() + cue[1:]) for cue in sorted(cues("agency.contact_heads"), key=len, reverse=True)
    )
    # "Phòng, chống thiên tai" is one word more than its comma shows.
    return re.compile(rf"(?:{heads}|UBND)\s+(?:[^,;:()\n]|(?<=[Pp]hòng),(?=\s+chống\b)){{2,110}}")


@cache
def _unit_end() -> re.Pattern[str]:
    return re.compile(r"(?i)\s+" + cue_pattern("contact.unit_ends").pattern)


@dataclass(slots=True)
class _Item:
    kind: str  # "name", "phone", "fax", "email"
    start: int
    end: int
    value: str


@dataclass(slots=True)
class _Contact:
    name: _Item | None = None
    position: tuple[int, int, str] | None = None
    organization: tuple[int, int, str] | None = None
    reach: list[_Item] = field(default_factory=list)


def read_contacts(context: Context) -> list[Found]:
    """Contacts in order; every one has at least one phone, fax or e-mail."""
    results: list[Found] = []
    for flow in (context.zone(Zone.CONTACT), context.body):
        if flow:
            results += _in_flow(flow, context)
    return results


def _in_flow(flow: Flow, context: Context) -> list[Found]:
    text = flow.text
    limit = _main_text_end(flow, context)
    items = [_Item("fax" if p.kind == "fax" else "phone", p.start, p.end, p.e164) for p in find_phones(text)]
    items += [_Item("email", e.start, e.end, e.address) for e in settled_emails(flow, context)]
    items = [item for item in items if item.start < limit]
    if not items:
        return []
    names = [_Item("name", n.start, n.end, n.name) for n in find_person_names(text) if n.start < limit]
    contacts: list[_Contact] = []
    for group in _groups(text, sorted(items, key=lambda i: i.start)):
        contacts += _people(text, group, names)
    return [item for contact in _joined(contacts) if (item := _finish(flow, contact))]


def _main_text_end(flow: Flow, context: Context) -> int:
    if flow is not context.body:
        return len(flow.text)
    return next((p.start for p in context.layout.paragraphs if p.annex), len(flow.text))


def _groups(text: str, items: list[_Item]) -> list[list[_Item]]:
    """Ways of contact that stand in one sentence or close together."""
    groups: list[list[_Item]] = []
    for item in items:
        if groups:
            gap = text[groups[-1][-1].end : item.start]
            if len(gap) < 70 and "\n" not in gap.strip(" ") and not re.search(r"[.;]\s+[A-ZĐÀ-Ỹ][^:]{40,}", gap):
                groups[-1].append(item)
                continue
        groups.append([item])
    return groups


def _people(text: str, group: list[_Item], names: list[_Item]) -> list[_Contact]:
    """Tie the items of a group to the people named near them; what is nobody's belongs to the unit."""
    start, end = _extent(text, group)
    near = [n for n in names if start <= n.start < end]
    contacts: list[_Contact] = []
    owner: dict[int, _Contact] = {}
    for name in near:
        contact = _Contact(name=name)
        owner[name.start] = contact
        contacts.append(contact)
    unit = _Contact(organization=_unit(text, start, group[0].start))
    for item in group:
        person = _person_of(text, item, near, group)
        (owner[person.start] if person else unit).reach.append(item)
    kept = [c for c in contacts if c.reach]
    for contact in kept:
        _describe(text, contact, start, end, unit.organization)
    return ([unit] if unit.reach else []) + kept


def _extent(text: str, group: list[_Item]) -> tuple[int, int]:
    """From the start of the paragraph (or 420 characters before) to the end of the sentence of the last item."""
    start = max(text.rfind("\n", 0, group[0].start) + 1, group[0].start - 420)
    tail = re.compile(r"[\n]|[.](?=\s+[A-ZĐÀ-Ỹ])").search(text, group[-1].end)
    return start, min(len(text), (tail.start() if tail else len(text)), group[-1].end + 130)


def _person_of(text: str, item: _Item, names: list[_Item], group: list[_Item]) -> _Item | None:
    """The person an item belongs to: named in the bracket right after it, else the last one named before it."""
    after = text[item.end :]
    if match := re.match(r"\s*\(", after):
        close = after.find(")")
        for name in names:
            if item.end + match.end() <= name.start < item.end + (close if close > 0 else 80):
                return name
    before = [n for n in names if n.end <= item.start]
    if not before:
        return None
    person = before[-1]
    between = text[person.end : item.start]
    # A person named for the number before, in a bracket that closed since, is not this number's.
    if (
        ")" in between
        and "(" not in between
        and any(person.start > other.end for other in group if other.end < item.start)
    ):
        return None
    # A new sentence or clause about something else parts them; "TP. CNTT. Điện thoại:" does not.
    lines = re.split(r"[;\n]|[.](?=\s+[A-ZĐÀ-Ỹ])", between)
    far = (
        len(lines) > 1 and len(lines[-1]) > 45 and not any(o.start > person.end and o.end <= item.start for o in group)
    )
    return None if far or len(between) > 260 else person


def _describe(text: str, contact: _Contact, start: int, end: int, fallback: tuple[int, int, str] | None) -> None:
    """Position and unit of a person, from the words right after the name or before the number."""
    assert contact.name is not None
    after_end = min([i.start for i in contact.reach if i.start > contact.name.end] + [end, contact.name.end + 160])
    after = text[contact.name.end : after_end]
    lead = re.match(r"\s*[-–,(]?\s*", after)
    at = contact.name.end + (lead.end() if lead else 0)
    chunk = re.split(r"[,;()\n]|\s[-–]\s", text[at:after_end])[0]
    chunk = _unit_end().split(chunk)[0].strip(_EDGE)
    if chunk and _is_position(chunk):
        contact.position = (at, at + len(chunk), chunk)
        at = text.index(chunk, at) + len(chunk)
    elif before := re.search(
        r"([^\n;,.()]{4,60}?)\s*:\s*[\d.\s()/+-]*\(?[^()\n]{0,12}$", text[start : contact.name.start]
    ):
        label = before.group(1).strip(_EDGE + "+ ")
        if position_named(label):
            a = start + before.start(1) + before.group(1).index(label)
            contact.position = (a, a + len(label), label)
    if unit := _unit_in(text, at, after_end):
        contact.organization = unit
    elif fallback and contact.reach and fallback[1] <= contact.name.start:
        contact.organization = fallback


def _is_position(chunk: str) -> bool:
    if position_named(chunk) is not None:
        return len(chunk) <= 60
    return (
        bool(
            re.match(r"(?:can bo|chuyen vien|nhan vien|chuyen vien chinh|ky thuat vien|tp\.?|pgd|cvp)\b", key_of(chunk))
        )
        and len(chunk) <= 40
    )


def _unit(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """The unit named last before the numbers."""
    units = [u for m in _unit_pattern().finditer(text, start, end) if (u := _cut_unit(text, m.start(), m.end()))]
    good = [
        u for u in units if agencies_named(u[2]) or cue_pattern("agency.contact_heads", marks=False).match(key_of(u[2]))
    ]
    return good[-1] if good else None


def _unit_in(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    match = _unit_pattern().search(text, start, end)
    return _cut_unit(text, match.start(), match.end()) if match and match.start() - start < 12 else None


def _cut_unit(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    name = _unit_end().split(text[start:end])[0].rstrip(_EDGE)
    whole = next(iter(find_agencies(text[start : start + 110])), None)
    if whole is not None and whole.start == 0 and whole.end > len(name) and text[start + len(name)] == ",":
        name = whole.text  # "Sở Lao động, Thương binh và Xã hội"
    if cue_pattern("party.not_parties", marks=False).match(key_of(name)):
        return None  # "Hội chợ …" is no unit
    if position_named(name) and not agencies_named(name) and fold(name).startswith(("trưởng", "chánh")):
        return None
    return (start, start + len(name), one_line(name)) if len(name) > 3 else None


def _joined(contacts: list[_Contact]) -> list[_Contact]:
    """A unit without a name that has the same (or no) unit as the one before is the same contact."""
    kept: list[_Contact] = []
    for contact in contacts:
        twin = next(
            (
                other
                for other in kept
                if other.name is None and contact.name is None
                and _same_unit(contact, other)
            ),
            None,
        )  # fmt: skip
        same_person = next((o for o in kept if o.name and contact.name and o.name.value == contact.name.value), None)
        if target := twin or same_person:
            known = {item.value for item in target.reach}
            target.reach += [item for item in contact.reach if item.value not in known]
            target.organization = target.organization or contact.organization
            target.position = target.position or contact.position
        else:
            kept.append(contact)
    return kept


def _same_unit(a: _Contact, b: _Contact) -> bool:
    return a.organization is None or b.organization is None or a.organization[2] == b.organization[2]


def _finish(flow: Flow, contact: _Contact) -> Found | None:
    value: dict[str, Any] = {
        "name": None,
        "position": None,
        "organization": None,
        "phones": [],
        "faxes": [],
        "emails": [],
    }
    parts: dict[str, Found] = {}
    if contact.name:
        value["name"] = contact.name.value
        parts["name"] = found(flow, contact.name.start, contact.name.end, "contact.name", contact.name.value, 0.95)
    if contact.position:
        a, b, text = contact.position
        value["position"] = one_line(text)
        parts["position"] = found(flow, a, b, "contact.position", value["position"], 0.92)
    if contact.organization:
        a, b, text = contact.organization
        value["organization"] = agency_name(text) if text.isupper() else text
        parts["organization"] = found(flow, a, b, "contact.organization", value["organization"], 0.88)
    names = {"phone": "phones", "fax": "faxes", "email": "emails"}
    for item in contact.reach:
        target = names[item.kind]
        if item.value in value[target]:
            continue
        parts[f"{target}/{len(value[target])}"] = found(
            flow, item.start, item.end, f"contact.{item.kind}", item.value, 0.98
        )
        value[target].append(item.value)
    spans = tuple(span for part in parts.values() for span in part.spans)
    return Found(value, spans, "contact.sentence", None, "extracted", parts) if spans else None

"""What a text holds, as plain spans: agencies, dates, documents, persons, contacts.

One function for each group over the grammars of this layer; neither spaCy nor underthesea is needed for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.language.agencies_in_text import find_agencies
from pipeline.language.dates import find_dates
from pipeline.language.emails import find_emails
from pipeline.language.mentions import find_mentions
from pipeline.language.names import find_person_names
from pipeline.language.phones import find_phones

__all__ = ["FINDERS", "TextSpan"]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Something found at ``text[start:end]`` of the source.

    ``label``: AGENCY, DATE, DOCUMENT, PERSON, PHONE, FAX or EMAIL.  ``value`` is the canonical form where there is one
    (ISO date, document number, name, E.164, address), None when it cannot be told for certain.  ``ids`` are keys of
    the lexicon's agencies, several when the text leaves it open.
    """

    start: int
    end: int
    label: str
    text: str
    value: str | None = None
    ids: tuple[str, ...] = ()


def _agencies(text: str) -> list[TextSpan]:
    return [TextSpan(a.start, a.end, "AGENCY", a.text, None, a.agency_ids) for a in find_agencies(text)]


def _dates(text: str) -> list[TextSpan]:
    return [TextSpan(d.start, d.end, "DATE", d.raw, d.iso or d.partial) for d in find_dates(text)]


def _documents(text: str) -> list[TextSpan]:
    return [
        TextSpan(m.start, m.end, "DOCUMENT", text[m.start : m.end], m.number.canonical if m.number else m.law_name)
        for m in find_mentions(text)
    ]


def _persons(text: str) -> list[TextSpan]:
    return [TextSpan(p.start, p.end, "PERSON", text[p.start : p.end], p.name) for p in find_person_names(text)]


def _contacts(text: str) -> list[TextSpan]:
    numbers = [
        TextSpan(p.start, p.end, "FAX" if p.kind == "fax" else "PHONE", text[p.start : p.end], p.e164)
        for p in find_phones(text)
    ]
    addresses = [TextSpan(e.start, e.end, "EMAIL", text[e.start : e.end], e.address) for e in find_emails(text)]
    return sorted(numbers + addresses, key=lambda span: span.start)


FINDERS: Mapping[str, Callable[[str], list[TextSpan]]] = MappingProxyType(
    {
        "agencies": _agencies,
        "dates": _dates,
        "references": _documents,
        "persons": _persons,
        "contacts": _contacts,
    }
)
"""Group → finder; each gives its spans in the order of the text, not overlapping within the group."""

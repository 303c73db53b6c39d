"""Texts with everything marked that the language layer knows: agencies, dates, documents, persons, contacts, words.

For analysts who look at a text and for those who go on with spaCy: the same pipeline (``pipeline.language.nlp``) gives
a page to look at (displaCy) and a DocBin to train on or to query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from pipeline.language.nlp import analyse, nlp

# Dark text on light grounds; readable beside each other in print as well.
COLOURS = {
    "AGENCY": "#cfe3ff", "DATE": "#ffe9b8", "DOCUMENT": "#d6f2d2", "PERSON": "#f6d5ea", "PHONE": "#e4dcff",
    "FAX": "#e4dcff", "EMAIL": "#e4dcff",
}  # fmt: skip
LABELS = {
    "AGENCY": "CƠ QUAN", "DATE": "NGÀY", "DOCUMENT": "VĂN BẢN", "PERSON": "NGƯỜI", "PHONE": "ĐIỆN THOẠI", "FAX": "FAX",
    "EMAIL": "THƯ ĐIỆN TỬ",
}  # fmt: skip


def annotated(text: str) -> dict[str, Any]:
    """Words and spans of ``text`` as plain data: ``words`` are offset pairs, ``spans`` lists of spans by group."""
    found = analyse(text)
    return {
        "text": found.text,
        "words": [list(word) for word in found.words],
        "spans": {group: [asdict(span) for span in spans] for group, spans in found.spans.items()},
    }


def as_html(pages: Sequence[tuple[str, str]]) -> str:
    """A page of its own (no script, no style from elsewhere) of (title, text) pairs with their spans marked."""
    from spacy import displacy

    documents: list[dict[str, Any]] = []
    for title, text in pages:
        marks: list[dict[str, Any]] = [
            {"start": e.start, "end": e.end, "label": LABELS[e.label]} for e in analyse(text).entities
        ]
        documents.append({"title": escape(title), "text": text, "ents": sorted(marks, key=lambda mark: mark["start"])})
    colours = {LABELS[label]: colour for label, colour in COLOURS.items()}
    body = displacy.render(documents, style="ent", manual=True, page=True, jupyter=False, options={"colors": colours})
    return str(body).replace('lang="en"', 'lang="vi"').replace("<title>displaCy</title>", "<title>Chú giải</title>")


def write_docbin(texts: Iterable[str], path: Path) -> int:
    """Write ``texts`` as spaCy Docs with words, entities and span groups; returns how many there are."""
    from spacy.tokens import DocBin

    built = nlp()
    binary = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"])
    for text in texts:
        binary.add(built(text))
    binary.to_disk(path)
    return len(binary)

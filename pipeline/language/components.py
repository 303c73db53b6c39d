"""spaCy components that put what the grammars of this layer find on the Doc.

Each group is one registered factory (``congvan_agencies`` …) that fills ``doc.spans[<group>]``; ``congvan_entities``
makes ``doc.ents`` of them.  A spaCy span begins and ends with a token, what was found may not ("ngày05"): the exact
offsets and the canonical value are in ``span._.found``, a :class:`pipeline.language.spans.TextSpan`.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.language.spans import FINDERS, TextSpan

__all__ = ["EntityComponent", "SpanComponent", "found_in"]

_STORE = "congvan"  # key in doc.user_data; plain data, so that a Doc can be serialised with it


class SpanComponent:
    """Puts one group of spans on a Doc, under ``spans_key``."""

    def __init__(self, group: str, spans_key: str) -> None:
        """Raises KeyError for an unknown group."""
        self.find, self.spans_key = FINDERS[group], spans_key
        _set_extension()

    def __call__(self, doc: Doc) -> Doc:
        spans, store = [], []
        for found in self.find(doc.text):
            # The knowledge base's key only where one agency is certain.
            key = found.ids[0] if len(found.ids) == 1 else ""
            span = doc.char_span(found.start, found.end, label=found.label, kb_id=key, alignment_mode="expand")
            if span is not None:
                spans.append(span)
                store.append([_address(span), found.start, found.end, found.label, found.value, list(found.ids)])
        doc.spans[self.spans_key] = spans
        doc.user_data.setdefault(_STORE, {})[self.spans_key] = store
        return doc


class EntityComponent:
    """Makes ``doc.ents`` of span groups: where two overlap the longer one stays, of equals the one listed first."""

    def __init__(self, spans_keys: list[str]) -> None:
        self.spans_keys = spans_keys

    def __call__(self, doc: Doc) -> Doc:
        spans = [span for key in self.spans_keys for span in doc.spans.get(key, ())]
        doc.ents = filter_spans(spans)  # type: ignore[assignment]
        return doc


def found_in(doc: Doc, spans_key: str) -> tuple[TextSpan, ...]:
    """What the component of this key found, with exact offsets; these do not die with the Doc."""
    return tuple(_plain(doc, entry) for entry in doc.user_data.get(_STORE, {}).get(spans_key, ()))


def _plain(doc: Doc, entry: list[Any]) -> TextSpan:
    _, start, end, label, value, ids = entry
    return TextSpan(start, end, label, doc.text[start:end], value, tuple(ids))


def _address(span: Span) -> str:
    return f"{span.label_} {span.start} {span.end}"


def _found(span: Span) -> TextSpan | None:
    """What a component found where this span stands; None for any other span."""
    for entries in span.doc.user_data.get(_STORE, {}).values():
        for entry in entries:
            if entry[0] == _address(span):
                return _plain(span.doc, entry)
    return None


def _set_extension() -> None:
    if not Span.has_extension("found"):
        Span.set_extension("found", getter=_found)


_ASSIGNS = ["doc.spans"]


@Language.factory("congvan_agencies", assigns=_ASSIGNS, default_config={"spans_key": "agencies"})
def create_agencies(nlp: Language, name: str, spans_key: str) -> SpanComponent:
    return SpanComponent("agencies", spans_key)


@Language.factory("congvan_dates", assigns=_ASSIGNS, default_config={"spans_key": "dates"})
def create_dates(nlp: Language, name: str, spans_key: str) -> SpanComponent:
    return SpanComponent("dates", spans_key)


@Language.factory("congvan_references", assigns=_ASSIGNS, default_config={"spans_key": "references"})
def create_references(nlp: Language, name: str, spans_key: str) -> SpanComponent:
    return SpanComponent("references", spans_key)


@Language.factory("congvan_persons", assigns=_ASSIGNS, default_config={"spans_key": "persons"})
def create_persons(nlp: Language, name: str, spans_key: str) -> SpanComponent:
    return SpanComponent("persons", spans_key)


@Language.factory("congvan_contacts", assigns=_ASSIGNS, default_config={"spans_key": "contacts"})
def create_contacts(nlp: Language, name: str, spans_key: str) -> SpanComponent:
    return SpanComponent("contacts", spans_key)


_ENTITIES: dict[str, Any] = {"spans_keys": ["references", "contacts", "persons", "agencies", "dates"]}


@Language.factory("congvan_entities", requires=_ASSIGNS, assigns=["doc.ents"], default_config=_ENTITIES)
def create_entities(nlp: Language, name: str, spans_keys: list[str]) -> EntityComponent:
    return EntityComponent(spans_keys)

"""How well the program reads, told by what people changed in documents that they confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.record.models import Record
from pipeline.store.actors import Actor
from pipeline.store.archive import Archive

LOOKED_AT = 200
"""The newest confirmed documents that are counted."""

_FIELDS = ("number", "doc_type", "date", "place", "issuer", "issuer_parent", "subject", "signer", "addressees",
           "distribution", "citations", "tasks", "deadlines", "contacts")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quality:
    """Of ``documents`` confirmed ones, ``untouched`` were confirmed without any change.

    ``fields``: (title, share 0..1 confirmed without a change) of each field.
    """

    documents: int
    untouched: int
    fields: list[tuple[str, float]]


def quality(archive: Archive, actor: Actor) -> Quality:
    """Count the newest ``LOOKED_AT`` confirmed documents."""
    total, untouched, changed = archive.corrected_fields(actor, LOOKED_AT)
    titles = {name: str(Record.model_fields[name].title) for name in _FIELDS}
    shares = [(titles[name], 1 - changed.get(name, 0) / total) for name in _FIELDS] if total else []
    return Quality(total, untouched, shares)

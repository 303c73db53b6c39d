"""How well the program reads, told by what people changed in documents that they confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.record.models import Record
from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.store.query import Query

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
    hits = archive.records(actor, Query(state="confirmed", sort="arrival", limit=LOOKED_AT)).hits
    touched = dict.fromkeys(_FIELDS, 0)
    untouched = 0
    for hit in hits:
        # The first version is what the program read; a record that people changed has later ones.
        changed: set[str] = set()
        if hit.document.version > 1:
            changes = archive.corrections(actor, hit.document.record_id)
            changed = {str(change["pointer"]).split("/")[1] for change in changes}
        untouched += not changed
        for name in changed & touched.keys():
            touched[name] += 1
    total = len(hits)
    titles = {name: str(Record.model_fields[name].title) for name in touched}
    shares = [(titles[name], 1 - many / total) for name, many in touched.items()] if total else []
    return Quality(total, untouched, shares)

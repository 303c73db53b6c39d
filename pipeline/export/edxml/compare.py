"""What a message's header and the scan it carries do not agree on: each a finding for a person, nothing is mended."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.lexicon.fold import squash
from pipeline.record.models import Record

_FIELDS = ("number", "doc_type", "date", "place", "issuer", "issuer_parent", "subject", "urgency")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field on which message and scan differ; ``sentence`` tells it in Vietnamese."""

    pointer: str
    message: str
    scan: str
    sentence: str


def compare(message: Record, scan: Record) -> list[Mismatch]:
    """Fields that both name differently.  A field that only one of them has is no contradiction."""
    pairs = [(f"/{name}", getattr(message, name), getattr(scan, name), name) for name in _FIELDS]
    if message.signer and scan.signer:
        pairs += [
            (f"/signer/{part}", getattr(message.signer, part), getattr(scan.signer, part), part)
            for part in ("name", "position")
        ]
    titles = {name: field.title or name for name, field in Record.model_fields.items()}
    titles |= {"name": "Họ tên người ký", "position": "Chức vụ người ký"}
    found = []
    for pointer, said, seen, name in pairs:
        if said and seen and squash(said).rstrip(" .;") != squash(seen).rstrip(" .;"):
            sentence = f"{titles[name]}: thông điệp ghi «{said}», bản kèm theo ghi «{seen}»."
            found.append(Mismatch(pointer, said, seen, sentence))
    return found

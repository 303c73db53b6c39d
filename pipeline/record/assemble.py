"""What the extractors found → records with evidence.

Boxes are looked up here, from the character spans of the page's raw text; no stage before this one makes a box.  They
lie on the upright picture as it was given: a page that was laid flat to be read is left here.
Confidence is calibrated here and nowhere else: what the rules and the recognition say of a value becomes the
probability that it is right (``record/calibration.py``), the same on every piece of its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.extract import Extraction, Found
from pipeline.read.model import Page
from pipeline.record.calibration import calibration
from pipeline.record.models import Evidence, Record, Source
from pipeline.record.scores import score_of, source_of
from pipeline.record.warn import warnings_of


def assemble(extraction: Extraction) -> Record:
    """The record of one document; raises pydantic.ValidationError when an invariant of the record does not hold."""
    context = extraction.context
    source = context.source
    pages = context.layout.page_range
    evidence: dict[str, list[Evidence]] = {}
    read = {page.number: page for page in source.pages}
    fields: dict[str, Any] = {}
    for name, item in extraction.scalars.items():
        fields[name] = item.value
        _add(evidence, f"/{name}", item, read)
    for name, items in extraction.lists.items():
        fields[name] = [item.value for item in items]
        for at, item in enumerate(items):
            _add(evidence, f"/{name}/{at}", item, read)
    fields["warnings"] = warnings_of(extraction, evidence)
    return Record(
        id=f"{source.sha256[:16]}-{context.index + 1}",
        source=Source(file=source.name, sha256=source.sha256, pages=pages, medium=_medium(extraction)),
        evidence=evidence,
        **fields,
    )


def _medium(extraction: Extraction) -> Any:
    """The medium of this document's own pages: a file may mix scanned and digital pages."""
    context = extraction.context
    if context.source.medium == "text" or context.source.file_format == "docx":
        return context.source.medium
    scanned = sum(page.source == "ocr" for page in context.layout.pages)
    return "scan" if scanned * 2 >= len(context.layout.pages) else "digital"


def _add(evidence: dict[str, list[Evidence]], pointer: str, item: Found, read: dict[int, Page]) -> None:
    sure = calibration().probability(score_of(pointer, item))
    pieces = [*_pieces(item, sure), *_ink_pieces(item, sure, read)]
    if pieces:
        evidence[pointer] = pieces
    for name, part in item.parts.items():
        _add(evidence, f"{pointer}/{name}", part, read)


def _pieces(item: Found, sure: float | None) -> Iterable[Evidence]:
    for span in item.spans:
        yield Evidence(
            page=span.page.number,
            boxes=[tuple(round(v, 4) for v in box) for box in map(span.page.on_picture, span.boxes)],  # type: ignore[misc]
            span=(span.start, span.end),
            text=span.text,
            source=item.source or source_of(span),  # type: ignore[arg-type]
            confidence=sure,
            rule=item.rule,
            status=item.status,
            alternatives=list(item.alternatives) or None,
        )


def _ink_pieces(item: Found, sure: float | None, read: dict[int, Page]) -> Iterable[Evidence]:
    for page, box in item.ink:
        yield Evidence(
            page=page, boxes=[read[page].on_picture(box)], source=item.source or "handwriting",  # type: ignore[arg-type]
            confidence=sure, rule=item.rule,
            status=item.status, alternatives=list(item.alternatives) or None,
        )  # fmt: skip

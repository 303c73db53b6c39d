"""Warnings of a record: what a person should look at, and why."""

from __future__ import annotations

from datetime import date

from pipeline.extract import Extraction
from pipeline.record.calibration import WATCHED, calibration
from pipeline.record.models import Evidence


def warnings_of(extraction: Extraction, evidence: dict[str, list[Evidence]]) -> list[str]:
    """Codes in a fixed order; each has its sentence in lexicon/data/warnings.toml."""
    scalars = extraction.scalars
    codes: list[str] = []

    def value(name: str) -> object:
        item = scalars.get(name)
        return item.value if item else None

    for name, missing, unreadable in (
        ("number", "missing_number", "unreadable_number"), ("date", "missing_date", "unreadable_date"),
    ):  # fmt: skip
        if value(name) is None:
            item = scalars.get(name)
            codes.append(unreadable if item is not None and item.status == "unreadable" else missing)
    for name, code in (("doc_type", "missing_type"), ("issuer", "missing_issuer"), ("subject", "missing_subject")):
        if value(name) is None:
            codes.append(code)
    signer = scalars.get("signer")
    if signer is None or signer.value["name"] is None:
        codes.append("missing_signer")
    codes += _contradictions(extraction)
    if _doubted(extraction, evidence):
        codes.append("low_confidence")
    if extraction.context.source.failed_pages:
        codes.append("partial_pages")
    return codes


def _doubted(extraction: Extraction, evidence: dict[str, list[Evidence]]) -> bool:
    """Whether a watched value is likelier wrong than its field allows (``Calibration.review_below``)."""
    for field in WATCHED:
        pointer = "/" + field.replace(".", "/")
        known = [e.confidence for e in evidence.get(pointer, []) if e.confidence is not None]
        if known and min(known) < calibration().review_below(field) and _has_value(extraction, field):
            return True
    return False


def _has_value(extraction: Extraction, field: str) -> bool:
    name, _, part = field.partition(".")
    item = extraction.scalars.get(name)
    return item is not None and (item.value[part] if part else item.value) is not None


def _contradictions(extraction: Extraction) -> list[str]:
    context, codes = extraction.context, []
    latest = max(
        (d for c in extraction.lists["citations"] if (d := c.value["date"]) and not c.value["via"]), default=None
    )
    issued = context.issued
    if latest and (
        (issued and date.fromisoformat(latest) > issued)
        or (issued is None and context.issued_year and int(latest[:4]) > context.issued_year)
    ):
        codes.append("cites_later_document")
    number = extraction.scalars.get("number")
    if number and number.value and context.issued_year:
        parts = number.value.split("/")
        if len(parts) == 3 and parts[1].isdigit() and len(parts[1]) == 4 and int(parts[1]) != context.issued_year:
            codes.append("date_number_mismatch")
    if issued and context.received and context.received < issued:
        codes.append("received_before_issued")
    return codes

"""The record (the published contract) and its assembly from what the extractors found."""

from pipeline.record.models import (
    SCHEMA_VERSION,
    Citation,
    Contact,
    Deadline,
    Evidence,
    Received,
    Recipient,
    Record,
    Signer,
    Source,
    Task,
)

__all__ = [
    "SCHEMA_VERSION",
    "Citation",
    "Contact",
    "Deadline",
    "Evidence",
    "Received",
    "Recipient",
    "Record",
    "Signer",
    "Source",
    "Task",
]

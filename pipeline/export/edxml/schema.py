"""Validation of messages by our own schema (``pipeline/export/data/edxml.xsd``)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

from pipeline.export.edxml.reading import parsed


@cache
def _schema() -> Any:
    text = (files("pipeline.export") / "data" / "edxml.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text))


def validate(data: bytes, name: str = "edxml.xml") -> list[str]:
    """What in a message or status message breaks the schema, "dòng N: …"; empty when nothing does.

    Raises ``MessageInvalid`` for what is no XML or not safe.
    """
    root, schema = parsed(data, name), _schema()
    if schema.validate(root):
        return []
    return [f"dòng {error.line}: {error.message}" for error in schema.error_log]

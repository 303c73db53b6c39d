"""Reading the data files of the lexicon: CSV with a header, and TOML, both UTF-8 inside the package."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

__all__ = ["cells", "day", "read_csv", "read_toml"]


def read_csv(name: str) -> Iterator[dict[str, str]]:
    """Rows of ``data/<name>`` as dictionaries; lines that start with "#" are remarks."""
    lines = (files("pipeline.lexicon") / "data" / name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if line.strip() and not line.startswith("#"))


def read_toml(name: str) -> dict[str, Any]:
    """The document ``data/<name>``."""
    return tomllib.loads((files("pipeline.lexicon") / "data" / name).read_text(encoding="utf-8"))


def cells(text: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by ";"."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def day(text: str) -> date | None:
    """An ISO date; ``None`` for an empty cell."""
    return date.fromisoformat(text) if text else None

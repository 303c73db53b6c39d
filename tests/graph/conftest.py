"""The five seeds' gold as an archive, and its graph."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parent.parent / "store"))

from store_making import TextReader

from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive

CORPUS = Path(__file__).parents[2] / "corpus"
CLERK, OFFICER, ADMIN = Actor("Lan", Role.CLERK), Actor("Minh", Role.OFFICER), Actor("Hà", Role.ADMIN)


def gold(stem: str) -> list[dict[str, Any]]:
    """The fields of a seed's records; evidence is made from the seed's text."""
    data = json.loads((CORPUS / "gold" / f"{stem}.json").read_text(encoding="utf-8"))
    records = data if isinstance(data, list) else data.get("records", [data])
    drop = {"schema_version", "id", "source", "evidence", "handwritten"}
    return [_fields({key: value for key, value in record.items() if key not in drop}) for record in records]


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    for task in record.get("tasks", []):
        if "starts" in task:  # gold names a task by its first words
            task["text"] = task.pop("starts")
    return record


def seeds() -> list[str]:
    return sorted(path.stem for path in (CORPUS / "gold").glob("*.json"))


def add_seeds(archive: Archive, folder: Path, order: list[str] | None = None) -> TextReader:
    """Put the seeds into an archive, in the order given."""
    reader = TextReader()
    for stem in order or seeds():
        text = (CORPUS / "texts" / f"{stem}.txt").read_text(encoding="utf-8")
        archive.add(CLERK, reader.plan(folder, f"{stem}.txt", text, *gold(stem)), reader)
    return reader


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "kho")


@pytest.fixture
def seeded(archive: Archive, tmp_path: Path) -> Archive:
    add_seeds(archive, tmp_path / "in")
    return archive

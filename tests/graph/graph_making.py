"""The five seeds' gold as records with evidence, and how to put them into an archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from store_making import CLERK, OFFICER, TextReader

from pipeline.graph.graph import CitationGraph
from pipeline.graph.model import Subgraph
from pipeline.store import schema
from pipeline.store.archive import Archive

CORPUS = Path(__file__).parents[2] / "corpus"


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


def where(archive: Archive) -> list[str]:
    """The options by which a command finds an archive."""
    if archive.database.sqlite:
        return ["--archive", str(archive.folder)]
    url = archive.database.url.render_as_string(hide_password=False)
    return ["--archive", str(archive.folder), "--database", url]


GL = {"issuer_parent": "UBND tỉnh Gia Lai", "place": "Gia Lai"}


def numbers(part: Subgraph) -> set[str | None]:
    return {node.number for node in part.nodes.values()}


def cites(number: str | None, day: str | None = None, **more: Any) -> dict[str, Any]:
    return {"number": number, "raw_number": number, "date": day, "relation": "implements", **more}


def add(archive: Archive, folder: Path, name: str, **fields: Any) -> str:
    reader = TextReader()
    text = f"văn bản {name}: {json.dumps(fields, ensure_ascii=False)}"
    return archive.add(CLERK, reader.plan(folder / "them", f"{name}.txt", text, fields), reader).records[0]


def snapshot(archive: Archive) -> Any:
    """The graph without its ids."""
    CitationGraph(archive, OFFICER).sync()
    with archive.database.read() as connection:
        members: dict[int, list[str]] = {}
        for row in connection.execute(select(schema.signature)):
            members.setdefault(row.node_id, []).append(row.key)
        names = {node: tuple(sorted(keys)) for node, keys in members.items()}
        nodes = {
            names[row.id]: (row.label, row.held, tuple(row.variants), tuple(row.reasons), row.doubt, row.date)
            for row in connection.execute(select(schema.node))
        }
        edges = sorted(
            (names[row.source], row.relation, names[row.target]) for row in connection.execute(select(schema.edge))
        )
        assert len(nodes) == len(names)
        return nodes, edges

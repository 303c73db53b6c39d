"""The documents that examples are cut from: text or scan, records known of them, and whose they are.

The five texts and the synthetic documents are in this repository.  Scans and the texts of the national database are
read from the folder of shared material (``CONGVAN_SHARED``, by default ``../shared`` beside the repository) when it is
there; what is absent is named by :func:`missing`, and examples are cut from the rest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from corpus.generator import gold as corpus_gold
from corpus.generator import plaintext
from corpus.generator.source import load_all
from pipeline.extract.context import Context
from pipeline.layout import analyse
from pipeline.lexicon.cues import key_of
from pipeline.read import ReadOptions, SourceFile, read, read_bytes

__all__ = ["DATA", "Part", "annotated", "group_of", "missing", "parts", "shared"]

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "data"


@dataclass(slots=True)
class Part:
    """One document of one file.

    ``record`` is its gold in the published shape (or None), ``tasks`` the annotation of ``data/tasks.jsonl``,
    ``relations`` cited key → relation (None: the annotator could not decide) and sample of ``data/relations.jsonl``.
    ``origin``: ``text`` (the five), ``generated``, ``scan`` or ``vbpl``.
    """

    name: str
    origin: str
    issuer: str
    context: Context
    record: dict[str, Any] | None = None
    tasks: dict[str, Any] | None = None
    relations: dict[str, tuple[str | None, int]] = field(default_factory=dict)


def shared() -> Path:
    """Folder of the shared material; it need not exist."""
    return Path(os.environ.get("CONGVAN_SHARED", ROOT.parent / "shared"))


def missing() -> list[str]:
    """What of the shared material is absent: folders and files relative to :func:`shared`."""
    wanted = ("scans", "scans/gold", "vbpl/dev.jsonl")
    return [name for name in wanted if not (shared() / name).exists()]


def group_of(issuer: str) -> str:
    """Key by which documents are parted: departments of one name count as one issuer wherever they are (stricter)."""
    return key_of(" ".join(issuer.split()))


@cache
def annotated(name: str) -> tuple[dict[str, Any], ...]:
    """Lines of one file of ``data/``."""
    return tuple(json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip())


def parts(scans: bool = True, limit: int | None = None) -> Iterator[Part]:
    """Every document with some annotation, in a fixed order.

    ``scans=False`` leaves recognition out (it costs seconds a page when its results are not in the cache).  ``limit``
    keeps the first so many files of each origin, for trials.
    """
    yield from _corpus(limit)
    if scans and (shared() / "scans").is_dir():
        yield from _scans(limit)
    if (shared() / "vbpl" / "dev.jsonl").is_file():
        yield from _vbpl(limit)


def _contexts(source: SourceFile) -> list[Context]:
    typed = all(page.source != "ocr" for page in source.pages)
    return [Context(source, layout, at, typed) for at, layout in enumerate(analyse(source.pages))]


def _corpus(limit: int | None) -> Iterator[Part]:
    sources = load_all()
    five = [source for source in sources if source.stem.startswith("0")]
    made = [source for source in sources if not source.stem.startswith("0")]
    for origin, chosen in (("text", five[:limit]), ("generated", made[:limit])):
        for source in chosen:
            if origin == "text":
                text = (ROOT / "corpus" / "texts" / f"{source.stem}.txt").read_text(encoding="utf-8")
            else:
                text = plaintext.write(source)
            contexts = _contexts(read_bytes(text.encode(), Path(f"{source.stem}.txt")))
            records = corpus_gold.load(source.stem)
            # A file cut into another number of documents than its gold has cannot be paired without guessing.
            if len(contexts) != len(records):
                continue
            for context, record in zip(contexts, records, strict=True):
                yield Part(f"{source.stem}#{context.index}", origin, record["issuer"], context, record)


def _scans(limit: int | None) -> Iterator[Part]:
    by_source = {(line["source"], line["index"]): line for line in annotated("tasks.jsonl")}
    for path in sorted((shared() / "scans").glob("*.pdf"))[:limit]:
        gold_path = shared() / "scans" / "gold" / f"{path.stem}.json"
        records = json.loads(gold_path.read_text(encoding="utf-8")) if gold_path.is_file() else []
        if not records and not any(stem == path.stem for stem, _ in by_source):
            continue
        contexts = _contexts(read(path, ReadOptions(jobs=1)))
        for context in contexts:
            record = records[context.index] if len(records) == len(contexts) else None
            tasks = by_source.get((path.stem, context.index))
            issuer = record["issuer"] if record else tasks["issuer"] if tasks else None
            if issuer:
                yield Part(f"{path.stem}#{context.index}", "scan", issuer, context, record, tasks)


def _vbpl(limit: int | None) -> Iterator[Part]:
    relations: dict[str, dict[str, tuple[str | None, int]]] = {}
    for row in annotated("relations.jsonl"):
        relations.setdefault(row["document"], {})[row["cited"]] = (row["relation"], row["sample"])
    lines = (shared() / "vbpl" / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:limit]
    for at, line in enumerate(lines):
        document = json.loads(line)
        if document["number"] not in relations:
            continue
        contexts = _contexts(read_bytes(document["text"].encode(), Path(f"vbpl{at}.txt")))
        if contexts:
            yield Part(
                document["number"], "vbpl", _maker(document["number"]), contexts[0], None, None,
                relations[document["number"]],
            )  # fmt: skip


def _maker(number: str) -> str:
    """Issuer by the last code of a number: 79/2025/TT-BCA → BCA, 94/2025/UBTVQH15 → UBTVQH."""
    return number.rsplit("/", maxsplit=1)[-1].rsplit("-", maxsplit=1)[-1].rstrip("0123456789")

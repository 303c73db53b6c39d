"""``python -m models.confidence.collect``: what spoke for each value that was read, and whether it was right.

Every document with hand-made gold is read by the product as it stands: the five texts, the scans of ``../shared`` when
they are there (``CONGVAN_SHARED`` names another place), and what the generator made of the corpus.  One line of
``pairs.tsv`` is one value: the parts of its :class:`~pipeline.record.scores.Score`, the verdict, and whose document it
stands in.  No text of a document is in it.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.extract import Extraction, Found, extract
from pipeline.layout import analyse
from pipeline.lexicon.cues import key_of
from pipeline.read import ReadOptions, SourceFile, read
from pipeline.record.assemble import assemble
from pipeline.record.scores import Score, score_of
from pipeline.workflow.judging import judge, pair_records

ROOT = Path(__file__).resolve().parents[2]
PAIRS = Path(__file__).with_name("pairs.tsv")
COLUMNS = ("origin", "document", "issuer", "rendition", "field", "rule", "source", "certainty", "reading", "inferred",
           "mended", "contested", "suggested", "raw", "right")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """A file with gold.  ``origin`` is ``text``, ``scan`` (real documents) or ``generated``; ``stem`` its document."""

    origin: str
    stem: str
    rendition: str
    path: Path
    gold: Path


def shared() -> Path:
    """Folder of the shared material; it need not exist."""
    return Path(os.environ.get("CONGVAN_SHARED", ROOT.parent / "shared"))


def inputs(generated: Path, golds: Sequence[Path]) -> Iterator[Input]:
    """Every file with gold, in a fixed order.

    ``generated`` is a folder of the corpus generator; ``golds`` are folders of gold for the scans, of which the first
    that knows a scan counts.
    """
    for path in sorted((ROOT / "corpus" / "texts").glob("*.txt")):
        yield Input("text", path.stem, "text", path, ROOT / "corpus" / "gold" / f"{path.stem}.json")
    for path in sorted((shared() / "scans").glob("*.pdf")):
        known = next((g / f"{path.stem}.json" for g in golds if (g / f"{path.stem}.json").is_file()), None)
        if known:
            yield Input("scan", path.stem, "scan", path, known)
    for kind in ("text", "pdf", "scan"):
        for path in sorted((generated / kind).iterdir()) if (generated / kind).is_dir() else []:
            stem, _, preset = path.stem.partition(".")
            if kind == "text" and (ROOT / "corpus" / "texts" / path.name).is_file():
                continue  # the text itself is there
            yield Input("generated", stem, preset or kind, path, generated / "gold" / kind / f"{path.stem}.json")


def scores_of(extraction: Extraction) -> dict[str, Score]:
    """Scores by JSON Pointer, for all that gets evidence."""
    found: dict[str, Score] = {}

    def add(pointer: str, item: Found) -> None:
        found[pointer] = score_of(pointer, item)
        for name, part in item.parts.items():
            add(f"{pointer}/{name}", part)

    for name, item in extraction.scalars.items():
        add(f"/{name}", item)
    for name, items in extraction.lists.items():
        for at, item in enumerate(items):
            add(f"/{name}/{at}", item)
    return found


def rows_of(source: SourceFile, gold: list[dict[str, Any]], given: Input) -> Iterator[dict[str, Any]]:
    """A row for each value that the gold speaks of."""
    extractions = [extract(source, layout, at) for at, layout in enumerate(analyse(source.pages))]
    found = [assemble(one).model_dump() for one in extractions]
    scores = {record["id"]: scores_of(one) for record, one in zip(found, extractions, strict=True)}
    issuer = "+".join(sorted({key_of(" ".join(record["issuer"].split())) for record in gold if record.get("issuer")}))
    for at, (record, hit) in enumerate(pair_records(gold, found)[0]):
        for pointer, right in judge(record, hit).items() if hit else ():
            score = scores[hit["id"]].get(pointer)
            if score is None:
                continue
            yield {
                "origin": given.origin, "document": f"{given.stem}#{at}", "issuer": issuer,
                "rendition": given.rendition, "field": score.field, "rule": score.rule, "source": score.source,
                "certainty": _figure(score.certainty), "reading": _figure(score.reading),
                "inferred": int(score.inferred), "mended": int(score.mended), "contested": int(score.contested),
                "suggested": int(score.suggested), "raw": _figure(score.raw), "right": int(right),
            }  # fmt: skip


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def _pages(given: Input, kept: Path | None) -> SourceFile:
    """The file as read; kept in ``kept`` so that a change of the rules is measured without reading again."""
    place = kept / f"{given.origin}-{given.path.parent.name}-{given.path.name}.pickle" if kept else None
    if place and place.is_file():
        source: SourceFile = pickle.loads(place.read_bytes())
        return source
    source = read(given.path, ReadOptions(jobs=1))
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pickle.dumps(source))
    return source


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m models.confidence.collect", description=__doc__)
    parser.add_argument("--generated", type=Path, default=ROOT / "build" / "confidence" / "corpus")
    parser.add_argument("--gold", type=Path, nargs="*", help="folders of gold for the scans")
    parser.add_argument("--pages", type=Path, help="keep pages as read in this folder")
    parser.add_argument("--out", type=Path, default=PAIRS)
    options = parser.parse_args(arguments)
    golds = options.gold or [shared() / "scans" / "gold", ROOT / "corpus" / "gold_scans"]
    count = 0
    with options.out.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, COLUMNS, delimiter="\t", lineterminator="\n")
        table.writeheader()
        for given in inputs(options.generated, golds):
            gold = json.loads(given.gold.read_text(encoding="utf-8"))
            for row in rows_of(_pages(given, options.pages), gold, given):
                table.writerow(row)
                count += 1
            print(f"{given.origin:10} {given.path.name}", flush=True)
    print(f"{count} values → {options.out}")
    if not (shared() / "scans").is_dir():
        print(f"{shared()} is not there: no scans of real documents among them")


if __name__ == "__main__":
    main()

"""Extraction against gold records: precision, recall and F1 by field and by slice, and every miss.

A value that is wrong costs precision and recall, a null where the gold has a value costs recall only: the measure
says what the product's rule says, that nothing beats a guess.  A field whose key is absent from a gold record was not
annotated and is not counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import CongvanError, GoldInvalid
from pipeline.read import ReadOptions
from pipeline.record.models import Record
from pipeline.record.scores import field_of
from pipeline.workflow.judging import CITATION, OBJECTS, SCALARS, Check, annotated, judge, names, pair_records, told
from pipeline.workflow.matching import close, deadline_key, paired, same, same_citation, same_parties, same_task
from pipeline.workflow.run import extract_file

# A document that the gold does not know: nothing of it is right.
_NOTHING: dict[str, Any] = dict.fromkeys(Record.model_fields) | {"tasks": []}


@dataclass(slots=True)
class Tally:
    """Right, wrong (found and not in the gold, or different) and missed values."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


@dataclass(frozen=True, slots=True)
class Miss:
    source: str
    field: str
    gold: Any
    found: Any


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with the confidence that its evidence states, and whether it is right."""

    field: str
    confidence: float
    right: bool


@dataclass(slots=True)
class Evaluation:
    """Tallies by (slice, field); the slice "all" holds everything.  ``errors`` are files that could not be read.

    ``stated`` holds every value that is not null and whose confidence is known.
    """

    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    errors: list[CongvanError] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)

    def fields(self, part: str = "all") -> dict[str, Tally]:
        return {name: tally for (where, name), tally in self.tallies.items() if where == part}

    def slices(self) -> list[str]:
        return list(dict.fromkeys(where for where, _ in self.tallies))

    def macro(self, part: str = "all") -> float | None:
        """Mean F1 over the fields that occur."""
        scores = [f1 for tally in self.fields(part).values() if (f1 := tally.f1) is not None]
        return sum(scores) / len(scores) if scores else None


class _Scorer:
    def __init__(self, result: Evaluation, source: str, medium: str, handwritten: Iterable[str]) -> None:
        self.result, self.source, self.medium = result, source, medium
        self.handwritten = set(handwritten)

    def _tallies(self, name: str) -> list[Tally]:
        hand = name in self.handwritten or name.split(".", 1)[0] in self.handwritten
        parts = ["all", self.medium, "handwritten" if hand else "printed"]
        return [self.result.tallies.setdefault((part, name), Tally()) for part in parts]

    def count(self, name: str, right: int = 0, wrong: int = 0, missed: int = 0) -> None:
        for tally in self._tallies(name):
            tally.right += right
            tally.wrong += wrong
            tally.missed += missed

    def miss(self, name: str, gold: Any, found: Any) -> None:
        self.result.misses.append(Miss(self.source, name, gold, found))

    def scalar(self, name: str, gold: Any, found: Any, check: Check = same) -> None:
        has_gold, has_found = told(gold), told(found)
        if not has_gold and not has_found:
            return
        if has_gold and has_found and check(gold, found):
            self.count(name, right=1)
            return
        self.count(name, wrong=int(has_found), missed=int(has_gold))
        self.miss(name, gold, found)

    def items(self, name: str, gold: list[Any], found: list[Any], check: Check) -> list[tuple[Any, Any]]:
        pairs, missed, extra = paired(gold, found, check)
        self.count(name, len(pairs), len(extra), len(missed))
        for item in missed:
            self.miss(name, item, None)
        for item in extra:
            self.miss(name, None, item)
        return pairs

    def record(self, gold: dict[str, Any], found: dict[str, Any]) -> None:
        for name, check in SCALARS:
            if name in gold:
                self.scalar(name, gold[name], found.get(name), check)
        for name, keys in OBJECTS:
            a, b = gold.get(name) or {}, found.get(name) or {}
            for key in keys:
                if annotated(gold, name, key):
                    self.scalar(f"{name}.{key}", a.get(key), b.get(key))
        for name in ("addressees", "distribution", "archive"):
            if name in gold:
                self.items(name, names(gold[name]), names(found.get(name)), close(0.9))
        if "citations" in gold:
            pairs = self.items("citations", gold["citations"] or [], found.get("citations") or [], same_citation)
            for key, check, only_given in CITATION:
                for a, b in pairs:
                    if key in a and (a[key] or not only_given):
                        self.scalar(f"citations.{key}", a[key], b.get(key), check)
        self._tasks(gold, found)
        if "contacts" in gold:
            self._contacts(gold, found)

    def _tasks(self, gold: dict[str, Any], found: dict[str, Any]) -> None:
        if gold.get("tasks") is not None:
            for a, b in self.items("tasks", gold["tasks"], found.get("tasks") or [], same_task):
                if same_parties(a.get("assignees") or [], b.get("assignees") or []):
                    self.count("tasks.assignees", right=1)
                else:
                    self.count("tasks.assignees", wrong=1, missed=1)
                    self.miss("tasks.assignees", a.get("assignees"), b.get("assignees"))
                self.scalar("tasks.deadline", a.get("deadline"), b.get("deadline"))
        if "deadlines" in gold:
            keys = [[deadline_key(d) for d in record.get("deadlines") or []] for record in (gold, found)]
            self.items("deadlines", keys[0], keys[1], lambda a, b: bool(a == b))

    def _contacts(self, gold: dict[str, Any], found: dict[str, Any]) -> None:
        for key in ("phones", "faxes", "emails"):
            values = [
                sorted({v.lower() for c in record.get("contacts") or [] for v in c.get(key) or []})
                for record in (gold, found)
            ]
            self.items(f"contacts.{key}", values[0], values[1], lambda a, b: bool(a == b))
        self.items("contacts.name", names(gold.get("contacts")), names(found.get("contacts")), same)


def score(result: Evaluation, source: str, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    """Add one file's records to ``result``: documents are paired by equal numbers first, then in order."""
    medium = next((r["source"]["medium"] for r in found if r.get("source")), "unread")
    pairs, left = pair_records(gold, found)
    counter = _Scorer(result, source, medium, ())
    counter.count(
        "documents", min(len(gold), len(found)), max(0, len(found) - len(gold)), max(0, len(gold) - len(found))
    )
    for record, hit in pairs:
        _Scorer(result, source, medium, record.get("handwritten") or ()).record(record, hit)
    for extra in left:
        counter.record(_NOTHING, extra)
    for record, hit in pairs:
        result.stated += _stated(record, hit)


def _stated(gold: dict[str, Any], found: dict[str, Any]) -> Iterator[Stated]:
    for pointer, right in judge(gold, found).items() if found else ():
        pieces = found["evidence"].get(pointer, [])
        known = [piece["confidence"] for piece in pieces if piece["confidence"] is not None]
        # What is null states nothing: the confidence there speaks of a suggestion.
        if known and all(piece["status"] != "unreadable" for piece in pieces):
            yield Stated(field_of(pointer), min(known), right)


def evaluate(
    gold_folder: Path, files_folder: Path, options: ReadOptions | None = None,
    progress: Callable[[Path, int, int], None] | None = None,
) -> Evaluation:  # fmt: skip
    """Run the extractor over the file of each ``GOLD/<stem>.json`` and compare.

    Raises GoldInvalid for gold that is no list of records; a file that cannot be read is counted as all missed and
    its error kept.
    """
    result = Evaluation()
    golds = sorted(gold_folder.glob("*.json"))
    for at, path in enumerate(golds):
        gold = _load(path)
        if progress:
            progress(path, at, len(golds))
        source = _file_of(path.stem, files_folder)
        found: list[dict[str, Any]] = []
        if source is not None:
            try:
                found = [record.model_dump() for record in extract_file(source, options).records]
            except CongvanError as error:
                result.errors.append(error)
        score(result, path.stem, gold, found)
    if progress:
        progress(gold_folder, len(golds), len(golds))
    return result


def _load(path: Path) -> list[dict[str, Any]]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldInvalid(path, reason=str(error)[:120]) from error
    if not isinstance(gold, list) or not all(isinstance(record, dict) for record in gold):
        raise GoldInvalid(path, reason="không phải là danh sách bản ghi")
    return gold


def _file_of(stem: str, folder: Path) -> Path | None:
    """The file whose name without its last suffix is ``stem``; gold itself is none."""
    return next((p for p in sorted(folder.iterdir()) if p.stem == stem and p.suffix != ".json" and p.is_file()), None)

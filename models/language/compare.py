"""``python -m models.language.compare``: rules beside models, on documents of issuers that no model saw.

Documents are parted by issuer: a model that answers for one issuer was trained on all others (and on generated
sentences).  Intervals are 95 % percentile intervals of a bootstrap over issuers, not over examples, since examples of
one document fall together; "against rules" is the interval of the difference on the same resamples.  A model earns its
place when that interval lies above zero and it is not below the rules on any kind of document.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.language.documents import ROOT, missing, shared
from models.language.examples import Example
from models.language.questions import QUESTIONS, Answers, Counts, Question, Said, load_examples

__all__ = ["Row", "compare", "folds_of", "main", "read_again", "rows_of", "table"]

RESAMPLES = 2000
WORK = ROOT / "build" / "models" / "language"


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one part of the examples: measure, its interval, and that of the difference from the rules."""

    part: str
    system: str
    examples: int
    issuers: int
    value: float
    low: float
    high: float
    gain_low: float
    gain_high: float

    @property
    def wins(self) -> bool:
        return self.gain_low > 0


def folds_of(groups: Sequence[str], count: int) -> list[set[str]]:
    """Issuers dealt into ``count`` folds of about as many examples; 0 gives each issuer a fold of its own."""
    sizes = Counter(groups)
    ordered = sorted(sizes, key=lambda group: (-sizes[group], group))
    folds: list[set[str]] = [set() for _ in range(min(count or len(ordered), len(ordered)))]
    for group in ordered:
        min(folds, key=lambda fold: (sum(sizes[g] for g in fold), folds.index(fold))).add(group)
    return folds


Read = list[tuple[Example, Said]]


def compare(
    question: Question,
    examples: Sequence[Example],
    folds: int,
    epochs: int | None = None,
    made: int | None = None,
    origins: Sequence[str] | None = None,
) -> Read:
    """What models say of every example that a person annotated; generated documents only train.

    ``origins`` are the kinds of documents that are tested, all when None; the others still train.
    """
    wanted = set(origins or {example.origin for example in examples} - {"generated"})
    tested = [example for example in examples if example.origin in wanted]
    answered: Read = []
    parted = folds_of([example.group for example in tested], folds)
    for at, fold in enumerate(parted, 1):
        started = time.perf_counter()
        nlp = question.train([example for example in examples if example.group not in fold], epochs, made)
        mine = [example for example in tested if example.group in fold]
        answered += [(example, question.read(nlp, example)) for example in mine]
        print(f"{question.name} {at}/{len(parted)}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return answered


def read_again(path: Path, examples: Sequence[Example]) -> Read:
    """What the models of an earlier run said of examples cut anew; one that has no twin in that run is left out."""
    said = {(one["group"], tuple(one["texts"])): one["said"] for one in json.loads(path.read_text(encoding="utf-8"))}
    keyed = [(example, (example.group, tuple(example.texts))) for example in examples if example.origin != "generated"]
    return [(example, said[key]) for example, key in keyed if key in said]


def rows_of(question: Question, read: Read, seed: int = 1) -> list[Row]:
    """Measures of all systems: over everything, by kind of document, and by label where the score has labels."""
    rows = []
    answered = [(example, question.answers(said, example)) for example, said in read]
    origins = sorted({example.origin for example, _ in answered})
    whole = [("all", list(answered), "all")]
    if len(origins) > 1:
        whole += [(origin, [one for one in answered if one[0].origin == origin], "all") for origin in origins]
    scored = {name for example, _ in answered for name in question.score(example.label, example.label)}
    labels = sorted(scored - {"all"})
    whole += [(label, list(answered), label) for label in labels]
    for part, chosen, name in whole:
        rows += _rows(question, part, chosen, name, seed)
    return rows


def _rows(
    question: Question, part: str, answered: Sequence[tuple[Example, Answers]], name: str, seed: int
) -> list[Row]:
    groups = sorted({example.group for example, _ in answered})
    systems = list(answered[0][1])
    counts = {system: {group: Counts() for group in groups} for system in systems}
    for example, answers in answered:
        for system in systems:
            counts[system][example.group] += question.score(example.label, answers[system])[name]
    matrix = {
        system: np.array([[c.right, c.wrong, c.missing] for c in counts[system].values()], dtype=float)
        for system in systems
    }
    drawn = np.random.default_rng(seed).integers(0, len(groups), (RESAMPLES, len(groups)))
    sampled = {system: _f1(matrix[system][drawn].sum(axis=1)) for system in systems}
    rows = []
    for system in systems:
        low, high = np.percentile(sampled[system], [2.5, 97.5])
        gain = np.percentile(sampled[system] - sampled["rules"], [2.5, 97.5])
        value = sum(counts[system].values(), Counts()).f1
        figures = [float(figure) for figure in (value, low, high, *gain)]
        rows.append(Row(part, system, len(answered), len(groups), *figures))
    return rows


def _f1(counts: np.ndarray) -> np.ndarray:
    whole = 2 * counts[..., 0] + counts[..., 1] + counts[..., 2]
    return np.where(whole > 0, 2 * counts[..., 0] / np.maximum(whole, 1), 1.0)


def table(question: Question, rows: Sequence[Row]) -> str:
    """Rows as a Markdown table."""
    lines = [
        f"### {question.title} ({question.measure})", "",
        "| documents | system | n | issuers | value | 95 % | against rules |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for row in rows:
        gain = "" if row.system == "rules" else f"{row.gain_low:+.3f} … {row.gain_high:+.3f}"
        lines.append(
            f"| {row.part} | {row.system} | {row.examples} | {row.issuers} | {row.value:.3f} "
            f"| {row.low:.3f} … {row.high:.3f} | {gain} |"
        )
    return "\n".join(lines) + "\n"


def _write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", choices=[[], *QUESTIONS], default=[], help="default: all")
    parser.add_argument("--folds", type=int, default=8, help="0: every issuer is left out by itself")
    parser.add_argument("--tested", nargs="+", metavar="KIND", help="kinds of documents tested: text, scan, …")
    parser.add_argument("--epochs", type=int, help="instead of the configs' number")
    parser.add_argument("--made", type=int, help="generated training examples, instead of the question's number")
    parser.add_argument("--no-scans", action="store_true", help="leave out what needs recognition")
    parser.add_argument("--limit", type=int, help="so many files of each kind, for trials")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of examples and answers")
    parser.add_argument(
        "--again", action="store_true", help="score today's rules beside what models said in an earlier run"
    )
    args = parser.parse_args(argv)
    if args.again:
        shutil.rmtree(args.work / "examples", ignore_errors=True)
    if absent := missing():
        print(f"absent under {shared()}: {', '.join(absent)}; examples of these are left out", file=sys.stderr)
    for name in args.questions or QUESTIONS:
        question = QUESTIONS[name]
        examples = load_examples(name, args.work / "examples", not args.no_scans, args.limit)
        if len({example.group for example in examples if example.origin != "generated"}) < 2:
            print(f"{name}: fewer than two issuers with examples, nothing to compare", file=sys.stderr)
            continue
        kept = args.work / f"{name}.answers.json"
        if args.again:
            read = read_again(kept, examples)
        else:
            read = compare(question, examples, args.folds, args.epochs, args.made, args.tested)
            _write(kept, [{**example.as_dict(), "said": said} for example, said in read])
        rows = rows_of(question, read)
        _write(args.work / f"{name}.json", [asdict(row) for row in rows])
        print(table(question, rows), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

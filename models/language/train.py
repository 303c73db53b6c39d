"""``python -m models.language.train QUESTION --out DIR``: one component trained on every example, written by spaCy.

For a component that :mod:`models.language.compare` let win; ``spacy.load(DIR)`` reads it once
``pipeline.language.tokenizer`` is imported.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from models.language.compare import WORK
from models.language.documents import missing, shared
from models.language.questions import QUESTIONS, load_examples

__all__ = ["main"]

LARGEST = 20_000_000  # bytes that weights in the package may have


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("question", choices=list(QUESTIONS))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, help="instead of the config's number")
    parser.add_argument("--made", type=int, help="generated training examples, instead of the question's number")
    parser.add_argument("--no-scans", action="store_true", help="leave out what needs recognition")
    parser.add_argument("--limit", type=int, help="so many files of each kind, for trials")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the examples")
    args = parser.parse_args(argv)
    if absent := missing():
        print(f"absent under {shared()}: {', '.join(absent)}; trained on the rest", file=sys.stderr)
    question = QUESTIONS[args.question]
    examples = load_examples(args.question, args.work / "examples", not args.no_scans, args.limit)
    nlp = question.train(examples, args.epochs, args.made)
    nlp.meta.update(name=f"congvan_{args.question}", description=question.title)
    nlp.to_disk(args.out)
    size = sum(path.stat().st_size for path in args.out.rglob("*") if path.is_file())
    origins = ", ".join(f"{count} {origin}" for origin, count in sorted(Counter(e.origin for e in examples).items()))
    print(f"{args.out}: {size / 1e6:.1f} MB; examples: {origins}; pairs: {len(question.pairs(examples, args.made))}")
    if size > LARGEST:
        print(f"larger than {LARGEST / 1e6:.0f} MB: not for the package", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

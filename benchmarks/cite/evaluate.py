#!/usr/bin/env python3
"""Spans and numbers of cited documents against a corpus in the form of VNLegalText.

    evaluate.py CORPUS.jsonl [--out PRED.jsonl] [--score SCORER.py] [--misses N]

CORPUS has one JSON object a line with the sentence in ``data.value`` ("_" read as a space).  Predictions are written
as JSON Lines, ``{"citations": [{"start", "end", "number"}]}``; SCORER is called as ``SCORER CORPUS PRED --misses N``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.cite import cite


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--score", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    if not args.corpus.is_file():
        print(f"no corpus at {args.corpus}: nothing measured", file=sys.stderr)
        return 1
    out = args.out or Path(tempfile.mkdtemp()) / "citations.jsonl"
    sentences = [json.loads(line)["data"]["value"].replace("_", " ") for line in args.corpus.open(encoding="utf-8")]
    started = time.perf_counter()
    found = [cite(sentence, typed=True) for sentence in sentences]
    seconds = time.perf_counter() - started
    with out.open("w", encoding="utf-8") as stream:
        for citations in found:
            stream.write(json.dumps({"citations": citations}, ensure_ascii=False) + "\n")
    characters = sum(map(len, sentences))
    print(
        f"{len(sentences)} sentences, {characters} characters, {sum(map(len, found))} citations, {seconds:.2f} s -> {out}"
    )
    if args.score:
        return subprocess.call(
            [sys.executable, str(args.score), str(args.corpus), str(out), "--misses", str(args.misses)]
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

#!/usr/bin/env python3
"""Spans and numbers of cited documents against a corpus in the form of VNLegalText.

    evaluate.py CORPUS.jsonl [--out PRED.jsonl] [--score SCORER.py] [--misses N]

CORPUS has one JSON object a line with the sentence in ``data.value`` ("_" read as a space).  Predictions are written
as JSON Lines, ``{"citations": [{"start", "end", "number"}]}``; SCORER is called as ``SCORER CORPUS PRED --misses N``.

Two files are written and scored: everything ``cite`` finds, and the same without the titles of the documents that the
sentences come from.  The corpus puts such a title before "Căn cứ" in one sentence and annotates nothing in it ("Thông
tư Sửa đổi, bổ sung một số điều của Nghị định số … Căn cứ …"), while a reader of documents needs what a title cites.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pipeline.citing import cite

# A sentence that begins with the type and title of its own document, up to the first ground.
TITLE = re.compile(
    r"(?:Thông tư|Nghị định|Quyết định|Nghị quyết|Chỉ thị|Pháp lệnh|Luật)\s(?!số).*?(?=Căn cứ)", re.DOTALL
)


def outside_title(sentence: str, citations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    title = TITLE.match(sentence)
    return [c for c in citations if title is None or c["end"] > title.end()]


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
    counts = f"{len(sentences)} sentences, {sum(map(len, sentences))} characters, {sum(map(len, found))} citations"
    print(f"{counts}, {seconds:.2f} s")
    untitled = [outside_title(sentence, citations) for sentence, citations in zip(sentences, found, strict=True)]
    status = 0
    for name, path, predictions in (
        ("all that is cited", out, found),
        ("without the sentences' own titles", out.with_suffix(".untitled.jsonl"), untitled),
    ):
        with path.open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps({"citations": c}, ensure_ascii=False) + "\n" for c in predictions)
        print(f"\n{name}: {path}", flush=True)
        if args.score:
            command = [sys.executable, str(args.score), str(args.corpus), str(path), "--misses", str(args.misses)]
            status |= subprocess.call(command)
    return status


if __name__ == "__main__":
    raise SystemExit(main())

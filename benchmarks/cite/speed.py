#!/usr/bin/env python3
"""Seconds that a megabyte of legal text takes on one core: the mention grammar beside a naive regular expression.

    speed.py TEXT [--megabytes 1]

TEXT is plain text, or JSON Lines with the text in ``data.value`` or ``text``; it is repeated up to the size asked for.
The naive expression finds digits, a slash and what follows without a space: what people write first, and what misses
laws by name, dates, lists and everything damaged.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.language.mentions import find_mentions
from pipeline.language.numbers import find_numbers

NAIVE = re.compile(r"\d+[a-z]?/(?:\d{4}/)?[A-ZĐ][\w&-]*")


def read(path: Path) -> str:
    raw = path.read_text(encoding="utf-8")
    if path.suffix != ".jsonl":
        return raw
    rows = [json.loads(line) for line in raw.splitlines()]
    return "\n".join(str(row.get("text") or row["data"]["value"].replace("_", " ")) for row in rows)


def seconds(work: Callable[[str], object], text: str) -> float:
    """The best of three runs, after one over a little text that compiles the patterns."""
    work(text[:2000])
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        work(text)
        best = min(best, time.perf_counter() - started)
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path)
    parser.add_argument("--megabytes", type=float, default=1.0)
    args = parser.parse_args()
    if not args.text.is_file():
        print(f"no text at {args.text}: nothing measured", file=sys.stderr)
        return 1
    text = read(args.text)
    size = int(args.megabytes * 1_000_000)
    while len(text.encode()) < size:
        text += "\n" + text
    text = text.encode()[:size].decode(errors="ignore")
    for name, work in (
        ("naive expression", NAIVE.findall),
        ("find_numbers", find_numbers),
        ("find_mentions", find_mentions),
    ):
        taken = seconds(work, text)
        print(f"{name:18} {taken:7.3f} s for {len(text.encode()) / 1e6:.2f} MB, {len(work(text))} found")  # type: ignore[arg-type]
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

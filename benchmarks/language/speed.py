#!/usr/bin/env python3
"""Milliseconds per page of the language layer, part by part, beside underthesea alone.

    speed.py [TEXT ...]

Without arguments the bundled texts (corpus/texts) are read.  A page is taken as 2,500 characters.  Each part runs three
times after a warm-up; the best run counts.  The last line is peak memory of the process.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.language.nlp import analyse, nlp
from pipeline.language.spans import FINDERS

PAGE = 2500
BUNDLED = Path(__file__).parents[2] / "corpus" / "texts"


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    for text in texts:
        work(text)
    runs = []
    for _ in range(3):
        begin = time.perf_counter()
        for text in texts:
            work(text)
        runs.append(time.perf_counter() - begin)
    return min(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path)
    paths = parser.parse_args().texts or sorted(BUNDLED.glob("*.txt"))
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    pages = sum(map(len, texts)) / PAGE

    begin = time.perf_counter()
    tokenizer = nlp().tokenizer
    tokenizer("một hai")
    print(f"pipeline built in {time.perf_counter() - begin:.1f} s; {len(texts)} texts, {pages:.1f} pages")

    from underthesea import ner, word_tokenize

    parts: dict[str, Callable[[str], object]] = {
        "underthesea word_tokenize alone": word_tokenize,
        "underthesea ner alone": ner,
        "tokenizer": tokenizer,
        **{f"find {group}": find for group, find in FINDERS.items()},
        "analyse, all together": analyse,
    }
    for name, work in parts.items():
        print(f"{name:34} {seconds(work, texts) / pages * 1000:8.1f} ms/page")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

"""``python -m corpus.generator --out DIR``: typeset the corpus and degrade it into scans."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.generator import gold, source
from corpus.generator.build import build
from corpus.generator.fonts import FontMissing
from corpus.generator.presets import DEFAULT, PRESETS

KINDS = ("text", "pdf", "scan")


def _choice(known: Sequence[str], what: str) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        names = list(known) if text == "all" else [name.strip() for name in text.split(",") if name.strip()]
        if wrong := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"no {what} {', '.join(wrong)}; there are: {', '.join(known)}")
        return names

    return parse


def parser() -> argparse.ArgumentParser:
    table = "\n".join(f"  {name:12} {preset.about}" for name, preset in PRESETS.items())
    found = argparse.ArgumentParser(
        prog="python -m corpus.generator", description=__doc__, epilog=f"presets:\n{table}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    found.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    found.add_argument("--seed", type=int, default=30, metavar="N", help="the same seed gives the same bytes")
    found.add_argument("--only", metavar="STEM", help="one source, by its stem or the part before the first _")
    found.add_argument("--sources", choices=("seeds", "synthetic", "all"), default="seeds", help="default: seeds")
    found.add_argument(
        "--kinds",
        type=_choice(KINDS, "kind"),
        default=["pdf", "scan"],
        metavar="KIND,…",
        help="of text, pdf, scan; default: pdf,scan",
    )
    found.add_argument("--presets", type=_choice(tuple(PRESETS), "preset"), default=list(DEFAULT),
                       metavar="NAME,…", help=f"kinds of scan, or all; default: {','.join(DEFAULT)}")  # fmt: skip
    found.add_argument("--dpi", type=int, metavar="N", help="resolution of all scans, instead of the preset's")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the generator; returns the exit status."""
    options = parser().parse_args(arguments)
    try:
        sources = source.load_all(options.only)
        if options.only is None and options.sources != "all":
            sources = [one for one in sources if gold.is_seed(one.stem) == (options.sources == "seeds")]
        for path in build(sources, options.out, seed=options.seed, kinds=options.kinds, presets=options.presets,
                          dpi=options.dpi):  # fmt: skip
            if path.suffix in (".pdf", ".txt"):
                print(path)
    except (FileNotFoundError, FontMissing, source.SourceInvalid) as error:
        print(f"corpus.generator: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

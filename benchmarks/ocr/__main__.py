"""Character, word and mark errors, document numbers and seconds a page, beside plain ``tesseract -l vie``.

    python -m benchmarks.ocr [--real FOLDER] [--presets office,stamped] [--sources seeds] [--worst 10]

Two kinds of pages are read:

- **degraded**: the corpus generator's pages, typeset and then tilted, stamped, copied, photographed; the generator
  knows what stands on them;
- **real**: pages of scans that were transcribed by eye (``benchmarks/ocr/transcripts``).  The scans themselves are not
  part of the project; they are looked for in ``../shared/scans`` and the benchmark says when they are not there.

Both readers get the same page picture at 200 dpi and one thread (``OMP_THREAD_LIMIT=1``); plain Tesseract is
``image_to_string`` with ``-l vie`` and nothing else.  The reading of this project is ``pipeline.read`` without its
cache.  What counts as an error is defined in ``benchmarks.ocr.measure``; handwriting, signatures and round seals are
not in the transcripts, so that whatever is read out of them counts as made up.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytesseract

from benchmarks.ocr.measure import Errors, compare
from pipeline.read import ReadOptions, read

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REAL = ROOT.parent / "shared" / "scans"
DPI = 200
OPTIONS = ReadOptions(dpi=DPI, cache=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be read: its file, its number, and the lines that stand on it."""

    path: Path
    number: int
    lines: tuple[str, ...]
    group: str

    @property
    def name(self) -> str:
        return f"{self.path.stem} p{self.number}"


@dataclass(slots=True)
class Total:
    """What one reader made of a group of pages."""

    errors: Errors = field(default_factory=Errors)
    seconds: float = 0.0
    pages: int = 0


def degraded(folder: Path, presets: str, sources: str) -> Iterator[Wanted]:
    """Pages of the corpus generator, made anew in ``folder``; empty reverse sides are left out."""
    from corpus.generator import gold, source
    from corpus.generator.build import build

    chosen = [s for s in source.load_all(None) if sources == "all" or gold.is_seed(s.stem) == (sources == "seeds")]
    for path in build(chosen, folder, seed=30, kinds=["scan"], presets=presets.split(",")):
        if path.suffix != ".pdf":
            continue
        transcript = json.loads((folder / "transcripts" / f"{path.stem}.pages.json").read_text(encoding="utf-8"))
        for page in transcript["pages"]:
            lines = tuple(line["text"] for line in page["lines"] if line["role"] != "hand")
            if lines:
                yield Wanted(path, page["page"], lines, f"degraded: {path.stem.rpartition('.')[2]}")


def real(folder: Path) -> Iterator[Wanted]:
    """Transcribed pages whose scan is in ``folder``: ``transcripts/STEM.pN.txt``, one printed line a line."""
    for path in sorted((HERE / "transcripts").glob("*.txt")):
        stem, _, number = path.stem.rpartition(".p")
        scan = folder / f"{stem}.pdf"
        if scan.is_file():
            lines = tuple(line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
            yield Wanted(scan, int(number), lines, "real")


def plain_tesseract(path: Path, number: int) -> tuple[list[str], float]:
    """Lines that ``tesseract -l vie`` reads on a page, and its seconds with rendering."""
    began = time.perf_counter()
    document = pypdfium2.PdfDocument(path)
    picture = document[number - 1].render(scale=DPI / 72, may_draw_forms=False).to_pil()
    text = pytesseract.image_to_string(picture, lang="vie", config=f"--dpi {DPI}")
    document.close()
    return text.splitlines(), time.perf_counter() - began


def one_page(path: Path, number: int, folder: Path) -> Path:
    """The page as a file of its own, so that its reading can be timed alone."""
    target = folder / f"{path.stem}.{number}.pdf"
    document, single = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    single.import_pages(document, [number - 1])
    single.save(target)
    return target


def congvan(path: Path, number: int, folder: Path) -> tuple[list[str], float]:
    """Lines that this project reads on a page, and its seconds with rendering."""
    single = one_page(path, number, folder)
    began = time.perf_counter()
    source = read(single, OPTIONS)
    return source.pages[0].text.splitlines(), time.perf_counter() - began


def spread(pages: list[Wanted], most: int) -> list[Wanted]:
    """At most ``most`` of the pages, evenly chosen, so that every document has its share."""
    return [pages[at * len(pages) // min(most, len(pages))] for at in range(min(most, len(pages)))]


def row(name: str, total: Total) -> str:
    e = total.errors
    numbers = f"{e.numbers_read}/{e.numbers}" if e.numbers else "-"
    return (
        f"{name:34} {total.pages:5} {100 * e.cer:8.2f} {100 * e.wer:8.2f} {100 * e.mark_rate:8.3f} "
        f"{numbers:>9} {total.seconds / max(1, total.pages):7.2f}"
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ocr", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--real", type=Path, default=REAL, metavar="FOLDER", help="folder of the real scans")
    parser.add_argument("--presets", default="office,stamped,photocopy", help="kinds of degraded pages; '' for none")
    parser.add_argument("--sources", choices=("seeds", "synthetic", "all"), default="seeds")
    parser.add_argument(
        "--pages", type=int, default=0, metavar="N", help="at most N degraded pages of each preset, evenly chosen"
    )
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="also list the N worst pages")
    options = parser.parse_args(arguments)
    totals: dict[str, dict[str, Total]] = {}
    worst: list[tuple[float, float, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = list(degraded(folder, options.presets, options.sources)) if options.presets else []
        if options.pages:
            groups = dict.fromkeys(page.group for page in pages)
            pages = [page for group in groups for page in spread([p for p in pages if p.group == group], options.pages)]
        transcribed = list(real(options.real))
        if not transcribed:
            print(f"No real scans in {options.real}: only degraded pages are measured.", file=sys.stderr)
        for page in pages + transcribed:
            rates = []
            for reader, (lines, seconds) in (
                ("tesseract", plain_tesseract(page.path, page.number)),
                ("congvan", congvan(page.path, page.number, folder)),
            ):
                errors = compare(page.lines, lines)
                rates.append(errors.cer)
                for group in dict.fromkeys((page.group, page.group.partition(":")[0])):
                    total = totals.setdefault(group, {}).setdefault(reader, Total())
                    total.errors += errors
                    total.seconds += seconds
                    total.pages += 1
            worst.append((rates[1], rates[0], page.name))
            print(f"{page.name}: {100 * rates[0]:.2f} % → {100 * rates[1]:.2f} %", file=sys.stderr)
    print(f"{'':34} {'pages':>5} {'CER %':>8} {'WER %':>8} {'marks %':>8} {'numbers':>9} {'s/page':>7}")
    for group, readers in totals.items():
        for reader, total in readers.items():
            print(row(f"{group}, {reader}", total))
        ours, theirs = readers["congvan"], readers["tesseract"]
        print(
            f"{'':34} errors × {ours.errors.cer / max(1e-9, theirs.errors.cer):.2f}, "
            f"time × {ours.seconds / max(1e-9, theirs.seconds):.2f}\n"
        )
    for mine, plain, name in sorted(worst, reverse=True)[: options.worst]:
        print(f"{100 * mine:6.2f} % (tesseract {100 * plain:.2f} %)  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

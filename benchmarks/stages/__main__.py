"""Milliseconds that a page costs in each stage from file to record, beside what a plain reader of text takes.

    python -m benchmarks.stages [FILES...] [--runs 3]

The stages are those of ``pipeline.workflow.run``: read (the text layer, or OCR of the page picture), layout, extract
and record assembly.  Without FILES the texts in ``corpus/texts`` are measured and, where the generator has made them,
the PDFs and scans in ``build/corpus``.  OCR results are never taken from the cache.

The baseline runs in the same process on the same pages, and yields text only, no boxes, fields or evidence:

- a scan: ``pytesseract.image_to_string`` of each page, rendered at the same resolution (rendering is counted);
- a PDF with a text layer: ``pdfplumber``'s ``extract_text``;
- a text: reading the file and decoding it.

Every figure is the best of the runs; a first run that loads lexicons and compiles patterns is not counted.  OCR runs
only once unless ``--ocr-runs`` says otherwise: it takes seconds a page.  A scan's baseline follows its reading
directly, so that other work on the machine weighs on both alike; both use one thread (``OMP_THREAD_LIMIT=1``, which
``pipeline.read.ocr`` sets).
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytesseract
from PIL import Image, ImageSequence

from pipeline.errors import CongvanError
from pipeline.extract import extract
from pipeline.layout import analyse
from pipeline.read import ReadOptions, SourceFile, read
from pipeline.record.assemble import assemble

ROOT = Path(__file__).parents[2]
OPTIONS = ReadOptions(cache=False)
STAGES = ("read", "layout", "extract", "record")
KINDS = {"text": "text", "digital": "PDF with text", "scan": "scan"}


@dataclass(slots=True)
class Measured:
    """Seconds of one file, by stage and for the baseline."""

    path: Path
    kind: str
    pages: int
    records: int
    seconds: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.seconds[stage] for stage in STAGES)


def default_files() -> list[Path]:
    made = ROOT / "build" / "corpus"
    return [
        *sorted((ROOT / "corpus" / "texts").glob("*.txt")),
        *sorted((made / "pdf").glob("*.pdf")),
        *sorted((made / "scan").glob("*.pdf")),
    ]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def best(runs: int, work: Callable[[], Any]) -> float:
    return min(timed(work)[0] for _ in range(runs))


def pictures(path: Path) -> list[Image.Image]:
    if path.suffix.lower() != ".pdf":
        with Image.open(path) as image:
            return [frame.convert("RGB") for frame in ImageSequence.Iterator(image)]
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=OPTIONS.dpi / 72).to_pil() for page in document]
    finally:
        document.close()


def plain_text(path: Path, kind: str) -> str:
    """The text of a file as a script of a few lines would get it."""
    if kind == "scan":
        return "\n".join(pytesseract.image_to_string(page, lang=OPTIONS.language) for page in pictures(path))
    if kind == "digital" and path.suffix.lower() == ".pdf":
        with pdfplumber.open(path) as pdf:
            return "\n".join(page.extract_text() or "" for page in pdf.pages)
    return path.read_bytes().decode("utf-8", errors="replace")


def after_reading(source: SourceFile) -> tuple[dict[str, float], int]:
    """Seconds of the stages that follow reading, and the number of records."""
    layout, layouts = timed(lambda: analyse(source.pages))
    found, extracted = timed(lambda: [extract(source, one, at) for at, one in enumerate(layouts)])
    made, records = timed(lambda: [assemble(one) for one in extracted])
    return {"layout": layout, "extract": found, "record": made}, len(records)


def measure(path: Path, runs: int, ocr_runs: int) -> Measured:
    """Best figures of one file; raises a CongvanError when it cannot be read."""
    first, source = timed(lambda: read(path, OPTIONS))
    kind = source.medium
    reading = ocr_runs if kind == "scan" else runs
    again = reading - 1 if kind == "scan" else reading
    seconds = {"read": min([first] * (kind == "scan") + [best(1, lambda: read(path, OPTIONS)) for _ in range(again)])}
    seconds["baseline"] = best(reading, lambda: plain_text(path, kind))
    rounds = [after_reading(source) for _ in range(runs)]
    for stage in STAGES[1:]:
        seconds[stage] = min(times[stage] for times, _ in rounds)
    return Measured(path, kind, max(1, len(source.pages)), rounds[0][1], seconds)


def row(name: str, pages: int, seconds: dict[str, float]) -> str:
    def each(value: float) -> str:
        return f"{value / pages * 1000:9.1f}"

    total = sum(seconds[stage] for stage in STAGES)
    times = f"{total / seconds['baseline']:7.2f}×" if seconds["baseline"] >= 0.001 else f"{'–':>8}"
    stages = "".join(each(seconds[stage]) for stage in STAGES)
    return f"{name:34.34}{pages:6}{stages}{each(total)}{each(seconds['baseline'])}{times}"


def report(measured: list[Measured]) -> None:
    for kind, title in KINDS.items():
        files = [one for one in measured if one.kind == kind]
        if not files:
            continue
        titles = "".join(f"{stage:>9}" for stage in (*STAGES, "total", "baseline"))
        print(f"{f'{title}, ms per page':34}{'pages':>6}{titles}{'ratio':>8}")
        for one in files:
            print(row(one.path.name, one.pages, one.seconds))
        together = {key: sum(one.seconds[key] for one in files) for key in (*STAGES, "baseline")}
        print(row(f"all ({sum(one.records for one in files)} records)", sum(one.pages for one in files), together))
        print()


def report_memory() -> None:
    """Highest resident memory of this process, all stages and the baseline together, and of the largest OCR process."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kibibytes here
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, child = (resource.getrusage(who).ru_maxrss * unit / 2**20 for who in both)
    print(f"peak memory: {own:.0f} MiB in this process, at most {child:.0f} MiB in a Tesseract process")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILES")
    parser.add_argument("--runs", type=int, default=3, help="runs of everything but OCR (3)")
    parser.add_argument("--ocr-runs", type=int, default=1, help="runs of OCR, and of its baseline (1)")
    args = parser.parse_args()
    if args.runs < 1 or args.ocr_runs < 1:
        parser.error("at least one run")
    files = args.files or default_files()
    if not files:
        print("no files: nothing measured", file=sys.stderr)
        return 1
    warm = next(iter(sorted((ROOT / "corpus" / "texts").glob("*.txt"))), files[0])
    status, measured = 0, []
    try:
        after_reading(read(warm, OPTIONS))
    except CongvanError as error:
        print(f"{warm.name}: {error}", file=sys.stderr)
    for path in files:
        try:
            measured.append(measure(path, args.runs, args.ocr_runs))
        except CongvanError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            status = 1
    report(measured)
    report_memory()
    return status if measured else 1


if __name__ == "__main__":
    raise SystemExit(main())

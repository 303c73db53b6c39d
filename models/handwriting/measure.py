"""Measure the recogniser on real papers: ``python -m models.handwriting.measure SCANS [--picture OUT.png]``.

``SCANS`` is the folder of the scans that ``labels.tsv`` names; they are papers of others and stay outside this
repository.  Every page is read as the product reads it, so what is measured is finding the ink and reading it.  Beside
the recogniser stands Tesseract on the same crop (one line, digits only).  For the share of readings that would be
given as values, each issuer's papers are judged by a threshold that the papers of the other issuers set.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

import cv2
import numpy as np
import pytesseract

from pipeline.extract.penned import SURE, is_sure
from pipeline.layout.split import WITHIN_STAMP
from pipeline.read import ReadOptions
from pipeline.read.handwriting import digit_reader
from pipeline.read.model import Page, overlap
from pipeline.read.ocr import engine_named
from pipeline.read.pdf import PdfFile
from pipeline.read.prepare import prepare
from pipeline.read.scan import read_picture, turn
from pipeline.read.slots import Gap, strips_of, values_of

LABELS = Path(__file__).with_name("labels.tsv")


@dataclass(slots=True)
class Crop:
    """One labelled number: where it stands, what it says, what was read."""

    file: str
    page: int
    slot: str
    truth: str
    issuer: str
    ink: str
    strip: np.ndarray | None = None
    text: str = ""
    probability: float = 0.0
    tesseract: str = ""
    given: str | None = None  # what the product gives as a value, with the word of its other readers
    others: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return _same(self.slot, self.text, self.truth)


def _same(slot: str, text: str, truth: str) -> bool:
    if slot in ("number", "received@stamp"):
        return text == truth
    return text.isdigit() and int(text) == int(truth)


def labelled() -> list[Crop]:
    rows = [line for line in LABELS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [
        Crop(row["file"], int(row["page"]), row["slot"], row["text"], row["issuer"], row["ink"])
        for row in csv.DictReader(rows, delimiter="\t")
    ]


def read_crops(scans: Path, crops: list[Crop]) -> float:
    """Fill in what is read from the pages of ``scans``; returns the seconds that the recogniser took."""
    reader = digit_reader()
    if reader is None:
        sys.exit("the package holds no weights")
    options = ReadOptions()
    engine = engine_named(options.engine, options.language, options.cache)
    spent = 0.0
    pages = defaultdict(list)
    for crop in crops:
        pages[crop.file, crop.page].append(crop)
    for (name, number), wanted in sorted(pages.items()):
        path = scans / f"{name}.pdf"
        with PdfFile(path.read_bytes(), path, options) as pdf:
            raster = pdf.render(number)
        page = read_picture(raster, number, engine, options, path)
        prepared = prepare(turn(raster.rgb, page.rotation))
        started = time.perf_counter()
        found = {}
        for gap, strips, _, _ in strips_of(page, prepared):
            name_of_slot = f"{gap.slot}@stamp" if in_stamp(page.text[gap.line.start : gap.line.end], gap) else gap.slot
            if name_of_slot not in found:
                found[name_of_slot] = (strips, values_of(gap.slot, reader.read(strips)))
        spent += time.perf_counter() - started
        given = product_values(page)
        for crop in wanted:
            crop.given = given.get(crop.slot)
            if crop.slot not in found:
                continue
            strips, ranked = found[crop.slot]
            crop.strip = strips[0]
            if ranked:
                (crop.text, crop.probability), crop.others = ranked[0], [text for text, _ in ranked[1:3]]
            crop.tesseract = tesseract_digits(strips[0])
    return spent / max(1, len(pages))


def product_values(page: Page) -> dict[str, str]:
    """Slot → digits that the product takes for certain on this page, all its readers heard."""
    values: dict[str, str] = {}
    seen: set[str] = set()
    for reading in page.pen:
        (line,) = page.lines_in(reading.start, reading.start + 1)
        framed = any(line.box and overlap(line.box, stamp) > WITHIN_STAMP for stamp in page.stamps)
        name = f"{reading.slot}@stamp" if framed or line.red else reading.slot
        if name not in seen and is_sure(reading) and reading.text:
            values[name] = reading.text
        seen.add(name)
    return values


def in_stamp(text: str, gap: Gap) -> bool:
    """A line of the receiver's stamp: red, or "Số … ngày … tháng …" in one line."""
    return gap.line.red or gap.slot in ("received", "year") or re.match(r"\W*S\w{1,2}\W.*ng.y", text) is not None


def tesseract_digits(strip: np.ndarray) -> str:
    picture = cv2.copyMakeBorder(255 - strip, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
    larger = cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    text = pytesseract.image_to_string(larger, config="--psm 7 -c tessedit_char_whitelist=0123456789/")
    return str(text).strip().split("/")[0]


def wilson(hits: int, count: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    if not count:
        return 0.0, 1.0
    z, share = 1.96, hits / count
    middle = share + z * z / (2 * count)
    reach = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    whole = 1 + z * z / count
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def threshold(crops: list[Crop], wrong: float = 0.01) -> float:
    """The least threshold at which at most ``wrong`` of the accepted are wrong, and never below the surest error."""
    best = 1.0
    for limit in sorted({crop.probability for crop in crops}, reverse=True):
        accepted = [crop for crop in crops if crop.probability >= limit]
        if sum(not crop.right for crop in accepted) > wrong * len(accepted):
            break
        best = limit
    return best


def report(crops: list[Crop], limit: float) -> None:
    def line(name: str, hits: int, count: int) -> None:
        low, high = wilson(hits, count)
        print(f"{name:52} {hits:3} of {count:3}  {hits / max(1, count):6.1%}  ({low:.1%} to {high:.1%})")

    for name, part in (
        ("pen", [c for c in crops if c.ink == "pen"]),
        ("pen, numbers", [c for c in crops if c.ink == "pen" and c.slot == "number"]),
        ("pen, days and months", [c for c in crops if c.ink == "pen" and c.slot != "number"]),
        ("received stamps", [c for c in crops if c.ink == "stamp"]),
        ("print", [c for c in crops if c.ink == "print"]),
    ):
        line(f"{name}: found", sum(c.strip is not None for c in part), len(part))
        line(f"{name}: right, nothing withheld", sum(c.right for c in part), len(part))
        line(f"{name}: Tesseract on the same crops", sum(_same(c.slot, c.tesseract, c.truth) for c in part), len(part))
        given = [c for c in part if c.given is not None]
        line(f"{name}: given by the product", len(given), len(part))
        line(f"{name}: of these wrong", sum(not _same(c.slot, c.given or "", c.truth) for c in given), len(given))
        accepted = [c for c in part if c.probability >= limit]
        line(f"{name}: accepted at {limit:.2f}", len(accepted), len(part))
        line(f"{name}: of these wrong", sum(not c.right for c in accepted), len(accepted))
    pen = [c for c in crops if c.ink != "print"]
    taken = wrong = 0
    for issuer in sorted({c.issuer for c in pen}):
        own = threshold([c for c in pen if c.issuer != issuer])
        accepted = [c for c in pen if c.issuer == issuer and c.probability >= own]
        taken += len(accepted)
        wrong += sum(not c.right for c in accepted)
    line("pen and stamps, threshold by the other issuers: accepted", taken, len(pen))
    line("pen and stamps, threshold by the other issuers: of these wrong", wrong, taken)


def picture_of(crops: list[Crop], path: Path) -> None:
    """Every crop with its reading, its probability and, where it is wrong, what it says."""
    cells = []
    for crop in sorted(crops, key=lambda c: -c.probability):
        strip = crop.strip if crop.strip is not None else np.zeros((48, 160), np.uint8)
        cell = cv2.cvtColor(255 - strip, cv2.COLOR_GRAY2BGR)
        cell = cv2.copyMakeBorder(cell, 2, 20, 2, 34, cv2.BORDER_CONSTANT, value=(225, 225, 225))
        colour = (0, 110, 0) if crop.right else (0, 0, 200)
        told = f"{crop.text or '-'} {crop.probability:.2f}" + ("" if crop.right else f" ({crop.truth})")
        cv2.putText(cell, told, (4, 64), cv2.FONT_HERSHEY_SIMPLEX, 0.45, colour, 1, cv2.LINE_AA)
        cells.append(cell)
    while len(cells) % 5:
        cells.append(np.full_like(cells[0], 225))
    cv2.imwrite(str(path), np.vstack([np.hstack(cells[k : k + 5]) for k in range(0, len(cells), 5)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scans", type=Path)
    parser.add_argument("--picture", type=Path)
    given = parser.parse_args()
    if not given.scans.is_dir():
        sys.exit(f"no folder {given.scans}: the scans are papers of others and no part of this repository")
    crops = labelled()
    seconds = read_crops(given.scans, crops)
    report(crops, SURE)
    print(f"locating and reading: {1000 * seconds:.0f} ms a page")
    if given.picture:
        picture_of(crops, given.picture)


if __name__ == "__main__":
    main()

"""Typeset pages to a degraded scan: rendered, signed, stamped, copied and scanned."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2

from corpus.generator import imagepdf, optics, pdf
from corpus.generator.ink import Picture
from corpus.generator.page import Page
from corpus.generator.presets import Preset
from corpus.generator.signing import Signing
from corpus.generator.source import Source
from corpus.generator.typeset import typeset


@dataclass(frozen=True)
class Scan:
    """A finished scan: its bytes, its sheets as typeset (None for an empty reverse side), and what was lost."""

    data: bytes
    pages: list[Page | None]
    turns: list[int]
    """Degrees each sheet was turned clockwise: 0, 90, 180 or 270."""
    destroyed: list[str]
    obscured: list[str]


def generator(seed: int, *names: str) -> np.random.Generator:
    """Chance that depends on the seed and the names only, not on what else is made in the same run."""
    return np.random.default_rng([seed, *(zlib.crc32(name.encode()) for name in names)])


def scan(source: Source, name: str, preset: Preset, seed: int, *, dpi: int | None = None) -> Scan:
    """Make the scan of a source under a preset.  ``dpi`` overrides the preset's, for quick looks."""
    resolution = dpi or preset.dpi
    pages = typeset(source, hand=preset.hand)
    pictures = render(pages, resolution)
    destroyed: list[str] = []
    obscured: list[str] = []
    for index, document in enumerate(source.documents):
        at = [place for place, page in enumerate(pages) if page.document == index]
        rng = generator(seed, source.stem, name, f"ink{index}")
        signing = Signing(document, index, preset, resolution, rng)
        signing.sign([pages[k] for k in at], [pictures[k] for k in at])
        destroyed += signing.destroyed
        obscured += signing.obscured
    sheets: list[imagepdf.Sheet] = []
    seen: list[Page | None] = []
    turns: list[int] = []
    for k, page in enumerate(pages):
        behind = pictures[k + 1] if k + 1 < len(pages) and not preset.blank_backs else None
        sides: list[tuple[str, Page | None, Picture, Picture | None]] = [("sheet", page, pictures[k], behind)]
        if preset.blank_backs:
            sides.append(("back", None, np.ones_like(pictures[k]), pictures[k]))
        for side, printed, picture, other in sides:
            rng = generator(seed, source.stem, name, f"{side}{k}")
            done = _optics(picture.copy(), other, preset, resolution, rng)
            quarters = int(rng.integers(4)) if preset.turned else 0
            done = np.ascontiguousarray(np.rot90(done, -quarters))
            height, width = done.shape[:2]
            data, colour = optics.jpeg(done, preset.jpeg)
            sheets.append(imagepdf.Sheet(data, width, height, resolution, colour))
            seen.append(printed)
            turns.append(90 * quarters)
    return Scan(imagepdf.write(sheets), seen, turns, destroyed, obscured)


def render(pages: Sequence[Page], dpi: float) -> list[Picture]:
    """Pictures of typeset pages, before any ink or damage."""
    document = pypdfium2.PdfDocument(pdf.write(pages, "scan"))
    try:
        found: list[Picture] = []
        for page in document:
            levels = page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[..., :3]
            found.append((levels.astype(np.float32) / np.float32(255)).astype(np.float32))
        return found
    finally:
        document.close()


def _optics(page: Picture, back: Picture | None, preset: Preset, dpi: float, rng: np.random.Generator) -> Picture:
    """Everything between the sheet and the file, in the order it happens."""
    if back is not None:
        page = optics.through(page, back, preset.through)
    page = optics.paper(page, rng, preset.shade)
    if preset.grey:
        page = optics.grey(page)
    page = optics.faint(page, rng, preset.faint)
    if preset.holes:
        page = optics.holes(page, rng, dpi)
    page = optics.blur(page, preset.blur)
    page = optics.contrast(page, preset.contrast)
    page = optics.specks(page, rng, preset.specks, dpi)
    angle = float(np.clip(rng.normal(0, preset.tilt), -2 * preset.tilt, 2 * preset.tilt)) if preset.tilt else 0.0
    page = optics.skew(page, angle)
    page = optics.light(page, rng, preset.uneven)
    if preset.photograph:
        page = optics.photograph(page, rng)
    page = optics.streaks(page, rng, preset.streaks)
    page = optics.lid(page, rng, preset.lid)
    page = optics.noise(page, rng, preset.noise)
    return optics.grey(page) if preset.grey else page

"""The output folder: PDFs, scans, their gold, their transcripts, and a note of what each scan lost.

``OUT/text/STEM.txt`` · ``OUT/pdf/STEM.pdf`` · ``OUT/scan/STEM.PRESET.pdf`` · ``OUT/gold/{text,pdf}/STEM.json`` ·
``OUT/gold/scan/STEM.PRESET.json`` · ``OUT/transcripts/STEM[.PRESET].pages.json`` · ``OUT/damage/STEM.PRESET.json``
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.generator import fonts, gold, pdf, plaintext
from corpus.generator.presets import PRESETS
from corpus.generator.scan import scan
from corpus.generator.source import Source
from corpus.generator.transcript import transcribe
from corpus.generator.typeset import typeset


def _json(path: Path, data: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _bytes(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def build_text(source: Source, out: Path) -> list[Path]:
    """The source as plain text, and its gold."""
    path = out / "text" / f"{source.stem}.txt"
    return [
        _bytes(path, plaintext.write(source).encode()),
        _json(out / "gold" / "text" / f"{source.stem}.json", gold.printed(gold.load(source.stem))),
    ]


def build_pdf(source: Source, out: Path) -> list[Path]:
    """The typeset PDF of a source, its gold and its transcript."""
    pages = typeset(source)
    return [
        _bytes(out / "pdf" / f"{source.stem}.pdf", pdf.write(pages, source.stem)),
        _json(out / "gold" / "pdf" / f"{source.stem}.json", gold.printed(gold.load(source.stem))),
        _json(out / "transcripts" / f"{source.stem}.pages.json", transcribe(pages)),
    ]


def build_scan(source: Source, name: str, seed: int, out: Path, *, dpi: int | None = None) -> list[Path]:
    """One degraded scan of a source, its gold, its transcript and the note of what it lost."""
    preset = PRESETS[name]
    made = scan(source, name, preset, seed, dpi=dpi)
    records = gold.scanned(gold.load(source.stem), source.documents, hand=preset.hand)
    for pointer in made.destroyed:
        index = int(pointer.split("/")[1])
        gold.destroy_number(records[index], source.documents[index])
    note = {
        "preset": name,
        "seed": seed,
        "typeface": fonts.family().name,
        "settings": asdict(preset),
        "handwritten": [record["handwritten"] for record in records],
        "turns": made.turns,
        "destroyed": made.destroyed,
        "obscured": made.obscured,
    }
    stem = f"{source.stem}.{name}"
    return [
        _bytes(out / "scan" / f"{stem}.pdf", made.data),
        _json(out / "gold" / "scan" / f"{stem}.json", records),
        _json(out / "transcripts" / f"{stem}.pages.json", transcribe(made.pages, hand=preset.hand)),
        _json(out / "damage" / f"{stem}.json", note),
    ]


def build(
    sources: Sequence[Source], out: Path, *, seed: int, kinds: Sequence[str], presets: Sequence[str],
    dpi: int | None = None,
) -> Iterator[Path]:  # fmt: skip
    """Make everything asked for; yields each file once it is written."""
    for source in sources:
        if "text" in kinds:
            yield from build_text(source, out)
        if "pdf" in kinds:
            yield from build_pdf(source, out)
        if "scan" in kinds:
            for name in presets:
                yield from build_scan(source, name, seed, out, dpi=dpi)

"""Does a document photographed at an angle give the record of the flat page, with boxes on the ink in the photo?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from photographed import STRONG, dark_table, photo
from PIL import Image

from corpus.generator import source
from corpus.generator.scan import render
from corpus.generator.typeset import typeset
from pipeline.record.models import Record
from pipeline.workflow import extract_file

pytestmark = pytest.mark.ocr
STEM = "104_cong_dien"


def _told(record: Record) -> tuple[object, ...]:
    return record.number, record.date, [(c.number, c.date) for c in record.citations]


def test_a_photographed_document_gives_the_record_of_the_flat_page(tmp_path: Path) -> None:
    (one,) = source.load_all(STEM)
    page = (render(typeset(one)[:1], 300)[0] * 255).astype(np.uint8)
    taken = photo(page, STRONG, dark_table(3900, 3000))
    results = {}
    for name, picture in (("flat", page), ("photo", taken)):
        Image.fromarray(picture).save(tmp_path / f"{name}.png", dpi=(300, 300))
        results[name] = extract_file(tmp_path / f"{name}.png")
    flat, photographed = results["flat"].records[0], results["photo"].records[0]
    assert results["photo"].source.pages[0].notes[0] == "perspective"
    assert "perspective" not in results["flat"].source.pages[0].notes
    assert flat.number is not None
    assert flat.citations
    assert _told(photographed) == _told(flat)

    (piece, *_) = photographed.evidence["/date"]
    left, top, right, bottom = (
        int(share * side) for share, side in zip(piece.boxes[0], (3000, 3900, 3000, 3900), strict=True)
    )
    ink = taken[top:bottom, left:right, 0] < 110
    assert 0.03 < ink.mean() < 0.4
    assert (taken[top:bottom, left:right, 0] > 150).mean() > 0.5  # on the sheet, not on the table

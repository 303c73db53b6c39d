"""Does a document photographed at an angle give the record of its text, with boxes on the ink in the photo?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from photographed import STRONG, dark_table, photo
from PIL import Image

from corpus.generator import gold, source
from corpus.generator.scan import render
from corpus.generator.typeset import typeset
from pipeline.workflow import extract_file

pytestmark = pytest.mark.ocr
STEM = "104_cong_dien"


def test_a_photographed_document_gives_the_record_of_the_typeset_text(tmp_path: Path) -> None:
    (one,) = source.load_all(STEM)
    (expected,) = gold.load(STEM)
    page = (render(typeset(one)[:1], 300)[0] * 255).astype(np.uint8)
    taken = photo(page, STRONG, dark_table(3900, 3000))
    Image.fromarray(taken).save(tmp_path / "photo.png", dpi=(300, 300))
    result = extract_file(tmp_path / "photo.png")
    (photographed,) = result.records
    assert result.source.pages[0].notes[0] == "perspective"
    assert (photographed.number, photographed.date) == (expected["number"], expected["date"])
    told = [(c.number, c.date) for c in photographed.citations]
    assert told == [(c["number"], c["date"]) for c in expected["citations"]]

    (piece, *_) = photographed.evidence["/date"]
    left, top, right, bottom = (
        int(share * side) for share, side in zip(piece.boxes[0], (3000, 3900, 3000, 3900), strict=True)
    )
    ink = taken[top:bottom, left:right, 0] < 110
    assert 0.03 < ink.mean() < 0.4
    assert (taken[top:bottom, left:right, 0] > 150).mean() > 0.5  # on the sheet, not on the table

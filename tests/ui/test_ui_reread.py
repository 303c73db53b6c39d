"""Reading a region again, and the picture of a page as its boxes see it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.generator import source
from corpus.generator.build import build
from pipeline.read import ReadOptions, read
from pipeline.workflow.reread import read_region, upright_picture

pytestmark = pytest.mark.ocr


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    made = build(source.load_all("112_cong_van_tra_loi"), folder, seed=30, kinds=["pdf"], presets=[], dpi=None)
    return next(path for path in made if path.suffix == ".pdf")


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_is_turned_as_it_was_read(letter: Path, degrees: int, tmp_path: Path) -> None:
    from PIL import Image

    upright = upright_picture(letter.read_bytes(), letter, 1)
    assert upright is not None
    words = [word.box for word in read(letter).pages[0].words if word.box]
    turned = tmp_path / "turned.png"
    Image.fromarray(np.ascontiguousarray(np.rot90(upright, k=degrees // 90))).save(turned)
    found = upright_picture(turned.read_bytes(), turned, 1, words)
    assert found is not None
    # The same page again, up to the resampling of the picture.
    assert found.shape == upright.shape
    assert float(np.mean(np.abs(found.astype(float) - upright.astype(float)))) < 6


@pytest.mark.parametrize("slack", [0.0, 0.006], ids=["drawn exactly", "drawn generously"])
@pytest.mark.parametrize("word_count", [1, 3])
def test_a_region_gives_the_words_that_stand_in_it(letter: Path, word_count: int, slack: float) -> None:
    page = read(letter, ReadOptions()).pages[0]
    picture = upright_picture(letter.read_bytes(), letter, 1)
    assert picture is not None
    right = 0
    lines = [line for line in page.lines if len(line.words) >= 5][:6]
    for line in lines:
        words = line.words[1 : 1 + word_count]
        boxes = [word.box for word in words if word.box]
        top, bottom = min(b[1] for b in boxes) - slack, max(b[3] for b in boxes) + slack
        box = (boxes[0][0], top, boxes[-1][2], bottom)
        right += read_region(picture, box).text == " ".join(word.text for word in words)
    assert right >= len(lines) - 1


def test_an_empty_region_reads_nothing(letter: Path) -> None:
    picture = upright_picture(letter.read_bytes(), letter, 1)
    assert picture is not None
    assert read_region(picture, (0.01, 0.97, 0.2, 0.99)).text == ""
    assert read_region(picture, (0.5, 0.5, 0.5, 0.5)).text == ""


def test_a_source_without_pages_has_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Số: 1/UBND", encoding="utf-8")
    assert upright_picture(path.read_bytes(), path, 1) is None

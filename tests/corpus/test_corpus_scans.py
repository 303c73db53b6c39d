"""Are the scans reproducible pictures, with gold that says what a careful reader could still read?"""

from __future__ import annotations

import ast
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from corpus.generator import gold, ink, optics, pen, stamp
from corpus.generator.__main__ import main
from corpus.generator.build import build_scan
from corpus.generator.presets import DEFAULT, PRESETS, Preset
from corpus.generator.scan import generator, render, scan
from corpus.generator.source import CORPUS, Seal, Source, load_all
from corpus.generator.typeset import typeset

LOW = 40
"""Dots an inch: enough to tell pictures apart, and quick."""


def one(stem: str) -> Source:
    (source,) = load_all(stem)
    return source


def pictures(data: bytes) -> list[np.ndarray[Any, Any]]:
    """The picture of each page of a scan as RGB levels, pixel for pixel as it was coded."""
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        found = []
        for page in document:
            (image,) = page.get_objects()
            coded = Image.open(io.BytesIO(bytes(image.get_data())))
            found.append(np.asarray(coded.convert("RGB"), float))
        return found
    finally:
        document.close()


def saturation(picture: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.asarray(picture.max(axis=2) - picture.min(axis=2))


@pytest.mark.parametrize("name", PRESETS)
def test_the_same_seed_gives_the_same_bytes(name: str) -> None:
    source = one("110_mat")
    first = scan(source, name, PRESETS[name], 7, dpi=LOW)
    assert scan(source, name, PRESETS[name], 7, dpi=LOW).data == first.data
    assert scan(source, name, PRESETS[name], 8, dpi=LOW).data != first.data


def test_a_scan_does_not_depend_on_what_else_is_made(tmp_path: Path) -> None:
    arguments = ["--dpi", str(LOW), "--kinds", "scan", "--only", "110"]
    assert main(["--out", str(tmp_path / "a"), "--presets", "office,stamped", *arguments]) == 0
    assert main(["--out", str(tmp_path / "b"), "--presets", "stamped", *arguments]) == 0
    name = Path("scan") / "110_mat.stamped.pdf"
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize("name", PRESETS)
def test_a_scan_is_pictures_only(name: str) -> None:
    """Is there no text layer, one picture a page in A4, and an empty reverse exactly where the preset says so?"""
    made = scan(one("104"), name, PRESETS[name], 7, dpi=LOW)
    document = pypdfium2.PdfDocument(io.BytesIO(made.data))
    try:
        assert len(document) == len(made.pages) == (2 if PRESETS[name].blank_backs else 1)
        for page, turn in zip(document, made.turns, strict=True):
            assert page.get_textpage().get_text_range() == ""
            size = page.get_size() if turn in (0, 180) else page.get_size()[::-1]
            assert size == pytest.approx((595.3, 841.9), abs=2)
    finally:
        document.close()
    assert (made.pages[-1] is None) == PRESETS[name].blank_backs


def test_a_blank_back_is_nearly_empty() -> None:
    front, back = pictures(scan(one("104"), "photocopy", PRESETS["photocopy"], 7, dpi=100).data)
    # The middle of the sheet, away from holes, staples and the lid's edge.
    middle = np.s_[100:-100, 100:-100]
    assert (back[middle] < 170).mean() < 0.1 * (front[middle] < 170).mean()


@pytest.mark.parametrize(("name", "coloured"), [("office", True), ("stamped", True), ("photocopy", False)])
def test_a_copier_has_no_colour(name: str, coloured: bool) -> None:
    (picture, *_) = pictures(scan(one("105"), name, PRESETS[name], 7, dpi=80).data)
    assert bool((saturation(picture) > 60).any()) is coloured


def test_the_seal_is_red_and_stands_over_the_signature() -> None:
    """Is there red ink between the position and the name, left of their middle, and none in a plain office scan?"""

    def red(name: str) -> np.ndarray[Any, Any]:
        (picture, *_) = pictures(scan(one("105"), name, PRESETS[name], 7, dpi=100).data)
        return np.argwhere((picture[..., 0] - picture[..., 1] > 40) & (picture[..., 0] - picture[..., 2] > 25))

    assert len(red("office")) == 0
    found = red("stamped")
    assert len(found) > 50
    page = typeset(one("105"))[0]
    spot = page.spot("signature")
    assert spot is not None
    down, across = np.median(found, axis=0) * 72 / 100
    left, top, right, bottom = spot.box
    assert top - 20 < down < bottom + 20
    assert left - 20 < across < (left + right) / 2


@pytest.mark.parametrize("stem", [source.stem for source in load_all()])
def test_gold_of_a_printed_page_is_the_text_s_gold(stem: str) -> None:
    """But for the list of what is by hand, is the record of the text, the PDF and a plain scan one and the same?"""
    records = gold.load(stem)
    printed = gold.printed(records)
    assert [{key: value for key, value in record.items() if key != "handwritten"} for record in printed] == records
    assert all(record["handwritten"] == [] for record in printed)
    assert gold.scanned(records, one(stem).documents, hand=False) == printed


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("000", [["number", "date", "received"], ["number", "date"]]),
        ("002", [[]]),  # no header: nothing to write
        ("004", [["number", "date"]]),
        ("112", [["number", "date", "received"]]),
    ],
)
def test_fields_by_hand_are_listed(stem: str, expected: list[list[str]]) -> None:
    source = one(stem)
    found = gold.scanned(gold.load(source.stem), source.documents, hand=True)
    assert [record["handwritten"] for record in found] == expected


def test_a_draft_s_blanks_filled_in_by_hand_change_its_gold() -> None:
    source = one("004")
    (before,) = gold.load(source.stem)
    (after,) = gold.scanned([before], source.documents, hand=True)
    assert (after["number"], after["raw_number"], after["date"]) == ("312/UBND-VHTT", "312/UBND-VHTT", "2020-12-29")
    assert (after["partial_date"], after["warnings"]) == (None, ["cites_later_document"])
    assert before["number"] is None


def test_a_number_under_a_blot_is_null_and_not_guessed(tmp_path: Path) -> None:
    build_scan(one("000"), "damaged", 7, tmp_path, dpi=LOW)
    name = "000_8cf4c746d5814797.damaged.json"
    first, second = json.loads((tmp_path / "gold" / "scan" / name).read_text(encoding="utf-8"))
    assert (first["number"], first["raw_number"]) == (None, "/SGDDĐT-VP")
    assert (second["number"], second["raw_number"]) == (None, "/STTTT")
    assert "unreadable_number" in first["warnings"]
    note = json.loads((tmp_path / "damage" / name).read_text(encoding="utf-8"))
    assert note["destroyed"] == ["/0/number", "/1/number"]


def test_nothing_shines_through_a_blot() -> None:
    """Under the blot, is every pixel of the number one dark, and is the ký hiệu beside it untouched?"""
    source, dpi = one("101"), 150
    page = typeset(source)[0]
    spot = page.spot("number")
    assert spot is not None
    quiet = Preset("", dpi=dpi, blot=True)
    (picture, *_) = pictures(scan(source, "quiet", quiet, 3).data)
    left, top, right, bottom = (round(value * dpi / 72) for value in spot.box)
    under = picture[top + 2 : bottom - 2, left + 1 : right - 1]
    assert under.max() < 60
    assert under.std() < 8
    plain = render(typeset(source), dpi)[0] * 255
    beside = np.s_[top:bottom, right + 2 : right + 90]
    assert np.abs(picture[beside] - plain[beside]).mean() < 4


def test_a_page_without_colour_is_coded_and_declared_grey() -> None:
    """Do the picture's components and the PDF's colour space agree, also when a colour preset met no colour?"""
    plain = scan(one("101"), "plain", Preset("", dpi=LOW), 3).data
    assert b"/DeviceGray" in plain
    assert b"/DeviceRGB" not in plain
    (picture,) = pictures(plain)
    assert saturation(picture).max() == 0


def test_turned_sheets_turn_back_to_the_upright_page() -> None:
    """Is a turned sheet the typeset page turned clockwise by the degrees noted?"""
    source = one("000")
    made = scan(source, "plain", Preset("", dpi=LOW, turned=True), 5)
    upright = pictures(scan(source, "plain", Preset("", dpi=LOW), 5).data)
    assert len(set(made.turns)) > 1
    for turned, page, degrees in zip(pictures(made.data), upright, made.turns, strict=True):
        assert np.abs(np.rot90(turned, degrees // 90) - page).mean() < 6


def test_a_digitally_signed_document_gets_no_pen_and_no_stamp() -> None:
    (picture,) = pictures(scan(one("106"), "plain", Preset("", dpi=60, signed=True, sealed=True), 5).data)
    (bare,) = pictures(scan(one("106"), "plain", Preset("", dpi=60), 5).data)
    assert np.array_equal(picture, bare)


def test_a_document_without_a_number_loses_none() -> None:
    assert scan(one("002"), "damaged", PRESETS["damaged"], 7, dpi=LOW).destroyed == []
    # A draft's blank cannot be blotted out, and a number that the appendix repeats is not lost.
    assert scan(one("004"), "damaged", PRESETS["damaged"], 7, dpi=LOW).destroyed == []
    assert scan(one("102"), "damaged", PRESETS["damaged"], 7, dpi=LOW).destroyed == []


def test_ink_by_hand_is_blue_and_where_the_number_was() -> None:
    source, dpi = one("101"), 100
    page = typeset(source, hand=True)[0]
    spot = page.spot("number")
    assert spot is not None
    left, top, right, bottom = (round(value * dpi / 72) for value in spot.box)
    by_hand = pictures(scan(source, "handwritten", PRESETS["handwritten"], 7, dpi=dpi).data)[0]
    area = by_hand[top - 8 : bottom + 8, left - 8 : right + 12]
    assert ((area[..., 2] - area[..., 0]) > 40).sum() > 20


@given(st.text(alphabet="0123456789/,. ", min_size=1, max_size=12), st.integers(0, 1000))
def test_every_figure_leaves_ink(text: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    layer = pen.Writer.draw(rng).write(text, (50, 50, 150, 80), 100, rng)
    assert layer.mask.min() >= 0
    assert layer.mask.max() <= 1
    assert bool(layer.mask.any()) is bool(text.strip())


def test_the_pen_refuses_what_it_cannot_write() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="Ω"):
        pen.Writer.draw(rng).write("Ω", (0, 0, 10, 10), 100, rng)


def test_ink_only_darkens() -> None:
    page = np.full((40, 40, 3), 0.8, np.float32)
    before = page.copy()
    ink.lay(page, ink.Layer(np.full((20, 20), 0.5, np.float32), (0.9, 0.2, 0.2), 30, -5))
    assert (page <= before + 1e-6).all()
    assert (page[20:] == before[20:]).all(), "outside the layer nothing changes"
    assert (page[:15, 30:] < before[:15, 30:]).all()


@pytest.mark.parametrize("centre", [(), ("SỞ", "Y TẾ")], ids=["emblem", "words"])
def test_a_seal_fills_its_circle_and_no_more(centre: tuple[str, ...]) -> None:
    mask = stamp.seal(Seal("ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI", centre), 150, np.random.default_rng(1))
    side = mask.shape[0]
    assert side == round(36 / 25.4 * 150)
    down, across = np.mgrid[0:side, 0:side] - (side - 1) / 2
    outside = np.hypot(down, across) > side / 2 + 1
    assert mask[outside].max() == 0
    assert 0.08 < (mask > 0.3).mean() < 0.5


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("noise", lambda page, rng: optics.noise(page, rng, 0.05)),
        ("paper", lambda page, rng: optics.paper(page, rng, 0.1)),
        ("light", lambda page, rng: optics.light(page, rng, 0.1)),
        ("faint", lambda page, rng: optics.faint(page, rng, 0.5)),
        ("grey", lambda page, rng: optics.grey(page)),
        ("contrast", lambda page, rng: optics.contrast(page, 1.3)),
        ("skew", lambda page, rng: optics.skew(page, 2)),
        ("photograph", optics.photograph),
        ("lid", lambda page, rng: optics.lid(page, rng, 9)),
        ("streaks", lambda page, rng: optics.streaks(page, rng, 3)),
        ("holes", lambda page, rng: optics.holes(page, rng, 60)),
    ],
)
def test_a_step_changes_the_page_and_keeps_its_kind(name: str, step: Any) -> None:
    rng = np.random.default_rng(5)
    page = np.ones((300, 200, 3), np.float32)
    page[100:120, 40:160] = np.array([0.8, 0.1, 0.1], np.float32)
    before = page.copy()
    after = step(page, rng)
    assert after.shape == before.shape
    assert after.dtype == np.float32
    assert 0 <= after.min() <= after.max() <= 1
    assert not np.array_equal(after, before), name


def test_the_generator_of_chance_is_told_apart_by_name() -> None:
    draws = {generator(1, "a", "b").random(), generator(1, "a", "c").random(), generator(2, "a", "b").random()}
    assert len(draws) == 3
    assert generator(1, "a", "b").random() in draws


@pytest.mark.parametrize("name", PRESETS)
def test_the_presets_are_documented(name: str) -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert f"| `{name}` |" in readme
    assert name in DEFAULT or f"| `{name}` | {PRESETS[name].dpi} |" in readme


def test_the_output_folder(tmp_path: Path) -> None:
    arguments = ["--out", str(tmp_path), "--only", "110_mat", "--kinds", "all", "--presets", "clean", "--dpi", str(LOW)]
    assert main(arguments) == 0
    made = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert made == [
        "damage/110_mat.clean.json",
        "gold/pdf/110_mat.json",
        "gold/scan/110_mat.clean.json",
        "gold/text/110_mat.json",
        "pdf/110_mat.pdf",
        "scan/110_mat.clean.pdf",
        "text/110_mat.txt",
        "transcripts/110_mat.clean.pages.json",
        "transcripts/110_mat.pages.json",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--only", "nothing"], 1, "no source is called 'nothing'"),
        (["--presets", "blurry"], 2, "no preset blurry"),
        (["--kinds", "docx"], 2, "no kind docx"),
    ],
)
def test_a_wrong_argument_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    try:
        found = main(["--out", str(tmp_path), *arguments])
    except SystemExit as stop:
        found = int(stop.code or 0)
    assert found == status
    assert message in capsys.readouterr().err


def test_the_generator_owes_nothing_to_the_pipeline() -> None:
    for path in (CORPUS / "generator").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not any(name.split(".")[0] == "pipeline" for name in names), path.name

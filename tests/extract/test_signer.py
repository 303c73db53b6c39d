"""Who signed, in what capacity, and what stays null?"""

from __future__ import annotations

import pytest
from extract_pages import HEIGHT, LEFT, TOP, scanned, table, zoned

from pipeline.extract.signer import read_signer
from pipeline.layout import Zone
from pipeline.read.model import Box, Ink

TYPED: list[tuple[str, str, tuple[str | None, str | None, str | None, str | None]]] = [
    ("deputy for the head", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Mai Toản",
     ("Lê Mai Toản", "Phó Giám đốc", "KT.", "Giám đốc")),
    ("two authorities, the outer first", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nVõ Ngọc Trình",
     ("Võ Ngọc Trình", "Phó Chủ tịch", "TM. KT.", "Ủy ban nhân dân")),
    ("by order, with a tail", "T/L HIỆU TRƯỞNG\nTRƯỞNG PHÒNG TC, HC, TT, TL\nNguyễn Văn Đô",
     ("Nguyễn Văn Đô", "Trưởng phòng TC, HC, TT, TL", "TL.", "Hiệu trưởng")),
    ("the head himself", "GIÁM ĐỐC\nNguyễn Tấn Bi", ("Nguyễn Tấn Bi", "Giám đốc", None, None)),
    ("a name alone", "Nguyễn Tấn Bi", ("Nguyễn Tấn Bi", None, None, None)),
]  # fmt: skip


def fields(text: str, **scan: object) -> tuple[str | None, ...] | None:
    context = scanned(Zone.SIGNATURE, text, **scan) if scan else zoned(Zone.SIGNATURE, text)  # type: ignore[arg-type]
    found = read_signer(context)
    return found and tuple(found.value[name] for name in ("name", "position", "authority", "on_behalf_of"))


@pytest.mark.parametrize(("text", "expected"), table(TYPED))
def test_typed(text: str, expected: tuple[str | None, ...]) -> None:
    assert fields(text) == expected


DAMAGED: list[tuple[str, str, tuple[str | None, str | None, str | None]]] = [
    ("KT. by hand over a stamped deputy", "', CHỦ TỊCH\n—#HÓ CHỦ TỊCH", ("Phó Chủ tịch", "KT.", "Chủ tịch")),
    ("a seal over PHÓ", "KT. GIÁM ĐỐC\nGIÁM ĐỐC", ("Phó Giám đốc", "KT.", "Giám đốc")),
    ("a seal over KT. and over PHÓ", "CHỦ TỊCH\nCHỦ TỊCH", ("Phó Chủ tịch", "KT.", "Chủ tịch")),
    ("a fold line through KT. BỘ", "RỘ TRƯỞNG\n“THỨ “RƯỞNG", ("Thứ trưởng", "KT.", "Bộ trưởng")),
    ("nothing damaged: no deputy is made", "CHỦ TỊCH", ("Chủ tịch", None, None)),
    ("a deputy under no head keeps no authority", "PHÓ CHỦ TỊCH", ("Phó Chủ tịch", None, None)),
    ("a head over another's deputy is none", "GIÁM ĐỐC\nPHÓ CHỦ TỊCH", ("Phó Chủ tịch", None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), table(DAMAGED))
def test_damaged_titles(text: str, expected: tuple[str | None, ...]) -> None:
    found = fields(text, rereads=())
    assert found is not None
    assert found[1:] == expected


def test_what_is_inferred_says_so() -> None:
    found = read_signer(scanned(Zone.SIGNATURE, "CHỦ TỊCH\nCHỦ TỊCH"))
    assert found is not None
    assert {name: part.status for name, part in found.parts.items()} == dict.fromkeys(
        ("authority", "on_behalf_of", "position"), "inferred"
    )


NAMES: list[tuple[str, str, dict[str, float], str | None, tuple[str, ...]]] = [
    ("read with confidence", "Lê Mai Toản", {}, "Lê Mai Toản", ()),
    ("one word in doubt", "Lê Mai Toản", {"Toản": 0.4}, None, ("Lê Mai Toản",)),
    ("a stroke took the family name", "Văn Thị", {}, None, ("Văn Thị",)),
    ("Văn as a family name before two more", "Văn Hữu Lộc", {}, "Văn Hữu Lộc", ()),
    ("a family name without its marks", "Trân Hữu Lộc", {}, None, ("Trân Hữu Lộc",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "doubt", "name", "suggested"), table(NAMES))
def test_a_name_is_given_only_when_it_is_sure(
    text: str, doubt: dict[str, float], name: str | None, suggested: tuple[str, ...]
) -> None:
    found = read_signer(scanned(Zone.SIGNATURE, f"CHỦ TỊCH\n{text}", doubt=doubt))
    assert found is not None
    assert found.value["name"] == name
    assert found.parts["name"].alternatives == suggested
    assert found.parts["name"].status == ("extracted" if name else "unreadable")


BEFORE: Box = (LEFT - 0.03, TOP, LEFT - 0.004, TOP + HEIGHT)
PENS: list[tuple[str, list[Box], tuple[str | None, str | None]]] = [
    ("letters by pen before the title: whom somebody signed for", [BEFORE], (None, "Chủ tịch")),
    ("nothing before it", [], ("Chủ tịch", None)),
    ("a stroke that ends inside the word", [(LEFT - 0.02, TOP, LEFT + 0.018, TOP + HEIGHT)], ("Chủ tịch", None)),
    ("a signature that runs over the title too", [BEFORE, (LEFT + 0.03, TOP - 0.02, 0.9, TOP + 0.006)],
     ("Chủ tịch", None)),
    ("a flourish as tall as three lines", [(LEFT - 0.03, TOP - 0.02, LEFT, TOP + 0.03)], ("Chủ tịch", None)),
    ("a dot", [(LEFT - 0.008, TOP, LEFT - 0.002, TOP + HEIGHT)], ("Chủ tịch", None)),
]  # fmt: skip


@pytest.mark.parametrize(("strokes", "expected"), table(PENS))
def test_authority_by_pen(strokes: list[Box], expected: tuple[str | None, str | None]) -> None:
    context = scanned(Zone.SIGNATURE, "CHỦ TỊCH\nLê Văn Thị")
    context.layout.lines[0][1].page.ink.extend(Ink(box, "pen") for box in strokes)
    found = read_signer(context)
    assert found is not None
    assert (found.value["position"], found.value["on_behalf_of"]) == expected


CERTIFIED: list[tuple[str, str, dict[str, float], tuple[str, ...], str | None, str]] = [
    ("the same, spelled better", "Lê Văn Thi", {}, ("Lê Văn Thị",), "Lê Văn Thị", "signer.certificate"),
    ("a clerk's, beside a name that is sure", "Lê Văn Thị", {}, ("Trần Thu Hà",), "Lê Văn Thị", "signer.name"),
    ("the signer's among two", "Lê Văn Thị", {}, ("Trần Thu Hà", "Lê Văn Thị"), "Lê Văn Thị", "signer.certificate"),
    ("the one that the doubtful name suggests", "Lê Văn Thị", {"Thị": 0.4}, ("Trần Thu Hà", "Lê Văn Thị"), "Lê Văn Thị",
     "signer.certificate"),
    ("no name that can be read", "Lê Văn Thị", {"Thị": 0.4}, ("Trần Thu Hà",), "Trần Thu Hà", "signer.certificate"),
    ("an agency's certificate", "Lê Văn Thị", {}, ("Ủy ban nhân dân huyện Bát Xát",), "Lê Văn Thị", "signer.name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "doubt", "people", "name", "rule"), table(CERTIFIED))
def test_certificates(text: str, doubt: dict[str, float], people: tuple[str, ...], name: str | None, rule: str) -> None:
    context = scanned(Zone.SIGNATURE, f"CHỦ TỊCH\n{text}", doubt=doubt)
    context.source.signatures.extend({"name": person} for person in people)
    found = read_signer(context)
    assert found is not None
    assert (found.value["name"], found.parts["name"].rule) == (name, rule)

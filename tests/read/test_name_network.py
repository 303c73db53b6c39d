"""Does the reader of name stamps keep to names, and say how far it believes one?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from pipeline.language.names import family_names
from pipeline.lexicon.fold import fold
from pipeline.read.name_network import SIGNS, NameReader, name_reader
from pipeline.read.name_readings import given_syllables

FONTS = "/usr/share/fonts/truetype/croscore"


class Heard:
    """Networks that hear what they are told: for each place the shares of signs; the blank has the rest."""

    def __init__(self, *places: dict[str, float]) -> None:
        self._scores = np.full((1, len(places), len(SIGNS) + 1), 1e-7)
        for at, shares in enumerate(places):
            for sign, share in shares.items():
                self._scores[0, at, SIGNS.index(sign) + 1] = share
            self._scores[0, at, 0] = max(1e-7, 1 - sum(shares.values()))

    def scores(self, strips: np.ndarray) -> np.ndarray:
        return np.log(self._scores)


def spelled(*letters: str, sure: float = 0.99) -> list[dict[str, float]]:
    """One place for each sign and a blank behind it; "ct" is a place where both are as likely."""
    places: list[dict[str, float]] = []
    for letter in letters:
        places += [{sign: sure / len(letter) for sign in letter}, {}]
    return places


BLANK = np.full((48, 160), 255, np.uint8)

HEARD = [
    ("what is surely spelled", [*"lê mai toản"], "Lê Mai Toản", 0.9),
    ("a T like a C: the syllable that names have", [*"lê mai ", "ct", *"oản"], "Lê Mai Toản", 0.4),
    ("no family name begins it", [*"bê mai toản"], None, 0.0),
    ("a title is no name", [*"phó chủ tịch"], None, 0.0),
    ("a family name alone is none", [*"nguyễn"], None, 0.0),
    ("six syllables are none", [*"lê mai an an an toản"], None, 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("why", "letters", "name", "least"), HEARD, ids=[row[0] for row in HEARD])
def test_names_alone_are_read(why: str, letters: list[str], name: str | None, least: float) -> None:
    ranked = NameReader(Heard(*spelled(*letters))).read([BLANK])  # type: ignore[arg-type]
    if name is None:
        assert all(share < 0.05 for _, share in ranked), why
    else:
        assert ranked[0][0] == name
        assert ranked[0][1] >= least


def test_what_is_likelier_than_every_name_takes_its_share() -> None:
    """A syllable no name has, one letter off: the name is offered, and not believed."""
    ranked = NameReader(Heard(*spelled(*"lê mai t", "oo", *"ơn"))).read([BLANK])  # type: ignore[arg-type]
    assert all(share < 0.2 for _, share in ranked)


def test_framings_that_differ_share_what_they_say() -> None:
    class Two(Heard):
        def scores(self, strips: np.ndarray) -> np.ndarray:
            self._at = 1 - getattr(self, "_at", 1)
            said = ("lê mai toản", "lê mai toàn")[self._at]
            return Heard(*spelled(*said)).scores(strips)

    ranked = NameReader(Two()).read([BLANK, BLANK])  # type: ignore[arg-type]
    assert {name for name, _ in ranked[:2]} == {"Lê Mai Toản", "Lê Mai Toàn"}
    assert all(0.3 < share < 0.6 for _, share in ranked[:2])


@given(st.lists(st.dictionaries(st.sampled_from([*SIGNS]), st.floats(0.01, 0.3), max_size=3), min_size=1, max_size=30))
def test_whatever_is_heard_only_names_come_back(places: list[dict[str, float]]) -> None:
    ranked = NameReader(Heard(*places)).read([BLANK])  # type: ignore[arg-type]
    shares = [share for _, share in ranked]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1 + 1e-6
    for name, _ in ranked:
        first, *rest = fold(name).split(" ")
        assert first in family_names()
        assert rest
        assert all(one in family_names() | given_syllables() for one in rest)


@pytest.mark.parametrize("face", ["Tinos-BoldItalic", "Tinos-Italic", "Arimo-Bold"])
@pytest.mark.parametrize("name", ["Nguyễn Ngọc Hạnh", "Trần Văn Sơn", "Lê Thị Minh Tâm"])
def test_a_printed_name_is_read(name: str, face: str) -> None:
    reader = name_reader()
    assert reader is not None
    font = ImageFont.truetype(f"{FONTS}/{face}.ttf", 44)
    sheet = Image.new("L", (round(font.getlength(name)) + 24, 64), 255)
    ImageDraw.Draw(sheet).text((12, 46), name, font=font, fill=20, anchor="ls")
    grey = np.asarray(sheet)
    (read, share), *others = reader.read([grey, grey[3:], grey[:-2]])
    assert read == name
    assert all(share > 2 * other for _, other in others)

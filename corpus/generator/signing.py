"""Pens and stamps on the pages of one document: signature, seal, the clerk's hand, the received stamp, a spilt blot."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from corpus.generator import ink, pen, stamp
from corpus.generator.ink import Layer, Picture
from corpus.generator.page import Page, Spot
from corpus.generator.presets import Preset
from corpus.generator.source import Document, Received, Seal, plain


def _pixels(spot: Spot, dpi: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = (value * dpi / 72 for value in spot.box)
    return left, top, right, bottom


@dataclass
class Signing:
    """Pens and stamps of one document: they come from one desk, so they share ink, hand and stamp.

    ``destroyed`` and ``obscured`` are JSON Pointers into the file's gold, filled in by ``sign``.
    """

    document: Document
    index: int
    preset: Preset
    dpi: float
    rng: np.random.Generator
    destroyed: list[str] = field(default_factory=list)
    obscured: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writer = pen.Writer.draw(self.rng)
        self.red = ink.STAMP_REDS[int(self.rng.integers(len(ink.STAMP_REDS)))]

    def sign(self, pages: list[Page], pictures: list[Picture]) -> None:
        """Put everything on the pictures of the document's pages, in place."""
        if self.preset.hand:
            self._fill_in(pages[0], pictures[0])
        for page, picture in zip(pages, pictures, strict=True):
            spot = page.spot("signature")
            if spot and not self.document.digital:
                self._signature(_pixels(spot, self.dpi), picture)
        if self.preset.sealed and self.document.seal and len(pages) > 1 and not self.document.digital:
            _across(pictures, self.document.seal, self.dpi, self.red, self.rng)
        if self.preset.blot:
            self._spill(pages, pictures[0])

    def _spill(self, pages: list[Page], first: Picture) -> None:
        """Blot out the number, unless an appendix prints it again: then nothing would be lost."""
        spot = pages[0].spot("number")
        if spot is None or not spot.printed:
            return
        number = plain(self.document.number).removeprefix("Số").lstrip(": ")
        elsewhere = (text.text for page in pages for text in page.texts() if text.role != "number")
        if number in " ".join(" ".join(elsewhere).split()):
            return
        _blot(first, _pixels(spot, self.dpi), self.dpi, self.rng)
        self.destroyed.append(f"/{self.index}/number")

    def _fill_in(self, page: Page, picture: Picture) -> None:
        for name in ("number", "day", "month"):
            spot = page.spot(name)
            if spot and spot.text:
                ink.lay(picture, self.writer.write(spot.text, _pixels(spot, self.dpi), self.dpi, self.rng))
        place = page.spot("received")
        if place and self.document.received:
            _received(picture, self.document.received, _pixels(place, self.dpi), self.dpi, self.rng)

    def _signature(self, box: tuple[float, float, float, float], picture: Picture) -> None:
        left, top, right, bottom = box
        rng = self.rng
        if self.preset.signed:
            colour = ink.BLUE_PENS[int(rng.integers(len(ink.BLUE_PENS)))]
            drawn = pen.signature((right - left) * 0.72, bottom - top, rng, colour, 0.42 / 25.4 * self.dpi)
            x = left + (right - left) * float(rng.uniform(0.1, 0.25))
            ink.lay(picture, Layer(drawn.mask, drawn.colour, round(x) + drawn.left, round(top) + drawn.top))
        if self.preset.sealed and self.document.seal:
            mask = stamp.seal(self.document.seal, self.dpi, rng)
            side = mask.shape[0]
            # Over the left third of the signature (NĐ 30/2020, Phụ lục I), a little off as a hand puts it down.
            x = left + (right - left) * float(rng.uniform(0.16, 0.26)) - side / 2
            y = (top + bottom) / 2 - side / 2 + float(rng.normal(0, 1.6)) / 25.4 * self.dpi
            ink.lay(picture, Layer(mask, self.red, round(x), round(y)))
            if self.preset.grey:
                self.obscured += [f"/{self.index}/signer/{key}" for key in ("position", "authority", "name")]


def _received(
    picture: Picture, words: Received, box: tuple[float, float, float, float], dpi: float, rng: np.random.Generator
) -> None:
    """The ĐẾN stamp with its values in another clerk's hand."""
    left, top = round(box[0]), round(box[1])
    size = (round(box[2] - box[0]), round(box[3] - box[1]))
    mask, blanks = stamp.received_form(words.organization, words.heading, size, dpi, rng)
    colour = ink.STAMP_BLUE if rng.random() < 0.3 else ink.STAMP_REDS[int(rng.integers(len(ink.STAMP_REDS)))]
    ink.lay(picture, Layer(mask, colour, left, top))
    writer = pen.Writer.draw(rng)
    routing, more = _two_rows(words.routing)
    for name, value in (("number", words.number), ("date", words.date), ("routing", routing), ("more", more)):
        if value:
            blank = blanks[name]
            place = (left + blank[0], top + blank[1], left + blank[2], top + blank[3])
            ink.lay(picture, writer.write(value, place, dpi, rng))


def _two_rows(text: str) -> tuple[str, str]:
    """Split a text that is too long for one row of the stamp at the space nearest its middle."""
    if len(text) <= 16 or " " not in text:
        return text, ""
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    cut = min(spaces, key=lambda at: abs(at - len(text) * 0.45))
    return text[:cut], text[cut + 1 :]


def _across(
    pictures: list[Picture], words: Seal, dpi: float, colour: tuple[float, float, float], rng: np.random.Generator
) -> None:
    """The seal across the fanned edges of all sheets (dấu giáp lai): every sheet carries one slice of it."""
    mask = stamp.seal(words, dpi, rng)
    side = mask.shape[0]
    share = max(0.22, min(0.5, 1.0 / len(pictures)))
    y = float(rng.uniform(0.25, 0.6)) * pictures[0].shape[0]
    for at, picture in enumerate(pictures):
        start = round(min(at * share, 1 - share) * side)
        piece = mask[:, start : start + round(share * side)]
        ink.lay(picture, Layer(piece, colour, picture.shape[1] - piece.shape[1], round(y + rng.normal(0, 0.01) * side)))


def _blot(picture: Picture, box: tuple[float, float, float, float], dpi: float, rng: np.random.Generator) -> None:
    """Ink spilt over a box: opaque in its middle, ragged at the rim."""
    pad = round(2.2 / 25.4 * dpi)
    left, top, right, bottom = (round(value) for value in box)
    rows, columns = bottom - top + 2 * pad, right - left + pad
    core = np.zeros((rows, columns), np.float32)
    core[pad:-pad, pad:] = 1
    rim = np.asarray(cv2.GaussianBlur(core, (0, 0), pad / 2.5, borderType=cv2.BORDER_REPLICATE), np.float32)
    rim = rim + 1.1 * (ink.cloud(rng, (rows, columns), pad / 1.5) - 0.5) * (rim > 0.02)
    mask = np.maximum(np.clip((rim - 0.42) * 6, 0, 1), core).astype(np.float32)
    # It ends where the slash begins: the ký hiệu stays.  Nothing shines through ink this thick.
    area = picture[top - pad : bottom + pad, left - pad : right]
    area *= 1 - mask[..., None]
    area += mask[..., None] * np.array([0.07, 0.07, 0.11], np.float32)

"""The typeface: found on the machine, never carried in the repository.

The decree asks for Times New Roman.  Tinos has the same widths, all Vietnamese letters and a licence that lets its
glyphs travel inside a PDF (Apache 2.0), so a page set with it breaks its lines where an office's page would.
Liberation Serif before its second version has no Vietnamese letters at all, so a family is taken only when it
covers every one of them.
"""

from __future__ import annotations

import functools
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFile

FOLDERS = (
    "/usr/share/fonts/truetype/croscore",
    "/usr/share/fonts/croscore",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/truetype/freefont",
    "/usr/share/fonts/gnu-free",
)
"""Folders looked through after ``CONGVAN_FONTS``, in this order."""

NAMES = ("Serif", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic", "Sans", "Sans-Bold")
"""Short names of the six faces a document needs."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "Tinos": (
        "Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf",
        "Arimo-Regular.ttf", "Arimo-Bold.ttf",
    ),
    "Liberation Serif": (
        "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf", "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf",
    ),
    "FreeSerif": (
        "FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf",
        "FreeSans.ttf", "FreeSansBold.ttf",
    ),
}  # fmt: skip
"""Files of each family in the order of NAMES, best family first."""

# Every letter of Vietnamese, built from its parts so that none is forgotten: 12 vowels by 6 tones, and đ.
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = "".join(
    unicodedata.normalize("NFC", letter + tone)
    for vowel in _VOWELS
    for letter in (vowel, vowel.upper())
    for tone in _TONES
) + "đĐ"  # fmt: skip


class FontMissing(RuntimeError):
    """No usable typeface; the message names the package that brings it."""


@dataclass(frozen=True)
class Family:
    """A family that covers Vietnamese: its name and the file of each face."""

    name: str
    files: dict[str, Path]


@functools.lru_cache(maxsize=1)
def family() -> Family:
    """The first family found whose faces all have every Vietnamese letter.

    Raises FontMissing, which names the package to install.
    """
    named = os.environ.get("CONGVAN_FONTS")
    for name, files in FAMILIES.items():
        for place in ([named] if named else []) + list(FOLDERS):
            paths = [Path(place) / file for file in files]
            if all(path.is_file() for path in paths) and all(_covers(path) for path in paths):
                return Family(name, dict(zip(NAMES, paths, strict=True)))
    raise FontMissing(
        "No Times-like typeface with Vietnamese letters is installed. On Debian or Ubuntu: sudo apt-get install "
        "fonts-croscore (or fonts-freefont-ttf), or set CONGVAN_FONTS to a folder that holds "
        + ", ".join(FAMILIES["Tinos"])
    )


def _covers(path: Path) -> bool:
    glyphs = TTFontFile(str(path)).charToGlyph
    return all(ord(letter) in glyphs for letter in LETTERS)


def path(face: str) -> Path:
    """The file of a face, for picture drawing."""
    return family().files[face]


@functools.lru_cache(maxsize=1)
def register() -> None:
    """Make the faces known to reportlab under their short names."""
    for name, file in family().files.items():
        pdfmetrics.registerFont(TTFont(name, str(file)))


def face(bold: bool = False, italic: bool = False) -> str:
    """Short name of the serif face in a style."""
    return "Serif" + {(0, 0): "", (1, 0): "-Bold", (0, 1): "-Italic", (1, 1): "-BoldItalic"}[bold, italic]


def width(text: str, face: str, size: float) -> float:
    """Width of a text in points."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))


def missing(text: str, face: str) -> set[str]:
    """Characters of the text that the face has no glyph for."""
    register()
    glyphs = pdfmetrics.getFont(face).face.charToGlyph
    return {letter for letter in text if ord(letter) not in glyphs}

"""A serif font family of this machine with every Vietnamese letter, registered for printed forms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.export.errors import PrintFontMissing
from pipeline.workflow.fonts import font_folders

FAMILY = "congvan-serif"
# The decree asks for Times New Roman; Tinos and Liberation Serif have its measures.  Upright, bold, italic, both.
_FAMILIES: tuple[tuple[str, str, str, str], ...] = (
    ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
    ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
     "LiberationSerif-BoldItalic.ttf"),
    ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
    ("Times New Roman.ttf", "Times New Roman Bold.ttf", "Times New Roman Italic.ttf",
     "Times New Roman Bold Italic.ttf"),
    ("FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf"),
    ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSerif-BoldItalic.ttf"),
)  # fmt: skip
_HARD_LETTERS = "ẵộữỵĐăơưẾ–…“”"


@cache
def font_files() -> tuple[Path, Path, Path, Path]:
    """Files of the upright, bold, italic and bold italic faces; raises ``PrintFontMissing``."""
    lying: dict[str, Path] = {}
    for folder in font_folders():
        for path in sorted(folder.rglob("*.ttf")):
            lying.setdefault(path.name, path)
    for names in _FAMILIES:
        found = [lying[name] for name in names if name in lying]
        if len(found) == len(names) and all(_has_letters(path) for path in found):
            return found[0], found[1], found[2], found[3]
    raise PrintFontMissing()


@cache
def register_family() -> str:
    """Register the family with reportlab and give its name; raises ``PrintFontMissing``."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    names = (FAMILY, f"{FAMILY}-bold", f"{FAMILY}-italic", f"{FAMILY}-bold-italic")
    for name, path in zip(names, font_files(), strict=True):
        pdfmetrics.registerFont(TTFont(name, str(path)))
    for name, (bold, italic) in zip(names, ((0, 0), (1, 0), (0, 1), (1, 1)), strict=True):
        addMapping(FAMILY, bold, italic, name)
    return FAMILY


def _has_letters(path: Path) -> bool:
    from reportlab.pdfbase.ttfonts import TTFError, TTFontFile

    try:
        face = TTFontFile(str(path))
    except (TTFError, OSError):
        return False
    return all(ord(letter) in face.charToGlyph for letter in _HARD_LETTERS)

"""A font of this machine with every Vietnamese letter, for labels on pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import ImageFont

from pipeline.workflow.errors import FontMissing

# In order of liking: plain faces that stay legible when small.
_NAMES = (
    "DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "Arimo-Regular.ttf", "FreeSans.ttf",
    "arial.ttf", "Arial.ttf", "tahoma.ttf", "Roboto-Regular.ttf",
)  # fmt: skip
_HARD_LETTERS = "ẵộữỵĐ"


def font_folders() -> list[Path]:
    """Folders in which the usual systems keep fonts."""
    home = Path.home()
    folders = [
        Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", home / ".local/share/fonts",
        Path("/Library/Fonts"), Path("/System/Library/Fonts"), Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
    ]  # fmt: skip
    return [folder for folder in folders if folder.is_dir()]


@cache
def vietnamese_font_file() -> Path:
    """The font file; raises FontMissing."""
    found: dict[str, Path] = {}
    for path in _files():
        found.setdefault(path.name, path)
    for name in _NAMES:
        if name in found and _has_letters(found[name]):
            return found[name]
    for path in found.values():
        if _has_letters(path):
            return path
    raise FontMissing()


@cache
def vietnamese_font(size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels; raises FontMissing."""
    return ImageFont.truetype(str(vietnamese_font_file()), size)


def _files() -> Iterator[Path]:
    for folder in font_folders():
        for where, _, names in os.walk(folder):
            yield from (Path(where, name) for name in sorted(names) if name.lower().endswith((".ttf", ".otf")))


def _has_letters(path: Path) -> bool:
    """Whether the font draws the letters otherwise than as the box for a letter it lacks."""
    try:
        font = ImageFont.truetype(str(path), 24)
        missing = bytes(font.getmask("\ufffe"))
        return all(bytes(font.getmask(letter)) != missing for letter in _HARD_LETTERS)
    except (OSError, ValueError):
        return False

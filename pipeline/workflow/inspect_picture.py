"""A page's picture with its zones and evidence drawn on it.

The page keeps its middle: names of zones stand in a strip at the left, values in a panel at the right, so that no
label ever covers the ink that it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.layout.zones import ZONE_NAMES
from pipeline.read.model import Box
from pipeline.workflow.fonts import vietnamese_font
from pipeline.workflow.inspect import ZONE_COLOURS, Colour, Mark, PageView
from pipeline.workflow.summary import page_title

PAGE_WIDTH = 1300
_LEFT, _RIGHT, _TOP, _GAP = 190, 620, 44, 8
_STATUS = {"inferred": "suy ra", "unreadable": "không đọc được", "corrected": "người sửa"}
_INK: Colour = (15, 23, 42)
_PALE: Colour = (100, 116, 139)


def draw(picture: np.ndarray, view: PageView) -> Image.Image:
    """The picture ((height, width, 3) uint8 RGB, upright) with the marks of ``view``; raises FontMissing."""
    page = Image.fromarray(picture)
    page = page.resize((PAGE_WIDTH, round(page.height * PAGE_WIDTH / page.width)), Image.Resampling.LANCZOS)
    page = _tinted(page, view)
    marks = sorted(view.marks, key=lambda mark: mark.top)
    pen = ImageDraw.Draw(page)
    for number, mark in enumerate(marks, 1):
        _frame(pen, page.size, mark, number)
    entries = _place([_entry(mark, number) for number, mark in enumerate(marks, 1)], page.height)
    height = max([page.height, *(entry.y + entry.height for entry in entries)]) + _TOP + 12
    sheet = Image.new("RGB", (_LEFT + PAGE_WIDTH + _RIGHT, height), (241, 245, 249))
    sheet.paste(page, (_LEFT, _TOP))
    pen = ImageDraw.Draw(sheet)
    pen.text((_LEFT, 10), page_title(view.page), _INK, vietnamese_font(20))
    _zone_names(pen, view, page.height)
    for entry in entries:
        _write(pen, entry)
    return sheet


def _pixels(box: Box, size: tuple[int, int], pad: int) -> tuple[int, int, int, int]:
    left, top = max(0, round(box[0] * size[0]) - pad), max(0, round(box[1] * size[1]) - pad)
    right, bottom = round(box[2] * size[0]) + pad, round(box[3] * size[1]) + pad
    return left, top, min(size[0] - 1, max(left, right)), min(size[1] - 1, max(top, bottom))


def _tinted(page: Image.Image, view: PageView) -> Image.Image:
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for block in view.blocks:
        if block.box is not None:
            pen.rectangle(_pixels(block.box, page.size, 5), fill=(*ZONE_COLOURS[block.zone], 46))
    return Image.alpha_composite(page.convert("RGBA"), layer).convert("RGB")


def _frame(pen: ImageDraw.ImageDraw, size: tuple[int, int], mark: Mark, number: int) -> None:
    first: tuple[int, int, int, int] | None = None
    for piece in mark.evidence:
        for box in piece.boxes:
            spot = _pixels(box, size, 2)
            first = first or spot
            pen.rectangle(spot, outline=mark.colour, width=2)
    if first is not None:
        font = vietnamese_font(13)
        width = round(font.getlength(str(number))) + 6
        # The badge hangs off the corner into the white above and left of the line.
        x, y = max(0, first[0] - width), max(0, first[1] - 9)
        pen.rectangle((x, y, x + width, y + 16), fill=mark.colour)
        pen.text((x + 3, y), str(number), (255, 255, 255), font)


def _zone_names(pen: ImageDraw.ImageDraw, view: PageView, height: int) -> None:
    font = vietnamese_font(15)
    free = 0
    for block in sorted((b for b in view.blocks if b.box), key=lambda b: b.box[1] if b.box else 0.0):
        assert block.box is not None
        colour = ZONE_COLOURS[block.zone]
        x, y = _LEFT + round(block.box[0] * PAGE_WIDTH) - 5, _TOP + round(block.box[1] * height)
        at = max(free, y - 4)
        pen.rectangle((4, at, 12, at + 18), fill=colour)
        pen.text((18, at), ZONE_NAMES[block.zone], _INK, font)
        end = 18 + round(font.getlength(ZONE_NAMES[block.zone])) + 4
        if end < x:
            pen.line((end, at + 10, max(end, _LEFT - 6), at + 10, x, y + 2), fill=colour, width=1)
        free = at + 22


@dataclass(slots=True)
class _Entry:
    mark: Mark
    number: int
    lines: list[str]
    y: int = 0

    @property
    def height(self) -> int:
        return 22 + 20 * len(self.lines) + _GAP


def _entry(mark: Mark, number: int) -> _Entry:
    return _Entry(mark, number, _wrap(mark.value, vietnamese_font(16), _RIGHT - 60, 3))


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + " …"]


def _place(entries: list[_Entry], height: int) -> list[_Entry]:
    """Each entry beside its ink as far as there is room: pushed down by those above, then up from the lower edge."""
    free = 0
    for entry in entries:
        entry.y = max(free, round(entry.mark.top * height) - 4)
        free = entry.y + entry.height
    limit = height
    for entry in reversed(entries):
        entry.y = min(entry.y, limit - entry.height)
        limit = entry.y
    free = 0
    for entry in entries:
        entry.y = max(free, entry.y)
        free = entry.y + entry.height
    return entries


def _write(pen: ImageDraw.ImageDraw, entry: _Entry) -> None:
    x, y = _LEFT + PAGE_WIDTH + 16, _TOP + entry.y
    badge, title = vietnamese_font(13), vietnamese_font(15)
    width = round(badge.getlength(str(entry.number))) + 6
    pen.rectangle((x, y + 1, x + width, y + 18), fill=entry.mark.colour)
    pen.text((x + 3, y + 2), str(entry.number), (255, 255, 255), badge)
    notes = [_STATUS[entry.mark.status]] if entry.mark.status in _STATUS else []
    if entry.mark.confidence is not None:
        notes.append(f"tin cậy {entry.mark.confidence:.2f}".replace(".", ","))
    pen.text((x + width + 6, y), entry.mark.title, entry.mark.colour, title)
    pen.text((x + width + 14 + title.getlength(entry.mark.title), y + 2), " · ".join(notes), _PALE, badge)
    for at, line in enumerate(entry.lines):
        pen.text((x + width + 6, y + 20 + 20 * at), line, _INK, vietnamese_font(16))

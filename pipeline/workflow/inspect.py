"""What was read and found, drawn over each page for a person who checks.

A page with a picture becomes a PNG: zones tinted and named at the left, a frame round the ink of every value, and the
values listed at the right.  A source without pictures becomes one HTML page with the same marks on its text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import OutputUnwritable
from pipeline.layout.zones import Zone
from pipeline.read.model import Box, Line, Page, ReadOptions, union
from pipeline.record.models import Evidence, Record
from pipeline.workflow.run import FileResult, extract_file
from pipeline.workflow.summary import field_title, value_at, value_in_words

Colour = tuple[int, int, int]

ZONE_COLOURS: dict[Zone, Colour] = {
    Zone.MOTTO: (148, 163, 184), Zone.ISSUER: (37, 99, 235), Zone.NUMBER: (220, 38, 38),
    Zone.PLACE_DATE: (217, 119, 6), Zone.TITLE: (126, 34, 206), Zone.SUBJECT: (5, 150, 105),
    Zone.BODY: (203, 213, 225), Zone.SIGNATURE: (190, 24, 93), Zone.RECIPIENTS: (8, 145, 178),
    Zone.ADDRESSEES: (101, 163, 13), Zone.SECRECY: (153, 27, 27), Zone.URGENCY: (234, 88, 12),
    Zone.CIRCULATION: (120, 53, 15), Zone.CONTACT: (13, 148, 136), Zone.RECEIVED: (79, 70, 229),
    Zone.DIGITAL_SIGNATURE: (71, 85, 105), Zone.COPY: (71, 85, 105), Zone.ANNEX: (161, 161, 170),
    Zone.FURNITURE: (212, 212, 216),
}  # fmt: skip
_FIELD_COLOURS: tuple[Colour, ...] = (
    (200, 30, 30), (29, 78, 216), (21, 128, 61), (147, 51, 234), (180, 83, 9), (14, 116, 144), (190, 24, 93),
    (63, 98, 18), (67, 56, 202), (124, 45, 18),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ZoneBlock:
    """Lines of one zone that stand together on a page: their boxes' union, or their span of the page's text."""

    zone: Zone
    box: Box | None
    start: int
    end: int


@dataclass(slots=True)
class Mark:
    """A value on one page: its field's name, the value in words, and where its evidence lies."""

    pointer: str
    title: str
    value: str
    colour: Colour
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def top(self) -> float:
        tops = [box[1] for piece in self.evidence for box in piece.boxes]
        return min(tops, default=0.0)

    @property
    def confidence(self) -> float | None:
        known = [piece.confidence for piece in self.evidence if piece.confidence is not None]
        return min(known, default=None)

    @property
    def status(self) -> str:
        return self.evidence[0].status


@dataclass(slots=True)
class PageView:
    """Everything to be drawn of one page."""

    page: Page
    blocks: list[ZoneBlock]
    marks: list[Mark]


def views_of(result: FileResult) -> list[PageView]:
    """The pages of a file with their zones and marks, in page order."""
    views = {page.number: PageView(page, [], []) for page in result.source.pages}
    for layout in result.layouts:
        for page in layout.pages:
            views[page.number].blocks += _blocks(
                page, [(z, line.line) for z, line in layout.lines if line.page is page]
            )
    several = len(result.records) > 1
    for at, record in enumerate(result.records):
        for number, mark in _marks(record, f"Văn bản {at + 1} › " if several else ""):
            views[number].marks.append(mark)
    return [views[number] for number in sorted(views)]


def _blocks(page: Page, lines: list[tuple[Zone, Line]]) -> list[ZoneBlock]:
    blocks: list[ZoneBlock] = []
    column: int | None = None
    for zone, line in lines:
        place = page.on_picture(line.box) if line.box else None
        last = blocks[-1] if blocks else None
        if last and last.zone is zone and column == line.column and (last.box is None) == (place is None):
            box = union([last.box, place]) if last.box and place else None
            blocks[-1] = ZoneBlock(zone, box, min(last.start, line.start), max(last.end, line.end))
        else:
            blocks.append(ZoneBlock(zone, place, line.start, line.end))
        column = line.column
    return blocks


def _marks(record: Record, prefix: str) -> list[tuple[int, Mark]]:
    """Marks of a record with their page: one for each scalar, item of a list and field of an object."""
    found: dict[tuple[int, str], Mark] = {}
    fields = list(type(record).model_fields)
    for pointer, pieces in record.evidence.items():
        tokens = pointer.strip("/").split("/")
        # The parts of an item lie inside it: a frame for each would only hide the ink.
        if len(tokens) > 2 or (len(tokens) == 1 and tokens[0] in ("signer", "received")):
            continue
        colour = _FIELD_COLOURS[fields.index(tokens[0]) % len(_FIELD_COLOURS)]
        try:
            value = value_in_words(value_at(record, pointer))
        except (AttributeError, IndexError):
            value = "—"
        for piece in pieces:
            mark = found.setdefault((piece.page, pointer), Mark(pointer, prefix + field_title(pointer), value, colour))
            mark.evidence.append(piece)
    return [(page, mark) for (page, _), mark in found.items()]


def inspect_file(
    path: Path, out: Path, options: ReadOptions | None = None, progress: Callable[[int, int], None] | None = None
) -> list[Path]:
    """Write the pictures (or the HTML page) of a file into ``out`` and return their paths.

    Raises a CongvanError when the file cannot be read or the folder cannot be written.
    """
    result = extract_file(path, options, progress)
    return inspect_result(path.read_bytes(), result, out, options)


def inspect_result(data: bytes, result: FileResult, out: Path, options: ReadOptions | None = None) -> list[Path]:
    """As :func:`inspect_file`, of a file already extracted; ``data`` is its content."""
    from pipeline.read import picture_of
    from pipeline.workflow.inspect_markup import markup_of
    from pipeline.workflow.inspect_picture import draw

    source, written = result.source, []
    views = views_of(result)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for view in views:
            if view.page.error is not None:
                continue
            picture = picture_of(data, source.path, view.page, options)
            if picture is None:
                target = out / f"{source.path.stem}.html"
                target.write_text(markup_of(source.name, views), encoding="utf-8")
                return [target]
            target = out / f"{source.path.stem}-trang-{view.page.number:02d}.png"
            draw(picture, view).save(target)
            written.append(target)
    except OSError as error:
        raise OutputUnwritable(out, reason=error.strerror or type(error).__name__) from error
    return written

"""The flow of text down the pages of one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.generator.lines import Line, balanced, break_lines
from corpus.generator.page import BLACK, HEIGHT, MM, WIDTH, Colour, Frame, Page, Rule, Span, Spot, Text


@dataclass(frozen=True)
class Margins:
    """In points: top and bottom 20-25, left 30-35, right 15-20 mm (Nghị định 30/2020, Phụ lục I)."""

    left: float = 30 * MM
    right: float = 18 * MM
    top: float = 20 * MM
    bottom: float = 20 * MM


ND30 = Margins()
PARTY = Margins(left=30 * MM, right=15 * MM, top=20 * MM, bottom=20 * MM)


@dataclass
class Flow:
    """Where the next line goes.  ``y`` is the top of the free room on the last page."""

    document: int
    margins: Margins
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0
    reserved: float = 0.0

    def __post_init__(self) -> None:
        if not self.pages:
            self.new_page()

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def left(self) -> float:
        return self.margins.left

    @property
    def right(self) -> float:
        return WIDTH - self.margins.right

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def floor(self) -> float:
        """The lowest y a line may reach on this page; the first page may keep room for the agency's address."""
        return HEIGHT - self.margins.bottom - (self.reserved if len(self.pages) == 1 else 0.0)

    def new_page(self) -> None:
        """Start a page; from the second one its number stands centred in the top margin."""
        self.pages.append(Page(self.document))
        self.y = self.margins.top
        if len(self.pages) > 1:
            number = Span(str(len(self.pages)), "Serif", 13)
            self.page.items.append(Text(WIDTH / 2 - number.width / 2, 13.5 * MM, (number,), "page-number"))

    def room(self, height: float) -> None:
        """Turn the page when less than ``height`` is left on it."""
        if self.y + height > self.floor:
            self.new_page()

    def put(self, line: Text | Rule | Frame) -> None:
        self.page.items.append(line)

    def mark(self, spot: Spot) -> None:
        self.page.spots.append(spot)

    def paragraph(
        self, pieces: Sequence[Span], *, pitch: float, after: float, indent: float, role: str = "body"
    ) -> None:
        """Justified lines over the text width, ``pitch`` apart; no first or last line stands alone on a page."""
        found = break_lines(pieces, self.width, indent=indent)
        for at, line in enumerate(found):
            together = 1
            if at == 0:
                together = len(found) if len(found) <= 3 else 2
            elif at == len(found) - 2:
                together = 2
            self.room(pitch * together)
            shift = indent if at == 0 else 0.0
            self._line(line, self.left + shift, self.width - shift, pitch, role)
        self.y += after

    def _line(self, line: Line, x: float, width: float, pitch: float, role: str) -> None:
        size = line.spans[0].size
        baseline = self.y + 0.5 * (pitch - size) + 0.8 * size
        self.put(Text(x, baseline, line.spans, role, line.spacing(width)))
        self.y += pitch

    def centred(
        self,
        pieces: Sequence[Span],
        *,
        pitch: float,
        role: str,
        centre: float | None = None,
        width: float | None = None,
        colour: Colour = BLACK,
    ) -> list[Text]:
        """Centred lines of even length; returns them, so that a rule can be drawn below the last."""
        middle = (self.left + self.right) / 2 if centre is None else centre
        put: list[Text] = []
        for line in balanced(pieces, width or self.width):
            self.room(pitch)
            size = line.spans[0].size
            text = Text(
                middle - line.width / 2, self.y + 0.5 * (pitch - size) + 0.8 * size, line.spans, role, colour=colour
            )
            self.put(text)
            put.append(text)
            self.y += pitch
        return put

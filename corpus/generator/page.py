"""A typeset page: texts, rules and frames at places, and the spots where pens and stamps come down.

Lengths are points (1/72 inch); x grows to the right and y grows **down** from the top edge of an A4 page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.generator import fonts

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
RED: Colour = (0.84, 0.10, 0.14)

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Span:
    """Letters in one face."""

    text: str
    face: str
    size: float

    @property
    def width(self) -> float:
        return fonts.width(self.text, self.face, self.size)


@dataclass(frozen=True)
class Text:
    """One line of spans on a baseline; ``spacing`` is what justification adds to every space."""

    x: float
    baseline: float
    spans: tuple[Span, ...]
    role: str
    spacing: float = 0.0
    colour: Colour = BLACK

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def width(self) -> float:
        return sum(span.width for span in self.spans) + self.spacing * self.text.count(" ")

    @property
    def box(self) -> Box:
        size = max(span.size for span in self.spans)
        return (self.x, self.baseline - 0.8 * size, self.x + self.width, self.baseline + 0.22 * size)


@dataclass(frozen=True)
class Rule:
    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.7
    colour: Colour = BLACK


@dataclass(frozen=True)
class Frame:
    box: Box
    width: float = 0.8
    colour: Colour = BLACK


@dataclass(frozen=True)
class Spot:
    """A place where a hand or a stamp comes down: what for, where, which words, and whether they are printed."""

    name: str
    box: Box
    text: str = ""
    printed: bool = False


@dataclass
class Page:
    """One page; ``document`` is the index of its document in the source."""

    document: int
    items: list[Text | Rule | Frame] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    def texts(self) -> Iterator[Text]:
        return (item for item in self.items if isinstance(item, Text))

    def spot(self, name: str) -> Spot | None:
        """The spot of that name, None when the page has none."""
        return next((spot for spot in self.spots if spot.name == name), None)

"""Official positions, ranks, degrees and forms of address: the words that stand before or under a person's name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.lexicon.fold import squash
from pipeline.lexicon.tables import cells, read_csv

__all__ = ["Position", "position_named", "positions", "titles_before_name"]


@dataclass(frozen=True)
class Position:
    """One title.

    ``kind`` is "position", "rank", "degree" or "address".  ``abbreviations`` have one reading; ``weak`` ones (TP, CT)
    have others and only count where a position is expected.
    """

    name: str
    abbreviations: tuple[str, ...]
    kind: str
    weak: tuple[str, ...] = ()


@cache
def positions(kind: str | None = None) -> tuple[Position, ...]:
    """Every title, or those of one kind."""
    found = []
    for row in read_csv("positions.csv"):
        shorts = cells(row["abbreviations"])
        strong = tuple(short for short in shorts if not short.startswith("~"))
        weak = tuple(short[1:] for short in shorts if short.startswith("~"))
        found.append(Position(row["name"], strong, row["kind"], weak))
    return tuple(item for item in found if kind in {None, item.kind})


@cache
def _by_words() -> dict[tuple[str, ...], Position]:
    found: dict[tuple[str, ...], Position] = {}
    for item in positions():
        for name in (item.name, *item.abbreviations):
            found.setdefault(tuple(squash(name).split()), item)
    return found


@cache
def _weak() -> dict[str, Position]:
    found: dict[str, Position] = {}
    for item in positions():
        for short in item.weak:
            found.setdefault(short, item)
    return found


@cache
def _longest() -> int:
    return max(map(len, _by_words()))


def position_named(text: str) -> Position | None:
    """The title that ``text`` is or begins with, the longest one: "PHÓ TRƯỞNG PHÒNG", "Phó Giám đốc Sở Y tế".

    Case, tone placement and white space do not matter.  A weak short form counts only when it is the whole text and
    in its own case ("TP" is Trưởng phòng where a position is expected, but "TP Hồ Chí Minh" is nothing).
    """
    # A comma or full stop after the title belongs to the sentence, except in short forms such as "TS.".
    words = squash(text.replace("–", "-").replace(",", " ")).split()
    for length in range(min(len(words), _longest()), 0, -1):
        found = _by_words().get(tuple(words[:length])) or _by_words().get(
            (*words[: length - 1], words[length - 1].rstrip(".:;"))
        )
        if found:
            return found
    return _weak().get(" ".join(text.split()))


def titles_before_name(text: str) -> tuple[tuple[Position, ...], str]:
    """Take ranks, degrees and forms of address off the head of a name: "Ông: ThS. Nguyễn Văn A" → (…, "Nguyễn Văn A").

    The remainder keeps its spelling.  A form of address that could be a part of the name itself ("Anh", "Bà") is only
    taken when at least two words remain.
    """
    found: list[Position] = []
    rest = text.strip()
    while True:
        words = rest.split()
        step = next((step for size in range(min(4, len(words)), 0, -1) if (step := _title_at(words, size))), None)
        if step is None:
            return tuple(found), rest
        found.append(step[0])
        rest = step[1]


def _title_at(words: list[str], size: int) -> tuple[Position, str] | None:
    head = words[:size]
    last = head[-1].rstrip(":,")
    remainder = words[size:]
    # "ThS.Nguyễn" without the space: cut after the last full stop.
    for cut in (last, last.rstrip(".")):
        item = _by_words().get(tuple(squash(" ".join([*head[:-1], cut])).split()))
        if item and item.kind != "position" and len(remainder) >= 2:
            return item, " ".join(remainder)
    if size == 1 and "." in last.rstrip("."):
        before, after = last.rsplit(".", 1)
        item = _by_words().get((squash(before),))
        if item and item.kind != "position" and after and remainder:
            return item, " ".join([after, *remainder])
    return None

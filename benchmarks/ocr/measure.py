"""Errors of recognised text against what stands on the page, whatever order its parts were read in.

Engines differ in the order in which they read the two columns of a header, so a plain edit distance measures layout
and not letters.  Here every line of the page is looked for in the lines read: the longest first, each at the place
where it fits best, which is then taken out; what is left over in the end was made up (Clausner, Pletschacher and
Antonacopoulos, "Flexible character accuracy measure for reading-order-independent evaluation", Pattern Recognition
Letters 131, 2020).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.lexicon.fold import strip_marks

# Signs that print the same or that no reader tells apart; both sides are folded alike.
_ALIKE = str.maketrans({"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "…": "."})
_DOTS = re.compile(r"[.…_]{3,}")  # leaders of a form are no text
NUMBER = re.compile(
    r"\d{1,5}[a-z]?/(?:(?:19|20)\d\d/)?[A-ZĐ][A-ZĐa-z&]*(?:-[A-ZĐ][A-ZĐa-z&]*)*"
    r"|\d{1,5}-[A-ZĐ]{2,4}/[A-ZĐ]{2,}"
)
NEAR, LOST = 0.15, 0.7  # share of a line's characters that may differ: in the same line; before it counts as not read


@dataclass(slots=True)
class Errors:
    """Counts over pages; the rates are fractions of what stands on the pages."""

    characters: int = 0
    character_errors: int = 0
    words: int = 0
    word_errors: int = 0
    letters: int = 0  # letters read as the right letter, with or without the right marks
    mark_errors: int = 0  # of these, with wrong marks
    numbers: int = 0
    numbers_read: int = 0
    made_up: int = 0  # characters read where nothing stands (also in character_errors)

    def __iadd__(self, other: Errors) -> Errors:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self

    @property
    def cer(self) -> float:
        return self.character_errors / max(1, self.characters)

    @property
    def wer(self) -> float:
        return self.word_errors / max(1, self.words)

    @property
    def mark_rate(self) -> float:
        return self.mark_errors / max(1, self.letters)


def plain(line: str) -> str:
    """A line as it is compared: NFC, one space between words, dashes and quotes alike, without leaders."""
    text = unicodedata.normalize("NFC", line).translate(_ALIKE)
    return " ".join(_DOTS.sub(" ", text).split())


def compare(page: Sequence[str], read: Sequence[str]) -> Errors:
    """Errors of the lines ``read`` against the lines that stand on the ``page``."""
    wanted = sorted((line for line in map(plain, page) if line), key=len, reverse=True)
    left = [line for line in map(plain, read) if line]
    found = Errors(
        characters=sum(map(len, wanted)), words=sum(len(line.split()) for line in wanted),
    )  # fmt: skip
    numbers = Counter(NUMBER.findall(" ".join(map(plain, page))))
    said = Counter(NUMBER.findall(" ".join(map(plain, read))))
    found.numbers = sum(numbers.values())
    found.numbers_read = sum((numbers & said).values())
    # First what was read as a line of its own or as a part of one; then lines that a reader broke in two, or misread.
    late = [line for line in wanted if not _take(line, left, found, NEAR)]
    left = [text for text in [" ".join(left)] if text]
    for line in late:
        if not _take(line, left, found, LOST):
            found.character_errors += len(line)
            found.word_errors += len(line.split())
    rest = " ".join(left)
    found.made_up = len(rest.replace(" ", ""))
    found.character_errors += found.made_up
    found.word_errors += len(rest.split())
    return found


def _take(line: str, left: list[str], errors: Errors, worst: float) -> bool:
    """Match ``line`` with the part of ``left`` that fits it best, take that out and count the differences.

    False, with nothing counted, when more than ``worst`` of its characters differ.
    """
    best: tuple[float, int, int, int] | None = None
    for at, other in enumerate(left):
        if len(line) <= len(other):
            window = fuzz.partial_ratio_alignment(line, other)
            if window is None:
                continue
            start, end = _whole_words(other, window.dest_start, window.dest_end)
        else:
            start, end = 0, len(other)
        cost = Levenshtein.distance(line, other[start:end])
        if best is None or cost < best[0]:
            best = cost, at, start, end
    if best is None or best[0] > worst * len(line):
        return False
    cost, at, start, end = best
    part = left[at][start:end]
    errors.character_errors += int(cost)
    errors.word_errors += Levenshtein.distance(line.split(), part.split())
    right, wrong = _marks(line, part)
    errors.letters += right + wrong
    errors.mark_errors += wrong
    left[at : at + 1] = [piece for piece in (left[at][:start].strip(), left[at][end:].strip()) if piece]
    return True


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Stretch a window to whole words when it cuts one near its edge."""
    before, after = text.rfind(" ", 0, start) + 1, text.find(" ", end)
    after = len(text) if after < 0 else after
    return (before if start - before <= 3 else start), (after if after - end <= 3 else end)


def _marks(line: str, part: str) -> tuple[int, int]:
    """Letters of ``line`` read with the right marks, and with wrong ones."""
    right = sum(c.isalpha() for c in line)
    wrong = 0
    for tag, a0, a1, b0, b1 in Levenshtein.opcodes(line, part):
        if tag == "equal":
            continue
        right -= sum(c.isalpha() for c in line[a0:a1])
        if tag == "replace":
            pairs = zip(line[a0:a1], part[b0:b1], strict=False)
            wrong += sum(strip_marks(a.lower()) == strip_marks(b.lower()) and a.isalpha() for a, b in pairs)
    return right, wrong

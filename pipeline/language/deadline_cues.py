"""The cue words of deadlines (``lexicon/data/deadline_cues.toml``) as patterns over folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.cue_patterns import cue_source
from pipeline.lexicon.fold import fold, strip_marks
from pipeline.lexicon.tables import read_toml


@dataclass(frozen=True, slots=True)
class Folded:
    """One text in the two forms that cues are looked up in; both keep its offsets.

    Cues of several words are compared without marks, because recognition loses them; a cue of one syllable needs its
    marks, or "cử" would be found in "căn cứ".
    """

    text: str
    marked: str
    bare: str


def folded(text: str) -> Folded:
    """Fold ``text``; raises ValueError when it is not NFC, because offsets would then lie."""
    marked = fold(text)
    bare = strip_marks(marked)
    if not len(text) == len(marked) == len(bare):
        raise ValueError("text must be NFC")
    return Folded(text, marked, bare)


@dataclass(frozen=True, slots=True)
class Cues:
    """A set of cue phrases, as one pattern over the marked form of a text."""

    pattern: re.Pattern[str]

    def search(self, where: Folded, start: int, end: int) -> bool:
        """Whether a cue stands within ``[start, end)``."""
        return self.pattern.search(where.marked, max(0, start), end) is not None

    def first(self, where: Folded, start: int, end: int) -> int | None:
        """The offset where the first cue within ``[start, end)`` begins."""
        match = self.pattern.search(where.marked, max(0, start), end)
        return match.start() if match else None

    def last(self, where: Folded, start: int, end: int) -> int | None:
        """The offset where the last cue within ``[start, end)`` ends."""
        return max((match.end() for match in self.pattern.finditer(where.marked, max(0, start), end)), default=None)


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    return read_toml("deadline_cues.toml")


@lru_cache(maxsize=64)
def group(section: str, *names: str) -> Cues:
    """The cues of one or more lists of a section, as one set."""
    phrases = [phrase for name in names for phrase in _table()[section][name]]
    return Cues(re.compile(rf"(?<!\w)(?:{cue_source(phrases)})(?!\w)"))


@lru_cache(maxsize=16)
def adjacent(section: str, name: str) -> Cues:
    """The cues of a list, to be found only at the very end of a stretch of text."""
    return Cues(re.compile(rf"(?<!\w)(?:{cue_source(_table()[section][name])})\s*\Z"))


def _bare(phrases: list[str]) -> str:
    """Alternation of phrases over bare text, longest first."""
    forms = sorted({strip_marks(fold(phrase)) for phrase in phrases}, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)


@lru_cache(maxsize=1)
def bounds() -> re.Pattern[str]:
    """What stands before the date of a deadline; named groups ``before``, ``by`` and ``within``, over bare text."""
    table = _table()["bounds"]
    # "before" first: "chậm nhất trước" is strict although "chậm nhất" is not.
    return re.compile(
        "|".join(rf"(?P<{name}>(?<!\w)(?:{_bare(table[name])})(?!\w))" for name in ("before", "by", "within"))
    )


def is_weak(bound: str) -> bool:
    """Whether a bound, over bare text, may also end the effect of a rule ("đến hết ngày")."""
    return " ".join(bound.split()) in {strip_marks(fold(p)) for p in _table()["bounds"]["weak"]}


@lru_cache(maxsize=1)
def number_words() -> dict[str, int]:
    """Words for numbers of days, without marks."""
    table: dict[str, int] = read_toml("deadline_cues.toml")["numbers"]
    return {strip_marks(fold(word)): value for word, value in table.items()}


@lru_cache(maxsize=1)
def this_document() -> str:
    """Pattern source, over bare text, of the words by which a document means itself."""
    return _bare(_table()["relative"]["this_document"])

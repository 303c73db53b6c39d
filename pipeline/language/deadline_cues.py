"""The cue words of deadlines (``lexicon/data/deadline_cues.toml``) as patterns over folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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
    """A set of cue phrases."""

    marked: re.Pattern[str] | None
    bare: re.Pattern[str] | None

    def search(self, where: Folded, start: int, end: int) -> bool:
        """Whether a cue stands within ``[start, end)``."""
        start = max(0, start)
        return any(
            pattern is not None and pattern.search(form, start, end) is not None
            for pattern, form in ((self.marked, where.marked), (self.bare, where.bare))
        )

    def last(self, where: Folded, start: int, end: int) -> int | None:
        """The offset where the last cue within ``[start, end)`` ends."""
        ends = [
            match.end()
            for pattern, form in ((self.marked, where.marked), (self.bare, where.bare))
            if pattern is not None
            for match in pattern.finditer(form, max(0, start), end)
        ]
        return max(ends, default=None)

    def first(self, where: Folded, start: int, end: int) -> int | None:
        """The offset where the first cue within ``[start, end)`` begins."""
        starts = [
            match.start()
            for pattern, form in ((self.marked, where.marked), (self.bare, where.bare))
            if pattern is not None and (match := pattern.search(form, max(0, start), end))
        ]
        return min(starts, default=None)


# Between the words of a cue: white space, or the stray stop that recognition puts there ("Lịch. công tác").
_GAP = r"(?:\s+|\s?[.,]\s?)"


def _alternation(phrases: list[str]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", _GAP) for p in sorted(phrases, key=len, reverse=True))


def _cues(phrases: list[str]) -> Cues:
    single = sorted({fold(p) for p in phrases if " " not in p})
    several = sorted({strip_marks(fold(p)) for p in phrases if " " in p})
    return Cues(
        re.compile(rf"(?<!\w)(?:{_alternation(single)})(?!\w)") if single else None,
        re.compile(rf"(?<!\w)(?:{_alternation(several)})(?!\w)") if several else None,
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    return read_toml("deadline_cues.toml")


@lru_cache(maxsize=64)
def group(section: str, *names: str) -> Cues:
    """The cues of one or more lists of a section, as one set."""
    return _cues([phrase for name in names for phrase in _table()[section][name]])


@lru_cache(maxsize=16)
def adjacent(section: str, name: str) -> Cues:
    """The cues of a list, to be found only at the very end of a stretch of text."""
    phrases = _table()[section][name]
    single = sorted({fold(p) for p in phrases if " " not in p})
    several = sorted({strip_marks(fold(p)) for p in phrases if " " in p})
    return Cues(
        re.compile(rf"(?<!\w)(?:{_alternation(single)})\s*\Z") if single else None,
        re.compile(rf"(?<!\w)(?:{_alternation(several)})\s*\Z") if several else None,
    )


@lru_cache(maxsize=1)
def bounds() -> re.Pattern[str]:
    """What stands before the date of a deadline; named groups ``before``, ``by`` and ``within``, over bare text."""
    table = _table()["bounds"]
    kinds = [(name, strip_marks(fold(p))) for name in ("before", "by", "within") for p in table[name]]
    # Longest first over all kinds together: "chậm nhất trước" is strict although "chậm nhất" is not.
    kinds.sort(key=lambda item: -len(item[1]))
    taken: set[str] = set()
    parts: dict[str, list[str]] = {"before": [], "by": [], "within": []}
    for name, phrase in kinds:
        if phrase not in taken:
            taken.add(phrase)
            parts[name].append(phrase)
    return re.compile(
        "|".join(rf"(?P<{name}>(?<!\w)(?:{_alternation(parts[name])})(?!\w))" for name in ("before", "by", "within"))
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
    return _alternation([strip_marks(fold(p)) for p in _table()["relative"]["this_document"]])

"""A text as words with keys, and what stands between them: what matching of agencies' names works on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.language.agency_index import word_keys
from pipeline.language.syllables import is_syllable
from pipeline.lexicon.fold import strip_marks

__all__ = ["Word", "Words"]

# Words, and names with an apostrophe ("R'lấp"); what is joined by other marks is several words.
_WORD = regex.compile(r"[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*(?:['’ʼ`´]\s?[\p{L}][\p{L}\p{M}\p{Nd}]*)*")
_BLANK = regex.compile(r"[^\S\n]*\n?[^\S\n]*")
# What may stand between two words of one name: a blank, one line end, one mark.
_GAP = regex.compile(r"[^\S\n]*[,.&\-–—]?[^\S\n]*\n?[^\S\n]*")
_TIGHT = regex.compile(r"[&\-–,.]")
_LONGEST_CHUNK = 6  # words written without blanks: "PCTT&TKCN", "VH,TT&DL"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text; ``keys`` as of :func:`pipeline.language.agency_index.word_keys`."""

    start: int
    end: int
    text: str
    keys: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.keys[0]


class Words:
    """The words of ``text`` by index."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = [Word(m.start(), m.end(), m[0], word_keys(m[0])) for m in _WORD.finditer(text)]

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, at: int) -> Word:
        return self._words[at]

    def between(self, at: int, after: int) -> list[Word]:
        return self._words[max(0, at) : after]

    def source(self, at: int, after: int) -> str:
        """The source from word ``at`` to the word before ``after``."""
        return self.text[self._words[at].start : self._words[after - 1].end]

    def gap(self, right: int) -> str:
        """What stands between word ``right`` and the word before it."""
        return self.text[self._words[right - 1].end : self._words[right].start]

    def bare_key(self, at: int, after: int) -> str:
        """Key of several words without marks."""
        return strip_marks("".join(word.key for word in self.between(at, after)))

    def follows(self, at: int) -> bool:
        """Only a blank, or one line end, before word ``at``; or the point of a short form ("TP.")."""
        gap = self.gap(at)
        return _BLANK.fullmatch(gap) is not None or (
            gap.startswith(".") and self[at - 1].text[0].isupper() and _BLANK.fullmatch(gap[1:]) is not None
        )

    def joined(self, at: int) -> bool:
        """Word ``at`` may belong to one name with the word before it."""
        return _GAP.fullmatch(self.gap(at)) is not None

    def chunk(self, at: int) -> int:
        """Index after the words written without blanks between them ("LĐ-TB&XH"), from ``at`` on."""
        after = at + 1
        while after < len(self) and after - at < _LONGEST_CHUNK and _TIGHT.fullmatch(self.gap(after)):
            after += 1
        return after

    def steps(self, at: int) -> Iterator[tuple[int, str]]:
        """Ways to read on from word ``at``: index after and key, of the word alone and of what is joined to it."""
        for key in self[at].keys:
            yield at + 1, key
        after = self.chunk(at)
        if after > at + 1:
            whole = word_keys(self.source(at, after))[0]
            if whole != "".join(word.key for word in self.between(at, after)):
                yield after, whole

    def joints(self, at: int, after: int) -> int:
        """How often "và" or a mark joins two words here, but for marks inside short forms ("TT. HĐND", "LĐ-TB&XH")."""
        count = sum(not word.key for word in self.between(at, after))
        for right in range(at + 1, after):
            gap, short = self.gap(right), self[right - 1].text.isupper()
            if gap.strip() and not (short and (gap.strip() == "." or len(gap) == 1)):
                count += 1
        return count

    def among_capitals(self, at: int) -> bool:
        """A neighbour on the line is a syllable in capitals, so that capitals say nothing about this word."""
        near = [n for n in (at, at + 1) if 0 < n < len(self) and not self.gap(n).strip(" ")]
        others = [self[n - 1] if n == at else self[n] for n in near]
        return any(word.text.isupper() and is_syllable(word.text) for word in others)

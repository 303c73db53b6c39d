"""The one fold of search: the same for the index and the query, in SQLite and in PostgreSQL.

Letters lose case, tone and vowel marks (đ → d), everything that is neither letter nor digit becomes a space.  The
length stays that of the NFC text, so that offsets of a hit in the folded text are offsets in the text itself.  Both
databases then only split at spaces, and cannot disagree about hyphens, slashes or "e-mail-like" words.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.lexicon.fold import strip_marks

FOLD_VERSION = 1
"""Raised when the fold changes: an archive with another version rebuilds its index."""

_WORD = re.compile(r"\S+")


class _Letters(dict[int, str]):
    """For ``str.translate``: each character's fold, worked out when it is first met.

    It is the lexicon's fold without the placing of tone marks, which fall away here anyway.
    """

    def __missing__(self, code: int) -> str:
        letter = strip_marks(chr(code)).lower()
        letter = strip_marks(letter)[:1]  # "İ" grows when lowered: its letter is what counts
        found = self[code] = letter if letter.isalpha() or letter.isdecimal() else " "
        return found


_LETTERS = _Letters()


def searchable(text: str) -> str:
    """The folded text: lower case without marks, words separated by spaces, as long as ``text`` in NFC."""
    return unicodedata.normalize("NFC", text).translate(_LETTERS)


def words(text: str) -> list[str]:
    """The words of a text as the index has them: "Số 514/SGDĐT-VP" → so, 514, sgddt, vp."""
    return searchable(text).split()


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The words with their half-open offsets in the NFC text."""
    return [(match[0], match.start(), match.end()) for match in _WORD.finditer(searchable(text))]

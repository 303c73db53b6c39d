"""The one fold of search: the same for the index and the query, in SQLite and in PostgreSQL.

Letters lose case, tone and vowel marks (đ → d), everything that is neither letter nor digit becomes a space.  The
length stays that of the NFC text, so that offsets of a hit in the folded text are offsets in the text itself.  Both
databases then only split at spaces, and cannot disagree about hyphens, slashes or "e-mail-like" words.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.lexicon.fold import fold, strip_marks

FOLD_VERSION = 1
"""Raised when the fold changes: an archive with another version rebuilds its index."""

_BETWEEN_WORDS = re.compile(r"[\W_]")
_WORD = re.compile(r"\S+")


def searchable(text: str) -> str:
    """The folded text: lower case without marks, words separated by spaces, as long as ``text`` in NFC."""
    bare = strip_marks(fold(unicodedata.normalize("NFC", text)))
    if not bare.islower():  # "İ" grows when lowered and so keeps its case until its dot is gone
        bare = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in bare)
    return _BETWEEN_WORDS.sub(" ", bare)


def words(text: str) -> list[str]:
    """The words of a text as the index has them: "Số 514/SGDĐT-VP" → so, 514, sgddt, vp."""
    return searchable(text).split()


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The words with their half-open offsets in the NFC text."""
    return [(match[0], match.start(), match.end()) for match in _WORD.finditer(searchable(text))]

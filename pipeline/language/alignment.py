"""Where the words of a tool that rewrites its input stand in the source.

underthesea returns words without offsets and changes them on the way: it composes marks, moves tone marks ("Uỷ" →
"Ủy"), replaces look-alike letters ("Ðoàn" → "Đoàn") and collapses white space.  None of this changes the letters left
when case and marks are folded away, so both sides are compared on that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

__all__ = ["align"]

Span = tuple[int, int]

# How many source characters may stand between two words that the tool returned: what it dropped or replaced.
_REACH = 60
# A word shorter than this is too common to be looked for further on.
_SEARCHED = 3


def align(words: Sequence[str], text: str) -> list[Span | None]:
    """Half-open spans of ``words`` in ``text``, in order and not overlapping; None for a word that is not found.

    A span begins and ends at a letter of the word: white space and combining marks before it stay outside, the marks
    of its last letter inside.  A word that the text does not hold costs that word alone, not those after it.
    """
    letters, starts, ends = _letters(text)
    spans: list[Span | None] = []
    at = 0
    for word in words:
        key = _letters(word)[0]
        found = _find(key, letters, at)
        if found is None:
            spans.append(None)
            continue
        at = found + len(key)
        spans.append((starts[found], ends[at - 1]))
    return spans


def _find(key: str, letters: str, at: int) -> int | None:
    if not key:
        return None
    if letters.startswith(key, at):
        return at
    if len(key) < _SEARCHED:
        return None
    found = letters.find(key, at, at + _REACH + len(key))
    return None if found < 0 else found


def _letters(text: str) -> tuple[str, list[int], list[int]]:
    """Folded characters of ``text`` without white space and marks, with the span of the source under each."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        if char.isspace():
            continue
        base = _base(char)
        if not base:
            # A combining mark belongs to the letter before it.
            if ends and ends[-1] == at:
                ends[-1] = at + 1
            continue
        for part in base:
            folded.append(part)
            starts.append(at)
            ends.append(at + 1)
    return "".join(folded), starts, ends


def _base(char: str) -> str:
    """Lower case without marks; đ and its look-alikes are d.  Empty for a combining mark."""
    if char < "\x80":
        return char.lower()
    if char in "đĐðÐ":
        return "d"
    plain = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
    return plain.lower()

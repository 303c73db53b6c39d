"""Where the terms of a search stand in a text, and on the picture of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.store.fold import word_spans
from pipeline.store.query import Term
from pipeline.store.reading import PageText, WordBox

Box = tuple[float, float, float, float]


def spans(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Half-open offsets in ``text`` (NFC) of every occurrence of a wanted term, in order, joined where they overlap."""
    wanted = [term for term in terms if not term.without]
    tokens = word_spans(text)
    at_word: dict[str, list[int]] = {}
    for index, (word, _, _) in enumerate(tokens):
        at_word.setdefault(word, []).append(index)
    found = []
    for term in wanted:
        starts = (
            at_word.get(term.words[0], [])
            if len(term.words) > 1 or not term.prefix
            else [index for word, some in at_word.items() if word.startswith(term.words[0]) for index in some]
        )
        for start in starts:
            end = start + len(term.words)
            if end <= len(tokens) and _agree(tokens[start:end], term):
                found.append((tokens[start][1], tokens[end - 1][2]))
    return _joined(sorted(found))


def _agree(tokens: Sequence[tuple[str, int, int]], term: Term) -> bool:
    *head, last = term.words
    if any(token[0] != word for token, word in zip(tokens, head, strict=False)):
        return False
    return tokens[-1][0].startswith(last) if term.prefix else tokens[-1][0] == last


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def snippet(text: str, hits: Sequence[tuple[int, int]], width: int = 200) -> tuple[str, list[tuple[int, int]]]:
    """About ``width`` characters of ``text`` round the densest hits, on one line, with the hits' offsets in it."""
    if not hits:
        return _one_line(text[:width], []) if text else ("", [])
    best = max(hits, key=lambda hit: (sum(hit[0] <= other[0] < hit[0] + width for other in hits), -hit[0]))
    start = max(0, best[0] - width // 4)
    end = min(len(text), start + width)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    inside = [(a - start, b - start) for a, b in hits if a >= start and b <= end]
    return _one_line(text[start:end], inside, "… " if start > 0 else "", " …" if end < len(text) else "")


def _one_line(
    text: str, hits: list[tuple[int, int]], before: str = "", after: str = ""
) -> tuple[str, list[tuple[int, int]]]:
    """Runs of white space become one space; offsets follow."""
    out: list[str] = []
    where = []
    for char in text:
        where.append(len(out))
        if not char.isspace():
            out.append(char)
        elif out and out[-1] != " ":
            out.append(" ")
    where.append(len(out))
    shift = len(before)
    moved = [(where[a] + shift, where[b - 1] + 1 + shift) for a, b in hits]
    return before + "".join(out) + after, moved


def boxes(page: PageText, hits: Iterable[tuple[int, int]]) -> list[Box]:
    """The boxes of the words under the hits, as fractions of the page; a hit inside a word takes its share of it."""
    found = []
    for start, end in hits:
        for word in page.words:
            if word[0] < end and word[1] > start:
                found.append(_share(word, start, end))
    return found


def _share(word: WordBox, start: int, end: int) -> Box:
    first, last, left, top, right, bottom = word
    width = (right - left) / max(1, last - first)
    return left + width * max(0, start - first), top, right - width * max(0, last - end), bottom

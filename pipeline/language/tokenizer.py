"""The tokenizer of the language layer: Vietnamese words whose texts and blanks joined are the source, always.

First the text is cut into pieces that no later step may cut again (a document number, an address, a date, a syllable,
a mark); then syllables that underthesea's word segmentation puts into one word are joined.  Nothing is normalised: a
token is a stretch of the source.  spaCy's own Vietnamese tokenizer needs pyvi, which nobody maintains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import regex
import spacy
from spacy.tokens import Doc

from pipeline.language.alignment import align

if TYPE_CHECKING:
    from spacy.vocab import Vocab

__all__ = ["Piece", "VietnameseTokenizer", "join_words", "pieces"]

Kind = Literal["word", "code", "number", "mark", "blank"]
Segmentation = Literal["underthesea", "none"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source: ``word`` (letters), ``code`` (kept whole), ``number``, ``mark`` or ``blank``."""

    start: int
    end: int
    kind: Kind


_LETTER = r"[\p{L}][\p{L}\p{M}\p{Nd}]*"
_CODE = r"[A-ZĐÐ][\p{L}\p{M}\p{Nd}&.]*"

# In order of trial.  Codes first: cutting one is what may never happen.  Repetitions that may be begun at every
# character are bounded: ruined pages hold runs of thousands of marks.
_PIECES = regex.compile(
    rf"""
      (?P<blank>\s+)
    | (?P<code>
        (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]}}'’]
      | [\p{{L}}\p{{Nd}}_][\p{{L}}\p{{Nd}}_.+\-]{{0,63}}@[\p{{L}}\p{{Nd}}\-]+(?:\.[\p{{L}}\p{{Nd}}\-]+)+
        # Numbers of documents: 41/2016/QĐ-UBND, 205-KH/TU, 12a/BC-STC.
      | (?<![\p{{L}}\p{{Nd}}/])\d+[a-zđ]?(?:/\d{{4}})?(?:/|-(?=[^\s/]{{0,12}}/)){_CODE}(?:[/\-–]{_CODE})*(?<!\.)
        # Codes of agencies and letters joined by marks: LĐ-TB&XH, TT&TT, HĐND-UBND, H'Mông.
      | [\p{{Lu}}]+(?:[&\-][\p{{Lu}}]+)+(?![\p{{L}}\p{{M}}])
      )
    | (?P<number>
        (?<![\p{{Nd}}/.\-])\d{{1,2}}(?P<part>[/.\-])\d{{1,2}}(?P=part)\d{{4}}(?!\p{{Nd}})
      | (?<![\p{{Nd}}/])\d{{1,2}}/\d{{1,4}}(?![\p{{Nd}}/])
      | \d{{1,2}}[hHg]\d{{2}}(?!\p{{Nd}})
      | \p{{Nd}}+(?:[.,]\p{{Nd}}+)*
      )
    | (?P<word>{_LETTER}(?:['’ʼ]{_LETTER})*)
      # Leaders, end marks and other runs of one mark; else one grapheme, so that no emoji or composed sign is cut.
    | (?P<mark>\./\.|(?P<run>[.…_\-*=~–—])(?P=run)+|\X)
    """,
    regex.VERBOSE,
)


def pieces(text: str) -> list[Piece]:
    """Pieces of ``text``: they follow one another without a gap, and cover all of it."""
    found = []
    for match in _PIECES.finditer(text):
        kind: Kind = match.lastgroup if match.lastgroup in ("blank", "code", "number", "word") else "mark"  # type: ignore[assignment]
        found.append(Piece(match.start(), match.end(), kind))
    return found


# --- words of several syllables ---


@cache
def _word_tokenize() -> Any:
    from underthesea import word_tokenize

    return word_tokenize


def join_words(text: str, found: Sequence[Piece]) -> list[Piece]:
    """Join the syllables that underthesea segments as one word.

    Only words are joined, only over blanks that hold no empty line; what cannot be aligned stays in syllables.  The
    segmenter sees each paragraph's pieces parted by single spaces and addresses as a bare letter: its pattern for
    addresses takes exponential time on a line of dots after "http://".
    """
    joined: list[Piece] = []
    for paragraph in _paragraphs(text, found):
        joined.extend(_joined(text, paragraph))
    return joined


def _paragraphs(text: str, found: Sequence[Piece]) -> Iterator[list[Piece]]:
    current: list[Piece] = []
    for piece in found:
        current.append(piece)
        if piece.kind == "blank" and text.count("\n", piece.start, piece.end) > 1:
            yield current
            current = []
    if current:
        yield current


def _joined(text: str, found: list[Piece]) -> list[Piece]:
    shown: list[str] = []
    places: list[int] = []  # index into ``found`` of each piece shown
    offsets: dict[int, int] = {}  # where a shown piece begins → its index into ``shown``
    at = 0
    for index, piece in enumerate(found):
        if piece.kind == "blank":
            continue
        offsets[at] = len(shown)
        shown.append(_shown(text, piece))
        places.append(index)
        at += len(shown[-1]) + 1
    if sum(found[place].kind == "word" for place in places) < 2:
        return found
    line = " ".join(shown)
    last_of: dict[int, int] = {}  # index of a group's first piece → that of its last one
    for span in align(_word_tokenize()(line), line):
        if span is None or span[0] not in offsets:
            continue
        first = last = offsets[span[0]]
        end = span[0] + len(shown[first])
        while end < span[1] and last + 1 < len(shown):
            last += 1
            end += 1 + len(shown[last])
        if end == span[1] and last > first and _may_join(text, found, places[first], places[last]):
            last_of[places[first]] = places[last]
    result: list[Piece] = []
    index = 0
    while index < len(found):
        last = last_of.get(index, index)
        result.append(found[index] if last == index else Piece(found[index].start, found[last].end, "word"))
        index = last + 1
    return result


def _shown(text: str, piece: Piece) -> str:
    if piece.kind in ("word", "mark"):
        return text[piece.start : piece.end]
    return "0" if piece.kind == "number" else "A"


def _may_join(text: str, found: list[Piece], first: int, last: int) -> bool:
    return all(
        piece.kind == "word" or (piece.kind == "blank" and text.count("\n", piece.start, piece.end) <= 1)
        for piece in found[first : last + 1]
    )


# --- spaCy ---


class VietnameseTokenizer:
    """Text → Doc such that ``"".join(t.text_with_ws for t in doc) == text``, and token offsets are source offsets.

    ``segmentation``: "underthesea" joins syllables into words, "none" keeps them apart.  Text must be encodable as
    UTF-8 (no lone surrogates), as everything decoded from a file is.
    """

    def __init__(self, vocab: Vocab, segmentation: Segmentation = "underthesea") -> None:
        self.vocab, self.segmentation = vocab, segmentation

    def __call__(self, text: str) -> Doc:
        found = pieces(text)
        if self.segmentation == "underthesea":
            found = join_words(text, found)
        words: list[str] = []
        spaces: list[bool] = []
        for piece in found:
            start = piece.start
            # The first single space after a token is the token's own (spaCy's convention).
            if piece.kind == "blank" and words and not spaces[-1] and text[start] == " ":
                spaces[-1] = True
                start += 1
            if start < piece.end:
                words.append(text[start : piece.end])
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    # A pipeline on disk keeps its tokenizer's settings in its config; there is nothing else to keep.

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _bytes_data: bytes, **_: Any) -> VietnameseTokenizer:
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        return None

    def from_disk(self, _path: str | Path, **_: Any) -> VietnameseTokenizer:
        return self


@spacy.registry.tokenizers("congvan.vietnamese.v1")
def create_vietnamese_tokenizer(segmentation: Segmentation = "underthesea") -> Any:
    """Factory for a pipeline's config: ``@tokenizers = "congvan.vietnamese.v1"``."""

    def create(nlp: spacy.Language) -> VietnameseTokenizer:
        return VietnameseTokenizer(nlp.vocab, segmentation)

    return create

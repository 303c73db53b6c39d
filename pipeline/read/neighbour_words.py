"""Words that the picture leaves open and the neighbouring word decides: "đại biếu" on a worn copy is "đại biểu".

A hook that a copier ate away is an acute to either reader.  Where a word's syllables make no word as they are read and
one word of official use differs in one mark (``language.word_mending``), the second reader is asked about both: the
word is taken unless the second reader holds it against the picture.  Two strokes of a Roman numeral with a smear
between are an H ("khóa XHI"), which no numeral has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.language.word_mending import mend_words
from pipeline.lexicon.fold import fold
from pipeline.lexicon.official_words import before_numerals, meant_alone
from pipeline.read.model import Image
from pipeline.read.ocr import OcrWord
from pipeline.read.ocr.line_network import LineNetwork
from pipeline.read.regions import rows_of
from pipeline.read.second_reader import ADOPTED, strip_of

# By how much less likely than what was read the word may be, in natural logarithms.  Of 73 words with a wrong mark on
# 17 worn copies 69 have their right reading within it.
AGAINST = 3.5
_WORD = re.compile(r"(?P<lead>\W*)(?P<core>[^\W\d_]+)(?P<tail>\W*)")
_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


def with_neighbours(words: Sequence[OcrWord], grey: Image, network: LineNetwork | None) -> list[OcrWord]:
    """The words, changed where a neighbour asks for it and ``grey``, their picture, allows it."""
    answer = list(words)
    for every in rows_of(words).values():
        row = [at for at in every if not words[at].red]
        texts = [words[at].text for at in row]
        for place, other in enumerate(_meant(texts)):
            if other == texts[place]:
                continue
            word = words[row[place]]
            # A numeral grows by its strokes and needs no second reader; where the length stays, marks change.
            if len(other) == len(word.text) and not _allowed(words, row, place, other, grey, network):
                continue
            answer[row[place]] = replace(word, text=other, confidence=min(word.confidence, ADOPTED))
    return answer


def _meant(texts: Sequence[str]) -> list[str]:
    """The words of one line as their neighbours want them."""
    joined = " ".join(texts)
    mended = mend_words(joined)
    meant = mended.split(" ") if len(mended) == len(joined) else list(texts)
    if len(meant) != len(texts):
        return list(texts)
    for at in range(len(texts)):
        before = fold(texts[at - 1]) if at else ""
        after = fold(texts[at + 1]) if at + 1 < len(texts) else ""
        meant[at] = _numeral(_alone(meant[at], before, after), before)
    return meant


def _alone(text: str, before: str, after: str) -> str:
    """A word that stands in official texts only as a part of others ("đế quốc") as the one that stands alone."""
    match = _WORD.fullmatch(text)
    own = fold(match["core"]) if match else ""
    if match is None or own not in meant_alone():
        return text
    meant, parts = meant_alone()[own]
    if (before, own) in parts or (own, after.strip(",.;:")) in parts:
        return text
    return match["lead"] + (meant.capitalize() if match["core"][0].isupper() else meant) + match["tail"]


@cache
def _unrolled(core: str) -> str | None:
    """ "XHI" → "XIII"; None where H for two strokes does not make a numeral of it."""
    strokes = core.replace("H", "II")
    return strokes if set(core) <= set("XVIH") and "H" in core and _NUMERAL.fullmatch(strokes) else None


def _numeral(text: str, before: str) -> str:
    match = _WORD.fullmatch(text)
    if match is None or before not in before_numerals() or (numeral := _unrolled(match["core"])) is None:
        return text
    return match["lead"] + numeral + match["tail"]


def _allowed(
    words: Sequence[OcrWord], row: list[int], place: int, other: str, grey: Image, network: LineNetwork | None
) -> bool:
    strip = strip_of(words, row, place, grey)
    if network is None or strip is None:
        return False
    own, its = network.opinion(strip, (words[row[place]].text, other)).asked
    return its > own - AGAINST

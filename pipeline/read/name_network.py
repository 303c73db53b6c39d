"""Names in script faces, by the network of ``models/names`` and the syllables that names have.

Name stamps are cut in script faces in which a T may look like a C and an L like an S; nobody reads them letter by
letter.  The network weighs letters, a search keeps to family names and syllables of given names, and what it finds is
believed as far as no other name, and nothing else, explains the ink as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from pipeline.language.names import family_names
from pipeline.read.ctc import likely_texts, log_probability
from pipeline.read.form_line import to_strip
from pipeline.read.model import Image
from pipeline.read.name_readings import given_syllables
from pipeline.read.networks import Networks, packaged

SIGNS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz'. "
BEAM = 24
LIKELY = 6  # signs that a place may hold
MOST_SYLLABLES = 5


class NameReader:
    """Weighs the names that framings of one line may hold."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks

    def read(self, pictures: Sequence[Image]) -> list[tuple[str, float]]:
        """Names (grey framings of one line, dark on light) with their shares of what the ink may say, best first.

        The shares add up to at most 1: what is left is for texts that are no names.
        """
        scores = [self._networks.scores(to_strip(picture)[None]) for picture in pictures]
        texts: set[str] = set()
        for seen in scores:
            for one in seen:
                texts.update(_names(one))
        free = {text for seen in scores for one in seen for text in likely_texts(one, SIGNS)[:4]}
        if not texts:
            return []
        every = sorted(texts | free)
        shares: dict[str, float] = defaultdict(float)
        for seen in scores:
            logs = log_probability(seen, every, SIGNS).mean(axis=0)
            likely = np.exp(logs - np.logaddexp.reduce(logs))
            for text, share in zip(every, likely.tolist(), strict=True):
                shares[text] += share / len(scores)
        ranked = sorted(((text, shares[text]) for text in texts), key=lambda pair: -pair[1])
        return [(text.title(), share) for text, share in ranked[:5]]


@cache
def _beginnings(family: bool) -> tuple[frozenset[str], frozenset[str]]:
    """Whole syllables, and everything that one begins with."""
    whole = family_names() if family else given_syllables() | family_names()
    return whole, frozenset(s[:k] for s in whole for k in range(len(s) + 1))


@lru_cache(maxsize=65536)
def _may_follow(prefix: str, sign: str) -> bool:
    *before, last = prefix.split(" ")
    whole, begun = _beginnings(not before)
    if sign == " ":
        return last in whole and len(before) + 2 <= MOST_SYLLABLES
    return last + sign in begun


def _is_name(text: str) -> bool:
    rest = text.split(" ")[1:]
    return bool(rest) and rest[-1] in _beginnings(False)[0]


def _names(scores: np.ndarray) -> list[str]:
    """The likeliest names of ``scores`` (places, 1 + len(SIGNS)) log-probabilities, by prefix beam search."""
    found = likely_texts(scores, SIGNS, BEAM, LIKELY, _may_follow)
    return [text for text in found if _is_name(text)][:8]


@lru_cache(maxsize=1)
def name_reader() -> NameReader | None:
    """The reader with the weights of this package; None when the package holds none."""
    networks = packaged("names")
    return NameReader(networks) if networks else None

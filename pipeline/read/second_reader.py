"""Words that the page engine is not sure of, shown to a second reader that can change their Vietnamese marks.

Most of what is misread in print is a mark: "quyên" for "quyền", "QUYÉT" for "QUYẾT".  A word's letters stay as the
engine read them; only its marks are changed, and only where the second reader is certain of its own reading and holds
the engine's to be next to impossible.  Measured on eleven transcribed pages of real scans (5,201 words): of the tenth
below ``DOUBTED``, 50 were changed, 49 of them rightly; of 34 times "chỉ", which the engine writes as surely for "chi",
the 14 wrong ones and no other.  Numbers and codes are never touched; of a day of the calendar, signs that are no digits
("2£/12/2018") become the digits that the second reader is certain of, all others being what the engine read.
"""

from __future__ import annotations

import math
import re
from calendar import isleap
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from statistics import median

from pipeline.lexicon.abbreviations import abbreviations
from pipeline.lexicon.fold import fold, strip_marks
from pipeline.lexicon.official_words import never_sure, official_words
from pipeline.read.model import Image
from pipeline.read.ocr import OcrWord
from pipeline.read.ocr.line_network import LineNetwork
from pipeline.read.regions import rows_of

DOUBTED = 0.93  # the engine's confidence below which a word is looked at again
BACKED = 0.7  # confidence from which a word that its neighbour backs is not asked about
MOST = 80  # words of one page, the most doubtful first: about 20 ms each
CERTAIN = -0.15  # log-probability of the second reader's own text
IMPOSSIBLE = -4.0  # how much less likely than that the engine's reading must be, in natural logarithms
ADOPTED = 0.9  # confidence of a word whose marks were changed
CERTAIN_DAY = 0.95  # share that one day must have of all that the engine's digits leave
PLAUSIBLE = -1.0  # log-probability of the second reader's that the word is that day
_WORD = re.compile(r"(?P<lead>\W*)(?P<core>[^\W\d_]+)(?P<tail>\W*)")
_DATE = re.compile(r"(?P<lead>\W*)(?P<core>\S{1,2}/\S{1,2}/(?:19|20)\d\d)(?P<tail>\W*)")
_EDGE = 8  # pixels of paper beside a word, less where a neighbour stands nearer
_NEIGHBOURS = 3  # words on either side that tell the height of the line: a skewed line is not cut straight through


def look_again(words: Sequence[OcrWord], grey: Image, network: LineNetwork | None) -> list[OcrWord]:
    """The words, with marks changed where the second reader is sure; ``grey`` is the picture they were read from."""
    answer = list(words)
    if network is None:
        return answer
    rows = rows_of(words)
    doubtful = [at for at, word in enumerate(words) if not word.red and _is_doubtful(word)]
    for at in sorted(doubtful, key=lambda k: words[k].confidence)[:MOST]:
        row = rows[words[at].line]
        place = row.index(at)
        if words[at].confidence >= BACKED and _is_backed(words, row, place):
            continue
        strip = strip_of(words, row, place, grey)
        if strip is None:
            continue
        better = whole_date if _is_broken_date(words[at].text) else better_marks
        if text := better(words[at].text, strip, network):
            answer[at] = replace(words[at], text=text, confidence=ADOPTED)
    return answer


def _is_backed(words: Sequence[OcrWord], row: list[int], place: int) -> bool:
    """The word makes a word of official use with a neighbour as it is read: "tổ chức"."""
    own, before, after = (
        fold(words[row[at]].text).strip(",.;:()") if 0 <= at < len(row) else "" for at in (place, place - 1, place + 1)
    )
    known = (before, own) in official_words() or (own, after) in official_words()
    return known and own not in never_sure()


def _is_broken_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    return match is not None and not match["core"].replace("/", "").isdigit()


def _is_doubtful(word: OcrWord) -> bool:
    if _is_broken_date(word.text):
        return True
    match = _WORD.fullmatch(word.text)
    if match is None:
        return False
    return fold(match["core"]) in never_sure() or (word.confidence < DOUBTED and _may_be_marked(match["core"]))


def _may_be_marked(word: str) -> bool:
    """Whether marks are worth asking about: what the engine misreads is one mark for another, not their absence.

    Of 863 doubtful words of plain letters on 21 scans ("UBND", "THCS", "theo") one was changed, "HDND".
    """
    return not word.isascii() or word in _unmarked_abbreviations()


@cache
def _unmarked_abbreviations() -> frozenset[str]:
    """Abbreviations with a mark, without it: "HDND"."""
    marked = {part for item in abbreviations() for part in re.findall(r"[^\W\d_]+", item.short) if not part.isascii()}
    return frozenset(map(strip_marks, marked))


def better_marks(text: str, strip: Image, network: LineNetwork) -> str | None:
    """``text`` with other marks, where ``network`` is sure of them in the ``strip``; None where it is not."""
    own = _WORD.fullmatch(text)
    seen = network.opinion(strip, (text,))
    other = _WORD.fullmatch(seen.text.strip())
    if own is None or other is None or seen.certainty < CERTAIN or seen.asked[0] > seen.certainty + IMPOSSIBLE:
        return None
    same_letters = strip_marks(own["core"]) == strip_marks(other["core"])
    if own["core"] == other["core"] or not same_letters:
        return None
    return own["lead"] + other["core"] + own["tail"]


def whole_date(text: str, strip: Image, network: LineNetwork) -> str | None:
    """A broken date with digits for the signs that are none, where ``network`` is sure of them; else None.

    Only days of the calendar that have all digits of the engine's are weighed, against one another.
    """
    own = _DATE.fullmatch(text)
    if own is None:
        return None
    free = "".join(sign if sign.isdigit() or sign == "/" else "." for sign in own["core"])
    days = [day for day in _days(own["core"][-4:]) if re.fullmatch(free, day)]
    if not days:
        return None
    seen = network.opinion(strip, tuple(own["lead"] + day + own["tail"] for day in days))
    best = max(range(len(days)), key=lambda at: seen.asked[at])
    whole = sum(math.exp(one - seen.asked[best]) for one in seen.asked)
    if seen.asked[best] < PLAUSIBLE or whole > 1 / CERTAIN_DAY:
        return None
    return own["lead"] + days[best] + own["tail"]


@cache
def _days(year: str) -> list[str]:
    """Days of a year as they are written: with and without the zeros of day and month."""
    every = [date(int(year), 1, 1) + timedelta(days=at) for at in range(365 + isleap(int(year)))]
    forms = {f"{d.day:{day}}/{d.month:{month}}/{year}" for d in every for day in ("", "02") for month in ("", "02")}
    return sorted(forms)


def strip_of(words: Sequence[OcrWord], row: list[int], place: int, grey: Image) -> Image | None:
    """The word's piece of its line, as high as the words around it."""
    word = words[row[place]]
    near = [words[k] for k in row[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]]
    usual = median(w.bottom - w.top for w in near)
    near = [w for w in near if w.bottom - w.top < 1.8 * usual]
    if word not in near:
        return None
    top, bottom = min(w.top for w in near), max(w.bottom for w in near)
    before = words[row[place - 1]].right if place else None
    after = words[row[place + 1]].left if place + 1 < len(row) else None
    left = word.left - (_EDGE if before is None else min(_EDGE, max(2, (word.left - before) // 2)))
    right = word.right + (_EDGE if after is None else min(_EDGE, max(2, (after - word.right) // 2)))
    pad = max(2, round(0.08 * (bottom - top)))
    strip = grey[max(0, top - pad) : bottom + pad, max(0, left) : right]
    return strip if strip.shape[0] >= 6 and strip.shape[1] >= 3 else None

"""Is an e-mail address that recognition read certain?  A letter of it can be checked by nothing but other readings.

An engine reads with a sense of language: it makes "nghhoang" of "nqhhoang" at every scale.  So readings must agree
letter for letter, and a "g" among the initials of a name, where language expects no letter at all, is never believed.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipeline.extract.context import Context
from pipeline.language.emails import EmailSpan, find_emails
from pipeline.layout import Flow
from pipeline.lexicon.fold import strip_marks
from pipeline.lexicon.tables import read_toml

# The engine's sign for a "g" in small type.
_G = re.compile("gø|øg|ø")


def settled_email(flow: Flow, span: EmailSpan, context: Context) -> str | None:
    """The address when it is certain: typed, or read alike at least twice of three times; else None."""
    if context.typed:
        return span.address
    readings = [_plain(span.address)]
    checked = False
    for raw in flow.locate(span.start, span.end):
        words = raw.page.words_in(raw.start, raw.end)
        if any(word.confidence is None for word in words):
            return span.address  # a page with a text layer among scanned ones
        for again in raw.page.rereads:
            if again.start < raw.end and raw.start < again.end and again.end - again.start < 80:
                checked = True
                readings += [_plain(found.address) for text in again.texts for found in find_emails(_plain(text))]
    if not checked:
        return None
    address, times = Counter(readings).most_common(1)[0]
    return address if times >= 2 and not _doubtful_letter(address) else None


def _plain(text: str) -> str:
    return _G.sub("g", text)


def _doubtful_letter(address: str) -> bool:
    """A "g" in the initials of a name ("nghhoang": n, q or g, h, Hoang)."""
    local = address.partition("@")[0].lower()
    return any("g" in _initials(part) for part in re.split(r"[^a-z]+", local) if part)


@cache
def _initials(part: str) -> str:
    """What is left of a run of letters when syllables are taken off its end, then off its head; "" for whole ones."""
    if _whole(part):
        return ""
    heads = [part[:at] for at in range(1, len(part)) if _whole(part[at:])]
    tails = [part[at:] for at in range(len(part) - 1, 0, -1) if _whole(part[:at])]
    return min([*heads, *tails, part], key=len)


@cache
def _whole(part: str) -> bool:
    """The letters are syllables one after another, without marks."""
    return any(
        part[:at] in _syllables() and (at == len(part) or _whole(part[at:])) for at in range(1, min(7, len(part)) + 1)
    )


@cache
def _syllables() -> frozenset[str]:
    table = read_toml("syllables.toml")
    onsets = {strip_marks(onset) for onset in ("", *str(table["onsets"]).split())}
    rimes = {strip_marks(rime) for rime in str(table["rimes"]).split()}
    return frozenset(onset + rime for onset in onsets for rime in rimes if len(onset + rime) > 1)

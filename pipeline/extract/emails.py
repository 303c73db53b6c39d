"""Is an e-mail address that recognition read certain?  A letter of it can be checked by nothing but other readings.

An engine reads with a sense of language: it makes "nghhoang" of "nqhhoang" at every scale.  So readings must agree
letter for letter, and neither a "g" among the initials of a name, where language expects no letter at all, nor an "l"
alone behind its syllables, which may be a one, is ever believed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.extract.context import Context
from pipeline.language.emails import LABEL, LOCAL, EmailSpan, find_emails
from pipeline.layout import Flow
from pipeline.lexicon.fold import strip_marks
from pipeline.lexicon.tables import read_toml

LONGEST = 80  # signs of a word read again; what is longer is a line
# The engine's sign for a "g" in small type.
_G = re.compile("gø|øg|ø")
# A word that was an address, whatever recognition made of its "@" and its letters.
_WORD = re.compile(r"[^\s;,]{2,}[@©®(][^\s;,]*\.[^\s;,]*\w")
_ADDRESS = re.compile(rf"(?P<name>{LOCAL})(?:\([@©®QĐđð2]?\)?|[@©®]\)?)(?P<domain>{LABEL}(?:\.{LABEL})+)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What stands at an address: half-open offsets in the flow, the engine's readings, those of another reader."""

    start: int
    end: int
    readings: tuple[str, ...]
    others: tuple[str, ...]


def settled_emails(flow: Flow, context: Context) -> list[EmailSpan]:
    """The addresses of a flow that are certain, in order.

    Certain is what was typed, what was read alike at least twice of three times, and what a reader of another make
    confirms: the name letter for letter, the domain too or by another address of the document.
    """
    spans = find_emails(flow.text)
    if context.typed:
        return spans
    settled: dict[int, EmailSpan] = {}
    open_: list[_Candidate] = []
    for candidate in _candidates(flow, spans):
        address = _by_majority(candidate.readings)
        if address:
            settled[candidate.start] = _span(flow, candidate, address)
        else:
            open_.append(candidate)
    domains = {span.address.partition("@")[2].lower() for span in settled.values()}
    for candidate in open_:
        if address := _by_another_reader(candidate, domains):
            settled[candidate.start] = _span(flow, candidate, address)
    return [settled[start] for start in sorted(settled)]


def _candidates(flow: Flow, spans: list[EmailSpan]) -> Iterator[_Candidate]:
    """The addresses found, and words that are addresses only by what was read of them again."""
    taken = [(span.start, span.end, span.address) for span in spans]
    for match in _WORD.finditer(flow.text):
        if not any(start < match.end() and match.start() < end for start, end, _ in taken):
            taken.append((match.start(), match.end(), ""))
    for start, end, address in taken:
        readings, others, checked = [_plain(address)], [], False
        for raw in flow.locate(start, end):
            words = raw.page.words_in(raw.start, raw.end)
            if address and any(word.confidence is None for word in words):
                readings, checked = [address, address], True  # a page with a text layer among scanned ones
                break
            for again in raw.page.rereads:
                if again.start < raw.end and raw.start < again.end and again.end - again.start < LONGEST:
                    checked = True
                    readings += [_plain(text) for text in again.texts]
                    others += [_plain(text) for text in again.others]
        if checked:
            yield _Candidate(start, end, tuple(readings), tuple(others))


def _by_majority(readings: tuple[str, ...]) -> str | None:
    found = [readings[0], *(span.address for text in readings[1:] for span in find_emails(text))]
    address, times = Counter(found).most_common(1)[0]
    return address if address and times >= 2 and not _doubtful_letter(address) else None


def _by_another_reader(candidate: _Candidate, domains: set[str]) -> str | None:
    """What two of the other reader's framings say, name and domain by themselves, where somebody else says it too."""
    own, other = _parts(candidate.readings), _parts(candidate.others)
    if not other:
        return None
    (name, name_votes), (domain, domain_votes) = (Counter(part).most_common(1)[0] for part in zip(*other, strict=True))
    names, known = {n for n, _ in own}, {d for _, d in own} | domains
    if min(name_votes, domain_votes) < 2 or name not in names or domain not in known:
        return None
    address = f"{name}@{domain}"
    return None if _doubtful_letter(address) else address


def _parts(texts: tuple[str, ...]) -> list[tuple[str, str]]:
    """Name and domain of the texts that are addresses but for the "@"."""
    return [(m["name"], m["domain"].lower()) for text in texts if (m := _ADDRESS.fullmatch(text.strip(" ;,.<>")))]


def _span(flow: Flow, candidate: _Candidate, address: str) -> EmailSpan:
    raw = flow.text[candidate.start : candidate.end]
    return EmailSpan(candidate.start, candidate.end, raw, address, raw != address)


def _plain(text: str) -> str:
    return _G.sub("g", text)


def _doubtful_letter(address: str) -> bool:
    """A "g" in the initials of a name ("nghhoang": n, q or g, h, Hoang); an "l" alone at its end ("nguyenthuhal")."""
    local = address.partition("@")[0].lower()
    left_over = [(_initials(part), part) for part in re.split(r"[^a-z]+", local) if part]
    return any("g" in few or (few == "l" and len(part) > 1 and part[-1] == "l") for few, part in left_over)


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

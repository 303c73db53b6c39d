"""Agencies named in running text, with the place that the text gives them.

"Ủy ban nhân dân tỉnh Gia Lai", "Sở TT&TT Gia Lai", "Công an tỉnh", "UBND các huyện, thị xã", "Cục An toàn thông tin –
Bộ TT&TT".  A name is matched word by word against the lexicon, longest first, and a place only when it is of a level
that the agency exists on; marks lost to recognition are forgiven where one name alone remains.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import regex

from pipeline.language.agency_index import Entry, Index, agency_index, phrases
from pipeline.language.agency_tails import kind_at, tails
from pipeline.language.agency_words import Words
from pipeline.lexicon.agencies import agencies_named, agency_with_id
from pipeline.lexicon.fold import strip_marks
from pipeline.lexicon.places import Unit
from pipeline.lexicon.validity import valid

__all__ = ["AgencySpan", "find_agencies"]

_LONGEST_CHAIN = 3  # bodies one under the other
_LONGEST_OWN_NAME = 6  # words of a school's own name


@dataclass(frozen=True, slots=True)
class AgencySpan:
    """An agency at ``text[start:end]`` of the source.

    ``agency_ids``: the lexicon's agencies that the words may mean; more than one where the text does not tell ("UBND
    thành phố").  ``places``: the units that the named place may be, none when the text names none.  ``under``: the
    body over it when the text says so ("… thuộc Sở TT&TT"), inside the same span.  ``plural``: every agency of that
    kind ("UBND các huyện").  ``exact`` is False when marks had to be forgiven.
    """

    start: int
    end: int
    agency_ids: tuple[str, ...]
    text: str
    places: tuple[Unit, ...] = ()
    under: AgencySpan | None = None
    plural: bool = False
    exact: bool = True


def find_agencies(text: str, on: date | None = None) -> list[AgencySpan]:
    """Agencies named in ``text``, in order and not overlapping.

    ``on`` keeps the agencies and places of that day.  Offsets are those of ``text``; nothing inside a document's
    number ("02/CT-UBND") or an address is an agency.  A name written small counts only with a level or place behind
    it ("thanh tra tỉnh"), an ordinary word ("bảo hiểm xã hội") never without one.
    """
    return list(_Finder(text, on).run())


# Inside a document's number or an address.
_CODE_BEFORE = regex.compile(r"[\p{L}\p{Nd}][/\-–@._]$")
_CODE_AFTER = regex.compile(r"[/@_]\p{L}|-\p{L}|\.\p{Ll}")


@dataclass(frozen=True, slots=True)
class _Match:
    """A name: index after its last word, the entries with that name, whether its marks are right."""

    after: int
    entries: tuple[Entry, ...]
    exact: bool


class _Finder:
    def __init__(self, text: str, on: date | None) -> None:
        self.text, self.on = text, on
        self.words = Words(text)
        self.exact, self.bare = agency_index()

    def run(self) -> Iterator[AgencySpan]:
        at = 0
        while at < len(self.words):
            found = self._agency(at)
            if found is None:
                at += 1
                continue
            span, at = found
            yield span

    def _agency(self, at: int, chain: int = 0) -> tuple[AgencySpan, int] | None:
        """The agency whose name begins at word ``at``, and the index after it; ``chain`` bodies stand under it."""
        if not self._may_begin(at):
            return None
        for match in self._matches(at):
            found = self._complete(at, match)
            if found is not None:
                return self._with_over(at, *found, chain) if chain < _LONGEST_CHAIN else found
        return None

    # -- names --------------------------------------------------------------------------------------------------------

    def _may_begin(self, at: int) -> bool:
        word = self.words[at]
        if not any(key and (self.exact.begins(key) or self.bare.begins(strip_marks(key))) for key in word.keys):
            return False
        # "-UBND tỉnh" with a bullet glued to it is a beginning, "CT-UBND" is not.
        if _CODE_BEFORE.search(self.text[max(0, word.start - 2) : word.start]):
            return False
        return at == 0 or self.words.bare_key(at - 1, at + 1) not in phrases("longer")

    def _matches(self, at: int) -> list[_Match]:
        """Names that begin at a word, the longest first; those without right marks only when no other fits."""
        found = self._names(at, self.exact, bare=False) or self._names(at, self.bare, bare=True)
        return sorted(found, key=lambda match: -match.after)

    def _names(self, at: int, index: Index, bare: bool) -> list[_Match]:
        found: list[_Match] = []
        states = [(at, "")]
        while states:
            begun, key = states.pop()
            for after, part in self.words.steps(begun):
                longer = key + (strip_marks(part) if bare else part)
                if not index.begins(longer):
                    continue
                if part and (entries := index.named(longer)):
                    found.append(_Match(after, entries, not bare))
                if after < len(self.words) and self.words.joined(after):
                    states.append((after, longer))
        return found

    def _complete(self, at: int, match: _Match) -> tuple[AgencySpan, int] | None:
        """A name with its tail as a span, when the whole is certainly an agency."""
        entries = [entry for entry in match.entries if valid(entry.agency, self.on) and self._spelt(at, match, entry)]
        if not entries or self._is_another(at, match.after):
            return None
        if all(entry.agency.id in phrases("own_name") for entry in entries):
            after = self._own_name(match.after)
            if after > match.after:
                return self._span(at, after, entries, match.exact, ()), after
        levels = frozenset[int]().union(*(entry.levels for entry in entries))
        for tail in tails(self.words, match.after, levels, self.on):
            open_levels = tail.levels & levels
            fitting = [entry for entry in entries if entry.levels & open_levels]
            if fitting and self._ends_well(tail.after):
                places = tuple(unit for unit in tail.places if unit.level in open_levels)
                span = self._span(at, tail.after, fitting, match.exact, places)
                return replace(span, plural=tail.plural), tail.after
        alone = [entry for entry in entries if not entry.required and entry.agency.id not in phrases("own_name")]
        if alone and self._is_name(at, match.after) and self._ends_well(match.after):
            return self._span(at, match.after, alone, match.exact, ()), match.after
        return None

    def _span(self, at: int, after: int, entries: list[Entry], exact: bool, places: tuple[Unit, ...]) -> AgencySpan:
        start, end = self.words[at].start, self.words[after - 1].end
        ids = tuple(dict.fromkeys(entry.agency.id for entry in entries))
        return AgencySpan(start, end, ids, self.text[start:end], places, exact=exact)

    # -- is it a name? ------------------------------------------------------------------------------------------------

    def _spelt(self, at: int, match: _Match, entry: Entry) -> bool:
        """As the entry is written: no more joints than it has, initials in capitals, not a deputy of the office."""
        # "tỉnh và Ủy ban …" and "tỉnh, Ủy ban …" are not "Tỉnh ủy".
        if self.words.joints(at, match.after) > entry.joints:
            return False
        words = self.words.between(at, match.after)
        if entry.initials and not any(word.text.isupper() and len(word.text) > 1 for word in words):
            return False
        return not (entry.agency.id in phrases("offices") and self.words.bare_key(at - 1, at) in phrases("deputy"))

    def _is_another(self, at: int, after: int) -> bool:
        """The words begin a longer expression that names no agency, or stand in one ("Đại hội Đảng bộ tỉnh")."""
        if self.words.bare_key(at - 2, at) in phrases("events"):
            return True
        return any(self.words.bare_key(at, end) in phrases("not_agencies") for end in range(after, after + 4))

    def _is_name(self, at: int, after: int) -> bool:
        """A name that stands alone is capitalised and no ordinary word."""
        words = self.words.between(at, after)
        if not any(word.text[0].isupper() for word in words):
            return False
        if len(words) == 1 and words[0].text.isupper() and self.words.among_capitals(at):
            return False  # "KẾ HOẠCH ĐẦU TƯ CÔNG" is not about "TƯ"
        return self.words.bare_key(at, after) not in phrases("ordinary")

    def _ends_well(self, after: int) -> bool:
        """Not in the middle of a code."""
        word = self.words[after - 1]
        return not (word.text.isupper() and _CODE_AFTER.match(self.text, word.end))

    def _own_name(self, after: int) -> int:
        """Index after the run of capitalised words that begins here on the same line: the name of a school."""
        end = after
        while (
            end < len(self.words)
            and end - after < _LONGEST_OWN_NAME
            and not self.words.gap(end).strip(" ")
            and self.words[end].text[0].isupper()
            and not any(not entry.required for match in self._matches(end) for entry in match.entries)
        ):
            end += 1
        return end

    # -- the body over it ---------------------------------------------------------------------------------------------

    def _with_over(self, first: int, span: AgencySpan, after: int, chain: int) -> tuple[AgencySpan, int]:
        """Take in the body over the agency: "… thuộc Sở TT&TT", "… – Bộ TT&TT", "Thanh tra Sở Y tế"."""
        for at, certain in self._over(first, after):
            found = self._agency(at, chain + 1)
            if found is None or found[1] <= after:
                continue
            over, end = found
            if certain or _is_parent(over, span):
                return replace(span, end=over.end, text=self.text[span.start : over.end], under=over), end
        return span, after

    def _over(self, first: int, after: int) -> Iterator[tuple[int, bool]]:
        """Words at which the name of the body over it may begin, and whether that is certain by the wording."""
        if after - 1 > first and kind_at(self.words, after - 1) is None:
            yield after - 1, True
        if after >= len(self.words):
            return
        gap = self.words.gap(after)
        if regex.fullmatch(r"[^\S\n]+[-–—][^\S\n]+", gap):
            yield after, False
        if regex.fullmatch(r"\s*[,(]?\s*", gap):
            for begin in (after + 2, after + 1):
                if begin < len(self.words) and self.words.bare_key(after, begin) in phrases("under"):
                    yield begin, True


def _is_parent(over: AgencySpan, span: AgencySpan) -> bool:
    for identity in span.agency_ids:
        agency = agency_with_id(identity)
        parent = agency.parent.split("{")[0].strip() if agency and agency.parent else ""
        if parent and {other.id for other in agencies_named(parent)} & set(over.agency_ids):
            return True
    return False

"""Agencies: who issues documents, the codes they write in a ký hiệu, the names they go by, and when they existed.

One row stands for the agency of every place (every province has a "Sở Tài chính" with the code STC), so a code alone
never tells the place.  Codes are shared as well (VP, UBND, TAND): look-ups give every agency that comes into question,
in the order of the data file, and the caller decides or abstains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.lexicon.abbreviations import abbreviations
from pipeline.lexicon.fold import squash, strip_marks
from pipeline.lexicon.official_words import official_words
from pipeline.lexicon.tables import cells, day, read_csv
from pipeline.lexicon.validity import valid

__all__ = ["Agency", "agencies", "agencies_named", "agencies_with_code", "agency_with_id", "canonical_code"]


@dataclass(frozen=True)
class Agency:
    """One agency, or one kind of agency that every province, district or commune has.

    ``codes`` as used in a ký hiệu, the canonical one first, then spellings that offices really use; ``misspellings``
    are typing errors with one reading.  ``level``: state, ministry, ministry-agency (general departments, cục),
    province, department (sở and provincial bodies), district, district-division (phòng), commune, party, mass, court,
    procuracy, other.  ``parent`` is a name or a pattern ("UBND tỉnh {province}").  ``successor`` is the ``id`` of the
    agency that took over.  ``tier`` is 1, 2 or 3 for bodies of a province, district or commune.
    """

    id: str
    codes: tuple[str, ...]
    name: str
    short_names: tuple[str, ...]
    level: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    tier: int | None = None
    misspellings: tuple[str, ...] = ()


@cache
def _all() -> tuple[Agency, ...]:
    return tuple(
        Agency(
            id=row["id"],
            codes=cells(row["codes"]),
            name=row["name"],
            short_names=cells(row["short_names"]),
            level=row["level"],
            parent=row["parent"] or None,
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            successor=row["successor"] or None,
            tier=int(row["tier"]) if row["tier"] else None,
            misspellings=cells(row["misspellings"]),
        )
        for row in read_csv("agencies.csv")
    )


def agencies(on: date | None = None) -> tuple[Agency, ...]:
    """Every agency that existed on a day, in the order of the data file: from the centre to the commune."""
    return tuple(agency for agency in _all() if valid(agency, on))


@cache
def _by_id() -> dict[str, Agency]:
    return {agency.id: agency for agency in _all()}


def agency_with_id(identity: str) -> Agency | None:
    """The agency with this ``id`` (for following ``successor``)."""
    return _by_id().get(identity)


# --- codes ---


def _index(pairs: list[tuple[str, Agency]]) -> dict[str, tuple[Agency, ...]]:
    found: dict[str, dict[str, Agency]] = {}
    for key, agency in pairs:
        found.setdefault(key, {}).setdefault(agency.id, agency)
    return {key: tuple(some.values()) for key, some in found.items()}


@cache
def _by_code() -> dict[str, tuple[Agency, ...]]:
    # Agencies whose own code it is come before those for which it is another spelling.
    own = [(agency.codes[0], agency) for agency in _all()]
    return _index(own + [(code, agency) for agency in _all() for code in agency.codes[1:]])


@cache
def _by_folded_code() -> dict[str, tuple[Agency, ...]]:
    return _index([(_fold_code(code), agency) for agency in _all() for code in agency.codes])


@cache
def _by_misspelling() -> dict[str, tuple[Agency, ...]]:
    return _index([(code, agency) for agency in _all() for code in agency.misspellings])


def _fold_code(code: str) -> str:
    # Case, Đ/D and accents: "SGDDT", "Sgdđt", "SGDÐT" (eth) are the same letters.
    return strip_marks(squash(code)).replace(" ", "")


# The number of a National Assembly, of a council's term or of a department may follow a code: QH14, UBTVQH11, QHK6,
# UBPLTP15, NHNN7.  Codes that end in a figure themselves (A05, BCĐ389) are found before it is taken off.
_NUMBERED = re.compile(r"^(.*?[^\W\d_])(?:K?\d{1,2}|[IVX]{2,4})$")


def _stem(code: str) -> str:
    if code in _by_code():
        return code
    match = _NUMBERED.match(code)
    return match[1] if match and match[1] in _by_code() else code


def agencies_with_code(code: str, on: date | None = None) -> tuple[Agency, ...]:
    """The agencies that write this code, those first for which it is the canonical one.

    Exact spelling first ("SGD&ĐT" is a spelling); only when there is none the same letters with Đ/D and case confused
    ("SGDDT"), then known typing errors ("SGDDĐT").  ``on`` keeps those that existed that day.
    """
    code = _stem(code)
    for found in (_by_code().get(code), _by_folded_code().get(_fold_code(code)), _by_misspelling().get(code)):
        agencies_then = tuple(agency for agency in found or () if valid(agency, on))
        if agencies_then:
            return agencies_then
    return ()


def canonical_code(code: str, on: date | None = None) -> str | None:
    """A code as it should have been typed.

    A spelling that some office uses is kept as it is ("SGD&ĐT" → "SGD&ĐT", "SGDĐT" → "SGDĐT"); a typing error is
    mended when it has exactly one reading on that day ("SGDDĐT", "SGDDT" → "SGDĐT"); otherwise ``None``.
    """
    stem = _stem(code)
    if stem in _by_code():
        return code
    folded = _fold_code(stem)
    mended: set[str] = set()
    for agency in _by_folded_code().get(folded, ()):
        if valid(agency, on):
            mended |= {spelt for spelt in agency.codes if _fold_code(spelt) == folded}
    if not mended:
        mended = {agency.codes[0] for agency in _by_misspelling().get(stem, ()) if valid(agency, on)}
    return mended.pop() + code[len(stem) :] if len(mended) == 1 else None


# --- names ---

_SEPARATORS = re.compile(r"[-,.()/&]")


@cache
def _words_of_abbreviation() -> dict[str, tuple[str, ...]]:
    """Short forms with one reading that stand in agencies' names, as folded words."""
    return {
        squash(item.short): tuple(_split(item.long))
        for item in abbreviations()
        if item.kind in {"agency", "place"} and not item.ambiguous
    }


def _split(text: str) -> list[str]:
    return [word for word in _SEPARATORS.sub(" ", squash(text).replace("&", " & ")).split() if word != "và"]


@cache
def _also_syllables() -> frozenset[str]:
    """Short forms that are words as well when they are not in capitals: "TƯ" is trung ương, "tư" is not."""
    syllables = {syllable for pair in official_words() for syllable in pair}
    return frozenset(short for short in _words_of_abbreviation() if short in syllables)


def _words(text: str) -> list[str]:
    known = _words_of_abbreviation()
    words: list[str] = []
    plain = _also_syllables()
    # In a text of capitals "TƯ" may be either; the word is meant more often ("BỘ TƯ LỆNH").
    written = text.split() if any(letter.islower() for letter in text) else []
    for at, chunk in enumerate(squash(text).split()):
        if chunk in plain and not (at < len(written) and written[at].isupper()):
            words.append(chunk)
            continue
        # "TN&MT" and "LĐ-TB&XH" are known as they stand; otherwise each part may be ("UBND-HĐND").
        for word in known.get(chunk) or _split(chunk):
            words.extend(known.get(word, (word,)))
    return words


def name_key(text: str) -> str:
    """What equal names of agencies have in common: "Sở TT & TT", "SỞ TTTT" and "Sở TT-TT" have one key."""
    return "".join(_words(text))


@cache
def _by_name() -> dict[str, tuple[Agency, ...]]:
    return _index([(name_key(name), agency) for agency in _all() for name in (agency.name, *agency.short_names)])


@cache
def _by_initials() -> dict[str, tuple[Agency, ...]]:
    """Names with one run of words as initials, the first word kept: "Sở GDĐT", "Sở Nông nghiệp và PTNT"."""
    pairs: list[tuple[str, Agency]] = []
    for agency in _all():
        words = _words(agency.name)
        for start in range(1, len(words)):
            for end in range(start + 2, len(words) + 1):
                initials = "".join(word[0] for word in words[start:end])
                pairs.append(("".join([*words[:start], initials, *words[end:]]), agency))
    return _index(pairs)


def agencies_named(text: str, on: date | None = None) -> tuple[Agency, ...]:
    """The agencies with this full or short name, without a place: "Sở TT&TT", "VĂN PHÒNG UBND TỈNH", "MTTQ tỉnh".

    Case, tone placement, "&"/"và", hyphens and commas do not matter, and usual short forms are read.  Full and listed
    short names come before names guessed from initials; several agencies may share one ("Sở VHTT").
    """
    for key in dict.fromkeys(("".join(_words(text)), "".join(_split(text)))):
        for table in (_by_name(), _by_initials()):
            found = tuple(agency for agency in table.get(key, ()) if valid(agency, on))
            if found:
                return found
    return ()

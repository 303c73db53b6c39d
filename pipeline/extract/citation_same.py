"""Which mentions are the same document: groups of mentions by what they say of number, name and day."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from pipeline.extract.citation_governing import Cited
from pipeline.language.code_mending import known_group
from pipeline.language.dates import is_year_of_issue
from pipeline.lexicon.fold import squash

__all__ = ["groups_of"]


def groups_of(cited: list[Cited]) -> dict[str, list[Cited]]:
    """Mentions by document, in order of first mention."""
    groups: dict[str, list[Cited]] = {}
    numbered_laws = _laws_by_name(cited)
    for item in cited:
        # "Luật Đất đai" is the "Luật Đất đai số 31/2024/QH15" that the same document cites, when it cites one only.
        same = numbered_laws.get(item.key, set()) if item.mention.number is None else set()
        key = next(iter(same)) if len(same) == 1 and not _dated_otherwise(item, cited, same) else item.key
        groups.setdefault(key, []).append(item)
    for doubtful, same_document in (
        (_misread, _one_letter_off), (_bare, _short_for), (_given, _cut_from), (_of_no_year, _but_for_the_year),
    ):  # fmt: skip
        for key in [key for key, items in groups.items() if doubtful(items[0])]:
            twins = [other for other in groups if other != key and same_document(groups[other][0], groups[key][0])]
            if len(twins) == 1:
                groups[twins[0]] += groups.pop(key)
    return groups


def _laws_by_name(cited: list[Cited]) -> dict[str, set[str]]:
    """Name of a law → keys of the numbers under which it is cited."""
    keys: dict[str, set[str]] = {}
    for item in cited:
        if item.mention.number is not None and item.mention.law_name:
            keys.setdefault(squash(item.mention.law_name), set()).add(item.key)
    return keys


def _dated_otherwise(item: Cited, cited: list[Cited], keys: set[str]) -> bool:
    """The mention has a day or a year of its own that is not that of the numbered law: another law of that name."""
    own = item.mention.date or (str(item.mention.year) if item.mention.year else None)
    if own is None:
        return False
    others = [c.mention for c in cited if c.key in keys]
    known = (
        {m.date for m in others} | {str(m.year) for m in others if m.year} | {m.number.year for m in others if m.number}
    )
    return own not in known and own[:4] not in {value[:4] for value in known if value}


def _day(item: Cited) -> str | None:
    return item.mention.date or item.tail.date


def _days_agree(a: Cited, b: Cited) -> bool:
    return _day(a) is None or _day(b) is None or _day(a) == _day(b)


def _scanned(item: Cited) -> bool:
    return any(span.page.source == "ocr" for span in item.flow.locate(item.mention.start, item.mention.end))


# -- a ký hiệu with one letter wrong -------------------------------------------------------------------------------


def _misread(item: Cited) -> bool:
    """Read from a picture with an agency's code that nobody has."""
    number = item.mention.number
    return number is not None and not all(known_group(group) for group in number.groups) and _scanned(item)


def _one_letter_off(known: Cited, doubtful: Cited) -> bool:
    """The same serial and date, and a ký hiệu that differs by one letter from one whose agency exists."""
    a, b = known.mention.number, doubtful.mention.number
    if a is None or b is None or known.mention.date is None or _misread(known):
        return False
    same = (a.serial, a.year, known.mention.date) == (b.serial, b.year, doubtful.mention.date)
    return same and Levenshtein.distance(a.canonical, b.canonical) == 1


# -- a number without its ký hiệu ----------------------------------------------------------------------------------


def _bare(item: Cited) -> bool:
    return item.mention.number is not None and item.mention.number.regime == "bare"


def _short_for(full: Cited, short: Cited) -> bool:
    """ "Nghị quyết số 13" in a document whose subject names "Nghị quyết số 13-NQ/TW": the same type, serial and day.

    Named in the body alone it may be another of that serial ("19-NQ/TU" is not the "Nghị quyết số 19" of the centre).
    """
    a, b = full.mention.number, short.mention.number
    if a is None or b is None or _bare(full) or full.mention.doc_type != short.mention.doc_type:
        return False
    if full.flow is short.flow:
        return False
    return a.serial == b.serial and _days_agree(full, short)


# -- a number that a line end or a blank cut off -------------------------------------------------------------------


def _given(item: Cited) -> bool:
    number = item.mention.number
    return number is not None and number.regime != "bare" and bool(number.groups)


def _cut_from(whole: Cited, cut: Cited) -> bool:
    """ "06/2014/TT-TT" beside "06/2014/TT-TTCP": the same but for an end that is missing, and no other day or type.

    A ký hiệu that is whole in itself ("12/QĐ-UB" beside "12/QĐ-UBND") is another's unless it has no day at all.
    """
    a, b = whole.mention.number, cut.mention.number
    if a is None or b is None or _day(cut) is not None:
        return False
    types = {whole.mention.doc_type, cut.mention.doc_type} - {None}
    longer = len(whole.key) > len(cut.key) and whole.key.startswith(cut.key)
    return longer and (a.serial, a.year) == (b.serial, b.year) and len(types) <= 1


# -- a number whose year cannot be ---------------------------------------------------------------------------------

_NO_YEAR = re.compile(r"(?P<serial>\d{1,5})/(?P<year>\d{4})/(?P<code>\D.*)")


def _of_no_year(item: Cited) -> bool:
    return _parts(item) is not None


def _parts(item: Cited) -> tuple[str, str] | None:
    """Serial and ký hiệu of a number that was not taken because it names a year of no official document."""
    span = item.mention.number_span
    if item.mention.number is not None or span is None:
        return None
    match = _NO_YEAR.fullmatch(re.sub(r"\s", "", item.flow.text[slice(*span)]))
    if match is None or is_year_of_issue(int(match["year"])):
        return None
    return match["serial"], match["code"].upper()


def _but_for_the_year(known: Cited, doubtful: Cited) -> bool:
    """ "02/1025/QĐ-UBND" where "02/2015/QĐ-UBND" is cited: one document of that serial, ký hiệu and type."""
    number, parts = known.mention.number, _parts(doubtful)
    if number is None or parts is None or number.year is None:
        return False
    same_type = known.mention.doc_type == doubtful.mention.doc_type
    code = re.sub(r"^\d+/\d{4}/", "", number.canonical).upper()
    return same_type and (number.serial, code) == parts and _days_agree(known, doubtful)

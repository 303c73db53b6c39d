"""Document numbers ("số, ký hiệu"): found in running text, parsed, and brought into one canonical spelling.

The grammar is that of Nghị định 30/2020/NĐ-CP (Điều 15, Phụ lục I), of the laws on legislation since 1996, of Hướng
dẫn 36-HD/VPTW for the Party, and of the usage before 2004.  Damage by typing and OCR is mended only where one reading
remains; a number that could be another one is not given at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.language import number_codes as codes
from pipeline.language.number_scan import Piece, Scan, scan
from pipeline.language.number_standards import find_standards

__all__ = ["Number", "Reading", "find_numbers", "parse_number", "readings"]


@dataclass(frozen=True, slots=True)
class Number:
    """One document number.

    ``serial`` is the number proper ("514", "12a", "66.15"), empty in a draft whose number is still blank; ``year`` the
    year inside the number; ``type_code`` the type's code (None for a công văn); ``groups`` the codes of agency and
    units after it; ``regime`` one of "state", "qppl", "party", "law", "standard", "bare".  ``raw`` stands at
    ``text[start:end]``.  ``mended`` names what differs between ``raw`` and ``canonical``: "spaces", "line-break",
    "dash", "lookalike", "case", "double-letter", "missing-hyphen", "slash", "footnote", "filler".
    """

    serial: str
    year: str | None
    type_code: str | None
    groups: tuple[str, ...]
    regime: str
    canonical: str
    raw: str
    start: int
    end: int
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A place where a number stands.

    ``number`` is None where it cannot be read for certain, and ``doubt`` then says why.  ``sure`` is False when only a
    type or "số" before it tells that this is a number at all.  ``type_span``: the words or the code ("QCVN") that a
    standard's number needs before it.
    """

    start: int
    end: int
    number: Number | None
    doubt: str | None
    sure: bool
    type_span: tuple[int, int] | None = None


def parse_number(text: str, *, on: date | None = None, typed: bool = False) -> Number | None:
    """Parse a string that is a number and nothing else, as it stands after "Số:".

    A blank number of a draft ("/UBND-VHTT", "…/BC-STC") has the serial "".  ``on``, the day of issue when known,
    rejects a number whose year lies after it.  ``typed`` tells that the text was not recognised from a picture, so
    that an unknown code is taken at its word.  None when the string is not a number or may be more than one.
    """
    lead = _lead().match(text)
    start = lead.end() if lead else 0
    end = len(text.rstrip(" \t\r\n.;,*_"))
    if end <= start:
        return None
    norm = text.translate(codes.translation())
    for standard in _standards(text, norm, whole=(start, end)):
        if standard.end == end and standard.number:
            return standard.number
    found = scan(norm, start, end, whole=True, typed=typed)
    footnote = found is not None and found.pieces[-1].code.mended == "footnote"
    if found is None or (found.end != end and not (footnote and norm[found.end : end].isdigit())):
        return None
    number = _build(text, found, typed).number
    if number and number.year and on and int(number.year) > on.year:
        return None
    return number


def find_numbers(text: str, *, typed: bool = False) -> list[Number]:
    """Every number in running text that can be read for certain, in order.

    Dates, fractions and ranges are not numbers; an issuer that no table knows needs "số" or a type before it.
    """
    return [r.number for r in readings(text, typed=typed) if r.number and (r.sure or _announced(text, r.start))]


def readings(text: str, *, typed: bool = False) -> list[Reading]:
    """Every place that looks like a number, in order and not overlapping, read or not (for the mention grammar)."""
    norm = text.translate(codes.translation())
    found: list[Reading] = list(_standards(text, norm))
    taken = [(r.start, r.end) for r in found]
    last = 0
    for match in _candidate().finditer(norm):
        if match.start() < last:
            continue
        read = scan(norm, match.start(), len(norm), whole=False, typed=typed)
        if read is None or any(a < read.end and read.start < b for a, b in taken):
            continue
        reading = _build(text, read, typed)
        found.append(reading)
        last = reading.end
    return sorted(found, key=lambda r: r.start)


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(r"[\s*_]*(?:(?:[^\W\d_]+ ){0,4}[Ss][ốôoóổ]\s*[:.]?)?[\s*_]*", re.IGNORECASE)


@cache
def _candidate() -> re.Pattern[str]:
    """Where a scan is worth its time: digits (or a blank) and then a separator and a capital or a year."""
    letters = codes.forms()["serial"]["suffixes"]
    return re.compile(
        rf"\d{{1,6}}(?:\.\d{{1,3}})?(?:[{letters}]| [a-d](?=/))?[\s.…]{{0,4}}"
        r"(?:[/-]\s{0,2}(?=[A-ZĐƯ]|/?(?:19|20)\d\d|\d{1,4} ?/ ?[A-ZĐ]{2})|(?=[Il|][A-ZĐ]{2}|[Il|]\d{4}/))"
        r"|\d{1,5} (?=[A-ZĐ]{2,3}[a-z]?/[A-ZĐ]{2})"
        r"|(?:[…_]+|\.{2,}|(?<=[ốôoóổ:]) ?)[ ]?/ ?(?=[A-ZĐƯ]{2}|(?:19|20)\d\d ?/)"
    )


@cache
def _announcement() -> re.Pattern[str]:
    from pipeline.lexicon.types import document_types

    names = "|".join(re.escape(name) for kind in document_types() for name in (kind.name, *kind.aliases))
    words = "|".join(codes.forms()["mentions"]["number_words"])
    return re.compile(rf"(?:\b(?:{words})|\b(?:{names}))\s*:?\s*$", re.IGNORECASE)


def _announced(text: str, start: int) -> bool:
    """Whether "số" or a type stands directly before."""
    return _announcement().search(text[max(0, start - 40) : start]) is not None


def _standards(text: str, norm: str, whole: tuple[int, int] | None = None) -> Iterator[Reading]:
    for found in find_standards(norm, whole):
        raw = text[found.start : found.end]
        number = None
        if not found.doubt:
            mended = () if raw == found.canonical else ("spaces",)
            groups = (found.issuer,) if found.issuer else ()
            number = Number(
                serial=found.serial,
                year=found.year,
                type_code=found.code,
                groups=groups,
                regime="standard",
                canonical=found.canonical,
                raw=raw,
                start=found.start,
                end=found.end,
                mended=mended,
            )
        yield Reading(found.start, found.end, number, found.doubt, True, found.head)


# Types whose numbers hold the year, so that a long serial without one is suspect.
_DATED = ("NĐ", "TT", "TTLT")


# "QH14", "UBTVQH", "QHI4"; units named after "quy hoạch" or "quan hệ" begin with the same letters ("SXD-QHKT").
_ASSEMBLY = re.compile(r"(?:UBTV)?QHK?[\dIlO]{0,2}")


def _build(text: str, found: Scan, typed: bool) -> Reading:
    """Decide the family of what the scanner read, and whether every part of it is certain."""
    pieces = _first_as_type(_split_dotted(_split_glued(found), typed))
    end = pieces[-1]
    if found.year and end.code.doubt and (term := codes.read_term(end.printed, found.year)):
        pieces[-1] = Piece(end.separator, end.printed, term, end.start, end.end)
    last = pieces[-1].code
    doubt = found.doubt or next((p.code.doubt for p in pieces if p.code.doubt), None)
    sure = bool(pieces[0].code.kinds - {"unit"})
    at, regime = _family(found, pieces)
    if regime is None and typed and [p.code.spelling for p in pieces] == ["CT"] and not found.year:
        # "327-CT" of the Chủ tịch Hội đồng Bộ trưởng (1981-1992); in a picture the rest of "41-CT/TW" may be lost.
        regime = "state"
    if regime is None:
        return Reading(found.start, found.end, None, doubt or "no family of numbers has this form", False)
    type_code = pieces[at].code.spelling if at is not None else None
    groups = tuple(p.code.spelling for i, p in enumerate(pieces) if i != at)
    if found.year and not groups:
        doubt = doubt or "the agency is missing"
    if _ASSEMBLY.fullmatch(last.spelling) and not codes.is_plausible_term(last.spelling, found.year):
        doubt = doubt or "the term of the National Assembly is missing or of another time"
    if not found.year and re.fullmatch(
        r"\d1(?:19|20)\d\d" if type_code not in _DATED else r"\d?1(?:19|20)\d\d", found.serial
    ):
        doubt = doubt or "the serial may hold a slash read as 1"  # "9/2017/QĐ-UBND", "/2014/TT-NHNN"
    if doubt:
        return Reading(found.start, found.end, None, doubt, sure)
    mended = set(found.mended)
    mended |= {p.code.mended for p in pieces if p.code.mended}
    serial = found.serial.replace(" ", "") if found.serial[:1].isdigit() else ""
    canonical = serial
    canonical += f"/{found.year}" if found.year else ""
    canonical += "".join(p.separator + p.code.spelling for p in pieces)
    raw = text[found.start : found.end]
    mended |= _differences(raw)
    if last.mended == "footnote":
        mended.add("footnote")
    if " " in found.serial:
        mended.add("spaces")
    number = Number(
        serial, found.year, type_code, groups, regime, canonical, raw, found.start, found.end, tuple(sorted(mended))
    )  # fmt: skip
    return Reading(found.start, found.end, number, None, sure)


def _differences(raw: str) -> set[str]:
    """Codes for the characters of ``raw`` that are not the letters and hyphens they stand for."""
    table = codes.translation()
    changed = {table[ord(c)] for c in raw if ord(c) in table}
    found = {"dash"} if "-" in changed else set()
    if any(c.isalpha() for c in changed):
        found.add("lookalike")
    return found


def _split_glued(found: Scan) -> list[Piece]:
    """ "226/KHUBND": type and agency that lost their hyphen, where only one split is possible."""
    first = found.pieces[0]
    if first.code.kinds or first.separator != "/" or not (parts := codes.glued_type(first.printed)):
        return found.pieces
    found.mended.add("missing-hyphen")
    at = first.start + len(parts[0])
    head = Piece(first.separator, first.printed[: len(parts[0])], codes.read_code(parts[0]), first.start, at)
    tail = Piece("-", first.printed[len(parts[0]) :], codes.read_code(parts[1]), at, first.end)
    return [head, tail, *found.pieces[1:]]


def _first_as_type(pieces: list[Piece]) -> list[Piece]:
    """ "64/2014/ND-CP": before an agency the first code is a type, so ND can only be NĐ there."""
    first = pieces[0]
    if first.code.doubt != "lookalike" or len(pieces) == 1:
        return pieces
    second = pieces[1].code
    if second.doubt or not second.kinds & {"agency", "party"} or (code := codes.read_type(first.printed)) is None:
        return pieces
    return [Piece(first.separator, first.printed, code, first.start, first.end), *pieces[1:]]


def _split_dotted(pieces: list[Piece], typed: bool) -> list[Piece]:
    """ "123/2003/QĐ.UB": a full stop did a hyphen's work; the canonical form keeps it."""
    result: list[Piece] = []
    for piece in pieces:
        parts = piece.printed.split(".")
        if piece.code.kinds or len(parts) == 1 or not codes.is_type(codes.read_code(parts[0]).spelling):
            result.append(piece)
            continue
        at, separator = piece.start, piece.separator
        for part in parts:
            result.append(Piece(separator, part, codes.read_code(part, typed), at, at + len(part)))
            at, separator = at + len(part) + 1, "."
    return result


def _family(found: Scan, pieces: list[Piece]) -> tuple[int | None, str | None]:
    """Index of the piece that names the type (None: a công văn or a law), and the regime (None: no such form)."""
    kinds = [p.code.kinds for p in pieces]
    names = [p.code.spelling for p in pieces]
    if found.year:
        at = _type_at(pieces, reversed_form=True)
        return at, "law" if ("term" in kinds[-1] and at is None) or names[-1].startswith(("UBTVQH", "QH")) else "qppl"
    if pieces[0].separator == "/":
        at = _type_at(pieces, reversed_form=False)
        party = at == 0 and len(names) > 1 and "party" in kinds[1] and "agency" not in kinds[1]
        return at, "party" if party else "state"
    if len(pieces) == 1:
        # "29-CP", "58-TTg", "15-SL"; any other word after a hyphen is no number.
        if "old" in kinds[0] or names[0] in codes.forms()["groups"]["closed"]:
            return None, "state"
        return (0, "state") if names[0] == "SL" else (None, None)
    if "old" in kinds[0] and "type" in kinds[1] and "party" not in kinds[1]:
        return 1, "state"  # "1141-TC/QĐ/CĐKT"
    if codes.is_party_type(names[0]) and pieces[1].separator == "/":
        party = "party" in kinds[1] or not kinds[1]
        return 0, "party" if party else "state"
    if "old" in kinds[0] or "type" in kinds[0]:
        at = (
            0
            if "type" in kinds[0] and "old" not in kinds[0]
            else next((i for i, k in enumerate(kinds) if i and "type" in k), None)
        )
        return at, "state"
    return None, None


def _type_at(pieces: list[Piece], reversed_form: bool) -> int | None:
    """Which piece names the type: the first, when it can; in old normative numbers the last ("BYT-QĐ")."""
    kinds = [p.code.kinds for p in pieces]
    if "type" in kinds[0]:
        both = kinds[0] & {"agency", "unit"} and len(pieces) > 1
        if both and "agency" not in kinds[1] and "party" not in kinds[1]:
            # A type has an agency after it: "537/TTr-P3" is a công văn of the Thanh tra, "12/CT-TTHT" of a Cục Thuế.
            return None
        return 0
    if reversed_form and len(pieces) > 1 and "type" in kinds[-1] and not kinds[-1] & {"agency"}:
        return len(pieces) - 1
    return None

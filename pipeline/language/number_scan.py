"""The scanner under ``numbers``: from a position in text to the pieces of one document number.

It works on text whose look-alikes are already mapped (offsets stay) and decides where the number ends: which spaces
and line breaks belong to it, and when what follows makes it doubtful.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pipeline.language import number_codes as codes
from pipeline.language.number_codes import Code

__all__ = ["Piece", "Scan", "scan"]

_UPPER = "A-ZĐƯƠÂÊÔĂ"
# A code ends where no letter follows, or where a word is stuck to it ("NĐ-CPngày").
_GROUP = (
    rf"[{_UPPER}](?:[{_UPPER}A-Za-zđ0-9]|[&.+](?=[A-ZĐ]))*(?:\([A-ZĐ]{{1,6}}\))?(?:(?![^\W_])|(?=ngày|của|về|quy|năm))"
)
_YEAR = r"(?:19|20)\d\d"
# A year with a figure missing or too many ("139/009/TT-BTC"): the place of a number, and no number.
_BROKEN_YEAR = r"\d{1,4}(?=\s?/\s?[A-ZĐ]{2})"
# "UBND tỉnh", "TP. Huế": what follows a number without "của" and is an issuer, not a code of the number.
_PLACE_AFTER = re.compile(r"\.? ?(?:tỉnh|huyện|thành|thị|quận|xã|phường|TP|[A-ZĐ][^\W\d_]*[a-z])")


@dataclass(slots=True)
class Piece:
    """One code with the separator before it; spans are in the text scanned."""

    separator: str
    printed: str
    code: Code
    start: int
    end: int


@dataclass(slots=True)
class Scan:
    """The pieces of one number: ``serial`` as printed, ``separator`` the one before year or first code."""

    start: int
    end: int
    serial: str
    year: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    mended: set[str] = field(default_factory=set)
    doubt: str | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    serial = codes.forms()["serial"]
    return {
        "serial": re.compile(
            rf"(?P<serial>\d{{1,{serial['digits']}}}(?:\.\d{{1,3}})?(?:[{serial['suffixes']}](?![^\W_])| [a-d](?=/))?)"
            r"|[…_]+|\.{2,}|"
        ),
        "filler": re.compile(r"[\s.…_]{0,6}"),
        "year": re.compile(rf"({_YEAR})(?!\d)|{_BROKEN_YEAR}"),
        "doubled": re.compile(rf"/(?={_YEAR}/)"),
        "group": re.compile(_GROUP),
        "next": re.compile(
            # A dash at the end of a line is often struck again on the next.
            r"(?P<before>\s{0,2})(?P<sep>[-/])(?P<after>\s{0,2}(?:(?:(?<=-)|(?<=- ))-\s{0,2})?)"
            rf"(?P<group>{_GROUP})"
        ),
        "spaced": re.compile(rf"(?P<before> {{1,2}})(?P<group>{_GROUP})"),
        "digits": re.compile(r" (?P<digits>\d{1,3})(?![^\W_]|[/.:])"),
        "misread": re.compile(r" (?=[IlO|]*\d)[\dIlO|]{1,3}(?![^\W_]|[/.:])"),
        "ampersand": re.compile(rf" ?& ?(?P<group>{_GROUP})"),
        "bracket": re.compile(r" ?\( ?(?P<unit>[A-ZĐ]{1,6}\d{0,2}) ?\)"),
        "fragment": re.compile(r" (?P<rest>[a-zđ]{1,2})(?![^\W_])"),
        "roman": re.compile(r" ?\. ?[IVX]+(?![^\W_])"),
        "number_word": re.compile(r"(?<![^\W\d_])(?:số|sô|só|sổ)\Z", re.IGNORECASE),
    }


def scan(norm: str, start: int, limit: int, *, whole: bool, typed: bool) -> Scan | None:
    """Read the number that starts at ``start``; None when there is none.

    ``whole``: the number must be all of the text up to ``limit`` (a field read from a header), so that spaces inside
    it need no caution.
    """
    patterns = _patterns()
    first = patterns["serial"].match(norm, start, limit)
    if first is None:
        return None
    found = Scan(start, first.end(), first["serial"] or "")
    if not whole and (problem := _left(norm, start)):
        if problem == "inside":
            return None
        found.doubt = problem
    step = _separator(norm, first.end(), limit, found)
    if step is None:
        return None
    at, separator = step
    if year := patterns["year"].match(norm, at, limit):
        if separator != "/":
            return None
        found.year = year[0]
        if year[1] is None:
            found.doubt = found.doubt or "the year is broken"
        step = _separator(norm, year.end(), limit, found, after_year=True)
        if step is None:
            return None
        at, separator = step
    group = patterns["group"].match(norm, at, limit)
    if group is None or (not found.serial and len(group[0]) < 2):
        return None
    _append(found, separator, group[0], group.start(), typed)
    if found.pieces[0].code.doubt == "shape" and not re.match(r"(?:UBTV)?QH[Il]", group[0]):
        return None
    _groups(norm, limit, found, whole, typed)
    if _cut_short(norm, found.end, limit):
        found.doubt = found.doubt or "what follows cannot be read"
    return found


def _left(norm: str, start: int) -> str | None:
    """Whether what stands before makes the digits a part of something else.

    A digit or letter read wrongly ("5l4/UBND", "1O9/QĐ", "5 14/UBND") must not leave the rest as a number.
    """
    before = norm[max(0, start - 16) : start]
    if re.search(r"[^\W\d_]\Z", before):
        return None if _patterns()["number_word"].search(before) else "glued on the left"
    if re.search(r"\d[.,:/\-]?\Z|[^\W_][/\-]\Z", before):
        return "inside"
    if re.search(r"[^\w\s.,;:!?()\[\]{}\"'“”‘’«»/\-*•·+_…<>|=#&°%§]\s?\Z", before):
        return "a sign on the left"  # handwritten figures come out of OCR as "£", "¥", "€", "~"
    if re.search(r"(?:/\s*\d{0,4}|[Ss][ốôo]\s*:?\s*\d{1,6})\s*\n\s*\Z", before):
        return "a line break inside the figures"  # "178/\n202\n5\n/QH15"
    if re.search(r"(?:\A|\n)[ ]*-? ?\Z", before):
        return None  # the first on its line, perhaps after a bullet
    if re.search(r"\d ?[.,:/\-]? ?\Z|(?<!\w)(?=[IlO|]|[^\s\d]*\d)[\dIlO|/.:a-eđ]*[IlO|] ?\Z|[/\-] *\Z", before):
        return "digits on the left"
    return None


def _separator(norm: str, at: int, limit: int, found: Scan, after_year: bool = False) -> tuple[int, str] | None:
    """Position after the separator that follows serial or year, and the separator meant; None when there is none."""
    patterns = _patterns()
    filler = patterns["filler"].match(norm, at, limit)
    here = filler.end() if filler else at
    gap = norm[at:here]
    if here < limit and norm[here] in "/-":
        end = here + 1
        if norm[here : here + 2] == "//" and found.serial and not after_year:
            # A stroke struck twice before a year: "23//2017/NQ-HĐND".
            end += _patterns()["doubled"].match(norm, end, limit) is not None
        while end < limit and norm[end].isspace() and end - here < 4:
            end += 1
        if gap.strip(" \n") and found.serial:
            found.mended.add("filler")
        blank = gap + norm[here + 1 : end]
        _note_space(blank, found)
        return end, norm[here]
    if here == at and at < limit and norm[at] in "Il|":
        # Tesseract reads "/" as I or l: certain only before a known code or a year with its own slash.
        after = at + 1
        group = patterns["group"].match(norm, after, limit)
        known = group is not None and bool(codes.read_code(group[0]).kinds) and codes.read_code(group[0]).doubt is None
        year = not after_year and re.compile(rf"{_YEAR} ?/").match(norm, after, limit)
        if known or year:
            found.mended.add("slash")
            return after, "/"
        return None
    if not after_year and gap == " ":
        # "205 KH/TU": only a Party number has its hyphen there, for only the Party writes a slash after the type.
        step = re.compile(r"([A-ZĐ]{2,3}[a-z]?)/([A-ZĐ]{2,})").match(norm, here, limit)
        if step and codes.is_party_type(step[1]) and codes.is_party(step[2]):
            found.mended.add("missing-hyphen")
            return here, "-"
    return None


def _note_space(blank: str, found: Scan) -> None:
    if "\n" in blank or "\r" in blank:
        found.mended.add("line-break")
    elif any(c.isspace() for c in blank):
        found.mended.add("spaces")


def _append(found: Scan, separator: str, printed: str, start: int, typed: bool) -> None:
    code = codes.read_code(printed, typed)
    stuck = re.fullmatch(r"(CP|TTg|CTN)\d{1,2}", printed)
    if stuck and found.pieces:
        # The number of a footnote, raised in print: "NĐ-CP1".
        printed = stuck[1]
        code = Code(printed, codes.read_code(printed).kinds, "footnote")
    found.pieces.append(Piece(separator, printed, code, start, start + len(printed)))
    found.end = start + len(printed)


def _groups(norm: str, limit: int, found: Scan, whole: bool, typed: bool) -> None:
    """Append the codes that follow the first one."""
    patterns = _patterns()
    while True:
        last = found.pieces[-1]
        if last.code.mended == "footnote":
            return
        if step := patterns["next"].match(norm, found.end, limit):
            if not _joins(norm, step, found, whole):
                return
            _note_space(step["before"] + step["after"], found)
            _append(found, step["sep"], step["group"], step.start("group"), typed)
        elif _torn(norm, limit, found, typed):
            continue
        elif _is_closed(last) and not codes.is_party(last.code.spelling):
            return
        elif step := patterns["spaced"].match(norm, found.end, limit):
            action = _after_space(norm, step, found, whole)
            if action == "hyphen":
                found.mended.add("missing-hyphen")
                _append(found, "-", step["group"], step.start("group"), typed)
                continue
            if action == "doubt":
                found.doubt = found.doubt or "a code follows after a space"
            return
        else:
            if _unread_tail(norm, limit, found):
                found.doubt = found.doubt or "what follows after a space cannot be read"
            return


def _is_closed(piece: Piece) -> bool:
    return "term" in piece.code.kinds or piece.code.spelling in codes.forms()["groups"]["closed"]


def _torn(norm: str, limit: int, found: Scan, typed: bool) -> bool:
    """Join a code that a space has torn ("UB ND", "QH 13", "BCVT &CĐS"), where only that makes a known one."""
    patterns, last = _patterns(), found.pieces[-1]
    if re.fullmatch(r"(?:(?:UBTV)?QHK?|UBTV|HĐNN)1?", last.printed) and (
        step := patterns["digits"].match(norm, found.end, limit)
    ):
        _reread(found, last.printed + step["digits"], step.end(), typed)
        return True
    if step := patterns["ampersand"].match(norm, found.end, limit):
        _reread(found, f"{last.printed}&{step['group']}", step.end(), typed)
        return True
    if (step := patterns["bracket"].match(norm, found.end, limit)) and codes.read_code(step["unit"]).kinds:
        _reread(found, f"{last.printed}({step['unit']})", step.end(), typed)
        return True
    for name, rest in (("spaced", "group"), ("fragment", "rest")):
        step = patterns[name].match(norm, found.end, limit)
        if step is None:
            continue
        apart = codes.read_code(step[rest]).kinds & {"agency", "unit", "old"} and last.code.kinds
        if (apart and not _is_closed(last)) or (last.code.kinds and re.fullmatch("[A-ZĐ]", step[rest])):
            continue
        glued = codes.read_code(last.printed + step[rest])
        if glued.kinds and glued.doubt is None:
            _reread(found, last.printed + step[rest], step.end(), typed)
            return True
    return False


def _unread_tail(norm: str, limit: int, found: Scan) -> bool:
    """Figures or a Roman number after a space that may be the rest of the last code ("BCĐ 389", "P 3", "V. I")."""
    patterns, last = _patterns(), found.pieces[-1].printed
    if patterns["roman"].match(norm, found.end, limit) and len(last) == 1:
        return True
    if re.compile(r" ?\( ?(?:[A-ZĐ0-9]{1,4} [A-ZĐ0-9]{1,4}|(?=[A-ZĐ]*[\dl|])[A-ZĐ0-9l|]{1,5}) ?\)").match(
        norm, found.end, limit
    ):
        return True
    if patterns["bracket"].match(norm, found.end, limit):
        return bool(re.compile(r" ?\([^()]*\)\s*(?:,?\s*ngày|$)").match(norm, found.end, limit))
    digits = patterns["misread"].match(norm, found.end, limit)
    if digits is None:
        return False
    return (
        len(last) == 1
        or last[-1].isdigit()
        or bool(re.compile(r"\s+(?:ngày|của|và|về|\d)|\s*[,;)\-]|\s*$").match(norm, digits.end(), limit))
    )


def _reread(found: Scan, printed: str, end: int, typed: bool) -> None:
    """Replace the last code by a longer one whose parts a space had torn."""
    last = found.pieces.pop()
    _append(found, last.separator, printed, last.start, typed)
    found.pieces[-1].end = found.end = end
    found.mended.add("spaces")


def _complete(found: Scan) -> bool:
    """Type and agency are both there, or an agency alone in a công văn."""
    first = found.pieces[0].code
    return len(found.pieces) > 1 or "type" not in first.kinds


def _joins(norm: str, step: re.Match[str], found: Scan, whole: bool) -> bool:
    """Does the separator at ``step`` continue the number?"""
    if whole:
        return True
    before, after, last = step["before"], step["after"], found.pieces[-1]
    if not before and not after:
        return True
    if "\n" in before:
        # A line that starts with a dash is an item of a list unless the number is still incomplete.
        return (not after or "\n" in after) and not _complete(found)
    if not _complete(found):
        return True
    if _is_closed(last):
        return False
    if step["group"] == last.printed or (step["sep"] == "/" and norm[step.end() : step.end() + 1] == "/"):
        return False
    code = codes.read_code(step["group"])
    return not (before and after and "agency" in code.kinds and _PLACE_AFTER.match(norm, step.end() + 1))


def _after_space(norm: str, step: re.Match[str], found: Scan, whole: bool) -> str:
    """What a capital code after a mere space is: "stop" (not of the number), "hyphen" or "doubt"."""
    last, printed = found.pieces[-1], step["group"]
    tail = norm[step.end() : step.end() + 24]
    after = codes.read_code(printed)
    if re.fullmatch(r"[A-ZĐ][a-zđ]+", printed) and not after.kinds:
        # "GD Tr H": a word, unless a unit's code goes on so.
        return "doubt" if _begins_unit(last.printed + printed) else "stop"
    if re.match(r"/[a-zđ]|:", tail):
        return "stop"
    glued = codes.read_code(last.printed + printed)
    if len(found.pieces) == 1 and "type" in last.code.kinds and "agency" in after.kinds and not glued.kinds:
        return "hyphen"
    if whole:
        # "SGDĐT VP": the hyphen is lost, for an agency is followed by a unit; "CĐ KT" may be one code.
        apart = "agency" in last.code.kinds and "unit" in after.kinds and len(last.printed) > 2 and len(printed) > 1
        return "hyphen" if apart and not glued.kinds else "doubt"
    if _complete(found):
        issuer = "agency" in after.kinds or printed in ("TP", "TX", "TT")
        if len(printed) > 1 and (printed == last.printed or (issuer and _PLACE_AFTER.match(tail))):
            return "stop"
        if _in_capitals(tail):
            return "stop"
    return "doubt"


@cache
def _unit_heads() -> frozenset[str]:
    units = codes.forms()["groups"]["units"]
    return frozenset(unit[:size] for unit in units for size in range(3, len(unit)))


def _begins_unit(letters: str) -> bool:
    return letters in _unit_heads()


def _in_capitals(tail: str) -> bool:
    """A heading in capitals goes on: several words, some with Vietnamese marks, none in lower case."""
    letters = [c for c in tail if c.isalpha()]
    marked = any(ord(c) > 0x7F and c not in "ĐƯƠÂÊÔĂ" for c in letters)
    return len(letters) > 6 and marked and not any(c.islower() for c in letters)


def _cut_short(norm: str, end: int, limit: int) -> bool:
    """Does something stick to the end that should have been a part of the number?"""
    rest = norm[end : min(limit, end + 4)]
    if not rest:
        return False
    return bool(re.match(r"[/\-][^\W_]|[&(][A-ZĐ]|[|]|\s?\+\s?[A-ZĐ]", rest))

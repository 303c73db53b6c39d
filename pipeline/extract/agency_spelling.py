"""How the names of agencies are spelt: from capitals, from the lexicon, and from letters whose marks are damaged."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from pipeline.extract.found import one_line
from pipeline.extract.spelling import bare_letters, nearest_unit
from pipeline.language.syllables import is_syllable
from pipeline.layout.signs import is_upper
from pipeline.lexicon.abbreviations import abbreviation, expand
from pipeline.lexicon.agencies import agencies, agencies_named
from pipeline.lexicon.cues import cue_pattern, cues, key_of
from pipeline.lexicon.fold import fold, squash
from pipeline.lexicon.places import province_named, units_named

__all__ = ["EDGE", "agency_name", "committee_of_unit", "mend_agency"]

EDGE = " .,;:*-–—_'\"|~^`"


def agency_name(text: str) -> str:
    """The name of an agency as a reader would write it.

    A name of the lexicon is given in the lexicon's spelling; other names of capitals are written with a capital at
    the head and on place names (Nghị định 30/2020, Phụ lục II).
    """
    text = one_line(text).strip(EDGE)
    parts = re.split(r"\s+[-–]\s+", text)
    if len(parts) > 1 and all(agencies_named(part) for part in parts):
        return " - ".join(agency_name(part) for part in parts)
    names = {agency.name for agency in agencies_named(text)}
    shorts = {short for agency in agencies_named(text) for short in agency.short_names if squash(short) == squash(text)}
    if len(shorts) == 1 and is_upper(text, 0.7) and not re.search(r"&|[A-ZĐ]{2}", min(shorts)):
        return shorts.pop()
    full = squash(expand(text))
    # The lexicon's spelling, where it says no more than the text does ("Trường Chính trị" is not "… tỉnh").
    same = {name for name in names if fuzz.ratio(squash(name), full) > 93}
    if len(same) == 1:
        return same.pop()
    return _cased(text) if is_upper(text, 0.7) else text


@cache
def committee_of_unit() -> re.Pattern[str]:
    """Pattern of a committee and its unit: "uy ban nhan dan huyen dak r'lap", in letters without marks."""
    head, kind = (cue_pattern(f"agency.{name}", marks=False).pattern for name in ("committees", "unit_kinds"))
    return re.compile(rf"^(?P<head>{head})\W+(?P<kind>{kind})\W+(?P<name>\S.*)$")


@cache
def _spelled(cue: str) -> dict[str, str]:
    """Key without marks → the spelling of the cue list."""
    return {key_of(name): name for name in cues(cue)}


@cache
def _names_without_marks() -> dict[str, frozenset[str]]:
    found_names: dict[str, set[str]] = {}
    for agency in agencies():
        for name in (agency.name, *agency.short_names):
            found_names.setdefault(bare_letters(name), set()).add(agency.name)
    return {key: frozenset(names) for key, names in found_names.items()}


def mend_agency(name: str) -> str:
    """The name of an agency whose marks recognition may have damaged ("Hội đông nhân dân huyện Đăk R°Láp").

    Mended only where one name has the same letters: an agency of the lexicon, or a committee of a known unit.
    """
    if agencies_named(name):
        return name
    known = _names_without_marks().get(bare_letters(name), frozenset())
    if len(known) == 1:
        return next(iter(known))
    if match := committee_of_unit().match(key_of(name)):
        unit = name[match.start("name") :].strip(EDGE)
        kind = _spelled("agency.unit_kinds")[match.group("kind")]
        head = _spelled("agency.committees")[match.group("head")]
        spelled = unit if units_named(unit) else nearest_unit(unit, kind)
        head = head.upper() if abbreviation(head.upper()) else head[:1].upper() + head[1:]
        return f"{head} {kind} {spelled or _title(unit.lower())}"
    words = name.split()
    for size in range(len(words) - 1, 1, -1):
        heads = _names_without_marks().get(bare_letters(" ".join(words[:size])), frozenset())
        if len(heads) == 1 and province_named(rest := " ".join(words[size:])):
            return f"{next(iter(heads))} {rest}"
    return name


def _cased(text: str) -> str:
    """Capitals → the usual spelling: capital at the head, on place names and on abbreviations."""
    words = text.split()
    known = _known_head(words)
    if known is not None:
        name, size = known
        return f"{name} {_after_head(words[size:], text)}".rstrip()
    lowered = [word if _is_abbreviation(word, text) else word.lower() for word in words]
    joined = _inner_heads().sub(lambda match: match.group()[:1].upper() + match.group()[1:], " ".join(lowered))
    out = joined[:1].upper() + joined[1:]
    for name in cues("agency.proper"):
        out = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, out, flags=re.IGNORECASE)
    # The name of a unit follows its kind: "huyện krông nô" → "huyện Krông Nô".
    if (
        match := re.search(
            r"\b(tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|phường|xã|đặc khu)\s+(?!ủy|uỷ|hội\b|đoàn\b)(.+)$",
            out,
            re.IGNORECASE,
        )
    ) or (match := re.match(r"((?:tỉnh|huyện|thành|quận|thị) (?:ủy|uỷ))\s+(.+)$", out, re.IGNORECASE)):
        out = out[: match.start(2)] + _title(match.group(2))
    else:
        out = _proper_tail(out)
    return out


@cache
def _inner_heads() -> re.Pattern[str]:
    """Kinds of agencies inside a longer name, which keep their capital ("Trường Đại học …", "BCH Đoàn tỉnh …")."""
    heads = "|".join(re.escape(head) for head in sorted(cues("agency.inner_heads"), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{heads})(?!\w)")


def _known_head(words: list[str]) -> tuple[str, int] | None:
    """The longest agency of the lexicon at the head of capitals that say more, in its spelling, and its words."""
    for size in range(len(words) - 1, 1, -1):
        text = " ".join(words[:size])
        rest = " ".join(words[size:])
        of_kind = _UNIT_NEXT.match(f"{words[size - 1]} {rest}")
        if not _UNIT_NEXT.match(rest) and (of_kind or not _is_bare_province(rest)):
            continue
        names = {name for agency in agencies_named(text) for name in (agency.name, *agency.short_names)}
        same = [name for name in names if fold(name) == fold(text)]
        if len(same) == 1:
            return same[0], size
    return None


# What may follow a name of the lexicon for it to be whole: the kind of the unit whose agency it is.
_UNIT_NEXT = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|PHƯỜNG|XÃ|ĐẶC KHU)\s", re.IGNORECASE)


def _is_bare_province(text: str) -> bool:
    """A province without the word "tỉnh": "SỞ TÀI CHÍNH LÀO CAI"."""
    return not _UNIT_NEXT.match(text) and province_named(text) is not None


def _after_head(words: list[str], whole: str) -> str:
    rest = " ".join(words)
    if _is_bare_province(rest):
        return _title(rest.lower())
    cased = _cased(" ".join(words))
    return cased[:1].lower() + cased[1:] if not _is_abbreviation(words[0], whole) else cased


def _title(name: str) -> str:
    """Capitals on a unit's name and not on the kind of the next one: "Vinh, tỉnh Nghệ An"."""
    titled = re.sub(r"(?<![^\W\d_'’])[^\W\d_]", lambda m: m.group().upper(), name)
    kinds = "|".join(kind for kind in cues("agency.unit_kinds") if kind[-1].isalpha())
    return re.sub(rf"(,\s*)({kinds})(?=\s)", lambda m: m[1] + m[2].lower(), titled, flags=re.IGNORECASE)


def _proper_tail(text: str) -> str:
    """A province at the end of a name ("công an tỉnh …" is handled before; "bệnh viện … gia lai")."""
    words = text.split()
    for size in (4, 3, 2):
        tail = " ".join(words[-size:])
        if len(words) > size and (unit := province_named(tail)) and fold(unit.name) == fold(tail):
            return " ".join([*words[:-size], unit.name])
    return text


def _is_abbreviation(word: str, whole: str) -> bool:
    bare = re.sub(r"\W", "", word)
    if "&" in word and word.strip(".,").isupper():
        return True
    if not bare.isupper():
        return False
    if re.fullmatch(r"[IVX]+", bare) and re.search(rf"(?i:khu vực|quân khu|vùng|khu)\s+{bare}(?!\w)", whole):
        return True  # "KHU VỰC XIII"
    if re.fullmatch(r"[IVX]{2,}", bare) and not is_syllable(bare.lower()):
        return True  # "TRƯỜNG CAO ĐẲNG KỸ NGHỆ II"
    if len(bare) < 2:
        return False
    if bare == "TƯ":
        return False  # among capitals the word ("đầu tư"); "trung ương" is shortened to "TW" there
    if re.search(
        r"[aeiouyăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", bare.lower()
    ) and not abbreviation(bare):
        return False
    return bool(abbreviation(bare)) or not re.search(r"[aeiouy]", key_of(bare)) or "&" in word

"""What a line looks like: the tests by which lines are given their zones.

All tests work on ``key_of`` (lower case, no marks), so that OCR which lost a mark still finds its line.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.language.dates import NAM, NGAY, THANG
from pipeline.language.syllables import is_syllable
from pipeline.lexicon.cues import cue_groups, cue_pattern, cues, key_of
from pipeline.lexicon.types import DocumentType, document_types

_DATE_LINE = re.compile(
    rf"(?:^|[,.;\s])\s*{NGAY}\W*[\w.…_/-]{{0,6}}\W{{0,6}}{THANG}\W*[\w.…_/-]{{0,6}}\W{{0,6}}{NAM}\W*"
    r"(?:\d[\d .]{1,5}|[._…]+)?"
)
# A number line: "Số: 12/UBND-VX", "Số 127-QĐ/TW", "Số:   /BC-STC"; the code must hold a capital letter.
_NUMBER_LINE = re.compile(
    r"^\W{0,3}(?:[Ss5][ốôổồóoỐÔỔỒÓO0][,.]?|SO)\s*[:;.]{0,2}\s*[^A-ZĐ]{0,22}?[-/–l|I]?\s*[A-ZĐÐ][\w.&()ĐÐ]*"
)
_PARTY_NUMBER = re.compile(r"^\W{0,3}[Ss][ốôóo]\W{0,3}[\d\s.…_]*[-–]\s*[A-ZĐ]{2,5}[iI]?\s*/\s*[A-ZĐ]+")
_BARE_NUMBER = re.compile(
    r"^[\W_]{0,6}\d{0,5}[a-z]?[\s.]*/\s*(?:\d{4}\s*/\s*)?[A-ZĐÐ]{1,8}\d?[\w&.]*\s*(?:[-–]\s*[\w&.()ĐÐ]+)*\s*$"
)
_CODE_TAIL = re.compile(r"^.{0,16}?/\s*[A-ZĐÐ]{2,}[A-Za-zĐ&.]*\s*(?:[-–/]\s*[A-ZĐÐ][\w&.()ĐÐ]*\s*)*[\W_]*$")
_PLACE_BEFORE = re.compile(r"[\W_]*(?:(?:Quận|Phường|Q\.|P\.)\s*\d{1,2}\W*|[^\W\d_]['’`\"°?.]?[^\d/:;()]{0,34})?")
# "ị quyết số: 248/2025/QH15": the first letters stand on the line above; the term makes the number certain.
_ASSEMBLY_NUMBER = re.compile(r"^\W{0,3}[^\W\d_]{0,8}\s?[^\W\d_]{0,8}\s+so\s*:\s*\d{1,4}/\d{4}/(?:ubtv)?qh\d{1,2}\s*$")
# "…, hồi 15 giờ 00, ngày …": a telegram is dated to the minute.
HOUR_BEFORE = re.compile(
    r"\s*,?\s*(?:hồi|lúc|vào)\s*\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{1,2})?\s*(?:phút|['’′])?\s*,?\s*$", re.IGNORECASE
)
_FURNITURE = re.compile(r"^\W{0,3}(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W{0,3}$")
_URL = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$")
_LETTER = re.compile(r"[^\W\d_]")
MOTTO_LIKENESS = 78


def letters(text: str) -> str:
    return "".join(_LETTER.findall(text))


def is_upper(text: str, share: float = 0.85) -> bool:
    """Nearly all letters are capitals (OCR turns one or two of them)."""
    found = letters(text)
    return len(found) >= 2 and sum(c.isupper() for c in found) >= share * len(found)


@cache
def _mottoes() -> tuple[tuple[str, str], ...]:
    found = []
    for regime in ("state", "party", "youth"):
        found += [(key_of(cue), regime) for cue in cues(f"header.motto_{regime}")]
    return tuple(found)


def motto_of(text: str) -> str | None:
    """``state``, ``party`` or ``youth`` when the line is (part of) a motto, else None."""
    key = re.sub(r"[^a-z ]+", " ", key_of(text))
    key = re.sub(r"\s+", " ", key).strip()
    if not 12 <= len(key) <= 60:
        return None
    if text.lstrip()[:1].islower() and key.startswith(("nuoc", "cong", "dang")):
        # "nước Cộng hòa xã hội chủ" in a subject of several lines.
        return None
    for motto, regime in _mottoes():
        plain = re.sub(r"[^a-z]+", " ", motto).strip()
        if plain in key and len(key) <= 1.5 * len(plain):
            return regime
        if 0.6 * len(plain) < len(key) < 1.4 * len(plain) and fuzz.ratio(plain, key) >= MOTTO_LIKENESS:
            return regime
    return None


def is_broken_motto(text: str, following: str) -> bool:
    """A motto that a narrow column broke: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA" / "VIỆT NAM"."""
    head, tail = (re.sub(r"[^a-z]+", "", key_of(part)) for part in (text, following))
    if len(head) < 8 or len(tail) < 6:
        return False
    return any(head + tail == re.sub(r"[^a-z]+", "", motto) for motto, _ in _mottoes())


def is_state_name(text: str) -> bool:
    """The line that opens a state header (the first motto line, not the second)."""
    return motto_of(text) is not None and key_of(text).replace(" ", "")[:9] not in ("doclap-tu", "doclaptud")


@cache
def _typed_number() -> re.Pattern[str]:
    """ "Nghị quyết số: 94/2025/UBTVQH15", "Luật số: 121/2025/QH15": the National Assembly names the type first."""
    names = "|".join(re.escape(title) for title, _ in _type_titles())
    return re.compile(rf"^\W{{0,3}}(?:{names})\s+so\s*:\s*[\w.…_\s]{{0,12}}/.*\d\s*$")


def is_number_line(text: str) -> bool:
    if len(text) > 60:
        return False
    if _typed_number().match(key_of(text)) or _ASSEMBLY_NUMBER.match(key_of(text)):
        return True
    return bool(_NUMBER_LINE.match(text) or _PARTY_NUMBER.match(text))


def is_bare_number(text: str) -> bool:
    """A number without its "Số:", as OCR leaves it when ink covers the word."""
    return bool(_BARE_NUMBER.match(text))


def ends_in_code(text: str) -> bool:
    """A short line of the left column that ends in a ký hiệu, whatever recognition made of "Số: 901"."""
    return len(text) < 45 and bool(_CODE_TAIL.match(text))


def is_date_line(text: str) -> bool:
    if len(text) > 75:
        return False
    match = _DATE_LINE.search(text.lower())
    opens = "|".join(cue_pattern(f"body.{name}", marks=False).pattern for name in ("grounds", "minutes"))
    if match and re.match(rf"\W*(?:{opens})", key_of(text)):
        # "Căn cứ Luật Khiếu nại ngày 11 tháng 11 năm 2011", "Hôm nay, ngày 12 tháng 5 năm 2021": no place.
        return False
    # Before "ngày" stands a place and nothing else: a sentence of the body has a date too.
    return match is not None and bool(_PLACE_BEFORE.fullmatch(HOUR_BEFORE.sub("", text[: match.start()]).strip()))


_COVERED_DATE = re.compile(
    rf"\W{{0,3}}[^\W\d_][^\d:;()]{{1,34}},\W*(?:{NGAY}\W*[\w.…/]{{0,6}}\W*)?(?:{THANG}\W*[\w.…/]{{0,6}}\W*)?{NAM}\W*\d{{4}}\W*"
)


def is_covered_date(text: str) -> bool:
    """A place and date of the right column of which a pen covered "ngày" or "tháng": "Đắk Nông, tháng 6 năm 2019"."""
    match = _COVERED_DATE.fullmatch(text.lower()) if len(text) < 60 else None
    return match is not None and text.lstrip()[:1].isupper()


def is_furniture(text: str) -> bool:
    return bool(_FURNITURE.match(text.lower()) or _URL.match(text))


def is_contact_line(text: str) -> bool:
    """A line of ô số 13: address, telephone, fax, e-mail, web site."""
    return bool(re.match(r"\W{0,3}(?:dia chi|dien thoai|dt|tel|fax|e-?mail|website|web|hotline)\s*:", key_of(text)))


def subject_lead(text: str) -> bool:
    """The line opens a công văn's trích yếu ("V/v …")."""
    return bool(re.match(r"\W{0,2}(?:v\s?[/.1l|i]?\s?v\b|ve viec\b)", key_of(text)))


def is_addressees(text: str) -> bool:
    return bool(re.match(r"\W{0,3}" + cue_pattern("header.addressees", marks=False).pattern, key_of(text)))


def is_recipients(text: str) -> bool:
    key = key_of(text)
    if re.match(r"\W{0,3}" + cue_pattern("closing.recipients", marks=False).pattern + r"\s*[:;.]?", key):
        return True
    # "Nơi nhận" is set in bold italics, which recognition often breaks: "Moi nhận:", "ơi nhân:", "Wơi nhận:".
    if re.match(r"\W{0,3}(?:[nmh4]?[o0][ir1l]?)\s*nh[a-z]n\s*:", key) and len(text) < 45:
        return True
    return _recipients_misread(text)


_TWO_WORDS = re.compile(r"\W{0,3}([^\W_]+)\s+([^\W_]+)\W{0,2}:\W{0,2}$")


def _recipients_misread(text: str) -> bool:
    """ "Nơi nhận:" alone on its line with one letter wrong, or two where the words cannot be others ("Ghi nhận:")."""
    words = _TWO_WORDS.fullmatch(text)
    if words is None:
        return False
    first, second = words.groups()
    key = key_of(f"{first} {second}")
    wrong = min(Levenshtein.distance(key, key_of(cue), score_cutoff=2) for cue in cues("closing.recipients"))
    legible = is_syllable(first) and is_syllable(second)
    return wrong <= (1 if legible else 2) and abs(len(key) - len("noi nhan")) <= 1


def is_archive(text: str) -> bool:
    """ "Lưu: VT", "- Lưu VT.": the word alone or before a colon, a dash or an abbreviation; "lưu lượng" is a word."""
    match = re.match(r"(?P<dash>\W{0,4})(?:luu|luru|lut)\s*(?P<mark>[:;.,]?)\s*(?P<rest>\S.*)", key_of(text))
    if match is None:
        return False
    after = text[match.start("rest") :]
    return bool(match["mark"] or match["dash"].strip() or after[:1].isupper() or not after[:1].isalpha())


def is_received(text: str) -> bool:
    """The word of a received stamp standing alone: "ĐẾN", "CÔNG VĂN ĐẾN"."""
    if not is_upper(text, 0.6):
        return False
    key = re.sub(r"\s+", " ", re.sub(r"[^a-z ]", "", key_of(text))).strip()
    # "CÔNG VĂN ĐẾN" whose first word the frame swallowed is still the stamp's title.
    return key in {key_of(cue) for cue in cues("header.received")} or key.endswith("van den")


def stamp_line(text: str) -> bool:
    """A line that may stand in a received stamp under its title."""
    key = key_of(text)
    return bool(re.match(r"\W{0,3}(?:so|ngay|gio|chuyen|luu ho so|so va ky hieu)\b", key)) and len(text) < 60


@cache
def _type_titles() -> tuple[tuple[str, DocumentType], ...]:
    rows = [(key_of(name), kind) for kind in document_types() for name in (kind.name, *kind.aliases)]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def type_title(text: str) -> tuple[DocumentType, str] | None:
    """The type named by a title line ("QUYẾT ĐỊNH", "CÔNG ĐIỆN KHẨN") and the rest of the line, or None."""
    if not is_upper(text, 0.8) or len(text) > 60:
        return None
    key = re.sub(r"[^a-z ]+", " ", key_of(text))
    key = re.sub(r"\s+", " ", key).strip()
    for title, kind in _type_titles():
        if key == title:
            return kind, ""
        if key.startswith(title + " ") and key[len(title) + 1 :] in _suffixes():
            return kind, key[len(title) + 1 :]
    # One letter misread; never where two types are one letter apart ("thong bao", "thong cao").
    near = {kind.name: kind for title, kind in _type_titles() if len(title) >= 7 and fuzz.ratio(key, title) >= 88}
    return (near.popitem()[1], "") if len(near) == 1 else None


@cache
def _suffixes() -> frozenset[str]:
    """What may follow a type in its title line: degrees of urgency, "lien tich", "ca biet"."""
    marks = [mark for group in ("urgency", "secrecy") for mark in cue_groups(group)]
    return frozenset(key_of(mark) for mark in marks)


def mark_of(text: str, section: str, stamped: bool = False) -> str | None:
    """The urgency or secrecy mark that the line is (nothing else on it), or None.

    Marks are in capitals; one ``stamped`` in red is a mark however large the engine took its letters to be.
    """
    if len(text) > 24 or not (stamped or is_upper(text, 0.45)):
        return None
    key = re.sub(r"\s+", " ", re.sub(r"[^a-z ]+", " ", key_of(text))).strip()
    for mark, forms in cue_groups(section).items():
        if key in {key_of(form) for form in forms}:
            return mark
    return None

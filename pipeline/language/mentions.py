"""Mentions of documents in running text: type, number, date, or a law by its name.

One mention is what a reader underlines: "Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017", "Bộ luật Dân sự năm
2015", "số 130/UBND-NC ngày 05/2/2021" in a list.  Issuer and title are not part of it (the spans of Bach et al., SoICT
2019).  A number that cannot be read for certain still gives a mention, without ``number``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.language import number_codes as codes
from pipeline.language.mention_dates import DateTail, date_tail, trailing_date, year_tail
from pipeline.language.mention_laws import LawName, known_name_at, law_names
from pipeline.language.mention_pinpoints import pinpoint_before
from pipeline.language.numbers import Number, Reading, readings
from pipeline.lexicon.fold import squash, strip_marks
from pipeline.lexicon.types import document_types, type_named, types_with_code

__all__ = ["Mention", "find_mentions", "trailing_date"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One document mentioned at ``text[start:end]``.

    ``doc_type`` is the lexicon's name in lower case; ``date`` ISO, only for a whole date; ``year`` the year of the
    date, or of a law ("Luật Đất đai năm 2013").  ``law_name`` is set for laws cited by name, type included.
    ``pinpoint`` stands directly before.  ``shared_type``: the type was read from the head of the list, and
    ``type_span`` then lies there, before ``start``.
    """

    start: int
    end: int
    doc_type: str | None
    number: Number | None
    date: str | None
    year: int | None
    law_name: str | None
    number_span: tuple[int, int] | None
    date_span: tuple[int, int] | None
    type_span: tuple[int, int] | None
    pinpoint: str | None
    shared_type: bool = False


def find_mentions(text: str, *, typed: bool = False) -> list[Mention]:
    """Every document mentioned in ``text`` (NFC), in order and not overlapping.

    ``typed`` as in ``numbers.find_numbers``.  "Nghị định này", "pháp luật" and a document's own "Số: …" line are none.
    """
    numbers = readings(text, typed=typed)
    found = _laws(text, numbers)
    taken = {m.number_span for m in found if m.number_span}
    found += _numbered(text, [r for r in numbers if (r.start, r.end) not in taken], found)
    found += _bare(text, found)
    return _without_overlaps([_with_pinpoint(text, m) for m in found])


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    """The policy for overlaps: the one that starts first, of those the longest."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _with_pinpoint(text: str, mention: Mention) -> Mention:
    span = pinpoint_before(text, mention.start)
    return replace(mention, pinpoint=" ".join(text[span[0] : span[1]].split())) if span else mention


# --- laws by name ---


@cache
def _before_law_number() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\(\s*sửa đổi\s*\)\s*)?,?\s*(?:(?:luật\s+)?s[ốôoóổ]\s*)?:?\s*", re.IGNORECASE)


def _laws(text: str, numbers: list[Reading]) -> list[Mention]:
    starts = {r.start: r for r in numbers}
    found: list[Mention] = []
    for law in law_names(text):
        found.append(_law_mention(text, law, starts))
        found += _more_laws(text, found[-1], law, starts)
    return found


def _law_mention(text: str, law: LawName, starts: dict[int, Reading]) -> Mention:
    return _finish_law(text, law.start, law.end, law.tail, law.kind, (law.start, law.type_end), law.open_markup, starts)


def _finish_law(
    text: str,
    start: int,
    name_end: int,
    tail: int,
    kind: str,
    type_span: tuple[int, int],
    open_markup: bool,
    starts: dict[int, Reading],
    shared: bool = False,
) -> Mention:
    name = " ".join(re.sub(r"<[^<>]*>", " ", text[start:name_end]).split())
    end, number, span = name_end, None, None
    year = year_tail(text, tail)
    at = year.end if year else tail
    gap = _before_law_number().match(text, at)
    reading = starts.get(gap.end()) if gap else None
    if reading and (
        reading.number is None or reading.number.regime == "law" or reading.number.type_code in ("PL", "L", "LCT")
    ):
        number, span = reading.number, (reading.start, reading.end)
        end = tail = reading.end
        year = year_tail(text, tail)
    dated: DateTail | None = None
    if not open_markup:
        dated = date_tail(text, tail) or (None if span else year)
        if dated is None and year and text[year.start].isalpha():
            dated = year
    if dated:
        end = dated.end
    return Mention(
        start, end, kind, number, dated.iso if dated else None, dated.year if dated else None,
        (_kind_word(kind) + " " + name if shared else name), span, (dated.start, dated.end) if dated else None, type_span, None, shared,
    )  # fmt: skip


def _kind_word(kind: str) -> str:
    return kind[0].upper() + kind[1:]


def _more_laws(text: str, first: Mention, law: LawName, starts: dict[int, Reading]) -> list[Mention]:
    """ "các Luật: Đất đai số 45/2013/QH13; Xây dựng số 50/2014/QH13": names that share the type of the head."""
    head = text[max(0, law.start - 5) : law.start].lower()
    if not head.endswith("các "):
        return []
    found: list[Mention] = []
    end = first.end
    while True:
        gap = re.compile(r"\s*(?:;|,|và|,\s*và|;\s*và)\s+").match(text, end)
        at = gap.end() if gap else None
        stop = known_name_at(text, at, law.kind) if at is not None and text[at].isupper() else None
        if at is None or stop is None:
            return found
        more = _finish_law(text, at, stop, stop, law.kind, (law.start, law.type_end), False, starts, shared=True)
        found.append(more)
        end = more.end


# --- documents by number ---

# Characters before a number in which its type is looked for.
_TYPE_REACH = 120


@cache
def _type_word() -> re.Pattern[str]:
    """A type's name over text without marks (so that "Chi thị" and "Nghi định" are read)."""
    names = set(_type_of_plain()) | {strip_marks(n) for n in codes.forms()["mentions"]["loose_types"]}
    one = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{one})(?![a-z])")


@cache
def _type_gap() -> re.Pattern[str]:
    """Between type and number: "số", perhaps after what kind of one it is ("Công điện khẩn số") or its issuer."""
    words = r"(?:\s+(?!ngay\b|nam\b|va\b|tai\b|theo\b)[a-z&-]+){1,9}?"
    return re.compile(rf"(?:\s*[:(]?\s*|\s*(?P<long>{words})?\s*so\s*[:.]?\s*(?:-\s*)?)")


@cache
def _type_of_plain() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in document_types():
        if kind.name == "hiến pháp":
            continue
        for name in (kind.name, *kind.aliases):
            found.setdefault(strip_marks(squash(name)), kind.name)
    return found


@cache
def _number_word() -> re.Pattern[str]:
    words = "|".join(codes.forms()["mentions"]["number_words"])
    return re.compile(rf"(?<![^\W_])(?P<so>{words})\s*:?\s*$", re.IGNORECASE)


@cache
def _list_gap() -> re.Pattern[str]:
    """Between two members of a list: a comma or "và", perhaps the first one's issuer, and "số"."""
    issuer = r"(?:\s*,?\s*của\s+[^,;:.()]{2,90}?)?"
    return re.compile(
        rf"(?:{issuer}\s*(?:[,;]|,?\s*(?:và|hoặc|&))\s*(?:số|sô)\s*:?\s*|\s*(?:[,;]|,?\s*(?:và|hoặc|&))\s*)",
        re.IGNORECASE,
    )


def _numbered(text: str, numbers: list[Reading], laws: list[Mention]) -> list[Mention]:
    found: list[Mention] = []
    previous: Mention | None = None
    for reading in numbers:
        mention = _with_type(text, reading) or _shared(text, reading, previous) or _typeless(text, reading)
        if mention is None:
            continue
        found.append(mention)
        previous = mention
    return found


def _with_type(text: str, reading: Reading) -> Mention | None:
    offset = max(0, reading.start - _TYPE_REACH)
    plain = strip_marks(text[offset : reading.start]).lower()
    # The nearest type counts: in "theo quy định tại Nghị định số …" the decree.
    found = list(_type_word().finditer(plain))
    if not found:
        return None
    word = found[-1]
    gap = _type_gap().fullmatch(plain, word.end())
    if gap is None or word.end() == len(plain):
        return None
    name = _type_of_plain().get(" ".join(word[0].split()))
    if gap["long"] and not (reading.number and name and _code_names(reading.number, name)):
        return None
    span = (offset + word.start(), offset + word.end())
    return _finish(text, span[0], _doc_type(name, reading.number), reading, span, shared=False)


def _code_names(number: Number, name: str) -> bool:
    """Does the number's own code say the same type as the words (a công văn has none)?"""
    if number.type_code is None:
        return name == "công văn"
    return any(kind.name == name or name.startswith(kind.name) for kind in types_with_code(number.type_code))


def _doc_type(name: str | None, number: Number | None) -> str | None:
    if name is not None:
        return name
    return _type_by_code(number) if number else None


def _type_by_code(number: Number) -> str | None:
    """The type that a number shows by itself; None where its code has several meanings or says nothing."""
    if number.type_code is None:
        return (
            "công văn"
            if number.regime == "state"
            and len(number.canonical) > 5
            and "-" not in number.canonical[: len(number.serial) + 1]
            else None
        )
    regimes = {
        "party": ("PARTY",),
        "qppl": ("QPPL", "ND30"),
        "law": ("QPPL",),
        "state": ("ND30", "QPPL", "USAGE", "TT01-2011"),
    }
    for regime in regimes.get(number.regime, ("STANDARD",)):
        kinds = types_with_code(number.type_code, regime)
        if kinds:
            return kinds[0].name if len(kinds) == 1 else None
    return None


def _shared(text: str, reading: Reading, previous: Mention | None) -> Mention | None:
    if previous is None or not 0 <= reading.start - previous.end <= 120:
        return None
    gap = text[previous.end : reading.start]
    if not _list_gap().fullmatch(gap):
        return None
    number = reading.number
    word = _number_word().search(text[max(0, reading.start - 8) : reading.start])
    start = reading.start - len(word[0]) if word else reading.start
    own = _type_by_code(number) if number and number.type_code else None
    if own and previous.doc_type and number and not _code_names(number, previous.doc_type):
        return _finish(text, start, own, reading, None, shared=False)
    return _finish(text, start, previous.doc_type, reading, previous.type_span, shared=previous.type_span is not None)


@cache
def _form_word() -> re.Pattern[str]:
    """ "Mẫu số 09/KK-TNCN": forms and tables have numbers that look like those of documents."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(codes.forms()['mentions']['not_documents'])})\s*$", re.IGNORECASE)


def _typeless(text: str, reading: Reading) -> Mention | None:
    """A number on its own: after "số", or one whose own codes are known.  A header's "Số:" line is not a mention."""
    before = text[max(0, reading.start - 30) : reading.start]
    word = _number_word().search(before)
    if word and _form_word().search(before[: word.start()]):
        return None
    if word is None and not (reading.sure and reading.number):
        return None
    if word and re.search(r"(?:^|\n)[\s*_#>|]*$", before[: word.start()]) and ":" in word[0]:
        return None
    if word is None and re.search(r"(?:^|\n)[\s*_#>|]*$", before) and not reading.number:
        return None
    start = reading.start - (len(before) - word.start()) if word else reading.start
    return _finish(text, start, _type_by_code(reading.number) if reading.number else None, reading, None, shared=False)


def _finish(
    text: str, start: int, doc_type: str | None, reading: Reading, type_span: tuple[int, int] | None, *, shared: bool
) -> Mention:  # fmt: skip
    dated = date_tail(text, reading.end)
    return Mention(
        start, dated.end if dated else reading.end, doc_type, reading.number, dated.iso if dated else None,
        dated.year if dated else None, None, (reading.start, reading.end), (dated.start, dated.end) if dated else None, type_span, None, shared,
    )  # fmt: skip


# --- bare numbers ---


@cache
def _bare_pattern() -> re.Pattern[str]:
    tables = codes.forms()["mentions"]
    names = "|".join(n.replace(" ", r"\s+") for n in sorted(tables["bare_types"], key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?P<type>{names})\s+(?P<so>(?:số|sô)\s*:?\s*)?(?P<serial>\d{{1,5}}[a-zđ]?)(?![^\W_]|\s?[/%]|[.,:\-–]\d|\s?[-–]\s?[\dA-ZĐ])",
        re.IGNORECASE,
    )


@cache
def _after_bare() -> re.Pattern[str]:
    words = "|".join(codes.forms()["mentions"]["after_bare"])
    return re.compile(rf"\s*(?:[.,;:)\]”\"]|$|\n|(?:{words})(?![^\W_]))")


def _bare(text: str, found: list[Mention]) -> list[Mention]:
    """ "Kế hoạch số 437", "Nghị định 67 của Chính phủ": a type and a number without any code."""
    result: list[Mention] = []
    for match in _bare_pattern().finditer(text):
        serial, kind = match["serial"], type_named(match["type"])
        if not match["so"]:
            # Without "số" only a title and a number of two figures or more, and nothing that it could count.
            if match["type"][0].islower() or len(serial) < 2 or (len(serial) == 4 and serial[:2] in ("19", "20")):
                continue
            if not _after_bare().match(text, match.end()):
                continue
        elif re.match(
            r"\s+(?:người|năm|tháng|ngày\s+(?!\d)|triệu|tỷ|đồng|cái|chiếc)(?![^\W_])",
            text[match.end() : match.end() + 12],
        ):
            continue
        span = match.span("serial")
        number = Number(serial, None, None, (), "bare", serial, serial, *span)
        reading = Reading(*span, number, None, True)
        name = kind.name if kind else None
        result.append(_finish(text, match.start(), name, reading, match.span("type"), shared=False))
    return result

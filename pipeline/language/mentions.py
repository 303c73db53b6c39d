"""Mentions of documents in running text: type, number, date, or a law by its name.

One mention is what a reader underlines: "Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017", "Bộ luật Dân sự năm
2015", "số 130/UBND-NC ngày 05/2/2021" in a list.  Issuer and title are not part of it (the spans of Bach et al., SoICT
2019).  A number that cannot be read for certain still gives a mention, without ``number``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.language import mention_types as types
from pipeline.language import number_codes as codes
from pipeline.language.mention_dates import date_tail, trailing_date, year_tail
from pipeline.language.mention_laws import LawName, law_names, listed_name_at
from pipeline.language.mention_pinpoints import pinpoint_before
from pipeline.language.numbers import Number, Reading, readings
from pipeline.lexicon.types import type_named

__all__ = ["Mention", "find_mentions", "trailing_date"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """One document mentioned at ``text[start:end]``.

    ``doc_type`` is the lexicon's name in lower case; ``date`` ISO, only for a whole date; ``year`` the year of the
    date, or of a law ("Luật Đất đai năm 2013").  ``law_name`` is set for laws cited by name, type included.
    ``pinpoint`` stands directly before.  ``shared_type``: the type was read from the head of the list, and
    ``type_span`` then lies there, before ``start``.  ``number_span`` is set even where ``number`` is None because it
    cannot be read for certain.
    """

    start: int
    end: int
    doc_type: str | None
    number: Number | None
    date: str | None
    year: int | None
    law_name: str | None
    number_span: Span | None
    date_span: Span | None
    type_span: Span | None
    pinpoint: str | None
    shared_type: bool = False


def find_mentions(text: str, *, typed: bool = False) -> list[Mention]:
    """Every document mentioned in ``text`` (NFC), in order and not overlapping.

    ``typed`` as in ``numbers.find_numbers``.  "Nghị định này", "pháp luật" and a document's own "Số: …" line are none,
    nor is the short name declared for a document just mentioned ("sau đây gọi tắt là Nghị định số 09/2017/NĐ-CP").
    """
    numbers = readings(text, typed=typed)
    laws = list(law_names(text))
    found = _laws(text, laws, numbers)
    taken = {m.number_span[0] for m in found if m.number_span} | set(_inner_numbers(text, laws))
    found += _numbered(text, [r for r in numbers if r.start not in taken])
    found += _bare(text)
    return list(_without_declarations(text, [_with_pinpoint(text, m) for m in _without_overlaps(found)]))


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    """The policy for overlaps: the one that starts first, of those the longest."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


@cache
def _declaring() -> re.Pattern[str]:
    return re.compile(
        r"(?:sau\s+đây|dưới\s+đây|từ\s+đây)?\s*(?:được\s+)?(?:gọi|viết)(?:\s+(?:tắt|gọn|chung))?(?:\s+là)?\s*:?\s*[“\"']?\s*$"
    )


def _without_declarations(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Leave out short names: they declare how a document will be called and cite nothing anew."""
    seen: set[tuple[str | None, str | None]] = set()
    for mention in found:
        keys = {(mention.doc_type, mention.number.canonical if mention.number else mention.law_name)}
        if mention.number:
            keys.add((mention.doc_type, mention.number.serial))
        declares = _declaring().search(text[max(0, mention.start - 30) : mention.start])
        if not (declares and keys & seen):
            yield mention
        seen |= keys


def _with_pinpoint(text: str, mention: Mention) -> Mention:
    span = pinpoint_before(text, mention.start)
    return replace(mention, pinpoint=" ".join(text[span[0] : span[1]].split())) if span else mention


# --- laws by name ---


@cache
def _before_law_number() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\(\s*sửa\s+đổi\s*\)\s*)?,?\s*(?:(?:luật\s+)?s[ốôoóổ]\s*)?:?\s*", re.IGNORECASE)


def _inner_numbers(text: str, laws: list[LawName]) -> Iterator[int]:
    """Where numbers start that belong to the amended law inside an amending law's name."""
    for law in laws:
        if law.open_markup and (gap := _before_law_number().match(text, law.tail)):
            yield gap.end()


def _laws(text: str, laws: list[LawName], numbers: list[Reading]) -> list[Mention]:
    starts = {r.start: r for r in numbers}
    found: list[Mention] = []
    for law in laws:
        mention = _law(text, law, starts)
        if (
            law.end == law.type_end and law.kind != "hiến pháp"
        ):  # "Pháp lệnh ngày 22 tháng 1 năm 1981": a date and no name
            mention = replace(mention, law_name=None)
        found.append(mention)
        if re.search(r"(?<![^\W_])các\s+$", text[max(0, law.start - 6) : law.start], re.IGNORECASE):
            found += _more_laws(text, mention.end, law, starts)
    return found


def _law(text: str, law: LawName, starts: dict[int, Reading], name_start: int | None = None) -> Mention:
    """The mention of a law whose name is found; ``name_start`` is set for one that shares the type of a list's head."""
    shared = name_start is not None
    start = law.start if name_start is None else name_start
    name = " ".join(re.sub(r"<[^<>]*>|:", " ", text[start : law.end]).split())
    if shared or law.spelling:
        name = f"{law.kind[0].upper()}{law.kind[1:]} {law.spelling or name}"
    end, tail, number, span = law.end, law.tail, None, None
    year = year_tail(text, tail)
    gap = _before_law_number().match(text, year.end if year else tail)
    reading = starts.get(gap.end()) if gap and not law.open_markup else None
    if reading and _numbers_a_law(reading.number):
        number, span = reading.number, (reading.start, reading.end)
        end = tail = reading.end
        year = None
    dated = None if law.open_markup else date_tail(text, tail) or year
    if dated:
        end = max(end, dated.end)
    return Mention(
        start=start, end=end, doc_type=law.kind, number=number, date=dated.iso if dated else None,
        year=dated.year if dated else None, law_name=name, number_span=span,
        date_span=(dated.start, dated.end) if dated else None, type_span=(law.start, law.type_end), pinpoint=None,
        shared_type=shared,
    )  # fmt: skip


def _numbers_a_law(number: Number | None) -> bool:
    return number is None or number.regime == "law" or number.type_code in ("PL", "L", "LCT")


def _more_laws(text: str, end: int, law: LawName, starts: dict[int, Reading]) -> Iterator[Mention]:
    """ "các Luật: Đất đai số 45/2013/QH13; Xây dựng số 50/2014/QH13": names that share the type of the head.

    A colon between them is a semicolon that was misread or mistyped.
    """
    while True:
        gap = re.compile(r"\s*(?:[;,:]|[;,]?\s*và)\s+").match(text, end)
        at = gap.end() if gap else len(text)
        stop = listed_name_at(text, at, law.kind) if text[at : at + 1].isupper() else None
        if stop is None:
            return
        mention = _law(text, replace(law, end=stop, tail=stop, open_markup=False), starts, name_start=at)
        yield mention
        end = mention.end


# --- documents by number ---


@cache
def _list_gap() -> re.Pattern[str]:
    """Between two members of a list: a comma or "và", perhaps the first one's issuer, and "số"."""
    joint = r"(?:[,;]|[,;]?\s*(?:và|hoặc|&))"
    return re.compile(
        rf"\s*(?:,?\s*của\s+[^,;:.()\d]{{2,90}}?)?\s*{joint}\s*(?:số|sô)\s*:?\s*|\s*{joint}\s*", re.IGNORECASE
    )


def _numbered(text: str, numbers: list[Reading]) -> Iterator[Mention]:
    previous: Mention | None = None
    form_end = -1  # where the last number of a form or table ended
    for reading in numbers:
        if reading.type_span:
            mention = _mention(text, reading.type_span[0], _standard_type(text, reading), reading, reading.type_span)
        elif named := types.type_named_before(text, reading.start, reading.number):
            doc_type = types.type_of(named[2], reading.number)
            mention = _mention(text, named[0], doc_type, reading, named[:2])
        elif previous and _list_gap().fullmatch(text, previous.end, reading.start):
            mention = _shared(text, reading, previous)
        else:
            word = types.number_word_before(text, reading.start)
            listed = form_end > 0 and _list_gap().fullmatch(text, form_end, reading.start)
            if listed or types.numbers_a_form(text, reading.start if word is None else word):
                form_end = reading.end
                continue
            untyped = _untyped(text, reading, word)
            if untyped is None:
                continue
            mention = untyped
        yield mention
        previous = mention


def _standard_type(text: str, reading: Reading) -> str | None:
    """ "quy chuẩn" or "tiêu chuẩn", from the words or the code ("QCVN") before a standard's number."""
    if reading.number and reading.number.type_code:
        return types.type_by_code(reading.number)
    words = text[slice(*reading.type_span)] if reading.type_span else ""
    if not words:
        return None
    return "quy chuẩn" if words[0] in "Qq" else "tiêu chuẩn"


def _mention(text: str, start: int, doc_type: str | None, reading: Reading, type_span: Span | None) -> Mention:
    dated = date_tail(text, reading.end)
    return Mention(
        start=start, end=dated.end if dated else reading.end, doc_type=doc_type, number=reading.number,
        date=dated.iso if dated else None, year=dated.year if dated else None, law_name=None,
        number_span=(reading.start, reading.end), date_span=(dated.start, dated.end) if dated else None,
        type_span=type_span, pinpoint=None,
    )  # fmt: skip


def _shared(text: str, reading: Reading, previous: Mention) -> Mention:
    """A number in a list has the type of the list's head, unless its own code says another one."""
    start = types.number_word_before(text, reading.start)
    start = reading.start if start is None else start
    number = reading.number
    own = types.type_by_code(number) if number and (number.type_code or previous.type_span is None) else None
    if previous.type_span is None:
        return _mention(text, start, own, reading, None)
    if number and own and previous.doc_type and not types.agrees(number, previous.doc_type):
        return _mention(text, start, own, reading, None)
    return replace(_mention(text, start, previous.doc_type, reading, previous.type_span), shared_type=True)


def _untyped(text: str, reading: Reading, start: int | None) -> Mention | None:
    """A number on its own: after "số", or one whose own codes are known.  A header's "Số:" line is not a mention."""
    if start is None:
        if reading.number is None or not reading.sure:
            return None
        start = reading.start
    elif ":" in text[start : reading.start] and re.search(r"(?:^|\n|\s-{3,}|\s_{3,})[\s*_#>|]*$", text[:start][-40:]):
        return None
    return _mention(text, start, types.type_by_code(reading.number) if reading.number else None, reading, None)


# --- bare numbers ---


@cache
def _bare_pattern() -> re.Pattern[str]:
    names = sorted(codes.forms()["mentions"]["bare_types"], key=len, reverse=True)
    one = "|".join(name.replace(" ", r"\s+") for name in names)
    # Numbers of before 1996 whose codes stand apart ("1141 TC/QĐ/CĐKT", "150 CP") keep their place and give no number.
    old = "|".join(sorted(codes.forms()["groups"]["old_issuers"], key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?P<type>{one})\s+(?P<so>(?:số|sô)\s*:?\s*)?"
        rf"(?P<serial>\d{{1,5}}(?-i:[a-eđA])?)(?P<codes>\s?-?\s?(?-i:{old})(?:[/-](?-i:[A-ZĐ]{{1,8}}))*)?"
        # What goes on is not this bare number ("5 14/UBND", "66.l5/2026", "205 KH/TU"),
        # nor is one with a figure that was not read ("2#/TT-TTr").
        r"(?![^\W_]|\s?[#$£¥€§¢~^<>=\\{}°†‡¿¡@&*]|\s?[/%|]|\s?:\s?\d|[.,\-–][^\W_]|\s?[-–.]\s{0,2}[\dA-ZĐ]|\s+\d(?!\d?\s?[.)](?:\s+[^\W\d]|\s*$))|\s[a-eđ](?:\s?(?-i:[/\-A-ZĐ])|[\dIl|])|"
        r"[^\S\n]+(?-i:[A-Za-z0-9ĐđÐ&.]*[A-ZĐÐ][A-Za-z0-9ĐđÐ&.]*[A-ZĐÐ/\-–]|[A-ZĐÐ](?![^\W_])))",
        re.IGNORECASE,
    )


@cache
def _after_bare() -> re.Pattern[str]:
    words = "|".join(codes.forms()["mentions"]["after_bare"])
    return re.compile(rf"\s*(?:[.,;:)\]”\"]|$|\n|(?:{words})(?![^\W_]))")


@cache
def _counted() -> re.Pattern[str]:
    words = "|".join(codes.forms()["mentions"]["counted"])
    return re.compile(rf"\s+(?:{words})(?![^\W_])")


def _bare(text: str) -> Iterator[Mention]:
    """ "Kế hoạch số 437", "Nghị định 67 của Chính phủ": a type and a number without any code."""
    for match in _bare_pattern().finditer(text.translate(codes.translation())):
        serial, kind = match["serial"], type_named(match["type"])
        apart = bool(match["codes"])
        if _counted().match(text, match.end()) or not (match["so"] or apart or _stands_alone(text, match)):
            continue
        start, end = match.start("serial"), match.end("codes" if apart else "serial")
        number = None if apart else Number(serial, None, None, (), "bare", serial, serial, start, end)
        reading = Reading(start, end, number, "codes stand apart" if apart else None, True)
        yield _mention(text, match.start(), kind.name if kind else None, reading, match.span("type"))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Without "số" only a title and a number of two figures or more is one, and only where it counts nothing."""
    serial = match["serial"]
    if match["type"][0].islower() or len(serial) < 2 or re.fullmatch(r"(?:19|20)\d\d", serial):
        return False
    return _after_bare().match(text, match.end()) is not None

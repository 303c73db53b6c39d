"""Type of the document and its trích yếu (ô số 5), urgency and secrecy (ô số 10)."""

from __future__ import annotations

import re

from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.language.numbers import parse_number
from pipeline.layout import Flow, Zone
from pipeline.layout.signs import is_upper, mark_of, subject_lead, type_title
from pipeline.lexicon.cues import cue_groups, cue_pattern, key_of
from pipeline.lexicon.types import types_with_code

_TRAILING = " .;,:-–—_*./"
_QUOTES = str.maketrans({"“": '"', "”": '"'})


def read_type(context: Context) -> Found | None:
    """The type: from its title line, else from the ký hiệu, else công văn by its "V/v" or its addressees."""
    number = context.zone(Zone.NUMBER)
    if number and (merged := _consolidated(number, context)):
        return merged
    title = context.zone(Zone.TITLE)
    if title:
        named = type_title(title.text.split("\n")[0])
        if named:
            return found(title, 0, len(title.text.split("\n")[0]), "type.title", named[0].name, 0.99)
    if number:
        line = number.text.split("\n")[0]
        parsed = parse_number(re.sub(r"^\W*\w{1,2}\W{0,3}(?=\W*[\d/.…-])", "", line), typed=context.typed)
        if parsed and parsed.type_code:
            if parsed.regime == "party":
                kinds = types_with_code(parsed.type_code, "PARTY")
            else:
                # "QĐ" is a "quy định" in the Party only.
                kinds = types_with_code(parsed.type_code, "ND30") or types_with_code(parsed.type_code)
            names = {kind.name for kind in kinds}
            if len(names) == 1:
                return found(number, 0, len(line), "type.code", names.pop(), 0.93, "inferred")
    subject = context.zone(Zone.SUBJECT)
    if subject and subject_lead(subject.text):
        return found(subject, 0, len(subject.text.split("\n")[0]), "type.subject", "công văn", 0.97, "inferred")
    addressees = context.zone(Zone.ADDRESSEES)
    if addressees:
        line = addressees.text.split("\n")[0]
        return found(addressees, 0, len(line), "type.addressees", "công văn", 0.9, "inferred")
    if number and not context.zone(Zone.TITLE):
        line = number.text.split("\n")[0]
        parsed = parse_number(line, typed=context.typed)
        if parsed and parsed.type_code is None and parsed.groups and parsed.regime == "state":
            return found(number, 0, len(line), "type.code", "công văn", 0.9, "inferred")
    return None


def _consolidated(number: Flow, context: Context) -> Found | None:
    """A consolidated text bears the title of what it consolidates; its number alone says what it is."""
    line = number.text.split("\n")[0]
    parsed = parse_number(line, typed=context.typed)
    if parsed is None or parsed.type_code != "VBHN":
        return None
    return found(number, 0, len(line), "type.code", types_with_code("VBHN")[0].name, 0.97, "inferred")


def _after_authority(text: str) -> int:
    """Where the subject begins after "CỦA BAN BÍ THƯ" in capitals, 0 when it does not open so."""
    words = list(re.finditer(r"[^\W\d_]+", text))
    if len(words) < 3 or words[0].group() != "CỦA" or text[: words[0].start()].strip():
        return 0
    for word in words[1:12]:
        if key_of(word.group()) == "ve" and word is not words[1]:
            return word.start()
        if not word.group().isupper():
            return 0
    return 0


def strip_lead(text: str) -> tuple[int, int]:
    """Offsets of ``text`` without "V/v", "Về việc", "Về" at its head and without its final stop."""
    key = key_of(text)
    start = len(key) - len(key.lstrip(" \t\n\"“'*-–:"))
    # "CHỈ THỊ / CỦA BAN BÍ THƯ / về tăng cường …": who decides is no part of what about.
    start = _after_authority(text) or start
    lead = re.compile(
        r"(?:v\s?[/.1l|i]?\s?v\b|v[ae]\s+viec\b|"
        + cue_pattern("subject.lead", marks=False).pattern
        + r")(?!\s+nguon)\s*[:.]?\s*"
    )
    while match := lead.match(key, start):
        start = match.end()
    end = len(text.rstrip(_TRAILING))
    if text[start - 1 : start] in '“"' or any(sign in text[:start] for sign in '“"'):
        # The quotation that opened before the lead closes at the end.
        end = len(text[:end].rstrip('”"' + _TRAILING))
    return start, max(start, end)


def read_subject(context: Context) -> Found | None:
    """Trích yếu on one line."""
    flow = context.zone(Zone.SUBJECT).mended()
    if not flow:
        return None
    above = _after_sitting(context)
    start, end = strip_lead(flow.text[above : _before_body(context, len(flow.text))])
    start, end = start + above, end + above
    value = one_line(flow.text[start:end])
    if len(value) < 4:
        return None
    return found(flow, start, end, "subject.header", value, 0.96)


def _after_sitting(context: Context) -> int:
    """Where the subject begins under "HỘI NGHỊ LẦN THỨ TƯ BAN CHẤP HÀNH …" in capitals: who sat is none of it."""
    at = 0
    for index, line in enumerate(context.layout.lines_of(Zone.SUBJECT)):
        if not is_upper(line.text, 0.75):
            return at
        if index == 0 and not re.match(
            r"\W*" + cue_pattern("subject.sittings", marks=False).pattern, key_of(line.text)
        ):
            return 0
        at += len(line.text) + 1
    return 0


_LONG = 100  # characters: a line of the body, not one of a subject set in short lines


def _before_body(context: Context, end: int) -> int:
    """Where the subject ends: at a long line with a capital, after an empty one, the body began in plain text."""
    at = 0
    for index, line in enumerate(context.layout.lines_of(Zone.SUBJECT)):
        body = line.page.source == "text" and len(line.text) > _LONG and line.text[:1].isupper()
        if index and body and line.blank_before():
            return at
        at += len(line.text) + 1
    return end


def read_marks(context: Context) -> dict[str, Found]:
    """``urgency`` and ``secrecy``, from a mark of their own or from the title ("CÔNG ĐIỆN KHẨN")."""
    values: dict[str, Found] = {}
    for zone, field in ((Zone.URGENCY, "urgency"), (Zone.SECRECY, "secrecy")):
        flow = context.zone(zone)
        if flow:
            line = flow.text.split("\n")[0]
            # The zone says that it is a mark; a red one need not have been read in capitals.
            mark = mark_of(line, field, stamped=True)
            if mark:
                values[field] = found(flow, 0, len(line), f"{field}.mark", mark, 0.97)
    title = context.zone(Zone.TITLE)
    if "urgency" not in values and title:
        line = title.text.split("\n")[0]
        key = key_of(line)
        for mark, forms in cue_groups("urgency").items():
            for form in forms:
                if match := re.search(rf"\b{re.escape(key_of(form))}\b", key):
                    values["urgency"] = found(title, match.start(), match.end(), "urgency.title", mark, 0.97)
                    return values
    return values

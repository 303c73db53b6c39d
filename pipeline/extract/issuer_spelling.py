"""An issuer's short or damaged name, spelt as the document itself spells it elsewhere.

A header says "BAN QLDA VÀ PT QUỸ ĐẤT" where the body says "Ban Quản lý dự án và Phát triển quỹ đất"; a stamp over the
header makes "XÃ KIÊN THÀNH" of the name that place, subject and body give as "Kiến Thành".  Nothing is spelt out that
the document does not spell out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from pipeline.extract.agency_spelling import EDGE, committee_of_unit
from pipeline.extract.context import Context
from pipeline.extract.spelling import bare_letters
from pipeline.language.syllables import is_syllable
from pipeline.layout import Zone
from pipeline.lexicon.abbreviations import abbreviation, expand
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.lexicon.fold import squash
from pipeline.lexicon.places import units_named

__all__ = ["cased_by_document", "spelled_by_document", "unit_as_said", "with_unit_of"]

_TOKEN = re.compile(r"[^\W_]+|&")
_JOINT = r"\s*(?:&|\bva\b|[-–])\s*"


def spelled_by_document(context: Context, name: str) -> str:
    """``name`` with its short forms as subject, body or signature write them out; itself when they do not."""
    if not any(_short(token) for token in _TOKEN.findall(name)):
        return name
    pattern = _written_out(name)
    for zone in (Zone.SUBJECT, Zone.BODY, Zone.SIGNATURE):
        text = context.zone(zone).mended().text if zone is not Zone.BODY else context.body.text
        said = list(pattern.finditer(key_of(text)))
        if len({_plain(match.group()) for match in said}) != 1:
            continue
        match = said[0]
        spelled = " ".join(text[match.start() : match.end()].split())
        if len(spelled) > len(name):
            return spelled[:1].upper() + spelled[1:]
    return name


def cased_by_document(context: Context, name: str) -> str:
    """``name``, made of a header's capitals, with the capitals that the running text gives it.

    "BỆNH VIỆN BẠCH MAI" is "Bệnh viện Bạch Mai" where the body says so.  Letters and marks never change; when the text
    says only the first words of the name ("Chi cục Thống kê" of the one of a province) those alone are taken over.
    """
    words = name.split()
    text = unicodedata.normalize("NFC", f"{context.zone(Zone.SUBJECT).text}\n{context.body.text}")
    for size in range(len(words), 1, -1):
        pattern = r"\s+".join(re.escape(word) for word in words[:size])
        said = Counter(
            " ".join(match.group().split())
            for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
            if match.group()[:1].isupper() and not match.group().isupper()
        )
        if said:
            (form, times), *others = said.most_common(2)
            if not others or times > others[0][1]:
                return " ".join([form, *words[size:]])
            return name
    return name


def _plain(form: str) -> str:
    return re.sub(r"\W+", " ", form.replace("&", " va "))


def _short(token: str) -> bool:
    """Capitals that are no syllable, or that the lexicon knows as a short form."""
    return len(token) > 1 and token.isupper() and (not is_syllable(token) or bool(abbreviation(token)))


def _written_out(name: str) -> re.Pattern[str]:
    """How the name would stand in running text without marks: every letter of a short form opens a word."""
    pieces = []
    for token in _TOKEN.findall(name):
        if token == "&":
            pieces.append(_JOINT)
        elif _short(token):
            known = [re.escape(key_of(long)) for long in abbreviation(token)]
            initials = r"\s+".join(rf"{re.escape(key_of(letter))}\w*" for letter in token)
            pieces.append("(?:" + "|".join([*known, initials]) + ")")
        else:
            pieces.append(re.escape(key_of(token)))
    return re.compile(r"(?<!\w)" + r"\s+".join(pieces).replace(r"\s+" + _JOINT + r"\s+", _JOINT) + r"(?!\w)")


def with_unit_of(name: str, superior: str) -> str:
    """ "Văn phòng HĐND&UBND" under "UBND huyện Krông Nô": the committees are those of the unit."""
    unit = committee_of_unit().match(key_of(superior))
    full = expand(re.sub(r"\s*&\s*", " và ", name))
    head = cue_pattern("agency.committees", marks=False).pattern
    if unit is None or not re.search(rf"\s{head}$", key_of(full)):
        return name
    return f"{full} {superior[unit.start('kind') :].strip(EDGE)}"


def unit_as_said(context: Context, name: str) -> str:
    """A committee's unit whose marks recognition damaged in the header, as the rest of the document spells it.

    Only when the header's spelling stands nowhere else and one other spelling of a known unit stands there twice.
    """
    match = committee_of_unit().match(key_of(name))
    if match is None:
        return name
    unit = name[match.start("name") :].strip(EDGE)
    said: Counter[str] = Counter()
    for text in (context.zone(Zone.PLACE_DATE).text, context.zone(Zone.SUBJECT).text, context.body.text):
        for found in re.finditer(rf"(?<!\w){re.escape(key_of(unit))}(?!\w)", key_of(text)):
            said[squash(text[found.start() : found.end()])] += 1
    known = [
        form for form, times in said.items() if times > 1 and bare_letters(form) == bare_letters(unit) and _exists(form)
    ]
    if said[squash(unit)] or len(known) != 1:
        return name
    spelled = re.sub(r"(?<!\w)\w", lambda first: first.group().upper(), known[0])
    return name[: match.start("name")] + spelled


def _exists(name: str) -> bool:
    return any(squash(unit.name) == squash(name) for unit in units_named(name))

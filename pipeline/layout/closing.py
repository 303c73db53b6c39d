"""Zones below the body: recipients, signature; and where the annexes begin."""

from __future__ import annotations

import re

from pipeline.language.names import is_person_name
from pipeline.layout.flow import PageLine
from pipeline.layout.side_notes import notes_beside
from pipeline.layout.signs import is_archive, is_recipients, is_upper, letters, motto_of, type_title
from pipeline.layout.zones import Zone
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.lexicon.positions import position_named
from pipeline.read.signature_lines import NAME_LIKENESS, capacity_of

_BULLET = re.compile(r"^\s*[-–—−+•*·~]\s*")
_END_MARK = re.compile(r"\.\s?/\s?\.?\s*$")
_ANNEX = re.compile(r"^\W{0,3}(?:phu luc|phu bieu|bieu mau|mau so|bieu so|danh sach\b|mau \d)")


def is_authority(text: str) -> bool:
    """ "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC", "T/L CHỦ TỊCH": who signs for whom."""
    said = capacity_of(text)
    return said is not None and said.kind == "authority" and is_upper(text, 0.75)


def is_position_line(text: str) -> bool:
    """A line of capitals that is an official position."""
    return len(text) < 60 and is_upper(text, 0.75) and position_named(text) is not None


def zone_closing(lines: list[PageLine], aside: dict[int, Zone], body: int) -> tuple[dict[int, Zone], int, int]:
    """Zones of the closing lines, the index where the closing begins and the index of the first annex line."""
    begin = _closing_begin(lines, aside, body)
    if begin is None:
        return {}, *_without_closing(lines, aside, body)
    end = _closing_end(lines, aside, begin)
    return _with_side_notes(lines, _classify(lines, aside, begin, end)), begin, end


def _with_side_notes(lines: list[PageLine], zones: dict[int, Zone]) -> dict[int, Zone]:
    """What is written beside the list with a brace belongs to it, though it stands near the signature."""
    listed, signed = ([lines[at] for at in zones if zones[at] is zone] for zone in (Zone.RECIPIENTS, Zone.SIGNATURE))
    beside = [line for note in notes_beside(listed, signed) for line in note.lines]
    return {at: Zone.RECIPIENTS if lines[at] in beside else zone for at, zone in zones.items()}


def _closing_begin(lines: list[PageLine], aside: dict[int, Zone], body: int) -> int | None:
    for at in range(body, len(lines)):
        if at in aside:
            continue
        text = lines[at].text
        if is_recipients(text):
            return at
        if is_authority(text) and (_name_follows(lines, at) or _unsigned(lines, at, body)):
            return at
        if is_position_line(text) and at > body + 2 and _name_follows(lines, at) and not _article_follows(lines, at):
            return at
    return None


def _name_follows(lines: list[PageLine], at: int) -> bool:
    """Recipients or a person's name stand within reach: what looks like a signature is one."""
    return any(
        is_recipients(line.text) or is_person_name(line.text) >= NAME_LIKENESS for line in lines[at + 1 : at + 16]
    )


def _unsigned(lines: list[PageLine], at: int, body: int) -> bool:
    """A draft bears no name: the text has ended ("./.") and a position stands under the authority."""
    ended = any(_END_MARK.search(line.text) for line in lines[max(body, at - 6) : at])
    return ended and any(is_position_line(line.text) for line in lines[at + 1 : at + 3])


def _article_follows(lines: list[PageLine], at: int) -> bool:
    """In a quyết định the deciding authority stands in capitals above "Căn cứ" and "QUYẾT ĐỊNH:"."""
    return any(
        re.match(r"\W*(?:can cu|xet|quyet dinh\s*:|dieu 1)", key_of(line.text)) for line in lines[at + 1 : at + 6]
    )


def _closing_end(lines: list[PageLine], aside: dict[int, Zone], begin: int) -> int:
    signed = False
    page = lines[begin].page
    for at in range(begin, len(lines)):
        line = lines[at]
        if line.page is not page and at > begin:
            if signed or not _closing_goes_on(lines, at):
                return at
            page = line.page
        if at > begin and (
            _ANNEX.match(key_of(line.text)) or (type_title(line.text) and signed) or motto_of(line.text)
        ):
            return at
        if is_authority(line.text) or is_position_line(line.text):
            signed = True
        if is_person_name(line.text) >= NAME_LIKENESS and at > begin + 1 and line.page.source == "text":
            signed = True
    return len(lines)


def _closing_goes_on(lines: list[PageLine], at: int) -> bool:
    """The signature block was carried over to the top of the next page."""
    page = lines[at].page
    return any(
        is_authority(line.text) or is_position_line(line.text) for line in lines[at : at + 8] if line.page is page
    )


def _classify(lines: list[PageLine], aside: dict[int, Zone], begin: int, end: int) -> dict[int, Zone]:
    zones: dict[int, Zone] = {}
    state: Zone | None = None
    archived = False
    for at in range(begin, end):
        if at in aside:
            continue
        line = lines[at]
        text = line.text
        above = lines[at - 1] if at else None
        if is_recipients(text):
            state, archived = Zone.RECIPIENTS, False
            zones[at] = state
            continue
        if state is Zone.RECIPIENTS:
            signs = is_authority(text) or (is_position_line(text) and not _BULLET.match(text))
            next_column = line.column == 2 and above is not None and above.column != 2
            if signs or next_column or (archived and not _continues_archive(line, above)):
                state = Zone.SIGNATURE
            else:
                archived = archived or is_archive(text)
                zones[at] = Zone.RECIPIENTS
                continue
        if state is Zone.SIGNATURE and not archived and _BULLET.match(text) and _recipients_above(lines, begin, at):
            # The authority stood on the line of "Nơi nhận:"; the list goes on under it.
            state = Zone.RECIPIENTS
            archived = is_archive(text)
            zones[at] = state
            continue
        zones[at] = Zone.SIGNATURE
        state = state or Zone.SIGNATURE
    return zones


def _recipients_above(lines: list[PageLine], begin: int, at: int) -> bool:
    return any(is_recipients(line.text) for line in lines[begin:at])


def _continues_archive(line: PageLine, above: PageLine | None) -> bool:
    if above is None or _BULLET.match(line.text):
        return bool(_BULLET.match(line.text))
    if above.text.rstrip().endswith("."):
        return False
    if line.box and above.box:
        height = above.box[3] - above.box[1]
        return line.column == above.column and line.box[1] - above.box[3] < 1.2 * height and line.box[0] < 0.45
    return letters(line.text)[:1].islower() or above.text.rstrip().endswith((",", ";", "("))


def _without_closing(lines: list[PageLine], aside: dict[int, Zone], body: int) -> tuple[int, int]:
    """No recipients and no signature: the text ends at the first annex on a new page, if there is one."""
    for at in range(body + 1, len(lines)):
        if at in aside or lines[at].page is lines[at - 1].page:
            continue
        if _ANNEX.match(key_of(lines[at].text)):
            return at, at
    return len(lines), len(lines)


def promulgated_note(text: str) -> bool:
    """ "(Ban hành kèm theo Quyết định số …)": the line under the title of a promulgated text."""
    return bool(re.match(r"\W*" + cue_pattern("closing.promulgated", marks=False).pattern, key_of(text)))

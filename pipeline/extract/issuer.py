"""The issuing agency and its superior (ô số 2), read from the header or inferred from what the document itself says.

Inference never leaves the document: the ký hiệu gives candidates, and the body, the place and the addressees must name
one of them.  Where they do not, the issuer stays null.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.agency_spelling import EDGE, agency_name, committee_of_unit, mend_agency
from pipeline.extract.context import Context
from pipeline.extract.found import Found, found
from pipeline.extract.issuer_spelling import cased_by_document, spelled_by_document, unit_as_said, with_unit_of
from pipeline.language.numbers import Number, parse_number
from pipeline.layout import Flow, Zone
from pipeline.layout.signs import is_upper, motto_of
from pipeline.lexicon.abbreviations import expand
from pipeline.lexicon.agencies import Agency, agencies_named, agencies_with_code
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.lexicon.fold import fold
from pipeline.lexicon.places import Unit, full_name, province_named, units_named


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    goes_on: bool = False  # ends in a dash: the name continues on the next line


def read_issuer(context: Context) -> tuple[Found | None, Found | None]:
    """Issuer and superior; each None when neither read nor inferred with certainty."""
    flow = context.zone(Zone.ISSUER)
    lines = _lines(flow)
    if lines:
        return _from_header(context, flow, lines)
    return _inferred(context)


def _lines(flow: Flow) -> list[_Line]:
    lines = []
    for start, end in flow.lines():
        raw = flow.text[start:end]
        text = raw.strip(EDGE)
        if len(re.sub(r"\W", "", text)) < 2:
            continue
        at = start + raw.index(text)
        lines.append(_Line(at, at + len(text), text, raw.rstrip()[-1:] in "-–"))
    return lines


def _from_header(context: Context, flow: Flow, lines: list[_Line]) -> tuple[Found | None, Found | None]:
    groups = _groups(lines)
    if len(groups) > 1 and _issued_jointly(context):
        whole = " - ".join(agency_name(_joined(group)) for group in groups)
        return found(flow, lines[0].start, lines[-1].end, "issuer.header-joint", whole, 0.93), None
    own = groups[-1]
    name = _own_name(context, [line.text for line in own])
    superior = agency_name(_joined(groups[-2])) if len(groups) > 1 else None
    rule = "issuer.header"
    # Capitals typed without any marks are as damaged as capitals misread.
    name = mend_agency(name) if not context.typed or name.isascii() else name
    if superior and (not context.typed or superior.isascii()):
        superior = mend_agency(superior)
    name = spelled_by_document(context, name)
    name = unit_as_said(context, name) if not context.typed else name
    if all(is_upper(line.text, 0.7) for line in own):
        name = cased_by_document(context, name)
    if superior and all(is_upper(line.text, 0.7) for line in groups[-2]):
        superior = cased_by_document(context, superior)
    name = with_unit_of(name, superior) if superior else name
    if superior and _opens_fully("dependent", key_of(name)):
        # "VĂN PHÒNG" under "UBND TỈNH …" is named after its superior.
        name = f"{name} {_spelled_out(superior)}"
    if superior and _opens("branches", key_of(name)):
        # "CHI NHÁNH TỈNH …" is nobody without the bank over it.
        name = f"{superior} {name[:1].lower()}{name[1:]}"
    issuer = found(flow, own[0].start, own[-1].end, rule, _head_written_out(name), 0.96)
    parent = None
    if superior:
        spans = groups[-2]
        parent = found(flow, spans[0].start, spans[-1].end, "issuer_parent.header", _short_parent(superior), 0.96)
    else:
        parent = _parent_of(context, name, issuer)
    return issuer, parent


def _own_name(context: Context, lines: list[str]) -> str:
    """The issuer's name; a board under its body's name ("ỦY BAN MẶT TRẬN …" / "BAN THƯỜNG TRỰC") stands before it."""
    if len(lines) > 1 and _opens_fully("dependent", key_of(lines[-1])):
        return f"{agency_name(lines[-1])} {_spelled_out(agency_name(' '.join(lines[:-1])))}"
    board = _board_of_unit().match(key_of(lines[-1])) if len(lines) > 1 else None
    if board and not _is_committee(" ".join(lines[:-1])):
        # "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM" over "BAN THƯỜNG VỤ TỈNH …": the unit is the body's.
        unit = agency_name(lines[-1])[board.start("unit") :]
        return f"{agency_name(lines[-1][: board.end('board')])} {agency_name(' '.join(lines[:-1]))} {unit}"
    name = agency_name(_with_units_parted(lines))
    council = _council_of_unit().match(key_of(name))
    if council and _youth(context):
        # "ĐOÀN TNCS HỒ CHÍ MINH" over "BCH TỈNH …": the union's name is the motto's.
        return f"Ban Chấp hành Đoàn TNCS Hồ Chí Minh {name[council.start('unit') :]}"
    return name


def _with_units_parted(lines: list[str]) -> str:
    """ "TÒA ÁN NHÂN DÂN" / "THÀNH PHỐ VINH" / "TỈNH NGHỆ AN": a comma before the unit that holds the other."""
    joined = lines[0]
    for above, line in itertools.pairwise(lines):
        both = _opens("unit_kinds", key_of(above)) and _opens("unit_kinds", key_of(line))
        joined += f", {line}" if both else f" {line}"
    return joined


@cache
def _council_of_unit() -> re.Pattern[str]:
    kinds = cue_pattern("agency.unit_kinds", marks=False).pattern
    return re.compile(rf"(?:bch|ban chap hanh)\s+(?:doan\s+)?(?P<unit>{kinds}\s)")


@cache
def _board_of_unit() -> re.Pattern[str]:
    board, kinds = (cue_pattern(f"agency.{name}", marks=False).pattern for name in ("dependent", "unit_kinds"))
    return re.compile(rf"(?P<board>{board})\s+(?P<unit>{kinds}\s)")


def _youth(context: Context) -> bool:
    return any(motto_of(line.text) == "youth" for line in context.layout.lines_of(Zone.MOTTO))


def _issued_jointly(context: Context) -> bool:
    """The ký hiệu is that of a joint document ("TTLT", "NQLT"): every agency of the header issued it."""
    number, _ = _own_number(context)
    return number is not None and (number.type_code or "").endswith("LT")


def _groups(lines: list[_Line]) -> list[list[_Line]]:
    """Header lines → agencies, superior first."""
    groups: list[list[_Line]] = []
    for line in lines:
        key = key_of(line.text)
        joined = " ".join(other.text for other in groups[-1]) if groups else ""
        if not groups:
            groups.append([line])
        elif (_is_committee(joined) and _opens("unit_kinds", key)) or groups[-1][-1].goes_on:
            groups[-1].append(line)
        elif _opens("heads", key) and _complete(joined) and not _open_ended(joined):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _joined(group: list[_Line]) -> str:
    """One name of several lines; the dash at the end of a line, which is no edge of it, comes back."""
    return " ".join(f"{line.text} -" if line.goes_on and line is not group[-1] else line.text for line in group)


def _complete(name: str) -> bool:
    """Could this be the whole name of a superior?"""
    key = key_of(name)
    bare = _opens_fully("heads", key.strip(EDGE))  # "TỔNG CÔNG TY": the name follows on the next line
    return _opens("superiors", key) and not _is_committee(name) and len(key.split()) >= 2 and not bare


def _opens_fully(cue: str, key: str) -> bool:
    return cue_pattern(f"agency.{cue}", marks=False).fullmatch(key) is not None


def _opens(cue: str, key: str) -> bool:
    return cue_pattern(f"agency.{cue}", marks=False).match(key) is not None


def _is_committee(name: str) -> bool:
    """ "ỦY BAN NHÂN DÂN" alone: the unit follows on the next line."""
    return cue_pattern("agency.committees", marks=False).fullmatch(key_of(name).strip(EDGE)) is not None


def _open_ended(name: str) -> bool:
    return bool(re.search(r"(?:-|–|,|&|\b(?:và|VÀ|va|của|CỦA))\s*$", name))


def _spelled_out(name: str) -> str:
    return re.sub(r"^UBND\b", "Ủy ban nhân dân", name)


def _head_written_out(name: str) -> str:
    """ "BHXH tỉnh …", "BCH Đoàn …": the kind of agency is written out where its short form has one reading."""
    head, _, rest = name.partition(" ")
    if not head.isupper():
        return name
    full = expand(head)
    return f"{full[:1].upper()}{full[1:]} {rest}".strip()


def _short_parent(name: str) -> str:
    """The superior as registers write it: "UBND tỉnh …"."""
    return re.sub(r"^[UỦ][ỷy]? ban nhân dân\b", "UBND", name)


# -- superior of an agency named in the header ---------------------------------------------------------------------


def _parent_of(context: Context, name: str, issuer: Found) -> Found | None:
    """The superior that the agency's kind and the place of issue together imply."""
    kinds = [agency for agency in agencies_named(name, context.when) if agency.level == "department"]
    if not kinds or len({agency.parent for agency in kinds}) != 1:
        return None
    return _province_parent(context, kinds[0], issuer)


def _province_parent(context: Context, agency: Agency, issuer: Found) -> Found | None:
    if not agency.parent or "{province}" not in agency.parent:
        return None
    place = context.zone(Zone.PLACE_DATE)
    if not place:
        return None
    name = re.split(r"[,.]|\bng[aà]y\b", place.text, maxsplit=1)[0].strip(EDGE)
    province = province_named(name, context.when)
    if province is None or _ambiguous_place(name, province, context):
        return None
    parent = agency.parent.replace("tỉnh {province}", full_name(province)).replace("{province}", province.name)
    at = place.text.index(name)
    return found(place, at, at + len(name), "issuer_parent.place", _short_parent(parent), 0.93, "inferred")


def _ambiguous_place(name: str, province: Unit, context: Context) -> bool:
    """A place name that a lower unit of another province bears as well says nothing certain."""
    others = {u.province for u in units_named(name, level=2, on=context.when) if u.province}
    return bool(others - {province.name}) and fold(province.name) != fold(name)


# -- issuer without a header --------------------------------------------------------------------------------------


def _inferred(context: Context) -> tuple[Found | None, Found | None]:
    number, number_flow = _own_number(context)
    mention = _directing_agency(context)
    candidates: tuple[Agency, ...] = ()
    if number and number.groups:
        candidates = agencies_with_code(number.groups[0], context.when)
    if candidates and mention:
        said = {agency.id for agency in agencies_named(mention.value, context.when)}
        agreed = [agency for agency in candidates if agency.id in said]
        if len(agreed) == 1:
            issuer = found_again(mention, agreed[0].name, "issuer.code-and-body", 0.95)
            if number_flow:
                issuer.spans += tuple(number_flow.locate(0, len(number_flow.text.split("\n")[0])))
            return issuer, _province_parent(context, agreed[0], issuer)
    if number and number.groups and number.groups[0] in ("UBND", "HĐND"):
        committee = _committee_from_place(context, number, number_flow)
        if committee is not None:
            return committee, None
    if len(candidates) == 1 and number_flow and not mention:
        issuer = found(
            number_flow, 0, len(number_flow.text.split("\n")[0]), "issuer.code", candidates[0].name, 0.85, "inferred"
        )
        return issuer, _province_parent(context, candidates[0], issuer)
    if mention and _is_committee_of_unit(mention.value) and not candidates:
        return found_again(mention, _spelled_out(mention.value), "issuer.body", 0.88), None
    if mention:
        known = agencies_named(mention.value, context.when)
        names = {agency.name for agency in known}
        if len(names) == 1 and (not candidates or names & {a.name for a in candidates}):
            issuer = found_again(mention, names.pop(), "issuer.body", 0.88)
            return issuer, _province_parent(context, known[0], issuer)
    return None, None


# "Chủ tịch UBND huyện … yêu cầu": the office of who speaks.
_HOLDER = re.compile(r"^(?:Đồng chí\s+)?(?:Chủ tịch|Phó Chủ tịch|Thường trực)\s+(?=UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng)")


def _is_committee_of_unit(name: str) -> bool:
    """ "UBND huyện Phụng Hiệp": a committee of a unit that exists."""
    match = committee_of_unit().match(key_of(name))
    return match is not None and bool(units_named(name[match.start("kind") :].strip(EDGE)))


def found_again(item: Found, value: str, rule: str, certainty: float) -> Found:
    return Found(value, item.spans, rule, certainty, "inferred")


def _own_number(context: Context) -> tuple[Number | None, Flow | None]:
    flow = context.zone(Zone.NUMBER)
    if not flow:
        return None, None
    return parse_number(flow.text.split("\n")[0], on=context.when, typed=context.typed), flow


def _directing_agency(context: Context) -> Found | None:
    """The agency that speaks in the body: the subject of "yêu cầu", "đề nghị" … ("Sở … yêu cầu thủ trưởng …")."""
    text = context.body.text
    verbs = cue_pattern("task.directs").pattern
    for match in re.finditer(rf"(?i)(?<![^\s,;.(]){verbs}", fold(text)):
        head = text[max(0, match.start() - 110) : match.start()]
        clause = re.split(r"[;,.:\n(]", head.rstrip(" )"))[-1] if not head.rstrip().endswith(")") else ""
        if not clause:
            # "Sở Thông tin và Truyền thông (TT&TT) đề nghị": a short name in parentheses after the full one.
            clause = re.split(r"[;,.:\n]", re.sub(r"\([^()]*\)\s*$", "", head))[-1]
        name = _HOLDER.sub("", clause.strip(EDGE))
        if not name or len(name) > 90 or not (agencies_named(name, context.when) or _is_committee_of_unit(name)):
            continue
        at = text.rindex(name, 0, match.start())
        return found(context.body, at, at + len(name), "issuer.body", name)
    return None


def _committee_from_place(context: Context, number: Number, number_flow: Flow | None) -> Found | None:
    """ "Ủy ban nhân dân" / "Hội đồng nhân dân" of the unit that the place names, when only one unit has that name."""
    place = context.zone(Zone.PLACE_DATE)
    if not place:
        return None
    name = re.split(r"[,.]|\bng[aà]y\b", place.text, maxsplit=1)[0].strip(EDGE)
    units = units_named(name, on=context.when)
    kinds = {(unit.kind, unit.name) for unit in units}
    if len(kinds) != 1:
        return None
    body = "Hội đồng nhân dân" if number.groups[0] == "HĐND" else "Ủy ban nhân dân"
    at = place.text.index(name)
    issuer = found(place, at, at + len(name), "issuer.code-and-place", f"{body} {full_name(units[0])}", 0.9, "inferred")
    if number_flow:
        issuer.spans += tuple(number_flow.locate(0, len(number_flow.text.split("\n")[0])))
    return issuer

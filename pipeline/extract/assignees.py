"""Parties that a sentence directs: "yêu cầu <party> triển khai …", "Giao <party> chủ trì …", "<party>:"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.found import one_line
from pipeline.extract.party_names import opens_with_agency, without_deed
from pipeline.layout.outline import marker_of
from pipeline.lexicon.cues import cue_groups, cue_pattern, cues, key_of
from pipeline.lexicon.fold import fold

_STOPLESS = re.compile(r"[;:.](?=\s|$)|\n")
_EDGE = " \t\n.,;:-–—*“”\"'"


_SMALL = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"


@dataclass(frozen=True, slots=True)
class Party:
    """One or several assignees, as the text names them."""

    names: tuple[str, ...]


@cache
def _party_head(marks: bool) -> re.Pattern[str]:
    groups = cue_pattern("party.groups", marks).pattern
    return re.compile(rf"^(?:{groups}\s+)?" + cue_pattern("party.heads", marks).pattern)


def _opens_as_party(name: str) -> bool:
    """Marks tell "đội" from "đối" and "sở" from "số"; without them only a word that has lost them all is read."""
    name = name.strip(_EDGE)
    if head := _party_head(True).match(fold(name)):
        # "Tổ chức Lễ ra quân": the verb, not a "tổ".
        return not (head.group().endswith("tổ") and fold(name[head.end() :]).startswith(" chức"))
    if _party_head(False).match(key_of(name)) and all(word.isascii() for word in name.split()[:2]):
        return True
    return opens_with_agency(name)


@cache
def _duty() -> re.Pattern[str]:
    """A duty in lower case, not inside a name ("Ban quản lý …", "các tổ chức tín dụng")."""
    not_after, not_before = cue_groups("party.not_after"), cue_groups("party.not_before")
    forms = []
    for cue in sorted(cues("party.duties"), key=len, reverse=True):
        behind = "".join(f"(?<![{w[0].upper()}{w[0]}]{re.escape(w[1:])} )" for w in not_after.get(cue, ()))
        ahead = "".join(rf"(?!\s{re.escape(w)})" for w in not_before.get(cue, ()))
        forms.append(rf"{behind}\b{re.escape(cue)}\b{ahead}")
    return re.compile("|".join(forms))


@cache
def _stop() -> re.Pattern[str]:
    # A full stop before a small letter is a speck of the scan ("phòng, chống. dịch bệnh").
    return re.compile(_duty().pattern + rf"|[:;](?=\s|$)|\.(?=\s|$)(?!\s+[{_SMALL}])|\n")


@cache
def _modal() -> re.Pattern[str]:
    """A heading names a party and nothing that it must do."""
    return re.compile(cue_pattern("party.modals").pattern + r"(?! quản lý| doanh nghiệp)")


@cache
def _clause_duty() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(cues("party.clause_duties")) + r")\b")


@cache
def _item_directing() -> re.Pattern[str]:
    return re.compile(r"(?:kính\s+)?" + cue_pattern("task.item_directs").pattern + r"\s+(?:cho\s+|với\s+)?")


def is_general(party: Party) -> bool:
    """ "các cơ quan, đơn vị": everybody spoken to, so that a heading's own party says more."""
    key = key_of(party.names[0])
    groups, general = (cue_pattern(f"party.{name}", marks=False).pattern for name in ("groups", "general"))
    return bool(re.match(rf"(?:{groups}\s+)?{general}", key))


def listed_parties(party: Party) -> Party:
    """The parties of a closing article, parted where a new office or agency begins.

    "Chánh Văn phòng …, thủ trưởng các sở, ban, ngành và các tổ chức, cá nhân có liên quan" is three: the commas of
    "các sở, ban, ngành" stand between words of one group.
    """
    names: list[str] = []
    for name in party.names:
        cuts = [m for m in _joints().finditer(name) if len(name[: m.start()].split()) >= 2 and not _one_office(name, m)]
        starts = [0, *(m.end() for m in cuts)]
        ends = [*(m.start() for m in cuts), len(name)]
        names += [name[a:b].strip(_EDGE) for a, b in zip(starts, ends, strict=True)]
    return Party(tuple(names))


def _one_office(name: str, joint: re.Match[str]) -> bool:
    """ "Văn phòng HĐND và UBND huyện" is one, and "các ông, bà có tên tại Điều 1" are one group."""
    if re.search(r"\b[Cc]ác ông$", name[: joint.start()]) and name[joint.end() :].startswith("bà"):
        return True
    council = re.search(r"(?:HĐND|[Hh]ội đồng nhân dân)$", name[: joint.start()])
    return bool(council) and re.match(r"UBND|Ủy ban", name[joint.end() :]) is not None


@cache
def _joints() -> re.Pattern[str]:
    heads = "|".join(re.escape(head) for head in sorted(cues("party.list_heads"), key=len, reverse=True))
    return re.compile(rf"(?:,|;|,?\s+và)\s+(?=(?:{heads})\b)")


def opening_party(text: str) -> Party | None:
    """The party of a sentence that directs ("Sở … yêu cầu thủ trưởng các đơn vị triển khai … sau:"); the last wins."""
    # Marks may be lost in recognition ("điện khân"), and these verbs have no twins without marks.
    key = key_of(text)
    for match in [*reversed(list(_opening_verbs().finditer(key))), *_instructing().finditer(key)]:
        before = key[: match.start()].rstrip()
        if match.group().startswith(("de nghi", "chi dao")) and re.search(r"\b(?:theo|xet|tai|co|duoc|cua)$", before):
            continue
        if _verb_is_part_of_a_word(text, match):
            continue
        if match.group().startswith("chi dao") and (asked := _asked_to_direct(text, key, match.start())):
            return asked
        if party := _party_at(text, match.end()):
            return party
    return None


def _verb_is_part_of_a_word(text: str, verb: re.Match[str]) -> bool:
    """ "họp giao ban", "giao thông": no order to anybody."""
    cue = verb.group().split()[0]
    following = cue_groups("party.not_before").get(cue, ())
    return any(re.match(rf"{re.escape(word)}(?!\w)", text[verb.end() :]) for word in following)


def party_after(text: str, verb: re.Pattern[str]) -> Party | None:
    """The party that stands right after the last such verb (matched without marks) in ``text``."""
    for match in reversed(list(verb.finditer(key_of(text)))):
        if party := _party_at(text, match.end()):
            return party
    return None


def _asked_to_direct(text: str, key: str, chief: int) -> Party | None:
    """The party of "đề nghị Ủy ban nhân dân các tỉnh chỉ đạo Sở Xây dựng thực hiện": it is asked, not the Sở."""
    asking = [m for m in _opening_verbs().finditer(key[:chief]) if not m.group().startswith("chi dao")]
    if not asking:
        return None
    said = text[asking[-1].end() : chief]
    if (duty := _duty().search(said)) and _is_party(said[: duty.start()]):
        said = said[: duty.start()]
    said = said.strip(_EDGE)
    return _split(said) if len(said) <= 160 and not re.search(r"[.;:]\s", said) and _is_party(said) else None


@cache
def _instructing() -> re.Pattern[str]:
    return re.compile(cue_pattern("task.instructs", marks=False).pattern + r"\s+(?=cac\b|thu truong\b)")


@cache
def _opening_verbs() -> re.Pattern[str]:
    return re.compile(cue_pattern("task.directs", marks=False).pattern + r"\s+(?:voi\s+)?")


def named_party(body: str) -> Party | None:
    """The party that an item itself names: "Giao X …", "Đề nghị X …", "X có trách nhiệm …", "…, X chủ trì"."""
    folded = fold(body)
    lead = _lead().match(folded)
    at = lead.end() if lead else 0
    if (match := _item_directing().match(folded, at)) and (party := _party_at(body, match.end())):
        return party
    first = _stop().search(body, at)
    while first and (_next_party_follows(body, first) or _names_follow(body, at, first)):
        # "Chánh Văn phòng …; Giám đốc các Sở: Nội vụ, Tài chính; Trưởng phòng … chịu trách nhiệm thi hành".
        first = _stop().search(body, first.end())
    if first and first.start() > at:
        head = body[at : first.start()]
        if _is_party(head) and cue_pattern("party.speaks").fullmatch(fold(first.group())):
            return None
        if _is_party(head) and cue_pattern("party.told").fullmatch(fold(first.group())):
            # "Phòng Y tế là cơ quan thường trực, có trách nhiệm …": what it is told to be, it has a duty as well.
            duty = cue_pattern("party.told_duties").search(folded, first.end())
            said = first.group() == "là" and duty and not re.search(r"[.;:]\s", body[first.end() : duty.start()])
            return _split(head) if said else None
        if _is_party(head) and first.group() == ":" and (party := _with_colon(body, at, first.end())):
            return party
        if _is_party(head) and not re.match(r"[:;.\n]|có thể", first.group()):
            return _split(head)
    # After an adverbial: "Sau khi …, các Sở, ngành, địa phương … phối hợp với", "Trong thời gian …, Ban … chủ trì".
    for clause in re.finditer(r"[,:]\s+", body[:300]):
        rest = body[clause.end() :]
        stop = _clause_duty().search(rest[:190])
        if stop and (not _new_subject(rest[: stop.start()]) or _goes_on().search(rest[: stop.start()])):
            continue
        if stop and _is_party(rest[: stop.start()]) and not re.search(r"[;:]|[.]\s", rest[: stop.start()]):
            return _split(rest[: stop.start()])
    if (
        (match := _item_directing().search(folded, at))
        and match.start() - at < 160
        and not _aside().search(folded, at, match.start())
        and (re.search(r"[,;:.…]\s*$|^\W*$", folded[at : match.start()]) or _asked_after_topic(folded, at, match))
    ):
        return _party_at(body, match.end())
    return None


@cache
def _lead() -> re.Pattern[str]:
    """Bullet, number and adverbs ("Do đó, …", "Kết luận: …") before what an item says."""
    adverbs = "|".join(rf"{re.escape(word)}\s*[,:]?\s*" for word in cues("party.adverbs"))
    return re.compile(rf"[\W_]*(?:\d{{1,2}}\s+(?=[^\W\d_]))?(?:{adverbs})?(?:đối với\s+)?")


def _asked_after_topic(folded: str, start: int, asking: re.Match[str]) -> bool:
    """ "Đối với khoản thu bắt buộc đề nghị nhà trường …": no comma between what it is about and who is asked."""
    topic = folded[:start].lstrip(" -+–*").startswith("đối với")
    return topic and asking.group().strip().endswith("đề nghị")


def _next_party_follows(body: str, stop: re.Match[str]) -> bool:
    return stop.group() == ";" and _is_party(_STOPLESS.split(body[stop.end() : stop.end() + 150])[0])


def _names_follow(body: str, start: int, stop: re.Match[str]) -> bool:
    """ "Giám đốc các Sở: Tài chính, Xây dựng; Chủ tịch … chịu trách nhiệm": the colon opens the names of one group."""
    if stop.group() != ":" or not _GROUP_BEFORE_COLON.search(body[start : stop.start()]):
        return False
    duty = _closing_duty().search(fold(body), stop.end(), stop.end() + 420)
    return duty is not None and not re.search(r"[.]\s+[A-ZĐÀ-Ỹ]", body[stop.end() : duty.start()])


@cache
def _goes_on() -> re.Pattern[str]:
    """ "HĐND tỉnh và các chỉ đạo của UBND tỉnh": the name goes on, and the verb is a noun."""
    return re.compile(rf"\b(?:{'|'.join(cues('party.before_nouns'))})\s*$")


_GROUP_BEFORE_COLON = re.compile(
    r"(?:đốc|trưởng|tịch|các)\s+(?:các\s+)?(?:[Ss]ở(?:,\s*(?:ban,\s*)?ngành)?|[Pp]hòng|[Bb]an|đơn vị|cơ quan|[Bb]ộ)$"
)


@cache
def _closing_duty() -> re.Pattern[str]:
    return cue_pattern("task.closing_duties")


def _new_subject(name: str) -> bool:
    """A clause's own party: it begins with a capital or names a group, and nothing is told of it."""
    group = cue_pattern("party.groups").match(fold(name))
    return (name[:1].isupper() or group is not None) and not re.search(r"\b(?:đã|được|phải)\b", name)


@cache
def _aside() -> re.Pattern[str]:
    """ "Trong quá trình thực hiện nếu có vướng mắc, đề nghị các đơn vị phản ánh …": whom to ask, no task."""
    return re.compile(cue_pattern("task.difficulties").pattern)


def _with_colon(body: str, start: int, colon: int) -> Party | None:
    """ "Ban Phong trào: tham mưu …" is told what to do; "các tỉnh: Gia Lai, Lâm Đồng chịu …" is a list of parties."""
    after = body[colon:]
    if re.match(r"\s*" + cue_pattern("task.item_verbs").pattern, fold(after)):
        return _split(body[start : colon - 1])
    duty = _duty().search(after)
    listed = after[: duty.start()].strip() if duty else ""
    names = [name.strip() for name in re.split(r",|\bvà\b", listed)]
    if duty and re.match(r"\W*(?:các\s+)?(?:ông|bà|đồng chí)", fold(body[start:])) and len(listed) < 320:
        # "Các ông (bà): Chánh Văn phòng …, Trưởng phòng … chịu trách nhiệm thi hành".
        return _split(listed)
    plural = fold(body[start:]).startswith("các ") or "các" in fold(body[start : colon - 1]).split()
    if (
        plural
        and duty
        and len(listed) < 160
        and all(name[:1].isupper() and not re.search(r"[.:;]\s", name) for name in names)
    ):
        return _split(body[start : colon + duty.start()])
    return None


def heading_party(text: str, *, numbered: bool = False) -> Party | None:
    """The party of a heading: "3. Công an tỉnh:", "II. Đối với các doanh nghiệp …", "1. UBND xã Đăk Wer".

    ``numbered`` tells that it is a heading though its number could not be read.
    """
    marker = marker_of(text)
    head = text[marker[2] :] if marker else text
    stripped = head.strip()
    if len(stripped) > 150 or "\n" in stripped:
        return None
    for lead in cues("task.for"):
        if fold(stripped).startswith(fold(lead) + " "):
            name = stripped[len(lead) :].strip(_EDGE)
            name = re.split(r":", name, maxsplit=1)[0].strip(_EDGE)
            return Party((one_line(name),)) if _is_party(name) else None
    if is_participant(stripped):
        return None
    if (colon := re.search(r":\s+[^\W\d_]", stripped)) and not _GROUP_BEFORE_COLON.search(stripped[: colon.start()]):
        # "3. Kho bạc Nhà nước: Báo cáo thu, chi ngân sách.": what the party has to do stands behind it.
        return None
    ends = stripped.endswith((":", "."))
    name = stripped.strip(_EDGE)
    if not marker and not ends and not numbered:
        return None
    if directing := _item_directing().match(fold(name)):
        # "1.1. Giao Phòng Nông nghiệp:", "7. Đề nghị Mặt trận huyện; các đoàn thể": the party alone, its work below.
        asked = name[directing.end() :]
        return _split(asked) if _is_party(asked) and not _duty().search(asked) else None
    if not _is_party(name):
        return None
    duty = _duty().search(name)
    if duty and (not stripped.endswith(":") or _modal().search(name)):
        return None
    return Party((one_line(name),))


def is_participant(item: str) -> bool:
    """ "Ông Nguyễn Văn Bình - Phó Trưởng phòng, chủ trì;": who was there and as what, with nothing to do."""
    folded = fold(item).strip(_EDGE)
    person = re.match(cue_pattern("task.people").pattern + r"[^;:.]{2,45}?(?:\s[-–]\s|,\s|\s[-–](?=\w))", folded)
    if person is None or item.rstrip().endswith(":"):
        return False
    rest = folded[person.end() :]
    duty = _duty().search(rest)
    return len(rest) < 110 and (duty is None or len(rest[duty.end() :].split()) < 2)


def _party_at(text: str, at: int) -> Party | None:
    stop = _stop().search(text, at)
    if stop and stop.start() == at and _party_head(True).match(fold(stop.group())):
        # "Giao lãnh đạo phòng …": the party's own first word.
        stop = _stop().search(text, stop.end())
    while stop and stop.group() == ";" and _is_party(_STOPLESS.split(text[stop.end() : stop.end() + 150])[0]):
        # Another party after the semicolon ("Giao Sở Tài chính; Sở Nội vụ …").
        stop = _stop().search(text, stop.end())
    name = text[at : stop.start() if stop else min(len(text), at + 150)].strip(_EDGE)
    # "quan tâm", "cho", "các nội dung" are no parties.
    return _split(name) if _is_party(name) else None


def _is_party(name: str) -> bool:
    key = key_of(name).strip(_EDGE)
    if re.fullmatch(cue_pattern("task.item_verbs").pattern, fold(name).strip(_EDGE)):
        return False
    if key in {key_of(word) for word in cues("party.never_alone")}:
        return False
    if cue_pattern("party.not_parties", marks=False).match(key):
        return False
    if not 3 <= len(key) <= 320:
        return False
    return _opens_as_party(name)


def _split(name: str) -> Party:
    """Several parties are parted by ";" only: commas stand inside one ("các sở, ban, ngành")."""
    # A bracket that the end of the name cuts open ("… tỉnh (điện thoại:") is none of it.
    name = without_deed(re.sub(r"\s*\([^()]*$", "", name))
    name = re.sub(rf"\s+(?:{'|'.join(cues('party.after_names'))})$", "", name.strip(_EDGE))
    parts = [one_line(part).strip(_EDGE) for part in name.split(";")]
    return Party(tuple(part for part in parts if part) or (one_line(name),))

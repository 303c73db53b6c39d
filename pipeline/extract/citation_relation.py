"""The relation of the citing document to a cited one, by the verb that governs the citation in its own clause."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon.cues import cue_groups, cue_pattern, cues
from pipeline.lexicon.fold import fold, strip_marks

_CLAUSE = re.compile(r"[.;](?=\s)|(?<!\bs[ốôoó]):(?=\s)|\n|[(“\"]|\b(?:đồng thời|trong đó|theo đó)\b")
# "… thực hiện quy chế dân chủ theo Pháp lệnh số …": what stands right before the citation parts it from the verb.
_ENDS_IN_ACCORDING = re.compile(r"(?<!kèm )\btheo\s+(?:các\s+)?$")
_GOES_ON = re.compile(r"\s*(?:đặc biệt|cụ thể|nhất là|trọng tâm|trong đó có|gồm|bao gồm|trước mắt)\b")
# "Kế hoạch này thay thế Kế hoạch số …": the document speaks of itself.
_REACH = 220
_RIGHT_BEFORE = 8  # "bãi bỏ các", "thay thế cho": characters between such a verb and the citation


@cache
def _verbs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, cue_pattern(f"relation.{name}")) for name in cue_groups("relation"))


@cache
def strength(relation: str) -> int:
    """Lower is stronger; refers_to is the weakest."""
    order = list(cue_groups("relation"))
    return order.index(relation) if relation in order else len(order)


def relation_of(text: str, start: int, deciding: bool, since: int = 0) -> tuple[str, int, int] | None:
    """Relation of the citation that begins at ``start`` and the extent of the cue, or None when nothing governs it.

    ``deciding`` is True where the document itself decides (its subject, or an article of a quyết định): only there do
    verbs such as "bãi bỏ" or "sửa đổi" make a relation; in narrative they belong to somebody else.  Nothing before
    ``since`` is looked at: inside a title only the title's own verb governs.
    """
    floor = max(since, start - _REACH)
    folded = fold(text[floor:start])
    clause = max((match.end() for opens in (_CLAUSE, _other_speaks()) for match in opens.finditer(folded)), default=0)
    window = folded[clause:]
    if _GOES_ON.match(window):
        # "… các văn bản chỉ đạo. Đặc biệt là Kế hoạch số …": the verb stands in the sentence before.
        earlier = [m.end() for m in _CLAUSE.finditer(folded[: max(0, clause - 2)])]
        clause = earlier[-1] if earlier else 0
        window = folded[clause:]
    breaker = _ENDS_IN_ACCORDING.search(window) or _last(cue_pattern("relation_context.breaks"), window)
    of_rules = breaker is not None and breaker.group().strip() in cues("relation_context.rules_of")
    found: list[tuple[int, int, int, str]] = []
    if breaker is None and (lost := _opening_without_marks().match(strip_marks(window))):
        # "Thực hiên Công văn số …": the word that opens a clause has no twin without marks.
        name = "implements" if lost["implements"] else "based_on"
        if cue_pattern(f"relation.{name}").match(window, lost.start(name)) is None:
            found.append((strength(name), lost.start(name), lost.end(name), name))
    decides = set(cues("relation_context.deciding"))
    for name, pattern in _verbs():
        own_words = deciding or _speaks_of_itself(window) or (name == "corrects" and _opens_item(window, pattern))
        if name in decides and not own_words:
            continue
        for match in pattern.finditer(window):
            # "thực hiện … theo quy định tại Nghị định": referred to, unless the verb stands right before the break.
            before_break = breaker is not None and match.start() < breaker.start()
            if breaker and before_break and (of_rules or not _bridged(window[match.end() : breaker.start()])):
                continue
            if breaker and breaker.start() <= match.start() < breaker.end():
                continue
            if match.group() in cues("relation_context.right_before") and len(window) - match.end() > _RIGHT_BEFORE:
                continue
            if name in decides and _proposed(window[: match.start()]):
                continue
            if name == "implements" and _noun(window, match):
                continue
            if name == "replies_to" and _ANSWERED_IN.match(window, match.end()):
                continue
            if name == "promulgates" and not _OPENS_CLAUSE.search(window[: match.start()]):
                # "Quy chế … ban hành kèm theo Quyết định số …": that decision promulgated it, not this document.
                continue
            found.append((strength(name), match.start(), match.end(), name))
    # "Thông tư này có hiệu lực thi hành … và thay thế Thông tư số …": the verb that stands right before decides.
    if at_once := next((f for f in found if f[3] in decides and len(window) - f[2] <= _RIGHT_BEFORE), None):
        return at_once[3], floor + clause + at_once[1], floor + clause + at_once[2]
    # "thi hành" inside "hướng dẫn thi hành" is no verb of its own.
    found = [f for f in found if not any(o is not f and o[1] <= f[1] and f[2] <= o[2] and o[3] != f[3] for o in found)]
    if not found and (considered := _considered().search(window)):
        return "proposed_by", floor + clause + considered.start(), floor + clause + considered.end()
    if not found:
        return None
    _, a, b, name = min(found)
    return name, floor + clause + a, floor + clause + b


# Between a document's name and what an article says of it: no other sentence, nothing long.
_SAID_AFTER = 90


def relation_after(text: str, end: int, limit: int) -> tuple[str, int, int] | None:
    """ "Nghị định số … về … hết hiệu lực kể từ ngày Nghị định này có hiệu lực": what follows the citation repeals it.

    Only for citations in articles; nothing behind ``limit`` (the next citation, the paragraph's end) is looked at.
    """
    window = fold(text[end : min(limit, end + _SAID_AFTER)])
    window = re.split(r"[.;:\n](?=\s|$)", window)[0]
    match = cue_pattern("relation_context.repeals_after").search(window)
    return ("repeals", end + match.start(), end + match.end()) if match else None


def relation_of_list(opener: str, start: int) -> tuple[str, int, int] | None:
    """What the line that opens a list ("Bãi bỏ các quyết định sau đây:") does to its members.

    ``start`` is where ``opener`` stands in the text.
    """
    folded = fold(opener)
    for name in ("repeals", "replaces"):
        match = cue_pattern(f"relation_context.{name}_list").search(folded)
        if match and not _proposed(folded[: match.start()]):
            return name, start + match.start(), start + match.end()
    return None


@cache
def _other_speaks() -> re.Pattern[str]:
    """ "Thực hiện chỉ đạo nêu trên, Sở Tài chính đã ban hành Quyết định số …": no verb governs another's deed."""
    return re.compile(rf",\s+{cue_pattern('title.speakers').pattern}[^,;]{{0,70}}?\s(?:đã|ban hành)\s(?!kèm)")


@cache
def _considered() -> re.Pattern[str]:
    """ "Xét Tờ trình số …" (councils): what was proposed; "xem xét" is another word."""
    return re.compile(r"(?<!xem )\bxét\s+(?:các\s+)?$")


@cache
def _opening_without_marks() -> re.Pattern[str]:
    names = ("implements", "based_on")
    forms = "|".join(rf"(?P<{name}>{cue_pattern(f'relation.{name}', marks=False).pattern})" for name in names)
    return re.compile(rf"^\W*(?:{forms})(?!\s+(?:theo|viec)\b)")


def _speaks_of_itself(window: str) -> bool:
    """ "Kế hoạch này thay thế Kế hoạch số …"."""
    return bool(re.search(cue_pattern("relation_context.selves").pattern + r"\s+này\b", window))


def _opens_item(window: str, verb: re.Pattern[str]) -> bool:
    """ "2. Đính chính Công văn số …": an item that begins with the verb; nobody corrects for somebody else."""
    return re.match(rf"\W*(?:\d+\W+)?{verb.pattern}", window) is not None


# "… đã được trả lời tại Công văn số …": the cited one answers, and not this document.
_ANSWERED_IN = re.compile(r"\s+(?:tại|bằng|theo|ở|qua|trong)\b")
_OPENS_CLAUSE = re.compile(r"^\W*(?:điều\s+\d+\W+)?$")


_YEARS_OF = re.compile(r"\b\d+\s+(?:năm|tháng)\s+(?:triển khai\s+|tổ chức\s+)*$")


def _bridged(between: str) -> bool:
    """ "thực hiện nghiêm các quy định tại …": between verb and break nothing but words that keep the verb's hold."""
    return not re.sub(cue_pattern("relation_context.bridges").pattern, "", between).strip(" ,")


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.start(), default=None)


def _proposed(before: str) -> bool:
    return bool(cue_pattern("relation_context.proposals").search(before[-200:]))


def _noun(window: str, match: re.Match[str]) -> bool:
    """ "kết quả thực hiện", "tình hình triển khai", "việc chấp hành": about doing, not a doing."""
    if _YEARS_OF.search(window[: match.start()]):
        # "sau hơn 04 năm thực hiện Quyết định số …": how long it has been in use.
        return True
    nominal = cue_pattern("relation_context.nominal").pattern + r"(?:\s+\S+)?$"
    return bool(re.search(nominal, window[: match.start()].rstrip())) and bool(
        re.match(r"\s*(?:\S+\s+){2,}", window[match.end() :])
    )

"""Which verb governs which citation: members of one list share it; articles also say it afterwards or beforehand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extract.citation_relation import relation_after, relation_of, relation_of_list
from pipeline.extract.citation_tail import Tail
from pipeline.extract.context import Context
from pipeline.language.mentions import Mention
from pipeline.layout import Flow
from pipeline.lexicon.cues import cue_pattern
from pipeline.lexicon.fold import fold, squash

# What may stand between two members of one list of citations.
_LIST_GAP = re.compile(r"^[\s,;.)”\"]*(?:(?:và|và\s+các|cùng|các)\s+)*(?:văn bản\s+)?(?:số\s*)?$", re.IGNORECASE)
_NEXT_MEMBER = re.compile(r";\s*(?:và\s+)?(?:các\s+)?$")
_SENTENCE_END = re.compile(r"[.:](?=\s)|\n")
_AFTER_SEMICOLON = re.compile(r"^\s*;\s*(?:và\s+)?(?:các\s+)?$")
# An item of a list of documents.
_ITEM = re.compile(r"\W*(?:\d{1,3}|[a-zđ]{1,2})[.)/]|\s*[-+•–]")


@dataclass(slots=True)
class Cited:
    """A mention with what was found around it; ``relation`` is a name and the extent of its cue in the flow."""

    flow: Flow
    mention: Mention
    tail: Tail
    relation: tuple[str, int, int] | None = None
    inherited: bool = False
    parent: Cited | None = None
    issuer: tuple[int, int] | None = None
    attached: bool = False
    children: list[Cited] = field(default_factory=list)

    @property
    def key(self) -> str:
        number = self.mention.number
        if number is not None:
            return (
                re.sub(r"\s+", "", number.canonical).upper()
                if number.regime != "bare"
                else (f"{self.mention.doc_type}:{number.canonical}".upper())
            )
        return squash(self.mention.law_name or self.flow.text[self.mention.start : self.mention.end])


def relate(text: str, cited: list[Cited], context: Context, deciding: bool) -> None:
    """Give each of ``cited``, all of one flow, the relation of the verb that governs it."""
    for at in range(len(cited)):
        _relate(text, cited, at, context, deciding)
    _relate_by_what_follows(text, cited, context)


def _relate(text: str, cited: list[Cited], at: int, context: Context, deciding: bool) -> None:
    item = cited[at]
    if item.parent is not None:
        return
    previous = _list_before(text, cited, at)
    # The title of the member before ("… hướng dẫn thi hành Luật A và Nghị định số B") governs nothing after it.
    since = max(previous.tail.end, previous.mention.end) if previous is not None else 0
    own = relation_of(text, item.mention.start, deciding or _in_article(context, item), since)
    if own is not None:
        item.relation = own
    elif previous is not None and previous.relation is not None and not _other_ground(previous, item):
        item.relation, item.inherited = previous.relation, True
    elif previous is None and (opening := _opening_of_list(text, item.mention.start) or _ground_of_law(text, item)):
        item.relation, item.inherited = opening, True


def _opening_of_list(text: str, start: int) -> tuple[str, int, int] | None:
    """ "Thực hiện Nghị quyết Đại hội …; Nghị quyết số …": the members before bear no number, the verb is the same."""
    if not _NEXT_MEMBER.search(text[max(0, start - 20) : start]):
        return None
    sentence = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, start - 700), start)), default=0)
    folded = fold(text[sentence:start])
    for name in ("implements", "based_on"):
        lead = re.match(r"\W*" + cue_pattern(f"relation.{name}").pattern, folded)
        if lead and not cue_pattern("task.directs").search(folded, lead.end()):
            return name, sentence, sentence + lead.end()
    return None


def _ground_of_law(text: str, item: Cited) -> tuple[str, int, int] | None:
    """ "Căn cứ các Luật: …, Xây dựng số 30/2014/0H13: Quy hoạch đô thị số …": a law in a paragraph of grounds.

    A member whose number was not read, or a sign that was misread, parts it from the head of its list.
    """
    number = item.mention.number
    if number is None or number.regime != "law":
        return None
    start = text.rfind("\n", 0, item.mention.start) + 1
    before = fold(text[start : item.mention.start])
    lead = re.match(r"\W*" + cue_pattern("relation.based_on").pattern, before)
    if lead is None or cue_pattern("task.directs").search(before) or not re.search(r"[,;:]\s*(?:và\s+)?$", before):
        return None
    return "based_on", start, start + lead.end()


def _relate_by_what_follows(text: str, cited: list[Cited], context: Context) -> None:
    """In articles: a predicate after the citation, or the line that opens its list, where no verb governs it."""
    for at in range(len(cited) - 1, -1, -1):
        item = cited[at]
        if item.relation is not None or item.parent is not None or item.flow is not context.body:
            continue
        if not _in_article(context, item):
            continue
        end = max(item.tail.end, item.mention.end, item.issuer[1] if item.issuer else 0)
        later = cited[at + 1] if at + 1 < len(cited) else None
        limit = later.mention.start if later is not None else len(text)
        item.relation = relation_after(text, end, limit)
        goes_on = later is not None and _LIST_GAP.match(text[end : later.mention.start])
        shared = later.relation if goes_on and later is not None else None
        if item.relation is None and shared is not None and shared[0] == "repeals":
            item.relation, item.inherited = shared, True
        if item.relation is None and (opener := _opener(text, context, item)):
            item.relation = relation_of_list(text[opener[0] : opener[1]], opener[0])


def _opener(text: str, context: Context, item: Cited) -> tuple[int, int] | None:
    """Extent of the line ending in a colon that opens the list in which the citation is an item."""
    before = [p for p in context.layout.paragraphs if p.start <= item.mention.start]
    if not before or not _ITEM.match(text[before[-1].start : before[-1].end]):
        return None
    for paragraph in reversed(before[:-1][-60:]):
        said = text[paragraph.start : paragraph.end].rstrip()
        if said.endswith(":"):
            return paragraph.start, paragraph.start + len(said)
        if not _ITEM.match(said) or said.lower().startswith("điều"):
            return None
    return None


def _other_ground(previous: Cited, item: Cited) -> bool:
    """ "Xét Tờ trình số …; Báo cáo thẩm tra số …": only what is of the same type was proposed as well."""
    proposed = previous.relation is not None and previous.relation[0] == "proposed_by"
    return proposed and previous.mention.doc_type != item.mention.doc_type


def _list_before(text: str, cited: list[Cited], at: int) -> Cited | None:
    """The member of the same list that stands before, or None."""
    for earlier in reversed(cited[:at]):
        if earlier.parent is not None:
            continue
        if cited[at].mention.shared_type and earlier.mention.type_span == cited[at].mention.type_span:
            return earlier  # one type word names both, whatever recognition made of the sign between them
        end = max(earlier.tail.end, earlier.mention.end, earlier.issuer[1] if earlier.issuer else 0)
        gap = text[end : cited[at].mention.start]
        gap = re.sub(r"^\s*(?:\([^()]*\)|[”\"])", "", gap)
        return earlier if _LIST_GAP.match(gap) or _AFTER_SEMICOLON.match(gap) else None
    return None


def _in_article(context: Context, item: Cited) -> bool:
    """The citation stands in an article of a document that decides, before any narrative."""
    if item.flow is not context.body:
        return True
    for paragraph in context.layout.paragraphs:
        if paragraph.start <= item.mention.start < paragraph.end:
            return (paragraph.section or "").startswith("Điều") and not paragraph.annex
    return False

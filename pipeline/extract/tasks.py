"""Tasks: the smallest items that direct somebody to do something, with their assignees.

An item's assignee is the party that it names itself ("Giao Giám đốc …", "… có trách nhiệm …"), else the party of the
heading over it ("3. Công an tỉnh:"), else the party of the sentence that opens the list ("yêu cầu thủ trưởng các đơn
vị …").  An item without a party directs nobody and is no task.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.assignees import (
    Party,
    heading_party,
    is_general,
    is_participant,
    listed_parties,
    named_party,
    opening_party,
    party_after,
)
from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.extract.lists import read_addressees
from pipeline.extract.subject import read_type
from pipeline.language.numbers import find_numbers
from pipeline.language.phones import find_phones
from pipeline.language.syllables import is_syllable
from pipeline.language.word_mending import without_specks
from pipeline.layout import DocumentLayout, Paragraph
from pipeline.layout.outline import BARE_NUMBER, marker_of, without_marker
from pipeline.lexicon.abbreviations import expand
from pipeline.lexicon.cues import cue_pattern, cues, key_of
from pipeline.lexicon.fold import fold

_DASHED_NUMBER = re.compile(r"\d{1,2}\s?[-–]\s+|\d{1,2}(?:\.\d{1,2})+\s*[.)]?\s+")
_ITEM_KINDS = ("number", "letter", "dash", "plus")


def read_tasks(context: Context) -> list[Found]:
    """Tasks in order, each a dict of section, text, assignees (deadline is joined later)."""
    layout = context.layout
    if not layout.paragraphs:
        return []
    children = _children(layout)
    opening: Party | None = None
    opened_at: int | None = None
    tasks: list[Found] = []
    for index, paragraph in enumerate(layout.paragraphs):
        if paragraph.annex:
            break
        text = layout.paragraph_text(index)
        if paragraph.kind in ("plain", "article", "roman", "number") and _opens_list(text):
            party = opening_party(text) or _petitioned(context, text)
            if party is not None and heading_party(text) is None:
                opening, opened_at = _as_addressed(context, party), index
                continue
        if _skipped(text) or _under_proposals(context, paragraph):
            continue
        if children.get(index) and not _heading_with_own_task(context, index, text, children):
            continue
        if task := _task(context, index, opening, opened_at):
            tasks.append(task)
    return tasks


def _petitioned(context: Context, text: str) -> Party | None:
    """The party of "… kiến nghị Chủ tịch UBND …:" in a document of that type: a procuracy's binds whom it names."""
    kind = read_type(context)
    if kind is None or kind.value not in cues("task.petitions"):
        return None
    return party_after(text, cue_pattern("task.petitioning", marks=False))


_SAME_START = 5  # words


def _as_addressed(context: Context, party: Party) -> Party:
    """A party whose name recognition garbled, as "Kính gửi" names it when one addressee alone begins so."""
    if context.typed or all(_legible(name) for name in party.names):
        return party
    addressees = [expand(item.value) for item in read_addressees(context)]
    names = []
    for name in party.names:
        start = " ".join(key_of(expand(name)).split()[:_SAME_START])
        same = [a[key_of(a).index(start) :] for a in addressees if start in key_of(a)]
        names.append(same[0] if not _legible(name) and len(same) == 1 else name)
    return Party(tuple(names))


def _legible(name: str) -> bool:
    return all(is_syllable(word) or word.isupper() for word in re.findall(r"[^\W\d_]+", name)) and "+" not in name


def _children(layout: DocumentLayout) -> dict[int, list[int]]:
    found_children: dict[int, list[int]] = {}
    for index, paragraph in enumerate(layout.paragraphs):
        if paragraph.parent is not None:
            found_children.setdefault(paragraph.parent, []).append(index)
    return found_children


@cache
def _list_opener() -> re.Pattern[str]:
    return re.compile(cue_pattern("task.opens_list").pattern + r"\W*$")


def _opens_list(text: str) -> bool:
    # Signs without a letter after the colon are specks of the scan.
    return bool(_list_opener().search(fold(text).rstrip())) or bool(re.search(r":[^0-9A-Za-zÀ-ɏḀ-ỹ]*$", text[-6:]))


def _skipped(text: str) -> bool:
    key = key_of(text)
    if text.lstrip()[:1] in '“«"':
        # The new wording of an article that is amended: it orders nothing here.
        return True
    if len(re.sub(r"\W", "", text)) < 12 or without_marker(text).lstrip().startswith("("):
        return True
    if len(text) < 160 and re.search(r"\d\s*(?:triệu\s+)?đ[ồôo]ng\s?/\s?\w", text):
        # "Trưởng ban: 300.000 đồng/người/tháng": a rate.
        return True
    return bool(re.match(r"\W*" + cue_pattern("task.asides", marks=False).pattern, key)) or bool(
        re.search(r"\b(?:de nghi|xin|vui long|co the)\s+(?:truc tiep\s+)?lien he\b", key[:160])
    )


def _heading_with_own_task(context: Context, index: int, text: str, children: dict[int, list[int]]) -> bool:
    """An item with sub-items is a task itself when it is a sentence ("… có thể tham khảo các tài liệu:")."""
    paragraph = context.layout.paragraphs[index]
    kinds = {context.layout.paragraphs[child].kind for child in children[index]}
    if paragraph.kind == "article":
        # "Điều 2. Các ông (bà) … chịu trách nhiệm thi hành." / "Quyết định có hiệu lực …"
        own = named_party(without_marker(text))
        ordered = any(cue_pattern(f"task.{cues}").search(fold(text)) for cues in ("duty_words", "closing_duties"))
        return kinds == {"plain"} and own is not None and ordered
    if paragraph.kind not in ("dash", "number", "letter"):
        return False
    if heading_party(text) is not None or len(text) <= 40 or (kinds <= {"plus"} and _names_a_field(text)):
        return False
    if (
        paragraph.kind == "number"
        and kinds <= {"letter"}
        and re.match(cue_pattern("task.item_verbs").pattern, fold(without_marker(text)))
    ):
        # "2. Đảm bảo thống nhất …: a) … b) …": the letters only say how.
        return True
    if (
        kinds == {"plain"}
        and len(text) < 130
        and text.rstrip()[-1:].isalnum()
        and named_party(without_marker(text)) is None
    ):
        # "2.6. Áp dụng lập kế hoạch cấp xã": a line without a stop over the paragraph that says what to do.
        return False
    # Paragraphs after a whole sentence (whom to ask, a closing) do not make a heading of it.
    return kinds <= {"plus"} or (kinds <= {"plain"} and not text.rstrip().endswith(":"))


def _task(context: Context, index: int, opening: Party | None, opened_at: int | None) -> Found | None:
    layout = context.layout
    paragraph = layout.paragraphs[index]
    text = layout.paragraph_text(index)
    body = without_marker(text)
    if _is_heading(text, paragraph) or (paragraph.kind in ("plus", "letter") and _parent_is_task(layout, paragraph)):
        return None
    if is_participant(body):
        return None
    if find_phones(body) and (
        (paragraph.kind == "dash" and len(body) < 110) or cue_pattern("task.people", marks=True).match(fold(body))
    ):
        return None
    own = named_party(body)
    over = _party_over(layout, paragraph)
    listed = paragraph.kind in _ITEM_KINDS or paragraph.parent is not None
    in_article = paragraph.parent is not None and layout.paragraphs[paragraph.parent].kind == "article"
    closes = paragraph.parent is None or (_closes(layout, index) and not (in_article and own is not None))
    if paragraph.kind == "plain" and closes:
        return _plain_task(context, index, own, opening, opened_at)
    if not listed and (paragraph.kind != "article" or own is None):
        return None
    if paragraph.kind == "plain" and own is None and (body[:1].islower() or _hangs_under_task(layout, paragraph)):
        return None
    if paragraph.kind == "plain" and text.rstrip().endswith(":") and _opens_items(layout, index):
        return None
    if own is not None and over is not None and (is_general(own) or _shortens(own, over)):
        own = None
    if own is None and (_under_facts(layout, paragraph) or not _directs(body, over, opening)):
        return None
    if own is not None and _under_facts(layout, paragraph) and not _orders(body):
        # "Đơn vị thực hiện các khoản thu không …" among the findings tells what was.
        return None
    party = own or over or (opening if opened_at is not None and opened_at < index else None)
    if party is None:
        return None
    return _found(context, paragraph, party, "task.item")


def _shortens(own: Party, over: Party) -> bool:
    """The item names the heading's party again, with fewer words."""
    return len(own.names) == len(over.names) == 1 and key_of(over.names[0]).startswith(key_of(own.names[0]) + " ")


def _closes(layout: DocumentLayout, index: int) -> bool:
    """The last paragraph of the main text, which speaks to everybody and not under the heading above it.

    So does one that has everybody carry out the document itself ("… tổ chức thực hiện Chỉ thị này; giao Sở …").
    """
    text = layout.paragraph_text(index)
    directs = re.match(cue_pattern("task.item_directs").pattern, fold(text))
    if layout.paragraphs[index].kind == "plain" and not directs and _carried_out().search(fold(text)):
        return True
    last = index + 1 >= len(layout.paragraphs) or layout.paragraphs[index + 1].annex
    return last or bool(re.search(r"[./]\s*/\s*[.]?\s*$", text))


@cache
def _carried_out() -> re.Pattern[str]:
    return re.compile(rf"(?:thực hiện|thi hành)\s+{cue_pattern('relation_context.selves').pattern}\s+này\b")


def _parent_is_task(layout: DocumentLayout, paragraph: Paragraph) -> bool:
    if paragraph.parent is None:
        return False
    parent = layout.paragraphs[paragraph.parent]
    text = layout.paragraph_text(paragraph.parent)
    if paragraph.kind == "letter":
        return parent.kind == "number" and bool(
            re.match(cue_pattern("task.item_verbs").pattern, fold(without_marker(text)))
        )
    return parent.kind == "dash" and heading_party(text) is None and not _names_a_field(text)


def _opens_items(layout: DocumentLayout, index: int) -> bool:
    """A paragraph without a mark over items with one: what is to be done stands in them."""
    return index + 1 < len(layout.paragraphs) and layout.paragraphs[index + 1].kind in _ITEM_KINDS


def _names_a_field(text: str) -> bool:
    """ "- Đối với việc quản lý ngân sách.": what the items under it are about, on one short line."""
    return len(text) < 100 and re.match(r"(?:đối với|về)\s", _after_marker(text)) is not None and "," not in text


def _hangs_under_task(layout: DocumentLayout, paragraph: Paragraph) -> bool:
    """A paragraph after "8. Giao phòng … tham mưu …." goes on about that item and is none of its own."""
    if paragraph.parent is None:
        return False
    above = layout.paragraph_text(paragraph.parent)
    return heading_party(above) is None and named_party(without_marker(above)) is not None


def _is_heading(text: str, paragraph: Paragraph) -> bool:
    """A short numbered line without a verb is a heading, even when nothing hangs under it."""
    if paragraph.kind in ("roman", "chapter"):
        return True
    if paragraph.kind == "number" and re.match(cue_pattern("task.item_directs").pattern, _after_marker(text)):
        # "7. Đề nghị Ủy ban Mặt trận huyện; các đoàn thể": whom, and nothing yet of what.
        return heading_party(text) is not None
    if paragraph.kind == "number" and re.match(r"về\b", _after_marker(text)) and len(text) < 120:
        # "2.5. Về công tác đối ngoại, quốc phòng, an ninh": what the paragraphs after it are about.
        return text.rstrip()[-1:].isalnum()
    return text.rstrip().endswith(":") and len(text) < 130 and heading_party(text) is not None


def _after_marker(text: str) -> str:
    return fold(without_marker(text)).lstrip()


def _directs(body: str, over: Party | None, opening: Party | None) -> bool:
    """The item tells somebody to act: it begins with a verb of doing or names a duty."""
    folded = fold(body).lstrip(' -+–*.:"“(')
    if re.match(cue_pattern("task.item_verbs").pattern, folded):
        return True
    if cue_pattern("task.duty").search(folded):
        return True
    # Under an addressed heading or a directing opening even an item that begins with its object directs
    # ("Các hoạt động thu thập … cần phải …", "Hệ thống mạng … phải đảm bảo").
    return over is not None or opening is not None


def _orders(body: str) -> bool:
    folded = fold(body)
    return bool(cue_pattern("task.item_directs").search(folded) or cue_pattern("task.duty_words").search(folded))


def _party_over(layout: DocumentLayout, paragraph: Paragraph) -> Party | None:
    at = paragraph.parent
    while at is not None:
        text = layout.paragraph_text(at)
        if party := heading_party(text, numbered=layout.paragraphs[at].kind != "plain"):
            return party
        at = layout.paragraphs[at].parent
    return None


@cache
def _fact_section() -> re.Pattern[str]:
    return re.compile(r"\W*(?:[ivx\d.]+\W+)?(?:ve\s+)?" + cue_pattern("task.fact_sections", marks=False).pattern)


def _under_proposals(context: Context, paragraph: Paragraph) -> bool:
    """ "III. KIẾN NGHỊ" of a report: its items ask the superior."""
    kind = read_type(context)
    if kind is None or kind.value not in cues("task.proposing_types"):
        return False
    heads = re.compile(r"\W*(?:[ivx\d.]+\W+)?" + cue_pattern("task.proposal_sections", marks=False).pattern)
    at = paragraph.parent
    while at is not None:
        if heads.match(key_of(context.layout.paragraph_text(at))):
            return True
        at = context.layout.paragraphs[at].parent
    return False


def _under_facts(layout: DocumentLayout, paragraph: Paragraph) -> bool:
    at = paragraph.parent
    while at is not None:
        heading = key_of(layout.paragraph_text(at))
        told = _fact_section().match(heading)
        # "MỤC TIÊU, NHIỆM VỤ CHỦ YẾU" and "YÊU CẦU TRONG XÂY DỰNG KẾ HOẠCH" say what to do.
        if told and not cue_pattern("task.work_sections", marks=False).search(heading):
            return True
        at = layout.paragraphs[at].parent
    return False


def _plain_task(
    context: Context, index: int, own: Party | None, opening: Party | None, opened_at: int | None
) -> Found | None:
    """An unnumbered paragraph is a task when it directs somebody and says what: not a mere "nghiêm túc thực hiện"."""
    layout = context.layout
    paragraph = layout.paragraphs[index]
    text = layout.paragraph_text(index)
    party = opening_party(text) or (own if cue_pattern("task.duty").search(fold(text)) else None)
    if party is None or text.rstrip().endswith(":"):
        return None
    closing = bool(
        re.search(
            r"(?:triển khai|thực hiện|phối hợp)[^,;]{0,60}[./\s]*$",
            fold(text),
        )
    )
    concrete = _has_deadline(context, paragraph)
    others = any(
        p.kind in _ITEM_KINDS and not p.annex
        for i, p in enumerate(layout.paragraphs)
        if opened_at is None or i > opened_at
    )
    if (closing and not concrete and others) or (others and not concrete):
        return None
    if closing and not concrete and len(text) < 230:
        return None
    if re.match(r"\W*(?:kinh (?:de nghi|mong|chuc)|tran trong)", key_of(text)) and not concrete:
        return None
    return _found(context, paragraph, party, "task.paragraph")


def _has_deadline(context: Context, paragraph: Paragraph) -> bool:
    text = context.body.text[paragraph.start : paragraph.end]
    return any(d.kind in ("due", "relative") for d in context.deadlines_in(text))


def _found(context: Context, paragraph: Paragraph, party: Party, rule: str) -> Found:
    flow = context.body
    start = paragraph.start
    if paragraph.kind == "article" and (marker := marker_of(flow.text[start : paragraph.end])):
        # "Điều 4." is the section's name; digits and letters of an item belong to its line.
        start += marker[2]
    elif paragraph.kind == "number" and (dashed := _DASHED_NUMBER.match(flow.text, start, paragraph.end)):
        # "2- Đảng đoàn Quốc hội …", "2.1. Hội …": the section says the number.
        start = dashed.end()
    elif paragraph.kind == "number" and (bare := BARE_NUMBER.match(flow.text[start : paragraph.end])):
        start += bare.end()
    text = _closed_numbers(one_line(flow.text[start : paragraph.end]), context.typed)
    section = None if rule == "task.paragraph" else paragraph.section
    if (paragraph.section or "").startswith("Điều"):
        party = listed_parties(party)
    names = list(party.names)
    if not context.typed:
        text, names = without_specks(text), [without_specks(name) for name in names]
    value = {"section": section, "text": text, "assignees": names, "deadline": None}
    return found(flow, paragraph.start, paragraph.end, rule, value, 0.9)


def _closed_numbers(text: str, typed: bool) -> str:
    """Numbers of documents that a line end or recognition tore apart, closed again ("2171/UBND- KTN")."""
    pieces, at = [], 0
    for number in find_numbers(text, typed=typed):
        if " " in number.raw and number.regime != "standard":
            pieces += [text[at : number.start], re.sub(r"\s+", "", number.raw)]
            at = number.end
    return "".join([*pieces, text[at:]])

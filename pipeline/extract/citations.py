"""Citations: every document that the text names, with issuer, title, relation and ``via``.

A mention (grammar of ``language.mentions``) is completed with what stands around it; mentions of one list share the
verb and, where it stands only once, the issuer; a mention inside another's title hangs under it (``via``); mentions of
the same number are one citation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from pipeline.extract.citation_governing import Cited, relate
from pipeline.extract.citation_relation import relation_of, strength
from pipeline.extract.citation_same import groups_of
from pipeline.extract.citation_tail import issuer_before, read_tail, title_value, told_before
from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.language.code_mending import known_group, mend_number, spells, with_type_code
from pipeline.language.mentions import Mention, find_mentions
from pipeline.language.numbers import Number, parse_number
from pipeline.layout import Flow, Zone
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.lexicon.fold import fold

_SENTENCE = re.compile(r"[.](?=\s+[A-ZĐÀ-Ỹ(“\"-])|\n")


def read_citations(context: Context, own_number: str | None) -> list[Found]:
    """Citations in order of first mention."""
    cited: list[Cited] = []
    subject = context.zone(Zone.SUBJECT).mended()
    if subject:
        cited += _in_flow(subject, context, deciding=True)
    cited += _in_flow(context.body, context, deciding=False)
    cited = [c for c in cited if not _is_own(c, own_number, context)]
    for item in cited:
        if item.mention.number is not None and not item.mention.number.serial:
            item.mention = replace(item.mention, number=None)  # "Báo cáo số …/BC-STP": not numbered yet
    return _merge(cited)


def _is_own(cited: Cited, own_number: str | None, context: Context) -> bool:
    """The document's own number (in an annex's note, in a page head) is no citation; nor is a draft's ký hiệu."""
    number = cited.mention.number
    before = fold(cited.flow.text[max(0, cited.mention.start - 60) : cited.mention.start])
    promulgates = bool(_PROMULGATING.search(before))
    if number is None:
        span = cited.mention.number_span
        if span is None:
            return cited.mention.law_name is None
        # "(Ban hành kèm theo Quyết định số: 7 /QĐ-UBND …)" whose serial could not be read.
        return promulgates and _same_code(cited.flow.text[slice(*span)], context)
    if not number.serial:
        return promulgates or _same_code(number.canonical, context) or not _somebody_elses(cited)
    if own_number and re.sub(r"\s", "", own_number).upper() == cited.key:
        return True
    return promulgates and _same_code(number.canonical, context)


_PROMULGATING = re.compile(r"kèm theo\s*(?:quyết\W*định\s*)?(?:số\W*)?$")


def _somebody_elses(cited: Cited) -> bool:
    """A blank number that is not yet known but whose document is: its type is named, and its issuer or its title."""
    named = cited.mention.doc_type is not None and cited.mention.type_span is not None
    return named and (cited.issuer is not None or cited.tail.title is not None)


def _same_code(canonical: str, context: Context) -> bool:
    """The ký hiệu of the document's own number line, when the serial could not be read."""
    line = context.zone(Zone.NUMBER).text
    code = re.sub(r"^[^/-]*[/-]", "", canonical)
    return bool(code) and re.sub(r"\W", "", key_of(code)) in re.sub(r"\W", "", key_of(line))


def _in_flow(flow: Flow, context: Context, deciding: bool) -> list[Cited]:
    text = flow.text
    mentions = find_mentions(text, typed=context.typed)
    if not context.typed:
        mentions = [_mended(flow, mention, context) for mention in mentions]
    mentions = [replace(m, number=with_type_code(m.number, m.doc_type)) if m.number else m for m in mentions]
    breaks = [match.start() for match in re.finditer(r"\n", text)] + [len(text)]
    cited: list[Cited] = []
    for at, mention in enumerate(mentions):
        limit = breaks[bisect_right(breaks, mention.end - 1)]
        following = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
        cited.append(Cited(flow, mention, read_tail(text, mention, following, limit)))
    _cut_titles(text, cited)
    relate(text, cited, context, deciding)
    for at, item in enumerate(cited):
        _issuer(text, cited, at, item)
        item.attached = _attached(text, item)
    _share_issuers(text, cited)
    if not context.typed:
        _confirm_codes(flow, cited)
    return cited


def _confirm_codes(flow: Flow, cited: list[Cited]) -> None:
    """Take an unknown code at its word when the issuer beside it has its letters ("TYV5": Chi cục Thú y vùng 5)."""
    unread: list[tuple[Cited, Number]] = []
    confirmed = set()
    for item in cited:
        span = item.mention.number_span
        if item.mention.number is not None or span is None or not _legible(flow, *span):
            continue
        number = parse_number(" ".join(flow.text[slice(*span)].split()), typed=True)
        if number is None or not number.groups or not all(known_group(g) for g in number.groups[1:]):
            continue
        unread.append((item, number))
        if item.issuer and spells(number.groups[0], flow.text[slice(*item.issuer)]):
            confirmed.add(number.groups[0])
    for item, number in unread:
        if number.groups[0] in confirmed:
            item.mention = replace(item.mention, number=number)


def _mended(flow: Flow, mention: Mention, context: Context) -> Mention:
    """A mention from a picture: its codes mended where one reading is left, its number dropped where none is."""
    if mention.number_span is None or (mention.number is not None and not mention.number.serial):
        return mention
    number = mention.number
    start, end = mention.number_span
    if not _legible(flow, start, end):
        return replace(mention, number=None)
    if after := _LETTERS_AFTER.match(flow.text, end):
        # Letters after a blank: the number was cut, unless they are the rest of its agency's code.
        whole = parse_number(flow.text[start:end] + after[1], typed=True)
        if whole is None or not all(known_group(group) for group in whole.groups):
            return mention
        return replace(mention, number=whole, number_span=(start, after.end()), end=max(mention.end, after.end()))
    if number is None:
        # The grammar abstained for a code that no agency has; if a known code fits it alone, that is the number.
        number = parse_number(" ".join(flow.text[start:end].split()), typed=True)
        if number is None or all(known_group(group) for group in number.groups):
            return mention
    number = mend_number(number, context.when, mention.doc_type)
    return mention if number is mention.number else replace(mention, number=number)


# A code that goes on after a space ("06/SL LLL-CNTT") was not read whole.
_BROKEN_OFF = re.compile(r"\s+[A-ZĐ1|!]{2,}\d*[-–][A-ZĐ]")
# Something stands between "số" and the number ("số: Š 1/TTr-UBND"): a digit of it was not read.
_BROKEN_ON = re.compile(r"\bs[ốôồoó]\s*[:.]?\s*[^\s:.]{1,2}\s+$", re.IGNORECASE)
UNSURE = 0.35  # confidence below which a number or a day was not read
# "06/2014/TT-TT CP ngày …".
_LETTERS_AFTER = re.compile(r"\s([A-ZĐ]{1,5})(?=\s*,|\s+(?:ngày|của|về)\b)")


def _legible(flow: Flow, start: int, end: int) -> bool:
    before = flow.text[max(0, start - 16) : start]
    broken = _BROKEN_OFF.match(flow.text, end) or _BROKEN_ON.search(before)
    return not broken and _least_confidence(flow, start, end) >= UNSURE


def _least_confidence(flow: Flow, start: int, end: int) -> float:
    known = [c for span in flow.locate(start, end) if (c := span.page.confidence_of(span.start, span.end)) is not None]
    return min(known, default=1.0)


def _cut_titles(text: str, cited: list[Cited]) -> None:
    """End a title where a sibling begins; hang a mention that stays inside a title under its owner."""
    for at, item in enumerate(cited):
        if item.tail.title is None:
            continue
        start, end = item.tail.title
        for later in cited[at + 1 :]:
            if later.mention.start >= end:
                break
            if not item.tail.quoted and _sibling(text, start, later) and not _named_in_title(cited, item, at, later):
                end = start + len(text[start : later.mention.start].rstrip(" ,;."))
                end = _without_joint(text, start, end)
                item.tail.title = (start, end) if end - start >= 4 else None
                item.tail.end = min(item.tail.end, end)
                break
            if later.parent is None:
                later.parent = item
    # A mention whose owner was itself cut off by a sibling before it hangs under nobody.
    for item in cited:
        if item.parent and (item.parent.tail.title is None or item.mention.start >= item.parent.tail.title[1]):
            item.parent = None


def _named_in_title(cited: list[Cited], item: Cited, at: int, later: Cited) -> bool:
    """ "… sửa đổi một số điều của Luật Nhà ở, Luật Đấu thầu và Luật Điện lực": laws that one title lists by name."""
    inside = [c for c in cited[at + 1 :] if c.parent is item]
    named = all(c.mention.law_name and c.mention.number is None and not c.mention.date for c in (*inside, later))
    return bool(inside) and item.mention.number is not None and named and later.mention.doc_type in ("luật", "bộ luật")


def _without_joint(text: str, start: int, end: int) -> int:
    """Drop "và", "và các", "cùng" and a type word of a shared list left at the end of a cut title."""
    match = re.search(r"(?:[\s,;]+(?:và|các|cùng|số|của))+$", text[start:end], re.IGNORECASE)
    return start + match.start() if match else end


def _sibling(text: str, title_start: int, later: Cited) -> bool:
    """Is ``later`` a member of the same list rather than a part of the title?

    After "và", "," or ";" the list goes on; after a verb or a preposition the title does ("thực hiện Chỉ thị số …").
    """
    before = text[title_start : later.mention.start]
    tail = fold(before[-24:])
    if re.search(r"[;]\s*(?:và\s+)?(?:các\s+)?$", tail):
        return True
    # "hướng dẫn Luật A và Nghị định B" would be one title; a mention with its own type and date is a sibling.
    return bool(re.search(r"(?:,|\bvà|\bcùng)\s*(?:các\s+)?(?:số\s*)?$", tail))


def _issuer(text: str, cited: list[Cited], at: int, item: Cited) -> None:
    item.issuer = item.tail.issuer
    if item.issuer is None:
        sentence = 0
        for match in _SENTENCE.finditer(text, 0, item.mention.start):
            sentence = match.end()
        since = max(sentence, item.mention.start - 140)
        item.issuer = issuer_before(text, item.mention.start, since)
        if item.issuer is None and (told := told_before(text, item.mention.start, since)):
            item.issuer = told.issuer
            if item.mention.date is None and item.tail.date is None:
                item.tail.date, item.tail.date_at = told.date, told.date_at


def _share_issuers(text: str, cited: list[Cited]) -> None:
    """ "Kế hoạch số A và Chỉ thị số B của X": the issuer after the last member belongs to the members before."""
    for at in range(len(cited) - 2, -1, -1):
        item, later = cited[at], cited[at + 1]
        if item.issuer is not None or later.issuer is None or later.parent is not None or item.parent is not None:
            continue
        if later.tail.issuer is None:
            continue
        gap = text[max(item.tail.end, item.mention.end) : later.mention.start]
        if re.fullmatch(r"[\s,”\"]*(?:và|,|cùng)?\s*(?:các\s+)?(?:số\s*)?", gap, re.IGNORECASE) and _same_issuing(
            item, later
        ):
            item.issuer = later.issuer


def _same_issuing(a: Cited, b: Cited) -> bool:
    """Both numbers carry the same agency code, so that one issuer can serve both."""
    one, two = a.mention.number, b.mention.number
    if one is None or two is None or not one.groups or not two.groups:
        return False
    return one.groups[0] == two.groups[0]


def _attached(text: str, item: Cited) -> bool:
    end = max(item.tail.end, item.mention.end)
    after = fold(text[end : end + 45])
    before = fold(text[max(0, item.mention.start - 30) : item.mention.start])
    cue = cue_pattern("attached.cues")
    if re.match(r"[\s,]*\(\s*(?:\w+\s+){0,2}(?:" + cue.pattern + r")", after):
        return True
    if re.search(r"\(\s*(?:\w+\s+){0,2}(?:" + cue.pattern + r")\s*(?:các\s+)?$", before):
        return True
    # "(Gửi kèm: dự thảo Đề án; Báo cáo số …)": a bracket that lists what is enclosed.
    opened = text.rfind("(", max(0, item.mention.start - 300), item.mention.start)
    inside = opened >= 0 and ")" not in text[opened : item.mention.start]
    return inside and bool(re.match(r"\(\s*(?:" + cue.pattern + r")\s*:", fold(text[opened : item.mention.start])))


def _merge(cited: list[Cited]) -> list[Found]:
    groups = groups_of(cited)
    numbered = {
        key for key, items in groups.items() if items[0].mention.number is not None or items[0].mention.number_span
    }
    results = []
    for key, items in groups.items():
        if key not in numbered and all(_unnumbered_in_law_title(item) for item in items):
            continue
        results.append(_finish(items))
    return results


def _unnumbered_in_law_title(item: Cited) -> bool:
    """A law named inside the title of a law cited by name alone is left out (conventions of the record)."""
    return item.parent is not None and item.parent.mention.number is None


def _finish(items: list[Cited]) -> Found:
    """One citation of all its mentions; the first that says something says it."""
    value: dict[str, object] = {
        "doc_type": None, "number": None, "raw_number": None, "date": None, "issuer": None,
        "title": None, "relation": "refers_to", "via": None, "attached": any(item.attached for item in items),
    }  # fmt: skip
    parts: dict[str, Found] = {}

    def put(name: str, item: Cited, extent: tuple[int, int] | None, new: object, rule: str, certainty: float) -> None:
        if value[name] is None and new is not None:
            value[name] = new
            if extent is not None:
                parts[name] = found(item.flow, *extent, rule, new, certainty)

    for item in items:
        # A law bears its name whether its number is given or not; only a law of amendments is told by what follows.
        mention = item.mention
        if mention.law_name:
            put("title", item, (mention.start, mention.end), mention.law_name, "citation.law-name", 0.95)
    for item in items:
        mention, text = item.mention, item.flow.text
        put(
            "doc_type", item, mention.type_span or (mention.start, mention.end), mention.doc_type, "citation.type", 0.98
        )
        if mention.number is not None:
            put("number", item, mention.number_span, mention.number.canonical, "citation.number", 0.98)
            put("raw_number", item, mention.number_span, one_line(mention.number.raw), "citation.number", 0.98)
        elif mention.number_span is not None and value["raw_number"] is None:
            # A number stands there and cannot be read for certain: its ink is shown, its value stays null.
            value["raw_number"] = one_line(text[slice(*mention.number_span)])
            parts["raw_number"] = found(
                item.flow, *mention.number_span, "citation.number-doubtful", status="unreadable"
            )
        if mention.date_span is not None and _least_confidence(item.flow, *mention.date_span) < UNSURE:
            if value["date"] is None:
                parts["date"] = found(item.flow, *mention.date_span, "citation.date-doubtful", status="unreadable")
        else:
            put("date", item, mention.date_span, mention.date, "citation.date", 0.98)
        put("date", item, item.tail.date_at, item.tail.date, "citation.date-after-issuer", 0.96)
        if item.issuer:
            put("issuer", item, item.issuer, one_line(text[item.issuer[0] : item.issuer[1]]), "citation.issuer", 0.95)
        if item.tail.title:
            put("title", item, item.tail.title, title_value(text, item.tail.title), "citation.title", 0.93)
    best = min(items, key=lambda item: strength(item.relation[0]) if item.relation else 99)
    owner = items[0].parent if all(item.parent for item in items) else None
    if owner is not None and owner.mention.number is not None:
        value["via"] = owner.mention.number.canonical
        parts["via"] = found(owner.flow, owner.mention.start, owner.mention.end, "citation.via", value["via"], 0.95)
        since = owner.tail.title[0] if owner.tail.title else 0
        verb = relation_of(items[0].flow.text, items[0].mention.start, True, since)
        if verb:
            value["relation"] = verb[0]
            parts["relation"] = found(items[0].flow, verb[1], verb[2], f"relation.{verb[0]}", verb[0], 0.9)
    elif best.relation is not None:
        value["relation"] = best.relation[0]
        parts["relation"] = found(
            best.flow, best.relation[1], best.relation[2], f"relation.{best.relation[0]}", best.relation[0], 0.92
        )
    spans = tuple(s for item in items for s in item.flow.locate(item.mention.start, item.mention.end))
    return Found(value, spans, "citation.mention", 0.97, "extracted", parts)

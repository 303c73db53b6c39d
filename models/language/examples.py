"""Examples of the three questions, each with the answer of the rules on the same document.

An example never carries the name of a person that the repository does not hold already: relations and tasks of scans
are annotated by the head of the item or the number cited, and their texts are read from the shared material.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from models.language.documents import Part, annotated, group_of
from pipeline.extract.citations import read_citations
from pipeline.extract.found import Found, one_line
from pipeline.extract.tasks import read_tasks
from pipeline.language.agencies_in_text import find_agencies
from pipeline.language.mentions import find_mentions
from pipeline.language.names import find_person_names, is_person_name
from pipeline.layout import Span
from pipeline.layout.outline import marker_of
from pipeline.lexicon.cues import key_of
from pipeline.lexicon.fold import fold, squash
from pipeline.lexicon.positions import positions

__all__ = ["Example", "relation_examples", "span_examples", "task_examples"]

CITED, OTHER = "XCITEDX", "XDOCX"  # words that no text holds, for the citation in question and for others beside it
LEFT, RIGHT = 200, 400  # characters looked at before and after a citation
_STOP = re.compile(r"[.;:](?=\s)|\n\s*\n|^\W*(?:Điều|Chương)\s+\d+", re.MULTILINE)
_LISTED = re.compile(r"\s*(?:\d{1,2}[.)]|[a-zđ]\)|[-+])\s")
_OPENS = re.compile(r"([^\n]{4,}):[ \t]*$", re.MULTILINE)


@dataclass(slots=True)
class Example:
    """One decision.

    ``texts``: what a model reads; a document cited several times has several and the strongest answer counts.
    ``label``: the annotator's answer, ``rule``: that of the rules, both a label or, for spans, lists of
    ``[start, end, label]``.  ``sure``: the rules found a cue and did not fall back on their default.
    """

    id: str
    group: str
    origin: str
    texts: list[str]
    label: Any
    rule: Any
    sure: bool = True

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


# --- relation of a citation ---


def relation_examples(parts: Iterable[Part]) -> list[Example]:
    """One example for each citation that the rules find and an annotator gave a relation.

    Citations that only one of the two has are left out: both answers need the same citation.
    """
    found = []
    for part in parts:
        if part.record is None and not part.relations:
            continue
        own = part.record["number"] if part.record else part.name
        for at, item in enumerate(read_citations(part.context, own)):
            label, origin = _relation_label(part, item)
            if label is None:
                continue
            texts = [around(span) for span in item.spans]
            found.append(
                Example(
                    f"{part.name}/citations/{at}", group_of(part.issuer), origin, list(dict.fromkeys(texts))[:4],
                    label, item.value["relation"], "relation" in item.parts,
                )
            )  # fmt: skip
    return found


def _relation_label(part: Part, item: Found) -> tuple[str | None, str]:
    """The annotator's relation and the kind of document; the second sample of the database was drawn last."""
    number, title = item.value["number"], item.value["title"]
    if part.relations:
        key = re.sub(r"\s+", "", number).upper() if number else squash(title or "")
        label, sample = part.relations.get(key, (None, 1))
        return label, part.origin if sample == 1 else f"{part.origin}, sample {sample}"
    assert part.record is not None
    for cited in part.record["citations"]:
        if number and cited["number"]:
            if re.sub(r"\s+", "", number).upper() == re.sub(r"\s+", "", cited["number"]).upper():
                return str(cited["relation"]), part.origin
        elif not number and not cited["number"] and _alike(title or "", cited["title"] or ""):
            return str(cited["relation"]), part.origin
    return None, part.origin


def _alike(a: str, b: str) -> bool:
    return SequenceMatcher(None, fold(a), fold(b), autojunk=False).ratio() >= 0.8


def around(span: Span) -> str:
    """What a model reads of a citation: the sentence that opens its list, its clause before it, and what follows.

    Of a long rest of the sentence the end is kept too: there stands "… hết hiệu lực kể từ ngày …".
    """
    text = span.page.text
    left = text[max(0, span.start - LEFT) : span.start]
    start = max((m.end() for m in _STOP.finditer(left) if len(left) - m.end() > 3), default=0)
    right = text[span.end : span.end + RIGHT]
    end = re.search(r";|\n\s*\n|[.](?=\s+[A-ZĐÀ-Ỹ\d])|[.]\s*$", right)
    right = right[: end.start()] if end else right
    return clause(left[start:], right, opening(text, span.start))


def opening(text: str, at: int) -> str:
    """The end of the line that opens the list in which the line of ``at`` is an item; "" outside lists."""
    line = text.rfind("\n", 0, at) + 1
    if not _LISTED.match(text, line):
        return ""
    for found in reversed(list(_OPENS.finditer(text, max(0, line - 6000), line))):
        return found.group(1)[-80:]
    return ""


def clause(left: str, right: str, head: str = "") -> str:
    """The two sides of a citation as a model reads them."""
    right = _masked(right)
    if len(right) > 130:
        right = f"{right[:60]} … {right[-60:]}"
    return one_line(f"{_masked(head)} XHEADX {_masked(left)} {CITED} {right}")


def _masked(text: str) -> str:
    for mention in reversed(find_mentions(text, typed=True)):
        text = f"{text[: mention.start]} {OTHER} {text[mention.end :]}"
    return re.sub(r"\d+", "0", text)


# --- task or not ---


def task_examples(parts: Iterable[Part]) -> list[Example]:
    """One example for each paragraph of the body (no annex) that a clerk could enter as a task, ``"task"`` or not."""
    found = []
    for part in parts:
        if part.tasks is not None:
            wanted, unsure = part.tasks["tasks"], part.tasks["undecided"]
        elif part.record is not None and part.record.get("tasks") is not None:
            wanted = [task.get("starts") or task["text"] for task in part.record["tasks"]]
            unsure = []
        else:
            continue
        layout = part.context.layout
        by_rule = {_head(task.value["text"]) for task in read_tasks(part.context)}
        yes, maybe = {_head(text) for text in wanted}, {_head(text) for text in unsure}
        for at, paragraph in enumerate(layout.paragraphs):
            text = one_line(layout.paragraph_text(at))
            head = _head(text)
            if paragraph.annex or len(re.sub(r"\W", "", text)) < 12 or _starts(head, maybe):
                continue
            found.append(
                Example(
                    f"{part.name}/paragraphs/{at}", group_of(part.issuer), part.origin, [_item(part, at)],
                    "task" if _starts(head, yes) else "other", "task" if _starts(head, by_rule) else "other",
                )
            )  # fmt: skip
    return found


def _head(text: str) -> str:
    """The first words of an item without its marker and without marks, which recognition loses and mends."""
    marker = marker_of(text)
    return re.sub(r"\W+", " ", key_of(text[marker[2] if marker else 0 :])).strip()[:40]


def _starts(head: str, heads: set[str]) -> bool:
    return any(_same_head(head, one) for one in heads if one)


def _same_head(a: str, b: str) -> bool:
    if min(len(a), len(b)) <= 12:
        return a == b
    size = min(len(a), len(b))
    return fuzz.ratio(a[:size], b[:size]) >= 88


def _item(part: Part, at: int) -> str:
    """Kind of the paragraph, the end of the heading over it, its own beginning and end."""
    layout = part.context.layout
    paragraph = layout.paragraphs[at]
    over = one_line(layout.paragraph_text(paragraph.parent)) if paragraph.parent is not None else ""
    text = one_line(layout.paragraph_text(at))
    body = text if len(text) <= 260 else f"{text[:200]} … {text[-60:]}"
    return re.sub(r"\d+", "0", f"X{paragraph.kind.upper()}X {over[-90:]} XOVERX {_masked(body)}")


# --- persons, positions, units ---


def span_examples() -> list[Example]:
    """The annotated lines of ``data/spans.jsonl``."""
    return [
        Example(
            f"{line['document']}/{at}", group_of(line["issuer"]), "line", [line["text"]], line["spans"],
            rule_spans(line["text"]),
        )
        for at, line in enumerate(annotated("spans.jsonl"))
    ]  # fmt: skip


def rule_spans(text: str) -> list[list[Any]]:
    """What the grammars and lexicons of ``pipeline.language`` find in a line: ``[start, end, label]`` in order.

    The lexicon counts offices ("Chủ tịch UBND tỉnh") as agencies: here the title is a position and the rest a unit,
    as the annotation has it.
    """
    found: list[list[Any]] = [[name.start, name.end, "PERSON"] for name in find_person_names(text)]
    if not found and is_person_name(text) >= 0.5:
        found.append([0, len(text), "PERSON"])
    titles = [(a, b) for a, b in _titles(text) if not any(a < f[1] and f[0] < b for f in found)]
    for agency in find_agencies(text):
        pieces = [(agency.start, agency.under.start if agency.under else agency.end, agency.plural)]
        if agency.under:
            pieces.append((agency.under.start, agency.under.end, agency.under.plural))
        for start, end, plural in pieces:
            held = next((b for a, b in titles if a == start), None)
            start = held if held is not None else start
            body = re.sub(r"(?:\s|,|–|-|\bthuộc\b|\bcủa\b)+$", "", text[start:end])
            lead = len(body) - len(body.lstrip())
            if not plural and body.strip():
                found.append([start + lead, start + len(body), "UNIT"])
    units = [f for f in found if f[2] == "UNIT"]
    found += [[a, b, "POSITION"] for a, b in titles if not any(u[0] <= a and b <= u[1] for u in units)]
    return sorted(found)


# First words of a body inside a title.
_BODIES = (["ủy", "ban"], ["ubnd"], ["hội", "đồng"], ["hđnd"], ["cơ", "quan"], ["đơn", "vị"])


@cache
def _position_words() -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(squash(name).split()) for item in positions("position") for name in (item.name, *item.abbreviations)
    )


def _titles(text: str) -> list[tuple[int, int]]:
    """Longest titles of the lexicon, as written there, that begin with a capital."""
    words = list(re.finditer(r"[^\W\d_]+", text))
    keys = [squash(word.group()) for word in words]
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        for last in range(min(len(words), at + 6), at, -1):
            apart = text[words[at].start() : words[last - 1].end()]
            if words[at].group()[0].isupper() and tuple(keys[at:last]) in _position_words() and "," not in apart:
                # "Chủ tịch Ủy ban nhân dân" is one title in the lexicon; the annotation parts title and body.
                inner = range(at + 1, last)
                body = next((n for n in inner if keys[n : n + 2] in _BODIES or keys[n : n + 1] in _BODIES), last)
                found.append((words[at].start(), words[body - 1].end()))
                at = last - 1
                break
        at += 1
    return found

"""The two lists of names on a document: "Kính gửi" (ô số 9a) and "Nơi nhận" (ô số 9b) with "Lưu"."""

from __future__ import annotations

import itertools
import re
from functools import cache

from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.layout import Flow, PageLine, Zone
from pipeline.layout.side_notes import SideNote, notes_beside
from pipeline.layout.signs import is_archive, is_recipients
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.lexicon.purposes import purpose_of

_BULLET = re.compile(r"^[\s\"'‘’“”`|]*[-–—−+•*·~_]+[\s_\-.]*")
_TAIL = " \t.;,:-–—_/|!"
_PAREN = re.compile(r"\(([^()]*)\)\s*$")
_BRACE = re.compile(r"\s*[}\]]\s*(?:\(([^()]*)\))?\s*$")


def _items(flow: Flow, start: int) -> list[tuple[int, int]]:
    """Offsets of list items from ``start``: a bullet begins one; without bullets a line after ";" does."""
    items: list[list[int]] = []
    bulleted = any(_BULLET.match(flow.text[a:b]) for a, b in flow.lines() if a >= start)
    commas = bulleted and _ends_with_commas(flow, start)
    for a, b in flow.lines():
        if b <= start:
            continue
        a = max(a, start)
        text = flow.text[a:b]
        if len(re.sub(r"\W", "", text)) < 2:
            continue
        bullet = _BULLET.match(text)
        if bullet:
            items.append([a + bullet.end(), b])
        elif not items:
            items.append([a, b])
        else:
            above = flow.text[items[-1][0] : items[-1][1]].rstrip()
            fresh = (
                above.endswith((";", ".", ",") if commas else (";", "."))
                if bulleted
                else above.endswith(";") or _aligned(flow, items[0][0], items[-1][1], a, b)
            )
            if fresh and not text.strip()[:1].islower():
                items.append([a, b])
            else:
                items[-1][1] = b
    return [(a, b) for a, b in items]


def _ends_with_commas(flow: Flow, start: int) -> bool:
    """The Party's lists end their items with commas: what stands before the dashes shows it."""
    lines = [flow.text[a:b] for a, b in flow.lines() if a >= start]
    ends = [above.rstrip()[-1:] for above, line in itertools.pairwise(lines) if _BULLET.match(line)]
    return ends.count(",") >= 2 and ";" not in ends


def _aligned(flow: Flow, first: int, above_end: int, start: int, end: int) -> bool:
    """Without dashes and semicolons a line begins an item when it stands under the first and the one above is short."""
    if not flow.text[start:end].strip()[:1].isupper():
        return False
    boxes = [
        span.boxes[0]
        for span in (*flow.locate(first, first + 2), *flow.locate(above_end - 2, above_end), *flow.locate(start, end))
        if span.boxes
    ]
    if len(boxes) != 3:
        return False
    head, above, line = boxes
    return abs(head[0] - line[0]) < 0.012 and above[2] < 0.8


@cache
def _particulars() -> re.Pattern[str]:
    """Lines that say where an addressee is and not who ("Địa chỉ: …", "Mã số thuế: …")."""
    return re.compile(r"\n\W*" + cue_pattern("header.particulars", marks=False).pattern + r"\s*[:.]")


def _trimmed(flow: Flow, start: int, end: int) -> tuple[int, int]:
    text = flow.text[start:end]
    start += len(text) - len(text.lstrip(" \t\"'‘’_"))
    return start, start + len(flow.text[start:end].rstrip(_TAIL))


def read_addressees(context: Context) -> list[Found]:
    """Addressees, one Found each."""
    flow = context.zone(Zone.ADDRESSEES).mended()
    if not flow:
        return []
    key = key_of(flow.text)
    lead = re.match(r"\W{0,3}" + cue_pattern("header.addressees", marks=False).pattern + r"\s*[:;.]*\s*", key)
    start = lead.end() if lead else 0
    if lead is None and (head := re.match(r"[^\n]*\bdien\s*:\s*", key)):
        start = head.end()
    found_items = []
    items = _items(flow, start)
    if len(items) == 1 and not _BULLET.match(flow.text[start:]):
        items = _parted(flow, *items[0])
    for a, b in items:
        if stop := _particulars().search(key, a, b):
            b = stop.start()
        a, b = _trimmed(flow, a, b)
        if b - a >= 3:
            found_items.append(found(flow, a, b, "addressees.list", certainty=0.96))
    return found_items


def _parted(flow: Flow, start: int, end: int) -> list[tuple[int, int]]:
    """ "Kính gửi: Sở Nội vụ; Sở Tài chính.": several on one line, each with a capital after the semicolon."""
    cuts = [start, *(start + m.end() for m in re.finditer(r";\s+(?=[A-ZĐÀ-Ỹ])", flow.text[start:end])), end]
    return list(itertools.pairwise(cuts))


def read_recipients(context: Context) -> tuple[list[Found], list[Found]]:
    """Distribution (dicts of name and purpose) and archive (strings)."""
    lines = context.layout.lines_of(Zone.RECIPIENTS)
    notes = notes_beside(lines)
    aside = [line for note in notes for line in note.lines]
    flow = Flow.of_lines(line for line in lines if line not in aside).mended()
    if not flow:
        return [], []
    start = _after_lead(flow.text)
    distribution: list[Found] = []
    archive: list[Found] = []
    braced: list[int] = []
    for a, b in _items(flow, start):
        text = flow.text[a:b]
        if is_archive(text):
            archive += _archive(flow, a, b)
            continue
        if archive and not re.search(r"\w{2}", text):
            continue
        brace = _BRACE.search(text)
        note = None
        if brace:
            note = brace.group(1)
            b = a + brace.start()
        item = _recipient(flow, a, b, note, misread=not context.typed)
        if item is None:
            continue
        if item.value["purpose"] is None:
            item.value["purpose"] = _purpose_beside(
                notes, [line for line in lines if any(span.meets(line.span) for span in item.spans)]
            )
        if brace:
            braced.append(len(distribution))
        distribution.append(item)
    # A brace over several lines carries its note once.
    shared = {distribution[at].value["purpose"] for at in braced} - {None}
    if len(shared) == 1:
        purpose = shared.pop()
        for at in braced:
            distribution[at].value["purpose"] = purpose
    return distribution, archive


def _after_lead(text: str) -> int:
    """Where the list begins after "Nơi nhận:", however it was read."""
    lead = re.match(r"\W{0,3}" + cue_pattern("closing.recipients", marks=False).pattern + r"\s*[:;.]*\s*", key_of(text))
    if lead:
        return lead.end()
    first = text.split("\n", 1)[0]
    return first.index(":") + 1 if ":" in first and is_recipients(first) else 0


def _purpose_beside(notes: list[SideNote], lines: list[PageLine]) -> str | None:
    """The purpose of the one note that stands at the height of a recipient's lines."""
    purposes = {note.purpose for note in notes if any(note.beside(line) for line in lines)}
    return purposes.pop() if len(purposes) == 1 else None


def _recipient(flow: Flow, start: int, end: int, note: str | None, *, misread: bool) -> Found | None:
    a, b = _trimmed(flow, start, end)
    if b - a < 2:
        return None
    purpose = purpose_of(note, misread=misread) if note else None
    paren = _PAREN.search(flow.text[a:b])
    if purpose is None and paren and (purpose := purpose_of(paren.group(1), misread=misread)):
        b = a + len(flow.text[a : a + paren.start()].rstrip(_TAIL))
    elif purpose is None and not paren and (tail := re.search(r"\s+[-–]?\s*(b/c|t/h|p/h)\W*$", flow.text[a:b])):
        purpose = purpose_of(tail.group(1))
        b = a + len(flow.text[a : a + tail.start()].rstrip(_TAIL))
    name = one_line(flow.text[a:b])
    if len(name) < 2:
        return None
    return found(flow, a, b, "distribution.list", {"name": name, "purpose": purpose}, 0.95)


def _archive(flow: Flow, start: int, end: int) -> list[Found]:
    text = flow.text[start:end]
    lead = re.match(r"\W*\w+\s*[:;.,]*\s*", text)
    at = start + (lead.end() if lead else 0)
    items = []
    for match in re.finditer(r"(?:[^,;()]|\([^()]*\))+", flow.text[at:end]):
        a, b = _trimmed(flow, at + match.start(), at + match.end())
        if b > a and re.search(r"\w", flow.text[a:b]):
            items.append(found(flow, a, b, "archive.list", certainty=0.95))
    return items

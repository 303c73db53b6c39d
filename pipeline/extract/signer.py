"""Who signed, in what capacity (ô số 7): the chain of authority, the position, the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.language.names import clean_person_name, is_person_name, may_lack_family_name
from pipeline.language.syllables import is_syllable
from pipeline.layout import Flow, Zone
from pipeline.layout.signs import is_upper
from pipeline.lexicon.fold import fold, strip_marks
from pipeline.lexicon.positions import position_named, positions
from pipeline.read.model import Box
from pipeline.read.signature_lines import NAME_LIKENESS, Capacity, capacity_of, deputy_of, ends_in_position, letters_of

_NOISE = " .,;:*-–—_'\"|~^`/\\"


def read_signer(context: Context) -> Found | None:
    """The signer as a dict of name, position, authority, on_behalf_of; None when no name and no position stands."""
    flow = context.zone(Zone.SIGNATURE)
    if not flow:
        return None
    authorities: list[_Title] = []
    held: list[_Title] = []
    names: list[tuple[float, str, int, int]] = []
    lines: list[tuple[str, int, int]] = []
    for start, end in _pieces(flow):
        raw = flow.text[start:end]
        text = raw.strip(" \t")
        at = start + raw.index(text) if text else start
        if not text:
            continue
        said = capacity_of(text)
        lines.append((text, at, at + len(text)))
        if said is None:
            continue
        if said.kind == "authority":
            authorities.append(_Title(said, text[said.rest_at :], at, at + len(text)))
        elif said.kind == "position":
            held.append(_Title(said, text, at, at + len(text)))
        else:
            names.append((said.fit, text, at, at + len(text)))
    if context.typed:
        authorities, held = _own_block(names, authorities, held)
    return _with_certificate(context, _assemble(flow, authorities, held, names, lines))


def _pieces(flow: Flow) -> Iterator[tuple[int, int]]:
    """Offsets of lines, and of the parts of a line on which two people sign side by side."""
    for start, end in flow.lines():
        at = start
        for gap in _SIDE_BY_SIDE.finditer(flow.text, start, end):
            yield at, gap.start()
            at = gap.end()
        yield at, end


_SIDE_BY_SIDE = re.compile(r"(?<=[^\W\d_])(?:[ \u00a0]{4,}|[ \u00a0]*\t[ \t\u00a0]*)(?=[^\W\d_])")


def _own_block(
    names: list[tuple[float, str, int, int]], authorities: list[_Title], held: list[_Title]
) -> tuple[list[_Title], list[_Title]]:
    """Of a joint document signed one under the other, the capacity of the last signer alone."""
    sure = [name for name in names if name[0] >= _SURE_NAME]
    if len(sure) < 2:
        return authorities, held
    floor, last = sure[-2][3], sure[-1][2]
    own = [[title for title in titles if floor <= title.start < last] for titles in (authorities, held)]
    return (own[0], own[1]) if any(own) else (authorities, held)


_SURE_NAME = 0.9


@dataclass(frozen=True, slots=True)
class _Title:
    said: Capacity
    text: str  # without the prefix
    start: int
    end: int

    @property
    def name(self) -> str:
        return _near_cased(self.text, self.said.position)


def _assemble(
    flow: Flow,
    authorities: list[_Title],
    held: list[_Title],
    names: list[tuple[float, str, int, int]],
    lines: list[tuple[str, int, int]],
) -> Found | None:
    if not (authorities or held or names):
        return None
    value: dict[str, str | None] = {"name": None, "position": None, "authority": None, "on_behalf_of": None}
    parts: dict[str, Found] = {}

    def put(field: str, title: _Title, rule: str, text: str | None, certainty: float, inferred: bool = False) -> None:
        value[field] = text
        status: Literal["extracted", "inferred"] = "inferred" if inferred else "extracted"
        parts[field] = found(flow, title.start, title.end, rule, text, certainty, status)

    if authorities and authorities[-1].said.prefix == "Q." and not held:
        # "Q. CHỦ TỊCH": who signs holds the office for the time being, and signs for nobody else.
        put("position", authorities[-1], "signer.position", authorities[-1].name, 0.96)
    if authorities:
        first, last = authorities[0], authorities[-1]
        value["authority"] = " ".join(str(title.said.prefix) for title in authorities)
        parts["authority"] = found(flow, first.start, last.end, "signer.authority", value["authority"], 0.97)
        if first.said.prefix != "Q.":
            put("on_behalf_of", first, "signer.authority", first.name, 0.96)
    head = _head_above(held, lines) if not any(t.said.prefix == "KT." for t in authorities) else None
    if head is not None and not authorities:
        # A deputy signs "KT." and nothing else (Nghị định 30/2020, Điều 13): the prefix is by hand or under a stamp.
        put("authority", head, "signer.deputy", "KT.", 0.93, inferred=True)
        put("on_behalf_of", head, "signer.deputy", head.name, 0.93, inferred=True)
        held = [title for title in held if title is not head]
    if len(held) == 1 and not authorities and head is None and _pen_before(flow, held[0].start):
        # "✍ CHỦ TỊCH": the authority ("KT.") was added by hand, so the line names whom somebody signed for.
        put("on_behalf_of", held[0], "signer.pen-authority", held[0].name, 0.8)
        held = []
    if held:
        title = held[-1]
        deputy = _covered_deputy(title, authorities, head)
        if deputy:
            put("position", title, "signer.deputy", deputy, 0.93, inferred=True)
        else:
            put("position", title, "signer.position", title.name, 0.96)
    if names:
        # The name is the last line; above it stand initials, notes and what OCR makes of the signature.
        best = max(score for score, *_ in names)
        _, text, start, end = next(n for n in reversed(names) if n[0] >= best - 0.15)
        name = clean_person_name(text)
        item = found(flow, start, end, "signer.name", name, 0.97)
        if _doubtful(item, text):
            item.value, item.status, item.alternatives = None, "unreadable", (name,)
        else:
            value["name"] = name
        parts["name"] = item
    spans = tuple(span for part in parts.values() for span in part.spans)
    return Found(value, spans, "signer.block", None, "extracted", parts)


def _head_above(held: list[_Title], lines: list[tuple[str, int, int]]) -> _Title | None:
    """The head's title right over its deputy's: "CHỦ TỊCH" over "PHÓ CHỦ TỊCH", or over one whose "PHÓ" is covered."""
    if not held:
        return None
    last = held[-1]
    position = last.said.position
    for title in held[:-1]:
        if title.said.position and position in (deputy_of(title.said.position), title.said.position):
            return title
    if position is None:
        return None
    above = [line for line in lines if line[2] <= last.start]
    heads = [p.name for p in positions("position") if deputy_of(p.name) == position]
    if above and len(heads) == 1:
        text, start, end = above[-1]
        if is_upper(text, 0.7) and ends_in_position(text, heads[0]):
            return _Title(Capacity("position", 0.6, position=heads[0]), heads[0], start, end)
    return None


def _covered_deputy(title: _Title, authorities: list[_Title], head: _Title | None) -> str | None:
    """The "Phó Giám đốc" of "GIÁM ĐỐC" under "KT. GIÁM ĐỐC": nobody signs for himself, so a stamp covers the "PHÓ"."""
    over = head.said.position if head else next(
        (t.said.position for t in reversed(authorities) if t.said.prefix == "KT."), None
    )  # fmt: skip
    return deputy_of(over) if over and title.said.position == over else None


LEAST_PREFIX = 0.009  # of the page's width: "KT." by hand; what a flourish leaves on a letter is narrower

# Below this a recognised name is as often wrong as right: the clerk is shown it as a suggestion.
SURE_NAME, SURE_PICTURED = 0.62, 0.9
KNOWN_FAMILY = 0.65  # likeness of a name whose family name is known with its marks


def _doubtful(item: Found, text: str) -> bool:
    """A recognised name that is not sure, or whose family name is none: a stroke may have taken its marks."""
    for span in item.spans:
        confidence = span.page.confidence_of(span.start, span.end)
        if confidence is not None and (is_person_name(text) < KNOWN_FAMILY or may_lack_family_name(text)):
            return True
        # A name that a digital page shows only as a picture is small and coloured.
        least = SURE_PICTURED if span.page.source == "text-layer" else SURE_NAME
        if confidence is not None and confidence < least:
            return True
    return False


def _pen_before(flow: Flow, at: int) -> bool:
    """Pen strokes the size of letters right before a word on its own line.

    A signature that runs over the title as well wrote no "KT." before it.
    """
    for span in flow.locate(at, at + 3):
        for box in span.boxes:
            strokes = [ink.box for ink in span.page.ink if ink.kind == "pen"]
            if any(_stands_before(stroke, box) for stroke in strokes):
                return not any(_runs_over(stroke, box) for stroke in strokes)
    return False


_GAP, _TOUCH = 0.03, 0.006  # of the page's width: how far such strokes may stand off, and how far reach in


def _stands_before(stroke: Box, word: Box) -> bool:
    height = word[3] - word[1]
    level = min(word[3], stroke[3]) - max(word[1], stroke[1]) > 0.5 * height
    near = word[0] - _GAP < stroke[2] <= word[0] + _TOUCH
    return level and near and stroke[3] - stroke[1] < 2.5 * height and stroke[2] - stroke[0] > LEAST_PREFIX


def _runs_over(stroke: Box, word: Box) -> bool:
    height = word[3] - word[1]
    level = min(word[3], stroke[3]) - max(word[1], stroke[1]) > 0.25 * height
    return level and stroke[0] < word[2] and stroke[2] > word[0] + _TOUCH


ALIKE = 0.75  # likeness of two readings of one name


def _with_certificate(context: Context, signer: Found | None) -> Found | None:
    """A digital signature's own name, where the page shows it, or no name that can be read.

    A recognised name gives way to the certificate that is spelled like it.  One that is read for certain and is
    another's stays, since a file may be signed by the clerk who sends it.
    """
    if signer is None:
        return None
    people = [s["name"] for s in context.source.signatures if is_person_name(s["name"]) >= NAME_LIKENESS]
    printed = signer.parts.get("name")
    recognised = printed is not None and any(
        word.confidence is not None for span in printed.spans for word in span.page.words_in(span.start, span.end)
    )
    if not people or (printed is not None and not recognised):
        return signer
    said = [printed.value or "", *(printed.alternatives or ())] if printed is not None else []
    same = [person for person in people if any(_likeness(person, one) >= ALIKE for one in said if one)]
    if not same and printed is not None and printed.value:
        return signer
    name = clean_person_name((same or people)[0])
    last = context.layout.pages[-1]
    signer.value["name"] = name
    signer.parts["name"] = Found(
        name, (), "signer.certificate", 0.99 if same else 0.9, ink=((last.number, (0.0, 0.0, 1.0, 1.0)),),
        source="signature",
    )  # fmt: skip
    return signer


def _likeness(one: str, other: str) -> float:
    """Of two names without their marks, 0 to 1."""
    plain = [strip_marks(fold(clean_person_name(name) or "")) for name in (one, other)]
    return Levenshtein.normalized_similarity(*plain)


def _near_cased(text: str, near: str | None) -> str:
    """A title in ordinary case; the lexicon's spelling for the words of ``near``, the tail as it was read."""
    cased = _cased_position(text)
    if near is None:
        return cased
    # A line that says the same but for lost marks or a letter; longer lines keep their words.
    key = letters_of(near)
    if Levenshtein.distance(key, letters_of(cased)) <= 1:
        return near
    end = next((at for at in range(len(text) + 1) if letters_of(text[:at]) == key), None)
    if end is None or not is_upper(text, 0.7):
        return cased
    return near + _cased_tail(text[end:].rstrip(_NOISE))


def _cased_position(text: str) -> str:
    """Capitals → "Phó Giám đốc", "Trưởng phòng TC, HC, TT, TL"."""
    text = one_line(text).strip(_NOISE)
    known = position_named(text)
    if known and fold(known.name) == fold(text):
        return known.name
    if not is_upper(text, 0.7):
        return text
    if known and fold(text).startswith(fold(known.name)):
        tail = text[len(known.name) :]
        return known.name + _cased_tail(tail)
    return _sentence_case(text)


def _cased_tail(tail: str) -> str:
    words = []
    for word in tail.split(" "):
        bare = re.sub(r"\W", "", word)
        words.append(word if len(bare) <= 5 and not is_syllable(bare.lower()) else word.lower())
    return re.sub(r"^(\s+)thường trực", r"\1Thường trực", " ".join(words))


def _sentence_case(text: str) -> str:
    from pipeline.extract.agency_spelling import agency_name

    return agency_name(text)

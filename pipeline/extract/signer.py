"""Who signed, in what capacity (ô số 7): the chain of authority, the position, the name."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.language.names import clean_person_name, is_person_name
from pipeline.layout import Flow, Zone
from pipeline.layout.closing import NAME_LIKENESS, is_authority
from pipeline.layout.signs import is_upper
from pipeline.lexicon.cues import key_of
from pipeline.lexicon.fold import fold
from pipeline.lexicon.positions import position_named, positions

_PREFIX = re.compile(r"^\W{0,3}(TUQ|T\s?[/.]?\s?M|K\s?[/.]?\s?T|T\s?[/.]?\s?L|Q)[\s./,]+(?=[A-ZĐÀ-Ỹ])")
_CANONICAL = {"TM": "TM.", "KT": "KT.", "TL": "TL.", "TUQ": "TUQ.", "Q": "Q."}
_NOISE = " .,;:*-–—_'\"|~^`/\\"


def read_signer(context: Context) -> Found | None:
    """The signer as a dict of name, position, authority, on_behalf_of; None when no name and no position stands."""
    flow = context.zone(Zone.SIGNATURE)
    if not flow:
        return None
    authorities: list[tuple[str, str, int, int]] = []
    held: list[tuple[str, int, int]] = []
    names: list[tuple[float, str, int, int]] = []
    for start, end in flow.lines():
        raw = flow.text[start:end]
        text = raw.strip(" \t")
        at = start + raw.index(text) if text else start
        if not text:
            continue
        if is_authority(text) and (match := _PREFIX.match(text)):
            prefix = _CANONICAL[re.sub(r"[^A-Z]", "", match.group(1))]
            authorities.append((prefix, text[match.end() :], at + match.start(1), at + len(text)))
        elif _is_position(text):
            held.append((text, at, at + len(text)))
        elif is_person_name(text) >= NAME_LIKENESS:
            names.append((is_person_name(text), text, at, at + len(text)))
    return _with_certificate(context, _assemble(flow, authorities, held, names))


def _is_position(text: str) -> bool:
    if not is_upper(text, 0.72) or len(text) > 70:
        return False
    return position_named(text) is not None or _near_position(text) is not None


def _near_position(text: str) -> str | None:
    """A position whose marks OCR lost ("PHO CHANH VAN PHONG")."""
    key = re.sub(r"[^a-z ]+", " ", key_of(text)).strip()
    key = re.sub(r"\s+", " ", key)
    found_ = position_named(text)
    if found_:
        return found_.name
    near = {p.name for p in positions("position") if key_of(p.name) == key}
    if not near and len(key) >= 7:
        # One letter misread ("GHỦ TỊCH").
        near = {p.name for p in positions("position") if Levenshtein.distance(key_of(p.name), key) == 1}
    return near.pop() if len(near) == 1 else None


def _assemble(
    flow: Flow,
    authorities: list[tuple[str, str, int, int]],
    held: list[tuple[str, int, int]],
    names: list[tuple[float, str, int, int]],
) -> Found | None:
    if not (authorities or held or names):
        return None
    value: dict[str, str | None] = {"name": None, "position": None, "authority": None, "on_behalf_of": None}
    parts: dict[str, Found] = {}
    if authorities:
        value["authority"] = " ".join(prefix for prefix, *_ in authorities)
        first = authorities[0]
        value["on_behalf_of"] = _near_cased(first[1])
        parts["authority"] = found(flow, first[2], authorities[-1][3], "signer.authority", value["authority"], 0.97)
        parts["on_behalf_of"] = found(flow, first[2], first[3], "signer.authority", value["on_behalf_of"], 0.96)
    if len(held) == 1 and not authorities and _pen_before(flow, held[0][1]):
        # "✍ CHỦ TỊCH": the authority ("KT.") was added by hand, so the line names whom somebody signed for.
        value["on_behalf_of"] = _near_cased(held[0][0])
        parts["on_behalf_of"] = found(flow, held[0][1], held[0][2], "signer.pen-authority", value["on_behalf_of"], 0.8)
        held = []
    if held:
        text, start, end = held[-1]
        value["position"] = _near_cased(text)
        parts["position"] = found(flow, start, end, "signer.position", value["position"], 0.96)
    if names:
        # The name is the last line; above it stand initials, notes and what OCR makes of the signature.
        best = max(score for score, *_ in names)
        _, text, start, end = next(n for n in reversed(names) if n[0] >= best - 0.15)
        name = clean_person_name(text)
        item = found(flow, start, end, "signer.name", name, 0.97)
        if _doubtful(item):
            item.value, item.status, item.alternatives = None, "unreadable", (name,)
        else:
            value["name"] = name
        parts["name"] = item
    spans = tuple(span for part in parts.values() for span in part.spans)
    return Found(value, spans, "signer.block", None, "extracted", parts)


# Below this a recognised name is as often wrong as right: the clerk is shown it as a suggestion.
SURE_NAME, SURE_PICTURED = 0.62, 0.93


def _doubtful(item: Found) -> bool:
    for span in item.spans:
        confidence = span.page.confidence_of(span.start, span.end)
        # A name that a digital page shows only as a picture is small and coloured.
        least = SURE_PICTURED if span.page.source == "text-layer" else SURE_NAME
        if confidence is not None and confidence < least:
            return True
    return False


def _pen_before(flow: Flow, at: int) -> bool:
    """Pen strokes right before a word on its own line."""
    for span in flow.locate(at, at + 3):
        for left, top, _, bottom in span.boxes:
            for ink in span.page.ink:
                shared = min(bottom, ink.box[3]) - max(top, ink.box[1])
                near = 0 <= left - ink.box[2] < 0.03 or (ink.box[0] < left < ink.box[2] < left + 0.02)
                if (
                    ink.kind == "pen"
                    and near
                    and shared > 0.5 * (bottom - top)
                    and ink.box[3] - ink.box[1] < 2.5 * (bottom - top)
                ):
                    return True
    return False


def _with_certificate(context: Context, signer: Found | None) -> Found | None:
    """A digital signature's own name: it outranks a name that is only a picture on the page."""
    if signer is None:
        return None
    people = [s for s in context.source.signatures if is_person_name(s["name"]) >= NAME_LIKENESS]
    printed = signer.parts.get("name")
    recognised = printed is not None and any(
        word.confidence is not None for span in printed.spans for word in span.page.words_in(span.start, span.end)
    )
    if not people or (printed is not None and not recognised):
        return signer
    name = clean_person_name(people[0]["name"])
    last = context.layout.pages[-1]
    signer.value["name"] = name
    signer.parts["name"] = Found(
        name, (), "signer.certificate", 0.99, ink=((last.number, (0.0, 0.0, 1.0, 1.0)),), source="signature"
    )
    return signer


def _near_cased(text: str) -> str:
    near = _near_position(text)
    cased = _cased_position(text)
    # The lexicon's spelling replaces a line that says the same but for lost marks; longer lines keep their words.
    if near and Levenshtein.distance(key_of(near), key_of(cased)) <= 1:
        return near
    return cased


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
        short = len(bare) <= 4 and not re.search(r"[aeiouyàáảãạăâêôơưđ]", bare.lower())
        words.append(word if short else word.lower())
    return " ".join(words)


def _sentence_case(text: str) -> str:
    from pipeline.extract.issuer import agency_name

    return agency_name(text)

"""Who signed, in what capacity (ô số 7): the chain of authority, the position, the name."""

from __future__ import annotations

import re

from pipeline.extract.context import Context
from pipeline.extract.found import Found, found, one_line
from pipeline.language.names import clean_person_name, is_person_name
from pipeline.layout import Flow, Zone
from pipeline.layout.closing import NAME_LIKENESS, is_authority
from pipeline.layout.signs import is_upper
from pipeline.lexicon.cues import key_of
from pipeline.lexicon.fold import fold
from pipeline.lexicon.positions import position_named

_PREFIX = re.compile(r"^\W{0,3}(TUQ|T\s?[/.]?\s?M|K\s?[/.]?\s?T|T\s?[/.]?\s?L|Q)\s?[./,]*\s*(?=[A-ZĐÀ-Ỹ])")
_CANONICAL = {"TM": "TM.", "KT": "KT.", "TL": "TL.", "TUQ": "TUQ.", "Q": "Q."}
_NOISE = " .,;:*-–—_'\"|~^`/\\"


def read_signer(context: Context) -> Found | None:
    """The signer as a dict of name, position, authority, on_behalf_of; None when no name and no position stands."""
    flow = context.zone(Zone.SIGNATURE)
    if not flow:
        return None
    authorities: list[tuple[str, str, int, int]] = []
    positions: list[tuple[str, int, int]] = []
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
        elif _is_position(text, bool(authorities or positions)):
            positions.append((text, at, at + len(text)))
        elif is_person_name(text) >= NAME_LIKENESS:
            names.append((is_person_name(text), text, at, at + len(text)))
    return _assemble(flow, authorities, positions, names)


def _is_position(text: str, has_above: bool) -> bool:
    if not is_upper(text, 0.72) or len(text) > 70:
        return False
    return position_named(text) is not None or (has_above and _near_position(text) is not None)


def _near_position(text: str) -> str | None:
    """A position whose marks OCR lost ("PHO CHANH VAN PHONG")."""
    key = re.sub(r"[^a-z ]+", " ", key_of(text)).strip()
    key = re.sub(r"\s+", " ", key)
    found_ = position_named(text)
    if found_:
        return found_.name
    from pipeline.lexicon.positions import positions

    near = {p.name for p in positions("position") if key_of(p.name) == key}
    return near.pop() if len(near) == 1 else None


def _assemble(
    flow: Flow,
    authorities: list[tuple[str, str, int, int]],
    positions: list[tuple[str, int, int]],
    names: list[tuple[float, str, int, int]],
) -> Found | None:
    if not (authorities or positions or names):
        return None
    value: dict[str, str | None] = {"name": None, "position": None, "authority": None, "on_behalf_of": None}
    parts: dict[str, Found] = {}
    if authorities:
        value["authority"] = " ".join(prefix for prefix, *_ in authorities)
        first = authorities[0]
        value["on_behalf_of"] = _cased_position(first[1])
        parts["authority"] = found(flow, first[2], authorities[-1][3], "signer.authority", value["authority"], 0.97)
        parts["on_behalf_of"] = found(flow, first[2], first[3], "signer.authority", value["on_behalf_of"], 0.96)
    if positions:
        text, start, end = positions[-1]
        value["position"] = _near_cased(text)
        parts["position"] = found(flow, start, end, "signer.position", value["position"], 0.96)
    if names:
        # The name is the last line; above it stand initials, notes and what OCR makes of the signature.
        best = max(score for score, *_ in names)
        _, text, start, end = next(n for n in reversed(names) if n[0] >= best - 0.15)
        name = clean_person_name(text)
        value["name"] = name
        parts["name"] = found(flow, start, end, "signer.name", name, 0.97)
    spans = tuple(span for part in parts.values() for span in part.spans)
    return Found(value, spans, "signer.block", None, "extracted", parts)


def _near_cased(text: str) -> str:
    near = _near_position(text)
    cased = _cased_position(text)
    # The lexicon's spelling replaces a line that says the same but for lost marks; longer lines keep their words.
    if near and key_of(near) == key_of(cased):
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

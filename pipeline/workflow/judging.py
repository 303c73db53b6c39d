"""Value by value: is what a record holds at a pointer right, by a gold record?

The likenesses are those of the evaluation (``workflow/matching.py``).  A field whose key is absent from the gold was
not annotated, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.workflow.matching import (
    close,
    deadline_key,
    paired,
    same,
    same_citation,
    same_number,
    same_task,
)

Check = Callable[[Any, Any], bool]
Record = dict[str, Any]

SCALARS: tuple[tuple[str, Check], ...] = (
    ("number", same_number), ("doc_type", same), ("date", same), ("place", same), ("urgency", same), ("secrecy", same),
    ("issuer", close(0.9)), ("issuer_parent", close(0.9)), ("subject", close(0.95)),
)  # fmt: skip
OBJECTS = (("signer", ("name", "position", "authority")), ("received", ("number", "date")))
# field, likeness, whether it counts only where the gold has a value
CITATION: tuple[tuple[str, Check, bool], ...] = (
    ("doc_type", same, False), ("date", same, False), ("relation", same, False), ("via", same_number, False),
    ("issuer", close(0.85), True), ("title", close(0.9), True),
)  # fmt: skip


def told(value: Any) -> bool:
    return value not in (None, "")


def annotated(gold: Record, name: str, key: str) -> bool:
    """Whether the gold says anything of a part of an object: a null object says that every part is null."""
    return name in gold and (not gold[name] or key in gold[name])


def name_of(item: Any) -> str | None:
    """What a party is called, as text or as an object."""
    return item.get("name") if isinstance(item, dict) else item


def names(items: list[Any] | None) -> list[str]:
    return [name for item in items or [] if (name := name_of(item))]


def pair_records(gold: list[Record], found: list[Record]) -> tuple[list[tuple[Record, Record]], list[Record]]:
    """Documents of one file paired by equal numbers first, then in order ({} for none), and those found beyond."""
    left, pairs = list(found), []
    for record in gold:
        number = record.get("number")
        hit = next((r for r in left if number and r.get("number") and same_number(number, r["number"])), None)
        if hit is not None:
            left.remove(hit)
        pairs.append((record, hit))
    return [(record, hit or (left.pop(0) if left else {})) for record, hit in pairs], left


def judge(gold: Record, found: Record) -> dict[str, bool]:
    """JSON Pointer of each value of ``found`` that ``gold`` speaks of → whether it is right.

    A null value with suggestions in its evidence is judged by its first suggestion.
    """
    verdicts = dict(_scalars(gold, found))
    verdicts.update(_lists(gold, found))
    verdicts.update(_citations(gold, found))
    verdicts.update(_contacts(gold, found))
    return verdicts


def _scalars(gold: Record, found: Record) -> Iterator[tuple[str, bool]]:
    for name, check in SCALARS:
        if name in gold:
            yield from _one(f"/{name}", gold[name], found.get(name), found, check)
    for name, keys in OBJECTS:
        for key in keys:
            if annotated(gold, name, key):
                theirs, ours = (gold[name] or {}).get(key), (found.get(name) or {}).get(key)
                yield from _one(f"/{name}/{key}", theirs, ours, found, same)
    if told(found.get("number")) and told(gold.get("raw_number")):
        yield from _one("/raw_number", gold["raw_number"], found.get("raw_number"), found, same_number)
    if told(found.get("partial_date")) and "date" in gold:
        whole = str(gold["date"] or gold.get("partial_date") or "")
        yield "/partial_date", whole.startswith(found["partial_date"])
    signer = found.get("signer") or {}
    if told(signer.get("on_behalf_of")) and annotated(gold, "signer", "on_behalf_of"):
        theirs = (gold["signer"] or {}).get("on_behalf_of")
        yield "/signer/on_behalf_of", told(theirs) and close(0.9)(theirs, signer["on_behalf_of"])


def _one(pointer: str, gold: Any, value: Any, found: Record, check: Check) -> Iterator[tuple[str, bool]]:
    if not told(value):
        value = next(
            (a for piece in found.get("evidence", {}).get(pointer, []) for a in piece["alternatives"] or []), None
        )
    if told(value):
        yield pointer, told(gold) and check(gold, value)


def _matched(gold: list[Any], found: list[Any], check: Check) -> dict[int, Any]:
    """Place in ``found`` → the item of the gold that it is."""
    places = list(range(len(found)))
    pairs, _, _ = paired(gold, places, lambda item, at: check(item, found[at]))
    return {at: item for item, at in pairs}


def _lists(gold: Record, found: Record) -> Iterator[tuple[str, bool]]:
    for name in ("addressees", "distribution", "archive"):
        if name in gold:
            values = [name_of(item) for item in found.get(name) or []]
            matched = _matched(names(gold[name]), values, close(0.9))
            yield from ((f"/{name}/{at}", at in matched) for at in range(len(values)))
    if gold.get("tasks") is not None:
        tasks = found.get("tasks") or []
        matched = _matched(gold["tasks"], tasks, same_task)
        yield from ((f"/tasks/{at}", at in matched) for at in range(len(tasks)))
    if "deadlines" in gold:
        keys = [deadline_key(one) for one in found.get("deadlines") or []]
        matched = _matched([deadline_key(one) for one in gold["deadlines"] or []], keys, lambda a, b: bool(a == b))
        yield from ((f"/deadlines/{at}", at in matched) for at in range(len(keys)))


def _citations(gold: Record, found: Record) -> Iterator[tuple[str, bool]]:
    if "citations" not in gold:
        return
    cited = found.get("citations") or []
    matched = _matched(gold["citations"] or [], cited, same_citation)
    for at, item in enumerate(cited):
        pointer, other = f"/citations/{at}", matched.get(at)
        yield pointer, other is not None
        if told(item.get("number")):
            yield f"{pointer}/number", other is not None
        if other is None:
            continue
        for key, check, only_given in CITATION:
            if told(item.get(key)) and key in other and (told(other[key]) or not only_given):
                yield f"{pointer}/{key}", told(other[key]) and check(other[key], item[key])
        if told(item.get("raw_number")) and told(other.get("raw_number")):
            yield f"{pointer}/raw_number", same_number(other["raw_number"], item["raw_number"])


def _contacts(gold: Record, found: Record) -> Iterator[tuple[str, bool]]:
    if "contacts" not in gold:
        return
    theirs = gold["contacts"] or []
    known = {key: {v.lower() for c in theirs for v in c.get(key) or []} for key in ("phones", "faxes", "emails")}
    for at, contact in enumerate(found.get("contacts") or []):
        if told(contact.get("name")):
            yield f"/contacts/{at}/name", any(same(name, contact["name"]) for name in names(theirs))
        for key, values in known.items():
            for place, value in enumerate(contact.get(key) or []):
                yield f"/contacts/{at}/{key}/{place}", value.lower() in values

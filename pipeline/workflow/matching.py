"""When does an extracted value count as right?  The folds and likenesses that evaluation uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from rapidfuzz.distance import Indel

from pipeline.lexicon.abbreviations import expand
from pipeline.lexicon.fold import squash

_QUOTES = re.compile(r"[\"“”'‘’*_]")
_EDGE = " .,;:-–/"
_MARKER = re.compile(r"^\s*(?:[-+•*]|\(?[0-9a-zđIVX]+[.)])\s*")
TASK_HEAD = 60  # characters by which a task is recognised


def folded(value: object) -> str:
    """Lower case, one tone placement, one spelling of abbreviations, no quotation marks, no edge punctuation."""
    return squash(expand(_QUOTES.sub("", str(value)))).strip(_EDGE)


def number_key(value: object) -> str:
    """A document number without white space, in capitals, with one kind of hyphen."""
    return re.sub(r"\s+", "", squash(str(value))).upper()


def same(a: object, b: object) -> bool:
    return folded(a) == folded(b)


def same_number(a: object, b: object) -> bool:
    return number_key(a) == number_key(b)


def close(least: float) -> Callable[[object, object], bool]:
    """Likeness of two texts (share of characters in common order) of at least ``least``."""

    def check(a: object, b: object) -> bool:
        one, two = folded(a), folded(b)
        return one == two or Indel.normalized_similarity(one, two) >= least

    return check


def same_citation(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Equal numbers; without numbers, the same type and much the same title."""
    if a.get("number") and b.get("number"):
        return same_number(a["number"], b["number"])
    if a.get("number") or b.get("number"):
        return False
    alike = close(0.8)(a.get("title") or "", b.get("title") or "")
    return alike and same(a.get("doc_type") or "", b.get("doc_type") or "")


def task_key(task: dict[str, Any]) -> str:
    return folded(_MARKER.sub("", task.get("text") or task.get("starts") or ""))


def same_task(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    """The found task begins as the gold says (its first words, or the first 60 characters of its text)."""
    return task_key(found).startswith(task_key(gold)[:TASK_HEAD])


def deadline_key(deadline: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(deadline.get(key) for key in ("kind", "due", "start", "end"))


def same_parties(gold: Sequence[str], found: Sequence[str]) -> bool:
    """Every assignee of the gold is like one found, or part of one."""
    alike = close(0.8)
    return all(any(alike(a, b) or folded(a) in folded(b) for b in found) for a in gold)


def paired(
    gold: Sequence[Any], found: Sequence[Any], check: Callable[[Any, Any], bool]
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """One-to-one pairs in order, the gold left over, and the found left over."""
    left, pairs, missed = list(found), [], []
    for item in gold:
        hit = next((other for other in left if check(item, other)), None)
        if hit is None:
            missed.append(item)
        else:
            left.remove(hit)
            pairs.append((item, hit))
    return pairs, missed, left

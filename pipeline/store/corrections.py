"""A person's corrections: events that are replayed over whatever the program reads later.

A correction names a place by JSON Pointer and keeps an *anchor*: the list item as the person saw it, with the places on
the page it was read from.  When a later extraction finds more, fewer or differently ordered items, the correction
follows its item (equal item, then same place on the page, then same key).  A correction whose item is gone is not
dropped: a corrected item is put back as the person left it, and the conflict is reported.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from pydantic import ValidationError

from pipeline.record.models import LISTS, OBJECTS, SCALARS, Record
from pipeline.store.errors import CorrectionInvalid

Op = Literal["set", "insert", "remove"]
RULE = "person"
"""``Evidence.rule`` of a value that a person gave."""

# What makes two items of a list the same thing when neither the item nor its place on the page is unchanged.
_ITEM_KEYS = {
    "citations": ("number", "raw_number", "title"),
    "tasks": ("text",),
    "deadlines": ("raw",),
    "distribution": ("name",),
    "contacts": ("name", "organization"),
}
_FIELDS = frozenset((*SCALARS, *LISTS, *OBJECTS))


@dataclass(frozen=True, slots=True)
class Correction:
    """One change by a person.

    ``pointer`` is an RFC 6901 pointer to a field of the record ("/number", "/signer/name", "/citations/1/date"); for
    ``insert`` its last part is an index or "-" for the end.  ``boxes`` are fractions of page ``page`` where the person
    saw the value (left, top, right, bottom), if they drew any.
    """

    op: Op
    pointer: str
    value: Any = None
    before: Any = None
    anchor: dict[str, Any] | None = None
    page: int | None = None
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Replayed:
    """An effective record, and the corrections that found no place of their own in it (Vietnamese sentences)."""

    record: Record
    conflicts: list[str]


def prepare(record: Record, correction: Correction) -> Correction:
    """The correction with what the person saw (``before``, ``anchor``) filled in; raises ``CorrectionInvalid``."""
    parts = _parts(correction.pointer)
    data = record.model_dump(mode="json")
    anchor = None
    if parts[0] in LISTS and len(parts) > 1 and correction.op != "insert":
        at = _index(correction.pointer, parts[1], data[parts[0]])
        anchor = {"index": at, "item": data[parts[0]][at], "places": _places(data, parts[0], at)}
    before = _value(data, parts) if correction.op != "insert" else None
    made = Correction(
        correction.op, correction.pointer, correction.value, before, anchor, correction.page, correction.boxes
    )
    apply(record, [made])  # says now, and not at the next replay, that the value does not fit
    return made


def apply(record: Record, corrections: Iterable[Correction]) -> Replayed:
    """Replay corrections over a record, in order; the record given is not changed.

    Raises ``CorrectionInvalid`` when the outcome is no valid record.
    """
    conflicts: list[str] = []
    for correction in corrections:
        data = record.model_dump(mode="json")
        conflict = _apply_one(data, correction)
        if conflict:
            conflicts.append(conflict)
        _drop_answered_warnings(data)
        # Validated after each step: anchors compare items, and an item has its defaults only once it was validated.
        record = _valid(data, correction.pointer)
    return Replayed(record, conflicts)


def _valid(data: dict[str, Any], pointer: str) -> Record:
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/" + "/".join(map(str, first["loc"])) if first["loc"] else pointer
        raise CorrectionInvalid(pointer=where, reason=first["msg"]) from error


def _apply_one(data: dict[str, Any], correction: Correction) -> str | None:
    parts = _parts(correction.pointer)
    name = parts[0]
    if name not in LISTS or len(parts) == 1:
        if correction.op == "insert":
            raise CorrectionInvalid(pointer=correction.pointer, reason="chỉ thêm được mục vào một danh sách")
        _set_field(data, parts, correction)
        return None
    if correction.op == "insert":
        at = len(data[name]) if parts[1] == "-" else min(int(parts[1]), len(data[name]))
        _insert(data, name, at, correction.value, correction)
        return None
    found, conflict = _locate(data, name, correction)
    if correction.op == "remove" and len(parts) == 2:
        if found is not None:
            _remove(data, name, found)
        return None  # already gone: what the person wanted
    if found is None:
        # The item is gone from the new reading; the person vouched for it, so it comes back as the person left it.
        assert correction.anchor is not None
        item = copy.deepcopy(correction.anchor["item"])
        _insert(data, name, len(data[name]), item, correction)
        found = len(data[name]) - 1
    value = None if correction.op == "remove" else correction.value
    if len(parts) == 2:
        data[name][found] = value
    else:
        _assign(data[name][found], parts[2:], value, correction.pointer)
    _witness(data, "/".join(["", name, str(found), *parts[2:]]), value, correction)
    return conflict


def _set_field(data: dict[str, Any], parts: list[str], correction: Correction) -> None:
    name, value = parts[0], None if correction.op == "remove" else correction.value
    if len(parts) == 1:
        data[name] = [] if name in LISTS and value is None else value
    else:
        if data.get(name) is None:
            data[name] = {}
        _assign(data[name], parts[1:], value, correction.pointer)
        if all(part is None for part in data[name].values()):
            data[name] = None
    _witness(data, correction.pointer, value, correction)


def _assign(holder: Any, parts: list[str], value: Any, pointer: str) -> None:
    for at, part in enumerate(parts):
        if isinstance(holder, list):
            key: Any = len(holder) if part == "-" else int(part)
            if key == len(holder):
                holder.append(None)
            elif key > len(holder):
                raise CorrectionInvalid(pointer=pointer, reason="không có mục này trong danh sách")
        elif isinstance(holder, dict):
            key = part
        else:
            raise CorrectionInvalid(pointer=pointer, reason="không có trường này")
        if at == len(parts) - 1:
            holder[key] = value
        else:
            holder = holder[key]


def _witness(data: dict[str, Any], pointer: str, value: Any, correction: Correction) -> None:
    """Put the person's evidence in place of what the program said about the pointer and everything below it."""
    evidence = data["evidence"]
    old = evidence.get(pointer) or _inherited(evidence, pointer)
    for key in [key for key in evidence if key == pointer or key.startswith(pointer + "/")]:
        del evidence[key]
    page = correction.page or (old[0]["page"] if old else data["source"]["pages"][0])
    boxes = correction.boxes or ([] if correction.page else [box for piece in old[:1] for box in piece["boxes"]])
    evidence[pointer] = [
        {
            "page": page,
            "boxes": [list(box) for box in boxes],
            "span": None,
            "text": value if isinstance(value, str) else None,
            "source": "person",
            "confidence": None,
            "rule": RULE,
            "status": "corrected",
            "alternatives": None,
        }
    ]


def _inherited(evidence: dict[str, Any], pointer: str) -> list[dict[str, Any]]:
    while pointer:
        if pointer in evidence:
            found: list[dict[str, Any]] = evidence[pointer]
            return found
        pointer = pointer.rpartition("/")[0]
    return []


def _insert(data: dict[str, Any], name: str, at: int, item: Any, correction: Correction) -> None:
    data[name].insert(at, item)
    _shift(data, name, at, +1)
    _witness(data, f"/{name}/{at}", item, correction)


def _remove(data: dict[str, Any], name: str, at: int) -> None:
    del data[name][at]
    prefix = f"/{name}/{at}"
    for key in [key for key in data["evidence"] if key == prefix or key.startswith(prefix + "/")]:
        del data["evidence"][key]
    _shift(data, name, at, -1)


def _shift(data: dict[str, Any], name: str, at: int, by: int) -> None:
    """Let evidence and the deadlines' task indices follow items that moved because one came or went at ``at``."""
    moved = {}
    for key, pieces in data["evidence"].items():
        parts = key.split("/")
        if len(parts) > 2 and parts[1] == name and int(parts[2]) >= at:
            parts[2] = str(int(parts[2]) + by)
        moved["/".join(parts)] = pieces
    data["evidence"] = moved
    if name == "tasks":
        for deadline in data["deadlines"]:
            index = deadline.get("task")
            if index is not None and by < 0 and index == at:
                deadline["task"] = None
            elif index is not None and index >= at:
                deadline["task"] = index + by


def _locate(data: dict[str, Any], name: str, correction: Correction) -> tuple[int | None, str | None]:
    items, anchor = data[name], correction.anchor
    if anchor is None:
        return _index(correction.pointer, _parts(correction.pointer)[1], items), None
    index, item = anchor["index"], anchor["item"]
    if index < len(items) and items[index] == item:
        return index, None
    same = [at for at, other in enumerate(items) if other == item]
    if same:
        return same[0], None
    places = [tuple(map(_hashable, place)) for place in anchor["places"]]
    near = [at for at in range(len(items)) if _share_place(places, _places(data, name, at))]
    if len(near) == 1:
        return near[0], None
    for key in _ITEM_KEYS.get(name, ()):
        wanted = item.get(key) if isinstance(item, dict) else None
        alike = [at for at, other in enumerate(items) if wanted and other.get(key) == wanted]
        if len(alike) == 1:
            return alike[0], None
    return (
        None,
        f"Bản đọc mới không còn mục mà người đã sửa ({correction.pointer}); mục này được giữ như người sửa để lại.",
    )


def _places(data: dict[str, Any], name: str, at: int) -> list[list[Any]]:
    """Where an item was read: [page, span or None, boxes] of each piece of evidence of the item or its parts."""
    prefix = f"/{name}/{at}"
    return [
        [piece["page"], piece["span"], piece["boxes"]]
        for key, pieces in data["evidence"].items()
        if key == prefix or key.startswith(prefix + "/")
        for piece in pieces
    ]


def _hashable(value: Any) -> Any:
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


def _share_place(some: list[tuple[Any, ...]], others: list[list[Any]]) -> bool:
    return any(_overlap(a, b) for a in some for b in others)


def _overlap(a: Any, b: Any) -> bool:
    if a[0] != b[0]:
        return False
    if a[1] and b[1]:
        return bool(min(a[1][1], b[1][1]) > max(a[1][0], b[1][0]))
    return any(min(p[2], q[2]) > max(p[0], q[0]) and min(p[3], q[3]) > max(p[1], q[1]) for p in a[2] for q in b[2])


def _drop_answered_warnings(data: dict[str, Any]) -> None:
    """A warning that a field is missing or unreadable falls away once the field has a value."""

    def answered(code: str) -> bool:
        head, _, name = code.partition("_")
        return head in ("missing", "unreadable") and name in _FIELDS and bool(data.get(name))

    data["warnings"] = [code for code in data["warnings"] if not answered(code)]


def _parts(pointer: str) -> list[str]:
    head, *parts = pointer.split("/")
    if head or not parts or parts[0] not in _FIELDS:
        raise CorrectionInvalid(pointer=pointer, reason="không có trường này trong bản ghi")
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


def _index(pointer: str, part: str, items: list[Any]) -> int:
    if not part.isdigit() or int(part) >= len(items):
        raise CorrectionInvalid(pointer=pointer, reason="không có mục này trong danh sách")
    return int(part)


def _value(data: Any, parts: list[str]) -> Any:
    for part in parts:
        if isinstance(data, list):
            data = data[int(part)] if part.isdigit() and int(part) < len(data) else None
        else:
            data = data.get(part) if isinstance(data, dict) else None
        if data is None:
            return None
    return data

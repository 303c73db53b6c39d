"""A record as the form of the desk, and the form's changes as corrections of the record."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from pipeline.graph.model import RELATIONS
from pipeline.lexicon.types import document_types
from pipeline.lexicon.warnings import warning_sentences
from pipeline.record.calibration import calibration
from pipeline.record.models import Evidence, Record
from pipeline.record.scores import field_of
from pipeline.store.corrections import Correction
from pipeline.store.errors import CorrectionInvalid
from pipeline.ui.display import day
from pipeline.workflow.summary import field_title

LOW = 0.8
"""Probability of being right below which a value is flagged; above it, its field says what asks for a second look."""

_HEAD = ("number", "raw_number", "doc_type", "date", "partial_date", "place", "issuer", "issuer_parent", "subject",
         "urgency", "secrecy")  # fmt: skip
_OBJECTS = {
    "signer": ("Người ký", ("name", "position", "authority", "on_behalf_of")),
    "received": ("Dấu đến", ("organization", "number", "date", "routing")),
}
# list -> (title of the group, of one item, fields of an item; none for plain text)
_LISTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "citations": ("Văn bản được dẫn", "Văn bản", ("number", "doc_type", "date", "issuer", "title", "relation")),
    "tasks": ("Nhiệm vụ", "Nhiệm vụ", ("section", "text", "assignees", "deadline")),
    "deadlines": ("Thời hạn", "Thời hạn", ("raw", "due")),
    "addressees": ("Kính gửi", "Nơi gửi", ()),
    "distribution": ("Nơi nhận", "Nơi nhận", ("name", "purpose")),
    "archive": ("Lưu", "Nơi lưu", ()),
    "contacts": ("Liên hệ", "Liên hệ", ("name", "position", "organization", "phones", "emails")),
}
_KINDS = {
    "date": "date", "deadline": "date", "due": "date", "subject": "long", "text": "long", "title": "long",
    "issuer": "long", "issuer_parent": "long", "assignees": "lines", "phones": "lines", "emails": "lines",
    "name": "long", "raw": "long",
}  # fmt: skip
_FIXED_CHOICES = {
    "urgency": ["khẩn", "thượng khẩn", "hỏa tốc", "hỏa tốc hẹn giờ"],
    "secrecy": ["mật", "tối mật", "tuyệt mật"],
    "purpose": ["báo cáo", "thực hiện", "phối hợp", "biết"],
    "relation": list(RELATIONS.values()),
}
_VERBS = {verb: code for code, verb in RELATIONS.items()}
_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?:[ T]+(\d{1,2})[:hg](\d{2}))?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?")
_TAIL = re.compile(r"\s*(/(?:\d{4}/)?[^\W\d_](?:[\w\s/&.()-]*(?:[^\W_]|\)))?)[\s_.-]*")
# The field of an item that shows what was read of the item as a whole.
_WHOLE_EVIDENCE = {
    "deadlines": "raw", "tasks": "text", "citations": "number", "contacts": "name", "distribution": "name",
}  # fmt: skip
# What the register, the deadlines and the citation graph live by: doubts about these come before anything else, one
# field after the other.  Doubts about the others (a recipient's name, the title of a cited law) stay at their place and
# are pointed to.
_ASKED_FIRST = re.compile(
    r"/(number|doc_type|date|issuer|issuer_parent|subject|urgency|secrecy|signer/name|received/(number|date)"
    r"|citations/\d+/number|tasks/\d+/deadline|deadlines/\d+/due)"
)
_OF_THE_SAME_INK = {"/partial_date": "/date", "/raw_number": "/number"}
_DOUBTS = ("missing", "unreadable", "low", "inferred")


@cache
def _types() -> list[str]:
    return sorted({one.name for one in document_types()})


def groups(record: Record) -> list[dict[str, Any]]:
    """The record's form: groups of fields and lists of items, each field with evidence, doubts and suggestions."""
    head = [_field(record, f"/{name}") for name in _HEAD if _shown(record, name)]
    found: list[dict[str, Any]] = [{"name": "Phần đầu", "fields": head, "list": None}]
    for name, (title, parts) in _OBJECTS.items():
        fields = [_field(record, f"/{name}/{part}", within=title) for part in parts]
        if name == "received" and record.received is None and not _warned(record, "/received/number"):
            continue
        found.append({"name": title, "fields": fields, "list": None})
    found += [_list(record, name) for name in _LISTS]
    return found


def _shown(record: Record, name: str) -> bool:
    # A partial date is only there when the full one is not.
    return name != "partial_date" or record.partial_date is not None


def _list(record: Record, name: str) -> dict[str, Any]:
    title, one, parts = _LISTS[name]
    items = []
    for at in range(len(getattr(record, name))):
        pointer = f"/{name}/{at}"
        named = f"{one} {at + 1}"
        fields = [_field(record, f"{pointer}/{part}", within=named) for part in parts]
        fields = fields or [_field(record, pointer, one, within=named)]
        items.append({"pointer": pointer, "title": named, "fields": fields})
    blank = [_blank(part, field_title(f"/{name}/0/{part}").rpartition("› ")[2]) for part in parts] or [_blank("", one)]
    return {"name": title, "fields": [], "list": {"pointer": f"/{name}", "add": one, "items": items, "blank": blank}}


def _blank(name: str, title: str) -> dict[str, Any]:
    return {
        "pointer": name, "title": title, "within": "", "kind": _kind(name), "value": "", "choices": _choices(name),
        "flag": "empty", "first": False, "confidence": None, "note": "", "suggestions": [], "places": [],
        "complete": None,
    }  # fmt: skip


def _field(record: Record, pointer: str, title: str | None = None, *, within: str = "") -> dict[str, Any]:
    """A field of the form; ``within`` names the item or object it is a part of, for where it stands without it."""
    name = pointer.rpartition("/")[2]
    value, evidence = _at(record, pointer), _evidence(record, pointer)
    flag, note = _flag(record, pointer, value, evidence)
    known = [piece.confidence for piece in evidence if piece.confidence is not None]
    return {
        "pointer": pointer, "title": title or field_title(pointer).rpartition("› ")[2], "within": within,
        "kind": _kind(name), "value": shown(name, value), "choices": _choices(name), "flag": flag,
        "first": flag in _DOUBTS and _ASKED_FIRST.fullmatch(pointer) is not None,
        "confidence": min(known) if known and value not in (None, [], "") else None, "note": note,
        "suggestions": _suggestions(name, value, evidence), "places": _places(evidence),
        "complete": _completion(record, pointer) if value is None else None,
    }  # fmt: skip


def _suggestions(name: str, value: Any, evidence: list[Evidence]) -> list[dict[str, Any]]:
    """Other ways to read the ink, the surest first: ``text``, ``confidence`` (of the first alone), ``hand``."""
    found: dict[str, dict[str, Any]] = {}
    for piece in sorted(evidence, key=lambda one: one.source != "handwriting"):
        for at, text in enumerate(piece.alternatives or []):
            if text != value and (told := shown(name, text)) not in found:
                # A confidence speaks of the best reading; of a value that stands it says nothing about the others.
                sure = piece.confidence if at == 0 and value is None else None
                found[told] = {"text": told, "confidence": sure, "hand": piece.source == "handwriting"}
    return list(found.values())


def _completion(record: Record, pointer: str) -> dict[str, Any] | None:
    """What was read of an empty field, so that a person types only what the pen wrote.

    A number of which the ký hiệu is printed ("Số: ……/UBND-NC") takes that as its ``tail``; a day of which month or
    year are printed takes them.
    """
    if pointer == "/number" and (match := _TAIL.fullmatch(record.raw_number or "")):
        return {"tail": "".join(match[1].split())}
    if pointer == "/date" and record.partial_date:
        year, _, month = record.partial_date.partition("-")
        return {"year": year, "month": month}
    return None


def _kind(name: str) -> str:
    return _KINDS.get(name, "choice" if name in _FIXED_CHOICES else "text")


def _choices(name: str) -> list[str]:
    return _types() if name == "doc_type" else _FIXED_CHOICES.get(name, [])


def _at(record: Record, pointer: str) -> Any:
    value: Any = record
    for part in pointer.strip("/").split("/"):
        value = value[int(part)] if isinstance(value, list) else getattr(value, part, None)
        if value is None:
            return None
    return value


def _evidence(record: Record, pointer: str) -> list[Evidence]:
    own = record.evidence.get(pointer)
    if own:
        return own
    parts = pointer.strip("/").split("/")
    # A part of a list item stands where the item stands; one field shows the item's boxes.
    if len(parts) == 3 and _WHOLE_EVIDENCE.get(parts[0]) == parts[2]:
        return record.evidence.get(f"/{parts[0]}/{parts[1]}", [])
    return []


def _flag(record: Record, pointer: str, value: Any, evidence: list[Evidence]) -> tuple[str, str]:
    empty = value in (None, "", [])
    statuses = {piece.status for piece in evidence}
    if "corrected" in statuses:
        return "corrected", ""
    warned = _warned(record, pointer)
    if empty:
        if "unreadable" in statuses or (warned and warned.startswith("unreadable")):
            sentence = warning_sentences().get(warned or "", "")
            return "unreadable", sentence or "Có chữ ở đây nhưng không đọc được: xem ảnh."
        return ("missing", warning_sentences().get(warned, "")) if warned else ("empty", "")
    known = [piece.confidence for piece in evidence if piece.confidence is not None]
    if _OF_THE_SAME_INK.get(pointer) in record.evidence:
        return "check", ""  # the day or number itself is asked for: nobody has to look at the same ink twice
    check = calibration().review_below(field_of(pointer))
    if "inferred" in statuses:
        note = "Suy ra từ các phần khác của văn bản." if pointer.count("/") == 1 else ""
        sure = known and min(known) >= check and f"inferred_{pointer[1:]}" not in record.warnings
        return ("check" if sure else "inferred"), note
    if known and min(known) < check:
        return ("low" if min(known) < LOW else "check"), ""
    return "ok", ""


def _warned(record: Record, pointer: str) -> str | None:
    """The warning that speaks of an empty field."""
    name = {"/doc_type": "type", "/signer/name": "signer", "/received/number": "received"}.get(pointer, pointer[1:])
    return next((code for code in (f"missing_{name}", f"unreadable_{name}") if code in record.warnings), None)


def _places(evidence: list[Evidence]) -> list[dict[str, Any]]:
    return [
        {"page": piece.page, "boxes": [list(box) for box in piece.boxes],
         "span": list(piece.span) if piece.span else None, "hand": piece.source == "handwriting"}
        for piece in evidence
    ]  # fmt: skip


def shown(name: str, value: Any) -> str:
    """A value as the form shows it: days as people write them, lists a line each, relations by their verb."""
    if value in (None, []):
        return ""
    if isinstance(value, list):
        return "\n".join(str(part) for part in value)
    if name == "relation":
        return RELATIONS.get(str(value), str(value))
    return day(str(value)) if _ISO.fullmatch(str(value)) else str(value)


def parsed(pointer: str, text: str) -> Any:
    """What was typed as the record keeps it; raises ``CorrectionInvalid`` for a day that is none."""
    name, text = pointer.rpartition("/")[2], text.strip()
    if name in ("assignees", "phones", "emails"):
        parts = [part.strip() for part in text.replace(";", "\n").split("\n")]
        return [_phone(part) if name == "phones" else part for part in parts if part]
    if not text:
        return None
    if _kind(name) == "date":
        return _day(pointer, text)
    if name == "relation":
        return _VERBS.get(text, text)
    return " ".join(text.split())


def _day(pointer: str, text: str) -> str:
    if _ISO.fullmatch(text):
        return text
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        found = date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        raise CorrectionInvalid(pointer=pointer, reason=f"«{text}» không phải ngày/tháng/năm") from None
    return f"{found}T{int(match[4]):02d}:{match[5]}" if match[4] else found


def _phone(text: str) -> str:
    """A number as typed in Vietnam (0255.3822.123) in the record's E.164; left alone when it has its country code."""
    digits = re.sub(r"[\s.()-]", "", text)
    return "+84" + digits[1:] if digits.startswith("0") else digits


def corrections(changes: list[dict[str, Any]], record: Record | None = None) -> list[Correction]:
    """The changes of the form, in an order in which each finds its place; raises ``CorrectionInvalid``.

    A whole day takes the place of what was read of it (``partial_date`` of the ``record`` as it stands).
    """
    found = []
    for change in changes:
        op, pointer, value = str(change["op"]), str(change["pointer"]), change.get("value")
        if op == "set":
            boxes = [(float(a), float(b), float(c), float(d)) for a, b, c, d in change.get("boxes") or []]
            found.append(Correction("set", pointer, parsed(pointer, str(value)), page=change.get("page"), boxes=boxes))
        elif op == "remove":
            found.append(Correction("remove", pointer))
        elif isinstance(value, dict):
            found.append(Correction("insert", pointer, _inserted(pointer, value)))
    dated = any(change.pointer == "/date" and change.value for change in found)
    told = any(change.pointer == "/partial_date" for change in found)
    if record is not None and record.partial_date and dated and not told:
        found.append(Correction("set", "/partial_date", None))
    return found


def _inserted(pointer: str, values: dict[str, str]) -> Any:
    if set(values) == {""}:
        return parsed(pointer, values[""])
    made = {name: parsed(f"{pointer}/{name}", text) for name, text in values.items()}
    if pointer.startswith("/deadlines"):
        made |= {"kind": "due"}
        made.setdefault("raw", values.get("due", ""))
    return made

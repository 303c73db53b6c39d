"""Records to messages and messages to records.

A message says its header outright, so a record made from one needs no OCR; its evidence has the source "message".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.export.edxml.message import NEW, PRIORITIES, Attachment, Business, Message, Organ, Reply
from pipeline.export.errors import MessageIncomplete
from pipeline.language.numbers import parse_number
from pipeline.lexicon.fold import squash
from pipeline.lexicon.types import type_named
from pipeline.record.models import Record

_AUTHORITY = re.compile(r"((?:KT|TM|TL|TUQ|Q)\.(?: (?:KT|TM|TL|TUQ|Q)\.)*)(?: (.+))?")
_PURPOSE = re.compile(r"(.+) \((báo cáo|thực hiện|phối hợp|biết)\)")


def split_number(number: str) -> tuple[str, str]:
    """Số and ký hiệu: "514/SGDĐT-VP" → ("514", "SGDĐT-VP"), "205-KH/TU" → ("205", "KH/TU")."""
    match = re.match(r"([^/-]*)[/-](.*)", number)
    return (match[1], match[2]) if match else (number, "")


def join_number(serial: str, notation: str, document_id: str | None = None) -> str | None:
    """The number of a Code: with the stroke that the DocumentId shows, else the one that makes a known number."""
    if not notation:
        return serial or None
    forms = [f"{serial}/{notation}", f"{serial}-{notation}"]
    said = (document_id or "").split(",", 2)[-1].strip()
    if said in forms:
        return said
    if "/" not in notation or re.match(r"\d{4}/", notation):
        return forms[0]
    party = parse_number(forms[1])
    return forms[1] if party is not None and party.regime == "party" and party.canonical == forms[1] else None


def message_of(
    record: Record, sender: str, *, attachments: Sequence[Attachment] = (), directory: Mapping[str, str] | None = None
) -> Message:
    """The message of a record; ``sender`` is the issuer's mã định danh, ``directory`` gives those of others by name.

    Raises ``MessageIncomplete`` when the record lacks what every message must say.
    """
    needed = {"mã định danh cơ quan gửi": sender, "số, ký hiệu": record.number, "ngày ban hành": record.date,
              "cơ quan ban hành": record.issuer}  # fmt: skip
    if missing := [name for name, value in needed.items() if not value]:
        raise MessageIncomplete(missing=", ".join(missing))
    assert record.number
    assert record.date
    serial, notation = split_number(record.number)
    kind = type_named(record.doc_type) if record.doc_type else None
    signer, days = record.signer, {d.due[:10] for d in record.deadlines if d.due}
    listed = kind.edxml_qppl if kind and re.match(r"\d+/\d{4}/", record.number) else (kind.edxml if kind else None)
    return Message(
        sender=Organ(sender, record.issuer_parent, record.issuer),
        receivers=[Organ((directory or {}).get(name), None, name) for name in record.addressees],
        code_number=serial or None, code_notation=notation or None, place=record.place, date=record.date,
        type_code=listed[1] if listed else None, type_name=record.doc_type, subject=record.subject,
        competence=(" ".join(p for p in (signer.authority, signer.on_behalf_of) if p) or None) if signer else None,
        position=signer.position if signer else None, full_name=signer.name if signer else None,
        due=days.pop() if len(days) == 1 else None,
        to_places=[f"{r.name} ({r.purpose})" if r.purpose else r.name for r in record.distribution],
        priority=PRIORITIES.index(record.urgency), pages=record.source.pages[1] - record.source.pages[0] + 1,
        replies=[
            Reply(code=c.number, date=c.date) for c in record.citations if c.relation == "replies_to" and c.number
        ],
        document_id=f"{sender},{record.date.replace('-', '/')},{record.number}", business=Business(NEW),
        attachments=list(attachments),
    )  # fmt: skip


def missing_for_sending(message: Message) -> list[str]:
    """What the axis will refuse the message for, in Vietnamese; empty when it can be sent."""
    found = [f"mã định danh của «{to.name}»" for to in message.receivers if not to.id]
    if not message.receivers:
        found.append("nơi nhận (To)")
    if not message.subject:
        found.append("trích yếu (Subject)")
    if not message.attachments:
        found.append("tệp đính kèm")
    return found


def record_of(message: Message, data: bytes, name: str) -> Record:
    """The record of a message; ``data`` are the bytes it was read from, ``name`` its file's name."""
    sha256 = hashlib.sha256(data).hexdigest()
    values: dict[str, Any] = {}
    evidence: dict[str, Any] = {}

    def put(pointer: str, element: str, text: str | None) -> None:
        evidence[pointer] = [{"page": 1, "text": text, "source": "message", "rule": f"edxml.{element}"}]

    code = join_number(message.code_number or "", message.code_notation or "", message.document_id)
    number = parse_number(code) if code else None
    raw = "/".join(part for part in (message.code_number, message.code_notation) if part) or None
    kind = type_named(message.type_name) if message.type_name else None
    for field, element, value in (
        ("raw_number", "Code", code or raw),
        # A number that the grammar reads otherwise than it is written is left to a person.
        ("number", "Code", number.canonical if number and number.serial else None),
        ("doc_type", "TypeName", kind.name if kind else (squash(message.type_name) if message.type_name else None)),
        ("date", "PromulgationDate", message.date), ("place", "Place", message.place),
        ("issuer", "OrganName", message.sender.name),
        ("issuer_parent", "OrganizationInCharge", message.sender.in_charge), ("subject", "Subject", message.subject),
        ("urgency", "Priority", PRIORITIES[message.priority or 0]),
    ):  # fmt: skip
        if value is not None:
            values[field] = value
            put(f"/{field}", element, value)
    values["addressees"] = [to.name for to in message.receivers if to.name]
    values["distribution"] = [_recipient(place) for place in message.to_places]
    for field, element in (("addressees", "To"), ("distribution", "ToPlaces")):
        for at, item in enumerate(values[field]):
            put(f"/{field}/{at}", element, item if isinstance(item, str) else message.to_places[at])
    signer = _signer(message)
    if signer:
        values["signer"] = signer
        for part, value in signer.items():
            put(f"/signer/{part}", "SignerInfo", value)
    if message.due:
        values["deadlines"] = [{"kind": "due", "raw": message.due, "due": message.due, "bound": "by"}]
        put("/deadlines/0", "DueDate", message.due)
    replies = [(r, n) for r in message.replies if r.code and (n := parse_number(r.code)) and n.serial]
    values["citations"] = [
        {"number": n.canonical, "raw_number": r.code, "date": r.date, "relation": "replies_to"} for r, n in replies
    ]
    for at, (reply, _number) in enumerate(replies):
        put(f"/citations/{at}", "ResponseFor", reply.code)
    warnings = [f"missing_{name}" for name in ("number", "date", "subject", "signer") if not values.get(name)]
    source = {"file": name, "sha256": sha256, "pages": [1, 1], "medium": "digital"}
    return Record.model_validate(
        {"id": f"{sha256[:16]}-1", "source": source, "warnings": warnings, "evidence": evidence, **values}
    )


def _recipient(place: str) -> dict[str, str | None]:
    match = _PURPOSE.fullmatch(place)
    return {"name": match[1], "purpose": match[2]} if match else {"name": place, "purpose": None}


def _signer(message: Message) -> dict[str, str]:
    match = _AUTHORITY.fullmatch(message.competence or "")
    found = {"name": message.full_name, "position": message.position}
    if match:
        found |= {"authority": match[1], "on_behalf_of": match[2]}
    elif message.competence:
        found["on_behalf_of"] = message.competence
    return {name: value for name, value in found.items() if value}

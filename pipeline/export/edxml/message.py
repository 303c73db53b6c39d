"""An edXML message as plain data (QCVN 102:2016/BTTTT, tables of elements; Sửa đổi 1:2022).

Days are ISO here and "yyyy/MM/dd" on the wire; moments are "yyyy-MM-dd HH:mm:ss" here and with slashes on the wire.
An element that a message does not have is ``None``; an empty element is read as none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
XLINK = "http://www.w3.org/1999/xlink"

PRIORITIES: tuple[str | None, ...] = (None, "khẩn", "thượng khẩn", "hỏa tốc", "hỏa tốc hẹn giờ")
"""Urgency by the value of Priority, 0 to 4.  Secrecy has no place in a message."""

STATUS_CODES = {
    "01": "đã đến", "02": "từ chối tiếp nhận", "03": "đã tiếp nhận", "04": "phân công", "05": "đang xử lý",
    "06": "hoàn thành", "13": "lấy lại", "15": "đồng ý cho lấy lại, cập nhật", "16": "từ chối cho lấy lại, cập nhật",
}  # fmt: skip

NEW, RECALL, UPDATE, REPLACE = range(4)
"""BussinessDocType: what the message does."""


@dataclass(slots=True)
class Organ:
    """An agency: ``id`` is its mã định danh (13 characters by QCVN, up to 35 by QĐ 20/2020/QĐ-TTg)."""

    id: str | None = None
    in_charge: str | None = None
    name: str | None = None
    address: str | None = None
    email: str | None = None
    telephone: str | None = None
    fax: str | None = None
    website: str | None = None


@dataclass(slots=True)
class Reply:
    """A document that this one answers (ResponseFor)."""

    organ_id: str | None = None
    code: str | None = None
    document_id: str | None = None
    date: str | None = None


@dataclass(slots=True)
class Trace:
    """A station of the message's way; ``at`` is "yyyy-MM-dd HH:mm:ss", Vietnam time."""

    organ_id: str | None = None
    at: str | None = None


@dataclass(slots=True)
class Staff:
    """Who handles the message (StaffInfo)."""

    department: str | None = None
    name: str | None = None
    mobile: str | None = None
    email: str | None = None


@dataclass(slots=True)
class Replacement:
    """A document that is replaced or recalled, and for which agencies."""

    document_id: str | None = None
    organ_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Business:
    """What is to be done (the element that the wire spells "Bussiness"); ``kind``: NEW, RECALL, UPDATE, REPLACE.

    ``receivers`` are (ReceiverType, OrganId): 0 taken off the list of receivers, 1 added to it.
    """

    kind: int = NEW
    reason: str | None = None
    changes_document: bool | None = None
    changes_receivers: bool | None = None
    receivers: list[tuple[int, str]] = field(default_factory=list)
    document_id: str | None = None
    staff: Staff | None = None
    paper: bool | None = None
    replacements: list[Replacement] = field(default_factory=list)


@dataclass(slots=True)
class Attachment:
    """A file of the message; ``content_id`` ties it to the manifest."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"
    content_id: str = ""
    description: str | None = None


@dataclass(slots=True)
class Message:
    """A document on its way.  ``remarks`` (Vietnamese) say what was unusual about it when it was read."""

    sender: Organ = field(default_factory=Organ)
    receivers: list[Organ] = field(default_factory=list)
    code_number: str | None = None
    code_notation: str | None = None
    place: str | None = None
    date: str | None = None
    type_code: int | None = None
    type_name: str | None = None
    type_detail: str | None = None
    subject: str | None = None
    content: str | None = None
    competence: str | None = None
    position: str | None = None
    full_name: str | None = None
    due: str | None = None
    to_places: list[str] = field(default_factory=list)
    priority: int | None = None
    sphere: str | None = None
    typer_notation: str | None = None
    amount: int | None = None
    pages: int | None = None
    appendixes: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    steering: int | None = None
    document_id: str | None = None
    traces: list[Trace] = field(default_factory=list)
    business: Business | None = None
    attachments: list[Attachment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list, compare=False)


@dataclass(slots=True)
class Status:
    """A status message: what became of a document that was sent; ``code`` is a key of ``STATUS_CODES``."""

    code: str
    sender: Organ
    reply: Reply
    at: str
    description: str | None = None
    staff: Staff | None = None

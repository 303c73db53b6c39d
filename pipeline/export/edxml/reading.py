"""XML to messages.

Safety first: no document type, no entities, no network, a limit on size and depth.  Spellings of other systems are
understood (older namespace, "Business" for "Bussiness", OrganInCharge for OrganizationInCharge) and remarked upon;
values that make no sense are left out and remarked upon, never bent into shape.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from lxml import etree

from pipeline.export.edxml.message import (
    PRIORITIES,
    STATUS_CODES,
    Attachment,
    Business,
    Message,
    Organ,
    Replacement,
    Reply,
    Staff,
    Status,
    Trace,
)
from pipeline.export.errors import MessageInvalid

LARGEST = 100 * 1024 * 1024
"""Bytes of a message."""
DEEPEST = 32
_HUGE = 8 * 1024 * 1024
# What libxml2 allows a text node without ``huge_tree``; an attachment may be longer.
_OTHER_SPELLINGS = {"Bussiness": "Business", "OrganizationInCharge": "OrganInCharge"}


class _Reader:
    """Reads one message; collects remarks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.remarks: list[str] = []

    def children(self, parent: Any, name: str) -> list[Any]:
        """Child elements by local name in any namespace, also in another system's spelling."""
        if parent is None:
            return []
        other = name.replace("Bussiness", "Business") if "Bussiness" in name else _OTHER_SPELLINGS.get(name)
        found = []
        for child in parent:
            if not isinstance(child.tag, str):
                continue
            local = etree.QName(child).localname
            if local == name:
                found.append(child)
            elif other is not None and local == other:
                self.remark(f"phần tử «{local}» được hiểu là «{name}»")
                found.append(child)
        return found

    def child(self, parent: Any, *path: str) -> Any:
        for name in path:
            found = self.children(parent, name)
            if len(found) > 1:
                self.remark(f"phần tử «{name}» có {len(found)} lần, chỉ dùng lần đầu")
            parent = found[0] if found else None
        return parent

    def text(self, parent: Any, *path: str) -> str | None:
        element = self.child(parent, *path)
        return _text(element)

    def texts(self, parent: Any, name: str) -> list[str]:
        return [text for element in self.children(parent, name) if (text := _text(element))]

    def number(self, parent: Any, name: str, allowed: range | None = None) -> int | None:
        text = self.text(parent, name)
        if text is None:
            return None
        # Not int(): it takes "1_000", "+5" and the digits of other scripts.
        if not re.fullmatch(r"[0-9]{1,9}", text) or (allowed is not None and int(text) not in allowed):
            self.remark(f"phần tử «{name}» có giá trị lạ «{text[:40]}», bỏ qua")
            return None
        return int(text)

    def flag(self, parent: Any, name: str) -> bool | None:
        found = self.number(parent, name, range(2))
        return None if found is None else bool(found)

    def day(self, parent: Any, *path: str) -> str | None:
        text = self.text(parent, *path)
        if text is None:
            return None
        match = re.fullmatch(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})", text)
        try:
            if match:
                return date(*(int(part) for part in match.groups())).isoformat()
        except ValueError:
            pass
        self.remark(f"phần tử «{path[-1]}» không phải ngày yyyy/MM/dd: «{text[:40]}», bỏ qua")
        return None

    def moment(self, parent: Any, name: str) -> str | None:
        text = self.text(parent, name)
        if text is None:
            return None
        match = re.fullmatch(r"([0-9]{4})[/-]([0-9]{2})[/-]([0-9]{2})[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})", text)
        try:
            if match:
                return datetime(*(int(part) for part in match.groups())).isoformat(" ")  # type: ignore[arg-type]
        except ValueError:
            pass
        self.remark(f"phần tử «{name}» không phải thời điểm: «{text[:40]}», bỏ qua")
        return None

    def remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    # --- parts ---

    def organ(self, element: Any) -> Organ:
        names = ("OrganId", "OrganizationInCharge", "OrganName", "OrganAdd", "Email", "Telephone", "Fax", "Website")
        return Organ(*(self.text(element, name) for name in names))

    def reply(self, element: Any) -> Reply:
        return Reply(
            self.text(element, "OrganId"), self.text(element, "Code"), self.text(element, "DocumentId"),
            self.day(element, "PromulgationDate"),
        )  # fmt: skip

    def staff(self, element: Any) -> Staff | None:
        if element is None:
            return None
        return Staff(*(self.text(element, name) for name in ("Department", "Staff", "Mobile", "Email")))

    def business(self, element: Any) -> Business | None:
        kind = self.number(element, "BussinessDocType", range(4))
        if element is None or kind is None:
            return None
        info = self.child(element, "BussinessDocumentInfo")
        receivers = []
        for receiver in self.children(self.child(info, "ReceiverList"), "Receiver"):
            way, organ_id = self.number(receiver, "ReceiverType", range(2)), self.text(receiver, "OrganId")
            if way is not None and organ_id:
                receivers.append((way, organ_id))
        replacements = [
            Replacement(self.text(one, "DocumentId"), self.texts(self.child(one, "OrganIdList"), "OrganId"))
            for one in self.children(self.child(element, "ReplacementInfoList"), "ReplacementInfo")
        ]
        return Business(
            kind, self.text(element, "BussinessDocReason"), self.flag(info, "DocumentInfo"),
            self.flag(info, "DocumentReceiver"), receivers, self.text(element, "DocumentId"),
            self.staff(self.child(element, "StaffInfo")), self.flag(element, "Paper"), replacements,
        )  # fmt: skip

    def attachment(self, element: Any) -> Attachment | None:
        encoded = self.child(element, "ContentTransferEncoded")
        name = _file_name(self.text(element, "AttachmentName"))
        text = "".join((encoded.text or "").split()) if encoded is not None else ""
        try:
            data = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            self.remark(f"tệp đính kèm «{name}» mã hóa hỏng, bỏ qua")
            return None
        kind = self.text(element, "ContentType") or "application/octet-stream"
        return Attachment(name, data, kind, self.text(element, "ContentId") or "", self.text(element, "Description"))


def read(data: bytes, name: str = "edxml.xml") -> Message:
    """A message from XML; raises ``MessageInvalid`` when it is none or not safe."""
    root = parsed(data, name)
    if etree.QName(root).localname != "edXML":
        raise MessageInvalid(name, reason="gốc không phải phần tử edXML")
    reader = _Reader(name)
    envelope = reader.child(root, "edXMLEnvelope")
    header = reader.child(envelope, "edXMLHeader", "MessageHeader")
    if header is None:
        raise MessageInvalid(name, reason="không có MessageHeader")
    traces = reader.child(envelope, "edXMLHeader", "TraceHeaderList")
    other, signer, kind = (reader.child(header, part) for part in ("OtherInfo", "SignerInfo", "DocumentType"))
    attachments = [
        reader.attachment(one) for one in reader.children(reader.child(root, "AttachmentEncoded"), "Attachment")
    ]
    message = Message(
        sender=reader.organ(reader.child(header, "From")),
        receivers=[reader.organ(one) for one in reader.children(header, "To")],
        code_number=reader.text(header, "Code", "CodeNumber"),
        code_notation=reader.text(header, "Code", "CodeNotation"),
        place=reader.text(header, "PromulgationInfo", "Place"),
        date=reader.day(header, "PromulgationInfo", "PromulgationDate"),
        type_code=reader.number(kind, "Type"), type_name=reader.text(kind, "TypeName"),
        type_detail=reader.text(kind, "TypeDetail"), subject=reader.text(header, "Subject"),
        content=reader.text(header, "Content"), competence=reader.text(signer, "Competence"),
        position=reader.text(signer, "Position"), full_name=reader.text(signer, "FullName"),
        due=reader.day(header, "DueDate"), to_places=reader.texts(reader.child(header, "ToPlaces"), "Place"),
        priority=reader.number(other, "Priority", range(len(PRIORITIES))),
        sphere=reader.text(other, "SphereOfPromulgation"), typer_notation=reader.text(other, "TyperNotation"),
        amount=reader.number(other, "PromulgationAmount"), pages=reader.number(other, "PageAmount"),
        appendixes=reader.texts(reader.child(other, "Appendixes"), "Appendix"),
        replies=[reader.reply(one) for one in reader.children(header, "ResponseFor")],
        steering=reader.number(header, "SteeringType", range(4)), document_id=reader.text(header, "DocumentId"),
        traces=[
            Trace(reader.text(one, "OrganId"), reader.moment(one, "Timestamp"))
            for one in reader.children(traces, "TraceHeader")
        ],
        business=reader.business(reader.child(traces, "Bussiness")),
        attachments=[one for one in attachments if one is not None],
    )  # fmt: skip
    promised = reader.children(reader.child(envelope, "edXMLBody", "edXMLManifest"), "Reference")
    if len(promised) > len(message.attachments):
        reader.remark(f"thông điệp báo có {len(promised)} tệp nhưng chỉ kèm {len(message.attachments)}")
    message.remarks = reader.remarks
    return message


def read_status(data: bytes, name: str = "trang-thai.xml") -> Status:
    """A status message from XML; raises ``MessageInvalid``."""
    root = parsed(data, name)
    reader = _Reader(name)
    code = reader.text(root, "StatusCode")
    code = code.zfill(2) if code else None
    if code not in STATUS_CODES:
        raise MessageInvalid(name, reason=f"mã trạng thái lạ «{(code or '')[:20]}»")
    at, reply = reader.moment(root, "Timestamp"), reader.child(root, "ResponseFor")
    if at is None or reply is None:
        raise MessageInvalid(name, reason="thiếu thời điểm hoặc văn bản được báo trạng thái")
    return Status(
        code, reader.organ(reader.child(root, "From")), reader.reply(reply), at, reader.text(root, "Description"),
        reader.staff(reader.child(root, "StaffInfo")),
    )  # fmt: skip


def parsed(data: bytes, name: str) -> Any:
    """The root element, with nothing outside the data read; raises ``MessageInvalid``."""
    if len(data) > LARGEST:
        raise MessageInvalid(name, reason=f"lớn hơn {LARGEST // 1024 // 1024} MB")
    if not data.strip():
        raise MessageInvalid(name, reason="rỗng")
    # A document type is refused before anything is built from it; entities cannot exist without one.
    guard = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=len(data) > _HUGE
    )
    depth = 0
    root = None
    try:
        for at in range(0, len(data), 1 << 16):
            guard.feed(data[at : at + (1 << 16)])
            for event, element in guard.read_events():
                depth += 1 if event == "start" else -1
                if root is None:
                    root = element
                    if root.getroottree().docinfo.internalDTD is not None:
                        raise MessageInvalid(name, reason="có khai báo DOCTYPE, không an toàn")
                if depth > DEEPEST:
                    raise MessageInvalid(name, reason="lồng nhau quá sâu")
        guard.close()
    except etree.XMLSyntaxError as error:
        raise MessageInvalid(name, reason=f"XML hỏng ở dòng {error.lineno}") from error
    if root is None:
        raise MessageInvalid(name, reason="không có phần tử nào")
    return root


def _text(element: Any) -> str | None:
    if element is None:
        return None
    import unicodedata

    text = unicodedata.normalize("NFC", " ".join((element.text or "").split()))
    return text or None


def _file_name(text: str | None) -> str:
    """A name without folders, whatever the sender wrote."""
    name = PurePath((text or "").replace("\\", "/")).name
    return name if name not in ("", ".", "..") else "tep-dinh-kem"

"""Messages to XML, with the spellings of the wire ("Bussiness", OrganizationInCharge, dates with slashes)."""

from __future__ import annotations

import base64
from typing import Any

from lxml import etree

from pipeline.export.cells import printable
from pipeline.export.edxml.message import NAMESPACE, XLINK, Business, Message, Organ, Reply, Staff, Status

_PREFIX = "edXML"
_NSMAP: dict[str | None, str] = {_PREFIX: NAMESPACE, "xlink": XLINK}


def write(message: Message) -> bytes:
    """A message as XML in UTF-8."""
    root = etree.Element(_tag("edXML"), nsmap=_NSMAP)  # type: ignore[arg-type]
    envelope = _add(root, "edXMLEnvelope")
    header = _add(envelope, "edXMLHeader")
    _message_header(_add(header, "MessageHeader"), message)
    traces = _add(header, "TraceHeaderList")
    for trace in message.traces:
        one = _add(traces, "TraceHeader")
        _put(one, "OrganId", trace.organ_id)
        _put(one, "Timestamp", _slashed(trace.at))
    if message.business is not None:
        _business(_add(traces, "Bussiness"), message.business)
    _add(header, "Signature")
    manifest = _add(_add(envelope, "edXMLBody"), "edXMLManifest", version="1.0")
    encoded = _add(root, "AttachmentEncoded")
    for at, attachment in enumerate(message.attachments, 1):
        content_id = attachment.content_id or f"tep-{at}"
        reference = _add(manifest, "Reference")
        reference.set(f"{{{XLINK}}}href", f"cid:{content_id}")
        _put(reference, "ContentId", content_id)
        _put(reference, "ContentType", attachment.content_type)
        _put(reference, "AttachmentName", attachment.name)
        _put(reference, "Description", attachment.description)
        one = _add(encoded, "Attachment")
        _put(one, "ContentType", attachment.content_type)
        _put(one, "ContentId", content_id)
        _put(one, "Description", attachment.description)
        _add(one, "ContentTransferEncoded").text = base64.b64encode(attachment.data).decode()
        _put(one, "AttachmentName", attachment.name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def write_status(status: Status) -> bytes:
    """A status message as XML in UTF-8."""
    root = etree.Element(_tag("Status"), nsmap=_NSMAP)  # type: ignore[arg-type]
    _reply(root, status.reply)
    _organ(_add(root, "From"), status.sender)
    _put(root, "StatusCode", status.code)
    _put(root, "Description", status.description)
    _put(root, "Timestamp", _slashed(status.at))
    _staff(root, status.staff)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _message_header(header: Any, message: Message) -> None:
    _organ(_add(header, "From"), message.sender)
    for receiver in message.receivers:
        _organ(_add(header, "To"), receiver)
    code = _add(header, "Code")
    _put(code, "CodeNumber", message.code_number)
    _put(code, "CodeNotation", message.code_notation)
    promulgation = _add(header, "PromulgationInfo")
    _put(promulgation, "Place", message.place)
    _put(promulgation, "PromulgationDate", _slashed(message.date))
    kind = _add(header, "DocumentType")
    _put(kind, "Type", message.type_code)
    _put(kind, "TypeName", message.type_name)
    _put(kind, "TypeDetail", message.type_detail)
    _put(header, "Subject", message.subject)
    _put(header, "Content", message.content)
    signer = _add(header, "SignerInfo")
    _put(signer, "Competence", message.competence)
    _put(signer, "Position", message.position)
    _put(signer, "FullName", message.full_name)
    _put(header, "DueDate", _slashed(message.due))
    if message.to_places:
        places = _add(header, "ToPlaces")
        for place in message.to_places:
            _put(places, "Place", place)
    other = _add(header, "OtherInfo")
    _put(other, "Priority", message.priority)
    _put(other, "SphereOfPromulgation", message.sphere)
    _put(other, "TyperNotation", message.typer_notation)
    _put(other, "PromulgationAmount", message.amount)
    _put(other, "PageAmount", message.pages)
    if message.appendixes:
        appendixes = _add(other, "Appendixes")
        for appendix in message.appendixes:
            _put(appendixes, "Appendix", appendix)
    for reply in message.replies:
        _reply(header, reply)
    _put(header, "SteeringType", message.steering)
    _put(header, "DocumentId", message.document_id)


def _organ(parent: Any, organ: Organ) -> None:
    for name, value in (
        ("OrganId", organ.id), ("OrganizationInCharge", organ.in_charge), ("OrganName", organ.name),
        ("OrganAdd", organ.address), ("Email", organ.email), ("Telephone", organ.telephone), ("Fax", organ.fax),
        ("Website", organ.website),
    ):  # fmt: skip
        _put(parent, name, value)


def _reply(parent: Any, reply: Reply) -> None:
    element = _add(parent, "ResponseFor")
    _put(element, "OrganId", reply.organ_id)
    _put(element, "Code", reply.code)
    _put(element, "PromulgationDate", _slashed(reply.date))
    _put(element, "DocumentId", reply.document_id)


def _staff(parent: Any, staff: Staff | None) -> None:
    if staff is None:
        return
    element = _add(parent, "StaffInfo")
    _put(element, "Department", staff.department)
    _put(element, "Staff", staff.name)
    _put(element, "Mobile", staff.mobile)
    _put(element, "Email", staff.email)


def _business(element: Any, business: Business) -> None:
    _put(element, "BussinessDocType", business.kind)
    _put(element, "BussinessDocReason", business.reason)
    if business.changes_document is not None or business.changes_receivers is not None or business.receivers:
        info = _add(element, "BussinessDocumentInfo")
        _put(info, "DocumentInfo", _flag(business.changes_document))
        _put(info, "DocumentReceiver", _flag(business.changes_receivers))
        if business.receivers:
            listed = _add(info, "ReceiverList")
            for kind, organ_id in business.receivers:
                receiver = _add(listed, "Receiver")
                _put(receiver, "ReceiverType", kind)
                _put(receiver, "OrganId", organ_id)
    _put(element, "DocumentId", business.document_id)
    _staff(element, business.staff)
    _put(element, "Paper", _flag(business.paper))
    if business.replacements:
        listed = _add(element, "ReplacementInfoList")
        for replacement in business.replacements:
            info = _add(listed, "ReplacementInfo")
            _put(info, "DocumentId", replacement.document_id)
            if replacement.organ_ids:
                ids = _add(info, "OrganIdList")
                for organ_id in replacement.organ_ids:
                    _put(ids, "OrganId", organ_id)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Any, name: str, **values: str) -> Any:
    return etree.SubElement(parent, _tag(name), values)


def _put(parent: Any, name: str, value: object) -> None:
    if value is not None and value != "":
        _add(parent, name).text = printable(str(value))


def _slashed(iso: str | None) -> str | None:
    return iso.replace("-", "/") if iso else None


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)

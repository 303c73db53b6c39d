"""edXML: written, validated, read back equal; other systems' spellings; unsafe XML; message against scan."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent.parent / "store"))
from store_making import LETTER, LETTER_TEXT, make

from pipeline.export import edxml
from pipeline.export.edxml.convert import join_number, split_number
from pipeline.export.edxml.message import Replacement, Staff, Trace
from pipeline.export.errors import MessageIncomplete, MessageInvalid

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyẵộữỵĐ&<>\"'/-,. 0123456789"
words = st.text(LETTERS, min_size=1, max_size=30).map(lambda t: " ".join(t.split())).filter(bool)
maybe = st.none() | words
days = st.none() | st.dates().map(lambda d: d.isoformat())
moments = st.datetimes().map(lambda m: m.replace(microsecond=0).isoformat(" "))
ids = st.from_regex(r"[A-K][0-9]{2}(\.[0-9]{2}){0,3}", fullmatch=True)
counts = st.none() | st.integers(0, 999)


@st.composite
def messages(draw: st.DrawFn) -> edxml.Message:
    organs = st.builds(edxml.Organ, ids, *[maybe] * 7)
    replies = st.builds(edxml.Reply, ids, maybe, maybe, days)
    staff = st.none() | st.builds(Staff, words, maybe, maybe, maybe)
    business = st.builds(
        edxml.Business, st.integers(0, 3), maybe, st.none() | st.booleans(), st.none() | st.booleans(),
        st.lists(st.tuples(st.integers(0, 1), ids), max_size=2), maybe, staff, st.none() | st.booleans(),
        st.lists(st.builds(Replacement, words, st.lists(ids, max_size=2)), max_size=2),
    )  # fmt: skip
    files = [
        edxml.Attachment(
            draw(words).replace("/", "").strip(". ") or "t",
            draw(st.binary(max_size=50)),
            "application/pdf",
            f"c{at}",
            draw(maybe),
        )
        for at in range(draw(st.integers(0, 2)))
    ]
    return edxml.Message(
        draw(organs), draw(st.lists(organs, max_size=2)), draw(maybe), draw(maybe), draw(maybe), draw(days),
        draw(counts), draw(maybe), draw(maybe), draw(maybe), draw(maybe), draw(maybe), draw(maybe), draw(maybe),
        draw(days), draw(st.lists(words, max_size=3)), draw(st.none() | st.integers(0, 4)), draw(maybe), draw(maybe),
        draw(counts), draw(counts), draw(st.lists(words, max_size=2)), draw(st.lists(replies, max_size=2)),
        draw(st.none() | st.integers(0, 3)), draw(maybe),
        draw(st.lists(st.builds(Trace, ids, moments), max_size=2)), draw(st.none() | business), files,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(messages())
def test_a_message_is_read_back_equal_and_fits_the_schema(message: edxml.Message) -> None:
    data = edxml.write(message)
    assert edxml.validate(data) == []
    back = edxml.read(data)
    for one in fields(message):
        assert getattr(back, one.name) == getattr(message, one.name), one.name
    assert back.remarks == []


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["01", "06", "13", "16"]), ids, maybe, moments)
def test_a_status_is_read_back_equal_and_fits_the_schema(code: str, organ: str, said: str | None, at: str) -> None:
    status = edxml.Status(code, edxml.Organ(organ), edxml.Reply(organ, "514/SGDĐT-VP", None, "2021-04-14"), at, said)
    data = edxml.write_status(status)
    assert edxml.validate(data) == []
    assert edxml.read_status(data) == status


HEADER = {name: LETTER[name] for name in ("number", "doc_type", "date", "place", "issuer", "issuer_parent", "subject")}


def test_the_header_of_a_record_survives_the_wire() -> None:
    record = make(LETTER_TEXT, **LETTER, urgency="hỏa tốc", addressees=["Các phòng"], distribution=[
        {"name": "Như trên", "purpose": None}, {"name": "UBND tỉnh", "purpose": "báo cáo"}])  # fmt: skip
    data = edxml.write(edxml.message_of(record, "H48.15", attachments=[edxml.Attachment("vb.pdf", b"%PDF-1.7")]))
    assert b"<edXML:BussinessDocType>0<" in data
    assert b"<edXML:PromulgationDate>2021/04/14<" in data
    message = edxml.read(data)
    back = edxml.record_of(message, data, "vb.xml")
    assert {name: getattr(back, name) for name in HEADER} == HEADER
    assert (back.urgency, back.addressees, back.distribution) == (
        record.urgency,
        record.addressees,
        record.distribution,
    )
    assert back.signer is not None
    assert back.signer.name == "Trần Sỹ"
    assert (back.source.medium, {e.source for some in back.evidence.values() for e in some}) == ("digital", {"message"})
    assert edxml.compare(back, record) == []
    assert message.attachments[0].data == b"%PDF-1.7"
    assert edxml.missing_for_sending(message) == ["mã định danh của «Các phòng»"]


def test_what_the_scan_says_otherwise_is_a_finding_and_what_it_lacks_is_none() -> None:
    record = make(LETTER_TEXT, **LETTER)
    data = edxml.write(edxml.message_of(record, "H48.15"))
    said = edxml.record_of(edxml.read(data), data, "vb.xml")
    scan = make("x", number="515/SGDĐT-VP", raw_number="515/SGDĐT-VP", subject=LETTER["subject"] + ".")
    assert [m.pointer for m in edxml.compare(said, scan)] == ["/number"]


@pytest.mark.parametrize("number", ["514/SGDĐT-VP", "205-KH/TU", "09/2017/NĐ-CP", "41-CT/TW", "14514-CV/VPTW"])
def test_a_number_taken_apart_is_put_together_again(number: str) -> None:
    serial, notation = split_number(number)
    assert join_number(serial, notation) == number
    assert join_number(serial, notation, f"H48,2021/01/01,{number}") == number


def test_a_code_with_two_readings_is_not_put_together() -> None:
    assert join_number("12", "ABC/DEF") is None


def test_without_number_or_sender_no_message_is_made() -> None:
    with pytest.raises(MessageIncomplete):
        edxml.message_of(make("x", issuer="Sở Nội vụ"), "H48")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'<!DOCTYPE a [<!ENTITY x "y">]><edXML>&x;</edXML>', id="entities"),
        pytest.param(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><edXML/>', id="external"),
        pytest.param(b"<edXML>" + b"<a>" * 100 + b"</a>" * 100 + b"</edXML>", id="deep"),
        pytest.param(b"<edXML><a></edXML>", id="broken"),
        pytest.param(b"", id="empty"),
        pytest.param(b"<html/>", id="another root"),
    ],
)
def test_unsafe_or_foreign_xml_is_refused(data: bytes) -> None:
    with pytest.raises(MessageInvalid):
        edxml.read(data)


def test_spellings_of_other_systems_are_understood_and_remarked_upon() -> None:
    data = edxml.write(edxml.message_of(make(LETTER_TEXT, **LETTER), "H48.15"))
    other = data.replace(b"Bussiness", b"Business").replace(b"OrganizationInCharge", b"OrganInCharge")
    other = other.replace(b"http://www.mic.gov.vn/TBT/QCVN_102_2016", b"http://www.e-doc.vn/Schema/")
    message = edxml.read(other)
    assert message.business is not None
    assert message.sender.in_charge == "UBND tỉnh Quảng Ngãi"
    assert len(message.remarks) == 3
    assert edxml.validate(other) != []


@pytest.mark.parametrize(
    ("element", "bad"),
    [
        (b"2021/04/14<", b"2021/13/14<"),
        (b"2021/04/14<", b"14-04-2021<"),
        (b"<edXML:Priority>0", b"<edXML:Priority>9"),
    ],
)
def test_values_that_make_no_sense_are_left_out_with_a_remark(element: bytes, bad: bytes) -> None:
    data = edxml.write(edxml.message_of(make(LETTER_TEXT, **LETTER), "H48.15")).replace(element, bad)
    message = edxml.read(data)
    assert message.remarks
    assert None in (message.date, message.priority)

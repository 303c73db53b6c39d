"""Zones of an official document, named after the ô số of Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục IV."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.layout.flow import Flow, PageLine
from pipeline.read.model import Page


class Zone(StrEnum):
    """Where a line belongs."""

    MOTTO = "motto"  # ô 1
    ISSUER = "issuer"  # ô 2
    NUMBER = "number"  # ô 3
    PLACE_DATE = "place_date"  # ô 4
    TITLE = "title"  # ô 5a: name of the type
    SUBJECT = "subject"  # ô 5a, 5b: trích yếu
    BODY = "body"  # ô 6
    SIGNATURE = "signature"  # ô 7a, 7b
    RECIPIENTS = "recipients"  # ô 9b
    ADDRESSEES = "addressees"  # ô 9a
    SECRECY = "secrecy"  # ô 10a
    URGENCY = "urgency"  # ô 10b
    CIRCULATION = "circulation"  # ô 11
    CONTACT = "contact"  # ô 13
    RECEIVED = "received"  # the receiver's ĐẾN stamp
    DIGITAL_SIGNATURE = "digital_signature"  # ô 14 and the block a PDF viewer shows
    COPY = "copy"  # SAO Y, SAO LỤC, TRÍCH SAO: who made the copy
    ANNEX = "annex"  # phụ lục, and the text that a decision promulgates
    FURNITURE = "furniture"  # page numbers, running heads


ZONE_NAMES = {
    Zone.MOTTO: "Quốc hiệu, tiêu ngữ",
    Zone.ISSUER: "Cơ quan ban hành",
    Zone.NUMBER: "Số, ký hiệu",
    Zone.PLACE_DATE: "Địa danh, ngày tháng",
    Zone.TITLE: "Tên loại",
    Zone.SUBJECT: "Trích yếu",
    Zone.BODY: "Nội dung",
    Zone.SIGNATURE: "Người ký",
    Zone.RECIPIENTS: "Nơi nhận",
    Zone.ADDRESSEES: "Kính gửi",
    Zone.SECRECY: "Độ mật",
    Zone.URGENCY: "Độ khẩn",
    Zone.CIRCULATION: "Phạm vi lưu hành",
    Zone.CONTACT: "Địa chỉ liên hệ",
    Zone.RECEIVED: "Dấu đến",
    Zone.DIGITAL_SIGNATURE: "Chữ ký số",
    Zone.COPY: "Sao y",
    Zone.ANNEX: "Phụ lục",
    Zone.FURNITURE: "Đầu trang, số trang",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: a half-open span of the body's flow and its place in the outline.

    ``kind``: ``roman``, ``number``, ``letter``, ``dash``, ``plus``, ``article`` (Điều), ``chapter`` or ``plain``.
    ``section`` is the path of numbered ancestors and its own marker ("II.1", "Điều 2.1"), None outside any.
    ``parent`` is the index of the paragraph it hangs under, None at the top.
    """

    start: int
    end: int
    kind: str
    marker: str | None
    section: str | None
    parent: int | None
    depth: int
    annex: bool = False


@dataclass(slots=True)
class DocumentLayout:
    """One document of a file: its pages, the zone of every line, and flows over the zones."""

    pages: list[Page]
    lines: list[tuple[Zone, PageLine]]
    body: Flow = field(default_factory=Flow)
    paragraphs: list[Paragraph] = field(default_factory=list)
    flows: dict[Zone, Flow] = field(default_factory=dict)

    def zone(self, zone: Zone) -> Flow:
        """Flow over the lines of a zone, one line each; empty when the document has none."""
        if zone not in self.flows:
            self.flows[zone] = Flow.of_lines(self.lines_of(zone), " " if zone is Zone.SUBJECT else "\n")
        return self.flows[zone]

    def lines_of(self, zone: Zone) -> list[PageLine]:
        return [line for kind, line in self.lines if kind is zone]

    @property
    def page_range(self) -> tuple[int, int]:
        return self.pages[0].number, self.pages[-1].number

    def paragraph_text(self, index: int) -> str:
        paragraph = self.paragraphs[index]
        return self.body.text[paragraph.start : paragraph.end]

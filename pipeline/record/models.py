"""The record: the published contract, as pydantic models.

Field names are final.  Every model forbids unknown fields, so a misspelt name is an error and not a silent loss.
Titles and descriptions are Vietnamese because forms, the JSON Schema and the API documentation show them to users.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.0"

Medium = Literal["scan", "digital", "text"]
Urgency = Literal["khẩn", "thượng khẩn", "hỏa tốc", "hỏa tốc hẹn giờ"]
Secrecy = Literal["mật", "tối mật", "tuyệt mật"]
Purpose = Literal["báo cáo", "thực hiện", "phối hợp", "biết"]
Relation = Literal[
    "implements", "based_on", "replies_to", "follows", "proposed_by", "guides", "amends",
    "replaces", "repeals", "corrects", "recalls", "promulgates", "refers_to",
]  # fmt: skip
Status = Literal["extracted", "inferred", "unreadable", "corrected"]
EvidenceSource = Literal["ocr", "text-layer", "text", "handwriting", "signature", "person", "message"]

IsoDate = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$")]
IsoMoment = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d)?$")]
E164 = Annotated[str, Field(pattern=r"^\+[1-9]\d{3,14}$")]
Box = tuple[float, float, float, float]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class Source(Strict):
    """Where the record was read from."""

    file: str = Field(title="Tên tệp", description="Tên tệp nguồn, không kèm thư mục.")
    sha256: str = Field(title="Mã băm", description="SHA-256 của tệp nguồn.", pattern=r"^[0-9a-f]{64}$")
    pages: tuple[int, int] = Field(title="Trang", description="Trang đầu và trang cuối của văn bản, đếm từ 1.")
    medium: Medium = Field(title="Loại nguồn", description="scan: ảnh quét; digital: PDF/DOCX có chữ; text: văn bản.")

    @model_validator(mode="after")
    def _pages_in_order(self) -> Source:
        if not 1 <= self.pages[0] <= self.pages[1]:
            raise ValueError("pages must be 1-based and in order")
        return self


class Received(Strict):
    organization: str | None = Field(None, title="Cơ quan nhận")
    number: str | None = Field(None, title="Số đến")
    date: IsoDate | None = Field(None, title="Ngày đến")
    routing: str | None = Field(None, title="Chuyển", description="Nội dung dòng «Chuyển» trên dấu đến.")


class Recipient(Strict):
    name: str = Field(title="Nơi nhận")
    purpose: Purpose | None = Field(None, title="Mục đích")


class Citation(Strict):
    doc_type: str | None = Field(None, title="Tên loại")
    number: str | None = Field(None, title="Số, ký hiệu", description="Dạng chuẩn, đã sửa lỗi đánh máy chắc chắn.")
    raw_number: str | None = Field(None, title="Số, ký hiệu như in")
    date: IsoDate | None = Field(None, title="Ngày")
    issuer: str | None = Field(None, title="Cơ quan ban hành", description="Như văn bản viết.")
    title: str | None = Field(None, title="Trích yếu")
    relation: Relation = Field("refers_to", title="Quan hệ", description="Của văn bản này đối với văn bản được dẫn.")
    via: str | None = Field(None, title="Qua", description="Số của văn bản có trích yếu chứa văn bản này.")
    attached: bool = Field(False, title="Đính kèm")


class Task(Strict):
    section: str | None = Field(None, title="Mục")
    text: str = Field(title="Nội dung")
    assignees: list[str] = Field(default_factory=list, title="Đơn vị thực hiện")
    deadline: IsoMoment | None = Field(None, title="Hạn")


class Deadline(Strict):
    """A point in time, a period, a recurrence, or a term counted from an anchor."""

    kind: Literal["due", "period", "recurring", "relative"] = Field(title="Dạng")
    raw: str = Field(title="Nguyên văn")
    task: int | None = Field(None, ge=0, title="Nhiệm vụ", description="Chỉ số trong tasks.")
    due: IsoMoment | None = Field(None, title="Hạn")
    bound: Literal["before", "by"] | None = Field(None, title="Trước / chậm nhất")
    start: IsoDate | None = Field(None, title="Từ ngày")
    end: IsoDate | None = Field(None, title="Đến hết ngày")
    rule: str | None = Field(None, title="Chu kỳ", description="RFC 5545 RRULE.")
    days: int | None = Field(None, ge=0, title="Số ngày")
    working: bool | None = Field(None, title="Ngày làm việc")
    anchor: Literal["issued", "received"] | None = Field(None, title="Tính từ")

    @model_validator(mode="after")
    def _kind_has_its_value(self) -> Deadline:
        needed: dict[str, Any] = {
            "due": self.due,
            "period": self.start and self.end,
            "recurring": self.rule,
            "relative": self.days is not None and self.anchor,
        }
        if not needed[self.kind]:
            raise ValueError(f"a deadline of kind {self.kind} lacks its value")
        return self


class Contact(Strict):
    name: str | None = Field(None, title="Họ tên")
    position: str | None = Field(None, title="Chức vụ")
    organization: str | None = Field(None, title="Đơn vị")
    phones: list[E164] = Field(default_factory=list, title="Điện thoại")
    faxes: list[E164] = Field(default_factory=list, title="Fax")
    emails: list[str] = Field(default_factory=list, title="Thư điện tử")


class Signer(Strict):
    name: str | None = Field(None, title="Họ tên người ký")
    position: str | None = Field(None, title="Chức vụ")
    authority: str | None = Field(
        None, title="Quyền hạn", pattern=r"^(KT\.|TM\.|TL\.|TUQ\.|Q\.)( (KT\.|TM\.|TL\.|TUQ\.|Q\.))*$"
    )
    on_behalf_of: str | None = Field(None, title="Ký thay / thay mặt")


class Evidence(Strict):
    """Where one value was read: the page, the boxes on it, and the span of the page's raw text."""

    page: int = Field(ge=1, title="Trang")
    boxes: list[Box] = Field(default_factory=list, title="Khung", description="Trái, trên, phải, dưới; tỉ lệ 0–1.")
    span: tuple[int, int] | None = Field(default=None, title="Vị trí chữ")
    text: str | None = Field(default=None, title="Nguyên văn")
    source: EvidenceSource = Field(title="Cách đọc")
    confidence: float | None = Field(
        None, ge=0, le=1, title="Độ tin cậy",
        description="Xác suất giá trị đúng, đã hiệu chỉnh theo từng trường; null khi không biết. "
        "Ở một giá trị bỏ trống (unreadable): xác suất gợi ý đầu tiên đúng.",
    )  # fmt: skip
    rule: str = Field(title="Quy tắc")
    status: Status = Field("extracted", title="Trạng thái")
    alternatives: list[str] | None = Field(
        None, title="Gợi ý", description="Các cách đọc khác, chỉ để người tham khảo."
    )

    @model_validator(mode="after")
    def _sound(self) -> Evidence:
        for left, top, right, bottom in self.boxes:
            if not (0 <= left <= right <= 1 and 0 <= top <= bottom <= 1):
                raise ValueError("a box lies outside the page")
        if self.span is not None:
            if not 0 <= self.span[0] <= self.span[1]:
                raise ValueError("a span is out of order")
            if self.text is None or len(self.text) != self.span[1] - self.span[0]:
                raise ValueError("a span and its text differ in length")
        return self


SCALARS = (
    "number", "raw_number", "doc_type", "date", "partial_date", "place",
    "issuer", "issuer_parent", "subject", "urgency", "secrecy",
)  # fmt: skip
LISTS = ("addressees", "distribution", "archive", "citations", "tasks", "deadlines", "contacts")
OBJECTS = ("received", "signer")


class Record(Strict):
    """One official document."""

    schema_version: str = Field(SCHEMA_VERSION, title="Phiên bản lược đồ")
    id: str = Field(title="Mã bản ghi", description="Như nhau ở mọi lần chạy trên cùng một tệp.")
    source: Source = Field(title="Nguồn")
    number: str | None = Field(None, title="Số, ký hiệu", description="Dạng chuẩn; null khi trống hoặc không đọc được.")
    raw_number: str | None = Field(None, title="Số, ký hiệu như in")
    doc_type: str | None = Field(None, title="Tên loại")
    date: IsoDate | None = Field(None, title="Ngày ban hành")
    partial_date: PartialDate | None = Field(None, title="Ngày không đủ", description="Chỉ năm, hoặc năm và tháng.")
    place: str | None = Field(None, title="Địa danh")
    issuer: str | None = Field(None, title="Cơ quan ban hành")
    issuer_parent: str | None = Field(None, title="Cơ quan chủ quản")
    subject: str | None = Field(None, title="Trích yếu")
    urgency: Urgency | None = Field(None, title="Độ khẩn")
    secrecy: Secrecy | None = Field(None, title="Độ mật")
    received: Received | None = Field(None, title="Dấu đến")
    addressees: list[str] = Field(default_factory=list, title="Kính gửi")
    distribution: list[Recipient] = Field(default_factory=list, title="Nơi nhận")
    archive: list[str] = Field(default_factory=list, title="Lưu")
    citations: list[Citation] = Field(default_factory=list, title="Văn bản được dẫn")
    tasks: list[Task] = Field(default_factory=list, title="Nhiệm vụ")
    deadlines: list[Deadline] = Field(default_factory=list, title="Thời hạn")
    contacts: list[Contact] = Field(default_factory=list, title="Liên hệ")
    signer: Signer | None = Field(None, title="Người ký")
    warnings: list[str] = Field(default_factory=list, title="Cảnh báo")
    evidence: dict[str, list[Evidence]] = Field(default_factory=dict, title="Bằng chứng")

    def pointers(self) -> Iterator[str]:
        """JSON Pointers that must have evidence: non-null scalars, list items, and non-null objects."""
        for name in SCALARS:
            if getattr(self, name) is not None:
                yield f"/{name}"
        for name in LISTS:
            for at in range(len(getattr(self, name))):
                yield f"/{name}/{at}"
        for name in OBJECTS:
            value = getattr(self, name)
            if value is not None:
                for key, part in value:
                    if part is not None:
                        yield f"/{name}/{key}"

    def evidence_of(self, pointer: str) -> list[Evidence]:
        """Evidence of a field, or of the item it belongs to when the field has none of its own."""
        while pointer:
            if found := self.evidence.get(pointer):
                return found
            pointer = pointer.rpartition("/")[0]
        return []

    @model_validator(mode="after")
    def _no_value_without_evidence(self) -> Record:
        bare = [p for p in self.pointers() if not self.evidence_of(p)]
        if bare:
            raise ValueError(f"values without evidence: {', '.join(bare)}")
        for at, deadline in enumerate(self.deadlines):
            if deadline.task is not None and deadline.task >= len(self.tasks):
                raise ValueError(f"/deadlines/{at}/task points beyond the tasks")
        return self

    def verify(self, page_texts: dict[int, str]) -> list[str]:
        """Compare every evidence span with the raw text of its page; return what differs, empty when all hold."""
        wrong = []
        for pointer, pieces in self.evidence.items():
            for piece in pieces:
                if piece.span is None:
                    continue
                text = page_texts.get(piece.page)
                if text is None or text[piece.span[0] : piece.span[1]] != piece.text:
                    wrong.append(f"{pointer}: page {piece.page} span {piece.span} is not {piece.text!r}")
        return wrong

"""Records: search, one record with its evidence and pages, corrections, registers, tasks."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from fastapi import Query as Parameter
from pydantic import BaseModel, ConfigDict, Field

from pipeline.api.access import Caller, Reader, Writer
from pipeline.api.answers import (
    Day,
    Limit,
    MaybeText,
    Offset,
    Text,
    Year,
    answer,
    attachment,
    page,
    record_body,
    seen_version,
    tagged,
)
from pipeline.read.model import Box
from pipeline.record.models import IsoDate, Record
from pipeline.store.corrections import Correction
from pipeline.store.errors import NotFound
from pipeline.store.query import Query
from pipeline.store.tasks import TaskState

router = APIRouter(prefix="/api/v1")
RecordId = Annotated[str, InPath(min_length=1, max_length=100, examples=["9f2c1b7e5a3d4c6f-1"])]
Number = Annotated[int, InPath(ge=1, le=1_000_000)]
Fraction = Annotated[float, Field(ge=0, le=1)]


@router.get("/schema", tags=["Bản ghi"], summary="Lược đồ JSON của bản ghi")
def schema(request: Request, who: Reader) -> Response:
    return answer(request, Record.model_json_schema())


@router.get("/records", tags=["Bản ghi"], summary="Tìm văn bản")
def search(
    request: Request,
    who: Reader,
    q: Annotated[str, Parameter(max_length=500, description='Từ, "cụm từ", đầu từ*, -từ không có.')] = "",
    issuer: MaybeText = None,
    doc_type: Annotated[str | None, Parameter(max_length=100, examples=["công văn"])] = None,
    number: Annotated[str | None, Parameter(max_length=100, examples=["514/SGDĐT-VP"])] = None,
    cites: MaybeText = None,
    date_from: Day = None,
    date_to: Day = None,
    due_from: Day = None,
    due_to: Day = None,
    year: Year = None,
    state: Literal["new", "confirmed"] | None = None,
    registered: bool | None = None,
    sort: Literal["relevance", "date", "arrival"] = "date",
    limit: Limit = 20,
    offset: Offset = 0,
) -> Response:
    """Mọi bộ lọc đã ghi đều phải đúng; `q` tìm cả trong toàn văn, không cần dấu."""
    found = who.archive.search(who.actor, Query(
        q, issuer=issuer, doc_type=doc_type, number=number, cites=cites, date_from=date_from, date_to=date_to,
        due_from=due_from, due_to=due_to, year=year, state=state, registered=registered, sort=sort, limit=limit,
        offset=offset,
    ))  # fmt: skip
    return page(request, found.hits, found.total, limit, offset, more=found.more)


@router.get("/records/{record_id}", tags=["Bản ghi"], summary="Một bản ghi")
def record(
    request: Request, who: Reader, record_id: RecordId, version: Annotated[int | None, Parameter(ge=1, le=10**6)] = None
) -> Response:
    """ETag của câu trả lời dùng cho If-None-Match khi đọc lại và If-Match khi sửa."""
    return answer(request, record_body(who.archive.record(who.actor, record_id, version)))


@router.get("/records/{record_id}/evidence", tags=["Bản ghi"], summary="Bằng chứng của các trường")
def evidence(
    request: Request, who: Reader, record_id: RecordId,
    pointer: Annotated[str | None, Parameter(max_length=200, examples=["/number"])] = None,
) -> Response:  # fmt: skip
    """Trang, khung, nguyên văn của mỗi giá trị; `pointer` là JSON Pointer của một trường."""
    found = who.archive.record(who.actor, record_id).record
    if pointer is None:
        return answer(request, {key: [one.model_dump(mode="json") for one in v] for key, v in found.evidence.items()})
    pieces = found.evidence_of(pointer)
    if not pieces:
        raise NotFound(what="bằng chứng của", key=pointer)
    return answer(request, {pointer: [one.model_dump(mode="json") for one in pieces]})


@router.get("/records/{record_id}/versions", tags=["Bản ghi"], summary="Các phiên bản và lần sửa")
def versions(request: Request, who: Reader, record_id: RecordId) -> Response:
    listed = [{"n": v.n, "at": v.at, "actor": v.actor, "role": v.role, "cause": v.cause, "digest": v.digest}
              for v in who.archive.versions(who.actor, record_id)]  # fmt: skip
    return answer(request, {"versions": listed, "corrections": who.archive.corrections(who.actor, record_id)})


@router.get("/records/{record_id}/pages", tags=["Trang"], summary="Chữ của các trang")
def pages(request: Request, who: Reader, record_id: RecordId) -> Response:
    """Chữ thô của từng trang; `span` của bằng chứng chỉ vào chữ này."""
    listed = [{"number": p.number, "text": p.text} for p in who.archive.pages(who.actor, record_id)]
    return answer(request, {"pages": listed})


@router.get(
    "/records/{record_id}/pages/{number}.png", tags=["Trang"], summary="Ảnh một trang",
    responses={200: {"content": {"image/png": {}}}},
)  # fmt: skip
def picture(
    request: Request, who: Reader, record_id: RecordId, number: Number,
    dpi: Annotated[int, Parameter(ge=40, le=200)] = 100,
) -> Response:  # fmt: skip
    """Ảnh PNG của trang `number` (đếm từ 1 trong tệp), đứng thẳng."""
    found = who.archive.record(who.actor, record_id).record
    if not found.source.pages[0] <= number <= found.source.pages[1]:
        raise NotFound(what="trang", key=str(number))
    words = [w[2:] for read in who.archive.pages(who.actor, record_id) if read.number == number for w in read.words]
    stream, name = who.archive.original(who.actor, record_id)
    with stream:
        data = _png(stream.read(), Path(name), number, dpi, words)
    if data is None:
        raise NotFound(what="ảnh của trang", key=str(number))
    return tagged(request, data, "image/png", {"X-Content-Type-Options": "nosniff"})


def _png(data: bytes, path: Path, number: int, dpi: int, words: Sequence[Box]) -> bytes | None:
    from PIL import Image

    from pipeline.workflow.reread import upright_picture

    rgb = upright_picture(data, path, number, words, dpi=dpi)
    if rgb is None:
        return None
    out = BytesIO()
    Image.fromarray(rgb).save(out, "PNG")
    return out.getvalue()


@router.get("/records/{record_id}/original", tags=["Trang"], summary="Tệp gốc, đúng từng byte")
def original(request: Request, who: Reader, record_id: RecordId) -> Response:
    stream, name = who.archive.original(who.actor, record_id)
    with stream:
        return tagged(request, stream.read(), "application/octet-stream", attachment(name))


# --- people's work ---


class Change(BaseModel):
    """One correction: a JSON Pointer and its new value (null empties the field)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [
        {"op": "set", "pointer": "/number", "value": "514/SGDĐT-VP"}]})  # fmt: skip
    op: Literal["set", "insert", "remove"] = "set"
    pointer: str = Field(max_length=200, pattern="^/")
    value: Any = None
    page: int | None = Field(None, ge=1, le=100_000)
    boxes: list[tuple[Fraction, Fraction, Fraction, Fraction]] = Field(default_factory=list, max_length=100)


class Changes(BaseModel):
    """Corrections that hold all or none, as one version."""

    model_config = ConfigDict(extra="forbid")
    changes: list[Change] = Field(min_length=1, max_length=200)
    note: str = Field("", max_length=2000)


@router.post("/records/{record_id}/corrections", tags=["Sửa"], summary="Sửa bản ghi")
def correct(request: Request, who: Writer, record_id: RecordId, body: Changes) -> Response:
    """Gửi kèm If-Match (ETag của bản ghi đang xem) thì bị từ chối (412) khi người khác đã sửa trước."""
    seen = seen_version(request, who.archive.record(who.actor, record_id))
    changes = [Correction(c.op, c.pointer, c.value, page=c.page, boxes=list(c.boxes)) for c in body.changes]
    stored = who.archive.correct_all(who.actor, record_id, changes, note=body.note, seen_version=seen)
    return answer(request, record_body(stored))


@router.post("/records/{record_id}/confirm", tags=["Sửa"], summary="Xác nhận bản ghi")
def confirm(request: Request, who: Writer, record_id: RecordId) -> Response:
    seen = seen_version(request, who.archive.record(who.actor, record_id))
    return answer(request, record_body(who.archive.confirm(who.actor, record_id, seen_version=seen)))


class Entry(BaseModel):
    """A line of a register; the number is given by the book."""

    model_config = ConfigDict(extra="forbid")
    book: Literal["đến", "đi"] = "đến"
    day: IsoDate | None = None
    handler: str | None = Field(None, max_length=1000)
    due: IsoDate | None = None
    note: str | None = Field(None, max_length=500)
    copies: int | None = Field(None, ge=0, le=100_000)


@router.post("/records/{record_id}/register", tags=["Sổ"], summary="Vào sổ văn bản")
def enter(request: Request, who: Writer, record_id: RecordId, body: Entry) -> Response:
    from datetime import date

    from pipeline.errors import UsageError

    try:
        day = date.fromisoformat(body.day) if body.day else None
    except ValueError as error:
        raise UsageError(reason=f"không có ngày {body.day}") from error
    fields = body.model_dump(exclude={"book", "day"}, exclude_none=True)
    return answer(request, who.archive.register(who.actor, record_id, book=body.book, day=day, **fields))


@router.get("/registers/{book}", tags=["Sổ"], summary="Các dòng của sổ")
def entries(
    request: Request, who: Reader, book: Literal["đến", "đi"], year: Year = None, day_from: Day = None,
    day_to: Day = None, text: Text = "", limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    found, total = who.archive.register_entries(
        who.actor, book, year=year, day_from=day_from, day_to=day_to, text=text or None, limit=limit, offset=offset
    )
    return page(request, found, total, limit, offset)


@router.get("/tasks", tags=["Nhiệm vụ"], summary="Nhiệm vụ và thời hạn")
def tasks(
    request: Request, who: Reader, state: TaskState | None = None, due_from: Day = None, due_to: Day = None,
    unit: MaybeText = None, limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    filters: dict[str, Any] = {"state": state, "due_from": due_from, "due_to": due_to, "unit": unit}
    found = who.archive.tasks(who.actor, **filters, limit=limit, offset=offset)
    return page(request, found, _total(who, filters), limit, offset)


def _total(who: Caller, filters: dict[str, Any]) -> int:
    counts = who.archive.task_counts(who.actor, **filters)
    return sum(many for state, many in counts.items() if state != "quá hạn")


class TaskChange(BaseModel):
    """How far a task is."""

    model_config = ConfigDict(extra="forbid")
    state: TaskState
    note: str = Field("", max_length=2000)


@router.post("/tasks/{number}/state", tags=["Nhiệm vụ"], summary="Cập nhật nhiệm vụ", status_code=204)
def set_task(who: Writer, number: Annotated[int, InPath(ge=1, le=2**31 - 1)], body: TaskChange) -> Response:
    who.archive.set_task(who.actor, number, body.state, body.note)
    return Response(status_code=204)

"""Files in: documents to read, jobs, edXML messages."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from concurrent.futures import TimeoutError as WaitedTooLong
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Header, Request, Response, UploadFile
from fastapi import Path as InPath
from fastapi.responses import JSONResponse

from pipeline.api.access import Caller, Reader, Writer
from pipeline.api.answers import Limit, Offset, answer, page, plain, record_body
from pipeline.api.errors import TooManyRequests
from pipeline.errors import CongvanError
from pipeline.export import edxml
from pipeline.read.sniff import sniff
from pipeline.record.models import Record
from pipeline.store.actors import require
from pipeline.store.reading import PageText, Reading

router = APIRouter(prefix="/api/v1")
_ATTACHMENTS = 10
"""Files of a message that are compared with it."""
IdempotencyKey = Annotated[
    str | None,
    Header(alias="Idempotency-Key", max_length=200, description="Gửi lại cùng giá trị thì nhận lại câu trả lời cũ."),
]


def _name(upload: UploadFile) -> str:
    """The file's own name without folders, short enough for a file system."""
    name = PurePath((upload.filename or "").replace("\\", "/").replace("\x00", "")).name
    stem, suffix = PurePath(name).stem[:80], PurePath(name).suffix[:10]
    return stem + suffix if name not in ("", ".", "..") else "van-ban"


@router.post(
    "/documents", tags=["Gửi văn bản"], summary="Gửi một tệp để đọc và đưa vào kho", status_code=200,
    responses={202: {"description": "Tệp lớn: đang đọc, xem việc ở Location."}},
)  # fmt: skip
def submit(
    request: Request,
    who: Writer,
    file: Annotated[UploadFile, File(description="PDF, JPEG, PNG, TIFF, DOCX, TXT, Markdown hoặc HTML.")],
    mode: Literal["auto", "wait", "job"] = "auto",
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Tệp nhỏ được đọc ngay (200, kèm bản ghi); tệp lớn thành việc (202, hỏi tiến độ ở Location).

    `mode=wait` đợi đến hết thời gian chờ của máy chủ, `mode=job` luôn trả về việc.
    """
    require(who.actor, "add")
    data = file.file.read()
    name = _name(file)
    sniff(data, Path(name))  # refuse what no reader takes before queueing it
    fingerprint = hashlib.sha256(b"\0".join((data, name.encode(), mode.encode()))).hexdigest()
    ledger = who.service.ledger
    if idempotency_key:
        before = ledger.begin_answer(who.id, idempotency_key, fingerprint)
        if before is not None:
            return JSONResponse(before[1], before[0], {"Idempotent-Replayed": "true"})
    try:
        status, body = _read(who, data, name, mode)
    except BaseException:
        if idempotency_key:
            ledger.drop_answer(who.id, idempotency_key)
        raise
    if idempotency_key:
        ledger.end_answer(who.id, idempotency_key, status, body)
    headers = {"Location": f"/api/v1/jobs/{body['job']['id']}"} if status == 202 else None
    return JSONResponse(body, status, headers)


def _read(who: Caller, data: bytes, name: str, mode: str) -> tuple[int, dict[str, Any]]:
    service = who.service
    folder = Path(tempfile.mkdtemp(prefix="congvan-api-"))
    try:
        path = folder / name
        path.write_bytes(data)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    job_id, future = service.jobs.submit(who.id, who.key, who.actor, path)
    if mode == "wait" or (mode == "auto" and len(data) <= service.settings.small):
        try:
            added = future.result(timeout=service.settings.patience)
        except WaitedTooLong:
            pass  # it goes on as a job
        else:
            if added.error is not None:
                raise added.error
            records = [record_body(who.archive.record(who.actor, key)) for key in added.records]
            return 200, {"outcome": added.outcome, "sha256": added.sha256, "records": records, "job": None}
    return 202, {"outcome": "pending", "sha256": None, "records": [], "job": service.ledger.job(who.id, job_id)}


@router.get("/jobs", tags=["Gửi văn bản"], summary="Các việc của khóa này")
def jobs(request: Request, who: Reader, limit: Limit = 20, offset: Offset = 0) -> Response:
    found, total = who.service.ledger.jobs(who.id, limit, offset)
    return page(request, found, total, limit, offset)


@router.get("/jobs/{job_id}", tags=["Gửi văn bản"], summary="Trạng thái và tiến độ của một việc")
def job(request: Request, who: Reader, job_id: Annotated[str, InPath(pattern="^[0-9a-f]{24}$")]) -> Response:
    """`status`: queued, running, done, failed; `pages_done` trên `pages` trang."""
    return answer(request, who.service.ledger.job(who.id, job_id))


@router.post("/edxml", tags=["Gửi văn bản"], summary="Nhận một thông điệp edXML")
def receive(
    request: Request, who: Writer, file: Annotated[UploadFile, File(description="Thông điệp edXML.")], add: bool = False
) -> Response:
    """Lập bản ghi từ phần đầu thông điệp, không cần nhận dạng chữ, và đối chiếu với các tệp kèm theo.

    `mismatches` là những chỗ thông điệp và tệp kèm theo không khớp; `add=true` đưa thông điệp vào kho.
    """
    require(who.actor, "add")
    data, name = file.file.read(), _name(file)
    message = edxml.read(data, name)
    record = edxml.record_of(message, data, name)
    mismatches, unread = [], []
    if not who.service.jobs.in_request.acquire(blocking=False):
        raise TooManyRequests(seconds=10)
    try:
        scans_of = _scans(message, who)
    finally:
        who.service.jobs.in_request.release()
    for name_in_message, scan in scans_of:
        if isinstance(scan, CongvanError):
            unread.append({"file": name_in_message, "error": scan.as_dict()})
        else:
            mismatches += [{"file": name_in_message, **plain(one)} for one in edxml.compare(record, scan)]
    if add:
        with tempfile.TemporaryDirectory(prefix="congvan-api-") as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            who.archive.add_reading(who.actor, path, Reading([record], [PageText(1, "")], tool="edxml"))
    return answer(request, {
        "record": record.model_dump(mode="json"), "added": add, "schema_errors": edxml.validate(data, name),
        "remarks": message.remarks, "mismatches": mismatches, "unread": unread,
        "attachments": [
            {"name": a.name, "content_type": a.content_type, "size": len(a.data),
             "sha256": hashlib.sha256(a.data).hexdigest()} for a in message.attachments
        ],
    })  # fmt: skip


def _scans(message: edxml.Message, who: Caller) -> list[tuple[str, Record | CongvanError]]:
    """What each file of a message is read as; the message is about the first document of a file."""
    from pipeline.workflow import extract_bytes

    found: list[tuple[str, Record | CongvanError]] = []
    for attachment in message.attachments[:_ATTACHMENTS]:
        try:
            records = extract_bytes(attachment.data, attachment.name, who.service.jobs.options).records
        except CongvanError as error:
            found.append((attachment.name, error))
        else:
            found += [(attachment.name, one) for one in records[:1]]
    return found

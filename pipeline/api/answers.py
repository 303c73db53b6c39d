"""Answers that routes share: ETags, pages with links, files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Query as Parameter
from fastapi import Request, Response
from fastapi.encoders import jsonable_encoder

from pipeline.export.zipped import zipped
from pipeline.store.archive import Stored

Limit = Annotated[int, Parameter(ge=1, le=200, description="Số dòng của trang.")]
Offset = Annotated[int, Parameter(ge=0, le=1_000_000, description="Bỏ qua chừng này dòng đầu.")]
Text = Annotated[str, Parameter(max_length=500)]
MaybeText = Annotated[str | None, Parameter(max_length=500)]
Day = Annotated[str | None, Parameter(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2021-04-14"])]
Year = Annotated[int | None, Parameter(ge=1900, le=2999)]


def etag_of(data: bytes) -> str:
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def _matches(header: str | None, etag: str) -> bool:
    said = [part.strip().removeprefix("W/") for part in (header or "").split(",")]
    return etag in said or "*" in said


def tagged(request: Request, data: bytes, media_type: str, headers: dict[str, str] | None = None) -> Response:
    """The data with its ETag; 304 without it when the caller has it already (If-None-Match)."""
    etag = etag_of(data)
    headers = {**(headers or {}), "ETag": etag, "Cache-Control": "private, no-cache"}
    if _matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=media_type, headers=headers)


def plain(value: Any) -> Any:
    """Dataclasses and models as JSON data."""
    return jsonable_encoder(asdict(value) if is_dataclass(value) and not isinstance(value, type) else value)


def json_bytes(value: Any) -> bytes:
    return json.dumps(plain(value), ensure_ascii=False).encode()


def answer(request: Request, value: Any) -> Response:
    """JSON with its ETag."""
    return tagged(request, json_bytes(value), "application/json")


def page(request: Request, items: list[Any], total: int, limit: int, offset: int, *, more: bool = False) -> Response:
    """``{"items", "total", "total_is_exact", "limit", "offset"}`` with Link headers to the next and previous page."""
    body = {"items": [plain(one) for one in items], "total": total, "total_is_exact": not more, "limit": limit,
            "offset": offset}  # fmt: skip
    links = []
    for name, at in (("next", offset + limit), ("prev", offset - limit)):
        if (name == "next" and (at < total or more)) or (name == "prev" and offset > 0):
            values = [(k, v) for k, v in request.query_params.multi_items() if k not in ("limit", "offset")]
            query = urlencode([*values, ("limit", limit), ("offset", max(0, at))])
            links.append(f'<{quote(request.url.path)}?{query}>; rel="{name}"')
    return tagged(request, json_bytes(body), "application/json", {"Link": ", ".join(links)} if links else None)


def record_body(stored: Stored) -> dict[str, Any]:
    """A record with its state, as every route gives it."""
    return {
        "id": stored.id, "version": stored.version, "state": stored.state, "confirmed_by": stored.confirmed_by,
        "confirmed_at": stored.confirmed_at, "created_at": stored.created_at, "updated_at": stored.updated_at,
        "conflicts": stored.conflicts, "record": stored.record.model_dump(mode="json"),
    }  # fmt: skip


def seen_version(request: Request, stored: Stored) -> int | None:
    """The version that If-Match speaks of: 0, which never is, when the record is another by now."""
    header = request.headers.get("if-match")
    if header is None:
        return None
    return stored.version if _matches(header, etag_of(json_bytes(record_body(stored)))) else 0


def attachment(name: str) -> dict[str, str]:
    """Headers that make a browser save a file and never show it as a page."""
    ascii_name = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
    return {
        "Content-Disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }


def files_answer(request: Request, stem: str, files: dict[str, bytes], media_type: str) -> Response:
    """One file as it is, several as a zip."""
    if len(files) == 1:
        name, data = next(iter(files.items()))
        return tagged(request, data, media_type, attachment(name))
    return tagged(request, zipped(files), "application/zip", attachment(f"{stem}.zip"))

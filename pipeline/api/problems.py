"""Errors as problem details (RFC 9457), in Vietnamese, or in English for who asks (Accept-Language: en)."""

from __future__ import annotations

import logging
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from pipeline.errors import CongvanError
from pipeline.workflow.errors import unexpected

STATUS = {
    "usage": 400, "query_invalid": 400, "key_unknown": 401, "forbidden": 403, "scope_missing": 403,
    "origin_refused": 403, "not_found": 404, "document_unknown": 404, "no_path": 404, "register_conflict": 409,
    "document_not_unique": 409, "idempotency_key_reused": 409, "outdated": 412, "upload_too_large": 413,
    "format_unsupported": 415, "too_many_requests": 429, "unexpected": 500, "ocr_tool_missing": 503,
    "ocr_language_missing": 503, "archive_busy": 503, "database_unreachable": 503, "output_unwritable": 503,
    "original_damaged": 503, "print_font_missing": 503, "worker_died": 503,
}  # fmt: skip
"""HTTP status by the error's code; everything else is 422: the request is sound, what it carries cannot be used."""
_LOG = logging.getLogger("congvan.api")


@cache
def _english() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(
        (files("pipeline.api") / "data" / "english.toml").read_text(encoding="utf-8")
    )["titles"]
    return found


def _wants_english(request: Request) -> bool:
    first = request.headers.get("accept-language", "").split(",")[0].strip().lower()
    return first.startswith("en")


def problem(request: Request, status: int, code: str, vietnamese: str, **more: Any) -> JSONResponse:
    """``application/problem+json``; ``title`` in the language asked for, both always in ``messages``."""
    english = _english().get(code, code.replace("_", " ").capitalize() + ".")
    body = {
        "type": f"urn:congvan:loi:{code}", "status": status, "code": code,
        "title": english if _wants_english(request) else vietnamese, "messages": {"vi": vietnamese, "en": english},
        "instance": request.url.path, **more,
    }  # fmt: skip
    headers = {"Content-Language": "en" if _wants_english(request) else "vi"}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="congvan", Basic realm="congvan"'
    if status in (429, 503):
        headers["Retry-After"] = str(more.get("seconds", 10))
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def of_error(request: Request, error: CongvanError) -> JSONResponse:
    """A person's error as a problem; paths of the server are not told."""
    error.path = error.path and error.path.replace("\\", "/").rsplit("/", 1)[-1]
    more = {"seconds": error.details["seconds"]} if error.code == "too_many_requests" else {}
    status = STATUS.get(error.code, 422)
    return problem(request, status, error.code, error.message, remedy=error.advice, **more)


def install(app: FastAPI) -> None:
    """Answer every kind of error as a problem."""

    def known(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, CongvanError)
        return of_error(request, error)

    def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        wrong = [{"where": "/".join(map(str, one["loc"])), "why": one["msg"]} for one in error.errors()]
        return problem(request, 422, "invalid_request", "Yêu cầu không đúng khuôn dạng của API.", errors=wrong)

    def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        codes = {404: ("not_found", "Không có địa chỉ này."),
                 405: ("method_not_allowed", "Địa chỉ này không nhận phương thức đó.")}  # fmt: skip
        code, said = codes.get(error.status_code, ("http_error", "Không đáp ứng được yêu cầu."))
        answer = problem(request, error.status_code, code, said)
        answer.headers.update(error.headers or {})
        return answer

    def unforeseen(request: Request, error: Exception) -> JSONResponse:
        _LOG.error("unforeseen error at %s", request.url.path, exc_info=error)
        return problem(request, 500, "unexpected", "Lỗi không lường trước; đã ghi vào nhật ký của máy chủ.",
                       remedy=unexpected("yêu cầu", error).advice)  # fmt: skip

    app.add_exception_handler(CongvanError, known)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, unforeseen)

"""The application: routes, limits, errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

from pipeline.api import export_routes, feeds, graph_routes, problems, record_routes, submit_routes
from pipeline.api.access import LOOPBACK, Service, Settings
from pipeline.api.errors import BindRefused, UploadTooLarge
from pipeline.api.jobs import Jobs
from pipeline.api.ledger import Ledger
from pipeline.record.models import SCHEMA_VERSION
from pipeline.store.archive import Archive

_ABOUT = """Đọc văn bản hành chính Việt Nam thành bản ghi có bằng chứng, tra cứu, hỏi đồ thị dẫn chiếu, xuất cho hệ
thống khác. Khóa gửi ở `Authorization: Bearer`; lỗi trả về dạng `application/problem+json` (RFC 9457)."""


class BodyLimit:
    """Refuses bodies over a limit, told or not, before anything is made of them."""

    def __init__(self, app: Any, limit: int) -> None:
        self.app, self.limit = app, limit

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"")
        got, started = 0, False
        request = Request(scope)

        async def refuse() -> None:
            error = UploadTooLarge(limit=self.limit // 1024 // 1024)
            await problems.of_error(request, error)(scope, receive, send)

        if told.isdigit() and int(told) > self.limit:
            await refuse()
            return

        async def counted() -> Any:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > self.limit:
                raise _TooLong
            return message

        async def noted(message: Any) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except _TooLong:
            if not started:
                await refuse()


class _TooLong(BaseException):
    """Beyond the reach of handlers that turn exceptions into other answers."""


def create_app(archive: Archive, settings: Settings | None = None) -> FastAPI:
    """The API over an open archive; closing the archive is the caller's."""
    settings = settings or Settings()

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        ledger = Ledger(archive.folder)
        jobs = Jobs(archive, ledger, workers=settings.workers, waiting=settings.waiting)
        app.state.service = Service(archive, ledger, jobs, settings)
        try:
            yield
        finally:
            await asyncio.to_thread(jobs.close)
            ledger.close()

    app = FastAPI(
        title="congvan", version=SCHEMA_VERSION, description=_ABOUT, lifespan=life, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )  # fmt: skip
    problems.install(app)
    for routes in (submit_routes, record_routes, graph_routes, export_routes, feeds):
        app.include_router(routes.router)

    @app.get("/api/v1/health", tags=["Máy chủ"], summary="Máy chủ còn chạy không")
    def health() -> JSONResponse:
        return JSONResponse({"status": "ok", "schema_version": SCHEMA_VERSION})

    app.add_middleware(BodyLimit, limit=settings.largest)
    if settings.origins:  # closed unless the operator names who may call from a web page
        app.add_middleware(
            CORSMiddleware, allow_origins=list(settings.origins), allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "X-API-Key", "Content-Type", "If-Match", "If-None-Match",
                           "Idempotency-Key"],
            expose_headers=["ETag", "Link", "Location"],
        )  # fmt: skip
    return app


def serve(archive: Archive, host: str = "127.0.0.1", port: int = 8080, settings: Settings | None = None) -> None:
    """Run the API until it is stopped; raises ``BindRefused`` for other machines' addresses while there is no key."""
    import uvicorn

    ledger = Ledger(archive.folder)
    try:
        if host not in LOOPBACK and not ledger.has_keys():
            raise BindRefused(host)
    finally:
        ledger.close()
    uvicorn.run(create_app(archive, settings), host=host, port=port, log_level="warning", server_header=False)

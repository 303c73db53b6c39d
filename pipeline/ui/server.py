"""What the app serves beside its pages: the cookie of a sign-in, and calendars to subscribe to."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

COOKIE = "congvan_phien"
SIGN_IN_PATH = "/phien"
CALENDAR_PATH = "/lich"


def routes() -> list[Route]:
    """The routes to put beside Streamlit's own."""
    return [
        Route(SIGN_IN_PATH, _sign_in, methods=["POST"]),
        Route(CALENDAR_PATH + "/{token}.ics", _calendar, methods=["GET"]),
    ]


_NEEDED = ("pandas", "pipeline.export.register_rows")
"""What the modules of pages load only when a page is drawn."""


@asynccontextmanager
async def life(_app: Any) -> AsyncIterator[None]:
    """Load what pages are made of before the first is asked for, start the workers with the server (a watched folder is
    looked after while no page is open), and look over the archive, so that nobody's first page waits for figures of a
    hundred thousand documents."""
    from pipeline.ui.main import PAGES  # which imports this module

    for name in (*(f"pipeline.ui.pages.{page}" for page in PAGES), *_NEEDED):
        import_module(name)
    threading.Thread(target=_awake, name="congvan-awake", daemon=True).start()
    yield


def _awake() -> None:
    """Start the workers and make the figures that take long, those of the first page first."""
    from pipeline.graph.graph import CitationGraph
    from pipeline.store.actors import Actor, Role
    from pipeline.store.query import Query
    from pipeline.ui import session
    from pipeline.ui.pages import graph, overview, register, search, tasks

    try:
        session.workshop()
        archive, asking = session.archive(), Actor("ứng dụng", Role.ADMIN)
        asked = CitationGraph(archive, asking)
        archive.figures(asking)
        overview.cited_and_missing(asked)
        archive.register_entries(asking, "đến", limit=1)
        register.unregistered(archive, asking)
        graph.counts(asked)
        graph.suggested(asked)
        search.counts(archive, asking, Query(limit=search.PAGE))
        tasks.looked_over(archive, asking)
        graph.whole(asked)
    except Exception:  # the pages say by themselves what is wrong with the archive
        logging.getLogger("congvan.app").warning("the archive could not be looked over", exc_info=True)


def base_path() -> str:
    """``server.baseUrlPath`` as the head of a path: "" or "/congvan"."""
    import streamlit as st

    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def _same_origin(request: Request) -> bool:
    """Whether the app's own page asks: another site must not sign this browser in as somebody else."""
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


async def _sign_in(request: Request) -> Response:
    """A ticket (the body) becomes the cookie that a reload is known by; 403 for anything else."""
    from anyio import to_thread

    from pipeline.ui import session
    from pipeline.ui.sign_ins import LONGEST_SECONDS

    ticket = (await request.body())[:200].decode("ascii", "ignore") if _same_origin(request) else ""
    token = await to_thread.run_sync(session.sign_ins().trade, ticket) if ticket else None
    if token is None:
        return JSONResponse({"ok": False}, status_code=403)
    made = JSONResponse({"ok": True}, headers={"Cache-Control": "no-store"})
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    made.set_cookie(
        COOKIE, token, max_age=LONGEST_SECONDS, path=base_path() or "/", httponly=True, samesite="lax", secure=secure
    )
    return made


async def _calendar(request: Request) -> Response:
    """The tasks and deadlines behind a calendar's address, as the API serves them (``pipeline.api.feeds``)."""
    from anyio import to_thread

    from pipeline.api.feeds import feed_answer
    from pipeline.ui import session

    def made() -> Any:
        return feed_answer(session.archive(), session.ledger(), request.path_params["token"], request)

    return await to_thread.run_sync(made)  # type: ignore[no-any-return]

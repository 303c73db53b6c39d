"""Calendars by address: what a calendar program subscribes to.

Most programs send no key, so the address itself holds a token of 256 bits.  Who has the address reads the days and
texts of tasks, and nothing else; the account that made it can take it back, and a closed account's calendars answer
nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from fastapi import Query as Parameter

from pipeline.api import problems
from pipeline.api.access import LOOPBACK, service_of
from pipeline.api.answers import tagged
from pipeline.api.ledger import Feed, Ledger
from pipeline.api.task_calendar import task_calendar
from pipeline.errors import CongvanError
from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.store.errors import NotFound

router = APIRouter(prefix="/api/v1", tags=["Nhiệm vụ"])
MOST = 3000
"""Entries of one calendar."""
_PAST = timedelta(days=400)
"""What was due longer ago is left out: a calendar is for looking ahead, the archive remembers the rest."""


def reader_of(archive: Archive, feed: Feed, address: str | None) -> Actor:
    """In whose name a calendar is read; raises ``NotFound`` when its account is closed."""
    if feed.role is not None:  # made in the demo, without accounts: for this machine's programs alone
        if address in (*LOOPBACK, "testclient") and not archive.has_users():
            return Actor(feed.account, feed.role)
    elif (found := archive.account(feed.account)) is not None:
        return found
    raise NotFound(what="lịch", key="theo địa chỉ này")


def feed_bytes(archive: Archive, actor: Actor, feed: Feed, *, todos: bool = False, today: date | None = None) -> bytes:
    """The calendar's text: dated tasks (of its unit, if it has one), and deadlines of no task unless it has one."""
    start = ((today or date.today()) - _PAST).isoformat()
    tasks = archive.tasks(actor, due_from=start, unit=feed.unit, dated_only=True, limit=MOST)
    deadlines = [] if feed.unit or todos else archive.deadlines(actor, day_from=start, cycles=True, limit=MOST)
    name = f"Nhiệm vụ: {feed.unit}" if feed.unit else "Nhiệm vụ và thời hạn"
    return task_calendar(tasks, deadlines, todos=todos, name=name)


def feed_answer(archive: Archive, ledger: Ledger, token: str, request: Request, *, todos: bool = False) -> Response:
    """The calendar behind a token, with its ETag; a problem document when there is none."""
    address = request.client.host if request.client else None
    try:
        feed = ledger.feed(token)
        data = feed_bytes(archive, reader_of(archive, feed, address), feed, todos=todos)
    except CongvanError as error:
        return problems.of_error(request, error)
    return tagged(request, data, "text/calendar; charset=utf-8", {"Referrer-Policy": "no-referrer"})


@router.get("/feeds/{token}.ics", summary="Lịch nhiệm vụ để chương trình lịch theo dõi (địa chỉ có mã riêng)")
def feed(
    request: Request, token: Annotated[str, InPath(min_length=20, max_length=100)],
    todos: Annotated[bool, Parameter(description="Dạng việc cần làm (VTODO) thay cho sự kiện.")] = False,
) -> Response:  # fmt: skip
    """Địa chỉ được tạo ở trang Nhiệm vụ và thu hồi ở đó; không cần gửi khóa API."""
    service = service_of(request)
    service.spend(f"lich:{request.client.host if request.client else '?'}", 120)
    return feed_answer(service.archive, service.ledger, token, request, todos=todos)

"""How things are shown.  What came out of a document is text: escaped for Markdown (``plain``) or HTML (``html``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from html import escape
from typing import Protocol

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&@^=])")

STATES = {"new": "chưa xác nhận", "confirmed": "đã xác nhận", "withdrawn": "đã rút"}
MEDIA = {"scan": "bản quét", "digital": "bản điện tử", "text": "văn bản thuần"}


class Named(Protocol):
    """What has a type, a number and a day: rows of searches, of tasks."""

    @property
    def doc_type(self) -> str | None: ...
    @property
    def number(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...


def plain(text: str | None) -> str:
    """Text in which Streamlit's Markdown finds nothing to do: no styles, links, formulas, icons or HTML."""
    return _MARKDOWN.sub(r"\\\1", " ".join((text or "").split()))


def html(text: str | None) -> str:
    """Text for ``st.html``."""
    return escape(text or "", quote=True)


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Escaped HTML with ``<mark>`` round half-open spans of the text (in order, not overlapping)."""
    out, last = [], 0
    for start, end in spans:
        out += [html(text[last:start]), "<mark>", html(text[start:end]), "</mark>"]
        last = end
    return "".join([*out, html(text[last:])])


def counted(many: int) -> str:
    """``12345`` → ``12.345``."""
    return f"{many:,}".replace(",", ".")


def day(iso: str | None) -> str:
    """``2021-04-14`` → ``14/04/2021``; with a time, ``14/04/2021 07:30``; "" for none."""
    if not iso:
        return ""
    head, _, tail = iso.partition("T")
    return "/".join(reversed(head.split("-"))) + (f" {tail[:5]}" if tail else "")


def moment(iso: str | float | None) -> str:
    """A UTC moment (ISO text or seconds) on this machine's clock: ``14/04/2021 07:30``."""
    if iso is None:
        return ""
    at = datetime.fromtimestamp(iso, UTC) if isinstance(iso, float | int) else datetime.fromisoformat(iso)
    return at.astimezone().strftime("%d/%m/%Y %H:%M")


def title(document: Named, fallback: str = "") -> str:
    """``Công văn 514/SGDĐT-VP ngày 14/04/2021``; what nobody could read is left out."""
    kind = (document.doc_type or "văn bản").capitalize()
    number = document.number or "(chưa có số)"
    dated = f" ngày {day(document.date)}" if document.date else ""
    named = f"{kind} {number}{dated}"
    return f"{named} · {fallback}" if fallback and not document.number else named


def left(due: str | None, today: date) -> str:
    """How far a day is: ``quá hạn 3 ngày``, ``hôm nay``, ``còn 5 ngày``; "" for none."""
    if not due:
        return ""
    days = (date.fromisoformat(due[:10]) - today).days
    if days <= -730:
        return f"quá hạn {-days // 365} năm"
    return f"quá hạn {-days} ngày" if days < 0 else "hôm nay" if days == 0 else f"còn {days} ngày"


def item(text: str | None) -> str:
    """A point of a list without its dash: the list that shows it has its own lines."""
    return (text or "").lstrip("-–—+•*· ")

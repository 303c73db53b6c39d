"""The calendar of tasks: to save once, or as an address that a calendar program looks at by itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pipeline.api.task_calendar import task_calendar
from pipeline.store.actors import Actor
from pipeline.store.deadlines import DeadlineRow
from pipeline.store.tasks import TaskRow
from pipeline.ui import session
from pipeline.ui.display import moment, plain
from pipeline.ui.server import CALENDAR_PATH, base_path


@st.fragment
def show(person: Actor, chosen: Callable[[], tuple[list[TaskRow], list[DeadlineRow]]]) -> None:
    """The buttons below the tasks, made when somebody opens them; ``chosen`` tells what a saved calendar has."""
    folded = st.expander(
        "Đưa vào lịch của điện thoại, máy tính", icon=":material/calendar_month:", key="feeds", on_change="rerun"
    )
    if not folded.open:
        return
    with folded, session.said():
        st.write(
            "Địa chỉ lịch tự cập nhật: thêm vào Outlook, Apple Calendar, Thunderbird, Google Calendar bằng mục «Thêm "
            "lịch theo địa chỉ (URL)». Ai có địa chỉ thì xem được ngày và nội dung nhiệm vụ, nên đừng gửi cho người "
            "khác; lộ thì thu hồi."
        )
        _new(person)
        _given(person)
        st.download_button(
            "Tải lịch một lần (.ics)", lambda: task_calendar(*chosen()), "nhiem-vu.ics", mime="text/calendar",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def _new(person: Actor) -> None:
    unit, make = st.columns([3, 1], vertical_alignment="bottom")
    wanted = unit.text_input("Chỉ việc của đơn vị (để trống: mọi việc)", key="feed_unit", max_chars=200)
    if make.button("Tạo địa chỉ", icon=":material/add_link:", width="stretch"):
        # In the demo nobody has an account: the address is for programs of this machine alone.
        role = person.role if session.demo() else None
        token, _feed = session.ledger().create_feed(person.name, role=role, unit=wanted.strip() or None)
        st.session_state["feed_address"] = f"{_root()}{CALENDAR_PATH}/{token}.ics"
    if address := st.session_state.get("feed_address"):
        st.success("Đã tạo. Địa chỉ chỉ hiện lần này, chép lại ngay:")
        st.code(address, language=None, wrap_lines=True)


def _given(person: Actor) -> None:
    for feed in session.ledger().feeds(person.name):
        told, take = st.columns([3, 1], vertical_alignment="center")
        told.caption(f"Lịch tạo {moment(feed.created_at)} · {plain(feed.unit) if feed.unit else 'mọi việc'}")
        if take.button("Thu hồi", key=f"feed-{feed.id}", width="stretch"):
            session.ledger().revoke_feed(person.name, feed.id)
            st.session_state.pop("feed_address", None)
            session.done("Đã thu hồi địa chỉ lịch; các máy đang theo dõi không đọc được nữa.")
            st.rerun()


def _root() -> str:
    """The address of the app as this browser sees it, without the page."""
    host = st.context.headers.get("Host") or "127.0.0.1:8501"
    scheme = "https" if (st.context.url or "").startswith("https:") else "http"
    return f"{scheme}://{host}{base_path()}"

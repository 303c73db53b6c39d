"""Nhiệm vụ: tasks and deadlines, overdue first, as a list, a board and a calendar."""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.store.deadlines import DeadlineRow
from pipeline.store.tasks import STATES, TaskRow
from pipeline.ui import session, subscribe
from pipeline.ui.display import day, html, item, left, moment, plain, title
from pipeline.ui.tables import clipped, link, table

_LISTED = 400
_CARDS = 25
_VIEWS = ("Danh sách", "Bảng", "Lịch")
_WEEK = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_PAGE = 15


def show() -> None:
    st.title("Nhiệm vụ và thời hạn")
    person, archive, today = session.here(), session.archive(), date.today()
    filters = _filters(today)
    counts = archive.task_counts(person, today, **{k: v for k, v in filters.items() if k != "state"})
    for place, name in zip(st.columns(4), ("quá hạn", *STATES), strict=True):
        place.metric(name.capitalize(), f"{counts[name]:,}".replace(",", "."))
    view = st.segmented_control("Cách xem", _VIEWS, default="Danh sách", label_visibility="collapsed")
    if view == "Lịch":
        tasks, deadlines = _calendar(person, archive, filters, today)
    else:
        most = sum(counts[state] for state in ([filters["state"]] if filters["state"] else STATES))
        tasks = archive.tasks(person, **_page_of(view, filters, most), **filters)
        deadlines = _own_deadlines(person, archive, filters)
        if not tasks and not deadlines:
            st.info("Không có nhiệm vụ nào với các điều kiện này.")
        elif view == "Bảng":
            _board(person, archive, tasks, today)
        elif tasks:
            _list(person, archive, tasks, today, most)
        _deadlines(deadlines, today)
    subscribe.show(person, archive, tasks, deadlines)


def _page_of(view: str | None, filters: dict[str, Any], most: int) -> dict[str, int]:
    """Which tasks are asked for: the board takes many, the list a page of them; other filters begin at the first."""
    if view == "Bảng":
        return {"limit": _LISTED}
    if st.session_state.get("task_filters") != filters:
        st.session_state["task_filters"], st.session_state["task_page"] = filters, 0
    page = min(st.session_state.get("task_page", 0), max(0, (most - 1) // _PAGE))
    return {"limit": _PAGE, "offset": page * _PAGE}


def _own_deadlines(person: Actor, archive: Archive, filters: dict[str, Any], most: int = 60) -> list[DeadlineRow]:
    """Deadlines that no task has: nobody is named in them and nobody says how far they are."""
    if filters["unit"] or filters["state"] not in (None, STATES[0]):
        return []
    return archive.deadlines(person, day_from=filters.get("due_from"), day_to=filters.get("due_to"), limit=most)


def _deadlines(deadlines: list[DeadlineRow], today: date) -> None:
    if not deadlines:
        return
    st.subheader("Thời hạn khác trong văn bản")
    st.caption("Không gắn với nhiệm vụ nào được giao: hạn gửi báo cáo, thời gian thực hiện.")
    rows = []
    for one in deadlines:
        far = left(one.day, today)
        late = (one.day or "9")[:10] < today.isoformat()
        spent = f"{day(one.start)} – {day(one.day)}" if one.start else day(one.day)
        rows.append(
            [html(spent), f"<span class='{'late' if late else 'soon'}'>{far}</span>", clipped(one.raw),
             link(title(one), "duyet", **{"ban-ghi": one.record_id}), clipped(one.subject)]
        )  # fmt: skip
    columns = [("Hạn", "day"), ("Còn lại", "soon"), ("Nguyên văn", " 24"), ("Văn bản", " 24"), ("Trích yếu", "")]
    table(columns, rows, label="Thời hạn không gắn với nhiệm vụ")


def _filters(today: date) -> dict[str, Any]:
    when, unit, state, dated = st.columns([1.2, 1.6, 1, 1.2], vertical_alignment="bottom")
    spans: dict[str, dict[str, str]] = {
        "Mọi thời hạn": {}, "Quá hạn": {"due_to": (today - timedelta(1)).isoformat()},
        "7 ngày tới": {"due_from": today.isoformat(), "due_to": (today + timedelta(7)).isoformat()},
        "30 ngày tới": {"due_from": today.isoformat(), "due_to": (today + timedelta(30)).isoformat()},
    }  # fmt: skip
    found: dict[str, Any] = dict(spans[when.selectbox("Thời hạn", list(spans))])
    found["unit"] = unit.text_input("Đơn vị thực hiện") or None
    chosen = state.selectbox("Trạng thái", ["Tất cả", *STATES])
    found["state"] = None if chosen == "Tất cả" else chosen
    found["dated_only"] = dated.checkbox("Chỉ việc có thời hạn")
    return found


def _list(person: Actor, archive: Archive, tasks: list[TaskRow], today: date, most: int) -> None:
    """A page of tasks, each with its whole text and its state to change."""
    page = min(st.session_state.get("task_page", 0), max(0, (most - 1) // _PAGE))
    with st.container(key="tasks", gap=None):
        for task in tasks:
            _line(person, archive, task, today)
    pages = -(-most // _PAGE)
    if pages > 1:
        before, told, after = st.columns([1, 2, 1], vertical_alignment="center")
        if page and before.button("‹ Trước", width="stretch"):
            st.session_state["task_page"] = page - 1
            st.rerun()
        told.markdown(f":small[Trang {page + 1}/{pages} · {most:,} việc]".replace(",", "."), text_alignment="center")
        if page + 1 < pages and after.button("Sau ›", width="stretch"):
            st.session_state["task_page"] = page + 1
            st.rerun()


def _line(person: Actor, archive: Archive, task: TaskRow, today: date) -> None:
    with st.container(key=f"task-{task.id}", gap=None):
        what, state = st.columns([7.4, 1.2], vertical_alignment="center")
        late = "late" if task.overdue(today) else "soon"
        when = f"<div>{html(day(task.due)) or 'không hạn'}</div><div class='cv-{late}'>{_left(task, today)}</div>"
        chosen = state.selectbox(
            f"Trạng thái của «{task.text[:60]}»", STATES, STATES.index(task.state), key=f"state-{task.id}-{task.state}",
            label_visibility="collapsed",
        )  # fmt: skip
        who = f"<b>{html('; '.join(task.assignees))}</b> · " if task.assignees else ""
        document = link(title(task), "duyet", **{"ban-ghi": task.record_id})
        done = f" · {task.state}: {html(task.state_by)}, {moment(task.state_at)}" if task.state_by else ""
        foot = f"<div class='cv-foot'>{who}{document} · {html(task.issuer)}{done}</div>"
        what.html(f"<div class='cv-task'><div>{when}</div><div>{clipped(item(task.text))}{foot}</div></div>")
        if chosen and chosen != task.state:
            archive.set_task(person, task.id, chosen)
            session.done("Đã cập nhật nhiệm vụ.")
            st.rerun()


def _left(task: TaskRow, today: date) -> str:
    if task.state == "xong":
        return ""
    return left(task.due, today)


def _board(person: Actor, archive: Archive, tasks: list[TaskRow], today: date) -> None:
    for place, state in zip(st.columns(3), STATES, strict=True):
        mine = [task for task in tasks if task.state == state]
        place.subheader(f"{state.capitalize()} ({len(mine)})")
        if not mine:
            place.caption("Chưa có việc nào.")
        for task in mine[:_CARDS]:
            with place.container(border=True, gap="xsmall"):
                far = left(task.due, today) if task.state != "xong" else ""
                when = " · ".join(filter(None, [day(task.due), far])) or "không có hạn"
                st.markdown(f":red[**{when}**]" if task.overdue(today) else f"**{when}**")
                told = item(task.text)
                st.text(told if len(told) < 220 else told[:210] + "…")
                st.caption(plain(" · ".join(filter(None, ["; ".join(task.assignees), title(task)]))))
                moves = st.columns(len(STATES) - 1)
                for move, other in zip(moves, [s for s in STATES if s != state], strict=True):
                    if move.button(other.capitalize(), key=f"{task.id}-{other}", width="stretch"):
                        archive.set_task(person, task.id, other)
                        st.rerun()
        if len(mine) > _CARDS:
            place.caption(f"… và {len(mine) - _CARDS} việc nữa: lọc theo thời hạn hoặc đơn vị.")


def _calendar(
    person: Actor, archive: Archive, filters: dict[str, Any], today: date
) -> tuple[list[TaskRow], list[DeadlineRow]]:
    """A month's tasks and deadlines, day by day; the month is asked for, not what fits into a list."""
    this = today.replace(day=1)
    chosen = st.session_state.setdefault("calendar_month", this.isoformat())
    first = date.fromisoformat(chosen)
    before, told, after, now = st.columns([1, 2, 1, 1], vertical_alignment="center")
    turns = {-1: before.button("‹ Tháng trước", width="stretch"), 1: after.button("Tháng sau ›", width="stretch")}
    told.markdown(f"**Tháng {first.month}/{first.year}**", text_alignment="center")
    for step, turned in turns.items():
        if turned:
            months = first.year * 12 + first.month - 1 + step
            st.session_state["calendar_month"] = date(months // 12, months % 12 + 1, 1).isoformat()
            st.rerun()
    if now.button("Tháng này", width="stretch", disabled=first == this):
        st.session_state["calendar_month"] = this.isoformat()
        st.rerun()
    year, month = first.year, first.month
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    span = {"due_from": weeks[0][0].isoformat(), "due_to": weeks[-1][-1].isoformat()}
    wanted = {**filters, **span}
    tasks, deadlines = archive.tasks(person, limit=_LISTED, **wanted), _own_deadlines(person, archive, wanted, _LISTED)
    by_day: dict[str, list[TaskRow | DeadlineRow]] = defaultdict(list)
    for task in tasks:
        by_day[(task.due or "")[:10]].append(task)
    for deadline in deadlines:
        by_day[(deadline.day or "")[:10]].append(deadline)
    head = "".join(f"<th>{name}</th>" for name in _WEEK)
    rows = ""
    for week in weeks:
        days = [_day(one, one.month == month, by_day.get(one.isoformat(), []), today) for one in week]
        rows += f"<tr>{''.join(days)}</tr>"
    st.html(
        "<style>.cal{width:100%;table-layout:fixed;border-collapse:collapse}.cal th{font-size:.8rem;color:#5b6875;"
        "font-weight:600;padding:4px}.cal td{border:1px solid #d5dce3;vertical-align:top;height:96px;padding:4px;"
        "font-size:.8rem;overflow-wrap:anywhere}.cal .out{background:#f4f6f8}.cal .now b{background:#9b1c1c;color:#fff;"
        "border-radius:9px;padding:0 6px}.cal p{margin:2px 0;padding:2px 5px;border-radius:4px;background:#dcebf7}"
        ".cal .late{background:#f9d9d6}.cal .own{background:#f0ead2}.cal .done{background:#d9eddd}</style>"
        f"<table class='cal'><tr>{head}</tr>{rows}</table>"
    )
    return tasks, deadlines


def _day(one: date, inside: bool, found: list[TaskRow | DeadlineRow], today: date) -> str:
    cards = ""
    for what in found[:4]:
        text = item(what.text) if isinstance(what, TaskRow) else f"{what.raw}: {what.subject or ''}"
        kind = "own"
        if isinstance(what, TaskRow):
            kind = "done" if what.state == "xong" else "late" if what.overdue(today) else ""
        short = html(text if len(text) <= 64 else text[:62] + "…")
        cards += f"<p class='{kind}' title='{html(text)}'>{short}</p>"
    more = f"<p>và {len(found) - 4} việc nữa</p>" if len(found) > 4 else ""
    classes = " ".join(filter(None, ["" if inside else "out", "now" if one == today else ""]))
    return f"<td class='{classes}'><b>{one.day}</b>{cards}{more}</td>"

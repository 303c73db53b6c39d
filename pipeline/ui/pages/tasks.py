"""Nhiệm vụ: tasks and deadlines, overdue first, as a list, a board and a calendar."""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.store.tasks import STATES, TaskRow
from pipeline.ui import session
from pipeline.ui.display import day, html, left, plain, title
from pipeline.ui.feed import calendar as feed

_LISTED = 500
_CARDS = 25
_VIEWS = ("Danh sách", "Bảng", "Lịch")
_WEEK = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


def show() -> None:
    st.title("Nhiệm vụ và thời hạn")
    person, archive, today = session.here(), session.archive(), date.today()
    filters = _filters(today)
    counts = archive.task_counts(person, today, **{k: v for k, v in filters.items() if k != "state"})
    for place, name in zip(st.columns(4), ("quá hạn", *STATES), strict=True):
        place.metric(name.capitalize(), counts[name])
    tasks = archive.tasks(person, limit=_LISTED, **filters)
    view = st.segmented_control("Cách xem", _VIEWS, default="Danh sách", label_visibility="collapsed")
    if not tasks:
        st.info("Không có nhiệm vụ nào với các điều kiện này.")
        return
    if view == "Bảng":
        _board(person, archive, tasks, today)
    elif view == "Lịch":
        _calendar(tasks, today)
    else:
        _list(person, archive, tasks, today)
    st.download_button(
        "Tải lịch (.ics)", lambda: feed(tasks), "nhiem-vu.ics", mime="text/calendar", on_click="ignore",
        icon=":material/calendar_month:",
    )  # fmt: skip


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


def _list(person: Actor, archive: Archive, tasks: list[TaskRow], today: date) -> None:
    data = pd.DataFrame(
        [
            {"due": day(task.due), "left": _left(task, today), "state": task.state, "text": task.text,
             "who": "; ".join(task.assignees), "document": title(task)}
            for task in tasks
        ]
    )  # fmt: skip
    config: dict[str, Any] = {
        "due": st.column_config.TextColumn("Hạn", width=140, disabled=True),
        "left": st.column_config.TextColumn("Còn lại", width=165, disabled=True),
        "state": st.column_config.SelectboxColumn("Trạng thái", options=list(STATES), required=True, width=110),
        "text": st.column_config.TextColumn("Nội dung", width=370, disabled=True),
        "who": st.column_config.TextColumn("Đơn vị thực hiện", width=160, disabled=True),
        "document": st.column_config.TextColumn("Văn bản", width=150, disabled=True),
    }
    key = f"tasks-{hash(tuple((task.id, task.state) for task in tasks))}"
    edited = st.data_editor(data, hide_index=True, column_config=config, key=key, num_rows="fixed")
    changed = 0
    for at, task in enumerate(tasks):
        if edited.at[at, "state"] != task.state:
            archive.set_task(person, task.id, edited.at[at, "state"])
            changed += 1
    if changed:
        session.done("Đã cập nhật nhiệm vụ.")
        st.rerun()
    _one(archive, person, tasks)


def _left(task: TaskRow, today: date) -> str:
    if task.state == "xong":
        return ""
    return f"{'● ' if task.overdue(today) else ''}{left(task.due, today)}"


def _one(archive: Archive, person: Actor, tasks: list[TaskRow]) -> None:
    with st.expander("Xem đầy đủ một nhiệm vụ"):
        by_id = {task.id: task for task in tasks}
        names = {task.id: f"{day(task.due)} {task.text}"[:140] for task in tasks}
        chosen = st.selectbox("Nhiệm vụ", list(by_id), format_func=lambda key: names[key])
        task = by_id[chosen]
        st.text(task.text)
        st.caption(f"{plain(title(task))} · {plain(task.issuer)} · {plain('; '.join(task.assignees))}")
        if st.button("Mở văn bản"):
            session.go("review", open_record=task.record_id)
        history = archive.task_history(person, task.id)
        for event in history:
            st.caption(f"{plain(event['actor'])} ({plain(event['role'])}): {event['state']} {plain(event['note'])}")


def _board(person: Actor, archive: Archive, tasks: list[TaskRow], today: date) -> None:
    for place, state in zip(st.columns(3), STATES, strict=True):
        mine = [task for task in tasks if task.state == state]
        place.subheader(f"{state.capitalize()} ({len(mine)})")
        for task in mine[:_CARDS]:
            with place.container(border=True, gap="xsmall"):
                far = left(task.due, today) if task.state != "xong" else ""
                when = " · ".join(filter(None, [day(task.due), far])) or "không có hạn"
                st.markdown(f":red[**{when}**]" if task.overdue(today) else f"**{when}**")
                st.text(task.text if len(task.text) < 220 else task.text[:210] + "…")
                st.caption(plain(" · ".join(filter(None, ["; ".join(task.assignees), title(task)]))))
                moves = st.columns(len(STATES) - 1)
                for move, other in zip(moves, [s for s in STATES if s != state], strict=True):
                    if move.button(other.capitalize(), key=f"{task.id}-{other}", width="stretch"):
                        archive.set_task(person, task.id, other)
                        st.rerun()
        if len(mine) > _CARDS:
            place.caption(f"… và {len(mine) - _CARDS} việc nữa: lọc theo thời hạn hoặc đơn vị.")


def _calendar(tasks: list[TaskRow], today: date) -> None:
    by_day: dict[str, list[TaskRow]] = defaultdict(list)
    for task in tasks:
        if task.due:
            by_day[task.due[:10]].append(task)
    if not by_day:
        st.info("Không có nhiệm vụ nào ghi ngày.")
        return
    months = sorted({key[:7] for key in by_day} | {today.isoformat()[:7]})
    # This month when something is due in it, else the next that has something, else the last.
    with_tasks = sorted({key[:7] for key in by_day})
    start = next((month for month in with_tasks if month >= today.isoformat()[:7]), with_tasks[-1])
    chosen = st.selectbox("Tháng", months, index=months.index(start), format_func=day)
    year, month = map(int, chosen.split("-"))
    head = "".join(f"<th>{name}</th>" for name in _WEEK)
    rows = ""
    for week in calendar.Calendar().monthdatescalendar(year, month):
        days = [_day(one, one.month == month, by_day.get(one.isoformat(), []), today) for one in week]
        rows += f"<tr>{''.join(days)}</tr>"
    st.html(
        "<style>.cal{width:100%;table-layout:fixed;border-collapse:collapse}.cal th{font-size:.8rem;color:#5b6875;"
        "font-weight:600;padding:4px}.cal td{border:1px solid #d5dce3;vertical-align:top;height:96px;padding:4px;"
        "font-size:.8rem;overflow-wrap:anywhere}.cal .out{background:#f4f6f8}.cal .now b{background:#9b1c1c;color:#fff;"
        "border-radius:9px;padding:0 6px}.cal p{margin:2px 0;padding:2px 5px;border-radius:4px;background:#dcebf7}"
        ".cal .late{background:#f9d9d6}.cal .done{background:#d9eddd}</style>"
        f"<table class='cal'><tr>{head}</tr>{rows}</table>"
    )


def _day(one: date, inside: bool, tasks: list[TaskRow], today: date) -> str:
    cards = ""
    for task in tasks[:4]:
        kind = "done" if task.state == "xong" else "late" if task.overdue(today) else ""
        short = html(task.text if len(task.text) <= 64 else task.text[:62] + "…")
        cards += f"<p class='{kind}' title='{html(task.text)}'>{short}</p>"
    more = f"<p>và {len(tasks) - 4} việc nữa</p>" if len(tasks) > 4 else ""
    classes = " ".join(filter(None, ["" if inside else "out", "now" if one == today else ""]))
    return f"<td class='{classes}'><b>{one.day}</b>{cards}{more}</td>"

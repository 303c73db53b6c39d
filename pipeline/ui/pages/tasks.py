"""Nhiệm vụ: tasks and deadlines, overdue first, as a list, a board and a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import streamlit as st

from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.store.deadlines import DeadlineRow
from pipeline.store.tasks import STATES, TaskRow
from pipeline.ui import session, subscribe, task_drawing
from pipeline.ui.components import task_board
from pipeline.ui.display import counted, day, html, left, title
from pipeline.ui.tables import clipped, figures, link, table

_LIST, _BOARD, _CALENDAR = _VIEWS = ("Danh sách", "Bảng", "Lịch")
_PAGE = 15
_CARDS = 20
_OWN = 20
_MOST_SAVED = 2000
"""Tasks, and deadlines, of a calendar that is saved once."""
_BOARD_KEY = "task_board"


def show() -> None:
    st.title("Nhiệm vụ và thời hạn")
    person, archive, today = session.here(), session.archive(), date.today()
    filters = _filters(today)
    counts = archive.task_counts(person, today, **{k: v for k, v in filters.items() if k != "state"})
    figures([(name.capitalize(), counts[name]) for name in ("quá hạn", *STATES)])
    st.session_state.setdefault("task_view", _LIST)
    view = st.segmented_control("Cách xem", _VIEWS, key="task_view", required=True, label_visibility="collapsed")
    if view == _CALENDAR:
        _month(person, archive, filters, today)
    else:
        chosen = [filters["state"]] if filters["state"] else list(STATES)
        many = {state: counts[state] for state in chosen}
        deadlines = _own_deadlines(person, archive, filters, today)
        if not any(many.values()) and not deadlines:
            st.info("Không có nhiệm vụ nào với các điều kiện này.")
        elif view == _BOARD:
            _columns(person, archive, filters, many, today)
        elif any(many.values()):
            _list(person, archive, filters, sum(many.values()), today)
        _deadlines(deadlines, today)
    subscribe.show(person, lambda: _to_save(person, archive, filters))


def looked_over(archive: Archive, person: Actor) -> None:
    """Ask what the page asks when it is opened, so that the database has it at hand."""
    today = date.today()
    none: dict[str, Any] = {"unit": None, "state": None}
    archive.task_counts(person, today)
    archive.tasks(person, limit=_PAGE)
    _own_deadlines(person, archive, none, today)
    _squares(person, archive, none, today.replace(day=1))


def _filters(today: date) -> dict[str, Any]:
    when, unit, state, dated = st.columns([1.2, 1.6, 1, 1.2], vertical_alignment="bottom")
    spans: dict[str, dict[str, str]] = {
        "Mọi thời hạn": {}, "Quá hạn": {"due_to": (today - timedelta(1)).isoformat()},
        "7 ngày tới": {"due_from": today.isoformat(), "due_to": (today + timedelta(7)).isoformat()},
        "30 ngày tới": {"due_from": today.isoformat(), "due_to": (today + timedelta(30)).isoformat()},
    }  # fmt: skip
    if one := st.session_state.get("task_day"):
        spans[_of_day(one)] = {"due_from": one, "due_to": one}
    found: dict[str, Any] = dict(spans[when.selectbox("Thời hạn", list(spans), key="task_span")])
    found["unit"] = unit.text_input("Đơn vị thực hiện", key="task_unit") or None
    chosen = state.selectbox("Trạng thái", ["Tất cả", *STATES], key="task_state")
    found["state"] = None if chosen == "Tất cả" else chosen
    found["dated_only"] = dated.checkbox("Chỉ việc có thời hạn", key="task_dated")
    return found


def _of_day(iso: str) -> str:
    return f"Ngày {day(iso)}"


def _board(person: Actor, archive: Archive, drawing: dict[str, Any]) -> None:
    """Draw tasks, move one that somebody moved, open the document that somebody asks for."""

    def moved() -> None:
        asked = st.session_state[_BOARD_KEY].moved
        st.session_state["task_turn"] = st.session_state.get("task_turn", 0) + 1
        with session.said():
            archive.set_task(person, int(asked["id"]), asked["to"])
            session.done(f"Đã chuyển sang «{asked['to']}».")

    def chosen() -> None:
        iso = str(st.session_state[_BOARD_KEY].day)
        st.session_state["task_day"] = iso
        st.session_state["task_span"], st.session_state["task_view"] = _of_day(iso), _LIST

    opened = task_board(_BOARD_KEY, moved, chosen, turn=st.session_state.get("task_turn", 0), **drawing)
    if opened:
        session.go("review", open_record=opened)


def _list(person: Actor, archive: Archive, filters: dict[str, Any], most: int, today: date) -> None:
    """A page of tasks, each with its whole text and its state to change; other filters begin at the first."""
    if st.session_state.get("task_filters") != filters:
        st.session_state["task_filters"], st.session_state["task_page"] = filters, 0
    pages = -(-most // _PAGE)
    page = min(st.session_state.get("task_page", 0), pages - 1)
    tasks = archive.tasks(person, limit=_PAGE, offset=page * _PAGE, **filters)
    _board(person, archive, task_drawing.listed(tasks, today))
    if pages > 1:
        before, told, after = st.columns([1, 2, 1], vertical_alignment="center")
        if page:
            before.button("‹ Trước", width="stretch", on_click=_turn, args=(page - 1,))
        told.markdown(f":small[Trang {page + 1}/{pages} · {counted(most)} việc]", text_alignment="center")
        if page + 1 < pages:
            after.button("Sau ›", width="stretch", on_click=_turn, args=(page + 1,))


def _turn(page: int) -> None:
    st.session_state["task_page"] = page


def _columns(person: Actor, archive: Archive, filters: dict[str, Any], many: dict[str, int], today: date) -> None:
    """A column of cards for each state."""
    shown: dict[str, tuple[int, list[TaskRow]]] = {}
    for state, number in many.items():
        wanted = {**filters, "state": state}
        # Of what is done the newest is looked for, of the rest what is longest overdue.
        shown[state] = number, archive.tasks(person, limit=_CARDS, newest_due=state == "xong", **wanted)
    _board(person, archive, task_drawing.board(shown, today))


def _month(person: Actor, archive: Archive, filters: dict[str, Any], today: date) -> None:
    """A month day by day: asked for as it is shown, a few tasks of each day and how many there are."""
    this = today.replace(day=1)
    first = date.fromisoformat(st.session_state.get("calendar_month", this.isoformat()))
    before, told, after, now = st.columns([1, 2, 1, 1], vertical_alignment="center")
    before.button("‹ Tháng trước", width="stretch", on_click=_open_month, args=(first, -1))
    told.markdown(f"**Tháng {first.month}/{first.year}**", text_alignment="center")
    after.button("Tháng sau ›", width="stretch", on_click=_open_month, args=(first, 1))
    now.button("Tháng này", width="stretch", disabled=first == this, on_click=_open_month, args=(this, 0))
    tasks, own = _squares(person, archive, filters, first)
    _board(person, archive, task_drawing.month(first, tasks, own, today))


def _squares(
    person: Actor, archive: Archive, filters: dict[str, Any], first: date
) -> tuple[dict[str, tuple[int, list[TaskRow]]], dict[str, tuple[int, list[DeadlineRow]]]]:
    """The first tasks and deadlines of each day of a month's weeks in the span asked for, and how many there are."""
    weeks, each = task_drawing.weeks_of(first), task_drawing.EACH_DAY
    begin = max(weeks[0][0].isoformat(), filters.get("due_from") or "")
    end = min(weeks[-1][-1].isoformat(), filters.get("due_to") or "9")
    tasks = archive.tasks_by_day(
        person, due_from=begin, due_to=end, each=each, state=filters["state"], unit=filters["unit"]
    )
    return tasks, archive.deadlines_by_day(person, day_from=begin, day_to=end, each=each) if _own(filters) else {}


def _open_month(first: date, step: int) -> None:
    months = first.year * 12 + first.month - 1 + step
    st.session_state["calendar_month"] = date(months // 12, months % 12 + 1, 1).isoformat()


def _own(filters: dict[str, Any]) -> bool:
    """Whether deadlines that no task has are shown: nobody is named in them and nobody says how far they are."""
    return not filters["unit"] and filters["state"] in (None, STATES[0])


def _own_deadlines(person: Actor, archive: Archive, filters: dict[str, Any], today: date) -> list[DeadlineRow]:
    """Deadlines of no task in the span that is asked for; without one, what comes next and what passed last."""
    if not _own(filters):
        return []
    span = _span(filters)
    if any(span.values()):
        return archive.deadlines(person, limit=_OWN, newest_day=span["day_from"] is None, **span)
    coming = archive.deadlines(person, day_from=today.isoformat(), limit=_OWN)
    before = (today - timedelta(1)).isoformat()
    return [*coming, *archive.deadlines(person, day_to=before, newest_day=True, limit=_OWN - len(coming))]


def _span(filters: dict[str, Any]) -> dict[str, str | None]:
    """The days that are asked for, by the names that deadlines have for them."""
    return {"day_from": filters.get("due_from"), "day_to": filters.get("due_to")}


def _deadlines(deadlines: list[DeadlineRow], today: date) -> None:
    if not deadlines:
        return
    st.subheader("Thời hạn khác trong văn bản")
    st.caption(
        "Không gắn với nhiệm vụ nào được giao: hạn gửi báo cáo, thời gian thực hiện. Sắp đến trước, vừa qua sau."
    )
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


def _to_save(person: Actor, archive: Archive, filters: dict[str, Any]) -> tuple[list[TaskRow], list[DeadlineRow]]:
    """All that the filters choose and that has a day, for a calendar to save."""
    tasks = archive.tasks(person, limit=_MOST_SAVED, newest_due=True, **{**filters, "dated_only": True})
    if not _own(filters):
        return tasks, []
    return tasks, archive.deadlines(person, limit=_MOST_SAVED, newest_day=True, **_span(filters))

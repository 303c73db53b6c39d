"""Tổng quan: counts, what is due, how well the program reads, what is cited and what is missing."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from pipeline.graph.graph import CitationGraph
from pipeline.graph.model import Node
from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.ui import session
from pipeline.ui.display import day, html, item, left, title
from pipeline.ui.pages.graph import most_cited
from pipeline.ui.quality import quality
from pipeline.ui.remembered import FIGURES
from pipeline.ui.tables import clipped, figures, link, table

_SOON = 14
_LISTED = 12
_Rows = list[list[str]]


def show() -> None:
    st.title("Tổng quan")
    person, archive, today = session.here(), session.archive(), date.today()
    found = archive.figures(person, today)
    if not found["documents"]:
        st.info("Kho chưa có văn bản nào.")
        if st.button("Tiếp nhận văn bản", type="primary", icon=":material/upload_file:"):
            session.go("intake")
        return
    _counts(found, today)
    due, read = st.columns([1.5, 1])
    with due:
        _due(person, archive, today)
    with read:
        _quality(person, archive)
    _graph(person, archive)


def _counts(found: dict[str, int], today: date) -> None:
    waiting = session.queue().counts()
    told = [
        ("Văn bản trong kho", found["documents"]), ("Chờ duyệt", found["new"]),
        (f"Vào sổ {today.year}", found["entered"]), ("Việc quá hạn", found["quá hạn"]),
        ("Việc chưa xong", found["chưa làm"] + found["đang làm"]),
        ("Đang đọc", waiting["waiting"] + waiting["reading"]),
    ]  # fmt: skip
    figures(told)


def _due(person: Actor, archive: Archive, today: date) -> None:
    st.subheader(f"Quá hạn và đến hạn trong {_SOON} ngày")
    limit = (today + timedelta(_SOON)).isoformat()
    # What comes next is looked at first; of what is long past the newest matters most.
    coming = archive.tasks(person, due_from=today.isoformat(), due_to=limit, undone=True, limit=_LISTED)
    past = archive.tasks(person, due_to=(today - timedelta(1)).isoformat(), undone=True, newest_due=True, limit=_LISTED)
    tasks = [*reversed(past[: _LISTED - min(len(coming), _LISTED // 2)]), *coming][:_LISTED]
    if not tasks:
        st.caption("Không có việc nào quá hạn hay sắp đến hạn.")
        return
    rows = [
        [html(day(task.due)),
         f"<span class='{'late' if task.overdue(today) else 'soon'}'>{left(task.due, today)}</span>",
         clipped(item(task.text)), link(title(task), "duyet", **{"ban-ghi": task.record_id})]
        for task in tasks
    ]  # fmt: skip
    columns = [("Hạn", "day"), ("Còn lại", "soon"), ("Nội dung", ""), ("Văn bản", " 27")]
    table(columns, rows, label="Việc quá hạn và sắp đến hạn")
    if st.button("Xem mọi nhiệm vụ", icon=":material/task_alt:"):
        session.go("tasks")


def _quality(person: Actor, archive: Archive) -> None:
    st.subheader("Chất lượng đọc")
    found = quality(archive, person)
    if not found.documents:
        st.caption("Chưa có văn bản nào được xác nhận. Con số này đếm những gì người duyệt phải sửa.")
        return
    st.caption(
        f"Trong {found.documents} văn bản xác nhận gần nhất, {found.untouched} không phải sửa gì "
        f"({found.untouched / found.documents:.0%}). Tỷ lệ không phải sửa theo trường:"
    )
    rows = [
        [html(name), f"<div class='cv-bar'><i style='width:{share:.0%}'></i></div>", f"{share:.0%}"]
        for name, share in sorted(found.fields, key=lambda one: one[1])
    ]
    table([("Trường", " 38"), ("", " 42"), ("Không sửa", "num")], rows, label="Tỷ lệ không phải sửa theo trường")


def cited_and_missing(graph: CitationGraph) -> tuple[_Rows, _Rows]:
    """The rows of both tables, remembered."""
    return FIGURES.get(graph.archive, "cited and missing", lambda: _cited_and_missing(graph))


def _cited_and_missing(graph: CitationGraph) -> tuple[_Rows, _Rows]:
    cited = [
        [_linked(one.node), html(one.node.where), "có" if one.node.held else "chưa có", str(one.cited)]
        for one in most_cited(graph)[:_LISTED]
    ]
    missing = [
        [_linked(one.node), html(one.node.where), html(day(one.last)), str(one.cited)]
        for one in graph.missing(limit=_LISTED)
    ]
    return cited, missing


def _linked(node: Node) -> str:
    return link(node.label, "do-thi", **{"van-ban": f"#{node.id}"})


def _graph(person: Actor, archive: Archive) -> None:
    cited, missing = cited_and_missing(CitationGraph(archive, person))
    left_side, right_side = st.columns(2)
    with left_side:
        st.subheader("Được dẫn nhiều nhất")
        columns = [("Văn bản", ""), ("Cơ quan", " 30"), ("Trong kho", "day"), ("Số văn bản dẫn", "num")]
        table(columns, cited, label="Văn bản được dẫn nhiều nhất")
    with right_side:
        st.subheader("Được dẫn mà kho chưa có")
        if missing:
            columns = [("Văn bản", ""), ("Cơ quan", " 30"), ("Lần cuối", "day"), ("Số văn bản dẫn", "num")]
            table(columns, missing, label="Văn bản được dẫn mà kho chưa có")
        else:
            st.caption("Mọi văn bản được dẫn đều có trong kho.")

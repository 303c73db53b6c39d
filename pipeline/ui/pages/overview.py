"""Tổng quan: counts, what is due, how well the program reads, what is cited and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from pipeline.graph.graph import CitationGraph
from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.ui import session
from pipeline.ui.display import day, left, title
from pipeline.ui.quality import Quality
from pipeline.ui.quality import quality as measured

_SOON = 14
_Rows = list[dict[str, object]]
_WIDTHS = {"Văn bản": 265, "Cơ quan": 150, "Được dẫn": 75, "Trong kho": 80, "Lần cuối": 95}


def show() -> None:
    st.title("Tổng quan")
    person, archive, today = session.here(), session.archive(), date.today()
    total = archive.count(person)
    if not total:
        st.info("Kho chưa có văn bản nào.")
        if st.button("Tiếp nhận văn bản", type="primary", icon=":material/upload_file:"):
            session.go("intake")
        return
    _counts(person, archive, total, today)
    upper_left, upper_right = st.columns(2)
    with upper_left:
        _due(person, archive, today)
    with upper_right:
        _quality(person, archive)
    _graph(person, archive)


def _height(rows: Sequence[object]) -> int:
    """Pixels of a table with these rows; a long one scrolls."""
    return min(300, 35 * (len(rows) + 1) + 3)


def _counts(person: Actor, archive: Archive, total: int, today: date) -> None:
    found = archive.overview(person, today)
    tasks = found["tasks"]
    _, entered = archive.register_entries(person, "đến", year=today.year, limit=1)
    waiting = session.queue().counts()
    told = [
        ("Văn bản trong kho", total), ("Chờ duyệt", found["new"]), (f"Vào sổ {today.year}", entered),
        ("Việc quá hạn", tasks["quá hạn"]), ("Việc chưa xong", tasks["chưa làm"] + tasks["đang làm"]),
        ("Đang đọc", waiting["waiting"] + waiting["reading"]),
    ]  # fmt: skip
    for place, (name, many) in zip(st.columns(len(told)), told, strict=True):
        place.metric(name, f"{many:,}".replace(",", "."))


def _due(person: Actor, archive: Archive, today: date) -> None:
    st.subheader(f"Quá hạn và đến hạn trong {_SOON} ngày")
    limit = (today + timedelta(_SOON)).isoformat()
    tasks = [task for task in archive.tasks(person, due_to=limit, dated_only=True, limit=40) if task.state != "xong"]
    if not tasks:
        st.caption("Không có việc nào quá hạn hay sắp đến hạn.")
        return
    rows = [
        {"Hạn": day(task.due), "Còn": left(task.due, today), "Nội dung": task.text, "Văn bản": title(task)}
        for task in tasks
    ]
    st.dataframe(rows, hide_index=True, height=_height(rows), column_config={
        "Hạn": st.column_config.TextColumn(width=95), "Còn": st.column_config.TextColumn(width=150),
        "Nội dung": st.column_config.TextColumn(width=300), "Văn bản": st.column_config.TextColumn(width=200),
    })  # fmt: skip
    if st.button("Xem mọi nhiệm vụ", icon=":material/task_alt:"):
        session.go("tasks")


@st.cache_data(ttl=30, show_spinner=False)
def _measured(_archive: Archive, _person: Actor, folder: str) -> Quality:
    return measured(_archive, _person)


def _quality(person: Actor, archive: Archive) -> None:
    st.subheader("Chất lượng đọc")
    found = _measured(archive, person, str(archive.folder))
    if not found.documents:
        st.caption("Chưa có văn bản nào được xác nhận. Con số này đếm những gì người duyệt phải sửa.")
        return
    st.caption(
        f"Trong {found.documents} văn bản xác nhận gần nhất, {found.untouched} không phải sửa gì "
        f"({found.untouched / found.documents:.0%}). Tỷ lệ không phải sửa theo trường:"
    )
    rows = [{"Trường": name, "Không phải sửa": share * 100} for name, share in sorted(found.fields, key=lambda f: f[1])]
    st.dataframe(rows, hide_index=True, height=264, column_config={
        "Không phải sửa": st.column_config.ProgressColumn(format="%.0f%%", min_value=0, max_value=100),
    })  # fmt: skip


@st.cache_data(ttl=60, show_spinner="Đang đếm dẫn chiếu…")
def _cited(_archive: Archive, _person: Actor, folder: str, total: int) -> tuple[_Rows, _Rows]:
    graph = CitationGraph(_archive, _person)
    cited: _Rows = [
        {"Văn bản": one.node.label, "Cơ quan": one.node.where or "", "Được dẫn": one.cited,
         "Trong kho": "có" if one.node.held else "chưa có"}
        for one in graph.central(by="cited", limit=12)
    ]  # fmt: skip
    missing: _Rows = [
        {"Văn bản": one.node.label, "Cơ quan": one.node.where or "", "Được dẫn": one.cited, "Lần cuối": day(one.last)}
        for one in graph.missing(limit=12)
    ]
    return cited, missing


def _graph(person: Actor, archive: Archive) -> None:
    cited, missing = _cited(archive, person, str(archive.folder), archive.count(person))
    widths = {name: st.column_config.Column(width=width) for name, width in _WIDTHS.items()}
    left_side, right_side = st.columns(2)
    with left_side:
        st.subheader("Được dẫn nhiều nhất")
        st.dataframe(cited, hide_index=True, height=_height(cited), column_config=widths)
    with right_side:
        st.subheader("Được dẫn mà kho chưa có")
        if missing:
            st.dataframe(missing, hide_index=True, height=_height(missing), column_config=widths)
        else:
            st.caption("Mọi văn bản được dẫn đều có trong kho.")

"""Sổ văn bản đến and Sổ theo dõi giải quyết, in the forms of Nghị định 30/2020/NĐ-CP, Phụ lục IV."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from pipeline.store.actors import Actor, allowed
from pipeline.store.archive import Archive
from pipeline.store.query import Query
from pipeline.store.register import Entry
from pipeline.store.searching import Found
from pipeline.ui import session
from pipeline.ui.display import counted, day, html, plain, title
from pipeline.ui.remembered import FIGURES
from pipeline.ui.tables import link, table

_PAGE = 50
_MOST_EXPORTED = 20_000
_BOOKS = {"Sổ văn bản đến": "den", "Sổ theo dõi giải quyết": "theo_doi"}
# value of a form's row -> column of the entry that people fill in
_EDITABLE = {
    "handler": "handler", "transferred": "transferred_on", "received_by": "received_by", "note": "note",
    "due": "due", "progress": "progress", "reply_number": "reply_number",
}  # fmt: skip
_DAYS = ("transferred", "due")
_DATED = (*_DAYS, "arrived", "doc_date")
_ROW = 36  # pixels
_WIDE = 1010  # pixels that the form's hundred parts take; a wider window shares the rest


def show() -> None:
    st.title("Sổ văn bản đến")
    person, archive = session.here(), session.archive()
    _waiting(person, archive)
    st.session_state.setdefault("register_book", next(iter(_BOOKS)))
    name = st.segmented_control("Sổ", list(_BOOKS), key="register_book", required=True, label_visibility="collapsed")
    form = _BOOKS[name or "Sổ văn bản đến"]
    filters = _filters()
    page = st.session_state.get("register_page", 0)
    entries, total = archive.register_entries(person, "đến", limit=_PAGE, offset=page * _PAGE, **filters)
    if page and not entries:
        st.session_state["register_page"] = 0
        st.rerun()
    if not entries:
        st.info("Chưa có văn bản nào trong sổ với các điều kiện này. Số đến được cấp khi xác nhận ở trang Duyệt.")
        return
    if allowed(person, "register") and st.toggle("Sửa các ô của sổ", key="register_edit"):
        _table(person, archive, form, entries)
    else:
        _leaf(form, entries)
    _below(person, archive, form, filters, total=total, page=page)
    _one_line(person, archive, entries)


def _waiting(person: Actor, archive: Archive) -> None:
    """Confirmed documents that stand in no book."""
    if not allowed(person, "register"):
        return
    found = unregistered(archive, person)
    if not found.hits:
        return
    folded = st.expander(f"{found.total} văn bản đã xác nhận, chưa vào sổ", key="unregistered", on_change="rerun")
    if not folded.open:
        return
    with folded:
        arrived = st.date_input("Ngày đến", date.today(), format="DD/MM/YYYY")
        for hit in found.hits:
            left, right = st.columns([6, 1], vertical_alignment="center")
            left.markdown(f"**{plain(title(hit.document))}** {plain(hit.document.subject)}")
            if right.button("Vào sổ", key=f"enter-{hit.document.record_id}", width="stretch"):
                entry = archive.register(person, hit.document.record_id, day=arrived)
                session.done(f"Đã vào sổ, số đến {entry.number}.")
                st.rerun()


def unregistered(archive: Archive, person: Actor) -> Found:
    """Confirmed documents that stand in no book, remembered: all of the archive is looked through for them."""
    query = Query(state="confirmed", registered=False, sort="arrival", limit=20)
    return FIGURES.get(archive, "unregistered", lambda: archive.records(person, query), exact=True)


def _filters() -> dict[str, Any]:
    year, first, last, issuer, handler, text = st.columns([0.8, 1, 1, 1.4, 1.4, 1.6])
    this = date.today().year
    chosen = year.selectbox("Năm", ["Tất cả", *range(this, this - 8, -1)], key="register_year")
    day_from = first.date_input("Đến từ ngày", None, format="DD/MM/YYYY", key="register_from")
    day_to = last.date_input("Đến hết ngày", None, format="DD/MM/YYYY", key="register_to")
    found = {
        "year": None if chosen == "Tất cả" else int(chosen),
        "day_from": day_from.isoformat() if day_from else None, "day_to": day_to.isoformat() if day_to else None,
        "issuer": issuer.text_input("Tác giả", key="register_issuer") or None,
        "handler": handler.text_input("Đơn vị, người nhận", key="register_handler") or None,
        "text": text.text_input("Số, ký hiệu hoặc trích yếu", key="register_text") or None,
    }  # fmt: skip
    if st.session_state.get("register_filters") != found:
        st.session_state["register_filters"] = found
        st.session_state["register_page"] = 0
    return found


def _rows(entries: list[Entry]) -> dict[tuple[int, int], dict[str, str]]:
    """The form's values of each line, by year and number."""
    from pipeline.export.register_rows import rows_of_entries

    order = sorted(entries, key=lambda entry: (entry.year, entry.number))
    return {(e.year, e.number): row.values for e, row in zip(order, rows_of_entries(order), strict=True)}


def _leaf(form: Any, entries: list[Entry]) -> None:
    """A leaf of the book as it is printed: every column of the form, long texts in several lines."""
    from pipeline.export.register_rows import form as form_named

    columns, rows = form_named(form).columns, _rows(entries)
    titles = [
        (column.title, "day" if column.value in _DATED else "num" if column.value == "number" else f" {column.width}")
        for column in columns
    ]
    cells = []
    for entry in entries:
        values = rows[entry.year, entry.number]
        shown = {column.value: html(values[column.value]) for column in columns}
        if entry.record_id:
            number = values.get("doc_number") or "(chưa có số)"
            shown["doc_number"] = link(number, "duyet", **{"ban-ghi": entry.record_id})
        cells.append([shown[column.value] for column in columns])
    table(titles, cells, label=form_named(form).title)


def _table(person: Actor, archive: Archive, form: Any, entries: list[Entry]) -> None:
    from pipeline.export.register_rows import form as form_named

    columns, rows = form_named(form).columns, _rows(entries)
    data = pd.DataFrame(
        [
            [_cell(column.value, entry, rows[entry.year, entry.number]) for column in columns]
            for entry in entries
        ],
        columns=[column.value for column in columns],
    )  # fmt: skip
    for name in _DAYS:
        if name in data:
            data[name] = pd.to_datetime(data[name]).dt.date
    may = allowed(person, "register")
    config: dict[str, Any] = {}
    for column in columns:
        width = max(64, round(column.width * (_WIDE / 100)), 94 if column.value in _DATED else 0)
        locked = not may or column.value not in _EDITABLE
        made = st.column_config.DateColumn if column.value in _DAYS else st.column_config.TextColumn
        more: dict[str, Any] = {"format": "DD/MM/YYYY"} if column.value in _DAYS else {}
        config[column.value] = made(column.title, width=width, disabled=locked, **more)  # type: ignore[operator]
    key = f"book-{form}-{st.session_state.get('register_page', 0)}-{len(entries)}-{entries[0].number}"
    edited = st.data_editor(
        data, hide_index=True, column_config=config, key=key, num_rows="fixed", row_height=_ROW,
        height=min(560, _ROW * len(entries) + 40), placeholder="",
    )  # fmt: skip
    _save(person, archive, entries, data, edited)


def _cell(name: str, entry: Entry, values: dict[str, str]) -> Any:
    if name == "transferred":
        return entry.transferred_on
    if name == "due":
        return entry.due[:10] if entry.due else None
    if name == "note" and entry.cancelled is None:
        return entry.note or ""
    return values[name]


def _save(person: Actor, archive: Archive, entries: list[Entry], before: Any, after: Any) -> None:
    """Write the cells that were changed."""
    changed = 0
    for at, entry in enumerate(entries):
        fields = {}
        for name, column in _EDITABLE.items():
            if name not in before or _same(before.at[at, name], after.at[at, name]):
                continue
            value = after.at[at, name]
            fields[column] = None if _empty(value) else value.isoformat() if name in _DAYS else str(value)
        if fields:
            with session.said():
                archive.change_entry(person, "đến", entry.year, entry.number, **fields)
                changed += 1
    if changed:
        session.done("Đã lưu vào sổ.")
        st.rerun()


def _empty(value: Any) -> bool:
    return value is None or value == "" or bool(pd.isna(value))


def _same(one: Any, other: Any) -> bool:
    return bool((_empty(one) and _empty(other)) or one == other)


def _below(person: Actor, archive: Archive, form: Any, filters: dict[str, Any], *, total: int, page: int) -> None:
    left, middle, xlsx, pdf = st.columns([2, 1.4, 1, 1], vertical_alignment="center")
    left.caption(f"{counted(total)} dòng.")
    pages = max(1, -(-total // _PAGE))
    if pages > 1:
        chosen = middle.number_input(f"Trang (có {pages})", 1, pages, page + 1)
        if chosen - 1 != page:
            st.session_state["register_page"] = int(chosen) - 1
            st.rerun()
    name = f"so-{'van-ban-den' if form == 'den' else 'theo-doi'}-{date.today():%Y%m%d}"
    xlsx.download_button(
        "Tải XLSX", lambda: _workbook(person, archive, form, filters), f"{name}.xlsx", icon=":material/table:",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", on_click="ignore", width="stretch",
    )  # fmt: skip
    pdf.download_button(
        "Bản in (PDF)", lambda: _printed(person, archive, form, filters), f"{name}.pdf", mime="application/pdf",
        icon=":material/print:", on_click="ignore", width="stretch",
    )  # fmt: skip


def _all_rows(person: Actor, archive: Archive, filters: dict[str, Any]) -> Any:
    from pipeline.export.register_rows import rows_of_entries

    entries, _ = archive.register_entries(person, "đến", limit=_MOST_EXPORTED, newest_first=False, **filters)
    return rows_of_entries(entries)


def _workbook(person: Actor, archive: Archive, form: Any, filters: dict[str, Any]) -> bytes:
    from pipeline.export.register_rows import Cover
    from pipeline.export.register_rows import form as form_named
    from pipeline.export.register_xlsx import workbook

    return workbook(form_named(form), _all_rows(person, archive, filters), Cover(year=filters["year"]))


def _printed(person: Actor, archive: Archive, form: Any, filters: dict[str, Any]) -> bytes:
    from pipeline.export.register_pdf import printed
    from pipeline.export.register_rows import Cover
    from pipeline.export.register_rows import form as form_named

    return printed(form_named(form), _all_rows(person, archive, filters), Cover(year=filters["year"]))


@st.fragment
def _one_line(person: Actor, archive: Archive, entries: list[Entry]) -> None:
    """Open the document of a line, or strike the line out; made when somebody opens it."""
    folded = st.expander("Mở văn bản của một dòng, hoặc hủy số", key="one_line", on_change="rerun")
    if not folded.open:
        return
    with folded, session.said():
        names = {f"{e.number}/{e.year}": e for e in entries}
        chosen = st.selectbox(
            "Dòng", list(names),
            format_func=lambda key: f"Số đến {key} · {names[key].doc_number or ''} · {names[key].subject or ''}"[:140],
        )  # fmt: skip
        entry = names[chosen]
        st.caption(f"Vào sổ ngày {day(entry.day)}, người vào sổ: {plain(entry.actor)}")
        left, middle, right = st.columns([1, 3, 1], vertical_alignment="bottom")
        if entry.record_id and left.button("Mở văn bản", width="stretch"):
            session.go("review", open_record=entry.record_id)
        if entry.cancelled is not None:
            middle.caption(f"Đã hủy: {plain(entry.cancelled)}")
            return
        reason = middle.text_input("Lý do hủy số (số đã hủy không cấp lại)")
        if right.button("Hủy số này", width="stretch"):
            archive.cancel_entry(person, "đến", entry.year, entry.number, reason)
            session.done(f"Đã hủy số đến {entry.number}.")
            st.rerun()

"""Tra cứu: words and facets, snippets with the words marked, the page with the hit marked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.store.query import Query
from pipeline.store.searching import Hit
from pipeline.ui import pictures, session
from pipeline.ui.components import review_desk
from pipeline.ui.display import STATES, day, html, marked, plain, title
from pipeline.ui.remembered import FIGURES
from pipeline.ui.tables import link

PAGE = 12
_FACETS = {
    "doc_type": ("Tên loại", "doc_type"), "issuer": ("Cơ quan ban hành", "issuer"), "year": ("Năm", "year"),
    "province": ("Tỉnh, thành phố", "province"), "state": ("Trạng thái", "state"),
}  # fmt: skip
_DATES = {
    "date_from": "Ban hành từ", "date_to": "Ban hành đến", "due_from": "Có hạn từ", "due_to": "Có hạn đến",
}  # fmt: skip
_SORTS = {"Phù hợp nhất": "relevance", "Ngày ban hành": "date", "Mới đến": "arrival"}


def show() -> None:
    st.title("Tra cứu")
    person, archive = session.here(), session.archive()
    if wanted := session.asked_for("xem"):
        st.session_state["preview"], st.session_state["preview_wanted"] = wanted, set()
    preview = st.session_state.get("preview")
    box, sort = st.columns([5, 1.2], vertical_alignment="bottom")
    words = box.text_input(
        "Từ khóa", key="search_words", placeholder='ví dụ: an toàn thông tin, "chuyển đổi số", 514/SGDĐT-VP, thông bá*',
        help='Không cần gõ dấu. "Cụm từ" trong ngoặc kép, -từ để loại, * cho phần đầu của từ.',
    )  # fmt: skip
    order = sort.selectbox("Xếp theo", list(_SORTS), key="search_sort")
    query = _chosen(Query(words or "", sort=_SORTS[order], limit=PAGE))  # type: ignore[arg-type]
    side, results, *picture = st.columns([1.1, 2.4, 2.6] if preview else [1.1, 4])
    page = st.session_state.get("search_page", 0)
    if st.session_state.get("search_query") != query:
        st.session_state["search_query"], page = query, 0
        st.session_state["search_page"] = 0
    # The answer before the facets: counting takes longer than finding.
    found = archive.search(person, replace(query, offset=page * PAGE))
    with results:
        _results(found.hits, found.total, found.more, page)
    if preview:
        with picture[0]:
            _preview(person, archive, preview, words or "")
    with side:
        _facets(person, archive, query)


def _chosen(query: Query) -> Query:
    """The words with what was chosen beside them on the last run."""
    state = st.session_state
    chosen: dict[str, Any] = {
        field: state[f"facet_{name}"]
        for name, (_label, field) in _FACETS.items()
        if state.get(f"facet_{name}") is not None
    }
    for name in _DATES:
        if state.get(name):
            chosen[name] = state[name].isoformat()
    return replace(query, **chosen, cites=(state.get("cites") or "").strip() or None)


def _facets(person: Actor, archive: Archive, query: Query) -> None:
    """The facets of the words, each with its counts under the others' choices."""
    with st.expander("Ngày, thời hạn, dẫn chiếu"):
        for name, label in _DATES.items():
            st.date_input(label, None, format="DD/MM/YYYY", key=name)
        st.text_input("Dẫn văn bản số", key="cites")
    found = counts(archive, person, query)
    for name, (label, _field) in _FACETS.items():
        values = dict(found.get(name, []))
        current = st.session_state.get(f"facet_{name}")
        if current is not None and current not in values:
            values = {current: 0} | values
        if values:
            st.selectbox(
                label, list(values), index=None, key=f"facet_{name}", placeholder="Tất cả",
                format_func=partial(_counted, name, values),
            )  # fmt: skip


def counts(archive: Archive, person: Actor, query: Query) -> dict[str, list[tuple[Any, int]]]:
    """How many documents of the answer each value of a facet has, remembered."""
    key = ("facets", replace(query, sort="relevance", offset=0))
    return FIGURES.get(archive, key, lambda: archive.facets(person, query))


def _counted(facet: str, of_values: dict[Any, int], value: Any) -> str:
    return f"{STATES.get(value, value) if facet == 'state' else value} ({of_values.get(value, 0)})"


def _results(hits: list[Hit], total: int, more: bool, page: int) -> None:
    if not hits:
        st.info("Không có văn bản nào. Thử ít từ hơn, bỏ bớt điều kiện, hoặc thêm * sau phần đầu của từ.")
        return
    st.caption(f"{'Hơn ' if more else ''}{total} văn bản")
    st.html("".join(_shown(hit) for hit in hits))
    pages = -(-total // PAGE)
    if pages > 1:
        before, told, after = st.columns([1, 2, 1], vertical_alignment="center")
        if page and before.button("‹ Trước", width="stretch"):
            st.session_state["search_page"] = page - 1
            st.rerun()
        told.caption(f"Trang {page + 1}/{pages}")
        if page + 1 < pages and after.button("Sau ›", width="stretch"):
            st.session_state["search_page"] = page + 1
            st.rerun()


def _shown(hit: Hit) -> str:
    """A document found, as HTML: one element of the page for all of them."""
    document, key = hit.document, hit.document.record_id
    page_of = f"trang {hit.page}" if hit.page else None
    where = " · ".join(filter(None, (document.issuer, document.issuer_parent, page_of)))
    snippet = f"<div class='cv-snippet'>{marked(hit.snippet, hit.snippet_spans)}</div>" if hit.page else ""
    links = (
        link("Xem trang", "tra-cuu", xem=key), link("Mở bản ghi", "duyet", **{"ban-ghi": key}),
        link("Đồ thị", "do-thi", **{"van-ban": key}),
    )  # fmt: skip
    return (
        f"<article class='cv-hit{' on' if key == st.session_state.get('preview') else ''}'>"
        f"<b>{html(title(document, document.file))}</b><div>{html(document.subject or '(không có trích yếu)')}</div>"
        f"<div class='cv-where'>{html(where)}</div>{snippet}<nav>{''.join(links)}</nav></article>"
    )


def _preview(person: Actor, archive: Archive, record_id: str, words: str) -> None:
    stored = archive.record(person, record_id)
    head, close = st.columns([5, 1], vertical_alignment="center")
    dated = f" ngày {day(stored.record.date)}" if stored.record.date else ""
    head.markdown(f"**{plain(stored.record.number or stored.record.source.file)}**{dated}")
    if close.button("Đóng", width="stretch"):
        st.session_state.pop("preview", None)
        st.rerun()
    marks: list[dict[str, Any]] = [
        {"page": hit.page, "boxes": [list(box) for box in hit.boxes], "span": list(span), "hand": False}
        for hit in archive.highlight(person, record_id, words)
        for span in hit.spans
    ] if words.strip() else []  # fmt: skip
    # Boxes belong to the page as a whole: each once, with the first span.
    seen: set[int] = set()
    for mark in marks:
        if mark["page"] in seen:
            mark["boxes"] = []
        seen.add(mark["page"])
    wanted: set[int] = st.session_state.setdefault("preview_wanted", set())
    if marks:
        wanted.add(marks[0]["page"])
    answer = review_desk(
        "preview_desk", mode="preview", id=record_id, version=f"{stored.version} {words}",
        title=title(stored.record), pages=pictures.pages_for_desk(archive, person, stored, wanted), groups=[],
        marks=marks, editable=False, confirmable=False, rereadable=False, register=None, next=False, reread=None,
        refusal=None, openPage=st.session_state.pop("preview_page", None) or (marks[0]["page"] if marks else None),
    )  # fmt: skip
    asked = session.fresh(answer, "preview_desk")
    if asked is not None and asked["action"] == "page":
        wanted.update(map(int, asked["pages"]))
        st.rerun()

"""Tiếp nhận: files in, what becomes of each, duplicates asked."""

from __future__ import annotations

import os
from typing import Any

import streamlit as st

from pipeline.store.actors import Actor, allowed, require
from pipeline.ui import session
from pipeline.ui.display import moment, plain
from pipeline.workflow.queue import Job

_STATES = {
    "waiting": "chờ đọc", "reading": "đang đọc", "added": "đã vào kho", "held": "đã có trong kho", "failed": "lỗi",
}  # fmt: skip
_ICONS = {
    "waiting": ":material/hourglass_empty:", "reading": ":material/autorenew:", "added": ":material/check_circle:",
    "held": ":material/content_copy:", "failed": ":material/error:",
}  # fmt: skip


def show() -> None:
    st.title("Tiếp nhận văn bản")
    person = session.here()
    if allowed(person, "add"):
        _upload(person)
    else:
        st.info("Vai trò của bạn được xem hàng đợi; việc đưa văn bản vào kho dành cho văn thư và quản trị.")
    watched = os.environ.get("CONGVAN_WATCH")
    if watched:
        st.caption(f"Thư mục theo dõi: {plain(watched)}. Tệp đặt vào đó tự được đưa vào kho, tệp gốc giữ nguyên.")
    _progress()
    _duplicates(person)


def _upload(person: Actor) -> None:
    number = st.session_state.setdefault("uploads", 0)
    files = st.file_uploader(
        "Thả các tệp vào đây: PDF, ảnh quét (JPEG, PNG, TIFF), DOCX, TXT, HTML",
        accept_multiple_files=True, key=f"upload-{number}",
    )  # fmt: skip
    if not files:
        return
    # Taken at once: a clerk drops files and goes on working; the field is emptied for the next ones.
    require(person, "add")
    queue = session.queue()
    for file in files:
        queue.put(file.name, file.getvalue(), actor=person.name, role=person.role.value, origin="tải lên")
    st.session_state["uploads"] = number + 1
    session.done(f"Đã nhận {len(files)} tệp, đang đọc.")
    st.rerun()


@st.fragment(run_every=1.5)
def _progress() -> None:
    queue = session.queue()
    jobs, counts = queue.jobs(60), queue.counts()
    ended = counts["added"] + counts["held"] + counts["failed"]
    total = sum(counts.values())
    head, tools = st.columns([4, 1], vertical_alignment="center")
    head.subheader("Hàng đợi")
    if ended and tools.button("Dọn việc đã xong", width="stretch"):
        queue.clear()
        st.rerun(scope="fragment")
    if not jobs:
        st.caption("Hàng đợi trống. Thả tệp vào ô trên, hoặc để máy quét ghi vào thư mục theo dõi.")
        return
    st.progress(ended / total if total else 0.0, text=f"{ended}/{total} tệp đã xong, {counts['failed']} lỗi")
    if session.workshop().alive == 0:
        st.warning("Tiến trình đọc đang khởi động lại…")
    for job in jobs:
        _job(job)


def _job(job: Job) -> None:
    with st.container(border=True, gap="xsmall"):
        name, state, action = st.columns([5, 3.6, 1.2], vertical_alignment="center")
        name.markdown(f"{_ICONS[job.state]} **{plain(job.name)}**")
        who = f"{plain(job.actor)} · {moment(job.ended_at or job.added_at)}"
        state.caption(f"{_STATES[job.state]} · {who}")
        if job.state == "reading":
            share = job.pages_done / job.pages_total if job.pages_total else 0.0
            pages = f"trang {job.pages_done}/{job.pages_total}" if job.pages_total else "đang mở tệp"
            st.progress(share, text=pages)
        _told(job, action)


def _told(job: Job, action: Any) -> None:
    result = job.result
    if error := result.get("error"):
        kept = " Tệp gốc vẫn được giữ trong kho." if result.get("kept") else ""
        st.markdown(f":red[{plain(error['message'])}]  \n{plain(error['remedy'])}{kept}")
        if action.button("Thử lại", key=f"retry-{job.id}", width="stretch"):
            session.queue().retry(job.id)
            st.rerun(scope="fragment")
        return
    records: list[str] = result.get("records") or []
    if job.state == "held":
        known = result.get("known_as") or []
        other = f" dưới tên {plain(', '.join(known))}" if known and known != [job.name] else ""
        st.caption(f"Nội dung này đã có trong kho{other}; không đọc lại, không tạo bản thứ hai.")
    elif job.state == "added" and len(records) != 1:
        st.caption(f"Tệp có {len(records)} văn bản.")
    if result.get("questions"):
        st.caption(":orange[Có thể trùng với văn bản khác: xem mục «Văn bản có thể trùng» bên dưới.]")
    if records and action.button("Mở", key=f"open-{job.id}", width="stretch"):
        session.go("review", open_record=records[0])


def _duplicates(person: Actor) -> None:
    archive = session.archive()
    pairs = archive.duplicates(person, open_only=True)
    if not pairs:
        return
    st.subheader(f"Văn bản có thể trùng ({len(pairs)})")
    for pair in pairs[:30]:
        first, second = archive.record(person, pair.first).record, archive.record(person, pair.second).record
        with st.container(border=True):
            left, right = st.columns(2)
            for side, one, key in ((left, first, pair.first), (right, second, pair.second)):
                number = plain(one.number or one.raw_number)
                side.markdown(f"**{number}** · {plain(one.issuer)}  \n{plain(one.subject)}")
                side.caption(f"Tệp {plain(one.source.file)}")
                if side.button("Mở", key=f"pair-{pair.id}-{key}"):
                    session.go("review", open_record=key)
            st.caption(f"Vì: {plain(pair.reason)}")
            same, different, _ = st.columns([1, 1, 3])
            if same.button("Là một văn bản", key=f"same-{pair.id}", width="stretch"):
                archive.decide_duplicate(person, pair.id, "same")
                st.rerun()
            if different.button("Là hai văn bản", key=f"different-{pair.id}", width="stretch"):
                archive.decide_duplicate(person, pair.id, "different")
                st.rerun()

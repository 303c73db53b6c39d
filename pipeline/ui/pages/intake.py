"""Tiếp nhận: files in, what becomes of each, duplicates asked."""

from __future__ import annotations

import os

import streamlit as st

from pipeline.store.actors import Actor, allowed
from pipeline.ui import session
from pipeline.ui.display import moment, plain
from pipeline.ui.tables import link
from pipeline.workflow.queue import Job

_STATES = {
    "waiting": "chờ đọc", "reading": "đang đọc", "added": "đã vào kho", "held": "đã có trong kho", "failed": "lỗi",
}  # fmt: skip
_ICONS = {
    "waiting": ":material/hourglass_empty:", "reading": ":material/autorenew:", "added": ":material/check_circle:",
    "held": ":material/content_copy:", "failed": ":material/error:",
}  # fmt: skip

_LISTED = 40
_READING, _IDLE = 1.5, 5.0
"""Seconds between two looks at the queue: while files are read, and while nothing is to be done."""


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
    for file in files:
        session.workshop().put(person, file.name, file.getvalue())
    st.session_state["uploads"] = number + 1
    session.done(f"Đã nhận {len(files)} tệp, đang đọc.")
    st.rerun()


def _progress() -> None:
    """The queue as it stands, looked at again by itself."""
    counts = session.queue().counts()
    if _busy(counts):
        st.fragment(_queue, run_every=_READING)(follow=True)
    else:
        _queue()
        st.fragment(_wait, run_every=_IDLE)(counts)


def _busy(counts: dict[str, int]) -> bool:
    return counts["waiting"] + counts["reading"] > 0


def _wait(counts: dict[str, int]) -> None:
    """Run the page anew when somebody, or the watched folder, brought something: until then nothing is drawn again."""
    if session.queue().counts() != counts:
        st.rerun()


def _queue(*, follow: bool = False) -> None:
    person, queue = session.here(), session.queue()
    jobs, counts = queue.jobs(_LISTED), queue.counts()
    if follow and not _busy(counts):
        st.rerun()  # all is read: possible duplicates are asked below
    ended = counts["added"] + counts["held"] + counts["failed"]
    total = sum(counts.values())
    head, tools = st.columns([4, 1], vertical_alignment="center")
    head.subheader("Hàng đợi")
    may = allowed(person, "add")
    if may and ended and tools.button("Dọn việc đã xong", width="stretch"):
        session.workshop().clear(person)
        st.rerun()
    if not jobs:
        st.caption("Hàng đợi trống. Thả tệp vào ô trên, hoặc để máy quét ghi vào thư mục theo dõi.")
        return
    st.progress(ended / total if total else 0.0, text=f"{ended}/{total} tệp đã xong, {counts['failed']} lỗi")
    if session.workshop().alive == 0:
        st.warning("Tiến trình đọc đang khởi động lại…")
    with st.container(key="queue", gap=None):
        for job in jobs:
            _job(job, person, may=may)
    if jobs and total > len(jobs):
        st.caption(f"… và {total - len(jobs)} tệp nữa.")


def _job(job: Job, person: Actor, *, may: bool) -> None:
    with st.container(key=f"job-{job.id}", gap=None):
        name, state, action = st.columns([5, 4, 1.1], vertical_alignment="center")
        name.markdown("  \n".join([f"{_ICONS[job.state]} **{plain(job.name)}**", *_told(job)]))
        records: list[str] = job.result.get("records") or []
        if len(records) > 1:
            links = " · ".join(link(f"văn bản {at}", "duyet", **{"ban-ghi": one}) for at, one in enumerate(records, 1))
            name.html(f"<div class='cv-small'>Tệp có {len(records)} văn bản, mở: {links}</div>")
        state.markdown(f":small[{_STATES[job.state]} · {plain(job.actor)} · {moment(job.ended_at or job.added_at)}]")
        if job.state == "reading":
            share = job.pages_done / job.pages_total if job.pages_total else 0.0
            pages = f"trang {job.pages_done}/{job.pages_total}" if job.pages_total else "đang mở tệp"
            st.progress(share, text=pages)
        if job.result.get("error"):
            if may and action.button("Thử lại", key=f"retry-{job.id}", width="stretch"):
                session.workshop().retry(person, job.id)
                st.rerun()
        elif records and action.button("Mở", key=f"open-{job.id}", width="stretch"):
            session.go("review", open_record=records[0])


def _told(job: Job) -> list[str]:
    """What became of a file, in lines of Markdown."""
    result, told = job.result, []
    if error := result.get("error"):
        kept = " Tệp gốc vẫn được giữ trong kho." if result.get("kept") else ""
        return [f":red[{plain(error['message'])}]", f":small[{plain(error['remedy'])}{kept}]"]
    records: list[str] = result.get("records") or []
    if job.state == "held":
        known = result.get("known_as") or []
        other = f" dưới tên {plain(', '.join(known))}" if known and known != [job.name] else ""
        told.append(f":small[Nội dung này đã có trong kho{other}; không đọc lại, không tạo bản thứ hai.]")
    elif job.state == "added" and not records:
        told.append(":small[Không thấy văn bản nào trong tệp.]")
    if result.get("questions"):
        told.append(":small[:orange[Có thể trùng với văn bản khác: xem mục «Văn bản có thể trùng» bên dưới.]]")
    return told


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

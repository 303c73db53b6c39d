"""Duyệt: the page beside the form; corrections and confirmations go to the archive with who and when."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pipeline.lexicon.warnings import warning_sentences
from pipeline.store.actors import Actor, allowed
from pipeline.store.archive import Archive, Stored
from pipeline.store.errors import CorrectionInvalid, RegisterConflict, StoreError
from pipeline.store.query import Query
from pipeline.ui import desk, pictures, session
from pipeline.ui.components import review_desk
from pipeline.ui.display import STATES, html, moment, plain, title

_LISTED = 100


def show() -> None:
    person, archive = session.here(), session.archive()
    wanted = st.session_state.pop("open_record", None) or session.asked_for("ban-ghi")
    if wanted:
        st.session_state["desk_record"] = wanted
        st.session_state["desk_wanted"] = set()
    waiting = archive.records(person, Query(state="new", sort="arrival", limit=_LISTED))
    ids = [hit.document.record_id for hit in waiting.hits]
    current = st.session_state.get("desk_record") or (ids[0] if ids else None)
    if current is None:
        st.title("Duyệt văn bản")
        st.success("Không còn văn bản nào chờ duyệt.", icon=":material/done_all:")
        if st.button("Tiếp nhận thêm", icon=":material/upload_file:"):
            session.go("intake")
        return
    stored = archive.record(person, current)
    _choose(waiting.hits, waiting.total, current, stored)
    _warnings(stored)
    _desk(person, archive, stored, ids)
    _history(person, archive, stored)


def _choose(hits: list[Any], total: int, current: str, stored: Stored) -> None:
    """The list of what waits, above the desk."""
    names = {hit.document.record_id: title(hit.document, hit.document.file) for hit in hits}
    subjects = {hit.document.record_id: hit.document.subject or "" for hit in hits}
    if current not in names:
        names = {current: title(stored.record, stored.record.source.file)} | names
        subjects[current] = stored.record.subject or ""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    order = list(names)
    chosen = left.selectbox(
        f"Duyệt văn bản · {total} văn bản chờ", order, index=order.index(current),
        format_func=lambda key: " — ".join(filter(None, (names[key], subjects.get(key))))[:160],
    )  # fmt: skip
    by = f", {plain(stored.confirmed_by)} {moment(stored.confirmed_at)}" if stored.confirmed_by else ""
    right.caption(f"Bản {stored.version} · {STATES[stored.state]}{by}")
    if chosen != current:
        st.session_state["desk_record"] = chosen
        st.session_state["desk_wanted"] = set()
        st.rerun()


def _warnings(stored: Stored) -> None:
    """What no single field can say; the fields say the rest themselves."""
    sentences = warning_sentences()
    fields = ("missing_", "unreadable_", "low_confidence")
    told = [sentences.get(code, code) for code in stored.record.warnings if not code.startswith(fields)]
    if told or stored.conflicts:
        st.html(f"<div class='cv-note'>⚠ {html(' · '.join([*told, *stored.conflicts]))}</div>")


def _desk(person: Actor, archive: Archive, stored: Stored, ids: list[str]) -> None:
    wanted: set[int] = st.session_state.setdefault("desk_wanted", set())
    may_correct = allowed(person, "correct")
    standing = any(entry.book == "đến" and entry.cancelled is None for entry in archive.entries_of(person, stored.id))
    following = [key for key in ids if key != stored.id]
    pages = pictures.pages_for_desk(archive, person, stored, wanted)
    answer = review_desk(
        "desk", mode="review", id=stored.id, version=stored.version, title=title(stored.record), pages=pages,
        groups=desk.groups(stored.record), marks=[], editable=may_correct, confirmable=allowed(person, "confirm"),
        rereadable=any(page["image"] or page["wanted"] for page in pages),
        register=None if standing or not allowed(person, "register") else True, next=bool(following),
        reread=st.session_state.get("desk_reread"), refusal=st.session_state.get("desk_refusal"),
        openPage=st.session_state.pop("desk_page", None),
    )  # fmt: skip
    pictures.make_ahead(archive, person, following[:2])
    asked = session.fresh(answer, "desk")
    if asked is not None:
        _answer(person, archive, stored, asked, following)


def _answer(person: Actor, archive: Archive, stored: Stored, asked: dict[str, Any], following: list[str]) -> None:
    """Do what the desk asks and run the page anew."""
    action = asked["action"]
    st.session_state.pop("desk_reread", None)
    st.session_state.pop("desk_refusal", None)
    if action == "page":
        st.session_state["desk_wanted"].update(map(int, asked["pages"]))
    elif action == "skip":
        _next(stored.id, following)
    elif action == "reread":
        with session.said():
            found = pictures.reread(archive, person, stored, int(asked["page"]), asked["box"])
            st.session_state["desk_reread"] = {
                "token": asked["token"], "pointer": asked["pointer"], "text": found.text,
                "confidence": found.confidence, "page": asked["page"], "box": asked["box"],
            }  # fmt: skip
    elif action in ("save", "confirm") and asked.get("id") == stored.id:
        try:
            _keep(person, archive, stored, asked)
        except StoreError as error:
            pointer = str(error.details.get("pointer", "")) if isinstance(error, CorrectionInvalid) else ""
            st.session_state["desk_refusal"] = {
                "token": asked["token"], "pointer": pointer, "message": f"{error.message} {error.advice}",
            }  # fmt: skip
        else:
            if action == "confirm":
                _next(stored.id, following)
    st.rerun()


def _keep(person: Actor, archive: Archive, stored: Stored, asked: dict[str, Any]) -> None:
    version = int(asked["version"])
    changes = desk.corrections(asked.get("changes") or [], stored.record)
    if changes:
        version = archive.correct_all(person, stored.id, changes, seen_version=version).version
    if asked["action"] == "save":
        session.done(f"Đã lưu {len(changes)} thay đổi.")
        return
    archive.confirm(person, stored.id, seen_version=version)
    message = f"Đã xác nhận {title(archive.record(person, stored.id).record)}."
    if asked.get("register"):
        try:
            entry = archive.register(person, stored.id)
            message += f" Số đến {entry.number}."
        except RegisterConflict as error:
            message += f" {error.message}"
    session.done(message)


def _next(current: str, following: list[str]) -> None:
    st.session_state["desk_wanted"] = set()
    # What was put off comes again only after all the others.
    later: list[str] = st.session_state.setdefault("desk_later", [])
    if current not in later:
        later.append(current)
    rest = [key for key in following if key not in later] or following
    st.session_state["desk_record"] = rest[0] if rest else None


def _history(person: Actor, archive: Archive, stored: Stored) -> None:
    with st.expander("Ai đã sửa gì"):
        changes = archive.corrections(person, stored.id)
        if not changes:
            st.caption("Chưa ai sửa văn bản này.")
            return
        rows = [
            {"Lúc": moment(change["at"]), "Người": f"{change['actor']} ({change['role']})", "Trường": change["pointer"],
             "Trước": _text(change["before"]), "Sau": _text(change["value"])}
            for change in reversed(changes)
        ]  # fmt: skip
        st.dataframe(rows, hide_index=True)


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)

"""What a page needs: the archive, the queue, who is here, and errors said as sentences."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from pipeline.errors import CongvanError
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.ui.workshop import Workshop
from pipeline.workflow.queue import JobQueue

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEMO_NAME = "Bản thử"


def archive_folder() -> Path:
    """``CONGVAN_ARCHIVE``, or this user's archive (the same as of the command line)."""
    from platformdirs import user_data_path

    return Path(os.environ.get("CONGVAN_ARCHIVE") or user_data_path("congvan") / "kho")


@st.cache_resource(show_spinner="Đang mở kho văn bản…")
def _archive(folder: str, database: str | None) -> Archive:
    return Archive(database, folder=folder) if database else Archive(folder)


def archive() -> Archive:
    """The one archive of this app; ``CONGVAN_DATABASE`` names a database other than the folder's own."""
    return _archive(str(archive_folder()), os.environ.get("CONGVAN_DATABASE") or None)


@st.cache_resource(show_spinner=False)
def _workshop(folder: str) -> Workshop:
    return Workshop(Path(folder), watch=os.environ.get("CONGVAN_WATCH") or None)


def workshop() -> Workshop:
    """The worker processes, started on the first look."""
    return _workshop(str(archive_folder()))


def queue() -> JobQueue:
    return workshop().queue


def on_loopback() -> bool:
    """Whether the app listens to this machine only; an app without an address listens to all."""
    return (st.get_option("server.address") or "") in LOOPBACK


def demo() -> bool:
    """Whether one may work without signing in: asked for by ``CONGVAN_DEMO=1``, and granted on loopback alone."""
    return os.environ.get("CONGVAN_DEMO") == "1" and on_loopback()


def actor() -> Actor | None:
    """Who is signed in.  The account is looked at again on every run, so that a closed one ends at once."""
    if demo():
        return Actor(DEMO_NAME, Role(st.session_state.get("demo_role") or Role.ADMIN))
    name = st.session_state.get("signed_in")
    if not name:
        return None
    with said():
        for user in archive().users(Actor("ứng dụng", Role.ADMIN)):
            if user.name == name and user.active:
                return Actor(user.name, user.role)
    st.session_state.pop("signed_in", None)
    return None


def here() -> Actor:
    """The person on a page that is shown only to people who signed in."""
    found = actor()
    if found is None:
        st.stop()
    assert found is not None
    return found


@contextmanager
def said() -> Iterator[None]:
    """Errors of the archive and the reader become their sentence and remedy on the page."""
    try:
        yield
    except CongvanError as error:
        say(error)


def say(error: CongvanError) -> None:
    """Show an error as plain text (file names and numbers in it are other people's words)."""
    from pipeline.ui.display import plain

    st.error(f"{plain(error.message)}  \n{plain(error.advice)}", icon=":material/error:")


def done(message: str) -> None:
    """A short confirmation that outlives the rerun."""
    st.session_state.setdefault("toasts", []).append(message)


def show_toasts() -> None:
    from pipeline.ui.display import plain

    for message in st.session_state.pop("toasts", []):
        st.toast(plain(message), icon=":material/check_circle:")


def fresh(answer: dict[str, Any] | None, key: str) -> dict[str, Any] | None:
    """An answer of a component the first time it is seen, None ever after."""
    if answer is None or st.session_state.get(f"answered {key}") == answer.get("token"):
        return None
    st.session_state[f"answered {key}"] = answer.get("token")
    return answer


def go(page: str, **state: Any) -> None:
    """Open another page with something chosen on it."""
    st.session_state.update(state)
    st.switch_page(st.session_state["pages"][page])


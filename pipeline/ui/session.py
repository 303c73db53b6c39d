"""What a page needs: the archive, the queue, who is here, and errors said as sentences."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from pipeline.api.ledger import Ledger
from pipeline.errors import CongvanError
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.ui.server import COOKIE
from pipeline.ui.sign_ins import SignIn, SignIns
from pipeline.ui.workshop import Workshop
from pipeline.workflow.queue import JobQueue

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEMO_NAME = "Bản thử"
_Kept = TypeVar("_Kept")
_KEPT: dict[tuple[str, ...], Any] = {}
_KEEPING = threading.RLock()


def _kept(key: tuple[str, ...], make: Callable[[], _Kept]) -> _Kept:
    """One of a kind in this process, for pages and for what is served beside them."""
    with _KEEPING:
        if key not in _KEPT:
            _KEPT[key] = make()
        found: _Kept = _KEPT[key]
        return found


def archive_folder() -> Path:
    """``CONGVAN_ARCHIVE``, or this user's archive (the same as of the command line)."""
    from platformdirs import user_data_path

    return Path(os.environ.get("CONGVAN_ARCHIVE") or user_data_path("congvan") / "kho")


def archive() -> Archive:
    """The one archive of this app; ``CONGVAN_DATABASE`` names a database other than the folder's own."""
    folder, database = str(archive_folder()), os.environ.get("CONGVAN_DATABASE") or ""
    made = (lambda: Archive(database, folder=folder)) if database else (lambda: Archive(folder))
    return _kept(("archive", folder, database), made)


def workshop() -> Workshop:
    """The worker processes, started on the first look."""
    folder, watch = archive_folder(), os.environ.get("CONGVAN_WATCH") or None
    return _kept(("workshop", str(folder)), lambda: Workshop(folder, watch=watch))


def queue() -> JobQueue:
    """The queue, for looking at; what people do with it goes through the workshop."""
    return workshop().queue


def sign_ins() -> SignIns:
    """Who is signed in, on the server's side."""
    folder = archive().folder
    return _kept(("sign-ins", str(folder)), lambda: SignIns(folder))


def ledger() -> Ledger:
    """What the API remembers; the app keeps its calendars' addresses there."""
    folder = archive().folder
    return _kept(("ledger", str(folder)), lambda: Ledger(folder))


def on_loopback() -> bool:
    """Whether the app listens to this machine only; an app without an address listens to all."""
    return (st.get_option("server.address") or "") in LOOPBACK


def demo() -> bool:
    """Whether one may work without signing in: asked for by ``CONGVAN_DEMO=1``, and granted on loopback alone."""
    return os.environ.get("CONGVAN_DEMO") == "1" and on_loopback()


def actor() -> Actor | None:
    """Who is signed in.  Sign-in and account are looked at again on every run, so that a closed one ends at once."""
    if demo():
        return Actor(DEMO_NAME, Role(st.session_state.get("demo_role") or Role.ADMIN))
    standing = _standing()
    if standing is not None:
        with said():
            if (found := archive().account(standing.account)) is not None:
                return found
    st.session_state.pop("sign_in", None)
    return None


def _standing() -> SignIn | None:
    """The sign-in of this session, of this browser's cookie after a reload, or of the provider of identities."""
    from pipeline.ui import provider

    given = st.session_state.get("sign_in")
    found = sign_ins().find(given) if given else None
    if found is None and not given:
        token = st.context.cookies.get(COOKIE)
        found = sign_ins().resume(token) if isinstance(token, str) else None
    if found is None and not given:
        found = provider.sign_in(archive(), sign_ins())
    if found is not None:
        st.session_state["sign_in"] = found.id
        if found.ticket:
            st.session_state["ticket"] = found.ticket
    return found


def begin(account: str) -> None:
    """Sign this session in; the next run of the page trades the ticket for the cookie that outlives a reload."""
    made = sign_ins().begin(account)
    st.session_state["sign_in"], st.session_state["ticket"] = made.id, made.ticket


def sign_out() -> None:
    """End the sign-in on the server, so that neither this session nor a kept cookie means anything any more."""
    from pipeline.ui import provider

    given = st.session_state.get("sign_in")
    if given and (found := sign_ins().find(given)):
        sign_ins().end(given)
        sign_ins().bar(found.account)
    by_provider = provider.signed_in()
    st.session_state.clear()
    if by_provider:
        st.logout()
    # A session that signed out does not come back by the cookie that it was opened with.
    st.session_state["sign_in"] = "ended"
    st.rerun()


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


def unforeseen(error: Exception) -> bool:
    """A defect met on a page: told to the person in their language, with its trace in the server's log."""
    logging.getLogger("congvan.app").error("unforeseen error on a page", exc_info=error)
    st.error(
        "Trang này gặp lỗi không lường trước; dữ liệu trong kho vẫn nguyên vẹn. Tải lại trang rồi làm tiếp; nếu vẫn "
        "lỗi, báo người quản trị xem nhật ký của máy chủ.",
        icon=":material/error:",
    )
    return True


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


def asked_for(name: str) -> str | None:
    """What the address asks for, once: the address is then plain again, and the person goes where they like."""
    found = st.query_params.get(name)
    if found:
        del st.query_params[name]
    return found or None


def go(page: str, **state: Any) -> None:
    """Open another page with something chosen on it."""
    st.session_state.update(state)
    st.switch_page(st.session_state["pages"][page])

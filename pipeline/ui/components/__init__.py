"""Our own components, served by the app from ``*/dist``; sources and build in ``frontend/``.

The review desk and the map are frames, which forbid themselves any network (Content-Security-Policy).  Tasks are drawn
in the page itself: one element for all of them, where a widget for each would keep server and browser busy for a
second.  What listens to links is in the page as well.  All of them set every text as text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def _declared(name: str) -> Any:
    from streamlit.components.v1 import declare_component

    return declare_component(f"congvan_{name}", path=str(_FOLDER / name / "dist"))


@cache
def _drawn_in_page(name: str) -> Any:
    from streamlit.components.v2 import component

    def text(file: str) -> str | None:
        path = _FOLDER / name / "dist" / file
        # Streamlit takes a text of one line for the name of a file.
        return f"/* {name} */\n{path.read_text(encoding='utf-8')}" if path.exists() else None

    return component(f"congvan_{name}", html=f"<div class='{name}'></div>", css=text("style.css"), js=text("index.js"))


def review_desk(key: str, **desk: Any) -> dict[str, Any] | None:
    """Show a document with its evidence (arguments: ``desk.build``); returns what the person last asked for.

    ``{"token", "action", …}``: ``confirm`` and ``save`` with ``changes``, ``skip``, ``page`` (the pictures of ``pages``
    are wanted), ``reread`` with ``page``, ``box``, ``pointer``.  A token is answered once.
    """
    answer: dict[str, Any] | None = _declared("review")(key=key, default=None, **desk)
    return answer


def citation_map(key: str, **drawing: Any) -> dict[str, Any] | None:
    """Show a part of the citation graph (``drawing`` names it); returns what the person last asked for.

    ``{"token", "action", …}``: ``expand``, ``lineage``, ``impact``, ``open`` with ``node``; ``page`` with ``record``,
    ``page``, ``printed``.
    """
    answer: dict[str, Any] | None = _declared("map")(key=key, default=None, **drawing)
    return answer


def task_board(key: str, on_moved: Callable[[], None], on_day: Callable[[], None], **board: Any) -> str | None:
    """Show tasks as a list, a board or a calendar (``task_drawing``); returns the record that somebody asks to open.

    ``on_moved`` and ``on_day`` are called before the run in which somebody moved a task or asked for a day of the
    calendar: ``st.session_state[key].moved`` is then ``{"id", "from", "to"}``, ``.day`` an ISO day.
    """
    asked = _drawn_in_page("tasks")(
        key=key, data=board, on_moved_change=on_moved, on_day_change=on_day, on_open_change=lambda: None
    )
    opened: str | None = asked.open
    return opened


def followed_link() -> str | None:
    """The address of a link (``tables.link``) that somebody followed, once: it opens in the app that runs."""
    followed: str | None = _drawn_in_page("links")(key="links", on_open_change=lambda: None).open
    return followed

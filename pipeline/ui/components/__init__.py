"""Our own components, served by the app from ``*/dist``; sources and build in ``frontend/``.

Both frames forbid themselves any network (Content-Security-Policy) and set every text as text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def _declared(name: str) -> Any:
    from streamlit.components.v1 import declare_component

    return declare_component(f"congvan_{name}", path=str(_FOLDER / name / "dist"))


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

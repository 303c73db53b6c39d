"""congvan: Vietnamese official documents → records with evidence.

``read_records(path)`` gives the records of a file, ``cite(text)`` the documents that a text mentions.  Names are
imported when first used, so that ``import pipeline`` and the command's help cost nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.citing import cite
    from pipeline.errors import CongvanError
    from pipeline.read import ReadOptions
    from pipeline.record.models import Record

__all__ = ["CongvanError", "ReadOptions", "Record", "cite", "read_records"]

_HOMES = {
    "CongvanError": "pipeline.errors",
    "ReadOptions": "pipeline.read",
    "Record": "pipeline.record.models",
    "cite": "pipeline.citing",
}


def read_records(path: Path | str, options: ReadOptions | None = None) -> list[Record]:
    """Records of a file, one for each document in it, in page order.

    Raises a :class:`CongvanError` when the file cannot be read at all; a page that fails leaves the warning
    ``partial_pages`` on the records of the others.
    """
    from pipeline.workflow.run import extract_file

    return extract_file(path, options).records


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])

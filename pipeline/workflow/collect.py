"""Paths given by a person → the files to work on.

A file that is named is always worked on, and is an error when it is no document.  Inside folders, hidden files and
files that are no documents are left out and reported as such; a file whose name claims to be a document stays in, so
that a damaged PDF in a folder is reported and not passed over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import CongvanError, FileMissing, FileUnreadable

# What clerks' folders hold as documents; old Office and e-book formats stay in so that their error is seen.
_DOCUMENT_SUFFIXES = frozenset(
    {
        ".pdf", ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".docx", ".doc", ".rtf", ".odt",
        ".txt", ".text", ".md", ".markdown", ".html", ".htm",
    }
)  # fmt: skip
_DOCUMENT_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


@dataclass(slots=True)
class Collection:
    """``files`` in the order given (sorted inside folders, each file once), what was left out, and what failed."""

    files: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    errors: list[CongvanError] = field(default_factory=list)


def collect(paths: Iterable[Path], *, recursive: bool = True) -> Collection:
    """The files under ``paths``.  Links to folders are not followed: they may lead in circles."""
    found = Collection()
    seen: set[Path] = set()

    def add(path: Path) -> None:
        real = path.resolve()
        if real not in seen:
            seen.add(real)
            found.files.append(path)

    for path in paths:
        try:
            if path.is_dir():
                _walk(path, recursive, add, found)
            elif path.exists():
                add(path)
            else:
                found.errors.append(FileMissing(path))
        except OSError as error:
            found.errors.append(FileUnreadable(path, reason=error.strerror or type(error).__name__))
    return found


def _walk(folder: Path, recursive: bool, add: Callable[[Path], None], found: Collection) -> None:
    def failed(error: OSError) -> None:
        found.errors.append(FileUnreadable(error.filename or folder, reason=error.strerror or type(error).__name__))

    for where, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith(".")) if recursive else []
        for name in sorted(names):
            path = Path(where, name)
            if name.startswith((".", "~$")) or not path.is_file() or not _is_document(path):
                found.skipped.append(path)
            else:
                add(path)


def _is_document(path: Path) -> bool:
    if path.suffix.lower() in _DOCUMENT_SUFFIXES:
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(1024)
    except OSError:
        return False
    return head.startswith(_DOCUMENT_HEADS) or b"%PDF-" in head

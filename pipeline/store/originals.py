"""The originals: every file byte for byte under the SHA-256 of its content, read-only.

A file is written beside its place, flushed to the disk and renamed into it, so that a name in the store always has the
whole content, whenever the process dies.  Nothing here ever changes or deletes a file that was handed in.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import FileMissing, FileUnreadable, OutputUnwritable
from pipeline.store.errors import OriginalDamaged

FOLDER = "originals"
_CHUNK = 1 << 20
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}")


class Originals:
    """The content-addressed folder ``<archive>/originals/ab/abcdef…``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where a content lies or would lie."""
        return self.folder / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def keep(self, source: Path) -> tuple[str, int]:
        """Copy a file in; returns (sha256, bytes).  Keeping the same content again changes nothing.

        The hash is of the bytes that were copied, so a file that changes while it is read is kept as it was read.
        """
        try:
            stream = source.open("rb")
        except FileNotFoundError as error:
            raise FileMissing(source) from error
        except OSError as error:
            raise FileUnreadable(source, reason=error.strerror or str(error)) from error
        with stream:
            return self.keep_stream(stream, source)

    def keep_stream(self, stream: BinaryIO, shown: Path | str = "") -> tuple[str, int]:
        """Copy a stream in; as ``keep``."""
        digest, size = hashlib.sha256(), 0
        incoming = self.folder / "incoming"
        try:
            incoming.mkdir(parents=True, exist_ok=True)
            temporary = incoming / f"{os.getpid()}-{os.urandom(6).hex()}"
            with temporary.open("xb") as out:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            sha256 = digest.hexdigest()
            target = self.path(sha256)
            if target.exists():
                temporary.unlink()
                return sha256, size
            temporary.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
            target.parent.mkdir(exist_ok=True)
            os.replace(temporary, target)
            flush_folder(target.parent)
        except OSError as error:
            raise OutputUnwritable(self.folder, reason=error.strerror or str(error)) from error
        return sha256, size

    def open(self, sha256: str) -> BinaryIO:
        """Read an original; raises ``OriginalDamaged`` when it is gone."""
        try:
            return self.path(sha256).open("rb")
        except OSError as error:
            raise OriginalDamaged(sha256=sha256) from error

    def verify(self, sha256: str, size: int) -> str | None:
        """A Vietnamese sentence for what is wrong with one original; ``None`` when it is as it was."""
        path = self.path(sha256)
        if not path.is_file():
            return f"Bản gốc {sha256} bị mất."
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != sha256 or path.stat().st_size != size:
            return f"Bản gốc {sha256} đã bị thay đổi."
        if path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            return f"Bản gốc {sha256} không còn ở chế độ chỉ đọc."
        return None

    def names(self) -> Iterator[str]:
        """The SHA-256 of every content that lies here, in order."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if len(path.name) == 64:
                yield path.name

    def sweep(self, older_than: float = 86400.0) -> int:
        """Remove half-written copies that a killed process left, once they are a day old; returns how many."""
        import time

        gone = 0
        for path in (self.folder / "incoming").glob("*"):
            if time.time() - path.stat().st_mtime > older_than:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def extension_of(name: str) -> str:
    """A harmless extension to give an original when it is handed out again ("" when the name has none)."""
    suffix = Path(name).suffix
    return suffix.lower() if _EXTENSION.fullmatch(suffix) else ""


def flush_folder(folder: Path) -> None:
    """Let the rename itself reach the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)

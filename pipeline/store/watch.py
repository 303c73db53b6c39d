"""A watched folder: files are taken when they are finished, regular files only.

A scanner or a copy over the network writes a file little by little.  A file counts as finished when its size and time
have not changed for a while and it is not empty; names that programs give to files under work are left alone.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SETTLE_SECONDS = 3.0
POLL_SECONDS = 1.0
_UNDER_WORK = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", "~")


@dataclass(slots=True)
class Watcher:
    """The finished files of a folder, each once for each content it had.

    ``poll`` looks once; ``run`` looks again and again until ``stop`` says so.  Links, folders, devices, hidden files
    and files under work are never given.
    """

    folder: Path
    settle: float = SETTLE_SECONDS
    recursive: bool = False
    clock: Callable[[], float] = time.monotonic
    _seen: dict[Path, tuple[tuple[int, int, int], float]] = field(default_factory=dict)
    _given: set[tuple[Path, tuple[int, int, int]]] = field(default_factory=set)

    def poll(self) -> list[Path]:
        """Files that are finished now and were not given before, by name."""
        found, present = [], set()
        for path in sorted(self._files()):
            mark = _mark(path)
            if mark is None:
                continue
            present.add(path)
            known = self._seen.get(path)
            if known is None or known[0] != mark:
                self._seen[path] = (mark, self.clock())
                known = self._seen[path]
            if (path, mark) in self._given or self.clock() - known[1] < self.settle:
                continue
            self._given.add((path, mark))
            found.append(path)
        for path in set(self._seen) - present:
            del self._seen[path]
        self._given = {pair for pair in self._given if pair[0] in present}
        return found

    def run(
        self, stop: Callable[[], bool] = lambda: False, poll_seconds: float = POLL_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Iterator[Path]:  # fmt: skip
        """Finished files as they come."""
        while not stop():
            yield from self.poll()
            sleep(poll_seconds)

    def again(self, path: Path) -> None:
        """Give a file once more (it could not be taken because the archive was busy)."""
        self._given = {pair for pair in self._given if pair[0] != path}

    def _files(self) -> Iterator[Path]:
        try:
            yield from self.folder.rglob("*") if self.recursive else self.folder.iterdir()
        except OSError:
            return  # the folder may be on a share that comes and goes


def _mark(path: Path) -> tuple[int, int, int] | None:
    """Inode, size and time of a regular file that may be taken; None for all else."""
    name = path.name.lower()
    if name.startswith((".", "~$")) or name.endswith(_UNDER_WORK):
        return None
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_size == 0:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns

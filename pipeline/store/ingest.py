"""Many files into the archive; nothing that happens to one stops the others."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CongvanError
from pipeline.store.actors import Actor
from pipeline.store.adding import Added
from pipeline.store.archive import Archive
from pipeline.store.reading import Reader, Reading
from pipeline.workflow.errors import WorkerDied, unexpected


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one path: ``added``, or the ``error`` for which it could not even be copied."""

    path: Path
    added: Added | None = None
    error: CongvanError | None = None

    @property
    def failure(self) -> CongvanError | None:
        """Why the file has no records now, whether it was kept or not."""
        return self.error or (self.added.error if self.added else None)


def ingest(
    archive: Archive, actor: Actor, paths: Sequence[Path], reader: Reader, *, jobs: int = 1
) -> Iterator[Ingested]:
    """Bring files in, one transaction each; outcomes as they are done.

    The caller may stop at any moment, and so may the machine: what was reported is kept, what was not is as if it
    had never been tried.  With ``jobs`` above one, files are read in worker processes (``reader`` must be picklable)
    and stored by this one.
    """
    if jobs <= 1 or len(paths) <= 1:
        for path in paths:
            yield _one(archive, actor, path, reader)
        return
    todo = deque(paths)
    suspects: deque[Path] = deque()
    while todo:
        yield from _pool(archive, actor, todo, reader, jobs=jobs, suspects=suspects)
    while suspects:  # each alone, so that one which kills its reader takes no other with it
        path = suspects.popleft()
        dead: deque[Path] = deque()
        yield from _pool(archive, actor, deque([path]), reader, jobs=1, suspects=dead)
        for lost in dead:
            yield _failed(archive, actor, lost, WorkerDied(lost))


def _one(archive: Archive, actor: Actor, path: Path, reader: Reader) -> Ingested:
    try:
        return Ingested(path, archive.add(actor, path, _foreseeing(reader)))
    except CongvanError as error:
        return Ingested(path, error=error)


def _foreseeing(reader: Reader) -> Reader:
    """A reader whose defects are errors of the file: the others go on."""

    def read(path: Path) -> Reading:
        try:
            return reader(path)
        except CongvanError:
            raise
        except Exception as error:
            raise unexpected(path, error) from error

    return read


def _failed(archive: Archive, actor: Actor, path: Path, error: CongvanError) -> Ingested:
    def fail(_path: Path) -> Reading:
        raise error

    return _one(archive, actor, path, fail)


def _pool(
    archive: Archive, actor: Actor, todo: deque[Path], reader: Reader, *, jobs: int, suspects: deque[Path]
) -> Iterator[Ingested]:
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    pool = ProcessPoolExecutor(min(jobs, len(todo)), mp_context=context, initializer=_quiet)
    running: dict[Future[Reading], Path] = {}
    broken = False
    try:
        while (todo and not broken) or running:
            # No more are handed over than are worked on: when a worker dies, these are the suspects.
            while todo and len(running) < jobs and not broken:
                path = todo.popleft()
                if _held(archive, path):
                    yield _one(archive, actor, path, reader)
                    continue
                try:
                    running[pool.submit(reader, path)] = path
                except BrokenProcessPool:
                    broken = True
                    todo.appendleft(path)
            done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in done:
                path = running.pop(future)
                try:
                    reading = future.result()
                except BrokenProcessPool:
                    broken = True
                    suspects.append(path)
                except CongvanError as error:
                    yield _failed(archive, actor, path, error)
                except Exception as error:
                    yield _failed(archive, actor, path, unexpected(path, error))
                else:
                    yield _one(archive, actor, path, lambda _path, reading=reading: reading)  # type: ignore[misc]
    finally:
        pool.shutdown(wait=not running, cancel_futures=True)


def _quiet() -> None:
    # The parent hears Ctrl-C and ends the workers; their own tracebacks would only be noise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _held(archive: Archive, path: Path) -> bool:
    """Whether the archive has records of these bytes already: then there is nothing to read."""
    import hashlib

    from pipeline.store import adding

    try:
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return True  # let ``add`` say what is wrong with it
    with archive.database.read() as connection:
        return bool(adding.held(connection, sha256))

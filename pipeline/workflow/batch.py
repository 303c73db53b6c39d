"""Many files → one outcome each; nothing that happens to one file stops the others.

With one job, files are read one after the other in this process.  With more, several files are read at once in worker
processes, and the pages of a lone file in threads (the OCR engine is a process of its own, so threads are enough).
A worker that dies takes only its file with it: files under work at that moment are tried again, each alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing.context import BaseContext
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

from pipeline.errors import CongvanError
from pipeline.workflow.errors import WorkerDied, unexpected

if TYPE_CHECKING:
    from pipeline.read import ReadOptions
    from pipeline.record.models import Record

PageProgress = Callable[[Path, int, int], None]
"""Called with (file, pages done, pages in all), in the process and thread that runs the batch."""

_POLL_SECONDS = 0.1
_LIGHT_SUFFIXES = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx"))
_LIGHT_BYTES = 300_000


@dataclass(slots=True)
class Outcome:
    """What became of one file: its records, or the error that ended it.

    ``page_errors`` are the pages of a file with records that could not be read.  ``trace`` is the traceback of an
    :class:`~pipeline.workflow.errors.Unexpected` error.
    """

    path: Path
    records: list[Record] = field(default_factory=list)
    error: CongvanError | None = None
    page_errors: list[CongvanError] = field(default_factory=list)
    pages: int = 0
    seconds: float = 0.0
    trace: str | None = None


def default_jobs() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_one(path: Path, options: ReadOptions, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """The outcome of one file.  Raises nothing but KeyboardInterrupt and SystemExit."""
    from pipeline.workflow.run import extract_file

    outcome = Outcome(path)
    started = time.perf_counter()
    try:
        result = extract_file(path, options, progress)
        outcome.records = result.records
        outcome.page_errors = [page.error for page in result.source.failed_pages if page.error is not None]
        outcome.pages = len(result.source.pages)
    except CongvanError as error:
        if error.path is None:
            error.path = str(path)
        outcome.error = error
    except Exception as error:  # a defect met on this file: the others go on
        outcome.error, outcome.trace = unexpected(path, error), traceback.format_exc()
    outcome.seconds = time.perf_counter() - started
    return outcome


def run_batch(
    files: Sequence[Path], options: ReadOptions, *, jobs: int = 1, progress: PageProgress | None = None
) -> Iterator[Outcome]:
    """Outcomes of ``files`` as they are finished, in no fixed order."""
    if jobs <= 1 or sum(map(_is_heavy, files)) <= 1:
        for path in files:
            yield run_one(path, replace(options, jobs=max(1, jobs)), _of_file(progress, path))
        return
    yield from _Pool(files, options, jobs, progress).run()


def _is_heavy(path: Path) -> bool:
    """Whether a file may take longer to read than a worker takes to start."""
    try:
        return path.suffix.lower() not in _LIGHT_SUFFIXES or path.stat().st_size > _LIGHT_BYTES
    except OSError:
        return False


def _of_file(progress: PageProgress | None, path: Path) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(path, done, total)


class _Pool:
    """Files over worker processes."""

    def __init__(self, files: Sequence[Path], options: ReadOptions, jobs: int, progress: PageProgress | None) -> None:
        self.workers = min(jobs, len(files))
        self.options = replace(options, jobs=max(1, jobs // self.workers))
        self.progress = progress
        self.todo = deque(files)
        self.alone: deque[Path] = deque()
        # A fresh server process forks the workers: forking this one would copy its threads' locks.
        self.context: BaseContext = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
        self.pages: Any = None

    def run(self) -> Iterator[Outcome]:
        if hasattr(self.context, "set_forkserver_preload"):
            self.context.set_forkserver_preload(["pipeline.workflow.run"])
        # A manager's queue lives in its own process: a worker killed in the middle of a message locks nobody out.
        with self.context.Manager() as manager:
            self.pages = manager.Queue() if self.progress else None
            others = set(multiprocessing.active_children())
            try:
                while self.todo:
                    yield from self._run_pool(self.todo, self.workers, self.alone.append)
                while self.alone:
                    path = self.alone.popleft()
                    dead: list[Path] = []
                    yield from self._run_pool(deque([path]), 1, dead.append)
                    for lost in dead:
                        yield Outcome(lost, error=WorkerDied(lost))
            except BaseException:
                # Ctrl-C, or the caller lost interest: nothing is left running behind.
                for child in set(multiprocessing.active_children()) - others:
                    child.terminate()
                raise

    def _run_pool(self, todo: deque[Path], workers: int, lost: Callable[[Path], None]) -> Iterator[Outcome]:
        """Run until ``todo`` is empty or a worker dies; files under work then are given to ``lost``."""
        pool = ProcessPoolExecutor(workers, mp_context=self.context, initializer=_start_worker, initargs=(self.pages,))
        running: dict[Future[Outcome], Path] = {}
        broken = False
        try:
            while (todo and not broken) or running:
                # No more are handed over than are worked on: when a worker dies, these are the suspects.
                while todo and len(running) < workers and not broken:
                    try:
                        running[pool.submit(_work, str(todo[0]), self.options)] = todo[0]
                        todo.popleft()
                    except BrokenProcessPool:
                        broken = True
                done, _ = wait(running, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
                self._report_pages()
                for future in done:
                    path = running.pop(future)
                    try:
                        yield future.result()
                    except BrokenProcessPool:
                        broken = True
                        lost(path)
                    except Exception as error:  # what the worker sent back could not be read here
                        yield Outcome(path, error=unexpected(path, error), trace=traceback.format_exc())
        finally:
            pool.shutdown(wait=not running, cancel_futures=True)

    def _report_pages(self) -> None:
        if self.pages is None or self.progress is None:
            return
        with contextlib.suppress(Empty):
            while True:
                name, done, total = self.pages.get_nowait()
                self.progress(Path(name), done, total)


_PAGES: Any = None


def _start_worker(pages: Any) -> None:
    global _PAGES
    _PAGES = pages
    # The parent hears Ctrl-C and ends the workers; their own tracebacks would only be noise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(name: str, options: ReadOptions) -> Outcome:
    def report(done: int, total: int) -> None:
        # Progress is a convenience: a parent that is gone must not turn into an error of the file.
        with contextlib.suppress(Exception):
            _PAGES.put((name, done, total))

    return run_one(Path(name), options, report if _PAGES is not None else None)

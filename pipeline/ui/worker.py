"""A worker process of the app: takes files from the queue, reads them, stores their records.

Started by ``workshop``; ends when the process that started it is gone (its end of the pipe closes).
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from pathlib import Path

from pipeline.errors import CongvanError
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.store.extracting import reading_of
from pipeline.store.reading import Reading
from pipeline.store.watch import Watcher
from pipeline.workflow import extract_file
from pipeline.workflow.errors import unexpected
from pipeline.workflow.queue import Job, JobQueue, failure

WATCHED = "thư mục theo dõi"
_IDLE_SECONDS = 0.4
_BEAT_SECONDS = 5.0


def work(archive: Archive, queue: JobQueue, job: Job) -> None:
    """Read one file and say in the queue what became of it; nothing that goes wrong with it is raised."""
    path = queue.path(job.id, job.name)

    def read(target: Path) -> Reading:
        return reading_of(extract_file(target, progress=lambda done, total: queue.progress(job.id, done, total)))

    try:
        added = archive.add(Actor(job.actor, Role(job.role)), path, read)
    except CongvanError as error:
        queue.finish(job.id, "failed", failure(error))
    except Exception as error:  # a defect met on one file must not stop the others
        queue.finish(job.id, "failed", failure(unexpected(job.name, error)))
    else:
        if added.error is not None:
            queue.finish(job.id, "failed", failure(_named(added.error, job.name)) | {"kept": True})
        else:
            result = {
                "records": added.records, "questions": added.questions,
                "known_as": sorted({Path(known).name for known in added.known_as}),
            }  # fmt: skip
            queue.finish(job.id, "held" if added.outcome == "held" else "added", result)


def _named(error: CongvanError, name: str) -> CongvanError:
    """The error with the file's own name instead of the place of its copy."""
    error.path = name
    return error


class _Heart:
    """Signs of life while a long page is read."""

    def __init__(self, queue: JobQueue) -> None:
        self.queue, self.job = queue, 0
        threading.Thread(target=self._beat, daemon=True).start()

    def _beat(self) -> None:
        while True:
            time.sleep(_BEAT_SECONDS)
            if self.job:
                self.queue.beat(self.job)


def take_arrivals(queue: JobQueue, watcher: Watcher) -> None:
    """Put the finished files of the watched folder into the queue."""
    for path in watcher.poll():
        try:
            queue.put_arrival(path, actor=WATCHED, role=Role.CLERK.value, origin=str(watcher.folder))
        except CongvanError:
            watcher.again(path)  # the share may be gone for a moment


def run(folder: Path, watch: Path | None) -> None:
    """Work until the process is ended."""
    queue = JobQueue(folder / "queue")
    archive = Archive(os.environ.get("CONGVAN_DATABASE") or folder, folder=folder)
    watcher, heart = Watcher(watch) if watch else None, _Heart(queue)
    name = f"{os.getpid()}"
    while True:
        queue.recover()
        if watcher is not None:
            take_arrivals(queue, watcher)
        job = queue.take(name)
        if job is None:
            time.sleep(_IDLE_SECONDS)
            continue
        heart.job = job.id
        work(archive, queue, job)
        heart.job = 0


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.ui.worker", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--watch", type=Path)
    options = parser.parse_args()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    run(options.folder, options.watch)


if __name__ == "__main__":
    main()

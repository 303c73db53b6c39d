"""The worker processes behind the queue: started with the app, started again when one dies, ended with it."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from pathlib import Path

from pipeline.store.actors import Actor, require
from pipeline.workflow.queue import Job, JobQueue

FOLDER = "queue"
_LOOK_SECONDS = 2.0


def worker_count() -> int:
    """``CONGVAN_WORKERS``, or all cores but the one that serves the pages, two at the most."""
    told = os.environ.get("CONGVAN_WORKERS", "")
    return max(1, int(told)) if told.isdigit() else max(1, min(2, (os.cpu_count() or 2) - 1))


class Workshop:
    """Keeps workers running over the queue of an archive's folder; ``watch`` is a folder whose arrivals are taken."""

    def __init__(self, archive_folder: Path, *, watch: str | None = None, workers: int | None = None) -> None:
        self.archive_folder, self.watch = archive_folder, watch
        self.queue = JobQueue(archive_folder / FOLDER)
        self._wanted = worker_count() if workers is None else workers
        self._workers: list[subprocess.Popen[bytes] | None] = [None] * self._wanted
        self._end = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="congvan-workshop", daemon=True)
        self._keeper.start()
        atexit.register(self.close)

    # --- what people do with the queue: refused here when their role may not add documents ---

    def put(self, actor: Actor, name: str, data: bytes) -> Job:
        """Take a file that a person gave; it is on the disk when this returns."""
        require(actor, "add")
        return self.queue.put(name, data, actor=actor.name, role=actor.role.value, origin="tải lên")

    def retry(self, actor: Actor, job_id: int) -> None:
        """Try a failed file again."""
        require(actor, "add")
        self.queue.retry(job_id)

    def clear(self, actor: Actor) -> None:
        """Take what is done off the list."""
        require(actor, "add")
        self.queue.clear()

    @property
    def alive(self) -> int:
        """How many workers run now."""
        return sum(worker is not None and worker.poll() is None for worker in self._workers)

    def close(self) -> None:
        """End the workers; a job that one was reading is given back to the queue by the next workshop."""
        self._end.set()
        for worker in self._workers:
            if worker is not None and worker.poll() is None:
                worker.terminate()

    def _keep(self) -> None:
        while not self._end.is_set():
            for at, worker in enumerate(self._workers):
                if (worker is None or worker.poll() is not None) and not self._end.is_set():
                    self._workers[at] = self._start(first=at == 0)
            self._end.wait(_LOOK_SECONDS)

    def _start(self, *, first: bool) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "pipeline.ui.worker", str(self.archive_folder)]
        if self.watch and first:  # one of them watches, or arrivals would be taken twice
            command += ["--watch", self.watch]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)

"""Reading files in the background: a bounded queue, a few workers, progress by pages, a signed call when done."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import shutil
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.api.errors import TooManyRequests
from pipeline.api.ledger import ApiKey, Ledger
from pipeline.errors import CongvanError
from pipeline.read import ReadOptions
from pipeline.store.actors import Actor
from pipeline.store.adding import Added
from pipeline.store.archive import Archive
from pipeline.store.columns import now
from pipeline.store.extracting import reading_of
from pipeline.store.reading import Reading
from pipeline.workflow import extract_file
from pipeline.workflow.errors import WorkerDied, unexpected

_CALL_SECONDS = 10.0
_CALLS = 3


class Jobs:
    """The files being read.  ``workers`` read at once, ``waiting`` more may queue."""

    def __init__(self, archive: Archive, ledger: Ledger, *, workers: int = 2, waiting: int = 32) -> None:
        self.archive, self.ledger = archive, ledger
        self.options = ReadOptions(jobs=1)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="congvan-doc")
        # Files read inside a request (the attachments of a message) are bounded like the workers.
        self.in_request = threading.BoundedSemaphore(workers)
        self._free = threading.BoundedSemaphore(workers + waiting)
        ledger.abandon_jobs(WorkerDied("tệp của việc này").as_dict())

    def close(self) -> None:
        """Let running files end; those that wait are given up."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, key_id: str, key: ApiKey | None, actor: Actor, path: Path) -> tuple[str, Future[Added]]:
        """Read a file in the background; ``path``'s folder is removed afterwards.  Raises ``TooManyRequests``."""
        if not self._free.acquire(blocking=False):
            shutil.rmtree(path.parent, ignore_errors=True)
            raise TooManyRequests(seconds=10)
        job_id = secrets.token_hex(12)
        job: dict[str, Any] = {
            "id": job_id, "file": path.name, "status": "queued", "created_at": now(), "started_at": None,
            "finished_at": None, "pages_done": 0, "pages": None, "records": [], "error": None,
        }  # fmt: skip
        self.ledger.save_job(job_id, key_id, job)

        def work() -> Added:
            job.update(status="running", started_at=now())
            self.ledger.save_job(job_id, key_id, job)
            try:
                added = self.archive.add(actor, path, lambda p: self._read(p, key_id, job))
            except Exception as error:
                known = error if isinstance(error, CongvanError) else unexpected(path.name, error)
                self._end(job, key_id, key, error=known)
                raise known from error
            self._end(job, key_id, key, added=added)
            return added

        future = self._pool.submit(work)

        def tidy(_done: Future[Added]) -> None:
            self._free.release()
            shutil.rmtree(path.parent, ignore_errors=True)

        future.add_done_callback(tidy)
        return job_id, future

    def _read(self, path: Path, key_id: str, job: dict[str, Any]) -> Reading:
        def progress(done: int, pages: int) -> None:
            job.update(pages_done=done, pages=pages)
            self.ledger.save_job(job["id"], key_id, job)

        return reading_of(extract_file(path, self.options, progress))

    def _end(
        self, job: dict[str, Any], key_id: str, key: ApiKey | None, *, added: Added | None = None,
        error: CongvanError | None = None,
    ) -> None:  # fmt: skip
        error = error or (added.error if added else None)
        told = {**error.as_dict(), "path": job["file"]} if error else None
        job.update(status="failed" if error else "done", finished_at=now(), error=told,
                   records=list(added.records) if added else [])  # fmt: skip
        self.ledger.save_job(job["id"], key_id, job)
        if key is not None and key.webhook and key.secret:
            threading.Thread(target=call, args=(key.webhook, key.secret, dict(job)), daemon=True).start()


def signature(secret: str, stamp: str, body: bytes) -> str:
    """``X-Congvan-Signature``: HMAC-SHA256 over "<stamp>.<body>"; the stamp keeps old calls from being played again."""
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def call(url: str, secret: str, job: dict[str, Any]) -> bool:
    """Tell a finished job; tried again when refused, redirects not followed.  Gives whether it was taken."""
    import httpx

    body = json.dumps({"event": "job.finished", "job": job}, ensure_ascii=False).encode()
    for attempt in range(_CALLS):
        stamp = str(int(time.time()))
        headers = {"Content-Type": "application/json", "X-Congvan-Timestamp": stamp,
                   "X-Congvan-Signature": signature(secret, stamp, body)}  # fmt: skip
        try:
            if httpx.post(url, content=body, headers=headers, timeout=_CALL_SECONDS).is_success:
                return True
        except httpx.HTTPError:
            pass
        time.sleep(2**attempt)
    return False

"""Tesseract kept warm: processes with the library and the language loaded, each reading one picture after another.

A page asks for ten or more readings of small pieces, and the command takes 0.2 s to start and load its language before
it sees the first pixel.  The words are those of the command, which is the same library; a process of its own keeps
what the library does on a damaged picture, or takes too long over, away from the program.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.read.model import Image

START = 20.0  # seconds for loading the language


class WorkerFailed(RuntimeError):
    """The process is not there, or is no more."""


class Worker:
    """One process.  For one caller at a time."""

    def __init__(self, language: str) -> None:
        """Raises WorkerFailed where the library or the language cannot be loaded."""
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(Path(__file__).with_name("worker.py")), language],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            raise WorkerFailed(str(error)) from error
        try:
            self.version = str(self._answer(b"", START)[0]["version"])
        except (TimeoutError, RuntimeError) as error:
            self.stop()
            raise WorkerFailed(str(error)) from error

    def tsv(self, grey: Image, *, dpi: int, mode: int, whitelist: str | None, timeout: float) -> str:
        """Words of a picture ((rows, columns) uint8) in Tesseract's TSV, without its header.

        Raises TimeoutError and WorkerFailed, after which the process is gone, and RuntimeError.
        """
        height, width = grey.shape
        head = {"width": width, "height": height, "dpi": dpi, "mode": mode, "whitelist": whitelist or ""}
        request = json.dumps(head).encode() + b"\n" + np.ascontiguousarray(grey, dtype=np.uint8).tobytes()
        return self._answer(request, timeout)[1].decode("utf-8", "replace")

    def stop(self) -> None:
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what a dead process left unread
                    continue
        self._process.wait()

    def _answer(self, request: bytes, timeout: float) -> tuple[dict[str, Any], bytes]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(timeout, give_up)
        timer.daemon = True
        timer.start()
        try:
            stdin.write(request)
            stdin.flush()
            line = stdout.readline()
            head: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
            body = stdout.read(int(head.get("size", 0)))
        except (OSError, ValueError):
            head, body = {}, b""
        finally:
            timer.cancel()
        if late.is_set():
            self.stop()
            raise TimeoutError(f"OCR took more than {timeout:.0f} s")
        if not head or len(body) != head.get("size", 0):
            self.stop()
            raise WorkerFailed("the reading process ended")
        if "error" in head:
            raise RuntimeError(str(head["error"]))
        return head, body


class Pool:
    """Idle processes by language: as many as have ever read at the same time."""

    def __init__(self) -> None:
        self._idle: dict[str, list[Worker]] = {}
        self._lock = threading.Lock()
        atexit.register(self.stop)

    def take(self, language: str) -> Worker:
        """An idle process or a new one; raises WorkerFailed."""
        with self._lock:
            idle = self._idle.setdefault(language, [])
            if idle:
                return idle.pop()
        return Worker(language)

    def give_back(self, language: str, worker: Worker) -> None:
        with self._lock:
            self._idle[language].append(worker)

    def stop(self) -> None:
        with self._lock:
            workers = [worker for idle in self._idle.values() for worker in idle]
            self._idle.clear()
        for worker in workers:
            worker.stop()


POOL = Pool()

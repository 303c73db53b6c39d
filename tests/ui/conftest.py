"""An archive with the demo texts, and the app on a port of its own with a browser in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ui_people import ADMIN, CLERK, OFFICER, PASSWORD
from ui_running import ROOT, Running

from pipeline.store.archive import Archive
from pipeline.store.extracting import PipelineReader


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """AppTest puts its script in the place of ``__main__``, where a process spawned by a later test would look."""
    ours = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = ours


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of three texts and an account of each role; copied, never changed."""
    folder = tmp_path_factory.mktemp("kho")
    with Archive(folder) as archive:
        archive.create_first_user(ADMIN.name, PASSWORD)
        for person in (CLERK, OFFICER):
            archive.create_user(ADMIN, person.name, person.role, PASSWORD)
        for name in ("000_8cf4c746d5814797", "001_4776f83adf3e27a2", "004_5ae07fb3ed7ccda3"):
            archive.add(CLERK, ROOT / "corpus" / "texts" / f"{name}.txt", PipelineReader())
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The filled archive, this test's own, as the app's archive."""
    mine = tmp_path / "kho"
    shutil.copytree(filled, mine)
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(mine))
    monkeypatch.setenv("CONGVAN_WORKERS", "1")
    return mine


@pytest.fixture
def start(folder: Path, tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts the app over the filled archive; ``demo`` without signing in, ``secrets`` from its address."""
    started: list[subprocess.Popen[bytes]] = []

    def run(*, demo: bool = False, watch: Path | None = None, secrets: Callable[[str], str] | None = None) -> Running:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = {**os.environ, "CONGVAN_ARCHIVE": str(folder), "CONGVAN_WORKERS": "1", "OMP_THREAD_LIMIT": "1"}
        environment |= {"CONGVAN_DEMO": "1" if demo else "0", "CONGVAN_WATCH": str(watch or "")}
        url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        if secrets is not None:
            (tmp_path / "secrets.toml").write_text(secrets(url))
            command += ["--secrets.files", str(tmp_path / "secrets.toml")]
        with (tmp_path / "app.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        started.append(process)
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                    return Running(url, folder)
            except OSError:
                assert process.poll() is None, (tmp_path / "app.log").read_text(errors="replace")
                time.sleep(0.2)
        raise AssertionError("the app did not start")

    yield run
    for process in started:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium; skips with the reason where it is not installed."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed (sudo apt-get install chromium)")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A window that fails the test when the app asks anything from outside this machine."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    window = context.new_page()
    window.set_default_timeout(30_000)
    outside: list[str] = []
    local = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:http://127.0.0.1", "about:")
    window.on("request", lambda request: None if request.url.startswith(local) else outside.append(request.url))
    yield window
    context.close()
    assert outside == []

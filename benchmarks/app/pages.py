"""How long does each page of the app take with a hundred thousand documents, beside a hundred?

    python benchmarks/app/pages.py [DOCUMENTS] [--baseline 100] [--folder WHERE] [--rounds 5] [--json figures.json]

A real browser (Debian's Chromium through Playwright) signs in to nothing (the demo on loopback), opens every page from
the menu, and waits until the page's run has ended and its frames are drawn: what a person waits for.  "first" is the
first visit after the server's start, "again" the median of the later ones; "server" and "browser" are the seconds of
processor time that a visit took (the median of all), which tell more than the clock where other work goes on beside.
Goal: every page below 2 s.  The archives are made by ``fill.py`` and stay in ``--folder`` for the next time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GOAL = 2.0
PAGES = {
    "Tổng quan": "Tổng quan", "Tiếp nhận": "Tiếp nhận", "Duyệt": "Duyệt", "Sổ văn bản đến": "Sổ văn bản đến",
    "Tra cứu": "Tra cứu", "Nhiệm vụ": "Nhiệm vụ", "Đồ thị": "Đồ thị", "Người dùng": "Người dùng",
}  # fmt: skip
TICKS = os.sysconf("SC_CLK_TCK")
FRAMES = {"Duyệt": ("review", ".form .row"), "Đồ thị": ("map", "aside h2")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="?", type=int, default=100_000)
    parser.add_argument("--baseline", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    base = options.folder or Path(tempfile.mkdtemp(prefix="congvan-do-"))
    found: dict[int, dict[str, list[Visit]]] = {}
    print(f"load before the start: {os.getloadavg()[0]:.1f}")
    for many in (options.baseline, options.documents):
        folder = base / str(many)
        subprocess.run([sys.executable, __file__.replace("pages.py", "fill.py"), str(folder), str(many)], check=True)
        with _app(folder) as (url, server):
            found[many] = _measure(url, server, options.rounds)
    small, large = found[options.baseline], found[options.documents]
    print(f"\n{'':34}{options.baseline:>9} documents      {options.documents:>9} documents")
    print(f"{'page':34}{'first s':>10}{'again s':>10}{'first s':>12}{'again s':>10}{'server s':>10}{'browser s':>10}")
    for name, visits in large.items():
        row = [*_told(small[name]), *_told(visits)]
        late = "  over the goal" if max(visit.seconds for visit in visits) > GOAL else ""
        spent = [statistics.median(part) for part in zip(*((one.server, one.browser) for one in visits), strict=True)]
        print(f"{name:34}{row[0]:>10}{row[1]:>10}{row[2]:>12}{row[3]:>10}{spent[0]:>10.2f}{spent[1]:>10.2f}{late}")
    if options.json:
        told = {
            many: {name: [asdict(one) for one in some] for name, some in pages.items()} for many, pages in found.items()
        }
        options.json.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")


@dataclass(frozen=True)
class Visit:
    """Seconds by the clock, and of processor time in the server and in the browser."""

    seconds: float
    server: float
    browser: float


def _told(visits: list[Visit]) -> tuple[str, str]:
    times = [visit.seconds for visit in visits]
    return f"{times[0]:.2f}", f"{statistics.median(times[1:] or times):.2f}"


def _processor(pid: int, name: str = "") -> float:
    """Processor seconds of a process, or with a name of all processes under it that are called so."""
    below, spent = {pid}, 0.0
    for _ in range(4):  # as deep as a browser's processes stand below ours
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                if int(path.read_text().rpartition(")")[2].split()[1]) in below:
                    below.add(int(path.parent.name))
    for one in below if name else {pid}:
        with suppress(OSError):
            head, _, tail = Path(f"/proc/{one}/stat").read_text().rpartition(")")
            if name in head:
                spent += sum(map(int, tail.split()[11:13])) / TICKS
    return spent


@contextmanager
def _app(folder: Path) -> Iterator[tuple[str, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "CONGVAN_ARCHIVE": str(folder), "CONGVAN_DEMO": "1", "CONGVAN_WORKERS": "1"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _measure(url: str, server: int, rounds: int) -> dict[str, list[Visit]]:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("chromium is not installed (sudo apt-get install chromium)")
    found: dict[str, list[Visit]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(120_000)

        runs = _count_runs(page)

        def timed(name: str, act: Callable[[], Any], ready: Callable[[], Any]) -> None:
            runs.clear()
            before, started = (_processor(server), _processor(os.getpid(), "chrom")), time.perf_counter()
            act()
            ready()
            took = time.perf_counter() - started
            after = _processor(server), _processor(os.getpid(), "chrom")
            found.setdefault(name, []).append(Visit(took, after[0] - before[0], after[1] - before[1]))

        def settled() -> None:
            while not runs:
                page.wait_for_timeout(5)
            page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

        def done(sign: str) -> None:
            settled()
            page.locator(sign).first.wait_for()

        def opened(name: str) -> Callable[[], None]:
            def wait() -> None:
                if name not in FRAMES:
                    page.get_by_role("heading", name=PAGES[name], level=1).wait_for()
                settled()
                if name in FRAMES:
                    frame, inside = FRAMES[name]
                    page.frame_locator(f"iframe[title*='congvan_{frame}']").locator(inside).first.wait_for()

            return wait

        page.goto(f"{url}/nguoi-dung")
        opened("Người dùng")()
        for _ in range(rounds + 1):
            for name in PAGES:
                link = page.get_by_test_id("stSidebar").get_by_role("link", name=name)
                timed(name, link.click, opened(name))
                if name in _STEPS:
                    for told, (act, sign) in _STEPS[name].items():
                        timed(f"{name}: {told}", lambda act=act: act(page), lambda sign=sign: done(sign))
                if name in _BACK:
                    runs.clear()
                    _BACK[name](page)
                    settled()
        browser.close()
    return found


def _count_runs(page: Any) -> list[str]:
    """One entry for each run of a page's script that the server ends from now on: a short one may never show."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    ended: list[str] = []

    def received(frame: Any) -> None:
        if isinstance(frame, bytes) and len(frame) < 1000:
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "script_finished":
                ended.append("run")

    page.on("websocket", lambda socket: socket.on("framereceived", received))
    return ended


def _search(words: str) -> Callable[[Any], None]:
    def act(page: Any) -> None:
        box = page.get_by_role("textbox", name="Từ khóa")
        box.fill(words)
        box.press("Enter")

    return act


def _press(name: str) -> Callable[[Any], None]:
    return lambda page: page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name)).first.click()


def _view(name: str) -> Callable[[Any], None]:
    def act(page: Any) -> None:
        page.get_by_label("Xem", exact=True).click()
        page.get_by_role("option", name=name).click()

    return act


def _confirm(page: Any) -> None:
    frame = page.frame_locator("iframe[title*='congvan_review']")
    frame.locator("#f--number").press("Control+Enter")
    page.get_by_text("Đã xác nhận").first.wait_for()


# What is done on a page, and what is there when it has been done.
_STEPS: dict[str, dict[str, tuple[Callable[[Any], None], str]]] = {
    "Duyệt": {"confirm, next document": (_confirm, "iframe[title*='congvan_review']")},
    "Sổ văn bản đến": {
        "the other book": (_press("Sổ theo dõi giải quyết"), "th:has-text('Tiến độ giải quyết')"),
    },
    "Tra cứu": {
        "a common word": (_search("thông tin"), "main"),
        "a rare word": (_search("từ17000"), "main"),
    },
    "Nhiệm vụ": {"board": (_press("Bảng"), ".tasks.board"), "calendar": (_press("Lịch"), ".tasks.calendar")},
    "Đồ thị": {"the whole archive": (_view("Cả kho"), "main")},
}
# Choices stay on a page: what was chosen is undone for the next visit.
_BACK = {
    "Sổ văn bản đến": _press("Sổ văn bản đến"), "Tra cứu": _search(""), "Nhiệm vụ": _press("Danh sách"),
    "Đồ thị": _view("Nguồn gốc và triển khai"),
}  # fmt: skip


if __name__ == "__main__":
    main()

"""How long does a clerk take to confirm a document, with the keyboard alone?

    python benchmarks/app/clerk.py FOLDER [--documents 10] [--json figures.json]

FOLDER is an archive with documents that wait (``python -m pipeline.ui.demo``, or scans brought in through the app); it
is copied, not changed.  A real browser does what a clerk does on the page Duyệt: looks at every field that the program
flags, types what is missing at the pace of the keystroke-level model (Card, Moran, Newell 1980: 0.28 s a key for an
average typist, 1.35 s to make up one's mind, here for each flagged field), looks over the rest of the head (0.4 s a
field), confirms with Ctrl+Enter and waits for the next document.  Said are the seconds for each document and how much
of them the app took: from the key to the next form with its picture.  Goal: below 20 s for the typical (median) one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from pages import _app

GOAL = 20.0
KEY, MIND, GLANCE = 280, 1350, 400  # milliseconds
# What is typed where nothing was read: digits of a number, a day; the printed rest is added by the form.
_TYPED = {"/number": "409", "/date": "27/5"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="congvan-do-") as made:
        folder = Path(made) / "kho"
        shutil.copytree(options.folder, folder)
        with _app(folder) as url:
            found = _work(url, options.documents)
    seconds, waits = [one["seconds"] for one in found], [one["app"] for one in found]
    print(f"\n{'document':52}{'flagged':>8}{'typed':>7}{'app s':>8}{'all s':>8}")
    for one in found:
        print(f"{one['document'][:50]:52}{one['flagged']:>8}{one['typed']:>7}{one['app']:>8.2f}{one['seconds']:>8.1f}")
    late = "" if statistics.median(seconds) < GOAL else "  over the goal"
    print(f"{'median':52}{'':15}{statistics.median(waits):>8.2f}{statistics.median(seconds):>8.1f}{late}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")


def _work(url: str, many: int) -> list[dict[str, Any]]:
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(60_000)
        page.goto(f"{url}/duyet")
        desk = page.frame_locator("iframe[title*='congvan_review']")
        desk.locator(".form .row").first.wait_for()
        desk.locator(".face").first.wait_for()
        page.wait_for_timeout(2000)
        for _ in range(many):
            before = _shown(page, desk)
            started = time.perf_counter()
            flagged, typed = _look(page, desk)
            pressed = time.perf_counter()
            page.keyboard.press("Control+Enter")
            while (now := _shown(page, desk)) == before:
                page.wait_for_timeout(15)
                if time.perf_counter() - pressed > 30:
                    told = desk.locator(".message").inner_text()
                    raise SystemExit(f"{before} was not confirmed: {told}")
            desk.locator(".face").first.wait_for()
            ended = time.perf_counter()
            found.append({"document": before, "flagged": flagged, "typed": typed, "app": ended - pressed,
                          "seconds": ended - started})  # fmt: skip
            if not now:
                break
        browser.close()
    return found


def _shown(page: Any, desk: Any) -> str:
    """What stands above the desk: the document that is open."""
    told: str = page.evaluate(
        "() => { const f = [...document.querySelectorAll('iframe')].find(one => one.title.includes('congvan_review'));"
        " return f ? f.contentDocument.querySelector('.form')?.dataset.title ?? '' : ''; }"
    )
    return told


def _look(page: Any, desk: Any) -> tuple[int, int]:
    """Go through the flagged fields with Enter; returns how many there are and how many characters were typed."""
    typed = 0
    rows = desk.locator(".row.missing, .row.unreadable, .row.low, .row.inferred").evaluate_all(
        "all => all.map(row => row.dataset.pointer)"
    )
    for pointer in rows:
        field = desk.locator(f"[id='f-{pointer.replace('/', '-')}']")
        page.wait_for_timeout(MIND)
        if not field.input_value() and pointer in _TYPED:
            field.press_sequentially(_TYPED[pointer], delay=KEY)
            typed += len(_TYPED[pointer])
        page.wait_for_timeout(KEY)
        field.press("Enter")
    page.wait_for_timeout(8 * GLANCE)
    return len(rows), typed


if __name__ == "__main__":
    main()

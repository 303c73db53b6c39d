"""How long does a clerk take to confirm a document, with the keyboard alone?

    python benchmarks/app/clerk.py FOLDER [--documents 10] [--json figures.json]

FOLDER is an archive with documents that wait (``python -m pipeline.ui.demo``, or scans brought in through the app); it
is copied, not changed.  A real browser does what a clerk does on the page Duyệt: looks at every field that the program
asks for first, types what is missing at the pace of the keystroke-level model (Card, Moran, Newell 1980: 0.28 s a key
for an average typist, 1.35 s to make up one's mind, here for each such field), glances (0.4 s each) at every lesser
doubt that the form points to and at eight fields of the head, confirms with Ctrl+Enter and waits for the next document.
Said are the seconds for each document and how much of them the app took: from the key to the next form with its
picture.  Goal: below 20 s for the typical (median) one.
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
        with _app(folder) as (url, _):
            found = _work(url, options.documents)
    seconds, waits = [one["seconds"] for one in found], [one["app"] for one in found]
    print(f"\n{'document':52}{'asked':>7}{'doubts':>8}{'typed':>7}{'app s':>8}{'all s':>8}")
    for one in found:
        counted = f"{one['asked']:>7}{one['doubts']:>8}{one['typed']:>7}"
        print(f"{one['document'][:50]:52}{counted}{one['app']:>8.2f}{one['seconds']:>8.1f}")
    late = "" if statistics.median(seconds) < GOAL else "  over the goal"
    print(f"{'median':52}{'':22}{statistics.median(waits):>8.2f}{statistics.median(seconds):>8.1f}{late}")
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
            asked, doubts, typed = _look(page, desk)
            pressed = time.perf_counter()
            page.keyboard.press("Control+Enter")
            while (now := _shown(page, desk)) == before:
                page.wait_for_timeout(15)
                if time.perf_counter() - pressed > 30:
                    told = desk.locator(".message").inner_text()
                    raise SystemExit(f"{before} was not confirmed: {told}")
            desk.locator(".face").first.wait_for()
            ended = time.perf_counter()
            found.append({"document": before, "asked": asked, "doubts": doubts, "typed": typed,
                          "app": ended - pressed, "seconds": ended - started})  # fmt: skip
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


def _look(page: Any, desk: Any) -> tuple[int, int, int]:
    """Go through what is asked for with Enter; returns how many fields, how many lesser doubts, how many keys typed."""
    typed = 0
    rows = desk.locator(".asked .row").evaluate_all("all => all.map(row => row.dataset.pointer)")
    doubts = desk.locator(".doubts button").count()
    for pointer in rows:
        field = desk.locator(f"[id='f-{pointer.replace('/', '-')}']")
        field.focus()
        page.wait_for_timeout(MIND)
        if not field.input_value() and pointer in _TYPED:
            keys = _TYPED[pointer]
            if pointer == "/date" and "Chỉ cần gõ" not in desk.locator(".row.active").inner_text():
                keys += "/2019"  # no year was read that the form could add
            field.press_sequentially(keys, delay=KEY)
            typed += len(keys)
        page.wait_for_timeout(KEY)
        field.press("Enter")
    page.wait_for_timeout((8 + doubts) * GLANCE)
    return len(rows), doubts, typed


if __name__ == "__main__":
    main()

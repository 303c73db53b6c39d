"""How smooth is the citation map with thousands of documents?

    python benchmarks/app/frames.py FOLDER [--nodes 3000] [--baseline 30]

A real browser draws the most central documents of the archive of ``FOLDER`` (``fill.py`` makes one), then the map is
dragged and zoomed as a hand does it, 60 moves each; said are the milliseconds between frames (a screen shows one every
16.7 ms) and how long choosing a document takes until the side panel tells of it.  The browser of a server draws by
processor: a desk computer with a graphics card is faster.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from pages import _app

_GAPS = """() => { window.gaps = []; let last = performance.now();
  const look = now => { window.gaps.push(now - last); last = now; window.going = requestAnimationFrame(look); };
  window.going = requestAnimationFrame(look); }"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nodes", type=int, default=3000)
    parser.add_argument("--baseline", type=int, default=30)
    options = parser.parse_args()
    with _app(options.folder) as (url, _):
        for many in (options.baseline, options.nodes):
            _measure(url, many)


def _measure(url: str, many: int) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(120_000)
        page.goto(f"{url}/do-thi")
        frame = page.frame_locator("iframe[title*='congvan_map']")
        frame.locator("aside h2").first.wait_for()
        page.get_by_label("Xem", exact=True).click()
        page.get_by_role("option", name="Cả kho").click()
        if many != 30:
            page.get_by_label("Số văn bản").click()
            page.get_by_role("option", name=f"tới {many}", exact=True).click()
        started = time.perf_counter()
        inner = next(one for one in page.frames if "congvan_map" in one.url)
        while inner.evaluate("() => congvanMap.nodes('.focus').length ? 0 : congvanMap.nodes().length") < many * 0.9:
            page.wait_for_timeout(50)
        inner.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        drawn = time.perf_counter() - started
        counted = inner.evaluate("() => [congvanMap.nodes().length, congvanMap.edges().length]")
        page.wait_for_timeout(1500)
        box = frame.locator(".canvas").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        dragged = _gaps(inner, lambda: _drag(page, x, y))
        zoomed = _gaps(inner, lambda: _zoom(page, x, y))
        print(f"{counted[0]} documents, {counted[1]} citations: drawn in {drawn:.2f} s")
        print(f"  dragging  {_told(dragged)}\n  zooming   {_told(zoomed)}")
        print(f"  choosing a document: {_choose(page, inner, box):.0f} ms", flush=True)
        browser.close()


def _gaps(inner: Any, act: Any) -> list[float]:
    inner.evaluate(_GAPS)
    act()
    gaps: list[float] = inner.evaluate("() => { cancelAnimationFrame(window.going); return window.gaps; }")
    return gaps[2:]


def _told(gaps: list[float]) -> str:
    worst = sorted(gaps)[int(len(gaps) * 0.95)]
    return f"ms between frames: median {statistics.median(gaps):.1f}, 95 of 100 below {worst:.1f}"


def _drag(page: Any, x: float, y: float) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    for at in range(60):
        page.mouse.move(x + 2 * at, y + at)
        page.wait_for_timeout(12)
    page.mouse.up()


def _zoom(page: Any, x: float, y: float) -> None:
    page.mouse.move(x, y)
    for at in range(60):
        page.mouse.wheel(0, -40 if at < 30 else 40)
        page.wait_for_timeout(12)


def _choose(page: Any, inner: Any, box: Any) -> float:
    """Milliseconds from a click on a document in view until a citation of it stands in the side panel."""
    at = inner.evaluate(
        "([w, h]) => { const one = congvanMap.nodes().filter(n => { const p = n.renderedPosition();"
        " return n.degree() > 0 && p.x > w * .1 && p.x < w * .9 && p.y > h * .1 && p.y < h * .9; })[0];"
        " return one.renderedPosition(); }",
        [box["width"], box["height"]],
    )
    started = time.perf_counter()
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    inner.locator("aside .cite").first.wait_for()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()

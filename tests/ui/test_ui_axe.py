"""axe (Deque's checker of accessibility, ``axe/``) finds no serious fault on any page, frames included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ui_people import CLERK
from ui_running import Running

from pipeline.store.query import Query

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
_LOOK = """async () => {
  const found = await axe.run({ iframes: false });
  return found.violations.filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => [one.id, one.impact, ...one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]);
}"""


@pytest.fixture
def window(chromium: Any) -> Any:
    """A window in which a test's own script may run beside a page's."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    made = context.new_page()
    made.set_default_timeout(30_000)
    yield made
    context.close()


def faults(window: Any) -> list[Any]:
    found = []
    for frame in window.frames:
        if not frame.url.startswith("about:"):
            frame.evaluate(AXE)
            found += frame.evaluate(_LOOK)
    return found


def test_no_page_has_a_serious_fault(start: Callable[..., Running], window: Any) -> None:
    app = start(demo=True)
    with app.archive() as archive:
        first, *_ = archive.records(CLERK, Query(sort="arrival")).hits
        archive.confirm(CLERK, first.document.record_id)
        archive.register(CLERK, first.document.record_id, handler="Phòng Nội vụ")
    ready: dict[str, Callable[[], Any]] = {
        "": lambda: window.get_by_text("Được dẫn nhiều nhất").wait_for(),
        "tiep-nhan": window.get_by_text("Hàng đợi").first.wait_for,
        "duyet": window.frame_locator("iframe").locator(".form .row").first.wait_for,
        "so-van-ban": lambda: window.get_by_role("button", name="Tải XLSX").wait_for(),
        "tra-cuu": window.get_by_role("link", name="Xem trang").first.click,
        "nhiem-vu": lambda: window.get_by_text("Đưa vào lịch").click(),
        "do-thi": window.frame_locator("iframe").locator("aside h2").first.wait_for,
        "nguoi-dung": lambda: window.get_by_role("heading", name="Tài khoản").wait_for(),
    }
    found = {}
    for address, wait in ready.items():
        window.goto(f"{app.url}/{address}")
        wait()
        window.wait_for_timeout(1500)  # fading in would count as faint
        if told := faults(window):
            found[address] = told
    assert found == {}


def test_the_sign_in_has_no_serious_fault(start: Callable[..., Running], window: Any) -> None:
    app = start()
    window.goto(app.url)
    window.get_by_label("Mật khẩu").wait_for()
    window.wait_for_timeout(1000)
    assert faults(window) == []

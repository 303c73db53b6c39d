"""A clerk's and an analyst's day in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from ui_people import ADMIN, CLERK, OFFICER, PASSWORD
from ui_running import ROOT, Running

from pipeline.store.actors import Actor
from pipeline.store.query import Query

pytestmark = pytest.mark.browser

NASTY = """UBND HUYỆN THỬ NGHIỆM
Số: 12/UBND-VX
V/v <script>document.title='hỏng'</script> **đậm** $x^2$ :red[đỏ] =1+1

Kính gửi: <img src=x onerror="document.title='hỏng'"> Các phòng
"""
FORMULA = '=HYPERLINK("http://evil.example","bấm vào đây")'


def sign_in(page: Any, app: Running, person: Actor) -> None:
    page.goto(app.url)
    page.get_by_label("Tên đăng nhập").fill(person.name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("heading", name="Tổng quan").wait_for()


def menu(page: Any, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=name).click()


def desk(page: Any) -> Any:
    frame = page.frame_locator("iframe[title*='congvan_review']")
    frame.locator(".form .row").first.wait_for()
    return frame


def test_text_from_upload_to_register_search_and_xlsx(start: Callable[..., Running], page: Any, tmp_path: Path) -> None:
    app = start()
    sign_in(page, app, CLERK)
    menu(page, "Tiếp nhận")
    upload = ROOT / "corpus" / "texts" / "002_ba04baa8d125f414.txt"
    broken = tmp_path / "hong.pdf"
    broken.write_bytes(b"%PDF-1.7 cut off")
    page.locator("input[type=file]").set_input_files([str(upload), str(broken)])
    page.get_by_text("2/2 tệp đã xong, 1 lỗi").wait_for(timeout=90_000)
    page.get_by_text("Xin lại tệp từ nơi gửi").wait_for()
    # The same bytes again are told and not stored again.
    again = {"name": "lan-hai.txt", "mimeType": "text/plain", "buffer": upload.read_bytes()}
    page.locator("input[type=file]").set_input_files([again])
    page.get_by_text("không tạo bản thứ hai").wait_for(timeout=60_000)

    menu(page, "Duyệt")
    frame = desk(page)
    number = frame.locator("#f--number")
    number.fill("77/THU-NGHIEM")
    number.press("Control+Enter")
    page.get_by_text("Số đến 1.").wait_for()

    with app.archive() as archive:
        confirmed = archive.records(CLERK, Query(state="confirmed")).hits
        assert [hit.document.number for hit in confirmed] == ["77/THU-NGHIEM"]
        changes = archive.corrections(CLERK, confirmed[0].document.record_id)
        assert [(c["pointer"], c["value"], c["actor"]) for c in changes] == [("/number", "77/THU-NGHIEM", CLERK.name)]

    menu(page, "Sổ văn bản đến")
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải XLSX").click()
    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(Path(got.value.path()).read_bytes()))["Sổ"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "77/THU-NGHIEM" in cells

    menu(page, "Tra cứu")
    words = page.get_by_role("textbox", name="Từ khóa")
    words.fill("77/THU-NGHIEM")
    words.press("Enter")
    page.get_by_text("1 văn bản", exact=True).wait_for()
    # Cards of the answer before stay, greyed, until the run has ended.
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()
    page.get_by_role("link", name="Xem trang").click()
    page.frame_locator("iframe[title*='congvan_review']").locator(".face").first.wait_for()


@pytest.mark.ocr
def test_a_scans_boxes_sit_on_the_ink_and_a_region_is_read_again(
    start: Callable[..., Running], page: Any, tmp_path: Path
) -> None:
    import cv2
    import numpy as np

    from corpus.generator import source
    from corpus.generator.build import build

    letter = source.load_all("112_cong_van_tra_loi")
    made = build(letter, tmp_path / "corpus", seed=30, kinds=["scan"], presets=["office"], dpi=None)
    scan = next(path for path in made if path.suffix == ".pdf")
    app = start()
    sign_in(page, app, CLERK)
    menu(page, "Tiếp nhận")
    page.locator("input[type=file]").set_input_files(str(scan))
    page.get_by_role("button", name="Mở").first.wait_for(timeout=180_000)
    page.get_by_role("button", name="Mở").first.click()
    frame = desk(page)
    frame.locator(".face img").first.wait_for()
    page.wait_for_timeout(800)

    # Every box of the page lies on ink: its part of the picture, as the browser draws it, is darker than the paper.
    data = frame.locator(".face img").first.evaluate(
        "image => { const c = document.createElement('canvas'); c.width = image.naturalWidth;"
        " c.height = image.naturalHeight; c.getContext('2d').drawImage(image, 0, 0);"
        " return c.toDataURL('image/png').split(',')[1]; }"
    )
    import base64

    picture = cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), cv2.IMREAD_GRAYSCALE)
    rects = frame.locator(".sheet[data-page='1'] rect.spot").evaluate_all(
        "all => all.map(r => ['x','y','width','height'].map(n => Number(r.getAttribute(n)) / 1000))"
    )
    assert len(rects) >= 8
    height, width = picture.shape
    paper = float(np.percentile(picture, 90))
    for x, y, w, h in rects:
        part = picture[int(y * height) : int((y + h) * height) + 1, int(x * width) : int((x + w) * width) + 1]
        assert float(np.percentile(part, 3)) < paper - 50

    # Pointing at a field lights its boxes; clicking a box goes to its field.
    frame.locator("#f--subject").hover()
    assert frame.locator("rect.spot.lit").count() >= 1
    frame.locator("rect.spot[data-pointers='/issuer']").first.click(force=True)
    assert frame.locator("#f--issuer").evaluate("input => document.activeElement === input")

    # A region drawn over the issue line is read into the field that is in hand.
    frame.locator("#f--subject").click()
    issued = frame.locator("rect.spot[data-pointers='/issuer']").first
    issued.scroll_into_view_if_needed()
    page.wait_for_timeout(1200)  # the page glides to the field's place; a box drawn meanwhile would miss
    target = issued.bounding_box()
    page.mouse.move(target["x"] - 4, target["y"] - 3)
    page.mouse.down()
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] / 2, steps=4)
    page.mouse.move(target["x"] + target["width"] + 4, target["y"] + target["height"] + 3, steps=4)
    page.mouse.up()
    issuer = frame.locator("#f--issuer").input_value()
    frame.get_by_role("button", name="Đọc lại").click()
    frame.get_by_text("Đã đọc lại").wait_for(timeout=60_000)
    read = frame.locator("#f--subject").input_value()
    assert read.split()[0].lower() == issuer.split()[0].lower()


def test_the_map_is_walked_to_its_root(start: Callable[..., Running], page: Any) -> None:
    app = start(demo=True)
    page.goto(f"{app.url}/do-thi")
    frame = page.frame_locator("iframe[title*='congvan_map']")
    frame.locator("aside h2").first.wait_for()
    with app.archive() as archive:
        record = archive.records(CLERK, Query(number="514/SGDĐT-VP")).hits[0].document.record_id
    box = page.get_by_label("Bắt đầu từ văn bản")
    box.click()
    box.fill("514/SGDĐT-VP")
    box.press("Enter")
    frame.get_by_role("heading", name="Công văn 514/SGDĐT-VP").wait_for()
    # From the letter to what it carries out, by the links of the side panel.
    frame.locator("aside .cite .link", has_text="14/CT-UBND").first.click()
    frame.get_by_role("heading", name="Chỉ thị 14/CT-UBND").wait_for()
    assert frame.locator("aside blockquote mark").first.inner_text().startswith("14/CT-UBND")
    # A document that cites more than its lineage shows grows the map by a click.
    frame.locator("aside .cite .link", has_text="365/STTTT").first.click()
    frame.get_by_role("heading", name="Công văn 365/STTTT").wait_for()
    drawn = frame.locator("#root").evaluate("() => congvanMap.nodes().length")
    frame.get_by_role("button", name="Mở rộng").click()
    for _ in range(100):
        if frame.locator("#root").evaluate("() => congvanMap.nodes().length") > drawn:
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("nothing was added to the map")
    # The root directive stands above what carries it out.
    heights = frame.locator("#root").evaluate(
        "() => Object.fromEntries(congvanMap.nodes().map(n => [n.data('name'), n.position('y')]))"
    )
    root = next(y for name, y in heights.items() if "14/CT-UBND" in name)
    letter = next(y for name, y in heights.items() if "514/SGDĐT-VP" in name)
    assert root < letter
    with page.expect_download() as got:
        frame.get_by_role("button", name="Ảnh PNG").click()
    assert Path(got.value.path()).read_bytes().startswith(b"\x89PNG")
    frame.get_by_role("button", name="Theo thời gian").click()
    assert frame.locator("#root").evaluate("() => congvanMap.$('.year').length") >= 1
    assert record


@pytest.mark.parametrize("person", [OFFICER, CLERK, ADMIN], ids=lambda p: p.role.value)
def test_each_role_sees_what_it_may_do_and_is_refused_the_rest(
    start: Callable[..., Running], page: Any, person: Actor
) -> None:
    app = start()
    sign_in(page, app, person)
    menu(page, "Duyệt")
    frame = desk(page)
    may = person is not OFFICER
    assert frame.get_by_role("button", name="Xác nhận và sang văn bản sau").count() == int(may)
    assert frame.locator("#f--number").is_disabled() is not may
    if not may:
        # What the page does not offer is refused below it too: the message that the button would have sent.
        with app.archive() as archive:
            waiting = archive.records(OFFICER, Query(state="new", sort="arrival")).hits[0].document.record_id
        frame.locator("#root").evaluate(
            "(root, id) => parent.postMessage({isStreamlitMessage: true, type: 'streamlit:setComponentValue',"
            " dataType: 'json',"
            " value: {token: 'x', action: 'confirm', version: 1, changes: [], register: true, id}}, '*')",
            waiting,
        )
        frame.get_by_text("không được phép xác nhận bản ghi").wait_for()
    menu(page, "Người dùng")
    page.get_by_role("heading", name="Người dùng").wait_for()
    admin = person is ADMIN
    if admin:
        page.get_by_text("Nhật ký: ai làm gì, lúc nào").wait_for()
    else:
        page.get_by_text("Quản lý tài khoản dành cho quản trị.").wait_for()
    with app.archive() as archive:
        assert archive.records(ADMIN, Query(state="confirmed")).total == 0


def test_what_a_document_says_is_shown_and_never_done(start: Callable[..., Running], page: Any) -> None:
    app = start(demo=True)
    page.goto(f"{app.url}/tiep-nhan")
    page.get_by_role("heading", name="Tiếp nhận").wait_for()
    name = "<b>x</b>**y**.txt"
    file = {"name": name, "mimeType": "text/plain", "buffer": NASTY.encode()}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_text(name).wait_for(timeout=60_000)
    page.get_by_text("1/1 tệp đã xong").wait_for(timeout=60_000)
    for path, text in (("duyet", "<script>"), ("tra-cuu", "<script>"), ("nhiem-vu", ""), ("do-thi", ""), ("", "")):
        page.goto(f"{app.url}/{path}")
        page.locator("h1, iframe").first.wait_for()
        page.wait_for_timeout(1500)
        if text and path != "duyet":
            assert text in page.locator("body").inner_text()
        if path == "duyet":
            assert text in desk(page).locator(".face.text").inner_text()
        for frame in page.frames:
            assert frame.title() != "hỏng"
            assert frame.locator("img[src='x']").count() == 0

    # Confirmed with a formula for its subject, it goes into the book, the search, the XLSX: as text.
    page.goto(f"{app.url}/duyet")
    frame = desk(page)
    frame.locator("#f--number").fill("=1+1")
    frame.locator("#f--subject").fill(FORMULA)
    frame.locator("#f--subject").press("Control+Enter")
    page.get_by_text("Số đến 1.").wait_for()
    page.goto(f"{app.url}/so-van-ban")
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải XLSX").click()
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(Path(got.value.path()).read_bytes()))
    cells = [cell for row in book["Sổ"].iter_rows() for cell in row]
    told = " ".join(str(cell.value) for cell in cells)
    assert "HYPERLINK" in told
    assert "=1+1" in told
    assert "f" not in {cell.data_type for cell in cells}  # nothing that a program would work out
    for path in ("tra-cuu", "", "nhiem-vu", "do-thi"):
        page.goto(f"{app.url}/{path}")
        page.locator("h1").first.wait_for()
        page.wait_for_timeout(1200)
        assert page.locator("a[href*='evil.example']").count() == 0


def test_the_ink_is_read_for_the_clerk_who_says_yes(start: Callable[..., Running], page: Any, tmp_path: Path) -> None:
    app = start(demo=True)
    with app.archive() as archive:
        record_id = hand_written(archive, tmp_path)
    page.goto(f"{app.url}/duyet?ban-ghi={record_id}")
    frame = desk(page)
    number, day = frame.locator("#f--number"), frame.locator("#f--date")
    # The crop of the ink stands beside the field, the suggestion beside the crop with how sure it is.
    row = frame.locator(".row[data-pointer='/number']")
    row.locator("canvas.crop").wait_for()
    assert row.locator(".offers button").first.inner_text().split() == ["↵", "409/TB-VPUBND", "87%"]
    assert number.input_value() == ""
    number.press("Enter")
    assert number.input_value() == "409/TB-VPUBND"
    number.fill("")
    number.press("Alt+2")
    assert number.input_value() == "404/TB-VPUBND"
    # Or only what the pen wrote is typed; what is printed round it is added.
    number.fill("410")
    number.press("Enter")
    assert number.input_value() == "410/TB-VPUBND"
    assert day.evaluate("input => document.activeElement === input")
    day.fill("7")
    day.press("Control+Enter")  # the day is not complete yet: the form fills it up before it is sent
    page.get_by_text("Số đến 1.").wait_for()
    with app.archive() as archive:
        made = archive.record(CLERK, record_id).record
        assert (made.number, made.date, made.partial_date) == ("410/TB-VPUBND", "2019-05-07", None)


def hand_written(archive: Any, tmp_path: Path) -> str:
    """A scan whose number and day the pen wrote: a picture, and the record that a reader would make of it."""
    from hashlib import sha256

    from PIL import Image, ImageDraw

    from pipeline.record.models import Record
    from pipeline.store.reading import PageText, Reading

    picture = Image.new("L", (620, 877), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((120, 92), "So: 409 /TB-VPUBND", fill=0)
    pen.text((330, 92), "ngay 27 thang 5 nam 2019", fill=0)
    path = tmp_path / "viet-tay.png"
    picture.save(path)
    key = sha256(path.read_bytes()).hexdigest()
    ink = {"page": 1, "source": "handwriting", "rule": "chữ số", "status": "unreadable"}
    evidence = {
        "/number": [ink | {"boxes": [[0.22, 0.1, 0.26, 0.12]], "confidence": 0.87,
                           "alternatives": ["409/TB-VPUBND", "404/TB-VPUBND"]}],
        "/date": [ink | {"boxes": [[0.57, 0.1, 0.6, 0.12]]}],
        "/raw_number": [{"page": 1, "source": "ocr", "rule": "x", "boxes": [[0.27, 0.1, 0.4, 0.12]]}],
        "/partial_date": [{"page": 1, "source": "ocr", "rule": "x", "boxes": [[0.53, 0.1, 0.8, 0.12]]}],
    }  # fmt: skip
    record = Record.model_validate(
        {"id": f"{key[:16]}-1", "raw_number": "/TB-VPUBND", "partial_date": "2019-05", "evidence": evidence,
         "warnings": ["unreadable_number", "unreadable_date"],
         "source": {"file": path.name, "sha256": key, "pages": [1, 1], "medium": "scan"}}
    )  # fmt: skip
    return str(archive.add_reading(CLERK, path, Reading([record], [PageText(1, "Số: /TB-VPUBND", [])])).records[0])


def test_a_watched_folders_arrivals_appear_by_themselves(
    start: Callable[..., Running], page: Any, tmp_path: Path
) -> None:
    watched = tmp_path / "may-quet"
    watched.mkdir()
    app = start(demo=True, watch=watched)
    page.goto(f"{app.url}/tiep-nhan")
    page.get_by_text("Hàng đợi trống").wait_for()
    arrival = watched / "tu-may-quet.txt"
    arrival.write_bytes((ROOT / "corpus" / "texts" / "002_ba04baa8d125f414.txt").read_bytes())
    page.get_by_text("tu-may-quet.txt").wait_for(timeout=60_000)
    # The page stays usable while files are read: another one opens at once.
    menu(page, "Tra cứu")
    page.get_by_role("textbox", name="Từ khóa").wait_for()
    menu(page, "Tiếp nhận")
    page.get_by_text("1/1 tệp đã xong").wait_for(timeout=60_000)
    assert arrival.is_file()


def test_a_link_opens_in_the_app_that_runs_and_choices_stay(start: Callable[..., Running], page: Any) -> None:
    app = start()
    sign_in(page, app, OFFICER)
    page.evaluate("window.here = true")
    chart = page.frame_locator("iframe[title*='congvan_map']").locator("aside h2")
    wanted = page.get_by_role("table", name="Văn bản được dẫn mà kho chưa có").get_by_role("link").first
    name = wanted.inner_text()
    wanted.click()
    chart.filter(has_text=name).wait_for()

    menu(page, "Tra cứu")
    words = page.get_by_role("textbox", name="Từ khóa")
    words.fill("bau cu")
    words.press("Enter")
    page.locator("article mark").first.wait_for()
    page.get_by_role("link", name="Xem trang").first.click()
    page.locator("article.on").wait_for()
    assert words.input_value() == "bau cu"
    page.get_by_role("link", name="Mở bản ghi").first.click()
    desk(page)
    menu(page, "Tra cứu")
    page.locator("article.on mark").first.wait_for()
    assert words.input_value() == "bau cu"
    assert page.evaluate("window.here")  # the app was loaded once

    with page.context.expect_page() as other:
        page.get_by_role("link", name="Mở bản ghi").first.click(modifiers=["Control"])
    desk(other.value)  # an address of its own, which the cookie of the sign-in opens


def test_enter_walks_what_is_asked_for_and_confirms_nothing_in_passing(
    start: Callable[..., Running], page: Any
) -> None:
    app = start(demo=True)
    with app.archive() as archive:
        waiting = archive.records(CLERK, Query(state="new")).hits
        asked = next(hit.document.record_id for hit in waiting if hit.document.number is None)
    page.goto(f"{app.url}/duyet?ban-ghi={asked}")
    frame = desk(page)
    assert frame.locator(".asked .row").evaluate_all("all => all.map(row => row.dataset.pointer)") == [
        "/number", "/date",
    ]  # fmt: skip
    number = frame.locator("#f--number")
    number.fill("12/UBND-VX")
    number.press("Enter")
    frame.locator("#f--date").fill("14/4/2021")
    frame.locator("#f--date").press("Enter")
    confirm = frame.locator("footer button.primary")
    assert confirm.evaluate("button => document.activeElement === button")
    confirm.press("Enter")  # one press too many
    page.wait_for_timeout(800)
    with app.archive() as archive:
        assert archive.record(CLERK, asked).state == "new"
    confirm.press("Enter")
    page.get_by_text("Đã xác nhận").wait_for()
    with app.archive() as archive:
        assert archive.record(CLERK, asked).state == "confirmed"

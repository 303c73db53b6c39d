"""The pages' logic without a browser: what each role sees, what is refused, what is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from ui_people import ADMIN, CLERK, OFFICER, PASSWORD

from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.store.query import Query
from pipeline.ui.quality import quality
from pipeline.ui.sign_ins import SignIns
from pipeline.ui.workshop import FOLDER
from pipeline.workflow.queue import JobQueue

PAGES = ("overview", "intake", "review", "register", "search", "tasks", "graph", "users")


def _frame() -> None:
    from pipeline.ui.main import run

    run()


def _page(name: str) -> None:
    from importlib import import_module

    from pipeline.ui import session

    with session.said():
        import_module(f"pipeline.ui.pages.{name}").show()


@pytest.fixture
def open_page(folder: Path) -> Callable[..., AppTest]:
    def show(name: str, person: Actor = CLERK, **state: Any) -> AppTest:
        app = AppTest.from_function(_page, args=(name,), default_timeout=60)
        app.session_state["sign_in"] = signed_in(folder, person)
        for key, value in state.items():
            app.session_state[key] = value
        return app.run()

    return show


def signed_in(folder: Path, person: Actor) -> str:
    kept = SignIns(folder)
    try:
        return kept.begin(person.name).id
    finally:
        kept.close()


def ids(folder: Path) -> list[str]:
    with Archive(folder) as archive:
        return [hit.document.record_id for hit in archive.records(CLERK, Query(sort="arrival")).hits]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("person", [CLERK, OFFICER, ADMIN], ids=lambda p: p.role.value)
def test_every_page_opens_for_every_role(open_page: Callable[..., AppTest], name: str, person: Actor) -> None:
    app = open_page(name, person)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_over_an_empty_archive(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "trong"))
    with Archive(tmp_path / "trong") as archive:
        archive.create_first_user(ADMIN.name, PASSWORD)
    app = AppTest.from_function(_page, args=(name,), default_timeout=60)
    app.session_state["sign_in"] = signed_in(tmp_path / "trong", ADMIN)
    app.run()
    assert not app.exception
    assert not app.error


def test_nobody_gets_in_without_signing_in(folder: Path) -> None:
    app = AppTest.from_function(_frame, default_timeout=60).run()
    assert [field.label for field in app.text_input] == ["Tên đăng nhập", "Mật khẩu"]
    app.text_input[0].input(CLERK.name)
    app.text_input[1].input("sai mật khẩu")
    app.button[0].click().run()
    assert "không đúng" in app.error[0].value
    assert "sign_in" not in app.session_state


def test_demo_without_signing_in_is_for_loopback_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.ui import session

    monkeypatch.setenv("CONGVAN_DEMO", "1")
    for address, granted in (("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False), (None, False)):
        monkeypatch.setattr("streamlit.get_option", lambda _name, address=address: address)
        assert session.demo() is granted


def test_a_closed_account_is_out_at_once(folder: Path) -> None:
    app = AppTest.from_function(_frame, default_timeout=60)
    app.session_state["sign_in"] = signed_in(folder, OFFICER)
    app.run()
    assert [title.value for title in app.title] == ["Tổng quan"]
    with Archive(folder) as archive:
        archive.change_user(ADMIN, OFFICER.name, active=False)
    app.run()
    assert [field.label for field in app.text_input] == ["Tên đăng nhập", "Mật khẩu"]
    assert "sign_in" not in app.session_state


def test_an_officer_is_refused_below_the_page(folder: Path, open_page: Callable[..., AppTest]) -> None:
    from pipeline.store.errors import Forbidden
    from pipeline.ui.pages import review

    record_id = ids(folder)[0]
    with Archive(folder) as archive:
        stored = archive.record(OFFICER, record_id)
        for action in ("save", "confirm"):
            asked = {"action": action, "version": stored.version, "register": True,
                     "changes": [{"op": "set", "pointer": "/number", "value": "1/X"}]}  # fmt: skip
            with pytest.raises(Forbidden):
                review._keep(OFFICER, archive, stored, asked)
        assert archive.record(OFFICER, record_id).state == "new"
    assert not open_page("users", OFFICER).dataframe
    assert not open_page("intake", OFFICER).get("file_uploader")


def test_every_document_of_a_file_is_opened_from_the_queue(folder: Path, open_page: Callable[..., AppTest]) -> None:
    queue = JobQueue(folder / FOLDER)
    for name, records in (("mot.pdf", ["a-1"]), ("ba.pdf", ["b-1", "b-2", "b-3"])):
        job = queue.put(name, b"x", actor="Lan", role="văn thư")
        queue.finish(job.id, "added", {"records": records})
    app = open_page("intake")
    links = [re.findall(r"ban-ghi=([\w-]+)", one.proto.body) for one in app.get("html")]
    assert [found for found in links if found] == [["b-1", "b-2", "b-3"]]


@pytest.mark.parametrize(
    ("person", "may"), [(CLERK, True), (OFFICER, False), (ADMIN, True)], ids=lambda value: getattr(value, "role", value)
)
def test_the_queue_is_the_clerks(folder: Path, person: Actor, may: bool) -> None:
    from pipeline.store.errors import Forbidden
    from pipeline.ui.workshop import Workshop

    shop = Workshop(folder, workers=0)
    for act in (
        lambda: shop.put(person, "a.txt", b"x"), lambda: shop.retry(person, 1), lambda: shop.clear(person),
    ):  # fmt: skip
        if may:
            act()
        else:
            with pytest.raises(Forbidden):
                act()
    assert len(shop.queue.jobs()) == int(may)
    shop.close()


@pytest.mark.parametrize("person", [CLERK, OFFICER], ids=lambda p: p.role.value)
def test_only_the_administrator_keeps_accounts_and_reads_the_trail(folder: Path, person: Actor) -> None:
    from pipeline.store.errors import Forbidden

    with Archive(folder) as archive:
        for act in (
            lambda: archive.users(person), lambda: archive.audit(person),
            lambda: archive.create_user(person, "mới", Role.ADMIN, PASSWORD),
            lambda: archive.change_user(person, ADMIN.name, password="mat-khau-khac"),
            lambda: archive.change_user(person, person.name, role=Role.ADMIN),
        ):  # fmt: skip
            with pytest.raises(Forbidden):
                act()
        assert archive.authenticate(ADMIN.name, PASSWORD).role is Role.ADMIN


def test_an_account_is_found_whatever_its_case_and_only_while_it_is_open(folder: Path) -> None:
    with Archive(folder) as archive:
        archive.create_user(ADMIN, "Đức.An@huyen.gov.vn", Role.OFFICER, PASSWORD)
        assert archive.account("Đức.an@HUYEN.gov.vn") == Actor("Đức.An@huyen.gov.vn", Role.OFFICER)
        archive.change_user(ADMIN, "Đức.An@huyen.gov.vn", active=False)
        assert archive.account("Đức.An@huyen.gov.vn") is None
        assert archive.account("không ai") is None


def test_confirming_keeps_who_changed_what_and_gives_the_next_number(folder: Path) -> None:
    from pipeline.ui.pages import review

    first, second, *_ = ids(folder)
    with Archive(folder) as archive:
        for record_id, number in ((first, "77/UBND-VHTT"), (second, None)):
            stored = archive.record(CLERK, record_id)
            changes = [{"op": "set", "pointer": "/number", "value": number}] if number else []
            asked = {"action": "confirm", "version": stored.version, "changes": changes, "register": True}
            review._keep(CLERK, archive, stored, asked)
        made = archive.record(CLERK, first)
        assert (made.record.number, made.state, made.confirmed_by) == ("77/UBND-VHTT", "confirmed", CLERK.name)
        assert [c["actor"] for c in archive.corrections(CLERK, first)] == [CLERK.name]
        entries, _ = archive.register_entries(CLERK, newest_first=False)
        assert [(e.number, e.record_id) for e in entries] == [(1, first), (2, second)]
        found = quality(archive, CLERK)
        assert (found.documents, found.untouched) == (2, 1)
        assert dict(found.fields)["Số, ký hiệu"] == 0.5


def test_the_register_shows_ten_columns_and_keeps_what_is_written(
    folder: Path, open_page: Callable[..., AppTest]
) -> None:
    with Archive(folder) as archive:
        archive.register(CLERK, ids(folder)[1], day=date(2026, 3, 2), handler="Phòng Nội vụ")
        app = open_page("register", register_edit=True)
        assert not app.exception
        table = app.get("arrow_data_frame")[0].value if app.get("arrow_data_frame") else app.dataframe[0].value
        assert len(table.columns) == 10
        assert table.iloc[0]["handler"] == "Phòng Nội vụ"


def test_search_finds_without_marks_and_filters(open_page: Callable[..., AppTest]) -> None:
    app = open_page("search")
    app.text_input(key="search_words").input("an toan thong tin").run()
    assert not app.exception
    told = " ".join(block.value for block in app.caption)
    assert "văn bản" in told
    app.text_input(key="search_words").input('"mở mà không đóng').run()
    assert "ngoặc kép" in app.error[0].value


def test_a_role_changed_by_the_administrator_holds_at_once(folder: Path, open_page: Callable[..., AppTest]) -> None:
    assert open_page("intake", CLERK).get("file_uploader")
    with Archive(folder) as archive:
        archive.change_user(ADMIN, CLERK.name, role=Role.OFFICER)
    assert not open_page("intake", CLERK).get("file_uploader")

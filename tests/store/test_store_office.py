"""Registers, tasks, duplicates, accounts: the office's own rules."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from store_making import ADMIN, CLERK, LETTER, LETTER_TEXT, OFFICER, TextReader

from pipeline.store import schema
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.store.errors import Forbidden, NotFound, RegisterConflict, SignInFailed, UserInvalid

DAY = date(2026, 3, 2)


@pytest.fixture
def add(archive: Archive, reader: TextReader, tmp_path: Path) -> Callable[..., str]:
    """Adds a small document and gives its record id."""

    def make(name: str, **fields: Any) -> str:
        path = reader.plan(tmp_path / "in", f"{name}.txt", f"văn bản {name} {sorted(fields.items())!r}", fields)
        return archive.add(CLERK, path, reader).records[0]

    return make


# --- registers ---


def test_numbers_run_by_book_and_year(archive: Archive, add: Callable[..., str]) -> None:
    ids = [add(str(i)) for i in range(4)]
    given = [
        archive.register(CLERK, ids[0], day=DAY), archive.register(CLERK, ids[1], day=DAY),
        archive.register(CLERK, ids[2], day=date(2027, 1, 4)), archive.register(CLERK, ids[3], book="đi", day=DAY),
    ]  # fmt: skip
    assert [(e.book, e.year, e.number) for e in given] == [
        ("đến", 2026, 1), ("đến", 2026, 2), ("đến", 2027, 1), ("đi", 2026, 1),
    ]  # fmt: skip


def test_a_document_stands_in_a_book_once_and_its_number_is_never_given_again(
    archive: Archive, add: Callable[..., str]
) -> None:
    first, second = add("a"), add("b")
    archive.register(CLERK, first, day=DAY)
    with pytest.raises(RegisterConflict):
        archive.register(CLERK, first, day=DAY)
    assert archive.cancel_entry(CLERK, "đến", 2026, 1, "vào nhầm sổ").cancelled == "vào nhầm sổ"
    assert archive.register(CLERK, second, day=DAY).number == 2
    assert archive.register(CLERK, first, day=DAY).number == 3
    entries, total = archive.register_entries(CLERK, year=2026)
    assert [(e.number, e.cancelled is not None) for e in entries] == [(3, False), (2, False), (1, True)]
    assert total == 3


def test_an_office_that_changes_over_goes_on_with_its_numbers(archive: Archive, add: Callable[..., str]) -> None:
    archive.open_book(ADMIN, "đến", 2026, 813)
    assert archive.register(CLERK, add("a"), day=DAY).number == 813
    with pytest.raises(RegisterConflict):
        archive.open_book(ADMIN, "đến", 2026, 813)


def test_columns_that_people_fill_in(archive: Archive, add: Callable[..., str]) -> None:
    archive.register(CLERK, add("a", number="5/SNV", subject="x"), day=DAY, handler="Phòng Nội vụ")
    changed = archive.change_entry(CLERK, "đến", 2026, 1, transferred_on="2026-03-03", progress="đã giao")
    assert (changed.handler, changed.transferred_on, changed.progress) == ("Phòng Nội vụ", "2026-03-03", "đã giao")
    assert (changed.doc_number, changed.subject) == ("5/SNV", "x")
    with pytest.raises(TypeError):
        archive.change_entry(CLERK, "đến", 2026, 1, number=7)
    with pytest.raises(NotFound):
        archive.change_entry(CLERK, "đến", 2026, 99, note="x")
    with pytest.raises(RegisterConflict):
        archive.cancel_entry(CLERK, "đến", 2026, 1, "  ")


def test_many_clerks_at_once_never_get_the_same_number(archive: Archive, add: Callable[..., str]) -> None:
    ids = [add(str(i)) for i in range(12)]
    given: list[int] = []

    def work(some: list[str]) -> None:
        for record_id in some:
            given.append(archive.register(CLERK, record_id, day=DAY).number)

    threads = [threading.Thread(target=work, args=(ids[at::3],)) for at in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 13))
    assert archive.check(ADMIN) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"text": "tuyen dung"}, [1]), ({"issuer": "so noi vu"}, [1]), ({"day_from": "2026-03-03"}, [2]),
        ({"day_to": "2026-03-02"}, [1]), ({"year": 2025}, []), ({"newest_first": False}, [1, 2]),
    ],
)  # fmt: skip
def test_filters_of_a_book(archive: Archive, add: Callable[..., str], filters: Any, expected: list[int]) -> None:
    archive.register(CLERK, add("a", subject="tuyển dụng viên chức", issuer="Sở Nội vụ"), day=DAY)
    archive.register(CLERK, add("b", subject="trực tết", issuer="Sở Tài chính"), day=date(2026, 3, 5))
    assert [e.number for e in archive.register_entries(CLERK, **filters)[0]] == expected


# --- tasks ---


@pytest.fixture
def letter(archive: Archive, reader: TextReader, tmp_path: Path) -> str:
    return archive.add(CLERK, reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER), reader).records[0]


def test_tasks_are_listed_by_day_with_their_state(archive: Archive, letter: str) -> None:
    rows = archive.tasks(OFFICER)
    assert [(row.text, row.due, row.state) for row in rows] == [
        ("Báo cáo kết quả về Sở", "2021-05-01", "chưa làm"),
        ("Tiếp tục thực hiện nội dung chỉ đạo", None, "chưa làm"),
    ]
    assert rows[0].overdue(date(2021, 5, 2))
    assert not rows[0].overdue(date(2021, 5, 1))
    counts = archive.task_counts(OFFICER, date(2021, 5, 2))
    assert counts == {"chưa làm": 2, "đang làm": 0, "xong": 0, "quá hạn": 1}


def test_a_task_done_goes_to_the_end_and_who_did_it_is_kept(archive: Archive, letter: str) -> None:
    first = archive.tasks(OFFICER)[0]
    archive.set_task(OFFICER, first.id, "đang làm")
    archive.set_task(CLERK, first.id, "xong", note="đã gửi báo cáo")
    rows = archive.tasks(OFFICER)
    assert (rows[-1].id, rows[-1].state, rows[-1].state_by) == (first.id, "xong", "Lan")
    history = archive.task_history(OFFICER, first.id)
    assert [(h["actor"], h["state"], h["note"]) for h in history] == [
        ("Minh", "đang làm", ""), ("Lan", "xong", "đã gửi báo cáo"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="bỏ"):
        archive.set_task(OFFICER, first.id, "bỏ")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        archive.set_task(OFFICER, 9999, "xong")


def test_the_state_of_a_task_survives_a_new_reading(archive: Archive, letter: str, reader: TextReader) -> None:
    done = archive.tasks(OFFICER)[0]
    archive.set_task(OFFICER, done.id, "xong")
    sha256 = archive.record(CLERK, letter).record.source.sha256
    tasks = [
        {"text": "Việc mới thấy lần này"},
        {"text": "Báo cáo kêt quả về Sở.", "deadline": "2021-05-01"},  # read a little differently
    ]
    reader.plans[LETTER_TEXT] = [{**LETTER, "tasks": tasks}]
    archive.reread(CLERK, sha256, reader)
    assert [(row.id == done.id, row.text, row.state) for row in archive.tasks(OFFICER)] == [
        (False, "Việc mới thấy lần này", "chưa làm"), (True, "Báo cáo kêt quả về Sở.", "xong"),
    ]  # fmt: skip


def test_a_task_that_somebody_worked_on_is_not_forgotten_when_a_reading_loses_it(
    archive: Archive, letter: str, reader: TextReader
) -> None:
    archive.set_task(OFFICER, archive.tasks(OFFICER)[0].id, "đang làm")
    sha256 = archive.record(CLERK, letter).record.source.sha256
    reader.plans[LETTER_TEXT] = [{**LETTER, "tasks": [], "deadlines": []}]
    archive.reread(CLERK, sha256, reader)
    (left,) = archive.tasks(OFFICER)
    assert (left.text, left.state, left.present) == ("Báo cáo kết quả về Sở", "đang làm", False)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"unit": "van phong so"}, 1), ({"state": "xong"}, 0), ({"due_to": "2021-05-01"}, 1),
        ({"due_to": "2021-04-30"}, 0), ({"dated_only": True}, 1), ({"record_id": "khac"}, 0),
    ],
)  # fmt: skip
def test_filters_of_tasks(archive: Archive, letter: str, filters: Any, expected: int) -> None:
    assert len(archive.tasks(OFFICER, **filters)) == expected


@pytest.fixture
def many(archive: Archive, add: Callable[..., str]) -> Archive:
    """Eight tasks of two documents and of one that was withdrawn; two are done, three have no day."""
    days = (None, "2021-05-03", "2021-05-01T07:30", "2021-05-01", None, "2021-05-01")
    tasks = [{"text": f"Việc thứ {at} của kế hoạch {at * 111}", "deadline": due} for at, due in enumerate(days)]
    for name, some in (("a", tasks[:3]), ("b", tasks[3:]), ("c", tasks[:2])):
        record_id = add(name, number=f"{len(some)}{name}/KH-UBND", subject=f"kế hoạch {name}", tasks=some)
    for row in archive.tasks(OFFICER):
        if "thứ 4" in row.text or "thứ 5" in row.text:
            archive.set_task(OFFICER, row.id, "xong")
    with archive.database.write() as connection:  # as a new reading does that finds no such document
        table = schema.document
        connection.execute(update(table).where(table.c.record_id == record_id).values(state="withdrawn"))
    return archive


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "321054"),  # all: undone with a day, undone without one, done
        ({"limit": 2}, "32"), ({"limit": 3}, "321"), ({"limit": 2, "offset": 2}, "10"),
        ({"newest_due": True}, "123054"), ({"undone": True, "dated_only": True}, "321"),
        ({"state": "chưa làm", "limit": 3}, "321"), ({"state": "xong"}, "54"),
        ({"state": "xong", "newest_due": True}, "54"), ({"due_to": "2021-05-01"}, "325"),
        ({"due_from": "2021-05-02"}, "1"),
    ],
)  # fmt: skip
def test_the_order_of_tasks(many: Archive, filters: Any, expected: str) -> None:
    """Does the way that is quick over very many tasks tell the same as the slow one?"""
    assert "".join(row.text[len("Việc thứ ")] for row in many.tasks(OFFICER, **filters)) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"chưa làm": 4, "đang làm": 0, "xong": 2, "quá hạn": 2}),
        ({"dated_only": True}, {"chưa làm": 3, "đang làm": 0, "xong": 1, "quá hạn": 2}),
        ({"due_from": "2021-05-02"}, {"chưa làm": 1, "đang làm": 0, "xong": 0, "quá hạn": 0}),
        ({"unit": "khong ai"}, {"chưa làm": 0, "đang làm": 0, "xong": 0, "quá hạn": 0}),
    ],
)  # fmt: skip
def test_tasks_are_counted_without_those_of_documents_that_were_withdrawn(
    many: Archive, filters: Any, expected: Any
) -> None:
    assert many.task_counts(OFFICER, date(2021, 5, 2), **filters) == expected


def test_days_of_a_calendar_have_their_first_tasks_and_how_many_there_are(many: Archive) -> None:
    found = many.tasks_by_day(OFFICER, due_from="2021-04-26", due_to="2021-06-06", each=2)
    told = {day: (number, [row.text[len("Việc thứ ")] for row in rows]) for day, (number, rows) in found.items()}
    assert told == {"2021-05-01": (3, ["3", "2"]), "2021-05-03": (1, ["1"])}
    assert many.tasks_by_day(OFFICER, due_from="2021-05-02", due_to="2021-06-06", each=2, state="xong") == {}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["hạn 1", "thời gian", "hạn 2"]), ({"newest_day": True}, ["hạn 2", "thời gian", "hạn 1"]),
        ({"day_from": "2021-05-02"}, ["thời gian", "hạn 2"]), ({"day_to": "2021-05-03"}, ["hạn 1", "thời gian"]),
        ({"limit": 1, "newest_day": True}, ["hạn 2"]), ({"cycles": True}, ["hạn 1", "thời gian", "hạn 2", "chu kỳ"]),
    ],
)  # fmt: skip
def test_deadlines_of_no_task_by_day(archive: Archive, add: Callable[..., str], filters: Any, expected: Any) -> None:
    period = {"kind": "period", "raw": "thời gian", "start": "2021-05-01", "end": "2021-05-03"}
    add("a", deadlines=[
        {"kind": "due", "raw": "hạn 2", "due": "2021-05-09T10:00"},
        {"kind": "due", "raw": "hạn 1", "due": "2021-05-01"}, period,
        {"kind": "recurring", "raw": "chu kỳ", "rule": "FREQ=MONTHLY"},
    ])  # fmt: skip
    assert [row.raw for row in archive.deadlines(OFFICER, **filters)] == expected
    days = archive.deadlines_by_day(OFFICER, day_from="2021-05-01", day_to="2021-05-31", each=1)
    assert {day: (many, rows[0].raw) for day, (many, rows) in days.items()} == {
        "2021-05-01": (1, "hạn 1"), "2021-05-03": (1, "thời gian"), "2021-05-09": (1, "hạn 2"),
    }  # fmt: skip


# --- duplicates ---

SNV = {"issuer": "Sở Nội vụ", "issuer_parent": "UBND tỉnh Gia Lai", "place": "Gia Lai"}


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        pytest.param({"number": "5/SNV", "date": "2021-01-05", **SNV},
                     {"number": "05/SNV", "date": "2021-01-05", **SNV},
                     True, id="same number, body and day"),
        pytest.param({"number": "5/SNV", "date": "2021-01-05", **SNV}, {"number": "5/SNV", "date": "2021-11-30", **SNV},
                     True, id="same year, another day"),
        pytest.param({"number": "5/SNV", "date": "2021-01-05", **SNV}, {"number": "5/SNV", "date": "2022-01-05", **SNV},
                     False, id="another year"),
        pytest.param({"number": "5/SNV", "date": "2021-01-05", **SNV},
                     {"number": "5/SNV", "date": "2021-01-05", "issuer": "Sở Nội vụ", "place": "Quảng Ngãi"},
                     False, id="another province"),
        pytest.param({"number": "5/SNV", "date": "2021-01-05", **SNV},
                     {"number": "5/SNV-VP", "date": "2021-01-05", **SNV}, False, id="another ký hiệu"),
        pytest.param({"number": "5/SNV", "date": "2021-01-05", **SNV}, {"number": "5/SNV", **SNV}, True,
                     id="no day on one side: it may be"),
        pytest.param({"number": "205-KH/TU", "date": "2021-06-03", "issuer": "Tỉnh ủy Gia Lai"},
                     {"number": "205-KH/TU", "date": "2024-06-03", "issuer": "Tỉnh ủy Gia Lai"}, True,
                     id="a Party number within one term"),
        pytest.param({"number": "205-KH/TU", "date": "2019-06-03", "issuer": "Tỉnh ủy Gia Lai"},
                     {"number": "205-KH/TU", "date": "2022-06-03", "issuer": "Tỉnh ủy Gia Lai"}, False,
                     id="a Party number of two terms"),
        pytest.param({"issuer": "Sở Nội vụ"}, {"issuer": "Sở Nội vụ"}, False, id="no numbers: nothing to ask"),
    ],
)  # fmt: skip
def test_when_a_person_is_asked(
    archive: Archive, add: Callable[..., str], first: Any, second: Any, asked: bool
) -> None:
    add("a", **first)
    second_id = add("b", **second)
    assert bool(archive.duplicates(CLERK, second_id, open_only=True)) is asked
    assert archive.count(CLERK) == 2  # asked or not, nothing is dropped


def test_an_answer_is_remembered_and_may_be_revised(archive: Archive, add: Callable[..., str]) -> None:
    add("a", number="5/SNV", date="2021-01-05", **SNV)
    second = add("b", number="5/SNV", date="2021-01-05", subject="khác", **SNV)
    (pair,) = archive.duplicates(CLERK, open_only=True)
    answered = archive.decide_duplicate(CLERK, pair.id, "different", "hai sổ khác nhau")
    assert (answered.answer, answered.decided_by) == ("different", "Lan")
    archive.correct(CLERK, second, "/subject", "khác nữa")  # looks for duplicates again
    assert archive.duplicates(CLERK, open_only=True) == []
    assert archive.decide_duplicate(CLERK, pair.id, "same").answer == "same"


# --- accounts ---


def test_the_first_account_is_an_administrators_and_only_the_first(archive: Archive) -> None:
    assert not archive.has_users()
    first = archive.create_first_user("Hà", "mat-khau-dai")
    assert first.role is Role.ADMIN
    with pytest.raises(UserInvalid):
        archive.create_first_user("Kẻ lạ", "mat-khau-dai")


def test_signing_in(archive: Archive) -> None:
    archive.create_first_user("Hà", "mat-khau-dai")
    archive.create_user(ADMIN, "Lan", Role.CLERK, "chia-khoa-1")
    assert archive.authenticate("Lan", "chia-khoa-1") == Actor("Lan", Role.CLERK)
    for name, password in (("Lan", "sai"), ("không có", "chia-khoa-1"), ("", "")):
        with pytest.raises(SignInFailed):
            archive.authenticate(name, password)
    archive.change_user(ADMIN, "Lan", active=False)
    with pytest.raises(SignInFailed):
        archive.authenticate("Lan", "chia-khoa-1")


@pytest.mark.parametrize(("name", "password"), [("", "mat-khau-dai"), ("LAN", "mat-khau-dai"), ("Mới", "ngắn")])
def test_accounts_that_cannot_be_made(archive: Archive, name: str, password: str) -> None:
    archive.create_user(ADMIN, "Lan", Role.CLERK, "mat-khau-dai")
    with pytest.raises(UserInvalid):
        archive.create_user(ADMIN, name, Role.CLERK, password)


def test_people_change_their_own_password_and_nothing_else(archive: Archive) -> None:
    archive.create_first_user("Hà", "mat-khau-dai")
    archive.create_user(ADMIN, "Lan", Role.CLERK, "chia-khoa-1")
    archive.change_user(CLERK, "Lan", password="chia-khoa-2")
    assert archive.authenticate("Lan", "chia-khoa-2")
    with pytest.raises(Forbidden):
        archive.change_user(CLERK, "Lan", role=Role.ADMIN)
    with pytest.raises(Forbidden):
        archive.change_user(CLERK, "Hà", password="chia-khoa-3")


def test_the_last_administrator_stays(archive: Archive) -> None:
    archive.create_first_user("Hà", "mat-khau-dai")
    with pytest.raises(UserInvalid):
        archive.change_user(ADMIN, "Hà", active=False)
    archive.create_user(ADMIN, "Tú", Role.ADMIN, "mat-khau-dai")
    assert archive.change_user(ADMIN, "Hà", role=Role.CLERK).role is Role.CLERK


def test_passwords_are_not_in_the_database(archive: Archive, tmp_path: Path) -> None:
    archive.create_first_user("Hà", "bi-mat-cua-ha")
    archive.close()
    kept = b"".join(path.read_bytes() for path in (tmp_path / "kho").rglob("*") if path.is_file())
    assert b"bi-mat-cua-ha" not in kept
    assert "bi-mat-cua-ha" not in repr(archive.audit(ADMIN))


def test_figures_of_the_first_page(archive: Archive, letter: str, add: Callable[..., str]) -> None:
    other = add("x", number="1/SNV")
    archive.correct(CLERK, letter, "/subject", "sửa")
    for record_id in (letter, other):
        archive.confirm(CLERK, record_id)
    figures = archive.overview(OFFICER, date(2021, 4, 28))
    assert (figures["documents"], figures["confirmed"], figures["untouched"]) == (2, 2, 0.5)
    assert figures["corrected"] == {"subject": 1}
    assert [task.due for task in figures["due_soon"]] == ["2021-05-01"]

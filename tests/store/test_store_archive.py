"""Files in, records out, versions, confirmation, roles: the same answers in both databases."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from store_making import ADMIN, CLERK, LETTER, LETTER_TEXT, OFFICER, TextReader

from pipeline.errors import FileMissing, OcrFailed
from pipeline.store.actors import PERMISSIONS, Actor, Role, allowed
from pipeline.store.archive import Archive
from pipeline.store.errors import ArchiveMissing, CorrectionInvalid, Forbidden, NotFound, Outdated
from pipeline.store.query import Query
from pipeline.store.reading import Reading


@pytest.fixture
def letter(archive: Archive, reader: TextReader, tmp_path: Path) -> str:
    """The record id of a letter in the archive."""
    path = reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER)
    return archive.add(CLERK, path, reader).records[0]


def test_a_file_comes_in_whole(archive: Archive, reader: TextReader, tmp_path: Path) -> None:
    path = reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER)
    added = archive.add(CLERK, path, reader)
    assert added.outcome == "added"
    assert added.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    stored = archive.record(CLERK, added.records[0])
    assert (stored.record.number, stored.version, stored.state) == ("514/SGDĐT-VP", 1, "new")
    stream, name = archive.original(CLERK, stored.id)
    with stream:
        assert stream.read() == path.read_bytes()
    assert name == "514.txt"
    kept = archive.original_path(CLERK, stored.id)
    assert not kept.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert [page.text for page in archive.pages(CLERK, stored.id)] == [LETTER_TEXT]
    assert archive.check(ADMIN) == []


def test_the_same_bytes_under_another_name_are_linked_and_not_read_again(
    archive: Archive, reader: TextReader, tmp_path: Path
) -> None:
    first = reader.plan(tmp_path / "a", "514.txt", LETTER_TEXT, LETTER)
    second = reader.plan(tmp_path / "b", "ban-sao.txt", LETTER_TEXT, LETTER)
    added = archive.add(CLERK, first, reader)
    again = archive.add(CLERK, second, reader)
    assert (again.outcome, again.records, again.known_as) == ("held", added.records, [str(first)])
    assert len(reader.read) == 1
    assert archive.count(CLERK) == 1
    assert {Path(row["path"]).name for row in archive.arrivals(CLERK)} == {"514.txt", "ban-sao.txt"}


def test_a_file_that_cannot_be_read_is_kept_with_its_reason_and_tried_again(
    archive: Archive, reader: TextReader, tmp_path: Path
) -> None:
    path = reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER)

    def broken(path: Path) -> Reading:
        raise OcrFailed(path, page=1, reason="hỏng")

    failed = archive.add(CLERK, path, broken)
    assert failed.outcome == "failed"
    assert isinstance(failed.error, OcrFailed)
    (arrival,) = archive.arrivals(CLERK, failed_only=True)
    assert arrival["error"]["code"] == "ocr_failed"
    assert archive.originals.path(failed.sha256).read_bytes() == path.read_bytes()
    assert archive.add(CLERK, path, reader).outcome == "added"
    assert archive.arrivals(CLERK, failed_only=True) == []


def test_a_file_that_changes_while_it_is_read_is_not_stored_under_the_wrong_bytes(
    archive: Archive, reader: TextReader, tmp_path: Path
) -> None:
    path = reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER)
    other = reader.plan(tmp_path / "in", "khac.txt", LETTER_TEXT + "thêm", LETTER)
    added = archive.add(CLERK, path, lambda _path: reader(other))
    assert added.outcome == "failed"
    assert added.error is not None
    assert added.error.code == "file_damaged"


def test_a_missing_file_is_an_error_of_its_own(archive: Archive, reader: TextReader, tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        archive.add(CLERK, tmp_path / "khong-co.pdf", reader)


def test_corrections_make_versions_and_older_ones_can_still_be_read(archive: Archive, letter: str) -> None:
    archive.correct(CLERK, letter, "/subject", "về bầu cử", seen_version=1)
    stored = archive.correct(CLERK, letter, "/signer/position", "Giám đốc", note="xem bản giấy")
    assert (stored.version, stored.record.subject) == (3, "về bầu cử")
    assert stored.record.signer is not None
    assert stored.record.signer.position == "Giám đốc"
    assert stored.record.evidence["/subject"][0].source == "person"
    assert stored.record.evidence["/subject"][0].status == "corrected"
    assert archive.record(CLERK, letter, version=1).record.subject == LETTER["subject"]
    assert [(v.n, v.cause) for v in archive.versions(CLERK, letter)] == [
        (1, "extracted"), (2, "corrected"), (3, "corrected"),
    ]  # fmt: skip
    changes = archive.corrections(CLERK, letter)
    assert [(c["pointer"], c["before"], c["value"], c["actor"], c["note"]) for c in changes] == [
        ("/subject", LETTER["subject"], "về bầu cử", "Lan", ""),
        ("/signer/position", None, "Giám đốc", "Lan", "xem bản giấy"),
    ]
    assert archive.check(ADMIN) == []


def test_two_people_cannot_overwrite_each_other(archive: Archive, letter: str) -> None:
    archive.correct(CLERK, letter, "/subject", "một", seen_version=1)
    with pytest.raises(Outdated):
        archive.correct(CLERK, letter, "/subject", "hai", seen_version=1)
    with pytest.raises(Outdated):
        archive.confirm(CLERK, letter, seen_version=1)
    assert archive.record(CLERK, letter).record.subject == "một"


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        pytest.param("/number_", "1", id="a field that does not exist"),
        pytest.param("/date", "2021-02-31x", id="a date that is none"),
        pytest.param("/citations/9/number", "1/QĐ-UBND", id="an item that does not exist"),
        pytest.param("/citations/0/relation", "hates", id="a relation outside the vocabulary"),
        pytest.param("/deadlines/0/kind", "recurring", id="a deadline that then lacks its value"),
        pytest.param("number", "1", id="no pointer at all"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_changes_nothing(
    archive: Archive, letter: str, pointer: str, value: str
) -> None:
    with pytest.raises(CorrectionInvalid):
        archive.correct(CLERK, letter, pointer, value)
    assert archive.record(CLERK, letter).version == 1
    assert archive.corrections(CLERK, letter) == []


def test_reading_again_keeps_what_people_did(archive: Archive, letter: str, reader: TextReader) -> None:
    archive.correct(CLERK, letter, "/number", "514/SGDĐT-VP2")
    archive.correct(CLERK, letter, "/citations/1/date", "2021-04-12")
    archive.correct(CLERK, letter, "/tasks/0", op="remove")
    sha256 = archive.record(CLERK, letter).record.source.sha256
    # The new reading finds a citation more, before the corrected one, and another subject.
    better = {**LETTER, "subject": "đảm bảo an toàn thông tin", "citations": [
        LETTER["citations"][0],
        {"number": "29/SGDĐT-VP", "raw_number": "29/SGDĐT-VP", "relation": "implements"},
        LETTER["citations"][1],
    ]}  # fmt: skip
    reader.plans[LETTER_TEXT] = [better]
    assert archive.reread(CLERK, sha256, reader).outcome == "reread"
    record = archive.record(CLERK, letter).record
    assert record.number == "514/SGDĐT-VP2"
    assert record.subject == "đảm bảo an toàn thông tin"
    assert [(c.number, c.date) for c in record.citations] == [
        ("14/CT-UBND", "2020-12-23"), ("29/SGDĐT-VP", None), ("365/STTTT", "2021-04-12"),
    ]  # fmt: skip
    assert [task.text for task in record.tasks] == ["Báo cáo kết quả về Sở"]
    assert record.deadlines[0].task == 0
    assert [v.cause for v in archive.versions(CLERK, letter)][-1] == "re-extracted"
    assert archive.check(ADMIN) == []


def test_an_item_that_a_new_reading_lost_comes_back_as_the_person_left_it(
    archive: Archive, letter: str, reader: TextReader
) -> None:
    archive.correct(CLERK, letter, "/citations/1/date", "2021-04-12")
    sha256 = archive.record(CLERK, letter).record.source.sha256
    reader.plans[LETTER_TEXT] = [{**LETTER, "citations": LETTER["citations"][:1]}]
    archive.reread(CLERK, sha256, reader)
    stored = archive.record(CLERK, letter)
    assert [(c.number, c.date) for c in stored.record.citations] == [
        ("14/CT-UBND", "2020-12-23"), ("365/STTTT", "2021-04-12"),
    ]  # fmt: skip
    assert len(stored.conflicts) == 1


def test_a_confirmed_record_stays_as_it_was_confirmed(archive: Archive, letter: str, reader: TextReader) -> None:
    confirmed = archive.confirm(CLERK, letter)
    assert (confirmed.state, confirmed.confirmed_by) == ("confirmed", "Lan")
    reader.plans[LETTER_TEXT] = [{**LETTER, "number": "541/SGDĐT-VP"}]
    archive.reread(CLERK, confirmed.record.source.sha256, reader)
    stored = archive.record(CLERK, letter)
    assert (stored.record.number, stored.version) == ("514/SGDĐT-VP", 1)
    assert stored.conflicts == ["Bản đọc mới khác bản đã xác nhận; giữ bản đã xác nhận."]


@pytest.mark.parametrize("worked_on", [False, True])
def test_a_record_that_a_new_reading_does_not_have(
    archive: Archive, letter: str, reader: TextReader, worked_on: bool
) -> None:
    """Nobody worked on it: withdrawn.  Somebody did: it stays and says so."""
    if worked_on:
        archive.register(CLERK, letter)
    sha256 = archive.record(CLERK, letter).record.source.sha256
    reader.plans[LETTER_TEXT] = []
    archive.reread(CLERK, sha256, reader)
    stored = archive.record(CLERK, letter)
    assert stored.state == ("new" if worked_on else "withdrawn")
    assert bool(stored.conflicts) is worked_on
    assert archive.search(CLERK, Query("an toan")).total == (1 if worked_on else 0)


def test_text_that_no_database_can_hold_is_kept_all_the_same(
    archive: Archive, reader: TextReader, tmp_path: Path
) -> None:
    """NUL out of a damaged PDF: the record and the page keep it, and both databases find the document."""
    text = "Số: 9/SNV về việc\x00 tuyển dụng\nThực hiện 8/SNV\x00"
    fields = {
        "number": "9/SNV",
        "subject": "việc\x00 tuyển dụng",
        "citations": [{"number": "8/SNV", "title": "a\x00b"}],
    }
    record_id = archive.add(CLERK, reader.plan(tmp_path / "in", "9.txt", text, fields), reader).records[0]
    assert archive.record(CLERK, record_id).record.subject == "việc\x00 tuyển dụng"
    assert archive.pages(CLERK, record_id)[0].text == text
    (hit,) = archive.search(CLERK, Query("viec tuyen dung")).hits
    assert hit.document.subject == "việc\N{REPLACEMENT CHARACTER} tuyển dụng"
    assert archive.check(ADMIN) == []


def test_unknown_records_are_not_found(archive: Archive) -> None:
    for verb in (archive.record, archive.versions, archive.pages, archive.original, archive.confirm):
        with pytest.raises(NotFound):
            verb(CLERK, "khong-co")


@pytest.mark.parametrize(
    ("verb", "roles"),
    [
        ("read", {Role.CLERK, Role.OFFICER, Role.ADMIN}),
        ("set_task", {Role.CLERK, Role.OFFICER, Role.ADMIN}),
        ("correct", {Role.CLERK, Role.ADMIN}),
        ("register", {Role.CLERK, Role.ADMIN}),
        ("users", {Role.ADMIN}),
        ("backup", {Role.ADMIN}),
    ],
)
def test_who_may_do_what(verb: str, roles: set[Role]) -> None:
    assert {role for role in Role if allowed(Actor("x", role), verb)} == roles
    assert verb in PERMISSIONS


def test_the_service_refuses_what_a_role_may_not_do(
    archive: Archive, letter: str, reader: TextReader, tmp_path: Path
) -> None:
    path = reader.plan(tmp_path / "in", "x.txt", "khác", {"number": "1/QĐ-UBND"})
    refused: list[Callable[[], object]] = [
        lambda: archive.add(OFFICER, path, reader),
        lambda: archive.correct(OFFICER, letter, "/subject", "x"),
        lambda: archive.confirm(OFFICER, letter),
        lambda: archive.register(OFFICER, letter),
        lambda: archive.users(CLERK),
        lambda: archive.create_user(CLERK, "a", Role.ADMIN, "12345678"),
        lambda: archive.backup(CLERK, tmp_path / "b.tar"),
        lambda: archive.audit(OFFICER),
        lambda: archive.check(CLERK),
        lambda: archive.open_book(CLERK, "đến", 2026, 5),
        lambda: archive.decide_duplicate(OFFICER, 1, "same"),
    ]
    for attempt in refused:
        with pytest.raises(Forbidden) as caught:
            attempt()
        assert "không được phép" in caught.value.message
    assert archive.record(OFFICER, letter).version == 1
    assert archive.audit(ADMIN)[0].action == "add"


def test_an_archive_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        Archive(tmp_path / "kho", create=False)
    assert not (tmp_path / "kho").exists()

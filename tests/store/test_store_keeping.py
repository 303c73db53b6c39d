"""Is it still what it was?  Audit chain, originals, backup and restore, the check of everything."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from store_making import ADMIN, CLERK, LETTER, LETTER_TEXT, TextReader

from pipeline.errors import FileMissing
from pipeline.store import schema
from pipeline.store.archive import Archive
from pipeline.store.database import Database, head_revision
from pipeline.store.errors import ArchiveTooNew, BackupInvalid, OriginalDamaged, RestoreRefused
from pipeline.store.query import Query


@pytest.fixture
def worked(archive: Archive, reader: TextReader, tmp_path: Path) -> Archive:
    """An archive with some history."""
    record_id = archive.add(CLERK, reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER), reader).records[0]
    archive.correct(CLERK, record_id, "/subject", "sửa lần một")
    archive.register(CLERK, record_id)
    archive.confirm(CLERK, record_id)
    archive.set_task(CLERK, archive.tasks(CLERK)[0].id, "đang làm")
    return archive


@pytest.mark.parametrize("table", schema.APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {0} SET id = id", "DELETE FROM {0}"])
def test_the_database_itself_refuses_to_change_history(worked: Archive, table: str, verb: str) -> None:
    statement = verb.format(table).replace("SET id = id", "SET at = at")
    with pytest.raises(DBAPIError, match="append-only"), worked.database.write() as connection:
        connection.execute(text(statement))


def tamper(archive: Archive, *statements: str) -> None:
    """What a person with the database file and bad intentions does: past the triggers."""
    if archive.database.sqlite:
        connection = sqlite3.connect(archive.folder / "congvan.db")
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            if "no_" in name:
                connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
    else:
        with archive.database.write() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("UPDATE audit SET actor = 'Ai khác' WHERE seq = 2", "đã bị sửa", id="who did it"),
        pytest.param("UPDATE audit SET details = '{}' WHERE seq = 2", "đã bị sửa", id="what was done"),
        pytest.param("DELETE FROM audit WHERE seq = 2", "thiếu các dòng", id="a line taken out"),
        pytest.param("DELETE FROM audit WHERE seq > 3", "bị cắt mất phần cuối", id="the end cut off"),
        pytest.param(
            "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", "bị cắt mất phần cuối", id="the last line"
        ),
        pytest.param(
            "UPDATE audit SET seq = -seq WHERE seq IN (2, 3); UPDATE audit SET seq = 5 + seq WHERE seq < 0",
            "đứt ở dòng 2",
            id="two lines swapped",
        ),
        pytest.param(
            "UPDATE audit SET (actor, details, hash) = (SELECT o.actor, o.details, o.hash FROM audit o "
            "WHERE o.seq = 5 - audit.seq) WHERE seq IN (2, 3)",
            "đã bị sửa",
            id="the contents of two lines swapped, hashes too",
        ),
        pytest.param("UPDATE audit SET seq = seq + 100 WHERE seq > 2", "thiếu các dòng", id="lines moved"),
    ],
)
def test_tampering_with_the_audit_trail_shows(worked: Archive, statement: str, said: str) -> None:
    assert worked.check(ADMIN) == []
    tamper(worked, *statement.split("; "))
    faults = worked.check(ADMIN)
    assert any(fault.part == "audit" and said in fault.message for fault in faults)


@pytest.mark.parametrize("content", [b"", b"3", b"\xff\xfe", "mốc".encode()])
def test_a_damaged_mark_beside_the_database_shows_and_stops_nobody(worked: Archive, content: bytes) -> None:
    (worked.folder / "audit.head").write_bytes(content)
    (fault,) = worked.check(ADMIN)
    assert "audit.head" in fault.message
    worked.correct(CLERK, worked.records(CLERK).hits[0].document.record_id, "/subject", "vẫn làm việc được")
    assert (worked.folder / "audit.head").read_bytes() == content  # evidence stays


def test_a_cut_end_still_shows_after_others_went_on_writing(worked: Archive) -> None:
    record_id = worked.records(CLERK).hits[0].document.record_id
    tamper(worked, "DELETE FROM audit WHERE seq > 2")
    for at in range(5):
        worked.correct(CLERK, record_id, "/subject", f"sau đó {at}")
    assert any("không khớp với mốc" in fault.message for fault in worked.check(ADMIN))


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        pytest.param("UPDATE document SET digest = 'x'", "records", id="a record's hash"),
        pytest.param("DELETE FROM correction", "records", id="a correction"),
        pytest.param("DELETE FROM search_text", "index", id="the index"),
        pytest.param("UPDATE book SET next = 1", "register", id="a number that would be given twice"),
    ],
)
def test_what_the_check_finds(worked: Archive, statement: str, part: str) -> None:
    tamper(worked, statement)
    assert part in {fault.part for fault in worked.check(ADMIN)}


def test_the_check_finds_a_page_that_no_longer_holds_what_was_read_on_it(worked: Archive) -> None:
    with worked.database.write() as connection:
        connection.execute(schema.page.update().values(text="khác"))
    assert worked.check(ADMIN) == []  # confirmed: a person vouched for it, whatever a later reading of the page says
    with worked.database.write() as connection:
        connection.execute(schema.document.update().values(state="new"))
    assert [fault.part for fault in worked.check(ADMIN)] == ["records"]


@pytest.mark.parametrize("damage", ["changed", "gone", "writable"])
def test_damage_to_an_original_shows(worked: Archive, damage: str) -> None:
    record_id = worked.records(CLERK).hits[0].document.record_id
    path = worked.original_path(CLERK, record_id)
    path.chmod(0o644)
    if damage == "changed":
        path.write_bytes(b"x")
        path.chmod(0o444)
    elif damage == "gone":
        path.unlink()
        with pytest.raises(OriginalDamaged):
            worked.original(CLERK, record_id)
    assert [fault.part for fault in worked.check(ADMIN)] == ["originals"]


def test_a_copy_that_no_document_needs_is_harmless(worked: Archive, tmp_path: Path) -> None:
    (tmp_path / "thua.txt").write_text("bị ngắt trước khi ghi")
    worked.originals.keep(tmp_path / "thua.txt")
    (fault,) = worked.check(ADMIN)
    assert (fault.part, fault.harmless) == ("originals", True)


# --- backup ---


def everything(archive: Archive) -> dict[str, Any]:
    """What a person can see of an archive."""
    found: dict[str, Any] = {"entries": archive.register_entries(CLERK), "tasks": archive.tasks(CLERK)}
    for hit in archive.records(CLERK).hits:
        record_id = hit.document.record_id
        stream, name = archive.original(CLERK, record_id)
        with stream:
            found[record_id] = (
                archive.record(CLERK, record_id), archive.versions(CLERK, record_id),
                archive.corrections(CLERK, record_id), archive.pages(CLERK, record_id), stream.read(), name,
            )  # fmt: skip
    return found


def test_a_backup_restores_to_the_same(worked: Archive, new_archive: Callable[..., Archive], tmp_path: Path) -> None:
    worked.create_first_user("Hà", "mat-khau-dai")
    before = everything(worked)
    manifest = worked.backup(ADMIN, tmp_path / "sao" / "kho.tar")
    assert (manifest.rows["document"], manifest.files) == (1, 1)
    other = new_archive("kho-moi")
    other.restore(ADMIN, tmp_path / "sao" / "kho.tar")
    assert everything(other) == before
    assert other.check(ADMIN) == []
    assert other.authenticate("Hà", "mat-khau-dai").name == "Hà"
    assert other.search(CLERK, Query("an toan")).total == 1
    # Counting goes on where it was: nothing of the restored is given twice.
    record_id = next(iter(other.records(CLERK).hits)).document.record_id
    other.correct(CLERK, record_id, "/subject", "sau khi phục hồi")
    other.cancel_entry(CLERK, "đến", before["entries"][0][0].year, 1, "thử")
    assert other.register(CLERK, record_id).number == 2


@pytest.mark.parametrize("direction", ["sqlite to postgresql", "postgresql to sqlite"])
def test_a_backup_moves_between_the_databases(
    direction: str, new_postgresql: Callable[[], str], reader: TextReader, tmp_path: Path
) -> None:
    def sqlite() -> Archive:
        return Archive(tmp_path / "s")

    def postgresql() -> Archive:
        return Archive(new_postgresql(), folder=tmp_path / "p")

    first, second = (sqlite, postgresql) if direction.startswith("sqlite") else (postgresql, sqlite)
    with first() as archive, second() as other:
        path = reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER)
        record_id = archive.add(CLERK, path, reader).records[0]
        archive.correct(CLERK, record_id, "/subject", "x")
        before = everything(archive)
        archive.backup(ADMIN, tmp_path / "kho.tar")
        other.restore(ADMIN, tmp_path / "kho.tar")
        assert everything(other) == before
        assert other.check(ADMIN) == []


def test_nothing_is_written_over(worked: Archive, tmp_path: Path) -> None:
    worked.backup(ADMIN, tmp_path / "kho.tar")
    with pytest.raises(RestoreRefused):
        worked.restore(ADMIN, tmp_path / "kho.tar")


def _rewrite(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    import io

    with tarfile.open(source) as tar, tarfile.open(target, "w") as out:
        for member in tar:
            stream = tar.extractfile(member)
            assert stream is not None
            data = change(member.name, stream.read())
            if data is not None:
                member.size = len(data)
                out.addfile(member, io.BytesIO(data))


DAMAGES: dict[str, Callable[[str, bytes], bytes | None]] = {
    "a changed row": lambda n, d: d.replace(b"SG", b"XX") if n.endswith("document.jsonl") else d,
    "a missing table": lambda n, d: None if n.endswith("/task.jsonl") else d,
    "a changed original": lambda n, d: d + b"x" if n.startswith("originals/") else d,
    "a missing original": lambda n, d: None if n.startswith("originals/") else d,
    "no manifest": lambda n, d: None if n == "manifest.json" else d,
    "a manifest of a newer program": lambda n, d: (
        json.dumps({**json.loads(d), "revision": "9999"}).encode() if n == "manifest.json" else d
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_whole(
    worked: Archive, new_archive: Callable[..., Archive], tmp_path: Path, damage: str
) -> None:
    worked.backup(ADMIN, tmp_path / "kho.tar")
    _rewrite(tmp_path / "kho.tar", tmp_path / "hong.tar", DAMAGES[damage])
    other = new_archive("kho-moi")
    with pytest.raises(BackupInvalid):
        other.restore(ADMIN, tmp_path / "hong.tar")
    assert other.count(CLERK) == 0
    other.restore(ADMIN, tmp_path / "kho.tar")  # still empty, so the good one goes in
    assert other.count(CLERK) == 1


def test_a_backup_that_is_none(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_text("không phải tar")
    with pytest.raises(BackupInvalid):
        archive.restore(ADMIN, tmp_path / "x.tar")
    with pytest.raises(FileMissing):
        archive.restore(ADMIN, tmp_path / "khong-co.tar")


# --- schema ---


def test_the_migrations_build_the_tables_of_the_schema(archive: Archive) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    ours = {table.name for table in schema.METADATA.sorted_tables}

    def mine(_object: Any, name: str, kind: str, *_rest: Any) -> bool:
        return kind != "table" or name in ours

    with archive.database.read() as connection:
        options = {"include_object": mine}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), schema.METADATA)
        # The text vector of PostgreSQL is the migration's own (a generated column).
        found = [d for d in found if not (isinstance(d, tuple) and "words" in repr(d))]
        assert found == []
        assert ours <= set(inspect(connection).get_table_names())


def test_the_head_is_the_newest_migration() -> None:
    from pipeline.store.database import _script

    assert _script()[1].get_current_head() == head_revision()


def test_an_archive_of_a_newer_program_is_left_alone(archive: Archive) -> None:
    with archive.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    again = Database(archive.database.url)
    with pytest.raises(ArchiveTooNew):
        again.prepare()
    again.close()


def test_an_index_of_an_older_fold_is_rebuilt(worked: Archive) -> None:
    with worked.database.write() as connection:
        connection.execute(text("UPDATE meta SET value = '0' WHERE key = 'fold'"))
        connection.execute(text("UPDATE search_text SET body = 'cũ'"))
    again = (
        Archive(worked.folder)
        if worked.database.sqlite
        else Archive(worked.database.url.render_as_string(hide_password=False), folder=worked.folder)
    )
    with again:
        assert again.search(CLERK, Query("ke hoach")).total == 0
        assert again.search(CLERK, Query("thong tin")).total == 1
        assert again.check(ADMIN) == []

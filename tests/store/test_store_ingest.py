"""Ingest: nothing lost and nothing doubled, whoever dies when; the watched folder; many at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from store_making import ADMIN, CLERK, LETTER, LETTER_TEXT, TextReader

from pipeline.errors import FileMissing, OcrFailed
from pipeline.store.archive import Archive
from pipeline.store.ingest import Ingested, ingest
from pipeline.store.reading import Reading
from pipeline.store.watch import Watcher


def plan_files(reader: TextReader, folder: Path, many: int) -> list[Path]:
    """Files with one or two records each, that cite each other."""
    paths = []
    for at in range(many):
        fields = [
            {"number": f"{at + 1}/SNV", "date": "2021-01-05", "subject": f"việc {at}", "place": "Gia Lai",
             "citations": [{"number": f"{at}/SNV", "date": "2021-01-04", "relation": "follows"}]},
            {"number": f"{at + 1}/STC", "date": "2021-01-06", "tasks": [{"text": f"làm {at}"}]},
        ]  # fmt: skip
        text = f"Số: {at + 1}/SNV việc {at} theo {at}/SNV\n\nSố: {at + 1}/STC làm {at}"
        paths.append(reader.plan(folder, f"{at}.txt", text, *fields[: 1 + at % 2]))
    return paths


def test_one_bad_file_does_not_stop_the_others(archive: Archive, reader: TextReader, tmp_path: Path) -> None:
    paths = plan_files(reader, tmp_path / "in", 3)

    def read(path: Path) -> Reading:
        if path == paths[0]:
            raise OcrFailed(path, page=1, reason="x")
        if path == paths[1]:
            raise RuntimeError("lỗi của chương trình")
        return reader(path)

    outcomes = list(ingest(archive, CLERK, [*paths, tmp_path / "khong-co.txt"], read))
    assert [type(o.failure).__name__ for o in outcomes] == ["OcrFailed", "Unexpected", "NoneType", "FileMissing"]
    assert isinstance(outcomes[-1].error, FileMissing)
    assert archive.count(CLERK) == 1


# --- worker processes ---


class PoolReader:
    """Read in worker processes: must be importable there."""

    def __init__(self, dies_on: str = "") -> None:
        self.dies_on = dies_on

    def __call__(self, path: Path) -> Reading:
        if path.name == self.dies_on:
            os.kill(os.getpid(), signal.SIGKILL)
        text = path.read_text(encoding="utf-8")
        from store_making import make

        return Reading([make(text, path.name, number=f"{text.strip()}/SNV", date="2021-01-05")], [])


@pytest.mark.parametrize("dies_on", ["", "2.txt"])
def test_files_read_in_worker_processes(tmp_path: Path, dies_on: str) -> None:
    """A file that kills its reader is the only one without records."""
    (tmp_path / "in").mkdir()
    paths = []
    for at in range(5):
        paths.append(tmp_path / "in" / f"{at}.txt")
        paths[-1].write_text(f"{at + 1}")
    with Archive(tmp_path / "kho") as archive:
        outcomes = {o.path.name: o for o in ingest(archive, CLERK, paths, PoolReader(dies_on), jobs=2)}
        failed = {name: o.failure.code for name, o in outcomes.items() if o.failure}
        assert failed == ({dies_on: "worker_died"} if dies_on else {})
        assert len(outcomes) == 5
        assert archive.count(CLERK) == 5 - len(failed)
        assert archive.check(ADMIN) == []


# --- killed at any moment ---


def _ingest_until(folder: Path, reader: TextReader, paths: list[Path], moment: int | None) -> int:
    """Ingest; with ``moment``, die by SIGKILL at that call (Python or C) inside the store or the database driver."""
    calls = 0

    def watch(frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        name = frame.f_code.co_filename
        if event in ("call", "c_call") and ("pipeline/store" in name or "sqlalchemy/engine/default" in name):
            calls += 1
            if calls == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    archive = Archive(folder)
    sys.setprofile(watch)
    try:
        for _ in ingest(archive, CLERK, paths, reader):
            pass
    finally:
        sys.setprofile(None)
        archive.close()
    return calls


def _summary(archive: Archive) -> dict[str, Any]:
    with archive.database.read() as connection:
        from sqlalchemy import func, select

        from pipeline.store import schema

        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in schema.METADATA.sorted_tables
            if table.name not in ("meta", "arrival")
        }
    records = {hit.document.number: hit.document.version for hit in archive.records(CLERK).hits}
    return {"counts": counts, "records": records}


def test_killed_at_any_moment_of_an_ingest_loses_and_doubles_nothing(tmp_path: Path) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    reader = TextReader()
    paths = plan_files(reader, tmp_path / "in", 3)
    total = _ingest_until(tmp_path / "thuc", reader, paths, None)
    with Archive(tmp_path / "thuc") as whole:
        wanted = _summary(whole)
    assert total > 500
    context = multiprocessing.get_context("fork")
    interrupted = 0
    for at, moment in enumerate(range(1, total, max(1, total // 40))):
        folder = tmp_path / f"kho{at}"
        Archive(folder).close()  # the moments counted are those of the ingest, not of making the archive
        child = context.Process(target=_ingest_until, args=(folder, reader, paths, moment))
        child.start()
        child.join(60)
        interrupted += child.exitcode == -signal.SIGKILL
        with Archive(folder) as archive:
            assert [f for f in archive.check(ADMIN) if not f.harmless] == [], f"after dying at call {moment}"
            before = archive.count(CLERK)
            outcomes = list(ingest(archive, CLERK, paths, reader))
            assert all(o.failure is None for o in outcomes)
            assert before + sum(len(o.added.records) for o in outcomes if o.added and o.added.outcome == "added") == 4
            assert _summary(archive) == wanted, f"after dying at call {moment}"
            assert archive.check(ADMIN) == []
    assert interrupted >= 35


def test_two_processes_take_the_same_files_at_once(tmp_path: Path) -> None:
    reader = TextReader()
    paths = plan_files(reader, tmp_path / "in", 6)
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_ingest_until, args=(tmp_path / "kho", reader, paths, None)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with Archive(tmp_path / "kho") as archive:
        assert archive.count(CLERK) == 9
        assert archive.duplicates(CLERK) == []
        assert archive.check(ADMIN) == []


def test_threads_share_an_archive(archive: Archive, tmp_path: Path) -> None:
    reader = TextReader()
    paths = plan_files(reader, tmp_path / "in", 8)
    outcomes: list[Ingested] = []

    def work(some: list[Path]) -> None:
        outcomes.extend(ingest(archive, CLERK, some, reader))

    threads = [threading.Thread(target=work, args=(paths[at::2],)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(outcome.failure is None for outcome in outcomes)
    assert archive.count(CLERK) == 12
    assert archive.check(ADMIN) == []


# --- the watched folder ---


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_file_is_taken_when_it_has_stopped_growing(tmp_path: Path) -> None:
    clock = Clock()
    watcher = Watcher(tmp_path, settle=3.0, clock=clock)
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF")
    assert watcher.poll() == []
    clock.sleep(2.9)
    path.write_bytes(b"%PDF-1.7 more")
    assert watcher.poll() == []  # it grew: the count begins anew
    clock.sleep(2.9)
    assert watcher.poll() == []
    clock.sleep(0.2)
    assert watcher.poll() == [path]
    clock.sleep(10)
    assert watcher.poll() == []  # once for each content
    path.write_bytes(b"another scan under the same name")
    watcher.poll()
    clock.sleep(3.1)
    assert watcher.poll() == [path]
    watcher.again(path)
    assert watcher.poll() == [path]


@pytest.mark.parametrize(
    "name", [".an.pdf", "~$x.docx", "x.pdf.part", "x.tmp", "x.crdownload", "rong.pdf", "thu-muc", "lien-ket.pdf", "ong"]
)
def test_what_is_no_finished_regular_file_is_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "thu-muc":
        path.mkdir()
    elif name == "lien-ket.pdf":
        (tmp_path / ".dich").write_text("x")
        path.symlink_to(tmp_path / ".dich")
    elif name == "ong":
        os.mkfifo(path)
    else:
        path.write_text("" if name == "rong.pdf" else "x")
    clock = Clock()
    watcher = Watcher(tmp_path, settle=1.0, clock=clock)
    watcher.poll()
    clock.sleep(5)
    assert watcher.poll() == []


def test_watching_goes_on_until_it_is_told_to_stop(tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "con").mkdir()
    (tmp_path / "con" / "b.txt").write_text("b")
    watcher = Watcher(tmp_path, settle=1.0, recursive=True, clock=clock)
    found = list(watcher.run(stop=lambda: clock.now > 5, sleep=clock.sleep))
    assert [path.name for path in found] == ["a.txt", "b.txt"]


def test_a_share_that_is_gone_is_waited_for(tmp_path: Path) -> None:
    assert Watcher(tmp_path / "chua-co").poll() == []


# --- the command line ---


def run(*arguments: str) -> int:
    from pipeline.cli import main

    return main(list(arguments))


def test_the_commands_from_ingest_to_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "kho")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "514.txt").write_text(LETTER_TEXT, encoding="utf-8")
    assert run("ingest", str(tmp_path / "in"), "--archive", folder) == 0
    assert LETTER["number"] in capsys.readouterr().out
    assert run("ingest", str(tmp_path / "in"), "--archive", folder) == 0
    assert "đã có trong kho" in capsys.readouterr().out
    assert run("show", LETTER["number"], "--archive", folder, "--history") == 0
    assert "đọc lần đầu" in capsys.readouterr().out
    assert run("search", "an", "toan", "--archive", folder) == 0
    assert "1 văn bản" in capsys.readouterr().out
    assert run("reread", LETTER["number"], "--archive", folder) == 0
    assert run("watch", str(tmp_path / "in"), "--once", "--settle", "0", "--archive", folder) == 0
    assert run("backup", str(tmp_path / "sao.tar"), "--archive", folder) == 0
    assert run("restore", str(tmp_path / "sao.tar"), "--archive", str(tmp_path / "moi")) == 0
    assert run("restore", str(tmp_path / "sao.tar"), "--archive", str(tmp_path / "moi")) == 52
    assert run("check", "--archive", str(tmp_path / "moi")) == 0
    assert "nguyên vẹn" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["show", "x"], 50), (["check"], 50), (["search", "x"], 50), (["ingest", "khong-co.pdf"], 10),
        (["search", "--sort", "đẹp"], 2),
    ],
)  # fmt: skip
def test_what_a_command_says_when_it_cannot(tmp_path: Path, arguments: list[str], status: int) -> None:
    assert run(*arguments, "--archive", str(tmp_path / "kho")) == status


def test_a_check_that_finds_faults_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "kho"
    reader = TextReader()
    with Archive(folder) as archive:
        path = reader.plan(tmp_path / "in", "514.txt", LETTER_TEXT, LETTER)
        kept = archive.originals.path(archive.add(CLERK, path, reader).sha256)
    kept.chmod(0o644)
    assert run("check", "--archive", str(folder)) == 54
    assert "chỉ đọc" in capsys.readouterr().out

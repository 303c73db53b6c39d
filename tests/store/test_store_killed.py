"""Killed at a moment that nobody chose: ingest, backup and restore in real processes that get SIGKILL after a while.

``test_store_ingest`` kills at chosen calls; here the clock chooses, so that the moments lie inside the database and the
operating system too.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_making import ADMIN, CLERK, TextReader
from test_store_ingest import plan_files

from pipeline.store.archive import Archive
from pipeline.store.ingest import ingest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
CORPUS = Path(__file__).parents[2] / "corpus" / "texts"
KILLS = {"sqlite": 30, "postgresql": 12}


def reopened(archive: Archive) -> Archive:
    """The same archive with connections of its own, as another process has them."""
    if archive.database.sqlite:
        return Archive(archive.folder)
    return Archive(archive.database.url.render_as_string(hide_password=False), folder=archive.folder)


def _child(archive: Archive, deed: Callable[[Archive], Any]) -> None:
    archive.database.engine.dispose(close=False)  # the parent's connections are not this process's
    with reopened(archive) as own:
        deed(own)


def start(archive: Archive, deed: Callable[[Archive], Any]) -> multiprocessing.process.BaseProcess:
    child = multiprocessing.get_context("fork").Process(target=_child, args=(archive, deed))
    child.start()
    return child


def duration(archive: Archive, deed: Callable[[Archive], Any]) -> float:
    """How long the deed takes when nobody disturbs it, in seconds."""
    began = time.monotonic()
    child = start(archive, deed)
    child.join(120)
    assert child.exitcode == 0
    return time.monotonic() - began


def killed(archive: Archive, deed: Callable[[Archive], Any], after: float) -> bool:
    """Whether the deed was cut off."""
    child = start(archive, deed)
    child.join(after)
    if child.is_alive() and child.pid:
        os.kill(child.pid, signal.SIGKILL)
    child.join(60)
    return child.exitcode == -signal.SIGKILL


def held(archive: Archive) -> list[tuple[str | None, int]]:
    """Every document with its version."""
    return sorted(((hit.document.number, hit.document.version) for hit in archive.records(CLERK).hits), key=str)


@pytest.mark.timeout(900)
def test_ingest_killed_by_the_clock(new_archive: Callable[..., Archive], tmp_path: Path) -> None:
    reader = TextReader()
    paths = plan_files(reader, tmp_path / "in", 6)

    def take(archive: Archive) -> None:
        for _ in ingest(archive, CLERK, paths, reader):
            pass

    whole = new_archive("tron")
    long = duration(whole, take)
    wanted, lines = held(whole), len(whole.audit(ADMIN, limit=1000))
    assert len(wanted) == 9
    some, cut = random.Random(20_211_223), 0
    backend = "sqlite" if whole.database.sqlite else "postgresql"
    for attempt in range(4 * KILLS[backend]):
        archive = new_archive(f"kho{attempt}")
        for _ in range(some.choice((1, 1, 2))):  # sometimes the second attempt dies too
            cut += killed(archive, take, some.uniform(0, long))
        assert [fault for fault in archive.check(ADMIN) if not fault.harmless] == [], f"attempt {attempt}"
        before = held(archive)
        assert set(before) <= set(wanted), f"attempt {attempt}: something doubled or half stored"
        take(archive)
        assert held(archive) == wanted, f"attempt {attempt}: something lost or doubled"
        assert archive.check(ADMIN) == []
        assert len(archive.audit(ADMIN, limit=1000)) == lines, f"attempt {attempt}: a deed noted twice or not at all"
        archive.close()
        if cut >= KILLS[backend]:
            break
    assert cut >= KILLS[backend] // 4  # a busy machine ends many before the clock does


@pytest.mark.timeout(600)
def test_backup_and_restore_killed_by_the_clock(new_archive: Callable[..., Archive], tmp_path: Path) -> None:
    reader = TextReader()
    archive = new_archive("goc")
    for _ in ingest(archive, CLERK, plan_files(reader, tmp_path / "in", 12), reader):
        pass
    wanted, target = held(archive), tmp_path / "sao" / "kho.tar"

    def save(own: Archive) -> None:
        own.backup(ADMIN, target)

    long, some, cut = duration(archive, save), random.Random(7), 0
    good = target.read_bytes()
    for attempt in range(60):
        if attempt % 2:
            target.unlink(missing_ok=True)
        cut += killed(archive, save, some.uniform(0, long))
        assert archive.check(ADMIN) == []
        if target.exists():  # the old one or a whole new one, never a half
            assert len(target.read_bytes()) >= len(good) - 10_240
            other = new_archive(f"thu{attempt}") if attempt % 5 == 0 else None
            if other is not None:
                other.restore(ADMIN, target)
                assert held(other) == wanted
                other.close()
        if cut >= 10:
            break
    assert cut >= 2
    save(archive)
    assert [path.name for path in target.parent.iterdir()] == [target.name]  # what the killed left is swept away

    def bring_back(own: Archive) -> None:
        own.restore(ADMIN, target)

    long, cut = duration(new_archive("moi"), bring_back), 0
    for attempt in range(60):
        other = new_archive(f"moi{attempt}")
        cut += killed(other, bring_back, some.uniform(0, long))
        assert [fault for fault in other.check(ADMIN) if not fault.harmless] == []
        if other.count(CLERK) == 0:  # nothing or everything
            other.restore(ADMIN, target)
        assert held(other) == wanted
        assert other.check(ADMIN) == []
        other.close()
        if cut >= 10:
            break
    assert cut >= 2


@pytest.mark.timeout(900)
def test_the_command_killed_while_it_reads_the_seeds(tmp_path: Path) -> None:
    """``congvan ingest`` itself, with the real reader: killed a random while after its archive appears."""
    program = [sys.executable, "-c", "import sys; from pipeline.cli import main; sys.exit(main())"]

    def command(folder: Path) -> list[str]:
        return [*program, "ingest", str(CORPUS), "--archive", str(folder), "--jobs", "1"]

    assert subprocess.run(command(tmp_path / "tron"), capture_output=True, check=False).returncode == 0
    with Archive(tmp_path / "tron") as archive:
        wanted = held(archive)
    assert len(wanted) == 6
    some, cut = random.Random(5), 0
    for attempt in range(24):
        folder = tmp_path / f"kho{attempt}"
        process = subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (folder / "congvan.db").exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(some.uniform(0, 1.5))
        process.kill()
        cut += process.wait(60) == -signal.SIGKILL
        assert subprocess.run(command(folder), capture_output=True, check=False).returncode == 0
        with Archive(folder) as archive:
            assert held(archive) == wanted, f"attempt {attempt}"
            assert archive.check(ADMIN) == []
        if cut >= 6:
            break
    assert cut >= 2

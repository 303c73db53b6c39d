"""Fixtures: an archive in each database, SQLite in a folder and PostgreSQL on a server that the tests start."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.store.archive import Archive


def _program(name: str) -> str | None:
    """A program of Debian's postgresql package, which keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(found[0]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a running server's template; skips with the reason where there is none."""
    pytest.importorskip("psycopg", reason="psycopg (the PostgreSQL driver) is not installed")
    initdb, server = _program("initdb"), _program("postgres")
    if not initdb or not server:
        pytest.skip("Debian's postgresql package is not installed")
    folder = Path(tempfile.mkdtemp(prefix="congvan-pg-", dir="/tmp"))
    user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root; Debian's package brings its own account
        if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode:
            pytest.skip("PostgreSQL does not run as root and there is no account 'postgres'")
        shutil.chown(folder, "postgres")
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    subprocess.run(
        [*user, initdb, "-D", str(data), "-U", "congvan", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True, capture_output=True, cwd="/tmp",
    )  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*user, server, "-D", str(data), "-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1",
             "-c", "fsync=off"],
            stdout=log, stderr=log, cwd="/tmp",
        )  # fmt: skip
    url = f"postgresql+psycopg://congvan@127.0.0.1:{port}"
    try:
        _wait(url, process, folder / "server.log")
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # the server's "fast" way out: it does not wait for open connections
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    import time

    import psycopg

    plain = url.replace("+psycopg", "") + "/postgres"
    for _ in range(300):
        try:
            psycopg.connect(plain, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    pytest.skip(f"the PostgreSQL server did not start ({getpass.getuser()}): {log.read_text(errors='replace')[-300:]}")


@pytest.fixture(scope="session")
def template(postgresql: str) -> str:
    """The name of a database with the schema in it, to copy from."""
    import psycopg

    with psycopg.connect(postgresql.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE khuon")
    with tempfile.TemporaryDirectory() as folder:
        Archive(f"{postgresql}/khuon", folder=folder).close()
    return "khuon"


@pytest.fixture
def new_postgresql(postgresql: str, template: str) -> Callable[[], str]:
    """Makes a fresh database and gives its URL."""
    import psycopg

    def make() -> str:
        name = f"kho_{os.urandom(5).hex()}"
        with psycopg.connect(postgresql.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"{postgresql}/{name}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def new_archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Archive]]:
    """Opens new archives, each in its own folder, in the database under test."""
    opened: list[Archive] = []

    def make(name: str = "kho") -> Archive:
        folder = tmp_path / name
        if request.param == "sqlite":
            archive = Archive(folder)
        else:
            archive = Archive(request.getfixturevalue("new_postgresql")(), folder=folder)
        opened.append(archive)
        return archive

    if request.param == "postgresql":
        request.getfixturevalue("postgresql")
    yield make
    for archive in opened:
        archive.close()

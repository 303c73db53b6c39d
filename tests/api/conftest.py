"""An archive with one letter, and the API over it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

sys.path.append(str(Path(__file__).parent.parent / "store"))
from store_making import LETTER, LETTER_TEXT, TextReader

from pipeline.api.app import create_app
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive

CLERK = Actor("Lan", Role.CLERK)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    reader = TextReader()
    with Archive(tmp_path / "kho") as made:
        made.add(CLERK, reader.plan(tmp_path / "in", "cv514.txt", LETTER_TEXT, LETTER), reader)
        yield made


@pytest.fixture
def api(archive: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(archive), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client

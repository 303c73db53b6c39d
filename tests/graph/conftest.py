"""An archive with the five seeds in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# The makers of records are those of the store's tests.
sys.path.append(str(Path(__file__).parent.parent / "store"))

from graph_making import add_seeds

from pipeline.store.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "kho")


@pytest.fixture
def seeded(archive: Archive, tmp_path: Path) -> Archive:
    add_seeds(archive, tmp_path / "in")
    return archive

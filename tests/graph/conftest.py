"""An archive with the five seeds in it, in the database under test."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# The makers of records and databases are those of the store's tests.
sys.path.append(str(Path(__file__).parent.parent / "store"))

from graph_making import add_seeds
from store_databases import new_archive, new_postgresql, postgresql, template
from store_making import OFFICER

from pipeline.graph.graph import CitationGraph
from pipeline.store.archive import Archive

__all__ = ["new_archive", "new_postgresql", "postgresql", "template"]


@pytest.fixture
def archive(new_archive: Callable[..., Archive]) -> Archive:
    return new_archive()


@pytest.fixture
def seeded(archive: Archive, tmp_path: Path) -> Archive:
    add_seeds(archive, tmp_path / "in")
    return archive


@pytest.fixture
def graph(seeded: Archive) -> CitationGraph:
    return CitationGraph(seeded, OFFICER)

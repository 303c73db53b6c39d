"""An archive in the database under test, and a reader of planned files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from store_databases import new_archive, new_postgresql, postgresql, template
from store_making import TextReader

from pipeline.store.archive import Archive

__all__ = ["new_archive", "new_postgresql", "postgresql", "template"]


@pytest.fixture
def archive(new_archive: Callable[..., Archive]) -> Archive:
    return new_archive()


@pytest.fixture
def reader() -> TextReader:
    return TextReader()

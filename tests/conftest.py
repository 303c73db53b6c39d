"""What all tests share: property tests have no time limit of their own, for the machine may be busy."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("congvan", deadline=None)
settings.load_profile("congvan")


def pytest_make_parametrize_id(config: pytest.Config, val: Any, argname: str) -> str | None:
    """Bytes name a test by their place in the table: what a library writes may carry the hour it was written.

    Two workers that name a test differently stop the whole run.
    """
    return argname if isinstance(val, bytes) else None

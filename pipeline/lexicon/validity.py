"""When a fact of the lexicon holds."""

from __future__ import annotations

from datetime import date
from typing import Protocol

__all__ = ["Dated", "valid"]


class Dated(Protocol):
    """Anything with a first and a last day; ``None`` means unbounded (or unknown) on that side."""

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_to(self) -> date | None: ...


def valid(item: Dated, on: date | None) -> bool:
    """Whether ``item`` holds on the day ``on``, both ends included; with no day given every item does."""
    if on is None:
        return True
    return (item.valid_from is None or item.valid_from <= on) and (item.valid_to is None or on <= item.valid_to)

"""Figures that take long: when are they made, and who is shown an old one?"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.ui import remembered


class Clock:
    """A clock that making a figure moves, and a thread that has ended when it was started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.made = 0.0, 0
        monkeypatch.setattr(remembered.time, "perf_counter", lambda: self.now)

        def thread(target: Any, args: Any, **_: Any) -> Any:
            return SimpleNamespace(start=lambda: target(*args))

        monkeypatch.setattr(remembered.threading, "Thread", thread)

    def make(self, seconds: float) -> int:
        self.now, self.made = self.now + seconds, self.made + 1
        return self.made


@pytest.mark.parametrize(
    ("seconds", "exact", "waits", "expected"),
    [
        (0.01, False, [0, 0, 0], [1, 2, 3]),  # quick: made anew whenever the archive changed
        (1.0, False, [0, 0, 0], [1, 1, 1]),  # long: rests
        (1.0, False, [0, 25, 0], [1, 1, 2]),  # shown once more as it was while it is made anew, then the new one
        (1.0, True, [0, 0, 0], [1, 2, 3]),  # what people act upon is never an old one
    ],
)
def test_a_figure_over_a_changing_archive(
    monkeypatch: pytest.MonkeyPatch, seconds: float, exact: bool, waits: list[float], expected: list[int]
) -> None:
    clock, figures, seen = Clock(monkeypatch), remembered.Remembered(), []
    for revision, wait in enumerate(waits):
        clock.now += wait
        at = (revision, 0)
        archive: Any = SimpleNamespace(
            folder=Path("kho"), database=SimpleNamespace(shown="x"), revision=lambda at=at: at
        )
        seen.append(figures.get(archive, "figure", lambda: clock.make(seconds), exact=exact))
    assert seen == expected

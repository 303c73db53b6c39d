"""The app as the browser tests run it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.store.archive import Archive

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Running:
    """The app as a process."""

    url: str
    folder: Path

    def archive(self) -> Archive:
        return Archive(self.folder)

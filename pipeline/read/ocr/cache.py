"""A cache of OCR results by content and settings, so that a second run over the same page costs nothing.

Each entry is one small JSON file, written whole or not at all.  The key holds everything that can change the result:
the picture, the engine, its version and its settings.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import astuple
from pathlib import Path

import numpy as np
import platformdirs

from pipeline.read.model import Image
from pipeline.read.ocr.engine import Engine, OcrWord


def cache_folder() -> Path:
    """Folder of the cache; ``CONGVAN_CACHE`` overrides the user's cache folder."""
    return Path(os.environ.get("CONGVAN_CACHE") or platformdirs.user_cache_dir("congvan")) / "ocr"


def entry_path(folder: Path, grey: Image, *settings: object) -> Path:
    """The entry of what ``settings`` (anything with a stable ``repr``) make of a picture."""
    key = hashlib.sha256()
    key.update(repr((grey.shape, settings)).encode())
    key.update(np.ascontiguousarray(grey).tobytes())
    name = key.hexdigest()
    return folder / name[:2] / f"{name[2:]}.json"


def keep(path: Path, value: object) -> None:
    """Write an entry whole or not at all."""
    # A full or read-only disk must not stop the reading; the cache is only a convenience.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(value, stream, ensure_ascii=False)
        Path(temporary).replace(path)
    except OSError:
        return


class CachedEngine:
    """An engine that remembers."""

    def __init__(self, engine: Engine, folder: Path | None = None) -> None:
        self.engine = engine
        self.name = engine.name
        self.version = engine.version
        self.folder = folder or cache_folder()

    def _path(self, grey: Image, *settings: object) -> Path:
        return entry_path(self.folder, grey, self.name, self.version, getattr(self.engine, "language", ""), settings)

    def read(
        self, grey: Image, *, dpi: int, mode: int = 3, whitelist: str | None = None, timeout: float = 120.0
    ) -> list[OcrWord]:
        path = self._path(grey, dpi, mode, whitelist)
        try:
            return [OcrWord(*row) for row in json.loads(path.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError):
            pass
        words = self.engine.read(grey, dpi=dpi, mode=mode, whitelist=whitelist, timeout=timeout)
        keep(path, [astuple(word) for word in words])
        return words

    def upside_down(self, grey: Image) -> bool:
        path = self._path(grey, "upside_down")
        try:
            return bool(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            pass
        answer = self.engine.upside_down(grey)
        keep(path, answer)
        return answer

"""The one interface behind which OCR engines stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pipeline.read.model import Image


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word in pixels of the picture given: left, top, right, bottom; ``confidence`` is 0..1 by the engine's word."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: int
    red: bool = False


class Engine(Protocol):
    """Reads grey pictures.  ``mode`` is the page segmentation mode in Tesseract's numbering (3, 6, 7 …)."""

    name: str
    version: str

    def read(
        self, grey: Image, *, dpi: int, mode: int = 3, whitelist: str | None = None, timeout: float = 120.0
    ) -> list[OcrWord]:
        """Words of the picture.  Raises TimeoutError, OcrToolMissing, OcrLanguageMissing or RuntimeError."""
        ...

    def upside_down(self, grey: Image) -> bool:
        """Whether the picture stands on its head."""
        ...

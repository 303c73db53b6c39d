"""Tesseract through pytesseract: one process a call, one thread a process."""

from __future__ import annotations

import os
from functools import cache

import cv2
import numpy as np
import pytesseract
from PIL import Image as PillowImage

from pipeline.errors import OcrLanguageMissing, OcrToolMissing
from pipeline.read.model import Image
from pipeline.read.ocr.engine import OcrWord

# Tesseract's own threads fight over the cores and make a page slower; parallelism is over pages.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


@cache
def installed_version() -> str:
    """Version of the tesseract command; raises OcrToolMissing."""
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, OSError) as error:
        raise OcrToolMissing() from error


@cache
def installed_languages() -> frozenset[str]:
    """Languages the tesseract command can read; raises OcrToolMissing."""
    installed_version()
    return frozenset(pytesseract.get_languages(config=""))


class PytesseractEngine:
    """The default engine."""

    name = "pytesseract"

    def __init__(self, language: str = "vie") -> None:
        self.language = language
        self.version = installed_version()
        if language not in installed_languages():
            raise OcrLanguageMissing(language=language)

    def read(
        self, grey: Image, *, dpi: int, mode: int = 3, whitelist: str | None = None, timeout: float = 120.0
    ) -> list[OcrWord]:
        config = f"--psm {mode} --dpi {dpi}"
        if whitelist:
            config += f" -c tessedit_char_whitelist={whitelist}"
        try:
            data = pytesseract.image_to_data(
                PillowImage.fromarray(grey), lang=self.language, config=config, timeout=timeout,
                output_type=pytesseract.Output.DICT,
            )  # fmt: skip
        except pytesseract.TesseractNotFoundError as error:
            raise OcrToolMissing() from error
        except pytesseract.TesseractError as error:
            raise RuntimeError(str(error.message)[:300]) from error
        except RuntimeError as error:
            if "timeout" in str(error).lower():
                raise TimeoutError(str(error)) from error
            raise
        words = []
        for at, text in enumerate(data["text"]):
            confidence = float(data["conf"][at])
            if confidence < 0 or not text.strip():
                continue
            left, top = int(data["left"][at]), int(data["top"][at])
            line = (int(data["block_num"][at]) * 1000 + int(data["par_num"][at])) * 1000 + int(data["line_num"][at])
            words.append(
                OcrWord(
                    text.strip(), left, top, left + int(data["width"][at]), top + int(data["height"][at]),
                    min(1.0, confidence / 100), line,
                )
            )  # fmt: skip
        return words

    def upside_down(self, grey: Image) -> bool:
        """Read a strip both ways: the way that yields clearly more confidence is the right one.

        Tesseract's own orientation detection needs many characters and errs on Vietnamese marks.
        """
        height = grey.shape[0]
        strip = grey[height // 4 : height * 3 // 4]
        strip = cv2.resize(strip, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA)
        upright = _weight(self.read(strip, dpi=150, mode=6, timeout=60))
        turned = _weight(self.read(np.ascontiguousarray(strip[::-1, ::-1]), dpi=150, mode=6, timeout=60))
        return turned > 1.5 * upright and turned > 20


def _weight(words: list[OcrWord]) -> float:
    return sum(len(w.text) * w.confidence for w in words if w.confidence > 0.6 and len(w.text) > 1)

"""Tesseract: its library in warm processes, or its command, one process a call; one thread a process."""

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
from pipeline.read.ocr.warm import POOL, WorkerFailed

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


class TesseractEngine:
    """The default engine.  The command reads where the library cannot be loaded or is of another version."""

    name = "tesseract"

    def __init__(self, language: str = "vie", warm: bool = True) -> None:
        """Raises OcrToolMissing or OcrLanguageMissing."""
        self.language = language
        self.version = installed_version()
        self._warm = warm
        if language not in installed_languages():
            raise OcrLanguageMissing(language=language)

    def read(
        self, grey: Image, *, dpi: int, mode: int = 3, whitelist: str | None = None, timeout: float = 120.0
    ) -> list[OcrWord]:
        tsv = self._warm_tsv(grey, dpi, mode, whitelist, timeout) if self._warm else None
        return words_of(self._command_tsv(grey, dpi, mode, whitelist, timeout) if tsv is None else tsv)

    def _warm_tsv(self, grey: Image, dpi: int, mode: int, whitelist: str | None, timeout: float) -> str | None:
        """None where a warm process cannot be had or ended over the picture: the command has the last word."""
        try:
            worker = POOL.take(self.language)
            if worker.version != self.version:
                worker.stop()
                raise WorkerFailed(f"library {worker.version}, command {self.version}")
        except WorkerFailed:
            self._warm = False
            return None
        tsv: str | None
        try:
            tsv = worker.tsv(grey, dpi=dpi, mode=mode, whitelist=whitelist, timeout=timeout)
        except WorkerFailed:
            return None
        except RuntimeError:
            tsv = None
        POOL.give_back(self.language, worker)
        return tsv

    def _command_tsv(self, grey: Image, dpi: int, mode: int, whitelist: str | None, timeout: float) -> str:
        config = f"--psm {mode} --dpi {dpi}"
        if whitelist:
            config += f" -c tessedit_char_whitelist={whitelist}"
        try:
            return str(
                pytesseract.image_to_data(
                    PillowImage.fromarray(grey), lang=self.language, config=config, timeout=timeout
                )
            )
        except pytesseract.TesseractNotFoundError as error:
            raise OcrToolMissing() from error
        except pytesseract.TesseractError as error:
            raise RuntimeError(str(error.message)[:300]) from error
        except RuntimeError as error:
            if "timeout" in str(error).lower():
                raise TimeoutError(str(error)) from error
            raise

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


_WORD_ROW = 5  # level of a word in Tesseract's TSV; page, block, paragraph and line are above


def words_of(tsv: str) -> list[OcrWord]:
    """Words of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, percent, text."""
    words = []
    for row in tsv.split("\n"):
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != str(_WORD_ROW) or not (text := cells[11].strip()):
            continue
        block, paragraph, line, _, left, top, width, height = map(int, cells[2:10])
        percent = int(float(cells[10]))
        if percent >= 0:
            number = (block * 1000 + paragraph) * 1000 + line
            words.append(OcrWord(text, left, top, left + width, top + height, min(1.0, percent / 100), number))
    return words


def _weight(words: list[OcrWord]) -> float:
    return sum(len(w.text) * w.confidence for w in words if w.confidence > 0.6 and len(w.text) > 1)

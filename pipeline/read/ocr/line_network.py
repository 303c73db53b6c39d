"""A network that reads a strip of one line, as a second opinion beside the page engine.

The network is AsterNet for Vietnamese (MIT), a convolutional and recurrent net with connectionist temporal
classification, whose ONNX weights lie inside the PyPI package ``asterocr``.  Only that file is used: nothing of the
package is imported, nothing is fetched.  Its errors are others than Tesseract's, which is its whole use here; alone it
reads printed pages worse (286 words of 5,201 wrong against 214, on eleven transcribed pages).
"""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.read.ctc import log_probability, log_softmax
from pipeline.read.model import Image
from pipeline.read.networks import session
from pipeline.read.ocr.cache import entry_path, keep

HEIGHT = 32  # rows of a strip
WIDEST = 1020  # columns of a strip: the network knows 256 places, one for four columns
UNKNOWN = -99.0  # log-probability of a text with a sign outside the alphabet


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the network reads in a strip, with the log-probability of that text and of each text it was asked about."""

    text: str
    certainty: float
    asked: tuple[float, ...]


class LineNetwork:
    """The network, loaded when it is first asked.  ``alphabet`` follows the blank, which is symbol 0."""

    def __init__(self, weights: Path, vocabulary: Path, folder: Path | None = None) -> None:
        self._weights = weights
        self.alphabet = "".join(json.loads(vocabulary.read_text(encoding="utf-8"))["chars"][1:])
        self._version = weights.stat().st_size
        self._folder = folder

    @cached_property
    def _session(self) -> Any:
        return session(str(self._weights))

    def opinion(self, grey: Image, asked: tuple[str, ...]) -> Opinion:
        """Read a strip ((rows, columns) uint8, dark print on light paper) and weigh the texts ``asked`` about."""
        path = entry_path(self._folder, grey, "line-network", self._version, asked) if self._folder else None
        if path is not None:
            try:
                text, certainty, known = json.loads(path.read_text(encoding="utf-8"))
                return Opinion(text, certainty, tuple(known))
            except (OSError, ValueError, TypeError):
                pass
        scores = self._scores(grey)
        text = self._likeliest(scores)
        found = Opinion(text, self._weigh(scores, text), tuple(self._weigh(scores, one) for one in asked))
        if path is not None:
            keep(path, [found.text, found.certainty, found.asked])
        return found

    def _scores(self, grey: Image) -> np.ndarray:
        rows, columns = grey.shape
        width = min(WIDEST, max(HEIGHT, columns * HEIGHT // rows))
        width += -width % 4
        way = cv2.INTER_AREA if rows > HEIGHT else cv2.INTER_LINEAR
        level = cv2.resize(grey, (width, HEIGHT), interpolation=way).astype(np.float32) / 127.5 - 1
        logits = self._session.run(None, {self._session.get_inputs()[0].name: np.stack([level] * 3)[None]})[0][:, 0]
        return log_softmax(logits)

    def _likeliest(self, scores: np.ndarray) -> str:
        best = scores.argmax(axis=-1)
        new = np.concatenate(([True], best[1:] != best[:-1])) & (best > 0)
        return "".join(self.alphabet[symbol - 1] for symbol in best[new])

    def _weigh(self, scores: np.ndarray, text: str) -> float:
        if not all(sign in self.alphabet for sign in text):
            return UNKNOWN
        return float(log_probability(scores, [text], self.alphabet)[0])


@lru_cache(maxsize=2)
def line_network(folder: Path | None = None) -> LineNetwork | None:
    """The network, remembering its opinions in ``folder`` when one is given; None where the weights are not there."""
    found = importlib.util.find_spec("asterocr")
    for place in (found.submodule_search_locations or []) if found else []:
        assets = Path(place) / "assets"
        if (assets / "asternet.onnx").is_file() and (assets / "vocab.json").is_file():
            return LineNetwork(assets / "asternet.onnx", assets / "vocab.json", folder)
    return None

"""Handwritten numbers: a strip of ink → digits with a probability, by the network of ``models/handwriting``.

The probability of a string is the network's own, summed over every way to write it along the strip (connectionist
temporal classification, Graves et al. 2006), and averaged over several framings of the same ink: a reading that
hangs on a pixel of the frame is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import cv2
import numpy as np

from pipeline.read.ctc import log_probability
from pipeline.read.model import Image

ALPHABET = "0123456789/"
INPUT_HEIGHT, INPUT_WIDTH = 48, 160
WIDTHS = (72, 112, INPUT_WIDTH)  # a strip is read at the least of these that holds its ink
KEPT = 4  # strings of each framing that are weighed
NEGLIGIBLE = -9.0  # log-probability of a symbol that no string is grown by
_EDGE = 4  # columns of paper on either side


def to_input(grey: Image, fill: float = 0.85) -> Image:
    """A grey crop as the network takes it.

    Returns (INPUT_HEIGHT, INPUT_WIDTH) uint8, ink 255 on 0; the crop's height becomes ``fill`` of the strip's.
    """
    paper, ink = np.percentile(grey, [85, 1])
    level = np.clip((paper - grey.astype(np.float32)) / max(40.0, paper - ink), 0, 1)
    scale = INPUT_HEIGHT * fill / grey.shape[0]
    width = min(INPUT_WIDTH - 2 * _EDGE, max(4, round(grey.shape[1] * scale)))
    height = max(4, round(INPUT_HEIGHT * fill))
    small = cv2.resize(level, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    strip = np.zeros((INPUT_HEIGHT, INPUT_WIDTH), np.uint8)
    top = (INPUT_HEIGHT - height) // 2
    strip[top : top + height, _EDGE : _EDGE + width] = np.round(255 * small).astype(np.uint8)
    return strip


def width_of(strip: Image) -> int:
    """The width at which a strip is trained and read: what holds its ink and a margin."""
    columns = np.flatnonzero(strip.any(axis=0))
    used = (int(columns[-1]) + 1 if len(columns) else 0) + 2 * _EDGE
    return next((width for width in WIDTHS if used <= width), INPUT_WIDTH)


class DigitReader:
    """The networks, loaded once; ``read`` gives the likeliest digits of one number from its framings."""

    def __init__(self, models: Sequence[bytes]) -> None:
        import onnxruntime  # loaded with the first handwritten number, not with the program

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._sessions = [
            onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"]) for model in models
        ]

    def read(self, strips: Sequence[Image]) -> list[tuple[str, float]]:
        """The likeliest strings of one number with their probabilities, best first; they add up to at most 1.

        ``strips`` are framings of the same ink, each (INPUT_HEIGHT, INPUT_WIDTH) uint8 as ``to_input`` makes them.
        """
        width = width_of(np.max(np.stack(strips), axis=0))
        batch = np.stack(strips)[:, None, :, :width].astype(np.float32) / 255
        scores = np.concatenate([_log_softmax(session.run(None, {"strip": batch})[0]) for session in self._sessions])
        candidates = {text for row in scores for text in likely_texts(row)[:KEPT]}
        means = [(text, float(np.exp(log_probability(scores, text, ALPHABET)).mean())) for text in candidates]
        return sorted(means, key=lambda pair: -pair[1])


@lru_cache(maxsize=1)
def digit_reader() -> DigitReader | None:
    """The reader with the weights of this package; None when the package holds none."""
    folder = files("pipeline.read") / "weights"
    if not folder.is_dir():
        return None
    weights = sorted((item for item in folder.iterdir() if item.name.startswith("digits-")), key=lambda item: item.name)
    return DigitReader([item.read_bytes() for item in weights]) if weights else None


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def likely_texts(scores: np.ndarray, alphabet: str = ALPHABET, beam: int = 8) -> list[str]:
    """The likeliest strings of ``scores`` (places, 1 + len(alphabet)) log-probabilities, by prefix beam search."""
    beams: dict[str, tuple[float, float]] = {"": (0.0, -np.inf)}  # prefix → ends in blank, ends in its last symbol
    for row in scores:
        grown: dict[str, list[float]] = {}
        symbols = [int(s) for s in np.argsort(row[1:])[-3:] + 1 if row[s] > NEGLIGIBLE]
        for prefix, (blank, symbol) in beams.items():
            both = np.logaddexp(blank, symbol)
            kept = grown.setdefault(prefix, [-np.inf, -np.inf])
            kept[0] = np.logaddexp(kept[0], both + row[0])
            if prefix:
                last = alphabet.index(prefix[-1]) + 1
                kept[1] = np.logaddexp(kept[1], symbol + row[last])
            for at in symbols:
                char = alphabet[at - 1]
                longer = grown.setdefault(prefix + char, [-np.inf, -np.inf])
                base = blank if prefix.endswith(char) else both
                longer[1] = np.logaddexp(longer[1], base + row[at])
        best = sorted(grown, key=lambda p: -float(np.logaddexp(grown[p][0], grown[p][1])))[:beam]
        beams = {prefix: (grown[prefix][0], grown[prefix][1]) for prefix in best}
    return list(beams)

"""Networks as ONNX files: loaded when they are first asked, not with the program, and run on one thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np

from pipeline.read.ctc import log_softmax


def session(model: bytes | str) -> Any:
    """An onnxruntime session for the bytes or the path of a model; pages, not networks, are what runs side by side."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Networks:
    """Networks of one kind, trained apart, that are asked together; ``weights`` are files of this package."""

    def __init__(self, weights: Sequence[Any]) -> None:
        self._weights = weights

    @cached_property
    def _sessions(self) -> list[Any]:
        return [session(item.read_bytes()) for item in self._weights]

    def scores(self, strips: np.ndarray) -> np.ndarray:
        """Strips of one width ((n, rows, columns) uint8) → log-probabilities (networks x n, places, symbols)."""
        batch = strips[:, None].astype(np.float32) / 255
        return np.concatenate([log_softmax(one.run(None, {"strip": batch})[0]) for one in self._sessions])


def packaged(kind: str) -> Networks | None:
    """The networks ``weights/KIND-*.onnx`` of this package; None when it holds none."""
    folder = files("pipeline.read") / "weights"
    if not folder.is_dir():
        return None
    weights = sorted((item for item in folder.iterdir() if item.name.startswith(f"{kind}-")), key=lambda i: i.name)
    return Networks(weights) if weights else None

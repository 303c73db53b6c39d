"""How far stated probabilities hold: reliability, expected calibration error, Brier score, coverage and risk.

All take ``stated`` (n,) probabilities 0..1 and ``right`` (n,) booleans or 0/1, and nothing that is nan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
BINS = 8


@dataclass(frozen=True, slots=True)
class Bin:
    """Values of like probability: their number, mean stated probability, share right, and its 95 % interval."""

    count: int
    stated: float
    right: float
    low: float
    high: float


def wilson(right: int, count: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927); (0, 1) without any values."""
    if count == 0:
        return 0.0, 1.0
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * float(np.sqrt(share * (1 - share) / count + z * z / (4 * count * count)))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def reliability(stated: ArrayLike, right: ArrayLike, bins: int = BINS) -> list[Bin]:
    """Bins of equal numbers of values, least probable first; fewer bins where there are few values."""
    p, y = np.asarray(stated, dtype=float), np.asarray(right, dtype=float)
    order = np.argsort(p, kind="stable")
    found = []
    for part in np.array_split(order, max(1, min(bins, len(p) // 5))):
        if len(part):
            low, high = wilson(int(y[part].sum()), len(part))
            found.append(Bin(len(part), float(p[part].mean()), float(y[part].mean()), low, high))
    return found


def calibration_error(stated: ArrayLike, right: ArrayLike, bins: int = BINS) -> float | None:
    """Mean distance of stated and observed share over bins of equal numbers (ECE); None without values."""
    made = reliability(stated, right, bins)
    total = sum(one.count for one in made)
    return sum(one.count * abs(one.stated - one.right) for one in made) / total if total else None


def brier(stated: ArrayLike, right: ArrayLike) -> float:
    """Mean squared distance of probability and outcome."""
    return float(np.mean((np.asarray(stated, dtype=float) - np.asarray(right, dtype=float)) ** 2))


def log_loss(stated: ArrayLike, right: ArrayLike) -> float:
    """Mean negative log likelihood, natural logarithm; probabilities are cut at 0.001 and 0.999."""
    p, y = np.clip(np.asarray(stated, dtype=float), 0.001, 0.999), np.asarray(right, dtype=float)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def coverage_risk(stated: ArrayLike, right: ArrayLike) -> tuple[Array, Array]:
    """Share of values kept, and share of wrong ones among them, keeping the most probable first.

    Both of length n.  Values of one probability are kept together: each takes the risk of the last of them.
    """
    p, y = np.asarray(stated, dtype=float), np.asarray(right, dtype=float)
    order = np.argsort(-p, kind="stable")
    count = np.arange(1, len(p) + 1)
    risk = np.cumsum(1 - y[order]) / count
    last = np.searchsorted(-p[order], -p[order], side="right") - 1
    return count / max(1, len(p)), risk[last]

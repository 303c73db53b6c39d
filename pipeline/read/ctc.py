"""Connectionist temporal classification (Graves et al. 2006): how probable a text is along a strip."""

from __future__ import annotations

import numpy as np


def log_probability(scores: np.ndarray, text: str, alphabet: str) -> np.ndarray:
    """Log of the probability that ``scores`` spell ``text``, over all alignments.

    ``scores`` are log-probabilities (…, places, 1 + len(alphabet)), the blank first; the answer has the
    shape of the leading axes.
    """
    symbols = [0]
    for char in text:
        symbols += [alphabet.index(char) + 1, 0]
    skips = np.array([k >= 2 and symbols[k] != 0 and symbols[k] != symbols[k - 2] for k in range(len(symbols))])
    emitted = scores[..., symbols]
    alpha = np.full(emitted.shape[:-2] + emitted.shape[-1:], -np.inf)
    alpha[..., :2] = emitted[..., 0, :2]
    for place in range(1, emitted.shape[-2]):
        one = np.full_like(alpha, -np.inf)
        one[..., 1:] = alpha[..., :-1]
        two = np.full_like(alpha, -np.inf)
        two[..., 2:] = alpha[..., :-2]
        two[..., ~skips] = -np.inf
        alpha = np.logaddexp(np.logaddexp(alpha, one), two) + emitted[..., place, :]
    return np.asarray(np.logaddexp.reduce(alpha[..., -2:], axis=-1))

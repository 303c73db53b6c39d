"""Connectionist temporal classification (Graves et al. 2006): which texts a strip may hold, how probable, and where.

Scores are log-probabilities (…, places, 1 + len(alphabet)), the blank first.
"""

from __future__ import annotations

import numpy as np

KEPT = 4  # texts of each strip that are weighed
NEGLIGIBLE = -9.0  # log-probability of a symbol that no text is grown by


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def log_probability(scores: np.ndarray, text: str, alphabet: str) -> np.ndarray:
    """Log of the probability that ``scores`` spell ``text``, over all alignments.

    The answer has the shape of the leading axes of ``scores``.
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


def likely_texts(scores: np.ndarray, alphabet: str, beam: int = 8) -> list[str]:
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


def weighed_texts(scores: np.ndarray, alphabet: str) -> list[tuple[str, float]]:
    """The likeliest texts of several strips of one line with their probabilities, averaged over the strips, best first.

    ``scores`` is (strips, places, 1 + len(alphabet)); the probabilities add up to at most 1.
    """
    texts = {text for row in scores for text in likely_texts(row, alphabet)[:KEPT]}
    means = [(text, float(np.exp(log_probability(scores, text, alphabet)).mean())) for text in texts]
    return sorted(means, key=lambda pair: -pair[1])


def align(scores: np.ndarray, text: str, alphabet: str) -> list[int] | None:
    """Place of each sign of ``text`` along one strip by its most probable alignment (Viterbi); None when it has none.

    ``scores`` are log-probabilities (places, 1 + len(alphabet)), the blank first.
    """
    symbols = [0]
    for sign in text:
        symbols += [alphabet.index(sign) + 1, 0]
    emitted = scores[:, symbols]
    length = len(symbols)
    if length > 2 * len(scores):
        return None
    best = np.full(length, -np.inf)
    best[:2] = emitted[0, :2]
    back = np.zeros(emitted.shape, dtype=np.int8)
    for at in range(1, len(emitted)):
        moves = np.stack([best, np.concatenate(([-np.inf], best[:-1])), np.concatenate(([-np.inf] * 2, best[:-2]))])
        for k in range(length):
            if symbols[k] == 0 or (k >= 2 and symbols[k] == symbols[k - 2]):
                moves[2, k] = -np.inf
        back[at] = moves.argmax(axis=0)
        best = moves.max(axis=0) + emitted[at]
    state = length - 1 if best[-1] >= best[-2] else length - 2
    path = [state]
    for at in range(len(emitted) - 1, 0, -1):
        state -= int(back[at, state])
        path.append(state)
    path.reverse()
    where: dict[int, int] = {}
    for at, state in enumerate(path):
        if symbols[state] and (state not in where or emitted[at, state] > emitted[where[state], state]):
            where[state] = at
    if len(where) != len(text):
        return None
    return [where[2 * k + 1] for k in range(len(text))]

"""Connectionist temporal classification (Graves et al. 2006): which texts a strip may hold, how probable, and where.

Scores are log-probabilities (…, places, 1 + len(alphabet)), the blank first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

KEPT = 4  # texts of each strip that are weighed
NEGLIGIBLE = -9.0  # log-probability of a symbol that no text is grown by
RESCALED = 8  # places after which probabilities are scaled up, so that those of long strips do not vanish
SURELY_BLANK = -1e-3  # log-probability of the blank from which a place holds nothing


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def log_probability(scores: np.ndarray, texts: Sequence[str], alphabet: str) -> np.ndarray:
    """Logs of the probabilities that ``scores`` spell each of ``texts``, over all alignments.

    The answer has the shape of the leading axes of ``scores``, and one of texts behind them.
    """
    length = 2 * max(map(len, texts), default=0) + 1
    symbols = np.zeros((len(texts), length), dtype=np.intp)  # blanks and signs in turn, blanks behind the end
    for at, text in enumerate(texts):
        symbols[at, 1 : 2 * len(text) : 2] = [alphabet.index(char) + 1 for char in text]
    skips = np.zeros(symbols.shape)
    skips[:, 2:] = (symbols[:, 2:] != 0) & (symbols[:, 2:] != symbols[:, :-2])
    emitted = np.exp(scores[..., symbols])
    # Two empty states before the first, so that every state has two before it.
    alpha = np.zeros((*scores.shape[:-2], len(texts), length + 2))
    alpha[..., 2:4] = emitted[..., 0, :, :2]
    whole = np.zeros(alpha.shape[:-1])
    for place in range(1, scores.shape[-2]):
        reached = alpha[..., 2:] + alpha[..., 1:-1] + alpha[..., :-2] * skips
        np.multiply(reached, emitted[..., place, :, :], out=alpha[..., 2:])
        if place % RESCALED == 0:
            largest = np.maximum(alpha.max(axis=-1), np.finfo(float).tiny)
            alpha /= largest[..., None]
            whole += np.log(largest)
    ends = np.array([[2 * len(text) + 1, 2 * len(text) + 2] for text in texts])  # the last sign, the blank behind it
    last = np.take_along_axis(alpha, np.broadcast_to(ends, (*alpha.shape[:-1], 2)), axis=-1)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(last.sum(axis=-1)) + whole)


def likely_texts(
    scores: np.ndarray, alphabet: str, beam: int = 8, tried: int = 3,
    may_follow: Callable[[str, str], bool] | None = None,
) -> list[str]:  # fmt: skip
    """The likeliest strings of ``scores`` (places, 1 + len(alphabet)) log-probabilities, by prefix beam search.

    At each place the ``tried`` likeliest signs are; ``may_follow`` says which sign a prefix may be grown by.
    """
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # prefix → ends in blank, ends in its last symbol
    for row in _without_runs_of_blanks(scores):
        shares = np.exp(row).tolist()
        symbols = [s for s in (np.argsort(row[1:])[-tried:] + 1).tolist() if row[s] > NEGLIGIBLE]
        grown: dict[str, list[float]] = {}
        for prefix, (blank, symbol) in beams.items():
            both = blank + symbol
            kept = grown.setdefault(prefix, [0.0, 0.0])
            kept[0] += both * shares[0]
            if prefix:
                kept[1] += symbol * shares[alphabet.index(prefix[-1]) + 1]
            for at in symbols:
                char = alphabet[at - 1]
                if may_follow is not None and not may_follow(prefix, char):
                    continue
                longer = grown.setdefault(prefix + char, [0.0, 0.0])
                longer[1] += (blank if prefix.endswith(char) else both) * shares[at]
        best = sorted(grown, key=lambda p: -(grown[p][0] + grown[p][1]))[:beam]
        whole = sum(grown[best[0]]) or 1.0  # keeps the shares of long strips from vanishing
        beams = {prefix: (grown[prefix][0] / whole, grown[prefix][1] / whole) for prefix in best}
    return list(beams)


def _without_runs_of_blanks(scores: np.ndarray) -> np.ndarray:
    """Rows of ``scores``, of each run of places that hold nothing for certain the first only: most of a line."""
    empty = scores[:, 0] > SURELY_BLANK
    return scores[~(empty & np.concatenate(([False], empty[:-1])))]


def weighed_texts(scores: np.ndarray, alphabet: str) -> list[tuple[str, float]]:
    """The likeliest texts of several strips of one line with their probabilities, averaged over the strips, best first.

    ``scores`` is (strips, places, 1 + len(alphabet)); the probabilities add up to at most 1.
    """
    texts = sorted({text for row in scores for text in likely_texts(row, alphabet)[:KEPT]})
    means = np.exp(log_probability(scores, texts, alphabet)).mean(axis=0).tolist()
    return sorted(zip(texts, means, strict=True), key=lambda pair: -pair[1])


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
    held = [k for k in range(length) if symbols[k] == 0 or (k >= 2 and symbols[k] == symbols[k - 2])]
    for at in range(1, len(emitted)):
        moves = np.stack([best, np.concatenate(([-np.inf], best[:-1])), np.concatenate(([-np.inf] * 2, best[:-2]))])
        moves[2, held] = -np.inf  # between two of the same sign a blank must stand
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

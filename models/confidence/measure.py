"""``python -m models.confidence.measure``: calibration on issuers that took no part in the fit.

Each issuer of a real document is left out by itself (all documents of one file count as one issuer's), the table is
fitted on the others, and what it says of the issuer's values is compared with what is right.  Intervals are percentile
intervals of resampled issuers.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.confidence.collect import PAIRS
from models.confidence.fit import Pair, fit, load, probability
from pipeline.record.calibration import WATCHED
from pipeline.workflow.reliability import brier, calibration_error, log_loss

Array = NDArray[np.float64]
FLAGGED = 0.1
"""The most doubtful tenth of a field's values on real papers: what a clerk can be asked to look at."""
LEAST_ERROR, MOST_ERROR = 0.01, 0.1
"""Nothing is flagged whose expected error is below the first, and everything whose expected error is above the last."""
ENOUGH = 10  # values of a field that have a tenth of their own
RESAMPLES = 1000


def groups(pairs: Sequence[Pair]) -> list[str]:
    """Key of the issuer of each pair; issuers that share a file are one."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    for pair in pairs:
        first, *others = pair.issuer.split("+")
        for other in others:
            parent[root(other)] = root(first)
    return [root(pair.issuer.split("+")[0]) for pair in pairs]


def left_out(pairs: Sequence[Pair], pooling: dict[str, float] | None = None) -> Array:
    """What each value of a real document is given by a table of the other issuers; nan for generated ones."""
    keys, said = groups(pairs), np.full(len(pairs), np.nan)
    for key in sorted({key for key, pair in zip(keys, pairs, strict=True) if pair.real}):
        table = fit([pair for k, pair in zip(keys, pairs, strict=True) if k != key], pooling)
        asked = [at for at, (k, pair) in enumerate(zip(keys, pairs, strict=True)) if k == key and pair.real]
        said[asked] = probability(table, [pairs[at] for at in asked])
    return said


def review_thresholds(pairs: Sequence[Pair], said: Array | None = None) -> dict[str, float]:
    """Field → probability below which a value is flagged; "*" for fields without values enough.

    The probability that a tenth of the field's values on real papers falls below, but no more than 0.99, so that
    nothing is flagged that is right in more than 99 of 100, and no less than 0.9.
    """
    said = left_out(pairs) if said is None else said
    values: dict[str, list[float]] = {}
    for pair, p in zip(pairs, said, strict=True):
        if pair.real and not pair.score.suggested and not np.isnan(p):
            values.setdefault(pair.score.field, []).append(float(p))

    def bound(some: list[float]) -> float:
        return round(float(np.clip(np.quantile(some, FLAGGED), 1 - MOST_ERROR, 1 - LEAST_ERROR)), 4)

    own = {field: bound(some) for field, some in sorted(values.items()) if len(some) >= ENOUGH}
    return own | {"*": bound([p for field in WATCHED for p in values.get(field, [])])}


def interval(pairs: Sequence[Pair], chosen: Sequence[int], figure: object, *columns: Array) -> tuple[float, float]:
    """95 % percentile interval of ``figure(*columns)`` over resampled issuers of the ``chosen`` pairs."""
    keys = np.array(groups([pairs[at] for at in chosen]))
    places = {key: np.flatnonzero(keys == key) for key in np.unique(keys)}
    random = np.random.default_rng(20_261_128)
    found = []
    for _ in range(RESAMPLES):
        drawn = np.concatenate([places[key] for key in random.choice(list(places), len(places))])
        value = figure(*(column[drawn] for column in columns))  # type: ignore[operator]
        if value is not None:
            found.append(value)
    return float(np.quantile(found, 0.025)), float(np.quantile(found, 0.975))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m models.confidence.measure", description=__doc__)
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--penalties", action="store_true", help="try strengths of the penalties instead")
    options = parser.parse_args(arguments)
    pairs = [pair for pair in load(options.pairs) if pair.score.raw is not None]
    if options.penalties:
        _penalties(pairs)
        return
    said = left_out(pairs)
    _overall(pairs, said)
    _fields(pairs, said)
    _flags(pairs, said)


def _penalties(pairs: Sequence[Pair]) -> None:
    real = [at for at, pair in enumerate(pairs) if pair.real]
    right = np.array([pairs[at].right for at in real], dtype=float)
    for family, field, rule, slope in itertools.product((1, 4), (1, 4), (1, 4), (4, 16)):
        said = left_out(pairs, {"family": family, "field": field, "rule": rule, "slope": slope})[real]
        print(
            f"{family:3} {field:3} {rule:3} {slope:3}  log loss {log_loss(said, right):.4f}  {brier(said, right):.4f}"
        )


def _overall(pairs: Sequence[Pair], said: Array) -> None:
    raw = np.array([pair.score.raw for pair in pairs], dtype=float)
    right = np.array([pair.right for pair in pairs], dtype=float)
    plain = np.array([not pair.score.suggested for pair in pairs])
    parts = {
        "real": np.array([pair.real for pair in pairs]) & plain,
        "scan": np.array([pair.origin == "scan" for pair in pairs]) & plain,
        "text": np.array([pair.origin == "text" for pair in pairs]) & plain,
    }
    for name, part in parts.items():
        chosen = np.flatnonzero(part)
        if not len(chosen):
            continue
        documents, issuers = {pairs[at].document for at in chosen}, set(groups([pairs[at] for at in chosen]))
        print(f"{name}: {len(chosen)} values, {int((1 - right[chosen]).sum())} wrong, "
              f"{len(documents)} documents, {len(issuers)} issuers")  # fmt: skip
        for title, p in (("raw", raw), ("calibrated", said)):
            for figure in (log_loss, brier, calibration_error):
                low, high = interval(pairs, list(chosen), figure, p[chosen], right[chosen])
                value = figure(p[chosen], right[chosen])
                print(f"  {title:10} {figure.__name__:18} {value:.4f} ({low:.4f} to {high:.4f})")


def _fields(pairs: Sequence[Pair], said: Array) -> None:
    print(f"{'field':24} {'values':>6} {'wrong':>6} {'expected':>9} {'median':>7} {'below':>7}")
    bounds = review_thresholds(pairs, said)
    for field in sorted({pair.score.field for pair in pairs}):
        chosen = [at for at, p in enumerate(pairs) if p.real and p.score.field == field and not p.score.suggested]
        if chosen:
            wrong = sum(not pairs[at].right for at in chosen)
            below = bounds.get(field, bounds["*"])
            p = said[chosen]
            print(f"{field:24} {len(chosen):6} {wrong:6} {(1 - p).sum():9.2f} {np.median(p):7.4f} {below:7.4f}")


def _flags(pairs: Sequence[Pair], said: Array) -> None:
    bounds = review_thresholds(pairs, said)
    for origin in ("scan", "text"):
        chosen = [at for at, pair in enumerate(pairs)
                  if pair.origin == origin and pair.score.field in WATCHED and not pair.score.suggested]  # fmt: skip
        flagged = [at for at in chosen if said[at] < bounds.get(pairs[at].score.field, bounds["*"])]
        if not chosen:
            continue
        documents, warned = {pairs[at].document for at in chosen}, {pairs[at].document for at in flagged}
        wrong, caught = (sum(not pairs[at].right for at in some) for some in (chosen, flagged))
        print(f"{origin}: low_confidence on {len(warned)} of {len(documents)} documents, {len(flagged)} of "
              f"{len(chosen)} watched values flagged; {caught} of {wrong} wrong ones among them")  # fmt: skip


if __name__ == "__main__":
    main()

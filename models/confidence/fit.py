"""``python -m models.confidence.fit``: the table of the product from ``pairs.tsv``, by penalised likelihood.

The model is that of ``pipeline/record/calibration.py``.  Terms of families, fields and rules are drawn to nothing by a
quadratic penalty (the posterior mode under normal priors: partial pooling), slopes of families to the slope they share.
Signs are bounds: a surer reading never lowers the probability and no doubt raises it.  Renditions of one generated
document together weigh as much as ``MADE`` real documents, and all generated ones have a term of their own that the
product leaves out: they were written with the rules in view, so that their level says nothing of real papers.
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.confidence.collect import PAIRS, ROOT
from pipeline.record.calibration import Calibration, calibration_from, doubts, reading_odds, rule_odds
from pipeline.record.scores import Score

TABLE = ROOT / "pipeline" / "record" / "data" / "confidence.json"
FAMILIES = tomllib.loads(Path(__file__).with_name("families.toml").read_text(encoding="utf-8"))["families"]
MADE = 1.0
# Strength of the penalties: 1 / variance of a term in log odds.  Chosen by `measure --penalties` on issuers left out.
POOLING = {"family": 4.0, "field": 4.0, "rule": 4.0, "slope": 16.0, "flag": 0.5}
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """One value: what spoke for it, whose document it is in, and whether it was right."""

    score: Score
    origin: str
    document: str
    issuer: str
    rendition: str
    right: bool

    @property
    def real(self) -> bool:
        return self.origin != "generated"


def load(path: Path = PAIRS) -> list[Pair]:
    """The pairs of a table of ``collect``."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [_pair(row) for row in csv.DictReader(stream, delimiter="\t")]


def _pair(row: dict[str, str]) -> Pair:
    def figure(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    flags = {name: row[name] == "1" for name in ("inferred", "mended", "contested", "suggested")}
    score = Score(row["field"], row["rule"], row["source"], figure("certainty"), figure("reading"), **flags)
    return Pair(score, row["origin"], row["document"], row["issuer"], row["rendition"], row["right"] == "1")


def weights(pairs: Sequence[Pair]) -> Array:
    """1 for a value of a real document; renditions of a generated document share ``MADE``."""
    renditions = Counter(doc for doc, _ in {(p.document, p.rendition) for p in pairs if not p.real})
    return np.array([1.0 if p.real else MADE / renditions[p.document] for p in pairs])


def fit(pairs: Sequence[Pair], pooling: dict[str, float] | None = None) -> dict[str, Any]:
    """Terms and slopes as the table has them, without ``review``."""
    pooling = POOLING | (pooling or {})
    known = [pair for pair in pairs if pair.score.raw is not None]
    family = {field: name for name, fields in FAMILIES.items() for field in fields}
    names: dict[str, int] = {}
    rows: list[list[tuple[int, float]]] = []
    for pair in known:
        rows.append([(names.setdefault(name, len(names)), value) for name, value in _columns(pair, family)])
    design = np.zeros((len(known), len(names)))
    for at, row in enumerate(rows):
        for column, value in row:
            design[at, column] += value
    right = np.array([pair.right for pair in known], dtype=float)
    weight = weights(known)
    strength = np.array([pooling.get(name.split(":")[0], pooling["flag"]) for name in names])
    middle = np.zeros(len(names))
    strength[names["start"]] = 0.0
    # The shared slope is the mean of the families' deviations, which are penalised; itself it is nearly free.
    strength[names["slope"]], middle[names["slope"]] = 0.05, 0.5
    bounds = [_bounds(name) for name in names]

    def cost(terms: Array) -> tuple[float, Array]:
        odds = design @ terms
        chance = 1 / (1 + np.exp(-odds))
        loss = float(np.sum(weight * (np.logaddexp(0, odds) - right * odds)))
        slope = design.T @ (weight * (chance - right))
        off = terms - middle
        return loss + 0.5 * float(np.sum(strength * off**2)), slope + strength * off

    start = middle.copy()
    start[names["start"]] = 3.0
    found = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000})
    terms = {name: round(float(found.x[at]), 4) for name, at in names.items()}
    # A rule that nobody measured is taken for the worst of those that were, or worse by its prior's deviation.
    worst = min(
        [-(pooling["rule"] ** -0.5), *(term - 0.01 for name, term in terms.items() if name.startswith("rule:"))]
    )
    terms |= {"unknown-rule": round(worst, 4), "unknown-field": round(-(pooling["field"] ** -0.5), 4)}
    families = {
        name.split(":")[1]: max(0.0, terms["slope"] + terms[name]) for name in terms if name.startswith("slope:")
    }
    kept = {n: v for n, v in sorted(terms.items()) if not n.startswith("slope:") and n != "generated"}
    return {"families": FAMILIES, "terms": kept, "slopes": {n: round(v, 4) for n, v in sorted(families.items())}}


def _columns(pair: Pair, families: dict[str, str]) -> list[tuple[str, float]]:
    score = pair.score
    family = families[score.field]
    columns = [("start", 1.0), (f"family:{family}", 1.0), (f"field:{score.field}", 1.0), (f"rule:{score.rule}", 1.0)]
    if score.reading is None:
        columns.append(("typed", 1.0))
    else:
        gain = reading_odds(score.reading)
        columns += [("slope", gain), (f"slope:{family}", gain)]
    columns.append(("rule-slope", rule_odds(score.certainty)))
    columns += [(name, 1.0) for name in doubts(score)]
    if not pair.real:
        columns.append(("generated", 1.0))
    return columns


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in ("slope", "rule-slope", "typed"):
        return 0.0, 3.0
    if name in ("inferred", "mended", "contested", "suggested"):
        return None, 0.0
    return None, None


def probability(table: dict[str, Any], pairs: Sequence[Pair]) -> Array:
    """Calibrated probabilities; nan where nothing is known."""
    made: Calibration = calibration_from(table | {"review": table.get("review", {})})
    told = [made.probability(pair.score) for pair in pairs]
    return np.array([np.nan if value is None else value for value in told])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m models.confidence.fit", description=__doc__)
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args(arguments)
    from models.confidence.measure import review_thresholds

    pairs = load(options.pairs)
    table = fit(pairs) | {"review": review_thresholds(pairs)}
    options.out.write_text(json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(pairs)} values → {options.out}")


if __name__ == "__main__":
    main()

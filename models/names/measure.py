"""How often a composed name is given, and how often wrongly: ``python -m models.names.measure [--lines 300]``.

Lines are composed as for training, with another seed and names alone: in script faces, and in plain type with a rim or
strokes across.  ``given`` counts what ``pipeline.read.name_agreement`` would give, ``offered`` what it would suggest.
"""

from __future__ import annotations

import argparse
import sys

import cv2
import numpy as np

from models.names.compose import PLAIN, drawn, faces, given_name, worn
from pipeline.read.model import Image
from pipeline.read.name_agreement import GIVEN, held_by_both
from pipeline.read.name_network import name_reader
from pipeline.read.ocr.line_network import line_network

FRAMES = (1, 3, 5, 8)  # pixels above and below of 60


def strips(grey: Image) -> list[Image]:
    """The framings in which a line is read."""
    pads = [round(p * grey.shape[0] / 60) for p in FRAMES]
    framed = [cv2.copyMakeBorder(grey, p, p, 6, 6, cv2.BORDER_CONSTANT, value=255) for p in pads]
    return [np.ascontiguousarray(one) for one in framed]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m models.names.measure", description=__doc__)
    parser.add_argument("--lines", type=int, default=300, help="lines of either kind")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    network, reader = line_network(), name_reader()
    if network is None or reader is None:
        print("The networks are not installed.", file=sys.stderr)
        return 1
    for kind, chosen in (("script faces", faces()), ("plain type", PLAIN)):
        rng = np.random.default_rng(given.seed)
        counts = dict.fromkeys(("given", "wrong", "offered", "offered wrongly"), 0)
        done = 0
        while done < given.lines:
            text = given_name(rng)
            ink = drawn(text, str(rng.choice(np.array(chosen))), rng, float(rng.uniform(-1.5, 4)))
            if ink is None:
                continue
            done += 1
            held = held_by_both(strips(worn(ink, rng)), network, reader)
            if held is None:
                continue
            sure, right = held[1] >= GIVEN[2], held[0].lower() == text.lower()
            counts["given" if sure else "offered"] += 1
            counts["wrong" if sure else "offered wrongly"] += not right
            if sure and not right:
                print(f"{text} → {held[0]}", file=sys.stderr)
        print(
            f"{kind:14} {done:5} lines  " + "  ".join(f"{name} {count}" for name, count in counts.items()), flush=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

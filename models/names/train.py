"""Train the reader of name stamps: ``python -m models.names.train OUT.onnx``.

Composes its lines while it trains, every line seen once, and writes the weights as ONNX after each round with a line
of figures to stderr.  About an hour and a half on two cores for the defaults.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import torch

from models.handwriting.continued import reopen_norms, with_weights
from models.handwriting.train import augment, export, greedy
from models.handwriting.train_lines import batches, one_step, stacked
from models.names.compose import many
from models.names.network import NameLine
from pipeline.read.name_network import SIGNS

CHUNK = 2000
SIZE = 16  # strips of a batch
HARD_FROM = 0.3  # share of the training after which every line is a whole worn name
HELD = 600
CONTINUED = 1e-3  # highest learning rate where trained weights are gone on with
AHEAD = 3  # chunks composed while one is learnt from


def train(samples: int, seed: int, out: Path, workers: int, start: Path | None = None) -> NameLine:
    """Train on ``samples`` composed lines, from the weights at ``start`` where given; ``out`` is written meanwhile."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    model = NameLine(len(SIGNS))
    if start:
        with_weights(model, start, model.layers())
        some, _ = many(800, 800_000 + seed)
        reopen_norms(model, (augment(stacked([some[k] for k in chosen]), rng) for chosen in batches(some, rng, SIZE)))
    model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    chunks = samples // CHUNK
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, CONTINUED if start else 2e-3, total_steps=chunks * (CHUNK // SIZE), pct_start=0.12
    )
    held_strips, held_texts = many(HELD, 900_000 + seed)
    begun = time.monotonic()
    with ProcessPoolExecutor(workers) as pool:
        hard = [1.0 if start else min(1.0, k / (HARD_FROM * chunks)) for k in range(chunks)]
        pending = [pool.submit(many, CHUNK, seed * 100_003 + k, hard[k]) for k in range(min(AHEAD, chunks))]
        for done in range(chunks):
            strips, texts = pending.pop(0).result()
            if (then := done + AHEAD) < chunks:
                pending.append(pool.submit(many, CHUNK, seed * 100_003 + then, hard[then]))
            model.train()
            total, count = 0.0, 0
            for chosen in batches(strips, rng, SIZE):
                batch = augment(stacked([strips[k] for k in chosen]), rng)
                total += one_step(model, batch, [texts[k] for k in chosen], SIGNS, optimiser, schedule)
                count += 1
            told = f"{done + 1}/{chunks}  loss {total / count:.4f}  {time.monotonic() - begun:.0f} s"
            if (done + 1) % 5 == 0 or done + 1 == chunks:
                model.eval()
                with torch.inference_mode():
                    right = sum(
                        greedy(model(stacked([s])), SIGNS) == [t] for s, t in zip(held_strips, held_texts, strict=True)
                    )
                told += f"  held-out names right {right / HELD:.4f}"
                export(model, out)
            print(told, file=sys.stderr, flush=True)
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--samples", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--start", type=Path, help="ONNX weights to go on from; every line is hard then")
    given = parser.parse_args()
    train(given.samples, given.seed, given.out, given.workers, given.start)


if __name__ == "__main__":
    main()

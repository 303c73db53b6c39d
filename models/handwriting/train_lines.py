"""Train the reader of whole lines: ``python -m models.handwriting.train_lines OUT.onnx --start digits-1.onnx``.

Starts from the weights of a trained digit network, composes its lines, writes the weights as ONNX and a line of figures
per epoch to stderr.  Half an hour to an hour on one core for the defaults.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import nn

from models.handwriting.continued import with_weights
from models.handwriting.form_lines import many
from models.handwriting.network import DigitStrip, FormLine
from models.handwriting.train import augment, export, greedy
from pipeline.read.form_line import HEIGHT, SIGNS
from pipeline.read.handwriting import ALPHABET

CHUNK = 1000
SIZE = 32


def samples(count: int, seed: int, workers: int, part: str = "train") -> tuple[list[np.ndarray], list[str]]:
    """``count`` composed lines; the same for the same seed however many workers make them."""
    sizes = [min(CHUNK, count - at) for at in range(0, count, CHUNK)]
    seeds = [seed * 100_003 + k for k in range(len(sizes))]
    with ProcessPoolExecutor(workers) as pool:
        made = list(pool.map(many, sizes, seeds, [part] * len(sizes)))
    return [strip for strips, _ in made for strip in strips], [text for _, texts in made for text in texts]


def started(path: Path) -> FormLine:
    """A network whose features, and whose digits, are those of a trained digit network."""
    model, digits = FormLine(len(SIGNS)), DigitStrip()
    with_weights(digits, path, digits.layers())
    *blocks, (collapse, norm), (near, _), (out, _) = digits.layers()
    own = [layer for layer in model.features if isinstance(layer, nn.Conv2d)]
    assert norm is not None
    with torch.no_grad():
        for layer, (convolution, changes_nothing) in zip(own, blocks, strict=True):
            assert changes_nothing is not None
            layer.weight.copy_(convolution.weight)
            layer.bias.copy_(changes_nothing.bias)
        model.near.weight.copy_(near.weight)
        model.near.bias.copy_(near.bias)
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        model.collapse.weight.copy_(collapse.weight * scale[:, None, None, None])
        model.collapse.bias.copy_((collapse.bias - norm.running_mean) * scale + norm.bias)
        model.far.weight.mul_(0.1)
        rows = len(ALPHABET) + 1
        model.out.weight[:rows].copy_(out.weight)
        model.out.bias[:rows].copy_(out.bias)
    return model


def batches(strips: list[np.ndarray], rng: torch.Generator, size: int = SIZE) -> list[list[int]]:
    """Shuffled batches of strips of about one width."""
    widths = torch.tensor([strip.shape[1] for strip in strips]) + torch.rand(len(strips), generator=rng) * 40
    order = torch.argsort(widths).tolist()
    made = [order[k : k + size] for k in range(0, len(order) - size + 1, size)]
    return [made[k] for k in torch.randperm(len(made), generator=rng).tolist()]


def stacked(strips: list[np.ndarray]) -> torch.Tensor:
    width = max(strip.shape[1] for strip in strips)
    batch = np.zeros((len(strips), 1, HEIGHT, width), np.float32)
    for at, strip in enumerate(strips):
        batch[at, 0, :, : strip.shape[1]] = strip
    return torch.from_numpy(batch / 255)


def accuracy(model: FormLine, strips: list[np.ndarray], texts: list[str]) -> float:
    model.eval()
    right = 0
    with torch.inference_mode():
        for strip, text in zip(strips, texts, strict=True):
            right += greedy(model(stacked([strip])), SIGNS) == [text]
    return right / max(1, len(texts))


def one_step(
    model: nn.Module, batch: torch.Tensor, texts: list[str], signs: str,
    optimiser: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LRScheduler,
) -> float:  # fmt: skip
    """Learn one batch of strips of these ``texts``; their loss by connectionist temporal classification."""
    scores = model(batch.contiguous(memory_format=torch.channels_last)).log_softmax(2).transpose(0, 1)
    wanted = [torch.tensor([signs.index(c) + 1 for c in text], dtype=torch.long) for text in texts]
    lengths = torch.tensor([len(w) for w in wanted])
    places = torch.full((len(texts),), scores.shape[0])
    loss = nn.functional.ctc_loss(scores, torch.cat(wanted), places, lengths, zero_infinity=True)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimiser.step()
    schedule.step()
    return float(loss.detach())


def train(
    model: FormLine, strips: list[np.ndarray], texts: list[str], held: tuple[list[np.ndarray], list[str]],
    epochs: int, seed: int, out: Path,
) -> FormLine:  # fmt: skip
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    model = model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    steps = epochs * (len(strips) // SIZE)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1.2e-3, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        model.train()
        begun, total = time.monotonic(), 0.0
        plan = batches(strips, rng)
        for done, chosen in enumerate(plan, 1):
            batch = augment(stacked([strips[k] for k in chosen]), rng)
            total += one_step(model, batch, [texts[k] for k in chosen], SIGNS, optimiser, schedule)
            if done % 100 == 0:
                told = f"  {done}/{len(plan)}  loss {total / done:.4f}  {time.monotonic() - begun:.0f} s"
                print(told, file=sys.stderr, flush=True)
        right = accuracy(model, *held)
        print(f"epoch {epoch + 1}/{epochs}  held-out lines right {right:.4f}", file=sys.stderr, flush=True)
        export(model, out)
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="ONNX weights of a digit network")
    parser.add_argument("--samples", type=int, default=28_000)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    strips, texts = samples(given.samples, given.seed, given.workers)
    held = samples(1000, 900_000 + given.seed, given.workers, "t10k")
    print(f"{len(strips)} lines composed", file=sys.stderr, flush=True)
    train(started(given.start), strips, texts, held, given.epochs, given.seed, given.out)


if __name__ == "__main__":
    main()

"""Train the recogniser: ``python -m models.handwriting.train OUT.onnx [--samples N] [--epochs N] [--seed N]``.

Composes its samples, trains on them with augmentation, writes the weights as ONNX and a line of figures per epoch to
stderr.  One core of an office PC needs about an hour for the defaults; a GPU is used when there is one.
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

from models.handwriting.compose import many
from models.handwriting.continued import hold_norms, with_weights
from models.handwriting.network import DigitStrip
from pipeline.read.handwriting import ALPHABET, INPUT_HEIGHT, INPUT_WIDTH, WIDTHS, width_of

CHUNK = 5000
CONTINUED = 6e-4  # highest learning rate where trained weights are gone on with


def samples(count: int, seed: int, workers: int, part: str = "train") -> tuple[np.ndarray, list[str]]:
    """``count`` composed samples; the same for the same seed however many workers make them."""
    sizes = [min(CHUNK, count - at) for at in range(0, count, CHUNK)]
    seeds = [seed * 100_003 + k for k in range(len(sizes))]
    with ProcessPoolExecutor(workers) as pool:
        made = list(pool.map(many, sizes, seeds, [part] * len(sizes)))
    return np.concatenate([pictures for pictures, _ in made]), [text for _, texts in made for text in texts]


def augment(batch: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
    """Shifts, contrast and noise on top of what composing did, so that no picture is seen twice."""
    n = batch.shape[0]
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0] = 1 + 0.08 * torch.randn(n, generator=rng)
    theta[:, 1, 1] = 1 + 0.08 * torch.randn(n, generator=rng)
    theta[:, 0, 1] = 0.08 * torch.randn(n, generator=rng)
    theta[:, 0, 2] = 0.03 * torch.randn(n, generator=rng)
    theta[:, 1, 2] = 0.06 * torch.randn(n, generator=rng)
    grid = nn.functional.affine_grid(theta.to(batch.device), list(batch.shape), align_corners=False)
    moved = nn.functional.grid_sample(batch, grid, align_corners=False)
    power = torch.rand(n, 1, 1, 1, generator=rng).to(batch.device) * 0.9 + 0.6
    noise = torch.randn(batch.shape, generator=rng).to(batch.device) * 0.03
    return (moved.clamp(0, 1) ** power + noise).clamp(0, 1)


def batches(pictures: np.ndarray, size: int, rng: torch.Generator) -> list[tuple[int, list[int]]]:
    """Shuffled batches of strips of one width: (width, indices)."""
    fits = np.array([width_of(picture) for picture in pictures])
    made = []
    for width in WIDTHS:
        chosen = np.flatnonzero(fits == width)
        order = chosen[torch.randperm(len(chosen), generator=rng).numpy()].tolist()
        made += [(width, order[k : k + size]) for k in range(0, len(order) - size + 1, size)]
    return [made[k] for k in torch.randperm(len(made), generator=rng).tolist()]


def greedy(logits: torch.Tensor, alphabet: str = ALPHABET) -> list[str]:
    """Best path of each strip, repeats and blanks dropped."""
    texts = []
    for row in logits.argmax(2).tolist():
        last, text = 0, ""
        for symbol in row:
            if symbol and symbol != last:
                text += alphabet[symbol - 1]
            last = symbol
        texts.append(text)
    return texts


def train(
    pictures: np.ndarray, texts: list[str], held: tuple[np.ndarray, list[str]], epochs: int, seed: int,
    start: Path | None = None,
) -> DigitStrip:  # fmt: skip
    """A trained network; one that goes on from the weights at ``start`` learns more slowly."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = DigitStrip()
    if start:
        with_weights(model, start, model.layers())
    model = model.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    rate = CONTINUED if start else 3e-3
    size = 64
    rng = torch.Generator().manual_seed(seed)
    steps = epochs * len(batches(pictures, size, rng))
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.1)
    loss_of = nn.CTCLoss(zero_infinity=True)
    targets = [torch.tensor([ALPHABET.index(c) + 1 for c in text], dtype=torch.long) for text in texts]
    for epoch in range(epochs):
        model.train()
        if start:
            hold_norms(model)
        started, total = time.monotonic(), 0.0
        plan = batches(pictures, size, rng)
        for done, (width, chosen) in enumerate(plan, 1):
            batch = torch.from_numpy(pictures[chosen, :, :width]).to(device).float().unsqueeze(1) / 255
            batch = augment(batch, rng).contiguous(memory_format=torch.channels_last)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                logits = model(batch)
            scores = logits.float().log_softmax(2).transpose(0, 1).cpu()
            wanted = [targets[k] for k in chosen]
            loss = loss_of(
                scores, torch.cat(wanted), torch.full((size,), scores.shape[0]), torch.tensor([len(w) for w in wanted])
            )
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
            if done % 200 == 0:
                print(f"  {done}/{len(plan)}  loss {total / done:.4f}", file=sys.stderr, flush=True)
        right = accuracy(model, *held)
        print(
            f"epoch {epoch + 1}/{epochs}  loss {total / max(1, len(plan)):.4f}  "
            f"held-out strings right {right:.4f}  {time.monotonic() - started:.0f} s",
            file=sys.stderr, flush=True,
        )  # fmt: skip
    return model.cpu().eval()


def accuracy(model: DigitStrip, pictures: np.ndarray, texts: list[str]) -> float:
    """Share of strings read without a fault, best path, nothing withheld."""
    model.eval()
    device = next(model.parameters()).device
    right = 0
    with torch.inference_mode():
        for picture, text in zip(pictures, texts, strict=True):
            strip = torch.from_numpy(picture[None, None, :, : width_of(picture)]).to(device).float() / 255
            right += greedy(model(strip)) == [text]
    return right / max(1, len(texts))


def export(model: nn.Module, path: Path) -> None:
    """Write ``model`` as ONNX; the number and the width of strips are free."""
    strip = torch.zeros(1, 1, INPUT_HEIGHT, INPUT_WIDTH)
    torch.onnx.export(
        model.eval().float(), (strip,), str(path), input_names=["strip"], output_names=["logits"],
        dynamic_axes={"strip": {0: "n", 3: "width"}, "logits": {0: "n", 1: "places"}}, opset_version=17, dynamo=False,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--samples", type=int, default=140_000)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--start", type=Path, help="ONNX weights to go on from")
    parser.add_argument("--cache", type=Path, help="folder of .npz files of composed samples, to train again on them")
    given = parser.parse_args()
    if given.cache:
        parts = [np.load(path) for path in sorted(given.cache.glob("*.npz"))]
        pictures = np.concatenate([part["X"] for part in parts])
        texts = [str(text) for part in parts for text in part["T"]]
    else:
        pictures, texts = samples(given.samples, given.seed, given.workers)
    held = samples(2000, 900_000 + given.seed, given.workers, "t10k")
    export(train(pictures, texts, held, given.epochs, given.seed, given.start), given.out)


if __name__ == "__main__":
    main()

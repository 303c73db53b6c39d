"""The recogniser: a small convolutional network over a strip, read by connectionist temporal classification.

Graves et al., "Connectionist Temporal Classification" (ICML 2006).  No recurrent part: numbers have no grammar that a
network should learn, and one would make it fill in digits that nobody wrote.
"""

from __future__ import annotations

import torch
from torch import nn

from models.handwriting.continued import Layer
from pipeline.read.handwriting import ALPHABET


def block(into: int, out: int, size: int = 3, stride: tuple[int, int] = (1, 1)) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(into, out, size, stride, size // 2, bias=False), nn.BatchNorm2d(out), nn.ReLU(inplace=True)
    )


def trunk(widths: tuple[int, int, int, int, int], dropped: float) -> nn.Sequential:
    """(n, 1, 48, w) → (n, widths[-1], 3, w / 4): what both readers see before they look along the line."""
    a, b, c, d, e = widths
    return nn.Sequential(
        block(1, a, 5, (2, 1)), nn.MaxPool2d(2), block(a, b), nn.MaxPool2d(2), block(b, c),
        nn.MaxPool2d((2, 1)), nn.Dropout2d(dropped), block(c, d), block(d, e),
    )  # fmt: skip


def layers_of(features: nn.Sequential, collapse: nn.Conv2d, along: nn.Sequential) -> list[Layer]:
    """Convolutions with the normalisation behind each, in the order in which they are passed."""
    blocks: list[Layer] = [(part[0], part[1]) for part in features if isinstance(part, nn.Sequential)]
    last = [*along]
    norms = {at: part for at, part in enumerate(last) if isinstance(part, nn.BatchNorm1d)}
    rest: list[Layer] = [(part, norms.get(at + 1)) for at, part in enumerate(last) if isinstance(part, nn.Conv1d)]
    return [*blocks, (collapse, norms[0]), *rest]


class DigitStrip(nn.Module):
    """(n, 1, 48, 160) ink 0..1 → (n, 40, 12) logits: blank, ten digits, slash, for 40 places from left to right."""

    def __init__(self, widths: tuple[int, int, int, int, int] = (24, 40, 64, 96, 96)) -> None:
        super().__init__()
        self.features = trunk(widths, 0.05)
        self.collapse = nn.Conv2d(widths[-1], 128, (3, 1))
        self.along = nn.Sequential(
            nn.BatchNorm1d(128), nn.ReLU(inplace=True), nn.Dropout(0.1),
            nn.Conv1d(128, 128, 5, padding=2), nn.BatchNorm1d(128), nn.ReLU(inplace=True),
            nn.Conv1d(128, len(ALPHABET) + 1, 3, padding=1),
        )  # fmt: skip

    def layers(self) -> list[Layer]:
        return layers_of(self.features, self.collapse, self.along)

    def forward(self, strip: torch.Tensor) -> torch.Tensor:
        return self.along(self.collapse(self.features(strip)).squeeze(2)).transpose(1, 2)


class FormLine(nn.Module):
    """(n, 1, 48, w) ink 0..1 → (n, w / 4, 1 + signs) logits, for whole lines of stamps and heads.

    The features are those of :class:`DigitStrip`, whose trained weights it starts from; since those come without their
    normalisation (folded at export), it has none.  A dilated layer sees the printed words beside the digits.
    """

    def __init__(self, signs: int, widths: tuple[int, ...] = (24, 40, 64, 96, 96)) -> None:
        super().__init__()
        a, b, c, d, e = widths
        self.features = nn.Sequential(
            nn.Conv2d(1, a, 5, (2, 1), 2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(a, b, 3, 1, 1), nn.ReLU(),
            nn.MaxPool2d(2), nn.Conv2d(b, c, 3, 1, 1), nn.ReLU(), nn.MaxPool2d((2, 1)), nn.Dropout2d(0.03),
            nn.Conv2d(c, d, 3, 1, 1), nn.ReLU(), nn.Conv2d(d, e, 3, 1, 1), nn.ReLU(),
        )  # fmt: skip
        self.collapse = nn.Conv2d(e, 128, (3, 1))
        self.near = nn.Conv1d(128, 128, 5, padding=2)
        self.far = nn.Conv1d(128, 128, 5, padding=8, dilation=4)
        self.out = nn.Conv1d(128, signs + 1, 3, padding=1)

    def forward(self, strip: torch.Tensor) -> torch.Tensor:
        along = torch.relu(self.collapse(self.features(strip)).squeeze(2))
        along = torch.relu(self.near(along))
        along = along + torch.relu(self.far(along))
        return self.out(along).transpose(1, 2)

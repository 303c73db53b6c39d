"""The reader of name stamps: a convolutional network over a line, read by connectionist temporal classification."""

from __future__ import annotations

import torch
from torch import nn

from models.handwriting.continued import Layer
from models.handwriting.network import layers_of, trunk


class NameLine(nn.Module):
    """(n, 1, 48, w) ink 0..1 → (n, w / 4, 1 + signs) logits, for names in script faces.

    Wider than the reader of whole lines (``models/handwriting``), since letters with marks are many; without a
    recurrent part, which would learn which names are common.
    """

    def __init__(self, signs: int, widths: tuple[int, int, int, int, int] = (24, 48, 80, 112, 128)) -> None:
        super().__init__()
        self.features = trunk(widths, 0.03)
        self.collapse = nn.Conv2d(widths[-1], 192, (3, 1))
        self.along = nn.Sequential(
            nn.BatchNorm1d(192), nn.ReLU(inplace=True), nn.Dropout(0.1),
            nn.Conv1d(192, 192, 5, padding=2), nn.BatchNorm1d(192), nn.ReLU(inplace=True),
            nn.Conv1d(192, 192, 5, padding=4, dilation=2), nn.BatchNorm1d(192), nn.ReLU(inplace=True),
            nn.Conv1d(192, signs + 1, 3, padding=1),
        )  # fmt: skip

    def layers(self) -> list[Layer]:
        return layers_of(self.features, self.collapse, self.along)

    def forward(self, strip: torch.Tensor) -> torch.Tensor:
        return self.along(self.collapse(self.features(strip)).squeeze(2)).transpose(1, 2)

"""Going on with trained weights: an exported network has its normalisation folded into its convolutions.

The weights are put back beside a normalisation that changes nothing and is held while training goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

Layer = tuple[nn.Conv1d | nn.Conv2d, nn.BatchNorm1d | nn.BatchNorm2d | None]
"""A convolution and the normalisation behind it."""


def with_weights(model: nn.Module, path: Path, layers: Sequence[Layer]) -> nn.Module:
    """``model`` with the weights of the ONNX file at ``path``; ``layers`` are its own, in the order of the graph.

    Raises ValueError where the file is of another network.
    """
    graph = onnx.load(path).graph
    known = {item.name: torch.from_numpy(numpy_helper.to_array(item).copy()) for item in graph.initializer}
    convolutions = [node for node in graph.node if node.op_type == "Conv"]
    apart = {node.input[0]: node for node in graph.node if node.op_type == "BatchNormalization"}
    if len(convolutions) != len(layers):
        raise ValueError(f"{path} has {len(convolutions)} convolutions, the network {len(layers)}")
    with torch.no_grad():
        for node, (convolution, norm) in zip(convolutions, layers, strict=True):
            weight, bias = known[node.input[1]], known[node.input[2]]
            if convolution.weight.shape != weight.shape:
                raise ValueError(
                    f"{path}: {tuple(weight.shape)} where the network has {tuple(convolution.weight.shape)}"
                )
            convolution.weight.copy_(weight)
            after = next((n for name, n in apart.items() if _leads(graph, node.output[0], name)), None)
            if norm is not None and after is not None:
                for target, name in zip(
                    (norm.weight, norm.bias, norm.running_mean, norm.running_var), after.input[1:5], strict=True
                ):
                    target.copy_(known[name])
            elif norm is not None:
                norm.weight.fill_(1)
                norm.running_mean.zero_()
                norm.running_var.fill_(1 - norm.eps)
                norm.bias.copy_(bias if convolution.bias is None else torch.zeros_like(bias))
            if convolution.bias is not None:
                convolution.bias.copy_(bias)
    return model


def _leads(graph: onnx.GraphProto, output: str, wanted: str) -> bool:
    """Whether ``wanted`` is ``output``, or it with its empty axis dropped."""
    squeezed = {node.input[0]: node.output[0] for node in graph.node if node.op_type == "Squeeze"}
    return wanted in (output, squeezed.get(output))


def hold_norms(model: nn.Module) -> None:
    """Keep the normalisation as it was loaded; to be called after each ``model.train()``."""
    for part in model.modules():
        if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            part.eval()


def reopen_norms(model: nn.Module, inputs: Iterable[torch.Tensor], momentum: float = 0.02) -> None:
    """Make the loaded normalisation normalise again, so that a network goes on learning as fast as it began.

    The statistics that ``inputs`` (strips as for training) have in front of each normalisation are put into it, and its
    scale and shift undo them: at first the network says what it said.
    """
    norms = [part for part in model.modules() if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d)]
    sums: dict[nn.Module, list[torch.Tensor]] = {norm: [] for norm in norms}

    def seen(norm: nn.Module, given: tuple[torch.Tensor, ...]) -> None:
        axes = [0, *range(2, given[0].dim())]
        sums[norm].append(torch.stack([given[0].mean(axes), given[0].square().mean(axes)]))

    hooks = [norm.register_forward_pre_hook(seen) for norm in norms]
    model.eval()
    with torch.inference_mode():
        for batch in inputs:
            model(batch)
    for hook in hooks:
        hook.remove()
    with torch.no_grad():
        for norm in norms:
            mean, square = torch.stack(sums[norm]).mean(0)
            spread = (square - mean.square()).clamp(min=1e-4)
            assert norm.running_mean is not None
            assert norm.running_var is not None
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            shift = norm.bias - norm.running_mean * scale
            norm.weight.copy_(scale * torch.sqrt(spread + norm.eps))
            norm.bias.copy_(shift + scale * mean)
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(spread)
            norm.momentum = momentum

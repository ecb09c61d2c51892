"""The image networks of the paper, in small, written from the published descriptions."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from .model import BatchNorm, Model
from .watch import Watch


class WideResNet(Model):
    """A wide residual network of depth 10 and width 1 (arXiv:1605.07146).

    Blocks normalize before they convolve. The second and the third halve the size of the images.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = _convolution(1, 16, 3)
        self.block1 = _Group(_Residual(16, 16, 1))
        self.block2 = _Group(_Residual(16, 32, 2))
        self.block3 = _Group(_Residual(32, 64, 2))
        self.bn1 = BatchNorm(64)
        self.fc = nn.Linear(64, 10)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        maps = watch.rounded(self.conv1(examples[0]))
        for group in (self.block1, self.block2, self.block3):
            maps = group(maps, watch)
        return _classified(self, maps, watch)


class DenseNet(Model):
    """A densely connected network of depth 10 and growth 6, with bottlenecks (arXiv:1608.06993).

    A transition after the first and the second block halves the channels and the images. The last
    layer has no bias, as the authors of ALI-G have it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = _convolution(1, 12, 3)
        self.block1 = _Group(_Dense(12, 6))
        self.trans1 = _Transition(18, 9)
        self.block2 = _Group(_Dense(9, 6))
        self.trans2 = _Transition(15, 7)
        self.block3 = _Group(_Dense(7, 6))
        self.bn1 = BatchNorm(13)
        self.fc = nn.Linear(13, 10, bias=False)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        maps = watch.rounded(self.conv1(examples[0]))
        for part in (self.block1, self.trans1, self.block2, self.trans2, self.block3):
            maps = part(maps, watch)
        return _classified(self, maps, watch)


class ResNet(Model):
    """A residual network of depth 10 and width 4, as for ImageNet (arXiv:1512.03385).

    A convolution of 7 by 7 and a maximum pooling come before four blocks. Each block but the first
    halves the size of the images.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = _convolution(1, 4, 7, 2)
        self.bn1 = BatchNorm(4)
        self.layer1 = nn.ModuleList([_Basic(4, 4, 1)])
        self.layer2 = nn.ModuleList([_Basic(4, 8, 2)])
        self.layer3 = nn.ModuleList([_Basic(8, 16, 2)])
        self.layer4 = nn.ModuleList([_Basic(16, 32, 2)])
        self.fc = nn.Linear(32, 10)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        maps = _activated(self.bn1, watch.rounded(self.conv1(examples[0])), watch)
        maps = _maximum(maps, watch)
        for group in (self.layer1, self.layer2, self.layer3, self.layer4):
            for block in group:
                maps = block(maps, watch)
        return watch.rounded(self.fc(watch.rounded(maps.mean((2, 3)))))


class _Group(nn.Module):
    """Layers one after the other; their names have the word ``layer``, as in the authors' code."""

    def __init__(self, *layers: nn.Module) -> None:
        super().__init__()
        self.layer = nn.ModuleList(layers)

    def forward(self, maps: Tensor, watch: Watch) -> Tensor:
        for layer in self.layer:
            maps = layer(maps, watch)
        return maps


class _Residual(nn.Module):
    """Two convolutions and a shortcut, which convolves too if the number of channels changes."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.bn1 = BatchNorm(inputs)
        self.conv1 = _convolution(inputs, outputs, 3, stride)
        self.bn2 = BatchNorm(outputs)
        self.conv2 = _convolution(outputs, outputs, 3)
        if inputs != outputs:
            self.convShortcut = _convolution(inputs, outputs, 1, stride)
        self._changes = inputs != outputs

    def forward(self, maps: Tensor, watch: Watch) -> Tensor:
        active = _activated(self.bn1, maps, watch)
        shortcut = watch.rounded(self.convShortcut(active)) if self._changes else maps
        maps = _activated(self.bn2, watch.rounded(self.conv1(active)), watch)
        return watch.rounded(shortcut + watch.rounded(self.conv2(maps)))


class _Dense(nn.Module):
    """A layer that adds channels to its input, through a bottleneck of 4 times as many."""

    def __init__(self, inputs: int, growth: int) -> None:
        super().__init__()
        self.bn1 = BatchNorm(inputs)
        self.conv1 = _convolution(inputs, 4 * growth, 1)
        self.bn2 = BatchNorm(4 * growth)
        self.conv2 = _convolution(4 * growth, growth, 3)

    def forward(self, maps: Tensor, watch: Watch) -> Tensor:
        inner = watch.rounded(self.conv1(_activated(self.bn1, maps, watch)))
        added = watch.rounded(self.conv2(_activated(self.bn2, inner, watch)))
        return torch.cat([maps, added], 1)


class _Transition(nn.Module):
    """A convolution to fewer channels, and the mean of each square of 2 by 2 pixels."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.bn1 = BatchNorm(inputs)
        self.conv1 = _convolution(inputs, outputs, 1)

    def forward(self, maps: Tensor, watch: Watch) -> Tensor:
        fewer = watch.rounded(self.conv1(_activated(self.bn1, maps, watch)))
        return watch.rounded(functional.avg_pool2d(fewer, 2))


class _Basic(nn.Module):
    """Two convolutions, each normalized, and a shortcut, before the last ReLU.

    If the number of channels changes, the shortcut is a normalized convolution.
    """

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = _convolution(inputs, outputs, 3, stride)
        self.bn1 = BatchNorm(outputs)
        self.conv2 = _convolution(outputs, outputs, 3)
        self.bn2 = BatchNorm(outputs)
        if inputs != outputs:
            shortcut = [_convolution(inputs, outputs, 1, stride), BatchNorm(outputs)]
            self.downsample = nn.ModuleList(shortcut)
        self._changes = inputs != outputs

    def forward(self, maps: Tensor, watch: Watch) -> Tensor:
        inner = _activated(self.bn1, watch.rounded(self.conv1(maps)), watch)
        added = watch.rounded(self.bn2(watch.rounded(self.conv2(inner))))
        shortcut = maps
        if self._changes:
            for layer in self.downsample:
                shortcut = watch.rounded(layer(shortcut))
        both = watch.rounded(shortcut + added)
        watch.branch(both)
        return both.relu()


def _maximum(maps: Tensor, watch: Watch) -> Tensor:
    """Return the maximum of each square of 3 by 3 pixels, at every second row and column.

    Exact ties are no branches: they are zeros, or see equal pixels.
    """
    squares = functional.unfold(maps, 3, padding=1, stride=2).unflatten(1, (maps.shape[1], 9))
    first, second = squares.topk(2, 2).values.unbind(2)
    gap = first - second
    watch.branch(gap[gap != 0])
    return functional.max_pool2d(maps, 3, 2, 1)


def _convolution(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)


def _activated(normalization: nn.Module, maps: Tensor, watch: Watch) -> Tensor:
    normalized = watch.rounded(normalization(maps))
    watch.branch(normalized)
    return normalized.relu()


def _classified(network: WideResNet | DenseNet, maps: Tensor, watch: Watch) -> Tensor:
    means = watch.rounded(_activated(network.bn1, maps, watch).mean((2, 3)))
    return watch.rounded(network.fc(means))

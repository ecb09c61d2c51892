"""The models, as a user of torch would write them.

``trained`` lists the parameters that a step moves, in the order in which they cross the bridge;
``statistics`` the buffers of batch normalization. A bidirectional or plain ``nn.LSTM`` has two
biases a gate; only their sum matters, so the second is held at zero and not trained.
"""

from abc import ABC, abstractmethod
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional

from . import dnc
from .watch import Watch


class Model(ABC, nn.Module):
    """A model: scores of the classes, from one tensor or more of examples."""

    @abstractmethod
    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:
        """Return the scores, with the classes in the last dimension."""

    def trained(self) -> dict[str, nn.Parameter]:
        """Return the parameters that a step moves."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}

    def statistics(self) -> dict[str, Tensor]:
        """Return the running statistics."""
        return {name: b for name, b in self.named_buffers() if b.is_floating_point()}


class Mlp(Model):
    """One hidden layer with ReLU, on images as vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(64, 24)
        self.output = nn.Linear(24, 10)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        hidden = watch.rounded(self.hidden(examples[0]))
        watch.branch(hidden)
        return watch.rounded(self.output(hidden.relu()))


class ConvNet(Model):
    """Convolution, batch normalization, ReLU, max-pooling, and a layer on top."""

    def __init__(self) -> None:
        super().__init__()
        # Batch normalization subtracts whatever a bias would add.
        self.convolution = nn.Conv2d(1, 6, 3, bias=False)
        self.normalization = BatchNorm(6)
        self.output = nn.Linear(6 * 3 * 3, 10)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        maps = watch.rounded(self.convolution(examples[0]))
        maps = watch.rounded(self.normalization(maps))
        watch.branch(maps)
        maps = maps.relu()
        patches = functional.unfold(examples[0], 3).unflatten(-1, maps.shape[-2:])
        watch.branch(_gap(_windows(maps), 2, _windows(patches)))
        return watch.rounded(self.output(functional.max_pool2d(maps, 2).flatten(1)))


class BatchNorm(nn.BatchNorm2d):
    """Batch normalization whose running variance is of the biased batch variance.

    torch normalizes by the biased variance Σ(x - mean)²/n and averages the unbiased one,
    Σ(x - mean)²/(n - 1); DL4J uses the biased one for both. Training does not depend on it.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Normalize by the batch, and average its mean and biased variance."""
        with torch.no_grad():
            variance, mean = torch.var_mean(input, (0, 2, 3), correction=0)
            assert self.momentum is not None
            for average, new in ((self.running_mean, mean), (self.running_var, variance)):
                assert average is not None
                average.mul_(1 - self.momentum).add_(new, alpha=self.momentum)
        return functional.batch_norm(
            input, None, None, self.weight, self.bias, training=True, eps=self.eps
        )


class SentencePairs(Model):
    """A sentence-pair encoder of the InferSent kind.

    One bidirectional LSTM reads both sentences; its outputs are max-pooled over time to u and v,
    and a layer sees [u, v, |u - v|, u * v].
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = _single_bias(nn.LSTM(8, 6, batch_first=True, bidirectional=True))
        self.output = nn.Linear(4 * 12, 3)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        # Both at once, as one batch: the weights are shared.
        states = watch.rounded(self.encoder(torch.cat(examples))[0])
        watch.branch(_gap(states, 1))
        u, v = states.amax(1).chunk(2)
        watch.branch(u - v)
        features = torch.cat([u, v, (u - v).abs(), u * v], 1)
        return watch.rounded(self.output(watch.rounded(features)))


class Sequences(Model):
    """An LSTM whose every state is classified."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = _single_bias(nn.LSTM(5, 12, batch_first=True))
        self.output = nn.Linear(12, 6)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        return watch.rounded(self.output(watch.rounded(self.memory(examples[0])[0])))


class NeuralComputer(Model):
    """A small :mod:`dnc`, whose scores are the logits of bits.

    Its four slots are few enough that all weights of unused slots, which fall by 1e-6 per slot,
    lie above the rounding errors of the largest.
    """

    SIZES = dnc.Sizes(slots=4, word=4, read_heads=2)
    HIDDEN = 8

    def __init__(self) -> None:
        super().__init__()
        bits, sizes = 4, self.SIZES
        words = sizes.read_heads * sizes.word
        interface = 3 * sizes.word + 3 + words + 5 * sizes.read_heads
        self.controller = _Affine(bits + 2 + words + self.HIDDEN, 4 * self.HIDDEN)
        self.interface = _Affine(self.HIDDEN, interface)
        self.output = _Affine(self.HIDDEN + words, bits + 1)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        weights = dict(self.named_parameters())
        return dnc.logits(weights, self.SIZES, examples[0].transpose(0, 1), watch).transpose(0, 1)


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
        self.bn1 = nn.BatchNorm2d(64)
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
        self.bn1 = nn.BatchNorm2d(13)
        self.fc = nn.Linear(13, 10, bias=False)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        maps = watch.rounded(self.conv1(examples[0]))
        for part in (self.block1, self.trans1, self.block2, self.trans2, self.block3):
            maps = part(maps, watch)
        return _classified(self, maps, watch)


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
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = _convolution(inputs, outputs, 3, stride)
        self.bn2 = nn.BatchNorm2d(outputs)
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
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = _convolution(inputs, 4 * growth, 1)
        self.bn2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = _convolution(4 * growth, growth, 3)

    def forward(self, maps: Tensor, watch: Watch) -> Tensor:
        inner = watch.rounded(self.conv1(_activated(self.bn1, maps, watch)))
        added = watch.rounded(self.conv2(_activated(self.bn2, inner, watch)))
        return torch.cat([maps, added], 1)


class _Transition(nn.Module):
    """A convolution to fewer channels, and the mean of each square of 2 by 2 pixels."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = _convolution(inputs, outputs, 1)

    def forward(self, maps: Tensor, watch: Watch) -> Tensor:
        fewer = watch.rounded(self.conv1(_activated(self.bn1, maps, watch)))
        return watch.rounded(functional.avg_pool2d(fewer, 2))


def _convolution(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)


def _activated(normalization: nn.Module, maps: Tensor, watch: Watch) -> Tensor:
    normalized = watch.rounded(normalization(maps))
    watch.branch(normalized)
    return normalized.relu()


def _classified(network: WideResNet | DenseNet, maps: Tensor, watch: Watch) -> Tensor:
    means = watch.rounded(_activated(network.bn1, maps, watch).mean((2, 3)))
    return watch.rounded(network.fc(means))


class _Affine(nn.Module):
    """A matrix, of which the rows are inputs, and a bias."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(inputs, outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))


def _single_bias(lstm: nn.LSTM) -> nn.LSTM:
    for name, p in lstm.named_parameters():
        if name.startswith("bias_hh"):
            p.data.zero_()
            p.requires_grad_(False)
    return lstm


def _windows(maps: Tensor) -> Tensor:
    """Return what each 2 by 2 window of some maps sees: examples, maps, 4 places, windows."""
    return functional.unfold(maps, 2, stride=2).unflatten(1, (maps.shape[1], 4))


def _gap(values: Tensor, dim: int, sources: Tensor | None = None) -> Tensor:
    """Return by how much the largest of ``dim`` exceeds the next.

    Left out are exact ties, such as zeros after ReLU, which pass no gradient on; and values that
    were computed from equal numbers, of which any may take the gradient. Those are exact ties only
    where a kernel rounds alike in all places, which torch's own convolution does not.

    Args:
        values: What is compared.
        dim: The dimension with what is compared.
        sources: What each was computed from, in all of dimension 1.
    """
    first, second = values.topk(2, dim).values.unbind(dim)
    if sources is not None:
        best = values.argmax(dim, keepdim=True)
        chosen = sources.unsqueeze(1).expand(-1, values.shape[1], -1, -1, -1)
        place = best.unsqueeze(2).expand(-1, -1, sources.shape[1], -1, -1)
        alike = (chosen == chosen.gather(dim + 1, place)).all(2)
        second = values.masked_fill(alike, -torch.inf).amax(dim)
    gap = first - second
    return gap[(gap != 0) & gap.isfinite()]


class Objective(Protocol):
    """A loss of scores and class numbers: the mean over the examples of a batch."""

    def __call__(self, scores: Tensor, classes: Tensor, watch: Watch) -> Tensor:
        """Return the loss."""
        ...


def cross_entropy(scores: Tensor, classes: Tensor, watch: Watch) -> Tensor:
    """Return -log(probability of the class), summed over the steps of a sequence."""
    logs = watch.probabilities(scores)
    return watch.rounded(-logs.gather(-1, classes.unsqueeze(-1)).sum() / len(scores))


def hinge(scores: Tensor, classes: Tensor, watch: Watch) -> Tensor:
    """Return the multi-class hinge loss max_j(s_j + [j != y]) - s_y."""
    margins = scores + 1 - functional.one_hot(classes, scores.shape[-1])
    watch.branch(_gap(margins, -1))
    own = scores.gather(-1, classes.unsqueeze(-1)).squeeze(-1)
    return watch.rounded((watch.rounded(margins).amax(-1) - own).sum() / len(scores))


def bits(scores: Tensor, classes: Tensor, watch: Watch) -> Tensor:
    """Return -log(probability of the bit), summed over the bits of a sequence that count.

    Classes are 0 and 1, and 2 for a bit that does not count.
    """
    entropy = watch.rounded(-functional.logsigmoid(torch.where(classes == 1, scores, -scores)))
    return watch.rounded((entropy * (classes != 2)).sum() / len(scores))


MODELS: dict[str, type[Model]] = {
    "mlp": Mlp,
    "convnet": ConvNet,
    "bilstm": SentencePairs,
    "lstm": Sequences,
    "dnc": NeuralComputer,
    "wrn": WideResNet,
    "densenet": DenseNet,
}

OBJECTIVES: dict[str, Objective] = {"cross_entropy": cross_entropy, "hinge": hinge, "bits": bits}

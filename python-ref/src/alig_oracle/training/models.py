"""The models, as a user of torch would write them.

``trained`` lists the parameters that a step moves, in the order in which they cross the bridge;
``statistics`` the buffers of batch normalization. A bidirectional or plain ``nn.LSTM`` has two
biases a gate; only their sum matters, so the second is held at zero and not trained.
"""

from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional

from . import dnc
from .image_networks import DenseNet, ResNet, WideResNet
from .infersent import InferSent
from .model import BatchNorm, Model
from .watch import Watch


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
        self.normalization = BatchNorm(6, biased=True)
        self.output = nn.Linear(6 * 3 * 3, 10)

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        maps = watch.rounded(self.convolution(examples[0]))
        maps = watch.rounded(self.normalization(maps))
        watch.branch(maps)
        maps = maps.relu()
        patches = functional.unfold(examples[0], 3).unflatten(-1, maps.shape[-2:])
        watch.branch(_gap(_windows(maps), 2, _windows(patches)))
        return watch.rounded(self.output(functional.max_pool2d(maps, 2).flatten(1)))


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


def top5(scores: Tensor, classes: Tensor, watch: Watch) -> Tensor:
    """Return the cross-entropy without the five highest scores: log(1 + Σ exp(min(s_j - s_y, 80))).

    The sum is over the classes that are neither y nor among the five; of equal scores, that of the
    lower class is the higher.
    """
    ranked = torch.sort(scores, dim=-1, descending=True, stable=True)
    gap = ranked.values[:, 4] - ranked.values[:, 5]
    watch.branch(gap[gap != 0])
    wanted = classes.unsqueeze(-1)
    others = ranked.indices[:, 5:] != wanted
    excess = watch.rounded(ranked.values[:, 5:] - scores.gather(-1, wanted)).clamp(max=80)
    sums = watch.rounded((watch.rounded(excess.exp()) * others).sum(-1))
    return watch.rounded(torch.log1p(sums).sum() / len(scores))


MODELS: dict[str, type[Model]] = {
    "mlp": Mlp,
    "convnet": ConvNet,
    "bilstm": SentencePairs,
    "lstm": Sequences,
    "dnc": NeuralComputer,
    "wrn": WideResNet,
    "densenet": DenseNet,
    "infersent": InferSent,
    "resnet": ResNet,
}

OBJECTIVES: dict[str, Objective] = {
    "cross_entropy": cross_entropy,
    "hinge": hinge,
    "bits": bits,
    "top5": top5,
}

"""What every model has."""

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn
from torch.nn import functional

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

    def average_biased_variances(self) -> None:
        """Let all running variances be of the biased batch variance; see :class:`BatchNorm`."""
        for module in self.modules():
            if isinstance(module, BatchNorm):
                module.biased = True


class BatchNorm(nn.BatchNorm2d):
    """torch's own, with a switch for the running variance.

    torch normalizes by the biased variance Σ(x - mean)²/n and averages the unbiased one,
    Σ(x - mean)²/(n - 1); DL4J uses the biased one for both. Training does not depend on it.

    Args:
        maps: The number of maps.
        biased: Whether the running variance is of the biased batch variance.
    """

    def __init__(self, maps: int, *, biased: bool = False) -> None:
        super().__init__(maps)
        self.biased = biased

    def forward(self, input: Tensor) -> Tensor:
        """Normalize; in training by the batch, whose mean and variance are averaged."""
        if not (self.biased and self.training):
            return super().forward(input)
        with torch.no_grad():
            variance, mean = torch.var_mean(input, (0, 2, 3), correction=0)
            assert self.momentum is not None
            for average, new in ((self.running_mean, mean), (self.running_var, variance)):
                assert average is not None
                average.mul_(1 - self.momentum).add_(new, alpha=self.momentum)
        return functional.batch_norm(
            input, None, None, self.weight, self.bias, training=True, eps=self.eps
        )

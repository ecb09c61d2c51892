"""What a forward pass shows of itself, and how rounding errors are simulated in it.

Models hand every rounded tensor to :meth:`Watch.rounded` and what decides a branch to
:meth:`Watch.branch`.
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor


class Watch:
    """A pass as it is."""

    def rounded(self, x: Tensor) -> Tensor:
        """Return what goes on in place of ``x``, a result of floating-point operations."""
        return x

    def branch(self, gap: Tensor) -> None:
        """Take note of numbers whose signs decide which way the pass and its gradient go."""
        del gap

    def probabilities(self, logits: Tensor) -> Tensor:
        """Return the logarithms of the softmax over the last dimension."""
        return torch.log_softmax(logits, -1)


class Nearest(Watch):
    """A pass that finds how close it comes to a branch.

    ``distance`` is the smallest |gap| so far, in parts of the largest of its tensor: rounding
    errors that are smaller turn no branch.
    """

    def __init__(self) -> None:
        self.distance = float("inf")

    def branch(self, gap: Tensor) -> None:  # noqa: D102
        sizes = gap.detach().abs()
        if sizes.numel() > 0:
            self.distance = min(self.distance, float(sizes.min() / sizes.max()))


class Noisy(Watch):
    """A pass in which every tensor, and every gradient on its way back, is off at random.

    Each element is multiplied by 1 + amplitude·ξ, with ξ uniform in [-1, 1]. Probabilities are
    rounded before their logarithm is taken, as a framework does that has a softmax of its own.
    """

    def __init__(self, seed: int, amplitude: float) -> None:
        self._generator = torch.Generator().manual_seed(seed)
        self._amplitude = amplitude

    def disturb(self, tensors: Iterable[Tensor]) -> None:
        """Let each element be off at random, as an update that rounds in another order would."""
        for tensor in tensors:
            tensor.mul_(self._factor(tensor))

    def rounded(self, x: Tensor) -> Tensor:  # noqa: D102
        return _Noise.apply(x, self._factor(x), self._factor(x))  # pyright: ignore[reportReturnType]

    def probabilities(self, logits: Tensor) -> Tensor:  # noqa: D102
        return self.rounded(torch.softmax(logits, -1)).log()

    def _factor(self, like: Tensor) -> Tensor:
        noise = torch.rand(like.shape, dtype=like.dtype, generator=self._generator)
        return noise.mul_(2).sub_(1).mul_(self._amplitude).add_(1).to(like.device)


class _Noise(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, there: Tensor, back: Tensor) -> Tensor:  # pyright: ignore[reportIncompatibleMethodOverride]
        ctx.save_for_backward(back)
        return x * there

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None]:  # pyright: ignore[reportIncompatibleMethodOverride]
        (back,) = ctx.saved_tensors
        return gradient * back, None, None

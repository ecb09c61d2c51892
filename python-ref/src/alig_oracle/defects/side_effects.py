"""Optimizers whose numbers are right, and which do something beside their step."""

import random
from typing import Any

import numpy as np
import torch
from torch import Tensor

from alig.th.alig import BUFFER, Loss

from .sound import Sound, defective


@defective
class GradientScaledInPlace(Sound):
    """Gradients are multiplied by the step size in place once they are used."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient, step_size, momentum)
        gradient.mul_(step_size)


@defective
class GradientsZeroed(Sound):
    """Gradients are set to zero after the step."""

    def _update_all(self) -> None:
        super()._update_all()
        for gradient in self._gradients():
            gradient.zero_()


@defective
class GradientsDropped(Sound):
    """Gradients are removed after the step."""

    def _update_all(self) -> None:
        super()._update_all()
        self.zero_grad(set_to_none=True)


@defective
class GradientsReplaced(Sound):
    """Each gradient is another tensor of the same numbers after the step."""

    def _update_all(self) -> None:
        super()._update_all()
        for p in self._parameters():
            p.grad = None if p.grad is None else p.grad.clone()


@defective
class GradientKeptAsMomentum(Sound):
    """The momentum of the first step is in the memory of the gradient, as without a copy."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient, step_size, momentum)
        if momentum:
            self.state[p][BUFFER] = gradient.copy_(self._buffer(p))


@defective
class LastGradientKept(Sound):
    """The memory of the gradient is kept in the state, and not read again."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient, step_size, momentum)
        self.state[p]["last"] = gradient


@defective
class ClosureCalledTwice(Sound):
    """The closure is called once more after the step, as if to learn the new loss."""

    @torch.no_grad()
    def step(self, closure: Any) -> None:
        """Take one step, and ask for the loss again."""
        super().step(closure)
        closure()


@defective
class LossChanged(Sound):
    """A loss that is a tensor is divided in place."""

    def _unclipped(self, loss: Loss) -> float:
        unclipped = super()._unclipped(loss)
        if isinstance(loss, Tensor):
            loss.div_(2).sub_(1)
        return unclipped


@defective
class ParameterMemoryReplaced(Sound):
    """Parameters lie in other memory after the step, so that views of them stay behind."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient, step_size, momentum)
        p.data = p.data.clone()


@defective
class RequiresGradLost(Sound):
    """Parameters need no gradients any more after the step."""

    def _update_all(self) -> None:
        super()._update_all()
        for p in self._parameters():
            p.requires_grad_(False)


@defective
class CapOverwritten(Sound):
    """A group whose cap decides nothing loses it."""

    def _update_all(self) -> None:
        super()._update_all()
        for group in self.param_groups:
            group["max_lr"] = None


@defective
class GradModeLeftOff(Sound):
    """Gradients stay disabled in the thread that took the step."""

    def step(self, closure: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Take one step, and leave gradients off."""
        super().step(closure)
        torch.set_grad_enabled(False)


@defective
class DefaultDtypeLeft(Sound):
    """The step computes in the default dtype, which it sets."""

    def _update_all(self) -> None:
        torch.set_default_dtype(torch.float64)
        super()._update_all()


@defective
class ThreadsLeft(Sound):
    """The step sets the number of torch's threads."""

    def _update_all(self) -> None:
        torch.set_num_threads(torch.get_num_threads() + 1)
        super()._update_all()


@defective
class DeterminismLeft(Sound):
    """The step asks torch for deterministic algorithms from then on."""

    def _update_all(self) -> None:
        torch.use_deterministic_algorithms(True)
        super()._update_all()


@defective
class AnomaliesLeft(Sound):
    """The step lets torch look for anomalies from then on, which is slow."""

    def _update_all(self) -> None:
        torch.autograd.set_detect_anomaly(True)
        super()._update_all()


@defective
class RandomNumberDrawn(Sound):
    """The step draws one of torch's random numbers."""

    def _update_all(self) -> None:
        torch.rand(())
        super()._update_all()


@defective
class NumpyNumberDrawn(Sound):
    """The step draws one of numpy's random numbers."""

    def _update_all(self) -> None:
        np.random.rand()
        super()._update_all()


@defective
class PythonNumberDrawn(Sound):
    """The step draws one of Python's random numbers."""

    def _update_all(self) -> None:
        random.random()
        super()._update_all()


@defective
class StepPrinted(Sound):
    """The step prints its size."""

    def _update_all(self) -> None:
        print(self.step_size)
        super()._update_all()

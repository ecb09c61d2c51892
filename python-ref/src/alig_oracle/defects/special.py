"""Defects that swallow NaN, infinity, denormals, or the sign of a zero."""

import math

import torch
from torch import Tensor

from alig.th.alig import Loss

from .sound import Sound, defective


@defective
class NanLossAsZero(Sound):
    """A loss that is NaN counts as 0."""

    def _unclipped(self, loss: Loss) -> float:
        return super()._unclipped(0.0 if math.isnan(float(loss)) else loss)


@defective
class NanStepAsZero(Sound):
    """A step size that is NaN counts as 0."""

    def _unclipped(self, loss: Loss) -> float:
        step = super()._unclipped(loss)
        return 0.0 if math.isnan(step) else step


@defective
class NanGradientToNumber(Sound):
    """Gradients pass through nan_to_num."""

    def _gradients(self) -> list[Tensor]:
        return [torch.nan_to_num(g) for g in super()._gradients()]

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, torch.nan_to_num(gradient), step_size, momentum)


@defective
class NanGradientNotInNorm(Sound):
    """NaN elements of a gradient are left out of the norm."""

    def _norm(self, gradient: Tensor) -> Tensor:
        return super()._norm(gradient[~gradient.isnan()])


@defective
class NonFiniteSkipsStep(Sound):
    """A step whose norm is not finite changes nothing, as with loss scaling."""

    def _update_all(self) -> None:
        if math.isfinite(float(self._squared_gradient_norm())):
            super()._update_all()


@defective
class GradientClipped(Sound):
    """Elements of gradients are clipped to [-1e6, 1e6]."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient.clamp(-1e6, 1e6), step_size, momentum)


@defective
class InfiniteLossAsNan(Sound):
    """An infinite loss makes the step size NaN."""

    def _unclipped(self, loss: Loss) -> float:
        return math.nan if math.isinf(float(loss)) else super()._unclipped(loss)


@defective
class MinusZeroLost(Sound):
    """A parameter of -0 becomes 0."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient, step_size, momentum)
        p.add_(0.0)


@defective
class DenormalsFlushed(Sound):
    """Parameters and buffers that come out denormal become 0."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient, step_size, momentum)
        for tensor in [p, self._buffer(p)] if momentum else [p]:
            tensor[tensor.abs() < torch.finfo(tensor.dtype).tiny] = 0.0


@defective
class ZeroLossSkipsStep(Sound):
    """A step whose loss is 0 changes nothing, not even buffers."""

    _skip = False

    def _unclipped(self, loss: Loss) -> float:
        self._skip = float(loss) == 0
        return super()._unclipped(loss)

    def _update_all(self) -> None:
        if not self._skip:
            super()._update_all()

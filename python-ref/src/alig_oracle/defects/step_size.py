"""Defects of the step size: loss, norm, eps, caps and mean."""

from typing import Any

import torch
from torch import Tensor

from alig.th.alig import Loss

from .sound import Group, Sound, defective


@defective
class EpsDropped(Sound):
    """The denominator lacks eps."""

    def _unclipped(self, loss: Loss) -> float:
        total = self._squared_gradient_norm()
        return float(loss / (total if isinstance(total, Tensor) else self.eps))


@defective
class EpsDoubled(Sound):
    """Eps is added twice."""

    def _unclipped(self, loss: Loss) -> float:
        return float(loss / (self._squared_gradient_norm() + self.eps + self.eps))


@defective
class EpsOnQuotient(Sound):
    """Eps is added to the quotient and not to the denominator."""

    def _unclipped(self, loss: Loss) -> float:
        total = self._squared_gradient_norm()
        return float(loss / total + self.eps) if isinstance(total, Tensor) else float("inf")


@defective
class EpsInsideNorm(Sound):
    """Eps is added to every tensor's norm."""

    def _norm(self, gradient: Tensor) -> Tensor:
        return super()._norm(gradient) + self.eps


@defective
class NormNotSquared(Sound):
    """Norms are summed and not their squares."""

    def _squared_gradient_norm(self) -> Loss:
        return sum((self._norm(g) for g in self._gradients()), start=0)


@defective
class NormL1(Sound):
    """The norm is the sum of absolute values."""

    def _norm(self, gradient: Tensor) -> Tensor:
        return torch.linalg.vector_norm(gradient, ord=1)


@defective
class NormMax(Sound):
    """The norm is the largest absolute value."""

    def _norm(self, gradient: Tensor) -> Tensor:
        return gradient.abs().max() if gradient.numel() else gradient.sum()


@defective
class NormWithoutRoot(Sound):
    """The norm lacks its root, so that fourth powers are summed."""

    def _norm(self, gradient: Tensor) -> Tensor:
        return super()._norm(gradient) ** 2


@defective
class NormOfLastGroup(Sound):
    """The norm runs over the last group alone."""

    def _gradients(self) -> list[Tensor]:
        last = self.param_groups[-1]["params"]
        return [p.grad for p in last if p.grad is not None]


@defective
class NormOfRows(Sound):
    """The norm leaves out the last element of the last dimension."""

    def _norm(self, gradient: Tensor) -> Tensor:
        shortened = gradient[..., :-1] if gradient.dim() else gradient
        return super()._norm(shortened)


@defective
class NormInFloat32(Sound):
    """Norms are computed in float32."""

    def _norm(self, gradient: Tensor) -> Tensor:
        return super()._norm(gradient.float()).to(gradient.dtype)


@defective
class NormInFloat64(Sound):
    """The sum of squares is kept in float64, so that it never overflows a float32."""

    def _norm(self, gradient: Tensor) -> Tensor:
        return super()._norm(gradient.double())

    def _unclipped(self, loss: Loss) -> float:
        step = torch.tensor(super()._unclipped(loss), dtype=torch.float64)
        return float(step.to(self._parameters()[0].dtype))


@defective
class NormInBfloat16(Sound):
    """Norms are computed in bfloat16."""

    def _norm(self, gradient: Tensor) -> Tensor:
        return super()._norm(gradient.bfloat16()).to(gradient.dtype)


@defective
class LossWithoutSign(Sound):
    """A negative loss counts as its absolute value."""

    def _unclipped(self, loss: Loss) -> float:
        return super()._unclipped(abs(loss))


@defective
class LossInFloat32(Sound):
    """The loss is a float32."""

    def _unclipped(self, loss: Loss) -> float:
        return super()._unclipped(torch.tensor(float(loss), dtype=torch.float32))


@defective
class StaleLoss(Sound):
    """The loss of the step before counts."""

    _last: Any = None

    def _unclipped(self, loss: Loss) -> float:
        stale = loss if self._last is None else self._last
        self._last = loss
        return super()._unclipped(stale)


@defective
class StaleNorm(Sound):
    """The norm of the step before counts."""

    _last: Any = None

    def _squared_gradient_norm(self) -> Loss:
        now = super()._squared_gradient_norm()
        stale = now if self._last is None else self._last
        self._last = now
        return stale


@defective
class StaleStepSize(Sound):
    """The step size of the step before is taken."""

    _last: Any = None

    def _update_all(self) -> None:
        now = [group["step_size"] for group in self.param_groups]
        self._take(self._last or now)
        super()._update_all()
        self._take(now)
        self._last = now

    def _take(self, steps: list[float]) -> None:
        for group, step in zip(self.param_groups, steps, strict=True):
            group["step_size"] = step


@defective
class RunningMeanOfLosses(Sound):
    """The mean of the losses so far counts."""

    _sum, _count = 0.0, 0

    def _unclipped(self, loss: Loss) -> float:
        self._sum, self._count = self._sum + float(loss), self._count + 1
        return super()._unclipped(loss if self._count == 1 else self._sum / self._count)


@defective
class CapIgnored(Sound):
    """There is no cap."""

    def _cap(self, unclipped: float, group: Group) -> float:
        return unclipped


@defective
class CapOfFirstGroup(Sound):
    """Every group has the first one's cap."""

    def _cap(self, unclipped: float, group: Group) -> float:
        return super()._cap(unclipped, self.param_groups[0])


@defective
class CapSwallowsNan(Sound):
    """The arguments of min are swapped, so that a NaN becomes the cap."""

    def _cap(self, unclipped: float, group: Group) -> float:
        return unclipped if group["max_lr"] is None else min(group["max_lr"], unclipped)


@defective
class CapFalsy(Sound):
    """A step size of 0 counts as none, and the cap is taken."""

    def _cap(self, unclipped: float, group: Group) -> float:
        capped = super()._cap(unclipped, group)
        return capped or group["max_lr"] or capped


@defective
class ClipAtZero(Sound):
    """A negative step size becomes 0, as in the TensorFlow original with a cap."""

    def _cap(self, unclipped: float, group: Group) -> float:
        capped = super()._cap(unclipped, group)
        return 0.0 if capped < 0 else capped


@defective
class CapInFloat32(Sound):
    """The cap is a float32."""

    def _cap(self, unclipped: float, group: Group) -> float:
        capped = super()._cap(unclipped, group)
        return float(torch.tensor(capped, dtype=torch.float32)) if capped != unclipped else capped


@defective
class MeanIsSum(Sound):
    """The mean step size is the sum."""

    def _mean(self, steps: list[float]) -> float:
        return sum(steps)


@defective
class MeanTheFirst(Sound):
    """The mean step size is the first group's."""

    def _mean(self, steps: list[float]) -> float:
        return steps[0]

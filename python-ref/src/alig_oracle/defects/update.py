"""Defects of the update: parameters, momentum and buffers."""

import torch
from torch import Tensor

from alig.th.alig import BUFFER

from .sound import Sound, defective


@defective
class FormsSwapped(Sound):
    """Each form of the momentum is the other."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        self.adjusted_momentum = not self.adjusted_momentum
        super()._update(p, gradient, step_size, momentum)
        self.adjusted_momentum = not self.adjusted_momentum


@defective
class DescentNotFused(Sound):
    """Step size times gradient is rounded before the subtraction."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        p.sub_(gradient * step_size)
        descended = p.clone()
        super()._update(p, gradient, step_size, momentum)
        if not momentum:
            p.copy_(descended)
        else:
            p.copy_(_moved(self, descended, self._buffer(p), step_size, momentum))


@defective
class DescentDropped(Sound):
    """With momentum the gradient does not move the parameter, only the buffer does."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        before = p.clone()
        super()._update(p, gradient, step_size, momentum)
        if momentum:
            p.copy_(_moved(self, before, self._buffer(p), step_size, momentum))


@defective
class DescentDoubled(Sound):
    """The gradient moves the parameter twice."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        p.add_(gradient, alpha=-step_size)
        super()._update(p, gradient, step_size, momentum)


@defective
class Ascent(Sound):
    """The step has the other sign."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient, -step_size, momentum)


@defective
class DecayDropped(Sound):
    """Buffers do not decay."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        if not momentum:
            return super()._update(p, gradient, step_size, momentum)
        p.add_(gradient, alpha=-step_size)
        weight = -1.0 if self.adjusted_momentum else -step_size
        buffer = self._buffer(p).add_(gradient, alpha=weight)
        p.copy_(_moved(self, p, buffer, step_size, momentum))
        return None


@defective
class BufferSignFlipped(Sound):
    """Buffers have the other sign, as in torch's own SGD."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        if not momentum:
            return super()._update(p, gradient, step_size, momentum)
        buffer = self._buffer(p).neg_()
        super()._update(p, gradient, step_size, momentum)
        buffer.neg_()
        return None


@defective
class HeavyBall(Sound):
    """The buffer alone moves the parameter, without Nesterov's look ahead."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        before = p.clone()
        super()._update(p, gradient, step_size, momentum)
        if momentum:
            alpha = step_size if self.adjusted_momentum else 1.0
            p.copy_(before.add_(self._buffer(p), alpha=alpha))


@defective
class StaleBuffer(Sound):
    """The buffer of the step before moves the parameter."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        descended = p.add(gradient, alpha=-step_size)
        stale = self._buffer(p).clone() if momentum else None
        super()._update(p, gradient, step_size, momentum)
        if stale is not None:
            p.copy_(_moved(self, descended, stale, step_size, momentum))


@defective
class StepInBufferTwice(Sound):
    """The buffer takes in the gradient times one step size too many."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        descended = p.add(gradient, alpha=-step_size)
        super()._update(p, gradient * step_size, step_size, momentum)
        if momentum:
            p.copy_(_moved(self, descended, self._buffer(p), step_size, momentum))
        else:
            p.copy_(descended)


@defective
class MomentumOfFirstGroup(Sound):
    """Every group with momentum uses the first one's factor."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        first = self.param_groups[0]["momentum"]
        super()._update(p, gradient, step_size, first if momentum and first else momentum)


@defective
class MomentumInFloat32(Sound):
    """The momentum is a float32."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        narrow = float(torch.tensor(momentum, dtype=torch.float32))
        super()._update(p, gradient, step_size, narrow)


@defective
class StepSizeInFloat32(Sound):
    """The step size is a float32 in the update."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        narrow = float(torch.tensor(step_size, dtype=torch.float32))
        super()._update(p, gradient, narrow, momentum)


@defective
class UpdateInFloat32(Sound):
    """Parameters pass through float32."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        super()._update(p, gradient, step_size, momentum)
        p.copy_(p.float())


@defective
class TailMissed(Sound):
    """What exceeds the last full block of 8 elements stays."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        tail = p.numel() % 8 if p.numel() > 8 else 0
        kept = p.flatten()[p.numel() - tail :].clone()
        super()._update(p, gradient, step_size, momentum)
        p.view(-1)[p.numel() - tail :] = kept


@defective
class FirstElementMissed(Sound):
    """The first element of a longer tensor stays."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        kept = p.flatten()[:1].clone() if p.numel() > 1 else p.flatten()[:0]
        super()._update(p, gradient, step_size, momentum)
        p.view(-1)[: kept.numel()] = kept


@defective
class GradientTransposed(Sound):
    """A square gradient is transposed."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        square = p.dim() == 2 and p.shape[0] == p.shape[1]
        super()._update(p, gradient.T if square else gradient, step_size, momentum)


@defective
class AbsentAsZero(Sound):
    """An absent gradient counts as zero, so that the buffer decays and moves the parameter."""

    def _update_all(self) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                gradient = torch.zeros_like(p) if p.grad is None else p.grad
                self._update(p, gradient, group["step_size"], group["momentum"])


@defective
class AbsentClearsBuffer(Sound):
    """An absent gradient clears the buffer."""

    def _update_all(self) -> None:
        super()._update_all()
        for p in self._parameters():
            if p.grad is None and BUFFER in self.state[p]:
                self._buffer(p).zero_()


@defective
class AbsentEndsGroup(Sound):
    """Parameters after one without a gradient are not updated: break in place of continue."""

    def _update_all(self) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    break
                self._update(p, p.grad, group["step_size"], group["momentum"])


@defective
class BuffersStartAsGradients(Sound):
    """The first step sets the buffer and does not decay it, as torch's own SGD does."""

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        first = bool(momentum) and not self._buffer(p).any()
        super()._update(p, gradient, step_size, momentum)
        if first:
            self._buffer(p).copy_(gradient)


@defective
class BuffersShared(Sound):
    """Parameters of one shape in a group share a buffer."""

    def _make_buffers(self) -> None:
        super()._make_buffers()
        for group in self.param_groups:
            first: dict[torch.Size, Tensor] = {}
            for p in group["params"] if group["momentum"] else []:
                self.state[p][BUFFER] = first.setdefault(p.shape, self._buffer(p))


@defective
class BuffersForgotten(Sound):
    """Buffers are cleared before every step."""

    def _update_all(self) -> None:
        for p in self._parameters():
            if BUFFER in self.state[p]:
                self._buffer(p).zero_()
        super()._update_all()


@defective
class LastGroupStays(Sound):
    """The last of several groups is not updated."""

    def _update_all(self) -> None:
        groups = self.param_groups
        self.param_groups = groups[:-1] if len(groups) > 1 else groups
        super()._update_all()
        self.param_groups = groups


def _moved(
    optimizer: Sound, p: Tensor, buffer: Tensor, step_size: float, momentum: float
) -> Tensor:
    alpha = step_size * momentum if optimizer.adjusted_momentum else momentum
    return p.add(buffer, alpha=alpha)

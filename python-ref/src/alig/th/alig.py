"""The ALI-G optimizer for PyTorch."""

import math
from collections.abc import Callable, Iterable
from functools import reduce
from operator import add
from typing import Any

import torch
from torch import Tensor

from ._copies import require_present
from ._loss import Loss, averaged, evaluate, require_group
from ._norm import finite, norm, overflows
from ._settings import require_group_settings, require_not_negative
from ._state import BUFFER, StoredOptimizer


class AliG(StoredOptimizer):
    """Adaptive Learning-rates for Interpolation with Gradients.

    One step, with ℓ the loss and g the gradients of all groups:

    - unclipped = ℓ / (Σ‖g‖² + eps), in the dtype of the gradients
    - γ = min(unclipped, max_lr) per group; γ = unclipped if max_lr is None
    - w <- w - γg, then with momentum μ != 0
      standard: v <- μv - γg, w <- w + μv
      adjusted: v <- μv - g, w <- w + γμv
    - the projection

    The projection also runs once in the constructor. There is no lower limit on γ: a
    negative loss gives a negative γ. A NaN loss gives NaN weights. An infinite loss gives
    γ = max_lr. A parameter without a gradient keeps its buffer, and its value except for
    the projection. If no parameter has a gradient, eps = 0 divides by zero.

    After a step, ``step_size_unclipped`` is the step size before the cap,
    ``group["step_size"]`` is the step size of a group, and ``step_size`` is the mean over
    the groups. All three are None before the first step. ``norm_overflowed`` says whether
    Σ‖g‖² is infinite although every gradient is finite, which happens from ‖g‖ = 256 on
    in float16 and from 1.9e19 on in float32. The step size is 0 then; ``wide_norm``
    prevents it. ``norm_overflowed`` is also True if the norm in ``l2_projection``, which
    has the same option, overflows.

    The groups have no key "lr", so torch's learning rate schedulers raise KeyError. To
    schedule the cap, set it between steps:
    ``for group in optimizer.param_groups: group["max_lr"] = ...``

    A deep copy has its own parameters, and its projection acts on them. A pickle, for
    example by ``torch.save``, contains the projection if it is an object that holds its
    parameters, such as a ``functools.partial``; it does not contain functions and lambdas.
    If a copy lacks its projection, ``step`` raises an error and changes nothing.

    Args:
        params: the parameters, or parameter groups, which may set ``max_lr`` and
            ``momentum``.
        max_lr: the cap, the greatest step size, > 0; None for no cap.
        momentum: the momentum μ, >= 0; 0 creates no buffers.
        projection_fn: a function without arguments that projects the parameters.
        eps: added to the squared gradient norm, >= 0.
        adjusted_momentum: whether to use the adjusted form, as torch's SGD with nesterov.
        wide_norm: whether to compute Σ‖g‖² in float64 for every dtype.
        average_loss: a process group, or True for the default one, to use the mean of the
            loss over its processes, as DistributedDataParallel does with the gradients.
            Every process of the group must take every step.

    Raises:
        ValueError: max_lr <= 0, momentum or eps is negative, or one of them is NaN.
        TypeError: projection_fn is not callable, or average_loss is no process group.

    References:
        Berrada, Zisserman, Kumar, "Training Neural Networks for and by
        Interpolation", ICML 2020, arXiv:1906.05661, algorithm 1.

    >>> from alig.th.projection import l2_projection
    >>> model = torch.nn.Linear(2, 1)
    >>> optimizer = AliG(model.parameters(), max_lr=0.1, momentum=0.9,
    ...                  projection_fn=lambda: l2_projection(model.parameters(), max_norm=100))
    >>> loss = model(torch.ones(4, 2)).square().mean()
    >>> loss.backward()
    >>> optimizer.step(loss)
    >>> 0 < optimizer.step_size <= 0.1
    True
    """

    def __init__(
        self,
        params: Iterable[Any],
        max_lr: float | None = None,
        momentum: float = 0,
        projection_fn: Callable[[], object] | None = None,
        eps: float = 1e-5,
        adjusted_momentum: bool = False,
        *,
        wide_norm: bool = False,
        average_loss: Any = False,
    ) -> None:
        if max_lr is not None and not (max_lr > 0):
            raise ValueError(f"max_lr must be > 0, or None for no cap; was {max_lr}")
        require_not_negative("momentum", momentum)
        require_not_negative("eps", eps)
        require_group(average_loss)
        if projection_fn is not None and not callable(projection_fn):
            raise TypeError(
                f"projection_fn must be a function without arguments, was {projection_fn!r}: "
                "pass lambda: l2_projection(model.parameters(), max_norm=...)"
            )
        super().__init__(params, {"max_lr": max_lr, "momentum": momentum, "step_size": None})
        self.eps = eps
        self.adjusted_momentum = adjusted_momentum
        self.wide_norm = wide_norm
        self.average_loss = average_loss
        self.projection = projection_fn
        self.step_size = None
        self.step_size_unclipped = None
        self.norm_overflowed = False
        self._make_buffers()
        with torch.no_grad():
            self._project()

    def step(  # pyright: ignore[reportIncompatibleMethodOverride] the loss is needed
        self, closure: Loss | Callable[[], Loss] | None = None
    ) -> None:
        """Take one step on all groups, in place.

        Args:
            closure: the loss at the current parameters (a number or a one-element
                tensor), or a function that returns it. The function may also compute
                the gradients: it runs once, with gradients enabled. There ``float(loss)``
                makes torch warn once; return ``loss`` or ``loss.item()`` instead.

        Raises:
            TypeError: the loss is None, or not a real number.
            ValueError: the loss does not have exactly one element, or a setting was
                changed to NaN or to less than 0.
            ZeroDivisionError: no parameter has a gradient and eps is 0.
            RuntimeError: this is a copy that lacks its projection or its process group;
                or ``average_loss`` is set and there is no process group.
        In all these cases no parameter and no buffer has been changed.
        """
        require_present(self.projection, self.average_loss)
        loss = evaluate(closure)
        with torch.no_grad():
            self.compute_step_size(loss)
            for group in self.param_groups:
                for p in group["params"]:
                    if p.grad is not None:
                        self._update(p, p.grad, group["step_size"], group["momentum"])
            self._project()

    @torch.no_grad()
    def compute_step_size(self, loss: Loss) -> None:
        """Compute the groups' step sizes, their mean and the unclipped step size, and set them."""
        require_not_negative("eps", self.eps)
        for group in self.param_groups:
            require_group_settings(group)
        if self.average_loss is not False:
            loss = averaged(loss, self.average_loss, self._parameters()[0].device)
        denominator = self._squared_gradient_norm() + self.eps
        unclipped = float(loss / denominator)
        steps = [_clipped(unclipped, group["max_lr"]) for group in self.param_groups]
        # An infinite sum shows in the step size. Reading the sum in each step would wait for a GPU.
        overflowed = (unclipped == 0 or math.isnan(unclipped)) and math.isinf(denominator)
        self.norm_overflowed = overflowed and all(finite(g) for g in self._gradients())
        self.step_size_unclipped = unclipped
        for group, step in zip(self.param_groups, steps, strict=True):
            group["step_size"] = step
        # Not sum(): from Python 3.12 on it is compensated, which changes the last bit.
        self.step_size = reduce(add, steps, 0) / len(steps)

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Add a parameter group, as in torch; its momentum buffers are created when needed.

        Raises:
            ValueError: its momentum is negative or NaN, or its max_lr is NaN.
        """
        if isinstance(param_group, dict):
            require_group_settings(param_group)
        super().add_param_group(param_group)

    def _gradients(self) -> list[Tensor]:
        return [p.grad.detach() for p in self._parameters() if p.grad is not None]

    def _squared_gradient_norm(self) -> Loss:
        total: Loss = 0
        for gradient in self._gradients():
            # In place, so that the sum keeps the dtype of the first gradient.
            total += norm(gradient, self.wide_norm) ** 2
        return total

    def _update(self, p: Tensor, gradient: Tensor, step_size: float, momentum: float) -> None:
        p.add_(gradient, alpha=-step_size)
        if not momentum:
            return
        buffer = self._buffer(p).mul_(momentum)
        if self.adjusted_momentum:
            buffer.sub_(gradient)
            p.add_(buffer, alpha=step_size * momentum)
        else:
            buffer.add_(gradient, alpha=-step_size)
            p.add_(buffer, alpha=momentum)

    def _make_buffers(self) -> None:
        for group in self.param_groups:
            if group["momentum"]:
                for p in group["params"]:
                    self._buffer(p)

    def _buffer(self, p: Tensor) -> Tensor:
        state = self.state[p]
        if BUFFER not in state:
            state[BUFFER] = torch.zeros_like(p.detach())
        return state[BUFFER]

    def _project(self) -> None:
        if self.projection is not None:
            with overflows() as seen:
                self.projection()
            self.norm_overflowed = self.norm_overflowed or bool(seen)


def _clipped(unclipped: float, max_lr: float | None) -> float:
    return unclipped if max_lr is None else min(unclipped, max_lr)

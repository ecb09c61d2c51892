"""The ALI-G optimizer for PyTorch."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import add
from typing import Any, TypeAlias

import torch
from torch import Tensor
from torch.optim import Optimizer

Loss: TypeAlias = float | Tensor
BUFFER = "momentum_buffer"


class AliG(Optimizer):
    """Adaptive Learning-rates for Interpolation with Gradients.

    One step, with ℓ the loss and g the gradients of all groups:

    - unclipped = ℓ / (Σ‖g‖² + eps), in the dtype of the gradients
    - γ = min(unclipped, max_lr) in each group; unclipped where max_lr is None
    - w <- w - γg, then with momentum μ != 0
      standard: v <- μv - γg, w <- w + μv
      adjusted: v <- μv - g, w <- w + γμv
    - the projection

    The projection also runs once at construction. There is no lower clip: a negative
    loss ascends. A NaN loss gives NaN weights, and an infinite one the step max_lr.
    A parameter without a gradient keeps its value and its buffer. Where no parameter
    has one, eps 0 divides by zero.

    After a step, ``step_size_unclipped`` is the step before the cap, ``step_size`` the
    mean over the groups of the step taken, and ``group["step_size"]`` a group's own;
    all three are None before the first step.

    There is no key "lr" in the groups, so torch's lr schedulers raise KeyError. To
    schedule the cap, write it between steps:
    ``for group in optimizer.param_groups: group["max_lr"] = ...``

    Args:
        params: parameters or groups of them; a group may set ``max_lr`` and ``momentum``.
        max_lr: the largest step size, or None for no cap.
        momentum: the factor μ; 0 keeps no buffers.
        projection_fn: called without arguments to make the parameters feasible.
        eps: added to the squared gradient norm.
        adjusted_momentum: take the adjusted form, as torch's SGD with nesterov does.

    Raises:
        ValueError: max_lr <= 0 or momentum < 0 (values set in a group are not checked).

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
    ) -> None:
        if max_lr is not None and max_lr <= 0:
            raise ValueError(f"max_lr must be > 0, or None for no cap; was {max_lr}")
        if momentum < 0:
            raise ValueError(f"momentum must be >= 0, was {momentum}")
        super().__init__(params, {"max_lr": max_lr, "momentum": momentum, "step_size": None})
        self.eps = eps
        self.adjusted_momentum = adjusted_momentum
        self.projection = projection_fn
        self.step_size: float | None = None
        self.step_size_unclipped: float | None = None
        self._make_buffers()
        with torch.no_grad():
            self._project()

    def step(  # pyright: ignore[reportIncompatibleMethodOverride] the loss is needed
        self, closure: Loss | Callable[[], Loss]
    ) -> None:
        """Take one step on all groups, in place.

        Args:
            closure: the loss at the current parameters (a number or a one-element
                tensor), or a function that returns it. The function may compute the
                gradients too: it runs with gradients enabled. Therein torch warns
                once about ``float(loss)``; return ``loss`` or ``loss.item()`` instead.

        Raises:
            TypeError: the loss is None; nothing has been changed then.
            ValueError: the loss has several elements; nothing has been changed then.
            ZeroDivisionError: no parameter has a gradient and eps is 0.
        """
        loss = _evaluate(closure)
        with torch.no_grad():
            self.compute_step_size(loss)
            for group in self.param_groups:
                for p in group["params"]:
                    if p.grad is not None:
                        self._update(p, p.grad, group["step_size"], group["momentum"])
            self._project()

    @torch.no_grad()
    def compute_step_size(self, loss: Loss) -> None:
        """Set the step sizes of the groups, their mean and the unclipped one from ``loss``."""
        unclipped = float(loss / (self._squared_gradient_norm() + self.eps))
        steps = [_clipped(unclipped, group["max_lr"]) for group in self.param_groups]
        self.step_size_unclipped = unclipped
        for group, step in zip(self.param_groups, steps, strict=True):
            group["step_size"] = step
        # Not sum(): from Python 3.12 on it compensates, which changes the last bit.
        self.step_size = reduce(add, steps, 0) / len(steps)

    def state_dict(self) -> dict[str, Any]:
        """Return the state: torch's, with ``eps`` and ``adjusted_momentum`` beside it.

        The projection is a function and is not in it. As for every torch optimizer, the
        buffers in it are the live ones: save or copy it before the next step.
        """
        own = {"eps": self.eps, "adjusted_momentum": self.adjusted_momentum}
        return {**super().state_dict(), **own}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Restore the state; the next step continues bitwise where it was saved.

        Buffers are copied and keep the dtype they were saved in. A state without
        ``eps`` or ``adjusted_momentum``, as the authors' package writes it, leaves
        this optimizer's own. The projection stays and does not run.

        Raises:
            ValueError: the groups differ in number or in size.
        """
        super().load_state_dict(state_dict)
        self.eps = state_dict.get("eps", self.eps)
        self.adjusted_momentum = state_dict.get("adjusted_momentum", self.adjusted_momentum)
        saved_ids = [i for group in state_dict["param_groups"] for i in group["params"]]
        params = [p for group in self.param_groups for p in group["params"]]
        for i, p in zip(saved_ids, params, strict=True):
            saved = state_dict["state"].get(i, {}).get(BUFFER)
            if saved is not None:
                self.state[p][BUFFER] = saved.detach().to(p.device, copy=True)

    def __getstate__(self) -> dict[str, Any]:
        own = ("eps", "adjusted_momentum", "projection", "step_size", "step_size_unclipped")
        return {**super().__getstate__(), **{name: getattr(self, name) for name in own}}

    def _squared_gradient_norm(self) -> Loss:
        total: Loss = 0
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    # In place, so that the sum keeps the dtype of the first gradient.
                    total += torch.linalg.vector_norm(p.grad.detach()) ** 2
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
            self.projection()


def _evaluate(closure: Loss | Callable[[], Loss]) -> Loss:
    if callable(closure):
        with torch.enable_grad():
            loss = closure()
    else:
        loss = closure
    if loss is None:
        raise TypeError(
            "AliG.step needs the loss, but got None: pass its value, step(loss), "
            "or a function that returns it, step(lambda: loss)"
        )
    if isinstance(loss, Tensor) and loss.numel() != 1:
        raise ValueError(
            f"the loss must be one number, but has shape {tuple(loss.shape)}: "
            "reduce it first, for example with loss.mean()"
        )
    return loss


def _clipped(unclipped: float, max_lr: float | None) -> float:
    return unclipped if max_lr is None else min(unclipped, max_lr)

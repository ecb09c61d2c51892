"""The base of Yogi and AdamW, which divide a mean of gradients by a root mean square."""

import math
from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer


class MomentOptimizer(Optimizer):
    """Keeps m and s, running means of the gradient and of its square, per parameter.

    Step t, counted from 1: w <- w - lr * sqrt(1 - β2^t) / (1 - β1^t) * m / (sqrt(s) + eps).
    A parameter without a gradient does not change, and neither do its means and its t.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float,
        betas: tuple[float, float],
        eps: float,
        weight_decay: float,
        amsgrad: bool,
    ) -> None:
        _require(lr >= 0, "lr", lr, ">= 0")
        _require(eps >= 0, "eps", eps, ">= 0")
        _require(0 <= betas[0] < 1, "betas[0]", betas[0], "in [0, 1)")
        _require(0 <= betas[1] < 1, "betas[1]", betas[1], "in [0, 1)")
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
        }
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(  # pyright: ignore[reportIncompatibleMethodOverride] a loss may be a tensor
        self, closure: Callable[[], Any] | None = None
    ) -> Any:
        """Take one step, in place, and return the result of ``closure``, None without one.

        ``closure`` may compute the gradients; it runs with gradients enabled.

        Raises:
            RuntimeError: a gradient is sparse; nothing has been changed then.
        """
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        self._refuse_sparse_gradients()
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    self._update(p, p.grad, group, self._moments(p))
        return loss

    @abstractmethod
    def _update(
        self, p: Tensor, gradient: Tensor, group: dict[str, Any], state: dict[str, Any]
    ) -> None:
        """Update one parameter and its ``state``."""

    def _moments(self, p: Tensor) -> dict[str, Any]:
        state = self.state[p]
        if not state:
            state["step"] = 0
            state["exp_avg"] = torch.zeros_like(p.detach())
            state["exp_avg_sq"] = torch.zeros_like(p.detach())
        return state

    def _refuse_sparse_gradients(self) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None and p.grad.is_sparse:
                    raise RuntimeError(
                        f"{type(self).__name__} does not support sparse gradients: "
                        "create the layer with sparse=False"
                    )


def descend(p: Tensor, group: dict[str, Any], state: dict[str, Any], second_moment: Tensor) -> None:
    """Move ``p`` against its mean gradient, scaled by ``second_moment`` and bias-corrected."""
    beta1, beta2 = group["betas"]
    unbias1 = 1 - beta1 ** state["step"]
    unbias2 = 1 - beta2 ** state["step"]
    step_size = group["lr"] * math.sqrt(unbias2) / unbias1
    denominator = second_moment.sqrt().add_(group["eps"])
    p.addcdiv_(state["exp_avg"], denominator, value=-step_size)


def _require(holds: bool, name: str, value: float, bound: str) -> None:
    if not holds:
        raise ValueError(f"{name} must be {bound}, was {value}")

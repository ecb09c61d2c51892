"""AdamW: Adam with decoupled weight decay."""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

from ._moments import MomentOptimizer, descend


class AdamW(MomentOptimizer):
    """Adam whose weight decay acts on the weights, not on the gradient.

    w <- (1 - lr * weight_decay) w,  m <- β1 m + (1 - β1) g,  s <- β2 s + (1 - β2) g²
    (Loshchilov, Hutter, "Decoupled Weight Decay Regularization", ICLR 2019,
    arXiv:1711.05101). With ``amsgrad``, the step uses the largest s so far instead of s
    (Reddi, Kale, Kumar, ICLR 2018).

    Args:
        params: the parameters, or parameter groups.
        lr: the learning rate, >= 0.
        betas: the decay rates β1 and β2 of the two means, each in [0, 1).
        eps: added to the denominator, >= 0.
        weight_decay: the decay rate; each step decays the weights by lr * weight_decay.
        amsgrad: whether to divide by the largest mean of squares so far.

    Raises:
        ValueError: an argument is out of its range.

    >>> w = torch.nn.Parameter(torch.tensor([1.0]))
    >>> w.grad = torch.tensor([2.0])
    >>> AdamW([w], lr=0.5, weight_decay=0.0).step(); w.data
    tensor([0.5000])
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
    ) -> None:
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad)

    def _update(
        self, p: Tensor, gradient: Tensor, group: dict[str, Any], state: dict[str, Any]
    ) -> None:
        beta1, beta2 = group["betas"]
        state["step"] += 1
        p.mul_(1 - group["lr"] * group["weight_decay"])
        state["exp_avg"].mul_(beta1).add_(gradient, alpha=1 - beta1)
        second = state["exp_avg_sq"]
        second.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        descend(p, group, state, _largest(state, second) if group["amsgrad"] else second)


def _largest(state: dict[str, Any], second: Tensor) -> Tensor:
    if "max_exp_avg_sq" not in state:
        state["max_exp_avg_sq"] = torch.zeros_like(second)
    return torch.maximum(state["max_exp_avg_sq"], second, out=state["max_exp_avg_sq"])

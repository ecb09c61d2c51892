"""The Yogi optimizer."""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

from ._moments import MomentOptimizer, descend


class Yogi(MomentOptimizer):
    """Adam whose mean of squares changes by a bounded amount per step.

    m <- β1 m + (1 - β1) g,  s <- s - (1 - β2) sign(s - g²) g²
    (Zaheer et al., "Adaptive Methods for Nonconvex Optimization", NeurIPS 2018).
    First ``weight_decay`` * w is added to g. Unlike in the authors' package, this does not
    change ``p.grad``.

    Args:
        params: the parameters, or parameter groups.
        lr: the learning rate, >= 0.
        betas: the decay rates β1 and β2 of the two means, each in [0, 1).
        eps: added to the denominator, >= 0.
        weight_decay: the factor of the l2 penalty.
        amsgrad: must be False, because Yogi has no AMSGrad variant. It exists for groups
            and calls written for Adam.

    Raises:
        ValueError: an argument is out of its range, or amsgrad is True.

    >>> w = torch.nn.Parameter(torch.tensor([1.0]))
    >>> w.grad = torch.tensor([2.0])
    >>> Yogi([w], lr=0.5).step(); w.data
    tensor([0.5000])
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
    ) -> None:
        if amsgrad:
            raise ValueError(
                "amsgrad must be False, was True: Yogi has no AMSGrad variant; use AdamW for it"
            )
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad)

    def _update(
        self, p: Tensor, gradient: Tensor, group: dict[str, Any], state: dict[str, Any]
    ) -> None:
        beta1, beta2 = group["betas"]
        state["step"] += 1
        if group["weight_decay"] != 0:
            gradient = gradient.add(p, alpha=group["weight_decay"])
        state["exp_avg"].mul_(beta1).add_(gradient, alpha=1 - beta1)
        squared = gradient**2
        second = state["exp_avg_sq"]
        second.add_(torch.sign(second - squared) * squared, alpha=-(1 - beta2))
        descend(p, group, state, second)

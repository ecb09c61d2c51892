"""BPGrad, DFW and L4, written from their papers as optimizers of torch.

They stand for the packages of their authors, which are not in the package index. Each takes
one learning rate for all groups, and hears the loss through the closure of ``step``.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer


class _HearsLosses(Optimizer):
    """An optimizer that needs the loss, and gradients of all parameters."""

    def __init__(self, params: Iterable[Any], **settings: float | bool) -> None:
        super().__init__(params, dict(settings))

    @torch.no_grad()
    def step(  # pyright: ignore[reportIncompatibleMethodOverride] the loss is needed
        self, closure: Callable[[], float]
    ) -> None:
        """Take one step, given the loss by ``closure``."""
        group = self.param_groups[0]
        self._take(float(closure()), group["params"], group)

    def _take(self, loss: float, params: list[Tensor], group: dict[str, Any]) -> None:
        raise NotImplementedError

    def _kept(self, p: Tensor, name: str) -> Tensor:
        """Return a tensor of the state, zeros at first."""
        return self.state[p].setdefault(name, torch.zeros_like(p.detach()))


class _WithMomentum(_HearsLosses):
    """One that has the settings of SGD, and eps."""

    def __init__(
        self,
        params: Iterable[Any],
        lr: float,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
        eps: float = 1e-5,
    ) -> None:
        super().__init__(params, lr=lr, momentum=momentum, weight_decay=weight_decay, eps=eps)


class BPGrad(_WithMomentum):
    """v <- μ v - lr f / (||g|| + eps) g, w <- w + v, with the decay in f and g.

    Zhang, Wu, Wang, "BPGrad: Towards Global Optimality in Deep Learning via Branch and
    Pruning", CVPR 2018, arXiv:1711.06959, with a look-back of one step. ``lr`` is the inverse
    of the Lipschitz constant.
    """

    def _take(self, loss: float, params: list[Tensor], group: dict[str, Any]) -> None:
        decay = group["weight_decay"]
        objective = torch.tensor(loss, dtype=params[0].dtype)
        gradients = [_decayed(p, decay) for p in params]
        if decay != 0:
            for p in params:
                objective = objective + 0.5 * decay * p.norm() ** 2
        squares = torch.stack([g.norm() ** 2 for g in gradients]).sum()
        size = float(objective / (squares.sqrt() + group["eps"]))
        for p, g in zip(params, gradients, strict=True):
            v = self._kept(p, "v")
            v.mul_(group["momentum"]).add_(g, alpha=-(group["lr"] * size))
            p.add_(v)


class DFW(_WithMomentum):
    """Deep Frank-Wolfe: the step in the dual of a proximal problem has a closed form.

    Berrada, Zisserman, Kumar, "Deep Frank-Wolfe For Neural Network Optimization", ICLR 2019,
    arXiv:1811.07591. With r the gradient of the decay, the step γ is the quotient of
    loss - lr <g, r> and lr ||g||² + eps, clipped to [0, 1].
    """

    def _take(self, loss: float, params: list[Tensor], group: dict[str, Any]) -> None:
        lr, mu = group["lr"], group["momentum"]
        ofs = [(_gradient(p), group["weight_decay"] * p) for p in params]
        numerator = torch.tensor(loss, dtype=params[0].dtype)
        denominator = torch.zeros_like(numerator)
        for g, r in ofs:
            numerator = numerator - lr * (g * r).sum()
            denominator = denominator + lr * g.norm() ** 2
        gamma = float((numerator / (denominator + group["eps"])).clamp(0, 1))
        for p, (g, r) in zip(params, ofs, strict=True):
            p.sub_(lr * (r + gamma * g))
            if mu != 0:
                z = self._kept(p, "momentum_buffer")
                z.mul_(mu).sub_(lr * gamma * (g + r))
                p.add_(mu * z)


class L4(_HearsLosses):
    """The step that would reduce the linearized loss by a share of what it can fall.

    Rolinek, Martius, "L4: Practical loss-based stepsize adaptation for deep learning", NeurIPS
    2018, arXiv:1802.05074. ``lr`` is that share, α. The gradient's running mean estimates the
    derivative, and is the direction too, or the direction is Adam's.
    """

    MEAN_RATE = 1 - 1 / 10.0
    SQUARES_RATE = 1 - 1 / 1000.0

    def __init__(
        self, params: Iterable[Any], lr: float, weight_decay: float = 0.0, adam: bool = False
    ) -> None:
        super().__init__(params, lr=lr, weight_decay=weight_decay, adam=adam)
        self.min_loss = 0.0

    def _take(self, loss: float, params: list[Tensor], group: dict[str, Any]) -> None:
        first = "step" not in self.state[params[0]]
        lowest = 0.75 * loss if first else min(self.min_loss, loss)
        pairs = [self._estimates(p, group) for p in params]
        along = torch.stack([(v * d).sum() for v, d in pairs]).sum()
        excess = torch.tensor(group["lr"] * (loss - 0.9 * lowest), dtype=along.dtype)
        size = float(excess / (along + 1e-12))
        self.min_loss = lowest * (1 + 1 / 1000.0)
        for p, (v, _) in zip(params, pairs, strict=True):
            p.add_(v, alpha=-size)

    def _estimates(self, p: Tensor, group: dict[str, Any]) -> tuple[Tensor, Tensor]:
        """Return direction and derivative."""
        g, state = _decayed(p, group["weight_decay"]), self.state[p]
        state["step"] = state.get("step", 0) + 1
        m = self._kept(p, "exp_avg")
        m.mul_(self.MEAN_RATE).add_(g, alpha=1 - self.MEAN_RATE)
        derivative = m / (1 - self.MEAN_RATE ** state["step"])
        if not group["adam"]:
            return derivative, derivative
        s = self._kept(p, "exp_avg_sq")
        s.mul_(self.SQUARES_RATE).add_(g**2, alpha=1 - self.SQUARES_RATE)
        root = (s / (1 - self.SQUARES_RATE ** state["step"])).sqrt()
        return derivative / (root + 1e-4), derivative


def _gradient(p: Tensor) -> Tensor:
    if p.grad is None:
        raise ValueError("every parameter must have a gradient")
    return p.grad


def _decayed(p: Tensor, decay: float) -> Tensor:
    """Return the gradient of the loss and of decay/2 ||p||², which is not ``p.grad`` itself."""
    return _gradient(p).add(p, alpha=decay) if decay != 0 else _gradient(p)

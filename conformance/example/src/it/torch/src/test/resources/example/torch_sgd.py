"""torch.optim.SGD with Nesterov momentum, as the conformance kit asks for an optimizer."""

from collections.abc import Callable
from typing import Any

import torch
from torch.optim import SGD


class Optimizer:
    """Takes a group's ``max_lr`` for its learning rate, and does not hear the loss."""

    def __init__(self, groups: list[dict[str, Any]], **_unused: Any) -> None:
        self.param_groups = groups
        self.state: dict[Any, dict[str, torch.Tensor]] = {}
        self._parts: list[SGD] = []
        self.step_size: float | None = None
        self.step_size_unclipped = float("inf")
        for group in groups:
            momentum = group["momentum"]
            part = SGD(
                group["params"], lr=group["max_lr"], momentum=momentum, nesterov=momentum != 0
            )
            self._parts.append(part)
            for p in group["params"]:
                if momentum != 0:
                    # SGD makes it at the first step, from the first gradient.
                    part.state[p]["momentum_buffer"] = torch.zeros_like(p)
                self.state[p] = part.state[p]

    @torch.no_grad()
    def step(self, closure: Callable[[], object]) -> None:
        """Take one step on all groups."""
        closure()
        for group, part in zip(self.param_groups, self._parts, strict=True):
            part.step()
            group["step_size"] = group["max_lr"]
        total = 0.0
        for group in self.param_groups:
            total += group["step_size"]
        self.step_size = total / len(self.param_groups)

"""An optimizer that stands still: what is left of a step when torch computes nothing.

The benchmark loads it in place of ``alig.th`` (see :func:`alig_oracle.package.load`), to tell
what crossing the bridge costs from what the step costs.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor


class Optimizer:
    """Has the attributes of ``alig.th.AliG``, and takes steps of size 0."""

    def __init__(self, groups: list[dict[str, Any]], **_settings: object) -> None:
        self.param_groups = groups
        self.state: dict[Tensor, dict[str, Tensor]] = {
            p: {"momentum_buffer": torch.zeros_like(p)}
            for group in groups
            if group["momentum"]
            for p in group["params"]
        }
        self.step_size = 0.0
        self.step_size_unclipped = 0.0

    def step(self, closure: Callable[[], object]) -> None:
        """Ask for the loss, and leave everything where it is."""
        closure()
        for group in self.param_groups:
            group["step_size"] = 0.0

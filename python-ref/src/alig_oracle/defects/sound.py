"""The sound optimizer with its operations apart, and the list of its spoiled kinds."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, TypeVar

import torch
from torch import Tensor

from alig.th.alig import AliG, Loss
from alig.th.projection import l2_projection

Projection = Callable[[list[Tensor], float | None], None]
Group = dict[str, Any]


@dataclass(frozen=True)
class Defect:
    """An optimizer and a projection, one of which may be spoiled."""

    name: str
    description: str
    optimizer: type[AliG]
    projection: Projection = l2_projection


ALL: list[Defect] = []

_Class = TypeVar("_Class", bound=type[AliG])
_Function = TypeVar("_Function", bound=Projection)


class Sound(AliG):
    """ALI-G; each operation is a method of its own, for a defect to override."""

    @torch.no_grad()
    def step(self, closure: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Take one step with the loss that ``closure`` returns."""
        self.compute_step_size(closure())
        self._update_all()
        self._project()

    @torch.no_grad()
    def compute_step_size(self, loss: Loss) -> None:
        """Set the step sizes from ``loss``."""
        unclipped = self._unclipped(loss)
        steps = [self._cap(unclipped, group) for group in self.param_groups]
        self.step_size_unclipped = unclipped
        for group, step in zip(self.param_groups, steps, strict=True):
            group["step_size"] = step
        self.step_size = self._mean(steps)

    def _unclipped(self, loss: Loss) -> float:
        return float(loss / (self._squared_gradient_norm() + self.eps))

    def _squared_gradient_norm(self) -> Loss:
        total: Loss = 0
        for gradient in self._gradients():
            total = total + self._norm(gradient) ** 2
        return total

    def _gradients(self) -> list[Tensor]:
        return [p.grad for p in self._parameters() if p.grad is not None]

    def _parameters(self) -> list[Tensor]:
        return [p for group in self.param_groups for p in group["params"]]

    def _norm(self, gradient: Tensor) -> Tensor:
        return torch.linalg.vector_norm(gradient)

    def _cap(self, unclipped: float, group: Group) -> float:
        return unclipped if group["max_lr"] is None else min(unclipped, group["max_lr"])

    def _mean(self, steps: list[float]) -> float:
        return reduce(add, steps, 0) / len(steps)

    def _update_all(self) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    self._update(p, p.grad, group["step_size"], group["momentum"])


def defective(kind: _Class) -> _Class:
    """Put a spoiled optimizer on the list, under its own name and first line."""
    ALL.append(Defect(_name(kind), _first_line(kind), kind))
    return kind


def defective_projection(function: _Function) -> _Function:
    """Put a spoiled projection on the list, under its own name and first line."""
    ALL.append(Defect(_name(function), _first_line(function), Sound, function))
    return function


def norm_of(tensors: list[Tensor]) -> Tensor:
    """Return the norm over all of ``tensors``, as the sound projection computes it."""
    squares = [torch.linalg.vector_norm(p) ** 2 for p in tensors]
    return torch.sqrt(sum(squares[1:], start=squares[0]))


def scale(tensors: list[Tensor], factor: Any) -> None:
    """Multiply ``tensors`` in place."""
    for p in tensors:
        p.mul_(factor)


def _name(of: Any) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", of.__name__)
    return words.replace("_", "-").lower()


def _first_line(of: Any) -> str:
    line = (of.__doc__ or "").splitlines()[0].rstrip(".")
    return line[0].lower() + line[1:]

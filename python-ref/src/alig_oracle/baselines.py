"""The optimizers that the paper compares ALI-G with, as a case asks for an optimizer.

A case of them has two groups. The first holds the parameters that are learned. The second
holds all that the optimizer keeps, so that a step can begin in any state: vectors, each in
as many tensors as there are parameters; then one tensor of numbers and one of settings. A
number there is a row of three, which add up to a double whatever the type of the tensors.

``torch.optim`` has seven of the optimizers, and ``alig.th`` two. The others are written in
:mod:`alig_oracle.originals`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from alig.th import AdamW, Yogi

from .errors import OracleError
from .originals import DFW, L4, BPGrad

_Make = Callable[..., Any]


@dataclass(frozen=True)
class Kind:
    """How to make an optimizer, and the names of what it keeps, in the order of a case.

    ``count`` makes the number of steps as the optimizer keeps it per parameter.
    """

    make: _Make
    vectors: tuple[str, ...]
    settings: tuple[str, ...]
    count: Callable[[float], Any] | None = None
    lowest_loss: bool = False


def _tensor(steps: float) -> Tensor:
    return torch.tensor(steps, dtype=torch.float32)


def _adam(params: Any, beta1: float, beta2: float, **settings: Any) -> Any:
    return torch.optim.Adam(params, betas=(beta1, beta2), foreach=False, **settings)


def _moments(kind: _Make, params: Any, beta1: float, beta2: float, **settings: Any) -> Any:
    return kind(params, betas=(beta1, beta2), **settings)


_BETAS = ("beta1", "beta2", "eps", "weight_decay")
_MEANS = ("exp_avg", "exp_avg_sq")

KINDS = {
    "sgd": Kind(
        partial(torch.optim.SGD, foreach=False), ("momentum_buffer",), ("momentum", "weight_decay")
    ),
    "nesterov": Kind(
        partial(torch.optim.SGD, nesterov=True, foreach=False),
        ("momentum_buffer",),
        ("momentum", "weight_decay"),
    ),
    "adam": Kind(_adam, _MEANS, _BETAS, _tensor),
    "amsgrad": Kind(partial(_adam, amsgrad=True), (*_MEANS, "max_exp_avg_sq"), _BETAS, _tensor),
    "adagrad": Kind(
        partial(torch.optim.Adagrad, foreach=False), ("sum",), ("eps", "weight_decay"), _tensor
    ),
    "rmsprop": Kind(
        partial(torch.optim.RMSprop, foreach=False),
        ("square_avg",),
        ("alpha", "eps", "weight_decay"),
        _tensor,
    ),
    "adamw": Kind(partial(_moments, AdamW), _MEANS, _BETAS, int),
    "yogi": Kind(partial(_moments, Yogi), _MEANS, _BETAS, int),
    "bpgrad": Kind(BPGrad, ("v",), ("momentum", "weight_decay", "eps")),
    "dfw": Kind(DFW, ("momentum_buffer",), ("momentum", "weight_decay", "eps")),
    "l4adam": Kind(partial(L4, adam=True), _MEANS, ("weight_decay",), int, lowest_loss=True),
    "l4mom": Kind(L4, ("exp_avg",), ("weight_decay",), int, lowest_loss=True),
}


def optimizer(name: str) -> Callable[..., "Baseline"]:
    """Return what makes the optimizer of that name from the groups of a case.

    Raises:
        OracleError: there is no optimizer of that name.
    """
    if name not in KINDS:
        raise OracleError(f"there is no baseline {name!r}; there are {[*KINDS]}")
    return partial(Baseline, KINDS[name])


class Baseline:
    """An optimizer whose state is put into it before each step, and read after it.

    A group's ``max_lr`` is its learning rate.
    """

    def __init__(self, kind: Kind, groups: list[dict[str, Any]], **_unused: Any) -> None:
        self._kind = kind
        self.param_groups = groups
        self.state: dict[Any, dict[str, Tensor]] = {}
        self.step_size: float | None = None
        self.step_size_unclipped = math.inf

    def step(self, closure: Callable[[], Any]) -> None:
        """Take one step from the state in the second group, and leave the next state there."""
        kind, loss = self._kind, float(closure())
        learned, kept = (group["params"] for group in self.param_groups)
        vectors, (counted, chosen) = kept[:-2], kept[-2:]
        numbers = read(counted)
        settings = dict(zip(kind.settings, read(chosen), strict=True))
        steps = numbers[0]
        made = kind.make(learned, lr=self.param_groups[0]["max_lr"], **settings)
        if kind.lowest_loss:
            made.min_loss = numbers[1]
        slots = [vectors[at :: len(learned)] for at in range(len(learned))]
        for p, slot in zip(learned, slots, strict=True):
            if steps > 0:
                _load(made.state[p], kind, slot, steps)
        made.step(lambda: loss)
        with torch.no_grad():
            for p, slot in zip(learned, slots, strict=True):
                _save(made.state[p], kind, slot)
                p.copy_(_plain(p))
            numbers[0] = steps + 1
            if kind.lowest_loss:
                numbers[1] = made.min_loss
            write(numbers, counted)
        self._report()

    def _report(self) -> None:
        total = 0.0
        for group in self.param_groups:
            group["step_size"] = group["max_lr"]
            total += group["step_size"]
        self.step_size = total / len(self.param_groups)


def _load(state: dict[str, Any], kind: Kind, slot: Sequence[Tensor], steps: float) -> None:
    for name, tensor in zip(kind.vectors, slot, strict=True):
        state[name] = tensor.detach().clone()
    if kind.count is not None:
        state["step"] = kind.count(steps)


def _save(state: dict[str, Any], kind: Kind, slot: Sequence[Tensor]) -> None:
    for name, tensor in zip(kind.vectors, slot, strict=True):
        if state.get(name) is not None:
            tensor.copy_(_plain(state[name]))


def _plain(tensor: Tensor) -> Tensor:
    """Replace each NaN by the usual one: ``torch.maximum`` makes one with all its bits set."""
    return torch.where(tensor.isnan(), math.nan, tensor)


def read(rows: Tensor) -> list[float]:
    """Return the doubles that rows of three hold."""
    return [float(a) + (float(b) + float(c)) for a, b, c in rows.tolist()]


def write(values: Sequence[float], rows: Tensor) -> None:
    """Write doubles as rows of three numbers of the tensor's type, which add up to them."""
    for value, row in zip(values, rows, strict=True):
        rest = torch.tensor(value, dtype=torch.float64)
        for at in range(3):
            row[at] = rest
            if bool(row[at].isfinite()):
                rest = rest - row[at].double()
            else:
                rest = torch.zeros((), dtype=torch.float64)

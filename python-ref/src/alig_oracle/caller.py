"""What the caller of an optimizer holds, and whether a step leaves it alone.

A caller reuses the memory of its gradients: each step finds the new numbers where the last
ones were. So an optimizer that keeps that memory as momentum goes wrong in its numbers too.
"""

import io
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Any, TypeAlias, TypedDict

import numpy as np
import torch
from torch import Tensor

from . import memory
from .cursor import Cursor

_Shared: TypeAlias = dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]]

_INTEGERS = {torch.float32: torch.int32, torch.float64: torch.int64}


class Watched(TypedDict):
    """How many things were looked at, and what was done to them."""

    watched: int
    effects: list["Effect"]


class Effect(TypedDict):
    """Something that an optimizer did beside its step; ``step`` is None where none can be named."""

    step: int | None
    what: str


class Caller:
    """The parameters, gradients and settings of one case, as its optimizer finds them.

    ``effects`` lists what the optimizer did to them beside its steps, and ``watched`` counts
    what was looked at.
    """

    def __init__(self, params: Sequence[Tensor], dtype: torch.dtype, device: str) -> None:
        self.effects: list[Effect] = []
        self.watched = 0
        self._params = params
        self._memory = [(p.data_ptr(), p.shape) for p in params]
        sizes = [p.numel() for p in params]
        self._all = torch.zeros(sum(sizes), dtype=dtype, device=device)
        parts = self._all.split(sizes)
        self._parts = [part.view(p.shape) for part, p in zip(parts, params, strict=True)]
        self._bits = self._all.view(_INTEGERS[dtype])
        self._lent = self._bits
        self._present: list[bool] = []
        self._loss: float | Tensor = 0.0
        self._loss_before: Tensor | None = None
        self._calls = 0
        self._groups: list[Any] = []

    def keep(self, optimizer: Any) -> None:
        """Remember the parameter groups that the caller now has."""
        self._groups = _groups_of(optimizer)

    def set_caps(self, optimizer: Any, caps: Sequence[float | None]) -> None:
        """Set the caps of the groups, as a schedule does."""
        # A package that has lost a group shows in its step sizes.
        for group, cap in zip(optimizer.param_groups, caps, strict=False):
            group["max_lr"] = None if cap is None else float(cap)
        self.keep(optimizer)

    def lend(self, source: Cursor, present: Sequence[bool]) -> None:
        """Read the gradients of the next step over those of the last, and hand them out."""
        self._present = list(present)
        if all(present):
            memory.load(self._all, source.take(self._all.shape))
        for p, part, has in zip(self._params, self._parts, present, strict=True):
            if has and not all(present):
                memory.load(part, source.take(part.shape))
            p.grad = part if has else None
        self._lent = self._bits.clone()

    def closure(self, loss: float | Tensor) -> Callable[[], float | Tensor]:
        """Return a function that returns the loss, and counts its calls."""
        self._loss = loss
        self._loss_before = loss.clone() if isinstance(loss, Tensor) else None
        self._calls = 0

        def evaluate() -> float | Tensor:
            self._calls += 1
            return loss

        return evaluate

    def look(self, step: int, optimizer: Any) -> None:
        """Look at everything after a step, whose number is ``step``."""
        found = {
            "changes a gradient": not torch.equal(self._bits, self._lent),
            "removes or replaces a gradient": any(
                p.grad is not (part if has else None)
                for p, part, has in zip(self._params, self._parts, self._present, strict=True)
            ),
            "keeps the memory of a gradient": self._is_kept(optimizer),
            f"calls the closure {self._calls} times": self._calls != 1,
            "changes the loss": not self._is_loss_kept(),
            "gives a parameter other memory": self._memory
            != [(p.data_ptr(), p.shape) for p in self._params],
            "changes requires_grad": any(part.requires_grad for part in self._parts)
            or not all(p.requires_grad and p.is_leaf for p in self._params),
            "changes its parameter groups": _groups_of(optimizer) != self._groups,
        }
        self.watched += len(found)
        seen = [what for what, is_so in found.items() if is_so]
        self.effects.extend(Effect(step=step, what=what) for what in seen)

    def _is_loss_kept(self) -> bool:
        loss, before = self._loss, self._loss_before
        if before is None or not isinstance(loss, Tensor):
            return True
        bits = _INTEGERS[before.dtype]
        same = loss.dtype == before.dtype and torch.equal(loss.view(bits), before.view(bits))
        return same and not loss.requires_grad

    def _is_kept(self, optimizer: Any) -> bool:
        start = self._all.data_ptr()
        end = start + self._all.numel() * self._all.element_size()
        return any(
            isinstance(value, Tensor) and start <= value.data_ptr() < end
            for state in optimizer.state.values()
            for value in state.values()
        )

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Find what changes in this process meanwhile, and change it back."""
        before = _read(_PROCESS)
        printed = io.StringIO()
        try:
            with redirect_stdout(printed):
                yield
        finally:
            self.watched += 1 + len(before)
            # A package may have closed what it took for the process's own.
            if printed.closed or printed.getvalue():
                self.effects.append({"step": None, "what": "prints"})
            for name in _restored(_PROCESS, before):
                self.effects.append({"step": None, "what": f"changes {name}"})


@contextmanager
def random_numbers(replies: Sequence[Watched]) -> Iterator[None]:
    """Find whether random numbers are drawn meanwhile, and take them back.

    It is one of the effects of all ``replies`` then: a batch is of one optimizer.
    """
    before = _read(_RANDOM)
    try:
        yield
    finally:
        drawn = _restored(_RANDOM, before)
        for reply in replies:
            reply["watched"] += len(before)
            reply["effects"].extend(Effect(step=None, what=f"changes {name}") for name in drawn)


def _read(shared: _Shared) -> dict[str, Any]:
    return {name: get() for name, (get, _) in shared.items()}


def _restored(shared: _Shared, before: dict[str, Any]) -> list[str]:
    """Put back what has changed, and return its names."""
    changed = [name for name, (get, _) in shared.items() if get() != before[name]]
    for name in changed:
        shared[name][1](before[name])
    return changed


def _groups_of(optimizer: Any) -> list[Any]:
    """What a caller sees of the groups: which parameters, and their settings as text."""
    return [
        (
            [id(p) for p in group.get("params", ())],
            repr(group.get("max_lr")),
            repr(group.get("momentum")),
        )
        for group in optimizer.param_groups
    ]


def _torch_random() -> bytes:
    return torch.get_rng_state().numpy().tobytes()


def _put_torch_random(state: bytes) -> None:
    torch.set_rng_state(torch.from_numpy(np.frombuffer(state, dtype=np.uint8).copy()))


def _numpy_random() -> Any:
    state: Any = np.random.get_state()
    _, keys, *rest = state
    return keys.tobytes(), tuple(rest)


def _put_numpy_random(state: Any) -> None:
    keys, rest = state
    np.random.set_state(("MT19937", np.frombuffer(keys, np.uint32), *rest))


# What is read and put back of the process that all optimizers share.
_PROCESS: _Shared = {
    "whether gradients are enabled": (torch.is_grad_enabled, torch.set_grad_enabled),
    "torch's default dtype": (torch.get_default_dtype, torch.set_default_dtype),
    "torch's number of threads": (torch.get_num_threads, torch.set_num_threads),
    "torch's choice of deterministic algorithms": (
        torch.are_deterministic_algorithms_enabled,
        torch.use_deterministic_algorithms,
    ),
    "torch's detection of anomalies": (torch.is_anomaly_enabled, torch.set_anomaly_enabled),
}

# The same; but to read these takes as long as a step.
_RANDOM: _Shared = {
    "torch's random numbers": (_torch_random, _put_torch_random),
    "numpy's random numbers": (_numpy_random, _put_numpy_random),
    "Python's random numbers": (random.getstate, random.setstate),
}

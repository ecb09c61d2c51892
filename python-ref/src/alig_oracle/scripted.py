"""Runs one case whose losses and gradients are given."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Literal

import torch
from torch import Tensor

from . import memory, momentum
from .caller import Caller
from .cursor import Bytes, Cursor
from .errors import OracleError
from .package import Package
from .request import CaseRequest, Raised, Reply, StepReply, StepRequest

DTYPES = {"float32": torch.float32, "float64": torch.float64}


class ScriptedRun:
    """One case on one package.

    It relies on no more than the authors' package shows: the constructor, ``step``,
    ``param_groups``, ``state`` (where a parameter's only tensor is its momentum buffer, from
    construction or from its first step on),
    ``step_size`` and ``step_size_unclipped``.
    """

    def __init__(self, package: Package, case: CaseRequest, source: Bytes, target: Bytes) -> None:
        if case["dtype"] not in DTYPES:
            raise OracleError(f"dtype must be one of {sorted(DTYPES)}, was {case['dtype']!r}")
        self._package = package
        self._case = case
        self._source = Cursor("inputs", source, case["in"], case["dtype"])
        self._target = Cursor("outputs", target, case["out"], case["dtype"])
        shapes = chain.from_iterable(group["shapes"] for group in case["groups"])
        # Copies, since the optimizer writes to them.
        self._params = [self._owned(shape) for shape in shapes]
        self._caller = Caller(self._params, DTYPES[case["dtype"]], package.device)

    def _owned(self, shape: Sequence[int]) -> Tensor:
        values = self._source.take(shape)
        return memory.owned(values, self._package.device).requires_grad_()

    def reply(self) -> Reply:
        """Run the case, write its tensors to the target, and return the rest.

        What the package raises is part of the reply, and what it does beside its steps; a
        lack of memory is not its doing alone, and is raised.
        """
        with self._caller.watching():
            steps, raised = self._run()
        return {
            "steps": steps,
            "raised": raised,
            "watched": self._caller.watched,
            "effects": self._caller.effects,
        }

    def _run(self) -> tuple[list[StepReply], Raised | None]:
        groups, settings = self._groups(), self._settings()
        try:
            optimizer = self._package.optimizer(groups, **settings)
        except MemoryError:
            raise
        except Exception as cause:
            return [], _raised("construct", None, cause)
        with_buffer = [p for group in groups if group["momentum"] != 0 for p in group["params"]]
        moved: list[Tensor] = []
        if self._case["resumed"]:
            self._load(optimizer, with_buffer)
        self._save(optimizer, with_buffer, moved)
        # As a schedule does: a cap that prescribes a step size may be one that is refused before.
        self._caller.set_caps(optimizer, [group["max_lr"] for group in self._case["groups"]])
        steps: list[StepReply] = []
        for number, step in enumerate(self._case["steps"]):
            self._caller.lend(self._source, list(chain.from_iterable(step["present"])))
            if "caps" in step:
                self._caller.set_caps(optimizer, step["caps"])
            closure = self._caller.closure(self._loss(step))
            try:
                optimizer.step(closure)
                steps.append(_step_sizes(optimizer))
            except MemoryError:
                raise
            except Exception as cause:
                return steps, _raised("step", number, cause)
            moved += [p for p in with_buffer if p.grad is not None]
            self._caller.look(number, optimizer)
            self._save(optimizer, with_buffer, moved)
        return steps, None

    def _groups(self) -> list[dict[str, Any]]:
        params = iter(self._params)
        return [
            {
                "params": [next(params) for _ in group["shapes"]],
                "max_lr": _at_construction(group["max_lr"]),
                "momentum": float(group["momentum"]),
            }
            for group in self._case["groups"]
        ]

    def _settings(self) -> dict[str, Any]:
        return {
            "projection_fn": self._projection(),
            "eps": float(self._case["eps"]),
            "adjusted_momentum": self._case["adjusted"],
        }

    def _projection(self) -> Any:
        if self._case["radius"] is None:
            return None
        radius = float(self._case["radius"])
        return lambda: self._package.l2_projection(self._params, max_norm=radius)

    def _load(self, optimizer: Any, with_buffer: list[Tensor]) -> None:
        for tensor in self._params + momentum.live(optimizer, with_buffer):
            memory.load(tensor.detach(), self._source.take(tensor.shape))

    def _save(self, optimizer: Any, with_buffer: list[Tensor], moved: list[Tensor]) -> None:
        live = self._params + momentum.buffers(optimizer, with_buffer, moved)
        memory.save([tensor.detach() for tensor in live], self._target)

    def _loss(self, step: StepRequest) -> float | Tensor:
        loss = float(step["loss"])
        if step["kind"] == "float":
            return loss
        if step["kind"] == "tensor":
            return torch.tensor(
                loss, dtype=DTYPES[self._case["dtype"]], device=self._package.device
            )
        raise OracleError(f"kind of a loss must be float or tensor, was {step['kind']!r}")


def _at_construction(cap: float | None) -> float | None:
    """Return the cap if a user may set it, as a constructor may insist on."""
    return float(cap) if cap is not None and cap > 0 else None


def _step_sizes(optimizer: Any) -> StepReply:
    return {
        "unclipped": float(optimizer.step_size_unclipped),
        "step_sizes": [float(group["step_size"]) for group in optimizer.param_groups],
        "mean": float(optimizer.step_size),
    }


def _raised(stage: Literal["construct", "step"], step: int | None, cause: Exception) -> Raised:
    return {"stage": stage, "step": step, "type": type(cause).__name__, "message": str(cause)}

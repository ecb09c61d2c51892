"""Runs one case whose losses and gradients are given."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Literal

import torch
from torch import Tensor

from . import memory
from .cursor import Bytes, Cursor
from .errors import OracleError
from .package import Package
from .request import CaseRequest, Raised, Reply, StepReply, StepRequest

DTYPES = {"float32": torch.float32, "float64": torch.float64}


class ScriptedRun:
    """One case on one package.

    It relies on no more than the authors' package shows: the constructor, ``step``,
    ``param_groups``, ``state`` (where a parameter's only tensor is its momentum buffer),
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

    def _owned(self, shape: Sequence[int]) -> Tensor:
        return memory.owned(self._source.take(shape), self._package.device)

    def reply(self) -> Reply:
        """Run the case, write its tensors to the target, and return the rest.

        What the package raises is part of the reply; a lack of memory is not its doing
        alone, and is raised.
        """
        groups, settings = self._groups(), self._settings()
        try:
            optimizer = self._package.optimizer(groups, **settings)
        except MemoryError:
            raise
        except Exception as cause:
            return {"steps": [], "raised": _raised("construct", None, cause)}
        with_buffer = [p for group in groups if group["momentum"] != 0 for p in group["params"]]
        if self._case["resumed"]:
            self._load(optimizer, with_buffer)
        self._save(optimizer, with_buffer)
        steps: list[StepReply] = []
        for number, step in enumerate(self._case["steps"]):
            self._set_gradients(step)
            _set_caps(optimizer, step)
            loss = self._loss(step)
            try:
                optimizer.step(lambda loss=loss: loss)
                steps.append(_step_sizes(optimizer))
            except MemoryError:
                raise
            except Exception as cause:
                return {"steps": steps, "raised": _raised("step", number, cause)}
            self._save(optimizer, with_buffer)
        return {"steps": steps, "raised": None}

    def _groups(self) -> list[dict[str, Any]]:
        params = iter(self._params)
        return [
            {
                "params": [next(params) for _ in group["shapes"]],
                "max_lr": None if group["max_lr"] is None else float(group["max_lr"]),
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
        for tensor in self._live(optimizer, with_buffer):
            memory.load(tensor, self._source.take(tensor.shape))

    def _save(self, optimizer: Any, with_buffer: list[Tensor]) -> None:
        memory.save(self._live(optimizer, with_buffer), self._target)

    def _live(self, optimizer: Any, with_buffer: list[Tensor]) -> list[Tensor]:
        return self._params + [buffer_of(optimizer, p) for p in with_buffer]

    def _set_gradients(self, step: StepRequest) -> None:
        present = chain.from_iterable(step["present"])
        for p, has in zip(self._params, present, strict=True):
            p.grad = self._borrowed(p.shape) if has else None

    def _borrowed(self, shape: Sequence[int]) -> Tensor:
        return memory.borrowed(self._source.take(shape), self._package.device)

    def _loss(self, step: StepRequest) -> float | Tensor:
        loss = float(step["loss"])
        if step["kind"] == "float":
            return loss
        if step["kind"] == "tensor":
            return torch.tensor(
                loss, dtype=DTYPES[self._case["dtype"]], device=self._package.device
            )
        raise OracleError(f"kind of a loss must be float or tensor, was {step['kind']!r}")


def buffer_of(optimizer: Any, p: Tensor) -> Tensor:
    """Return the momentum buffer of a parameter: the only tensor in its state."""
    for value in optimizer.state[p].values():
        if isinstance(value, Tensor):
            return value
    raise OracleError(
        "the package keeps no momentum buffer in optimizer.state for a parameter "
        f"of shape {tuple(p.shape)}, though its group has momentum"
    )


def _set_caps(optimizer: Any, step: StepRequest) -> None:
    if "caps" in step:
        for group, cap in zip(optimizer.param_groups, step["caps"], strict=True):
            group["max_lr"] = None if cap is None else float(cap)


def _step_sizes(optimizer: Any) -> StepReply:
    return {
        "unclipped": float(optimizer.step_size_unclipped),
        "step_sizes": [float(group["step_size"]) for group in optimizer.param_groups],
        "mean": float(optimizer.step_size),
    }


def _raised(stage: Literal["construct", "step"], step: int | None, cause: Exception) -> Raised:
    return {"stage": stage, "step": step, "type": type(cause).__name__, "message": str(cause)}

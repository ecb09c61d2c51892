"""Trace files: what a package did on scripted cases, one JSON object a line.

The first line is the provenance. Floats are hexadecimal strings, ``nan``, ``inf`` or
``-inf``, so that every bit survives; values of float32 are written as the float64 they
equal. Tensors are flat lists. A gradient that is absent, and a buffer in a group without
momentum, is null. A case that starts in mid-run has the state to load after construction under
``resumed``. ``eps`` and ``projection_radius`` are JSON numbers.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from .errors import OracleError

Provenance: TypeAlias = dict[str, Any]
Values: TypeAlias = list[float]


@dataclass(frozen=True)
class Tensors:
    """The parameters and buffers of all groups at one moment."""

    parameters: list[list[Values]]
    buffers: list[list[Values | None]]


@dataclass(frozen=True)
class Expected:
    """What one step did."""

    step_size_unclipped: float
    step_sizes: list[float]
    step_size_mean: float
    tensors: Tensors


@dataclass(frozen=True)
class Step:
    """One step's loss and gradients, and what they led to."""

    loss: float
    loss_kind: str
    gradients: list[list[Values | None]]
    expected: Expected


@dataclass(frozen=True)
class Group:
    """One parameter group's settings and initial values."""

    max_lr: float | None
    momentum: float
    shapes: list[list[int]]
    initial: list[Values]


@dataclass(frozen=True)
class Trace:
    """One recorded case."""

    id: str
    dtype: str
    eps: float
    adjusted_momentum: bool
    projection_radius: float | None
    steps: list[Step]
    groups: list[Group]
    constructed: Tensors
    resumed: Tensors | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of the file's line."""
        resumed = {} if self.resumed is None else {"resumed": _tensors_to_json(self.resumed)}
        return {
            "id": self.id,
            "dtype": self.dtype,
            "eps": self.eps,
            "adjusted_momentum": self.adjusted_momentum,
            "projection_radius": self.projection_radius,
            "steps": [_step_to_json(step) for step in self.steps],
            "groups": [
                {
                    "max_lr": encode(group.max_lr),
                    "momentum": encode(group.momentum),
                    "shapes": group.shapes,
                    "initial": encode(group.initial),
                }
                for group in self.groups
            ],
            "constructed": _tensors_to_json(self.constructed),
            **resumed,
        }


def read(path: Path) -> tuple[Provenance, list[Trace]]:
    """Read a trace file of ``alig.th``.

    Raises:
        OracleError: the file cannot be read, or a line is not such a trace; the message
            names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as cause:
        raise OracleError(f"cannot read the traces {path}: {cause}") from cause
    parsed = [_parse(path, number, line) for number, line in enumerate(lines, 1)]
    if not parsed or "recorded_from" not in parsed[0]:
        raise OracleError(f"{path}: the first line must be the provenance, with recorded_from")
    return parsed[0], [_trace(path, number, line) for number, line in enumerate(parsed[1:], 2)]


def write(path: Path, provenance: Provenance, traces: Iterable[Trace]) -> None:
    """Write a trace file, replacing one that is there."""
    lines = [provenance, *(trace.to_json() for trace in traces)]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")


def encode(value: Any) -> Any:
    """Return nested lists of floats with each float as its hexadecimal string."""
    if isinstance(value, list):
        return [encode(item) for item in value]
    return None if value is None else float(value).hex()


def decode(value: Any) -> Any:
    """Return nested lists of hexadecimal strings (or numbers) with each one as a float."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if value is None:
        return None
    return float.fromhex(value) if isinstance(value, str) else float(value)


def _parse(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        return dict(json.loads(line))
    except (ValueError, TypeError) as cause:
        raise OracleError(f"{path}:{number}: not a JSON object: {cause}") from cause


def _trace(path: Path, number: int, line: dict[str, Any]) -> Trace:
    try:
        return _trace_from_json(line)
    except KeyError as lacking:
        raise OracleError(f"{path}:{number}: not a trace of alig.th, it lacks {lacking}") from None
    except (TypeError, ValueError) as cause:
        raise OracleError(f"{path}:{number}: not a trace of alig.th: {cause}") from cause


def _trace_from_json(line: dict[str, Any]) -> Trace:
    return Trace(
        id=line["id"],
        dtype=line["dtype"],
        eps=decode(line["eps"]),
        adjusted_momentum=line["adjusted_momentum"],
        projection_radius=decode(line["projection_radius"]),
        steps=[_step_from_json(step) for step in line["steps"]],
        groups=[
            Group(decode(g["max_lr"]), decode(g["momentum"]), g["shapes"], decode(g["initial"]))
            for g in line["groups"]
        ],
        constructed=_tensors_from_json(line["constructed"]),
        resumed=_tensors_from_json(line["resumed"]) if line.get("resumed") else None,
    )


def _step_from_json(step: dict[str, Any]) -> Step:
    expected = step["expected"]
    return Step(
        decode(step["loss"]),
        step["loss_kind"],
        decode(step["gradients"]),
        Expected(
            decode(expected["step_size_unclipped"]),
            decode(expected["step_sizes"]),
            decode(expected["step_size_mean"]),
            _tensors_from_json(expected),
        ),
    )


def _step_to_json(step: Step) -> dict[str, Any]:
    return {
        "loss": encode(step.loss),
        "loss_kind": step.loss_kind,
        "gradients": encode(step.gradients),
        "expected": {
            "step_size_unclipped": encode(step.expected.step_size_unclipped),
            "step_sizes": encode(step.expected.step_sizes),
            "step_size_mean": encode(step.expected.step_size_mean),
            **_tensors_to_json(step.expected.tensors),
        },
    }


def _tensors_from_json(json_object: dict[str, Any]) -> Tensors:
    return Tensors(decode(json_object["parameters"]), decode(json_object["buffers"]))


def _tensors_to_json(tensors: Tensors) -> dict[str, Any]:
    return {"parameters": encode(tensors.parameters), "buffers": encode(tensors.buffers)}

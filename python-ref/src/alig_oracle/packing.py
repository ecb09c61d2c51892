"""Turns recorded cases into a request of the bridge, and its reply into traces."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np

from . import bridge
from .request import CaseRequest, Raised, Reply
from .trace import Expected, Tensors, Trace, Values

_ITEM_BYTES = {"float32": 4, "float64": 8}


@dataclass(frozen=True)
class Refused:
    """The package raised instead of giving a trace."""

    raised: Raised


def rerun(traces: list[Trace], package: int | None = None) -> list[Trace | Refused]:
    """Run the cases of ``traces`` on a configured package and return what it did.

    Args:
        traces: the cases; what was recorded of them is not read.
        package: its handle; None for the last that was configured.
    """
    requests: list[CaseRequest] = []
    inputs = bytearray()
    size = 0
    for trace in traces:
        _align(inputs)
        requests.append(_request(trace, len(inputs), size))
        inputs += _input(trace)
        size += -(-_output_bytes(trace) // 8) * 8
    outputs = bytearray(size)
    named = {} if package is None else {"package": package}
    request = json.dumps({"cases": requests, **named})
    reply = json.loads(bridge.run(request, inputs, outputs))
    return [
        _result(trace, case["out"], case_reply, outputs)
        for trace, case, case_reply in zip(traces, requests, reply, strict=True)
    ]


def _request(trace: Trace, offset_in: int, offset_out: int) -> CaseRequest:
    request: Any = {
        "dtype": trace.dtype,
        "eps": trace.eps,
        "adjusted": trace.adjusted_momentum,
        "radius": trace.projection_radius,
        "groups": [
            {"max_lr": group.max_lr, "momentum": group.momentum, "shapes": group.shapes}
            for group in trace.groups
        ],
        "resumed": trace.resumed is not None,
        "in": offset_in,
        "out": offset_out,
        "steps": [
            {
                "loss": step.loss,
                "kind": step.loss_kind,
                "present": [[g is not None for g in group] for group in step.gradients],
            }
            for step in trace.steps
        ],
    }
    return request


def _input(trace: Trace) -> bytes:
    values = [v for group in trace.groups for tensor in group.initial for v in tensor]
    if trace.resumed is not None:
        values += _flat(trace.resumed.parameters) + _flat(trace.resumed.buffers)
    for step in trace.steps:
        values += _flat(step.gradients)
    # A float32 value was written as the float64 it equals, so this rounds nothing.
    return np.array(values, dtype=trace.dtype).tobytes()


def _flat(groups: Sequence[Sequence[Values | None]]) -> Values:
    return [v for group in groups for tensor in group for v in tensor or []]


def _output_bytes(trace: Trace) -> int:
    values = sum(
        prod(shape) * (2 if group.momentum != 0 else 1)
        for group in trace.groups
        for shape in group.shapes
    )
    return values * (1 + len(trace.steps)) * _ITEM_BYTES[trace.dtype]


def _result(trace: Trace, offset: int, reply: Reply, outputs: bytearray) -> Trace | Refused:
    if reply["raised"] is not None:
        return Refused(reply["raised"])
    count = _output_bytes(trace) // _ITEM_BYTES[trace.dtype]
    written = iter(np.frombuffer(outputs, trace.dtype, count, offset).tolist())
    constructed = _take(trace, written)
    steps = [
        replace(
            step,
            expected=Expected(
                done["unclipped"], done["step_sizes"], done["mean"], _take(trace, written)
            ),
        )
        for step, done in zip(trace.steps, reply["steps"], strict=True)
    ]
    return replace(trace, constructed=constructed, steps=steps)


def _take(trace: Trace, written: Any) -> Tensors:
    def tensor(shape: list[int]) -> list[float]:
        return [next(written) for _ in range(prod(shape))]

    parameters = [[tensor(shape) for shape in group.shapes] for group in trace.groups]
    buffers = [
        [tensor(shape) if group.momentum != 0 else None for shape in group.shapes]
        for group in trace.groups
    ]
    return Tensors(parameters, buffers)


def _align(buffer: bytearray) -> None:
    buffer += bytes(-len(buffer) % 8)

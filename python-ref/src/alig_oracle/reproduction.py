"""Reproduces a number in which a subject and the oracle differ.

A failure's folder holds ``finding.json``, which says where the number stands and what the
subject answered, and ``asked.jsonl``, the case that the oracle was asked for it.
"""

import json
import math
from pathlib import Path
from typing import Any

from . import bridge
from .errors import OracleError
from .packing import Refused, rerun
from .trace import Tensors, Trace, decode, read


def check(folder: Path) -> None:
    """Ask the oracle anew, and compare its number with the one that the subject gave.

    Args:
        folder: the failure's folder.

    Raises:
        AssertionError: the subject's number is not legal; its text has the facts.
        OracleError: a file cannot be read, or the oracle refuses the case.
    """
    finding = _finding(folder / "finding.json")
    bridge.configure(finding["alig"] or None)
    _, (asked,) = read(folder / "asked.jsonl")
    (answer,) = rerun([asked])
    if isinstance(answer, Refused):
        raise OracleError(f"the oracle refuses the case: {answer.raised['message']}")
    expected = _number(answer, finding)
    actual, low, high = (decode(finding[name]) for name in ("actual", "low", "high"))
    if _same(low, high):
        low = high = expected
    if not (_same(actual, low) or (low <= actual <= high and low < high)):
        raise AssertionError(_facts(finding["where"], expected, actual))


def _finding(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as cause:
        raise OracleError(f"cannot read the finding {path}: {cause}") from cause


def _number(trace: Trace, finding: dict[str, Any]) -> float:
    group, tensor, element = finding["group"], finding["tensor"], finding["element"]
    step = finding["asked_step"]
    if finding["quantity"] == "PARAMETER":
        return _state(trace, step).parameters[group][tensor][element]
    if finding["quantity"] == "BUFFER":
        return (_state(trace, step).buffers[group][tensor] or [])[element]
    expected = trace.steps[step].expected
    if finding["quantity"] == "STEP_SIZE":
        return expected.step_sizes[group]
    if finding["quantity"] == "MEAN":
        return expected.step_size_mean
    return expected.step_size_unclipped


def _state(trace: Trace, step: int) -> Tensors:
    return trace.constructed if step < 0 else trace.steps[step].expected.tensors


def _same(a: float, b: float) -> bool:
    """Whether two numbers are the same; zeros by sign, NaN by kind."""
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return a == b and math.copysign(1, a) == math.copysign(1, b)


def _facts(where: str, expected: float, actual: float) -> str:
    return f"where     {where}\nexpected  {expected.hex()}\nactual    {actual.hex()}"

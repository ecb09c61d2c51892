"""Records traces of the configured package, and replays recorded ones."""

import platform
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from . import generate
from .errors import OracleError
from .packing import Refused, rerun
from .trace import Provenance, Trace, read, write

_BATCH = 200


def record(description: dict[str, Any], seed: int, cases: int, out: Path) -> None:
    """Write ``cases`` random traces of the configured package to ``out``.

    A case that the package refuses (eps 0 where no parameter has a gradient divides by
    zero) is drawn anew. The same seed, package and machine give the same file.

    Args:
        description: what ``bridge.configure`` said about the package.
        seed: of the random cases.
        cases: how many.
        out: the file, replaced if it is there.
    """
    provenance: Provenance = {
        "recorded_from": f"alig.th, {description['kind']}, sha256 {description['digest']}",
        "library": f"torch {description['torch']}",
        "numpy": description["numpy"],
        "python": description["python"],
        "cpu": f"{platform.machine()} {description['cpu_capability'].lower()}",
        "seed": seed,
        "cases": cases,
    }
    generator = np.random.default_rng(seed)
    traces: list[Trace] = []
    while len(traces) < cases:
        wanted = min(_BATCH, cases - len(traces))
        drawn = rerun([generate.draw(generator) for _ in range(wanted)])
        for result in drawn:
            if isinstance(result, Trace):
                traces.append(replace(result, id=f"th-{seed}-{len(traces):04d}"))
    write(out, provenance, traces)


def answer(path: Path, out: Path) -> None:
    """Run the cases of a trace file, and write what the configured package does with them.

    Raises:
        OracleError: the file is not a trace of ``alig.th``, or the package refuses a case.
    """
    provenance, recorded = read(path)
    answers: list[Trace] = []
    for trace, result in zip(recorded, rerun(recorded), strict=True):
        if isinstance(result, Refused):
            raise OracleError(f"case {trace.id} is refused: {result.raised['message']}")
        answers.append(result)
    write(out, {"recorded_from": "alig.th", "cases": len(answers)} | {"of": provenance}, answers)


def replay(path: Path) -> tuple[int, list[str]]:
    """Run the cases of a trace file on the configured package.

    Returns:
        How many cases there are, and a line for each that is not bitwise equal: the
        first value that differs, where it is, and both values. NaN equals NaN.

    Raises:
        OracleError: the file cannot be read or is not a trace of ``alig.th``.
    """
    _, recorded = read(path)
    differences = []
    for start in range(0, len(recorded), _BATCH):
        batch = recorded[start : start + _BATCH]
        for expected, actual in zip(batch, rerun(batch), strict=True):
            differences += _difference(expected, actual)
    return len(recorded), differences


def _difference(expected: Trace, actual: Trace | Refused) -> list[str]:
    if isinstance(actual, Refused):
        raised = actual.raised
        where = "construct" if raised["step"] is None else f"steps[{raised['step']}]"
        return [f"{expected.id} {where}: raised {raised['type']}: {raised['message']}"]
    # Construction comes first in time, though last in the file.
    before, after = expected.to_json(), actual.to_json()
    for part in ("constructed", "steps"):
        for place, was, now in _unequal(before[part], after[part], part):
            return [f"{expected.id} {place}: expected {was}, actual {now}"]
    return []


def _unequal(expected: Any, actual: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in expected:
            yield from _unequal(expected[key], actual.get(key), f"{place}.{key}")
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for i, (was, now) in enumerate(zip(expected, actual, strict=True)):
            yield from _unequal(was, now, f"{place}[{i}]")
    elif expected != actual:
        yield place, expected, actual

"""Runs recorded cases again and looks for numbers that are not the recorded ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alig_oracle.packing import Refused, rerun
from alig_oracle.trace import Trace, read


@dataclass(frozen=True)
class Difference:
    """The first number of a case that differs."""

    trace: Trace
    place: str
    expected: Any
    actual: Any

    def is_a_root(self) -> bool:
        """Whether it is a projected parameter, which went through a square root."""
        return self.trace.projection_radius is not None and ".parameters[" in self.place


def replay(path: Path) -> tuple[int, list[Difference]]:
    """Run the cases of a file on the configured package; return their number and what differs."""
    _, recorded = read(path)
    differences = []
    for expected, actual in zip(recorded, rerun(recorded), strict=True):
        differences += _difference(expected, actual)
    return len(recorded), differences


def _difference(expected: Trace, actual: Trace | Refused) -> list[Difference]:
    if isinstance(actual, Refused):
        raised = actual.raised
        where = "construct" if raised["step"] is None else f"steps[{raised['step']}]"
        return [Difference(expected, where, "a step", f"{raised['type']}: {raised['message']}")]
    # Construction comes first in time, though last in the file.
    before, after = expected.to_json(), actual.to_json()
    for part in ("constructed", "steps"):
        for place, was, now in _unequal(before[part], after[part], part):
            return [Difference(expected, place, was, now)]
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

"""Compares what a package does on a device with what the bundled one does on the CPU.

Each step is judged from the device's own state: the CPU repeats it from there, and both answers
must lie within the bounds of that step (:mod:`alig_oracle.enclosure`). So must the device's
parameters and buffers given its own step sizes, which are then known; and both whole runs must lie
within the bounds of the whole case. How many numbers are equal bit for bit is counted beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from . import generate
from .cursor import Values
from .enclosure import Bounds, Enclosure, State
from .interval import Interval
from .packing import Refused, rerun
from .trace import Expected, Tensors, Trace

_BATCH = 100


@dataclass
class Tally:
    """What came of the comparison: a line for each case that differs, and counts.

    ``farthest`` is the largest distance of the two sides' answers to one step, in parts of the
    width of its bounds, and ``where`` says of which number.
    """

    cases: int = 0
    numbers: int = 0
    equal: int = 0
    farthest: float = 0.0
    where: str = "none"
    differences: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """Return the counts in one line."""
        return (
            f"{self.cases - len(self.differences)} of {self.cases} cases within bounds; "
            f"{self.equal} of {self.numbers} numbers equal bit for bit; "
            f"farthest {self.farthest:.3f} of the bounds' width, {self.where}"
        )


def compare(cases: list[Trace], device: int, cpu: int) -> Tally:
    """Run recorded cases on two configured packages, named by their handles, and compare.

    Args:
        cases: with what the CPU made of them.
        device: the handle of the package to judge, on its device.
        cpu: that of the bundled package on the CPU.
    """
    tally = Tally()
    for start in range(0, len(cases), _BATCH):
        batch = cases[start : start + _BATCH]
        answers = rerun(batch, device)
        repeated = _repeated(batch, answers, cpu)
        for recorded, answer in zip(batch, answers, strict=True):
            tally.cases += 1
            for difference in _differences(recorded, answer, repeated, tally):
                tally.differences.append(f"{recorded.id} {difference}")
                break
    return tally


def draw(seed: int, count: int, cpu: int) -> list[Trace]:
    """Draw random cases and run them on the CPU; what it refuses is drawn anew."""
    generator = np.random.default_rng(seed)
    drawn: list[Trace] = []
    while len(drawn) < count:
        wanted = min(_BATCH, count - len(drawn))
        answers = rerun([generate.draw(generator) for _ in range(wanted)], cpu)
        for answer in answers:
            if isinstance(answer, Trace):
                drawn.append(replace(answer, id=f"random-{seed}-{len(drawn):04d}"))
    return drawn


def _repeated(
    cases: list[Trace], answers: list[Trace | Refused], cpu: int
) -> Iterator[Trace | Refused]:
    """Return the CPU's answer to each step that the device took, from the device's state."""
    single = [
        replace(case, steps=[step], resumed=before)
        for case, answer in zip(cases, answers, strict=True)
        if isinstance(answer, Trace)
        for before, step in zip(_states(answer), case.steps, strict=False)
    ]
    return iter(rerun(single, cpu))


def _states(trace: Trace) -> list[Tensors]:
    """Return the states after construction and after each step."""
    return [trace.constructed, *(step.expected.tensors for step in trace.steps)]


def _differences(
    recorded: Trace, answer: Trace | Refused, repeated: Iterator[Trace | Refused], tally: Tally
) -> Iterator[str]:
    if isinstance(answer, Refused):
        yield _refusal(answer, "the device")
        return
    # All of them, so that those of the next case come next.
    cpu = [next(repeated) for _ in recorded.steps]
    enclosure = Enclosure(recorded)
    whole = enclosure.constructed()
    yield from _state(answer.constructed, recorded.constructed, whole, "constructed", tally)
    states = _states(answer)
    for k, (step, alone) in enumerate(zip(recorded.steps, cpu, strict=True)):
        place = f"steps[{k}]"
        if isinstance(alone, Refused):
            yield f"{place}: {_refusal(alone, 'the CPU')}"
            return
        found, expected = answer.steps[k].expected, alone.steps[0].expected
        before = enclosure.known(states[k])
        yield from _step(found, expected, enclosure.step(before, step), place, tally)
        sizes = [Interval.of(size, "float64") for size in found.step_sizes]
        given = enclosure.given(before, step, sizes)
        yield from _state(found.tensors, None, given, f"{place} given its step sizes", tally)
        bounds = enclosure.step(whole, step)
        whole = bounds.after
        yield from _step(found, step.expected, bounds, f"{place} of the whole run", None)


def _step(
    found: Expected, expected: Expected, bounds: Bounds, place: str, tally: Tally | None
) -> Iterator[str]:
    pairs = [
        ("step_size_unclipped", found.step_size_unclipped, expected.step_size_unclipped),
        *(
            (f"step_sizes[{g}]", *sizes)
            for g, sizes in enumerate(zip(found.step_sizes, expected.step_sizes, strict=True))
        ),
    ]
    for (name, ours, theirs), legal in zip(
        pairs, [bounds.unclipped, *bounds.step_sizes], strict=True
    ):
        yield from _numbers([ours], [theirs], legal, f"{place}.{name}", tally)
    yield from _state(found.tensors, expected.tensors, bounds.after, place, tally)


def _state(
    found: Tensors, expected: Tensors | None, legal: State, place: str, tally: Tally | None
) -> Iterator[str]:
    for name in ("parameters", "buffers"):
        for g, group in enumerate(getattr(legal, name)):
            for i, interval in enumerate(group):
                if interval is not None:
                    ours = getattr(found, name)[g][i]
                    theirs = None if expected is None else getattr(expected, name)[g][i]
                    yield from _numbers(ours, theirs, interval, f"{place}.{name}[{g}][{i}]", tally)


def _numbers(
    found: list[float],
    expected: list[float] | None,
    legal: Interval,
    place: str,
    tally: Tally | None,
) -> Iterator[str]:
    ours = np.array(found, legal.low.dtype)
    sides = {"the device": ours}
    if expected is not None:
        theirs = sides["the CPU"] = np.array(expected, legal.low.dtype)
        if tally is not None:
            _count(ours, theirs, legal, place, tally)
    for side, values in sides.items():
        (outside,) = np.nonzero(~np.broadcast_to(legal.accepts(values), values.shape))
        for i in outside.tolist()[:1]:
            yield _facts(side, f"{place}[{i}]" if len(found) > 1 else place, values, legal, i)


def _count(ours: Values, theirs: Values, legal: Interval, place: str, tally: Tally) -> None:
    tally.numbers += ours.size
    same = (ours == theirs) & (np.signbit(ours) == np.signbit(theirs))
    tally.equal += int(np.count_nonzero(same | (np.isnan(ours) & np.isnan(theirs))))
    with np.errstate(all="ignore"):
        shares = np.abs(ours - theirs) / (legal.high - legal.low)
    farthest = float(np.max(shares[np.isfinite(shares)], initial=0.0))
    if farthest > tally.farthest:
        tally.farthest, tally.where = farthest, place


def _facts(side: str, place: str, values: Values, legal: Interval, i: int) -> str:
    low, high = (float(np.broadcast_to(end, values.shape)[i]) for end in (legal.low, legal.high))
    nan = " or nan" if np.broadcast_to(legal.nan, values.shape)[i] else ""
    return (
        f"{place}: {side} answers {float(values[i]).hex()}, "
        f"allowed are {low.hex()} to {high.hex()}{nan}"
    )


def _refusal(refused: Refused, side: str) -> str:
    raised = refused.raised
    where = "construct" if raised["step"] is None else f"steps[{raised['step']}]"
    return f"{where}: {side} raised {raised['type']}: {raised['message']}"

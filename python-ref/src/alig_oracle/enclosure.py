"""What ALI-G's steps may make of a case, whatever way they round.

The step of :class:`alig.th.AliG` written in :class:`~alig_oracle.interval.Interval` numbers.
Begun from a known state it bounds the rounding errors of one step; carried on from its own
results, those of all.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .interval import Interval
from .trace import Group, Step, Tensors, Trace, Values


@dataclass(frozen=True)
class State:
    """Parameters and buffers, flat, by group; a buffer is None in a group without momentum."""

    parameters: list[list[Interval]]
    buffers: list[list[Interval | None]]


@dataclass(frozen=True)
class Bounds:
    """What a step may answer: the step sizes, which are Python floats, and the state after it."""

    unclipped: Interval
    step_sizes: list[Interval]
    after: State


class Enclosure:
    """The steps of one case."""

    def __init__(self, case: Trace) -> None:
        self._case = case
        self._dtype = np.dtype(case.dtype)

    def known(self, tensors: Tensors) -> State:
        """Return a state that has been read off."""
        return State(
            [[self._of(p) for p in group] for group in tensors.parameters],
            [[None if b is None else self._of(b) for b in group] for group in tensors.buffers],
        )

    def constructed(self) -> State:
        """Return the states that are possible after construction."""
        if self._case.resumed is not None:
            return self.known(self._case.resumed)
        groups = self._case.groups
        return self._projected(
            State(
                [[self._of(p) for p in group.initial] for group in groups],
                [[self._zeros(group, p) for p in group.initial] for group in groups],
            )
        )

    def step(self, before: State, step: Step) -> Bounds:
        """Return what a step may answer from a state."""
        unclipped = self._unclipped(step)
        caps = [np.inf if group.max_lr is None else group.max_lr for group in self._case.groups]
        sizes = [unclipped.at_most(cap) for cap in caps]
        return Bounds(unclipped, sizes, self.given(before, step, sizes))

    def given(self, before: State, step: Step, sizes: list[Interval]) -> State:
        """Return the states that are possible after a step with these step sizes."""
        parameters: list[list[Interval]] = []
        buffers: list[list[Interval | None]] = []
        for g, group in enumerate(self._case.groups):
            old = zip(before.parameters[g], before.buffers[g], step.gradients[g], strict=True)
            moved = [self._moved(p, v, gradient, sizes[g], group) for p, v, gradient in old]
            parameters.append([p for p, _ in moved])
            buffers.append([v for _, v in moved])
        return self._projected(State(parameters, buffers))

    def _moved(
        self, p: Interval, v: Interval | None, gradient: Values | None, size: Interval, group: Group
    ) -> tuple[Interval, Interval | None]:
        if gradient is None:
            return p, v
        g, descent = self._of(gradient), -size.cast(self._dtype)
        plain = p + g * descent
        if v is None:
            return plain, None
        momentum = self._of(group.momentum)
        if not self._case.adjusted_momentum:
            v = v * momentum + g * descent
            return plain + v * momentum, v
        v = v * momentum + -g
        push = (size * Interval.of(group.momentum, "float64")).cast(self._dtype)
        return plain + v * push, v

    def _unclipped(self, step: Step) -> Interval:
        gradients = [g for group in step.gradients for g in group if g is not None]
        if not gradients:
            return self._without_gradient(step)
        loss = self._of(step.loss)
        total = self._sum_of_squares([self._of(g) for g in gradients]) + self._of(self._case.eps)
        unclipped = loss / total
        if step.loss_kind == "float":
            # torch divides a Python number by a tensor as the number times the reciprocal.
            unclipped |= (self._of(1.0) / total) * loss
        return unclipped.cast("float64")

    def _without_gradient(self, step: Step) -> Interval:
        """Divide outside the format: the sum of no squares is Python's 0."""
        with np.errstate(all="ignore"):
            quotients = [
                np.float64(loss) / np.float64(eps)
                for loss in (step.loss, self._rounded(step.loss))
                for eps in (self._case.eps, self._rounded(self._case.eps))
            ]
            both = np.array([*quotients, *(self._rounded(q) for q in quotients)])
        return Interval(np.fmin.reduce(both), np.fmax.reduce(both), np.isnan(both).any())

    def _projected(self, state: State) -> State:
        if self._case.projection_radius is None:
            return state
        radius = self._of(self._case.projection_radius)
        norm = self._sum_of_squares([p for group in state.parameters for p in group]).root()
        if not norm.high > radius.low:
            return state
        outside = Interval(np.maximum(norm.low, radius.low), norm.high, np.bool_(False))
        factor = radius / outside | (self._of(1.0) / outside) * radius
        may_keep = bool(norm.nan) or norm.low <= radius.high
        scaled = [
            [p * factor | p if may_keep else p * factor for p in group]
            for group in state.parameters
        ]
        return State(scaled, state.buffers)

    def _sum_of_squares(self, tensors: list[Interval]) -> Interval:
        total = self._of(0.0)
        for tensor in tensors:
            norm = tensor.norm()
            total = (total + (norm * norm).not_negative()).not_negative()
        return total

    def _of(self, values: Any) -> Interval:
        return Interval.of(values, self._dtype)

    def _zeros(self, group: Group, like: Values) -> Interval | None:
        return self._of(np.zeros(len(like))) if group.momentum else None

    def _rounded(self, value: float) -> float:
        with np.errstate(over="ignore"):
            return float(np.float64(value).astype(self._dtype))

"""Draws random cases to record, ordinary and extreme ones alike."""

from math import prod
from typing import Any

import numpy as np
from numpy.random import Generator

from .trace import Expected, Group, Step, Tensors, Trace, Values

_SHAPES = [[], [0], [1], [3], [7], [2, 3], [4, 4], [33], [2, 1, 5], [130]]
_MAX_LR = [None, 0.01, 0.1, 1.0, 3.0, 10.0, 1e-30, float("inf")]
_MOMENTA = [0.0, 0.5, 0.9, 0.99, 1.0, 1.5]
_EPS = [0.0, 1e-5, 1e-5, 1e-5, 1e-3, 1.0]
_RADII = [None, 1e-3, 0.5, 1.0, 5.0, 1000.0]
_SPECIAL_LOSSES = [0.0, -0.0, -1.0, float("nan"), float("inf"), float("-inf"), 1e-300, 1e300]
_NOTHING = Tensors([], [])


def draw(generator: Generator) -> Trace:
    """Return a case without a name or expectations, to be run and filled."""
    dtype = _pick(generator, ["float32", "float64"])
    groups = [_group(generator, dtype) for _ in range(generator.integers(1, 4))]
    return Trace(
        id="",
        dtype=dtype,
        eps=_pick(generator, _EPS),
        adjusted_momentum=_pick(generator, [False, True]),
        projection_radius=_pick(generator, _RADII),
        steps=[_step(generator, dtype, groups) for _ in range(generator.integers(1, 6))],
        groups=groups,
        constructed=_NOTHING,
    )


def _group(generator: Generator, dtype: str) -> Group:
    shapes = [_pick(generator, _SHAPES) for _ in range(generator.integers(1, 4))]
    return Group(
        max_lr=_pick(generator, _MAX_LR),
        momentum=_pick(generator, _MOMENTA),
        shapes=shapes,
        initial=[_values(generator, dtype, prod(shape)) for shape in shapes],
    )


def _step(generator: Generator, dtype: str, groups: list[Group]) -> Step:
    gradients = [
        [
            None if generator.random() < 0.05 else _values(generator, dtype, prod(shape))
            for shape in group.shapes
        ]
        for group in groups
    ]
    return Step(
        loss=_loss(generator, dtype),
        loss_kind=_pick(generator, ["float", "tensor"]),
        gradients=gradients,
        expected=Expected(0.0, [], 0.0, _NOTHING),
    )


def _loss(generator: Generator, dtype: str) -> float:
    if generator.random() < 0.1:
        return _pick(generator, _SPECIAL_LOSSES)
    return abs(_values(generator, dtype, 1)[0])


def _values(generator: Generator, dtype: str, count: int) -> Values:
    values = generator.standard_normal(count) * _magnitude(generator, dtype)
    if count and generator.random() < 0.02:
        values[generator.integers(count)] = _pick(generator, [np.nan, np.inf, -np.inf])
    with np.errstate(over="ignore"):
        return values.astype(dtype).astype("float64").tolist()


def _magnitude(generator: Generator, dtype: str) -> float:
    kind = generator.random()
    if kind < 0.7:
        return 1.0
    if kind < 0.75:
        return 0.0
    largest = 38 if dtype == "float32" else 300
    return 10.0 ** generator.uniform(-largest, largest if kind < 0.85 else 0)


def _pick(generator: Generator, options: list[Any]) -> Any:
    return options[generator.integers(len(options))]

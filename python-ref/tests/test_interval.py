"""Intervals enclose what arithmetic gives, whatever way it rounds."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from alig_oracle.interval import Interval, exact_sum_of_squares

DTYPES = ["float32", "float64"]
SPECIAL = [0.0, -0.0, 1.0, -3.0, 1e-45, 1e38, -1e38, 1e-320, math.inf, -math.inf, math.nan]
OPERATIONS = {
    "+": lambda a, b: a + b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


def _drawn(seed: int, dtype: str) -> Any:
    generator = np.random.default_rng(seed)
    sizes = 10.0 ** generator.integers(-30, 30, 300)
    with np.errstate(over="ignore"):
        return (generator.standard_normal(300) * sizes).astype(dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_on_known_numbers_is_enclosed(operation: str, dtype: str):
    a, b = _drawn(1, dtype), _drawn(2, dtype)
    result = OPERATIONS[operation](Interval.of(a, dtype), Interval.of(b, dtype))
    with np.errstate(all="ignore"):
        assert result.accepts(OPERATIONS[operation](a, b)).all()
    finite = np.isfinite(result.low) & np.isfinite(result.high)
    ulps = np.spacing(np.maximum(np.abs(result.low), np.abs(result.high))[finite])
    assert ((result.high - result.low)[finite] <= 2 * ulps).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_special_values_are_enclosed(operation: str, dtype: str):
    with np.errstate(all="ignore"):
        a, b = (np.array(g, dtype) for g in zip(*[(x, y) for x in SPECIAL for y in SPECIAL]))  # noqa: B905
        expected = OPERATIONS[operation](a, b)
    result = OPERATIONS[operation](Interval.of(a, dtype), Interval.of(b, dtype))
    assert result.accepts(expected).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_point_of_the_operands_is_enclosed(operation: str, dtype: str):
    a, b, c, d = (_drawn(seed, dtype) for seed in (3, 4, 5, 6))
    first = Interval.of(a, dtype) | Interval.of(b, dtype)
    second = Interval.of(c, dtype) | Interval.of(d, dtype)
    result = OPERATIONS[operation](first, second)
    for share in (0.0, 0.25, 0.5, 1.0):
        with np.errstate(all="ignore"):
            x = (first.low * (1 - share) + first.high * share).astype(dtype)
            y = (second.low * share + second.high * (1 - share)).astype(dtype)
            assert result.accepts(OPERATIONS[operation](x, y)).all()


def test_a_fused_product_is_enclosed_and_so_is_one_that_is_not():
    x, c = np.float32(1 + 2.0**-12), np.float32(-1 - 2.0**-11)
    of = lambda value: Interval.of(value, "float32")  # noqa: E731
    result = of(c) + of(x) * of(x)
    fused = np.float32(Fraction(float(x)) ** 2 + Fraction(float(c)))
    assert fused != c + x * x
    assert result.accepts(fused)
    assert result.accepts(c + x * x)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scale", [1.0, 1e-18, 1e-30, 1e15, 1e25])
def test_a_norm_is_enclosed_in_any_order_of_summation(dtype: str, scale: float):
    values = (np.random.default_rng(7).standard_normal(200) * scale).astype(dtype)
    norm = Interval.of(values, dtype).norm()
    for order in (np.arange(200), np.argsort(values), np.argsort(-np.abs(values))):
        total = np.zeros((), dtype)
        with np.errstate(all="ignore"):
            for value in values[order]:
                total = total + value * value
            assert norm.accepts(np.sqrt(total))


def test_a_norm_that_is_off_by_more_than_its_bound_is_not_accepted():
    norm = Interval.of(np.full(64, 0.7), "float32").norm()
    exact = 0.7 * 8
    assert norm.accepts(np.float32(exact))
    assert not norm.accepts(np.float32(exact * (1 + 64 * 2.0**-24)))
    assert not norm.accepts(np.float32(exact * (1 - 64 * 2.0**-24)))


@pytest.mark.parametrize(
    ("values", "legal", "illegal"),
    [
        ([], [0.0], [1.0, math.nan]),
        ([math.nan, 1.0], [math.nan], [1.0]),
        ([math.inf, 1.0], [math.inf], [1.0, math.nan]),
        ([1e30, 1e30], [math.inf, 1.4142136e30], [1e30]),
        ([1e-30], [0.0, 1e-30], [1e-20]),
    ],
)
def test_norms_at_the_ends_of_the_format(
    values: list[float], legal: list[float], illegal: list[float]
):
    norm = Interval.of(values, "float32").norm()
    assert [bool(norm.accepts(np.float32(v))) for v in legal] == [True] * len(legal)
    assert [bool(norm.accepts(np.float32(v))) for v in illegal] == [False] * len(illegal)


def test_sums_of_squares_are_exact():
    values = [1e300, 1e-300, -5e-324, 3.5]
    assert exact_sum_of_squares(np.array(values)) == sum(Fraction(v) ** 2 for v in values)


def test_a_minimum_keeps_nan_and_a_cast_overflows():
    sizes = Interval.of([math.nan, 5.0, 0.5, 1e300], "float64").at_most(1.0)
    assert sizes.accepts(np.array([math.nan, 1.0, 0.5, 1.0])).all()
    assert Interval.of(1e300, "float64").cast("float32").accepts(np.float32(math.inf))

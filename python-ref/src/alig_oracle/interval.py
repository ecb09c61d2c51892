"""Intervals of the numbers that operations may give, whatever way they round.

Rounding is monotone, and each operation is monotone in each operand. So the results at the
operands' ends, rounded to nearest and moved outwards by one number of the format, enclose
every result that rounds to a neighbour, and that of an operation fused with the next.
``conformance/ERROR-ANALYSIS.md`` derives it; the judge there is narrower by that one number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import product
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cursor import Values

# Every float64 is a whole multiple of 2^-1074.
_SCALE = 1 << 1074
_ROOT_BITS = 160


@dataclass(frozen=True)
class Interval:
    """Elementwise: the numbers from ``low`` to ``high``, and NaN where ``nan`` says so.

    Both ends are NaN where NaN alone is possible.
    """

    low: Values
    high: Values
    nan: NDArray[np.bool_] | np.bool_

    @staticmethod
    def of(values: Any, dtype: Any) -> "Interval":
        """Return known numbers, rounded to the format.

        >>> Interval.of([1.0, float("nan")], "float32").nan.tolist()
        [False, True]
        """
        with np.errstate(over="ignore"):
            known = np.asarray(values, dtype="float64").astype(dtype)
        return Interval(known, known, np.isnan(known))

    def cast(self, dtype: Any) -> "Interval":
        """Return the numbers rounded to nearest in another format."""
        with np.errstate(over="ignore"):
            low = self.low.astype(dtype)
            high = low if self.low is self.high else self.high.astype(dtype)
            return Interval(low, high, self.nan)

    def accepts(self, values: Any) -> NDArray[np.bool_]:
        """Say for each value whether it is within."""
        return np.where(np.isnan(values), self.nan, (self.low <= values) & (values <= self.high))

    def __or__(self, other: "Interval") -> "Interval":
        return _hull([self.low, self.high, other.low, other.high], self.nan | other.nan)

    def __neg__(self) -> "Interval":
        low = -self.high
        return Interval(low, low if self.low is self.high else -self.low, self.nan)

    def __add__(self, other: "Interval") -> "Interval":
        return self._outwards(other, np.add)

    def __mul__(self, other: "Interval") -> "Interval":
        nan = (self._zero() & other._infinite()) | (self._infinite() & other._zero())
        return self._outwards(other, np.multiply, nan)

    def __truediv__(self, other: "Interval") -> "Interval":
        quotient = self._outwards(other, np.divide, self._zero() & other._zero())
        # On the two sides of zero the quotient has both signs.
        low = np.where(other._zero(), -np.inf, quotient.low).astype(self.low.dtype)
        high = np.where(other._zero(), np.inf, quotient.high).astype(self.low.dtype)
        only_nan = np.isnan(quotient.low)
        return Interval(
            np.where(only_nan, np.nan, low), np.where(only_nan, np.nan, high), quotient.nan
        )

    def at_most(self, cap: float) -> "Interval":
        """Return Python's ``min(self, cap)``: NaN stays."""
        return Interval(np.minimum(self.low, cap), np.minimum(self.high, cap), self.nan)

    def not_negative(self) -> "Interval":
        """Return the numbers that are not negative, as squares are."""
        return Interval(np.maximum(self.low, 0), np.maximum(self.high, 0), self.nan)

    def root(self) -> "Interval":
        """Return the square root of numbers that are not negative."""
        with np.errstate(all="ignore"):
            low, high = np.sqrt(self.low), np.sqrt(self.high)
        return _widened(_hull([low, high], self.nan)).not_negative()

    def norm(self) -> "Interval":
        """Return the root of the sum of all squares, added in any order.

        With u the unit roundoff, η the smallest denormal and γ = n·u / (1 - n·u), the sum of n
        squares comes within S·γ + n·η of the exact sum S (Higham, 2nd ed., section 3.1).
        """
        dtype, size = self.low.dtype, self.low.size
        if size == 0:
            return Interval.of(0.0, dtype)
        if np.isnan(self.low).any():
            return Interval.of(np.nan, dtype)
        info = np.finfo(dtype)
        errors = size * Fraction(float(info.epsneg))
        relative, lost = errors / (1 - errors), size * Fraction(float(info.smallest_subnormal))
        sizes = np.abs(self.low), np.abs(self.high)
        least, most = np.where(self._zero(), 0, np.minimum(*sizes)), np.maximum(*sizes)
        low = high = np.array(np.inf, dtype)
        if np.isfinite(least).all():
            low = _root(exact_sum_of_squares(least) * (1 - relative) - lost, dtype)
        if np.isfinite(most).all():
            total = exact_sum_of_squares(most)
            high = _root(total * (1 + relative) + lost if total else total, dtype)
        return _widened(Interval(low, _overflowing(high), self.nan.any())).not_negative()

    def _zero(self) -> NDArray[np.bool_]:
        return (self.low <= 0) & (self.high >= 0)

    def _infinite(self) -> NDArray[np.bool_]:
        return np.isinf(self.low) | np.isinf(self.high)

    def _outwards(self, other: "Interval", operation: Any, nan: Any = False) -> "Interval":
        with np.errstate(all="ignore"):
            ends = [operation(a, b) for a, b in product(self._ends(), other._ends())]
        return _widened(_hull(ends, self.nan | other.nan | nan))

    def _ends(self) -> list[Values]:
        return [self.low] if self.low is self.high else [self.low, self.high]


def exact_sum_of_squares(values: Values) -> Fraction:
    """Return Σx² of finite numbers without rounding.

    >>> exact_sum_of_squares(np.array([3.0, 2.0**-600])) == 9 + Fraction(1, 2**1200)
    True
    """
    total = 0
    for value in values.ravel().tolist():
        numerator, denominator = value.as_integer_ratio()
        total += (numerator * (_SCALE // denominator)) ** 2
    return Fraction(total, _SCALE**2)


def _root(square: Fraction, dtype: Any) -> Values:
    """Return the root, off by less than one number of the format; 0 below 0."""
    if square <= 0:
        return np.array(0.0, dtype)
    bits = square.numerator.bit_length() - square.denominator.bit_length()
    shift = max(_ROOT_BITS - bits // 2, 0)
    digits = isqrt((square.numerator << 2 * shift) // square.denominator)
    try:
        root = float(Fraction(digits, 1 << shift))
    except OverflowError:
        root = np.inf
    with np.errstate(over="ignore"):
        return np.array(root).astype(dtype)


def _overflowing(norm: Values) -> Values:
    """Return a norm, infinite where its square, which is computed first, overflows."""
    infinity = norm.dtype.type(np.inf)
    with np.errstate(over="ignore"):
        return np.where(np.isinf(np.nextafter(norm, infinity) ** 2), infinity, norm)


def _hull(ends: Sequence[Values], nan: Any) -> Interval:
    none = reduce(np.logical_or, map(np.isnan, ends), nan)
    return Interval(reduce(np.fmin, ends), reduce(np.fmax, ends), none)


def _widened(interval: Interval) -> Interval:
    infinity = interval.low.dtype.type(np.inf)
    return Interval(
        np.nextafter(interval.low, -infinity), np.nextafter(interval.high, infinity), interval.nan
    )

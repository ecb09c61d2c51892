"""Numbers with a bound of what rounding may add, to judge a computation on any processor."""

from dataclasses import dataclass
from decimal import Context, Decimal

_EXACT = Context(prec=80, Emin=-99999, Emax=99999)


@dataclass(frozen=True)
class Approximate:
    """A real number, and how far a computed one may lie from it."""

    value: Decimal
    error: Decimal = Decimal(0)

    def negated(self) -> "Approximate":
        return Approximate(self.value.copy_negate(), self.error)

    def holds(self, computed: float) -> bool:
        return abs(_EXACT.subtract(Decimal(computed), self.value)) <= self.error


ZERO = Approximate(Decimal(0))


def exact(value: float) -> Approximate:
    return Approximate(Decimal(value))


@dataclass(frozen=True)
class Arithmetic:
    """The operations of a type whose results are rounded to the nearest number.

    Args:
        unit: half the distance from 1 to the next number.
        tiny: the smallest positive number, below which a result may vanish.
    """

    unit: Decimal
    tiny: Decimal

    def rounded(self, x: Approximate, roundings: int = 1) -> Approximate:
        """Add what so many roundings of a number near ``x`` can do.

        An operation that the processor fuses with the next rounds once less, which lies
        within as well.
        """
        each = (abs(x.value) + x.error) * self.unit + self.tiny
        return Approximate(x.value, x.error + roundings * each * (1 + roundings * self.unit))

    def add(self, x: Approximate, y: Approximate) -> Approximate:
        return self.rounded(Approximate(_EXACT.add(x.value, y.value), x.error + y.error))

    def subtract(self, x: Approximate, y: Approximate) -> Approximate:
        return self.add(x, y.negated())

    def multiply(self, x: Approximate, y: Approximate) -> Approximate:
        error = abs(x.value) * y.error + abs(y.value) * x.error + x.error * y.error
        return self.rounded(Approximate(_EXACT.multiply(x.value, y.value), error))

    def divide(self, x: Approximate, y: Approximate) -> Approximate:
        quotient = _EXACT.divide(x.value, y.value)
        smallest = abs(y.value) - y.error
        assert smallest > 0, "the divisor may be 0"
        return self.rounded(Approximate(quotient, (x.error + abs(quotient) * y.error) / smallest))

    def root(self, x: Approximate) -> Approximate:
        """Take the square root of a number that is not negative.

        MKL, which torch calls, promises less than one unit in the last place, which is at
        most two roundings. The derivative bounds the error further from 0, the root of
        the error near it.
        """
        root = _EXACT.sqrt(x.value)
        near = _EXACT.sqrt(x.error)
        error = min(near, x.error / root) if root else near
        return self.rounded(Approximate(root, error), roundings=2)


FLOAT32 = Arithmetic(Decimal(2) ** -24, Decimal(2) ** -149)
FLOAT64 = Arithmetic(Decimal(2) ** -53, Decimal(2) ** -1074)

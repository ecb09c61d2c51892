"""The bits that a release of torch computes from fixed inputs, operation by operation.

A step of ALI-G is a norm, a square, a sum, a division, updates and a projection. Each
is probed at many sizes, in every dtype, so that two releases with different bits show
where they differ: in the order of the norm's summation, say, and nowhere else.
"""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from . import bridge
from .draws import uniform
from .package import Package

_DTYPES = (torch.float32, torch.float64, torch.float16, torch.bfloat16)
# Around the widths of vector registers and of the blocks that kernels sum by.
_SIZES = (1, 2, 7, 8, 9, 15, 31, 32, 33, 63, 100, 255, 1000, 1023, 4095, 10_000, 32_767, 100_000)
_LARGE = 1_000_000
_UPDATED = (1, 7, 259, 1087)
_MANTISSA = {torch.float16: 11, torch.bfloat16: 8, torch.float32: 24, torch.float64: 53}
_UNKNOWN = -1.0
# The place of all NaNs, which no number has.
_NAN = (1 << 63) - 1
_DROPPED = "the release dropped the overload add_(Number, Tensor) that this package calls"


@dataclass(frozen=True)
class Probe:
    """One computation: its name, what it concerns, and how to do it."""

    name: str
    group: str
    compute: Callable[[], Tensor]
    exact: Callable[[], float] | None = None


def take(package_dir: str | None) -> dict[str, Any]:
    """Return the fingerprint of this environment and an ``alig`` package as JSON.

    ``dropped`` says that the package cannot run on this release because torch no longer has
    an overload of ``add_`` that it calls, or is empty. Each of ``probes`` has ``places``, one
    for each number computed, or ``raised``; and ``off_ulps``, how far a norm is from the exact
    answer, -1 where that is not known. The numbers of a dtype have places in their order, so
    that the difference of two is their distance in units in the last place.
    """
    description = json.loads(bridge.configure(package_dir))
    del description["handle"]
    package = bridge.configured({})
    dropped = dropped_overload(package)
    answers = [] if dropped else [_answer(probe) for probe in probes(package)]
    return {**description, "dropped": dropped, "probes": answers}


def dropped_overload(package: Package) -> str:
    """Say that torch lacks an overload that ``package`` calls, or return an empty text."""
    try:
        torch.zeros(2).add_(0.5, torch.ones(2))  # pyright: ignore[reportCallIssue,reportArgumentType]
        return ""
    except TypeError:
        pass
    try:
        _stepped(package, torch.float32, 2, momentum=0.9)
    except TypeError as cause:
        return _DROPPED if "add_" in str(cause) else ""
    return ""


def probes(package: Package) -> Iterator[Probe]:
    """Return every probe, those of one group together."""
    for dtype in _DTYPES:
        yield from _norms(dtype)
    yield from _norms_with_gaps()
    yield from _norms_on_two_threads()
    for dtype in _DTYPES:
        yield from _scalars(dtype)
    for dtype in _DTYPES:
        yield from _steps(package, dtype)


def _answer(probe: Probe) -> dict[str, Any]:
    answer: dict[str, Any] = {"name": probe.name, "group": probe.group}
    answer |= {"places": [], "raised": "", "off_ulps": _UNKNOWN}
    try:
        computed = probe.compute().detach().reshape(-1)
    except (RuntimeError, TypeError, ValueError) as cause:
        return {**answer, "raised": f"{type(cause).__name__}: {str(cause).splitlines()[0]}"}
    answer["places"] = _places(computed)
    if probe.exact is not None:
        answer["off_ulps"] = _off(float(computed[0]), probe.exact(), _MANTISSA[computed.dtype])
    return answer


def _places(numbers: Tensor) -> list[int]:
    width = numbers.element_size()
    integers = {2: torch.int16, 4: torch.int32, 8: torch.int64}[width]
    magnitude = (1 << 8 * width - 1) - 1
    bits = [int(b) for b in numbers.contiguous().view(integers).numpy()]
    places = [b if b >= 0 else ~(b & magnitude) for b in bits]
    return [_NAN if math.isnan(x) else p for x, p in zip(numbers.tolist(), places, strict=True)]


def _off(found: float, exact: float, digits: int) -> float:
    if not (math.isfinite(found) and exact > 0):
        return _UNKNOWN
    return abs(found - exact) / 2.0 ** (math.frexp(exact)[1] - digits)


def _drawn(count: int, stream: int, dtype: torch.dtype) -> Tensor:
    return torch.from_numpy(uniform(count, stream)).to(dtype)


def _word(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _norm(name: str, group: str, x: Callable[[], Tensor]) -> Probe:
    def exact() -> float:
        values = x().double().numpy().ravel()
        return math.sqrt(math.fsum((values * values).tolist()))

    # The square of a float64 is not a float64, so that the sum would not be exact.
    known = None if "float64" in name else exact
    return Probe(name, group, lambda: torch.linalg.vector_norm(x()), known)


def _norms(dtype: torch.dtype) -> Iterator[Probe]:
    sizes = (*_SIZES, _LARGE) if dtype in (torch.float32, torch.float64) else _SIZES
    for n in sizes:
        name = f"norm {_word(dtype)} {n}"
        yield _norm(name, "norm", lambda n=n: _drawn(n, n, dtype))
    for n in (9, 1000, 100_000):
        name = f"Tensor.norm {_word(dtype)} {n}"
        yield Probe(name, "norm", lambda n=n: _drawn(n, n, dtype).norm())


def _norms_with_gaps() -> Iterator[Probe]:
    for dtype in (torch.float32, torch.float64):
        for n in (9, 255, 1000, 10_000, 100_000):
            word = f"{_word(dtype)} {n}"
            for stride in (2, 3):

                def gaps(n: int = n, stride: int = stride, dtype: torch.dtype = dtype) -> Tensor:
                    return _drawn(n * stride, n, dtype)[::stride]

                yield _norm(f"norm {word} stride {stride}", "norm with gaps", gaps)

            def late(n: int = n, dtype: torch.dtype = dtype) -> Tensor:
                return _drawn(n + 1, n, dtype)[1:]

            yield _norm(f"norm {word} unaligned", "norm with gaps", late)

        def turned(dtype: torch.dtype = dtype) -> Tensor:
            return _drawn(33 * 31, 1, dtype).reshape(33, 31).t()

        yield _norm(f"norm {_word(dtype)} 31x33 transposed", "norm with gaps", turned)


def _norms_on_two_threads() -> Iterator[Probe]:
    def on_two(n: int, dtype: torch.dtype) -> Tensor:
        before = torch.get_num_threads()
        torch.set_num_threads(2)
        try:
            return torch.linalg.vector_norm(_drawn(n, n, dtype))
        finally:
            torch.set_num_threads(before)

    for dtype in (torch.float32, torch.float64):
        for n in (40_000, 100_000, _LARGE):
            name = f"norm {_word(dtype)} {n} on 2 threads"
            yield Probe(name, "norm on threads", lambda n=n, d=dtype: on_two(n, d))


def _scalars(dtype: torch.dtype) -> Iterator[Probe]:
    """What becomes of a norm: its square, eps, and the loss over both; on 64 norms."""
    word = _word(dtype)

    def norms() -> list[Tensor]:
        return list(_drawn(64, 64, dtype).abs())

    def losses() -> list[float]:
        return [abs(loss) * 3 for loss in uniform(64, 65).tolist()]

    def each(compute: Callable[[Tensor, float], Tensor]) -> Callable[[], Tensor]:
        pairs = zip(norms(), losses(), strict=True)
        return lambda: torch.stack([compute(x, loss) for x, loss in pairs])

    yield Probe(f"square {word}", "square", each(lambda x, _: x**2))
    yield Probe(f"sum with eps {word}", "sum", each(lambda x, _: x + 1e-5))
    yield Probe(f"number / tensor {word}", "division", each(lambda x, loss: loss / x))
    yield Probe(
        f"tensor / tensor {word}",
        "division",
        each(lambda x, loss: torch.tensor(loss, dtype=dtype) / x),
    )
    yield Probe(f"square root {word}", "square root", each(lambda x, _: torch.sqrt(x)))


def _steps(package: Package, dtype: torch.dtype) -> Iterator[Probe]:
    word = _word(dtype)
    forms: dict[str, dict[str, Any]] = {
        "no momentum": {},
        "standard momentum": {"momentum": 0.9},
        "adjusted momentum": {"momentum": 0.9, "adjusted_momentum": True},
    }
    for form, settings in forms.items():
        group = "update" if not settings else "momentum"
        for n in _UPDATED:
            name = f"{form} {word} {n}"
            yield Probe(name, group, lambda n=n, s=settings: _stepped(package, dtype, n, **s))
        yield Probe(
            f"whole steps, {form} {word}",
            "whole steps",
            lambda s=settings: _stepped(package, dtype, 259, losses=[0.3, 1.7, 0.06], **s),
        )
    for n in _UPDATED:
        name = f"projection {word} {n}"
        yield Probe(name, "projection", lambda n=n: _projected(package, dtype, n))


def _stepped(
    package: Package, dtype: torch.dtype, n: int, losses: list[float] | None = None, **settings: Any
) -> Tensor:
    """Return parameter and buffer after three steps; an infinite loss takes the cap 0.1."""
    p = _drawn(n, 1, dtype).requires_grad_()
    optimizer = package.optimizer([p], max_lr=0.1, **settings)
    for k, loss in enumerate(losses or [math.inf] * 3):
        p.grad = _drawn(n, 2 + k, dtype)
        optimizer.step(lambda loss=loss: loss)
    buffers = [v.detach() for v in optimizer.state[p].values() if isinstance(v, Tensor)]
    return torch.cat([p.detach(), *buffers])


def _projected(package: Package, dtype: torch.dtype, n: int) -> Tensor:
    first, second = _drawn(n, 6, dtype), _drawn(n, 7, dtype)
    package.l2_projection([first, second], max_norm=0.25)
    return torch.cat([first, second])

"""The norm of a dense or sparse tensor, and a record of norms that overflow."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import torch
from torch import Tensor

_OVERFLOWS: ContextVar[list[bool] | None] = ContextVar("_OVERFLOWS", default=None)


def norm(tensor: Tensor, wide: bool) -> Tensor:
    """Return the l2 norm, computed in float64 if ``wide``, else in the tensor's dtype."""
    if not wide:
        return torch.linalg.vector_norm(tensor)
    dtype = torch.complex128 if tensor.is_complex() else torch.float64
    return torch.linalg.vector_norm(_values(tensor), dtype=dtype)


def finite(tensor: Tensor) -> bool:
    """Return whether every element is finite."""
    return bool(_values(tensor).isfinite().all())


def note_overflow() -> None:
    """Record, for :func:`overflows`, that a norm of finite elements is infinite."""
    seen = _OVERFLOWS.get()
    if seen is not None:
        seen.append(True)


@contextmanager
def overflows() -> Iterator[list[bool]]:
    """Return a list that is not empty if a norm overflows inside the ``with`` block."""
    seen: list[bool] = []
    token = _OVERFLOWS.set(seen)
    try:
        yield seen
    finally:
        _OVERFLOWS.reset(token)


def _values(tensor: Tensor) -> Tensor:
    return tensor.coalesce().values() if tensor.is_sparse else tensor

"""The momentum buffers of a package, which it makes at construction or at its first step.

A buffer is the only tensor that ``optimizer.state`` holds for a parameter. One that is not
there yet counts as zeros, which is what the first step begins from.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from .errors import OracleError


def buffers(optimizer: Any, parameters: Sequence[Tensor], moved: Sequence[Tensor]) -> list[Tensor]:
    """Return the buffer of each parameter; zeros where it is not there yet.

    Args:
        optimizer: of the package.
        parameters: those of the groups with momentum.
        moved: parameters that had a gradient in a step, and whose buffer must be there.

    Raises:
        OracleError: a buffer is missing that must be there.
    """
    return [_shown(optimizer, p, any(p is other for other in moved)) for p in parameters]


def live(optimizer: Any, parameters: Sequence[Tensor]) -> list[Tensor]:
    """Return the buffer of each parameter to write to, made first where there is none.

    The package makes them by a step of size 0. What the step does to parameters is undone;
    the new buffers are left as zeros.

    Raises:
        OracleError: the step raises, or makes no buffer either.
    """
    missing = [p for p in parameters if _found(optimizer, p) is None]
    if missing:
        _make(optimizer)
        for p in missing:
            _required(optimizer, p).zero_()
    return [_required(optimizer, p) for p in parameters]


def _shown(optimizer: Any, p: Tensor, moved: bool) -> Tensor:
    found = _required(optimizer, p) if moved else _found(optimizer, p)
    return torch.zeros_like(p) if found is None else found


def _found(optimizer: Any, p: Tensor) -> Tensor | None:
    # Without asking for the state of a parameter that has none, since that would make one.
    state = optimizer.state.get(p, {})
    return next((value for value in state.values() if isinstance(value, Tensor)), None)


def _required(optimizer: Any, p: Tensor) -> Tensor:
    found = _found(optimizer, p)
    if found is None:
        raise OracleError(
            "the package keeps no momentum buffer in optimizer.state for a parameter "
            f"of shape {tuple(p.shape)}, though its group has momentum"
        )
    return found


@torch.no_grad()
def _make(optimizer: Any) -> None:
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    before = [(p.detach().clone(), p.grad) for p in parameters]
    for p in parameters:
        p.grad = torch.ones_like(p)
    try:
        optimizer.step(lambda: 0.0)
    except Exception as cause:
        raise OracleError(
            "the package has no momentum after construction, and its first step, which "
            f"should make it, raises {type(cause).__name__}: {cause}"
        ) from cause
    for p, (value, gradient) in zip(parameters, before, strict=True):
        p.copy_(value)
        p.grad = gradient

"""Projections for the argument ``projection_fn`` of AliG."""

import math
from collections.abc import Iterable, Iterator

import torch
from torch import Tensor

from ._norm import finite, norm, note_overflow
from ._settings import require_not_negative


@torch.no_grad()
def l2_projection(
    parameters: Iterable[Tensor], max_norm: float | None, *, wide_norm: bool = False
) -> None:
    """Scale ``parameters`` in place onto the l2 ball of radius ``max_norm``.

    If ‖w‖ = sqrt(Σ‖p‖²) > max_norm, then p <- p * max_norm / ‖w‖, with the sum over all
    parameters together. Each norm, square and sum is rounded to the parameters' dtype.

    - If ``max_norm`` is None, ‖w‖ <= max_norm or ‖w‖ is NaN, nothing changes.
    - Because of rounding, the new norm can exceed the radius by about one ulp.
    - An infinite norm scales by 0, and infinite elements become NaN. Σ‖p‖² overflows for
      a norm of 256 in float16 and of 1.9e19 in float32. In a step, the optimizer's
      ``norm_overflowed`` is True then.

    Args:
        parameters: the tensors, of any shapes. A new iterator such as
            ``model.parameters()`` works too; it is read once.
        max_norm: the radius, >= 0, in the unit of the parameters; None for no projection.
        wide_norm: whether to compute Σ‖p‖² in float64 for every dtype.

    Raises:
        ValueError: ``max_norm`` is negative or NaN.
        TypeError: ``parameters`` is an exhausted iterator: it was read before, so there
            is nothing to scale.

    >>> w = torch.tensor([3.0, 4.0])
    >>> l2_projection([w], max_norm=1.0); w
    tensor([0.6000, 0.8000])
    """
    if max_norm is None:
        return
    require_not_negative("max_norm", max_norm)
    tensors = list(parameters)
    if not tensors:
        _refuse_exhausted(parameters)
        return
    total_norm = torch.sqrt(_sum_of_squares(tensors, wide_norm))
    if total_norm > max_norm:
        if math.isinf(total_norm) and all(finite(p) for p in tensors):
            note_overflow()
        ratio = max_norm / total_norm
        for p in tensors:
            p.mul_(ratio.item() if wide_norm else ratio)


def _sum_of_squares(tensors: list[Tensor], wide_norm: bool) -> Tensor:
    squares = [norm(p, wide_norm) ** 2 for p in tensors]
    return sum(squares[1:], start=squares[0])


def _refuse_exhausted(parameters: Iterable[Tensor]) -> None:
    if isinstance(parameters, Iterator):
        raise TypeError(
            f"l2_projection got an exhausted {type(parameters).__name__} as parameters: "
            "an iterator can be read only once. Pass a list, list(model.parameters()), "
            "or call model.parameters() for each projection: "
            "lambda: l2_projection(model.parameters(), max_norm=...)"
        )

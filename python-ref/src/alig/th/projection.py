"""Projections onto the feasible set, to be passed to AliG as ``projection_fn``."""

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor


@torch.no_grad()
def l2_projection(parameters: Iterable[Tensor], max_norm: float | None) -> None:
    """Scale ``parameters`` in place onto the l2 ball of radius ``max_norm``.

    p <- p * max_norm / ‖w‖ where ‖w‖ = sqrt(Σ‖p‖²) > max_norm, with the sum over all
    the parameters together; each norm, square and sum is rounded to their dtype.

    - ``max_norm`` None, a norm inside the ball, or a NaN norm leaves them alone.
    - After rounding, the new norm can exceed the radius by an ulp or so.
    - An infinite norm scales by 0: infinite elements become NaN.

    Args:
        parameters: the tensors, of any shapes; a fresh iterator such as
            ``model.parameters()`` is read once and remembered for the scaling.
        max_norm: the radius, in the unit of the parameters, or None for no ball.

    Raises:
        TypeError: ``parameters`` is an iterator that has nothing left: it was made
            once and read before, so there is nothing that could be scaled.

    >>> w = torch.tensor([3.0, 4.0])
    >>> l2_projection([w], max_norm=1.0); w
    tensor([0.6000, 0.8000])
    """
    if max_norm is None:
        return
    tensors = list(parameters)
    if not tensors:
        _refuse_exhausted(parameters)
        return
    total_norm = torch.sqrt(_sum_of_squares(tensors))
    if total_norm > max_norm:
        ratio = max_norm / total_norm
        for p in tensors:
            p.mul_(ratio)


def _sum_of_squares(tensors: list[Tensor]) -> Tensor:
    squares = [torch.linalg.vector_norm(p) ** 2 for p in tensors]
    return sum(squares[1:], start=squares[0])


def _refuse_exhausted(parameters: Iterable[Tensor]) -> None:
    if isinstance(parameters, Iterator):
        raise TypeError(
            f"l2_projection got an exhausted {type(parameters).__name__} as parameters: "
            "an iterator can be read only once. Pass a list, list(model.parameters()), "
            "or call model.parameters() anew each time: "
            "lambda: l2_projection(model.parameters(), max_norm=...)"
        )

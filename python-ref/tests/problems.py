"""Small optimizers whose every rounding is exact, so that tests can use ``==``."""

from typing import Any

import torch
from torch import Tensor

from alig.th import AliG


def parameter(values: Any, gradient: Any = None, dtype: torch.dtype = torch.float64) -> Tensor:
    p = torch.nn.Parameter(torch.tensor(values, dtype=dtype))
    if gradient is not None:
        p.grad = torch.tensor(gradient, dtype=dtype)
    return p


def three_four(**settings: Any) -> tuple[Tensor, AliG]:
    """Return w = (1, 2) with the gradient (3, 4), whose squared norm is 25, and eps 0."""
    w = parameter([1.0, 2.0], [3.0, 4.0])
    return w, AliG([w], **{"eps": 0.0, **settings})

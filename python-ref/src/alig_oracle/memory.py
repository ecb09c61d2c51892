"""How numbers of a shared buffer become tensors, and how tensors are written back.

Everything that crosses the bridge passes through these functions and no others, so that
:mod:`alig_oracle.echo` tests the very path that cases take. None of them computes: each
moves bits, so that a NaN keeps its sign and payload and a denormal stays one.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from .cursor import Cursor, Values
from .devices import CPU


def borrowed(values: Values, device: str = CPU) -> Tensor:
    """Return a tensor on the memory of ``values``, as data of models are; elsewhere on a copy.

    Raises:
        ValueError: a stride is negative, which torch cannot express.
    """
    return torch.from_numpy(values).to(device)


def owned(values: Values, device: str = CPU) -> Tensor:
    """Return a tensor on a copy of ``values``, as parameters are."""
    return torch.from_numpy(values.copy()).to(device)


def load(tensor: Tensor, values: Values) -> None:
    """Overwrite ``tensor`` in place, as gradients are in each step.

    Momentum buffers are overwritten so when a run is resumed.
    """
    tensor.copy_(torch.from_numpy(values))


def save(tensors: Sequence[Tensor], target: Cursor) -> None:
    """Write the elements of ``tensors``, dense and row-major, one after the other."""
    arrays = [tensor.cpu().numpy().ravel() for tensor in tensors]
    size = sum(array.size for array in arrays)
    np.concatenate(arrays, out=target.take((size,)))

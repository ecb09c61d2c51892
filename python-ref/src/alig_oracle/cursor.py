"""Walks through one shared buffer, handing out arrays that lie in it."""

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import OracleError

Bytes = NDArray[np.uint8]
Values = NDArray[Any]


class Cursor:
    """Consecutive arrays of one dtype, from a byte offset of a buffer on."""

    def __init__(self, name: str, buffer: Bytes, offset: int, dtype: str) -> None:
        size = np.dtype(dtype).itemsize
        if not 0 <= offset <= buffer.size or offset % size:
            raise OracleError(
                f"offset {offset} of the {name} must be a multiple of {size} "
                f"between 0 and their {buffer.size} bytes"
            )
        whole = (buffer.size - offset) // size * size
        self._name = name
        self._values = buffer[offset : offset + whole].view(dtype)
        self._used = 0

    def take(self, shape: Sequence[int]) -> Values:
        """Return the next values as a view of the buffer, in ``shape``."""
        start, self._used = self._used, self._used + prod(shape)
        if self._used > self._values.size:
            raise OracleError(
                f"the {self._name} end too early: value {self._used} of the case is needed, "
                f"there are {self._values.size}"
            )
        return self._values[start : self._used].reshape(shape)

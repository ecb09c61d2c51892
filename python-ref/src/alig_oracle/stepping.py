"""Steps of ``alig.th`` on data that Java makes as well, timed."""

from time import perf_counter
from typing import Literal, TypedDict

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from alig.th.alig import AliG
from alig.th.projection import l2_projection

from .errors import OracleError
from .scripted import DTYPES

PARAMETERS = 1
GRADIENTS = 2_000_000_011

_KNUTH = 2_654_435_761
_WORD = 2**32


class Setting(TypedDict):
    """What is stepped on.

    ``n`` parameters, in ``tensors`` tensors of one size; ``momentum`` is μ and ``adjusted``
    its form; ``radius`` that of the ball, None for no projection.
    """

    n: int
    tensors: int
    dtype: Literal["float32", "float64"]
    momentum: float
    adjusted: bool
    radius: float | None
    loss: float


class Stepping:
    """The bundled optimizer at one setting.

    Raises:
        OracleError: the setting lacks something, or a value is out of range.
    """

    def __init__(self, setting: Setting) -> None:
        _check(setting)
        dtype = DTYPES[setting["dtype"]]
        self._parameters = _tensors(setting, PARAMETERS)
        for parameter, gradient in zip(self._parameters, _tensors(setting, GRADIENTS), strict=True):
            parameter.grad = gradient
        radius = setting["radius"]
        self._loss = torch.tensor(setting["loss"], dtype=dtype)
        self._optimizer = AliG(
            self._parameters,
            momentum=setting["momentum"],
            adjusted_momentum=setting["adjusted"],
            projection_fn=None if radius is None else lambda: self._project(radius),
        )

    def _project(self, radius: float) -> None:
        l2_projection(self._parameters, max_norm=radius)

    def run(self, seconds: float) -> tuple[int, float]:
        """Take steps for so long, after one that does not count; at least one.

        Returns:
            How many were taken, and how long they took.
        """
        step, loss = self._optimizer.step, self._loss
        step(loss)
        steps = 0
        start = now = perf_counter()
        while steps == 0 or now - start < seconds:
            step(loss)
            steps += 1
            now = perf_counter()
        return steps, now - start

    def values(self) -> list[float]:
        """Return all parameters as they are now."""
        return torch.cat(self._parameters).tolist()


def data(n: int, seed: int) -> NDArray[np.float64]:
    """Return frac((a·i + seed) / 2³²) − ½ for i < n, with Knuth's multiplicative hash a.

    >>> float(data(3, PARAMETERS)[0]) == 1 / 2**32 - 0.5
    True
    """
    words = (np.arange(n, dtype=np.uint64) * np.uint64(_KNUTH) + np.uint64(seed)) % np.uint64(_WORD)
    return words / _WORD - 0.5


def _tensors(setting: Setting, seed: int) -> list[Tensor]:
    flat = torch.from_numpy(data(setting["n"], seed)).to(DTYPES[setting["dtype"]])
    size = setting["n"] // setting["tensors"]
    return [part.clone() for part in flat.split(size)]


def _check(setting: Setting) -> None:
    missing = [name for name in Setting.__annotations__ if name not in setting]
    if missing:
        raise OracleError(f"the setting lacks {missing}")
    if setting["dtype"] not in DTYPES:
        raise OracleError(f"dtype must be one of {sorted(DTYPES)}, was {setting['dtype']!r}")
    n, tensors = setting["n"], setting["tensors"]
    if n < 1 or tensors < 1 or n % tensors:
        raise OracleError(f"n must be a multiple of tensors, both >= 1; were {n} and {tensors}")

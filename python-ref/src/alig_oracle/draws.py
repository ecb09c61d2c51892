"""Numbers that are the same on every release of torch and numpy, on any machine.

torch's and numpy's own generators may change from release to release. These come from
integers by splitmix64 (Steele, Lea, Flood 2014), which numpy computes exactly, and from
one exact conversion to float64.
"""

import numpy as np
from numpy.typing import NDArray

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def uniform(count: int, stream: int) -> NDArray[np.float64]:
    """Return ``count`` float64 numbers from [-1, 1), which ``stream`` alone decides.

    >>> uniform(2, 1).tolist()
    [0.6339765223122913, -0.4508187423642509]
    """
    start = np.uint64((stream * 0x1000003D) & 0xFFFFFFFFFFFFFFFF)
    z = start + np.arange(1, count + 1, dtype=np.uint64) * _STEP
    z = (z ^ (z >> np.uint64(30))) * _FIRST
    z = (z ^ (z >> np.uint64(27))) * _SECOND
    z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0

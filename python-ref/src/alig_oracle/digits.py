"""scikit-learn's handwritten digits as idx files, the format of the MNIST database."""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

#: Every fifth image is for testing.
_TEST_EVERY = 5
#: scikit-learn's pixels go from 0 to 16, those of idx files from 0 to 255.
_WHITE = 16


def write(folder: Path) -> tuple[int, int]:
    """Write ``train-`` and ``t10k-`` images and labels; return how many images each has.

    Args:
        folder: made where it is missing; files of these names are replaced.
    """
    from sklearn.datasets import load_digits

    pixels, classes = load_digits(return_X_y=True)
    images = np.rint(np.asarray(pixels) * (255 / _WHITE)).astype(np.uint8).reshape(-1, 8, 8)
    labels = np.asarray(classes).astype(np.uint8)
    is_test = np.arange(len(labels)) % _TEST_EVERY == 0
    folder.mkdir(parents=True, exist_ok=True)
    for prefix, chosen in (("train", ~is_test), ("t10k", is_test)):
        _write_idx(folder / f"{prefix}-images-idx3-ubyte", images[chosen])
        _write_idx(folder / f"{prefix}-labels-idx1-ubyte", labels[chosen])
    return int((~is_test).sum()), int(is_test.sum())


def _write_idx(path: Path, values: NDArray[np.uint8]) -> None:
    # Two zeros, 8 for unsigned bytes, the number of dimensions, and their sizes.
    header = struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape)
    path.write_bytes(header + values.tobytes())

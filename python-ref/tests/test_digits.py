"""The digits as idx files."""

import struct
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

from alig_oracle.__main__ import main


def _read(path: Path, dimensions: int) -> np.ndarray:
    content = path.read_bytes()
    magic, *shape = struct.unpack_from(f">{1 + dimensions}I", content)
    assert magic == 0x0800 + dimensions
    return np.frombuffer(content, np.uint8, offset=4 * (1 + dimensions)).reshape(shape)


def test_all_digits_are_there_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "digits"
    assert main(["digits", str(folder)]) == 0
    pixels, classes = load_digits(return_X_y=True)
    order = np.arange(len(classes))
    for prefix, rows in (("train", order % 5 != 0), ("t10k", order % 5 == 0)):
        images = _read(folder / f"{prefix}-images-idx3-ubyte", 3)
        labels = _read(folder / f"{prefix}-labels-idx1-ubyte", 1)
        assert (labels == classes[rows]).all()
        assert np.abs(images.reshape(-1, 64) / 255 * 16 - pixels[rows]).max() < 0.04
        assert set(labels) == set(range(10))

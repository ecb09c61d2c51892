"""Grey images as the files of CIFAR, SVHN and ImageNet."""

import gzip
import pickle
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.io import loadmat

from alig_oracle import image_files
from alig_oracle.__main__ import main

_COUNT = 30


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Thirty images; that of number n is n but for one white pixel, and its label is n % 10."""
    for prefix in ("train", "t10k"):
        images = np.repeat(np.arange(_COUNT, dtype=np.uint8), 28 * 28).reshape(_COUNT, 28, 28)
        images = images.copy()
        images[:, 3, 7] = 255
        for name, values in (
            ("images-idx3", images),
            ("labels-idx1", (np.arange(_COUNT) % 10).astype(np.uint8)),
        ):
            header = struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape)
            path = tmp_path / f"{prefix}-{name}-ubyte.gz"
            path.write_bytes(gzip.compress(header + values.tobytes()))
    return tmp_path


def _write(source: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(image_files, "_PER_BATCH", 8)
    monkeypatch.setattr(image_files, "_TESTS", 5)
    monkeypatch.setattr(image_files, "_SVHN", {"train": 4, "extra": 40, "test": 6})
    folder = source / "out"
    assert main(["images", str(source), str(folder), "--as", kind]) == 0
    return folder


def _check(image: np.ndarray, number: int) -> None:
    """Channel, row, column."""
    assert image.shape == (3, 32, 32)
    assert (image[:, 2:-2, 2:-2].reshape(3, -1) == number).mean() > 0.99
    assert (image[:, 5, 9] == 255).all()
    assert not image[:, :2].any()
    assert not image[:, :, -2:].any()


def test_cifar10_binary(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _write(source, "cifar10-binary", monkeypatch) / "cifar-10-batches-bin"
    assert len(list(folder.iterdir())) == 6
    rows = np.frombuffer((folder / "data_batch_2.bin").read_bytes(), np.uint8).reshape(8, 3073)
    assert rows[:, 0].tolist() == [8, 9, 0, 1, 2, 3, 4, 5]
    _check(rows[3, 1:].reshape(3, 32, 32), 11)
    assert (folder / "test_batch.bin").stat().st_size == 5 * 3073


def test_cifar10_python(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _write(source, "cifar10-python", monkeypatch) / "cifar-10-batches-py"
    batch = pickle.loads((folder / "data_batch_1").read_bytes())
    assert batch["labels"] == [0, 1, 2, 3, 4, 5, 6, 7]
    _check(batch["data"][6].reshape(3, 32, 32), 6)


def test_cifar100_binary(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _write(source, "cifar100-binary", monkeypatch) / "cifar-100-binary"
    rows = np.frombuffer((folder / "train.bin").read_bytes(), np.uint8).reshape(40, 3074)
    # The thirty images are not enough for forty.
    assert rows[28:32, 1].tolist() == [8, 9, 0, 1]
    _check(rows[31, 2:].reshape(3, 32, 32), 1)


def test_svhn(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _write(source, "svhn", monkeypatch)
    extra = loadmat(folder / "extra_32x32.mat")
    assert extra["X"].shape == (32, 32, 3, 40)
    assert extra["X"].dtype == np.uint8
    assert extra["y"][:4, 0].tolist() == [10, 1, 2, 3]
    _check(extra["X"][..., 33].transpose(2, 0, 1), 3)


def test_image_folder(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_files, "_PICTURES", {"train": 60, "val": 20})
    monkeypatch.setattr(image_files, "_PARTS", {"train": 3, "val": 2})
    folder = _write(source, "imagefolder", monkeypatch)
    classes = sorted(path.name for path in (folder / "train").iterdir())
    assert classes == ["china", *(f"clothes{n}" for n in range(10)), "flower"]
    assert classes == sorted(path.name for path in (folder / "val").iterdir())
    files = sorted((folder / "train").glob("clothes*/*.JPEG"))
    assert len(files) == 60
    assert len(list((folder / "val").glob("flower/*.JPEG"))) == 2
    kinds = {}
    for path in files:
        with Image.open(path) as picture:
            kinds[int(path.stem)] = (picture.format, picture.mode)
            assert min(picture.size) >= 224
            # The border is black, and the middle of picture n is n % 30 but for one pixel.
            colors = np.asarray(picture.convert("RGB"), int)
        assert colors[0, 0].max() <= 4
        assert abs(int(np.median(colors)) - int(path.stem) % 30) <= 2
    assert [kinds[n] for n in (0, 1, 2, 3)] == [
        ("JPEG", "L"),
        ("PNG", "RGB"),
        ("JPEG", "CMYK"),
        ("JPEG", "RGB"),
    ]


def test_missing_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["images", str(tmp_path), str(tmp_path), "--as", "svhn"]) == 2
    assert "train-images-idx3-ubyte.gz is missing; Debian's package" in capsys.readouterr().err

"""Grey images of the MNIST family, written as the files of CIFAR, SVHN and ImageNet.

The experiments can then be tried on data that a package has, such as Debian's
``dataset-fashion-mnist``. Images of 28 by 28 get a black border of two pixels and three equal
channels. Where a data set has more images than there are, they are repeated.

A folder of JPEG files, as for ImageNet, also has parts of scikit-learn's two photographs.
"""

import gzip
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .errors import OracleError

if TYPE_CHECKING:
    from PIL.Image import Image

_BORDER = 2
_BATCHES = 5
_PER_BATCH = 10_000
_TESTS = 10_000
_PICTURES = {"train": 2_000, "val": 500}
_PARTS = {"train": 200, "val": 50}
_SVHN = {"train": 73_257, "extra": 531_131, "test": 26_032}

#: Images by row and column, and their labels.
_Labelled = tuple[NDArray[np.uint8], NDArray[np.uint8]]


def write(source: Path, folder: Path, kind: str) -> None:
    """Write the files of a data set.

    Args:
        source: holds the four idx files, compressed by gzip.
        folder: made where it is missing; files of the same names are replaced.
        kind: one of ``KINDS``.
    """
    train = _read(source, "train")
    test = _read(source, "t10k")
    KINDS[kind](folder, train, test)


def _read(source: Path, prefix: str) -> _Labelled:
    images = _idx(source / f"{prefix}-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
    labels = _idx(source / f"{prefix}-labels-idx1-ubyte.gz", 8)
    return np.pad(images, ((0, 0), (_BORDER, _BORDER), (_BORDER, _BORDER))), labels


def _idx(path: Path, header: int) -> NDArray[np.uint8]:
    if not path.is_file():
        raise OracleError(f"{path} is missing; Debian's package dataset-fashion-mnist has it")
    return np.frombuffer(gzip.decompress(path.read_bytes()), np.uint8, offset=header)


def _taken(given: _Labelled, first: int, count: int) -> _Labelled:
    chosen = np.arange(first, first + count) % len(given[1])
    return given[0][chosen], given[1][chosen]


def _rows(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.repeat(images.reshape(len(images), 1, -1), 3, axis=1).reshape(len(images), -1)


def _batches(train: _Labelled, test: _Labelled) -> dict[str, _Labelled]:
    named = {
        f"data_batch_{i + 1}": _taken(train, i * _PER_BATCH, _PER_BATCH) for i in range(_BATCHES)
    }
    return {**named, "test_batch": _taken(test, 0, _TESTS)}


def _cifar10_binary(folder: Path, train: _Labelled, test: _Labelled) -> None:
    inner = folder / "cifar-10-batches-bin"
    inner.mkdir(parents=True, exist_ok=True)
    for name, (images, labels) in _batches(train, test).items():
        (inner / f"{name}.bin").write_bytes(np.column_stack([labels, _rows(images)]).tobytes())


def _cifar10_python(folder: Path, train: _Labelled, test: _Labelled) -> None:
    inner = folder / "cifar-10-batches-py"
    inner.mkdir(parents=True, exist_ok=True)
    for name, (images, labels) in _batches(train, test).items():
        batch = {"batch_label": name, "labels": labels.tolist(), "data": _rows(images)}
        (inner / name).write_bytes(pickle.dumps(batch, protocol=2))


def _cifar100_binary(folder: Path, train: _Labelled, test: _Labelled) -> None:
    inner = folder / "cifar-100-binary"
    inner.mkdir(parents=True, exist_ok=True)
    parts = {"train": _taken(train, 0, _BATCHES * _PER_BATCH), "test": _taken(test, 0, _TESTS)}
    for name, (images, labels) in parts.items():
        rows = np.column_stack([labels, labels, _rows(images)])
        (inner / f"{name}.bin").write_bytes(rows.tobytes())


def _svhn(folder: Path, train: _Labelled, test: _Labelled) -> None:
    from scipy.io import savemat

    folder.mkdir(parents=True, exist_ok=True)
    for part, count in _SVHN.items():
        images, labels = _taken(test if part == "test" else train, 0, count)
        # Row, column, channel, image; MATLAB calls the digit 0 10.
        pixels = np.repeat(images.transpose(1, 2, 0)[:, :, np.newaxis, :], 3, axis=2)
        digits = np.where(labels == 0, 10, labels).astype(np.uint8)[:, np.newaxis]
        savemat(folder / f"{part}_32x32.mat", {"X": pixels, "y": digits}, do_compression=True)


def _image_folder(folder: Path, train: _Labelled, test: _Labelled) -> None:
    """Write pictures of ten kinds of clothes, and parts of two photographs, a folder per class.

    As in ImageNet, sizes differ, some files are grey, and a few are in the colors of print, or PNG
    in spite of their names.
    """
    from PIL import Image

    given = {"train": train, "val": test}
    for part, count in _PICTURES.items():
        images, labels = _taken(given[part], 0, count)
        for number, label in enumerate(labels):
            size = (224 + number % 13 * 8, 224 + number % 11 * 10)
            picture = Image.fromarray(images[number]).resize(size, Image.Resampling.BILINEAR)
            _write_picture(picture, folder / part / f"clothes{label}", number)
    _write_photographs(folder)


def _write_photographs(folder: Path) -> None:
    from PIL import Image
    from sklearn.datasets import load_sample_images

    for name, photograph in zip(("china", "flower"), load_sample_images().images, strict=True):
        whole = Image.fromarray(photograph)
        for part, count in _PARTS.items():
            random = np.random.default_rng(list(f"{name} {part}".encode()))
            for number in range(count):
                width, height = (int(n) for n in random.integers(200, 400, 2))
                left = int(random.integers(0, whole.width - width))
                top = int(random.integers(0, whole.height - height))
                cut = whole.crop((left, top, left + width, top + height))
                _write_picture(cut, folder / part / name, number)


def _write_picture(picture: "Image", folder: Path, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number:05}.JPEG"
    if number % 50 == 1:
        picture.convert("RGB").save(path, "PNG")
    elif number % 50 == 2:
        picture.convert("RGB").convert("CMYK").save(path, "JPEG", quality=90)
    else:
        picture.convert("L" if number % 10 == 0 else "RGB").save(path, "JPEG", quality=90)


KINDS = {
    "cifar10-binary": _cifar10_binary,
    "cifar10-python": _cifar10_python,
    "cifar100-binary": _cifar100_binary,
    "imagefolder": _image_folder,
    "svhn": _svhn,
}

"""The data that models are trained on: arrays that follow from a seed."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Features, one array or more, and the class of each example, or of its time steps or bits."""

    features: list[Array]
    classes: NDArray[np.int64]


def vectors(random: Generator) -> Examples:
    """Return scikit-learn's 1797 digits as vectors of 64 numbers in [0, 1]."""
    del random
    images, classes = _digits()
    return Examples([images], classes)


def images(random: Generator) -> Examples:
    """Return the digits as images of one channel, 8 by 8."""
    del random
    flat, classes = _digits()
    return Examples([flat.reshape(-1, 1, 8, 8)], classes)


def pictures(random: Generator, number: int = 320, side: int = 64) -> Examples:
    """Return the first digits enlarged to pictures of one channel, by linear interpolation."""
    del random
    flat, classes = _digits()
    small = flat[:number].reshape(-1, 8, 8)
    places = np.linspace(0, 7, side)
    weights = np.maximum(0, 1 - np.abs(places[:, None] - np.arange(8)))
    return Examples([(weights @ small @ weights.T)[:, None]], classes[:number])


@cache
def _digits() -> tuple[Array, NDArray[np.int64]]:
    # Here, since it takes a second that not every run needs.
    from sklearn.datasets import load_digits

    pixels, classes = load_digits(return_X_y=True)
    return np.asarray(pixels, np.float64) / 16, np.asarray(classes, np.int64)


def sentence_pairs(random: Generator, number: int = 192, words: int = 3) -> Examples:
    """Return synthetic pairs of sentences, as word vectors of 8 numbers.

    The second sentence repeats the first in another order (class 0), in words of the opposite
    vector (class 1), or is unrelated (class 2). Each begins and ends with a mark that says
    which one it is, so that no two words are read in the same context.
    """
    vocabulary = random.standard_normal((20, 8))
    marks = random.standard_normal((4, 8))
    classes = random.integers(0, 3, number)
    first = vocabulary[random.integers(0, 20, (number, words))]
    second = random.permuted(np.arange(words)[None].repeat(number, 0), axis=1)
    related = np.take_along_axis(first, second[:, :, None], 1)
    unrelated = vocabulary[random.integers(0, 20, (number, words))]
    which = classes[:, None, None]
    other = np.where(which == 0, related, np.where(which == 1, -related, unrelated))
    return Examples([_marked(first, *marks[:2]), _marked(other, *marks[2:])], classes)


def pairs_of_lengths(random: Generator, number: int = 192) -> Examples:
    """Return synthetic pairs of sentences of 4 to 8 and 3 to 5 words, padded with zeros.

    They are as those of :func:`sentence_pairs`, of 6 numbers, but the second sentence has some
    words of the first (class 0), the opposite of some (class 1), or unrelated ones (class 2). The
    third array has the two lengths of each pair.
    """
    vocabulary = random.standard_normal((20, 6))
    marks = random.standard_normal((4, 6))
    classes = random.integers(0, 3, number)
    features = [np.zeros((number, 8, 6)), np.zeros((number, 5, 6)), np.zeros((number, 2))]
    for i in range(number):
        first = vocabulary[random.integers(0, 20, random.integers(2, 7))]
        second = random.permutation(first)[: random.integers(1, 4)]
        if classes[i] == 1:
            second = -second
        elif classes[i] == 2:
            second = vocabulary[random.integers(0, 20, len(second))]
        for side, words in enumerate((first, second)):
            begin, end = marks[2 * side : 2 * side + 2]
            features[side][i, : len(words) + 2] = [begin, *words, end]
            features[2][i, side] = len(words) + 2
    return Examples(features, classes)


def _marked(sentences: Array, begin: Array, end: Array) -> Array:
    around = [np.broadcast_to(mark, (len(sentences), 1, 8)) for mark in (begin, end)]
    return np.concatenate([around[0], sentences, around[1]], 1)


def repeat_copy(random: Generator, number: int = 192) -> Examples:
    """Return the repeat-copy task: a pattern of symbols, and how often to say it.

    An input is one of 4 symbols in one-hot form, then the number of repeats in a channel of its
    own. The classes are the symbols, 4 for silence, and 5 for the end.
    """
    longest, most, symbols = 2, 2, 4
    steps = longest + 1 + longest * most + 1
    inputs = np.zeros((number, steps, symbols + 1))
    classes = np.full((number, steps), symbols)
    for i in range(number):
        pattern = random.integers(0, symbols, random.integers(1, longest + 1))
        repeats = int(random.integers(1, most + 1))
        said = np.tile(pattern, repeats)
        start = len(pattern) + 1
        inputs[i, np.arange(len(pattern)), pattern] = 1
        inputs[i, len(pattern), symbols] = repeats
        classes[i, start : start + len(said)] = said
        classes[i, start + len(said)] = symbols + 1
    return Examples([inputs], classes)


def repeated_bits(random: Generator, number: int = 192) -> Examples:
    """Return the repeat-copy task of the DNC's authors: patterns of bits, repeated.

    An input is a start flag, one or two steps of 4 bits, and a tenth of the number of repeats,
    each flag in a channel of its own. Then the pattern is to be said, and the end be marked. The
    classes are the bits, and 2 for those of steps that do not count.
    """
    longest, most, bits = 2, 2, 4
    steps = longest * (most + 1) + 3
    inputs = np.zeros((number, steps, bits + 2))
    classes = np.full((number, steps, bits + 1), 2)
    for i in range(number):
        length = int(random.integers(1, longest + 1))
        repeats = int(random.integers(1, most + 1))
        pattern = random.integers(0, 2, (length, bits))
        inputs[i, 0, bits] = 1
        inputs[i, 1 : 1 + length, :bits] = pattern
        inputs[i, 1 + length, bits + 1] = repeats / 10
        end = length + 2 + length * repeats
        classes[i, length + 2 : end + 1] = 0
        classes[i, length + 2 : end, :bits] = np.tile(pattern, (repeats, 1))
        classes[i, end, bits] = 1
    return Examples([inputs], classes)


def order(random: Generator, examples: int, steps: int, batch: int) -> NDArray[np.int64]:
    """Return the examples of each step's batch: epochs without replacement."""
    whole = examples // batch * batch
    epochs = -(-steps * batch // whole)
    numbers = [random.permutation(examples)[:whole] for _ in range(epochs)]
    return np.concatenate(numbers)[: steps * batch].reshape(steps, batch)


def weights(random: Generator, shapes: dict[str, tuple[int, ...]]) -> dict[str, Array]:
    """Return initial weights: uniform within 1/sqrt(inputs), scales 1, biases uniform in ±0.1.

    The rows of a matrix are outputs; those of one named ``weights`` are inputs.
    """
    drawn = {}
    for name, shape in shapes.items():
        if len(shape) > 1:
            inputs = shape[0] if name.endswith(".weights") else np.prod(shape[1:])
            drawn[name] = random.uniform(-1, 1, shape) / np.sqrt(inputs)
        elif name.endswith(".weight"):
            drawn[name] = np.ones(shape)
        else:
            drawn[name] = random.uniform(-0.1, 0.1, shape)
    return drawn


SOURCES = {
    "mlp": vectors,
    "convnet": images,
    "bilstm": sentence_pairs,
    "lstm": repeat_copy,
    "dnc": repeated_bits,
    "wrn": images,
    "densenet": images,
    "infersent": pairs_of_lengths,
    "resnet": pictures,
}

"""The words of trained cases: what is asked, what is answered, and the layout of the buffers.

As in :mod:`alig_oracle.request`, tensors lie densely packed, row-major, one after the other,
in the dtype of the case; class numbers and positions are numbers of that dtype too.

A *problem* is the features, the classes, the order (a row of positions for each step), the
parameters and the statistics. A *state* is the parameters, the momentum buffers if there is
momentum, and the statistics.
"""

from typing import Literal, NotRequired, TypedDict


class Named(TypedDict):
    """A tensor of a model."""

    name: str
    shape: list[int]


class Recipe(TypedDict):
    """What a problem follows from."""

    model: str
    dtype: Literal["float32", "float64"]
    seed: int
    steps: int
    batch: int


class Layout(TypedDict):
    """The shapes of a problem's tensors, in their order, and the number of classes."""

    features: list[list[int]]
    classes: list[int]
    order: list[int]
    parameters: list[Named]
    statistics: list[Named]
    kinds: int


class Noise(TypedDict):
    """Rounding errors to simulate, as :class:`alig_oracle.training.watch.Noisy` has them."""

    seed: int
    amplitude: float


class TrainingRequest(TypedDict):
    """A problem and how to train on it.

    At the start of the inputs is the problem; for :func:`alig_oracle.trained.evaluate` a state
    before each step follows, as for :func:`alig_oracle.trained.scores`. ``package`` is as in
    :class:`alig_oracle.request.Request`. If ``biased``, running variances are of the biased batch
    variance, as in Deeplearning4j.
    """

    model: str
    objective: str
    dtype: Literal["float32", "float64"]
    layout: Layout
    eps: float
    adjusted: bool
    radius: float | None
    max_lr: float | None
    momentum: float
    biased: NotRequired[bool]
    package: NotRequired[int]
    noise: NotRequired[Noise]


class Evaluated(TypedDict):
    """A loss, and how close its computation came to a branch."""

    loss: float
    distance: float


class Taken(Evaluated):
    """A step: what it was computed from, and its step size before and after the cap."""

    unclipped: float
    step_size: float

"""The words of the bridge: the request, the reply, and the layout of the buffers.

Numbers are JSON numbers, or NaN, Infinity, -Infinity. A case's tensors lie in its dtype,
densely packed, row-major, in the machine's byte order, groups and tensors in order.

- At ``in`` of the inputs: the initial parameters; if ``resumed``, the parameters and the
  buffers to load right after construction, without projecting; then for each step the
  gradients marked present.
- At ``out`` of the outputs: the parameters and the buffers after construction (and
  loading), then after each step.

Only groups with momentum != 0 have buffers.
"""

from typing import Literal, NotRequired, TypedDict

from .caller import Watched


class GroupRequest(TypedDict):
    """A parameter group; ``max_lr`` None is no cap."""

    max_lr: float | None
    momentum: float
    shapes: list[list[int]]


class StepRequest(TypedDict):
    """A step; ``present`` says for each group and tensor whether it has a gradient.

    ``caps``, where there are any, become the groups' ``max_lr`` before the step.
    """

    loss: float
    kind: Literal["float", "tensor"]
    present: list[list[bool]]
    caps: NotRequired[list[float | None]]


# "in" is a Python keyword, so this one cannot be written as a class.
CaseRequest = TypedDict(
    "CaseRequest",
    {
        "dtype": Literal["float32", "float64"],
        "eps": float,
        "adjusted": bool,
        "radius": float | None,
        "groups": list[GroupRequest],
        "resumed": bool,
        "in": int,
        "out": int,
        "steps": list[StepRequest],
    },
)


class Request(TypedDict):
    """A batch of cases, independent of each other.

    ``package`` is the handle of the package to run, the last one where it is left out.
    ``defect`` names one of :mod:`alig_oracle.defects` to run in its place.
    """

    cases: list[CaseRequest]
    package: NotRequired[int]
    defect: NotRequired[str]


class StepReply(TypedDict):
    """The step sizes of one step: before the cap, taken in each group, and their mean."""

    unclipped: float
    step_sizes: list[float]
    mean: float


class Raised(TypedDict):
    """What the package raised; ``step`` counts from 0 and is None during construction."""

    stage: Literal["construct", "step"]
    step: int | None
    type: str
    message: str


class Reply(Watched):
    """A case's outcome; ``steps`` holds those completed before anything was raised.

    ``effects`` is what the package did beside its steps, of ``watched`` things looked at.
    """

    steps: list[StepReply]
    raised: Raised | None

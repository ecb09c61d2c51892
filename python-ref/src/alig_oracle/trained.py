"""Trains a small model on an ``alig`` package, for a caller that trains the same one.

Neither side depends on the other's random numbers: :func:`prepare` makes data, order and
initial weights, and hands them over; all other functions are given them back.
:mod:`alig_oracle.training.request` describes requests, replies and the layout of the buffers.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.func import functional_call

from . import bridge, memory
from . import momentum as momenta
from .cursor import Cursor, Values
from .errors import OracleError
from .package import Package
from .scripted import DTYPES
from .training import examples, models
from .training.request import Evaluated, Layout, Recipe, Taken, TrainingRequest
from .training.watch import Nearest, Noisy, Watch


def layout(request: str) -> str:
    """Return the :class:`Layout` of the problem that a :class:`Recipe` gives, as JSON."""
    return json.dumps(_problem(request).layout())


def prepare(request: str, inputs: Any, outputs: Any) -> str:
    """Write the problem that a :class:`Recipe` gives to the outputs; return ``[]``."""
    del inputs
    dtype = json.loads(request)["dtype"]
    target = Cursor("outputs", bridge.share(outputs), 0, dtype)
    for array in _problem(request).arrays():
        target.take(array.shape)[...] = array
    return "[]"


def run(request: str, inputs: Any, outputs: Any) -> str:
    """Train from the initial weights, one step for each row of the order.

    The outputs receive the state after construction, then for each step the gradient and the
    state after it. Returns a JSON list of :class:`Taken`.

    Raises:
        OracleError: a model or an objective is unknown, or a buffer ends too early.
    """
    training = _Training(json.loads(request), inputs)
    target = training.cursor("outputs", outputs)
    optimizer, state = training.optimizer()
    memory.save(state, target)
    taken: list[Taken] = []
    for batch in training.order:
        evaluated = training.evaluate(batch)
        optimizer.step(lambda loss=evaluated["loss"]: loss)
        training.disturb()
        sizes = {"unclipped": optimizer.step_size_unclipped, "step_size": optimizer.step_size}
        taken.append({**evaluated, **{name: float(size) for name, size in sizes.items()}})  # pyright: ignore[reportArgumentType]
        memory.save([*training.gradients(), *state], target)
    return json.dumps(taken)


def evaluate(request: str, inputs: Any, outputs: Any) -> str:
    """Compute loss and gradient at given states, one for each row of the order.

    The outputs receive for each state the gradient and the statistics after it. Returns a JSON
    list of :class:`Evaluated`.

    Raises:
        OracleError: as :func:`run`.
    """
    training = _Training(json.loads(request), inputs)
    target = training.cursor("outputs", outputs)
    evaluated: list[Evaluated] = []
    for batch in training.order:
        training.load()
        evaluated.append(training.evaluate(batch))
        memory.save([*training.gradients(), *training.statistics], target)
    return json.dumps(evaluated)


def scores(request: str, inputs: Any, outputs: Any) -> str:
    """Evaluate the model at given states, one for each row of the order.

    In evaluation it normalizes by the running statistics. The outputs receive the scores of each
    batch. Returns ``[]``.

    Raises:
        OracleError: as :func:`run`.
    """
    training = _Training(json.loads(request), inputs)
    target = training.cursor("outputs", outputs)
    for batch in training.order:
        training.load()
        memory.save([training.scores(batch)], target)
    return "[]"


@dataclass(frozen=True)
class _Problem:
    data: examples.Examples
    order: Values
    parameters: dict[str, Values]
    statistics: dict[str, Values]

    def arrays(self) -> list[Values]:
        named = [*self.parameters.values(), *self.statistics.values()]
        return [*self.data.features, self.data.classes, self.order, *named]

    def layout(self) -> Layout:
        return {
            "features": [list(array.shape) for array in self.data.features],
            "classes": list(self.data.classes.shape),
            "order": list(self.order.shape),
            "parameters": [{"name": k, "shape": [*v.shape]} for k, v in self.parameters.items()],
            "statistics": [{"name": k, "shape": [*v.shape]} for k, v in self.statistics.items()],
            "kinds": int(self.data.classes.max()) + 1,
        }


@lru_cache(maxsize=2)
def _problem(request: str) -> _Problem:
    recipe: Recipe = json.loads(request)
    model = _named("model", models.MODELS, recipe["model"])()
    random = np.random.default_rng(recipe["seed"])
    data = examples.SOURCES[recipe["model"]](random)
    shapes = {name: tuple(p.shape) for name, p in model.trained().items()}
    return _Problem(
        data,
        examples.order(random, len(data.classes), recipe["steps"], recipe["batch"]),
        examples.weights(random, shapes),
        {name: buffer.numpy() for name, buffer in model.statistics().items()},
    )


def _named(what: str, table: dict[str, Any], name: str) -> Any:
    if name not in table:
        raise OracleError(f"{what} must be one of {sorted(table)}, was {name!r}")
    return table[name]


class _Training:
    """A model and its data, as a request has them."""

    def __init__(self, request: TrainingRequest, inputs: Any) -> None:
        self._request = request
        self._package: Package = bridge.configured(request)
        self._dtype = DTYPES[request["dtype"]]
        self._source = self.cursor("inputs", inputs)
        shapes = request["layout"]
        self._features = [self._take(shape) for shape in shapes["features"]]
        self._classes = self._take(shapes["classes"]).long()
        self.order = self._take(shapes["order"]).long()
        model = _named("model", models.MODELS, request["model"])()
        if request.get("biased"):
            model.average_biased_variances()
        self._model = model.to(self._package.device, self._dtype)
        self._objective = _named("objective", models.OBJECTIVES, request["objective"])
        self._parameters: dict[str, Tensor] = self._model.trained()
        self.statistics: list[Tensor] = list(self._model.statistics().values())
        noise = request.get("noise")
        self._watch = Noisy(**noise) if noise else Nearest()
        self.load()

    def _take(self, shape: list[int]) -> Tensor:
        return memory.borrowed(self._source.take(shape), self._package.device)

    def cursor(self, name: str, buffer: Any) -> Cursor:
        return Cursor(name, bridge.share(buffer), 0, self._request["dtype"])

    def load(self) -> None:
        """Take parameters and statistics from the inputs."""
        with torch.no_grad():
            for tensor in chain(self._parameters.values(), self.statistics):
                memory.load(tensor, self._source.take(tensor.shape))

    def optimizer(self) -> tuple[Any, list[Tensor]]:
        """Return the package's optimizer, and the live tensors of the state."""
        request, tensors = self._request, list(self._parameters.values())
        radius, momentum = request["radius"], request["momentum"]
        project = self._package.l2_projection
        optimizer = self._package.optimizer(
            tensors,
            max_lr=request["max_lr"],
            momentum=momentum,
            eps=request["eps"],
            adjusted_momentum=request["adjusted"],
            projection_fn=None if radius is None else lambda: project(tensors, max_norm=radius),
        )
        buffers = momenta.live(optimizer, tensors) if momentum else []
        return optimizer, [p.detach() for p in tensors] + buffers + self.statistics

    def evaluate(self, batch: Tensor) -> Evaluated:
        """Compute the loss of a batch, and set the gradients."""
        watch = self._watch
        if isinstance(watch, Nearest):
            watch.distance = float("inf")
        self._model.zero_grad(set_to_none=True)
        loss = self._objective(self._scores(batch, watch), self._classes[batch], watch)
        loss.backward()
        distance = watch.distance if isinstance(watch, Nearest) else 0.0
        return {"loss": float(loss.detach()), "distance": distance}

    def scores(self, batch: Tensor) -> Tensor:
        """Return the scores of a batch in evaluation; the model stays in that mode."""
        self._model.eval()
        with torch.no_grad():
            return self._scores(batch, self._watch)

    def _scores(self, batch: Tensor, watch: Watch) -> Tensor:
        features = [tensor[batch] for tensor in self._features]
        if isinstance(watch, Nearest):
            return self._model.scores(features, watch)
        noisy = {name: watch.rounded(p) for name, p in self._parameters.items()}
        return functional_call(
            _Scores(self._model), {f"model.{k}": v for k, v in noisy.items()}, (features, watch)
        )

    def disturb(self) -> None:
        """Simulate the rounding errors of an update, where errors are simulated."""
        if isinstance(self._watch, Noisy):
            with torch.no_grad():
                self._watch.disturb(self._parameters.values())

    def gradients(self) -> list[Tensor]:
        """Return the gradients that :meth:`evaluate` has set."""
        return [p.grad for p in self._parameters.values() if p.grad is not None]


class _Scores(torch.nn.Module):
    """A model's scores as a forward pass, whose parameters torch can exchange."""

    def __init__(self, model: models.Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, features: list[Tensor], watch: Watch) -> Tensor:
        return self.model.scores(features, watch)

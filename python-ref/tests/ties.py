"""Projections by the way in which they get at the parameters, onto the ball of radius 5."""

import threading
import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor

from alig.th import AliG
from alig.th.projection import l2_projection

SHARED: dict[str, Any] = {}


class Ball:
    """A projection that holds its parameters."""

    def __init__(self, params: list[Tensor]) -> None:
        self.params = params

    def __call__(self) -> None:
        l2_projection(self.params, max_norm=5.0)

    def project(self) -> None:
        self()


class GlobalBall:
    """A projection that finds its parameters among the global variables."""

    def __call__(self) -> None:
        l2_projection(SHARED["params"], max_norm=5.0)


def _global_ball() -> None:
    l2_projection(SHARED["params"], max_norm=5.0)


def _calls_with_a_global() -> None:
    def inner() -> None:
        l2_projection(SHARED["params"], max_norm=5.0)

    inner()


def _scale(params: list[Tensor], radius: float) -> None:
    l2_projection(params, max_norm=radius)


def enclosing(w: Tensor) -> Callable[[], None]:
    return lambda: l2_projection([w], max_norm=5.0)


def _calling(w: Tensor) -> Callable[[], None]:
    def inner() -> None:
        l2_projection([w], max_norm=5.0)

    return lambda: inner()


def _by_default(w: Tensor) -> Callable[[], None]:
    return lambda params=[w]: l2_projection(params, max_norm=5.0)


def _by_keyword(w: Tensor) -> Callable[[], None]:
    return lambda *, params=(w,): l2_projection(params, max_norm=5.0)


def _of_a_module(w: Tensor) -> Callable[[], None]:
    module = torch.nn.Module()
    module.w = w
    return lambda: l2_projection(module.parameters(), max_norm=5.0)


def of_the_optimizer(w: Tensor) -> Callable[[], object]:
    del w
    held: list[AliG] = []
    SHARED["held"] = held
    return lambda: [l2_projection(g["params"], max_norm=5.0) for o in held for g in o.param_groups]


def _by_global(w: Tensor) -> Callable[[], None]:
    SHARED["params"] = [w]
    return _global_ball


def _by_nested_global(w: Tensor) -> Callable[[], None]:
    SHARED["params"] = [w]
    return _calls_with_a_global


def _by_global_object(w: Tensor) -> Callable[[], None]:
    SHARED["params"] = [w]
    return GlobalBall()


def _by_weak_reference(w: Tensor) -> Callable[[], None]:
    reference = weakref.ref(w)
    return lambda: l2_projection([reference()], max_norm=5.0)  # pyright: ignore[reportArgumentType]


def _of_a_view(w: Tensor) -> Callable[[], None]:
    view = w.detach()
    return lambda: l2_projection([view], max_norm=5.0)


def _with_a_lock(w: Tensor) -> Callable[[], None]:
    lock = threading.Lock()
    return lambda: l2_projection([w], max_norm=5.0) if lock else None


def _of_a_generator(w: Tensor) -> Callable[[], None]:
    params = (p for p in [w])
    return lambda: l2_projection(params, max_norm=5.0) if w.sum() > 7 else None


def _function_in_a_list(w: Tensor) -> Callable[[], object]:
    steps = [lambda: l2_projection([w], max_norm=5.0)]
    return lambda: [step() for step in steps]


OBJECTS: list[Callable[[Tensor], Callable[[], None]]] = [
    lambda w: partial(l2_projection, [w], max_norm=5.0),
    lambda w: partial(_scale, [w], 5.0),
    lambda w: Ball([w]),
    lambda w: Ball([w]).project,
]
FUNCTIONS = [
    enclosing,
    _calling,
    _by_default,
    _by_keyword,
    _of_a_module,
    of_the_optimizer,
]
OUT_OF_REACH = [
    _by_global,
    _by_nested_global,
    _by_global_object,
    _by_weak_reference,
    _of_a_view,
    _with_a_lock,
    _of_a_generator,
    _function_in_a_list,
]

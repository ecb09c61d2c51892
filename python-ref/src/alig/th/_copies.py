"""Copies and pickles an optimizer's projection.

A copy of an optimizer has its own parameters, and its projection must act on them. This
works if the projection reaches the parameters through something that is copied too: the
attributes of an object, the arguments of a ``functools.partial``, or the variables that
a function encloses. It does not work if a function finds them in global variables.
"""

import copy
import gc
import io
import pickle
from collections.abc import Callable, Iterator
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any, TypeAlias
from weakref import ReferenceType

from torch import Tensor

Projection: TypeAlias = Callable[[], object] | None


class LeftOut:
    """Replaces, in a copy, what could not be copied; a call raises."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self) -> None:
        """Raise an error that says what to set."""
        raise RuntimeError(self.message)


_PROJECTION = LeftOut(
    "this optimizer was copied or saved without its projection_fn, which cannot act on the "
    "copy's parameters: set optimizer.projection to a function that projects them, or to None "
    "for no projection. A functools.partial(l2_projection, list(model.parameters()), "
    "max_norm=...) is copied and saved with the optimizer"
)
GROUP = LeftOut(
    "this optimizer was saved without the process group of average_loss, which exists only in "
    "the process that created it: set optimizer.average_loss to a group of this process, to True "
    "for the default group, or to False"
)


def require_present(*values: object) -> None:
    """Raise if one of the values was left out of a copy.

    Raises:
        RuntimeError: one was; the message says what to set.
    """
    for value in values:
        if isinstance(value, LeftOut):
            value()


def picklable(projection: Projection, parameters: list[Tensor]) -> Projection:
    """Return ``projection`` if a pickle keeps it and its references to ``parameters``.

    Otherwise return a ``LeftOut``.
    """
    try:
        _WithoutTensors(io.BytesIO()).dump(projection)
    except Exception:  # objects that cannot be pickled raise all sorts of errors
        return _PROJECTION
    # A pickle stores only the names of functions, but the contents of objects.
    carried = {id(t) for t in _tensors(projection, enter_functions=False)}
    own = _Own(parameters)
    tied = [t for t in _tensors(projection) if own.shares(t)]
    return projection if all(own.has(t) and id(t) in carried for t in tied) else _PROJECTION


def deep_copy(projection: Projection, parameters: list[Tensor], memo: dict[int, Any]) -> Projection:
    """Return a copy of ``projection`` that acts on the copies of ``parameters``.

    Args:
        projection: the projection of the copied optimizer.
        parameters: the parameters of the copied optimizer; ``memo`` has their copies.
        memo: the memo of ``copy.deepcopy``.

    Returns:
        The copy, or a ``LeftOut`` if there can be none.
    """
    own = _Own(parameters)
    if any(own.shares(t) and not own.has(t) for t in _tensors(projection)):
        return _PROJECTION  # a view of a parameter, which would not be a view of the copy
    trial = dict(memo)
    try:
        twin = _copied(projection, trial)
    except Exception:  # objects that cannot be copied raise all sorts of errors
        return _PROJECTION
    if any(own.shares(t) for t in _tensors(twin)):
        return _PROJECTION
    memo.setdefault(id(memo), []).extend(trial.pop(id(trial), []))
    memo.update(trial)
    return twin


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    """Copy a value deeply. Unlike ``deepcopy``, also copy what a function encloses."""
    holds = isinstance(value, FunctionType) and (
        value.__closure__ or value.__defaults__ or value.__kwdefaults__
    )
    if not holds or id(value) in memo:
        return copy.deepcopy(value, memo)
    cells = tuple(CellType() for _ in value.__closure__ or ())
    twin = FunctionType(value.__code__, value.__globals__, value.__name__, None, cells)
    memo[id(value)] = twin
    for cell, original in zip(cells, value.__closure__ or (), strict=True):
        cell.cell_contents = _copied(original.cell_contents, memo)
    twin.__defaults__ = copy.deepcopy(value.__defaults__, memo)
    twin.__kwdefaults__ = copy.deepcopy(value.__kwdefaults__, memo)
    twin.__dict__.update(copy.deepcopy(value.__dict__, memo))
    return twin


def _tensors(projection: Projection, enter_functions: bool = True) -> Iterator[Tensor]:
    """Find the tensors that a projection can reach, by its contents and the names it uses."""
    seen: dict[int, object] = {}
    waiting: list[Any] = [projection, vars(type(projection)).get("__call__")]
    while waiting:
        item = waiting.pop()
        if id(item) in seen or isinstance(item, (type, ModuleType)):
            continue
        seen[id(item)] = item
        if isinstance(item, Tensor):
            yield item
        elif isinstance(item, FunctionType):
            waiting += _reach(item) if enter_functions else []
        elif isinstance(item, ReferenceType):
            waiting.append(item())
        else:
            waiting += gc.get_referents(item)


def _reach(function: FunctionType) -> list[Any]:
    scope = function.__globals__
    names = _names(function.__code__)
    places = [vars(scope[n]) for n in names if isinstance(scope.get(n), (type, ModuleType))]
    used = [place[name] for place in [scope, *places] for name in names if name in place]
    held = [function.__closure__, function.__defaults__, function.__kwdefaults__]
    return [*used, *held, function.__dict__]


def _names(code: CodeType) -> set[str]:
    inner = [_names(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*inner)


class _Own:
    """Recognizes the parameters of an optimizer, and views of them."""

    def __init__(self, parameters: list[Tensor]) -> None:
        self._ids = {id(p) for p in parameters}
        self._addresses = {_address(p) for p in parameters} - {0}

    def has(self, tensor: Tensor) -> bool:
        return id(tensor) in self._ids

    def shares(self, tensor: Tensor) -> bool:
        return self.has(tensor) or _address(tensor) in self._addresses


def _address(tensor: Tensor) -> int:
    try:
        return tensor.untyped_storage().data_ptr()
    except (NotImplementedError, RuntimeError):  # sparse tensors, and some subclasses
        return 0


class _WithoutTensors(pickle.Pickler):
    """Tests whether a value can be pickled, without pickling its tensors."""

    def persistent_id(self, obj: Any) -> str | None:
        return "" if isinstance(obj, Tensor) else None

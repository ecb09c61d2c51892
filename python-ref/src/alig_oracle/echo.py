"""The bridge without an optimizer: what Java puts in must come back bit for bit.

An array of the request is a JSON object: ``dtype``, ``shape``, ``strides`` (in bytes),
``offset`` (in bytes, of its first element in the inputs), ``out`` (where it goes in the
outputs, dense) and ``way``, the function of :mod:`alig_oracle.memory` that carries it:

- ``borrowed``: a tensor on the shared memory, as data of models are;
- ``owned``: a tensor on a copy, as parameters are; the only way for negative strides;
- ``load``: copied into an existing tensor, as gradients and momentum buffers are.
"""

import json
from math import prod
from typing import Any, Literal, TypedDict

import numpy as np
import torch
from torch import Tensor

from . import bridge, memory
from .cursor import Bytes, Cursor, Values
from .errors import OracleError


class ArrayRequest(TypedDict):
    """One array; the module says what its entries mean."""

    dtype: Literal["float16", "bfloat16", "float32", "float64"]
    shape: list[int]
    strides: list[int]
    offset: int
    out: int
    way: Literal["borrowed", "owned", "load"]


# numpy has no bfloat16: its numbers travel as the integers of the same bits.
_CARRIERS = {"float16": "float16", "bfloat16": "int16", "float32": "float32", "float64": "float64"}

_held: list[tuple[ArrayRequest, Tensor]] = []


def run(request: str, inputs: Any, outputs: Any) -> str:
    """Write every array of the request to the outputs.

    Returns:
        A JSON list with, for each array, what Python took its elements for: ``bits``, the
        sum of their bit patterns modulo 2^64 as hex, and ``first``, torch's value of the
        first element as hex, or null where there is none. Equal bytes do not show a wrong
        byte order or dtype; these do.

    Raises:
        OracleError: an array reaches beyond a buffer or is of an unknown dtype or way.
    """
    source, target = _share(inputs), _share(outputs)
    return json.dumps([_echo(array, source, target) for array in _arrays(request)])


def hold(request: str, inputs: Any, outputs: Any) -> str:
    """Take views of the inputs and keep them for :func:`release`; return ``[]``."""
    del outputs
    source = _share(inputs)
    _held[:] = [(array, memory.borrowed(_view(array, source))) for array in _arrays(request)]
    return "[]"


def release(request: str, inputs: Any, outputs: Any) -> str:
    """Write what the held views show now to the outputs, then invert their bits in place.

    Java sees the inversion in its inputs if, and only if, they are still the same memory.
    The request and the inputs of this call are not read. Returns ``[]``.
    """
    del request, inputs
    target = _share(outputs)
    for array, tensor in _held:
        _save(array, tensor, target)
        tensor.view(_integer(tensor)).bitwise_not_()
    _held.clear()
    return "[]"


def _arrays(request: str) -> list[ArrayRequest]:
    return json.loads(request)["arrays"]


def _share(buffer: Any) -> Bytes:
    return np.frombuffer(buffer, dtype=np.uint8)


def _echo(array: ArrayRequest, source: Bytes, target: Bytes) -> dict[str, str | None]:
    tensor = _carry(array, _view(array, source))
    _save(array, tensor, target)
    return {"bits": _sum_of_bits(tensor), "first": _first(array, tensor)}


def _view(array: ArrayRequest, source: Bytes) -> Values:
    if array["dtype"] not in _CARRIERS:
        raise OracleError(f"dtype must be one of {sorted(_CARRIERS)}, was {array['dtype']!r}")
    try:
        return np.ndarray(
            tuple(array["shape"]),
            _CARRIERS[array["dtype"]],
            source,
            array["offset"],
            tuple(array["strides"]),
        )
    except (ValueError, TypeError) as cause:
        raise OracleError(
            f"an array at {array['offset']} of shape {array['shape']} and strides "
            f"{array['strides']} does not lie in inputs of {source.size} bytes: {cause}"
        ) from cause


def _carry(array: ArrayRequest, values: Values) -> Tensor:
    device = bridge.device()
    if array["way"] == "borrowed":
        return memory.borrowed(values, device)
    if array["way"] == "owned":
        return memory.owned(values, device)
    if array["way"] == "load":
        dtype = memory.borrowed(np.empty(0, values.dtype)).dtype
        tensor = torch.empty(values.shape, dtype=dtype, device=device)
        memory.load(tensor, values)
        return tensor
    raise OracleError(f"way must be borrowed, owned or load, was {array['way']!r}")


def _save(array: ArrayRequest, tensor: Tensor, target: Bytes) -> None:
    cursor = Cursor("outputs", target, array["out"], _CARRIERS[array["dtype"]])
    memory.save([tensor], cursor)


def _integer(tensor: Tensor) -> torch.dtype:
    return {2: torch.int16, 4: torch.int32, 8: torch.int64}[tensor.element_size()]


def _sum_of_bits(tensor: Tensor) -> str:
    bits = tensor.cpu().numpy().ravel().view(f"u{tensor.element_size()}")
    return hex(int(bits.sum(dtype=np.uint64)))


def _first(array: ArrayRequest, tensor: Tensor) -> str | None:
    if prod(array["shape"]) == 0:
        return None
    typed = tensor.view(torch.bfloat16) if array["dtype"] == "bfloat16" else tensor
    return float(typed.flatten()[0]).hex()

"""Bridges that change what they carry: spoiled functions of :mod:`alig_oracle.memory`."""

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from alig_oracle import memory


def none() -> None:
    """Leave the bridge as it is."""


def swap_bytes_both_ways() -> None:
    """Take the machine for one of the other byte order, on the way in and on the way out."""
    _on_the_way_in(lambda values: values.byteswap())
    _on_the_way_out(lambda array: array.byteswap())


def swap_bytes_on_the_way_out() -> None:
    """Write in the other byte order."""
    _on_the_way_out(lambda array: array.byteswap())


def lose_strides() -> None:
    """Read the elements in the order in which they lie in memory."""
    _on_the_way_in(lambda values: values.ravel(order="K").reshape(values.shape))


def drop_payloads() -> None:
    """Replace every NaN by Python's."""
    _on_the_way_in(_only_floats(lambda values: np.where(np.isnan(values), np.nan, values)))


def quiet_signalling_nans() -> None:
    """Set the quiet bit of a NaN, as arithmetic does."""
    _on_the_way_in(_only_floats(lambda values: values + values.dtype.type(-0.0)))


def flush_denormals() -> None:
    """Replace denormals by zero, as some processors do."""

    def flush(values: Any) -> Any:
        flushed = values.copy()
        flushed[np.abs(values) < np.finfo(values.dtype).smallest_normal] = 0
        return flushed

    _on_the_way_in(_only_floats(flush))


def drop_signs_of_zeros() -> None:
    """Replace -0 by 0 and leave every other bit."""

    def drop(values: Any) -> Any:
        unsigned = values.copy()
        unsigned[values == 0] = 0
        return unsigned

    _on_the_way_in(_only_floats(drop))


def copy_gradients() -> None:
    """Copy where memory ought to be shared."""
    sound = memory.borrowed
    memory.borrowed = lambda values, device="cpu": sound(values.copy(), device)


def write_nothing() -> None:
    """Leave the outputs as they are."""
    memory.save = lambda tensors, target: None


def forget_the_last_element() -> None:
    """Write all elements but the last."""

    def save(tensors: Any, target: Any) -> None:
        arrays = [tensor.numpy().ravel() for tensor in tensors]
        all_of_them = np.concatenate(arrays)
        target.take(all_of_them.shape)[:-1] = all_of_them[:-1]

    memory.save = save


def load_nothing() -> None:
    """Leave the tensor that was to be loaded as it is: here, all zeros."""
    memory.load = lambda tensor, values: tensor.zero_()


def plant(name: str) -> None:
    """Spoil the bridge in the named way, and in no other."""
    importlib.reload(memory)
    globals()[name]()


def _on_the_way_in(change: Callable[[Any], Any]) -> None:
    def owned(values: Any, device: str = "cpu") -> torch.Tensor:
        changed = np.ascontiguousarray(change(values)).reshape(values.shape)
        return torch.from_numpy(changed).to(device)

    def load(tensor: torch.Tensor, values: Any) -> None:
        tensor.copy_(owned(values, "cpu"))

    memory.borrowed = owned
    memory.owned = owned
    memory.load = load


def _on_the_way_out(change: Callable[[Any], Any]) -> None:
    def save(tensors: Any, target: Any) -> None:
        arrays = [change(tensor.numpy().ravel()) for tensor in tensors]
        np.concatenate(arrays, out=target.take((sum(array.size for array in arrays),)))

    memory.save = save


def _only_floats(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def changed(values: Any) -> Any:
        if values.dtype.kind != "f":
            return values.copy()
        with np.errstate(all="ignore"):
            return np.asarray(change(values), dtype=values.dtype)

    return changed

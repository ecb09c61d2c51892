"""The loss of a step: one number, or the mean of the losses of several processes."""

import math
from typing import Any, TypeAlias

import torch
import torch.distributed as dist
from torch import Tensor

Loss: TypeAlias = float | Tensor

NEEDED = (
    "AliG.step needs the loss, but got None: pass its value, step(loss), or a function that "
    "returns it, step(lambda: loss); with a GradScaler, scaler.step(optimizer, loss)"
)


def evaluate(closure: Any) -> Loss:
    """Return the loss, which ``closure`` is or returns, as a float or a one-element tensor.

    A function is called once, with gradients enabled.

    Raises:
        TypeError: the loss is None, or not a real number.
        ValueError: the loss does not have exactly one element.
    """
    if not callable(closure):
        return _one_number(closure)
    with torch.enable_grad():
        return _one_number(closure())


def averaged(loss: Loss, group: Any, device: torch.device) -> Loss:
    """Return the mean of ``loss`` over the processes of ``group``.

    Each process has the same weight. The sum is computed in float64. The mean has the type
    and dtype of ``loss``, which does not change.

    Args:
        loss: this process's loss.
        group: a process group, or True for the default process group.
        device: the device of the sum; the group's backend must support it.

    Raises:
        TypeError: ``group`` is not a process group.
        RuntimeError: there is no process group, or this process is not in it.
    """
    require_group(group)
    group = None if group is True else group
    _require_member(group)
    exact = torch.as_tensor(loss, dtype=torch.float64).detach()  # a float must not become float32
    total = exact.reshape(()).to(device, copy=True)
    dist.all_reduce(total, group=group)
    mean = total / dist.get_world_size(group)
    if not isinstance(loss, Tensor):
        return mean.item()
    dtype = loss.dtype if loss.is_floating_point() else torch.get_default_dtype()
    return mean.to(loss.device, dtype)


def require_group(value: Any) -> None:
    """Raise TypeError unless a value of ``average_loss`` is a bool or a process group."""
    known = bool if not dist.is_available() else (bool, dist.ProcessGroup)
    outside = dist.is_available() and value is dist.GroupMember.NON_GROUP_MEMBER
    if not isinstance(value, known) and not outside:
        raise TypeError(
            "average_loss must be True for the default process group, a process group, or False; "
            f"was {value!r}"
        )


def _require_member(group: Any) -> None:
    if not (dist.is_available() and dist.is_initialized()):
        raise RuntimeError(
            "average_loss needs a process group, but there is none: call "
            "torch.distributed.init_process_group first, or set optimizer.average_loss = False "
            "to train in one process"
        )
    if dist.get_rank(group) < 0:
        raise RuntimeError(
            "average_loss names a process group that this process is not in: pass the group "
            "that DistributedDataParallel averages the gradients over"
        )


def _one_number(loss: Any) -> Loss:
    if loss is None:
        raise TypeError(NEEDED)
    shape = tuple(getattr(loss, "shape", ()))
    if math.prod(shape) != 1:
        raise ValueError(
            f"the loss must be one number, but has shape {shape}: "
            "reduce it first, for example with loss.mean()"
        )
    if isinstance(loss, Tensor) and not loss.is_complex():
        return loss
    number = loss.item() if hasattr(loss, "item") else loss
    if not hasattr(number, "__float__"):
        raise TypeError(
            f"the loss must be a real number or a tensor of one, but is a {type(loss).__name__}: "
            "pass the loss alone, step(loss)"
        )
    return float(number)

"""One of several processes that train together: ``python ranks.py RANK WORLD STORE OUT``.

``test_alig_distributed.py`` starts it and reads the facts that it writes to OUT.
"""

import copy
import datetime
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

from alig.th import AliG

from problems import parameter

# No more, since uncapped steps enlarge differences of rounding from step to step.
STEPS = 5


def _data(rank: int, rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(rank)
    x = torch.randn(rows, 4, generator=generator, dtype=torch.float64)
    return x, x.sum(1, keepdim=True) + rank


def _model() -> torch.nn.Linear:
    torch.manual_seed(7)
    return torch.nn.Linear(4, 1).double()


def _loss(model: torch.nn.Module, rank: int, rows: int) -> torch.Tensor:
    x, y = _data(rank, rows)
    return (model(x) - y).square().mean()


def _trained(average_loss: Any, as_number: bool = False, equal: bool = True) -> list[str]:
    model = DistributedDataParallel(_model())
    optimizer = AliG(model.parameters(), momentum=0.5, average_loss=average_loss)
    rank = dist.get_rank()
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = _loss(model, rank, 4 if equal else 2 + 3 * rank)
        loss.backward()
        optimizer.step(loss.item() if as_number else loss)
    return _hex(model)


def _serial(equal: bool) -> list[str]:
    """Train in one process on the mean of the losses, as all processes together should."""
    model = _model()
    optimizer = AliG(model.parameters(), momentum=0.5)
    for _ in range(STEPS):
        optimizer.zero_grad()
        losses = [_loss(model, r, 4 if equal else 2 + 3 * r) for r in range(dist.get_world_size())]
        loss = torch.stack(losses).mean()
        loss.backward()
        optimizer.step(loss)
    return _hex(model)


def _hex(model: torch.nn.Module) -> list[str]:
    return [value.hex() for p in model.parameters() for value in p.flatten().tolist()]


def _step_size(
    loss: Any, group: Any = True, dtype: torch.dtype = torch.float64, gradient: float = 1.0
) -> float | None:
    optimizer = AliG([parameter([1.0], [gradient], dtype=dtype)], eps=0.0, average_loss=group)
    optimizer.step(loss)
    return optimizer.step_size


def _kinds() -> dict[str, Any]:
    """Return the step sizes for losses of 1 on rank 0, 2 on rank 1, and so on, over ‖g‖ = 1."""
    mine = float(dist.get_rank() + 1)
    tensors = {str(d): torch.tensor(mine, dtype=d) for d in (torch.float16, torch.bfloat16)}
    tensors |= {str(d): torch.tensor([mine], dtype=d) for d in (torch.float32, torch.float64)}
    sizes = {name: _step_size(loss, dtype=loss.dtype) for name, loss in tensors.items()}
    kept = all(loss.item() == mine for loss in tensors.values())
    whole = torch.tensor(int(mine))
    large = torch.tensor(40000.0, dtype=torch.float16)
    return {
        **sizes,
        "float": _step_size(mine),
        "int": _step_size(int(mine)),
        "whole tensor": _step_size(whole),
        "function": _step_size(lambda: torch.tensor(mine, requires_grad=True)),
        "large half": _step_size(large, dtype=torch.float32),
        "kept": kept,
    }


def _groups() -> dict[str, Any]:
    """Let rank 0 alone be in a group."""
    rank = dist.get_rank()
    alone = dist.new_group([0])
    loss = torch.tensor(0.1 + rank, dtype=torch.float32)
    found: dict[str, Any] = {"raised": _raised(lambda: _step_size(loss, alone))}
    if rank == 0:
        for name, group in [("alone", alone), ("plain", False)]:
            found[name] = [
                _step_size(value, group, torch.float32, gradient=1.1)
                for value in (loss, loss.half(), loss.double(), loss.item(), 3, torch.tensor(3))
            ]
    optimizer = AliG([parameter([1.0], [1.0])], eps=0.0, average_loss=dist.new_group())
    found["shared"] = copy.deepcopy(optimizer).average_loss is optimizer.average_loss
    restored = pickle.loads(pickle.dumps(optimizer))
    found["pickled"] = _raised(lambda: restored.step(1.0))
    restored.average_loss = True
    (twin,) = restored.param_groups[0]["params"]
    twin.grad = torch.ones_like(twin)
    restored.step(float(rank + 1))
    found["restored"] = restored.step_size
    return found


def _raised(action: Callable[[], object]) -> str | None:
    try:
        action()
    except Exception as cause:
        return f"{type(cause).__name__}: {cause}"
    return None


def main(rank: int, world: int, store: str, out: str) -> None:
    dist.init_process_group(
        "gloo",
        init_method=f"file://{store}",
        rank=rank,
        world_size=world,
        timeout=datetime.timedelta(seconds=120),
    )
    torch.set_num_threads(1)
    facts = {
        "averaged": _trained(True),
        "numbers": _trained(True, as_number=True),
        "unequal": _trained(True, equal=False),
        "apart": _trained(False),
        "serial": _serial(equal=True),
        "serial unequal": _serial(equal=False),
        "kinds": _kinds(),
        "nan": _step_size(float("nan") if rank == world - 1 else 1.0),
        "refused": _raised(lambda: _step_size(None)),
        "groups": _groups(),
    }
    dist.destroy_process_group()
    Path(out).write_text(json.dumps(facts))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])

"""Looks at what an ``alig`` package does beyond the steps of a case.

A probe takes a package and returns facts, which the caller compares: with those of the
other package, or with what Java does. Unlike a case, a probe may use whatever the
packages offer, and what raises is a fact as well.
"""

import copy
import platform
import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor

from .errors import OracleError
from .package import Package

Facts: TypeAlias = dict[str, Any]
Probe: TypeAlias = Callable[[Package], Facts]

# One less than a multiple of any block that torch's kernels vectorize, so that the largest
# possible remainder is left.
_HALF_SIZE = 1087
_MEANS = 1000
_LARGE = 1_000_000


def ask(name: str, package: Package) -> Facts:
    """Return the facts that the probe called ``name`` finds in ``package``.

    Raises:
        OracleError: there is no such probe.
    """
    if name not in PROBES:
        raise OracleError(f"no probe is named {name!r}; there are {sorted(PROBES)}")
    return PROBES[name](package)


def _lineage(package: Package) -> Facts:
    return {"original": package.original, "bundled": package.descends}


def _generator_projection(package: Package) -> Facts:
    w = torch.tensor([3.0, 4.0])
    raised = _raises(lambda: package.l2_projection((p for p in [w]), max_norm=1.0))
    return {"raised": raised, "norm": float(w.norm())}


def _state_dict(package: Package) -> Facts:
    _, optimizer = _one(package, eps=0.5, adjusted_momentum=True)
    return {"keys": sorted(optimizer.state_dict())}


def _momentum_set_later(package: Package) -> Facts:
    _, optimizer = _one(package)
    optimizer.param_groups[0]["momentum"] = 0.9
    return {"raised": _raises(lambda: optimizer.step(lambda: 1.0))}


def _group_added_later(package: Package) -> Facts:
    _, optimizer = _one(package, momentum=0.9)
    optimizer.add_param_group({"params": [_parameter([1.0, 2.0])]})
    return {"raised": _raises(lambda: optimizer.step(lambda: 1.0))}


def _backward_in_closure(package: Package) -> Facts:
    p, optimizer = _one(package)

    def closure() -> Tensor:
        loss = (p * p).sum()
        loss.backward()
        return loss

    return {"raised": _raises(lambda: optimizer.step(closure))}


def _plain_loss(package: Package) -> Facts:
    _, optimizer = _one(package)
    return {"raised": _raises(lambda: optimizer.step(1.0))}


def _copied_optimizer(package: Package) -> Facts:
    twin = copy.deepcopy(_one(package)[1])
    twin.param_groups[0]["params"][0].grad = torch.ones(2)
    return {"raised": _raises(lambda: twin.step(lambda: 1.0))}


def _deprecated_overload(package: Package) -> Facts:
    """Count warnings in one step; torch itself would warn only once a process."""
    _, optimizer = _one(package, momentum=0.9)
    always = torch.is_warn_always_enabled()
    torch.set_warn_always(True)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            raised = _raises(lambda: optimizer.step(lambda: 1.0))
    finally:
        torch.set_warn_always(always)
    count = sum("overload of add_ is deprecated" in str(w.message) for w in caught)
    return {"raised": raised, "warnings": count}


def _yogi_gradient(package: Package) -> Facts:
    p = _parameter([1.0, 2.0])
    gradient = torch.tensor([3.0, 4.0])
    p.grad = gradient
    package.th.Yogi([p], weight_decay=0.5).step()
    return {"before": [3.0, 4.0], "after": gradient.tolist()}


def _yogi_amsgrad(package: Package) -> Facts:
    p = _parameter([1.0, 2.0])
    made = _raises(lambda: package.th.Yogi([p], amsgrad=True))
    return {"made": made, "stepped": _raises(lambda: package.th.Yogi([p], amsgrad=True).step())}


def _mean_of_step_sizes(package: Package) -> Facts:
    """Compare the mean over three groups with one that adds from left to right."""
    generator = np.random.default_rng(0)
    differing = 0
    for caps in generator.random((_MEANS, 3)).tolist():
        groups = [{"params": [_parameter([1.0, 2.0])], "max_lr": cap} for cap in caps]
        optimizer = package.optimizer(groups)
        optimizer.step(lambda: 1e30)
        differing += optimizer.step_size != (0 + caps[0] + caps[1] + caps[2]) / 3
    version = tuple(int(part) for part in platform.python_version_tuple()[:2])
    return {
        "python": platform.python_version(),
        "compensated": version >= (3, 12),
        "cases": _MEANS,
        "differing": differing,
    }


def _strided_norm(package: Package) -> Facts:
    """Take the same step with gradients that lie densely and with gaps in memory."""
    drawn = torch.from_numpy(np.random.default_rng(0).random(_LARGE, dtype=np.float32))
    gaps = torch.empty(2 * _LARGE)[::2].copy_(drawn)
    p = torch.zeros(_LARGE, requires_grad=True)
    steps: list[float] = []
    for gradient in (drawn, gaps):
        p.grad = gradient
        optimizer = package.optimizer([p], eps=0)
        optimizer.compute_step_size(torch.tensor(1.0))
        steps.append(optimizer.step_size)
    exact = float(drawn.double().square().sum())
    return {"elements": _LARGE, "squared_norm": exact, "dense": steps[0], "strided": steps[1]}


def _mixed_types(package: Package) -> Facts:
    third = _parameter([1.0, 2.0])
    other = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    other.grad = torch.tensor([3.0, 4.0], dtype=torch.float64)
    optimizer = package.optimizer([third, other], eps=0)
    raised = _raises(lambda: optimizer.step(lambda: 1.0))
    return {"raised": raised, "step_size": optimizer.step_size}


def _half_moved(package: Package) -> Facts:
    """Let step size times momentum exceed float32, where the step size alone does not."""
    p, optimizer = _one(package, eps=0, momentum=1.5, adjusted_momentum=True)
    p.grad = torch.tensor([1.0, 0.0])
    raised = _raises(lambda: optimizer.step(lambda: 3e38))
    return {"raised": raised, "before": [1.0, 2.0], "after": p.tolist()}


def _large_cap(package: Package) -> Facts:
    """Let a group's step size exceed float32: an infinite loss takes the cap."""
    first, second = _parameter([1.0, 2.0]), _parameter([1.0, 2.0])
    groups = [{"params": [first], "max_lr": 0.5}, {"params": [second], "max_lr": 1e300}]
    optimizer = package.optimizer(groups)
    raised = _raises(lambda: optimizer.step(lambda: float("inf")))
    return {"raised": raised, "first": first.tolist(), "second": second.tolist()}


def _accepted_settings(package: Package) -> Facts:
    nan = float("nan")
    tried = [
        ("max_lr", nan),
        ("momentum", nan),
        ("eps", nan),
        ("eps", -1.0),
        ("group max_lr", nan),
        ("group momentum", -1.0),
        ("radius", nan),
        ("radius", -1.0),
    ]
    return {
        "tried": [f"{name} {value}" for name, value in tried],
        "accepted": [f"{n} {v}" for n, v in tried if _raises(_setting(package, n, v)) is None],
    }


def _setting(package: Package, name: str, value: float) -> Callable[[], Any]:
    if name == "radius":
        return lambda: package.l2_projection([torch.ones(2)], max_norm=value)
    if name.startswith("group "):
        group = {"params": [_parameter([1.0, 2.0])], name.removeprefix("group "): value}
        return lambda: package.optimizer([group])
    return lambda: _one(package, **{name: value})


def _nan_cap(package: Package) -> Facts:
    made: list[Any] = []
    raised = _raises(lambda: made.append(_one(package, max_lr=float("nan"))[1]))
    for optimizer in made:
        optimizer.step(lambda: 1.0)
    return {
        "raised": raised,
        "unclipped": made[0].step_size_unclipped if made else None,
        "step_size": made[0].step_size if made else None,
    }


def _half_steps(package: Package) -> Facts:
    """Take one step without momentum in each half type; floats hold the values exactly."""
    generator = np.random.default_rng(0)
    results: list[Facts] = []
    for dtype in (torch.float16, torch.bfloat16):
        drawn = torch.from_numpy(generator.standard_normal((2, _HALF_SIZE))).to(dtype)
        p = drawn[0].clone().requires_grad_()
        p.grad = drawn[1].clone()
        optimizer = package.optimizer([p], max_lr=0.1)
        optimizer.step(lambda: float("inf"))
        results.append(
            {
                "dtype": str(dtype).removeprefix("torch."),
                "step_size": optimizer.step_size,
                "parameter": drawn[0].tolist(),
                "gradient": drawn[1].tolist(),
                "after": p.tolist(),
            }
        )
    return {"steps": results}


def _momentum_made(package: Package) -> Facts:
    p, optimizer = _one(package, momentum=0.5)
    at_construction = _tensors(optimizer, p)
    optimizer.step(lambda: 0.0)
    return {"at_construction": at_construction, "at_first_step": _tensors(optimizer, p)}


def _tensors(optimizer: Any, p: Tensor) -> int:
    return sum(isinstance(value, Tensor) for value in optimizer.state.get(p, {}).values())


def _one(package: Package, **settings: Any) -> tuple[Tensor, Any]:
    p = _parameter([1.0, 2.0])
    return p, package.optimizer([p], **settings)


def _parameter(values: list[float]) -> Tensor:
    p = torch.tensor(values, requires_grad=True)
    p.grad = torch.tensor([3.0, 4.0])
    return p


def _raises(action: Callable[[], Any]) -> str | None:
    try:
        action()
    except Exception as cause:
        return f"{type(cause).__name__}: {cause}"
    return None


PROBES: dict[str, Probe] = {
    probe.__name__.removeprefix("_"): probe
    for probe in (
        _lineage,
        _generator_projection,
        _state_dict,
        _momentum_set_later,
        _group_added_later,
        _backward_in_closure,
        _plain_loss,
        _copied_optimizer,
        _deprecated_overload,
        _yogi_gradient,
        _yogi_amsgrad,
        _mean_of_step_sizes,
        _strided_norm,
        _mixed_types,
        _half_moved,
        _large_cap,
        _accepted_settings,
        _nan_cap,
        _half_steps,
        _momentum_made,
    )
}

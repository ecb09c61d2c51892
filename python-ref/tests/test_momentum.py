"""Packages that make their momentum at the first step, behind the bridge."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from alig.th import AliG
from alig_oracle import bridge, package, probes
from alig_oracle.errors import OracleError

_GROUPS = [
    {"max_lr": 0.5, "momentum": 0.5, "shapes": [[2], []]},
    {"max_lr": None, "momentum": 0.0, "shapes": [[2]]},
]
_TENSORS = 5
_PRESENT = [[[True, False], [True]], [[False, True], [True]]]


class Late(AliG):
    """Makes the momentum of a parameter when it first has a gradient."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.state.clear()


class FirstGradient(Late):
    """Begins with the gradient in place of zeros."""

    def _buffer(self, p: Tensor) -> Tensor:
        new = not self.state[p]
        buffer = super()._buffer(p)
        if new and p.grad is not None:
            buffer.copy_(p.grad)
        return buffer


class Never(Late):
    """Loses its momentum after each step."""

    def step(self, closure: Any = None) -> None:
        super().step(closure)
        self.state.clear()


class Refusing(Late):
    """Takes no step."""

    def step(self, closure: Any = None) -> None:
        raise ValueError("not today")


def _run(optimizer: Any, *, resumed: bool, radius: float | None = None) -> tuple[Any, bytes]:
    bridge.configure(None)
    object.__setattr__(bridge._packages[-1], "optimizer", optimizer)
    steps = [{"loss": 2.0, "kind": "float", "present": present} for present in _PRESENT]
    case = {
        "dtype": "float32",
        "eps": 1e-5,
        "adjusted": True,
        "radius": radius,
        "groups": _GROUPS,
        "resumed": resumed,
        "in": 0,
        "out": 0,
        "steps": steps,
    }
    values = np.random.default_rng(3).standard_normal(64).astype(np.float32)
    outputs = bytearray(8 * 4 * 3)
    inputs = bytearray(values.tobytes())
    (reply,) = json.loads(bridge.run(json.dumps({"cases": [case]}), inputs, outputs))
    return reply, bytes(outputs)


@pytest.mark.parametrize("radius", [None, 0.25])
@pytest.mark.parametrize("resumed", [False, True])
def test_momentum_that_is_not_there_yet_counts_as_zeros(resumed: bool, radius: float | None):
    early, late = (_run(o, resumed=resumed, radius=radius) for o in (AliG, Late))
    assert early[0]["raised"] is None
    assert early == late


def test_another_beginning_than_zeros_shows_at_the_first_step():
    (_, early), (_, late) = (_run(o, resumed=False) for o in (AliG, FirstGradient))
    constructed = 4 * 8
    assert early[:constructed] == late[:constructed]
    assert early != late
    # From a given state it does not matter what the momentum would have begun as.
    assert _run(AliG, resumed=True) == _run(FirstGradient, resumed=True)


@pytest.mark.parametrize("resumed", [False, True])
def test_momentum_that_is_gone_after_a_step_is_no_zero(resumed: bool):
    with pytest.raises(OracleError, match="case 0 .*keeps no momentum buffer"):
        _run(Never, resumed=resumed)


def test_a_first_step_that_raises_is_said():
    with pytest.raises(OracleError, match="no momentum after construction.*ValueError: not today"):
        _run(Refusing, resumed=True)


def test_the_probe_says_when_momentum_is_made():
    bundled = package.load(None)
    made = probes.ask("momentum_made", bundled)
    assert made == {"at_construction": 1, "at_first_step": 1}
    late = probes.ask("momentum_made", replace(bundled, optimizer=Late))
    assert late == {"at_construction": 0, "at_first_step": 1}
    never = probes.ask("momentum_made", replace(bundled, optimizer=Never))
    assert never == {"at_construction": 0, "at_first_step": 0}


def test_the_gradients_of_the_caller_are_left():
    from alig_oracle import momentum

    p = torch.tensor([1.0, 2.0])
    q = torch.tensor([3.0])
    p.grad = torch.tensor([5.0, 6.0])
    optimizer = Late([p, q], momentum=0.5)
    buffers = momentum.live(optimizer, [p, q])
    assert [b.tolist() for b in buffers] == [[0.0, 0.0], [0.0]]
    assert p.tolist() == [1.0, 2.0]
    assert p.grad.tolist() == [5.0, 6.0]
    assert q.grad is None

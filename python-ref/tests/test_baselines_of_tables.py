"""The optimizers of the paper's tables, as a case asks for an optimizer."""

import math
from typing import Any

import pytest
import torch
from torch import Tensor

from alig_oracle import baselines, originals
from alig_oracle.errors import OracleError

from problems import parameter

SETTINGS = {
    "momentum": 0.9,
    "weight_decay": 0.1,
    "beta1": 0.9,
    "beta2": 0.999,
    "eps": 1e-3,
    "alpha": 0.9,
}
NAMES = list(baselines.KINDS)


def _rows(values: list[float], dtype: torch.dtype) -> Tensor:
    rows = torch.zeros((len(values), 3), dtype=dtype)
    baselines.write(values, rows)
    return rows


def _groups(name: str, shapes: list[int], dtype: torch.dtype) -> list[dict[str, Any]]:
    kind = baselines.KINDS[name]
    numbers = [0.0, 0.0] if kind.lowest_loss else [0.0]
    settings = [SETTINGS[setting] for setting in kind.settings]
    learned = [torch.linspace(-1, 2, n, dtype=dtype).requires_grad_() for n in shapes]
    vectors = [torch.zeros(n, dtype=dtype) for _ in kind.vectors for n in shapes]
    kept = [*vectors, _rows(numbers, dtype), _rows(settings, dtype)]
    return [{"params": learned, "max_lr": 0.1}, {"params": kept, "max_lr": 0.1}]


def _give_gradients(params: list[Tensor], step: int) -> None:
    for p in params:
        p.grad = torch.cos(torch.arange(p.numel(), dtype=p.dtype) + step)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_state_put_in_before_each_step_gives_a_run_in_one_go(name: str, dtype: torch.dtype):
    kind, losses = baselines.KINDS[name], [2.0, 1.0, 3.0]
    groups = _groups(name, [3, 5], dtype)
    stepped = baselines.optimizer(name)(groups, eps=1.0)
    whole = [p.detach().clone().requires_grad_() for p in groups[0]["params"]]
    settings = {setting: SETTINGS[setting] for setting in kind.settings}
    alone = kind.make(whole, lr=0.1, **settings)
    for step, loss in enumerate(losses):
        for params in (groups[0]["params"], whole):
            _give_gradients(params, step)
        stepped.step(lambda loss=loss: loss)
        alone.step(lambda loss=loss: loss)
        for one, other in zip(groups[0]["params"], whole, strict=True):
            assert torch.equal(one, other)
    assert baselines.read(groups[1]["params"][-2])[0] == len(losses)
    assert stepped.step_size == 0.1
    assert stepped.step_size_unclipped == math.inf


def test_rows_of_floats_hold_doubles():
    values = [0.999, -1 / 3, 1e-10, 0.0, math.inf]
    assert baselines.read(_rows(values, torch.float32)) == values


def test_rows_hold_nan():
    assert math.isnan(baselines.read(_rows([math.nan], torch.float32))[0])


def test_an_unknown_name_is_refused_with_all_names():
    with pytest.raises(OracleError, match="no baseline 'adamax'; there are .*'l4mom'"):
        baselines.optimizer("adamax")


def test_bpgrad_descends_by_the_loss_over_the_norm():
    w = parameter([3.0], [4.0])
    originals.BPGrad([w], lr=0.5, eps=0.0).step(lambda: 2.0)
    assert w.tolist() == [2.0]


@pytest.mark.parametrize(("loss", "expected"), [(100.0, 2.0), (1.0, 2.5), (-1.0, 3.0)])
def test_dfws_step_in_the_dual_is_clipped(loss: float, expected: float):
    w = parameter([3.0], [2.0])
    originals.DFW([w], lr=0.5, eps=0.0).step(lambda: loss)
    assert w.tolist() == pytest.approx([expected])


def test_l4mom_takes_a_share_of_the_step_to_the_lowest_loss():
    w = parameter([3.0], [2.0])
    optimizer = originals.L4([w], lr=0.15)
    optimizer.step(lambda: 4.0)
    # The derivative is 2, and the lowest loss 0.9 times 3.
    assert w.tolist() == pytest.approx([3.0 - 0.15 * (4.0 - 2.7) / 4 * 2])
    assert optimizer.min_loss == pytest.approx(3.003)


def test_a_missing_gradient_is_refused():
    with pytest.raises(ValueError, match="every parameter must have a gradient"):
        originals.DFW([parameter([1.0])], lr=0.1).step(lambda: 1.0)

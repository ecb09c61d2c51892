"""The norm of the gradients where it exceeds its dtype, and where it is added up wide."""

import math
from functools import partial
from typing import Any

import pytest
import torch
from torch import Tensor

from alig.th import AliG
from alig.th.projection import l2_projection

from problems import parameter

HALF = torch.float16
# A gradient whose norm the dtype holds, but not its square.
TOO_LARGE = [
    (HALF, [300.0]),
    (HALF, [200.0] * 4),
    (HALF, [60000.0, 60000.0]),
    (torch.bfloat16, [2.0**70]),
    (torch.float32, [1e20]),
    (torch.float64, [1e200]),
]


def _one(gradient: Any, dtype: torch.dtype, **settings: Any) -> tuple[Tensor, AliG]:
    w = parameter([1.0] * len(gradient), gradient, dtype=dtype)
    return w, AliG([w], **settings)


@pytest.mark.parametrize(("dtype", "gradient"), TOO_LARGE)
def test_a_norm_that_overflows_makes_the_step_0_and_is_reported(dtype: Any, gradient: Any):
    w, optimizer = _one(gradient, dtype)
    assert optimizer.norm_overflowed is False
    optimizer.step(5.0)
    assert optimizer.norm_overflowed is True
    assert optimizer.step_size == 0.0
    assert w.tolist() == [1.0] * len(gradient)


def test_a_sum_of_norms_overflows_too():
    groups = [{"params": [parameter([0.0], [200.0], dtype=HALF)]} for _ in range(3)]
    optimizer = AliG(groups)
    optimizer.step(torch.tensor(5.0, dtype=HALF))
    assert optimizer.norm_overflowed is True


def test_an_eps_on_top_overflows_too():
    _, optimizer = _one([240.0], HALF, eps=10000.0)
    optimizer.step(5.0)
    assert optimizer.norm_overflowed is True


@pytest.mark.parametrize("loss", [0.0, -5.0, math.inf, math.nan])
def test_it_is_reported_whatever_the_loss(loss: float):
    _, optimizer = _one([300.0], HALF)
    optimizer.step(loss)
    assert optimizer.norm_overflowed is True


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
def test_a_gradient_that_is_not_finite_is_no_overflow_of_the_norm(bad: float, wide: bool):
    _, optimizer = _one([1.0, bad], HALF, wide_norm=wide)
    optimizer.step(5.0)
    assert optimizer.norm_overflowed is False


@pytest.mark.parametrize("gradient", [[255.0], [0.0], [1e-7]])
@pytest.mark.parametrize("loss", [5.0, 0.0])
def test_a_norm_that_fits_is_none(gradient: Any, loss: float):
    _, optimizer = _one(gradient, HALF)
    optimizer.step(loss)
    assert optimizer.norm_overflowed is False


def test_the_next_step_that_fits_takes_it_back():
    w, optimizer = _one([300.0], HALF)
    optimizer.step(5.0)
    w.grad = torch.tensor([2.0], dtype=HALF)
    optimizer.step(4.0)
    assert optimizer.norm_overflowed is False
    assert optimizer.step_size == pytest.approx(1.0, rel=2.0**-10)


def test_a_hook_sees_it():
    _, optimizer = _one([300.0], HALF)
    seen: list[bool] = []
    optimizer.register_step_post_hook(lambda o, *_: seen.append(o.norm_overflowed))  # pyright: ignore[reportAttributeAccessIssue]
    optimizer.step(5.0)
    assert seen == [True]


@pytest.mark.parametrize(("dtype", "gradient"), TOO_LARGE[:-1])
def test_added_up_wide_it_fits(dtype: Any, gradient: Any):
    w, optimizer = _one(gradient, dtype, wide_norm=True)
    optimizer.step(5.0)
    assert optimizer.norm_overflowed is False
    # The squares are exact or rounded once, as the root, its square, sum and quotient are.
    squares = sum(value**2 for value in _gradient(w))
    step = optimizer.step_size or 0.0
    assert step == pytest.approx(5.0 / (squares + 1e-5), rel=12 * 2.0**-53, abs=0)
    expected = [1.0 - step * value for value in _gradient(w)]
    # γg and the difference are rounded to the dtype, and γ itself before.
    unit = torch.finfo(dtype).eps
    scale = 1 + max(abs(value) for value in expected)
    assert w.tolist() == pytest.approx(expected, rel=0, abs=2 * unit * scale)


def _gradient(w: Tensor) -> list[float]:
    assert w.grad is not None
    return w.grad.tolist()


def test_wide_it_does_not_underflow_either():
    _, optimizer = _one([1e-4], HALF, wide_norm=True, eps=0.0)
    optimizer.step(1e-8)
    assert optimizer.step_size == pytest.approx(1.0, rel=1e-3)


def test_beyond_float64_it_overflows_all_the_same():
    _, optimizer = _one([1e200], torch.float64, wide_norm=True)
    optimizer.step(5.0)
    assert optimizer.norm_overflowed is True


def test_a_loss_in_half_precision_is_divided_in_float64():
    _, optimizer = _one([300.0], HALF, wide_norm=True, eps=0.0)
    optimizer.step(torch.tensor(5.0, dtype=HALF))
    assert optimizer.step_size == 5.0 / 90000.0


def test_wide_adds_up_over_groups_and_mixed_types():
    groups = [
        {"params": [parameter([0.0], [300.0], dtype=HALF)]},
        {"params": [parameter([0.0], [400.0], dtype=torch.float32)]},
    ]
    optimizer = AliG(groups, wide_norm=True, eps=0.0)
    optimizer.step(2.5)
    assert optimizer.step_size == pytest.approx(1e-5, rel=4 * 2.0**-53)


@pytest.mark.parametrize("wide", [False, True])
def test_a_sparse_gradient_counts_repeated_rows_once_added_up(wide: bool):
    table = torch.nn.Embedding(3, 1, sparse=True)
    optimizer = AliG(table.parameters(), eps=0.0, wide_norm=wide)
    with torch.sparse.check_sparse_tensor_invariants(False):
        table(torch.tensor([1, 1, 2])).sum().backward()
        optimizer.step(5.0)
    assert optimizer.step_size == pytest.approx(5.0 / (2.0**2 + 1.0), rel=2.0**-21)


def test_a_complex_gradient_counts_by_its_modulus():
    w = torch.nn.Parameter(torch.tensor([1 + 1j]))
    w.grad = torch.tensor([3 + 4j])
    optimizer = AliG([w], eps=0.0, wide_norm=True)
    optimizer.step(25.0)
    assert optimizer.step_size == pytest.approx(1.0, rel=4 * 2.0**-53)


def _far_out(**settings: Any) -> tuple[Tensor, AliG]:
    w = parameter([300.0, 400.0], [0.0, 0.0], dtype=HALF)
    projection = partial(l2_projection, [w], max_norm=5.0, **settings)
    return w, AliG([w], eps=1.0, projection_fn=projection)


def test_a_norm_of_parameters_that_overflows_projects_to_0_and_is_reported():
    w, optimizer = _far_out()
    assert w.tolist() == [0.0, 0.0]
    assert optimizer.norm_overflowed is True
    optimizer.step(0.0)
    assert optimizer.norm_overflowed is False
    with torch.no_grad():
        w.fill_(300.0)
    optimizer.step(0.0)
    assert optimizer.norm_overflowed is True


def test_added_up_wide_the_parameters_are_scaled():
    w, optimizer = _far_out(wide_norm=True)
    assert optimizer.norm_overflowed is False
    assert w.tolist() == pytest.approx([3.0, 4.0], rel=2.0**-10)


@pytest.mark.parametrize("bad", [math.inf, math.nan])
def test_parameters_that_are_not_finite_are_no_overflow(bad: float):
    w = parameter([bad, 1.0], dtype=HALF)
    optimizer = AliG([w], projection_fn=lambda: l2_projection([w], max_norm=5.0))
    assert optimizer.norm_overflowed is False


def test_outside_of_a_step_nobody_is_told():
    w = parameter([300.0], dtype=HALF)
    _, optimizer = _one([1.0], HALF)
    l2_projection([w], max_norm=5.0)
    assert optimizer.norm_overflowed is False


def test_without_the_option_the_norm_stays_in_the_dtype():
    _, optimizer = _one([3.0, 4.0], HALF)
    optimizer.step(torch.tensor(1.0, dtype=HALF))
    assert optimizer.step_size == torch.tensor(0.04, dtype=HALF).item()

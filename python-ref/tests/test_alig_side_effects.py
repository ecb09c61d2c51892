"""A step of alig.th.AliG changes parameters and buffers, and nothing else that a caller has."""

from typing import Any

import pytest
import torch
from torch import Tensor

from alig.th import AdamW, AliG, Yogi
from alig.th.projection import l2_projection

from problems import parameter

SETTINGS = [
    {},
    {"momentum": 0.5},
    {"momentum": 0.5, "adjusted_momentum": True},
    {"momentum": 0.5, "wide_norm": True},
]


def _step(optimizer: Any, loss: Any = 50.0) -> None:
    if isinstance(optimizer, AliG):
        optimizer.step(loss)
    else:
        optimizer.step()


OPTIMIZERS = [*[(AliG, s) for s in SETTINGS], (AdamW, {"amsgrad": True}), (Yogi, {})]
EACH = pytest.mark.parametrize(("kind", "settings"), OPTIMIZERS)


@EACH
def test_a_step_leaves_the_gradient_alone(kind: Any, settings: Any):
    w = parameter([1.0, 2.0])
    optimizer = kind([w], **settings)
    gradient = torch.tensor([3.0, 4.0], dtype=torch.float64)
    w.grad = gradient
    version = gradient._version
    for _ in range(3):
        _step(optimizer)
    assert w.grad is gradient
    assert gradient.tolist() == [3.0, 4.0]
    assert gradient._version == version


@EACH
def test_gradients_may_be_written_anew_in_the_same_memory(kind: Any, settings: Any):
    reused, fresh = parameter([1.0, 2.0], [0.0, 0.0]), parameter([1.0, 2.0])
    one, other = kind([reused], **settings), kind([fresh], **settings)
    assert reused.grad is not None
    for values in ([3.0, 4.0], [-1.0, 0.5], [0.25, 8.0]):
        reused.grad.copy_(torch.tensor(values))
        fresh.grad = torch.tensor(values, dtype=torch.float64)
        _step(one)
        _step(other)
        assert torch.equal(reused, fresh)
        reused.grad.fill_(float("nan"))


@EACH
def test_the_optimizer_keeps_no_memory_of_the_caller(kind: Any, settings: Any):
    w = parameter([1.0, 2.0], [3.0, 4.0])
    optimizer = kind([w], **settings)
    loss = torch.tensor(50.0, dtype=torch.float64)
    _step(optimizer, loss)
    assert w.grad is not None
    theirs = {t.data_ptr() for t in (w, w.grad, loss)}
    kept = [value for value in optimizer.state[w].values() if isinstance(value, Tensor)]
    assert len({t.data_ptr() for t in kept} | theirs) == len(kept) + 3


@EACH
def test_parameters_stay_the_same_objects_in_the_same_memory(kind: Any, settings: Any):
    w = parameter([1.0, 2.0], [3.0, 4.0])
    address = w.data_ptr()
    optimizer = kind([w], **settings)
    _step(optimizer)
    assert optimizer.param_groups[0]["params"][0] is w
    assert w.data_ptr() == address
    assert w.requires_grad
    assert w.is_leaf


@EACH
def test_buffers_stay_in_their_memory(kind: Any, settings: Any):
    w = parameter([1.0, 2.0], [3.0, 4.0])
    optimizer = kind([w], **settings)
    _step(optimizer)
    before = [v.data_ptr() for v in optimizer.state[w].values() if isinstance(v, Tensor)]
    _step(optimizer)
    assert [v.data_ptr() for v in optimizer.state[w].values() if isinstance(v, Tensor)] == before


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_closure_is_called_once_with_gradients_enabled(settings: Any):
    calls: list[bool] = []

    def closure() -> float:
        calls.append(torch.is_grad_enabled())
        return 50.0

    AliG([parameter([1.0], [2.0])], **settings).step(closure)
    assert calls == [True]


@pytest.mark.parametrize("enabled", [True, False])
def test_the_mode_of_gradients_is_as_before(enabled: bool):
    w = parameter([3.0, 4.0], [3.0, 4.0])
    with torch.set_grad_enabled(enabled):
        optimizer = AliG([w], projection_fn=lambda: l2_projection([w], max_norm=1.0))
        optimizer.step(lambda: 50.0)
        with pytest.raises(TypeError, match="needs the loss"):
            optimizer.step()
        assert torch.is_grad_enabled() is enabled


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_loss_is_left_alone_and_its_graph_too(settings: Any):
    w = parameter([3.0, 4.0])
    optimizer = AliG([w], **settings)
    loss = (w**2).sum()
    loss.backward(retain_graph=True)
    before = loss.item(), loss._version
    optimizer.step(loss)
    assert (loss.item(), loss._version) == before
    assert loss.requires_grad


def test_a_gradient_with_a_graph_of_its_own_is_left_alone():
    w = parameter([3.0, 4.0])
    (gradient,) = torch.autograd.grad((w**2).sum(), w, create_graph=True)
    w.grad = gradient
    AliG([w], momentum=0.5).step(1.0)
    assert gradient.tolist() == [6.0, 8.0]
    assert gradient.requires_grad


def test_the_groups_that_the_caller_passes_are_read_only_where_torchs_are():
    group = {"params": [parameter([1.0], [2.0])], "max_lr": 0.5}
    AliG([group]).step(1.0)
    same = {"params": [parameter([1.0], [2.0])], "max_lr": 0.5}
    torch.optim.SGD([same], lr=0.1)
    assert group["max_lr"] == same["max_lr"]
    assert type(group["params"]) is type(same["params"])


def test_a_parameter_that_is_not_the_optimizers_is_left_alone():
    w, other = parameter([1.0], [2.0]), parameter([3.0], [4.0])
    AliG([w], momentum=0.5).step(1.0)
    assert (other.tolist(), other.grad.tolist() if other.grad is not None else None) == (
        [3.0],
        [4.0],
    )


def test_the_random_state_is_left_alone():
    before = torch.get_rng_state()
    AliG([parameter([1.0], [2.0])], momentum=0.5, wide_norm=True).step(1.0)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_gradient_that_is_a_view_of_a_larger_memory_leaves_the_rest(settings: Any):
    memory = torch.arange(1.0, 5.0, dtype=torch.float64)
    w = parameter([1.0, 2.0])
    w.grad = memory[1:3]
    optimizer = AliG([w], **settings)
    optimizer.step(50.0)
    optimizer.step(25.0)
    assert memory.tolist() == [1.0, 2.0, 3.0, 4.0]

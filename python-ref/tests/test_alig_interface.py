"""How alig.th.AliG is called: losses, closures, groups, saved state."""

import copy
import inspect
import io
import pickle
from typing import Any

import pytest
import torch
from torch import Tensor

from alig.th import AliG
from alig.th.projection import l2_projection

from problems import parameter, three_four


def test_the_signature_is_the_authors():
    parameters = inspect.signature(AliG).parameters
    assert {name: p.default for name, p in parameters.items()} == {
        "params": inspect.Parameter.empty,
        "max_lr": None,
        "momentum": 0,
        "projection_fn": None,
        "eps": 1e-5,
        "adjusted_momentum": False,
    }


@pytest.mark.parametrize(
    "loss",
    [
        50.0,
        50,
        torch.tensor(50.0),
        torch.tensor([50.0], dtype=torch.float64),
        torch.tensor(50.0, requires_grad=True),
    ],
)
def test_the_loss_may_be_a_value(loss: Any):
    w, optimizer = three_four()
    optimizer.step(loss)
    assert w.tolist() == [-5.0, -6.0]


def test_step_returns_nothing():
    _, optimizer = three_four()
    assert inspect.signature(optimizer.step).return_annotation is None
    assert AliG.step(optimizer, 50.0) is None


def test_a_closure_may_compute_the_gradients():
    w = parameter([3.0, 4.0])
    optimizer = AliG([w], eps=0.0)

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = (w**2).sum() / 2
        loss.backward()
        return loss

    optimizer.step(closure)
    assert optimizer.step_size == 0.5
    assert w.tolist() == [1.5, 2.0]


@pytest.mark.filterwarnings("ignore:Converting a tensor with requires_grad=True")
def test_a_closure_may_convert_the_loss_to_a_number():
    w = parameter([3.0, 4.0])
    optimizer = AliG([w], eps=0.0)
    loss = (w**2).sum() / 2
    loss.backward()
    optimizer.step(lambda: float(loss))
    assert optimizer.step_size == 0.5


def test_a_closure_that_fails_changes_nothing():
    w, optimizer = three_four(momentum=0.5)
    with pytest.raises(ArithmeticError):
        optimizer.step(_fail)
    assert w.tolist() == [1.0, 2.0]
    assert optimizer.state[w]["momentum_buffer"].tolist() == [0.0, 0.0]


def test_a_missing_loss_is_refused():
    w, optimizer = three_four()
    with pytest.raises(TypeError, match=r"needs the loss, but got None: pass its value"):
        optimizer.step(lambda: None)  # pyright: ignore[reportArgumentType]
    assert w.tolist() == [1.0, 2.0]


def test_a_loss_of_several_numbers_is_refused():
    _, optimizer = three_four()
    with pytest.raises(ValueError, match=r"has shape \(2,\): reduce it first"):
        optimizer.step(torch.ones(2))


def test_a_group_with_momentum_can_be_added_later():
    _, optimizer = three_four()
    added = parameter([1.0], [0.0])
    optimizer.add_param_group({"params": [added], "momentum": 0.5})
    optimizer.step(50.0)
    assert optimizer.state[added]["momentum_buffer"].tolist() == [0.0]


def test_momentum_can_be_set_later():
    w, optimizer = three_four()
    optimizer.param_groups[0]["momentum"] = 0.5
    optimizer.step(50.0)
    assert optimizer.state[w]["momentum_buffer"].tolist() == [-6.0, -8.0]


def test_the_cap_of_a_group_can_be_scheduled():
    _, optimizer = three_four(max_lr=1.0)
    optimizer.param_groups[0]["max_lr"] = 0.25
    optimizer.step(50.0)
    assert optimizer.step_size == 0.25


def test_state_dict_holds_every_setting_that_is_not_a_function():
    _, optimizer = three_four(max_lr=0.5, momentum=0.5, adjusted_momentum=True)
    saved = optimizer.state_dict()
    assert saved["eps"] == 0.0
    assert saved["adjusted_momentum"] is True
    group = saved["param_groups"][0]
    assert {key: group[key] for key in ("max_lr", "momentum")} == {"max_lr": 0.5, "momentum": 0.5}


@pytest.mark.parametrize("adjusted", [False, True])
def test_a_resumed_run_continues_bitwise(adjusted: bool):
    torch.manual_seed(1)
    model, whole = _trained(adjusted, steps=3)
    file = io.BytesIO()
    torch.save({"model": model.state_dict(), "optimizer": whole.state_dict()}, file)
    file.seek(0)
    saved = torch.load(file)
    resumed_model = torch.nn.Linear(4, 3)
    resumed_model.load_state_dict(saved["model"])
    resumed = AliG(resumed_model.parameters())
    resumed.load_state_dict(saved["optimizer"])
    assert (resumed.eps, resumed.adjusted_momentum) == (1e-3, adjusted)
    _train(model, whole, steps=3)
    _train(resumed_model, resumed, steps=3)
    assert resumed.step_size == whole.step_size
    assert torch.equal(resumed_model.weight, model.weight)
    assert torch.equal(resumed_model.bias, model.bias)


def test_loading_copies_the_buffers():
    w, optimizer = three_four(momentum=0.5)
    twin, restored = three_four(momentum=0.5)
    restored.load_state_dict(optimizer.state_dict())
    restored.step(50.0)
    assert restored.state[twin]["momentum_buffer"].tolist() == [-6.0, -8.0]
    assert optimizer.state[w]["momentum_buffer"].tolist() == [0.0, 0.0]


def test_loading_keeps_the_dtype_of_the_buffers():
    w = parameter([1.0], [1.0], dtype=torch.bfloat16)
    optimizer = AliG([w], momentum=0.5)
    precise = torch.tensor([1 + 2.0**-20], dtype=torch.float32)
    optimizer.state[w]["momentum_buffer"] = precise
    saved = copy.deepcopy(optimizer.state_dict())
    restored = AliG([w], momentum=0.5)
    restored.load_state_dict(saved)
    assert torch.equal(restored.state[w]["momentum_buffer"], precise)


def test_a_state_without_the_added_keys_keeps_the_settings():
    w, optimizer = three_four(momentum=0.5)
    optimizer.step(50.0)
    saved = optimizer.state_dict()
    del saved["eps"], saved["adjusted_momentum"]
    twin = parameter([1.0, 2.0], [3.0, 4.0])
    restored = AliG([twin], eps=0.125, adjusted_momentum=True)
    restored.load_state_dict(saved)
    assert (restored.eps, restored.adjusted_momentum) == (0.125, True)
    assert restored.param_groups[0]["momentum"] == 0.5
    assert torch.equal(
        restored.state[twin]["momentum_buffer"], optimizer.state[w]["momentum_buffer"]
    )


def test_a_state_of_other_groups_is_refused():
    _, optimizer = three_four()
    other = AliG([parameter([1.0]), parameter([2.0])])
    with pytest.raises(ValueError, match="doesn't match the size"):
        optimizer.load_state_dict(other.state_dict())


def test_loading_does_not_project():
    w = parameter([3.0, 4.0])
    saved = AliG([w]).state_dict()
    optimizer = AliG([w], projection_fn=lambda: l2_projection([w], max_norm=5.0))
    with torch.no_grad():
        w.mul_(2)
    optimizer.load_state_dict(saved)
    assert w.tolist() == [6.0, 8.0]


def test_a_pickled_optimizer_steps_as_before():
    w, optimizer = three_four(momentum=0.5, adjusted_momentum=True)
    gradient = w.grad
    twin = pickle.loads(pickle.dumps(optimizer))
    (copied,) = twin.param_groups[0]["params"]
    copied.grad = gradient
    optimizer.step(50.0)
    twin.step(50.0)
    assert torch.equal(copied, w)
    assert twin.step_size == optimizer.step_size == 2.0


def test_torch_lr_schedulers_raise_key_error_as_documented():
    _, optimizer = three_four(max_lr=1.0)
    with pytest.raises(KeyError, match="lr"):
        torch.optim.lr_scheduler.StepLR(optimizer, step_size=1)


def _fail() -> float:
    raise ArithmeticError


def _trained(adjusted: bool, steps: int) -> tuple[torch.nn.Linear, AliG]:
    model = torch.nn.Linear(4, 3)
    optimizer = AliG(
        model.parameters(), max_lr=0.1, momentum=0.9, eps=1e-3, adjusted_momentum=adjusted
    )
    _train(model, optimizer, steps)
    return model, optimizer


def _train(model: torch.nn.Linear, optimizer: AliG, steps: int) -> None:
    x = torch.arange(8.0).reshape(2, 4) / 8
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (model(x) - 1).square().mean()
        loss.backward()
        optimizer.step(loss)

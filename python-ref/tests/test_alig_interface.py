"""How alig.th.AliG is called: losses, closures, groups."""

import inspect
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from alig.th import AliG

from problems import parameter, three_four


def test_the_signature_is_the_authors_with_options_by_name():
    parameters = inspect.signature(AliG).parameters
    by_name = {n: p.default for n, p in parameters.items() if p.kind is p.KEYWORD_ONLY}
    assert by_name == {"wide_norm": False, "average_loss": False}
    assert {n: p.default for n, p in parameters.items() if n not in by_name} == {
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
        torch.tensor(50),
        np.float32(50.0),
        np.array([50.0]),
        Fraction(50),
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


@pytest.mark.parametrize("arguments", [(), (None,), (lambda: None,)])
def test_a_missing_loss_is_refused(arguments: Any):
    w, optimizer = three_four()
    with pytest.raises(TypeError, match=r"needs the loss, but got None: pass its value"):
        optimizer.step(*arguments)
    assert w.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("loss", [torch.ones(2), torch.ones(0), np.ones((1, 2))])
def test_a_loss_that_is_not_one_number_is_refused(loss: Any):
    w, optimizer = three_four()
    with pytest.raises(ValueError, match=r"but has shape \(.*\): reduce it first"):
        optimizer.step(loss)
    assert w.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("loss", "kind"),
    [
        ("50", "str"),
        ([50.0], "list"),
        ((torch.tensor(50.0), "accuracy"), "tuple"),
        ({"loss": 50.0}, "dict"),
        (50j, "complex"),
        (torch.tensor(50j), "Tensor"),
    ],
)
def test_a_loss_that_is_no_real_number_is_refused(loss: Any, kind: str):
    w, optimizer = three_four()
    for given in (loss, lambda: loss):
        with pytest.raises(TypeError, match=f"but is a {kind}: pass the loss alone"):
            optimizer.step(given)
    assert w.tolist() == [1.0, 2.0]


def test_a_projection_that_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="projection_fn must be a function .* was 5.0"):
        three_four(projection_fn=5.0)


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


def test_torch_lr_schedulers_raise_key_error_as_documented():
    _, optimizer = three_four(max_lr=1.0)
    with pytest.raises(KeyError, match="lr"):
        torch.optim.lr_scheduler.StepLR(optimizer, step_size=1)


def _fail() -> float:
    raise ArithmeticError

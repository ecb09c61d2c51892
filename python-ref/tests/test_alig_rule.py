"""The step rule of alig.th.AliG."""

import math

import pytest
import torch

from alig.th import AliG

from problems import parameter, three_four


def test_the_step_is_the_loss_over_the_squared_gradient_norm():
    w, optimizer = three_four()
    optimizer.step(lambda: 50.0)
    assert optimizer.step_size_unclipped == 2.0
    assert w.tolist() == [-5.0, -6.0]


def test_eps_is_added_to_the_squared_norm():
    _, optimizer = three_four(eps=7.0)
    optimizer.step(lambda: 64.0)
    assert optimizer.step_size == 2.0


def test_eps_is_1e_5_by_default():
    w = parameter([1.0], [0.0])
    optimizer = AliG([w])
    optimizer.step(lambda: 1.0)
    assert optimizer.step_size == pytest.approx(1e5, rel=1e-15)


def test_the_norm_runs_over_all_groups():
    groups = [{"params": [parameter([0.0], [3.0])]}, {"params": [parameter([0.0], [4.0])]}]
    optimizer = AliG(groups, eps=0.0)
    optimizer.step(lambda: 50.0)
    assert [group["step_size"] for group in optimizer.param_groups] == [2.0, 2.0]


def test_the_norms_of_mixed_types_add_up_in_the_type_of_the_first():
    single = parameter([0.0], [1.0], dtype=torch.float32)
    double = parameter([0.0], [2.0**-20], dtype=torch.float64)
    for parameters, norm in [([single, double], 1.0), ([double, single], 1.0 + 2.0**-40)]:
        optimizer = AliG(parameters, eps=0.0)
        optimizer.step(lambda: torch.tensor(1.0, dtype=torch.float64))
        assert optimizer.step_size == 1.0 / norm


def test_max_lr_caps_the_step():
    w, optimizer = three_four(max_lr=0.5)
    optimizer.step(lambda: 50.0)
    assert optimizer.step_size_unclipped == 2.0
    assert optimizer.step_size == 0.5
    assert w.tolist() == [-0.5, 0.0]


def test_each_group_has_its_own_cap_and_the_mean_is_reported():
    groups = [
        {"params": [parameter([0.0], [3.0])], "max_lr": 0.5},
        {"params": [parameter([0.0], [4.0])]},
    ]
    optimizer = AliG(groups, eps=0.0)
    optimizer.step(lambda: 50.0)
    assert [group["step_size"] for group in optimizer.param_groups] == [0.5, 2.0]
    assert optimizer.step_size == 1.25


def test_a_negative_loss_ascends():
    w, optimizer = three_four(max_lr=0.5)
    optimizer.step(lambda: -50.0)
    assert optimizer.step_size == -2.0
    assert w.tolist() == [7.0, 10.0]


def test_standard_momentum_keeps_the_step_size_in_the_buffer():
    w, optimizer = three_four(momentum=0.5)
    optimizer.step(lambda: 50.0)
    assert optimizer.state[w]["momentum_buffer"].tolist() == [-6.0, -8.0]
    assert w.tolist() == [1 - 6 - 3, 2 - 8 - 4]
    optimizer.step(lambda: 25.0)
    assert optimizer.state[w]["momentum_buffer"].tolist() == [-3 - 3, -4 - 4]
    assert w.tolist() == [-8 - 3 - 3, -10 - 4 - 4]


def test_adjusted_momentum_keeps_the_gradient_in_the_buffer():
    w, optimizer = three_four(momentum=0.5, adjusted_momentum=True)
    optimizer.step(lambda: 50.0)
    assert optimizer.state[w]["momentum_buffer"].tolist() == [-3.0, -4.0]
    assert w.tolist() == [1 - 6 - 3, 2 - 8 - 4]
    optimizer.step(lambda: 25.0)
    assert optimizer.state[w]["momentum_buffer"].tolist() == [-4.5, -6.0]
    assert w.tolist() == [-8 - 3 - 2.25, -10 - 4 - 3]


def test_sgd_with_nesterov_is_the_adjusted_form_at_a_constant_step():
    torch.manual_seed(0)
    w = parameter(torch.randn(5).tolist())
    twin = parameter(w.tolist())
    alig = AliG([w], max_lr=0.1, momentum=0.9, adjusted_momentum=True)
    sgd = torch.optim.SGD([twin], lr=0.1, momentum=0.9, nesterov=True)
    for _ in range(50):
        w.grad = w.detach() * torch.arange(1, 6)
        twin.grad = twin.detach() * torch.arange(1, 6)
        alig.step(1e6)
        sgd.step()
    assert alig.step_size == 0.1
    # A few roundings a step, each of at most 2^-53 of values of at most about 1.
    torch.testing.assert_close(w, twin, rtol=0, atol=50 * 8 * 2**-53)


def test_a_parameter_without_a_gradient_keeps_its_value_and_buffer():
    w, resting = parameter([1.0], [4.0]), parameter([3.0], [2.0])
    optimizer = AliG([w, resting], momentum=0.5, eps=0.0)
    optimizer.step(lambda: 20.0)
    before = resting.tolist(), optimizer.state[resting]["momentum_buffer"].tolist()
    resting.grad = None
    optimizer.step(lambda: 16.0)
    assert optimizer.step_size == 1.0
    assert (resting.tolist(), optimizer.state[resting]["momentum_buffer"].tolist()) == before


def test_without_any_gradient_the_step_is_the_loss_over_eps():
    optimizer = AliG([parameter([1.0])], eps=0.25)
    optimizer.step(lambda: 2.0)
    assert optimizer.step_size == 8.0


def test_without_any_gradient_or_eps_it_divides_by_zero_and_changes_nothing():
    w = parameter([1.0])
    optimizer = AliG([w], eps=0.0)
    with pytest.raises(ZeroDivisionError):
        optimizer.step(lambda: 2.0)
    assert w.tolist() == [1.0]
    assert optimizer.step_size is None
    assert optimizer.param_groups[0]["step_size"] is None


def test_the_norm_overflows_in_float32_so_the_step_is_zero():
    w = parameter([1.0], [1e20], dtype=torch.float32)
    optimizer = AliG([w])
    optimizer.step(lambda: 1.0)
    assert optimizer.step_size == 0.0
    assert w.tolist() == [1.0]


def test_a_nan_loss_gives_nan_weights():
    w, optimizer = three_four(max_lr=0.1)
    optimizer.step(lambda: math.nan)
    assert all(math.isnan(x) for x in w.tolist())


def test_an_infinite_loss_gives_the_cap():
    _, optimizer = three_four(max_lr=0.1)
    optimizer.step(lambda: math.inf)
    assert optimizer.step_size == 0.1


def test_no_loss_no_gradient_and_no_eps_give_nan():
    w = parameter([1.0], [0.0])
    optimizer = AliG([w], eps=0.0)
    optimizer.step(lambda: 0.0)
    assert math.isnan(optimizer.step_size or 0.0)


def test_buffers_are_zeros_from_construction_on():
    w, optimizer = three_four(momentum=0.9)
    assert optimizer.state[w]["momentum_buffer"].tolist() == [0.0, 0.0]


def test_without_momentum_there_are_no_buffers():
    w, optimizer = three_four()
    optimizer.step(1.0)
    assert w not in optimizer.state


@pytest.mark.parametrize("max_lr", [0, -0.5, -math.inf, math.nan])
def test_a_cap_that_is_not_positive_is_refused(max_lr: float):
    with pytest.raises(ValueError, match=f"max_lr must be > 0, or None for no cap; was {max_lr}"):
        three_four(max_lr=max_lr)


@pytest.mark.parametrize("name", ["momentum", "eps"])
@pytest.mark.parametrize("value", [-0.1, -math.inf, math.nan])
def test_a_setting_that_is_negative_or_nan_is_refused(name: str, value: float):
    with pytest.raises(ValueError, match=f"{name} must be >= 0, was {value}"):
        three_four(**{name: value})


_OF_A_GROUP = [
    ("momentum", -0.1, "momentum must be >= 0, was -0.1"),
    ("momentum", math.nan, "momentum must be >= 0, was nan"),
    ("max_lr", math.nan, "max_lr of a group must be a number, or None for no cap; was nan"),
]


@pytest.mark.parametrize(("name", "value", "message"), _OF_A_GROUP)
def test_such_a_setting_is_refused_in_a_group_too(name: str, value: float, message: str):
    group = {"params": [parameter([1.0])], name: value}
    with pytest.raises(ValueError, match=message):
        AliG([group])
    _, optimizer = three_four()
    with pytest.raises(ValueError, match=message):
        optimizer.add_param_group(group)
    assert len(optimizer.param_groups) == 1


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        *_OF_A_GROUP,
        ("eps", -0.1, "eps must be >= 0, was -0.1"),
        ("eps", math.nan, "eps must be >= 0, was nan"),
    ],
)
def test_such_a_setting_made_later_is_refused_by_the_step(name: str, value: float, message: str):
    w, optimizer = three_four(momentum=0.5)
    if name == "eps":
        optimizer.eps = value
    else:
        optimizer.param_groups[0][name] = value
    with pytest.raises(ValueError, match=message):
        optimizer.step(50.0)
    assert w.tolist() == [1.0, 2.0]
    assert optimizer.step_size is None


def test_a_negative_cap_of_a_group_is_the_step_size():
    _, optimizer = three_four()
    optimizer.param_groups[0]["max_lr"] = -0.25
    optimizer.step(50.0)
    assert optimizer.step_size == -0.25
    assert AliG([{"params": [parameter([1.0])], "max_lr": -0.25}]).param_groups[0]["max_lr"] < 0


def test_a_cap_may_be_scheduled_down_to_0():
    w, optimizer = three_four(max_lr=1.0)
    optimizer.param_groups[0]["max_lr"] = 0.0
    optimizer.step(50.0)
    assert optimizer.step_size == 0.0
    assert w.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("settings", [{"momentum": 1.5}, {"max_lr": math.inf}, {"max_lr": 1e-30}])
def test_extreme_settings_are_accepted(settings: dict[str, float]):
    _, optimizer = three_four(**settings)
    optimizer.step(1.0)
    assert optimizer.step_size is not None


def test_the_projection_runs_at_construction_and_after_every_step():
    seen: list[list[float]] = []
    w = parameter([1.0, 2.0], [3.0, 4.0])
    optimizer = AliG([w], eps=0.0, momentum=0.5, projection_fn=lambda: seen.append(w.tolist()))
    optimizer.step(50.0)
    assert seen == [[1.0, 2.0], [-8.0, -10.0]]


def test_a_projection_of_the_user_may_write_to_parameters():
    w = parameter([1.0, 2.0], [0.0, 0.0])
    AliG([w], projection_fn=lambda: w.clamp_(max=1.0))
    assert w.tolist() == [1.0, 1.0]


def test_a_sparse_gradient_is_applied_where_it_is_not_zero():
    table = torch.nn.Embedding(3, 4, sparse=True)
    torch.nn.init.ones_(table.weight)
    optimizer = AliG(table.parameters(), eps=0.0)
    with torch.sparse.check_sparse_tensor_invariants(False):
        loss = table(torch.tensor([1])).sum()
        loss.backward()
        optimizer.step(loss)
    assert table.weight.tolist() == [[1.0] * 4, [0.0] * 4, [1.0] * 4]

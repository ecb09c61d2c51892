"""What alig.th.AliG saves and restores, and that torch's hooks have effect on all of it."""

import copy
import io
import math
from typing import Any

import pytest
import torch

from alig.th import AliG
from alig.th.projection import l2_projection

from problems import parameter, three_four


def test_state_dict_holds_every_setting_that_is_not_a_function():
    _, optimizer = three_four(max_lr=0.5, momentum=0.5, adjusted_momentum=True)
    saved = optimizer.state_dict()
    assert saved["eps"] == 0.0
    assert saved["adjusted_momentum"] is True
    assert saved["wide_norm"] is False
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
    del saved["eps"], saved["adjusted_momentum"], saved["wide_norm"]
    twin = parameter([1.0, 2.0], [3.0, 4.0])
    restored = AliG([twin], eps=0.125, adjusted_momentum=True, wide_norm=True)
    restored.load_state_dict(saved)
    assert (restored.eps, restored.adjusted_momentum, restored.wide_norm) == (0.125, True, True)
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


def test_a_state_with_buffers_of_another_shape_is_refused_and_nothing_changes():
    _, other = three_four(momentum=0.5, eps=0.25)
    w = parameter([1.0])
    optimizer = AliG([w])
    with pytest.raises(ValueError, match=r"shape \(2,\) for a parameter of shape \(1,\)"):
        optimizer.load_state_dict(other.state_dict())
    assert optimizer.eps == 1e-5
    assert optimizer.param_groups[0]["momentum"] == 0
    assert w not in optimizer.state


@pytest.mark.parametrize(
    ("name", "value"),
    [("momentum", -1.0), ("momentum", math.nan), ("eps", -1.0), ("eps", math.nan)],
)
def test_a_state_with_a_setting_without_meaning_is_refused(name: str, value: float):
    _, optimizer = three_four(momentum=0.5)
    saved = copy.deepcopy(optimizer.state_dict())
    (saved if name == "eps" else saved["param_groups"][0])[name] = value
    with pytest.raises(ValueError, match=f"{name} must be >= 0, was {value}"):
        optimizer.load_state_dict(saved)
    assert (optimizer.eps, optimizer.param_groups[0]["momentum"]) == (0.0, 0.5)


def test_after_saving_loading_or_a_refusal_no_hook_is_left():
    _, optimizer = three_four()
    saved = optimizer.state_dict()
    with pytest.raises(ValueError, match="eps must be"):
        optimizer.load_state_dict({**saved, "eps": math.nan})
    optimizer.load_state_dict({**saved, "eps": 0.5})
    assert optimizer.eps == 0.5
    for hooks in ("state_dict_post", "load_state_dict_pre", "load_state_dict_post"):
        assert not getattr(optimizer, f"_optimizer_{hooks}_hooks")


def _changed(state: dict[str, Any]) -> dict[str, Any]:
    buffer = torch.full((2,), 7.0, dtype=torch.float64)
    groups = [{**group, "momentum": 0.25} for group in state["param_groups"]]
    return {
        "state": {0: {"momentum_buffer": buffer}},
        "param_groups": groups,
        "eps": 0.5,
        "adjusted_momentum": True,
        "wide_norm": True,
    }


def _change(state: dict[str, Any]) -> None:
    state.update(_changed(state))


def _everything(optimizer: AliG) -> list[Any]:
    (w,) = optimizer.param_groups[0]["params"]
    return [
        optimizer.eps,
        optimizer.adjusted_momentum,
        optimizer.wide_norm,
        optimizer.param_groups[0]["momentum"],
        optimizer.state[w]["momentum_buffer"].tolist(),
    ]


@pytest.mark.parametrize("prepend", [False, True])
@pytest.mark.parametrize("change", [_changed, _change], ids=["returns", "in place"])
def test_a_hook_before_loading_has_effect_on_everything(change: Any, prepend: bool):
    _, saved = three_four(momentum=0.5)
    _, optimizer = three_four(momentum=0.5)
    optimizer.register_load_state_dict_pre_hook(lambda _, state: change(state), prepend=prepend)
    optimizer.load_state_dict(saved.state_dict())
    assert _everything(optimizer) == [0.5, True, True, 0.25, [7.0, 7.0]]
    assert _everything(saved) == [0.0, False, False, 0.5, [0.0, 0.0]]


def test_what_a_hook_before_loading_leaves_out_stays():
    _, saved = three_four(momentum=0.5)
    _, optimizer = three_four(momentum=0.5)
    optimizer.eps = 0.125

    def drop(_: Any, state: dict[str, Any]) -> None:
        del state["eps"]
        state["state"] = {}

    optimizer.register_load_state_dict_pre_hook(drop)
    optimizer.load_state_dict(saved.state_dict())
    assert optimizer.eps == 0.125
    assert not optimizer.state


@pytest.mark.parametrize("prepend", [False, True])
def test_a_hook_after_loading_finds_everything_loaded_and_has_the_last_word(prepend: bool):
    _, saved = three_four(momentum=0.5, eps=0.5, wide_norm=True)
    _, optimizer = three_four(momentum=0.25)
    seen: list[list[Any]] = []

    def hook(loaded: Any) -> None:
        seen.append(_everything(loaded))
        loaded.eps = 0.75

    optimizer.register_load_state_dict_post_hook(hook, prepend=prepend)
    optimizer.load_state_dict(saved.state_dict())
    assert seen == [[0.5, False, True, 0.5, [0.0, 0.0]]]
    assert optimizer.eps == 0.75


@pytest.mark.parametrize("prepend", [False, True])
@pytest.mark.parametrize("change", [_changed, _change], ids=["returns", "in place"])
def test_a_hook_after_saving_has_effect_on_everything(change: Any, prepend: bool):
    _, optimizer = three_four(momentum=0.5)
    optimizer.register_state_dict_post_hook(lambda _, state: change(state), prepend=prepend)
    saved = optimizer.state_dict()
    assert (saved["eps"], saved["adjusted_momentum"], saved["wide_norm"]) == (0.5, True, True)
    assert saved["param_groups"][0]["momentum"] == 0.25
    assert saved["state"][0]["momentum_buffer"].tolist() == [7.0, 7.0]
    assert optimizer.eps == 0.0


def test_a_hook_before_saving_has_effect_on_everything():
    w, optimizer = three_four(momentum=0.5)

    def hook(saved: Any) -> None:
        saved.eps = 0.5
        saved.param_groups[0]["momentum"] = 0.25
        saved.state[w]["momentum_buffer"].fill_(7.0)

    optimizer.register_state_dict_pre_hook(hook)
    saved = optimizer.state_dict()
    assert saved["eps"] == 0.5
    assert saved["param_groups"][0]["momentum"] == 0.25
    assert saved["state"][0]["momentum_buffer"].tolist() == [7.0, 7.0]


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

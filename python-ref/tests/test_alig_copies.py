"""Copies and pickles of alig.th.AliG: they step alike, and project their own parameters."""

import copy
import io
import pickle
import threading
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from alig.th import AliG
from alig.th.projection import l2_projection

from problems import parameter, three_four
from ties import FUNCTIONS, OBJECTS, OUT_OF_REACH, SHARED, Ball, enclosing, of_the_optimizer

LEFT_OUT = "was copied or saved without its projection_fn.* set optimizer.projection"


def _projected(make: Callable[[Tensor], Callable[[], object]], **settings: Any) -> AliG:
    w = parameter([3.0, 4.0])
    optimizer = AliG([w], projection_fn=make(w), **settings)
    SHARED.pop("held", []).append(optimizer)
    return optimizer


def _parameter_of(optimizer: AliG) -> Tensor:
    (w,) = optimizer.param_groups[0]["params"]
    return w


def _saved(optimizer: AliG) -> AliG:
    file = io.BytesIO()
    torch.save(optimizer, file)
    file.seek(0)
    return torch.load(file, weights_only=False)


def _pickled(optimizer: AliG) -> AliG:
    return pickle.loads(pickle.dumps(optimizer))


def _step_far_away(optimizer: AliG, other: AliG) -> None:
    """Take a step of size 0 from (6, 8), with the other optimizer's parameter at (12, 16)."""
    w, resting = _parameter_of(optimizer), _parameter_of(other)
    w.grad = torch.ones(2, dtype=torch.float64)
    with torch.no_grad():
        w.copy_(torch.tensor([6.0, 8.0]))
        resting.copy_(torch.tensor([12.0, 16.0]))
    optimizer.step(0.0)


@pytest.mark.parametrize("make", OBJECTS + FUNCTIONS)
def test_a_deep_copy_projects_its_own_parameters_and_the_original_its_own(make: Any):
    original = _projected(make)
    twin = copy.deepcopy(original)
    for stepping, resting in [(twin, original), (original, twin)]:
        _step_far_away(stepping, resting)
        assert _parameter_of(stepping).tolist() == pytest.approx([3.0, 4.0])
        assert _parameter_of(resting).tolist() == [12.0, 16.0]


@pytest.mark.parametrize("copied", [_saved, _pickled])
@pytest.mark.parametrize("make", OBJECTS)
def test_a_pickle_holds_a_projection_that_holds_its_parameters(make: Any, copied: Any):
    original = _projected(make)
    twin = copied(original)
    _step_far_away(twin, original)
    assert _parameter_of(twin).tolist() == pytest.approx([3.0, 4.0])
    assert _parameter_of(original).tolist() == [12.0, 16.0]


@pytest.mark.parametrize("make", FUNCTIONS + OUT_OF_REACH)
@pytest.mark.parametrize("copied", [_saved, _pickled])
def test_a_pickle_leaves_a_function_out_and_the_step_says_so(make: Any, copied: Any):
    _assert_left_out(_projected(make), copied)


@pytest.mark.parametrize("make", OUT_OF_REACH)
def test_a_deep_copy_leaves_out_what_would_project_the_originals(make: Any):
    _assert_left_out(_projected(make), copy.deepcopy)


def _assert_left_out(original: AliG, copied: Any) -> None:
    twin = copied(original)
    for again in (twin, copied(twin)):
        with pytest.raises(RuntimeError, match=LEFT_OUT):
            _step_far_away(again, original)
        assert _parameter_of(again).tolist() == [6.0, 8.0]
    assert _parameter_of(original).tolist() == [12.0, 16.0]
    twin.projection = None
    twin.step(0.0)


@pytest.mark.parametrize("copied", [copy.deepcopy, _pickled])
def test_a_projection_that_reaches_no_parameter_is_kept(copied: Any):
    twin = copied(_projected(lambda _: _nothing))
    assert twin.projection is _nothing
    twin.step(1.0)


def _nothing() -> None:
    pass


def test_a_model_copied_with_its_optimizer_stays_with_it():
    model = torch.nn.Linear(2, 1, bias=False)
    optimizer = AliG(
        model.parameters(), projection_fn=lambda: l2_projection(model.parameters(), max_norm=1.0)
    )
    for first, second in [(0, 1), (1, 0)]:
        pair = [model, optimizer]
        both = copy.deepcopy([pair[first], pair[second]])
        model_twin, twin = both[first], both[second]
        assert _parameter_of(twin) is model_twin.weight
        assert _enclosed(twin) is model_twin
        with torch.no_grad():
            model_twin.weight.fill_(8.0)
        twin.step(0.0)
        assert float(model_twin.weight.norm().detach()) == pytest.approx(1.0)


def test_an_optimizer_that_its_projection_encloses_is_the_copy():
    twin = copy.deepcopy(_projected(of_the_optimizer))
    assert _enclosed(twin)[0] is twin


def _enclosed(optimizer: AliG) -> Any:
    projection: Any = optimizer.projection
    return projection.__closure__[0].cell_contents


def test_what_could_not_be_copied_for_the_projection_is_not_half_copied_elsewhere():
    helper = Ball([parameter([3.0, 4.0])])
    helper.lock = threading.Lock()  # pyright: ignore[reportAttributeAccessIssue]
    optimizer = AliG(helper.params, projection_fn=helper)
    copy.deepcopy(optimizer)
    with pytest.raises(TypeError, match="cannot pickle '_thread.lock' object"):
        copy.deepcopy([optimizer, helper])


def test_a_projection_that_cannot_be_copied_does_not_spoil_a_copy_around_it():
    class Trainer:
        def __init__(self) -> None:
            self.w = parameter([3.0, 4.0])
            lock = threading.Lock()
            self.optimizer = AliG([self.w], projection_fn=lambda: None if lock else self.w.zero_())

    trainer = copy.deepcopy(Trainer())
    assert _parameter_of(trainer.optimizer) is trainer.w


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, _saved, _pickled])
def test_a_copy_steps_as_the_original(copied: Any):
    settings = {"momentum": 0.5, "adjusted_momentum": True, "wide_norm": True, "max_lr": 1.5}
    w, optimizer = three_four(**settings)
    optimizer.step(50.0)
    fresh, reference = three_four(**settings)
    reference.step(50.0)
    twin = copied(optimizer)
    assert (twin.step_size, twin.step_size_unclipped, twin.norm_overflowed) == (1.5, 2.0, False)
    _parameter_of(twin).grad = w.grad
    for stepping in (twin, reference):
        stepping.step(25.0)
    assert torch.equal(_parameter_of(twin), fresh)
    assert torch.equal(
        twin.state[_parameter_of(twin)]["momentum_buffer"],
        reference.state[fresh]["momentum_buffer"],
    )
    assert (w is _parameter_of(twin)) == (copied is copy.copy)


def test_a_shallow_copy_shares_the_parameters_and_so_the_projection():
    original = _projected(enclosing)
    assert copy.copy(original).projection is original.projection


def test_a_pickle_of_an_earlier_version_gets_the_defaults_of_newer_settings():
    _, optimizer = three_four(eps=1.0)
    state = optimizer.__getstate__()
    for name in ("wide_norm", "average_loss", "norm_overflowed"):
        del state[name]
    twin = AliG.__new__(AliG)
    twin.__setstate__(state)
    copy.deepcopy(twin).step(1.0)
    assert (twin.wide_norm, twin.average_loss, twin.norm_overflowed) == (False, False, False)

"""The bridge, driven as Java drives it but with bytearrays."""

import json
import math
from typing import Any

import numpy as np
import pytest

from alig.th import AliG
from alig_oracle import bridge
from alig_oracle.errors import OracleError


@pytest.fixture(autouse=True)
def _bundled() -> None:
    bridge.configure(None)


def test_parameters_and_buffers_follow_construction_and_each_step():
    reply, written = _run(_case(steps=[_step(50.0), _step(25.0)]), [1, 2, 3, 4, 3, 4])
    assert reply["steps"] == [
        {"unclipped": 2.0, "step_sizes": [2.0], "mean": 2.0},
        {"unclipped": 1.0, "step_sizes": [1.0], "mean": 1.0},
    ]
    assert reply["raised"] is None
    assert written == [1, 2, 0, 0, -8, -10, -6, -8, -14, -18, -6, -8]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_resumed_run_continues_bitwise(dtype: str):
    values = np.random.default_rng(0).standard_normal(10).tolist()
    initial, gradients = values[:2], [values[2:4], values[4:6], values[6:8], values[8:10]]
    settings = {"momentum": 0.9, "radius": 1.5, "dtype": dtype, "adjusted": True}
    steps = [_step(2.0), _step(0.5), _step(1.0, kind="tensor"), _step(3.0)]
    _, whole = _run(_case(steps=steps, **settings), [initial, gradients], dtype)
    loaded = whole[8:12]
    _, rest = _run(
        _case(steps=steps[2:], resumed=True, **settings), [initial, loaded, gradients[2:]], dtype
    )
    assert rest == whole[8:]


def test_loading_does_not_project():
    _, written = _run(_case(steps=[], resumed=True, radius=5.0), [6, 8, 30, 40, 1, 2])
    assert written == [30, 40, 1, 2]


def test_construction_projects():
    _, written = _run(_case(steps=[], radius=5.0), [6, 8])
    assert written == [3, 4, 0, 0]


def test_groups_without_momentum_have_no_buffers():
    groups = [
        {"max_lr": 0.5, "momentum": 0, "shapes": [[1], []]},
        {"max_lr": None, "momentum": 0.5, "shapes": [[0], [1, 1]]},
    ]
    present = [[True, False], [True, True]]
    case = _case(groups=groups, steps=[{"loss": 50, "kind": "float", "present": present}])
    reply, written = _run(case, [1, 2, 3, 3, 4])
    assert reply["steps"] == [{"unclipped": 2.0, "step_sizes": [0.5, 2.0], "mean": 1.25}]
    assert written == [1, 2, 3, 0, 1 - 1.5, 2, 3 - 8 - 4, -8]


@pytest.mark.parametrize(
    ("loss", "unclipped"), [(math.nan, math.nan), (math.inf, math.inf), (-math.inf, -math.inf)]
)
@pytest.mark.parametrize("kind", ["float", "tensor"])
def test_special_losses_travel(loss: float, unclipped: float, kind: str):
    reply, _ = _run(_case(steps=[_step(loss, kind=kind)]), [1, 2, 3, 4])
    assert repr(reply["steps"][0]["unclipped"]) == repr(unclipped)


def test_special_values_and_signed_zeros_travel():
    _, written = _run(_case(steps=[]), [-0.0, math.nan])
    assert [repr(value) for value in written[:2]] == ["-0.0", "nan"]


@pytest.mark.parametrize(("kind", "step"), [("float", (1 / 49) * 49.0), ("tensor", 1.0)])
def test_a_float_loss_multiplies_by_the_reciprocal(kind: str, step: float):
    reply, _ = _run(_case(steps=[_step(49.0, kind=kind)], shape=[1]), [1, 7])
    assert reply["steps"][0]["unclipped"] == step


def test_a_tensor_loss_is_rounded_to_the_dtype_of_the_case():
    reply, _ = _run(
        _case(steps=[_step(0.1, kind="tensor")], dtype="float32"), [1, 2, 1, 0], "float32"
    )
    assert reply["steps"][0]["unclipped"] == float(np.float32(0.1))


def test_gradients_are_views_and_parameters_are_copies():
    inputs = bytearray(np.array([1.0, 2.0, 3.0, 4.0]).tobytes())
    before = bytes(inputs)
    outputs = bytearray(64)
    bridge.run(json.dumps({"cases": [_case(steps=[_step(50.0)])]}), inputs, outputs)
    assert bytes(inputs) == before


def test_cases_lie_at_their_offsets_and_do_not_touch_each_other():
    cases = [
        {**_case(steps=[_step(50.0)]), "in": 8, "out": 16},
        {**_case(steps=[_step(25.0)]), "in": 8, "out": 96},
    ]
    inputs = bytearray(np.array([9.0, 1, 2, 3, 4]).tobytes())
    outputs = bytearray(np.full(22, 7.0).tobytes())
    bridge.run(json.dumps({"cases": cases}), memoryview(inputs), memoryview(outputs))
    written = np.frombuffer(outputs).tolist()
    assert written == [7, 7, 1, 2, 0, 0, -8, -10, -6, -8, 7, 7, 1, 2, 0, 0, -3.5, -4, -3, -4, 7, 7]


def test_what_construction_raises_is_reported():
    _use_package_that("def __init__(self, *a, **k): raise ValueError('no')")
    reply, _ = _run(_case(steps=[_step(1.0)]), [1, 2, 3, 4])
    assert reply["steps"] == []
    assert reply["raised"] == {
        "stage": "construct",
        "step": None,
        "type": "ValueError",
        "message": "no",
    }


def test_a_cap_that_prescribes_a_step_size_is_set_once_the_optimizer_is_there():
    class Strict(AliG):
        def __init__(self, groups: Any, **settings: Any) -> None:
            assert [group["max_lr"] for group in groups] == [None]
            super().__init__(groups, **settings)

    object.__setattr__(bridge._packages[-1], "optimizer", Strict)
    groups = [{"max_lr": -0.5, "momentum": 0.0, "shapes": [[2]]}]
    reply, _ = _run(_case(steps=[_step(math.inf)], groups=groups), [1, 2, 3, 4])
    assert reply["raised"] is None
    assert reply["steps"][0]["step_sizes"] == [-0.5]


def test_what_a_step_raises_is_reported_with_the_steps_before_it():
    steps = [_step(50.0), _step(1.0, present=False)]
    reply, written = _run(_case(steps=steps), [1, 2, 3, 4])
    assert len(reply["steps"]) == 1
    raised = reply["raised"]
    assert (raised["stage"], raised["step"], raised["type"]) == ("step", 1, "ZeroDivisionError")
    assert written[:8] == [1, 2, 0, 0, -8, -10, -6, -8]


def test_a_case_that_raises_does_not_end_the_batch():
    failing = {**_case(steps=[_step(1.0, present=False)]), "out": 0}
    working = {**_case(steps=[_step(50.0)]), "out": 64}
    inputs = bytearray(np.array([1.0, 2, 3, 4]).tobytes())
    replies = json.loads(
        bridge.run(json.dumps({"cases": [failing, working]}), inputs, bytearray(128))
    )
    assert [reply["raised"] is None for reply in replies] == [False, True]


@pytest.mark.parametrize("resumed", [False, True])
def test_a_package_without_buffers_is_refused(resumed: bool):
    _use_package_that(
        "__init__ = lambda self, groups, **k: vars(self).update(param_groups=groups, state={});"
        "step_size = step_size_unclipped = 0.0;"
        "step = lambda self, closure: [group.update(step_size=0.0) for group in self.param_groups]"
    )
    with pytest.raises(OracleError, match="case 0 .*keeps no momentum buffer"):
        _run(_case(steps=[_step(1.0)], resumed=resumed), [1, 2, 3, 4, 5, 6, 7, 8])


@pytest.mark.parametrize(
    ("raises", "message"),
    [
        ("MemoryError('64 GiB')", "ran out of memory: 64 GiB"),
        ("SystemExit(3)", r"raised SystemExit\(3\) to end the process"),
        ("KeyboardInterrupt()", "raised KeyboardInterrupt"),
    ],
)
def test_what_would_end_the_process_ends_the_batch(raises: str, message: str):
    _use_package_that(f"def __init__(self, *a, **k): raise {raises}")
    with pytest.raises(OracleError, match=f"case 0 of the request: .*{message}"):
        _run(_case(steps=[]), [1, 2])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dtype": "float16"}, "dtype must be one of .*float32.*float64.*, was 'float16'"),
        ({"in": 3}, "offset 3 of the inputs must be a multiple of 8 between 0 and their 32"),
        ({"in": 64}, "offset 64 of the inputs"),
        ({"in": 8}, "the inputs end too early: value 4 of the case is needed, there are 3"),
        ({"out": 8}, "the outputs end too early: value 8 of the case is needed, there are 7"),
        (
            {"steps": [{"loss": 1.0, "kind": "int", "present": [[True]]}]},
            "float or tensor, was 'int'",
        ),
    ],
)
def test_a_request_that_cannot_be_run_names_the_case(change: dict[str, Any], message: str):
    case = {**_case(steps=[_step(1.0)]), **change}
    with pytest.raises(OracleError, match=f"case 0 of the request: .*{message}"):
        bridge.run(json.dumps({"cases": [case]}), bytearray(32), bytearray(64))


@pytest.mark.parametrize("key", ["dtype", "eps", "adjusted", "radius", "groups", "in", "steps"])
def test_a_request_that_lacks_something_says_what(key: str):
    case = _case(steps=[_step(1.0)])
    del case[key]
    with pytest.raises(OracleError, match=f"case 0 of the request lacks '{key}'"):
        bridge.run(json.dumps({"cases": [case]}), bytearray(32), bytearray(64))


def test_an_empty_batch_is_an_empty_reply():
    assert bridge.run('{"cases": []}', bytearray(), bytearray()) == "[]"


def _use_package_that(does: str) -> None:
    namespace: dict[str, Any] = {}
    exec(f"class Optimizer:\n    {does}", namespace)
    object.__setattr__(bridge._packages[-1], "optimizer", namespace["Optimizer"])


def _case(**changes: Any) -> dict[str, Any]:
    momentum, shape = changes.pop("momentum", 0.5), changes.pop("shape", [2])
    case = {
        "dtype": "float64",
        "eps": 0.0,
        "adjusted": False,
        "radius": None,
        "groups": [{"max_lr": None, "momentum": momentum, "shapes": [shape]}],
        "resumed": False,
        "in": 0,
        "out": 0,
    }
    return {**case, **changes}


def _step(loss: float, kind: str = "float", present: bool = True) -> dict[str, Any]:
    return {"loss": loss, "kind": kind, "present": [[present]]}


def _run(case: dict[str, Any], values: Any, dtype: str = "float64") -> tuple[Any, list[float]]:
    flat = np.array(list(_flat(values)), dtype)
    moments = 1 + len(case["steps"])
    count = sum(
        math.prod(shape) * (2 if group["momentum"] else 1)
        for group in case["groups"]
        for shape in group["shapes"]
    )
    outputs = bytearray(moments * count * flat.itemsize)
    (reply,) = json.loads(
        bridge.run(json.dumps({"cases": [case]}), bytearray(flat.tobytes()), outputs)
    )
    return reply, np.frombuffer(outputs, dtype).tolist()


def _flat(values: Any) -> Any:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def test_a_baseline_has_a_handle_of_its_own():
    first = json.loads(bridge.baseline("adam"))["handle"]
    assert json.loads(bridge.baseline("sgd"))["handle"] == first + 1
    with pytest.raises(OracleError, match="no baseline 'lion'"):
        bridge.baseline("lion")

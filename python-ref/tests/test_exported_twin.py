"""The bound of steps on models from Python: right steps keep it, and small errors break it."""

import json

import numpy as np
import pytest

from alig_oracle.exported import TRAINED, Data
from alig_oracle.exported_twin import Twin, compare

SHAPES = {
    "embedding": (6, 3),
    "frozen": (4, 4),
    "dense/kernel": (7, 5),
    "dense/bias": (5,),
    "out/kernel": (5, 2),
    "out/bias": (2,),
}


@pytest.fixture
def twin(tmp_path):
    random = np.random.default_rng(7)
    values = {
        "parameters": {n: random.normal(size=s).tolist() for n, s in SHAPES.items()},
        "x": random.normal(size=(8, 4)).tolist(),
        "ids": [0, 1, 2, 3, 4, 0, 1, 0],
        "y": random.normal(size=(8, 2)).tolist(),
        "max_lr": 0.1,
        "momentum": 0.7,
    }
    (tmp_path / "data.json").write_text(json.dumps(values))
    return Twin(Data(tmp_path))


def trace(twin):
    """Return three steps of the twin itself."""
    state = {
        "parameters": {n: twin.data.parameters[n].ravel().tolist() for n in TRAINED},
        "momentum": {n: [0.0] * twin.data.parameters[n].size for n in TRAINED},
    }
    steps = []
    for _ in range(3):
        step, _ = twin.step(state)
        after = {
            part: {n: v.detach().numpy().ravel().tolist() for n, v in step["after"][part].items()}
            for part in ("parameters", "momentum")
        }
        steps.append({**step, "before": state, "after": after})
        state = after
    return steps


def test_the_twin_agrees_with_itself(twin):
    found = compare(twin, trace(twin))
    assert found["steps"] == 3
    assert found["largest"] == found["ratio"] == 0


@pytest.mark.parametrize("part", ["parameters", "momentum"])
@pytest.mark.parametrize("name", TRAINED)
def test_an_error_in_the_twelfth_decimal_place_is_found(twin, part, name):
    steps = trace(twin)
    steps[1]["after"][part][name][0] += 1e-12
    assert compare(twin, steps)["ratio"] > 1


@pytest.mark.parametrize("name", ["loss", "step_size"])
def test_so_is_one_in_the_loss_or_step_size(twin, name):
    steps = trace(twin)
    steps[2][name] *= 1 + 1e-11
    assert compare(twin, steps)["ratio"] > 1


def test_a_number_that_is_none_is_found(twin):
    steps = trace(twin)
    steps[0]["after"]["momentum"]["out/bias"][1] = float("nan")
    assert compare(twin, steps)["ratio"] > 1


def test_a_relu_at_its_kink_is_refused(twin):
    steps = trace(twin)
    for name in ("dense/kernel", "dense/bias"):
        steps[0]["before"]["parameters"][name] = [0.0] * twin.data.parameters[name].size
    with pytest.raises(ValueError, match="draw other data"):
        compare(twin, steps)

"""The catalogue of defective optimizers, as the bridge offers it."""

import inspect
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from alig_oracle import bridge, defects, package
from alig_oracle.errors import OracleError

from replaying import replay


@pytest.fixture(autouse=True)
def _bundled() -> None:
    bridge.configure(None)


@pytest.mark.pinned
def test_the_sound_optimizer_reproduces_every_recorded_trace_bitwise(
    th_traces: Path, same_roots: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bridge, "_last", bridge._defective("sound"))
    cases, differences = replay(th_traces)
    assert cases == 400
    assert [d for d in differences if same_roots or not d.is_a_root()] == []


@pytest.mark.parametrize("name", ["forms-swapped", "projection-lenient", "nan-step-as-zero"])
def test_a_defective_one_does_not(name: str, th_traces: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bridge, "_last", bridge._defective("sound"))
    sound = len(replay(th_traces)[1])
    monkeypatch.setattr(bridge, "_last", bridge._defective(name))
    _, differences = replay(th_traces)
    assert len(differences) > sound


def test_the_sound_one_comes_first_and_names_are_unique():
    listed = json.loads(bridge.defects())
    names = [each["name"] for each in listed]
    assert names[0] == "sound"
    assert len(set(names)) == len(names) == 1 + len(defects.ALL)


def test_every_kind_is_described_and_there_are_enough():
    assert len(defects.ALL) >= 35
    for defect in defects.ALL:
        assert defect.description, defect.name
        assert defect.optimizer is not defects.Sound or defect.projection.__doc__


def test_a_request_chooses_a_defect_for_itself_alone():
    assert _step_size("loss-without-sign") == 0.5
    assert _step_size(None) == -0.5


def test_an_unknown_defect_is_refused():
    with pytest.raises(OracleError, match="no defective optimizer 'none'"):
        _step_size("none")


def test_within_bundled_another_package_is_set_aside_and_comes_back(
    monkeypatch: pytest.MonkeyPatch,
):
    other = type(sys)("alig.th")
    monkeypatch.setitem(sys.modules, "alig.th", other)
    with package.bundled():
        import alig.th as within

        assert within.AliG.__name__ == "AliG"
    assert sys.modules["alig.th"] is other


def test_defects_spoil_the_bundled_optimizer():
    assert Path(inspect.getfile(defects.Sound.__mro__[1])).is_relative_to(package.BUNDLED)


def _step_size(defect: str | None) -> float:
    case = {
        "dtype": "float64",
        "eps": 0.0,
        "adjusted": False,
        "radius": None,
        "groups": [{"max_lr": None, "momentum": 0.0, "shapes": [[1]]}],
        "resumed": False,
        "in": 0,
        "out": 0,
        "steps": [{"loss": -2.0, "kind": "float", "present": [[True]]}],
    }
    request = {"cases": [case]} | ({} if defect is None else {"defect": defect})
    inputs = bytearray(np.array([1.0, 2.0]).tobytes())
    (reply,) = json.loads(bridge.run(json.dumps(request), inputs, bytearray(16)))
    return reply["steps"][0]["step_sizes"][0]

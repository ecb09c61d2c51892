"""The benchmark's process: what it answers, and how it refuses nonsense."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from alig_oracle.benchmark import Benchmark
from alig_oracle.stepping import GRADIENTS, PARAMETERS, Stepping, data

SOURCES = Path(__file__).parents[1] / "src"


def _setting(**changes: Any) -> dict[str, Any]:
    return {
        "n": 6,
        "tensors": 1,
        "dtype": "float64",
        "momentum": 0.9,
        "adjusted": False,
        "radius": None,
        "loss": 0.6,
        **changes,
    }


def _ask(benchmark: Benchmark, **question: Any) -> Any:
    return benchmark.answer(json.dumps(question))


@pytest.fixture(autouse=True)
def _threads_stay():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("tensors", [1, 3])
@pytest.mark.parametrize("adjusted", [False, True])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_steps_are_those_of_the_formula(tensors: int, adjusted: bool, momentum: float):
    setting = _setting(tensors=tensors, adjusted=adjusted, momentum=momentum)
    stepping = Stepping(setting)  # pyright: ignore[reportArgumentType]
    steps, seconds = stepping.run(1e-9)
    assert steps == 1
    assert seconds > 0
    w, g, v = data(6, PARAMETERS), data(6, GRADIENTS), np.zeros(6)
    step_size = 0.6 / (g @ g + 1e-5)
    for _ in range(2):  # one counts, after one that does not
        w = w - step_size * g
        v = momentum * v - (g if adjusted else step_size * g)
        w = w + (step_size * momentum if adjusted else momentum) * v
    np.testing.assert_allclose(stepping.values(), w, rtol=0, atol=1e-14)


def test_a_ball_holds_the_parameters():
    stepping = Stepping(_setting(radius=0.25))  # pyright: ignore[reportArgumentType]
    stepping.run(1e-9)
    assert np.linalg.norm(stepping.values()) == pytest.approx(0.25, rel=1e-15)


def test_data_are_spread_over_the_interval():
    values = data(1000, GRADIENTS)
    counts, _ = np.histogram(values, bins=10, range=(-0.5, 0.5))
    assert counts.sum() == 1000
    assert abs(counts - 100).max() <= 3


def test_a_conversation():
    benchmark = Benchmark()
    hello = _ask(benchmark, ask="hello", threads=1)
    assert hello["torch"] == torch.__version__
    assert torch.get_num_threads() == 1
    opened = _ask(benchmark, ask="open", setting=_setting())["id"]
    ran = _ask(benchmark, ask="run", id=opened, seconds=0.001)
    assert ran["steps"] >= 1
    assert ran["seconds"] >= 0.001
    assert len(_ask(benchmark, ask="values", id=opened)["values"]) == 6
    assert _ask(benchmark, ask="close", id=opened) == {}
    assert "is not open" in _ask(benchmark, ask="run", id=opened, seconds=1)["error"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("steps, please", "a line must be a JSON object, was 'steps, please'"),
        ("[1]", "ask must be one of ['hello', 'open'"),
        ('{"ask": "sing"}', "ask must be one of ['hello', 'open'"),
        ('{"ask": []}', "unhashable"),
        ('{"ask": "open"}', "the line lacks 'setting'"),
        ('{"ask": "hello", "threads": 0}', "threads must be a whole number >= 1, was 0"),
        ('{"ask": "close", "id": 3}', "id 3 is not open; open are []"),
    ],
)
def test_nonsense_is_refused_in_one_line(line: str, error: str):
    answer = Benchmark().answer(line)
    assert error in answer["error"]
    assert "\n" not in answer["error"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"dtype": "int8"}, "dtype must be one of ['float32', 'float64'], was 'int8'"),
        ({"n": 7, "tensors": 2}, "n must be a multiple of tensors, both >= 1; were 7 and 2"),
        ({"n": 0}, "were 0 and 1"),
        ({"momentum": -1}, "momentum must be >= 0, was -1"),
    ],
)
def test_a_setting_out_of_range_is_refused(change: dict[str, Any], error: str):
    assert error in _ask(Benchmark(), ask="open", setting=_setting(**change))["error"]


def test_a_setting_that_lacks_something_is_refused():
    setting = _setting()
    del setting["loss"]
    answer = _ask(Benchmark(), ask="open", setting=setting)
    assert answer["error"] == "the setting lacks ['loss']"


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_run_takes_time(seconds: float):
    benchmark = Benchmark()
    opened = _ask(benchmark, ask="open", setting=_setting())["id"]
    answer = benchmark.answer(json.dumps({"ask": "run", "id": opened, "seconds": seconds}))
    assert "seconds must be > 0" in answer["error"]


def test_each_line_is_answered_by_one():
    out = io.StringIO()
    Benchmark().serve(["nonsense\n", '{"ask": "close", "id": 1}\n'], out)
    assert [list(json.loads(line)) for line in out.getvalue().splitlines()] == [["error"]] * 2


def test_the_process_answers():
    asked = '{"ask": "hello", "threads": 1}\nnonsense\n'
    done = subprocess.run(
        [sys.executable, "-m", "alig_oracle.benchmark"],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(SOURCES), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    hello, refused = (json.loads(line) for line in done.stdout.splitlines())
    assert hello["torch"] == torch.__version__
    assert "must be a JSON object" in refused["error"]

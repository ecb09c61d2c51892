"""What optimizers do beside their steps is seen: everything that is watched, in planted ones."""

import json
from typing import Any

import numpy as np
import pytest

from alig_oracle import bridge

# What is seen of each planted optimizer whose numbers are right.
SEEN = {
    "gradient-scaled-in-place": ["changes a gradient"],
    "gradients-zeroed": ["changes a gradient"],
    "gradients-dropped": ["removes or replaces a gradient"],
    "gradients-replaced": ["removes or replaces a gradient"],
    "gradient-kept-as-momentum": ["changes a gradient", "keeps the memory of a gradient"],
    "last-gradient-kept": ["keeps the memory of a gradient"],
    "closure-called-twice": ["calls the closure 2 times"],
    "loss-changed": ["changes the loss"],
    "parameter-memory-replaced": ["gives a parameter other memory"],
    "requires-grad-lost": ["changes requires_grad"],
    "cap-overwritten": ["changes its parameter groups"],
    "grad-mode-left-off": ["changes whether gradients are enabled"],
    "default-dtype-left": ["changes torch's default dtype"],
    "threads-left": ["changes torch's number of threads"],
    "determinism-left": ["changes torch's choice of deterministic algorithms"],
    "anomalies-left": ["changes torch's detection of anomalies"],
    "random-number-drawn": ["changes torch's random numbers"],
    "numpy-number-drawn": ["changes numpy's random numbers"],
    "python-number-drawn": ["changes Python's random numbers"],
    "step-printed": ["prints"],
}


@pytest.fixture(autouse=True)
def _bundled() -> None:
    bridge.configure(None)


@pytest.mark.parametrize("name", SEEN)
def test_each_is_seen(name: str):
    reply = _reply(name)
    assert [effect["what"] for effect in reply["effects"]] == SEEN[name]


@pytest.mark.parametrize("name", SEEN)
def test_its_numbers_are_right_all_the_same(name: str):
    assert _reply(name)["steps"] == _reply("sound")["steps"]


def test_everything_that_is_watched_is_seen_in_one_of_them():
    watched = {what for seen in SEEN.values() for what in seen}
    assert len(watched) == _reply("sound")["watched"]


def test_the_sound_one_and_the_bundled_one_do_nothing_beside_their_steps():
    assert _reply("sound")["effects"] == []
    assert _reply(None)["effects"] == []


def test_what_one_case_changes_is_put_back_for_the_next():
    for name in SEEN:
        _reply(name)
    assert _reply("sound")["effects"] == []


def test_a_step_is_named():
    assert _reply("gradients-zeroed", steps=2)["effects"] == [
        {"step": 0, "what": "changes a gradient"},
        {"step": 1, "what": "changes a gradient"},
    ]


def test_a_gradient_kept_as_momentum_shows_in_the_numbers_of_the_next_step():
    sound, kept = (_state(name) for name in ("sound", "gradient-kept-as-momentum"))
    assert sound != kept


def _reply(defect: str | None, steps: int = 1) -> dict[str, Any]:
    return _run(defect, steps)[0]


def _state(defect: str) -> list[float]:
    return _run(defect, 2)[1]


def _run(defect: str | None, steps: int) -> tuple[dict[str, Any], list[float]]:
    step = {"loss": 0.25, "kind": "tensor", "present": [[True, False]]}
    case = {
        "dtype": "float64",
        "eps": 0.0,
        "adjusted": False,
        "radius": None,
        "groups": [{"max_lr": 0.5, "momentum": 0.9, "shapes": [[2], [1]]}],
        "resumed": False,
        "in": 0,
        "out": 0,
        "steps": [step] * steps,
    }
    numbers = np.array([1.0, 2.0, 3.0, *[0.5, -1.0, 0.75, 2.0][: 2 * steps]])
    outputs = np.zeros(6 * (1 + steps))
    named = {} if defect is None else {"defect": defect}
    request = json.dumps({"cases": [case], **named})
    (reply,) = json.loads(bridge.run(request, numbers, outputs))
    assert reply["raised"] is None
    return reply, outputs.tolist()

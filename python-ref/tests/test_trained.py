"""Models in training, driven as Java drives them but with bytearrays."""

import json
from math import prod
from typing import Any

import numpy as np
import pytest
import torch

from alig_oracle import bridge, trained
from alig_oracle.errors import OracleError
from alig_oracle.training import dnc, examples, infersent, models
from alig_oracle.training.model import BatchNorm
from alig_oracle.training.watch import Nearest, Noisy, Watch

MODELS = sorted(models.MODELS)


@pytest.fixture(autouse=True)
def _bundled() -> None:
    bridge.configure(None)


class Case:
    """A problem with its settings."""

    def __init__(self, model: str, steps: int = 3, dtype: str = "float64", **settings: Any) -> None:
        recipe = {"model": model, "dtype": dtype, "seed": 7, "steps": steps, "batch": 8}
        self.layout = json.loads(trained.layout(json.dumps(recipe)))
        self.dtype, self.steps = dtype, steps
        named = self.layout["parameters"] + self.layout["statistics"]
        shapes = [*self.layout["features"], self.layout["classes"], self.layout["order"]]
        self.problem = self.buffer(sum(map(prod, shapes + [n["shape"] for n in named])))
        trained.prepare(json.dumps(recipe), b"", self.problem)
        self.weights = sum(prod(n["shape"]) for n in self.layout["parameters"])
        self.statistics = sum(prod(n["shape"]) for n in self.layout["statistics"])
        self.request = {
            "model": model,
            "objective": "bits" if model == "dnc" else "cross_entropy",
            "dtype": dtype,
            "layout": self.layout,
            "eps": 1e-5,
            "adjusted": False,
            "radius": None,
            "max_lr": 0.1,
            "momentum": 0.9,
            **settings,
        }

    def buffer(self, elements: int) -> bytearray:
        return bytearray(elements * np.dtype(self.dtype).itemsize)

    def run(self, **more: Any) -> tuple[list[Any], np.ndarray, np.ndarray]:
        """Return the replies, the gradients, and the states before, between and after steps."""
        request = {**self.request, **more}
        state = self.weights * (2 if request["momentum"] else 1) + self.statistics
        outputs = self.buffer(state + self.steps * (self.weights + state))
        reply = json.loads(trained.run(json.dumps(request), self.problem, outputs))
        values = np.frombuffer(outputs, self.dtype)
        rows = values[state:].reshape(self.steps, self.weights + state)
        states = np.concatenate([values[None, :state], rows[:, self.weights :]])
        return reply, rows[:, : self.weights], states

    def scores(self, states: np.ndarray, **more: Any) -> np.ndarray:
        outputs = self.buffer(len(states) * 8 * self.layout["kinds"])
        request = json.dumps({**self.request, **more})
        assert trained.scores(request, self.problem + self._given(states), outputs) == "[]"
        return np.frombuffer(outputs, self.dtype).reshape(len(states), 8, -1)

    def _given(self, states: np.ndarray) -> bytes:
        parts = [states[:, : self.weights], states[:, states.shape[1] - self.statistics :]]
        return np.concatenate(parts, 1).astype(self.dtype).tobytes()

    def evaluate(self, states: np.ndarray, **more: Any) -> tuple[list[Any], np.ndarray]:
        given = self._given(states)
        outputs = self.buffer(len(states) * (self.weights + self.statistics))
        request = json.dumps({**self.request, **more})
        reply = json.loads(trained.evaluate(request, self.problem + given, outputs))
        return reply, np.frombuffer(outputs, self.dtype).reshape(len(states), -1)


@pytest.mark.parametrize("model", MODELS)
def test_a_run_is_the_steps_of_its_own_states(model: str):
    case = Case(model)
    replies, gradients, states = case.run()
    evaluated, found = case.evaluate(states[:-1])
    assert [r["loss"] for r in evaluated] == [r["loss"] for r in replies]
    assert (found[:, : case.weights] == gradients).all()
    assert (found[:, case.weights :] == states[1:, states.shape[1] - case.statistics :]).all()


@pytest.mark.parametrize("model", MODELS)
def test_a_run_starts_from_the_weights_that_were_handed_over(model: str):
    case = Case(model, steps=1)
    given = np.frombuffer(case.problem, case.dtype)[-case.weights - case.statistics :]
    _, _, states = case.run(momentum=0)
    assert (states[0] == given).all()


@pytest.mark.parametrize("model", MODELS)
def test_gradients_are_those_of_the_loss(model: str):
    case = Case(model, steps=1)
    _, gradients, states = case.run(momentum=0)
    direction = np.zeros_like(states[:1])
    direction[0, : case.weights] = gradients[0] / np.linalg.norm(gradients[0])
    step = 1e-6
    (ahead,), _ = case.evaluate(states[:1] + step * direction)
    (behind,), _ = case.evaluate(states[:1] - step * direction)
    slope = (ahead["loss"] - behind["loss"]) / (2 * step)
    # The central difference is off by step²·curvature, and by u·loss/step ≈ 1e-10.
    assert slope == pytest.approx(np.linalg.norm(gradients[0]), rel=1e-6)


def test_the_step_size_follows_from_loss_and_gradients():
    replies, gradients, _ = Case("mlp").run(max_lr=None)
    for reply, gradient in zip(replies, gradients, strict=True):
        assert reply["unclipped"] == pytest.approx(reply["loss"] / (gradient @ gradient + 1e-5))
        assert reply["step_size"] == reply["unclipped"]


def test_weights_stay_in_the_ball():
    _, _, states = Case("mlp", momentum=0).run(radius=1.0)
    assert np.linalg.norm(states, axis=1) == pytest.approx(np.ones(4))


def test_the_second_bias_of_an_lstm_is_not_trained():
    names = {n["name"] for n in Case("bilstm").layout["parameters"]}
    assert "encoder.bias_ih_l0_reverse" in names
    assert not any("bias_hh" in name for name in names)


def test_the_running_variance_is_of_the_biased_one():
    norm = BatchNorm(1, biased=True).double()
    norm(torch.tensor([1.0, 3.0]).double().reshape(1, 1, 1, 2))
    assert norm.running_mean == pytest.approx(0.2)
    assert norm.running_var == pytest.approx(0.9 + 0.1 * 1.0)


def test_batch_normalization_normalizes_as_torchs_own():
    x = torch.randn(4, 3, 5, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    ours, own = BatchNorm(3, biased=True).double(), torch.nn.BatchNorm2d(3).double()
    assert (ours(x) == own(x)).all()
    assert ours.running_mean is not None
    assert own.running_mean is not None
    assert ours.running_mean.tolist() == pytest.approx(own.running_mean.tolist())


def test_only_the_running_variances_depend_on_the_switch():
    case = Case("wrn", steps=1)
    (_, gradient, plain), (_, same, biased) = case.run(), case.run(biased=True)
    assert (gradient == same).all()
    before, after = plain[:, 2 * case.weights :]
    moved = (biased[1, 2 * case.weights :] - 0.9 * before) / (after - 0.9 * before)
    # The statistics of a layer are its means and then its variances. The first layers see 8 images
    # of 64 pixels, the last 8 of 4.
    assert moved[:16] == pytest.approx(np.ones(16))
    assert moved[16:32] == pytest.approx(np.full(16, 511 / 512))
    assert moved[-64:] == pytest.approx(np.full(64, 31 / 32))


def test_evaluation_normalizes_by_the_running_statistics():
    case = Case("wrn", steps=2)
    _, _, states = case.run()
    scores = case.scores(states[1:])
    states[1:, -1] *= 4  # the last map's running variance
    assert (case.scores(states[1:]) != scores).any()
    # Each image is scored by itself, so that the batch does not matter.
    order = sum(map(prod, [*case.layout["features"], case.layout["classes"]]))
    values = np.frombuffer(case.problem, case.dtype).copy()
    values[order : order + 8] = values[order : order + 8][::-1]
    before = case.scores(states[1:])
    case.problem = bytearray(values.tobytes())
    assert case.scores(states[1:])[0][::-1] == pytest.approx(before[0])


@pytest.mark.parametrize("model", MODELS)
def test_simulated_errors_are_of_their_amplitude(model: str):
    case = Case(model)
    plain, gradients, states = case.run()
    for amplitude in (2.0**-53, 2.0**-30):
        noise = {"seed": 1, "amplitude": amplitude}
        noisy, found = case.evaluate(states[:-1], noise=noise)
        off = np.linalg.norm(found[:, : case.weights] - gradients) / np.linalg.norm(gradients)
        assert amplitude / 100 < off < amplitude * 100
        assert any(a["loss"] != b["loss"] for a, b in zip(plain, noisy, strict=True)) or (
            amplitude < 2.0**-50
        )


def test_a_seed_gives_the_same_errors_and_another_others():
    case = Case("mlp")
    same = [case.run(noise={"seed": 3, "amplitude": 1e-9})[2] for _ in range(2)]
    other = case.run(noise={"seed": 4, "amplitude": 1e-9})[2]
    assert (same[0] == same[1]).all()
    assert (same[0] != other).any()


def test_cross_entropy_is_torchs_own():
    scores = torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]]).double()
    classes = torch.tensor([1, 0])
    expected = torch.nn.functional.cross_entropy(scores, classes)
    for watch in (Watch(), Noisy(1, 0.0)):
        assert models.cross_entropy(scores, classes, watch) == pytest.approx(float(expected))


def test_hinge_is_the_margin_that_is_missed_by_most():
    scores = torch.tensor([[1.0, 3.0, 2.5], [4.0, 0.0, 1.0]])
    # Of class 1: max(1 + 1, 3, 2.5 + 1) - 3; of class 0 nothing is missed.
    assert float(models.hinge(scores, torch.tensor([1, 0]), Watch())) == 0.25


def test_values_of_equal_patches_are_no_branch():
    maps = torch.tensor([1.0, 1.0 + 2**-23, 0.5, 0.25]).reshape(1, 1, 2, 2)
    patches = torch.tensor([[[[3.0, 3.0], [1.0, 3.0]]], [[[2.0, 2.0], [2.0, 1.0]]]])
    seen = models._windows(patches.reshape(1, 2, 2, 2))
    gap = models._gap(models._windows(maps), 2, seen)
    assert gap.tolist() == [0.5 + 2**-23]
    assert models._gap(models._windows(maps), 2, torch.ones_like(seen)).tolist() == []


def test_torchs_own_convolution_comes_no_closer_to_branches():
    model = models.ConvNet()
    random = np.random.default_rng(7)
    drawn = examples.weights(random, {k: tuple(p.shape) for k, p in model.trained().items()})
    model.load_state_dict({k: torch.from_numpy(w) for k, w in drawn.items()}, strict=False)
    images = torch.from_numpy(examples.images(random).features[0]).float()

    def distances() -> list[float]:
        watches = [Nearest() for _ in range(40)]
        for watch, batch in zip(watches, images.split(16), strict=False):
            model.scores([batch], watch)
        return [watch.distance for watch in watches]

    with_onednn = distances()
    bridge.configure(None, onednn=False)
    assert distances() == pytest.approx(with_onednn, rel=0.1, abs=1e-6)
    assert max(with_onednn) > 1e-5


def test_the_nearest_branch_is_found():
    watch = Nearest()
    watch.branch(torch.tensor([4.0, -2.0]))
    watch.branch(torch.tensor([-1.0, 10.0]))
    watch.branch(torch.tensor([]))
    assert watch.distance == pytest.approx(0.1)


def test_digits_are_scikit_learns():
    data = examples.vectors(np.random.default_rng(0))
    assert data.features[0].shape == (1797, 64)
    assert data.features[0].min() == 0
    assert data.features[0].max() == 1
    assert sorted(set(data.classes.tolist())) == list(range(10))


def test_a_pattern_is_repeated_as_often_as_asked():
    data = examples.repeat_copy(np.random.default_rng(0))
    for inputs, said in zip(data.features[0], data.classes, strict=True):
        (asked,) = np.flatnonzero(inputs[:, 4])
        pattern = inputs[:asked, :4].argmax(1).tolist()
        spoken = pattern * int(inputs[asked, 4])
        start = asked + 1
        assert said[start : start + len(spoken) + 1].tolist() == [*spoken, 5]
        assert (said[:start] == 4).all()


def test_only_the_repeated_bits_and_the_end_count():
    data = examples.repeated_bits(np.random.default_rng(0))
    for inputs, classes in zip(data.features[0], data.classes, strict=True):
        assert inputs[0].tolist() == [0, 0, 0, 0, 1, 0]
        (asked,) = np.flatnonzero(inputs[:, 5])
        said = np.tile(inputs[1:asked, :4], (round(inputs[asked, 5] * 10), 1))
        start, end = asked + 1, asked + 1 + len(said)
        assert (classes[start:end] == np.pad(said, ((0, 0), (0, 1)))).all()
        assert classes[end].tolist() == [0, 0, 0, 0, 1]
        assert (classes[:start] == 2).all()
        assert (classes[end + 1 :] == 2).all()


def test_the_loss_of_bits_is_torchs_own():
    scores = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]]).double()
    classes = torch.tensor([[1, 0, 2], [0, 1, 2]])
    counted = slice(0, 2)
    expected = torch.nn.functional.binary_cross_entropy_with_logits(
        scores[:, counted], classes[:, counted].double(), reduction="sum"
    )
    assert models.bits(scores, classes, Watch()) == pytest.approx(float(expected) / 2)


def test_the_order_of_slots_is_a_branch_unless_their_usage_is_equal():
    watch = Nearest()
    dnc._unused(torch.tensor([[0.5, 0.5, 0.25, 0.75]], dtype=torch.float64), watch)
    assert watch.distance == pytest.approx(1)
    dnc._unused(torch.tensor([[0.5, 0.5 + 1e-12, 0.25, 0.75]], dtype=torch.float64), watch)
    assert watch.distance == pytest.approx(4e-12, rel=1e-3)


def test_every_epoch_takes_each_example_once():
    rows = examples.order(np.random.default_rng(0), 10, steps=4, batch=5)
    assert sorted(rows[:2].ravel()) == sorted(rows[2:].ravel()) == list(range(10))


def test_unknown_names_are_refused_with_those_there_are():
    with pytest.raises(OracleError, match="model must be one of .*'mlp'.*was 'gpt'"):
        trained.layout(json.dumps({"model": "gpt"}))
    with pytest.raises(OracleError, match="objective must be one of"):
        Case("mlp", objective="mse").run()


def _infersent(words: list[int], watch: Any = None) -> torch.Tensor:
    """Return u of two sentences of some lengths, from a network with fixed weights."""
    torch.manual_seed(3)
    network = infersent.InferSent().double()
    generator = torch.Generator().manual_seed(4)
    sentences = torch.randn(2, 8, 6, dtype=torch.float64, generator=generator)
    for sentence, count in zip(sentences, words, strict=True):
        sentence[count:] = 0
    return network._encoded(sentences, torch.tensor(words, dtype=torch.float64), watch or Watch())


def test_the_maximum_sees_the_padding_of_a_batch():
    alone, padded = _infersent([4, 4])[0], _infersent([4, 8])[0]
    assert (alone < 0).any()
    # The bits of a product may depend on the number of rows.
    torch.testing.assert_close(padded, alone.clamp(min=0), rtol=1e-12, atol=0)


def test_a_maximum_is_as_near_to_a_branch_as_to_the_padding_once():
    watch = Nearest()
    _infersent([4, 8], watch)
    assert 0 < watch.distance < 1


def test_the_truncated_loss_leaves_out_the_five_highest_scores_and_the_class():
    # Seven classes: the last two are below the five highest; halves make ties.
    scores = torch.tensor(
        [[3.0, 2, 2, 1, 1, 1, 0], [0.0, 5, 4, 3, 2, 1, 100], [1.0] * 7, [0.0, 9, 8, 7, 6, 5, -90]],
        dtype=torch.float64,
    )
    classes = torch.tensor([0, 0, 6, 6])
    # Among the highest; below them, as the sixth; equal, the last; far below, as the last.
    terms = [np.exp(-2) + np.exp(-3), np.exp(1), np.exp(0), np.exp(80)]
    found = [models.top5(scores[i : i + 1], classes[i : i + 1], Watch()).item() for i in range(4)]
    assert found == pytest.approx(np.log1p(terms))
    assert models.top5(scores, classes, Watch()).item() == pytest.approx(np.log1p(terms).mean())

"""The baselines alig.th.Yogi and alig.th.AdamW.

Both take square roots, whose last bits are the processor's: torch has them from MKL, which
does not round them correctly and goes by the maker of the processor. So no bits of a step
are asked for. Each step is taken from the parameters of the recorded one, and both ours and
the authors' must lie within the rounding errors of the formula in real numbers.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import torch

from alig.th import AdamW, Yogi
from alig_oracle.trace import decode

from problems import parameter
from rounding import FLOAT32, FLOAT64, ZERO, Approximate, Arithmetic, exact

RECORDED = Path(__file__).parent / "data" / "baselines.jsonl"
CASES = [json.loads(line) for line in RECORDED.read_text().splitlines()[1:]]
BOTH = pytest.mark.parametrize("optimizer", [Yogi, AdamW])


@dataclass
class Element:
    """One element of a parameter under the formula: its means m and s, and the largest s."""

    arithmetic: Arithmetic
    settings: dict[str, Any]
    yogi: bool
    m: Approximate = ZERO
    s: Approximate = ZERO
    largest: Approximate = ZERO
    t: int = 0

    def step(self, p: float, gradient: float) -> Approximate:
        """Return the parameter after a step from ``p``."""
        a, (beta1, beta2) = self.arithmetic, self.settings["betas"]
        decay = self.settings["weight_decay"]
        self.t += 1
        w, g = exact(p), exact(gradient)
        if self.yogi:
            g = a.add(g, a.multiply(self._scalar(decay), w))
        else:
            w = a.multiply(w, self._scalar(1 - self.settings["lr"] * decay))
        self.m = self._mean(self.m, g, beta1)
        squared = a.multiply(g, g)
        if self.yogi:
            change = a.multiply(self._scalar(1 - beta2), squared)
            self.s = a.subtract(self.s, self._signed(change, a.subtract(self.s, squared)))
        else:
            self.s = self._mean(self.s, squared, beta2)
        self.largest = _larger(self.largest, self.s)
        second = self.largest if self.settings["amsgrad"] else self.s
        denominator = a.add(a.root(second), self._scalar(self.settings["eps"]))
        move = a.divide(a.multiply(self._step_size(), self.m), denominator)
        return a.subtract(w, move)

    def _mean(self, mean: Approximate, new: Approximate, beta: float) -> Approximate:
        a = self.arithmetic
        kept, added = self._scalar(beta), self._scalar(1 - beta)
        return a.add(a.multiply(kept, mean), a.multiply(added, new))

    def _step_size(self) -> Approximate:
        """Return lr · sqrt(1 - β2^t) / (1 - β1^t), in float64, of which powers are rounded once."""
        d = FLOAT64
        unbias1, unbias2 = (
            d.subtract(exact(1.0), d.rounded(Approximate(Decimal(beta) ** self.t), 2))
            for beta in self.settings["betas"]
        )
        step = d.divide(d.multiply(exact(self.settings["lr"]), d.root(unbias2)), unbias1)
        return self.arithmetic.rounded(step)

    def _scalar(self, value: float) -> Approximate:
        """Return a setting as the kernels take it, in the type of the tensors."""
        return self.arithmetic.rounded(exact(value))

    @staticmethod
    def _signed(change: Approximate, sign: Approximate) -> Approximate:
        """Give a change the sign of another number, or both where that may have either."""
        if abs(sign.value) <= sign.error:
            return Approximate(ZERO.value, abs(change.value) + change.error)
        return change if sign.value > 0 else change.negated()


def _larger(x: Approximate, y: Approximate) -> Approximate:
    return Approximate(max(x.value, y.value), max(x.error, y.error))


def _elements(case: dict[str, Any], settings: dict[str, Any]) -> list[list[Element]]:
    arithmetic = {"float32": FLOAT32, "float64": FLOAT64}[case["dtype"]]
    yogi = case["optimizer"] == "Yogi"
    return [[Element(arithmetic, settings, yogi) for _ in values] for values in case["initial"]]


def _judge(case: dict[str, Any], optimizer: Callable[..., Any]) -> tuple[int, list[str]]:
    """Return how many numbers were compared, and what lies outside its bounds."""
    dtype = getattr(torch, case["dtype"])
    settings = {**case["settings"], "betas": tuple(case["settings"]["betas"])}
    params = [parameter(decode(values), dtype=dtype) for values in case["initial"]]
    ours, elements = optimizer(params, **settings), _elements(case, settings)
    outside: list[str] = []
    compared = 0
    for step in case["steps"]:
        before = [p.tolist() for p in params]
        gradients, recorded = decode(step["gradients"]), decode(step["parameters"])
        for p, gradient in zip(params, gradients, strict=True):
            p.grad = None if gradient is None else torch.tensor(gradient, dtype=dtype)
        ours.step()
        for i, gradient in enumerate(gradients):
            if gradient is None:
                assert recorded[i] == params[i].tolist() == before[i]
                continue
            for j, element in enumerate(elements[i]):
                expected = element.step(before[i][j], gradient[j])
                for name, found in [("ours", params[i].tolist()), ("the authors'", recorded[i])]:
                    compared += 1
                    if not expected.holds(found[j]):
                        outside.append(f"{name} {i} {j}: {found[j]!r} instead of {expected}")
            with torch.no_grad():
                params[i].copy_(torch.tensor(recorded[i], dtype=dtype))
    return compared, outside


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_step_is_the_authors_but_for_rounding(case: dict[str, Any]):
    compared, outside = _judge(case, {"Yogi": Yogi, "AdamW": AdamW}[case["optimizer"]])
    assert compared > 0
    assert not outside


class _Off:
    """A baseline whose gradients, settings or roots are off by a few units in the last place."""

    def __init__(self, kind: Any, what: str, params: list[Any], settings: dict[str, Any]) -> None:
        self._params, self._what = params, what
        self._factor = 1 + 32 * torch.finfo(params[0].dtype).eps
        if what in settings and what != "amsgrad":
            settings = {**settings, what: settings[what] * self._factor}
        self._optimizer = kind(params, **settings)

    def step(self) -> None:
        for p in self._params:
            if p.grad is not None and self._what == "gradient":
                p.grad = p.grad * self._factor
        self._optimizer.step()


@pytest.mark.parametrize("kind", ["Yogi", "AdamW"])
@pytest.mark.parametrize("what", ["lr", "eps", "gradient"])
def test_a_step_that_is_off_by_a_few_units_is_outside(kind: str, what: str):
    cases = [case for case in CASES if case["optimizer"] == kind]
    optimizer = {"Yogi": Yogi, "AdamW": AdamW}[kind]
    found = 0
    for case in cases:
        _, outside = _judge(case, lambda params, **s: _Off(optimizer, what, params, s))
        assert all(line.startswith("ours") for line in outside)
        found += bool(outside)
    assert found > 0


def test_adamw_without_eps_is_torchs():
    torch.manual_seed(0)
    ours, theirs = parameter([1.0, -2.0, 3.0]), parameter([1.0, -2.0, 3.0])
    mine = AdamW([ours], lr=0.1, eps=0.0)
    other = torch.optim.AdamW([theirs], lr=0.1, eps=0.0)
    for _ in range(20):
        ours.grad = torch.randn(3, dtype=torch.float64)
        theirs.grad = ours.grad.clone()
        mine.step()
        other.step()
    # The same formula in another order: about ten roundings a step, of values below 4.
    torch.testing.assert_close(ours, theirs, rtol=0, atol=20 * 10 * 4 * 2**-53)


def test_yogis_weight_decay_leaves_the_gradient_alone():
    w = parameter([1.0], [2.0])
    Yogi([w], weight_decay=0.5).step()
    assert w.grad is not None
    assert w.grad.tolist() == [2.0]


@BOTH
def test_a_closure_may_compute_the_gradients_and_its_loss_is_returned(optimizer: Any):
    w = parameter([3.0])

    def closure() -> torch.Tensor:
        loss = (w**2).sum()
        loss.backward()
        return loss

    assert optimizer([w], lr=1.0, weight_decay=0.0).step(closure).item() == 9.0
    assert w.tolist() == pytest.approx([2.0])


@BOTH
@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"lr": -1.0}, "lr must be >= 0, was -1.0"),
        ({"lr": float("nan")}, "lr must be >= 0, was nan"),
        ({"eps": -1.0}, "eps must be >= 0, was -1.0"),
        ({"betas": (1.0, 0.5)}, r"betas\[0\] must be in \[0, 1\), was 1.0"),
        ({"betas": (0.5, -0.5)}, r"betas\[1\] must be in \[0, 1\), was -0.5"),
    ],
)
def test_settings_out_of_range_are_refused(optimizer: Any, settings: Any, message: str):
    with pytest.raises(ValueError, match=message):
        optimizer([parameter([1.0])], **settings)


def test_yogi_has_no_amsgrad():
    with pytest.raises(ValueError, match="amsgrad must be False"):
        Yogi([parameter([1.0])], amsgrad=True)


@BOTH
def test_sparse_gradients_are_refused_and_nothing_changes(optimizer: Any):
    w = parameter([1.0], [1.0])
    table = torch.nn.Embedding(2, 1, sparse=True)
    with torch.sparse.check_sparse_tensor_invariants(False):
        table(torch.tensor([1])).sum().backward()
        with pytest.raises(RuntimeError, match="does not support sparse gradients"):
            optimizer([w, *table.parameters()], weight_decay=0.5).step()
    assert w.tolist() == [1.0]


@BOTH
def test_a_resumed_run_continues_bitwise(optimizer: Any):
    w = parameter([1.0], [2.0])
    whole = optimizer([w], lr=0.1)
    whole.step()
    twin = parameter(w.tolist(), [3.0])
    resumed = optimizer([twin])
    resumed.load_state_dict(copy.deepcopy(whole.state_dict()))
    w.grad = torch.tensor([3.0], dtype=torch.float64)
    whole.step()
    resumed.step()
    assert torch.equal(w, twin)

"""The baselines alig.th.Yogi and alig.th.AdamW."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import torch

from alig.th import AdamW, Yogi
from alig_oracle.trace import decode, encode

from problems import parameter

RECORDED = Path(__file__).parent / "data" / "baselines.jsonl"
CASES = [json.loads(line) for line in RECORDED.read_text().splitlines()[1:]]
BOTH = pytest.mark.parametrize("optimizer", [Yogi, AdamW])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_step_is_bitwise_the_authors(case: dict[str, Any]):
    dtype = getattr(torch, case["dtype"])
    params = [parameter(decode(values), dtype=dtype) for values in case["initial"]]
    settings = {**case["settings"], "betas": tuple(case["settings"]["betas"])}
    optimizer = {"Yogi": Yogi, "AdamW": AdamW}[case["optimizer"]](params, **settings)
    for step in case["steps"]:
        for p, gradient in zip(params, decode(step["gradients"]), strict=True):
            p.grad = None if gradient is None else torch.tensor(gradient, dtype=dtype)
        optimizer.step()
        assert [encode(p.tolist()) for p in params] == step["parameters"]


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

    assert float(optimizer([w], lr=1.0, weight_decay=0.0).step(closure)) == 9.0
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

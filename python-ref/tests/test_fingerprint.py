"""Fingerprints: the same twice, and another where one operation is another."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from alig_oracle import fingerprint
from alig_oracle.__main__ import main
from alig_oracle.draws import uniform


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "_LARGE", 50_000)
    monkeypatch.setattr(fingerprint, "_SIZES", (1, 9, 33, 1000))


def _groups_that_differ(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    pairs = zip(before["probes"], after["probes"], strict=True)
    return {was["group"] for was, now in pairs if was["places"] != now["places"]}


def test_two_fingerprints_of_one_release_are_the_same() -> None:
    assert fingerprint.take(None) == fingerprint.take(None)


def test_another_summation_shows_in_the_norms_and_what_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = fingerprint.take(None)

    def backwards(x: Tensor) -> Tensor:
        squares = x.reshape(-1).flip(0).float().square()
        return squares.cumsum(0)[-1].sqrt().to(x.dtype)

    monkeypatch.setattr(torch.linalg, "vector_norm", backwards)
    differing = _groups_that_differ(before, fingerprint.take(None))
    assert "norm" in differing
    assert differing.isdisjoint({"update", "momentum", "division", "square"})


def test_another_division_shows_in_the_division_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.take(None)
    sound = Tensor.__truediv__

    def by_the_reciprocal(x: Tensor, y: Any) -> Tensor:
        return x * y.reciprocal() if isinstance(y, Tensor) else sound(x, y)

    monkeypatch.setattr(Tensor, "__truediv__", by_the_reciprocal)
    assert _groups_that_differ(before, fingerprint.take(None)) == {"division"}


def test_norms_know_how_far_they_are_from_the_exact_answer() -> None:
    probes = {probe["name"]: probe for probe in fingerprint.take(None)["probes"]}
    assert 0 <= probes["norm float32 1000"]["off_ulps"] < 100
    assert probes["norm float64 1000"]["off_ulps"] == -1
    assert len(probes["norm float32 1000"]["places"]) == 1


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_neighbours_have_neighbouring_places(dtype: torch.dtype) -> None:
    tiny = torch.finfo(dtype).smallest_normal * torch.finfo(dtype).eps
    numbers = torch.tensor([-tiny, -0.0, 0.0, tiny, 2 * tiny, math.nan, -math.nan], dtype=dtype)
    assert fingerprint._places(numbers) == [-2, -1, 0, 1, 2, *[2**63 - 1] * 2]
    one = torch.tensor([1.0, 1.0 + torch.finfo(dtype).eps], dtype=dtype)
    assert fingerprint._places(one)[1] - fingerprint._places(one)[0] == 1


def test_what_torch_raises_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(x: Tensor) -> Tensor:
        raise RuntimeError(f"no norm of {x.dtype}")

    monkeypatch.setattr(torch.linalg, "vector_norm", refuse)
    probe = next(p for p in fingerprint.take(None)["probes"] if p["name"] == "norm float16 1")
    assert probe["raised"] == "RuntimeError: no norm of torch.float16"


def test_a_dropped_overload_is_told_from_a_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outdated = _package(tmp_path, "p.add_(-group['step_size'], p.grad)")
    assert fingerprint.take(str(outdated))["dropped"] == ""
    sound = Tensor.add_

    def strict(x: Tensor, other: Any, *rest: Any, **settings: Any) -> Tensor:
        if rest:
            raise TypeError("add_() received an invalid combination of arguments")
        return sound(x, other, **settings)

    monkeypatch.setattr(Tensor, "add_", strict)
    taken = fingerprint.take(str(outdated))
    assert taken["dropped"].startswith("the release dropped the overload add_(Number, Tensor)")
    assert taken["probes"] == []
    assert fingerprint.take(None)["dropped"] == ""


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    out = tmp_path / "fingerprint.json"
    assert main(["fingerprint", "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["torch"] == torch.__version__


def test_answers_are_those_of_the_package(th_traces: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(th_traces.read_text(encoding="utf-8").splitlines()[:5]) + "\n")
    out = tmp_path / "answers.jsonl"
    assert main(["answer", str(few), "--out", str(out)]) == 0
    asked, answered = (path.read_text(encoding="utf-8").splitlines()[1:] for path in (few, out))
    assert [json.loads(line)["id"] for line in answered] == [json.loads(a)["id"] for a in asked]


def test_draws_depend_on_the_stream_alone() -> None:
    assert uniform(5, 3).tolist() == uniform(9, 3)[:5].tolist()
    assert not set(uniform(100, 3).tolist()) & set(uniform(100, 4).tolist())
    drawn = uniform(10_000, 5)
    assert -1 <= drawn.min() < -0.99
    assert 0.99 < drawn.max() < 1
    assert abs(drawn.mean()) < 0.02


def _package(folder: Path, update: str) -> Path:
    """Write a package that steps by ``update``."""
    th = folder / "alig" / "th"
    th.mkdir(parents=True)
    (folder / "alig" / "__init__.py").write_text("")
    (th / "projection.py").write_text("def l2_projection(parameters, max_norm): pass\n")
    (th / "__init__.py").write_text(
        f"""
import torch

class AliG(torch.optim.Optimizer):
    def __init__(self, params, max_lr=None, momentum=0, projection_fn=None, eps=1e-5,
                 adjusted_momentum=False):
        super().__init__(params, dict(max_lr=max_lr, momentum=momentum, step_size=max_lr))

    @torch.no_grad()
    def step(self, closure):
        for group in self.param_groups:
            for p in group["params"]:
                {update}
"""
    )
    return folder

"""The probes, on the bundled package and on one that has every trap of the original."""

import copy
import json
import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor

from alig.th import AliG, Yogi
from alig_oracle import bridge, package, probes
from alig_oracle.errors import OracleError


class Trapped(AliG):
    """AliG with what the authors' has and the bundled one has not."""

    def apply_momentum_adjusted(self) -> None:
        """Bear the name by which the original is known."""

    def step(self, closure: Any = None) -> None:
        with torch.no_grad():
            loss = closure()
        super().step(loss)

    def state_dict(self) -> dict[str, Any]:
        return torch.optim.Optimizer.state_dict(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Trapped":
        twin = type(self).__new__(type(self))
        twin.__setstate__(copy.deepcopy(torch.optim.Optimizer.__getstate__(self), memo))
        return twin

    def _make_buffers(self) -> None:
        super()._make_buffers()
        self._made = True

    def _buffer(self, p: Tensor) -> Tensor:
        return self.state[p]["momentum_buffer"] if hasattr(self, "_made") else super()._buffer(p)


class Outdated(AliG):
    """AliG that calls what torch deprecates."""

    def step(self, closure: Any = None) -> None:
        warnings.warn("This overload of add_ is deprecated", UserWarning, stacklevel=1)
        super().step(closure)


class TrappedYogi(Yogi):
    """Yogi that adds the weight decay to the gradient itself and takes any flag."""

    def __init__(self, params: Any, amsgrad: bool = False, **settings: Any) -> None:
        super().__init__(params, **settings)
        self._amsgrad = amsgrad

    def _update(self, p: Tensor, gradient: Tensor, group: Any, state: Any) -> None:
        if self._amsgrad:
            state["max_exp_avg_sq"].add_(1)
        gradient.add_(p.detach(), alpha=group["weight_decay"])
        super()._update(p, gradient, group, state)


def _scales_nothing(parameters: Iterable[Tensor], max_norm: float) -> None:
    for _ in parameters:
        pass


@pytest.fixture(name="bundled")
def _bundled() -> package.Package:
    return package.load(None)


@pytest.fixture(name="trapped")
def _trapped(bundled: package.Package) -> package.Package:
    th = SimpleNamespace(AliG=Trapped, Yogi=TrappedYogi)
    return replace(bundled, th=th, optimizer=Trapped, l2_projection=_scales_nothing)


def _raised(error: str) -> Callable[[probes.Facts], bool]:
    return lambda facts: str(facts["raised"]).startswith(error)


@pytest.mark.parametrize(
    ("probe", "of_trapped", "of_bundled"),
    [
        ("lineage", lambda f: f["original"], lambda f: not f["original"]),
        ("generator_projection", lambda f: f["norm"] == 5.0, lambda f: f["norm"] == 1.0),
        ("state_dict", lambda f: "eps" not in f["keys"], lambda f: "eps" in f["keys"]),
        ("momentum_set_later", _raised("KeyError:"), _raised("None")),
        ("group_added_later", _raised("KeyError:"), _raised("None")),
        ("backward_in_closure", _raised("RuntimeError:"), _raised("None")),
        ("plain_loss", _raised("TypeError:"), _raised("None")),
        ("copied_optimizer", _raised("AttributeError:"), _raised("None")),
        (
            "yogi_gradient",
            lambda f: f["after"] == [3.5, 5.0],
            lambda f: f["after"] == f["before"],
        ),
        (
            "yogi_amsgrad",
            lambda f: f["made"] is None and f["stepped"].startswith("KeyError:"),
            lambda f: f["made"].startswith("ValueError:"),
        ),
    ],
)
def test_a_probe_tells_a_trap_from_its_absence(
    probe: str,
    of_trapped: Callable[[probes.Facts], bool],
    of_bundled: Callable[[probes.Facts], bool],
    trapped: package.Package,
    bundled: package.Package,
):
    assert of_trapped(probes.ask(probe, trapped))
    assert of_bundled(probes.ask(probe, bundled))


def test_deprecation_is_counted(bundled: package.Package):
    assert probes.ask("deprecated_overload", replace(bundled, optimizer=Outdated))["warnings"] == 1
    assert probes.ask("deprecated_overload", bundled)["warnings"] == 0


def test_numbers_that_overflow_raise_after_something_has_moved(bundled: package.Package):
    by_cap = probes.ask("large_cap", bundled)
    assert by_cap["raised"].startswith("RuntimeError: value cannot be converted")
    assert (by_cap["first"], by_cap["second"]) == ([-0.5, 0.0], [1.0, 2.0])
    by_momentum = probes.ask("half_moved", bundled)
    assert by_momentum["raised"] == by_cap["raised"]
    assert by_momentum["after"] != by_momentum["before"]


class Lenient:
    """An optimizer that takes any settings, and whose cap of NaN caps nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.step_size = self.step_size_unclipped = 0.0

    def step(self, closure: Callable[[], float]) -> None:
        self.step_size = self.step_size_unclipped = closure()


def test_settings_without_meaning_are_refused_by_the_bundled_package(bundled: package.Package):
    facts = probes.ask("accepted_settings", bundled)
    assert facts["accepted"] == []
    assert len(facts["tried"]) == 8
    assert probes.ask("nan_cap", bundled)["raised"].startswith("ValueError: max_lr must be > 0")


def test_accepted_settings_are_seen(bundled: package.Package):
    lenient = replace(bundled, optimizer=Lenient)
    assert probes.ask("accepted_settings", lenient)["accepted"] == [
        setting
        for setting in probes.ask("accepted_settings", lenient)["tried"]
        if not setting.startswith("radius")
    ]
    anything = replace(lenient, l2_projection=lambda *_, **__: None)
    facts = probes.ask("accepted_settings", anything)
    assert facts["accepted"] == facts["tried"]
    assert probes.ask("nan_cap", lenient) == {"raised": None, "unclipped": 1.0, "step_size": 1.0}


def test_a_strided_gradient_has_the_same_norm_but_for_rounding(bundled: package.Package):
    facts = probes.ask("strided_norm", bundled)
    for step in (facts["dense"], facts["strided"]):
        assert step * facts["squared_norm"] == pytest.approx(1, rel=facts["elements"] * 2.0**-24)


def test_mixed_types_add_up_in_the_type_of_the_first(bundled: package.Package):
    facts = probes.ask("mixed_types", bundled)
    assert facts["raised"] is None
    assert facts["step_size"] == torch.tensor(0.02).item()


def test_the_mean_of_step_sizes_adds_from_left_to_right(bundled: package.Package):
    facts = probes.ask("mean_of_step_sizes", bundled)
    assert facts["differing"] == 0 < facts["cases"]


def test_half_steps_report_what_the_optimizer_did(bundled: package.Package):
    for step in probes.ask("half_steps", bundled)["steps"]:
        dtype = getattr(torch, step["dtype"])
        p = torch.tensor(step["parameter"], dtype=dtype)
        p.add_(torch.tensor(step["gradient"], dtype=dtype), alpha=-step["step_size"])
        assert p.tolist() == step["after"]


def test_the_bridge_asks_either_package(tmp_path: Path):
    folder = tmp_path / "alig" / "th"
    folder.mkdir(parents=True)
    (tmp_path / "alig" / "__init__.py").touch()
    (folder / "__init__.py").write_text("class AliG:\n    apply_momentum_adjusted = None\n")
    (folder / "projection.py").write_text("def l2_projection(parameters, max_norm): pass\n")
    bridge.configure(str(tmp_path))
    assert _ask("lineage", bundled=False) == {"original": True, "bundled": False}
    assert _ask("lineage", bundled=True) == {"original": False, "bundled": True}
    assert _ask("generator_projection", bundled=False)["norm"] == 5.0
    assert _ask("generator_projection", bundled=True)["norm"] == 1.0


def test_asking_the_bundled_package_leaves_the_imported_one(tmp_path: Path):
    import sys

    bridge.configure(None)
    before = copy.copy({n: m for n, m in sys.modules.items() if n.startswith("alig.")})
    package.load_beside(None)
    assert {n: m for n, m in sys.modules.items() if n.startswith("alig.")} == before


def test_an_unknown_probe_is_refused_with_all_names(bundled: package.Package):
    with pytest.raises(OracleError, match="'state'.*'state_dict'"):
        probes.ask("state", bundled)


def _ask(name: str, bundled: bool) -> probes.Facts:
    return json.loads(bridge.probe(json.dumps({"name": name, "bundled": bundled})))

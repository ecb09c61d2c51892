"""``replay --device``: a package on a device against the bundled one on the CPU, within bounds.

The CPU stands for the device: the comparison is the same, and the defects that it must find are in
the package.
"""

import json
from pathlib import Path

import pytest

import alig_oracle
from alig_oracle import bridge, judge
from alig_oracle.__main__ import main
from alig_oracle.trace import Trace, read, write

SOURCES = Path(alig_oracle.__file__).parents[1]
FEW = 16
NORM = "torch.linalg.vector_norm(p.grad.detach())"
DEFECTS = {
    "no eps": ("(self._squared_gradient_norm() + self.eps)", "self._squared_gradient_norm()"),
    "norm instead of its square": (NORM + " ** 2", NORM),
    "a norm in half precision": (NORM, "torch.linalg.vector_norm(p.grad.detach().half()).to(p)"),
    "twice the step": ("alpha=-step_size)\n        if", "alpha=-2 * step_size)\n        if"),
    "no cap": ("min(unclipped, max_lr)", "unclipped"),
    "momentum without the step": ("alpha=step_size * momentum", "alpha=momentum"),
    "momentum before the buffer moves": ("p.add_(buffer, alpha=momentum)", "p.add_(buffer)"),
    "no projection": ("self.projection()", "None"),
    "a ball of the wrong size": ("max_norm / total_norm", "0.999 * max_norm / total_norm"),
    "a step that raises": ("self._project()\n\n    @torch", "raise ValueError('no')\n\n    @torch"),
}  # fmt: skip


def _package(folder: Path, old: str, new: str) -> Path:
    replaced = 0
    for source in [*SOURCES.glob("alig/*.py"), *SOURCES.glob("alig/th/*.py")]:
        copy = folder / source.relative_to(SOURCES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text()
        replaced += text.count(old)
        copy.write_text(text.replace(old, new))
    assert replaced, old
    return folder


@pytest.fixture
def few(th_traces: Path, tmp_path: Path) -> Path:
    """The first recorded traces."""
    path = tmp_path / "few.jsonl"
    provenance, traces = read(th_traces)
    write(path, provenance, traces[:FEW])
    return path


def test_the_bundled_package_is_within_bounds(few: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["replay", "--device", "cpu", "--cases", "16", "--seed", "3", str(few)]) == 0
    first, recorded, drawn = capsys.readouterr().out.splitlines()
    assert first.startswith("bundled alig.th, torch ")
    assert first.endswith(", cpu")
    assert recorded.startswith(f"{few}: {FEW} of {FEW} cases within bounds; ")
    assert drawn.startswith("random cases, seed 3: 16 of 16 cases within bounds; ")


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found(
    defect: str, few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    wrong = _package(tmp_path / "wrong", *DEFECTS[defect])
    assert main(["replay", "--device", "cpu", "--package", str(wrong), str(few)]) == 1
    out = capsys.readouterr().out
    assert f"{FEW} of {FEW}" not in out
    assert "th-1-" in out


def test_random_cases_find_a_defect_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    wrong = _package(tmp_path / "wrong", *DEFECTS["twice the step"])
    assert main(["replay", "--device", "cpu", "--package", str(wrong), "--cases", "8"]) == 1
    assert "random-1-" in capsys.readouterr().out


def test_a_spoilt_recording_is_blamed_on_the_cpu(few: Path):
    provenance, traces = read(few)
    lines = few.read_text().splitlines()
    spoilt = json.loads(lines[1])
    spoilt["steps"][0]["expected"]["step_size_unclipped"] = "0x1.0p+900"
    few.write_text("\n".join([lines[0], json.dumps(spoilt)]))
    tally = judge.compare(read(few)[1], _bundled(), _bundled())
    (difference,) = tally.differences
    assert difference.startswith(
        f"{traces[0].id} steps[0] of the whole run.step_size_unclipped: the CPU answers 0x1.0"
    )
    assert provenance


def test_equal_numbers_are_counted(few: Path):
    tally = judge.compare(read(few)[1], _bundled(), _bundled())
    assert (tally.cases, tally.differences) == (FEW, [])
    assert tally.numbers > 1000
    assert tally.equal == tally.numbers
    assert (tally.farthest, tally.where) == (0.0, "none")


def test_drawn_cases_follow_from_the_seed():
    first, again, other = (judge.draw(seed, 5, _bundled()) for seed in (1, 1, 2))
    assert [t.to_json() for t in first] == [t.to_json() for t in again]
    assert all(isinstance(trace, Trace) for trace in first)
    assert first[0].steps != other[0].steps


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cases", "3"], "--cases needs --device"),
        (["--device", "cpu"], "nothing was replayed: give --cases, or files"),
        ([], "nothing was replayed"),
        (["--device", "cpu", "absent.jsonl"], "cannot read the traces absent.jsonl"),
    ],
)
def test_what_cannot_run_exits_with_two(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["replay", *arguments]) == 2
    assert message in capsys.readouterr().err


def _bundled() -> int:
    return json.loads(bridge.configure(None))["handle"]

"""alig.th.AliG in several processes: with the loss averaged the replicas stay equal."""

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import torch

from alig.th import AliG

import ranks
from problems import parameter, three_four

Facts: TypeAlias = list[dict[str, Any]]
SOURCES = Path(ranks.__file__).parents[1] / "src"


@pytest.fixture(name="facts", scope="module")
def _facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Train in three processes; return what each found, by rank. The script in the docs has two."""
    world = 3
    folder = tmp_path_factory.mktemp("ranks")
    started = [
        subprocess.Popen(
            [sys.executable, ranks.__file__, str(rank), str(world), folder / "store", folder / out],
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for rank, out in enumerate(map(str, range(world)))
    ]
    try:
        printed = [process.communicate(timeout=300)[0] for process in started]
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0] * world, "\n".join(printed)
    return [json.loads((folder / str(rank)).read_text()) for rank in range(world)]


@pytest.mark.parametrize("run", ["averaged", "numbers", "unequal"])
def test_with_the_loss_averaged_the_replicas_are_equal_to_the_bit(facts: Facts, run: str):
    assert all(found[run] == facts[0][run] for found in facts)


def test_without_they_part(facts: Facts):
    first, second = (_values(found["apart"]) for found in facts[:2])
    # One rank's data have another optimum, at a distance of about 1.
    assert math.dist(first, second) > 0.01


@pytest.mark.parametrize(
    ("run", "serial"),
    [("averaged", "serial"), ("numbers", "serial"), ("unequal", "serial unequal")],
)
def test_they_train_as_one_process_on_the_mean_of_the_losses(facts: Facts, run: str, serial: str):
    expected = _values(facts[0][serial])
    # The sums have another order, which uncapped steps enlarge from 1e-16; a wrong loss or
    # gradient shows in the first digits.
    assert _values(facts[0][run]) == pytest.approx(expected, rel=0, abs=1e-9)


def test_losses_of_every_kind_are_averaged(facts: Facts):
    mean = (len(facts) + 1) / 2
    for found in facts:
        sizes = found["kinds"]
        assert sizes.pop("kept"), "the caller's loss was changed"
        # A sum in float16 would be infinite.
        assert sizes.pop("large half") == 40000.0
        assert sizes == dict.fromkeys(sizes, mean)
        assert len(sizes) == 8


def test_a_nan_on_one_rank_is_every_ranks(facts: Facts):
    assert all(math.isnan(found["nan"]) for found in facts)


def test_a_missing_loss_is_refused_before_anything_is_sent(facts: Facts):
    assert all(
        found["refused"].startswith("TypeError: AliG.step needs the loss") for found in facts
    )


def test_a_group_of_one_changes_no_bit(facts: Facts):
    found = facts[0]["groups"]
    assert found["raised"] is None
    assert found["alone"] == found["plain"]


def test_a_group_that_the_process_is_not_in_is_refused(facts: Facts):
    for found in facts[1:]:
        assert "a process group that this process is not in" in found["groups"]["raised"]


def test_a_deep_copy_shares_the_group_and_a_pickle_asks_for_it(facts: Facts):
    for found in facts:
        groups = found["groups"]
        assert groups["shared"] is True
        assert groups["pickled"].startswith("RuntimeError: this optimizer was saved without the")
        assert groups["restored"] == (len(facts) + 1) / 2


def test_the_script_in_the_docs_keeps_the_replicas_equal(tmp_path: Path):
    page = (SOURCES.parents[1] / "docs" / "data-parallel.md").read_text()
    script = tmp_path / "train.py"
    script.write_text(page.split("```python\n")[1].split("```")[0])
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node"]
    done = subprocess.run(
        [*torchrun, "2", script],
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    # Two processes print to one stream, where one line can follow another without a break.
    sums = dict(re.findall(r"rank (\d): loss \S+, parameters ([-+.\de]+)", done.stdout))
    assert sorted(sums) == ["0", "1"], done.stdout
    assert sums["0"] == sums["1"]


def test_without_a_process_group_the_step_says_what_to_do():
    w, optimizer = three_four(average_loss=True, momentum=0.5)
    with pytest.raises(RuntimeError, match="call torch.distributed.init_process_group first, or"):
        optimizer.step(50.0)
    assert w.tolist() == [1.0, 2.0]
    assert optimizer.step_size is None
    optimizer.average_loss = False
    optimizer.step(50.0)


@pytest.mark.parametrize("value", [None, 1, "gloo"])
def test_what_is_no_process_group_is_refused(value: Any):
    with pytest.raises(TypeError, match=f"average_loss must be True .* was {value!r}"):
        AliG([parameter([1.0])], average_loss=value)
    _, optimizer = three_four()
    optimizer.average_loss = value
    with pytest.raises(TypeError, match=f"average_loss must be True .* was {value!r}"):
        optimizer.step(torch.tensor(1.0))


def _environment() -> dict[str, str]:
    paths = [str(SOURCES), str(Path(ranks.__file__).parent)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "CUDA_VISIBLE_DEVICES": ""}
    if sys.platform == "linux":
        environment["GLOO_SOCKET_IFNAME"] = "lo"
    return environment


def _values(hexadecimal: list[str]) -> list[float]:
    return [float.fromhex(value) for value in hexadecimal]

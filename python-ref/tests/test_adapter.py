"""The adapter that the docs show for another package's ALI-G, on that package."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from alig_oracle import bridge

_PAGE = Path(__file__).parents[2] / "docs" / "test-another-package.md"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> str:
    (code,) = re.findall(r"```python\n(.*?)```", _PAGE.read_text(), re.DOTALL)
    th = tmp_path / "alig" / "th"
    th.mkdir(parents=True)
    (tmp_path / "alig" / "__init__.py").touch()
    (th / "__init__.py").write_text(code)
    return str(tmp_path)


def test_the_adapter_is_an_oracle(folder: str):
    assert json.loads(bridge.configure(folder))["kind"] == "package"


@pytest.mark.parametrize("resumed", [False, True])
def test_it_takes_steps_with_the_eps_of_the_package(folder: str, resumed: bool):
    bridge.configure(folder)
    case = {
        "dtype": "float64",
        "eps": 1e-5,
        "adjusted": False,
        "radius": None,
        "groups": [{"max_lr": None, "momentum": 0.5, "shapes": [[2]]}],
        "resumed": resumed,
        "in": 0,
        "out": 0,
        "steps": [{"loss": 2.0, "kind": "float", "present": [[True]]}],
    }
    loaded = [5.0, 6.0, 0.25, 0.5] if resumed else []
    inputs = bytearray(np.array([1.0, 2.0, *loaded, 0.0, 2.0**-10]).tobytes())
    outputs = bytearray(8 * 8)
    (reply,) = json.loads(bridge.run(json.dumps({"cases": [case]}), inputs, outputs))
    assert reply["raised"] is None
    (size,) = reply["steps"][0]["step_sizes"]
    assert size == pytest.approx(2.0 / (2.0**-20 + 1e-6), rel=1e-6)
    assert reply["steps"][0]["mean"] == reply["steps"][0]["unclipped"] == size
    written = np.frombuffer(outputs).tolist()
    p, v = (loaded[:2], loaded[2:]) if resumed else ([1.0, 2.0], [0.0, 0.0])
    assert written[:4] == [*p, *v]
    moved = 0.5 * v[1] - size * 2.0**-10
    assert written[7] == pytest.approx(moved)
    assert written[5] == pytest.approx(p[1] - size * 2.0**-10 + 0.5 * moved)

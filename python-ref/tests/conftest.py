"""Fixtures that all tests share."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from alig_oracle import devices

KIT = Path(__file__).parents[2] / "conformance/kit"
TRACES = KIT / "src/main/resources/dev/alig/conformance/traces"
MAKERS = ("intel", "amd")


@pytest.fixture(autouse=True, scope="session")
def _awake() -> None:
    devices.wake()


@pytest.fixture
def th_traces() -> Path:
    return TRACES / "alig-th.jsonl"


@pytest.fixture
def tf_traces() -> Path:
    return TRACES / "alig-tf.jsonl"


@pytest.fixture
def same_roots(th_traces: Path) -> bool:
    """Whether the traces were recorded on a processor of this one's maker.

    No setting gives torch's square roots the same bits on those of two makers.
    """
    with th_traces.open(encoding="utf-8") as lines:
        there = str(json.loads(lines.readline())["cpu"]).lower()
    here = devices.processor().lower()
    return any(maker in here and maker in there for maker in MAKERS)


@pytest.fixture(autouse=True)
def _keep_alig_modules() -> Iterator[None]:
    """Undo what choosing another oracle does to the imported ``alig``."""
    before = {name: module for name, module in sys.modules.items() if _is_alig(name)}
    yield
    for name in [name for name in sys.modules if _is_alig(name)]:
        del sys.modules[name]
    sys.modules.update(before)


def _is_alig(name: str) -> bool:
    return name == "alig" or name.startswith("alig.")

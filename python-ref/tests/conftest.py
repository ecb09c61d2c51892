"""Fixtures that all tests share."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TRACES = Path(__file__).parents[2] / "conformance/src/main/resources/dev/alig/conformance/traces"


@pytest.fixture
def th_traces() -> Path:
    return TRACES / "alig-th.jsonl"


@pytest.fixture
def tf_traces() -> Path:
    return TRACES / "alig-tf.jsonl"


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

"""Set-up of the test run; pytest reads it before any test module."""

import json
import os
import platform
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRACES = ROOT / "conformance/kit/src/main/resources/dev/alig/conformance/traces/alig-th.jsonl"


def _pinned() -> dict[str, str]:
    """Return the variables under which the traces of ``alig.th`` were recorded."""
    with TRACES.open(encoding="utf-8") as lines:
        settings = json.loads(lines.readline())["settings"].split()
    return dict(setting.split("=") for setting in settings)


def _has_avx2() -> bool:
    if platform.machine() not in ("x86_64", "AMD64") or not Path("/proc/cpuinfo").exists():
        return False
    return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="utf-8")


# torch chooses its instructions when it is imported. What the caller sets stays.
PINNED = _pinned()
if _has_avx2() and not any(name in os.environ for name in PINNED):
    os.environ.update(PINNED)
IS_PINNED = all(os.environ.get(name) == value for name, value in PINNED.items())

HAS_TENSORFLOW = find_spec("tensorflow") is not None
TENSORFLOW_TESTS = ["src/alig/tf", "tests/test_alig_tf.py"]

collect_ignore = [] if HAS_TENSORFLOW else TENSORFLOW_TESTS

# torch and TensorFlow abort in one process if torch may load triton.
sys.modules.setdefault("triton", None)  # pyright: ignore[reportArgumentType] blocks the import


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark of tests that need the settings of the recording."""
    config.addinivalue_line(
        "markers", "pinned: bits of recorded traces, which need the settings of the recording"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot be asked of this process."""
    if not IS_PINNED:
        out = [item for item in items if item.get_closest_marker("pinned")]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def pytest_report_header() -> list[str]:
    """Say under which settings torch computes, and which tests are left out."""
    given = " ".join(f"{n}={os.environ[n]}" for n in PINNED if n in os.environ) or "none"
    lines = [f"settings of the processor: {given}"]
    if not IS_PINNED:
        lines.append("bits of recorded traces: not run, the recording has other settings")
    if not HAS_TENSORFLOW:
        lines.append(
            "alig.tf: tests not run, TensorFlow is not installed (extra: alig-python-ref[tf])"
        )
    return lines

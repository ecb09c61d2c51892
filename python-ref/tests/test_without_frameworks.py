"""What a user sees where PyTorch or TensorFlow is not installed."""

import importlib
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "framework", "message"),
    [
        ("alig.tf", "tensorflow", r"alig\.tf needs TensorFlow 2.*pip install"),
        ("alig.th", "torch", r"alig\.th needs PyTorch.*pip install torch"),
    ],
)
def test_the_missing_framework_is_named(
    monkeypatch: pytest.MonkeyPatch, module: str, framework: str, message: str
):
    for name in [m for m in sys.modules if m.startswith(f"{module}.") or m == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, framework, None)
    with pytest.raises(ImportError, match=message):
        importlib.import_module(module)

"""Set-up of the test run; pytest reads it before any test module."""

import os
import platform
import sys
from importlib.util import find_spec

# The recorded traces come from torch's AVX2 kernels. The summation order of a norm, and
# so its last bits, depends on the kernels, and torch chooses them when it is imported.
if platform.machine() in ("x86_64", "AMD64"):
    os.environ["ATEN_CPU_CAPABILITY"] = "avx2"

HAS_TENSORFLOW = find_spec("tensorflow") is not None
TENSORFLOW_TESTS = ["src/alig/tf", "tests/test_alig_tf.py"]

collect_ignore = [] if HAS_TENSORFLOW else TENSORFLOW_TESTS

# torch and TensorFlow abort in one process if torch may load triton.
sys.modules.setdefault("triton", None)  # pyright: ignore[reportArgumentType] blocks the import


def pytest_report_header() -> str | None:
    """Say which tests are left out, for they are not collected."""
    if HAS_TENSORFLOW:
        return None
    return "alig.tf: tests not run, TensorFlow is not installed (extra: alig-python-ref[tf])"

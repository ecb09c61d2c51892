"""Runs every check of this folder with the interpreter that runs this file.

``python checks.py`` is lint, format, types, then tests; it stops at the first that
fails and exits with that one's status. The tests that depend on torch's numbers run
once more under settings that make this processor compute as another would.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    # Without this, the types are those of whichever python is on the path.
    ["basedpyright", "--pythonpath", sys.executable],
    ["pytest"],
]

# What MKL and torch's kernels run on, from the oldest instructions to the newest, and what the
# processor must have for it, in Linux's words.
OTHER_PROCESSORS = [
    ({"MKL_CBWR": "COMPATIBLE", "ATEN_CPU_CAPABILITY": "default"}, ""),
    ({"MKL_CBWR": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}, "avx2"),
    ({"MKL_CBWR": "AVX512", "ATEN_CPU_CAPABILITY": "avx512"}, "avx512f"),
]

# Files whose tests ask for no number of torch's, or start processes for it.
WITHOUT_NUMBERS = [
    "alig_distributed",
    "benchmark",
    "digits",
    "fingerprint",
    "package",
    "setup",
    "without_frameworks",
]


def main() -> int:
    """Run the checks; return 0, or the exit status of the one that failed."""
    for check in CHECKS:
        print(f"== {' '.join(check)}", flush=True)
        status = _run(check, {})
        if status:
            return status
    for settings, needed in OTHER_PROCESSORS:
        lacking = _lacking(needed)
        why = f": not run: {lacking}" if lacking else ""
        names = " ".join(f"{name}={value}" for name, value in settings.items())
        print(f"== {names} pytest{why}", flush=True)
        ignored = [f"--ignore=tests/test_{file}.py" for file in WITHOUT_NUMBERS]
        status = 0 if lacking else _run(["pytest", "-q", *ignored], settings)
        if status:
            return status
    return 0


def _run(check: list[str], settings: dict[str, str]) -> int:
    command = [sys.executable, "-m", *check]
    folder = Path(__file__).parent
    variables = {**os.environ, "PYTHONPATH": str(folder / "src"), **settings}
    return subprocess.run(command, cwd=folder, env=variables, check=False).returncode


def _lacking(feature: str) -> str:
    """Return what this processor lacks, or an empty text."""
    if platform.machine() not in ("x86_64", "AMD64"):
        return f"it is for x86 processors, and this is {platform.machine()}"
    flags = Path("/proc/cpuinfo")
    if not feature:
        return ""
    if not flags.exists():
        return f"the system does not say whether the processor has {feature}"
    has = f" {feature} " in flags.read_text(encoding="utf-8")
    return "" if has else f"this processor has no {feature}"


if __name__ == "__main__":
    sys.exit(main())

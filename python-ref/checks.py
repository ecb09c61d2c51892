"""Runs every check of this folder with the interpreter that runs this file.

``python checks.py`` is lint, format, types, then tests; it stops at the first that
fails and exits with that one's status. The tests that depend on torch's numbers also run
under settings that make this processor compute as another would. One process runs per
processor.
"""

import os
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    # Without this, the types are those of whichever python is on the path.
    ["basedpyright", "--pythonpath", sys.executable],
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
        ran = _run(check, {})
        if ran.returncode:
            return ran.returncode
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for settings, printed, status in pool.map(_tests, [({}, ""), *OTHER_PROCESSORS]):
            names = " ".join(f"{name}={value}" for name, value in settings.items())
            print(f"== {names or 'this processor'}: pytest\n{printed}", flush=True)
            if status:
                return status
    return 0


def _tests(other: tuple[dict[str, str], str]) -> tuple[dict[str, str], str, int]:
    """Run the tests as a processor would compute; return settings, output and status."""
    settings, needed = other
    lacking = _lacking(needed)
    if lacking:
        return settings, f"not run: {lacking}", 0
    ignored = [f"--ignore=tests/test_{file}.py" for file in WITHOUT_NUMBERS]
    ran = _run(["pytest", *(["-q", *ignored] if settings else [])], settings, subprocess.PIPE)
    return settings, ran.stdout, ran.returncode


def _run(
    check: list[str], settings: dict[str, str], output: int | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *check]
    folder = Path(__file__).parent
    variables = {**os.environ, "PYTHONPATH": str(folder / "src"), **settings}
    return subprocess.run(
        command,
        cwd=folder,
        env=variables,
        check=False,
        text=True,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    )


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

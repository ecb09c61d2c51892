"""Runs every check of this folder with the interpreter that runs this file.

``python checks.py`` is lint, format, types, then tests; it stops at the first that
fails and exits with that one's status.
"""

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


def main() -> int:
    """Run the checks; return 0, or the exit status of the one that failed."""
    for check in CHECKS:
        print(f"== {' '.join(check)}", flush=True)
        status = subprocess.run(
            [sys.executable, "-m", *check], cwd=Path(__file__).parent, check=False
        ).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())

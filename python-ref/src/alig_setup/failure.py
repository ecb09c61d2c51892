"""What users are told while a set-up runs, and when it cannot go on."""

import os
import sys


class SetUpError(Exception):
    """The environment cannot be had."""

    def __init__(self, what: str, remedy: str):
        """Say what is wrong, and what to do about it."""
        super().__init__(f"{what}\n  remedy: {remedy}")
        self.what = " ".join(what.split())
        self.remedy = remedy


def say(line: str) -> None:
    """Print a line of progress. If nobody listens any longer the set-up still goes on."""
    try:
        print(f"python: {line}", flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115

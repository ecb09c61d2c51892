"""Reproduces the difference that finding.json beside this file describes."""

from pathlib import Path

from alig_oracle.reproduction import check


def test_the_subject_gave_a_legal_number() -> None:
    check(Path(__file__).parent)

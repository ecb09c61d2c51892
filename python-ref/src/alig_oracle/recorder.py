"""Records what the configured package does with the cases of a trace file."""

from pathlib import Path
from typing import Any

from .errors import OracleError
from .packing import Refused, rerun
from .trace import Provenance, Trace, read, write

_BATCH = 200


def answer(path: Path, description: dict[str, Any], out: Path) -> None:
    """Run the cases of a trace file, and write what the configured package does with them.

    The same file, package and machine give the same answers. The first line of ``out`` says what
    computed; under the environment variables that it names as ``settings``, other machines should
    compute the same.

    Args:
        path: the trace file.
        description: what ``bridge.configure`` said about the package.
        out: the file to write, replaced if it is there.

    Raises:
        OracleError: the file is not a trace of ``alig.th``, or the package refuses a case.
    """
    of, recorded = read(path)
    answers: list[Trace] = []
    for start in range(0, len(recorded), _BATCH):
        batch = recorded[start : start + _BATCH]
        for trace, result in zip(batch, rerun(batch), strict=True):
            if isinstance(result, Refused):
                raise OracleError(f"case {trace.id} is refused: {result.raised['message']}")
            answers.append(result)
    provenance: Provenance = {
        "recorded_from": f"alig.th, {description['kind']}, sha256 {description['digest']}",
        "library": f"torch {description['torch']}",
        "numpy": description["numpy"],
        "python": description["python"],
        "cpu": description["processor"],
        "settings": description["settings"],
        "cases": len(answers),
        "of": of,
    }
    write(out, provenance, answers)

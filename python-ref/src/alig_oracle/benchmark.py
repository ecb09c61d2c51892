"""The benchmark's process: ``python -m alig_oracle.benchmark``.

It answers each line of its input, a JSON object, with a line of JSON: the answer, or
``{"error": …}``. What a line can ask for:

- ``hello``, with ``threads``: torch uses that many; the answer has the versions.
- ``open``, with ``setting``, a :class:`~alig_oracle.stepping.Setting`: the answer has ``id``.
- ``run``, with ``id`` and ``seconds``: takes steps for that long; ``steps`` and ``seconds``.
- ``values``, with ``id``: the parameters.
- ``close``, with ``id``.
"""

import json
import platform
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import numpy as np
import torch

from .errors import OracleError
from .stepping import Stepping


class Benchmark:
    """What the lines of one process ask."""

    def __init__(self) -> None:
        self._open: dict[int, Stepping] = {}
        self._opened = 0

    def serve(self, lines: Iterable[str], out: TextIO) -> None:
        """Answer each line until there are no more."""
        for line in lines:
            print(json.dumps(self.answer(line)), file=out, flush=True)

    def answer(self, line: str) -> Any:
        """Return the answer to one line, or an object with ``error`` if it makes no sense."""
        try:
            asked = json.loads(line)
            if not isinstance(asked, dict) or asked.get("ask") not in self._ways():
                raise OracleError(f"ask must be one of {[*self._ways()]}, in {line.strip()!r}")
            return self._ways()[asked["ask"]](asked)
        except json.JSONDecodeError as cause:
            return {"error": f"a line must be a JSON object, was {line.strip()!r}: {cause}"}
        except KeyError as cause:
            return {"error": f"the line lacks {cause}: {line.strip()!r}"}
        except (OracleError, TypeError, ValueError, RuntimeError, MemoryError) as cause:
            return {"error": f"{cause}"}

    def _ways(self) -> dict[str, Any]:
        return {
            "hello": self._hello,
            "open": self._open_one,
            "run": self._run,
            "values": lambda asked: {"values": self._opened_as(asked["id"]).values()},
            "close": self._close,
        }

    def _hello(self, asked: dict[str, Any]) -> dict[str, str]:
        threads = asked["threads"]
        if not isinstance(threads, int) or threads < 1:
            raise OracleError(f"threads must be a whole number >= 1, was {threads!r}")
        torch.set_num_threads(threads)
        return {
            "torch": torch.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        }

    def _open_one(self, asked: dict[str, Any]) -> dict[str, int]:
        stepping = Stepping(asked["setting"])
        self._opened += 1
        self._open[self._opened] = stepping
        return {"id": self._opened}

    def _run(self, asked: dict[str, Any]) -> dict[str, float]:
        stepping = self._opened_as(asked["id"])
        seconds = asked["seconds"]
        if not seconds > 0:
            raise OracleError(f"seconds must be > 0, was {seconds}")
        steps, taken = stepping.run(seconds)
        return {"steps": steps, "seconds": taken}

    def _close(self, asked: dict[str, Any]) -> dict[str, Any]:
        self._opened_as(asked["id"])
        del self._open[asked["id"]]
        return {}

    def _opened_as(self, name: int) -> Stepping:
        if name not in self._open:
            raise OracleError(f"id {name!r} is not open; open are {[*self._open]}")
        return self._open[name]


def main() -> None:
    """Serve standard input; what packages print goes to standard error."""
    out, sys.stdout = sys.stdout, sys.stderr
    Benchmark().serve(sys.stdin, out)


if __name__ == "__main__":
    main()

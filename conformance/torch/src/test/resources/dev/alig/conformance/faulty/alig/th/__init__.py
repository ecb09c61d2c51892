"""``alig.th`` with an optimizer that misbehaves at given steps."""

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alig_oracle.package import BUNDLED

__path__.append(str(BUNDLED / "alig" / "th"))

from . import bridge_faults, step_faults  # noqa: E402
from .alig import AliG as _Sound  # noqa: E402

_PLAN = json.loads((Path(__file__).parents[2] / "faults.json").read_text())
_FAULTS = dict(_PLAN["steps"])

bridge_faults.plant(_PLAN["bridge"])


class AliG(_Sound):
    """The bundled optimizer with the planned faults."""

    steps = 0

    def step(self, closure: Callable[[], Any] | None = None) -> None:
        """Take a step, then do what the plan has for it."""
        super().step(closure)
        AliG.steps += 1
        fault = _FAULTS.get(AliG.steps)
        if fault is not None:
            step_faults.FAULTS[fault](self)


importlib.invalidate_caches()

__all__ = ["AliG"]

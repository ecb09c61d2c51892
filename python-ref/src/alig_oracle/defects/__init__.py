"""Optimizers with one defect each, for the gate to prove its strength on.

Each is the bundled optimizer, or its projection, with one operation spoiled; its name is
that of its class or function, and its first line says what is wrong. Import this package
within :func:`alig_oracle.package.bundled`, so that it spoils the bundled ``alig``
whatever package plays the oracle.
"""

from . import projection, side_effects, special, step_size, update
from .sound import ALL, Defect, Sound

__all__ = [
    "ALL",
    "SOUND",
    "Defect",
    "projection",
    "side_effects",
    "special",
    "step_size",
    "update",
]

SOUND = Defect("sound", "nothing", Sound)

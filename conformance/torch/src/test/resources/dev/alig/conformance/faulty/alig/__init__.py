"""An ``alig`` package that plays a faulty oracle: the bundled one, with faults on demand.

``faults.json`` beside this folder lists the faults: ``{"bridge": NAME, "steps": [[N, NAME],
…]}`` has the named spoiling of the bridge from the start on, and the named fault once at the
N-th optimizer step of the process.
"""

from alig_oracle.package import BUNDLED

__path__.append(str(BUNDLED / "alig"))

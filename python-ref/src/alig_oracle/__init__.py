"""The Python side of the conformance gate.

It runs scripted cases on an ``alig`` package, this repository's or another, for a
caller in Java (``bridge``), and records traces (``trace``, ``recorder``).
"""

import sys

# torch imports triton, a GPU compiler, when the first optimizer is made. Nothing here
# runs on it, it costs part of a second, and it cannot share a process with TensorFlow.
sys.modules.setdefault("triton", None)  # pyright: ignore[reportArgumentType] blocks the import

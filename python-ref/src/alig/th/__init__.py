"""ALI-G for PyTorch, and the two optimizers that its authors compare it with."""

try:
    import torch as _torch  # noqa: F401
except ImportError as missing:
    raise ImportError(
        f"alig.th needs PyTorch, which cannot be imported ({missing}): run pip install torch"
    ) from missing

from .adamw import AdamW
from .alig import AliG
from .yogi import Yogi

__all__ = ["AdamW", "AliG", "Yogi"]

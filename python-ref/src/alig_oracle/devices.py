"""The device that torch computes on, and what chooses its instructions."""

import os
import platform
from functools import cache
from pathlib import Path

import torch

from .errors import OracleError

CPU = "cpu"
CUDA = "cuda"

# The variables that choose the instructions of torch's kernels, of MKL and of oneDNN. The traces of
# alig.th were recorded under values of all three, which the first line of their file has.
SETTINGS = ("ATEN_CPU_CAPABILITY", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA")

# What torch hands to MKL's vector library.
_VECTOR_FUNCTIONS = (
    *("acos", "asin", "atan", "cos", "cosh", "erf", "erfc", "exp", "expm1", "log", "log10"),
    *("log1p", "log2", "sin", "sinh", "sqrt", "tan", "tanh"),
)


def prepare(device: str) -> str:
    """Make a device ready, so that it computes as the CPU does up to rounding.

    Args:
        device: ``cpu`` or ``cuda``.

    Returns:
        What it is, in words: ``cpu``, or ``cuda`` with the name of the card.

    Raises:
        OracleError: there is no such device, or torch cannot compute on it.
    """
    if device == CPU:
        return CPU
    if device != CUDA:
        raise OracleError(f"device must be {CPU} or {CUDA}, was {device!r}")
    if torch.version.cuda is None:
        raise OracleError(f"not run: torch {torch.__version__} is built without CUDA")
    if not torch.cuda.is_available():
        raise OracleError("not run: no CUDA device")
    name = torch.cuda.get_device_name()
    try:
        torch.ones(1, device=CUDA).sum().item()
    except RuntimeError as cause:
        reason = str(cause).strip().splitlines()[0]
        raise OracleError(
            f"not run: torch {torch.__version__} cannot compute on {name}: {reason}"
        ) from cause
    # Convolutions and LSTMs would else round to TF32, which has 11 digits.
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.deterministic = True
    return f"{CUDA} ({name})"


def settings() -> str:
    """Return those of the environment variables :data:`SETTINGS` that are set, as NAME=VALUE."""
    return " ".join(f"{name}={os.environ[name]}" for name in SETTINGS if os.environ.get(name))


def processor() -> str:
    """Return the architecture of the processor, and its model where the system says it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    model = next(models, platform.processor() if not lines else "")
    return ", ".join(text for text in (platform.machine(), model) if text)


@cache
def wake() -> None:
    """Call each of MKL's vector functions once, on one thread, before anything is compared.

    The first call chooses their code. Where several threads make it at once, some may run code of
    low accuracy (pytorch issue 188792).
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    for dtype in (torch.float32, torch.float64):
        numbers = torch.linspace(0.1, 0.9, 64, dtype=dtype)
        for name in _VECTOR_FUNCTIONS:
            getattr(torch, name)(numbers)
        for power in (0.5, -0.5, 1.5):
            torch.pow(numbers, power)
    torch.set_num_threads(threads)

"""The device that torch computes on."""

import torch

from .errors import OracleError

CPU = "cpu"
CUDA = "cuda"


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

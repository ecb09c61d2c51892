"""Checks of settings."""

from typing import Any


def require_group_settings(group: dict[str, Any]) -> None:
    """Raise ValueError if a group's cap is NaN, or its momentum is negative or NaN.

    A schedule may set a cap of 0 or less. A negative cap becomes the step size, as in the
    authors' package. The conformance gate uses this to set negative step sizes.
    """
    max_lr = group.get("max_lr")
    if max_lr is not None and max_lr != max_lr:
        raise ValueError(f"max_lr of a group must be a number, or None for no cap; was {max_lr}")
    require_not_negative("momentum", group.get("momentum", 0))


def require_not_negative(name: str, value: float) -> None:
    """Raise ValueError if a number is negative or NaN."""
    if not (value >= 0):
        raise ValueError(f"{name} must be >= 0, was {value}")

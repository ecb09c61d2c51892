"""ALI-G for TensorFlow 2 through its v1 API (graphs and sessions)."""

from .alig import AliG

__all__ = ["AliG"]

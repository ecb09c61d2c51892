"""Sets up the Python environment that the oracle runs in; see ``__main__``."""

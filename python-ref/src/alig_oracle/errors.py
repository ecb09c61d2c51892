"""The one error that callers of this package need to know."""


class OracleError(Exception):
    """The oracle cannot give an answer; the message says why and what to do."""

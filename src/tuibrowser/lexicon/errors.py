"""Errors: why a dictionary cannot be used, in words for the reader."""


class LexiconError(Exception):
    """A dictionary cannot be used; the message says why."""

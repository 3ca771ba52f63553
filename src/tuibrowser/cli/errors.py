"""Errors: the exceptions that end a command with a message to the user instead of an answer."""

from __future__ import annotations


class CommandError(Exception):
    """A usage or input error: one sentence, a message of `i18n`, for standard error, and exit status 2."""


class UsageError(CommandError):
    """A command line that cannot be understood; `command` is the one whose help explains it."""

    def __init__(self, message: str, command: str = "") -> None:
        super().__init__(message)
        self.command = command
